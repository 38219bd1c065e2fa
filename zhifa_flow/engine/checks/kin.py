"""Checks of a side duty on the cases around it: the main case that opened it, and what else that one opened."""

from __future__ import annotations

from collections.abc import Iterator

from zhifa_flow.engine.checks.acting import recused
from zhifa_flow.engine.registry import BesideField, BesideName, BesideRule, DocumentName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case, Paper


@check
def agrees_beside(
    s: Situation,
    *,
    document: DocumentName,
    fields: tuple[BesideField, ...],
    beside: BesideName,
    about: DocumentName,
) -> str | None:
    """The document repeats, field by field, one of the kind ``beside`` that a case around this one holds.

    Only cases that hold the very document ``about`` which this one holds are looked at: a later decision of the same
    case is another one.
    """
    ours = s.paper(document)
    assert ours is not None, "the step hands it in"
    told = [f"{s.field_name(f'{document}.{name}')}“{ours.fields.get(name)}”" for name in fields]
    for _, paper in _held(s, beside, about):
        if all(paper.fields.get(name) == ours.fields.get(name) for name in fields):
            return None
    return f"{'、'.join(told)}与主案所登记的不一致, 或者主案没有登记"


@check
def nothing_beside(s: Situation, *, beside: BesideName, about: DocumentName) -> str | None:
    """No case around this one that holds the same document ``about`` holds one of the kind ``beside``."""
    return "; ".join(f"{case.id}: {paper.on}登记" for case, paper in _held(s, beside, about)) or None


@check
def nobody_recused_beside(
    s: Situation, *, child: BesideRule, document: BesideName, field: BesideField
) -> str | None:
    """Nobody who acts, or is named for a role in a document of this step, is recused by another side case.

    ``child`` is the rule under which the main case opens the cases on recusal (行政处罚法第四十三条).
    """
    return recused(s, [case for case in s.siblings if case.relation == child], document, field)


def _held(s: Situation, kind: str, about: str) -> Iterator[tuple[Case, Paper]]:
    ours = s.paper(about)
    for case in (s.parent, *s.siblings):
        theirs = same_paper(case, ours) if case and ours else None
        if case and theirs:
            yield from ((case, paper) for paper in case.papers.get(kind, ()) if not _older(paper, theirs))


def same_paper(case: Case, ours: Paper) -> Paper | None:
    """The very document among those in force of another case, whatever that one calls it."""
    newest = (case.paper(kind) for kind in case.papers)
    return next((paper for paper in newest if paper and paper.digest == ours.digest), None)


def _older(paper: Paper, than: Paper) -> bool:
    """Whether the main case held it before that document; what a side duty was opened with all bears the number 0."""
    return paper.seq < than.seq
