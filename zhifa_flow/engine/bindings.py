"""Guards and findings bound to the arguments of their file, with what they read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from zhifa_flow.engine.registry import (
    CHECKS,
    RULES,
    ChildName,
    DocumentName,
    ElsewherePath,
    FieldPath,
    FindingName,
    Registered,
    TableName,
)
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.period import Unit


@dataclass(frozen=True, slots=True)
class Bound:
    """A check or rule with its arguments, and the documents, findings and children it looks at, also through others.

    ``fields`` are those of the documents whose content it reads. ``elsewhere`` says that it looks at other cases of
    the party, ``tables`` which dated tables decide.
    """

    name: str
    call: Callable[..., object]
    documents: frozenset[str]
    findings: tuple[str, ...]
    children: bool
    fields: frozenset[str]
    elsewhere: bool
    tables: frozenset[str]


class Reads(NamedTuple):
    """What a check or rule looks at."""

    documents: frozenset[str]
    findings: tuple[str, ...]
    children: bool
    fields: frozenset[str]
    elsewhere: bool
    tables: frozenset[str]


def bind_guard(flow: Flow, name: str) -> Bound:
    """The guard of that name, ready to be asked."""
    guard = flow.guard[name]
    return _bind(flow, name, CHECKS[guard.check], guard.args)


def bind_finding(flow: Flow, name: str) -> Bound:
    """The finding of that name, ready to be computed."""
    finding = flow.finding[name]
    return _bind(flow, name, RULES[finding.rule], finding.args)


def _bind(flow: Flow, name: str, registered: Registered, args: dict[str, object]) -> Bound:
    values = {key: _convert(registered, key, value) for key, value in args.items()}
    reads = _reads(flow, registered, args)
    return Bound(name, partial(registered.call, **values), *reads)


def _convert(registered: Registered, key: str, value: object) -> object:
    parameter = registered.parameters[key]
    if parameter.many and isinstance(value, list):
        return tuple(value)
    return Unit(str(value)) if parameter.kind is Unit else value


def _reads(flow: Flow, registered: Registered, args: dict[str, object]) -> Reads:
    documents: set[str] = set()
    fields: set[str] = set()
    tables: set[str] = set()
    findings: list[str] = []
    children = elsewhere = False
    for key, value in args.items():
        kind = registered.parameters[key].kind
        names = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        if kind is DocumentName:
            documents.update(names)
        elif kind is FieldPath:
            fields.update(name.partition(".")[0] for name in names)
        elif kind is ChildName:
            children = True
        elif kind is ElsewherePath:
            elsewhere = True
        elif kind is TableName:
            tables.update(names)
        elif kind is FindingName:
            findings += names
    for name in findings:
        deeper = _reads(flow, RULES[flow.finding[name].rule], flow.finding[name].args)
        documents |= deeper.documents
        fields |= deeper.fields
        tables |= deeper.tables
        children = children or deeper.children
        elsewhere = elsewhere or deeper.elsewhere
    return Reads(
        frozenset(documents | fields),
        tuple(findings),
        children,
        frozenset(fields),
        elsewhere,
        frozenset(tables),
    )
