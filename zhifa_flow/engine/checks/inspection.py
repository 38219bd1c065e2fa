"""Checks of inspections: the basis of its acts, how often it was done, what stands instead of a cap."""

from __future__ import annotations

from zhifa_flow.engine.registry import DocumentName, FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.citation import Citation


@check
def founded_on(s: Situation, *, field: FieldPath, ranks: tuple[str, ...]) -> str | None:
    """Every article cited in the field exists, is in force on the day of the act, and is of one of the ranks (法律, 行政法规 …).

    A field that is left empty is not judged here.
    """
    problems = [problem for text in s.texts(field) for problem in _problems(s, Citation.parse(text), ranks)]
    return "; ".join(problems) or None


def _problems(s: Situation, citation: Citation, ranks: tuple[str, ...]) -> list[str]:
    problems = s.law.statutes.problems(citation, s.on)
    statute = s.law.statutes.find(citation.statute, s.on)
    if statute is not None and statute.rank.chinese not in ranks:
        problems.append(f"《{statute.short}》属于{statute.rank.chinese}, 不是{'、'.join(ranks)}")
    return problems


@check
def number_found(s: Situation, *, field: FieldPath, finding: FindingName) -> str | None:
    """The whole number in the field is what the finding came to; nothing is refused where it cannot be determined."""
    found, written = s.found(finding), s.value(field)
    if found.value is None or written == int(found.value):
        return None
    return f"{s.field_name(field)}为{'未填写' if written is None else written}, 应为{int(found.value)}({found.reason})"


@check
def document_if_established(
    s: Situation, *, when: FindingName, document: DocumentName, otherwise: FieldPath
) -> str | None:
    """If the finding is positively established, the document is on file.

    Where it cannot be determined, the field ``otherwise`` says how the matter was looked into by hand.
    """
    found = s.found(when)
    if found.value and s.paper(document) is None:
        return f"{found.reason}; 案卷中没有{s.document_name(document)}"
    if found.value is None and not s.texts(otherwise):
        return f"{found.reason}; {s.field_name(otherwise)}没有填写"
    return None


@check
def same_day_when(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], first: FieldPath, then: FieldPath
) -> str | None:
    """If the field says one of the values, the two days (or the days of two moments) are one, if both are known."""
    one, other = s.day(first), s.day(then)
    if not set(s.texts(field)) & set(says) or one is None or other is None or one == other:
        return None
    return f"{s.field_name(field)}为“{'、'.join(s.texts(field))}”, {s.field_name(first)}为{one}, {s.field_name(then)}为{other}"


@check
def said_since_if(
    s: Situation, *, when: FindingName, field: FieldPath, says: tuple[str, ...], since: DocumentName
) -> str | None:
    """If the finding is positively established, a document made after the newest ``since`` says one of the values.

    What was said for a decision that has been replaced since does not count for the new one; while there is no
    ``since``, whatever is on file counts.
    """
    found, start = s.found(when), s.paper(since)
    kind, _, name = field.partition(".")
    made = [paper for paper in s.papers.get(kind, ()) if start is None or paper.seq > start.seq]
    if not found.value or any(paper.fields.get(name) in says for paper in made):
        return None
    return f"{found.reason}; 其后没有{s.field_name(field)}为“{'、'.join(says)}”的文书"
