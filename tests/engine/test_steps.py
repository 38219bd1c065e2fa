from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.engine.builders import CITIZEN, DAY, PARTY, case, clock, opened, paper, small, take, up, world
from zhifa_flow.engine.opening import open_case
from zhifa_flow.engine.steps import apply, filed, lowered, merged, replay
from zhifa_flow.engine.steps import opened as case_of
from zhifa_flow.model.case import Act, Case
from zhifa_flow.model.step import Step

NEXT = timedelta(days=1)
FLOW = small().flow


def step(**more: Any) -> Step:
    facts: dict[str, Any] = {
        "case": "A1", "seq": 4, "trigger": "inquire", "source": "inquiry", "target": "inquiry", "on": DAY + NEXT,
        "entered_at": datetime(2026, 3, 3, tzinfo=UTC), "by": ("zhang", "wang"), "role": "investigators",
        "recorder": "zhang", "digest": "d4", **more,
    }  # fmt: skip
    return Step(**facts)


def after(before: Case | None = None, **more: Any) -> Case:
    return apply(FLOW, before or case(), step(**more))


def test_a_step_sets_state_revision_and_head() -> None:
    it = after(trigger="review", target="reviewed")

    assert (it.state, it.revision, it.head, it.ended) == ("reviewed", 4, "d4", False)
    assert (it.entered_state_on, it.last_on) == (DAY + NEXT, DAY + NEXT)


def test_a_step_that_stays_does_not_enter_its_state_anew() -> None:
    it = after()

    assert (it.entered_state_on, it.last_on) == (DAY, DAY + NEXT)


def test_an_act_entered_late_does_not_turn_the_clock_of_the_case_back() -> None:
    assert after(case(last_on=DAY + 9 * NEXT)).last_on == DAY + 9 * NEXT


def test_an_ending_state_ends_the_case() -> None:
    assert after(trigger="close", target="closed").ended


def test_an_act_is_counted_each_time() -> None:
    first = after()
    second = apply(FLOW, first, step(seq=5, on=DAY + 2 * NEXT, by=("li",)))

    assert first.acts["inquire"] == Act(DAY + NEXT, 4, 1, ("zhang", "wang"))
    assert second.acts["inquire"] == Act(DAY + 2 * NEXT, 5, 2, ("li",))


def test_who_acted_is_remembered_by_role_and_once() -> None:
    it = after(
        case(acted={"head": ("sun",), "investigators": ("wang",)}), acted={"investigators": ("zhang", "wang")}
    )

    assert it.acted == {"head": ("sun",), "investigators": ("wang", "zhang")}
    assert merged({"a": ("x", "y")}, {"a": ("y", "z"), "b": ("x",)}) == {"a": ("x", "y", "z"), "b": ("x",)}


def test_documents_take_the_place_of_their_kind_or_add_up() -> None:
    old, new = paper("proposal", complex="否"), paper("proposal", complex="是")
    first, second = paper("record", answer="一"), paper("record", answer="二")

    it = filed({"proposal": (old,), "record": (first,)}, FLOW, [new, second, paper("filing")])

    assert it["proposal"] == (new,)
    assert it["record"] == (first, second)
    assert list(it) == ["proposal", "record", "filing"]


def test_superseded_documents_are_out_of_force_before_new_ones_come_in() -> None:
    old, new = paper("record", answer="一"), paper("record", answer="二")
    before = case(papers={"record": (old,), "proposal": (paper("proposal"),)})

    it = after(before, superseded=("record", "proposal"), papers=(new,))

    assert it.papers == {"record": (new,)}


def test_flags_go_down_before_they_go_up() -> None:
    before = case(flags={"suspended": up(DAY)})

    down = after(before, lowered=("suspended",))
    again = after(before, lowered=("suspended",), raised=("suspended",))

    assert down.flags["suspended"] == up(DAY, DAY + NEXT)
    assert again.flags["suspended"] == (*up(DAY, DAY + NEXT), *up(DAY + NEXT))
    assert after(raised=("remedy",)).flags == {"remedy": up(DAY + NEXT)}


def test_only_the_last_stretch_of_a_flag_is_closed() -> None:
    stretches = (*up(DAY, DAY + NEXT), *up(DAY + 2 * NEXT))

    assert lowered({"suspended": stretches}, ["suspended"], DAY + 3 * NEXT) == {
        "suspended": (*up(DAY, DAY + NEXT), *up(DAY + 2 * NEXT, DAY + 3 * NEXT))
    }


def test_clocks_are_put_in_the_place_of_their_own() -> None:
    before = case(clocks={"handling": clock("handling"), "payment": clock("payment")})

    it = after(before, clocks=(clock("handling", due=DAY + NEXT),))

    assert it.clocks["handling"].due == DAY + NEXT
    assert it.clocks["payment"] == clock("payment")


def test_a_case_is_read_from_its_opening() -> None:
    opening = {
        "flow": FLOW.ref, "agency": "bureau", "region": "河南省", "sector": "交通", "title": "某案",
        "party": CITIZEN.to_raw(), "parent": "B1", "relation": "x",
    }  # fmt: skip

    it = case_of(FLOW, step(seq=0, trigger="open", source="", target="registered", opening=opening))

    assert (it.party, it.sector, it.parent, it.relation) == (CITIZEN, "交通", "B1", "x")


def test_an_opening_may_end_a_case_at_once() -> None:
    opening = {"flow": FLOW.ref, "agency": "a", "region": "", "sector": "", "title": "x", "party": None}

    it = case_of(FLOW, step(seq=0, target="closed", opening=opening))

    assert (it.ended, it.party, it.parent) == (True, None, None)


def test_replaying_the_steps_gives_the_case() -> None:
    first = opened()
    filed_ = take(first, "file_case")
    record = take(filed_.case, "inquire")
    opening = open_case(
        small(), world(), on=DAY, by=("li",), recorder="li", id_="A1", title="某案", party=PARTY
    ).step

    assert replay(FLOW, [opening, filed_.step, record.step]) == record.case
    assert replay(FLOW, iter([opening])) == first


def test_replaying_no_steps_gives_no_case() -> None:
    with pytest.raises(ValueError, match="没有任何步骤"):
        replay(FLOW, [])


def test_nothing_that_a_step_does_reaches_back_into_the_case_before() -> None:
    before = opened()
    copy = replace(before)

    after(
        before,
        papers=(paper("filing"),),
        raised=("remedy",),
        acted={"head": ("sun",)},
        clocks=(clock("payment"),),
    )

    assert before == copy
