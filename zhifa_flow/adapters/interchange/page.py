"""The page: where each node of a process is drawn, a column for each state, a band for each lane.

A plain grid, so that a viewer shows something and a person can move it about. Our own charts are drawn elsewhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from zhifa_flow.adapters.interchange.process import CASE, Kind, Node, Process

#: How wide and high a node of each kind is, in the pixels of a viewer.
SIZES: Final[dict[Kind, tuple[int, int]]] = {
    "startEvent": (36, 36), "intermediateThrowEvent": (36, 36), "endEvent": (36, 36),
    "eventBasedGateway": (50, 50), "intermediateCatchEvent": (36, 36), "userTask": (120, 80),
}  # fmt: skip
_LEFT, _HEAD, _ROW, _COLUMN = 160, 30, 110, 400
#: How far to the right in its column a node of a state, its gateway and its tasks stand.
_SHIFT: Final = {
    "startEvent": -60,
    "eventBasedGateway": 70,
    "intermediateCatchEvent": 160,
    "userTask": 240,
}


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the page; ``x`` and ``y`` are the upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def left(self) -> tuple[int, int]:
        """Where an arrow comes in."""
        return self.x, self.y + self.height // 2

    @property
    def right(self) -> tuple[int, int]:
        """Where an arrow goes out."""
        return self.x + self.width, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Page:
    """The places of the nodes and of the lanes by id, and of the pool around them."""

    nodes: dict[str, Box]
    lanes: dict[str, Box]
    pool: Box


def page_of(process: Process) -> Page:
    """Every node in the column of its state and the band of its lane, those of one cell below each other."""
    rows, deep = _rows(process)
    columns = {
        state: number for number, state in enumerate(dict.fromkeys(node.state for node in process.nodes))
    }
    width, top, lanes = _LEFT + _COLUMN * len(columns), 0, {}
    for lane in process.lanes:
        lanes[lane] = Box(_HEAD, top, width - _HEAD, _ROW * deep[lane])
        top += _ROW * deep[lane]
    nodes = {
        node.id: _box(node, _LEFT + _COLUMN * columns[node.state], lanes[node.lane].y + _ROW * rows[node.id])
        for node in process.nodes
    }
    return Page(nodes, lanes, Box(0, 0, width, top))


def _rows(process: Process) -> tuple[dict[str, int], dict[str, int]]:
    """In which row of its lane each node stands, and how many rows each lane has."""
    rows: dict[str, int] = {}
    deep = dict.fromkeys(process.lanes, 1)
    taken: Counter[tuple[str, str]] = Counter()
    for node in process.nodes:
        if node.kind == "intermediateCatchEvent":
            taken[node.lane, node.state] += 1
        # A task stands beside the first request for it, which comes before it.
        rows[node.id] = 0 if node.lane == CASE else taken[node.lane, node.state] - 1
        deep[node.lane] = max(deep[node.lane], taken[node.lane, node.state])
    return rows, deep


def _box(node: Node, x: int, y: int) -> Box:
    width, height = SIZES[node.kind]
    return Box(x + _SHIFT.get(node.kind, 0), y + (_ROW - height) // 2, width, height)
