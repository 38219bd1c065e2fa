from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zhifa_flow.adapters.lawfiles.calendars import load_calendar
from zhifa_flow.engine.calendar import CalendarRangeError
from zhifa_flow.engine.clock import (
    SHANGHAI,
    Due,
    days_overdue,
    due,
    due_moment,
    legal_day,
    workdays_between,
)
from zhifa_flow.model.period import Direction, Length, Roll, Span, Unit

FOLDER = Path(__file__).parents[2] / "flows" / "calendars"
CALENDAR = load_calendar(FOLDER)
DAY = timedelta(days=1)


def last(start: str, length: str, *excluded: str, roll: str = "none", direction: str = "after") -> str:
    end = due(
        date.fromisoformat(start),
        Length.parse(length),
        CALENDAR,
        roll=Roll(roll),
        direction=Direction(direction),
        excluded=[Span.parse(text) for text in excluded],
    )
    return str(end.date)


# Working days: make-up weekend days count, weekdays moved off do not; the day of the event never counts.


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2025-01-24", "7工作日", "2025-02-10"),  # over Spring Festival, two make-up days inside
        ("2025-10-03", "5工作日", "2025-10-14"),  # begun on a holiday
        ("2026-02-13", "1工作日", "2026-02-14"),  # a make-up Saturday is the next working day
        ("2026-02-14", "4工作日", "2026-02-27"),
        ("2026-02-14", "5工作日", "2026-02-28"),  # and a period may end on one
        ("2026-05-01", "4工作日", "2026-05-09"),
        ("2026-09-28", "3工作日", "2026-10-08"),  # over National Day
        ("2026-09-28", "5工作日", "2026-10-10"),
        ("2026-11-20", "1工作日", "2026-11-23"),  # over a weekend
        ("2005-12-30", "1工作日", "2005-12-31"),  # the Saturday that the notice for 2006 has worked
        ("2020-01-23", "1工作日", "2020-02-03"),  # the prolonged Spring Festival
        ("2019-04-30", "1工作日", "2019-05-05"),  # the changed May Day
    ],
)
def test_a_working_day_period_ends_on_the_working_day_of_its_number(
    start: str, length: str, end: str
) -> None:
    assert last(start, length) == end


# Calendar days: holidays count, the last day may fall on one.


@pytest.mark.parametrize(
    ("start", "length", "end", "rolled"),
    [
        ("2026-03-02", "90日", "2026-05-31", "2026-06-01"),  # Sunday
        ("2026-09-16", "15日", "2026-10-01", "2026-10-08"),  # National Day
        ("2026-01-30", "15日", "2026-02-14", "2026-02-14"),  # a make-up Saturday is a working day: no rolling
        ("2026-01-31", "15日", "2026-02-15", "2026-02-24"),  # Spring Festival
        ("2026-08-21", "30日", "2026-09-20", "2026-09-20"),  # a make-up Sunday
        ("2026-11-05", "15日", "2026-11-20", "2026-11-20"),  # a working day
    ],
)
def test_a_period_of_days_counts_every_day_and_rolls_only_where_told(
    start: str, length: str, end: str, rolled: str
) -> None:
    assert last(start, length) == end
    assert last(start, length, roll="forward") == rolled


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2025-08-31", "6个月", "2026-02-28"),  # no 31 February
        ("2023-08-31", "6个月", "2024-02-29"),
        ("2025-08-30", "1个月", "2025-09-30"),
        ("2025-08-31", "1个月", "2025-09-30"),
        ("2025-02-28", "1个月", "2025-03-28"),  # the corresponding day, not the month's end
        ("2025-11-15", "3个月", "2026-02-15"),
        ("2024-02-29", "1年", "2025-02-28"),
        ("2024-02-29", "4年", "2028-02-29"),
        ("2024-03-01", "2年", "2026-03-01"),
        ("2025-12-31", "12个月", "2026-12-31"),
    ],
)
def test_months_and_years_end_on_the_corresponding_day_or_the_end_of_the_month(
    start: str, length: str, end: str
) -> None:
    assert last(start, length) == end


def test_months_roll_like_days() -> None:
    assert last("2025-11-15", "3个月", roll="forward") == "2026-02-24"


