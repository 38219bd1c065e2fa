"""The blocks that a sheet is made of, whatever form it is written in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the sheet has level 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Paragraphs, or the entries of a list."""

    texts: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; without heads its first column names what stands in the second."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Lines | Grid
