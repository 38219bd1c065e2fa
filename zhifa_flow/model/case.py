"""A case (案件) as it stands: what its steps add up to, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from zhifa_flow.model.party import Party


@dataclass(frozen=True, slots=True)
class Paper:
    """A document on file: content, hash, and the hashes of the documents it was bound to.

    ``fields`` holds plain JSON values: dates as ISO text, money as integer 分. ``origin`` is the kind under which
    another case made it, where this one knows it under a kind of its own; its hash is that of the case that made it.
    """

    kind: str
    on: date
    seq: int
    by: tuple[str, ...]
    digest: str
    fields: Mapping[str, object]
    bound: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""

    def received(self, kind: str) -> Paper:
        """The same document as another case files it that knows it as ``kind``."""
        made = self.origin or self.kind
        return replace(self, kind=kind, origin="" if made == kind else made)


class ClockState(StrEnum):
    """Whether a deadline still runs, was met in time, was met late, or was closed without the act it waited for."""

    RUNNING = "running"
    MET = "met"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A deadline of a case: its legal last day, and the last safe working day where that differs.

    ``length`` is its length in words ("90日"), ``extensions`` what was added to it, ``moment`` the last moment of
    an hour clock (ISO, Asia/Shanghai). ``moved`` says that its last day was set by a document. While ``paused`` names
    the day since which it stands still, ``due`` is only what it was when that was recorded. ``was`` is the last day
    that stood before another calendar was entered, on a clock that was counted anew for that reason.
    """

    deadline: str
    started: date
    due: date
    safe: date
    provisional: bool
    length: str
    state: ClockState = ClockState.RUNNING
    ended: date | None = None
    extensions: tuple[str, ...] = ()
    moment: str = ""
    moved: bool = False
    paused: date | None = None
    was: date | None = None

    @property
    def awaited(self) -> date:
        """The last day by which it is listed: of a clock that stands still the last day of all, for it has none."""
        return date.max if self.paused else self.due

    @property
    def overran(self) -> bool:
        """Whether it ended only after its last day, by the act it waited for or by another."""
        return self.ended is not None and self.ended > self.due


@dataclass(frozen=True, slots=True)
class Act:
    """When a step was last taken in a case, and how often."""

    on: date
    seq: int
    times: int
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch during which a flag was up; open while ``last`` is None."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the engine needs to know of a case. Equal to the replay of its steps.

    ``flow_digest`` is that of the flow as the case took it up: no step is taken under another text.
    """

    id: str
    agency: str
    region: str
    sector: str
    flow: str
    title: str
    party: Party | None
    state: str
    revision: int
    head: str
    opened_on: date
    entered_state_on: date
    last_on: date
    ended: bool = False
    parent: str | None = None
    relation: str | None = None
    flow_digest: str = ""
    papers: Mapping[str, tuple[Paper, ...]] = field(default_factory=dict)
    acts: Mapping[str, Act] = field(default_factory=dict)
    acted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    flags: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    clocks: Mapping[str, RunningClock] = field(default_factory=dict)

    def paper(self, kind: str) -> Paper | None:
        """The newest document of a kind that is in force."""
        papers = self.papers.get(kind)
        return papers[-1] if papers else None

    def flag_up(self, flag: str) -> bool:
        """Whether the flag is up now."""
        intervals = self.flags.get(flag)
        return bool(intervals) and intervals[-1].last is None  # type: ignore[index]

    def flag_on(self, flag: str, day: date) -> bool:
        """Whether the flag was up on a day; the day on which it was taken down no longer counts."""
        stretches = self.flags.get(flag, ())
        return any(one.first <= day and (one.last is None or day < one.last) for one in stretches)

    def ended_by(self, day: date) -> bool:
        """Whether the case had ended on or before a day, and not merely by now."""
        return self.ended and self.entered_state_on <= day