def test_working_days_have_nothing_to_roll() -> None:
    assert last("2025-01-24", "7工作日", roll="forward") == last("2025-01-24", "7工作日")


# “X日前”: counted back, the day of the event not counted.


@pytest.mark.parametrize(
    ("event", "length", "latest"),
    [
        ("2026-03-20", "7工作日", "2026-03-11"),
        ("2026-10-12", "7工作日", "2026-09-24"),  # back over National Day and a make-up Saturday
        ("2026-03-21", "7工作日", "2026-03-12"),  # an event on a Saturday
        ("2026-03-31", "30日", "2026-03-01"),
        ("2026-03-31", "1个月", "2026-02-28"),
        ("2026-01-15", "2个月", "2025-11-15"),
        ("2028-02-29", "1年", "2027-02-28"),
    ],
)
def test_a_period_before_an_event_is_counted_back_from_it(event: str, length: str, latest: str) -> None:
    assert last(event, length, direction="before") == latest


def test_a_period_counted_back_does_not_roll() -> None:
    with pytest.raises(ValueError, match="向前倒数的期限没有顺延"):
        last("2026-03-20", "7日", direction="before", roll="forward")


# Excluded periods.


@pytest.mark.parametrize(
    ("start", "length", "excluded", "end"),
    [
        ("2026-03-02", "10日", ["2026-03-05..2026-03-09"], "2026-03-17"),
        ("2026-03-02", "10日", ["2026-03-05..2026-03-09", "2026-03-07..2026-03-11"], "2026-03-19"),
        ("2026-03-02", "10日", ["2026-03-05..2026-03-09", "2026-03-06..2026-03-07"], "2026-03-17"),
        ("2026-03-02", "10日", ["2026-02-20..2026-03-02"], "2026-03-12"),  # over before the first day
        ("2026-03-02", "10日", ["2026-02-20..2026-03-04"], "2026-03-14"),  # the event within it
        ("2026-03-02", "10日", ["2026-03-13..2026-03-20"], "2026-03-12"),  # begins the day after the end
        ("2026-03-02", "10日", ["2026-03-12..2026-03-20"], "2026-03-21"),  # begins on the last day
        (
            "2026-03-02",
            "10日",
            ["2026-03-12", "2026-03-13..2026-03-14"],
            "2026-03-15",
        ),  # pushed into the next
        (
            "2026-03-02",
            "10工作日",
            ["2026-03-07..2026-03-08"],
            "2026-03-16",
        ),  # a weekend does not count anyhow
        ("2026-03-02", "10工作日", ["2026-03-06..2026-03-09"], "2026-03-18"),
        ("2026-03-02", "1个月", ["2026-03-10..2026-03-19"], "2026-04-12"),
    ],
)
def test_days_left_out_are_left_out_once(start: str, length: str, excluded: list[str], end: str) -> None:
    assert last(start, length, *excluded) == end


@pytest.mark.parametrize(
    ("excluded", "latest"),
    [
        ("2026-03-10..2026-03-12", "2026-03-07"),
        ("2026-03-20..2026-03-25", "2026-03-10"),  # from the event on
        ("2026-03-19..2026-03-25", "2026-03-09"),  # over the event
        ("2026-03-01..2026-03-09", "2026-03-10"),  # ends the day before the last
        ("2026-03-01..2026-03-10", "2026-02-28"),  # ends on the last
    ],
)
def test_days_left_out_before_an_event_move_the_latest_day_back(excluded: str, latest: str) -> None:
    assert last("2026-03-20", "10日", excluded, direction="before") == latest


def test_a_day_left_out_is_none_to_roll_to() -> None:
    assert last("2026-09-16", "15日", "2026-10-08..2026-10-09", roll="forward") == "2026-10-10"


@pytest.mark.parametrize(
    ("excluded", "end"), [("1990-01-01..2000-12-31", "12"), ("1990-01-01..2026-03-04", "14")]
)
def test_a_span_reaching_beyond_the_calendar_counts_as_far_as_it_reaches(excluded: str, end: str) -> None:
    assert last("2026-03-02", "10日", excluded) == f"2026-03-{end}"
    assert last("2026-03-02", "10日", "2026-03-13..2999-12-31") == "2026-03-12"


# The safe day, and what is only assumed.


