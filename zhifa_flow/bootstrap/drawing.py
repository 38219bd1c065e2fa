"""Which drawing of charts is used."""

from __future__ import annotations

from typing import Final

from zhifa_flow.adapters.diagrams.draw import draw

__all__ = ["FORMATS", "draw"]

#: What may be asked for; what this machine cannot draw well is refused with the reason.
FORMATS: Final = ("svg", "png", "pdf", "dot", "text")
