"""The desk (办案台): open a case, see what may be done, do it. One transaction each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count

from zhifa_flow.casework.attachments import missing_attachments
from zhifa_flow.casework.naming import step_key
from zhifa_flow.casework.numbering import numbered, series_of
from zhifa_flow.casework.people import People, officer_names, officers_on_file, with_ids
from zhifa_flow.casework.ports import Flows, Now, Page, Store, Work
from zhifa_flow.engine.advance import Advanced, advance
from zhifa_flow.engine.clock import legal_day
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deemed import may_have_ended, settled
from zhifa_flow.engine.identification import identify
from zhifa_flow.engine.opening import Opened, open_case
from zhifa_flow.engine.options import options
from zhifa_flow.engine.situation import Law
from zhifa_flow.engine.wording import text_problem
from zhifa_flow.engine.world import World
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import CaseChanged, InputError, NotFound, Refused
from zhifa_flow.model.party import Party
from zhifa_flow.model.record import line_problem
from zhifa_flow.model.step import Option, Refusal, Request, Step


@dataclass(frozen=True, slots=True)
class View:
    """A case as it is shown: with its flow, its children, and what may be done next."""

    case: Case
    compiled: Compiled
    children: tuple[Case, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class _Kin:
    """The cases around a case: those it opened, the one that opened it, and what else that and those above opened."""

    children: tuple[Case, ...] = ()
    parent: Case | None = None
    siblings: tuple[Case, ...] = ()

    @classmethod
    def of(cls, work: Work, compiled: Compiled, case: Case) -> _Kin:
        children = tuple(work.children(case.id)) if compiled.flow.child else ()
        if case.parent is None:
            return cls(children)
        return cls(children, work.case(case.parent), tuple(_beside(work, case)))

    def with_those_of(self, events: Iterable[Advanced]) -> _Kin:
        opened = (one.case for event in events for one in event.children)
        return replace(self, children=(*self.children, *opened))


def _beside(work: Work, case: Case) -> Iterator[Case]:
    here: Case | None = case
    while here and here.parent:
        yield from (one for one in work.children(here.parent) if one.id != here.id)
        here = work.case(here.parent)


_NOBODY = _Kin()


def _next_number(work: Work, agency: str, year: int) -> str:
    """The next number of the series that no case bears: somebody may have named a case so by hand."""
    series = series_of(agency, year)
    drawn = (numbered(agency, year, work.number(series)) for _ in count())
    return next(number for number in drawn if work.case(number) is None)


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases of everyday work. ``now`` is the only source of time."""

    store: Store
    flows: Flows
    law: Law
    now: Now

    @property
    def today(self) -> date:
        """The legal day, Asia/Shanghai."""
        return legal_day(self.now())

    def open(
        self, *, flow: str, agency: str, title: str, party: Mapping[str, object] | None, on: date,
        by: Sequence[str], recorder: str = "", late_reason: str = "", id_: str = "",
    ) -> Opened:  # fmt: skip
        """Open a case under the version of the flow that is in force on the day; it is numbered if no id is given.

        Raises:
            InputError: an unknown agency or flow, a party or a title that cannot stand (all problems at once).
            Refused: the day lies in the future, or was entered late without a reason; nobody known opens it.
        """
        read = self._stated(title, party)
        with self.store.write() as work:
            home = self._agency(work, agency)
            compiled = self.flows.in_force(flow, on)
            who = recorder or (by[0] if by else "")
            people = People.of(work, home, [*by, who])
            ids = tuple(people.id_of(name) for name in by)
            self._may_open(compiled, people, ids, people.id_of(who), on, late_reason)
            world = self._world(work, home, people)
            number = id_ or _next_number(work, home.id, on.year)
            opened = open_case(
                compiled, world, id_=number, title=title.strip() or compiled.flow.name, party=read, on=on, by=ids,
                recorder=people.id_of(who), late_reason=late_reason,
            )  # fmt: skip
            work.add(opened)
        return opened

    def _stated(self, title: str, party: Mapping[str, object] | None) -> Party | None:
        problem = line_problem(title.strip())
        problems = [f"案件名称{problem}"] if problem else []
        try:
            read = Party.read(party) if party is not None else None
        except InputError as error:
            raise InputError([*problems, *error.problems]) from None
        if problems:
            raise InputError(problems)
        return read

    def _may_open(
        self, compiled: Compiled, people: People, by: Sequence[str], recorder: str, on: date, late_reason: str
    ) -> None:
        problems = []
        if compiled.flow.side:
            problems.append(Refusal("state", "附随程序由主案的环节启动, 不能单独立案"))
        if on > self.today:
            problems.append(Refusal("date", "登记日期不得晚于今天", f"登记日期{on}, 今天是{self.today}"))
        if on < self.today and (problem := text_problem(late_reason)):
            found = f"登记日期{on}, 今天是{self.today}, 补录原因{problem}"
            problems.append(Refusal("late", "事后录入应当写明原因", found))
        named = dict.fromkeys((*by, recorder) if recorder else by)
        problems += [
            Refusal("people", people.hints.get(one) or f"人员名册中没有“{one}”")
            for one in named
            if one not in people.known
        ]
        if not by:
            problems.append(Refusal("people", "须写明登记人(--by)"))
        if problems:
            raise Refused("登记案件", problems)

    def view(self, case_id: str, on: date | None = None) -> View:
        """The case with every step of its chart, open or closed with all reasons, as of a day (today by default).

        What the law has brought about by then is seen as if it were recorded already.

        Raises:
            NotFound: no such case.
        """
        with self.store.read() as work:
            day = on or self.today
            stored = self._case(work, case_id)
            compiled = self.flows.compiled(stored.flow)
            events = self._events(work, compiled, stored, day)
            case = events[-1].case if events else stored
            home = self._agency(work, case.agency)
            named = officers_on_file(compiled.flow, case, case.papers)
            kin = _Kin.of(work, compiled, case).with_those_of(events)
            steps = compiled.flow.triggers_from(case.state)
            others = self._elsewhere(work, compiled, case, steps)
            world = self._world(work, home, People.of(work, home, named), kin, others)
        return View(case, compiled, kin.children, tuple(options(compiled, case, day, world)))

    def do(
        self, case_id: str, step: str, *, on: date | None = None, by: Sequence[str], recorder: str = "",
        documents: Mapping[str, Sequence[Mapping[str, object]]] | None = None, late_reason: str = "",
        moment: datetime | None = None, revision: int | None = None,
    ) -> Advanced:  # fmt: skip
        """Take a step, named by key or by Chinese name; officers may be named by id or by name.

        ``revision`` is the revision the person saw: if the case has moved since, nothing is done.

        Raises:
            NotFound: no such case or step (with close names).
            Refused: every unmet condition.
            CaseChanged: somebody else moved the case.
        """
        with self.store.write() as work:
            case = self._case(work, case_id)
            compiled = self.flows.compiled(case.flow)
            for event in self._events(work, compiled, case, self.today):
                work.record(case, event)
                case = event.case
            home = self._agency(work, case.agency)
            handed = documents or {}
            who = recorder or (by[0] if by else "")
            trigger = step_key(compiled.flow, step, case.state)
            on_file = officers_on_file(compiled.flow, case, compiled.reads(trigger))
            people = People.of(work, home, [*by, who, *officer_names(compiled.flow, handed), *on_file])
            request = Request(
                trigger=trigger, on=on or self.today,
                by=tuple(people.id_of(name) for name in by), recorder=people.id_of(who),
                documents=with_ids(compiled.flow, handed, people), late_reason=late_reason, moment=moment,
            )  # fmt: skip
            if revision is not None and revision != case.revision:
                raise CaseChanged(case.id)
            others = self._elsewhere(work, compiled, case, (trigger,))
            advanced = advance(
                compiled,
                case,
                request,
                self._world(work, home, people, _Kin.of(work, compiled, case), others),
            )
            if missing := missing_attachments(self.store, compiled.flow, advanced.step.papers):
                raise Refused(compiled.flow.transition[trigger].name, missing)
            work.record(case, advanced)
        return advanced

    def history(self, case_id: str) -> tuple[Case, Compiled, Sequence[Step]]:
        """The case, its flow and every step with its documents.

        Raises:
            NotFound: no such case.
        """
        with self.store.read() as work:
            case = self._case(work, case_id)
            compiled = self.flows.compiled(case.flow)
            events = self._events(work, compiled, case, self.today)
            steps = (*work.steps(case.id), *(event.step for event in events))
            return events[-1].case if events else case, compiled, steps

    def identify(self, case_id: str, party: Mapping[str, object], by: str) -> Advanced:
        """State the party of a case that was opened without one; see ``engine.identification``.

        Raises:
            NotFound: no such case.
            InputError: a party that cannot stand (all problems at once).
            Refused: the party is known already, the case has ended, or the officer may not enter it.
        """
        read = Party.read(party)
        with self.store.write() as work:
            case = self._case(work, case_id)
            home = self._agency(work, case.agency)
            people = People.of(work, home, [by])
            compiled = self.flows.compiled(case.flow)
            done = identify(compiled, case, read, people.id_of(by), self._world(work, home, people))
            work.record(case, done)
        return done

    def settle(self, case_id: str) -> tuple[Advanced, ...]:
        """Record what the law has brought about in a case by today, through periods that ended.

        Raises:
            NotFound: no such case.
        """
        with self.store.write() as work:
            case = self._case(work, case_id)
            events = self._events(work, self.flows.compiled(case.flow), case, self.today)
            for event in events:
                work.record(case, event)
                case = event.case
        return events

    def _case(self, work: Work, case_id: str) -> Case:
        case = work.case(case_id.strip())
        if case is None:
            near = work.cases(Page(size=20), text=case_id.strip()[:-1])
            raise NotFound("案件", case_id, [line.id for line in near])
        return case

    def _agency(self, work: Work, name: str) -> Agency:
        home = work.agency(name)
        if home is None:
            known = work.agencies()
            home = next((agency for agency in known if agency.name == name), None)
            if home is None:
                raise NotFound(
                    "执法机关", name, [text for agency in known for text in (agency.id, agency.name)]
                )
        return home

    def _events(self, work: Work, compiled: Compiled, case: Case, on: date) -> tuple[Advanced, ...]:
        if not may_have_ended(compiled, case, on):
            return ()
        home = self._agency(work, case.agency)
        world = self._world(work, home, People({}, {}, {}), _Kin.of(work, compiled, case))
        return settled(compiled, case, on, world)

    def _elsewhere(
        self, work: Work, compiled: Compiled, case: Case, steps: Iterable[str]
    ) -> tuple[Case, ...]:
        """The party's other cases, if one of the steps looks at them and the party is known for certain."""
        key = case.party and case.party.key
        if not key or not any(compiled.looks_elsewhere(step) for step in steps):
            return ()
        return tuple(other for other in work.cases_of(key) if other.id != case.id)

    def _world(
        self, work: Work, home: Agency, people: People, kin: _Kin = _NOBODY, others: Sequence[Case] = ()
    ) -> World:
        now = self.now()
        return World(
            law=self.law, agency=home, officers=people.known, children=kin.children, today=legal_day(now),
            entered_at=now, flow_for=self.flows.in_force, hints=people.hints, others=others,
            entrusting=work.agency(home.entrusted_by) if home.entrusted_by else None, parent=kin.parent,
            siblings=kin.siblings,
        )  # fmt: skip
