"""The table under the chart: of every step the documents, the articles and all that has no room in its box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from zhifa_flow.adapters.diagrams import words as told
from zhifa_flow.adapters.diagrams.ink import INK, QUIET, group, letters, rect
from zhifa_flow.adapters.diagrams.letters import wrap
from zhifa_flow.adapters.diagrams.picture import Act, Picture

SIZE, LEADING, PAD = 9.5, 13.5, 5
COLUMNS = ("序号", "办理事项", "由何状态", "至何状态", "办理人", "期限", "文书", "依据")
_SHARES = (32, 124, 140, 92, 124, 176, 170, 242)

Cell = tuple[str, ...]


def rows(picture: Picture, wide: float) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    """Of every step its trigger and its cells, their words broken into lines; the first row bears the headings."""
    room = widths(wide)
    head = ("", tuple((name,) for name in COLUMNS))
    return (head, *((act.trigger, _cells(picture, act, room)) for act in picture.acts))


def widths(wide: float) -> tuple[int, ...]:
    """How wide each column is; the last one takes what is left."""
    shares = [int(share * wide / sum(_SHARES)) for share in _SHARES[:-1]]
    return (*shares, int(wide) - sum(shares))


def _cells(picture: Picture, act: Act, room: Sequence[int]) -> tuple[Cell, ...]:
    arrows = [arrow for arrow in picture.arrows if arrow.trigger == act.trigger]
    sources = "、".join(picture.box[arrow.source].name for arrow in arrows)
    target = (
        "(状态不变)"
        if act.stays
        else "、".join(dict.fromkeys(picture.box[arrow.target].name for arrow in arrows))
    )
    grounds = [told.grounds(act.basis, act.gap), *([f"注: {act.note}"] if act.note else [])]
    texts = (
        [str(act.number)],
        [act.name],
        [sources],
        [target],
        act.who,
        act.limits,
        act.documents,
        grounds,
    )
    return tuple(
        tuple(line for text in cell for line in wrap(text, wide - 2 * PAD, SIZE))
        for cell, wide in zip(texts, room, strict=True)
    )


def height_of(row: tuple[Cell, ...]) -> float:
    """How high a row is."""
    return max(len(cell) for cell in row) * LEADING + 2 * PAD - 2


def full_height(picture: Picture, wide: float) -> float:
    """How high the whole table is."""
    return sum(height_of(row) for _, row in rows(picture, wide))


def table(picture: Picture, wide: float) -> Iterable[str]:
    """The table, its upper left corner at 0, 0."""
    y = 0.0
    for trigger, row in rows(picture, wide):
        high = height_of(row)
        mark: dict[str, object] = {"class_": "row", "data_act": trigger} if trigger else {"class_": "head"}
        yield group(mark, _row(row, y, high, widths(wide), bold=not trigger))
        y += high


def _row(row: tuple[Cell, ...], top: float, high: float, room: Sequence[int], *, bold: bool) -> Iterable[str]:
    for left, wide, cell in zip(accumulate(room, initial=0), room, row, strict=False):
        yield rect(left, top, wide, high, fill="#eef2f7" if bold else "#ffffff", stroke="#c9d3df")
        for place, line in enumerate(cell, 1):
            yield letters(
                line,
                left + PAD,
                top + PAD - 3 + place * LEADING - 2,
                SIZE,
                fill=INK if bold else QUIET,
                bold=bold,
            )
