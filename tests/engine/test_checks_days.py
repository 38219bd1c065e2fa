from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.engine.builders import DAY, act, changed, clock, paper, situation, up
from zhifa_flow.engine.checks.days import (
    after_period,
    ahead,
    begun,
    day_order,
    expired,
    flag_free_since,
    in_period_from,
    in_table_window,
    in_window,
    is_day_of_act,
    moments_in_order,
    not_expired,
    not_expired_by,
    past_period_if,
    served_by_announcement,
    strictly_before,
    taken_within,
    within_period,
)
from zhifa_flow.engine.registry import (
    DeadlineName,
    FieldPath,
    FindingName,
    FlagName,
    Found,
    TableName,
    TriggerName,
)
from zhifa_flow.model.period import Unit

NEXT = timedelta(days=1)
PAYMENT, HANDLING = DeadlineName("payment"), DeadlineName("handling")
FOUND_ON, MADE_ON = FieldPath("filing.found_on"), FieldPath("record.made_on")
DUE = DAY + 15 * NEXT


def running(on: date, **more: Any) -> Any:
    return situation(on=on, clocks={"payment": clock("payment", due=DUE)}, **more)


def days(first: date | None, then: date | None, on: date = DAY) -> Any:
    filing = paper("filing", found_on=str(first) if first else None)
    return situation([filing, paper("record", made_on=str(then) if then else None)], on=on)


# Periods that are over, or still run.


@pytest.mark.parametrize(("on", "over"), [(DUE - NEXT, False), (DUE, False), (DUE + NEXT, True)])
def test_a_period_is_over_on_the_day_after_its_last(on: date, over: bool) -> None:
    s = running(on)

    assert expired(s, deadline=PAYMENT) == (None if over else "15日自2026-03-02起算, 至2026-03-17届满")
    assert not_expired(s, deadline=PAYMENT) == ("15日自2026-03-02起算, 已于2026-03-17届满" if over else None)


def test_a_period_that_never_began_is_not_over() -> None:
    s = situation()

    assert expired(s, deadline=PAYMENT) == "“缴款期限”尚未起算"
    assert begun(s, deadline=PAYMENT) == "“缴款期限”尚未起算"
    assert not_expired(s, deadline=PAYMENT) is None


def test_a_period_has_begun_when_its_clock_runs() -> None:
    assert begun(running(DAY), deadline=PAYMENT) is None


@pytest.mark.parametrize(("day", "late"), [(DUE, False), (DUE + NEXT, True), (None, False)])
def test_a_date_of_posting_counts_instead_of_the_day_of_the_act(day: date | None, late: bool) -> None:
    s = situation([paper("filing", found_on=str(day) if day else None)], clocks={"payment": clock("payment", due=DUE)})

    said = not_expired_by(s, deadline=PAYMENT, field=FOUND_ON)

    assert said == ("《立案审批表》的“发现日期”为2026-03-18, 15日已于2026-03-17届满" if late else None)


def test_a_date_of_posting_is_never_late_for_a_period_that_did_not_begin() -> None:
    s = situation([paper("filing", found_on="2026-03-02")])

    assert not_expired_by(s, deadline=PAYMENT, field=FOUND_ON) is None


def test_the_day_on_which_a_document_was_made_has_a_name_too() -> None:
    s = situation([paper("filing", on=DUE + NEXT)], clocks={"payment": clock("payment", due=DUE)})

    said = not_expired_by(s, deadline=PAYMENT, field=FieldPath("filing"))

    assert said == "《立案审批表》日期为2026-03-18, 15日已于2026-03-17届满"


# The order of two days.


@pytest.mark.parametrize(
    ("first", "then", "in_order", "strictly"),
    [
        (DAY, DAY, True, False), (DAY, DAY + NEXT, True, True), (DAY + NEXT, DAY, False, False),
        (None, DAY, True, True), (DAY, None, True, True),
    ],
)  # fmt: skip
def test_two_days_stand_in_their_order(first: date | None, then: date | None, in_order: bool, strictly: bool) -> None:
    s = days(first, then)

    said, sternly = day_order(s, first=FOUND_ON, then=MADE_ON), strictly_before(s, first=FOUND_ON, then=MADE_ON)

    assert (said is None, sternly is None) == (in_order, strictly)


