"""Which forms other people's tools are served with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from zhifa_flow.adapters.interchange.bpmn import bpmn_of
from zhifa_flow.adapters.interchange.scxml import scxml_of
from zhifa_flow.adapters.interchange.xes import xes_of
from zhifa_flow.model.flow import Flow

__all__ = ["FLOW_FORMATS", "xes_of"]

#: By format, what makes the document of a flow from the flow and its digest.
FLOW_FORMATS: Final[dict[str, Callable[[Flow, str], bytes]]] = {"bpmn": bpmn_of, "scxml": scxml_of}
