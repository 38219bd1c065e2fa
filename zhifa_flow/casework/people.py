"""Officers as people name them: by id or by name; those known, and what may have been meant by the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from zhifa_flow.casework.ports import Work
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
    found: Sequence[Officer], missing: Sequence[str], known: dict[str, Officer], ids: dict[str, str], hints: dict[str, str]
) -> None:
    for name in missing:
        same = [officer for officer in found if officer.name == name]
        if len(same) == 1:
            known[same[0].id] = same[0]
            ids[name] = same[0].id
        elif same:
            hints[name] = f"名册中有{len(same)}名“{name}”, 请用编号: {'、'.join(officer.id for officer in same)}"


def _hint(name: str, staff: Iterable[str]) -> str:
    near = close_names(name, staff)
    return f"人员名册中没有“{name}”" + (f", 是否指: {'、'.join(near)}" if near else "")


def officer_names(flow: Flow, documents: Documents) -> list[str]:
    """Every officer that the documents name, also in the rows of their fields."""
    return [str(name) for _, _, field, value in _places(flow, documents) for name in _names(field, value)]


def officers_on_file(flow: Flow, case: Case, kinds: Iterable[str]) -> list[str]:
    """Every officer named by the documents of these kinds that are in force."""
    held = {kind: [paper.fields for paper in case.papers.get(kind, ())] for kind in kinds}
    return officer_names(flow, held)


def with_ids(flow: Flow, documents: Documents, people: People) -> Documents:
    """The documents with ids in place of names in every field that holds officers."""
    after = {kind: [deepcopy(dict(copy)) for copy in copies] for kind, copies in documents.items()}
    for holder, key, field, value in _places(flow, after):
        ids = [people.id_of(str(name)) for name in _names(field, value)]
        holder[key] = ids if field.type == "officers" else ids[0]
    return after


def _places(flow: Flow, documents: Documents) -> Iterator[tuple[Any, str, Field, object]]:
    for kind, copies in documents.items():
        document = flow.document.get(document_key(flow, kind) or "")
        for copy in copies if document else ():
            yield from _places_in(document.field if document else {}, copy)


def _places_in(fields: Mapping[str, Field], content: Any) -> Iterator[tuple[Any, str, Field, object]]:
    """Where officers stand in a set of fields: (holder, key, field, value). What is not a table is left alone."""
    if not isinstance(content, Mapping):
        return
    known = {**{one.name: one for one in fields.values()}, **fields}
    for key, value in content.items():
        field = known.get(str(key))
        if field and field.type in ("officer", "officers") and value:
            yield content, str(key), field, value
        elif field and field.columns and isinstance(value, list):
            for row in value:
                yield from _places_in(field.columns, row)


def _names(field: Field, value: object) -> list[object]:
    if field.type == "officer":
        return [value]
    if isinstance(value, str):
        return [part.strip() for part in value.replace(",", "、").replace("，", "、").split("、") if part.strip()]
    return list(value) if isinstance(value, list | tuple) else [value]