@pytest.mark.parametrize(
    ("start", "length", "end", "safe"),
    [
        ("2026-09-08", "30日", "2026-10-08", "2026-10-08"),
        ("2026-09-05", "30日", "2026-10-05", "2026-09-30"),
        ("2026-01-21", "30日", "2026-02-20", "2026-02-14"),  # a make-up Saturday is safe
        ("2026-11-20", "1日", "2026-11-21", "2026-11-20"),  # the day of the event itself
        ("2026-02-16", "2日", "2026-02-18", "2026-02-18"),  # no working day since the event
        ("2027-01-31", "0日", "2027-01-31", "2027-01-29"),  # a fixed date
        ("2004-01-01", "0日", "2004-01-01", "2004-01-01"),  # the calendar begins here
    ],
)
def test_the_safe_day_is_the_last_working_day_that_the_event_leaves(
    start: str, length: str, end: str, safe: str
) -> None:
    count = int(length.removesuffix("日"))

    result = due(date.fromisoformat(start), Length(count, Unit.DAY), CALENDAR)

    assert (str(result.date), str(result.safe)) == (end, safe)


@pytest.mark.parametrize(
    ("start", "length", "direction", "provisional"),
    [
        (date(2026, 12, 25), Length(1, Unit.WORKDAY), Direction.AFTER, False),  # 28 December
        (
            date(2026, 12, 25),
            Length(2, Unit.WORKDAY),
            Direction.AFTER,
            True,
        ),  # the next notice may move the 29th
        (date(2026, 12, 20), Length(9, Unit.WORKDAY), Direction.AFTER, True),
        (date(2026, 12, 25), Length(5, Unit.WORKDAY), Direction.AFTER, True),
        (date(2026, 12, 31), Length(1, Unit.WORKDAY), Direction.AFTER, True),
        (date(2026, 12, 29), Length(1, Unit.WORKDAY), Direction.BEFORE, False),
        (date(2027, 1, 1), Length(1, Unit.WORKDAY), Direction.BEFORE, True),
        (date(2027, 1, 2), Length(1, Unit.WORKDAY), Direction.BEFORE, True),
        (date(2026, 9, 29), Length(90, Unit.DAY), Direction.AFTER, False),  # 28 December
        (date(2026, 9, 30), Length(90, Unit.DAY), Direction.AFTER, True),
        (date(2026, 10, 2), Length(90, Unit.DAY), Direction.AFTER, True),
        (date(2026, 10, 3), Length(90, Unit.DAY), Direction.AFTER, True),
        (date(2026, 10, 3), Length(3, Unit.MONTH), Direction.AFTER, True),
    ],
)
def test_a_result_that_touches_an_unpublished_year_is_provisional(
    start: date, length: Length, direction: Direction, provisional: bool
) -> None:
    assert due(start, length, CALENDAR, direction=direction).provisional is provisional


def test_rolling_into_an_unpublished_year_is_provisional() -> None:
    before_the_notice = load_calendar(FOLDER, known_on=date(2023, 10, 24))
    start, length = date(2023, 12, 29), Length(2, Unit.DAY)

    stays = due(date(2023, 12, 22), length, before_the_notice)
    rolls = due(start, length, before_the_notice, roll=Roll.FORWARD)

    assert (stays.date, stays.provisional) == (date(2023, 12, 24), False)
    assert (rolls.date, rolls.provisional) == (date(2024, 1, 2), True)


@pytest.mark.parametrize(
    ("known_on", "start", "count"),
    [(date(2018, 11, 20), date(2018, 12, 18), 9), (date(2007, 12, 1), date(2007, 12, 18), 9),
     (date(2006, 12, 1), date(2006, 12, 20), 8)],
)  # fmt: skip
def test_what_the_next_notice_moved_in_december_was_provisional_before_it(
    known_on: date, start: date, count: int
) -> None:
    """Planted: three years of which the notice of the next year changed the last days, and nobody had been warned."""
    length = Length(count, Unit.WORKDAY)

    seen, later = due(start, length, load_calendar(FOLDER, known_on=known_on)), due(start, length, CALENDAR)

    assert seen.date != later.date
    assert (seen.provisional, later.provisional) == (True, False)


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        (
            [Span(date(2026, 1, 18), date(2026, 1, 20))],
            "2026-01-18至2026-01-20: 依法扣除的期间, 不作为最后一日",
        ),
        ([Span(date(2026, 1, 19), date(2026, 1, 19))], "2026-01-19: 依法扣除的期间, 不作为最后一日"),
        ([Span(date(2026, 1, 18), date(2026, 1, 18))], ""),
        ([Span(date(2026, 1, 20), date(2026, 1, 22))], ""),
    ],
)
def test_days_left_out_that_a_last_day_jumps_over_are_named(spans: list[Span], said: str) -> None:
    """Planted: the last day went on to the 21st and the reasoning spoke of days off alone."""
    end = due(
        date(2026, 1, 12), Length(5, Unit.DAY), CALENDAR, roll=Roll.FORWARD, excluded=spans, explain=True
    )

    jumped = [line for line in end.derivation if "不作为最后一日" in line]

    assert jumped == ([said] if said else [])


