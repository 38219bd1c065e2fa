"""Finding rules about documents, tables and other findings."""

from __future__ import annotations

from zhifa_flow.engine.registry import (
    DocumentName,
    FieldPath,
    FindingName,
    Found,
    TableName,
    rule,
)
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.thresholds import deciding_row, reached


@rule
def reaches_threshold(s: Situation, *, penalties: FieldPath, table: TableName) -> Found:
    """Whether the penalties reach any line of the table; the row that decided is named."""
    return reached(s.law.tables[table], s, s.rows(penalties))


@rule
def any_of(s: Situation, *, findings: tuple[FindingName, ...]) -> Found:
    """True if any holds; undetermined if none holds and any cannot be determined."""
    found = [s.found(name) for name in findings]
    holding = [one for one in found if one.value]
    undetermined = [one for one in found if one.value is None]
    for one in (*holding, *undetermined):
        return one
    return Found(False, "; ".join(one.reason for one in found))


@rule
def all_of(s: Situation, *, findings: tuple[FindingName, ...]) -> Found:
    """False if any fails; undetermined if none fails and any cannot be determined."""
    found = [s.found(name) for name in findings]
    for one in found:
        if one.value is not None and not one.value:
            return one
    for one in found:
        if one.value is None:
            return one
    rows = "; ".join(one.row for one in found if one.row)
    return Found(
        True, "; ".join(one.reason for one in found), rows, tuple(a for one in found for a in one.basis)
    )


@rule
def added_up(s: Situation, *, findings: tuple[FindingName, ...]) -> Found:
    """The sum in 分 of several findings; undetermined if one of them is."""
    found = [s.found(name) for name in findings]
    for one in found:
        if one.value is None:
            return one
    return Found(sum(int(one.value or 0) for one in found), "; ".join(one.reason for one in found))


@rule
def negation(s: Situation, *, finding: FindingName) -> Found:
    """True where the other fails; undetermined stays undetermined."""
    found = s.found(finding)
    value = None if found.value is None else not found.value
    return Found(value, found.reason, found.row, found.basis)


@rule
def on_file(s: Situation, *, document: DocumentName) -> Found:
    """Whether the document is on file (a hearing was held because its record exists)."""
    paper = s.paper(document)
    name = s.document_name(document)
    return Found(True, f"{paper.on}有{name}", paper.digest[:12]) if paper else Found(False, f"没有{name}")


@rule
def field_says(s: Situation, *, field: FieldPath, values: tuple[str, ...]) -> Found:
    """Whether a signed judgement in a document says one of these; undetermined while it is not on file."""
    texts = s.texts(field)
    if not texts:
        return Found(None, f"{s.field_name(field)}没有填写, 无法认定")
    hit = [text for text in texts if text in values]
    return Found(bool(hit), f"{s.field_name(field)}为“{'、'.join(texts)}”", field)


@rule
def party_is(s: Situation, *, kinds: tuple[str, ...]) -> Found:
    """Whether the party is of one of the kinds (citizen, organisation, sole_trader, agency)."""
    if s.case.party is None:
        return Found(None, "本案没有登记当事人, 无法认定")
    kind = s.case.party.kind
    return Found(kind.value in kinds, f"当事人为{kind.chinese}")


@rule
def table_says(s: Situation, *, table: TableName, value: str, limb: str = "any") -> Found:
    """Whether the row of the table that speaks for this case has the value; undetermined where it is silent."""
    book = s.law.tables[table]
    row = deciding_row(book, s, limb=None if limb == "any" else limb)
    if row is None:
        return Found(None, f"“{book.name}”没有适用于本案的规定, 无法认定")
    reason = f"“{book.name}”{row.id}: {row.value}" + (f"({row.policy})" if row.policy else "")
    return Found(row.value == value, reason, row.id, row.basis)


@rule
def number_above(s: Situation, *, field: FieldPath, number: int) -> Found:
    """Whether the field counts more than the number; undetermined while nothing is written."""
    value = s.value(field)
    if value is None:
        return Found(None, f"{s.field_name(field)}没有填写, 无法认定")
    return Found(int(str(value)) > number, f"{s.field_name(field)}为{value}", field)


@rule
def some_row_says(s: Situation, *, rows: FieldPath, column: str, value: str) -> Found:
    """Whether a row has the value in the column; undetermined while there are no rows."""
    made = s.rows(rows)
    if not made:
        return Found(None, f"{s.field_name(rows)}没有填写, 无法认定")
    hit = sum(row.get(column) == value for row in made)
    return Found(hit > 0, f"{s.field_name(rows)}中有{hit}项为“{value}”", rows)


@rule
def some_left_out(
    s: Situation, *, rows: FieldPath, column: str, where: str, says: str, of: FieldPath, of_column: str
) -> Found:
    """Whether somebody of the rows that say the value is named in none of the other rows (who has not answered)."""
    named = {row.get(of_column) for row in s.rows(of)}
    left = [
        str(row.get(column))
        for row in s.rows(rows)
        if row.get(where) == says and row.get(column) not in named
    ]
    return Found(bool(left), f"{s.field_name(of)}没有{'、'.join(left) or '遗漏'}")
