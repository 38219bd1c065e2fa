from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from zhifa_flow.adapters.lawfiles.calendars import load_calendar, read_years
from zhifa_flow.engine.calendar import FIRST_DAY, LAST_DAY, Calendar, CalendarRangeError
from zhifa_flow.engine.festivals import statutory_days

FOLDER = Path(__file__).parents[2] / "flows" / "calendars"
PUBLISHED = range(2004, 2027)

# Where the library is wrong and the notice decides:
# 国办发明电〔2005〕35号 moves Saturday 31 December 2005 to January 2006 and has it worked.
LIBRARY_ERRS = {date(2005, 12, 31): True}


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar(FOLDER)


def days(first: date, last: date) -> list[date]:
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def test_every_day_of_the_published_years_agrees_with_an_independent_library(calendar: Calendar) -> None:
    covered = days(date(PUBLISHED[0], 1, 1), date(PUBLISHED[-1], 12, 31))

    differing = {
        day: calendar.is_workday(day)
        for day in covered
        if calendar.is_workday(day) != chinese_calendar.is_workday(day)
    }

    assert len(covered) == 8401
    assert differing == LIBRARY_ERRS


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_statutory_day_of_a_published_year_is_a_day_off(calendar: Calendar, year: int) -> None:
    worked = [day for day in statutory_days(year) if calendar.is_workday(day)]

    assert worked == []


@pytest.mark.parametrize(
    ("year", "count"),
    [(2007, 10), (2008, 11), (2013, 11), (2014, 11), (2024, 11), (2025, 13), (2027, 13), (2100, 13)],
)
def test_the_measure_of_each_time_gives_its_number_of_days(year: int, count: int) -> None:
    assert len(statutory_days(year)) == count


def test_mid_autumn_on_national_day_is_one_day_off_and_not_two() -> None:
    days_off = statutory_days(2031)

    assert len(days_off) == 12
    assert days_off[date(2031, 10, 1)] == "国庆节"


@pytest.mark.parametrize(
    ("day", "worked", "kind"),
    [
        (date(2026, 2, 28), True, "调休上班"),  # a Saturday
        (date(2026, 5, 9), True, "调休上班"),  # a Saturday
        (date(2026, 1, 4), True, "调休上班"),  # a Sunday
        (date(2026, 2, 20), False, "春节放假"),  # a Friday moved off
        (date(2025, 10, 6), False, "国庆节、中秋节放假"),
        (date(2026, 10, 1), False, "国庆节放假"),
        (date(2026, 11, 21), False, "周六"),
        (date(2026, 11, 22), False, "周日"),
        (date(2026, 11, 20), True, "普通工作日"),
    ],
)
def test_a_day_of_a_published_year_says_why_it_is_worked_or_not(
    calendar: Calendar, day: date, worked: bool, kind: str
) -> None:
    assert calendar.is_workday(day) is worked
    assert calendar.reason(day) == kind
    assert calendar.is_published(day)


@pytest.mark.parametrize(
    ("day", "worked", "kind"),
    [
        (date(2027, 1, 1), False, "元旦放假"),
        (date(2027, 2, 5), False, "春节放假"),  # 除夕
        (date(2027, 2, 9), True, "普通工作日"),  # 正月初四: whatever is moved there, a notice has to say
        (date(2027, 4, 5), False, "清明节放假"),
        (date(2027, 5, 2), False, "劳动节放假"),
        (date(2027, 5, 3), True, "普通工作日"),
        (date(2027, 6, 9), False, "端午节放假"),
        (date(2027, 9, 15), False, "中秋节放假"),
        (date(2027, 10, 3), False, "国庆节放假"),
        (date(2027, 10, 4), True, "普通工作日"),
        (date(2027, 11, 20), False, "周六"),
    ],
)
def test_a_day_of_an_unpublished_year_is_assumed_and_says_so(
    calendar: Calendar, day: date, worked: bool, kind: str
) -> None:
    assert calendar.is_workday(day) is worked
    assert calendar.reason(day) == f"{kind}(尚无2027年放假通知, 按周末和法定节日推定)"
    assert not calendar.is_published(day)


