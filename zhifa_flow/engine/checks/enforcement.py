"""Checks on enforcing a decision: the power to, the hours, what may not be cut off, what an agreement may give away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final

from zhifa_flow.engine.checks.performance import window_opens_after
from zhifa_flow.engine.registry import DeadlineName, DocumentName, FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.money import format_money, sum_of

#: 行政强制法第四十三条第二款, however it is worded.
_CUT_OFF: Final = re.compile(
    r"(?:停|断|切断|中断|关闭|限制|停止)(?:供)?(?:水|电|热|暖|燃气|天然气|煤气|气)(?!场|池|库|域)"
)


@check
def at_lawful_hours(
    s: Situation, *, started: FieldPath, ended: FieldPath, urgent: FieldPath, night_from: int, night_to: int
) -> str | None:
    """What was done lies on working days and outside the night, unless the day in ``urgent`` is that of its beginning.

    行政强制法第四十三条第一款. ``night_from`` and ``night_to`` are hours of the clock (declared policy: the statute does
    not say when night is); ordinary weekends count as days off, make-up working days do not (declared policy).
    """
    first, last = s.value(started), s.value(ended)
    if first is None or last is None:
        return f"{s.field_name(started if first is None else ended)}没有填写"
    begun, over = (datetime.fromisoformat(str(moment)) for moment in (first, last))
    if s.day(urgent) == begun.date():
        return None
    return "; ".join((*_days_off(s, begun, over), *_at_night(begun, over, night_from, night_to))) or None


def _days_off(s: Situation, begun: datetime, over: datetime) -> Iterator[str]:
    days = (begun.date() + timedelta(days=shift) for shift in range((over.date() - begun.date()).days + 1))
    yield from (f"{day}是{s.calendar.reason(day)}" for day in days if not s.calendar.is_workday(day))


def _at_night(begun: datetime, over: datetime, night_from: int, night_to: int) -> Iterator[str]:
    dawn, dusk = time(night_to), time(night_from)
    by_day = begun.date() == over.date() and dawn <= begun.time() < dusk and over.time() <= dusk
    if not by_day:
        yield f"{begun:%H:%M}至{over:%H:%M}, {night_from}时至次日{night_to}时为夜间"


@check
def nothing_cut_off_from_residents(
    s: Situation, *, manner: FieldPath, cutting: str, means: FieldPath, premises: FieldPath, business: str
) -> str | None:
    """No water, power, heat or gas is cut off, by the ``manner`` or the words of ``means``, unless from a business.

    行政强制法第四十三条第二款. ``premises`` says whose supply it is; a natural person is taken to live there.
    """
    worded = [found for text in s.texts(means) for found in _CUT_OFF.findall("".join(text.split()))]
    if cutting not in s.texts(manner) and not worded:
        return None
    resident = s.case.party is None or s.case.party.kind.value == "citizen"
    if s.texts(premises) == [business] and not resident:
        return None
    whose = "当事人是公民" if resident else f"{s.field_name(premises)}没有写明“{business}”"
    return f"{'、'.join(worded) or cutting}, {whose}"


@check
def agreement_adds_up(
    s: Situation, *, total: FieldPath, reduced: FieldPath, measures: FieldPath, plan: FieldPath, owed: FindingName,
    surcharge: FindingName, payments: FieldPath,
) -> str | None:  # fmt: skip
    """The sum agreed is what is owed less what is let off, at most the surcharge and against measures of remedy.

    行政强制法第四十二条第一款: 可以减免加处的罚款或者滞纳金; the principal is never let off. The stages of the plan
    come to what is not paid yet.
    """
    due, extra = s.found(owed), s.found(surcharge)
    if due.value is None or s.value(total) is None:
        return due.reason if due.value is None else f"{s.field_name(total)}没有填写"
    agreed, off = int(str(s.value(total))), int(str(s.value(reduced) or 0))
    left, planned = max(agreed - sum_of(s.rows(payments)), 0), sum_of(s.rows(plan))
    problems = []
    if off > int(extra.value or 0):
        problems.append(f"减免{format_money(off)}, 可以减免的只有{extra.reason}")
    if agreed != int(due.value) - off:
        problems.append(f"约定履行{format_money(agreed)}, 减免{format_money(off)}以后应为{due.reason}的余额")
    if planned != left:
        problems.append(f"各期合计{format_money(planned)}, 尚未履行的为{format_money(left)}")
    if off and not s.texts(measures):
        problems.append(f"{s.field_name(measures)}没有填写")
    return "; ".join(problems) or None


@check
def stage_missed(
    s: Situation, *, plan: FieldPath, stage: FieldPath, agreement: DocumentName, payments: FieldPath
) -> str | None:
    """The day in ``stage`` is that of a stage of the plan, it is past, and no payment since the agreement covers it.

    行政强制法第四十二条第二款. Whether a stage without money was performed, who records the breach answers for.
    """
    made, day = s.paper(agreement), s.day(stage)
    rows = [row for row in s.rows(plan) if day and str(row["due"]) == day.isoformat()]
    if made is None or day is None or not rows:
        return f"{s.field_name(plan)}中没有{day or '所填'}这一期"
    if s.on <= day:
        return f"{day}这一期尚未届满"
    wanted = sum_of(row for row in s.rows(plan) if str(row["due"]) <= day.isoformat())
    paid = sum_of(_paid_since(s, payments, made.seq))
    if sum_of(rows) and paid >= wanted:
        return f"至{day}应缴{format_money(wanted)}, 协议以后已缴{format_money(paid)}"
    return None


def _paid_since(s: Situation, payments: FieldPath, seq: int) -> Iterator[dict[str, object]]:
    kind, _, name = payments.partition(".")
    for paper in s.papers.get(kind, ()):
        rows = paper.fields.get(name)
        yield from rows if paper.seq > seq and isinstance(rows, list) else ()


@check
def dated_at_expiry(s: Situation, *, deadline: DeadlineName, field: FieldPath) -> str | None:
    """The date in the field is the last day of the period."""
    clock, written = s.clock(deadline), s.day(field)
    if clock is None or written is None:
        return f"“{s.flow.deadline[deadline].name}”尚未起算, 或者{s.field_name(field)}没有填写"
    return None if written == clock.due else f"{s.field_name(field)}为{written}, 期限至{clock.due}届满"


@check
def expired_if(s: Situation, *, when: FindingName, deadline: DeadlineName) -> str | None:
    """If the finding holds or cannot be determined, the period began and its last day has passed."""
    found, clock = s.found(when), s.clock(deadline)
    if not found.holds or (clock is not None and s.on > clock.due):
        return None
    name = s.flow.deadline[deadline].name
    ends = f"至{clock.due}届满" if clock else "尚未起算"
    return f"{found.reason}; “{name}”{ends}"


@check
def day_past(s: Situation, *, field: FieldPath) -> str | None:
    """The day in the field is over."""
    day = s.day(field)
    if day is None:
        return f"{s.field_name(field)}没有填写"
    return None if s.on > day else f"{s.field_name(field)}为{day}, 尚未届满"


@check
def amount_equals_when(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], amount: FieldPath, due: FindingName
) -> str | None:
    """If the field says one of the values, the money in ``amount`` is what the finding comes to."""
    if not set(s.texts(field)) & set(says):
        return None
    found, written = s.found(due), int(str(s.value(amount) or 0))
    if found.value is not None and written == int(found.value):
        return None
    return f"{s.field_name(amount)}为{format_money(written)}, {found.reason}"


@check
def comes_to(s: Situation, *, document: DocumentName, finding: FindingName, other: FindingName) -> str | None:
    """If the document is on file, the two findings come to the same sum."""
    one, two = s.found(finding), s.found(other)
    if s.paper(document) is None or one.value == two.value:
        return None
    return f"{one.reason}, {two.reason}"


@check
def remedy_period_over(
    s: Situation, *, remedy: DeadlineName, further: DeadlineName, payment: DeadlineName
) -> str | None:
    """The time for challenging the decision began and is over; see ``remedy_time_over`` for one never served."""
    opens = window_opens_after(s, remedy, further, payment)
    if opens is None:
        return f"“{s.flow.deadline[remedy].name}”尚未起算"
    return None if s.on > opens else f"法定期限至{opens}届满"


@check
def includes_one(s: Situation, *, field: FieldPath, values: tuple[str, ...]) -> str | None:
    """The field names at least one of these."""
    if set(values) & set(s.texts(field)):
        return None
    return f"{s.field_name(field)}没有“{'、'.join(values)}”中的任何一项"


@check
def filled_only_when(s: Situation, *, field: FieldPath, when: FieldPath, says: tuple[str, ...]) -> str | None:
    """The field is left empty unless another one says one of the values."""
    if not s.texts(field) or set(s.texts(when)) & set(says):
        return None
    return f"{s.field_name(field)}已经填写, 但{s.field_name(when)}没有“{'、'.join(says)}”"