def test_the_two_days_are_named() -> None:
    s = days(DAY + NEXT, DAY)

    assert day_order(s, first=FOUND_ON, then=MADE_ON) == (
        "《立案审批表》的“发现日期”(2026-03-03)晚于《询问笔录》的“询问日期”(2026-03-02)"
    )
    assert strictly_before(s, first=FOUND_ON, then=FieldPath("record")) == (
        "《立案审批表》的“发现日期”(2026-03-03)不早于《询问笔录》日期(2026-03-02)"
    )


def test_a_date_may_have_to_be_the_day_of_the_act() -> None:
    assert is_day_of_act(days(DAY, None), field=FOUND_ON) is None
    assert is_day_of_act(days(None, None), field=FOUND_ON) is None
    assert is_day_of_act(days(DAY, None, on=DAY + NEXT), field=FOUND_ON) == (
        "《立案审批表》的“发现日期”为2026-03-02, 办理日期为2026-03-03"
    )


# Periods between two dates.


@pytest.mark.parametrize(
    ("given", "fine"), [(date(2026, 3, 2), True), (date(2026, 3, 3), False), (date(2026, 2, 27), True)]
)
def test_a_notice_comes_seven_working_days_ahead(given: date, fine: bool) -> None:
    s = days(given, date(2026, 3, 11), on=date(2026, 3, 11))

    said = ahead(s, notice=FOUND_ON, event=MADE_ON, length=7, unit=Unit.WORKDAY)

    assert said == (
        None if fine else "《立案审批表》的“发现日期”为2026-03-03, 《询问笔录》的“询问日期”为2026-03-11, 最迟应在2026-03-02"
    )


@pytest.mark.parametrize(
    ("notice", "event", "said"),
    [(None, DAY, "《立案审批表》的“发现日期”没有填写"), (DAY, None, "《询问笔录》的“询问日期”没有填写")],
)
def test_a_notice_without_a_date_is_no_notice(notice: date | None, event: date | None, said: str) -> None:
    assert ahead(days(notice, event), notice=FOUND_ON, event=MADE_ON, length=7, unit=Unit.WORKDAY) == said


@pytest.mark.parametrize(("on", "fine"), [(date(2026, 3, 12), False), (date(2026, 3, 13), True)])
def test_an_act_may_have_to_wait_until_a_period_is_over(on: date, fine: bool) -> None:
    said = after_period(days(DAY, None, on=on), start=FOUND_ON, length=10, unit=Unit.DAY)

    assert said == (None if fine else "自2026-03-02起算, 至2026-03-12届满")


def test_a_period_from_no_day_is_never_over() -> None:
    assert after_period(days(None, None), start=FOUND_ON, length=1, unit=Unit.DAY) == "《立案审批表》的“发现日期”没有填写"


@pytest.mark.parametrize(
    ("start", "end", "fine"),
    [
        (DAY, date(2026, 3, 12), True), (DAY, date(2026, 3, 13), False), (None, DAY, True), (DAY, None, True),
    ],
)  # fmt: skip
def test_a_second_date_lies_within_a_period_of_the_first(start: date | None, end: date | None, fine: bool) -> None:
    said = within_period(days(start, end), start=FOUND_ON, end=MADE_ON, length=10, unit=Unit.DAY)

    assert said == (None if fine else "《询问笔录》的“询问日期”为2026-03-13, 自2026-03-02起算已于2026-03-12届满")


@pytest.mark.parametrize(("on", "fine"), [(date(2026, 3, 9), True), (date(2026, 3, 10), False)])
def test_an_act_within_a_period_of_another_step(on: date, fine: bool) -> None:
    s = situation(on=on, acts={"inquire": act(DAY)})

    said = taken_within(s, step=TriggerName("inquire"), length=7, unit=Unit.DAY)

    assert said == (None if fine else "“询问”在2026-03-02, 期限已于2026-03-09届满")