# Against a slow and obvious counter.


def walked(start: date, length: Length, roll: Roll, direction: Direction, excluded: Sequence[Span]) -> Due:
    """Every day looked at once, nothing clever."""
    step = DAY if direction is Direction.AFTER else -DAY
    left, day = nominal_days(start, length, direction), start
    looked_at = []
    while left:
        day += step
        counts = length.unit is not Unit.WORKDAY or CALENDAR.is_workday(day)
        left -= counts and not any(day in span for span in excluded)
        looked_at.append(day)
    if length.unit is not Unit.WORKDAY:
        looked_at = [day]
    if roll is Roll.FORWARD and not CALENDAR.is_workday(day):
        day += DAY
        while not CALENDAR.is_workday(day) or any(day in span for span in excluded):
            day += DAY
        looked_at.append(day)
    safe = day
    while not CALENDAR.is_workday(safe):
        safe -= DAY
    if direction is Direction.AFTER and safe < start:
        safe = day
    if length.unit is not Unit.WORKDAY:
        looked_at.append(safe)
    return Due(day, safe, not all(map(CALENDAR.is_published, looked_at)))


def nominal_days(start: date, length: Length, direction: Direction) -> int:
    if length.unit in {Unit.DAY, Unit.WORKDAY}:
        return length.count
    months = length.count * (12 if length.unit is Unit.YEAR else 1)
    day, sign = start.replace(day=1), 1 if direction is Direction.AFTER else -1
    for _ in range(months):
        day = (day + 31 * DAY).replace(day=1) if sign > 0 else (day - DAY).replace(day=1)
    for number in range(start.day, 0, -1):
        try:
            return abs((day.replace(day=number) - start).days)
        except ValueError:
            continue
    raise AssertionError


FIRST, LAST = date(2004, 1, 1), date(2030, 12, 31)
STARTS = st.dates(date(2008, 1, 1), LAST)  # late enough for the longest period counted back
LENGTHS = st.one_of(
    st.builds(Length, st.integers(1, 60), st.just(Unit.WORKDAY)),
    st.builds(Length, st.integers(1, 200), st.just(Unit.DAY)),
    st.builds(Length, st.integers(1, 14), st.just(Unit.MONTH)),
    st.builds(Length, st.integers(1, 2), st.just(Unit.YEAR)),
)


unhurried = settings(deadline=None)  # the machine that tests may be a busy one


@st.composite
def spans_near(draw: st.DrawFn, start: date) -> list[Span]:
    firsts = draw(st.lists(st.integers(-150, 250), max_size=4))
    return [Span(start + first * DAY, start + (first + draw(st.integers(0, 60))) * DAY) for first in firsts]


@settings(unhurried, max_examples=300)
@given(st.data(), LENGTHS, st.sampled_from(Direction), st.sampled_from(Roll))
def test_the_clock_agrees_with_a_slow_counter(
    data: st.DataObject, length: Length, direction: Direction, roll: Roll
) -> None:
    assume(not (direction is Direction.BEFORE and roll is Roll.FORWARD))
    start = data.draw(STARTS if direction is Direction.BEFORE else st.dates(FIRST, LAST))
    excluded = data.draw(spans_near(start))

    quick = due(start, length, CALENDAR, roll=roll, direction=direction, excluded=excluded)

    assert quick == walked(start, length, roll, direction, excluded)


