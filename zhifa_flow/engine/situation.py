"""The situation: everything a check or a finding rule may look at when a step is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.digest import digest, rules_digest
from zhifa_flow.engine.registry import Found
from zhifa_flow.model.action import action_of
from zhifa_flow.model.case import Case, Paper, RunningClock
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.officer import Agency, Officer
from zhifa_flow.model.period import Span
from zhifa_flow.model.statute import StatuteIndex
from zhifa_flow.model.table import Table


class Finder(Protocol):
    """How a finding is computed; the compiler provides it."""

    def __call__(self, name: str, situation: Situation) -> Found:
        """Compute the finding of that name."""
        ...


class Places(Protocol):
    """Where the calendars of places are found."""

    def __call__(self, region: str) -> Calendar:
        """The calendar that an office of that region goes by."""
        ...


@dataclass(frozen=True, slots=True)
class Law:
    """The dated data that every case of a process shares: the nation's calendar, tables, statutes.

    ``places`` knows the calendars of places with days off of their own.
    """

    calendar: Calendar
    tables: Mapping[str, Table]
    statutes: StatuteIndex
    places: Places | None = None
    _rules: dict[tuple[tuple[str, ...], date], str] = field(default_factory=dict, compare=False)
    _days: dict[tuple[Calendar, int], str] = field(default_factory=dict, compare=False)

    def rules(self, tables: tuple[str, ...], on: date) -> str:
        """The digest of what these tables say to an act of a day (see ``rules_digest``)."""
        known = self._rules.get((tables, on))
        if known is None:
            known = self._rules[tables, on] = rules_digest(self.tables, tables, on)
        return known

    def days(self, region: str, on: date) -> str:
        """The digest of the working days of a region from 2004 to the end of the year of an act.

        A later year whose notice is entered changes nothing for the act.
        """
        key = self.calendar_in(region), on.year
        if key not in self._days:
            self._days[key] = digest(key[0].workdays_of(on.year))
        return self._days[key]

    def calendar_in(self, region: str) -> Calendar:
        """The calendar of a region: the nation's with the days that the place added to it."""
        return self.calendar if self.places is None else self.places(region)


@dataclass(slots=True)
class Situation:
    """One case on one day, with the documents in force after those handed in have taken their place.

    ``acted`` names by role everybody who acted in the case, with those of the step being asked for. ``others`` are
    the other cases of the same party, read only where the step looks at them. ``parent`` is the main case of a side
    duty and ``siblings`` are what else it opened. ``entrusting`` is the organ in whose name an entrusted body acts.
    """

    flow: Flow
    finder: Finder
    law: Law
    case: Case
    agency: Agency
    on: date
    by: tuple[str, ...] = ()
    moment: datetime | None = None
    officers: Mapping[str, Officer] = field(default_factory=dict)
    children: Sequence[Case] = ()
    parent: Case | None = None
    siblings: Sequence[Case] = ()
    others: Sequence[Case] = ()
    papers: Mapping[str, tuple[Paper, ...]] = field(default_factory=dict)
    acted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    entrusting: Agency | None = None
    _found: dict[str, Found] = field(default_factory=dict)

    # documents -----------------------------------------------------------------------------------------

    def paper(self, kind: str) -> Paper | None:
        """The newest document of a kind in force."""
        papers = self.papers.get(kind)
        return papers[-1] if papers else None

    def value(self, path: str) -> object | None:
        """The value of "document.field" in the newest document of that kind, or None."""
        kind, _, name = path.partition(".")
        paper = self.paper(kind)
        return None if paper is None else paper.fields.get(name)

    def rows(self, path: str) -> list[Mapping[str, object]]:
        """All rows of a field of type rows or penalties; of a repeatable document those of every one."""
        kind, _, name = path.partition(".")
        found: list[Mapping[str, object]] = []
        for paper in self.papers.get(kind, ()):
            value = paper.fields.get(name)
            if isinstance(value, list):
                found.extend(row for row in value if isinstance(row, dict))
        return found

    def texts(self, path: str) -> list[str]:
        """The texts of a field: one, a list of choices, officers, citations; empty where nothing is written."""
        value = self.value(path)
        if value is None:
            return []
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]

    def day(self, path: str) -> date | None:
        """The date written in "document.field"; for a bare "document" the day it was made."""
        kind, dot, _ = path.partition(".")
        if not dot:
            paper = self.paper(kind)
            return paper.on if paper else None
        value = self.value(path)
        return date.fromisoformat(str(value)[:10]) if value else None

    def document_name(self, kind: str) -> str:
        """The Chinese name of a document kind, in 《》."""
        return f"《{self.flow.document[kind].name}》"

    def field_name(self, path: str) -> str:
        """The Chinese name of a field with its document."""
        kind, dot, name = path.partition(".")
        if not dot:
            return f"{self.document_name(kind)}日期"
        field = self.flow.document[kind].field.get(name)
        return f"{self.document_name(kind)}的“{field.name if field else '文号'}”"

    # findings, clocks, flags ----------------------------------------------------------------------------

    @property
    def action(self) -> str:
        """The kind of action of the case; a side duty is of the kind of the case that opened it."""
        return action_of(self.parent.flow if self.flow.side and self.parent else self.flow.id)

    @property
    def calendar(self) -> Calendar:
        """The calendar of the place of the case."""
        return self.law.calendar_in(self.case.region)

    def found(self, name: str) -> Found:
        """A finding, computed once per situation."""
        if name not in self._found:
            self._found[name] = self.finder(name, self)
        return self._found[name]

    @property
    def findings(self) -> Mapping[str, Found]:
        """All findings that were asked for so far."""
        return self._found

    def clock(self, deadline: str) -> RunningClock | None:
        """The deadline as it runs or ran in the case."""
        return self.case.clocks.get(deadline)

    def spans(self, flag: str) -> list[Span]:
        """The days during which a flag was up, from the day it went up to the day before it went down."""
        stretches = []
        for interval in self.case.flags.get(flag, ()):
            last = (interval.last or self.on) - timedelta(days=0 if interval.last is None else 1)
            if last >= interval.first:
                stretches.append(Span(interval.first, last))
        return stretches

    def officer_name(self, officer: str) -> str:
        """The name of an officer as people know it."""
        known = self.officers.get(officer)
        return known.name if known else officer

    def children_of(self, rule: str) -> list[Case]:
        """The child cases opened under one rule, oldest first."""
        return [child for child in self.children if child.relation == rule]
