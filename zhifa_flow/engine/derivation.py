"""The reasoning behind a date, in Chinese: what counted, what did not, and by which article and notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.model.period import Direction, Length, Unit

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEKEND = _WEEKDAYS[5:]

#: Before the last working day on which one may still act; of no use where one waits for the end of a period.
SAFE_DAY = "; 稳妥的最后工作日为"


@dataclass(frozen=True, slots=True)
class Counting:
    """A finished count: the question, the legal last day, the day after rolling, the last safe working day.

    ``spans`` and ``consulted`` (the days whose kind mattered) are ordinals, both ends included. ``undisputed`` is the
    day by the nation's calendar where the place's own days off end the count later, else ``last``.
    """

    start: date
    length: Length
    direction: Direction
    spans: Sequence[tuple[int, int]]
    legal: date
    last: date
    safe: date
    consulted: tuple[int, int]
    undisputed: date


@dataclass(frozen=True, slots=True)
class _Day:
    """One day of a count; ``number`` says the how manieth it was, 0 that it did not count."""

    day: date
    label: str
    number: int


def derive(counting: Counting, calendar: Calendar) -> tuple[str, ...]:
    """The reasoning in the order in which a lawyer writes it; the last lines name the calendar notices."""
    first, last = (date.fromordinal(each) for each in counting.consulted)
    return (
        _opening(counting, calendar),
        *_corresponding(counting),
        *_runs(_days(counting, calendar)),
        *_ending(counting, calendar),
        *(f"日历依据: {notice}" for notice in calendar.notices(first, last)),
    )


def derive_hours(start: datetime, length: Length) -> tuple[str, ...]:
    """The reasoning behind a period of hours."""
    return (
        f"自{start:%Y-%m-%d %H:%M}起{length}, 昼夜连续计算, 不因节假日顺延(民法典第二百零一条第二款)",
        f"至{start + timedelta(hours=length.count):%Y-%m-%d %H:%M}",
    )


def _opening(counting: Counting, calendar: Calendar) -> str:
    if counting.length.count == 0:
        return f"{_named(counting.start, calendar)}是固定日期, 不起算期间"
    began = "自前一日起向前倒数" if counting.direction is Direction.BEFORE else "自次日起算"
    start = _named(counting.start, calendar)
    return f"{start}当日不计入, {began}{counting.length}(参照民法典第二百零一条第一款)"


def _corresponding(counting: Counting) -> Iterator[str]:
    if counting.length.unit in (Unit.MONTH, Unit.YEAR):
        yield "到期月的对应日为最后一日; 没有对应日的, 月末日为最后一日(参照民法典第二百零二条)"


def _days(counting: Counting, calendar: Calendar) -> Iterator[_Day]:
    step = 1 if counting.direction is Direction.AFTER else -1
    first, last = counting.start.toordinal() + step, counting.legal.toordinal()
    number = 0
    for ordinal in range(first, last + step, step):
        day = date.fromordinal(ordinal)
        if any(begins <= ordinal <= ends for begins, ends in counting.spans):
            yield _Day(day, "依法扣除的期间", 0)
        elif counting.length.unit is not Unit.WORKDAY:
            number += 1
            yield _Day(day, "", number)
        elif calendar.is_workday(day):
            number += 1
            yield _Day(day, _label(day, calendar), number)
        else:
            yield _Day(day, _label(day, calendar), 0)


def _label(day: date, calendar: Calendar) -> str:
    kind = calendar.kind(day)
    return ("周末" if kind in _WEEKEND else kind) + ("" if calendar.is_published(day) else "(推定)")


def _runs(days: Iterable[_Day]) -> Iterator[str]:
    for (label, counts), group in groupby(days, key=lambda each: (each.label, each.number > 0)):
        run = list(group)
        head = _stretch(run[0].day, run[-1].day) + (f" {label}" if label else "")
        yield f"{head}: 计入, {_numbers(run)}" if counts else f"{head}: 不计入"


def _stretch(first: date, last: date) -> str:
    return str(first) if first == last else f"{first}至{last}"


def _numbers(run: Sequence[_Day]) -> str:
    return f"第{run[0].number}日" if len(run) == 1 else f"第{run[0].number}日至第{run[-1].number}日"


def _ending(counting: Counting, calendar: Calendar) -> Iterator[str]:
    if counting.last != counting.legal:
        yield (
            f"{_named(counting.legal, calendar)}是休假日, "
            f"以休假日结束的次日为期间的最后一日(参照民法典第二百零三条第一款)"
        )
        yield from _passed_over(counting, calendar)
    word = "最迟应在" if counting.direction is Direction.BEFORE else "到期日为"
    yield f"{word}{_named(counting.last, calendar)}"
    if counting.undisputed != counting.last:
        left = calendar.is_workday(counting.safe)
        safe = f"稳妥的最后工作日为{_named(counting.safe, calendar)}" if left else "起算以来当地没有工作日"
        by_nation = _named(counting.undisputed, calendar)
        yield f"地方放假日是否计为休假日有争议, 只按全国的安排为{by_nation}; {safe}"
    elif counting.safe != counting.last:
        yield f"该日不是工作日, 此期限不顺延{SAFE_DAY}{_named(counting.safe, calendar)}"
    elif not calendar.is_workday(counting.last):
        yield "该日不是工作日, 此期限不顺延, 起算以来也没有工作日"


def _passed_over(counting: Counting, calendar: Calendar) -> Iterator[str]:
    """The working days that a last day moved past because they are left out."""
    first, last = counting.legal.toordinal() + 1, counting.last.toordinal()
    for begins, ends in counting.spans:
        days = [date.fromordinal(each) for each in range(max(begins, first), min(ends, last - 1) + 1)]
        if any(map(calendar.is_workday, days)):
            yield f"{_stretch(days[0], days[-1])}: 依法扣除的期间, 不作为最后一日"


def _named(day: date, calendar: Calendar) -> str:
    kind, weekday = calendar.kind(day), _WEEKDAYS[day.weekday()]
    said = weekday if kind == weekday else f"{weekday}, {kind}"
    return f"{day}({said})" if calendar.is_published(day) else f"{day}({said}, 推定)"
