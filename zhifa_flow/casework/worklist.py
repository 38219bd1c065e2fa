"""The worklist (待办): what waits for a post or a person, and which duties fall due when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhifa_flow.casework.flownames import usable
from zhifa_flow.casework.ports import CaseLine, ClockLine, Flows, Page, Store, Work
from zhifa_flow.engine.clock import days_overdue
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.errors import FileError, NotFound
from zhifa_flow.model.flow import Flow, Role
from zhifa_flow.model.officer import Officer

_Takes = Callable[[Role], bool]

#: What it means that the last day of a deadline has passed.
_PASSED: Final = {
    "overdue": "逾期",
    "lapse": "期满",
    "power_ends": "职权期满",
    "may_proceed": "期满可续办",
    "deemed": "期满, 依法发生后果",
}

#: A list of a province may hold millions: beyond this number it only matters that there are many.
MOST_COUNTED: Final = 10_000
_NOTICES_COME: Final = (9, 1)
#: The first day of the year before that a notice has ever moved.
_MAY_BE_MOVED: Final = (12, 29)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits, with the steps that the post or person may take from where it stands."""

    line: CaseLine
    flow_name: str
    state_name: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A running deadline: whose it is, and by how many days its last day has passed (calendar days).

    ``passed`` says what that means: a duty is overdue (逾期), a party's right has lapsed (期满) … While the deadline
    stands still (``line.paused``) no day of it passes, and none is left. ``waited_for``: only its end counts, nobody
    is asked to act before it.
    """

    line: ClockLine
    flow_name: str
    name: str
    owner: str
    passed: str
    days_overdue: int
    days_left: int
    waited_for: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """The first year whose notice is not entered, and how many running deadlines end on or after ``since``.

    That is the first day that the notice may arrange. ``more`` says that counting stopped at ``MOST_COUNTED``.
    ``doubt`` says what is assumed instead; ``of_nation`` that it is the nation's notice, and not that of the place alone.
    """

    year: int
    since: date
    count: int
    more: bool
    doubt: str
    of_nation: bool


def inbox_of_post(store: Store, flows: Flows, agency: str, post: str, page: Page) -> list[Waiting]:
    """The cases of an agency from which a step can be taken by a role that the post fills."""
    takes = _Desks(flows, lambda role: not role.superior and post in role.posts)
    with store.read() as work:
        return takes.waiting(work, agency, page)


def inbox_of_officer(store: Store, flows: Flows, officer: Officer, page: Page) -> list[Waiting]:
    """The cases from which a step can be taken by a role that the officer fills, also as the superior organ.

    Certificates and what the person did before in a case are judged when the step is asked for.
    """
    own = _Desks(flows, lambda role: not role.superior and _fills(officer, role))
    over = _Desks(flows, lambda role: role.superior and _fills(officer, role))
    with store.read() as work:
        below = [agency.id for agency in work.agencies() if agency.superior == officer.agency]
        found = own.waiting(work, officer.agency, page)
        for agency in below:
            found += over.waiting(work, agency, page)
    return found[: page.size]


def posts(flows: Flows) -> list[str]:
    """Every post that some flow names, in the order of the flows."""
    roles = (role for compiled in usable(flows) for role in compiled.flow.role.values())
    return list(dict.fromkeys(post for role in roles for post in role.posts))


def duties(
    store: Store, flows: Flows, today: date, page: Page, *, agency: str = "", until: date | None = None
) -> list[Duty]:
    """Running deadlines, the earliest last day first, so that what is overdue leads the list."""
    with store.read() as work:
        lines = work.due(page, agency=agency, until=until)
    return [_duty(flows, line, today) for line in lines]


def outlook(store: Store, law: Law, today: date, agency: Agency | None = None) -> Outlook | None:
    """Whether a notice for this year or a later one has to be entered, told months ahead; None where nothing waits.

    It is told while running deadlines reach into the year, and from September of the year before in any case: the
    notices come out in autumn. Without an agency it speaks of the nation's notices and of every deadline.
    """
    calendar = law.calendar_in(agency.region) if agency else law.calendar
    year = calendar.unpublished_from(today.year)
    if year is None:
        return None
    of_nation = not law.calendar.is_published(date(year, 1, 1))
    # The nation's notice may move the last days of the year before, too; what a place adds lies in its own year.
    since = date(year - 1, *_MAY_BE_MOVED) if of_nation else date(year, 1, 1)
    with store.read() as work:
        count = work.running_from(since, MOST_COUNTED + 1, agency=agency.id if agency else "")
    if not count and today < date(year - 1, *_NOTICES_COME):
        return None
    return Outlook(
        year, since, min(count, MOST_COUNTED), count > MOST_COUNTED, calendar.doubt(year), of_nation
    )


def flow_of(flows: Flows, ref: str) -> Flow | None:
    """The flow version that a case names, or None where its file is gone or wrong: lists show its keys then."""
    try:
        return flows.compiled(ref).flow
    except (FileError, NotFound):
        return None


def state_name(flow: Flow | None, state: str) -> str:
    """The name of a state; its key where the flow cannot be read."""
    return flow.state[state].name if flow and state in flow.state else state


def _fills(officer: Officer, role: Role) -> bool:
    if role.posts and not officer.posts & set(role.posts):
        return False
    return not (role.chief and not officer.chief) and not (role.head and not officer.head)


def _duty(flows: Flows, line: ClockLine, today: date) -> Duty:
    flow = flow_of(flows, line.case.flow)
    deadline = flow.deadline.get(line.deadline) if flow else None
    late = 0 if line.paused else days_overdue(line.due, today)
    return Duty(
        line=line, flow_name=flow.name if flow else line.case.flow, name=deadline.name if deadline else line.deadline,
        owner=deadline.owner if deadline else "", passed=_PASSED[deadline.expiry if deadline else "overdue"] if late else "",
        days_overdue=late, days_left=0 if line.paused else max(0, (line.due - today).days),
        waited_for=deadline.waited_for if deadline else False,
    )  # fmt: skip


class _Desks:
    """Where, in every flow version, somebody may take a step."""

    def __init__(self, flows: Flows, takes: _Takes) -> None:
        self._flows = {compiled.flow.ref: compiled.flow for compiled in usable(flows)}
        self._steps = {ref: _steps_by_state(flow, takes) for ref, flow in self._flows.items()}

    def waiting(self, work: Work, agency: str, page: Page) -> list[Waiting]:
        places: Mapping[str, Sequence[str]] = {
            ref: list(steps) for ref, steps in self._steps.items() if steps
        }
        lines = work.waiting(agency, places, page) if places else ()
        return [self._waiting(line) for line in lines]

    def _waiting(self, line: CaseLine) -> Waiting:
        flow = self._flows[line.flow]
        steps = tuple(flow.transition[step].name for step in self._steps[line.flow][line.state])
        return Waiting(line, flow.name, state_name(flow, line.state), steps)


def _steps_by_state(flow: Flow, takes: _Takes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, step in flow.transition.items():
        if any(takes(flow.role[role]) for role in step.by):
            for state in step.source:
                found.setdefault(state, []).append(key)
    return found
