"""Finding rules of the side duties: who is a head, which instalment is missed, what money is owed or to be given back."""

from __future__ import annotations

from zhifa_flow.engine.registry import FieldPath, FindingName, Found, rule
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.money import format_money, sum_of


@rule
def names_head(s: Situation, *, field: FieldPath) -> Found:
    """Whether the field names a head of the agency, by the officer register (河南省行政执法条例第二十三条第二款).

    Whoever is not in the register cannot act as head either.
    """
    named = s.texts(field)
    if not named:
        return Found(None, f"{s.field_name(field)}没有填写")
    heads = [s.officer_name(name) for name in named if (known := s.officers.get(name)) and known.head]
    if heads:
        return Found(True, f"{'、'.join(heads)}是机关负责人", "人员名册")
    return Found(False, f"{'、'.join(s.officer_name(name) for name in named)}不是机关负责人", "人员名册")


@rule
def instalment_missed(s: Situation, *, plan: FieldPath, payments: FieldPath) -> Found:
    """Whether, on the day of the act, less has been paid than the instalments whose day has passed come to."""
    today = s.on.isoformat()
    owed = sum_of(row for row in s.rows(plan) if str(row["due"]) < today)
    paid = sum_of(s.rows(payments))
    reason = f"至{s.on}到期应缴{format_money(owed)}, 已缴{format_money(paid)}"
    return Found(paid < owed, reason)


@rule
def rows_total(s: Situation, *, rows: FieldPath, column: str, where: str = "", says: str = "") -> Found:
    """The money in 分 of all rows, or of those whose column ``where`` says the value."""
    counted = [row for row in s.rows(rows) if not where or row.get(where) == says]
    amount = sum_of(counted, column)
    which = f"中“{says}”的" if where else ""
    return Found(amount, f"{s.field_name(rows)}{which}合计{format_money(amount)}")


@rule
def still_owed(s: Situation, *, owed: FindingName, payments: FieldPath) -> Found:
    """What the finding says is owed, less the payments, in 分; never less than nothing."""
    found = s.found(owed)
    if found.value is None:
        return found
    received = sum_of(s.rows(payments))
    left = max(int(found.value) - received, 0)
    return Found(left, f"{found.reason}, 已缴{format_money(received)}, 尚欠{format_money(left)}", found.row)


@rule
def to_give_back(
    s: Situation, *, payments: FieldPath, refunds: FieldPath, owed: FindingName | None = None
) -> Found:
    """What the agency received beyond what is owed (nothing, if no finding is named) and has not given back, in 分.

    Negative where more was given back than there was to give.
    """
    due = s.found(owed) if owed else Found(0, "")
    if due.value is None:
        return due
    received, returned = sum_of(s.rows(payments)), sum_of(s.rows(refunds))
    left = max(received - int(due.value), 0) - returned
    what = f"尚须退还{format_money(left)}" if left >= 0 else f"多退了{format_money(-left)}"
    return Found(left, f"已收{format_money(received)}, 应收{format_money(int(due.value))}, {what}")
