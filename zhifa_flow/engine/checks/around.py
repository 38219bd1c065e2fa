"""Checks on the cases of one other flow around this one: what opened it, what else that one opened, what it opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhifa_flow.engine.checks.kin import same_paper
from zhifa_flow.engine.registry import (
    BesideDeadline,
    BesideField,
    BesideFlow,
    BesideName,
    ChildName,
    ChildState,
    DocumentName,
    FieldPath,
    FindingName,
    check,
)
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case, Paper


@check
def registered_around(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], number: FieldPath, flow: BesideFlow,
    documents: tuple[BesideName, ...], of: BesideField, alike: FieldPath | None = None,
) -> str | None:  # fmt: skip
    """If the field says one of the values, a case of the flow holds the document of the same place named here.

    ``number`` is where this case names it, ``of`` where that document bears its number; ``alike`` says here what the
    field of that name says there. Nothing is asked where no case of the flow is around.
    """
    wanted = [kind for text, kind in zip(says, documents, strict=True) if text in s.texts(field)]
    near = list(_cases(s, flow))
    written = s.value(number)
    held = [paper for kind in wanted for _, paper in _held(s, near, kind) if paper.fields.get(of) == written]
    if not wanted or not near or any(_alike(s, alike, paper) for paper in held):
        return None
    if held and alike:
        return f"{s.field_name(alike)}为“{s.value(alike)}”, 与{_ids(near)}登记的不一致"
    return f"{s.field_name(number)}为“{written}”, {_ids(near)}没有登记"


@check
def rows_as_around(
    s: Situation, *, rows: FieldPath, column: str, where: str, says: str, flow: BesideFlow,
    document: BesideName, of: BesideField, of_column: str,
) -> str | None:  # fmt: skip
    """What the rows that say so name, the rows of a document in force in a case of the flow name and say so too.

    ``where`` is the column that says it, in both. Nothing is asked where no case of the flow is around.
    """
    near = list(_cases(s, flow))
    theirs = [row for case in near for row in _rows(case.paper(document), of)]
    named = {row.get(of_column) for row in theirs if row.get(where) == says}
    ours = [str(row.get(column)) for row in s.rows(rows) if row.get(where) == says]
    missing = [name for name in ours if name not in named]
    return f"{_ids(near)}没有对{'、'.join(missing)}写明“{says}”" if near and missing else None


@check
def rows_name_held(
    s: Situation, *, rows: FieldPath, column: str, flow: BesideFlow, document: BesideName, of: BesideField,
    of_column: str,
) -> str | None:  # fmt: skip
    """The rows name whatever the rows of a document in force in an open case of the flow name."""
    named = {row.get(column) for row in s.rows(rows)}
    held = [
        (case, str(row.get(of_column)))
        for case, paper in _held(s, _open(s, flow), document)
        for row in _rows(paper, of)
    ]
    left = [f"{name}({case.id})" for case, name in held if name not in named]
    return f"{s.field_name(rows)}没有写明{'、'.join(left)}" if left else None


@check
def nothing_says_around(
    s: Situation, *, when: FindingName, flow: BesideFlow, document: BesideName, of: BesideField, says: tuple[str, ...]
) -> str | None:  # fmt: skip
    """If the finding holds or cannot be determined, no document in force there says one of the values in the field."""
    near = list(_cases(s, flow)) if s.found(when).holds else []
    found = [
        f"{case.id}: {paper.on}登记的“{paper.fields.get(of)}”"
        for case, paper in _held(s, near, document)
        if paper.fields.get(of) in says
    ]
    return "; ".join(found) or None


@check
def kept_around(
    s: Situation, *, when: FindingName, flow: BesideFlow, document: BesideName, of: BesideField, kind: str
) -> str | None:
    """If the finding holds or cannot be determined, every such document in force there has a row of the kind.

    What a decision was changed to still says it. Nothing is asked where nothing was changed.
    """
    near = list(_cases(s, flow)) if s.found(when).holds else []
    found = [
        f"{case.id}: {paper.on}登记的没有“{kind}”"
        for case, paper in _held(s, near, document)
        if all(row.get("kind") != kind for row in _rows(paper, of))
    ]
    return "; ".join(found) or None


@check
def flag_down_around(s: Situation, *, when: FindingName, flow: BesideFlow, flag: str) -> str | None:
    """If the finding holds or cannot be determined, the flag is up in no open case of the flow."""
    near = _open(s, flow) if s.found(when).holds else []
    return "、".join(case.id for case in near if case.flag_on(flag, s.on)) or None


@check
def nothing_held(s: Situation, *, flow: BesideFlow, documents: tuple[BesideName, ...]) -> str | None:
    """No open case of the flow holds a document of these kinds in force: goods under seal, money frozen.

    Neither may one of a later day: what is held now stands against a step that is entered late.
    """
    found = [
        f"{case.id}: {paper.on}登记"
        for kind in documents
        for case in _open(s, flow)
        for paper in case.papers.get(kind, ())
    ]
    return "; ".join(found) or None


@check
def abreast_of(
    s: Situation, *, flow: BesideFlow, documents: tuple[BesideName, ...], numbers: tuple[str, ...],
    about: DocumentName, unless: FindingName | None = None,
) -> str | None:  # fmt: skip
    """What the cases of the flow have on file of these kinds is on file here too, by its number or by itself.

    Only cases that hold the very document ``about`` are looked at: what became of a decision made anew is no matter
    of this one. ``numbers`` are the fields, or the columns of rows, that bear numbers in these documents, here and
    there. Nothing is asked where the finding ``unless`` is established.
    """
    if unless and s.found(unless).value:
        return None
    known = {paper.digest for papers in s.papers.values() for paper in papers}
    left = [
        f"案件{case.id}于{paper.on}登记的“{number}”"
        for kind in documents
        for case, paper in _held(s, _about(s, flow, about), kind)
        if paper.digest not in known
        for number in _numbers(paper, numbers)
        if number not in {one for ours in s.papers.get(kind, ()) for one in _numbers(ours, numbers)}
    ]
    return f"本案没有登记: {'、'.join(dict.fromkeys(left))}" if left else None


@check
def entered_around(
    s: Situation, *, flow: BesideFlow, documents: tuple[DocumentName, ...], numbers: tuple[str, ...], about: DocumentName
) -> str | None:  # fmt: skip
    """What is on file here of these kinds is on file in every open case of the flow that holds the document ``about``.

    The other side of ``abreast_of``: what became of the decision has been drawn there, too.
    """
    wanted = [
        (kind, number)
        for kind in documents
        for paper in s.papers.get(kind, ())
        for number in _numbers(paper, numbers)
    ]
    left = [
        f"案件{case.id}没有登记“{number}”"
        for case in _about(s, flow, about)
        if not case.ended_by(s.on)
        for kind, number in wanted
        if number not in {one for paper in case.papers.get(kind, ()) for one in _numbers(paper, numbers)}
    ]
    return "; ".join(left) or None


@check
def due_around(
    s: Situation, *, when: FindingName, field: FieldPath, flow: BesideFlow, deadline: BesideDeadline
) -> str | None:
    """If the finding holds or cannot be determined, the date is the last day of the deadline in the cases of the flow."""
    if not s.found(when).holds:
        return None
    clocks = [case.clocks[deadline].due for case in _cases(s, flow) if deadline in case.clocks]
    other = [day for day in clocks if day != s.day(field)]
    return f"{s.field_name(field)}为{s.day(field)}, 主案的期限至{other[0]}届满" if other else None


@check
def not_opened_by(s: Situation, *, flow: BesideFlow) -> str | None:
    """No case of the flow opened this one: there is no main case in which the step is taken instead."""
    opened = s.parent and s.parent.flow.partition("@")[0] == flow
    return f"本案由{s.parent.id}启动" if s.parent and opened else None


@check
def children_settled(s: Situation, *, child: ChildName, states: tuple[ChildState, ...]) -> str | None:
    """Every side case of the rule is in one of the states, or has ended: nothing more is done in it for now."""
    still = [case for case in s.children_of(child) if not case.ended_by(s.on) and case.state not in states]
    return f"“{s.flow.child[child].name}”尚未办结: {'、'.join(case.id for case in still)}" if still else None


def _cases(s: Situation, flow: str) -> Iterator[Case]:
    for case in (s.parent, *s.siblings, *s.children):
        if case and case.flow.partition("@")[0] == flow:
            yield case


def _about(s: Situation, flow: str, about: str) -> list[Case]:
    """The cases of the flow that hold the very document; all, where this one does not hold it itself."""
    ours = s.paper(about)
    return [case for case in _cases(s, flow) if ours is None or same_paper(case, ours)]


def _alike(s: Situation, field: FieldPath | None, paper: Paper) -> bool:
    return not field or paper.fields.get(field.partition(".")[2]) == s.value(field)


def _open(s: Situation, flow: str) -> list[Case]:
    return [case for case in _cases(s, flow) if not case.ended_by(s.on)]


def _held(s: Situation, cases: Sequence[Case], kind: str) -> Iterator[tuple[Case, Paper]]:
    """The documents of a kind in force there, made by the day of the act."""
    return ((case, paper) for case in cases for paper in case.papers.get(kind, ()) if paper.on <= s.on)


def _rows(paper: Paper | None, field: str) -> list[dict[str, object]]:
    value = paper.fields.get(field) if paper else None
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _numbers(paper: Paper, names: Sequence[str]) -> list[str]:
    """The numbers that a document bears: in fields of these names, or in such columns of its rows."""
    places = [paper.fields, *(row for field in paper.fields for row in _rows(paper, field))]
    return [str(place[name]) for place in places for name in names if place.get(name)]


def _ids(cases: Sequence[Case]) -> str:
    return "、".join(case.id for case in cases)
