"""Random walks through the small flow, each with a goal: what holds after every step, whoever tried whatever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.engine.builders import (
    AGENCY,
    DAY,
    OFFICERS,
    PARTY,
    RAW,
    RECORD,
    certificate,
    changed,
    officer,
    request,
    side,
    world,
)
from zhifa_flow.engine.advance import Advanced, advance
from zhifa_flow.engine.chain import broken_links
from zhifa_flow.engine.opening import open_case
from zhifa_flow.engine.options import options
from zhifa_flow.engine.steps import replay
from zhifa_flow.engine.world import World
from zhifa_flow.model.case import Case, ClockState
from zhifa_flow.model.errors import Refused
from zhifa_flow.model.party import Party
from zhifa_flow.model.penalty import heavier
from zhifa_flow.model.step import Option, Request, Step

NEXT = timedelta(days=1)
#: The small flow, but inquiries and proposals are still possible after the review, which is void then.
LOOSE = changed(
    transition={
        name: {**RAW["transition"][name], "source": ["inquiry", "reviewed"]}
        for name in ("inquire", "propose", "hold_hearing")
    }
)
FLOW = LOOSE.flow
TRIGGERS = sorted(RAW["transition"])
#: One whose certificate runs out, one who might sit on both sides, one of another organ, one who has left.
PEOPLE = OFFICERS | {
    one.id: one
    for one in (
        officer("meng", "孟某", "调查岗", certificates=(certificate(last=DAY + 9 * NEXT),)),
        officer("dual", "杜某", "调查岗", "听证主持岗", "法制审核岗", legal_qualification=True),
        officer("gone", "郭某", "调查岗", active_to=DAY + 5 * NEXT),
        officer("deng", "邓某", head=True),
    )
}
BARRED = [(role, other) for role, entry in FLOW.role.items() for other in entry.barred]

names = st.sampled_from([*PEOPLE, "nobody", "", "张某"])
investigators = st.lists(
    st.sampled_from(["zhang", "wang", "meng", "gone", "dual"]), min_size=1, max_size=3
).map(tuple)
others = st.lists(
    st.sampled_from(["sun", "deng", "zhou", "li", "zhao", "qian", "dual"]), min_size=1, max_size=2
).map(tuple)
persons = investigators | others | st.lists(names, max_size=3).map(tuple)
days_off = st.integers(-6, 2)
fines = st.sampled_from(["1元", "2万元", "5万元", "60,000.00", "0", "-1", True])
penalties = st.lists(
    st.one_of(st.builds(lambda amount: {"kind": "罚款", "amount": amount}, fines), st.just({"kind": "警告"}), st.just({"kind": "吊销许可证件"})),
    max_size=2,
)  # fmt: skip
AMOUNTS = st.sampled_from(["2万元", "5万元"])
answers = st.sampled_from(["是", "否", "也许", "", None, "\x00", ["否"]])
copies: dict[str, Any] = {
    "filing": st.fixed_dictionaries({"number": st.sampled_from(["1号", ""]), "reason": st.sampled_from(["举报", " "])}),
    "record": st.fixed_dictionaries({
        "made_on": st.dates(DAY - 3 * NEXT, DAY + 40 * NEXT), "officers": st.lists(names, max_size=3), "answer": st.just("属实"),
        "refused": answers,
    }),
    "proposal": st.fixed_dictionaries({"penalties": penalties}),
    "hearing": st.fixed_dictionaries({"chair": names}),
    "opinion": st.fixed_dictionaries({"outcome": st.sampled_from(["通过", "退回", "通过 "])}),
    "decision": st.fixed_dictionaries({"number": st.just("2号"), "penalties": penalties}),
    "receipt": st.fixed_dictionaries({"payments": st.lists(st.fixed_dictionaries({"on": st.dates(DAY, DAY + 40 * NEXT), "amount": fines}), max_size=2)}),
    "deferral": st.fixed_dictionaries({"until": st.dates(DAY, date(2101, 1, 1))}),
}  # fmt: skip
handed = st.dictionaries(st.sampled_from(sorted(copies)), st.integers(1, 2), max_size=2).flatmap(
    lambda counts: st.fixed_dictionaries(
        {kind: st.lists(copies[kind], min_size=n, max_size=n) for kind, n in counts.items()}
    )
)


class Walk(RuleBasedStateMachine):
    """One case, its children, its people, and somebody who tries things."""

    @initialize(
        goal=st.sampled_from(sorted(FLOW.state)), party=st.sampled_from([PARTY, PARTY, None]), start=st.integers(0, 6),
        amount=AMOUNTS,
    )  # fmt: skip
    def begin(self, goal: str, party: Party | None, start: int, amount: str) -> None:
        self.goal, self.today, self.children = goal, DAY, dict[str, tuple[Case, list[Step]]]()
        self.reviewed: list[Any] = []
        opened = open_case(
            LOOSE, self.world, on=DAY, by=("li",), recorder="li", id_="A1", title="某案", party=party
        )  # fmt: skip
        self.case, self.steps, self.visited = opened.case, [opened.step], {opened.case.state}
        for _ in range(start):
            if not self.case.ended:
                self.forward(amount)
        self.today += 10 * NEXT

    @property
    def world(self) -> World:
        return world(self.today, officers=PEOPLE, children=tuple(case for case, _ in self.children.values()))

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.today += days * NEXT

    @rule(
        data=st.data(), by=persons, recorder=names, off=days_off, documents=handed,
        late=st.sampled_from(["", "出差", "\u200b"]),
    )  # fmt: skip
    def somebody_tries(
        self, data: st.DataObject, by: tuple[str, ...], recorder: str, off: int, documents: Any, late: str
    ) -> None:
        trigger = data.draw(st.sampled_from(TRIGGERS))
        self.attempt(Request(trigger, self.today + off * NEXT, by, recorder, documents, late))

    @rule(data=st.data(), one_of_them=st.booleans(), amount=AMOUNTS)
    def somebody_else_acts(self, data: st.DataObject, one_of_them: bool, amount: str) -> None:
        asked = self.good(data.draw(st.sampled_from(self.here)), amount)
        roles = FLOW.transition[asked.trigger].by
        by = data.draw(st.just(asked.by) | (investigators if "investigators" in roles else others))
        self.attempt(replace(asked, by=by, recorder=by[-1] if one_of_them else data.draw(names)))

    @rule(
        data=st.data(),
        recorder=st.sampled_from(["li", "sun", "deng", "wang"]),
        both=st.booleans(),
        amount=AMOUNTS,
    )
    def somebody_enters_it_for_others(
        self, data: st.DataObject, recorder: str, both: bool, amount: str
    ) -> None:
        asked = self.good(data.draw(st.sampled_from(self.here)), amount)
        by = tuple(dict.fromkeys((*asked.by, recorder))) if both else asked.by
        self.attempt(replace(asked, by=by, recorder=recorder))

    @rule(data=st.data(), amount=AMOUNTS)
    def a_document_names_somebody_else(self, data: st.DataObject, amount: str) -> None:
        asked = self.good(data.draw(st.sampled_from(["inquire", "hold_hearing", "review"])), amount)
        named: dict[str, list[dict[str, Any]]] = {
            "record": [{**RECORD, "officers": list(data.draw(investigators))}], "hearing": [{"chair": data.draw(names)}],
        }  # fmt: skip
        documents = {kind: named.get(kind, copies) for kind, copies in asked.documents.items()}
        self.attempt(replace(asked, documents=documents))

    @rule(data=st.data(), off=days_off, late=st.sampled_from(["", "出差", "出差"]), amount=AMOUNTS)
    def it_happened_on_another_day(self, data: st.DataObject, off: int, late: str, amount: str) -> None:
        asked = self.good(data.draw(st.sampled_from(self.here)), amount)
        documents = (
            {"record": [{**RECORD, "made_on": DAY}]} if asked.trigger == "inquire" else asked.documents
        )
        self.attempt(replace(asked, on=self.today + off * NEXT, late_reason=late, documents=documents))

    @rule(data=st.data(), documents=handed, kind=st.sampled_from(["others", "more", "none"]), amount=AMOUNTS)
    def other_documents_are_handed_in(
        self, data: st.DataObject, documents: Any, kind: str, amount: str
    ) -> None:
        asked = self.good(data.draw(st.sampled_from(self.here)), amount)
        given = {"others": documents, "more": {**documents, **asked.documents}, "none": {}}[kind]
        self.attempt(replace(asked, documents=given))

    @rule(data=st.data(), amount=AMOUNTS)
    def what_was_announced_is_what_happens(self, data: st.DataObject, amount: str) -> None:
        trigger = data.draw(st.sampled_from([*self.here, *self.here, *TRIGGERS]))
        shown = {one.trigger: one for one in options(LOOSE, self.case, self.today, self.world)}
        open_here = self.case.state in FLOW.transition[trigger].source

        advanced = self.attempt(self.good(trigger, amount))

        option = shown.get(trigger)
        assert (option is not None) == open_here
        assert (advanced is not None) == (option is not None and option.is_open and self.can_be_met(option))

    @rule(amount=AMOUNTS)
    def the_next_step_to_the_goal(self, amount: str) -> None:
        if self.goal not in self.visited:
            self.forward(amount)

    @rule()
    def a_side_duty_is_done(self) -> None:
        for id_, (child, steps) in self.children.items():
            if not child.ended:
                advanced = advance(side(), child, Request("publish", self.today, ("li",), "li"), self.world)
                self.children[id_] = (advanced.case, [*steps, advanced.step])
                return

    @property
    def here(self) -> tuple[str, ...]:
        """What the chart shows from here; while the case is held up, its resumption many times over."""
        held_up = ("resume",) * 7 if self.case.flag_up("suspended") else ()
        return (*held_up, *FLOW.triggers_from(self.case.state)) or ("close",)

    # how a step is tried ----------------------------------------------------------------------------------

    def attempt(self, asked: Request) -> Advanced | None:
        before = self.case
        copy = replace(before)
        advanced: Advanced | None
        try:
            advanced = advance(LOOSE, before, asked, self.world)
        except Refused as refused:
            advanced, reasons = None, refused.refusals
        assert before == copy
        if advanced is None:
            assert reasons
            assert all(reason.message for reason in reasons)
            return None
        self.lawful(before, asked, advanced)
        self.case = advanced.case
        self.steps.append(advanced.step)
        self.visited.add(advanced.case.state)
        if asked.trigger == "review":
            self.reviewed = self.said(self.case)
        for child in advanced.children:
            self.children[child.case.id] = (child.case, [child.step])
        return advanced

    def good(self, trigger: str, amount: str = "2万元") -> Request:
        """The step as the usual people take it today with documents that fit the case."""
        asked = request(trigger, self.today)
        documents: dict[str, Any] = dict(asked.documents)
        if trigger == "inquire":
            documents = {
                "record": [
                    {
                        "made_on": self.today,
                        "officers": ["zhang", "wang"],
                        "answer": f"属实{self.case.revision}",
                        "refused": "否",
                    }
                ]
            }
        elif trigger == "propose":
            documents = {"proposal": [{"penalties": [{"kind": "罚款", "amount": amount}]}]}
        elif trigger == "review" and not self.case.paper("hearing"):
            documents["hearing"] = [{"chair": "qian"}]
        elif trigger == "decide" and (proposal := self.case.paper("proposal")):
            documents = {"decision": [{"number": "2号", "penalties": in_yuan(proposal.fields["penalties"])}]}
        elif trigger == "defer":
            documents = {"deferral": [{"until": self.today + 30 * NEXT}]}
        elif trigger == "pay":
            documents = {
                "receipt": [{"payments": [{"on": self.today, "amount": f"{60_000 + self.case.revision}元"}]}]
            }
        return replace(asked, documents=documents)

    def can_be_met(self, option: Option) -> bool:
        """Whether the good request meets what hangs on documents handed in with the step."""
        return not option.with_step or option.trigger == "review"

    def forward(self, amount: str = "2万元") -> None:
        """One step on the way to the goal; it must be possible."""
        trigger = self.way()
        if trigger == "close":
            self.a_side_duty_is_done()
        assert self.attempt(self.good(trigger, amount)) is not None, trigger

    def way(self) -> str:
        if self.case.flag_up("suspended"):
            return "resume"
        if self.case.state == "inquiry" and not self.case.paper("proposal"):
            return "propose"
        if self.case.state == "reviewed" and not self.current():
            return "go_back"
        if self.case.state == "decided" and not self.paid():
            return "pay"
        return {"registered": "file_case", "inquiry": "review", "reviewed": "decide", "decided": "close"}[
            self.case.state
        ]

    def paid(self) -> bool:
        rows = [row for paper in self.case.papers.get("receipt", ()) for row in paper.fields["payments"]]  # type: ignore[attr-defined]
        return bool(sum(row["amount"] for row in rows) >= fine(self.case))

    # what must hold -----------------------------------------------------------------------------------------

    def lawful(self, before: Case, asked: Request, advanced: Advanced) -> None:
        """The guarantees, said a second time and in another way than the engine does."""
        step, after, transition = advanced.step, advanced.case, FLOW.transition[asked.trigger]
        assert before.state in transition.source
        assert after.state == (transition.target or before.state)
        assert (before.entered_state_on if transition.stays else before.last_on) <= step.on <= self.today
        assert bool(step.late_reason) == (step.on < self.today)
        assert step.recorder in PEOPLE
        self.lawful_people(before, step, after)
        assert not (before.flag_up("suspended") and step.trigger != "resume")
        assert not (before.flag_up("remedy") and step.trigger == "defer")
        self.lawful_documents(before, step, after)
        if step.trigger == "decide":
            assert heavier(rows_of(after, "decision"), rows_of(before, "proposal")) == []
            assert self.current(before)
            assert len(advanced.children) == self.publication_due(before)
        if step.trigger == "close":
            assert all(
                child.ended and child.entered_state_on <= step.on for child, _ in self.children.values()
            )

    def current(self, case: Case | None = None) -> bool:
        """Whether there is an opinion, and what it rests on says what it said when the opinion was made."""
        case = case or self.case
        return case.paper("opinion") is not None and self.said(case) == self.reviewed

    def said(self, case: Case) -> list[Any]:
        papers = (paper for kind in ("proposal", "record") for paper in case.papers.get(kind, ()))
        return [(paper.kind, paper.on, paper.by, paper.fields) for paper in papers]

    def publication_due(self, case: Case) -> bool:
        rows = rows_of(case, "proposal")
        proposed = sum(row.get("amount", 0) for row in rows if row["kind"] == "罚款")
        return (
            case.party is None or proposed >= 50_000_00 or any(row["kind"] == "吊销许可证件" for row in rows)
        )

    def lawful_documents(self, before: Case, step: Step, after: Case) -> None:
        transition = FLOW.transition[step.trigger]
        assert {paper.kind for paper in step.papers} >= set(transition.documents)
        for kind, document in FLOW.document.items():
            new = [paper for paper in step.papers if paper.kind == kind]
            old = [] if kind in transition.supersedes else [*before.papers.get(kind, ())]
            assert document.repeatable or len(new) <= 1
            assert [*after.papers.get(kind, ())] == ([*old, *new] if document.repeatable else (new or old))
            assert (
                document.repeatable
                or not new
                or all(paper.on <= step.on for paper in before.papers.get(kind, ()))
            )

    def lawful_people(self, before: Case, step: Step, after: Case) -> None:
        role = FLOW.role[step.role]
        assert len(set(step.by)) == len(step.by) >= role.count
        assert not role.in_person or set(step.by) == {step.recorder}
        for one in {*step.by, *(one for acted in step.acted.values() for one in acted)}:
            assert PEOPLE[one].absence_on(step.on) is None
            assert PEOPLE[one].agency == AGENCY.id
        for one in step.acted.get("investigators", ()):
            assert PEOPLE[one].certificate_on(step.on) is not None
        for mine, other in BARRED:
            newly = set(step.acted.get(mine, ()))
            assert not newly & set(after.acted.get(other, ()))
        assert set(before.acted) <= set(after.acted)

    @invariant()
    def the_steps_add_up_to_the_case(self) -> None:
        assert replay(FLOW, self.steps) == self.case
        assert broken_links(self.steps) == []
        for child, steps in self.children.values():
            assert replay(side().flow, steps) == child
            assert broken_links(steps) == []

    @invariant()
    def dates_flags_and_clocks_hold_together(self) -> None:
        case = self.case
        assert case.opened_on <= case.entered_state_on <= case.last_on <= self.today
        assert case.last_on == max(step.on for step in self.steps)
        for stretches in case.flags.values():
            assert all(one.last is None or one.first <= one.last for one in stretches)
            assert all(
                first.last is not None and first.last <= then.first for first, then in pairwise(stretches)
            )
        for clock in case.clocks.values():
            assert len(clock.extensions) <= 1
            assert clock.started <= clock.due or clock.moved
            assert (clock.state is ClockState.RUNNING) == (clock.ended is None)
        if (
            (handling := case.clocks.get("handling"))
            and handling.state is ClockState.RUNNING
            and not case.flag_up("suspended")
        ):
            held_up = {
                day
                for one in case.flags.get("suspended", ())
                for day in days(one.first, one.last or one.first)
            }
            counted = [
                day for day in days(handling.started + NEXT, handling.due + NEXT) if day not in held_up
            ]
            assert len(counted) == 90 + 30 * len(handling.extensions)
            assert handling.due not in held_up

    def teardown(self) -> None:
        if not hasattr(self, "case"):
            return
        for _ in range(8):
            if self.goal in self.visited:
                return
            self.forward()
        assert self.goal in self.visited


def days(first: date, end: date) -> list[date]:
    return [first + number * NEXT for number in range((end - first).days)]


def in_yuan(rows: Any) -> list[dict[str, object]]:
    return [
        {**row, **({"amount": f"{row['amount'] / 100:.2f}元"} if row.get("amount") else {})} for row in rows
    ]


def rows_of(case: Case, kind: str) -> Any:
    paper = case.paper(kind)
    return paper.fields["penalties"] if paper else []


def fine(case: Case) -> int:
    return sum(row.get("amount", 0) for row in rows_of(case, "decision") if row["kind"] == "罚款")


Walk.TestCase.settings = settings(
    max_examples=80,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
test_a_random_walk_keeps_every_guarantee_and_reaches_its_goal = Walk.TestCase
