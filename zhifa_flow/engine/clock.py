"""期限计算: pure functions from the day of an event to the last day, by 民法典第二百零一条 to 二百零三条.

The statutes on penalties, licences and compulsion have no rules of their own on counting; the Civil Code's
are used by analogy. Days are those of Asia/Shanghai. The day of the event never counts, on a holiday neither.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from zhifa_flow.engine.calendar import FIRST_DAY, LAST_DAY, Calendar, CalendarRangeError
from zhifa_flow.engine.derivation import Counting, derive
from zhifa_flow.model.period import Direction, Length, Roll, Span, Unit

__all__ = [
    "SHANGHAI", "Direction", "Due", "Length", "Roll", "Span", "Unit",
    "days_overdue", "due", "due_moment", "legal_day", "workdays_between",
]  # fmt: skip

# Fixed, because Windows ships no time zone database: China has kept UTC+8 without summer time since 1992,
# and the calendar begins in 2004.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}
_Spans = Sequence[tuple[int, int]]
_Line = tuple[Callable[[int], int], Callable[[int], int]]  # number of counted days up to a day, and back


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period (for one counted back: the latest day on which the act is in time).

    ``safe`` is the last working day on or before it, or the day itself where the event leaves no working day.
    In a place with days off of its own it also does for a court that takes these for working days.
    That day by the nation's calendar is ``undisputed``, None where it is no earlier.
    ``provisional`` says that days of a year without a published notice were counted.
    ``derivation`` is the reasoning in Chinese, empty unless asked for.
    """

    date: dt.date
    safe: dt.date
    provisional: bool
    derivation: tuple[str, ...] = ()
    undisputed: dt.date | None = None


def due(
    start: date,
    length: Length,
    calendar: Calendar,
    *,
    roll: Roll = Roll.NONE,
    direction: Direction = Direction.AFTER,
    excluded: Sequence[Span] = (),
    explain: bool = False,
    undisputed_start: date | None = None,
) -> Due:
    """The last day of a period that an event on ``start`` set running.

    Days inside ``excluded`` do not count, once however many spans hold them. Months and years run to the
    corresponding day, and on from there by as many days as were left out. ``roll`` moves only calendar
    periods: working days end on a working day by themselves. It is for a period that is a party's to use,
    not for one that bounds an agency's power. A length of no days gives a fixed date with its safe day.
    ``undisputed_start`` is the event by the nation's calendar, where it is itself the end of a disputed period.

    Raises:
        ValueError: hours (see ``due_moment``), or rolling a period counted back.
        CalendarRangeError: a day before 2004 or after 2100.
    """
    if length.unit is Unit.HOUR:
        raise ValueError("以小时计的期限从时刻起算, 起算点应当写明时刻, 例如 2026-03-02T15:30+08:00")
    if roll is Roll.FORWARD and direction is Direction.BEFORE:
        raise ValueError("向前倒数的期限没有顺延: 民法典第二百零三条只延后期间的最后一日; 请去掉顺延")
    began = calendar.ordinal(start)
    spans = _merged(excluded) if excluded else ()
    legal = _last_day(start, length, calendar, direction, spans)
    last = _rolled(legal, calendar, spans) if roll is Roll.FORWARD else legal
    undisputed = last
    if calendar.nation:
        event = undisputed_start or start
        by_nation = due(event, length, calendar.nation, roll=roll, direction=direction, excluded=excluded)
        undisputed = min(last, by_nation.date.toordinal())
    safe = _safe_day(undisputed, began, calendar)
    if length.unit is Unit.WORKDAY:
        consulted = (began + 1, last) if direction is Direction.AFTER else (last, began - 1)
    else:
        consulted = (min(safe, legal), last)
    day = date.fromordinal(last)
    safe_day = day if safe == last else date.fromordinal(safe)
    sure = None if undisputed == last else date.fromordinal(undisputed)
    lines: tuple[str, ...] = ()
    if explain:
        ends = date.fromordinal(legal), day, safe_day
        counting = Counting(start, length, direction, spans, *ends, consulted, sure or day)
        lines = derive(counting, calendar)
    return Due(day, safe_day, calendar.assumed_between(*consulted), lines, sure)


