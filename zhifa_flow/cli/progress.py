"""How far a long piece of work has come, on the terminal of a person who waits."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

T = TypeVar("T")


def advancing(done: Iterable[T], what: str, of: int | None = None) -> Iterator[T]:
    """The pieces as they get done; a terminal is told on one line of the error stream how many, a file nothing."""
    if not sys.stderr.isatty():
        yield from done
        return
    total = f"/{of}" if of is not None else ""
    for number, one in enumerate(done, 1):
        click.echo(f"\r{what} {number}{total}", nl=False, err=True)
        yield one
    click.echo("\r\x1b[K", nl=False, err=True)
