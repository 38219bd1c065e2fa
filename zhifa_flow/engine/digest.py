"""Digests: the one text of a value and its hash; what of a procedure and its tables they were judged by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from zhifa_flow.model.flow import Flow
from zhifa_flow.model.table import Row, Table

#: What of a row of a table explains it and decides nothing.
_EXPLAINS = {"from_", "to", "basis", "policy", "note"}


def canonical(value: object) -> str:
    """The one JSON text of a value, so that equal content has an equal hash."""
    return _ENCODER.encode(value)


def _plain(value: object) -> object:
    """A value that JSON does not know: a dataclass as its fields, a day or a moment as its text."""
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    return str(value)


# Made once: json.dumps makes an encoder anew for every text that is not written by default.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def digest(value: object) -> str:
    """The SHA-256 of the canonical JSON text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode("utf-8")).hexdigest()


def flow_digest(flow: Flow) -> str:
    """The digest of everything a flow says; how its file is laid out and commented makes no difference."""
    return digest(flow.model_dump(mode="json", exclude_defaults=True))


def rules_digest(tables: Mapping[str, Table], names: Iterable[str], on: date) -> str:
    """The digest of what the named tables say to an act of a day.

    It covers the rows that had begun by then and what decides in them. That a row ends later, that one begins later,
    or that its articles are cited better changes nothing for the act.
    """
    return digest({name: [_said(row, on) for row in tables[name].row if _begun(row, on)] for name in names})


def _begun(row: Row, on: date) -> bool:
    return row.from_ is None or row.from_ <= on


def _said(row: Row, on: date) -> dict[str, object]:
    ended = row.to is not None and row.to < on
    return {
        **row.model_dump(exclude=_EXPLAINS, exclude_defaults=True), "from": row.from_, "to": row.to if ended else None
    }  # fmt: skip