@unhurried
@given(STARTS, LENGTHS, st.sampled_from(Roll))
def test_a_later_event_never_ends_earlier(start: date, length: Length, roll: Roll) -> None:
    earlier, later = (due(day, length, CALENDAR, roll=roll).date for day in (start, start + DAY))

    assert earlier <= later


@unhurried
@given(STARTS, LENGTHS, st.sampled_from(Roll))
def test_a_longer_period_never_ends_earlier(start: date, length: Length, roll: Roll) -> None:
    longer = Length(length.count + 1, length.unit)

    shorter_end, longer_end = (due(start, each, CALENDAR, roll=roll).date for each in (length, longer))

    assert shorter_end <= longer_end


@settings(unhurried, max_examples=300)
@given(st.data(), st.dates(FIRST, LAST), LENGTHS, st.sampled_from(Roll))
def test_leaving_more_days_out_never_ends_earlier(
    data: st.DataObject, start: date, length: Length, roll: Roll
) -> None:
    some, more = data.draw(spans_near(start)), data.draw(spans_near(start))

    fewer_out = due(start, length, CALENDAR, roll=roll, excluded=some).date
    more_out = due(start, length, CALENDAR, roll=roll, excluded=some + more).date

    assert fewer_out <= more_out


@unhurried
@given(st.data(), STARTS, LENGTHS)
def test_leaving_more_days_out_never_brings_the_latest_day_nearer(
    data: st.DataObject, start: date, length: Length
) -> None:
    some, more = data.draw(spans_near(start)), data.draw(spans_near(start))

    fewer_out = due(start, length, CALENDAR, direction=Direction.BEFORE, excluded=some).date
    more_out = due(start, length, CALENDAR, direction=Direction.BEFORE, excluded=some + more).date

    assert more_out <= fewer_out


@unhurried
@given(st.data(), STARTS, LENGTHS, st.sampled_from(Direction))
def test_leaving_days_out_twice_or_in_pieces_changes_nothing(
    data: st.DataObject, start: date, length: Length, direction: Direction
) -> None:
    whole = Span(start - 5 * DAY, start + 40 * DAY)
    cut = data.draw(st.integers(0, whole.days - 2))
    pieces = [Span(whole.first + (cut + 1) * DAY, whole.last), Span(whole.first, whole.first + cut * DAY)]

    ends = {
        due(start, length, CALENDAR, direction=direction, excluded=excluded)
        for excluded in ([whole], [whole, whole], pieces, [*pieces, whole])
    }

    assert len(ends) == 1


@unhurried
@given(STARTS, st.integers(1, 400))
def test_counting_days_back_undoes_counting_them_on(start: date, count: int) -> None:
    length = Length(count, Unit.DAY)

    there = due(start, length, CALENDAR).date
    back = due(there, length, CALENDAR, direction=Direction.BEFORE).date

    assert back == start


@unhurried
@given(STARTS, st.integers(1, 100))
def test_counting_working_days_back_returns_to_the_working_day_of_the_start(start: date, count: int) -> None:
    length = Length(count, Unit.WORKDAY)
    began = due(start, Length(0, Unit.DAY), CALENDAR).safe

    there = due(start, length, CALENDAR).date
    back = due(there, length, CALENDAR, direction=Direction.BEFORE).date

    assert back == began


@unhurried
@given(STARTS, st.integers(1, 100))
def test_a_period_of_working_days_holds_as_many_of_them_as_its_length(start: date, count: int) -> None:
    end = due(start, Length(count, Unit.WORKDAY), CALENDAR).date

    assert CALENDAR.is_workday(end)
    assert workdays_between(start, end, CALENDAR) == count


# Bad input, and the edges of the calendar.


@pytest.mark.parametrize(
    ("start", "length", "direction"),
    [
        ("2003-12-31", "1日", "after"),
        ("2101-01-01", "1日", "after"),
        ("2100-12-31", "1日", "after"),
        ("2100-12-31", "1工作日", "after"),
        ("2004-01-01", "1日", "before"),
        ("2004-01-05", "2工作日", "before"),
        ("2100-12-31", "1个月", "after"),
        ("2004-01-31", "1个月", "before"),
        ("2026-01-01", "9000年", "after"),
    ],
)
def test_what_leaves_the_calendar_is_refused_in_chinese(start: str, length: str, direction: str) -> None:
    with pytest.raises(CalendarRangeError, match="超出可以计算的范围"):
        last(start, length, direction=direction)


