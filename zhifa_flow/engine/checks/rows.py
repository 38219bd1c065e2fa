"""Checks on the rows of a document: what they add up to, what they leave out, in which order their dates stand."""

from __future__ import annotations

from itertools import pairwise

from zhifa_flow.engine.registry import FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.money import format_money


@check
def rows_sum_within(s: Situation, *, rows: FieldPath, column: str, due: FindingName) -> str | None:
    """The money of all rows does not add up to more than the finding comes to."""
    found = s.found(due)
    if found.value is None:
        return found.reason
    amount = sum(int(str(row.get(column) or 0)) for row in s.rows(rows))
    if amount <= int(found.value):
        return None
    return f"{s.field_name(rows)}合计{format_money(amount)}, 超过{format_money(int(found.value))}({found.reason})"


@check
def rows_match(s: Situation, *, rows: FieldPath, column: str, of: FieldPath, of_column: str) -> str | None:
    """The rows name in their column everything the other rows name, and nothing else."""
    wanted = [str(row.get(of_column)) for row in s.rows(of)]
    named = [str(row.get(column)) for row in s.rows(rows)]
    left = [name for name in dict.fromkeys(wanted) if named.count(name) < wanted.count(name)]
    strange = [name for name in dict.fromkeys(named) if named.count(name) > wanted.count(name)]
    said = (("没有写明", left), ("多写了", strange))
    return "; ".join(f"{word}{'、'.join(names)}" for word, names in said if names) or None


@check
def days_rise_to(s: Situation, *, rows: FieldPath, column: str, until: FieldPath) -> str | None:
    """The dates of the rows lie after the act, rise strictly, and the last one is the date in the field."""
    days = [str(row.get(column)) for row in s.rows(rows)]
    if any(day <= s.on.isoformat() for day in days):
        return f"{s.field_name(rows)}中有不晚于办理日期{s.on}的日期"
    if any(then <= first for first, then in pairwise(days)):
        return f"{s.field_name(rows)}的日期没有由先到后排列: {'、'.join(days)}"
    last = s.day(until)
    if not days or last is None or days[-1] == last.isoformat():
        return None
    return f"{s.field_name(until)}为{last}, {s.field_name(rows)}的最后一期是{days[-1]}"


@check
def names_next_instalment(
    s: Situation, *, field: FieldPath, plan: FieldPath, payments: FieldPath
) -> str | None:
    """The field holds the due date of the first instalment not yet covered by the payments; empty if all are."""
    received = sum(int(str(row["amount"])) for row in s.rows(payments))
    wanted = None
    for row in s.rows(plan):
        received -= int(str(row["amount"]))
        if received < 0:
            wanted = str(row["due"])
            break
    day = s.day(field)
    if (day.isoformat() if day else None) == wanted:
        return None
    return f"{s.field_name(field)}为{day or '未填写'}, 按缴款计划" + (
        f"下一期是{wanted}" if wanted else "已经全部缴清"
    )
