"""Checks of the ordinary procedure: complete copies, lawful service, papers that agree, decisions that may be made."""

from __future__ import annotations

from zhifa_flow.engine.checks.acting import fresh, listed
from zhifa_flow.engine.checks.papers import same
from zhifa_flow.engine.clock import due
from zhifa_flow.engine.registry import DocumentName, FieldPath, FindingName, TableName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.thresholds import deciding_row


@check
def every_copy_filled(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], then: tuple[FieldPath, ...]
) -> str | None:
    """In every copy handed in whose field says one of the values, the other fields are filled in."""
    kind, _, name = field.partition(".")
    missing = [
        path
        for paper in fresh(s, kind)
        if set(listed(paper.fields.get(name))) & set(says)
        for path in then
        if not paper.fields.get(path.partition(".")[2])
    ]
    names = "、".join(s.field_name(path) for path in dict.fromkeys(missing))
    return f"{s.field_name(field)}为“{'、'.join(says)}”时须填写{names}" if missing else None


@check
def row_filled_when(
    s: Situation, *, field: FieldPath, column: str, says: tuple[str, ...], then: str, among: str = "", value: str = ""
) -> str | None:  # fmt: skip
    """Every row whose column says one of the values has another column filled in; of those ``among`` the value only."""
    kind, _, name = field.partition(".")
    columns = s.flow.document[kind].field[name].columns
    counted = [(n, row) for n, row in enumerate(s.rows(field), 1) if not among or row.get(among) == value]
    lacking = [n for n, row in counted if row.get(column) in says and not row.get(then)]
    if not lacking:
        return None
    where = "、".join(str(number) for number in lacking)
    return f"{s.field_name(field)}第{where}项为“{'、'.join(says)}”, 没有填写“{columns[then].name}”"


@check
def row_filled_only_when(
    s: Situation, *, field: FieldPath, column: str, says: tuple[str, ...], then: str
) -> str | None:
    """No row has the other column filled in unless its column says one of the values."""
    kind, _, name = field.partition(".")
    columns = s.flow.document[kind].field[name].columns
    wrong = [
        (n, row) for n, row in enumerate(s.rows(field), 1) if row.get(column) not in says and row.get(then)
    ]
    where = "、".join(f"第{number}项为“{row.get(column)}”" for number, row in wrong)
    return f"{s.field_name(field)}{where}, 却填写了“{columns[then].name}”" if wrong else None


@check
def rows_at_most(s: Situation, *, field: FieldPath, most: int) -> str | None:
    """At most so many rows."""
    rows = len(s.rows(field))
    return f"{s.field_name(field)}有{rows}项, 至多{most}项" if rows > most else None


@check
def rows_at_least(s: Situation, *, field: FieldPath, least: int) -> str | None:
    """At least so many rows, where that is asked for in some places only."""
    rows = len(s.rows(field))
    return f"{s.field_name(field)}有{rows}项, 至少{least}项" if rows < least else None


@check
def never_says(s: Situation, *, field: FieldPath, values: tuple[str, ...]) -> str | None:
    """No document of the kind that is on file says one of these."""
    kind, _, name = field.partition(".")
    said = {text for paper in s.papers.get(kind, ()) for text in listed(paper.fields.get(name))}
    hit = [value for value in values if value in said]
    return f"{s.field_name(field)}为“{'、'.join(hit)}”" if hit else None


@check
def agrees_with(s: Situation, *, field: FieldPath, other: FieldPath) -> str | None:
    """If the document of the other field is on file, both fields say the same."""
    return same(s, field=field, other=other) if s.paper(other.partition(".")[0]) else None


@check
def agrees_when(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], one: FieldPath, other: FieldPath
) -> str | None:
    """If the field says one of the values and the document of the other field is on file, two fields say the same."""
    return agrees_with(s, field=one, other=other) if set(s.texts(field)) & set(says) else None


