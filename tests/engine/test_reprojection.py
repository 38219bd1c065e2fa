"""A case counted anew after a change of the calendar: what moves, what stays, and what is on record of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.engine.builders import (
    DAY,
    OFFICERS,
    altered,
    clock,
    law,
    opened,
    request,
    small,
    take,
    up,
    walk,
    world,
)
from zhifa_flow.engine.advance import Advanced, advance
from zhifa_flow.engine.calendar import Calendar, CalendarRangeError
from zhifa_flow.engine.chain import broken_links
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import RECOUNT
from zhifa_flow.engine.ledger import ledger
from zhifa_flow.engine.ledgerlines import recount_said
from zhifa_flow.engine.opening import open_case
from zhifa_flow.engine.reprojection import reproject
from zhifa_flow.engine.steps import apply, replay, step_name
from zhifa_flow.engine.world import World, situation_of
from zhifa_flow.model.calendar import CalendarYear
from zhifa_flow.model.case import Case, ClockState, RunningClock
from zhifa_flow.model.errors import Refused

NEXT = timedelta(days=1)
LATER = date(2026, 3, 4)
BOOK = {"year": 2026, "notice": "试验通知", "announced": date(2025, 11, 4)}
#: Two days off that nobody expected, in the week after DAY.
OFF = [{"name": "试验假", "from": date(2026, 3, 10), "to": date(2026, 3, 11)}]
EXTENDED = {
    "notice": "延长通知", "announced": date(2026, 3, 4), "holidays": [{"name": "试验假", "date": date(2026, 3, 12)}]
}  # fmt: skip
CANCELLED = {"notice": "取消通知", "announced": date(2026, 3, 4), "cancels": [date(2026, 3, 11)]}


def calendar(*amendments: Mapping[str, Any], off: list[dict[str, Any]] = OFF) -> Calendar:
    return Calendar([CalendarYear.model_validate({**BOOK, "holidays": off, "amendments": list(amendments)})])


def under(it: Calendar, today: date = LATER, **more: Any) -> World:
    return replace(world(today, **more), law=replace(law(), calendar=it))


def ten_workdays() -> Compiled:
    return altered("deadline", "handling", length=10, unit="workday")


def counted(it: Case, by: Calendar, compiled: Compiled, **clocks: RunningClock) -> Case:
    """The case with its deadlines as a calendar counts them, and with others."""
    again = reproject(compiled, replace(it, clocks={**it.clocks, **clocks}), "li", under(by))
    assert again is not None
    kept = {name: replace(one, was=None) for name, one in again.case.clocks.items()}
    return replace(it, clocks=kept)


def filed(by: Calendar, compiled: Compiled | None = None) -> Case:
    """A case filed on DAY whose deadline was counted by a calendar."""
    it = walk("file_case", compiled=compiled or ten_workdays())
    return counted(it, by, compiled or ten_workdays())


def again(it: Case, by: Calendar, compiled: Compiled | None = None, officer: str = "li") -> Advanced | None:
    return reproject(compiled or ten_workdays(), it, officer, under(by))


def told(it: Case) -> tuple[date, date, bool, date | None]:
    one = it.clocks["handling"]
    return one.due, one.safe, one.provisional, one.was


# What another calendar changes.


@pytest.mark.parametrize(
    ("amendment", "due"),
    [(EXTENDED, date(2026, 3, 19)), (CANCELLED, date(2026, 3, 17))],
    ids=["more days off", "fewer days off"],
)
def test_a_correction_during_the_year_moves_the_last_day_both_ways(
    amendment: dict[str, Any], due: date
) -> None:
    it = filed(calendar())

    found = again(it, calendar(amendment))

    assert told(it) == (date(2026, 3, 18), date(2026, 3, 18), False, None)
    assert found is not None
    assert told(found.case) == (due, due, False, date(2026, 3, 18))


def test_the_step_says_who_counted_anew_and_changes_nothing_but_deadlines() -> None:
    it = filed(calendar())

    found = again(it, calendar(EXTENDED))

    assert found is not None
    step = found.step
    assert (step.trigger, step.seq, step.on, step.by, step.recorder) == (RECOUNT, 2, LATER, ("li",), "li")
    assert (step.source, step.target, step.role) == ("inquiry", "inquiry", "")
    assert [one.deadline for one in step.clocks] == ["handling"]
    assert step.signed["li"].startswith("李某")
    assert step.previous == it.head
    after = replace(found.case, clocks=it.clocks, revision=it.revision, head=it.head)
    assert after == it
    assert step_name(ten_workdays().flow, RECOUNT) == "依放假安排重算期限"
    assert step_name(ten_workdays().flow, "decide") == "作出决定"
    assert step_name(ten_workdays().flow, "nobody") == "nobody"


def test_counted_anew_twice_it_finds_nothing_the_second_time() -> None:
    first = again(filed(calendar()), calendar(EXTENDED))

    assert first is not None
    assert again(first.case, calendar(EXTENDED)) is None


def test_a_date_that_the_notice_merely_confirms_is_recorded_too() -> None:
    it = walk("file_case")  # ninety days, under a calendar without any notice

    found = reproject(small(), it, "li", under(calendar()))

    assert told(it) == (date(2026, 5, 31), date(2026, 5, 29), True, None)
    assert found is not None
    assert told(found.case) == (date(2026, 5, 31), date(2026, 5, 29), False, date(2026, 5, 31))


def test_a_last_day_may_keep_its_place_and_lose_its_safe_day() -> None:
    it = filed(calendar(), small())
    friday = [{"name": "试验假", "date": date(2026, 5, 29)}]

    found = again(it, calendar(off=[*OFF, *friday]), small())

    assert found is not None
    assert told(found.case) == (date(2026, 5, 31), date(2026, 5, 28), False, date(2026, 5, 31))


def test_steps_of_the_case_and_counts_anew_add_up_to_the_case() -> None:
    it = ten_workdays()
    case = open_case(
        it, under(calendar(), DAY), id_="A1", title="某案", party=None, on=DAY, by=("li",), recorder="li"
    )
    filing = take(case.case, "file_case", compiled=it)
    found = again(filing.case, calendar())

    assert found is not None
    assert replay(it.flow, [case.step, filing.step, found.step]) == found.case
    assert broken_links([case.step, filing.step, found.step]) == []


def test_an_act_of_an_earlier_day_may_still_be_entered_afterwards() -> None:
    found = again(filed(calendar()), calendar(EXTENDED))
    assert found is not None

    entered = take(
        found.case, "suspend", DAY + NEXT, compiled=ten_workdays(), today=LATER, late_reason="系统故障"
    )

    assert entered.step.on == DAY + NEXT
    assert entered.step.seq == 3


def test_what_sets_the_last_day_next_puts_the_older_one_out_of_mind() -> None:
    found = again(filed(calendar()), calendar(EXTENDED))
    assert found is not None

    longer, stopped = (
        advance(ten_workdays(), found.case, request(trigger, LATER), under(calendar(EXTENDED)))
        for trigger in ("extend", "suspend")
    )

    assert longer.case.clocks["handling"].was is None
    assert stopped.case.clocks["handling"].was == date(2026, 3, 18)


def test_extensions_and_days_left_out_are_counted_again_with_it() -> None:
    it = filed(calendar())
    it = take(it, "suspend", date(2026, 3, 3), compiled=ten_workdays()).case
    it = take(it, "resume", date(2026, 3, 5), compiled=ten_workdays()).case
    it = take(it, "extend", date(2026, 3, 5), compiled=ten_workdays()).case
    before = counted(it, calendar(), ten_workdays())

    found = reproject(ten_workdays(), before, "li", under(calendar(EXTENDED), date(2026, 3, 6)))

    # Two days left out, three days off; thirty calendar days follow the ten working days.
    assert found is not None
    assert before.clocks["handling"].due == date(2026, 4, 19)
    assert found.case.clocks["handling"].due == date(2026, 4, 22)
    assert found.case.clocks["handling"].extensions == ("30日",)


# What stays.


@pytest.mark.parametrize(
    "more",
    [
        {"state": ClockState.MET, "ended": DAY}, {"state": ClockState.LATE, "ended": DAY},
        {"state": ClockState.CLOSED, "ended": DAY}, {"moment": "2026-03-17T10:00+08:00"}, {"paused": DAY},
    ],
    ids=["met", "late", "closed", "hours", "standing still"],
)  # fmt: skip
def test_what_ended_runs_by_the_hour_or_stands_still_is_left_alone(more: dict[str, Any]) -> None:
    flags = {"suspended": up(DAY)} if "paused" in more else {}
    one = clock("handling", due=date(2026, 3, 17), length="10个工作日", **more)
    it = replace(
        opened(ten_workdays()), clocks={"handling": one}, flags=flags, flow_digest=ten_workdays().digest
    )

    assert again(it, calendar()) is None


def test_what_stood_still_before_clocks_said_so_is_left_alone_too() -> None:
    one = clock("handling", due=date(2026, 3, 17), length="10个工作日")
    it = replace(opened(ten_workdays()), clocks={"handling": one}, flags={"suspended": up(DAY)})

    assert again(it, calendar()) is None


@pytest.mark.parametrize(
    ("safe", "provisional", "changed"),
    [(date(2026, 3, 9), False, False), (date(2026, 3, 10), False, True), (date(2026, 3, 9), True, True)],
    ids=["nothing", "its safe day", "its certainty"],
)
def test_a_day_set_by_a_document_stays_and_only_what_is_said_of_it_changes(
    safe: date, provisional: bool, changed: bool
) -> None:
    day = date(2026, 3, 10)
    one = replace(clock("payment", due=day, moved=True), safe=safe, provisional=provisional)
    it = replace(opened(), clocks={"payment": one})

    found = again(it, calendar(), small())

    assert (found is not None) is changed
    if found:
        moved = found.case.clocks["payment"]
        assert (moved.due, moved.safe, moved.provisional, moved.was) == (day, date(2026, 3, 9), False, day)


def test_a_case_that_goes_on_is_counted_by_the_calendar_of_that_day() -> None:
    it = take(filed(calendar()), "suspend", LATER, compiled=ten_workdays()).case
    asked = again(it, calendar(EXTENDED))

    s = under(calendar(EXTENDED), date(2026, 3, 6))
    problems = ledger(situation_of(ten_workdays(), it, s.today, s), _steps(it), "handling").problems

    assert asked is None
    assert problems == ()


def _steps(it: Case) -> list[Any]:
    """The steps of the case filed and suspended, with its deadline as it was counted."""
    first = open_case(
        ten_workdays(), under(calendar(), DAY), id_="A1", title="某案", party=None, on=DAY, by=("li",), recorder="li"
    )  # fmt: skip
    filing = take(first.case, "file_case", compiled=ten_workdays())
    counted_once = replace(filing.step, clocks=(replace(it.clocks["handling"], paused=None),))
    case = apply(ten_workdays().flow, first.case, counted_once)
    return [first.step, counted_once, take(case, "suspend", LATER, compiled=ten_workdays()).step]


# Who may, and under which text.


@pytest.mark.parametrize(
    ("officer", "said"),
    [
        ("meng", "录入人: 人员名册中没有“meng”"), ("far", "录入人: 李某不是某县某局或者其上级机关的人员"),
        ("away", "录入人: 李某"),
    ],
)  # fmt: skip
def test_whoever_may_enter_nothing_may_count_nothing_anew(officer: str, said: str) -> None:
    far = replace(OFFICERS["li"], id="far", agency="elsewhere")
    away = replace(OFFICERS["li"], id="away", active_to=DAY)
    known = {**OFFICERS, "far": far, "away": away}
    it = filed(calendar())

    with pytest.raises(Refused) as caught:
        reproject(ten_workdays(), it, officer, under(calendar(EXTENDED), officers=known))

    assert caught.value.step == "依放假安排重算期限"
    assert said in caught.value.problems[0]


def test_an_officer_of_the_superior_organ_may() -> None:
    assert again(filed(calendar()), calendar(EXTENDED), officer="zhou") is not None


def test_a_case_is_not_counted_anew_under_another_text_of_its_flow() -> None:
    it = replace(filed(calendar()), flow_digest="0" * 64)

    with pytest.raises(Refused, match="流程文件"):
        again(it, calendar(EXTENDED))


def test_a_count_beyond_every_calendar_is_said() -> None:
    one = clock("handling", started=date(2099, 1, 1), due=date(2099, 1, 1), length="3年")
    it = replace(filed(calendar()), clocks={"handling": one})

    with pytest.raises(CalendarRangeError):
        again(it, calendar())


# The ledger.


def test_the_ledger_tells_the_old_and_the_new_day_and_finds_nothing_wrong_afterwards() -> None:
    it = ten_workdays()
    first = open_case(
        it, under(calendar(), DAY), id_="A1", title="某案", party=None, on=DAY, by=("li",), recorder="li"
    )
    filing = take(first.case, "file_case", compiled=it)
    found = again(filing.case, calendar(EXTENDED))
    assert found is not None
    steps = [first.step, filing.step, found.step]
    now = under(calendar(EXTENDED))

    before = ledger(situation_of(it, filing.case, LATER, now), steps[:2], "handling")
    after = ledger(situation_of(it, found.case, LATER, now), steps, "handling")

    assert "zhifa due --recount" in before.problems[0]
    assert after.problems == ()
    assert [entry.said for entry in after.entries][1:] == [
        "2026-03-04重新计算, 末日由2026-03-16改为2026-03-19"
    ]
    assert "第2步“依放假安排重算期限”" in after.entries[1].text


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"due": DAY}, {"due": LATER}, "末日由2026-03-02改为2026-03-04"),
        ({"due": DAY}, {"due": LATER, "provisional": True}, "末日由2026-03-02改为2026-03-04, 暂定"),
        ({"provisional": True}, {}, "末日仍为2026-03-02; 放假安排已经公布, 不再暂定"),
        ({}, {"provisional": True}, "末日仍为2026-03-02; 放假安排尚未公布, 改为暂定"),
        ({}, {"safe": date(2026, 2, 27)}, "末日仍为2026-03-02; 稳妥的最后工作日由2026-03-02改为2026-02-27"),
    ],
)  # fmt: skip
def test_what_a_recount_changed_is_said_in_words(
    before: dict[str, Any], after: dict[str, Any], said: str
) -> None:
    one = clock("handling")

    assert recount_said(replace(one, **before), replace(one, **after)) == said


# Before anybody has had the case recounted.


def test_an_act_is_judged_by_the_calendar_as_it_is_though_nobody_recounted() -> None:
    it = filed(calendar(off=[]))
    past = it.clocks["handling"].due + timedelta(days=1)
    longer = [{"name": "试验假", "from": date(2026, 3, 12), "to": date(2026, 3, 13)}]

    with pytest.raises(Refused, match="届满后不得延长"):
        advance(ten_workdays(), it, request("extend", past), under(calendar(off=[]), past))
    extended = advance(ten_workdays(), it, request("extend", past), under(calendar(off=longer), past))

    assert extended.case.clocks["handling"].extensions == ("30日",)


def test_what_the_act_does_not_touch_is_left_for_the_recount() -> None:
    it = filed(calendar())

    after = advance(ten_workdays(), it, request("inquire", LATER), under(calendar(EXTENDED)))

    assert after.step.clocks == ()
    assert after.case.clocks["handling"] == it.clocks["handling"]
