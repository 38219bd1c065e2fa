"""A sheet as one HTML page to be printed: UTF-8, everything escaped, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from zhifa_flow.adapters.sheets.blocks import Block, Grid, Heading, Lines

_STYLE: Final = """\
body { font-family: "Songti SC", SimSun, "Noto Serif CJK SC", serif; line-height: 1.6; max-width: 60em; margin: 2em auto; }
h1 { text-align: center; } h1, h2, h3 { page-break-after: avoid; } h2 { border-bottom: 1px solid #000; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1em; } tr { page-break-inside: avoid; }
th, td { border: 1px solid #666; padding: .3em .5em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; } tbody th { width: 9em; font-weight: normal; }
@page { size: A4; margin: 18mm; } @media print { body { margin: 0; max-width: none; font-size: 10.5pt; } }"""


def page(blocks: Sequence[Block]) -> bytes:
    """The sheet; its title is the first heading."""
    title = next((block.text for block in blocks if isinstance(block, Heading)), "")
    head = [
        "<!DOCTYPE html>", '<html lang="zh-CN">', "<head>", '<meta charset="utf-8">',
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">""",
        f"<title>{escape(title)}</title>", f"<style>\n{_STYLE}\n</style>", "</head>", "<body>",
    ]  # fmt: skip
    body = (line for block in blocks for line in _written(block))
    return "\n".join([*head, *body, "</body>", "</html>", ""]).encode("utf-8")


def _written(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case Lines(listed=True):
            yield from ("<ul>", *(f"<li>{escape(text)}</li>" for text in block.texts), "</ul>")
        case Lines():
            yield from (f"<p>{escape(text)}</p>" for text in block.texts)
        case Grid():
            yield from _table(block)


def _table(grid: Grid) -> Iterator[str]:
    yield "<table>"
    if grid.heads:
        yield f"<thead>{_row(grid.heads, 'th')}</thead>"
    yield "<tbody>"
    for row in grid.rows:
        yield _row(row, "td") if grid.heads else f"<tr><th>{escape(row[0])}</th>{_cells(row[1:], 'td')}</tr>"
    yield "</tbody>"
    yield "</table>"


def _row(cells: Iterable[str], tag: str) -> str:
    return f"<tr>{_cells(cells, tag)}</tr>"


def _cells(cells: Iterable[str], tag: str) -> str:
    return "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)