@check
def filled_if_on_file(s: Situation, *, document: DocumentName, field: FieldPath) -> str | None:
    """If the document is on file, the field is filled in."""
    paper = s.paper(document)
    return (
        f"{paper.on}有{s.document_name(document)}, {s.field_name(field)}没有填写"
        if paper and not s.texts(field)
        else None
    )


@check
def names_party(s: Situation, *, field: FieldPath) -> str | None:
    """The field names the party of the case."""
    party, written = s.case.party, s.texts(field)
    if party is not None and written == [party.name]:
        return None
    known = party.name if party else "没有登记"
    return f"{s.field_name(field)}为“{'、'.join(written)}”, 本案当事人为“{known}”"


@check
def served_properly(
    s: Situation, *, service: DocumentName, consent: DocumentName, table: TableName
) -> str | None:
    """The service is of the day of the act and shows what its method needs, a witness or a post number, say.

    行政处罚法第六十一条 (with the rules of the Civil Procedure Law that it points to). A service dated back would
    cut the party's time short, so the step bears its day. The document has the fields
    ``method``, ``served_on``, ``witness_or_av``, ``post_number``, ``announced_on``, ``announce_reason``,
    ``entrusted_body``.
    """
    paper = s.paper(service)
    if paper is None:
        return f"案卷中没有{s.document_name(service)}"
    method = str(paper.fields.get("method"))
    fields = s.flow.document[service].field
    missing = [fields[name].name for name in _NEEDS.get(method, ()) if not paper.fields.get(name)]
    problems = [f"{method}须写明{'、'.join(missing)}"] if missing else []
    if (served := s.day(f"{service}.served_on")) != s.on:
        problems.append(f"送达日期为{served}, 办理日期为{s.on}: 以送达之日办理, 补录的写明原因")
    if method == "电子送达" and s.paper(consent) is None:
        problems.append(f"电子送达须有当事人签订的{s.document_name(consent)}")
    if method == "公告送达" and not missing:
        problems += _announcement_problems(s, service, table)
    return "; ".join(problems) or None


_NEEDS = {
    "留置送达": ("witness_or_av",),
    "邮寄送达": ("post_number",),
    "公告送达": ("announced_on", "announce_reason"),
    "委托送达": ("entrusted_body",),
}


def _announcement_problems(s: Situation, service: DocumentName, table: TableName) -> list[str]:
    posted, served = s.day(f"{service}.announced_on"), s.day(f"{service}.served_on")
    row = deciding_row(s.law.tables[table], s, on=posted)
    if posted is None or row is None or row.length is None:
        return [f"“{s.law.tables[table].name}”没有适用的期限"]
    last = due(posted, row.length, s.calendar).date
    return [] if served == last else [f"公告于{posted}, 经过{row.length}于{last}视为送达, 填写的是{served}"]


@check
def not_established(s: Situation, *, finding: FindingName) -> str | None:
    """The finding is not positively established; what cannot be determined yet does not stand in the way."""
    found = s.found(finding)
    return found.reason if found.value else None


@check
def shown_when(s: Situation, *, field: FieldPath, says: str, finding: FindingName) -> str | None:
    """If the field says the value, the finding is positively established."""
    if says not in s.texts(field):
        return None
    found = s.found(finding)
    return None if found.value else f"{s.field_name(field)}为“{says}”, 但{found.reason}"


@check
def unsaid_when(s: Situation, *, field: FieldPath, says: str, finding: FindingName) -> str | None:
    """If the finding is positively established, the field does not say the value."""
    if says not in s.texts(field) or not s.found(finding).value:
        return None
    return f"{s.field_name(field)}为“{says}”, 但{s.found(finding).reason}"


@check
def no_kinds_when(
    s: Situation, *, field: FieldPath, says: str, penalties: FieldPath, kinds: tuple[str, ...]
) -> str | None:
    """If the field says the value, no penalty is of the kinds."""
    hit = [str(row["kind"]) for row in s.rows(penalties) if row["kind"] in kinds]
    if says not in s.texts(field) or not hit:
        return None
    return f"{s.field_name(field)}为“{says}”, 处罚中仍有“{'、'.join(dict.fromkeys(hit))}”"
