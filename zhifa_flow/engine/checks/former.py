"""Checks against the copy before: what a paper handed in keeps, changes or answers of what stood before this step."""

from __future__ import annotations

from zhifa_flow.engine.registry import DocumentName, FieldPath, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Paper
from zhifa_flow.model.money import format_money


@check
def not_looked_into(
    s: Situation, *, record: DocumentName, review: DocumentName, field: FieldPath | None = None, says: tuple[str, ...] = ()
) -> str | None:  # fmt: skip
    """The record is on file, and before this step nobody looked into it: one review answers it once.

    With a ``field`` this is asked only where it says one of the values.
    """
    if field and not set(s.texts(field)) & set(says):
        return None
    said = s.paper(record)
    if said is None:
        return f"案卷中没有有效的{s.document_name(record)}"
    looked = _former(s, review)
    if looked is None or looked.seq < said.seq:
        return None
    return f"{said.on}的{s.document_name(record)}已于{looked.on}有{s.document_name(review)}"


@check
def kept_when(s: Situation, *, field: FieldPath, says: tuple[str, ...], of: FieldPath) -> str | None:
    """If the field says one of the values, the other field says what its copy before this step said, if there was one."""
    before, now = _before(s, of), s.value(of)
    if not set(s.texts(field)) & set(says) or before in (None, now):
        return None
    return _told(s, field, of, before, now)


@check
def changed_when(s: Situation, *, field: FieldPath, says: tuple[str, ...], of: FieldPath) -> str | None:
    """If the field says one of the values, the other says something else than its copy before this step did."""
    before, now = _before(s, of), s.value(of)
    if not set(s.texts(field)) & set(says) or before != now:
        return None
    return _told(s, field, of, before, now)


@check
def above_former(s: Situation, *, amount: FieldPath) -> str | None:
    """The amount is higher than that of the copy before this step."""
    before, now = _sums(s, amount)
    return None if now > before else _compared(s, amount, before, now)


@check
def below_former(s: Situation, *, amount: FieldPath) -> str | None:
    """The amount is lower than that of the copy before this step."""
    before, now = _sums(s, amount)
    return None if now < before else _compared(s, amount, before, now)


@check
def not_below_former_when(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], amount: FieldPath
) -> str | None:
    """If the field says one of the values, the amount is not lower than that of the copy before this step."""
    before, now = _sums(s, amount)
    if not set(s.texts(field)) & set(says) or now >= before:
        return None
    return _compared(s, amount, before, now)


def _former(s: Situation, kind: str) -> Paper | None:
    """The newest copy that stood before the step being asked for."""
    older = [paper for paper in s.case.papers.get(kind, ()) if paper.seq <= s.case.revision]
    return older[-1] if older else None


def _before(s: Situation, path: FieldPath) -> object | None:
    kind, _, name = path.partition(".")
    paper = _former(s, kind)
    return paper.fields.get(name) if paper else None


def _sums(s: Situation, amount: FieldPath) -> tuple[int, int]:
    return int(str(_before(s, amount) or 0)), int(str(s.value(amount) or 0))


def _told(s: Situation, field: FieldPath, of: FieldPath, before: object | None, now: object | None) -> str:
    return f"{s.field_name(field)}为“{s.value(field)}”, {s.field_name(of)}原为“{before}”, 现为“{now}”"


def _compared(s: Situation, amount: FieldPath, before: int, now: int) -> str:
    return f"{s.field_name(amount)}原为{format_money(before)}, 现为{format_money(now)}"
