"""The shipped flows on an in-memory store, for scenarios."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from zhifa_flow.adapters.lawfiles.calendars import load_calendar
from zhifa_flow.adapters.lawfiles.clocks import load_clocks
from zhifa_flow.adapters.lawfiles.flows import FlowFolder
from zhifa_flow.adapters.lawfiles.powers import load_powers
from zhifa_flow.adapters.lawfiles.statutes import load_statutes
from zhifa_flow.adapters.lawfiles.tables import load_tables
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Flows, Now
from zhifa_flow.engine.situation import Law

FLOWS = Path(__file__).parents[2] / "flows"


@cache
def law() -> Law:
    """Calendar, tables, statutes and kinds of powers as shipped."""
    statutes = load_statutes(FLOWS / "statutes.json")
    tables, powers = load_tables(FLOWS, statutes), load_powers(FLOWS, statutes)
    return Law(load_calendar(FLOWS / "calendars"), tables, statutes, powers=powers)


@cache
def folder() -> FlowFolder:
    """The flows as shipped, read once for all tests."""
    tables, statutes = law().tables, law().statutes
    return FlowFolder(FLOWS, tables, statutes, load_clocks(FLOWS, tables, statutes))


def desk_maker(flows: Flows | None = None) -> Callable[[Now], Desk]:
    """Makes a desk on an empty store for a given time."""
    return lambda now: Desk(MemoryStore(), flows or folder(), law(), now)
