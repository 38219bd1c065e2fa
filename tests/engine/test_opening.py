from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

import pytest

from tests.engine.builders import CITIZEN, DAY, PARTY, SIDE, case, paper, side, small, world
from zhifa_flow.engine.chain import broken_links
from zhifa_flow.engine.compiler import compile_flow
from zhifa_flow.engine.opening import Opened, open_case
from zhifa_flow.engine.steps import replay
from zhifa_flow.model.case import Act, ClockState
from zhifa_flow.model.flow import Flow

NEXT = timedelta(days=1)


def begun(**more: object) -> Opened:
    facts = {"id_": "A1", "title": "某案", "party": PARTY, "on": DAY, "by": ("li",), "recorder": "li", **more}
    return open_case(small(), world(DAY), **facts)  # type: ignore[arg-type]


def test_a_case_begins_where_its_flow_says() -> None:
    it = begun().case

    assert (it.id, it.flow, it.state, it.revision, it.title) == (
        "A1",
        "test.small@2021-07-15",
        "registered",
        0,
        "某案",
    )
    assert (it.agency, it.region, it.sector, it.party) == ("bureau", "河南省", "", PARTY)
    assert (it.opened_on, it.entered_state_on, it.last_on, it.ended) == (DAY, DAY, DAY, False)
    assert (it.parent, it.relation, it.papers, it.acted, it.flags) == (None, None, {}, {}, {})
    assert it.acts == {"open": Act(DAY, 0, 1, ("li",))}


def test_the_first_step_begins_the_chain_and_gives_the_case() -> None:
    opened = begun()

    assert (opened.step.seq, opened.step.trigger, opened.step.previous) == (0, "open", "")
    assert opened.case.head == opened.step.digest
    assert broken_links([opened.step]) == []
    assert replay(small().flow, [opened.step]) == opened.case


def test_nobody_who_merely_registers_a_case_has_acted_in_a_role() -> None:
    assert begun(by=("zhang",)).case.acted == {}


def test_a_party_that_is_not_known_is_none() -> None:
    assert begun(party=None).case.party is None
    assert begun(party=CITIZEN).case.party == CITIZEN


@pytest.mark.parametrize(("on", "kept"), [(DAY, ""), (DAY - NEXT, "补登")])
def test_the_reason_of_a_late_entry_is_kept(on: date, kept: str) -> None:
    assert begun(on=on, late_reason=" 补登 ").step.late_reason == kept


def child(on: date = DAY, made: date = DAY) -> Opened:
    carried = [
        paper("decision", on=made, seq=6, number="2号"),
        paper("record", answer="属实"),
        paper("filing", reason="x"),
    ]
    return open_case(
        side(), world(DAY), on=on, by=("sun",), recorder="sun", id_="A1.p", title="公示", party=PARTY, parent=case(id="A1"),
        relation="publication", carried=carried,
    )  # fmt: skip


def test_a_child_knows_its_parent_and_gets_what_its_flow_carries() -> None:
    opened = child()

    assert (opened.rule, opened.case.parent, opened.case.relation) == ("publication", "A1", "publication")
    assert sorted(opened.case.papers) == ["decision", "record"]
    assert [(one.seq, one.kind) for one in opened.step.papers] == [(0, "decision"), (0, "record")]
    assert broken_links([opened.step]) == []


def test_what_a_child_makes_itself_is_never_brought_along() -> None:
    raw = deepcopy(SIDE)
    raw["document"]["record"]["carried"] = False
    own = compile_flow(Flow.model_validate(raw))

    it = open_case(
        own, world(DAY), on=DAY, by=("sun",), recorder="sun", id_="A1.p", title="公示", party=PARTY,
        carried=[paper("decision"), paper("record", answer="属实")],
    )  # fmt: skip

    assert sorted(it.case.papers) == ["decision"]


@pytest.mark.parametrize(
    ("on", "made", "due"), [(DAY, DAY, date(2026, 3, 11)), (DAY, DAY - 3 * NEXT, date(2026, 3, 10))]
)
def test_a_period_of_a_child_runs_from_the_day_of_the_document_it_was_given(
    on: date, made: date, due: date
) -> None:
    it = child(on, made).case

    assert (it.clocks["publishing"].due, it.clocks["publishing"].state) == (due, ClockState.RUNNING)
