"""What the prover takes a finding to say is what its rule says, whatever is on file."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from tests.engine.builders import changed, paper, situation
from zhifa_flow.engine.findings.meanings import spelled_out
from zhifa_flow.engine.formula import ALWAYS, Fact, Not, about, atoms_of, both, in_force, reduced
from zhifa_flow.engine.registry import Found

BASIS = ["甲法第一条"]
FINDINGS: dict[str, dict[str, Any]] = {
    "one": {"rule": "rows_total", "args": {"rows": "decision.penalties", "column": "amount"}},
    "two": {"rule": "rows_total", "args": {"rows": "decision.penalties", "column": "amount"}},
    "some": {"rule": "any_of", "args": {"findings": ["one", "two"]}},
    "every": {"rule": "all_of", "args": {"findings": ["one", "two"]}},
    "none": {"rule": "negation", "args": {"finding": "one"}},
    "filed": {"rule": "on_file", "args": {"document": "memo"}},
    "said": {"rule": "field_says", "args": {"field": "memo.reason", "values": ["甲"]}},
    "upheld": {
        "rule": "upheld_in_suit",
        "args": {"filed": "memo.reason", "suit": "甲", "outcome": "filing.reason", "upheld": "乙"},
    },
}
COMPILED = changed(finding={key: {"name": key, "basis": BASIS, **one} for key, one in FINDINGS.items()})
VALUES = (True, False, None)


@pytest.mark.parametrize("name", ["one", "some", "every", "none"])
def test_a_finding_that_rests_on_others_says_what_they_say(name: str) -> None:
    for one, two in product(VALUES, repeat=2):
        s = situation(compiled=COMPILED, found={"one": Found(one, ""), "two": Found(two, "")})
        known = {
            about(fact, key): value is True if fact is Fact.SURE else value is not False
            for key, value in (("one", one), ("two", two))
            for fact in (Fact.HOLDS, Fact.SURE)
        }

        found = COMPILED.find(name, s) if name != "one" else s.found("one")

        assert _true(about(Fact.HOLDS, name), known) is found.holds
        assert _true(about(Fact.SURE, name), known) is bool(found.value)


@pytest.mark.parametrize("name", ["filed", "said", "upheld"])
@pytest.mark.parametrize("memo", [None, "甲", "丙"])
@pytest.mark.parametrize("filing", [None, "乙", "丙"])
def test_a_finding_on_a_document_says_nothing_that_the_rule_does_not(
    name: str, memo: str | None, filing: str | None
) -> None:
    papers = [paper(kind, reason=said) for kind, said in (("memo", memo), ("filing", filing)) if said]
    s = situation(papers, compiled=COMPILED)

    found = COMPILED.find(name, s)

    known = {in_force("memo"): memo is not None, in_force("filing"): filing is not None}
    known |= {about(Fact.HOLDS, name): found.holds, about(Fact.SURE, name): bool(found.value)}
    assert _true(about(Fact.HOLDS, name), known) is found.holds
    assert _true(about(Fact.SURE, name), known) is bool(found.value)


def test_only_findings_are_spelled_out() -> None:
    formula = both(Not(about(Fact.HOLDS, "filed")), about(Fact.UP, "remedy"))

    assert [one.fact for one in atoms_of(spelled_out(COMPILED.flow, formula))] == [Fact.IN_FORCE, Fact.UP]


def _true(formula: Any, known: dict[Any, bool]) -> bool:
    rest = reduced(spelled_out(COMPILED.flow, formula), known)
    assert not list(atoms_of(rest))
    return rest is ALWAYS
