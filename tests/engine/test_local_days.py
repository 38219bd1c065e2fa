"""Days off of a place: what they do to the calendar, to the last day of a period, and to what is said of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.builders import law, situation
from zhifa_flow.engine.calendar import Calendar, contradicting
from zhifa_flow.engine.clock import Direction, Length, Roll, Unit, due
from zhifa_flow.engine.deadlines import in_a_row
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.calendar import CalendarYear
from zhifa_flow.model.localyear import LocalYear

GUANGXI = "广西壮族自治区"
NANNING = "广西壮族自治区南宁市"
DAY = timedelta(days=1)
unhurried = settings(deadline=None, max_examples=60)


def national(year: int, **parts: Any) -> CalendarYear:
    return CalendarYear.model_validate({"year": year, "notice": f"关于{year}年放假安排的通知"} | parts)


def local(year: int, first: date | None = None, last: date | None = None, **parts: Any) -> LocalYear:
    facts: dict[str, Any] = {
        "year": year, "region": GUANGXI, "notice": f"关于{year}年“壮族三月三”放假的通知", "basis": ["放假办法第四条"],
        "policy": "按休假日计算", "policy_date": date(2026, 11, 20),
    }  # fmt: skip
    if first:
        facts["holidays"] = [{"name": "壮族三月三", "from": first, "to": last or first}]
    return LocalYear.model_validate(facts | parts)


# Qingming 2024 was moved off from Thursday 4 to Saturday 6 April, with Sunday the 7th worked.
NATION = Calendar(
    [
        national(2023),
        national(
            2024,
            holidays=[{"name": "清明节", "from": date(2024, 4, 4), "to": date(2024, 4, 6)}],
            workdays=[date(2024, 4, 7)],
        ),
        national(2025),
    ]
)
FEAST = local(2024, date(2024, 4, 11), date(2024, 4, 12))
PLACE = NATION.in_place([FEAST], {})


# the calendar ----------------------------------------------------------------------------------------------


def test_a_day_off_of_the_place_is_no_working_day_there_and_one_elsewhere() -> None:
    thursday = date(2024, 4, 11)

    assert NATION.is_workday(thursday)
    assert not PLACE.is_workday(thursday)
    assert PLACE.kind(thursday) == "壮族三月三(广西壮族自治区)放假"


def test_every_other_day_is_as_in_the_nation() -> None:
    days = (
        date.fromordinal(number)
        for number in range(date(2024, 1, 1).toordinal(), date(2025, 1, 1).toordinal())
    )

    differing = [day for day in days if NATION.is_workday(day) != PLACE.is_workday(day)]

    assert differing == [date(2024, 4, 11), date(2024, 4, 12)]


def test_the_nearer_place_adds_to_the_wider_whatever_their_order() -> None:
    city = local(2024, date(2024, 5, 20), region=NANNING)

    both = [NATION.in_place(years, {}) for years in ([FEAST, city], [city, FEAST])]

    for calendar in both:
        assert not calendar.is_workday(date(2024, 4, 11))
        assert not calendar.is_workday(date(2024, 5, 20))
        assert calendar.nation is NATION


def test_the_nearer_place_has_the_last_word() -> None:
    city = local(2024, region=NANNING, cancels=[date(2024, 4, 12)])

    calendar = NATION.in_place([city, FEAST], {})

    assert not calendar.is_workday(date(2024, 4, 11))
    assert calendar.is_workday(date(2024, 4, 12))


def test_a_place_can_move_a_working_day() -> None:
    moved = local(2024, date(2024, 4, 7), cancels=[date(2024, 4, 7)], workdays=[date(2024, 4, 13)])

    calendar = NATION.in_place([moved], {})

    assert not calendar.is_workday(date(2024, 4, 7))
    assert calendar.is_workday(date(2024, 4, 13))
    assert calendar.kind(date(2024, 4, 13)) == "调休上班"


def test_a_local_notice_counts_from_the_day_it_was_announced() -> None:
    years = [national(2024, announced=date(2023, 10, 25))]
    feast = local(2024, date(2024, 4, 11), announced=date(2024, 3, 22), yearly_since=2024)

    before, after = (
        Calendar(years, known_on=day).in_place([feast], {}) for day in (date(2024, 3, 21), date(2024, 3, 22))
    )

    assert before.is_workday(date(2024, 4, 11))
    assert not after.is_workday(date(2024, 4, 11))


def test_a_change_to_a_local_notice_counts_from_the_day_it_was_announced() -> None:
    put_off = {"notice": "调整", "announced": date(2024, 4, 1), "cancels": [date(2024, 4, 11)]}
    feast = local(2024, date(2024, 4, 11), amendments=[put_off])

    before, after = (
        Calendar([national(2024)], known_on=date(2024, *day)).in_place([feast], {})
        for day in ((3, 31), (4, 1))
    )

    assert not before.is_workday(date(2024, 4, 11))
    assert after.is_workday(date(2024, 4, 11))
    assert "调整" not in before.notices(date(2024, 4, 11), date(2024, 4, 11))
    assert "调整" in after.notices(date(2024, 4, 11), date(2024, 4, 11))


# what is not known -----------------------------------------------------------------------------------------


def test_a_place_with_yearly_days_is_not_sure_of_a_year_without_its_notice() -> None:
    yearly = NATION.in_place([local(2024, date(2024, 4, 11), yearly_since=2023)], {})

    assert [yearly.is_published(date(year, 6, 1)) for year in (2023, 2024, 2025)] == [False, True, False]
    assert (
        yearly.reason(date(2025, 3, 31))
        == "普通工作日(没有广西壮族自治区2025年的放假通知, 只按全国的安排推定)"
    )
    assert yearly.unpublished_from(2024) == 2025
    assert yearly.notices(date(2025, 3, 31), date(2025, 3, 31)) == (
        "没有广西壮族自治区2025年的放假通知, 只按全国的安排推定, 结果为暂定",
        "关于2025年放假安排的通知",
    )


def test_days_off_in_an_emergency_say_nothing_of_other_years() -> None:
    assert [PLACE.is_published(date(year, 6, 1)) for year in (2023, 2024, 2025, 2026)] == [
        True,
        True,
        True,
        False,
    ]
    assert PLACE.doubt(2025) == ""
    assert PLACE.doubt(2026) == NATION.doubt(2026) == "尚无2026年放假通知, 按周末和法定节日推定"


def test_a_year_whose_file_cannot_be_used_is_assumed_and_says_so() -> None:
    calendar = Calendar(
        [national(2023), national(2025)], unread={2024: "2024.toml 有误, 2024年按周末和法定节日推定"}
    )

    assert calendar.is_workday(date(2024, 4, 8))
    assert not calendar.is_published(date(2024, 4, 8))
    assert calendar.reason(date(2024, 4, 4)) == "清明节放假(2024.toml 有误, 2024年按周末和法定节日推定)"
    assert calendar.notices(date(2023, 12, 30), date(2024, 1, 2)) == (
        "关于2023年放假安排的通知",
        "2023年12月29日至31日的安排, 可能因2024年放假通知(没有采用)而变动",
        "2024.toml 有误, 2024年按周末和法定节日推定, 结果为暂定",
    )


def test_a_local_file_that_cannot_be_used_makes_its_year_provisional_and_no_other() -> None:
    calendar = NATION.in_place([], {2024: "local/2024.toml 有误, 2024年只按全国的安排推定"})

    assert [calendar.is_published(date(year, 6, 1)) for year in (2023, 2024, 2025)] == [True, False, True]
    assert due(date(2024, 4, 8), Length(3, Unit.WORKDAY), calendar).provisional


def test_the_first_unknown_year_is_found_as_far_as_the_calendar_reaches() -> None:
    whole = Calendar([national(year) for year in range(2004, 2101)])

    assert NATION.unpublished_from(2023) == 2026
    assert NATION.unpublished_from(2030) == 2030
    assert whole.unpublished_from(2023) is None


# contradictions --------------------------------------------------------------------------------------------


def test_a_file_against_a_published_year_is_found_and_not_laid_over() -> None:
    wrong = local(2024, date(2024, 4, 7))
    city = local(2024, date(2024, 4, 7), region=NANNING, cancels=[date(2024, 4, 7)])

    found = contradicting(NATION, [city, wrong, FEAST.model_copy(update={"region": "云南省"})])

    assert list(found) == [(GUANGXI, 2024)]
    assert "2024-04-07全国或者上级地区安排调休上班" in found[GUANGXI, 2024][0]


def test_a_file_for_an_unpublished_year_contradicts_nothing_yet() -> None:
    early = local(2026, date(2026, 4, 20), cancels=[date(2026, 4, 26)])

    assert contradicting(NATION, [early]) == {}


# the last day of a period ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "length", "roll", "end", "safe"),
    [
        ("2024-04-08", "2工作日", Roll.NONE, "2024-04-10", "2024-04-10"),  # ends before the days off
        ("2024-04-08", "3工作日", Roll.NONE, "2024-04-15", "2024-04-10"),
        ("2024-04-08", "7工作日", Roll.NONE, "2024-04-19", "2024-04-17"),
        ("2024-04-12", "1工作日", Roll.NONE, "2024-04-15", "2024-04-15"),  # the event lies on a day off
        ("2024-04-01", "10日", Roll.NONE, "2024-04-11", "2024-04-10"),  # a power does not grow
        ("2024-04-01", "10日", Roll.FORWARD, "2024-04-15", "2024-04-10"),
        (
            "2024-04-01",
            "12日",
            Roll.FORWARD,
            "2024-04-15",
            "2024-04-15",
        ),  # a Saturday rolls in the nation too
        ("2024-03-11", "1月", Roll.FORWARD, "2024-04-15", "2024-04-10"),
    ],
)
def test_a_period_in_the_place_has_its_legal_and_its_safe_day(
    start: str, length: str, roll: Roll, end: str, safe: str
) -> None:
    found = due(date.fromisoformat(start), Length.parse(length), PLACE, roll=roll)

    assert (found.date.isoformat(), found.safe.isoformat()) == (end, safe)
    assert not found.provisional


def test_a_prolonged_period_keeps_its_safe_day_by_the_nation() -> None:
    lengths = [Length(3, Unit.WORKDAY), Length(2, Unit.WORKDAY)]

    here, there = (in_a_row(date(2024, 4, 8), lengths, calendar, Roll.NONE) for calendar in (PLACE, NATION))

    assert [end.date for end in here] == [date(2024, 4, 15), date(2024, 4, 17)]
    assert (
        [end.undisputed for end in here]
        == [end.date for end in there]
        == [date(2024, 4, 11), date(2024, 4, 15)]
    )
    assert here[-1].safe == date(2024, 4, 15)
    assert [end.undisputed for end in there] == [None, None]


def test_counting_back_leaves_the_days_of_the_place_out_too() -> None:
    found = due(date(2024, 4, 17), Length(4, Unit.WORKDAY), PLACE, direction=Direction.BEFORE)

    assert found.date == found.safe == date(2024, 4, 9)
    assert due(date(2024, 4, 17), Length(4, Unit.WORKDAY), NATION, direction=Direction.BEFORE).date == date(
        2024, 4, 11
    )


def test_the_derivation_names_the_local_notice_its_basis_and_the_policy() -> None:
    lines = due(date(2024, 4, 8), Length(3, Unit.WORKDAY), PLACE, explain=True).derivation

    assert "2024-04-11至2024-04-12 壮族三月三(广西壮族自治区)放假: 不计入" in lines
    assert (
        "地方放假日是否计为休假日有争议, 只按全国的安排为2024-04-11(周四, 壮族三月三(广西壮族自治区)放假); "
        "稳妥的最后工作日为2024-04-10(周三, 普通工作日)"
    ) in lines
    assert lines[-3:] == (
        "日历依据: 关于2024年放假安排的通知",
        "日历依据: 关于2024年“壮族三月三”放假的通知",
        "日历依据: 广西壮族自治区的放假日依据放假办法第四条; 口径(2026-11-20): 按休假日计算",
    )


def test_where_the_event_leaves_no_working_day_before_the_disputed_one_that_is_said() -> None:
    monday_off = NATION.in_place([local(2024, date(2024, 3, 18))], {})

    found = due(date(2024, 3, 16), Length(1, Unit.WORKDAY), monday_off, explain=True)

    assert (found.date, found.safe) == (date(2024, 3, 19), date(2024, 3, 18))
    assert (
        "只按全国的安排为2024-03-18(周一, 壮族三月三(广西壮族自治区)放假); 起算以来当地没有工作日"
        in found.derivation[-4]
    )


def test_a_period_that_does_not_touch_the_days_of_the_place_does_not_speak_of_them() -> None:
    here, there = (
        due(date(2024, 6, 3), Length(3, Unit.WORKDAY), calendar, explain=True) for calendar in (PLACE, NATION)
    )

    assert here == there


@unhurried
@given(
    st.sets(st.integers(0, 80), max_size=12),
    st.dates(date(2024, 3, 1), date(2024, 5, 20)),
    st.integers(1, 15),
    st.sampled_from([Unit.WORKDAY, Unit.DAY]),
    st.sampled_from(Roll),
)
def test_days_off_of_a_place_agree_with_a_plain_count_and_end_nothing_earlier(
    off: set[int], start: date, count: int, unit: Unit, roll: Roll
) -> None:
    free = {date(2024, 3, 11) + number * DAY for number in off}
    holidays = [{"name": "放假", "date": day} for day in sorted(free)]
    cancels = [day for day in sorted(free) if day == date(2024, 4, 7)]
    calendar = NATION.in_place([local(2024, holidays=holidays, cancels=cancels)], {})

    found = due(start, Length(count, unit), calendar, roll=roll)
    by_nation = due(start, Length(count, unit), NATION, roll=roll)

    assert found.date == plain(start, count, unit, roll, free) >= by_nation.date
    assert found.safe <= by_nation.safe
    since = [start + number * DAY for number in range(1, (found.safe - start).days + 1)]
    assert calendar.is_workday(found.safe) or not any(calendar.is_workday(day) for day in since)


def plain(start: date, count: int, unit: Unit, roll: Roll, free: set[date]) -> date:
    """The last day counted one by one."""
    day, left = start, count
    while left:
        day += DAY
        left -= unit is Unit.DAY or (NATION.is_workday(day) and day not in free)
    while unit is Unit.DAY and roll is Roll.FORWARD and (not NATION.is_workday(day) or day in free):
        day += DAY
    return day


# the calendar of a case ------------------------------------------------------------------------------------


def test_a_case_goes_by_the_calendar_of_its_place() -> None:
    asked: list[str] = []

    def places(region: str) -> Calendar:
        asked.append(region)
        return PLACE if region.startswith(GUANGXI) else NATION

    s = situation(region=NANNING)
    s.law = Law(NATION, {}, law().statutes, places)

    assert s.calendar is PLACE
    assert s.law.calendar_in("河南省") is NATION
    assert asked == [NANNING, "河南省"]


def test_without_places_every_case_goes_by_the_nation() -> None:
    s = situation(region=NANNING)

    assert s.calendar is s.law.calendar
