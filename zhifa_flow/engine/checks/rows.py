"""Checks on the rows of a document: what stands there twice, what they leave out, in which order their dates stand."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import normalize

from zhifa_flow.engine.checks.acting import fresh
from zhifa_flow.engine.checks.papers import changed_from
from zhifa_flow.engine.registry import FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.money import format_money, sum_of


@check
def entered_once(s: Situation, *, rows: FieldPath, column: str, beside: str = "") -> str | None:
    """No two documents bear the same number in the column, and in one document no two rows do.

    ``beside`` names a column by which rows of one document may share their number: one receipt can account for a
    fine and for its surcharge. The same receipt entered again would count twice.
    """
    kind, _, name = rows.partition(".")
    seen: set[str] = set()
    twice: list[str] = []
    for paper in s.papers.get(kind, ()):
        value = paper.fields.get(name)
        here = [(_bare(row.get(column)), row.get(beside)) for row in value] if isinstance(value, list) else []
        twice += [
            number for place, (number, _) in enumerate(here) if number in seen or here[place] in here[:place]
        ]
        seen.update(number for number, _ in here)
    numbers = "、".join(dict.fromkeys(twice))
    return f"{s.field_name(rows)}中重复登记: {numbers}" if twice else None


def _bare(written: object) -> str:
    # Wide digits or a blank in between make no other receipt, and no other evidence, of it.
    return "".join(normalize("NFKC", str(written)).split())


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
def named_in_rows(
    s: Situation, *, field: FieldPath, rows: FieldPath, column: str, where: str = "", says: str = ""
) -> str | None:
    """The text of the field stands in the column of one of the rows; with ``where`` of one that says the value."""
    named = [str(row.get(column)) for row in s.rows(rows) if not where or row.get(where) == says]
    if (written := s.texts(field)) and set(written) <= set(named):
        return None
    return f"{s.field_name(field)}为“{'、'.join(written) or '未填写'}”, {s.field_name(rows)}写的是“{'、'.join(named) or '未填写'}”"


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
def no_row_before(s: Situation, *, rows: FieldPath, column: str, start: FieldPath) -> str | None:
    """No date in the column lies before the day in the field (before the document was made, say), if that is known."""
    begin = s.day(start)
    early = [day for row in s.rows(rows) if begin and (day := str(row.get(column))) < begin.isoformat()]
    if not early:
        return None
    return f"{s.field_name(rows)}中有{'、'.join(dict.fromkeys(early))}, 早于{s.field_name(start)}{begin}"


@check
def names_next_instalment(
    s: Situation, *, field: FieldPath, plan: FieldPath, payments: FieldPath
) -> str | None:
    """The field holds the due date of the first instalment not yet covered by the payments; empty if all are."""
    received = sum_of(s.rows(payments))
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


@check
def no_row_says_both(
    s: Situation,
    *,
    rows: FieldPath,
    column: str,
    values: tuple[str, ...],
    other: str,
    other_values: tuple[str, ...],
) -> str | None:
    """No row has one of the values in the column together with one of the other values in the other column."""
    both = [
        f"“{row[column]}”而“{row[other]}”"
        for row in s.rows(rows)
        if row.get(column) in values and row.get(other) in other_values
    ]
    return f"{s.field_name(rows)}中有{'、'.join(dict.fromkeys(both))}" if both else None


@check
def some_row_stands(s: Situation, *, rows: FieldPath, by: str, column: str, value: str) -> str | None:
    """At least one row says the value; of rows with one name (``by``) the last one written down counts.

    行政处罚法第四十条、第四十六条第二款: evidence that a later list rejects no longer stands.
    """
    if value in _standing(s, rows, by, column).values():
        return None
    return f"{s.field_name(rows)}中没有“{value}”的"


@check
def names_only_standing(
    s: Situation, *, named: FieldPath, rows: FieldPath, by: str, column: str, value: str
) -> str | None:
    """Every name is that of a row which says the value, the last one of its name; column ``by`` bears it in both."""
    standing = _standing(s, rows, by, column)
    wrong = [
        f"“{name}”({standing.get(_bare(name)) or '没有列入'})"
        for name in (str(row.get(by)) for row in s.rows(named))
        if standing.get(_bare(name)) != value
    ]
    return (
        f"{s.field_name(named)}中的{'、'.join(wrong)}在{s.field_name(rows)}中不是“{value}”" if wrong else None
    )


@check
def change_proved(
    s: Situation, *, field: FieldPath, before: FieldPath, when: FindingName, named: FieldPath, rows: FieldPath, by: str,
    column: str, value: str,
) -> str | None:  # fmt: skip
    """What is named as proof of a change stands; if the finding is not excluded, a change wants such proof.

    A field is changed where it says something else than another said ``before``. Column ``by`` bears the name both in
    the rows and in what is ``named``. A text named that stands in no row proves nothing (行政处罚法第四十六条第二款).
    """
    wrong = names_only_standing(s, named=named, rows=rows, by=by, column=column, value=value)
    if wrong or s.rows(named):
        return wrong
    if not changed_from(s, field, before) or not s.found(when).holds:
        return None
    return f"{s.found(when).reason}; {s.field_name(named)}没有填写"


def _standing(s: Situation, rows: FieldPath, by: str, column: str) -> dict[str, object]:
    """By the name of a row what the last one of that name says."""
    return {_bare(row.get(by)): row.get(column) for row in s.rows(rows)}


@check
def no_row_above(s: Situation, *, rows: FieldPath, column: str, most: FieldPath) -> str | None:
    """No row of what is handed in bears more money in its column than the field, whatever was paid before."""
    kind, _, name = rows.partition(".")
    limit = s.value(most)
    if limit is None:
        return f"{s.field_name(most)}没有填写"
    lists = [value for paper in fresh(s, kind) if isinstance(value := paper.fields.get(name), list)]
    given = [sum_of([row], column) for each in lists for row in each]
    above = [format_money(sum_) for sum_ in given if sum_ > int(str(limit))]
    told = f"{s.field_name(most)}为{format_money(int(str(limit)))}"
    return f"{s.field_name(rows)}中有{'、'.join(above)}, {told}" if above else None


@check
def first_of_month(s: Situation, *, rows: FieldPath, column: str) -> str | None:
    """Every row of what is handed in names a month by its first day: one month has one writing, and is paid once."""
    kind, _, name = rows.partition(".")
    lists = [value for paper in fresh(s, kind) if isinstance(value := paper.fields.get(name), list)]
    days = [str(row.get(column) or "未填写") for each in lists for row in each]
    wrong = [day for day in days if not day.endswith("-01")]
    return f"{s.field_name(rows)}中有{'、'.join(wrong)}, 不是每月一日" if wrong else None


@check
def rows_dated_before(s: Situation, *, rows: FieldPath, column: str, end: FieldPath) -> str | None:
    """No row of what is handed in names a day that is not before the day in the field, which must be written."""
    kind, _, name = rows.partition(".")
    last = s.day(end)
    if last is None:
        return f"{s.field_name(end)}没有填写"
    lists = [value for paper in fresh(s, kind) if isinstance(value := paper.fields.get(name), list)]
    days = [str(row.get(column)) for each in lists for row in each]
    late = [day for day in days if day >= last.isoformat()]
    return f"{s.field_name(rows)}中有{'、'.join(late)}, {s.field_name(end)}为{last}" if late else None
