"""What findings say of one another and of the file, for the prover; what a rule is not known for it may find at will."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from zhifa_flow.engine.formula import And, Atom, Fact, Formula, Not, Or, about, both, if_then, in_force
from zhifa_flow.model.flow import Finding, Flow

#: What the finding is to be read as: that it holds (or cannot be determined), and that it is established.
Meaning = tuple[Formula, Formula]


def spelled_out(flow: Flow, formula: Formula) -> Formula:
    """The formula with every finding that rests on others, or on a document alone, put in their terms.

    What is left of findings are those that the prover takes as they come: ``HOLDS``, and ``SURE`` where they do.
    """
    if isinstance(formula, Atom):
        if formula.fact not in (Fact.HOLDS, Fact.SURE):
            return formula
        holds, sure = _meaning(flow, formula.name)
        return holds if formula.fact is Fact.HOLDS else sure
    if isinstance(formula, Not):
        return Not(spelled_out(flow, formula.part))
    parts = tuple(spelled_out(flow, part) for part in formula.parts)
    return And(parts) if isinstance(formula, And) else Or(parts)


def _meaning(flow: Flow, name: str) -> Meaning:
    finding = flow.finding[name]
    known = _MEANINGS.get(finding.rule, _as_it_comes)
    return known(flow, name, finding)


def _as_it_comes(_: Flow, name: str, __: Finding) -> Meaning:
    holds = about(Fact.HOLDS, name)
    return holds, both(holds, about(Fact.SURE, name))


def _on_file(_: Flow, __: str, finding: Finding) -> Meaning:
    document = in_force(str(finding.args["document"]))
    return document, document


def _said(_: Flow, name: str, finding: Finding) -> Meaning:
    """Undetermined while the document is not on file."""
    document = in_force(str(finding.args["field"]).partition(".")[0])
    holds, sure = _as_it_comes(_, name, finding)
    return if_then(document, holds), both(document, sure)


def _parts(flow: Flow, finding: Finding) -> list[Meaning]:
    names = finding.args["findings"]
    return [_meaning(flow, str(name)) for name in names] if isinstance(names, list | tuple) else []


def _any(flow: Flow, _: str, finding: Finding) -> Meaning:
    parts = _parts(flow, finding)
    return Or(tuple(holds for holds, _ in parts)), Or(tuple(sure for _, sure in parts))


def _all(flow: Flow, _: str, finding: Finding) -> Meaning:
    parts = _parts(flow, finding)
    return And(tuple(holds for holds, _ in parts)), And(tuple(sure for _, sure in parts))


def _negation(flow: Flow, _: str, finding: Finding) -> Meaning:
    holds, sure = _meaning(flow, str(finding.args["finding"]))
    return Not(sure), Not(holds)


def _suit(_: Flow, name: str, finding: Finding) -> Meaning:
    """Established only with the filing of the suit and its outcome on file, and never undetermined."""
    filed, outcome = (str(finding.args[key]).partition(".")[0] for key in ("filed", "outcome"))
    upheld = both(in_force(filed), in_force(outcome), about(Fact.HOLDS, name))
    return upheld, upheld


_MEANINGS: Final[Mapping[str, Callable[[Flow, str, Finding], Meaning]]] = {
    "on_file": _on_file,
    "field_says": _said,
    "any_of": _any,
    "all_of": _all,
    "negation": _negation,
    "upheld_in_suit": _suit,
}
