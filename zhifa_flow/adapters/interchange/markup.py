"""Markup: XML put together element by element, legible, and to the byte the same every time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree.ElementTree import Element, indent, tostring

#: The namespace of what is ours and no standard has a place for; others may pass over it.
OURS: Final = {"xmlns:zf": "urn:x-zhifa-flow:interchange:1"}
# A character that XML 1.0 has no way to write makes the whole file unreadable for everybody.
_FORBIDDEN: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node(
    tag: str, attributes: Mapping[str, str] | None = None, inside: Iterable[Element] = (), *, text: str = ""
) -> Element:
    """An element with its children. Attributes without a value are left out; prefixes are written as they are given."""
    made = Element(tag, {key: _clean(value) for key, value in (attributes or {}).items() if value})
    made.text = _clean(text) or None
    made.extend(inside)
    return made


def written(root: Element) -> bytes:
    """The document in UTF-8, indented."""
    indent(root)
    body: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