def test_hours_do_not_run_from_a_day() -> None:
    with pytest.raises(ValueError, match="起算点应当写明时刻"):
        last("2026-03-02", "24小时")


def test_a_moment_is_not_taken_for_the_day_of_the_event() -> None:
    with pytest.raises(ValueError, match="是时刻而不是日期"):
        due(datetime(2026, 3, 2, 18, tzinfo=UTC), Length(1, Unit.DAY), CALENDAR)


# Hours and moments.


def test_hours_run_through_nights_and_holidays() -> None:
    start = datetime(2026, 9, 30, 17, 30, tzinfo=SHANGHAI)

    end = due_moment(start, 24)

    assert end == datetime(2026, 10, 1, 17, 30, tzinfo=SHANGHAI)


def test_an_hour_clock_started_elsewhere_ends_in_shanghai_time() -> None:
    end = due_moment(datetime(2026, 9, 30, 20, tzinfo=UTC), 24)

    assert end.isoformat() == "2026-10-02T04:00:00+08:00"
    assert end.tzname() == "Asia/Shanghai"


@unhurried
@given(
    st.datetimes(datetime(2004, 1, 1), datetime(2030, 12, 31), timezones=st.sampled_from([SHANGHAI, UTC])),
    st.integers(1, 400),
)
def test_an_hour_clock_agrees_with_one_that_strikes_every_hour(start: datetime, hours: int) -> None:
    struck = start.astimezone(UTC)
    for _ in range(hours):
        struck += timedelta(minutes=60)

    end = due_moment(start, hours)

    assert end == struck
    assert end.utcoffset() == timedelta(hours=8)


def test_an_hour_clock_needs_an_hour() -> None:
    with pytest.raises(ValueError, match="至少为1"):
        due_moment(datetime(2026, 9, 30, 20, tzinfo=UTC), 0)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 20, 15, 59, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 16, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 20, 23, 59, tzinfo=SHANGHAI), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 23, 0, tzinfo=timezone(timedelta(hours=-5))), date(2026, 11, 21)),
    ],
)
def test_the_legal_day_is_the_day_in_shanghai(moment: datetime, day: date) -> None:
    assert legal_day(moment) == day


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 20, 23, 0)

    for ask in (legal_day, lambda moment: due_moment(moment, 24)):
        with pytest.raises(ValueError, match="没有时区"):
            ask(naive)


# Working days between two days; days overdue.


@pytest.mark.parametrize(
    ("first", "until", "count"),
    [
        (date(2026, 3, 11), date(2026, 3, 20), 7),
        (date(2026, 3, 12), date(2026, 3, 20), 6),
        (date(2026, 9, 30), date(2026, 10, 7), 0),
        (date(2026, 9, 30), date(2026, 10, 10), 3),
        (date(2026, 3, 20), date(2026, 3, 20), 0),
        (date(2026, 3, 20), date(2026, 3, 11), -7),
    ],
)
def test_working_days_between_leave_the_first_day_out_and_take_the_last_in(
    first: date, until: date, count: int
) -> None:
    assert workdays_between(first, until, CALENDAR) == count


@pytest.mark.parametrize(
    ("today", "days"), [(date(2026, 3, 16), 0), (date(2026, 3, 17), 0), (date(2026, 3, 18), 1)]
)
def test_the_first_overdue_day_is_the_day_after_the_last_one(today: date, days: int) -> None:
    end = due(date(2026, 3, 2), Length(15, Unit.DAY), CALENDAR)

    assert days_overdue(end, today) == days
    assert days_overdue(end.date, today) == days


# The reasoning.


def reasons(
    start: str, length: Length, *excluded: str, roll: str = "none", direction: str = "after"
) -> list[str]:
    end = due(
        date.fromisoformat(start),
        length,
        CALENDAR,
        roll=Roll(roll),
        direction=Direction(direction),
        excluded=[Span.parse(text) for text in excluded],
        explain=True,
    )
    return list(end.derivation)


