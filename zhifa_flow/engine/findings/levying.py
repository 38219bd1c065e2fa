"""Finding rules of levies: what is to be paid, what grows on it when late, and until when it may still be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhifa_flow.engine.calendar import CalendarRangeError
from zhifa_flow.engine.clock import due as last_day_of
from zhifa_flow.engine.registry import FieldPath, FindingName, Found, TableName, rule
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.surcharge import LATE_RATE, surcharge
from zhifa_flow.engine.thresholds import rows_for
from zhifa_flow.model.money import format_money, sum_of


@rule
def rows_less(s: Situation, *, rows: FieldPath, less: FieldPath) -> Found:
    """The money of the one rows without that of the others, in 分; never less than nothing."""
    whole, off = sum_of(s.rows(rows)), sum_of(s.rows(less))
    left = max(whole - off, 0)
    return Found(
        left,
        f"{s.field_name(rows)}合计{format_money(whole)}, 减去{format_money(off)}, 为{format_money(left)}",
    )


@rule
def late_surcharge(
    s: Situation, *, principal: FindingName, due: tuple[FieldPath, ...], tax: FindingName, rate: FieldPath,
    rate_basis: FieldPath, payments: FieldPath, item: str, cause: FieldPath, free: tuple[str, ...],
) -> Found:  # fmt: skip
    """The 滞纳金 in 分 on the day of the act, from the day after the first of the days ``due`` that is known.

    税收征收管理法第三十二条: 0.05 % a day of a tax; of a fee the ``rate`` (万分之) that is written, with the articles that
    allow it, otherwise nothing. Nothing where the ``cause`` is one of ``free`` (第五十二条第一款). Days count as
    ``surcharge`` says; never more than the principal (policy late_fee_cap), without a pause (late_fee_pause).
    """
    owed, last = s.found(principal), _first_known(s, due)
    if owed.value is None:
        return owed
    if last is None or set(s.texts(cause)) & set(free):
        return Found(0, "不加收滞纳金")
    daily = LATE_RATE if s.found(tax).value else _rate(s, rate, rate_basis)
    if daily == 0:
        return Found(0, "没有加收滞纳金的法定依据")
    paid = [
        (date.fromisoformat(str(row["on"])), int(str(row["amount"])))
        for row in s.rows(payments)
        if row.get("item") == item
    ]
    grown = surcharge(int(owed.value), last, s.on, rate=daily, payments=paid)
    return Found(
        grown.amount,
        f"缴纳期限至{last}, 滞纳{grown.days}日, 每日万分之{daily}, 滞纳金{format_money(grown.amount)}",
    )


def _rate(s: Situation, rate: FieldPath, basis: FieldPath) -> int:
    return int(str(s.value(rate) or 0)) if s.texts(basis) else 0


@rule
def overdue_by(s: Situation, *, due: tuple[FieldPath, ...], days: int) -> Found:
    """Whether more than so many days have passed, on the day of the act, since the first of the days that is known."""
    last = _first_known(s, due)
    if last is None:
        return Found(None, f"{s.field_name(due[-1])}没有填写, 无法认定是否逾期")
    late = max((s.on - last).days, 0)
    return Found(late > days, f"缴纳期限至{last}, 至{s.on}逾期{late}日")


def _first_known(s: Situation, paths: Sequence[FieldPath]) -> date | None:
    return next((day for path in paths if (day := s.day(path))), None)


@rule
def recovery_barred(
    s: Situation, *, cause: FieldPath, since: FieldPath, amount: FieldPath, table: TableName
) -> Found:
    """Whether what was underpaid may no longer be asked for on the day of the act (税收征收管理法第五十二条).

    The table says by cause how long, from the day it was due (实施细则第八十三条): of the rows for one cause the
    longest that the amount reaches. A row without a length has no end. What was not underpaid is never barred.
    """
    written, begin, sum_ = s.texts(cause), s.day(since), int(str(s.value(amount) or 0))
    if not written or begin is None:
        return Found(False, "不是补缴、追征")
    book = s.law.tables[table]
    rows = [row for found in rows_for(book, s).values() for row in found if row.value in written]
    rows = [row for row in rows if row.at_least is None or sum_ >= row.at_least]
    if not rows:
        return Found(None, f"“{book.name}”没有适用于“{'、'.join(written)}”的规定, 无法认定")
    try:
        ends = [last_day_of(begin, row.length, s.calendar).date for row in rows if row.length]
    except CalendarRangeError as error:
        return Found(None, f"自{begin}起算: {error}")
    if len(ends) < len(rows):
        return Found(False, f"{'、'.join(written)}, 追征不受期限限制", rows[0].id, rows[0].basis)
    last = max(ends)
    row = rows[ends.index(last)]
    return Found(s.on > last, f"{row.id}, 自{begin}起{row.length}, 至{last}届满", row.id, row.basis)


@rule
def cash_short(s: Situation, *, cash: FieldPath, less: tuple[FieldPath, ...], need: FieldPath) -> Found:
    """Whether the cash left after these does not reach what is needed (实施细则第四十一条第一款第二项)."""
    sums = [int(str(s.value(path) or 0)) for path in (cash, *less)]
    left, wanted = max(sums[0] - sum(sums[1:]), 0), int(str(s.value(need) or 0))
    return Found(left < wanted, f"扣除以后尚有{format_money(left)}, 应缴{format_money(wanted)}")
