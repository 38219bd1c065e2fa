"""The process: a flow as nodes and arrows of BPMN, before anybody writes them down or places them on a page.

A case that stands in a state waits for one of several acts, and which one comes is nobody's decision inside the
process: that is an event-based gateway. The state before it is an event without trigger (a milestone). Behind it stand
the requests to act, each with the task of those who asked, or, where nobody acts, an event that the law brings about.
So no arrow needs a condition in some language of expressions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from zhifa_flow.adapters.interchange.asked import who
from zhifa_flow.model.flow import Flow, Transition

Kind = Literal[
    "startEvent", "intermediateThrowEvent", "endEvent", "eventBasedGateway", "intermediateCatchEvent", "userTask"
]  # fmt: skip

#: The lane of the states, and that of what happens without anybody's act.
CASE: Final = "lane.case"
LAW: Final = "lane.law"
BEGIN: Final = "begin"


@dataclass(frozen=True, slots=True)
class Node:
    """A node: where it stands (``state``), who answers for it (``lane``), and the trigger that it belongs to."""

    id: str
    kind: Kind
    name: str
    lane: str
    state: str
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A sequence flow."""

    id: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Process:
    """Nodes, arrows, and the lanes by id with their names."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    lanes: dict[str, str]


def process_of(flow: Flow) -> Process:
    """The flow as a process with one token: the case."""
    nodes = {BEGIN: Node(BEGIN, "startEvent", "登记", CASE, flow.initial)}
    for node in (node for key in flow.state for node in _nodes(flow, key)):
        nodes.setdefault(node.id, node)
    ways = [(BEGIN, at(flow.initial)), *(way for key in flow.state for way in _ways(flow, key))]
    arrows = [Arrow(f"arrow.{number}", *way) for number, way in enumerate(dict.fromkeys(ways), start=1)]
    lanes = {CASE: "案件所处的状态"}
    lanes |= {lane_of(step): who(flow, step) for step in flow.transition.values()}
    return Process(tuple(nodes.values()), tuple(arrows), lanes)


def at(state: str) -> str:
    """The id of the node that a state is."""
    return f"state.{state}"


def lane_of(step: Transition) -> str:
    """The id of the lane of those who may take the step."""
    return f"lane.by.{'.'.join(step.by)}" if step.by else LAW


def _gateway(flow: Flow, state: str) -> str:
    """The id of the node from which the ways out of a state part; a gateway has at least two of them."""
    return f"choice.{state}" if len(flow.triggers_from(state)) > 1 else at(state)


def _request(trigger: str, state: str) -> str:
    """The id of the event that a step out of a state waits for; behind a gateway it is reached from there alone."""
    return f"request.{trigger}.{state}"


def _task(flow: Flow, trigger: str, state: str) -> str:
    """The id of the task that a step is: one for all states that it leaves, unless it leads back to where it came from."""
    return f"step.{trigger}.{state}" if flow.transition[trigger].stays else f"step.{trigger}"


def _nodes(flow: Flow, key: str) -> Iterator[Node]:
    state = flow.state[key]
    yield Node(at(key), "endEvent" if state.end else "intermediateThrowEvent", state.name, CASE, key)
    triggers = flow.triggers_from(key)
    if len(triggers) > 1:
        yield Node(_gateway(flow, key), "eventBasedGateway", "", CASE, key)
    for trigger in triggers:
        step = flow.transition[trigger]
        asked, task = _request(trigger, key), _task(flow, trigger, key)
        yield Node(asked, "intermediateCatchEvent", step.name, lane_of(step), key, trigger)
        if step.by:
            yield Node(task, "userTask", step.name, lane_of(step), key, trigger)


def _ways(flow: Flow, key: str) -> Iterator[tuple[str, str]]:
    triggers = flow.triggers_from(key)
    if len(triggers) > 1:
        yield at(key), _gateway(flow, key)
    for trigger in triggers:
        asked, task, target = (
            _request(trigger, key),
            _task(flow, trigger, key),
            at(flow.target_of(trigger, key)),
        )
        yield _gateway(flow, key), asked
        yield from ((asked, task), (task, target)) if flow.transition[trigger].by else ((asked, target),)
