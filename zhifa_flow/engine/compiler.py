"""From a flow to a machine that asks every guard: the only module that knows ``transitions``.

One shared machine per flow version, no model attached to it: a throw-away ``Attempt`` is triggered, every guard
writes its refusal on it, and nothing else happens in callbacks. Nothing from a file is ever imported or evaluated.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import transitions

from zhifa_flow.engine import checks, findings
from zhifa_flow.engine.bindings import Bound, bind_finding, bind_guard
from zhifa_flow.engine.calendar import CalendarRangeError
from zhifa_flow.engine.digest import flow_digest
from zhifa_flow.engine.localities import applicable, foreign
from zhifa_flow.engine.registry import Found
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.step import Refusal

# One line per callback at INFO costs as much as the step itself.
logging.getLogger("transitions").setLevel(logging.WARNING)

__all__ = ["Attempt", "Compiled", "compile_flow"]

#: Imported for what they register.
REGISTERED = (*checks.MODULES, *findings.MODULES)


@dataclass(slots=True)
class Attempt:
    """What is triggered: a state, the situation, and the refusals that the guards wrote down."""

    state: str
    situation: Situation
    trigger: str
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A flow ready to run: its machine, its guards and findings bound to their arguments.

    ``digest`` is that of the flow as it was read; ``tables`` are the dated tables that it judges by; ``deemed``
    the deadlines whose end brings something about.
    """

    flow: Flow
    machine: transitions.Machine
    guards: Mapping[str, tuple[Bound, ...]]
    findings: Mapping[str, Bound]
    digest: str
    tables: tuple[str, ...]
    deemed: tuple[str, ...] = ()

    def reads(self, trigger: str) -> frozenset[str]:
        """The kinds of document that the guards of a step look at."""
        return frozenset(kind for bound in self.guards[trigger] for kind in bound.documents)

    def looks_elsewhere(self, trigger: str) -> bool:
        """Whether a guard of the step, or what decides on a side duty that it opens, looks at other cases of the party."""
        opens = (self.flow.child[rule].when for rule in self.flow.transition[trigger].opens)
        asked = (*self.guards[trigger], *(self.findings[when] for when in opens if when))
        return any(bound.elsewhere for bound in asked)

    def find(self, name: str, situation: Situation) -> Found:
        """Compute a finding; its own articles are added to those of the row that decided."""
        bound = self.findings[name]
        try:
            found: Found = bound.call(situation)  # type: ignore[assignment]
        except CalendarRangeError as error:  # a date that somebody wrote lies beyond every calendar
            found = Found(None, f"{error}, 无法认定")
        basis = tuple(dict.fromkeys((*found.basis, *self.flow.finding[name].basis)))
        return Found(found.value, found.reason, found.row, basis)

    def refusals(
        self, trigger: str, situation: Situation, *, without: Sequence[str] = (), reading: str | None = None
    ) -> list[Refusal]:
        """Every guard of the step that refuses; those that read a document of ``without`` are not asked.

        With ``reading`` only those are asked that read the content of this kind of document.
        """
        asked = (
            bound
            for bound in self.guards[trigger]
            if not bound.documents & set(without) and (reading is None or reading in bound.fields)
        )
        return [refusal for bound in asked if (refusal := self._refusal(bound, situation))]

    def _refusal(self, bound: Bound, situation: Situation) -> Refusal | None:
        try:
            answer = bound.call(situation)
        except CalendarRangeError as error:
            answer = str(error)
        if answer is None:
            return None
        guard = self.flow.guard[bound.name]
        if not guard.gap and foreign(situation, guard.basis):
            return None
        decided = (situation.found(name).basis for name in bound.findings)
        basis = tuple(dict.fromkeys((*guard.basis, *(article for found in decided for article in found))))
        return Refusal(
            bound.name, guard.refusal, str(answer), applicable(situation, basis), guard.gap, guard.cure
        )

    def fire(self, trigger: str, state: str, situation: Situation) -> Attempt:
        """Let the machine decide; the attempt carries the new state, or the refusals and the old one."""
        attempt = Attempt(state=state, situation=situation, trigger=trigger)
        self.machine.events[trigger].trigger(attempt)
        return attempt


def _deemed(flow: Flow) -> tuple[str, ...]:
    return tuple(name for name, deadline in flow.deadline.items() if deadline.then)


def _tables(flow: Flow, guards: Mapping[str, Sequence[Bound]], found: Mapping[str, Bound]) -> tuple[str, ...]:
    asked = [*(bound for bounds in guards.values() for bound in bounds), *found.values()]
    named = {table for bound in asked for table in bound.tables}
    for deadline in flow.deadline.values():
        extension = deadline.extension and deadline.extension.table
        named |= {table for table in (deadline.table, deadline.pause_table, extension) if table}
    return tuple(sorted(named))


def compile_flow(flow: Flow) -> Compiled:
    """Build the machine of a flow that the flow checker has accepted."""
    machine = transitions.Machine(
        model=None, name=flow.ref, states=list(flow.state), initial=flow.initial,
        auto_transitions=False, send_event=True, queued=False,
    )  # fmt: skip
    guards = {
        key: tuple(bind_guard(flow, name) for name in dict.fromkeys((*flow.always, *step.guards)))
        for key, step in flow.transition.items()
    }
    found = {name: bind_finding(flow, name) for name in flow.finding}
    compiled = Compiled(
        flow, machine, guards, found, flow_digest(flow), _tables(flow, guards, found), _deemed(flow)
    )

    def nothing_refuses(event: transitions.EventData) -> bool:
        attempt = cast("Attempt", event.model)
        attempt.refusals += compiled.refusals(attempt.trigger, attempt.situation)
        return not attempt.refusals

    for key, step in flow.transition.items():
        target: Any = "=" if step.stays else step.target
        machine.add_transition(key, list(step.source), target, conditions=nothing_refuses)
    return compiled
