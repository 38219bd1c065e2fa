from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import (
    BASIS,
    DAY,
    changed,
    entered,
    law,
    opened,
    refused,
    request,
    take,
    told,
    up,
    world,
)
from zhifa_flow.engine.advance import advance
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deemed import CORRECTED, deemed, may_have_ended, settled
from zhifa_flow.engine.flowcheck.shape import shape_problems
from zhifa_flow.engine.options import options
from zhifa_flow.engine.reprojection import reproject
from zhifa_flow.model.calendar import CalendarYear
from zhifa_flow.model.case import Case, ClockState
from zhifa_flow.model.errors import Refused

NEXT = timedelta(days=1)
#: The case is opened on Monday, 2 March 2026: five working days end on the 9th, ten calendar days on the 12th.
LAST = date(2026, 3, 9)
ANSWER = {
    "name": "答复期限", "starts": ["open"], "ends": ["file_case"], "length": 5, "unit": "workday", "owner": "agency",
    "expiry": "deemed", "then": "deemed_filed", "pauses": ["suspended"], "basis": BASIS,
}  # fmt: skip
SILENCE = {
    "name": "异议期限", "starts": ["deemed_filed"], "length": 3, "unit": "day", "owner": "party", "roll": "none",
    "expiry": "deemed", "then": "deemed_closed", "basis": BASIS,
}  # fmt: skip
CORRECTION = CalendarYear.model_validate(
    {
        "year": 2026,
        "notice": "试验通知",
        "holidays": [{"name": "试验假", "from": date(2026, 3, 5), "to": date(2026, 3, 6)}],
    }
)
FILED = {"name": "视为立案", "source": ["registered"], "target": "inquiry", "basis": BASIS}
CLOSED = {
    "name": "视为结案",
    "source": ["inquiry"],
    "target": "closed",
    "opens": ["publication"],
    "basis": BASIS,
}


@cache
def lawful(**more: Any) -> Compiled:
    return changed(
        deadline={"answer": ANSWER | more, "silence": SILENCE},
        transition={"deemed_filed": FILED, "deemed_closed": CLOSED},
    )


def guarded() -> Compiled:
    never = {"check": "finding_holds", "args": {"finding": "hearing_due"}, "refusal": "不发生", "gap": "测试"}
    return changed(
        deadline={"answer": ANSWER, "silence": SILENCE}, guard={"never": never},
        transition={"deemed_filed": {**FILED, "guards": ["never"]}, "deemed_closed": CLOSED},
    )  # fmt: skip


def states(compiled: Compiled, it: Case, on: date) -> list[tuple[str, date]]:
    return [(event.step.trigger, event.step.on) for event in settled(compiled, it, on, world(on))]


@pytest.mark.parametrize(("on", "came"), [(LAST, []), (LAST + NEXT, [("deemed_filed", LAST + NEXT)])])
def test_the_event_comes_about_on_the_day_after_the_last_day(on: date, came: list[tuple[str, date]]) -> None:
    assert states(lawful(), opened(lawful()), on) == came


def test_nobody_took_the_step_and_it_is_dated_when_it_came_about_however_late_somebody_looks() -> None:
    late = LAST + 2 * NEXT

    event = deemed(lawful(), opened(lawful()), late, world(late))

    assert event is not None
    step = event.step
    assert (step.by, step.role, step.recorder, step.late_reason, step.acted) == ((), "", "", "", {})
    assert (step.on, step.entered_at, event.case.state) == (LAST + NEXT, entered(late), "inquiry")
    assert event.case.clocks["answer"].state is ClockState.CLOSED
    assert event.case.clocks["silence"].started == LAST + NEXT


def test_one_event_may_bring_about_the_next_and_what_they_open_comes_too() -> None:
    on = date(2026, 6, 1)

    first, second = settled(lawful(), opened(lawful()), on, world(on))

    assert (first.step.trigger, second.step.trigger, second.step.on) == (
        "deemed_filed",
        "deemed_closed",
        date(2026, 3, 14),
    )
    assert [one.case.id for one in second.children] == ["A1.publication.2"]


def test_looking_twice_and_looking_often_come_to_the_same() -> None:
    on, it = date(2026, 6, 1), opened(lawful())
    at_once = settled(lawful(), it, on, world(on))[-1].case

    day, often = DAY, it
    while day <= on:
        for event in settled(lawful(), often, day, world(day)):
            often = event.case
        day += NEXT

    def plain(case: Case) -> Case:  # the moment of entry, and with it the hashes, are when somebody looked
        return replace(case, head="")

    assert plain(often) == plain(at_once)
    assert settled(lawful(), often, on, world(on)) == ()


def test_an_act_within_the_period_leaves_nothing_to_come_about() -> None:
    it = take(opened(lawful()), "file_case", compiled=lawful()).case

    assert states(lawful(), it, date(2026, 6, 1)) == []
    assert not may_have_ended(lawful(), it, date(2026, 6, 1))


def test_a_period_that_stands_still_brings_nothing_about() -> None:
    it = opened(lawful())
    clock = replace(it.clocks["answer"], paused=DAY)
    still = replace(it, flags={"suspended": up(DAY)}, clocks={**it.clocks, "answer": clock})

    assert states(lawful(), still, date(2026, 6, 1)) == []


def test_nothing_comes_about_where_the_case_no_longer_stands() -> None:
    elsewhere = replace(opened(lawful()), state="reviewed")

    assert states(lawful(), elsewhere, date(2026, 6, 1)) == []