@pytest.mark.parametrize(
    ("day", "published"),
    [(date(2026, 12, 28), True), (date(2026, 12, 29), False), (date(2025, 12, 31), True)],
)
def test_the_last_days_of_a_year_wait_for_the_notice_of_the_next(
    calendar: Calendar, day: date, published: bool
) -> None:
    waits = "" if published else "(2026年12月29日至31日的安排, 可能因2027年放假通知(尚无)而变动)"

    assert calendar.is_published(day) is published
    assert calendar.reason(day) == f"普通工作日{waits}"
    assert calendar.assumed_between(day.toordinal(), day.toordinal()) is not published


@pytest.mark.parametrize(
    ("known_on", "day", "worked"),
    [
        (date(2020, 1, 25), date(2020, 1, 31), True),
        (date(2020, 1, 25), date(2020, 2, 1), True),
        (date(2020, 1, 26), date(2020, 1, 31), False),
        (date(2020, 1, 26), date(2020, 2, 1), False),
        (date(2019, 3, 21), date(2019, 5, 2), True),
        (date(2019, 3, 21), date(2019, 5, 5), False),
        (date(2019, 3, 22), date(2019, 5, 2), False),
        (date(2019, 3, 22), date(2019, 5, 5), True),
        (date(2018, 12, 3), date(2018, 12, 31), True),
        (date(2018, 12, 4), date(2018, 12, 31), False),
    ],
)
def test_a_calendar_can_be_seen_as_it_was_known_on_an_earlier_day(
    known_on: date, day: date, worked: bool
) -> None:
    then = load_calendar(FOLDER, known_on=known_on)

    assert then.is_workday(day) is worked


def test_a_year_is_unpublished_until_the_day_of_its_notice() -> None:
    published = [
        load_calendar(FOLDER, known_on=day).is_published(date(2026, 6, 1))
        for day in (date(2025, 11, 3), date(2025, 11, 4))
    ]

    assert published == [False, True]


def test_a_notice_without_a_date_is_known_at_any_time() -> None:
    undated = [year.model_copy(update={"announced": None}) for year in read_years(FOLDER)]

    calendar = Calendar(undated, known_on=date(2004, 1, 1))

    assert calendar.is_published(date(2026, 6, 1))


def test_the_notices_named_are_those_that_arranged_the_days(calendar: Calendar) -> None:
    january = calendar.notices(date(2020, 1, 20), date(2020, 2, 5))
    summer = calendar.notices(date(2020, 6, 1), date(2020, 7, 1))
    turn = calendar.notices(date(2026, 12, 28), date(2027, 1, 10))

    assert [notice.partition("(")[2] for notice in january] == [
        "国办发明电〔2019〕16号)",
        "国办发明电〔2020〕1号)",
    ]
    assert [notice.partition("(")[2] for notice in summer] == ["国办发明电〔2019〕16号)"]
    assert turn[1:] == (
        "2026年12月29日至31日的安排, 可能因2027年放假通知(尚无)而变动",
        "尚无2027年放假通知, 按周末和法定节日推定, 结果为暂定",
    )


@pytest.mark.parametrize("day", [FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1)])
def test_a_day_out_of_reach_is_refused_in_chinese(calendar: Calendar, day: date) -> None:
    with pytest.raises(CalendarRangeError, match=f"{day}超出可以计算的范围"):
        calendar.is_workday(day)


@pytest.mark.parametrize("day", [FIRST_DAY, LAST_DAY])
def test_the_first_and_the_last_day_are_within_reach(calendar: Calendar, day: date) -> None:
    assert calendar.kind(day) == ("元旦放假" if day == FIRST_DAY else "普通工作日")
    assert calendar.is_workday(day) is (day == LAST_DAY)


def test_a_moment_is_not_taken_for_a_day(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="是时刻而不是日期"):
        calendar.is_workday(datetime(2026, 11, 20, 18, tzinfo=UTC))
