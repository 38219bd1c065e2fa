"""The chart itself as SVG: stages as bands, boxes, steps, side duties and the lines between them."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot

from zhifa_flow.adapters.diagrams.figures import LEADING, PAD_X, PAD_Y, Figure, Line, Part
from zhifa_flow.adapters.diagrams.ink import INK, QUIET, TONES, element, group, letters, number, rect, words
from zhifa_flow.adapters.diagrams.layout import Drawn, Layout, Placed, Point
from zhifa_flow.adapters.diagrams.letters import balanced
from zhifa_flow.adapters.diagrams.picture import Lane, Picture

COLUMN = 84  # for the name of the stage, left of its boxes
GAP = 22  # between the chart and the border of its band

NAVY, MAIN_FILL, SIDE_FILL, BAND = "#1f3f6e", "#dfe9f6", "#f4f4f4", ("#ffffff", "#f8fafc")
LINES: dict[str, dict[str, object]] = {
    "main": {"stroke": NAVY, "stroke_width": "2"},
    "side": {"stroke": "#4d4d4d", "stroke_width": "1"},
    "back": {"stroke": "#8a4b00", "stroke_width": "1", "stroke_dasharray": "6 3"},
    "duty": {"stroke": "#2e6b3a", "stroke_width": "1", "stroke_dasharray": "2 3"},
}


def width_of(layout: Layout) -> int:
    """How wide the chart is with its stages."""
    return COLUMN + layout.width + 2 * GAP


def height_of(layout: Layout) -> int:
    """How high the chart is."""
    return layout.height + 2 * GAP


def plan(picture: Picture, layout: Layout, wide: float) -> Iterable[str]:
    """The chart, its upper left corner at 0, 0, spread over a sheet so wide."""
    left = COLUMN + (wide - COLUMN - layout.width) / 2
    yield group({"class_": "stages"}, _bands(picture, layout, wide))
    move = {"transform": f"translate({number(left)} {GAP})"}
    yield group({"class_": "lines", "fill": "none", **move}, (_line(one) for one in layout.drawn))
    yield group({"class_": "figures", **move}, (_figure(one) for one in layout.placed))


def _bands(picture: Picture, layout: Layout, wide: float) -> Iterable[str]:
    borders = _borders(picture, layout)
    for place, (lane, top, bottom) in enumerate(zip(picture.lanes, borders, borders[1:], strict=False)):
        yield group({"class_": "stage", "id": f"stage_{lane.key}"}, _band(lane, place, top, bottom, wide))


def _band(lane: Lane, place: int, top: float, bottom: float, wide: float) -> Iterable[str]:
    yield rect(0, top, wide, bottom - top, fill=BAND[place % 2], stroke="#c9d3df")
    yield rect(0, top, COLUMN, bottom - top, fill="#eef2f7", stroke="#c9d3df")
    post = balanced(f"({lane.post})", COLUMN - 10, 11) if lane.post else ()
    name = balanced(lane.name, COLUMN - 10, 18)
    y = (top + bottom) / 2 - (len(name) * 24 + len(post) * 15) / 2
    for text in name:
        y += 24
        yield letters(text, COLUMN / 2, y - 5, 18, fill=NAVY, bold=True, anchor="middle")
    for text in post:
        y += 15
        yield letters(text, COLUMN / 2, y - 2, 11, fill=QUIET, anchor="middle")


def _borders(picture: Picture, layout: Layout) -> list[float]:
    """Midway between the lowest figure of a stage and the highest of the next."""
    borders: list[float] = [0]
    for lane in picture.lanes[1:]:
        above = [one.top + one.figure.height for one in layout.placed if one.figure.row < lane.first]
        below = [one.top for one in layout.placed if one.figure.row >= lane.first]
        borders.append((max(above) + min(below)) / 2 + GAP)
    return [*borders, height_of(layout)]


def _line(drawn: Drawn) -> str:
    link, look = drawn.link, LINES[drawn.link.sort]
    path = element("path", {"d": "M" + "L".join(f"{x} {y}" for x, y in drawn.points)})
    tip = element("path", {"d": _tip(drawn.points), "fill": look["stroke"], "stroke": "none"})
    return element(
        "g",
        {"class_": f"line {link.sort}", "data_from": link.tail, "data_to": link.head, **look},
        [path, tip],
    )


def _tip(points: tuple[Point, ...]) -> str:
    """An arrow head on the last point, in the direction of the last stretch."""
    (a, b), (x, y) = points[-2:] if len(points) > 1 else (points[0], points[0])
    far = hypot(x - a, y - b) or 1
    along, across = (x - a) / far, (y - b) / far
    corners = [
        (x, y),
        *((x - 8 * along + side * across, y - 8 * across - side * along) for side in (3.5, -3.5)),
    ]
    return "M" + "L".join(f"{number(p)} {number(q)}" for p, q in corners) + "Z"


def _figure(placed: Placed) -> str:
    figure, look = placed.figure, _border(placed.figure)
    box = rect(placed.left, placed.top, figure.width, figure.height, **look)
    lines = _lines(placed)
    return group({"class_": figure.sort, "id": figure.id}, [words("title", figure.words), box, *lines])


def _border(figure: Figure) -> dict[str, object]:
    if figure.sort == "duty":
        return {"fill": "#f1f8f2", **LINES["duty"]}
    if figure.sort == "step":
        return {"fill": "#ffffff", "stroke": NAVY if figure.main else "#7a7a7a", "stroke_width": "1"}
    rounding = {"rx": "18"} if figure.rounded else {"rx": "2"}
    fill = MAIN_FILL if figure.main else SIDE_FILL
    return {"fill": fill, "stroke": NAVY if figure.main else INK, "stroke_width": "1.6", **rounding}


def _lines(placed: Placed) -> Iterable[str]:
    y = float(placed.top + PAD_Y)
    for line in placed.figure.lines:
        y += line.size * LEADING
        yield _words(line, placed, y - line.size * 0.38)


def _words(line: Line, placed: Placed, y: float) -> str:
    left = placed.left + PAD_X + (6 if placed.figure.rounded else 0)
    x, anchor = (left + line.indent, "") if line.left else (placed.left + placed.figure.width / 2, "middle")
    text = [" ".join(_part(part, line) for part in line.parts)] if line.parts else line.text
    return letters(text, x, y, line.size, fill=TONES[line.tone], bold=line.bold, anchor=anchor)


def _part(part: Part, line: Line) -> str:
    return words("tspan", part.text, **{"data_exit" if line.tone == "exit" else "data_act": part.act})
