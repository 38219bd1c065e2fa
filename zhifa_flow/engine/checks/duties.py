"""Checks of the side duties and of what is done on the spot: who is addressed and named, what a table admits."""

from __future__ import annotations

from collections.abc import Mapping

from zhifa_flow.engine.clock import due
from zhifa_flow.engine.registry import DeadlineName, FieldPath, FindingName, TableName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.thresholds import rows_for
from zhifa_flow.model.money import format_money
from zhifa_flow.model.penalty import heavier, total
from zhifa_flow.model.table import Row


@check
def addressed_to_justice_office(s: Situation, *, field: FieldPath) -> str | None:
    """The field names the same-level 司法行政部门 that the agency register holds for this agency."""
    return _addressed(s, field, s.agency.justice_office, "同级司法行政部门")


@check
def addressed_to_superior(s: Situation, *, field: FieldPath) -> str | None:
    """The field names the superior authority that the agency register holds for this agency."""
    return _addressed(s, field, s.agency.superior, "上级主管部门")


def _addressed(s: Situation, field: FieldPath, registered: str | None, whom: str) -> str | None:
    if registered is None:
        return f"机关名册中没有登记{s.agency.name}的{whom}"
    written = s.texts(field)
    if written == [registered]:
        return None
    return f"{s.field_name(field)}为“{'、'.join(written) or '未填写'}”, 机关名册登记的{whom}是“{registered}”"


@check
def made_in_agency_name(s: Situation, *, field: FieldPath) -> str | None:
    """The field names the agency; of an entrusted body, the organ that entrusted it (行政处罚法第二十条第四款)."""
    if s.agency.entrusted_by and s.entrusting is None:
        return f"机关名册中没有登记{s.agency.name}的委托机关“{s.agency.entrusted_by}”"
    wanted = (s.entrusting or s.agency).name
    written = s.texts(field)
    if written == [wanted]:
        return None
    return f"{s.field_name(field)}为“{'、'.join(written) or '未填写'}”, 应为“{wanted}”"


@check
def names_exactly(s: Situation, *, whole: FieldPath, parts: tuple[FieldPath, ...]) -> str | None:
    """The parts together name exactly the persons of the whole, and nobody twice."""
    wanted = s.texts(whole)
    named = [name for part in parts for name in s.texts(part)]
    left = [s.officer_name(name) for name in wanted if name not in named]
    strange = [s.officer_name(name) for name in dict.fromkeys(named) if name not in wanted]
    twice = [s.officer_name(name) for name in dict.fromkeys(named) if named.count(name) > 1]
    said = (("没有处理", left), ("另外写了", strange), ("重复写了", twice))
    return "; ".join(f"{word}{'、'.join(names)}" for word, names in said if names) or None


@check
def lighter_if(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], decided: FieldPath, told: FieldPath
) -> str | None:
    """If the field says one of the values (the defence was accepted), the penalty is lighter than the one told.

    A notice served after the answer was given has taken it in already.
    """
    answer, notice = s.paper(field.partition(".")[0]), s.paper(told.partition(".")[0])
    if answer and notice and answer.seq < notice.seq:
        return None
    if not set(s.texts(field)) & set(says) or heavier(s.rows(told), s.rows(decided)):
        return None
    return f"{s.field_name(field)}为“{'、'.join(s.texts(field))}”, 但处罚与告知的相同"


@check
def number_at_least(s: Situation, *, field: FieldPath, least: int) -> str | None:
    """The whole number in the field is at least so much."""
    value = s.value(field)
    if isinstance(value, int) and value >= least:
        return None
    return f"{s.field_name(field)}为{'未填写' if value is None else value}, 不得少于{least}"


@check
def ground_in_table(s: Situation, *, ground: FieldPath, penalties: FieldPath, table: TableName) -> str | None:
    """A ground that the table knows must be open to this case, and admit every kind and the sum of the penalties.

    Grounds the table does not know are not judged here.
    """
    book, said = s.law.tables[table], s.texts(ground)
    known = [row for row in book.row if row.value in said]
    if not known:
        return None
    rows = [row for rows in rows_for(book, s).values() for row in rows if row.value in said]
    if not rows:
        return f"“{'、'.join(said)}”不适用于本案: “{book.name}”{known[0].id}"
    return "; ".join(why for row in rows if (why := _beyond(row, s.rows(penalties)))) or None


def _beyond(row: Row, penalties: list[Mapping[str, object]]) -> str | None:
    other = dict.fromkeys(str(one["kind"]) for one in penalties if one["kind"] not in row.penalties)
    if other:
        return f"处罚含有“{'、'.join(other)}”, 不属于“{row.id}”"
    amount = total(penalties, row.penalties)
    if row.at_most is None or amount <= row.at_most:
        return None
    return f"{format_money(amount)}, 超过{format_money(row.at_most)}({row.id})"


@check
def amount_equals(s: Situation, *, amount: FieldPath, due: FindingName) -> str | None:
    """The money in the field is what the finding comes to."""
    found, written = s.found(due), int(str(s.value(amount) or 0))
    if found.value is None:
        return found.reason
    if written == int(found.value):
        return None
    return f"{s.field_name(amount)}为{format_money(written)}, 应为{format_money(int(found.value))}({found.reason})"


@check
def ends_within_table(
    s: Situation,
    *,
    start: FieldPath,
    end: FieldPath,
    grade: FieldPath,
    penalties: FieldPath,
    table: TableName,
) -> str | None:
    """The end lies between the table's ``shortest`` and ``longest`` periods from the start, for the grade given.

    A row without ``value`` speaks for every grade, one without ``penalties`` for every kind, one without
    ``length`` says that another text governs. Where a limb asks for a grade, one must be given.
    """
    book, begin, finish = s.law.tables[table], s.day(start), s.day(end)
    if begin is None or finish is None:
        return None
    grades, kinds = s.texts(grade), {row["kind"] for row in s.rows(penalties)}
    limbs = rows_for(book, s)
    if not grades and any(row.value for row in limbs.get("longest", ())):
        return f"{s.field_name(grade)}没有填写, 不能确定公示期限"
    problems = []
    for limb, row in ((limb, row) for limb, rows in limbs.items() for row in rows):
        silent = row.value not in ("", *grades) or (row.penalties and kinds - set(row.penalties))
        if row.length is None or silent:
            continue
        last = due(begin, row.length, s.calendar).date
        if (finish > last) if limb == "longest" else (finish < last):
            word = "不得晚于" if limb == "longest" else "不得早于"
            problems.append(f"{s.field_name(end)}为{finish}, {word}{last}({row.id}, {row.length})")
    return "; ".join(problems) or None


@check
def not_expired_if(s: Situation, *, when: FindingName, deadline: DeadlineName) -> str | None:
    """If the finding is positively established, the period has not run out on the day of the act."""
    clock, found = s.clock(deadline), s.found(when)
    if not found.value or clock is None or s.on <= clock.due:
        return None
    return f"{found.reason}; {clock.length}自{clock.started}起算, 已于{clock.due}届满"
