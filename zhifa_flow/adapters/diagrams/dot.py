"""The chart in the DOT language: every box on the row that the course of the flow gives it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import graphviz

from zhifa_flow.adapters.diagrams.figures import Figure, duty_id, state_id, step_id
from zhifa_flow.adapters.diagrams.letters import FONTS, clean
from zhifa_flow.adapters.diagrams.picture import Kind, Picture

POINTS = 72  # to an inch, which the DOT language counts in
_STRAIGHT: dict[str, str] = {Kind.MAIN: "12", Kind.SIDE: "2", Kind.BACK: "1"}


class Link(NamedTuple):
    """A line of the drawing between two figures: half of an arrow, or what opens a side duty."""

    tail: str
    head: str
    sort: str

    @property
    def id(self) -> str:
        """How the drawing library calls the line, whichever way round it is given to it."""
        return f"{self.tail}-{self.head}"


def links_of(picture: Picture) -> tuple[Link, ...]:
    """Every line of the chart: from the box to the step and on to the box, from the step to the duty it opens."""
    found: dict[Link, None] = {}
    for arrow in picture.arrows:
        if not picture.act[arrow.trigger].stays:
            if not arrow.named:
                found[Link(state_id(arrow.source), step_id(arrow.trigger), arrow.kind)] = None
            found[Link(step_id(arrow.trigger), state_id(arrow.target), _out_of(picture, arrow.trigger))] = (
                None
            )
    for duty in picture.duties:
        for opener in duty.openers:
            found[Link(_opener(picture, opener), duty_id(duty.key), "duty")] = None
    return tuple(found)


def _out_of(picture: Picture, trigger: str) -> Kind:
    kinds = [arrow.kind for arrow in picture.arrows if arrow.trigger == trigger]
    return min(kinds, key=list(Kind).index)


def _opener(picture: Picture, trigger: str) -> str:
    if not picture.act[trigger].stays:
        return step_id(trigger)
    return state_id(picture.first_of(trigger))


def dot_of(picture: Picture, figures: Sequence[Figure], way: str = "ortho", *, worded: bool = True) -> str:
    """The DOT text; ``way`` is how lines run. Without words the boxes keep their sizes: so no font of a machine can move anything."""
    graph = graphviz.Digraph(
        picture.flow,
        graph_attr={
            "splines": way,
            "nodesep": "0.28",
            "mclimit": "4",
            "ranksep": "0.22",
            "newrank": "true",
            "fontname": FONTS,
        },
        node_attr={"shape": "box", "fontname": FONTS, "fontsize": "10"},
        edge_attr={"arrowsize": "0.7"},
    )
    if worded:
        graph.attr(label=_lines([picture.title, *picture.footer]), labelloc="b", charset="UTF-8")
    else:
        graph.attr("edge", dir="none")
    _rows(graph, figures, worded=worded)
    row = {figure.id: figure.row for figure in figures}
    for link in links_of(picture):
        _line(graph, link, down=row[link.tail] <= row[link.head], worded=worded)
    return str(graph.source)


def _rows(graph: graphviz.Digraph, figures: Sequence[Figure], *, worded: bool) -> None:
    """Each row held together by an unseen pin, the pins hung one below the other."""
    rows = sorted({figure.row for figure in figures})
    for row in rows:
        with graph.subgraph() as same:
            same.attr(rank="same")
            same.node(f"row_{row}", "", style="invis", width="0.02", height="0.02", fixedsize="true")
            for figure in figures:
                if figure.row == row:
                    same.node(figure.id, **_node(figure, worded=worded))
    for above, below in pairwise(rows):
        graph.edge(f"row_{above}", f"row_{below}", style="invis", weight="0")


def _node(figure: Figure, *, worded: bool) -> dict[str, str]:
    size = {"width": f"{figure.width / POINTS:.4f}", "height": f"{figure.height / POINTS:.4f}"}
    if figure.main:
        size["group"] = "main"
    if not worded:
        return {"label": "", "fixedsize": "true", **size}
    look = {"step": "solid", "duty": "dashed", "state": "rounded,bold" if figure.rounded else "bold"}[
        figure.sort
    ]
    return {"label": _label(figure), "style": look, "tooltip": graphviz.escape(clean(figure.words)), **size}


def _label(figure: Figure) -> str:
    return "".join(_lines([line.text], "\\l" if line.left else "\\n") for line in figure.lines)


def _lines(texts: Iterable[str], end: str = "\\n") -> str:
    """The lines, with what the DOT language would take for orders made harmless."""
    return "".join(graphviz.escape(clean(text)) + end for text in texts)


def _line(graph: graphviz.Digraph, link: Link, *, down: bool, worded: bool) -> None:
    """A line upwards is written downwards and turned round: the rows must never form a ring."""
    look = {"id": link.id, **({"style": "dashed"} if link.sort in (Kind.BACK, "duty") else {})}
    if link.sort == Kind.MAIN:
        look["penwidth"] = "2"
    weight = _STRAIGHT.get(link.sort, "1")
    if down:
        graph.edge(link.tail, link.head, weight=weight, **look)
    else:
        graph.edge(link.head, link.tail, weight=weight, dir="back" if worded else "none", **look)
