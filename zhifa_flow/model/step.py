"""A step (办案记录), the request for one (办理请求), and the answers: refusal (不予办理的理由), option (可办环节)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from zhifa_flow.model.case import Paper, RunningClock


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks the engine to do. ``on`` is the legal day of the act in Asia/Shanghai.

    ``documents`` holds, by kind, one or more sets of fields as they were typed.
    ``recorder`` entered it; ``by`` did it. ``moment`` is the hour of the act where a limit runs by the hour.
    """

    trigger: str
    on: date
    by: tuple[str, ...]
    recorder: str
    documents: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)
    late_reason: str = ""
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A finding as recorded with a step: what was found, and which row or document decided."""

    value: str
    reason: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class OpenedChild:
    """A child case that a step opened."""

    rule: str
    flow: str
    case: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it happened. Steps are only ever added; ``digest`` chains each to the one before.

    ``signed`` says of everybody who acted or entered it how the register named them that day: name, and number of the
    certificate. ``rules`` is the digest of the dated tables that it was judged by, ``days`` that of the calendar.
    """

    case: str
    seq: int
    trigger: str
    source: str
    target: str
    on: date
    entered_at: datetime
    by: tuple[str, ...]
    role: str
    recorder: str
    late_reason: str = ""
    papers: tuple[Paper, ...] = ()
    superseded: tuple[str, ...] = ()
    acted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clocks: tuple[RunningClock, ...] = ()
    raised: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    opened: tuple[OpenedChild, ...] = ()
    findings: Mapping[str, FoundRow] = field(default_factory=dict)
    opening: Mapping[str, object] = field(default_factory=dict)
    signed: Mapping[str, str] = field(default_factory=dict)
    rules: str = ""
    days: str = ""
    previous: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One unmet condition: what, the fact found, the articles, and what would cure it.

    ``code`` is the guard's name in the flow file, or one of the engine's own words
    (``state``, ``date``, ``people``, ``document``, ``flag``, ``child``, ``late``, ``matter``).
    """

    code: str
    message: str
    found: str = ""
    basis: tuple[str, ...] = ()
    gap: str = ""
    cure: str = ""

    @property
    def text(self) -> str:
        """The refusal as one Chinese sentence with its articles."""
        found = f"({self.found})" if self.found else ""
        law = f"[{'、'.join(self.basis)}]" if self.basis else f"[{self.gap}]" if self.gap else ""
        cure = f" 补正办法: {self.cure}" if self.cure else ""
        return f"{self.message}{found}{law}{cure}"


@dataclass(frozen=True, slots=True)
class Option:
    """A step of the chart seen from where a case stands: open, or closed for all the reasons given.

    ``documents`` and ``optional`` are the kinds to be handed in with it; ``with_step`` are the conditions that
    a document handed in together with the step can still meet.
    """

    trigger: str
    name: str
    target: str
    target_name: str
    roles: tuple[str, ...]
    role_names: tuple[str, ...]
    posts: tuple[str, ...]
    documents: tuple[str, ...]
    optional: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    basis: tuple[str, ...]
    gap: str = ""
    with_step: tuple[Refusal, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing already on file stands against it."""
        return not self.refusals