def due_moment(start: datetime, hours: int) -> datetime:
    """The last moment of an hour clock, in Asia/Shanghai.

    It begins with the moment (民法典第二百零一条第二款), runs through nights and holidays and never rolls.

    Raises:
        ValueError: the moment has no time zone, or there is not at least one hour.
    """
    return _in_shanghai(start) + timedelta(hours=Length(hours, Unit.HOUR).count)


def legal_day(moment: datetime) -> date:
    """The day in Asia/Shanghai on which a moment lies.

    Raises:
        ValueError: the moment has no time zone.
    """
    return _in_shanghai(moment).date()


def workdays_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after ``first`` up to and including ``last``; negative where ``last`` is the earlier."""
    return calendar.workdays_upto(calendar.ordinal(last)) - calendar.workdays_upto(calendar.ordinal(first))


def days_overdue(due: Due | date, today: date) -> int:
    """Calendar days past the last day; 0 on the last day itself, 1 on the day after it."""
    last = due.date if isinstance(due, Due) else due
    return max(0, (today - last).days)


def _in_shanghai(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError(f"时刻{moment.isoformat()}没有时区, 应当写明, 例如 2026-03-02T15:30+08:00")
    return moment.astimezone(SHANGHAI)


def _last_day(start: date, length: Length, calendar: Calendar, direction: Direction, spans: _Spans) -> int:
    if length.unit is Unit.WORKDAY:
        line: _Line = (calendar.workdays_upto, calendar.workday)
        count = length.count
    else:
        line = (_same, calendar.inside)
        count = length.count if length.unit is Unit.DAY else _days_to_corresponding(start, length, direction)
    counted = _count_after if direction is Direction.AFTER else _count_before
    return counted(start.toordinal(), count, spans, line)


def _days_to_corresponding(start: date, length: Length, direction: Direction) -> int:
    """Days to the corresponding day of the last month, or to that month's end (民法典第二百零二条)."""
    months = length.count * _MONTHS[length.unit]
    sign = 1 if direction is Direction.AFTER else -1
    year, month = divmod(start.year * 12 + start.month - 1 + sign * months, 12)
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise CalendarRangeError(f"{start}起{length}")
    last = min(start.day, monthrange(year, month + 1)[1])
    return abs((date(year, month + 1, last) - start).days)


def _count_after(began: int, count: int, spans: _Spans, line: _Line) -> int:
    upto, day = line
    number = upto(began) + count
    for first, last in spans:
        if last <= began:
            continue
        if first > day(number):
            break
        number += upto(last) - upto(max(first - 1, began))
    return day(number)


def _count_before(began: int, count: int, spans: _Spans, line: _Line) -> int:
    upto, day = line
    number = upto(began - 1) - count + 1
    for first, last in reversed(spans):
        if first >= began:
            continue
        if last < day(number):
            break
        number -= upto(min(last, began - 1)) - upto(first - 1)
    return day(number)


def _same(ordinal: int) -> int:
    return ordinal


def _rolled(legal: int, calendar: Calendar, spans: _Spans) -> int:
    """The day after the days off (民法典第二百零三条第一款); a day left out is none to end on."""
    upto = calendar.workdays_upto
    if upto(legal) != upto(legal - 1):
        return legal
    return _count_after(legal, 1, spans, (upto, calendar.workday))


def _safe_day(last: int, began: int, calendar: Calendar) -> int:
    number = calendar.workdays_upto(last)
    if number == 0:  # the first day of 2004, which was a holiday
        return last
    safe = calendar.workday(number)
    return last if safe < began < last else safe  # nobody can be asked to act before the event


def _merged(excluded: Sequence[Span]) -> _Spans:
    """The spans in order, those that overlap or touch made one: no day is left out twice."""
    merged: list[tuple[int, int]] = []
    for span in sorted(excluded, key=lambda each: each.first):
        first = max(span.first, FIRST_DAY).toordinal()
        last = min(span.last, LAST_DAY).toordinal()
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        elif first <= last:
            merged.append((first, last))
    return merged
