"""What a check is said to need is needed: whenever the real check lets pass, its formula holds of the same situation."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.builders import DAY, act, case, changed, clock, paper, situation, up
from zhifa_flow.engine.bindings import _convert
from zhifa_flow.engine.checks.needs import NEEDS, SILENT, needs
from zhifa_flow.engine.compiler import REGISTERED
from zhifa_flow.engine.formula import ALWAYS, Atom, Fact, atoms_of, reduced
from zhifa_flow.engine.registry import CHECKS, Found
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.agency import Agency, AgencyLevel
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.flow import Guard

assert REGISTERED

FIELDS: dict[str, Any] = {
    "t": {"type": "text", "name": "文字"},
    "x": {"type": "text", "name": "可不填", "required": False},
    "d": {"type": "date", "name": "日期"},
    "o": {"type": "officers", "name": "人员"},
    "n": {"type": "integer", "name": "数目"},
    "a": {"type": "money", "name": "金额"},
    "r": {"type": "rows", "name": "各项", "columns": {"c": {"type": "text", "name": "栏"}, "name": {"type": "text", "name": "名称"}}},
    "m": {"type": "penalties", "name": "处罚"},
    "b": {"type": "citations", "name": "依据"},
    "method": {"type": "text", "name": "方式"},
    "served_on": {"type": "date", "name": "送达日期"},
}  # fmt: skip
KINDS = ("p", "q", "r", "s")
COMPILED = changed(
    document={
        "p": {"name": "甲书", "basis": ["甲法第一条"], "number": True, "binds": ["q", "r"], "field": FIELDS},
        "q": {"name": "乙书", "basis": ["甲法第一条"], "field": FIELDS},
        "r": {"name": "丙书", "basis": ["甲法第一条"], "repeatable": True, "field": FIELDS},
        "s": {"name": "丁书", "basis": ["甲法第一条"], "carried": True, "field": FIELDS},
    }
)
AGENCY = Agency("bureau", "某局", "河南省", "", AgencyLevel.COUNTY, superior="某局", justice_office="某局")

#: Each check that needs something, as a guard may ask it.
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("present", {"document": "p"}),
    ("any_present", {"documents": ["p", "q"]}),
    ("absent", {"document": "p"}),
    ("newest_of", {"document": "p", "others": ["q", "r"]}),
    ("required_if", {"when": "owed", "document": "p"}),
    ("equals", {"field": "p.t", "value": "某局"}),
    ("one_of", {"field": "p.x", "values": ["某局", "乙"]}),
    ("includes", {"field": "p.o", "values": ["zhang"]}),
    ("includes_if", {"when": "owed", "field": "p.t", "value": "某局"}),
    ("filled_if", {"when": "owed", "field": "p.x"}),
    ("same", {"field": "p.t", "other": "q.t"}),
    ("same", {"field": "p.x", "other": "q.t"}),
    ("same", {"field": "s.t", "other": "q.x"}),
    ("same", {"field": "p.number", "other": "q.t"}),
    ("refers_to", {"field": "q.t", "document": "p"}),
    ("refers_to_what_stands", {"field": "q.t", "document": "p"}),
    ("unchanged_since", {"document": "p"}),
    ("unchanged_since", {"document": "q"}),
    ("made_after", {"later": "p", "earlier": "q"}),
    ("rows_at_least", {"field": "p.r", "least": 1}),
    ("rows_with", {"field": "p.r"}),
    ("rows_with", {"field": "p.r", "least": 0}),
    ("agrees_with", {"field": "p.x", "other": "q.t"}),
    ("filled_if_on_file", {"document": "p", "field": "q.t"}),
    ("names_party", {"field": "p.t"}),
    ("named_in_rows", {"field": "p.t", "rows": "q.r", "column": "name"}),
    ("served_properly", {"service": "p", "consent": "q", "table": "announcement"}),
    ("not_established", {"finding": "owed"}),
    ("document_if_established", {"when": "owed", "document": "p", "otherwise": "q.x"}),
    ("answered", {"record": "p", "review": "q"}),
    ("defence_settled", {"until": "p.d", "record": "q", "review": "r", "waived": "s.t"}),
    ("hearing_settled", {
        "offered": "owed", "asked": ["p", "q"], "outcomes": ["r"], "waived": "s.t", "deadline": "handling", "notice": "q",
    }),
    ("late_after", {"deadline": "handling", "field": "p.d"}),
    ("period_granted", {"until": "p.d", "start": "q.d", "table": "longer"}),
    ("said_since_if", {"when": "owed", "field": "p.t", "says": ["某局", "乙"], "since": "q"}),
    ("officers_among", {"field": "p.o", "of": "q.o"}),
    ("covers_officers", {"field": "p.o"}),
    ("expired", {"deadline": "handling"}),
    ("ahead", {"notice": "p.d", "event": "q.d", "length": 1, "unit": "day"}),
    ("in_period_from", {"start": "p.d", "length": 3, "unit": "day"}),
    ("is_fixed_day", {"day": "p.d", "month_day": "12-31", "year": "p.n"}),
    ("addressed_to_justice_office", {"field": "p.t"}),
    ("addressed_to_superior", {"field": "p.t"}),
    ("made_in_agency_name", {"field": "p.t"}),
    ("made_by_another", {"field": "p.t"}),
    ("number_at_least", {"field": "p.n", "least": 1}),
    ("amount_equals", {"amount": "p.a", "due": "owed"}),
    ("not_below", {"amount": "p.a", "due": "owed"}),
    ("not_above", {"amount": "p.a", "due": "owed", "unless": "q.x"}),
    ("names_provincial_organ", {"field": "p.t"}),
    ("not_heavier", {"decided": "p.m", "told": "q.m"}),
    ("change_not_heavier", {"decided": "p.m", "told": "q.m"}),
    ("lawful_basis", {"field": "p.b"}),
    ("rests_on", {"field": "p.b", "ranks": ["法律"]}),
    ("paid_in_full", {"payments": "r.r", "due": "owed"}),
    ("plan_adds_up", {"plan": "p.r", "until": "q.d", "fine": "owed", "payments": "r.r"}),
    ("overdue_or_plan_broken", {"at": "p.d", "deadline": "handling", "plan": "publication", "broken": ["closed"]}),
    ("in_court_window", {"remedy": "handling", "further": "payment", "payment": "payment", "length": 3, "unit": "month"}),
    ("past_court_window", {"remedy": "handling", "further": "payment", "payment": "payment", "length": 1, "unit": "day"}),
    ("some_row_stands", {"rows": "p.r", "by": "name", "column": "c", "value": "甲"}),
    ("finding_holds", {"finding": "owed"}),
    ("finding_fails", {"finding": "owed"}),
    ("flag_up", {"flag": "remedy"}),
    ("flag_down", {"flag": "remedy"}),
    ("still_unanswered", {"asked": "p", "answers": "q", "flag": "remedy"}),
    ("children_ended", {"child": "publication"}),
    ("children_settled", {"child": "publication", "states": ["closed", "waiting"]}),
    ("children_settled", {"child": "publication", "states": ["closed"]}),
    ("nothing_held", {"flow": "test.side", "documents": ["p", "q"]}),
    ("taken", {"step": "decide"}),
    ("not_taken", {"step": "decide"}),
    ("remedy_period_over", {"remedy": "handling", "further": "payment", "payment": "payment"}),
    ("includes_one", {"field": "p.o", "values": ["zhang", "li"]}),
    ("at_lawful_hours", {"started": "p.d", "ended": "q.d", "urgent": "r.d", "night_from": 22, "night_to": 6}),
    ("agreement_adds_up", {
        "total": "p.a", "reduced": "q.a", "measures": "q.x", "plan": "p.r", "owed": "owed", "surcharge": "owed",
        "payments": "r.r",
    }),
    ("stage_missed", {"plan": "p.r", "stage": "q.d", "agreement": "p", "payments": "r.r"}),
    ("dated_at_expiry", {"deadline": "handling", "field": "p.d"}),
    ("day_past_if", {"when": "owed", "field": "p.d"}),
    ("expired_if", {"when": "owed", "deadline": "handling"}),
    ("day_past", {"field": "p.d"}),
    ("sum_at_most", {"rows": "q.r", "column": "amount", "most": "p.a"}),
    ("no_row_above", {"rows": "q.r", "column": "amount", "most": "p.a"}),
    ("founded_if", {"field": "p.b", "ranks": ["法律"], "when": "owed"}),
    ("in_hours", {"deadline": "handling"}),
    ("ends_on_last_day", {"field": "p.d", "length": 2, "unit": "day"}),
    ("ends_as_extended", {"field": "p.d", "deadline": "handling"}),
    ("not_looked_into", {"record": "p", "review": "q", "field": "p.x", "says": ["乙"]}),
    ("not_looked_into", {"record": "p", "review": "q"}),
    ("above_former", {"amount": "p.a"}),
    ("rows_dated_before", {"rows": "q.r", "column": "due", "end": "p.d"}),
]  # fmt: skip


def fields(random: Random, days: list[date]) -> dict[str, Any]:
    words = ["某局", "乙", "某公司", "陈述申辩", "听证", "直接送达"]
    said = {
        "t": random.choice(words), "d": random.choice(days).isoformat(), "o": random.choice([["zhang"], ["zhang", "li"]]),
        "n": random.randrange(3), "a": random.randrange(3), "b": ["甲法第一条"], "method": "直接送达", "served_on": DAY.isoformat(),
        "number": "某号",
        "r": [{"c": "甲", "name": "乙", "amount": random.randrange(3), "due": random.choice(days).isoformat()}],
        "m": [random.choice([{"kind": "警告"}, {"kind": "罚款", "amount": 100}])],
    }  # fmt: skip
    return said | ({"x": random.choice(words)} if random.random() < 0.5 else {})


def papers(random: Random, days: list[date]) -> list[Paper]:
    many = {"r": [0, 1, 1, 2]}
    made = [
        paper(kind, random.choice(days), random.randrange(4), **fields(random, days))
        for kind in KINDS
        for _ in range(random.choice(many.get(kind, [0, 1, 1])))
    ]
    made.sort(key=lambda one: one.seq)
    return [one if one.kind != "p" else _bound(one, made, random) for one in made]


def _bound(one: Paper, made: list[Paper], random: Random) -> Paper:
    truly = {kind: "+".join(each.digest for each in made if each.kind == kind) for kind in ("q", "r")}
    bound = truly if random.random() < 0.6 else {"q": "", "r": "anders"}
    return Paper(one.kind, one.on, one.seq, one.by, one.digest, one.fields, bound)


def some_situation(random: Random) -> Situation:
    days = [DAY + timedelta(days=shift) for shift in (-40, -2, -1, 0, 1, 2)]
    found = Found(random.choice([True, False, None, 0, 1, 2]), "测试")
    flags = random.choice(
        [{}, {"remedy": up(days[0])}, {"remedy": up(days[0], days[3])}, {"remedy": up(days[0], days[1])}]
    )
    clocks = {
        name: clock(name, days[0], random.choice(days))
        for name in ("handling", "payment")
        if random.random() < 0.7
    }
    children: list[Case] = [
        case(
            "test.side@2021-07-15", random.choice(["closed", "waiting"]), id="A1.1", relation="publication",
            ended=random.random() < 0.5,
            papers={kind: (paper(kind, random.choice(days)),) for kind in "pq" if random.random() < 0.3},
        )
        for _ in range(random.randrange(2))
    ]  # fmt: skip
    acts = {"decide": act()} if random.random() < 0.5 else {}
    by = random.choice([(), ("zhang",), ("zhang", "li")])
    return situation(
        papers(random, days), compiled=COMPILED, found={"owed": found}, flags=flags, clocks=clocks, children=children,
        acts=acts, by=by, agency=AGENCY,
    )  # fmt: skip


def truth(s: Situation, one: Atom) -> bool:
    """Whether the atom is true of the situation."""
    mine, other = s.paper(one.name), s.paper(one.other)
    match one.fact:
        case Fact.IN_FORCE:
            return mine is not None
        case Fact.CURRENT:
            assert mine is not None
            now = {kind: "+".join(each.digest for each in s.papers.get(kind, ())) for kind in ("q", "r")}
            return mine.bound == now
        case Fact.SINCE:
            return mine is not None and (other is None or mine.seq >= other.seq)
        case Fact.AFTER:
            return mine is not None and (other is None or mine.seq > other.seq)
        case Fact.UP:
            return s.case.flag_up(one.name)
        case Fact.RAISED:
            return one.name in s.case.flags
        case Fact.OPEN:
            there = [child for child in s.children if not child.ended]
            if one.other in KINDS:
                return any(one.other in child.papers for child in there)
            return any(child.state != one.other for child in there)
        case Fact.TAKEN:
            return one.name in s.case.acts
        case Fact.STARTED:
            return s.clock(one.name) is not None
        case Fact.HOLDS:
            return s.found(one.name).holds
        case Fact.SURE:
            return bool(s.found(one.name).value)
        case Fact.PAST:
            day = s.day(one.name) if "." in one.name else (held.due if (held := s.clock(one.name)) else None)
            return day is not None and s.on > day
        case _:
            return not s.by


def answer(s: Situation, name: str, args: dict[str, Any]) -> str | None:
    registered = CHECKS[name]
    return registered.call(s, **{key: _convert(registered, key, value) for key, value in args.items()})  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "args"), ASKED, ids=[f"{name}-{number}" for number, (name, _) in enumerate(ASKED)]
)
@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_whatever_a_check_lets_pass_has_what_it_needs(name: str, args: dict[str, Any], seed: int) -> None:
    formula = needs(COMPILED.flow, Guard(check=name, args=args, refusal="测试"))
    s = some_situation(Random(seed))
    # A binding means nothing without the document.
    known = {
        one: truth(s, one) for one in atoms_of(formula) if one.fact is not Fact.CURRENT or s.paper(one.name)
    }

    passes = answer(s, name, args) is None

    assert not passes or reduced(formula, known) is ALWAYS


@pytest.mark.parametrize("name", dict(ASKED))
def test_what_a_check_needs_can_be_missing_and_then_it_refuses(name: str) -> None:
    args = (
        dict(ASKED)[name]
        if name not in ("same", "unchanged_since", "rows_with")
        else next(a for n, a in ASKED if n == name)
    )
    formula = needs(COMPILED.flow, Guard(check=name, args=args, refusal="测试"))
    seen = {True: 0, False: 0}

    for seed in range(100):
        s = some_situation(Random(seed))
        known = {
            one: truth(s, one)
            for one in atoms_of(formula)
            if one.fact is not Fact.CURRENT or s.paper(one.name)
        }
        met = reduced(formula, known) is ALWAYS
        seen[met] += 1
        assert met or answer(s, name, args) is not None

    assert min(seen.values()) > 0


def test_every_check_says_what_it_needs_or_that_it_needs_nothing() -> None:
    assert set(NEEDS) | SILENT == set(CHECKS)
    assert not set(NEEDS) & SILENT
    assert {name for name, _ in ASKED} | {"agrees_beside"} == set(NEEDS)


def test_an_unknown_check_is_taken_to_pass() -> None:
    assert needs(COMPILED.flow, Guard(check="of_its_own", refusal="测试")) is ALWAYS


def test_a_document_compared_with_another_case_has_to_be_there() -> None:
    guard = Guard(check="agrees_beside", args={"document": "p"}, refusal="测试")

    assert [one.name for one in atoms_of(needs(COMPILED.flow, guard))] == ["p"]