def test_a_working_day_count_is_unfolded_day_by_day() -> None:
    assert reasons("2025-01-24", Length(7, Unit.WORKDAY)) == [
        "2025-01-24(周五, 普通工作日)当日不计入, 自次日起算7个工作日(参照民法典第二百零一条第一款)",
        "2025-01-25 周末: 不计入",
        "2025-01-26 调休上班: 计入, 第1日",
        "2025-01-27 普通工作日: 计入, 第2日",
        "2025-01-28至2025-02-04 春节放假: 不计入",
        "2025-02-05至2025-02-07 普通工作日: 计入, 第3日至第5日",
        "2025-02-08 调休上班: 计入, 第6日",
        "2025-02-09 周末: 不计入",
        "2025-02-10 普通工作日: 计入, 第7日",
        "到期日为2025-02-10(周一, 普通工作日)",
        "日历依据: 国务院办公厅关于2025年部分节假日安排的通知(国办发明电〔2024〕12号)",
    ]


def test_days_left_out_the_month_rule_and_rolling_are_named_with_their_articles() -> None:
    lines = reasons("2026-08-22", Length(1, Unit.MONTH), "2026-09-01..2026-09-12", roll="forward")

    assert lines == [
        "2026-08-22(周六)当日不计入, 自次日起算1个月(参照民法典第二百零一条第一款)",
        "到期月的对应日为最后一日; 没有对应日的, 月末日为最后一日(参照民法典第二百零二条)",
        "2026-08-23至2026-08-31: 计入, 第1日至第9日",
        "2026-09-01至2026-09-12 依法扣除的期间: 不计入",
        "2026-09-13至2026-10-04: 计入, 第10日至第31日",
        "2026-10-04(周日, 国庆节放假)是休假日, 以休假日结束的次日为期间的最后一日(参照民法典第二百零三条第一款)",
        "到期日为2026-10-08(周四, 普通工作日)",
        "日历依据: 国务院办公厅关于2026年部分节假日安排的通知(国办发明电〔2025〕7号)",
    ]


def test_a_last_day_off_that_does_not_roll_names_the_safe_day() -> None:
    lines = reasons("2026-09-05", Length(30, Unit.DAY))

    assert lines[-3:-1] == [
        "到期日为2026-10-05(周一, 国庆节放假)",
        "该日不是工作日, 此期限不顺延; 稳妥的最后工作日为2026-09-30(周三, 普通工作日)",
    ]


def test_a_last_day_off_without_a_working_day_since_the_event_says_so() -> None:
    lines = reasons("2026-02-16", Length(2, Unit.DAY))

    assert lines[-2] == "该日不是工作日, 此期限不顺延, 起算以来也没有工作日"


def test_a_count_backwards_is_unfolded_backwards() -> None:
    lines = reasons("2026-10-12", Length(3, Unit.WORKDAY), direction="before")

    assert lines[:-1] == [
        "2026-10-12(周一, 普通工作日)当日不计入, 自前一日起向前倒数3个工作日(参照民法典第二百零一条第一款)",
        "2026-10-11 周末: 不计入",
        "2026-10-10 调休上班: 计入, 第1日",
        "2026-10-09至2026-10-08 普通工作日: 计入, 第2日至第3日",
        "最迟应在2026-10-08(周四, 普通工作日)",
    ]


def test_assumed_days_are_marked_and_the_missing_notice_is_named() -> None:
    lines = reasons("2026-12-31", Length(1, Unit.WORKDAY))

    assert lines[1:] == [
        "2027-01-01 元旦放假(推定): 不计入",
        "2027-01-02至2027-01-03 周末(推定): 不计入",
        "2027-01-04 普通工作日(推定): 计入, 第1日",
        "到期日为2027-01-04(周一, 普通工作日, 推定)",
        "日历依据: 尚无2027年放假通知, 按周末和法定节日推定, 结果为暂定",
    ]


def test_a_fixed_date_has_no_period_to_unfold() -> None:
    lines = reasons("2026-01-31", Length(0, Unit.DAY))

    assert lines[:3] == [
        "2026-01-31(周六)是固定日期, 不起算期间",
        "到期日为2026-01-31(周六)",
        "该日不是工作日, 此期限不顺延; 稳妥的最后工作日为2026-01-30(周五, 普通工作日)",
    ]


def test_no_reasoning_is_written_unless_asked_for() -> None:
    assert due(date(2025, 1, 24), Length(7, Unit.WORKDAY), CALENDAR).derivation == ()
