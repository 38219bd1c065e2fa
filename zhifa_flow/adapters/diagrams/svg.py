"""The published sheet as SVG: title, chart, table, circumstances, legend and footer. Text stays text."""

from __future__ import annotations

from collections.abc import Iterable

from zhifa_flow.adapters.diagrams import plan, table
from zhifa_flow.adapters.diagrams.figures import figures_of
from zhifa_flow.adapters.diagrams.ink import QUIET, element, group, letters, number, rect, words
from zhifa_flow.adapters.diagrams.layout import Layout, layout_of
from zhifa_flow.adapters.diagrams.legend import HEIGHT, legend
from zhifa_flow.adapters.diagrams.letters import FONTS, wrap
from zhifa_flow.adapters.diagrams.picture import Picture

MARGIN, TITLE, SECTION = 30, 64, 34
NARROWEST = 1060  # below this the columns of the table would be too narrow to read


def svg_of(picture: Picture) -> bytes:
    """The chart as SVG in UTF-8; the same bytes for the same flow file."""
    layout = layout_of(picture, figures_of(picture))
    wide = max(NARROWEST, plan.width_of(layout))
    parts: list[str] = []
    high = float(MARGIN)
    for part, height in _sections(picture, layout, wide):
        parts.append(group({"transform": f"translate({MARGIN} {number(high)})"}, part))
        high += height
    sheet = (number(wide + 2 * MARGIN), number(high + MARGIN))
    head: dict[str, object] = {
        "xmlns": "http://www.w3.org/2000/svg", "lang": "zh-CN", "xml:lang": "zh-CN", "role": "img",
        "aria-labelledby": "chart_title chart_words", "width": sheet[0], "height": sheet[1],
        "viewBox": f"0 0 {sheet[0]} {sheet[1]}", "font_family": FONTS,
    }  # fmt: skip
    told = (
        words("title", picture.title, id="chart_title"),
        words("desc", _description(picture), id="chart_words"),
    )
    paper = rect(0, 0, wide + 2 * MARGIN, high + MARGIN, fill="#ffffff")
    body = element("svg", head, ["\n", *(f"{part}\n" for part in (*told, paper, *parts))])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _description(picture: Picture) -> str:
    moves = sum(not act.stays for act in picture.acts)
    count = f"共{len(picture.boxes)}个状态、{moves}个流转事项、{len(picture.acts) - moves}个不改变状态的办理事项。"
    return f"主流程: {picture.story}。{count}" + "".join(picture.footer)


def _sections(picture: Picture, layout: Layout, wide: float) -> Iterable[tuple[Iterable[str], float]]:
    """The parts of the sheet from the top downwards, each with its height."""
    yield [letters(picture.title, wide / 2, 34, 28, bold=True, anchor="middle")], TITLE
    yield legend(wide), HEIGHT
    yield plan.plan(picture, layout, wide), plan.height_of(layout)
    yield [_heading("办理事项说明")], SECTION
    yield table.table(picture, wide), table.full_height(picture, wide)
    if picture.flags:
        yield [_heading("影响办理的情形")], SECTION
        yield _paragraphs(picture.flags, wide)
    yield [], 14
    yield _paragraphs(picture.footer, wide)


def _heading(text: str) -> str:
    return letters(text, 0, 26, 15, bold=True)


def _paragraphs(texts: Iterable[str], wide: float) -> tuple[Iterable[str], float]:
    lines = [line for text in texts for line in wrap(text, wide, 10)]
    drawn = [letters(line, 0, 14 + place * 15, 10, fill=QUIET) for place, line in enumerate(lines)]
    return drawn, 15 * len(lines) + 4
