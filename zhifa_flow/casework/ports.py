"""What the use cases need from outside, as protocols: a store, the flows, the law, the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.opening import Opened
from zhifa_flow.engine.recounts import ClockSheet
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.publication import Publication
from zhifa_flow.model.register import Entered, Register, Registration
from zhifa_flow.model.step import Step

#: The present moment, UTC, aware.
Now = Callable[[], datetime]


class Flows(Protocol):
    """The flows that are in use."""

    def in_force(self, flow: str, on: date) -> Compiled:
        """The version of a flow in force on a day. Raises NotFound, FileError."""
        ...

    def compiled(self, ref: str) -> Compiled:
        """The version that a case names. Raises NotFound, FileError."""
        ...

    def refs(self) -> list[str]:
        """Every version as "id@date"."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """Which stretch of a list is wanted: at most ``size`` entries after the entry that bears ``after``."""

    size: int = 50
    after: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list."""

    id: str
    title: str
    flow: str
    state: str
    ended: bool
    opened_on: date
    entered_state_on: date
    parent: str | None
    matter: str = ""


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A running deadline in a list, with its case; one that stands still since ``paused`` has no last day as yet."""

    case: CaseLine
    deadline: str
    due: date
    safe: date
    provisional: bool
    key: str
    paused: date | None = None


class Work(Protocol):
    """One transaction on the store: everything written in it happens, or nothing does."""

    def agency(self, id_: str) -> Agency | None:
        """The agency of that id."""
        ...

    def agencies(self) -> Sequence[Agency]:
        """Every agency, by id."""
        ...

    def put_agency(self, agency: Agency, entered: Entered) -> bool:
        """Enter an agency, or what has become of it; answers whether that was anything new.

        What was entered before stays in the history of the register. Raises ValueError for a moment without a zone.
        """
        ...

    def officers(self, ids: Iterable[str]) -> Mapping[str, Officer]:
        """Those of the ids that the register knows."""
        ...

    def officers_named(self, agency: str, names: Iterable[str]) -> Sequence[Officer]:
        """The officers of an agency who bear one of the names."""
        ...

    def officers_of(self, agency: str) -> Sequence[Officer]:
        """The officers of an agency, by id."""
        ...

    def put_officer(self, officer: Officer, entered: Entered) -> bool:
        """Enter an officer, or what has become of one; like ``put_agency``."""
        ...

    def matters_of(self, agency: str) -> Sequence[Matter]:
        """The matters that were ever on the list of an agency, by id."""
        ...

    def put_matter(self, matter: Matter, entered: Entered) -> bool:
        """Enter a matter, or what has become of one; like ``put_agency``."""
        ...

    def put_publication(self, publication: Publication, entered: Entered) -> bool:
        """Enter that a version of a flow was published; like ``put_agency``, under the ref of the version."""
        ...

    def registrations(self, register: Register, id_: str = "") -> Sequence[Registration]:
        """The history of a register from its beginning, of everybody or of one id."""
        ...

    def case(self, id_: str) -> Case | None:
        """The case as it stands."""
        ...

    def children(self, parent: str) -> Sequence[Case]:
        """The child cases of a case, in the order in which they were opened."""
        ...

    def cases_of(self, party_key: str) -> Sequence[Case]:
        """Every case of the party that bears the key (``Party.key``), of every agency, in the order of their opening."""
        ...

    def number(self, series: str) -> int:
        """The next number of a series, starting at 1, without gaps inside committed work."""
        ...

    def series(self) -> Mapping[str, int]:
        """The last number given in every series."""
        ...

    def add(self, opened: Opened) -> None:
        """Put a new case on file with its first step. Raises CaseChanged if the id is taken."""
        ...

    def record(self, before: Case, advanced: Advanced) -> None:
        """Append the step, put the case as it stands after it, add the children it opened.

        Raises CaseChanged if the case is no longer at the revision of ``before``.
        """
        ...

    def steps(self, case: str) -> Sequence[Step]:
        """Every step of a case with its documents, from its opening on."""
        ...

    def case_ids(self, after: str = "") -> Iterator[str]:
        """The id of every case in the store, in order, from the one after ``after`` on."""
        ...

    def cases(
        self, page: Page, *, agency: str = "", text: str = "", flow: str = "", ended: bool | None = None
    ) -> Sequence[CaseLine]:
        """Cases by id; ``text`` looks in id and title; ``flow`` is an id without date."""
        ...

    def waiting(self, agency: str, places: Mapping[str, Sequence[str]], page: Page) -> Sequence[CaseLine]:
        """Open cases of an agency that stand in one of the states given for their flow version, by id."""
        ...

    def due(self, page: Page, *, agency: str = "", until: date | None = None) -> Sequence[ClockLine]:
        """Running deadlines, the earliest first; those that stand still come last, and before no day."""
        ...

    def running_from(self, day: date, most: int, *, agency: str = "") -> int:
        """How many running deadlines end on a day or later, counted no further than ``most``."""
        ...

    def clock_sheets(self, agency: str, page: Page) -> Sequence[ClockSheet]:
        """The open cases of an agency by id, each with its deadlines and no more of it than these rest on.

        A case whose record is damaged comes with the problem instead.
        """
        ...

    def case_faults(self, case: Case) -> Iterator[str]:
        """Where what the store keeps beside a case, to find it by, does not agree with the case, in Chinese."""
        ...

    def faults(self) -> Iterator[str]:
        """What belongs to no case, and where a register is not what its history says, in Chinese."""
        ...


class Store(Protocol):
    """Where cases and registers are kept."""

    def write(self) -> AbstractContextManager[Work]:
        """A transaction that is committed when its block ends well, and undone when it does not."""
        ...

    def read(self) -> AbstractContextManager[Work]:
        """A transaction that only looks."""
        ...

    def keep(self, path: Path) -> str:
        """Keep a file as an attachment; answers its SHA-256. Raises InputError, StoreError."""
        ...

    def attachment(self, digest: str) -> Path | None:
        """Where an attachment lies; None if the store has none of that hash."""
        ...

    def attachments(self) -> Iterator[str]:
        """The SHA-256 of every attachment."""
        ...

    def attachment_problem(self, digest: str) -> str | None:
        """What is wrong with an attachment as it lies there (missing, altered), in Chinese; None if nothing is."""
        ...
