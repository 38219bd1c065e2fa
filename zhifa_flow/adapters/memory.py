"""The store in memory, for scenarios and tests: the same port, gone with the process."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from zhifa_flow.casework.ports import CaseLine, ClockLine, Page
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.opening import Opened
from zhifa_flow.engine.recounts import ClockSheet
from zhifa_flow.engine.register import Link, registered
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case, ClockState, RunningClock
from zhifa_flow.model.errors import CaseChanged, InputError
from zhifa_flow.model.hindrance import hindrance
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.publication import Publication
from zhifa_flow.model.register import Entered, Register, Registration
from zhifa_flow.model.step import Step

E = TypeVar("E", Agency, Officer, Matter)


@dataclass(slots=True)
class _Tables:
    agencies: dict[str, Agency] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    steps: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    registrations: dict[Register, tuple[Registration, ...]] = field(default_factory=dict)

    def copy(self) -> _Tables:
        return _Tables(
            dict(self.agencies), dict(self.officers), dict(self.matters), dict(self.cases), dict(self.steps), dict(self.numbers),
            dict(self.registrations),
        )  # fmt: skip


class MemoryWork:
    """The port ``Work`` on tables that take the place of the store's when the transaction ends well."""

    def __init__(self, tables: _Tables) -> None:
        self._agencies, self._officers = tables.agencies, tables.officers
        self._matters = tables.matters
        self._cases, self._steps, self._numbers = tables.cases, tables.steps, tables.numbers
        self._registrations: dict[Register, tuple[Registration, ...]] = tables.registrations

    def agency(self, id_: str) -> Agency | None:
        """The agency of that id."""
        return self._agencies.get(id_)

    def agencies(self) -> Sequence[Agency]:
        """Every agency, by id."""
        return [self._agencies[id_] for id_ in sorted(self._agencies)]

    def put_agency(self, agency: Agency, entered: Entered) -> bool:
        """Enter an agency, or what has become of it; answers whether that was anything new."""
        return self._put(Register.AGENCY, self._agencies, agency, entered)

    def officers(self, ids: Iterable[str]) -> Mapping[str, Officer]:
        """Those of the ids that the register knows."""
        return {id_: self._officers[id_] for id_ in ids if id_ in self._officers}

    def officers_named(self, agency: str, names: Iterable[str]) -> Sequence[Officer]:
        """The officers of an agency who bear one of the names, by id."""
        wanted = set(names)
        return [officer for officer in self.officers_of(agency) if officer.name in wanted]

    def officers_of(self, agency: str) -> Sequence[Officer]:
        """The officers of an agency, by id."""
        return [one for _, one in sorted(self._officers.items()) if one.agency == agency]

    def put_officer(self, officer: Officer, entered: Entered) -> bool:
        """Enter an officer, or what has become of one; answers whether that was anything new."""
        return self._put(Register.OFFICER, self._officers, officer, entered)

    def matters_of(self, agency: str) -> Sequence[Matter]:
        """The matters that were ever on the list of an agency, by id."""
        return [one for _, one in sorted(self._matters.items()) if one.agency == agency]

    def put_matter(self, matter: Matter, entered: Entered) -> bool:
        """Enter a matter, or what has become of one; like ``put_agency``."""
        return self._put(Register.MATTER, self._matters, matter, entered)

    def _put(self, register: Register, known: dict[str, E], one: E, entered: Entered) -> bool:
        if known.get(one.id) == one:
            return False
        self._add(register, one.id, one.to_raw(), entered)
        known[one.id] = one
        return True

    def put_publication(self, publication: Publication, entered: Entered) -> bool:
        """Enter that a version of a flow was published; answers whether that was anything new."""
        content = publication.model_dump(mode="json")
        if any(made.content == content for made in self.registrations(Register.FLOW, publication.ref)):
            return False
        self._add(Register.FLOW, publication.ref, content, entered)
        return True

    def _add(self, register: Register, id_: str, content: Mapping[str, object], entered: Entered) -> None:
        before: tuple[Registration, ...] = self._registrations.get(register, ())
        last = Link(before[-1].number, before[-1].digest) if before else Link()
        self._registrations[register] = (*before, registered(last, register, id_, content, entered))

    def registrations(self, register: Register, id_: str = "") -> Sequence[Registration]:
        """The history of a register from its beginning, of everybody or of one id."""
        return [made for made in self._registrations.get(register, ()) if id_ in ("", made.id)]

    def case(self, id_: str) -> Case | None:
        """The case as it stands."""
        return self._cases.get(id_)

    def children(self, parent: str) -> Sequence[Case]:
        """The child cases of a case, in the order in which they were opened."""
        return [case for case in self._cases.values() if case.parent == parent]

    def cases_of(self, party_key: str) -> Sequence[Case]:
        """Every case of the party that bears the key, of every agency, in the order of their opening."""
        return [case for case in self._cases.values() if case.party and case.party.key == party_key]

    def number(self, series: str) -> int:
        """The next number of a series, starting at 1; a transaction that is undone gives it back."""
        self._numbers[series] = self._numbers.get(series, 0) + 1
        return self._numbers[series]

    def series(self) -> Mapping[str, int]:
        """The last number given in every series."""
        return dict(sorted(self._numbers.items()))

    def add(self, opened: Opened) -> None:
        """Put a new case on file with its first step. Raises CaseChanged if the id is taken."""
        if opened.case.id in self._cases:
            raise CaseChanged(opened.case.id)
        self._file(opened.case, opened.step)

    def record(self, before: Case, advanced: Advanced) -> None:
        """Append the step, put the case as it stands after it, add the children it opened.

        Raises:
            CaseChanged: the case is no longer at the revision of ``before``.
        """
        now = self._cases.get(before.id)
        if now is None or now.revision != before.revision:
            raise CaseChanged(before.id)
        self._file(advanced.case, advanced.step)
        for child in advanced.children:
            self.add(child)

    def _file(self, case: Case, step: Step) -> None:
        if step.entered_at.utcoffset() is None:
            raise ValueError(f"录入时刻{step.entered_at}没有时区")
        self._cases[case.id] = case
        self._steps[case.id] = (*self._steps.get(case.id, ()), step)

    def steps(self, case: str) -> Sequence[Step]:
        """Every step of a case with its documents, from its opening on."""
        return self._steps.get(case, ())

    def case_ids(self, after: str = "") -> Iterator[str]:
        """The id of every case in the store, in order, from the one after ``after`` on."""
        return iter(sorted(id_ for id_ in self._cases if id_ > after))

    def cases(
        self, page: Page, *, agency: str = "", text: str = "", flow: str = "", ended: bool | None = None
    ) -> Sequence[CaseLine]:
        """Cases by id; ``text`` looks in id and title; ``flow`` is an id without date."""
        found = (
            case
            for case in self._cases.values()
            if (not agency or case.agency == agency)
            and (not flow or case.flow.partition("@")[0] == flow)
            and (ended is None or case.ended is ended)
            and any(text.lower() in said.lower() for said in (case.id, case.title))
        )
        return _page(found, page)

    def waiting(self, agency: str, places: Mapping[str, Sequence[str]], page: Page) -> Sequence[CaseLine]:
        """Open cases of an agency that stand in one of the states given for their flow version, by id."""
        here = (case for case in self._cases.values() if case.agency == agency and not case.ended)
        return _page((case for case in here if case.state in places.get(case.flow, ())), page)

    def due(self, page: Page, *, agency: str = "", until: date | None = None) -> Sequence[ClockLine]:
        """Running deadlines, the earliest first."""
        found = [
            _clock_line(case, clock)
            for case in self._cases.values()
            for clock in case.clocks.values()
            if clock.state is ClockState.RUNNING
            and agency in ("", case.agency)
            and (not until or clock.awaited <= until)
        ]
        after = (line for line in sorted(found, key=lambda line: line.key) if line.key > page.after)
        return list(after)[: max(page.size, 0)]

    def running_from(self, day: date, most: int, *, agency: str = "") -> int:
        """How many running deadlines end on a day or later, counted no further than ``most``."""
        lines = self.due(Page(most, day.isoformat()), agency=agency)
        return sum(1 for line in lines if line.paused is None)

    def clock_sheets(self, agency: str, page: Page) -> Sequence[ClockSheet]:
        """The open cases of an agency by id, each with its deadlines and no more of it than these rest on."""
        here = (case for _, case in sorted(self._cases.items()) if case.agency == agency and not case.ended)
        sheets = [
            ClockSheet(case.id, case.flow, case.region, case.flags, case.clocks)
            for case in here
            if case.id > page.after
        ]
        return sheets[: max(page.size, 0)]

    def case_faults(self, case: Case) -> Iterator[str]:  # noqa: ARG002 - the port
        """Nothing: a case is found by looking at all of them."""
        return iter(())

    def faults(self) -> Iterator[str]:
        """Nothing: what belongs to a case is kept with it."""
        return iter(())


