"""SpiffWorkflow validates and reads the BPMN of every flow, and accepts and refuses what the engine's chart does."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition, SignalEventDefinition
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.util.task import TaskState

from tests.acceptance.stage import folder
from tests.adapters.charts import SHOWN, WORDS_OF_OTHERS, called, difference, hostile
from zhifa_flow.adapters.interchange.bpmn import bpmn_of, process_id
from zhifa_flow.model.flow import Flow

REFS = folder().refs()
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"


def flow_of(ref: str) -> Flow:
    return folder().compiled(ref).flow


@cache
def exported(ref: str) -> bytes:
    return bpmn_of(flow_of(ref), folder().digest(ref))


class Theirs:
    """A case in the process that SpiffWorkflow makes of a document: what happens outside is sent to it."""

    def __init__(self, spec: Any, flow: Flow) -> None:
        self._flow = flow
        self._workflow = BpmnWorkflow(spec)
        self.state = ""
        self._go_on()

    @property
    def waits(self) -> frozenset[str]:
        """Behind a gateway several events are waited for at once."""
        tasks = self._workflow.get_tasks(state=TaskState.WAITING)
        awaited = [task.task_spec.event_definition for task in tasks]
        return frozenset(
            one.name for event in awaited for one in getattr(event, "event_definitions", [event])
        )

    def take(self, trigger: str) -> bool:
        step = self._flow.transition.get(trigger)
        kind = SignalEventDefinition if step and not step.by else MessageEventDefinition
        try:
            self._workflow.send_event(BpmnEvent(kind(trigger), {}))
        except WorkflowException:
            return False
        self._go_on()
        for task in self._workflow.get_tasks(state=TaskState.READY, manual=True):
            task.run()
        self._go_on()
        return True

    def _go_on(self) -> None:
        self._workflow.do_engine_steps(did_complete_task=self._seen)

    def _seen(self, task: Any) -> None:
        kind, _, state = str(task.task_spec.name).partition(".")
        if kind == "state":
            self.state = state


def loaded(document: bytes, flow: Flow) -> Callable[[], Theirs]:
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_io(BytesIO(document))
    spec = parser.get_spec(process_id(flow))
    return lambda: Theirs(spec, flow)


@pytest.mark.parametrize("ref", REFS)
def test_another_tool_takes_every_walk_as_the_engine_does(ref: str) -> None:
    assert difference(flow_of(ref), loaded(exported(ref), flow_of(ref))) is None


def _arrow_is_missing(root: ET.Element, dice: random.Random) -> None:
    """A step that nobody can take any more: its arrow, its task and what is drawn of them are gone."""
    (process,) = root.iter(f"{BPMN}process")
    arrows = [one for one in process if one.attrib.get("targetRef", "").startswith("request.")]
    arrow = dice.choice(arrows)
    for one in [*process.iter(f"{BPMN}incoming"), *process.iter(f"{BPMN}outgoing")]:
        if one.text == arrow.get("id"):
            _take_out(process, one)
    process.remove(arrow)
    (edge,) = [one for one in root.iter(f"{DI}BPMNEdge") if one.get("bpmnElement") == arrow.get("id")]
    _take_out(root, edge)


def _take_out(root: ET.Element, what: ET.Element) -> None:
    for parent in root.iter():
        if what in list(parent):
            parent.remove(what)


def _arrow_leads_elsewhere(root: ET.Element, dice: random.Random) -> None:
    (process,) = root.iter(f"{BPMN}process")
    states = [one.attrib["id"] for one in process if one.attrib.get("id", "").startswith("state.")]
    arrow = dice.choice([one for one in process if one.attrib.get("sourceRef", "").startswith("step.")])
    arrow.set("targetRef", dice.choice([one for one in states if one != arrow.get("targetRef")]))


def _event_waits_for_another_request(root: ET.Element, dice: random.Random) -> None:
    task = dice.choice(list(root.iter(f"{BPMN}messageEventDefinition")))
    messages = [one.attrib["id"] for one in root.iter(f"{BPMN}message")]
    task.set("messageRef", dice.choice([one for one in messages if one != task.get("messageRef")]))


def _process_begins_elsewhere(root: ET.Element, dice: random.Random) -> None:
    (process,) = root.iter(f"{BPMN}process")
    (arrow,) = [one for one in process if one.get("sourceRef") == "begin"]
    states = [one.attrib["id"] for one in process if one.attrib.get("id", "").startswith("state.")]
    arrow.set("targetRef", dice.choice([one for one in states if one != arrow.get("targetRef")]))


def noticed(document: bytes, flow: Flow) -> bool:
    try:
        return difference(flow, loaded(document, flow)) is not None
    except RecursionError:  # it looks ahead for ever along a loop without a choice, which no sound flow has
        return True


FAULTS = (
    _arrow_is_missing, _arrow_leads_elsewhere, _event_waits_for_another_request, _process_begins_elsewhere,
)  # fmt: skip


@pytest.mark.parametrize("ref", REFS)
@pytest.mark.parametrize("plant", FAULTS)
def test_a_fault_in_the_document_is_noticed(
    ref: str, plant: Callable[[ET.Element, random.Random], None]
) -> None:
    root = ET.fromstring(exported(ref))
    plant(root, random.Random(ref))

    assert noticed(ET.tostring(root), flow_of(ref))


def test_a_document_that_is_no_bpmn_is_not_taken() -> None:
    broken = exported(REFS[0]).replace(b"<userTask", b"<usrTask").replace(b"</userTask", b"</usrTask")

    with pytest.raises(ValidationException, match="usrTask"):
        loaded(broken, flow_of(REFS[0]))


@pytest.mark.parametrize("ref", REFS)
def test_no_rule_of_bpmn_that_its_schema_cannot_state_is_broken(ref: str) -> None:
    (process,) = ET.fromstring(exported(ref)).iter(f"{BPMN}process")
    nodes = {one.attrib["id"]: one for one in process if one.tag not in (f"{BPMN}laneSet", f"{BPMN}sequenceFlow")
             and "id" in one.attrib}  # fmt: skip
    arrows = [one for one in process if one.tag == f"{BPMN}sequenceFlow"]
    coming = Counter(one.attrib["targetRef"] for one in arrows)
    going = Counter(one.attrib["sourceRef"] for one in arrows)

    assert set(coming) | set(going) == set(nodes)
    for id_, one in nodes.items():
        kind = one.tag.removeprefix(BPMN)
        assert (coming[id_] == 0) == (kind == "startEvent")
        assert (going[id_] == 0) == (kind == "endEvent")
        assert coming[id_] == len(one.findall(f"{BPMN}incoming"))
        assert going[id_] == len(one.findall(f"{BPMN}outgoing"))
        assert (going[id_] > 1) == (kind == "eventBasedGateway"), id_
    for arrow in arrows:
        if arrow.attrib["sourceRef"].startswith("choice."):
            assert coming[arrow.attrib["targetRef"]] == 1, (
                "what stands behind such a gateway is reached from it alone"
            )
            assert nodes[arrow.attrib["targetRef"]].tag == f"{BPMN}intermediateCatchEvent"


@pytest.mark.parametrize("ref", REFS)
def test_every_task_stands_in_the_lane_of_those_who_may_take_it(ref: str) -> None:
    flow = flow_of(ref)
    (process,) = ET.fromstring(exported(ref)).iter(f"{BPMN}process")
    lane = {
        node.text: one.attrib["name"]
        for one in process.iter(f"{BPMN}lane")
        for node in one.iter(f"{BPMN}flowNodeRef")
    }

    for task in process.iter(f"{BPMN}userTask"):
        _, trigger, *states = task.attrib["id"].split(".")
        assert task.get("name") == flow.transition[trigger].name
        assert bool(states) == flow.transition[trigger].stays
        assert set(states) <= set(flow.transition[trigger].source)
        assert all(flow.role[role].name in lane[task.get("id")] for role in flow.transition[trigger].by)
    for event in process.iter(f"{BPMN}intermediateCatchEvent"):
        _, trigger, state = event.attrib["id"].split(".")
        assert state in flow.transition[trigger].source
        if not flow.transition[trigger].by:
            assert lane[event.get("id")] == "期限届满, 依法自动发生"
    assert len(list(process.iter(f"{BPMN}flowNodeRef"))) == len(lane)


@pytest.mark.parametrize("ref", REFS)
def test_every_condition_is_told_with_its_articles_and_none_is_an_expression(ref: str) -> None:
    flow = flow_of(ref)
    root = ET.fromstring(exported(ref))

    for task in root.iter(f"{BPMN}userTask"):
        told = task.findtext(f"{BPMN}documentation", "")
        step_key = task.attrib["id"].split(".")[1]
        step = flow.transition[step_key]
        for guard in (flow.guard[name] for name in (*flow.always, *step.guards)):
            assert f"不予办理的情形: {guard.refusal}" in told
            assert all(article in told for article in guard.basis)
        for deadline in flow.deadline.values():
            ended, started = step_key in deadline.ends, step_key in deadline.starts
            assert (f"时限: {deadline.name}(" in told, f"起算: {deadline.name}(" in told) == (ended, started)
    code = {
        BPMN + name for name in ("conditionExpression", "script", "condition", "scriptTask", "serviceTask")
    }
    assert not [one.tag for one in root.iter() if one.tag in code]


@pytest.mark.parametrize("ref", REFS)
def test_everything_is_drawn_and_nothing_lies_on_another_node(ref: str) -> None:
    root = ET.fromstring(exported(ref))
    (process,) = root.iter(f"{BPMN}process")
    bounds = {
        shape.attrib["bpmnElement"]: {key: int(value) for key, value in box.attrib.items()}
        for shape in root.iter(f"{DI}BPMNShape")
        for box in shape.iter(f"{DC}Bounds")
    }
    edges = {edge.attrib["bpmnElement"] for edge in root.iter(f"{DI}BPMNEdge")}
    nodes = [
        one.attrib["id"]
        for one in process
        if one.find(f"{BPMN}incoming") is not None or one.get("id") == "begin"
    ]

    assert edges == {one.attrib["id"] for one in process.iter(f"{BPMN}sequenceFlow")}
    assert set(nodes) < set(bounds)
    spots = [(bounds[one]["x"] // 40, bounds[one]["y"] // 110) for one in nodes]
    assert len(set(spots)) == len(spots)
    pool = bounds["pool"]
    assert all(one["x"] + one["width"] <= pool["width"] for one in bounds.values())
    assert all(one["y"] + one["height"] <= pool["height"] for one in bounds.values())


def test_a_document_is_the_same_every_time() -> None:
    flow = flow_of(REFS[0])

    again = Flow.model_validate(flow.model_dump(by_alias=True))

    assert bpmn_of(again, "x") == bpmn_of(flow, "x")


@pytest.mark.parametrize("key", WORDS_OF_OTHERS)
def test_a_name_that_means_something_to_another_tool_is_a_name_like_any_other(key: str) -> None:
    flow = called(key)

    assert difference(flow, loaded(bpmn_of(flow, "x"), flow), random_walks=5) is None


def test_a_document_of_hostile_names_is_taken_by_another_tool() -> None:
    flow = hostile()

    document = bpmn_of(flow, "x")

    assert difference(flow, loaded(document, flow), random_walks=5) is None
    names = {one.attrib["name"] for one in ET.fromstring(document).iter(f"{BPMN}userTask")}
    assert all(name.startswith(SHOWN) for name in names)
