"""Checks on days: periods that must be over, must still run, must lie between two acts."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta

from zhifa_flow.engine.checks.acting import fresh
from zhifa_flow.engine.clock import Direction, Roll, due
from zhifa_flow.engine.registry import (
    DeadlineName,
    FieldPath,
    FindingName,
    check,
)
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.period import Length, Unit


@check
def expired(s: Situation, *, deadline: DeadlineName) -> str | None:
    """The period began and its last day has passed (the act is allowed from the day after)."""
    clock = s.clock(deadline)
    if clock is None:
        return f"“{s.flow.deadline[deadline].name}”尚未起算"
    return None if s.on > clock.due else f"{clock.length}自{clock.started}起算, 至{clock.due}届满"


@check
def not_expired_by(s: Situation, *, deadline: DeadlineName, field: FieldPath) -> str | None:
    """The date in the field (of posting, say) does not lie after the last day of the period, if it began."""
    clock, day = s.clock(deadline), s.day(field)
    if clock is None or day is None or day <= clock.due:
        return None
    return f"{s.field_name(field)}为{day}, {clock.length}已于{clock.due}届满"


@check
def day_order(s: Situation, *, first: FieldPath, then: FieldPath) -> str | None:
    """The first day does not lie after the second, if both are known."""
    before, after = s.day(first), s.day(then)
    if before is None or after is None or before <= after:
        return None
    return f"{_named(s, first)}({before})晚于{_named(s, then)}({after})"


@check
def strictly_before(s: Situation, *, first: FieldPath, then: FieldPath) -> str | None:
    """The first day lies before the second, if both are known."""
    before, after = s.day(first), s.day(then)
    if before is None or after is None or before < after:
        return None
    return f"{_named(s, first)}({before})不早于{_named(s, then)}({after})"


@check
def moments_in_order(s: Situation, *, first: FieldPath, then: FieldPath) -> str | None:
    """The first moment does not lie after the second, if both are written: on one day the hour tells."""
    before, after = s.value(first), s.value(then)
    if before is None or after is None or str(before) <= str(after):
        return None
    return f"{s.field_name(first)}({before})晚于{s.field_name(then)}({after})"


@check
def dated_from(
    s: Situation, *, start: FieldPath, fields: tuple[FieldPath, ...], column: str = ""
) -> str | None:
    """No document handed in bears in these fields, or in that column of their rows, a day before its ground.

    ``start`` is the ground: the day before which there was nothing to act on. What is on file already is not judged
    again, for its ground may have been superseded since; where there is no ground, nothing is refused.
    """
    begin = s.day(start)
    early = [
        f"{s.field_name(path)}({day})"
        for path in fields
        for day in _days_handed_in(s, path, column)
        if begin and day < begin.isoformat()
    ]
    return f"{'、'.join(dict.fromkeys(early))}早于{_named(s, start)}({begin})" if early else None


def _days_handed_in(s: Situation, path: FieldPath, column: str) -> list[str]:
    kind, _, name = path.partition(".")
    values = [value for paper in fresh(s, kind) if (value := paper.fields.get(name))]
    if column:
        values = [row.get(column) for rows in values if isinstance(rows, list) for row in rows]
    return [str(value)[:10] for value in values if value]


@check
def is_day_of_act(s: Situation, *, field: FieldPath, earlier: tuple[FieldPath, ...] = ()) -> str | None:
    """The date in the field is the day of the act, or one of those ``earlier``, written down before."""
    day = s.day(field)
    written = [f"{_named(s, path)}为{then}" for path in earlier if (then := s.day(path))]
    if day in (None, s.on, *(s.day(path) for path in earlier)):
        return None
    return ", ".join((f"{s.field_name(field)}为{day}", f"办理日期为{s.on}", *written))


def _named(s: Situation, path: FieldPath) -> str:
    return s.field_name(path) if "." in path else f"{s.document_name(path)}日期"


@check
def ahead(s: Situation, *, notice: FieldPath, event: FieldPath, length: int, unit: Unit) -> str | None:
    """The notice was given at least so long before the event (the day of the event not counted)."""
    given, held = s.day(notice), s.day(event)
    if given is None or held is None:
        return f"{_named(s, notice if given is None else event)}没有填写"
    latest = due(held, Length(length, unit), s.calendar, direction=Direction.BEFORE).date
    if given <= latest:
        return None
    return f"{_named(s, notice)}为{given}, {_named(s, event)}为{held}, 最迟应在{latest}"


@check
def within_period(s: Situation, *, start: FieldPath, end: FieldPath, length: int, unit: Unit) -> str | None:
    """The second date lies within the period counted from the first, if both are known."""
    begin, finish = s.day(start), s.day(end)
    if begin is None or finish is None:
        return None
    last = due(begin, Length(length, unit), s.calendar).date
    return None if finish <= last else f"{_named(s, end)}为{finish}, 自{begin}起算已于{last}届满"


@check
def within_period_when(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], start: FieldPath, end: FieldPath,
    length: int, unit: Unit,
) -> str | None:  # fmt: skip
    """If the field says one of the values, the second date lies within the period counted from the first."""
    if not set(s.texts(field)) & set(says):
        return None
    return within_period(s, start=start, end=end, length=length, unit=unit)


@check
def in_period_from(s: Situation, *, start: FieldPath, length: int, unit: Unit) -> str | None:
    """The act lies within the period counted from the date in the field; its last day rolls forward."""
    begin = s.day(start)
    if begin is None:
        return f"{_named(s, start)}没有填写"
    last = due(begin, Length(length, unit), s.calendar, roll=Roll.FORWARD).date
    return None if s.on <= last else f"自{begin}起算, 已于{last}届满"


@check
def past_period_if(
    s: Situation, *, when: FindingName, start: FieldPath, length: int, unit: Unit
) -> str | None:
    """If the finding is positively established, the period counted from the date in the field is over."""
    if not s.found(when).value or in_period_from(s, start=start, length=length, unit=unit) is not None:
        return None
    last = due(s.day(start) or s.on, Length(length, unit), s.calendar, roll=Roll.FORWARD).date
    return f"{s.found(when).reason}; 自{s.day(start)}起算, 至{last}届满"


@check
def is_fixed_day(
    s: Situation,
    *,
    day: FieldPath,
    month_day: str,
    year: FieldPath,
    after: int = 0,
    kind: FieldPath | None = None,
    says: tuple[str, ...] = (),
    rolls: str = "",
) -> str | None:
    """The date in ``day`` is ``month_day`` (05-31, say) of the year in the other field, or so many years ``after``.

    With ``kind`` only where that field says one of the values. ``rolls`` forward: a day off gives way to the next
    working day, as the last day of a party's period does (民法典第二百零三条第一款).
    """
    if kind and s.value(kind) not in says:
        return None
    written, number = s.day(day), s.value(year)
    if written is None or number is None:
        return f"{s.field_name(day if written is None else year)}没有填写"
    of_year = int(str(number)) + after
    if not MINYEAR < of_year <= MAXYEAR:
        return f"{s.field_name(year)}为{number}"
    fixed = date.fromisoformat(f"{of_year:04}-{month_day}")
    if rolls:
        fixed = due(fixed - timedelta(days=1), Length(1, Unit.DAY), s.calendar, roll=Roll.FORWARD).date
    return None if written == fixed else f"{s.field_name(day)}为{written}, 应当是{fixed}"
