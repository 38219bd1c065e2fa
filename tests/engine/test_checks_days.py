from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.engine.builders import DAY, changed, clock, paper, situation
from zhifa_flow.engine.checks.days import (
    ahead,
    dated_from,
    day_order,
    expired,
    in_period_from,
    is_day_of_act,
    is_fixed_day,
    moments_in_order,
    not_expired_by,
    past_period_if,
    strictly_before,
    within_period,
    within_period_when,
)
from zhifa_flow.engine.registry import (
    DeadlineName,
    FieldPath,
    FindingName,
    Found,
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


def test_a_period_that_never_began_is_not_over() -> None:
    s = situation()

    assert expired(s, deadline=PAYMENT) == "“缴款期限”尚未起算"


@pytest.mark.parametrize(("day", "late"), [(DUE, False), (DUE + NEXT, True), (None, False)])
def test_a_date_of_posting_counts_instead_of_the_day_of_the_act(day: date | None, late: bool) -> None:
    s = situation(
        [paper("filing", found_on=str(day) if day else None)], clocks={"payment": clock("payment", due=DUE)}
    )

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
def test_two_days_stand_in_their_order(
    first: date | None, then: date | None, in_order: bool, strictly: bool
) -> None:
    s = days(first, then)

    said, sternly = (
        day_order(s, first=FOUND_ON, then=MADE_ON),
        strictly_before(s, first=FOUND_ON, then=MADE_ON),
    )

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


def test_a_date_may_also_be_a_day_that_was_written_down_before() -> None:
    s = days(DAY, DAY - NEXT, on=DAY + NEXT)

    assert is_day_of_act(days(DAY, DAY, on=DAY + NEXT), field=FOUND_ON, earlier=(MADE_ON,)) is None
    assert is_day_of_act(days(DAY, None, on=DAY), field=FOUND_ON, earlier=(MADE_ON,)) is None
    assert is_day_of_act(s, field=FOUND_ON, earlier=(MADE_ON,)) == (
        "《立案审批表》的“发现日期”为2026-03-02, 办理日期为2026-03-03, 《询问笔录》的“询问日期”为2026-03-01"
    )


# Periods between two dates.


@pytest.mark.parametrize(
    ("given", "fine"), [(date(2026, 3, 2), True), (date(2026, 3, 3), False), (date(2026, 2, 27), True)]
)
def test_a_notice_comes_seven_working_days_ahead(given: date, fine: bool) -> None:
    s = days(given, date(2026, 3, 11), on=date(2026, 3, 11))

    said = ahead(s, notice=FOUND_ON, event=MADE_ON, length=7, unit=Unit.WORKDAY)

    assert said == (
        None
        if fine
        else "《立案审批表》的“发现日期”为2026-03-03, 《询问笔录》的“询问日期”为2026-03-11, 最迟应在2026-03-02"
    )


@pytest.mark.parametrize(
    ("notice", "event", "said"),
    [(None, DAY, "《立案审批表》的“发现日期”没有填写"), (DAY, None, "《询问笔录》的“询问日期”没有填写")],
)
def test_a_notice_without_a_date_is_no_notice(notice: date | None, event: date | None, said: str) -> None:
    assert ahead(days(notice, event), notice=FOUND_ON, event=MADE_ON, length=7, unit=Unit.WORKDAY) == said


@pytest.mark.parametrize(
    ("start", "end", "fine"),
    [
        (DAY, date(2026, 3, 12), True), (DAY, date(2026, 3, 13), False), (None, DAY, True), (DAY, None, True),
    ],
)  # fmt: skip
def test_a_second_date_lies_within_a_period_of_the_first(
    start: date | None, end: date | None, fine: bool
) -> None:
    said = within_period(days(start, end), start=FOUND_ON, end=MADE_ON, length=10, unit=Unit.DAY)

    assert said == (
        None if fine else "《询问笔录》的“询问日期”为2026-03-13, 自2026-03-02起算已于2026-03-12届满"
    )


@pytest.mark.parametrize(
    ("stated", "end", "fine"),
    [
        ("每半年", date(2026, 9, 2), True), ("每半年", date(2026, 9, 3), False), ("每年", date(2026, 9, 3), True),
        (None, date(2026, 9, 3), True),
    ],
)  # fmt: skip
def test_the_shorter_period_is_asked_only_where_the_paper_says_so(
    stated: str | None, end: date, *, fine: bool
) -> None:
    filing = paper("filing", found_on=DAY.isoformat(), topic=stated)
    s = situation([filing, paper("record", made_on=end.isoformat())])

    answer = within_period_when(
        s, field=FieldPath("filing.topic"), says=("每半年",), start=FOUND_ON, end=MADE_ON, length=6, unit=Unit.MONTH,
    )  # fmt: skip

    assert answer == (
        None if fine else "《询问笔录》的“询问日期”为2026-09-03, 自2026-03-02起算已于2026-09-02届满"
    )


def test_a_date_beyond_every_calendar_refuses_and_does_not_break_off() -> None:
    args = {"start": "filing.found_on", "length": 10, "unit": "day"}
    it = changed(
        guard={"signed": {"check": "in_period_from", "args": args, "refusal": "应当及时", "gap": "测试"}}
    )
    s = situation([paper("filing", found_on="1950-01-01")], compiled=it)

    refusals = it.refusals("inquire", s)

    assert [(one.code, one.found) for one in refusals] == [
        ("signed", "1950-01-01超出可以计算的范围(2004年至2100年)")
    ]


# Hours of one day, and periods counted from a document.


@pytest.mark.parametrize(
    ("first", "then", "good"),
    [
        ("2026-03-02T09:00", "2026-03-02T09:01", True), ("2026-03-02T09:00", "2026-03-02T09:00", True),
        ("2026-03-02T09:01", "2026-03-02T09:00", False), (None, "2026-03-02T09:00", True),
        ("2026-03-02T09:00", None, True),
    ],
)  # fmt: skip
def test_of_two_moments_the_first_is_not_the_later_one(
    first: str | None, then: str | None, *, good: bool
) -> None:
    s = situation([paper("filing", found_on=first), paper("record", made_on=then)])

    assert (moments_in_order(s, first=FOUND_ON, then=MADE_ON) is None) is good


@pytest.mark.parametrize(("on", "open_"), [(date(2028, 3, 1), True), (date(2028, 3, 2), False)])
def test_a_period_of_years_runs_from_the_day_that_was_written(on: date, *, open_: bool) -> None:
    s = situation(
        [paper("filing", found_on="2026-03-01")], on=on, found={"hearing_due": Found(True, "已判决")}
    )

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
    assert (
        past_period_if(s, when=FindingName("hearing_due"), start=FOUND_ON, length=2, unit=Unit.YEAR) is None
    )


@pytest.mark.parametrize("value", [False, None])
def test_where_the_finding_is_not_established_no_period_has_to_be_over(value: bool | None) -> None:
    s = situation([paper("filing", found_on=str(DAY))], found={"hearing_due": Found(value, "")})

    assert (
        past_period_if(s, when=FindingName("hearing_due"), start=FOUND_ON, length=2, unit=Unit.YEAR) is None
    )


# Days that do not lie before their ground.

FRESH = 4  # the step being asked for comes after the third


@pytest.mark.parametrize(
    ("start", "day", "seq", "early"),
    [
        (DAY, DAY - NEXT, FRESH, True), (DAY, DAY, FRESH, False), (DAY, DAY + NEXT, FRESH, False),
        (DAY, DAY - NEXT, 3, False), (None, DAY - NEXT, FRESH, False), (DAY, None, FRESH, False),
    ],
    ids=["before", "that day", "after", "on file already", "no ground", "no day"],
)  # fmt: skip
def test_what_is_handed_in_is_not_dated_before_its_ground(
    start: date | None, day: date | None, seq: int, early: bool
) -> None:
    ground = [paper("filing", found_on=str(start))] if start else []
    s = situation([*ground, paper("record", seq=seq, made_on=str(day) if day else None)], revision=3)

    answer = dated_from(s, start=FOUND_ON, fields=(MADE_ON,))

    said = f"《{s.flow.document['record'].name}》的“{s.flow.document['record'].field['made_on'].name}”"
    assert answer == (f"{said}({day})早于{s.field_name(FOUND_ON)}({start})" if early else None)


@pytest.mark.parametrize(("day", "early"), [(DAY - NEXT, True), (DAY, False)])
def test_the_days_of_rows_are_not_before_their_ground_either(day: date, early: bool) -> None:
    rows = [{"on": str(DAY)}, {"on": str(day)}]
    ground = paper("filing", found_on=f"{DAY}T09:00:00")
    s = situation([ground, paper("receipt", seq=FRESH, payments=rows)], revision=3)

    answer = dated_from(s, start=FOUND_ON, fields=(FieldPath("receipt.payments"),), column="on")

    assert (answer is not None) is early


def test_rows_that_are_not_written_bear_no_days() -> None:
    s = situation(
        [paper("filing", found_on=str(DAY)), paper("record", seq=FRESH, made_on=str(DAY))], revision=3
    )

    assert dated_from(s, start=FOUND_ON, fields=(MADE_ON,), column="on") is None


# Days that a statute fixes in the calendar.

REPORT_DUE, OF_YEAR, KIND = FieldPath("filing.found_on"), FieldPath("record.year"), FieldPath("record.sort")


def filed_by(day: str | None, year: object = 2025, kind: str = "民办非企业单位") -> Any:
    return situation([paper("filing", found_on=day), paper("record", year=year, sort=kind)])


# 31 May 2026 is a Sunday, 31 December 2025 a Wednesday.
@pytest.mark.parametrize(
    ("day", "month_day", "after", "rolls", "said"),
    [
        ("2026-06-01", "05-31", 1, "forward", None),
        ("2026-05-31", "05-31", 1, "forward", "《立案审批表》的“发现日期”为2026-05-31, 应当是2026-06-01"),
        ("2026-05-31", "05-31", 1, "", None),
        ("2025-12-31", "12-31", 0, "", None),
        ("2024-12-31", "12-31", 0, "", "《立案审批表》的“发现日期”为2024-12-31, 应当是2025-12-31"),
        (None, "12-31", 0, "", "《立案审批表》的“发现日期”没有填写"),
    ],
)
def test_a_fixed_day_gives_way_to_the_next_working_day_only_where_it_rolls(
    day: str | None, month_day: str, after: int, rolls: str, said: str | None
) -> None:
    answer = is_fixed_day(
        filed_by(day), day=REPORT_DUE, month_day=month_day, year=OF_YEAR, after=after, rolls=rolls
    )

    assert answer == said


@pytest.mark.parametrize("year", [0, 9999, 10**12])
def test_a_year_that_no_calendar_has_is_no_fixed_day(year: int) -> None:
    said = is_fixed_day(
        filed_by("2026-06-01", year), day=REPORT_DUE, month_day="05-31", year=OF_YEAR, after=1
    )

    assert said
    assert said.endswith(f"为{year}")


def test_a_year_left_open_is_no_fixed_day() -> None:
    said = is_fixed_day(filed_by("2026-06-01", None), day=REPORT_DUE, month_day="05-31", year=OF_YEAR)

    assert said
    assert said.endswith("没有填写")


@pytest.mark.parametrize(("kind", "fine"), [("基金会", True), ("民办非企业单位", False)])
def test_a_fixed_day_is_asked_of_the_kinds_named_only(kind: str, fine: bool) -> None:
    s = filed_by("2026-03-31", kind=kind)

    said = is_fixed_day(
        s, day=REPORT_DUE, month_day="05-31", year=OF_YEAR, after=1, kind=KIND, says=("民办非企业单位",)
    )

    assert (said is None) is fine
