"""Re-projection (重算期限): every open case that a new or corrected calendar concerns, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.people import People
from zhifa_flow.casework.ports import Page, Work
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.recounts import ClockSheet, Recounter
from zhifa_flow.engine.reprojection import reproject
from zhifa_flow.engine.world import World
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case, ClockState, RunningClock
from zhifa_flow.model.errors import CaseChanged, InputError, ZhifaError
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.period import Unit
from zhifa_flow.model.step import Step

#: So many cases are looked through in one reading; none of them is held while others are.
STRETCH: Final = 500
#: So often a case is tried again that somebody else moved at the same moment.
TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Recounted:
    """A case whose deadlines were counted anew: the case before, and the step with the deadlines after."""

    flow: Flow
    before: Case
    step: Step

    @property
    def changes(self) -> tuple[tuple[RunningClock, RunningClock], ...]:
        """Every deadline as it stood and as it stands."""
        return tuple((self.before.clocks[clock.deadline], clock) for clock in self.step.clocks)


@dataclass(frozen=True, slots=True)
class Passed:
    """A case that could not be counted anew, and why, in Chinese."""

    case: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many cases looked through: those that were counted anew, those that could not be."""

    looked: int
    recounted: tuple[Recounted, ...]
    passed: tuple[Passed, ...]


def recount(desk: Desk, officer: Officer, agency: Agency | None = None) -> Iterator[Stretch]:
    """Count the running deadlines anew by the calendars as they are now, in every open case that these concern.

    The cases are those of the officer's own agency and of the agencies right under it, or of the one given. What was
    done stays done: a run that died, or that met another one, is simply run again and finds what is left.

    A file of a calendar that is wrong stops the cases with a deadline that consults its year, and no others.

    Raises:
        InputError: the officer may not enter anything (for that agency).
        StoreError: the store cannot be read or written.
    """
    with desk.store.read() as work:
        homes = _homes(work.agencies(), officer, agency)
    if absent := officer.absence_on(desk.today):
        raise InputError([f"{officer.name}{absent}, 不能重新计算期限"])
    run = _Run(desk, officer)
    for home in homes:
        after = ""
        while True:
            with desk.store.read() as work:
                sheets = work.clock_sheets(home.id, Page(STRETCH, after))
            if sheets:
                yield run.through(sheets)
            if len(sheets) < STRETCH:
                break
            after = sheets[-1].case


def _homes(known: Sequence[Agency], officer: Officer, wanted: Agency | None) -> list[Agency]:
    own = [agency for agency in known if officer.agency in (agency.id, agency.superior)]
    if wanted is None:
        return own
    if wanted not in own:
        raise InputError([f"{officer.name}不是{wanted.name}或者其上级机关的人员, 不能重新计算其案件的期限"])
    return [wanted]


class _Run:
    """One run through the store; equal counts are remembered to its end."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._officer = desk, officer
        self._recounters: dict[tuple[str, Calendar], Recounter] = {}

    def through(self, sheets: Sequence[ClockSheet]) -> Stretch:
        """Look through some cases, and count those anew that it concerns."""
        kinds = list(dict.fromkeys((sheet.flow, sheet.region) for sheet in sheets))
        passed = [Passed(sheet.case, (sheet.problem,)) for sheet in sheets if sheet.problem]
        concerned: list[str] = []
        for flow, region in kinds:
            of_kind = [one for one in sheets if (one.flow, one.region, one.problem) == (flow, region, "")]
            try:
                hindered = self._hindered(region, of_kind)
                passed += hindered
                held_up = {one.case for one in hindered}
                concerned += self._concerned(
                    flow, region, [one for one in of_kind if one.case not in held_up]
                )
            except ZhifaError as error:
                # The file of this flow is wrong: other cases do not mind.
                passed += [Passed(sheet.case, tuple(error.problems)) for sheet in of_kind if sheet.running]
        found = [self._recounted(case) for case in sorted(concerned)]
        return Stretch(
            len(sheets),
            tuple(one for one in found if isinstance(one, Recounted)),
            (*passed, *(one for one in found if isinstance(one, Passed))),
        )

    def _hindered(self, region: str, sheets: Iterable[ClockSheet]) -> list[Passed]:
        calendar = self._desk.law.calendar_in(region)
        if not calendar.unread:
            return []
        told = ((sheet.case, _hindrances(calendar, sheet.clocks.values())) for sheet in sheets)
        return [Passed(case, problems) for case, problems in told if problems]

    def _concerned(self, flow: str, region: str, sheets: Iterable[ClockSheet]) -> list[str]:
        compiled, calendar = self._desk.flows.compiled(flow), self._desk.law.calendar_in(region)
        kind = (compiled.flow.ref, calendar)
        if kind not in self._recounters:
            self._recounters[kind] = Recounter(compiled.flow, calendar)
        return self._recounters[kind].to_recount(sheets)

    def _recounted(self, case: str, tries: int = TRIES) -> Recounted | Passed | None:
        try:
            return self._recorded(case)
        except CaseChanged as error:
            return self._recounted(case, tries - 1) if tries > 1 else Passed(case, error.problems)

    def _recorded(self, id_: str) -> Recounted | Passed | None:
        with self._desk.store.write() as work:
            try:
                case = work.case(id_)
                assert case is not None, "no case is ever taken out of the store"
                compiled = self._desk.flows.compiled(case.flow)
                advanced = reproject(compiled, case, self._officer.id, self._world(work, case))
            except ZhifaError as error:
                return Passed(id_, tuple(error.problems))
            except ValueError as error:  # a length that no program of ours has written
                return Passed(id_, (f"期限的记录有误: {error}",))
            if advanced is None:
                return None
            if problems := _hindrances(self._desk.law.calendar_in(case.region), advanced.step.clocks):
                return Passed(id_, problems)
            work.record(case, advanced)
        return Recounted(compiled.flow, case, advanced.step)

    def _world(self, work: Work, case: Case) -> World:
        home = work.agency(case.agency)
        assert home is not None, "a case is opened by an agency of the register, which keeps its agencies"
        return self._desk.world(work, home, People(work.officers([self._officer.id]), {}, {}))


def _hindrances(calendar: Calendar, clocks: Iterable[RunningClock]) -> tuple[str, ...]:
    """Why deadlines cannot be counted by files that are wrong: of working days every day matters, else the last ones."""
    counts = [
        clock
        for clock in clocks
        if clock.state is ClockState.RUNNING and not clock.paused and not clock.moment
    ]
    said = dict.fromkeys(
        text for clock in counts for text in calendar.unread_between(_first_consulted(clock), clock.due)
    )
    return (*said, "没有重新计算; 请先改正放假安排文件(zhifa flow check)") if said else ()


def _first_consulted(clock: RunningClock) -> date:
    of_workdays = any(Unit.WORKDAY.chinese in text for text in (clock.length, *clock.extensions))
    return clock.started if of_workdays and not clock.moved else min(clock.safe, clock.due)
