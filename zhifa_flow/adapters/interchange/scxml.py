"""SCXML (W3C, 2015): the states of a flow and the events that move a case between them.

The conditions are no expressions and are handed on as data in our namespace, never as ``cond``: who runs the
document runs the bare chart. A step that leaves the state as it is is a transition without a target.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from zhifa_flow.adapters.interchange.asked import conditions, ground, limits, who
from zhifa_flow.adapters.interchange.markup import OURS, node, written
from zhifa_flow.model.flow import Flow

#: What the keys of triggers and states are preceded by. A bare key ("prepare", "send") would be a word of the reader's
#: own in tools that make every event and every state an attribute of a machine.
EVENT: Final = "step."
STATE: Final = "state."

# Readers that know no namespaces see our attributes as if they were SCXML's own: none may be called name, id, event,
# cond, src, type, initial, target.


def scxml_of(flow: Flow, digest: str) -> bytes:
    """The flow as an SCXML document, in UTF-8; ``digest`` is that of the flow, to know later what was exported."""
    about = {
        # An NMTOKEN: the @ of a version has no place in it.
        "xmlns": "http://www.w3.org/2005/07/scxml", **OURS, "version": "1.0", "datamodel": "null",
        "name": f"{flow.id}-{flow.effective_from}", "initial": STATE + flow.initial,
        "zf:ref": flow.ref, "zf:label": flow.name, "zf:action": flow.action, "zf:digest": digest,
    }  # fmt: skip
    steps = (_step(flow, trigger) for trigger in flow.transition)
    return written(node("scxml", about, [*steps, *(_state(flow, key) for key in flow.state)]))


def _state(flow: Flow, key: str) -> Element:
    state = flow.state[key]
    about = {
        "id": STATE + key,
        "zf:label": state.name,
        "zf:stage": flow.stage[state.stage].name,
        "zf:post": flow.stage[state.stage].post or "",
        "zf:note": state.note,
    }
    return node(
        "final" if state.end else "state", about, [_way(flow, one) for one in flow.triggers_from(key)]
    )


def _way(flow: Flow, trigger: str) -> Element:
    step = flow.transition[trigger]
    target = STATE + step.target if step.target else ""
    return node("transition", {"event": EVENT + trigger, "target": target, "zf:label": step.name})


def _step(flow: Flow, trigger: str) -> Element:
    step = flow.transition[trigger]
    about = {
        "trigger": trigger, "label": step.name, "who": who(flow, step), "basis": "、".join(step.basis), "gap": step.gap,
    }  # fmt: skip
    asked = [
        node("zf:condition", {"code": one.code, "basis": ground(one.basis, one.gap)}, text=one.text)
        for one in conditions(flow, trigger)
    ]
    papers = [
        node("zf:document", {"code": kind, "use": use}, text=flow.document[kind].name)
        for use, kinds in (
            ("required", step.documents),
            ("optional", step.optional),
            ("void", step.supersedes),
        )
        for kind in kinds
    ]
    due = [
        node("zf:deadline", {"code": key, "use": use}, text=said) for use, key, said in limits(flow, trigger)
    ]
    return node("zf:step", about, [*asked, *papers, *due])
