"""Checks on days: periods that must be over, must still run, must lie between two acts."""

from __future__ import annotations

from datetime import date, timedelta

from zhifa_flow.engine.clock import Direction, Roll, due
from zhifa_flow.engine.registry import (
    DeadlineName,
    FieldPath,
    FindingName,
    FlagName,
    TableName,
    TriggerName,
    check,
)
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.thresholds import deciding_row
from zhifa_flow.model.period import Length, Unit


@check
def expired(s: Situation, *, deadline: DeadlineName) -> str | None:
    """The period began and its last day has passed (the act is allowed from the day after)."""
    clock = s.clock(deadline)
    if clock is None:
        return f"“{s.flow.deadline[deadline].name}”尚未起算"
    return None if s.on > clock.due else f"{clock.length}自{clock.started}起算, 至{clock.due}届满"


@check
def not_expired(s: Situation, *, deadline: DeadlineName) -> str | None:
    """The period, if it began, has not run out on the day of the act."""
    clock = s.clock(deadline)
    if clock is None or s.on <= clock.due:
        return None
    return f"{clock.length}自{clock.started}起算, 已于{clock.due}届满"


@check
def not_expired_by(s: Situation, *, deadline: DeadlineName, field: FieldPath) -> str | None:
    """The date in the field (of posting, say) does not lie after the last day of the period, if it began."""
    clock, day = s.clock(deadline), s.day(field)
    if clock is None or day is None or day <= clock.due:
        return None
    return f"{s.field_name(field)}为{day}, {clock.length}已于{clock.due}届满"


@check
def begun(s: Situation, *, deadline: DeadlineName) -> str | None:
    """The period has begun to run."""
    return None if s.clock(deadline) else f"“{s.flow.deadline[deadline].name}”尚未起算"


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
def is_day_of_act(s: Situation, *, field: FieldPath) -> str | None:
    """The date in the field is the day of the act."""
    day = s.day(field)
    return None if day in (None, s.on) else f"{s.field_name(field)}为{day}, 办理日期为{s.on}"


def _named(s: Situation, path: FieldPath) -> str:
    return s.field_name(path) if "." in path else f"{s.document_name(path)}日期"


@check
def ahead(s: Situation, *, notice: FieldPath, event: FieldPath, length: int, unit: Unit) -> str | None:
    """The notice was given at least so long before the event (the day of the event not counted)."""
    given, held = s.day(notice), s.day(event)
    if given is None or held is None:
        return f"{_named(s, notice if given is None else event)}没有填写"
    latest = due(held, Length(length, unit), s.law.calendar, direction=Direction.BEFORE).date
    if given <= latest:
        return None
    return f"{_named(s, notice)}为{given}, {_named(s, event)}为{held}, 最迟应在{latest}"


@check
def after_period(s: Situation, *, start: FieldPath, length: int, unit: Unit) -> str | None:
    """The period counted from the date in the field is over on the day of the act."""
    begin = s.day(start)
    if begin is None:
        return f"{_named(s, start)}没有填写"
    last = due(begin, Length(length, unit), s.law.calendar).date
    return None if s.on > last else f"自{begin}起算, 至{last}届满"


@check
def within_period(s: Situation, *, start: FieldPath, end: FieldPath, length: int, unit: Unit) -> str | None:
    """The second date lies within the period counted from the first, if both are known."""
    begin, finish = s.day(start), s.day(end)
    if begin is None or finish is None:
        return None
    last = due(begin, Length(length, unit), s.law.calendar).date
    return None if finish <= last else f"{_named(s, end)}为{finish}, 自{begin}起算已于{last}届满"


@check
def in_period_from(s: Situation, *, start: FieldPath, length: int, unit: Unit) -> str | None:
    """The act lies within the period counted from the date in the field; its last day rolls forward."""
    begin = s.day(start)
    if begin is None:
        return f"{_named(s, start)}没有填写"
    last = due(begin, Length(length, unit), s.law.calendar, roll=Roll.FORWARD).date
    return None if s.on <= last else f"自{begin}起算, 已于{last}届满"


@check
def past_period_if(
    s: Situation, *, when: FindingName, start: FieldPath, length: int, unit: Unit
) -> str | None:
    """If the finding is positively established, the period counted from the date in the field is over."""
    if not s.found(when).value or in_period_from(s, start=start, length=length, unit=unit) is not None:
        return None
    last = due(s.day(start) or s.on, Length(length, unit), s.law.calendar, roll=Roll.FORWARD).date
    return f"{s.found(when).reason}; 自{s.day(start)}起算, 至{last}届满"


@check
def served_by_announcement(
    s: Situation, *, method: FieldPath, published: FieldPath, served: FieldPath, table: TableName
) -> str | None:
    """Of a service by announcement, the day of service is the day the table's period after publication ends.

    民事诉讼法第九十五条: the day of publication is not counted; holidays do not move the end.
    """
    if s.texts(method) != ["公告送达"]:
        return None
    posted, effective = s.day(published), s.day(served)
    if posted is None or effective is None:
        return "公告送达须填写公告日期和视为送达日期"
    row = deciding_row(s.law.tables[table], s, on=posted)
    if row is None or row.length is None:
        return f"“{s.law.tables[table].name}”没有{posted}适用的期限"
    last = due(posted, row.length, s.law.calendar).date
    if effective != last:
        return f"公告日期{posted}, 经过{row.length}于{last}视为送达, 填写的是{effective}"
    return None if s.on >= last else f"公告期至{last}届满"


@check
def taken_within(s: Situation, *, step: TriggerName, length: int, unit: Unit) -> str | None:
    """The act lies within the period counted from the last time the step was taken, if it was."""
    act = s.case.acts.get(step)
    if act is None:
        return None
    last = due(act.on, Length(length, unit), s.law.calendar).date
    return None if s.on <= last else f"“{s.flow.transition[step].name}”在{act.on}, 期限已于{last}届满"


@check
def in_window(s: Situation, *, opens_after: DeadlineName, length: int, unit: Unit) -> str | None:
    """The act lies in the window that opens the day after the deadline ends and lasts so long.

    行政强制法第五十三条: 自期限届满之日起三个月内; the last day rolls forward (民法典第二百零三条).
    """
    clock = s.clock(opens_after)
    if clock is None:
        return f"“{s.flow.deadline[opens_after].name}”尚未起算"
    last = due(clock.due, Length(length, unit), s.law.calendar, roll=Roll.FORWARD).date
    if s.on <= clock.due:
        return f"{clock.length}至{clock.due}届满, 其后方可办理"
    return None if s.on <= last else f"应在{clock.due + timedelta(days=1)}至{last}之间, 现为{s.on}"


@check
def in_table_window(
    s: Situation, *, opens_after: DeadlineName, otherwise: DeadlineName, when: FindingName, length: int, unit: Unit
) -> str | None:
    """As ``in_window``, but counted from another deadline where the finding holds (行政处罚法第七十二条第二款)."""
    opening = otherwise if s.found(when).value else opens_after
    return in_window(s, opens_after=DeadlineName(opening), length=length, unit=unit)


@check
def flag_free_since(s: Situation, *, flag: FlagName, deadline: DeadlineName) -> str | None:
    """The flag was never up since the period began."""
    clock = s.clock(deadline)
    begin = clock.started if clock else date.min
    touched = [stretch for stretch in s.case.flags.get(flag, ()) if (stretch.last or s.on) >= begin]
    return f"{touched[-1].first}起“{s.flow.flag[flag].name}”" if touched else None