class MemoryStore:
    """The port ``Store`` in memory: one transaction at a time."""

    def __init__(self) -> None:
        self._tables = _Tables()
        self._turn = threading.RLock()
        self._attachments: dict[str, Path] = {}

    @contextmanager
    def write(self) -> Iterator[MemoryWork]:
        """A transaction that is committed when its block ends well, and undone when it does not."""
        with self._turn:
            tables = self._tables.copy()
            yield MemoryWork(tables)
            self._tables = tables

    @contextmanager
    def read(self) -> Iterator[MemoryWork]:
        """A transaction that only looks: what is written in it is lost."""
        with self._turn:
            yield MemoryWork(self._tables.copy())

    def fork(self) -> MemoryStore:
        """A store that holds the same now, and knows nothing of what is written in this one from now on."""
        other = MemoryStore()
        other._tables = self._tables  # a transaction puts other tables in their place, it never changes them
        other._attachments = dict(self._attachments)
        return other

    def same_as(self, other: MemoryStore) -> bool:
        """Whether both hold the same cases, steps and registers."""
        return self._tables == other._tables

    def keep(self, path: Path) -> str:
        """Remember where a file lies; answers its SHA-256. Raises InputError if it cannot be read or is empty."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError([f"附件“{path.name}”不能读取({hindrance(error)})"]) from None
        if not content:
            raise InputError([f"附件“{path.name}”是空文件; 请检查文件后重新提交"])
        digest = hashlib.sha256(content).hexdigest()
        self._attachments[digest] = path
        return digest

    def attachment(self, digest: str) -> Path | None:
        """Where an attachment lies; None if the store has none of that hash."""
        return self._attachments.get(digest)

    def attachments(self) -> Iterator[str]:
        """The SHA-256 of every attachment."""
        return iter(tuple(self._attachments))

    def attachment_problem(self, digest: str) -> str | None:
        """What is wrong with an attachment as it lies there; None if its content bears its hash."""
        path = self.attachment(digest)
        if path is None or not path.is_file():
            return f"附件{digest[:12]}不在附件文件夹中"
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        return None if found == digest else f"附件{digest[:12]}的内容与摘要不符"


def _line(case: Case) -> CaseLine:
    days = case.opened_on, case.entered_state_on
    return CaseLine(case.id, case.title, case.flow, case.state, case.ended, *days, case.parent, case.matter)


def _clock_line(case: Case, clock: RunningClock) -> ClockLine:
    key = f"{clock.awaited.isoformat()} {case.id} {clock.deadline}"
    days = clock.due, clock.safe, clock.provisional
    return ClockLine(_line(case), clock.deadline, *days, key, clock.paused)


def _page(found: Iterable[Case], page: Page) -> list[CaseLine]:
    after = sorted((_line(case) for case in found if case.id > page.after), key=lambda line: line.id)
    return after[: max(page.size, 0)]
