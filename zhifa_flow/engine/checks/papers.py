"""Checks on the documents of a case: on file, saying what they must, still bound to what they were made on."""

from __future__ import annotations

from zhifa_flow.engine.registry import DocumentName, FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation


@check
def present(s: Situation, *, document: DocumentName) -> str | None:
    """The document is on file and has not been superseded."""
    return None if s.paper(document) else f"案卷中没有有效的{s.document_name(document)}"


@check
def any_present(s: Situation, *, documents: tuple[DocumentName, ...]) -> str | None:
    """At least one of the documents is on file."""
    if any(s.paper(kind) for kind in documents):
        return None
    return f"案卷中没有{'或者'.join(s.document_name(kind) for kind in documents)}"


@check
def absent(s: Situation, *, document: DocumentName) -> str | None:
    """The document is not on file."""
    paper = s.paper(document)
    return f"{paper.on}已有{s.document_name(document)}" if paper else None


@check
def newest_of(s: Situation, *, document: DocumentName, others: tuple[DocumentName, ...]) -> str | None:
    """The document is on file, and none of the others came after it."""
    paper = s.paper(document)
    if paper is None:
        return f"案卷中没有有效的{s.document_name(document)}"
    later = [one for kind in others if (one := s.paper(kind)) and one.seq > paper.seq]
    return "、".join(f"其后{one.on}有{s.document_name(one.kind)}" for one in later) or None


@check
def required_if(s: Situation, *, when: FindingName, document: DocumentName) -> str | None:
    """If the finding holds or cannot be determined, the document is on file."""
    found = s.found(when)
    if not found.holds or s.paper(document):
        return None
    return f"{found.reason}; 案卷中没有{s.document_name(document)}"


@check
def equals(s: Situation, *, field: FieldPath, value: str) -> str | None:
    """The field says exactly this."""
    texts = s.texts(field)
    return None if texts == [value] else f"{s.field_name(field)}为“{'、'.join(texts) or '未填写'}”"


@check
def one_of(s: Situation, *, field: FieldPath, values: tuple[str, ...]) -> str | None:
    """The field says one of these."""
    texts = s.texts(field)
    if len(texts) == 1 and texts[0] in values:
        return None
    return f"{s.field_name(field)}为“{'、'.join(texts) or '未填写'}”"


@check
def includes(s: Situation, *, field: FieldPath, values: tuple[str, ...]) -> str | None:
    """The field names all of these."""
    missing = [value for value in values if value not in s.texts(field)]
    return f"{s.field_name(field)}没有“{'、'.join(missing)}”" if missing else None


@check
def includes_if(s: Situation, *, when: FindingName, field: FieldPath, value: str) -> str | None:
    """If the finding holds or cannot be determined, the field names the value."""
    found = s.found(when)
    if not found.holds or value in s.texts(field):
        return None
    return f"{found.reason}; {s.field_name(field)}没有“{value}”"


@check
def filled_if(s: Situation, *, when: FindingName, field: FieldPath) -> str | None:
    """If the finding holds or cannot be determined, the field is filled in."""
    found = s.found(when)
    return None if not found.holds or s.texts(field) else f"{found.reason}; {s.field_name(field)}没有填写"


@check
def filled_when(s: Situation, *, field: FieldPath, says: tuple[str, ...], then: FieldPath) -> str | None:
    """If the field says one of the values, another field is filled in."""
    if not set(s.texts(field)) & set(says) or s.texts(then):
        return None
    return f"{s.field_name(field)}为“{'、'.join(s.texts(field))}”, 但{s.field_name(then)}没有填写"


@check
def filled_when_filed(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], then: FieldPath
) -> str | None:
    """As ``filled_when``, of a paper that some paths do not have: who made none said none of the values."""
    return filled_when(s, field=field, says=says, then=then)


@check
def document_when(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], document: DocumentName
) -> str | None:
    """If the field says one of the values, the document is on file."""
    if not set(s.texts(field)) & set(says) or s.paper(document):
        return None
    return f"{s.field_name(field)}为“{'、'.join(s.texts(field))}”, 但案卷中没有{s.document_name(document)}"


@check
def document_when_filed(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], document: DocumentName
) -> str | None:
    """As ``document_when``, of a paper that some paths do not have: who made none said none of the values."""
    return document_when(s, field=field, says=says, document=document)


