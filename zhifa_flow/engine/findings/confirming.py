"""Finding rules of confirmation: whether what is to be confirmed was applied for in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhifa_flow.engine.clock import Roll, due
from zhifa_flow.engine.registry import FieldPath, Found, rule
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.period import Length, Span, Unit

#: How long an employer, and how long anybody on the side of the worker, may apply (工伤保险条例第十七条).
EMPLOYER_PERIOD, WORKER_PERIOD = Length(30, Unit.DAY), Length(1, Unit.YEAR)


@rule
def applied_late(
    s: Situation, *, by: FieldPath, employer: str, happened: FieldPath, filed: FieldPath, extended: FieldPath,
    delays: FieldPath,
) -> Found:  # fmt: skip
    """Whether work injury was applied for too late (工伤保险条例第十七条第一款、第二款).

    The ``employer`` has 30 calendar days from the injury or the diagnosis, or until the day ``extended`` to which the
    authority agreed; a worker, a near relative or the union has a year, in which the days of the rows ``delays``
    (from, to) do not count (法释〔2014〕9号第七条第一款). The last day rolls forward, for the time is the party's.
    """
    injured, applied = s.day(happened), s.day(filed)
    if injured is None or applied is None:
        return Found(None, f"{s.field_name(happened if injured is None else filed)}没有填写, 无法认定")
    if employer in s.texts(by):
        last = max(
            due(injured, EMPLOYER_PERIOD, s.calendar, roll=Roll.FORWARD).date, s.day(extended) or injured
        )
    else:
        out = tuple(_left_out(s, delays))
        last = due(injured, WORKER_PERIOD, s.calendar, roll=Roll.FORWARD, excluded=out).date
    return Found(applied > last, f"申请期限至{last}届满, 申请于{applied}提出")


def _left_out(s: Situation, delays: FieldPath) -> Iterator[Span]:
    for row in s.rows(delays):
        first, last = (date.fromisoformat(str(row[key])) for key in ("from", "to"))
        if first <= last:
            yield Span(first, last)
