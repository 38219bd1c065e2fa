"""The world: what the engine is told besides the case, and the case as it stands in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import standing
from zhifa_flow.engine.situation import Law, Situation
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case
from zhifa_flow.model.officer import Officer


@dataclass(frozen=True, slots=True)
class World:
    """What the engine is told besides the case: shared law, the agency, the people, the children, and today.

    ``flow_for`` gives the version of a flow in force on a day. ``entered_at`` is the moment of entry (UTC).
    ``hints`` says of a name that no register knows what may have been meant. ``others`` are the party's other cases,
    of any flow; needed only where ``Compiled.looks_elsewhere``. ``entrusting`` is the organ that the register names
    as ``Agency.entrusted_by``. Of a side duty ``parent`` is the main case and ``siblings`` are the others that
    it, and the case that it goes on from, opened.
    """

    law: Law
    agency: Agency
    officers: Mapping[str, Officer]
    children: Sequence[Case]
    today: date
    entered_at: datetime
    flow_for: Callable[[str, date], Compiled]
    hints: Mapping[str, str] = field(default_factory=dict)
    others: Sequence[Case] = ()
    entrusting: Agency | None = None
    parent: Case | None = None
    siblings: Sequence[Case] = ()


def situation_of(compiled: Compiled, case: Case, on: date, world: World) -> Situation:
    """The case as it stands on a day, with nothing handed in."""
    s = Situation(
        flow=compiled.flow, finder=compiled.find, law=world.law, case=case, agency=world.agency, on=on,
        officers=world.officers, children=world.children, others=world.others, papers=case.papers, acted=case.acted,
        hints=world.hints, entrusting=world.entrusting, parent=world.parent, siblings=world.siblings,
    )  # fmt: skip
    if changed := standing(s):
        s.case = replace(case, clocks={**case.clocks, **changed})
    return s
