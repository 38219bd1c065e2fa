"""A sheet as Markdown (CommonMark with tables), UTF-8; nothing of the text is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from zhifa_flow.adapters.sheets.blocks import Block, Grid, Heading, Lines

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def markdown(blocks: Iterable[Block]) -> bytes:
    """The sheet."""
    return ("\n\n".join(_written(block) for block in blocks) + "\n").encode("utf-8")


def _written(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_plain(block.text)}"
        case Lines():
            return ("\n" if block.listed else "\n\n").join(
                f"{'- ' if block.listed else ''}{_plain(text)}" for text in block.texts
            )
        case Grid():
            return "\n".join(_lines(block))


def _lines(grid: Grid) -> Iterator[str]:
    heads = grid.heads or ("项目", "内容")
    yield _row(heads)
    yield _row(["---"] * len(heads), plain=False)
    yield from (_row(row) for row in grid.rows)


def _row(cells: Sequence[str], *, plain: bool = True) -> str:
    return f"| {' | '.join(_plain(cell) if plain else cell for cell in cells)} |"


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
