"""BPMN 2.0 (ISO/IEC 19510): a flow as a process whose one token is the case.

The conditions stand in the documentation of each task, never on an arrow: whoever runs the process runs the bare
chart. Whether it is executable is left unsaid, for as law it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from zhifa_flow.adapters.interchange.asked import described, ground
from zhifa_flow.adapters.interchange.markup import OURS, node, written
from zhifa_flow.adapters.interchange.page import Box, Page, page_of
from zhifa_flow.adapters.interchange.process import Arrow, Node, Process, at, process_of
from zhifa_flow.model.flow import Flow

_SPACES = {
    "xmlns": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    **OURS,
}


def bpmn_of(flow: Flow, digest: str) -> bytes:
    """The flow as a BPMN document with a diagram, in UTF-8; ``digest`` is that of the flow."""
    process = process_of(flow)
    about = {
        **_SPACES, "id": "definitions", "name": flow.name, "exporter": "zhifa_flow",
        "targetNamespace": f"urn:x-zhifa-flow:flow:{flow.ref}", "zf:ref": flow.ref, "zf:digest": digest,
    }  # fmt: skip
    pool = node("participant", {"id": "pool", "name": flow.name, "processRef": process_id(flow)})
    inside = [
        *(_awaited(flow, trigger) for trigger in flow.transition),
        node("collaboration", {"id": "collaboration"}, [pool]),
        _process(flow, process),
        _diagram(process, page_of(process)),
    ]
    return written(node("definitions", about, inside))


def process_id(flow: Flow) -> str:
    """Under which id the process stands in the document: the version of the flow, as an XML name."""
    return f"{flow.id}-{flow.effective_from}"


def _kind(flow: Flow, trigger: str) -> str:
    """What a step waits for: the request of somebody, or, where nobody acts, that the law has brought it about."""
    return "message" if flow.transition[trigger].by else "signal"


def _awaited(flow: Flow, trigger: str) -> Element:
    kind = _kind(flow, trigger)
    return node(kind, {"id": f"{kind}.{trigger}", "name": trigger})


def _process(flow: Flow, process: Process) -> Element:
    lanes = [
        node("lane", {"id": lane, "name": name}, [
            node("flowNodeRef", text=one.id) for one in process.nodes if one.lane == lane
        ])
        for lane, name in process.lanes.items()
    ]  # fmt: skip
    said = "\n".join([f"{flow.name}({flow.ref})", ground(flow.basis, flow.gap)])
    ways = _Ways(process.arrows)
    inside = [
        node("documentation", text=said.strip()),
        node("laneSet", {"id": "lanes"}, lanes),
        *(_node(flow, one, ways) for one in process.nodes),
        *(_arrow(one) for one in process.arrows),
    ]
    return node("process", {"id": process_id(flow), "name": flow.name, "processType": "Private"}, inside)


class _Ways:
    """The arrows by where they begin and end."""

    def __init__(self, arrows: Iterable[Arrow]) -> None:
        self._by: dict[tuple[str, str], list[str]] = {}
        for one in arrows:
            self._by.setdefault(("outgoing", one.source), []).append(one.id)
            self._by.setdefault(("incoming", one.target), []).append(one.id)

    def of(self, id_: str) -> Iterator[Element]:
        """How a node says which arrows lead to it, and which from it."""
        for side in ("incoming", "outgoing"):
            yield from (node(side, text=one) for one in self._by.get((side, id_), ()))


def _node(flow: Flow, one: Node, ways: _Ways) -> Element:
    about = {"id": one.id, "name": one.name, "zf:trigger": one.trigger}
    inside = [*_documentation(flow, one), *ways.of(one.id)]
    if one.kind == "eventBasedGateway":
        about["gatewayDirection"] = "Diverging"
    if one.kind == "intermediateCatchEvent":
        kind = _kind(flow, one.trigger)
        event = {"id": f"event.{one.id}", f"{kind}Ref": f"{kind}.{one.trigger}"}
        inside.append(node(f"{kind}EventDefinition", event))
    return node(one.kind, about, inside)


def _documentation(flow: Flow, one: Node) -> Iterator[Element]:
    """The step where it is taken; where nobody takes it, at the event itself."""
    if one.kind == "userTask" or (one.trigger and not flow.transition[one.trigger].by):
        yield node("documentation", text=described(flow, one.trigger))
    elif one.id == at(one.state) and flow.state[one.state].note:
        yield node("documentation", text=flow.state[one.state].note)


def _arrow(one: Arrow) -> Element:
    return node("sequenceFlow", {"id": one.id, "sourceRef": one.source, "targetRef": one.target})


def _diagram(process: Process, page: Page) -> Element:
    boxes = {"pool": page.pool, **page.lanes, **page.nodes}
    shapes = [_shape(id_, box, lying="true" if id_ not in page.nodes else "") for id_, box in boxes.items()]
    edges = [_edge(one, page) for one in process.arrows]
    plane = node("bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"}, [*shapes, *edges])
    return node("bpmndi:BPMNDiagram", {"id": "diagram"}, [plane])


def _shape(id_: str, box: Box, *, lying: str) -> Element:
    bounds = node("dc:Bounds", {
        "x": str(box.x), "y": str(box.y), "width": str(box.width), "height": str(box.height),
    })  # fmt: skip
    about = {"id": f"shape.{id_}", "bpmnElement": id_, "isHorizontal": lying}
    return node("bpmndi:BPMNShape", about, [bounds])


def _edge(one: Arrow, page: Page) -> Element:
    points = (page.nodes[one.source].right, page.nodes[one.target].left)
    way = [node("di:waypoint", {"x": str(x), "y": str(y)}) for x, y in points]
    return node("bpmndi:BPMNEdge", {"id": f"edge.{one.id}", "bpmnElement": one.id}, way)
