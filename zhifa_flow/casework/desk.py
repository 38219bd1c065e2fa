"""The desk (办案台): open a case, see what may be done, do it. One transaction each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zhifa_flow.casework.attachments import missing_attachments
from zhifa_flow.casework.intake import may_open, stated
from zhifa_flow.casework.kin import ALONE, Kin
from zhifa_flow.casework.naming import step_key
from zhifa_flow.casework.numbering import next_number
from zhifa_flow.casework.people import People, officer_names, officers_on_file, with_ids
from zhifa_flow.casework.ports import Flows, Now, Page, Store, Work
from zhifa_flow.engine.advance import Advanced, advance
from zhifa_flow.engine.clock import legal_day
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deemed import may_have_ended, settled
from zhifa_flow.engine.identification import identify
from zhifa_flow.engine.mandate import mandate
from zhifa_flow.engine.opening import Opened, open_case
from zhifa_flow.engine.options import options
from zhifa_flow.engine.situation import Law
from zhifa_flow.engine.world import World
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import CaseChanged, NotFound, Refused
from zhifa_flow.model.party import Party
from zhifa_flow.model.step import Option, Request, Step


@dataclass(frozen=True, slots=True)
class View:
    """A case as it is shown: with its flow, its children, and what may be done next."""

    case: Case
    compiled: Compiled
    children: tuple[Case, ...]
    options: tuple[Option, ...]


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
        by: Sequence[str], recorder: str = "", late_reason: str = "", id_: str = "", matter: str = "",
    ) -> Opened:  # fmt: skip
        """Open a case under the version of the flow that is in force on the day; it is numbered if no id is given.

        ``matter`` is the code or name of the matter for which it is opened, on the list of the agency in whose name
        decisions are made; an agency that has a list of this kind of power must name one.

        Raises:
            InputError: an unknown agency or flow, a party or a title that cannot stand (all problems at once).
            Refused: the day lies in the future, or was entered late without a reason; nobody known opens it;
                the matter is not on the agency's list, or its basis is repealed.
        """
        read = stated(title, party)
        with self.store.write() as work:
            home = self._agency(work, agency)
            compiled = self.flows.in_force(flow, on)
            who = recorder or (by[0] if by else "")
            people = People.of(work, home, [*by, who])
            ids = tuple(people.id_of(name) for name in by)
            power = mandate(matter, work.matters_of(home.signs_as), compiled.flow, on, self.law)
            may_open(compiled, people, ids, people.id_of(who), on, late_reason, self.today, power.against)
            world = self.world(work, home, people)
            number = id_ or next_number(work, home.id, on.year)
            opened = open_case(
                compiled, world, id_=number, title=title.strip() or compiled.flow.name, party=read, on=on, by=ids,
                recorder=people.id_of(who), late_reason=late_reason, matter=power.matter.code if power.matter else "",
            )  # fmt: skip
            work.add(opened)
        return opened

    def view(self, case_id: str, on: date | None = None) -> View:
        """The case with every step of its chart, open or closed with all reasons, as of a day (today by default).

        What the law has brought about by then is seen as if it were recorded already.

        Raises:
            NotFound: no such case.
        """
        with self.store.read() as work:
            day = on or self.today
            stored = self.filed(work, case_id)
            compiled = self.flows.compiled(stored.flow)
            events = self._events(work, compiled, stored, day)
            case = events[-1].case if events else stored
            home = self._agency(work, case.agency)
            named = officers_on_file(compiled.flow, case, case.papers)
            kin = Kin.of(work, compiled, case).with_those_of(events)
            steps = compiled.flow.triggers_from(case.state)
            others = self._elsewhere(work, compiled, case, steps)
            world = self.world(work, home, People.of(work, home, named), kin, others)
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
            case = self.filed(work, case_id)
            compiled = self.flows.compiled(case.flow)
            case = self._up_to_date(work, compiled, case)
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
                self.world(work, home, people, Kin.of(work, compiled, case), others),
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
            case = self.filed(work, case_id)
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
            case = self.filed(work, case_id)
            compiled = self.flows.compiled(case.flow)
            case = self._up_to_date(work, compiled, case)
            home = self._agency(work, case.agency)
            people = People.of(work, home, [by])
            done = identify(compiled, case, read, people.id_of(by), self.world(work, home, people))
            work.record(case, done)
        return done

    def settle(self, case_id: str) -> tuple[Advanced, ...]:
        """Record what the law has brought about in a case by today, through periods that ended.

        Raises:
            NotFound: no such case.
        """
        with self.store.write() as work:
            case = self.filed(work, case_id)
            return self.settled(work, self.flows.compiled(case.flow), case)

    def settled(self, work: Work, compiled: Compiled, case: Case) -> tuple[Advanced, ...]:
        """The same inside a transaction that does more."""
        events = self._events(work, compiled, case, self.today)
        for event in events:
            work.record(case, event)
            case = event.case
        return events

    def _up_to_date(self, work: Work, compiled: Compiled, case: Case) -> Case:
        events = self.settled(work, compiled, case)
        return events[-1].case if events else case

    def filed(self, work: Work, case_id: str) -> Case:
        """The case of that id. Raises NotFound (with close names)."""
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
            raise NotFound("执法机关", name, [text for one in known for text in (one.id, one.name)])
        return home

    def _events(self, work: Work, compiled: Compiled, case: Case, on: date) -> tuple[Advanced, ...]:
        if not may_have_ended(compiled, case, on):
            return ()
        home = self._agency(work, case.agency)
        world = self.world(work, home, People({}, {}, {}), Kin.of(work, compiled, case))
        return settled(compiled, case, on, world)

    def _elsewhere(
        self, work: Work, compiled: Compiled, case: Case, steps: Iterable[str]
    ) -> tuple[Case, ...]:
        """The party's other cases, if one of the steps looks at them and the party is known for certain."""
        key = case.party and case.party.key
        if not key or not any(compiled.looks_elsewhere(step) for step in steps):
            return ()
        return tuple(other for other in work.cases_of(key) if other.id != case.id)

    def world(
        self, work: Work, home: Agency, people: People, kin: Kin = ALONE, others: Sequence[Case] = ()
    ) -> World:
        """What the engine is told besides a case of the agency."""
        now = self.now()
        return World(
            law=self.law, agency=home, officers=people.known, children=kin.children, today=legal_day(now),
            entered_at=now, flow_for=self.flows.in_force, hints=people.hints, others=others,
            entrusting=work.agency(home.entrusted_by) if home.entrusted_by else None, parent=kin.parent,
            siblings=kin.siblings,
        )  # fmt: skip
