"""May this step be taken, and if so what does it make of the case? Every reason against it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from zhifa_flow.engine.attempt import Attempted, attempted
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import extension_refusals
from zhifa_flow.engine.grounds import date_refusals
from zhifa_flow.engine.localities import applicable
from zhifa_flow.engine.obstacles import (
    acting_refusals,
    deemed_refusals,
    document_refusals,
    flag_and_child_refusals,
    repeated_refusals,
    state_refusals,
    text_refusals,
)
from zhifa_flow.engine.taking import Advanced, taken
from zhifa_flow.engine.validity import entry_refusals, validity_refusals
from zhifa_flow.engine.world import World
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import NotFound, Refused
from zhifa_flow.model.step import Refusal, Request

__all__ = ["Advanced", "advance"]


def advance(compiled: Compiled, case: Case, request: Request, world: World) -> Advanced:
    """Take the step that is asked for.

    Raises:
        NotFound: the flow has no such step (with close names).
        CalendarRangeError: the day lies beyond every calendar.
        Refused: with every unmet condition.
    """
    flow = compiled.flow
    world.law.calendar.ordinal(request.on)
    transition = flow.transition.get(request.trigger)
    if transition is None:
        names = [*flow.transition, *(one.name for one in flow.transition.values())]
        raise NotFound("环节", request.trigger, names)
    if no_ones := deemed_refusals(flow, request.trigger):
        raise Refused(transition.name, no_ones)
    tried = attempted(compiled, case, request, world)
    refusals = [
        *text_refusals(compiled, case),
        *validity_refusals(flow, case, request.on, world),
        *entry_refusals(flow, flow.role[tried.role], request, world),
        *state_refusals(flow, case, transition),
        *flag_and_child_refusals(flow, case, request.trigger, world.children, request.on, world.siblings),
        *date_refusals(
            tried.situation,
            request,
            transition,
            tried.papers,
            compiled.reads(request.trigger),
            world.entered_at,
        ),
        *acting_refusals(tried.situation, flow.role[tried.role], request, tried.named, world.today),
        *document_refusals(flow, transition, tried.reading),
        *repeated_refusals(flow, case, tried.papers),
        *extension_refusals(tried.situation, transition),
    ]
    # What a document would say that was not handed in, or cannot be read, is nobody's to judge yet.
    unread = tuple(
        tried.reading.faulty | {kind for kind in transition.documents if kind not in tried.reading.fields}
    )
    if case.state in transition.source and not unread:
        attempt = compiled.fire(request.trigger, case.state, tried.situation)
        guard_refusals, target = attempt.refusals, attempt.state
    else:
        guard_refusals = compiled.refusals(request.trigger, tried.situation, without=unread)
        target = case.state
    hidden = _hidden_refusals(compiled, tried, request.trigger, unread)
    guard_refusals += [one for one in hidden if one not in guard_refusals]
    if refusals or guard_refusals:
        local = [replace(one, basis=applicable(tried.situation, one.basis)) for one in refusals]
        raise Refused(transition.name, [*local, *guard_refusals])
    return taken(compiled, case, request, tried, target, world)


def _hidden_refusals(
    compiled: Compiled, tried: Attempted, trigger: str, unread: Sequence[str]
) -> list[Refusal]:
    """What stands against those copies of one kind that the last of them would hide from the guards."""
    refusals: list[Refusal] = []
    s = tried.situation
    for kind, number in Counter(paper.kind for paper in tried.papers).items():
        earlier, new = s.papers[kind][:-number], s.papers[kind][-number:]
        for last in range(1, number):
            turned = (*earlier, *new[last:], *new[:last])
            looked = replace(s, papers={**s.papers, kind: turned}, _found={})
            refusals += compiled.refusals(trigger, looked, without=unread, reading=kind)
    return refusals
