"""Documents as they are handed in: every copy read field by field, every mistake named at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhifa_flow.engine.fields import read_fields
from zhifa_flow.engine.wording import kind_of
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.flow import DocumentKind, Flow


@dataclass(slots=True)
class Reading:
    """What came of reading the documents of a request: the fields by kind, and every problem in Chinese."""

    fields: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)


def read_documents(
    flow: Flow, handed: Mapping[str, Sequence[Mapping[str, object]]], allowed: Sequence[str], on: date
) -> Reading:
    """Read everything that was handed in with a step on a day. Nothing is raised: problems are collected."""
    reading = Reading()
    for name, copies in handed.items():
        kind = document_key(flow, name)
        if kind is None:
            near = close_names(name, [*flow.document, *(one.name for one in flow.document.values())])
            reading.problems.append(
                f"没有名为“{name}”的文书" + (f", 是否指: {'、'.join(near)}" if near else "")
            )
        elif kind not in allowed:
            listed = "、".join(f"《{flow.document[one].name}》" for one in allowed) or "任何文书"
            reading.problems.append(f"本步不收《{flow.document[kind].name}》, 可以提交: {listed}")
        else:
            _read_copies(flow.document[kind], kind, copies, on, reading)
    return reading


def _read_copies(
    kind: DocumentKind, key: str, copies: Sequence[Mapping[str, object]], on: date, reading: Reading
) -> None:
    # The key and the Chinese name may both have been used: what is there already counts too.
    number = len(reading.fields.get(key, ())) + len(copies)
    if number > 1 and not kind.repeatable:
        reading.problems.append(f"《{kind.name}》一步只能提交一份, 现有{number}份")
        reading.faulty.add(key)
    for copy in copies:
        if not isinstance(copy, Mapping):
            reading.problems.append(f"《{kind.name}》应逐项写明内容, 不是{kind_of(copy)}")
            reading.faulty.add(key)
            continue
        before = len(reading.problems)
        fields = read_fields(kind.field, copy, f"《{kind.name}》", on, reading.problems, numbered=kind.number)
        if len(reading.problems) > before:
            reading.faulty.add(key)
        reading.fields.setdefault(key, []).append(fields)


def document_key(flow: Flow, name: str) -> str | None:
    """The key of a document kind given by key or by Chinese name (with or without 《》)."""
    bare = name.strip().strip("《》")
    if bare in flow.document:
        return bare
    return next((key for key, kind in flow.document.items() if kind.name == bare), None)
