"""The ledgers of a case: every deadline with what made its last day, or those that are asked for."""

from __future__ import annotations

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.kin import Kin
from zhifa_flow.casework.people import People
from zhifa_flow.engine.ledger import ledger
from zhifa_flow.engine.world import situation_of
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import InputError, NotFound
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.ledger import Ledger


def ledgers(desk: Desk, case_id: str, deadline: str = "") -> tuple[Case, Flow, list[Ledger]]:
    """The ledgers of a case as of today, the earliest last day first; of one deadline (key or name) if it is given.

    Raises:
        NotFound: no such case or deadline (with close names).
        InputError: the deadline has not started in the case.
    """
    case, compiled, steps = desk.history(case_id)
    flow = compiled.flow
    names = deadline_keys(flow, deadline) if deadline else list(flow.deadline)
    started = [name for name in names if name in case.clocks]
    if deadline and not started:
        raise InputError([f"“{flow.deadline[names[0]].name}”在本案还没有起算"])
    with desk.store.read() as work:
        home = work.agency(case.agency)
        assert home is not None, "a case is opened by an agency of the register, which keeps its agencies"
        world = desk.world(work, home, People({}, {}, {}), Kin.of(work, compiled, case))
    s = situation_of(compiled, case, desk.today, world)
    found = [ledger(s, steps, name) for name in started]
    return case, flow, sorted(found, key=lambda one: one.due)


def deadline_keys(flow: Flow, name: str) -> list[str]:
    """The keys of the deadlines that bear a name, or the key itself.

    Raises:
        NotFound: no deadline bears the name (with close names).
    """
    typed = name.strip()
    found = [key for key, one in flow.deadline.items() if typed in (key, one.name)]
    if not found:
        raise NotFound("期限", name, [*flow.deadline, *(one.name for one in flow.deadline.values())])
    return found
