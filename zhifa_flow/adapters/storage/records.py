"""Records: cases, steps, officers and agencies as rows, and back, exactly.

Rows are plain tuples in the order of the columns of ``rows``. What a row says is taken as it was decided when it was
written: reading does not judge again, so a case stays readable under a program that has become stricter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, Final, TypeAlias

from pydantic import TypeAdapter

from zhifa_flow.adapters.storage.papers import papers_of, papers_text
from zhifa_flow.casework.ports import CaseLine, ClockLine
from zhifa_flow.engine.recounts import ClockSheet
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Act, Case, ClockState, Interval, Paper, RunningClock
from zhifa_flow.model.errors import StoreError
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.party import Party
from zhifa_flow.model.step import FoundRow, OpenedChild, Step

Values: TypeAlias = tuple[Any, ...]

#: Registers change seldom and are read at every step; equal text is an equal officer.
REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class _Rest:
    """What of a step has no column of its own. ``offset`` is that of the moment of entry from UTC, in seconds."""

    superseded: tuple[str, ...] = ()
    acted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clocks: tuple[RunningClock, ...] = ()
    raised: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    opened: tuple[OpenedChild, ...] = ()
    findings: dict[str, FoundRow] = field(default_factory=dict)
    opening: dict[str, object] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)
    rules: str = ""
    days: str = ""
    offset: int = 0


class _Json:
    """The JSON text of one type of value; a sparse one leaves out what is as it is by default."""

    def __init__(self, kind: Any, *, sparse: bool = False) -> None:
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        self.read, self._write, self._sparse = (
            adapter.validator.validate_json,
            adapter.serializer.to_json,
            sparse,
        )

    def text(self, value: object) -> str:
        return self._write(value, exclude_defaults=self._sparse).decode()


_AGENCY: Final = _Json(Agency)
_OFFICER: Final = _Json(Officer)
_PARTY: Final = _Json(Party)
_ACTS: Final = _Json(dict[str, Act])
_ACTED: Final = _Json(dict[str, tuple[str, ...]])
_FLAGS: Final = _Json(dict[str, tuple[Interval, ...]])
_CLOCKS: Final = _Json(dict[str, RunningClock], sparse=True)
_REST: Final = _Json(_Rest, sparse=True)
_NAMES: Final = _Json(tuple[str, ...])
_FIELDS: Final = _Json(dict[str, object])
_BOUND: Final = _Json(dict[str, str])


@contextmanager
def _damage_named(what: str) -> Iterator[None]:
    """Whatever cannot be decoded was not written by this program: say which record it is."""
    try:
        yield
    except (ValueError, TypeError, OverflowError):
        raise StoreError(f"数据库中{what}的记录已损坏, 不能读取; 请用 zhifa verify 查明") from None


@lru_cache(REMEMBERED)
def agency_of(text: str) -> Agency:
    """The agency that a text holds. Raises StoreError where it is damaged."""
    with _damage_named("执法机关"):
        agency: Agency = _AGENCY.read(text)
    return agency


@lru_cache(REMEMBERED)
def officer_of(text: str) -> Officer:
    """The officer that a text holds. Raises StoreError where it is damaged."""
    with _damage_named("执法人员"):
        officer: Officer = _OFFICER.read(text)
    return officer


def case_values(case: Case) -> Values:
    """The row of a new case."""
    return (
        case.id, case.agency, case.flow.partition("@")[0], case.parent, case.relation, *standing_values(case),
    )  # fmt: skip


def standing_values(case: Case) -> Values:
    """What of the row of a case a step may change."""
    return (
        case.region, case.sector, case.flow, case.flow_digest, case.title, case.party and _PARTY.text(case.party),
        case.party and case.party.key, case.state, case.ended, case.revision, case.head, case.opened_on.isoformat(),
        case.entered_state_on.isoformat(), case.last_on.isoformat(), _ACTS.text(case.acts), _ACTED.text(case.acted),
        _FLAGS.text(case.flags), _CLOCKS.text(case.clocks), papers_text(case.papers),
    )  # fmt: skip


def key_of(case: str, party: str) -> str | None:
    """The key of the party that a text of the case holds. Raises StoreError where it is damaged."""
    with _damage_named(f"案件{case}"):
        read: Party = _PARTY.read(party)
    return read.key


def case_of(row: Sequence[Any]) -> Case:
    """The case that a row holds. Raises StoreError where it is damaged."""
    (
        id_, agency, _, parent, relation, region, sector, flow, flow_digest, title, party, _, state, ended, revision, head,
        opened_on, entered_state_on, last_on, acts, acted, flags, clocks, papers,
    ) = row  # fmt: skip
    with _damage_named(f"案件{id_}"):
        return Case(
            id=id_, agency=agency, region=region, sector=sector, flow=flow, flow_digest=flow_digest, title=title,
            party=_PARTY.read(party) if party else None, state=state, revision=revision, head=head,
            opened_on=date.fromisoformat(opened_on), entered_state_on=date.fromisoformat(entered_state_on),
            last_on=date.fromisoformat(last_on), ended=bool(ended), parent=parent, relation=relation,
            papers=papers_of(papers), acts=_ACTS.read(acts), acted=_ACTED.read(acted), flags=_FLAGS.read(flags),
            clocks=_CLOCKS.read(clocks),
        )  # fmt: skip


def step_values(agency: str, step: Step) -> Values:
    """The row of a step; its documents have their own.

    Raises:
        ValueError: the moment of entry has no time zone.
    """
    offset = step.entered_at.utcoffset()
    if offset is None:
        raise ValueError(f"录入时刻{step.entered_at}没有时区")
    rest = _Rest(
        step.superseded, dict(step.acted), step.clocks, step.raised, step.lowered, step.opened, dict(step.findings),
        dict(step.opening), dict(step.signed), step.rules, step.days, offset.seconds + offset.days * 86_400,
    )  # fmt: skip
    entered_at = (step.entered_at.replace(tzinfo=None) - offset).isoformat(" ", "microseconds")
    return (
        step.case, step.seq, agency, step.trigger, step.source, step.target, step.on.isoformat(), entered_at,
        _NAMES.text(step.by), step.role, step.recorder, step.late_reason, _REST.text(rest), step.previous, step.digest,
    )  # fmt: skip


def step_of(row: Sequence[Any], papers: Iterable[Paper]) -> Step:
    """The step that a row holds, with its documents. Raises StoreError where it is damaged."""
    (
        case, seq, _, act, source, target, on, entered_at, by, role, recorder, late_reason, content, previous, digest,
    ) = row  # fmt: skip
    with _damage_named(f"案件{case}第{seq}步"):
        rest: _Rest = _REST.read(content)
        # The hash of a step covers the moment as it was written, so it comes back with its offset.
        zone = timezone(timedelta(seconds=rest.offset)) if rest.offset else UTC
        return Step(
            case=case, seq=seq, trigger=act, source=source, target=target, on=date.fromisoformat(on),
            entered_at=datetime.fromisoformat(entered_at).replace(tzinfo=UTC).astimezone(zone), by=_NAMES.read(by), role=role,
            recorder=recorder, late_reason=late_reason, papers=tuple(papers), superseded=rest.superseded,
            acted=rest.acted, clocks=rest.clocks, raised=rest.raised, lowered=rest.lowered, opened=rest.opened,
            findings=rest.findings, opening=rest.opening, signed=rest.signed, rules=rest.rules, days=rest.days, previous=previous, digest=digest,
        )  # fmt: skip


def document_values(agency: str, step: Step) -> list[Values]:
    """The rows of the documents that a step put on file, in their order."""
    rows: list[Values] = []
    copies: dict[str, int] = {}
    for place, paper in enumerate(step.papers):
        copy = copies[paper.kind] = copies.get(paper.kind, -1) + 1
        rows.append((
            step.case, step.seq, place, agency, paper.kind, copy, paper.on.isoformat(), _NAMES.text(paper.by),
            paper.digest, _FIELDS.text(paper.fields), _BOUND.text(paper.bound), paper.origin,
        ))  # fmt: skip
    return rows


def paper_of(row: Sequence[Any]) -> Paper:
    """The document that a row holds. Raises StoreError where it is damaged."""
    case, seq, _, _, kind, _, on, by, digest, fields, bound, origin = row
    with _damage_named(f"案件{case}第{seq}步文书“{kind}”"):
        made_on, by_ = date.fromisoformat(on), _NAMES.read(by)
        return Paper(kind, made_on, seq, by_, digest, _FIELDS.read(fields), _BOUND.read(bound), origin)


def clock_values(case: Case, clocks: Iterable[RunningClock]) -> list[Values]:
    """The rows of those of the clocks that are running."""
    return [
        (
            case.id, clock.deadline, case.agency, clock.due.isoformat(), clock.safe.isoformat(), clock.provisional,
            f"{clock.awaited.isoformat()} {case.id} {clock.deadline}", clock.paused and clock.paused.isoformat(),
        )
        for clock in clocks
        if clock.state is ClockState.RUNNING
    ]  # fmt: skip


def stopped_clocks(case: Case, clocks: Iterable[RunningClock]) -> list[Values]:
    """Which rows go, because their clocks run no longer."""
    return [(case.id, clock.deadline) for clock in clocks if clock.state is not ClockState.RUNNING]


def case_line(row: Sequence[Any]) -> CaseLine:
    """The case of a list."""
    id_, title, flow, state, ended, opened_on, entered_state_on, parent = row
    with _damage_named(f"案件{id_}"):
        days = date.fromisoformat(opened_on), date.fromisoformat(entered_state_on)
        return CaseLine(id_, title, flow, state, bool(ended), *days, parent)


def sheet_of(row: Sequence[Any]) -> ClockSheet:
    """The deadlines of a case with what they rest on, or what is wrong with its record."""
    id_, flow, region, flags, clocks = row
    try:
        with _damage_named(f"案件{id_}"):
            return ClockSheet(id_, flow, region, _FLAGS.read(flags), _CLOCKS.read(clocks))
    except StoreError as error:
        return ClockSheet(id_, flow, region, {}, {}, str(error))


def clock_line(row: Sequence[Any]) -> ClockLine:
    """The running deadline of a list, with its case."""
    deadline, due, safe, provisional, key, paused, *case = row
    with _damage_named(f"案件{case[0]}期限“{deadline}”"):
        days = date.fromisoformat(due), date.fromisoformat(safe)
        since = date.fromisoformat(paused) if paused else None
        return ClockLine(case_line(case), deadline, *days, bool(provisional), key, since)