def test_a_step_never_taken_sets_no_limit() -> None:
    assert taken_within(situation(), step=TriggerName("inquire"), length=7, unit=Unit.DAY) is None


# Service by announcement.


def announced(method: str, posted: str | None, served: str | None, on: date, table: str = "announcement") -> str | None:
    s = situation([paper("filing", reason=method, number=posted, found_on=served)], on=on)
    path = FieldPath("filing.reason"), FieldPath("filing.number"), FieldPath("filing.found_on")
    return served_by_announcement(s, method=path[0], published=path[1], served=path[2], table=TableName(table))


def test_an_announcement_serves_on_the_day_its_period_ends() -> None:
    assert announced("公告送达", "2026-03-02", "2026-04-01", date(2026, 4, 1)) is None
    assert announced("公告送达", "2026-03-02", "2026-03-31", date(2026, 4, 1)) == (
        "公告日期2026-03-02, 经过30日于2026-04-01视为送达, 填写的是2026-03-31"
    )
    assert announced("公告送达", "2026-03-02", "2026-04-01", date(2026, 3, 31)) == "公告期至2026-04-01届满"


def test_the_period_of_an_announcement_is_that_of_the_day_it_was_posted() -> None:
    assert announced("公告送达", "2021-12-31", "2022-03-01", date(2026, 3, 2)) is None


@pytest.mark.parametrize(("posted", "served"), [(None, "2026-04-01"), ("2026-03-02", None)])
def test_an_announcement_needs_both_its_dates(posted: str | None, served: str | None) -> None:
    assert announced("公告送达", posted, served, DAY) == "公告送达须填写公告日期和视为送达日期"


@pytest.mark.parametrize("table", ["silent", "excluded"])
def test_an_announcement_without_a_period_serves_nobody(table: str) -> None:
    said = announced("公告送达", "2026-03-02", "2026-04-01", date(2026, 4, 1), table)

    assert said is not None
    assert said.endswith("没有2026-03-02适用的期限")


def test_another_way_of_service_has_no_announcement() -> None:
    assert announced("直接送达", None, None, DAY) is None


# The window before the court.


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (DUE, "15日至2026-03-17届满, 其后方可办理"), (DUE + NEXT, None), (date(2026, 6, 17), None),
        (date(2026, 6, 18), "应在2026-03-18至2026-06-17之间, 现为2026-06-18"),
    ],
)  # fmt: skip
def test_a_window_opens_the_day_after_the_period_and_closes_again(on: date, said: str | None) -> None:
    assert in_window(running(on), opens_after=PAYMENT, length=3, unit=Unit.MONTH) == said


def test_the_last_day_of_a_window_rolls_past_a_weekend() -> None:
    s = situation(on=date(2026, 6, 22), clocks={"payment": clock("payment", due=date(2026, 3, 20))})

    assert in_window(s, opens_after=PAYMENT, length=3, unit=Unit.MONTH) is None


def test_a_window_of_a_period_that_never_began_is_shut() -> None:
    assert in_window(situation(), opens_after=PAYMENT, length=3, unit=Unit.MONTH) == "“缴款期限”尚未起算"


@pytest.mark.parametrize(("value", "opens"), [(True, "办理期限"), (False, "缴款期限"), (None, "缴款期限")])
def test_a_finding_chooses_the_period_after_which_the_window_opens(value: bool | None, opens: str) -> None:
    s = situation(found={"hearing_due": Found(value, "")})

    said = in_table_window(
        s, opens_after=PAYMENT, otherwise=HANDLING, when=FindingName("hearing_due"), length=3, unit=Unit.MONTH
    )

    assert said == f"“{opens}”尚未起算"


# Flags since a period began.


