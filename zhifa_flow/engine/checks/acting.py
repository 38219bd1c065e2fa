"""Checks on the people of a step beyond their role: certificates shown to the party, recusal obeyed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from zhifa_flow.engine.registry import BesideField, BesideName, ChildName, FieldPath, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.certificate import mark_of


def fresh(s: Situation, kind: str) -> list[Paper]:
    """The documents of a kind that are handed in with the step being asked for."""
    return [paper for paper in s.papers.get(kind, ()) if paper.seq == s.case.revision + 1]


def listed(value: object) -> list[str]:
    """The texts of a field's value: one, several or none."""
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


@check
def certificates_shown(s: Situation, *, field: FieldPath) -> str | None:
    """Every copy handed in names, for everybody who acts, a certificate that the register holds as valid that day.

    行政处罚法第五十五条第一款. The rows of the field say ``officer`` and ``number``.
    """
    kind, _, name = field.partition(".")
    problems = []
    for paper in fresh(s, kind):
        rows = paper.fields.get(name)
        shown = {str(row["officer"]): str(row["number"]) for row in rows} if isinstance(rows, list) else {}
        problems += [problem for officer in s.by if (problem := _certificate_problem(s, officer, shown))]
    return "; ".join(dict.fromkeys(problems)) or None


def _certificate_problem(s: Situation, officer: str, shown: Mapping[str, str]) -> str | None:
    name, known = s.officer_name(officer), s.officers.get(officer)
    if officer not in shown:
        return f"没有写明{name}出示的执法证件"
    held = [] if known is None else [one for one in known.certificates if one.enforces]
    if any(mark_of(one.number) == mark_of(shown[officer]) and one.problem_on(s.on) is None for one in held):
        return None
    return f"{shown[officer]}不是{name}在{s.on}有效的执法证件"


@check
def officers_among(s: Situation, *, field: FieldPath, of: FieldPath) -> str | None:
    """Everybody named in the one field is named in the other too."""
    strangers = [s.officer_name(one) for one in s.texts(field) if one not in s.texts(of)]
    return f"{s.field_name(of)}没有{'、'.join(strangers)}" if strangers else None


@check
def nobody_recused(s: Situation, *, child: ChildName, document: BesideName, field: BesideField) -> str | None:
    """Nobody who acts, or is named for a role in a document of this step, is recused by a side case.

    ``field`` of ``document`` in the side case names those whose recusal was ordered. An act of a day before the
    order stands (行政处罚法第四十三条第三款: 决定作出之前, 不停止调查). In a case that goes on from another one, the
    orders of that one hold too.
    """
    return recused(
        s, [*s.children_of(child), *(one for one in s.siblings if one.relation == child)], document, field
    )


def recused(s: Situation, cases: Sequence[Case], document: str, field: str) -> str | None:
    """Who of those that act, or are named for a role in this step, is recused by an order in one of the cases."""
    if not cases:
        return None
    named = {
        officer: case.id
        for case in cases
        for paper in case.papers.get(document, ())
        if paper.on <= s.on
        for officer in listed(paper.fields.get(field))
    }
    acting = dict.fromkeys((*s.by, *_named_for_a_role(s)))
    return "、".join(f"{s.officer_name(one)}({named[one]})" for one in acting if one in named) or None


def _named_for_a_role(s: Situation) -> Iterator[str]:
    for kind, document in s.flow.document.items():
        for key, field in document.field.items():
            columns = [
                name for name, column in field.columns.items() if column.type in ("officer", "officers")
            ]
            for paper in fresh(s, kind) if field.role or columns else ():
                yield from _officers_in(paper.fields.get(key), columns)


def _officers_in(value: object, columns: list[str]) -> Iterator[str]:
    """Those whom a field names: itself, or in such columns of its rows (who verified a piece of evidence)."""
    if not columns:
        yield from listed(value)
    elif isinstance(value, list):
        for row in value:
            for column in columns:
                yield from listed(row.get(column))
