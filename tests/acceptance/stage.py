"""The shipped flows on an in-memory store, for scenarios; and the same flows with a fault planted in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from zhifa_flow.adapters.lawfiles.calendars import load_calendar
from zhifa_flow.adapters.lawfiles.clocks import load_clocks
from zhifa_flow.adapters.lawfiles.flows import FlowFolder
from zhifa_flow.adapters.lawfiles.statutes import load_statutes
from zhifa_flow.adapters.lawfiles.tables import load_tables
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Flows, Now
from zhifa_flow.engine.compiler import Compiled, compile_flow
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.flow import Flow

FLOWS = Path(__file__).parents[2] / "flows"


@cache
def law() -> Law:
    """Calendar, tables and statutes as shipped."""
    statutes = load_statutes(FLOWS / "statutes.json")
    return Law(load_calendar(FLOWS / "calendars"), load_tables(FLOWS, statutes), statutes)


@cache
def folder() -> FlowFolder:
    """The flows as shipped, read once for all tests."""
    tables, statutes = law().tables, law().statutes
    return FlowFolder(FLOWS, tables, statutes, load_clocks(FLOWS, tables, statutes))


@dataclass(frozen=True)
class Faulty:
    """The shipped flows, but for one that has been changed."""

    changed: Mapping[str, Compiled] = field(default_factory=dict)

    def in_force(self, flow: str, on: date) -> Compiled:
        compiled = folder().in_force(flow, on)
        return self.changed.get(compiled.flow.ref, compiled)

    def compiled(self, ref: str) -> Compiled:
        return self.changed.get(ref) or folder().compiled(ref)

    def refs(self) -> list[str]:
        return folder().refs()


def desk_maker(flows: Flows | None = None) -> Callable[[Now], Desk]:
    """Makes a desk on an empty store for a given time."""
    return lambda now: Desk(MemoryStore(), flows or folder(), law(), now)


def without_guard(ref: str, trigger: str, guard: str) -> Faulty:
    """The flows with one guard taken out of one step (or out of ``always``)."""
    flow = folder().compiled(ref).flow
    step = flow.transition[trigger]
    changed = step.model_copy(update={"guards": tuple(name for name in step.guards if name != guard)})
    always = tuple(name for name in flow.always if name != guard)
    mutant: Flow = flow.model_copy(
        update={"transition": {**flow.transition, trigger: changed}, "always": always},
    )
    return Faulty({ref: compile_flow(mutant)})