@check
def same(s: Situation, *, field: FieldPath, other: FieldPath) -> str | None:
    """Two fields say the same."""
    if s.value(field) == s.value(other):
        return None
    return f"{s.field_name(field)}与{s.field_name(other)}不一致"


@check
def change_explained(s: Situation, *, field: FieldPath, before: FieldPath, reason: FieldPath) -> str | None:
    """If the field says something else than another said ``before``, the reason is filled in."""
    if not changed_from(s, field, before) or s.texts(reason):
        return None
    told = f"{s.field_name(before)}为{s.value(before)}, {s.field_name(field)}为{s.value(field)}"
    return f"{told}, {s.field_name(reason)}没有填写"


def changed_from(s: Situation, field: FieldPath, before: FieldPath) -> bool:
    """Whether both fields are filled in and differ."""
    return s.value(before) is not None and s.value(field) is not None and s.value(before) != s.value(field)


@check
def refers_to(s: Situation, *, field: FieldPath, document: DocumentName) -> str | None:
    """If the document is on file, the field names the first twelve or more characters of its hash or its number."""
    paper = s.paper(document)
    if paper is None:
        return None
    written = s.texts(field)
    number = str(paper.fields.get("number") or "")
    if any(
        text and (text == number or (len(text) >= 12 and paper.digest.startswith(text))) for text in written
    ):
        return None
    return f"{s.field_name(field)}没有写明{s.document_name(document)}{number or paper.digest[:12]}"


@check
def refers_to_what_stands(s: Situation, *, field: FieldPath, document: DocumentName) -> str | None:
    """The field names the document as ``refers_to`` asks; if none is in force, it names nothing."""
    if s.paper(document) or not s.texts(field):
        return refers_to(s, field=field, document=document)
    return (
        f"{s.field_name(field)}写有“{'、'.join(s.texts(field))}”, 案卷中没有有效的{s.document_name(document)}"
    )


@check
def unchanged_since(s: Situation, *, document: DocumentName) -> str | None:
    """If the document is on file, nothing that it was made on has changed, been added to or been superseded."""
    paper = s.paper(document)
    if paper is None:
        return None
    binds = s.flow.document[document].binds
    if not binds:  # compared with nothing, everything would always hold
        return f"{s.document_name(document)}没有写明依据哪些文书作出(binds), 无从核对"
    changed = [kind for kind in binds if digest_of(s, kind) != paper.bound.get(kind, "")]
    names = "、".join(s.document_name(kind) for kind in changed)
    return f"{s.document_name(document)}在{paper.on}作出后, {names}已经变动" if changed else None


def digest_of(s: Situation, kind: str) -> str:
    """The hashes of all documents of a kind in force, joined; empty if there is none."""
    return "+".join(paper.digest for paper in s.papers.get(kind, ()))


@check
def made_after(s: Situation, *, later: DocumentName, earlier: DocumentName) -> str | None:
    """The later document was made in a later step, and not on an earlier day, than the earlier one, if both exist."""
    last, first = s.paper(later), s.paper(earlier)
    if last is None or first is None or (last.seq > first.seq and last.on >= first.on):
        return None
    return f"{s.document_name(later)}作于{last.on}, {s.document_name(earlier)}作于{first.on}"


@check
def rows_with(
    s: Situation, *, field: FieldPath, column: str = "", value: str = "", least: int = 1
) -> str | None:
    """At least so many rows of the field, counting only those whose column says the value."""
    rows = [row for row in s.rows(field) if not column or row.get(column) == value]
    if len(rows) >= least:
        return None
    which = f"“{value}”的" if value else ""
    return f"{s.field_name(field)}中{which}只有{len(rows)}项, 至少须有{least}项"


@check
def no_row_with(s: Situation, *, field: FieldPath, column: str, value: str) -> str | None:
    """No row of the field has this value in this column."""
    rows = [row for row in s.rows(field) if row.get(column) == value]
    return f"{s.field_name(field)}中有{len(rows)}项为“{value}”" if rows else None


@check
def says_once_since(s: Situation, *, field: FieldPath, value: str, since: DocumentName) -> str | None:
    """Of the documents made after the newest ``since``, at most one says the value."""
    kind, _, name = field.partition(".")
    start = s.paper(since)
    made = [paper for paper in s.papers.get(kind, ()) if start is None or paper.seq > start.seq]
    said = [paper for paper in made if paper.fields.get(name) == value]
    return f"{said[0].on}已有{s.field_name(field)}为“{value}”的文书" if len(said) > 1 else None
