"""What the law brings about by itself when a period ends (视为受理, 自动解除, 准予延续): nobody's act, nobody's discretion.

Computed whenever the case is looked at and by the sweep of all cases, from what is on file alone: whichever comes
first and however often, the same event happens on the same day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from zhifa_flow.engine.attempt import attempted
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.obstacles import text_refusals
from zhifa_flow.engine.taking import Advanced, taken
from zhifa_flow.engine.world import World, situation_of
from zhifa_flow.model.case import Case, ClockState
from zhifa_flow.model.step import Request

#: No correction of a calendar has brought a last day forward by more.
CORRECTED = timedelta(days=31)


def deemed(compiled: Compiled, case: Case, on: date, world: World) -> Advanced | None:
    """The earliest event that has come about by a day through the end of a period; None if there is none.

    The step is dated the day after the last day of the period, an hour clock's the day of its last hour. The guards
    of the step are asked as of that day; where one refuses, the event does not come about. Nothing comes about under
    another text of the flow than that which the case was opened under.
    """
    if text_refusals(compiled, case):
        return None
    for day, trigger in sorted(_ended(compiled, case, on, world)):
        request = Request(trigger, day, by=(), recorder="")
        tried = attempted(compiled, case, request, world)
        if not compiled.refusals(trigger, tried.situation):
            target = compiled.flow.target_of(trigger, case.state)
            return taken(compiled, case, request, tried, target, world)
    return None


def settled(compiled: Compiled, case: Case, on: date, world: World) -> tuple[Advanced, ...]:
    """Every event that has come about by a day, one after the other."""
    events: list[Advanced] = []
    while event := deemed(compiled, case, on, world):
        events.append(event)
        case = event.case
        # What an event opens is there for the next one.
        world = replace(world, children=(*world.children, *(one.case for one in event.children)))
    return tuple(events)


def may_have_ended(compiled: Compiled, case: Case, on: date) -> bool:
    """Whether a period with an event behind it lies before the day: a cheap question, asked at every look."""
    clocks = (case.clocks.get(name) for name in compiled.deemed)
    near = on + CORRECTED
    return any(clock and clock.state is ClockState.RUNNING and clock.due <= near for clock in clocks)


def _ended(compiled: Compiled, case: Case, on: date, world: World) -> Iterator[tuple[date, str]]:
    # By the calendar as it is now, so that a recount before or after makes no difference.
    clocks = situation_of(compiled, case, on, world).case.clocks
    for name in compiled.deemed:
        clock, then = clocks.get(name), compiled.flow.deadline[name].then
        if not clock or not then or clock.state is not ClockState.RUNNING or clock.paused:
            continue
        if case.state not in compiled.flow.transition[then].source:
            continue
        if clock.moment:
            if clock.due < on or datetime.fromisoformat(clock.moment) < world.entered_at:
                yield clock.due, then
        elif clock.due < on:
            yield clock.due + timedelta(days=1), then
