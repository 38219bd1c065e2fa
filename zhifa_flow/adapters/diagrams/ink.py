"""Elements of an SVG as text: attributes in the order given, every word escaped, numbers whole."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from zhifa_flow.adapters.diagrams.letters import clean

INK, TIME, QUIET, EXIT = "#1a1a1a", "#a02c1c", "#555555", "#1c5c8a"
TONES = {"ink": INK, "time": TIME, "quiet": QUIET, "exit": EXIT}


def element(name: str, attributes: dict[str, object], children: Iterable[str] = ()) -> str:
    """One element; attributes that are empty are left out, ``_`` in their names stands for ``-``."""
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(clean(str(value)))}"
        for key, value in attributes.items()
        if value not in ("", None)
    )
    inside = "".join(children)
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def group(attributes: dict[str, object], children: Iterable[str]) -> str:
    """A group, its children on lines of their own."""
    return element("g", attributes, ["\n", *(f"{child}\n" for child in children)])


def words(name: str, text: str, **attributes: object) -> str:
    """An element that holds words alone: a title or a description."""
    return element(name, attributes, [escape(clean(text))])


def letters(
    text: str | Iterable[str],
    x: float,
    y: float,
    size: float,
    *,
    fill: str = INK,
    bold: bool = False,
    anchor: str = "",
    **more: object,
) -> str:
    """A line of letters, or of elements that hold letters, standing on ``y``; it begins at ``x`` or has its middle there."""
    attributes: dict[str, object] = {
        "x": number(x), "y": number(y), "font_size": number(size), "fill": fill if fill != INK else "",
        "font_weight": "bold" if bold else "", "text_anchor": anchor, **more,
    }  # fmt: skip
    return element("text", attributes, [escape(clean(text))] if isinstance(text, str) else text)


def rect(x: float, y: float, wide: float, high: float, **look: object) -> str:
    """A rectangle."""
    return element(
        "rect", {"x": number(x), "y": number(y), "width": number(wide), "height": number(high), **look}
    )


def number(value: float) -> str:
    """A number with at most one decimal, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
