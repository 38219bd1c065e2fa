"""The sweep (期满处理): record in every case what the law has brought about through periods that ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import ClockLine, Page
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.model.errors import ZhifaError

#: So many running deadlines are read in one transaction.
STRETCH = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """A case that was looked at: what came about in it, or why it could not be looked at (in Chinese)."""

    case: str
    events: tuple[Advanced, ...] = ()
    problems: tuple[str, ...] = ()


def sweep(desk: Desk, agency: str = "") -> Iterator[Swept]:
    """Settle every case in which a period with an event behind it has ended, each in a transaction of its own.

    What was settled when somebody looked at the case is found settled, and a sweep that died is simply run again.
    A case whose flow cannot be read is named, and stops no other.
    """
    yesterday, after, seen = desk.today - timedelta(days=1), "", ""
    while True:
        with desk.store.read() as work:
            lines = work.due(Page(STRETCH, after), agency=agency, until=yesterday)
        for line in lines:
            # The same case may stand in the list with several deadlines; it is settled whole at the first of them.
            if line.case.id != seen and (swept := _swept(desk, line)):
                seen = line.case.id
                yield swept
        if len(lines) < STRETCH:
            return
        after = lines[-1].key


def _swept(desk: Desk, line: ClockLine) -> Swept | None:
    try:
        if line.deadline not in desk.flows.compiled(line.case.flow).deemed:
            return None
        events = desk.settle(line.case.id)
    except ZhifaError as error:
        return Swept(line.case.id, problems=tuple(error.problems))
    return Swept(line.case.id, events) if events else None
