"""JSON text for programs (--json); knows of no case, so that cheap commands can answer too."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import click


def show_json(answer: Mapping[str, Any] | Sequence[Any]) -> None:
    """Write an answer on the output stream."""
    click.echo(as_json(answer))


def as_json(answer: Mapping[str, Any] | Sequence[Any]) -> str:
    """The answer as JSON text."""
    return json.dumps(answer, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> object:
    """What JSON has no word for: days and moments."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
