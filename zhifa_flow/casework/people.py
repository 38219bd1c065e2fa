"""Officers as people name them: by id or by name; those known, and what may have been meant by the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhifa_flow.casework.ports import Work
from zhifa_flow.engine.fields import LIST_MARK
from zhifa_flow.engine.papers import document_key
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.flow import Field, Flow
from zhifa_flow.model.officer import Officer

Documents = Mapping[str, Sequence[Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class People:
    """The officers that a request names: by id, with the ids that the names stand for."""

    known: Mapping[str, Officer]
    ids: Mapping[str, str]
    hints: Mapping[str, str]

    @classmethod
    def of(cls, work: Work, home: Agency, names: Iterable[str]) -> People:
        """Look the names up: first as ids, then as names in the agency and in its superior organ."""
        wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
        known = dict(work.officers(wanted))
        ids: dict[str, str] = {}
        hints: dict[str, str] = {}
        missing = [name for name in wanted if name not in known]
        for place in (home.id, home.superior):
            if missing and place:
                _by_name(work.officers_named(place, missing), missing, known, ids, hints)
                missing = [name for name in missing if name not in ids and name not in hints]
        if missing:
            staff = [text for officer in work.officers_of(home.id) for text in (officer.id, officer.name)]
            hints |= {name: _hint(name, staff) for name in missing}
        return cls(known, ids, hints)

    def id_of(self, name: str) -> str:
        """The id that a name stands for; the name itself where the register knows none."""
        return self.ids.get(name.strip(), name.strip())


def _by_name(
    found: Sequence[Officer],
    missing: Sequence[str],
    known: dict[str, Officer],
    ids: dict[str, str],
    hints: dict[str, str],
) -> None:
    for name in missing:
        same = [officer for officer in found if officer.name == name]
        if len(same) == 1:
            known[same[0].id] = same[0]
            ids[name] = same[0].id
        elif same:
            hints[name] = (
                f"名册中有{len(same)}名“{name}”, 请用编号: {'、'.join(officer.id for officer in same)}"
            )


def _hint(name: str, staff: Iterable[str]) -> str:
    near = close_names(name, staff)
    return f"人员名册中没有“{name}”" + (f", 是否指: {'、'.join(near)}" if near else "")


def officer_names(flow: Flow, documents: Documents) -> list[str]:
    """Every officer that the documents name, also in the rows of their fields."""
    named: list[str] = []

    def note(name: str) -> str:
        named.append(name)
        return name

    _renamed(flow, documents, note)
    return named


def officers_on_file(flow: Flow, case: Case, kinds: Iterable[str]) -> list[str]:
    """Every officer named by the documents of these kinds that are in force."""
    held = {kind: [paper.fields for paper in case.papers.get(kind, ())] for kind in kinds}
    return officer_names(flow, held)


def with_ids(flow: Flow, documents: Documents, people: People) -> Documents:
    """The documents with ids in place of names in every field that holds officers; all else is left as it is."""
    return _renamed(flow, documents, people.id_of)


def _renamed(flow: Flow, documents: Documents, rename: Callable[[str], str]) -> Documents:
    return {
        kind: [_content(_fields(flow, kind), copy, rename) for copy in copies]
        for kind, copies in documents.items()
    }


def _fields(flow: Flow, kind: str) -> Mapping[str, Field]:
    document = flow.document.get(document_key(flow, kind) or "")
    return document.field if document else {}


def _content(fields: Mapping[str, Field], content: Any, rename: Callable[[str], str]) -> Any:
    """A set of fields with every officer renamed. What is not a table is left for the engine to refuse."""
    if not isinstance(content, Mapping):
        return content
    known = {**{one.name: one for one in fields.values()}, **fields}
    return {key: _value(known.get(str(key)), value, rename) for key, value in content.items()}


def _value(field: Field | None, value: Any, rename: Callable[[str], str]) -> Any:
    if field is None:
        return value
    if field.type == "officer":
        return rename(value.strip()) if isinstance(value, str) and value.strip() else value
    if field.type == "officers":
        names = [one for one in LIST_MARK.split(value) if one.strip()] if isinstance(value, str) else value
        if not isinstance(names, list | tuple):
            return names
        return [rename(one.strip()) if isinstance(one, str) and one.strip() else one for one in names]
    if field.columns and isinstance(value, list | tuple):
        return [_content(field.columns, row, rename) for row in value]
    return value
