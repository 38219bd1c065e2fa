"""What the boxes and lines of the chart mean."""

from __future__ import annotations

from collections.abc import Iterable

from zhifa_flow.adapters.diagrams.ink import QUIET, element, letters, number, rect
from zhifa_flow.adapters.diagrams.letters import width
from zhifa_flow.adapters.diagrams.plan import LINES, MAIN_FILL, NAVY, SIDE_FILL

SIZE = 10
SWATCH = 30  # points wide, with a little air
AIR = 16  # before the next one
HEIGHT = 52
_BOXES: tuple[tuple[str, dict[str, object]], ...] = (
    ("开始、办结", {"fill": SIDE_FILL, "stroke": "#1a1a1a", "rx": "6"}),
    ("主流程上的状态", {"fill": MAIN_FILL, "stroke": NAVY}),
    ("其他状态", {"fill": SIDE_FILL, "stroke": "#1a1a1a"}),
    ("办理事项(序号同下表)", {"fill": "#ffffff", "stroke": "#7a7a7a"}),
    ("并行职责", {"fill": "#f1f8f2", **LINES["duty"]}),
)
_WAYS = (("主流程", "main"), ("其他走向", "side"), ("退回", "back"), ("引起并行职责", "duty"))
_INSIDE = "状态框内: 所列事项和“可办”不改变状态, “可转”转入该序号的事项"


def legend(wide: float) -> Iterable[str]:
    """Every sort of box and line with its meaning, in the middle of a line so wide."""
    entries = [text for text, _ in (*_BOXES, *_WAYS)]
    full = sum(SWATCH + width(text, SIZE) + AIR for text in entries) - AIR
    x = max(0.0, (wide - full) / 2)
    for text, look in _BOXES:
        yield rect(x, 3, 24, 12, **look)
        yield letters(text, x + SWATCH, 13, SIZE, fill=QUIET)
        x += SWATCH + width(text, SIZE) + AIR
    for text, sort in _WAYS:
        yield element("path", {"d": f"M{number(x)} 9h24", "fill": "none", **LINES[sort]})
        yield letters(text, x + SWATCH, 13, SIZE, fill=QUIET)
        x += SWATCH + width(text, SIZE) + AIR
    yield letters(_INSIDE, wide / 2, 33, SIZE, fill=QUIET, anchor="middle")
