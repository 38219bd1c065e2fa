"""What commands show to people: tables and lines in plain text, nothing of the data taken for markup."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import Final

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

# A file or a pipe has no width; a table that is read by a program must not be cut.
_WIDE: Final = 400
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: object) -> str:
    """The text without characters that would steer the terminal or turn the reading direction."""
    return _CONTROL.sub("�", str(text))


def say(text: object = "", *, indent: int = 0) -> None:
    """Write a line."""
    click.echo(" " * indent + clean(text))


def note(text: str) -> None:
    """Say beside the answer, on the error stream, what a person should know of it."""
    click.echo(f"注意: {clean(text)}", err=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Write a table, or what is to be said when there is nothing in it."""
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(clean(cell)) for cell in row))
    if not shown.row_count:
        say(empty)
        return
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else _WIDE)
    with console.capture() as captured:
        console.print(shown)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def listed(words: Iterable[str]) -> str:
    """Words with 、 between them."""
    return "、".join(words)


def law(basis: Iterable[str], gap: str = "") -> str:
    """The articles of something, or where the law is silent, in brackets; empty where nothing is said."""
    text = listed(basis) or gap
    return f"[{text}]" if text else ""