@pytest.mark.parametrize(
    ("stretch", "touched"),
    [
        (up(DAY - 2 * NEXT, DAY - NEXT), False), (up(DAY - 2 * NEXT, DAY), True), (up(DAY), True),
        (up(DAY - 5 * NEXT), True), ((), False),
    ],
)  # fmt: skip
def test_a_flag_was_never_up_since_the_period_began(stretch: Any, touched: bool) -> None:
    s = situation(clocks={"payment": clock("payment", due=DUE)}, flags={"remedy": stretch})

    said = flag_free_since(s, flag=FlagName("remedy"), deadline=PAYMENT)

    assert (said is not None) is touched


def test_without_a_period_the_flag_was_never_up_at_all() -> None:
    s = situation(flags={"remedy": up(DAY - 9 * NEXT, DAY - 8 * NEXT)})

    assert flag_free_since(s, flag=FlagName("remedy"), deadline=PAYMENT) == "2026-02-21起“复议诉讼”"


def test_a_date_beyond_every_calendar_refuses_and_does_not_break_off() -> None:
    args = {"start": "filing.found_on", "length": 10, "unit": "day"}
    it = changed(guard={"signed": {"check": "after_period", "args": args, "refusal": "应当期满", "gap": "测试"}})
    s = situation([paper("filing", found_on="1950-01-01")], compiled=it)

    refusals = it.refusals("inquire", s)

    assert [(one.code, one.found) for one in refusals] == [("signed", "1950-01-01超出可以计算的范围(2004年至2100年)")]


# Hours of one day, and periods counted from a document.


@pytest.mark.parametrize(
    ("first", "then", "good"),
    [
        ("2026-03-02T09:00", "2026-03-02T09:01", True), ("2026-03-02T09:00", "2026-03-02T09:00", True),
        ("2026-03-02T09:01", "2026-03-02T09:00", False), (None, "2026-03-02T09:00", True),
        ("2026-03-02T09:00", None, True),
    ],
)  # fmt: skip
def test_of_two_moments_the_first_is_not_the_later_one(first: str | None, then: str | None, *, good: bool) -> None:
    s = situation([paper("filing", found_on=first), paper("record", made_on=then)])

    assert (moments_in_order(s, first=FOUND_ON, then=MADE_ON) is None) is good


@pytest.mark.parametrize(("on", "open_"), [(date(2028, 3, 1), True), (date(2028, 3, 2), False)])
def test_a_period_of_years_runs_from_the_day_that_was_written(on: date, *, open_: bool) -> None:
    s = situation([paper("filing", found_on="2026-03-01")], on=on, found={"hearing_due": Found(True, "已判决")})

    within = in_period_from(s, start=FOUND_ON, length=2, unit=Unit.YEAR)
    over = past_period_if(s, when=FindingName("hearing_due"), start=FOUND_ON, length=2, unit=Unit.YEAR)

    assert within == (None if open_ else "自2026-03-01起算, 已于2028-03-01届满")
    assert over == ("已判决; 自2026-03-01起算, 至2028-03-01届满" if open_ else None)


def test_the_last_day_of_such_a_period_rolls_over_a_weekend() -> None:
    s = situation([paper("filing", found_on="2026-01-31")], on=date(2026, 3, 2))

    assert in_period_from(s, start=FOUND_ON, length=1, unit=Unit.MONTH) is None


def test_no_such_period_runs_from_a_day_nobody_wrote() -> None:
    s = situation(found={"hearing_due": Found(True, "已判决")})

    assert in_period_from(s, start=FOUND_ON, length=2, unit=Unit.YEAR) == "《立案审批表》的“发现日期”没有填写"
    assert past_period_if(s, when=FindingName("hearing_due"), start=FOUND_ON, length=2, unit=Unit.YEAR) is None


@pytest.mark.parametrize("value", [False, None])
def test_where_the_finding_is_not_established_no_period_has_to_be_over(value: bool | None) -> None:
    s = situation([paper("filing", found_on=str(DAY))], found={"hearing_due": Found(value, "")})

    assert past_period_if(s, when=FindingName("hearing_due"), start=FOUND_ON, length=2, unit=Unit.YEAR) is None
