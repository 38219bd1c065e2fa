"""Where everything stands on the sheet: asked of the Graphviz libraries that come in the pygraphviz wheel."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from zhifa_flow.adapters.diagrams.dot import Link, dot_of, links_of
from zhifa_flow.adapters.diagrams.figures import Figure
from zhifa_flow.adapters.diagrams.picture import Kind, Picture
from zhifa_flow.model.errors import InputError

NEAR = 6  # points between two lines that can still be told apart

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with its upper left corner, in whole points from the upper left of the sheet."""

    figure: Figure
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line of the chart with its corners, from the border of its tail to the border of its head."""

    link: Link
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The chart laid out: width and height in points."""

    width: int
    height: int
    placed: tuple[Placed, ...]
    drawn: tuple[Drawn, ...]


#: How lines may run. The library breaks off on some charts with right angles; then straight lines do.
WAYS = ("ortho", "polyline")

#: The library runs in a process of its own: where it breaks off it takes its process with it.
_PLACE = (
    "import sys, pygraphviz; graph = pygraphviz.AGraph(string=sys.stdin.buffer.read().decode('utf-8')); "
    "sys.stdout.buffer.write(graph.draw(format='json', prog='dot'))"
)
_PATIENCE = 120  # seconds


def layout_of(picture: Picture, figures: Sequence[Figure], ways: Sequence[str] = WAYS) -> Layout:
    """The same places for the same picture on every machine: no font is measured, all is rounded to whole points.

    Raises:
        InputError: the library finds no places for this chart.
    """
    for way in ways:
        told = _placed_by_graphviz(dot_of(picture, figures, way, worded=False))
        if told:
            return _layout(picture, figures, told)
    raise InputError(["制图程序库没有排出这张图, 请改用文字版(--format text)"])


def _placed_by_graphviz(dot: str) -> dict[str, Any]:
    """What the library says of the places; nothing if it broke off."""
    command = [sys.executable, "-P", "-c", _PLACE]
    try:
        done = subprocess.run(command, input=dot.encode(), capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return {}
    return dict(json.loads(done.stdout))


def _layout(picture: Picture, figures: Sequence[Figure], told: Mapping[str, Any]) -> Layout:
    _, _, wide, high = (float(part) for part in told["bb"].split(","))
    at = {one["name"]: _point(one["pos"], high) for one in told["objects"] if "pos" in one}
    corners = {one["id"]: _corners(one["pos"], high) for one in told["edges"] if "id" in one}
    placed = tuple(
        Placed(
            figure, round(at[figure.id][0]) - figure.width // 2, round(at[figure.id][1]) - figure.height // 2
        )
        for figure in figures
    )
    row = {figure.id: figure.row for figure in figures}
    # Lines upwards were given to the library upside down.
    drawn = tuple(
        Drawn(link, corners[link.id] if row[link.tail] <= row[link.head] else corners[link.id][::-1])
        for link in links_of(picture)
    )
    return Layout(round(wide), round(high), placed, _straightened(placed, drawn))


def _straightened(placed: Sequence[Placed], drawn: Sequence[Drawn]) -> tuple[Drawn, ...]:
    """The main chain from middle to middle wherever one box stands right under the other and the way is free."""
    middle = {one.figure.id: one.left + one.figure.width // 2 for one in placed}
    upright = [
        (a[0], min(a[1], b[1]), max(a[1], b[1]), one.link)
        for one in drawn
        for a, b in pairwise(one.points)
        if a[0] == b[0]
    ]

    def straight(one: Drawn) -> Drawn:
        x, points = middle[one.link.tail], one.points
        if one.link.sort != Kind.MAIN or len(points) != 2 or x != middle[one.link.head]:
            return one
        top, bottom = points[0][1], points[1][1]
        taken = any(
            abs(x - at) < NEAR and a < bottom and top < b for at, a, b, link in upright if link != one.link
        )
        return one if taken else Drawn(one.link, ((x, top), (x, bottom)))

    return tuple(straight(one) for one in drawn)


def _point(pos: str, high: float) -> tuple[float, float]:
    x, y = pos.split(",")
    return float(x), high - float(y)


def _corners(pos: str, high: float) -> tuple[Point, ...]:
    """Every third point of the curve: between them the lines of an orthogonal drawing are straight."""
    through = [_point(part, high) for part in pos.split()[::3]]
    found: list[Point] = []
    for x, y in through:
        here = (round(x), round(y))
        while len(found) > 1 and _straight(found[-2], found[-1], here):
            found.pop()
        if not found or found[-1] != here:
            found.append(here)
    return tuple(found)


def _straight(a: Point, b: Point, c: Point) -> bool:
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]