def test_a_guard_that_refuses_keeps_the_event_away() -> None:
    assert states(guarded(), opened(guarded()), date(2026, 6, 1)) == []


def test_an_hour_clock_ends_with_its_hour() -> None:
    it = opened(lawful())
    clock = replace(it.clocks["answer"], due=DAY, safe=DAY, moment=f"{DAY}T16:00+08:00")
    hours = replace(it, clocks={**it.clocks, "answer": clock})
    later = replace(it, clocks={**it.clocks, "answer": replace(clock, moment=f"{DAY}T18:00+08:00")})

    assert states(lawful(), hours, DAY) == [("deemed_filed", DAY)]  # it is five in the afternoon
    assert states(lawful(), later, DAY) == []
    assert states(lawful(), later, DAY + NEXT) == [("deemed_filed", DAY)]


def test_a_quick_look_tells_whether_there_may_be_something() -> None:
    it = opened(lawful())

    assert not may_have_ended(lawful(), it, LAST - CORRECTED - NEXT)
    assert may_have_ended(lawful(), it, LAST - CORRECTED)


def test_nobody_can_take_the_step_that_the_law_takes() -> None:
    [problem] = told(refused(opened(lawful()), "deemed_filed", compiled=lawful()))

    assert problem == "deemed: 本环节依法随期限届满自动发生, 不由人员办理(期限: “答复期限”)"
    [option] = [
        one for one in options(lawful(), opened(lawful()), DAY, world()) if one.trigger == "deemed_filed"
    ]
    assert (option.roles, [one.code for one in option.refusals]) == ((), ["deemed"])


def test_the_same_entry_made_twice_is_refused_and_another_one_is_not() -> None:
    once = take(take(opened(), "file_case").case, "inquire").case
    same = request("inquire").documents

    [problem] = told(refused(once, "inquire", documents=same))

    assert problem.startswith("repeated: 同一环节不得重复登记(第2步与本次提交的人员、日期、文书完全相同)")
    assert take(once, "inquire").case.revision == 3
    assert take(once, "inquire", DAY + NEXT, documents=same).case.revision == 3


def test_what_is_on_file_is_refused_also_after_other_steps_and_by_the_same_two_in_another_order() -> None:
    once = take(take(opened(), "file_case").case, "inquire").case
    same = request("inquire").documents
    later = take(take(once, "suspend").case, "resume").case

    for by in (("zhang", "wang"), ("wang", "zhang")):
        [problem] = told(refused(later, "inquire", documents=same, by=by))
        assert problem.startswith("repeated: 同一环节不得重复登记(第2步与本次提交")


def test_the_same_step_without_documents_may_follow_itself() -> None:
    it = take(opened(), "file_case").case
    again = take(take(take(it, "suspend").case, "resume").case, "suspend").case

    with pytest.raises(Refused) as refusal:
        advance(lawful(), again, request("file_case"), world())
    assert "repeated" not in [one.code for one in refusal.value.refusals]


def test_a_file_that_lets_people_take_it_or_names_no_step_is_wrong() -> None:
    by_somebody = changed(
        deadline={"answer": ANSWER, "silence": SILENCE},
        transition={"deemed_filed": {**FILED, "by": ["handler"]}, "deemed_closed": CLOSED},
    )
    nothing = changed(deadline={"answer": {**ANSWER, "then": None}})
    nobody = changed(transition={"deemed_filed": FILED})

    assert not any("then" in one or "deemed" in one for one in shape_problems(lawful().flow))
    assert any(
        "deadline.answer.then: “视为立案”随期限届满自动发生" in one
        for one in shape_problems(by_somebody.flow)
    )
    assert any("应当以 then 写明期满依法发生何环节" in one for one in shape_problems(nothing.flow))
    assert any("by(由谁办理) 都不能为空" in one for one in shape_problems(nobody.flow))


@pytest.mark.parametrize("order", [("recount", "look"), ("look", "recount")])
def test_after_a_correction_of_the_calendar_looking_and_recounting_come_to_the_same(
    order: tuple[str, ...],
) -> None:
    on, it = date(2026, 3, 12), opened(lawful())
    corrected = replace(world(on), law=replace(law(), calendar=Calendar([CORRECTION])))

    happened: list[tuple[str, date]] = []
    for what in order:
        if what == "look":
            events = settled(lawful(), it, on, corrected)
            happened += [(event.step.trigger, event.step.on) for event in events]
            it = events[-1].case if events else it
        elif again := reproject(lawful(), it, "li", corrected):
            it = again.case

    assert happened == [("deemed_filed", date(2026, 3, 12))]  # three days later than without the two days off


def test_a_last_day_that_a_correction_brought_forward_is_seen_before_the_recorded_one() -> None:
    on, it = LAST, opened(lawful())
    clock = replace(
        it.clocks["answer"], due=LAST + 10 * NEXT
    )  # as it was before some days off were cancelled
    waiting = replace(it, clocks={**it.clocks, "answer": clock})

    assert may_have_ended(lawful(), waiting, on + NEXT)
    assert states(lawful(), waiting, on + NEXT) == [("deemed_filed", LAST + NEXT)]


def test_nothing_comes_about_under_another_text_than_the_case_was_opened_under() -> None:
    """Else a copy of the flow with one word changed could bring about what the law does not."""
    it = replace(opened(lawful()), flow_digest="other")

    assert states(lawful(), it, date(2026, 6, 1)) == []
