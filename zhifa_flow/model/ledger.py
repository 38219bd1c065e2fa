"""A ledger (期限台账): everything that made the last day of a deadline what it is, in the order in which it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhifa_flow.model.case import RunningClock


class EntryKind(StrEnum):
    """What an entry is about: the start of a count, days left out, more days, another last day, the end of it."""

    STARTED = "started"
    EXCLUDED = "excluded"
    EXTENDED = "extended"
    MOVED = "moved"
    RECOUNTED = "recounted"
    ENDED = "ended"
    CLOSED = "closed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Written:
    """A document handed in with a step: its kind, its name, its number where it bears one."""

    kind: str
    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The step behind an entry: who took it (by role) and what was handed in with it in writing.

    ``late`` says when and why it was entered only after its day; empty where it was entered in time.
    """

    seq: int
    on: date
    step: str
    name: str
    role: str = ""
    documents: tuple[Written, ...] = ()
    late: str = ""

    @property
    def text(self) -> str:
        """The step as it is cited: number, name, role, documents."""
        papers = "、".join(f"《{one.name}》{one.number}" for one in self.documents)
        said = [f"第{self.seq}步“{self.name}”"] + ([f"{self.role}办理"] if self.role else [])
        return ", ".join([*said, *(text for text in (papers, self.late) if text)])


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why an entry counts: articles, a gap of the law, and the row of a dated table where one decided."""

    basis: tuple[str, ...] = ()
    gap: str = ""
    table: str = ""
    row: str = ""
    policy: str = ""

    @property
    def text(self) -> str:
        """The grounds in brackets; empty where none are stated."""
        row = f"数据表“{self.table}”: {self.row}" if self.row else ""
        said = [text for text in (*self.basis, row, self.policy or self.gap) if text]
        return f" [{'、'.join(said)}]" if said else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``said`` is its main clause in Chinese; ``text`` has the steps and the grounds too.

    Of an excluded period ``first`` and ``last`` are its days (``last`` is None while it is open), ``until`` the step
    that ended it, ``left_out`` whether its days do not count, and ``days`` how many calendar days it took out of the
    count that nothing before it had taken out. Of an act that came late ``days`` says by how many.
    """

    kind: EntryKind
    on: date
    said: str
    origin: Origin | None = None
    until: Origin | None = None
    first: date | None = None
    last: date | None = None
    days: int = 0
    left_out: bool | None = None
    flag: str = ""
    length: str = ""
    field: str = ""
    grounds: Grounds = Grounds()

    @property
    def text(self) -> str:
        """The entry as one line."""
        steps = [one.text for one in (self.origin, self.until) if one]
        return "; ".join([self.said, *steps]) + self.grounds.text


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one deadline of a case, as of a day.

    ``recorded`` is the clock as the steps recorded it. ``due``, ``safe`` and ``provisional`` are counted anew from
    what the case holds; of a clock that stands still, as if it went on from that day. ``problems`` says in Chinese
    where the two do not agree; ``derivation`` is the reasoning behind the last day.
    """

    deadline: str
    name: str
    recorded: RunningClock
    entries: tuple[Entry, ...]
    due: date
    safe: date
    provisional: bool
    derivation: tuple[str, ...]
    problems: tuple[str, ...] = ()
