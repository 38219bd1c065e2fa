"""Finding rules on what is enforced: the sums of a decision of whatever kind, and what grows on them by the day."""

from __future__ import annotations

from datetime import date

from zhifa_flow.engine.findings.performance import remedy_spans
from zhifa_flow.engine.registry import DeadlineName, FieldPath, FlagName, Found, rule
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.surcharge import FINE_RATE, surcharge
from zhifa_flow.model.money import format_money, sum_of


@rule
def money_stated(s: Situation, *, field: FieldPath) -> Found:
    """The money in 分 that a document states; undetermined while it is not on file."""
    value = s.value(field)
    if value is None:
        return Found(None, f"{s.field_name(field)}没有填写, 无法认定")
    return Found(int(str(value)), f"{s.field_name(field)}{format_money(int(str(value)))}")


@rule
def surcharge_noticed(
    s: Situation, *, sums: FieldPath, bearing: tuple[str, ...], kind: FieldPath, fine: str, rate: FieldPath,
    deadline: DeadlineName, flag: FlagName, filed: FieldPath, received: tuple[FieldPath, ...], payments: FieldPath,
) -> Found:  # fmt: skip
    """What has grown by the day of the act, in 分, on the sums ``bearing`` it; never more than they come to.

    行政强制法第四十五条. The party was told what ``kind`` grows: on a ``fine`` 3 % a day, except during reconsideration
    and suit (行政处罚法第七十二条第一款第一项、第七十三条第三款); otherwise by the ``rate`` of that law (万分之 a day).
    Nothing has grown where nothing was told. Undetermined where no rate is known.
    """
    told, clock = s.texts(kind), s.clock(deadline)
    base = sum_of(row for row in s.rows(sums) if row.get("item") in bearing)
    if not told or clock is None or base == 0:
        return Found(0, "没有加处罚款或者滞纳金")
    daily = FINE_RATE if told == [fine] else s.value(rate)
    if not isinstance(daily, int) or daily < 1:
        return Found(None, f"{s.field_name(rate)}没有填写, 无法计算{told[0]}")
    paid = [
        (date.fromisoformat(str(row["on"])), int(str(row["amount"])))
        for row in s.rows(payments)
        if row.get("item") in bearing
    ]
    free = remedy_spans(s, flag, filed, received) if told == [fine] else []
    extra = surcharge(base, clock.due, s.on, rate=daily, payments=paid, excluded=free)
    return Found(extra.amount, f"自{extra.first}起逾期{extra.days}日, {told[0]}{format_money(extra.amount)}")
