"""One transaction on the database: what is read and written in it, a statement or two for each question."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Never

from zhifa_flow.adapters.storage import lists, registers, soundness
from zhifa_flow.adapters.storage import statements as sql
from zhifa_flow.adapters.storage.filedcases import filed_case
from zhifa_flow.adapters.storage.records import (
    agency_of,
    case_of,
    case_values,
    clock_values,
    document_values,
    matter_of,
    officer_of,
    paper_of,
    standing_values,
    step_of,
    step_values,
    stopped_clocks,
)
from zhifa_flow.casework.ports import CaseLine, ClockLine, Page
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.opening import Opened
from zhifa_flow.engine.recounts import ClockSheet
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.errors import CaseChanged
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.publication import Publication
from zhifa_flow.model.register import Entered, Register, Registration
from zhifa_flow.model.step import Step

#: So many names at most in one statement: SQLite knows a limit.
MOST_AT_ONCE = 500


class SqlWork:
    """The port ``Work`` on a connection whose transaction somebody else begins and ends."""

    __slots__ = ("_run", "_run_many")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run: Callable[..., Any] = connection.execute
        self._run_many: Callable[..., Any] = connection.executemany

    def end(self) -> None:
        """Let go of the connection: it goes on to serve others."""
        self._run = self._run_many = _over

    # registers -----------------------------------------------------------------------------------------

    def agency(self, id_: str) -> Agency | None:
        """The agency of that id."""
        row = self._run(sql.AGENCY_BY_ID, (id_,)).fetchone()
        return agency_of(row[0]) if row else None

    def agencies(self) -> Sequence[Agency]:
        """Every agency, by id."""
        return [agency_of(text) for (text,) in self._run(sql.AGENCIES)]

    def put_agency(self, agency: Agency, entered: Entered) -> bool:
        """Enter an agency, or what has become of it; answers whether that was anything new."""
        return registers.put(self._run, Register.AGENCY, agency, entered)

    def officers(self, ids: Iterable[str]) -> Mapping[str, Officer]:
        """Those of the ids that the register knows."""
        found: dict[str, Officer] = {}
        for some in _stretches(ids):
            officers = (officer_of(text) for (text,) in self._run(sql.officers_by_id(len(some)), some))
            found |= {officer.id: officer for officer in officers}
        return found

    def officers_named(self, agency: str, names: Iterable[str]) -> Sequence[Officer]:
        """The officers of an agency who bear one of the names, by id."""
        found: list[Officer] = []
        for some in _stretches(names):
            rows = self._run(sql.officers_by_name(len(some)), (agency, *some))
            found += [officer_of(text) for (text,) in rows]
        return sorted(found, key=lambda officer: officer.id)

    def officers_of(self, agency: str) -> Sequence[Officer]:
        """The officers of an agency, by id."""
        return [officer_of(text) for (text,) in self._run(sql.OFFICERS_OF, (agency,))]

    def put_officer(self, officer: Officer, entered: Entered) -> bool:
        """Enter an officer, or what has become of one; answers whether that was anything new."""
        return registers.put(self._run, Register.OFFICER, officer, entered)

    def matters_of(self, agency: str) -> Sequence[Matter]:
        """The matters that were ever on the list of an agency, by id."""
        return [matter_of(text) for (text,) in self._run(sql.MATTERS_OF, (agency,))]

    def put_matter(self, matter: Matter, entered: Entered) -> bool:
        """Enter a matter, or what has become of one; like ``put_agency``."""
        return registers.put(self._run, Register.MATTER, matter, entered)

    def put_publication(self, publication: Publication, entered: Entered) -> bool:
        """Enter that a version of a flow was published; answers whether that was anything new."""
        return registers.put_publication(self._run, publication, entered)

    def registrations(self, register: Register, id_: str = "") -> Sequence[Registration]:
        """The history of a register from its beginning, of everybody or of one id."""
        return registers.registrations(self._run, register, id_)

    # cases ---------------------------------------------------------------------------------------------

    def case(self, id_: str) -> Case | None:
        """The case as it stands."""
        row = self._run(sql.CASE_BY_ID, (id_,)).fetchone()
        return case_of(row) if row else None

    def children(self, parent: str) -> Sequence[Case]:
        """The child cases of a case, in the order in which they were opened."""
        return [case_of(row) for row in self._run(sql.CHILDREN, (parent,))]

    def cases_of(self, party_key: str) -> Sequence[Case]:
        """Every case of the party that bears the key, of every agency, in the order of their opening."""
        return [filed_case(row) for row in self._run(sql.CASES_OF, (party_key,))]

    def steps(self, case: str) -> Sequence[Step]:
        """Every step of a case with its documents, from its opening on."""
        papers: dict[int, list[Paper]] = {}
        for row in self._run(sql.DOCUMENTS, (case,)):
            paper = paper_of(row)
            papers.setdefault(paper.seq, []).append(paper)
        rows = self._run(sql.STEPS, (case,))
        return [step_of(row, papers.get(row[1], ())) for row in rows]

    def number(self, series: str) -> int:
        """The next number of a series, starting at 1; a transaction that is undone gives it back."""
        self._run(sql.COUNT, (series,))
        return int(self._run(sql.COUNTED, (series,)).fetchone()[0])

    def series(self) -> Mapping[str, int]:
        """The last number given in every series."""
        return dict(self._run(sql.EVERY_SERIES).fetchall())

    def add(self, opened: Opened) -> None:
        """Put a new case on file with its first step. Raises CaseChanged if the id is taken."""
        try:
            self._run(sql.ADD_CASE, case_values(opened.case))
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorname != "SQLITE_CONSTRAINT_UNIQUE":
                raise
            raise CaseChanged(opened.case.id) from None
        self._file(opened.case, opened.step)

    def record(self, before: Case, advanced: Advanced) -> None:
        """Append the step, put the case as it stands after it, add the children it opened.

        Raises:
            CaseChanged: the case is no longer at the revision of ``before``.
        """
        values = (*standing_values(advanced.case), before.id, before.revision)
        if self._run(sql.MOVE_CASE, values).rowcount != 1:
            raise CaseChanged(before.id)
        self._file(advanced.case, advanced.step)
        for child in advanced.children:
            self.add(child)

    def _file(self, case: Case, step: Step) -> None:
        self._run(sql.ADD_STEP, step_values(case.agency, step))
        self._all(sql.ADD_DOCUMENT, document_values(case.agency, step))
        if step.clocks:
            self._all(sql.DROP_CLOCK, stopped_clocks(case, step.clocks))
            self._all(sql.PUT_CLOCK, clock_values(case, step.clocks))

    def _all(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        if len(rows) == 1:
            self._run(statement, rows[0])
        elif rows:
            self._run_many(statement, rows)

    # lists ---------------------------------------------------------------------------------------------

    def case_ids(self, after: str = "") -> Iterator[str]:
        """The id of every case in the store, in order, from the one after ``after`` on."""
        return lists.case_ids(self._run, after)

    def cases(
        self, page: Page, *, agency: str = "", text: str = "", flow: str = "", ended: bool | None = None
    ) -> Sequence[CaseLine]:
        """Cases by id; ``text`` looks in id and title; ``flow`` is an id without date."""
        return lists.cases(self._run, page, agency=agency, text=text, flow=flow, ended=ended)

    def waiting(self, agency: str, places: Mapping[str, Sequence[str]], page: Page) -> Sequence[CaseLine]:
        """Open cases of an agency that stand in one of the states given for their flow version, by id."""
        return lists.waiting(self._run, agency, places, page)

    def due(self, page: Page, *, agency: str = "", until: date | None = None) -> Sequence[ClockLine]:
        """Running deadlines, the earliest first."""
        return lists.due(self._run, page, agency=agency, until=until)

    def running_from(self, day: date, most: int, *, agency: str = "") -> int:
        """How many running deadlines end on a day or later, counted no further than ``most``."""
        return lists.running_from(self._run, day, most, agency=agency)

    def clock_sheets(self, agency: str, page: Page) -> Sequence[ClockSheet]:
        """The open cases of an agency by id, each with its deadlines and no more of it than these rest on."""
        return lists.clock_sheets(self._run, agency, page)

    # soundness -----------------------------------------------------------------------------------------

    def case_faults(self, case: Case) -> Iterator[str]:
        """Where what is kept beside a case, to find it by, does not agree with the case."""
        return soundness.case_faults(self._run, case)

    def faults(self) -> Iterator[str]:
        """What belongs to no case, and where a register is not what its history says."""
        return soundness.faults(self._run)


def _over(*_: object) -> Never:
    raise RuntimeError("the transaction is over: its work may not be used outside its block")


def _stretches(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    wanted = tuple(dict.fromkeys(names))
    for first in range(0, len(wanted), MOST_AT_ONCE):
        yield wanted[first : first + MOST_AT_ONCE]
