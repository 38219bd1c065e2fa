"""Checks of a main case on the side cases that it opened: what these have put on file."""

from __future__ import annotations

from zhifa_flow.engine.registry import BesideField, BesideName, ChildName, ChildState, FieldPath, check
from zhifa_flow.engine.situation import Situation


@check
def registered_in_child(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], number: FieldPath, child: ChildName,
    states: tuple[ChildState, ...], document: BesideName, of: BesideField,
) -> str | None:  # fmt: skip
    """If the field says one of the values, a side case of the rule in one of the states holds the document named.

    ``number`` is where this case names it, ``of`` where the document of the side case bears its number.
    """
    said = [text for text in s.texts(field) if text in says]
    there = (case for case in s.children_of(child) if case.state in states)
    held = (paper for case in there for paper in case.papers.get(document, ()) if paper.on <= s.on)
    written = s.value(number)
    if not said or any(paper.fields.get(of) == written for paper in held):
        return None
    return (
        f"{s.field_name(field)}为“{said[0]}”, “{s.flow.child[child].name}”没有登记“{written}”, 或者没有生效"
    )


@check
def child_paper_says(
    s: Situation, *, number: FieldPath, child: ChildName, document: BesideName, of: BesideField,
    result: BesideField, values: tuple[str, ...], day: FieldPath, received: BesideField,
) -> str | None:  # fmt: skip
    """The document of a side case that bears the number says one of the values, and had come by the day in the field."""
    written, named = s.value(number), s.day(day)
    papers = [paper for case in s.children_of(child) for paper in case.papers.get(document, ())]
    told = {
        str(paper.fields.get(result)): str(paper.fields.get(received))
        for paper in papers
        if paper.fields.get(of) == written and paper.on <= s.on
    }
    if any(said in values and named is not None and came <= named.isoformat() for said, came in told.items()):
        return None
    there = "、".join(f"“{said}”({came}收到)" for said, came in told.items())
    return (
        f"“{s.flow.child[child].name}”登记的“{written}”是{there or '没有登记'}, {s.field_name(day)}为{named}"
    )


@check
def nothing_in_child(s: Situation, *, child: ChildName, document: BesideName) -> str | None:
    """No side case of the rule that is open on the day of the act holds a document of the kind in force."""
    return (
        "; ".join(
            f"{case.id}: {paper.on}登记"
            for case in s.children_of(child)
            if not case.ended_by(s.on)
            for paper in case.papers.get(document, ())
            if paper.on <= s.on
        )
        or None
    )
