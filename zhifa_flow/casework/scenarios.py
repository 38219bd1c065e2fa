"""Scenarios: walks through a flow that must be allowed, and departures from them that must be refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field as Rule
from pydantic import WithJsonSchema, model_validator

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Now
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.errors import Refused, ZhifaError
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.register import Entered
from zhifa_flow.model.step import Refusal
from zhifa_flow.model.words import Text, Texts, Whole, Words

#: What an officer of a scenario is unless it says otherwise: on the establishment, with a valid certificate.
USUAL_OFFICER = {
    "personnel": "established",
    "certificates": [{"number": "豫A-0001", "valid_from": "2015-01-01", "valid_to": "2035-12-31"}],
}
USUAL_AGENCY = {"id": "jia", "name": "某县某局", "region": "河南省", "sector": "综合执法", "level": "county"}
USUAL_PARTY = {"kind": "organisation", "name": "某公司", "address": "某县某路1号"}
#: How the cases are called that are played before: the number that documents of the scenario name them by.
EARLIER_CASE = "另案{}"
_FILES = {"items": {"type": "string"}, "type": "array"}


class ScenarioStep(Words):
    """One act of a scenario. ``in`` names the child rule whose newest case the act belongs to.

    ``other`` says that it belongs to the first, second … of the cases played before, and not to that of the scenario.
    ``entered`` is the day of entry (the day of the act by default). ``basis`` must all be cited by the refusal;
    ``guard`` is the guard that must be among those that refuse, ``says`` must all stand in the text, or, where the
    step is taken, in what was found.
    """

    do: Text
    id: str = ""
    on: date
    by: Texts = ()
    as_: str = Rule(default="", alias="as")
    at: time | None = None
    in_: str = Rule(default="", alias="in")
    other: Whole = Rule(default=0, ge=0)
    entered: date | None = None
    late_reason: str = ""
    documents: dict[str, Any] = {}
    expect: Literal["moved", "refused"] = "moved"
    basis: Texts = ()
    guard: Texts = ()
    says: Texts = ()
    state: str = ""
    fill_in: bool = False
    note: str = ""

    @property
    def label(self) -> str:
        """How a change names the step."""
        return self.id or self.do


class Scenario(Words):
    """A scenario file once everything it extends has been put together.

    ``earlier`` are scenarios (in a file: the names of theirs) that are played first on the same store, with the party
    of this one. Their cases are numbered 另案1, 另案2 …
    """

    format: Literal["zhifa-scenario/1"] = Rule(alias="schema")
    flow: Text
    title: Text
    note: str = ""
    region: str = "河南省"
    sector: str = "综合执法"
    opened: date | None = None
    agency: dict[str, Any] = {}
    party: dict[str, Any] = {}
    officer: tuple[dict[str, Any], ...] = ()
    other_agency: tuple[dict[str, Any], ...] = ()
    earlier: Annotated[tuple[Scenario, ...], WithJsonSchema(_FILES)] = ()
    step: tuple[ScenarioStep, ...]

    @model_validator(mode="after")
    def _others_are_there(self) -> Scenario:
        missing = [step.label for step in self.step if step.other > len(self.earlier)]
        if missing:
            raise ValueError(f"步骤{'、'.join(missing)}: 先办的另案(earlier)只有{len(self.earlier)}件")
        return self


@dataclass(frozen=True, slots=True)
class Played:
    """One act as it went: what came of it, and in what it differs from what the scenario expects."""

    step: ScenarioStep
    case: str
    advanced: Advanced | None
    refused: Refused | None
    complaints: tuple[str, ...]


@dataclass(slots=True)
class Coverage:
    """Which guards of which steps refused, and which let pass, over all scenarios played."""

    refused: set[tuple[str, str, str]] = field(default_factory=set)
    passed: set[tuple[str, str, str]] = field(default_factory=set)
    moved: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class StageTime:
    """The time on stage: set by each act in turn."""

    moment: datetime = datetime(2021, 7, 15, 9, 0, tzinfo=SHANGHAI)

    def __call__(self) -> datetime:
        """The present moment."""
        return self.moment

    def turn_to(self, day: date, at: time | None) -> None:
        """Let it be that hour of that day (five in the afternoon by default)."""
        self.moment = datetime.combine(day, at or time(17, 0), tzinfo=SHANGHAI) + timedelta(seconds=1)


def play(
    scenario: Scenario, make_desk: Callable[[Now], Desk], coverage: Coverage | None = None
) -> Iterator[Played]:
    """Play a scenario on an empty store, one act at a time; what differs from it is in ``complaints``.

    First come the acts of its ``earlier`` ones, which do not count as covered: they are scenarios of their own.
    """
    stage = StageTime()
    desk = make_desk(stage)
    party = usual_party(scenario)
    others = []
    for number, earlier in enumerate(scenario.earlier, 1):
        others.append(_begin(earlier, desk, stage, party, EARLIER_CASE.format(number)))
        yield from _acts(desk, stage, (others[-1],), earlier, None)
    cases = (_begin(scenario, desk, stage, party), *others)
    yield from _acts(desk, stage, cases, scenario, coverage)


def usual_party(scenario: Scenario) -> dict[str, Any]:
    """The party of a scenario: without a code unless it says one."""
    code = {} if scenario.party.get("code") else {"no_code_reason": "测试数据"}
    return {**USUAL_PARTY, **code, **scenario.party}


def _begin(scenario: Scenario, desk: Desk, stage: StageTime, party: Mapping[str, Any], id_: str = "") -> str:
    home = _set_stage(scenario, desk)
    opened = scenario.opened or scenario.step[0].on
    stage.turn_to(opened, None)
    begun = desk.open(
        flow=scenario.flow.partition("@")[0], agency=home.id, title=scenario.title, party=party, on=opened,
        by=[str(scenario.officer[0]["id"])], id_=id_,
    )  # fmt: skip
    return begun.case.id


def _acts(
    desk: Desk, stage: StageTime, cases: Sequence[str], scenario: Scenario, coverage: Coverage | None
) -> Iterator[Played]:
    for step in scenario.step:
        stage.turn_to(step.entered or step.on, step.at)
        yield _act(desk, cases[step.other], step, coverage)


def _set_stage(scenario: Scenario, desk: Desk) -> Agency:
    home = Agency.read(
        {**USUAL_AGENCY, "region": scenario.region, "sector": scenario.sector, **scenario.agency}
    )
    entered = Entered(desk.now())
    with desk.store.write() as work:
        for raw in scenario.other_agency:
            work.put_agency(Agency.read({**USUAL_AGENCY, **raw}), entered)
        work.put_agency(home, entered)
        for place, raw in enumerate(scenario.officer):
            usual = {**USUAL_OFFICER, "agency": home.id, "name": f"{raw['id']}"}
            certificates = [{**USUAL_OFFICER["certificates"][0], "number": f"豫A-{place + 1:04d}"}]  # type: ignore[dict-item]
            work.put_officer(Officer.read({**usual, "certificates": certificates, **raw}), entered)
    return home


def _act(desk: Desk, main: str, step: ScenarioStep, coverage: Coverage | None) -> Played:
    case = _case_of(desk, main, step)
    if case is None:
        return Played(step, main, None, None, (f"没有已启动的“{step.in_}”",))
    documents = {
        kind: content if isinstance(content, list) else [content] for kind, content in step.documents.items()
    }
    moment = datetime.combine(step.on, step.at, tzinfo=SHANGHAI) if step.at else None
    try:
        advanced = _deemed(desk, case, step) or desk.do(
            case, step.do, on=step.on, by=step.by, recorder=step.as_, documents=documents,
            late_reason=step.late_reason, moment=moment,
        )  # fmt: skip
    except Refused as refused:
        _cover(desk, case, step.do, coverage, refused)
        return Played(step, case, None, refused, tuple(_refusal_complaints(step, refused)))
    except ZhifaError as error:
        return Played(step, case, None, None, error.problems)
    _cover(desk, case, step.do, coverage, None)
    complaints = [] if step.expect == "moved" else ["应当不予办理, 但是办理了"]
    if step.state and advanced.case.state != step.state:
        complaints.append(f"应当到“{step.state}”, 现在是“{advanced.case.state}”")
    found = "; ".join(row.reason for row in advanced.step.findings.values())
    complaints += [f"认定中没有写明“{words}”" for words in step.says if words not in found]
    return Played(step, case, advanced, None, tuple(complaints))


def _deemed(desk: Desk, case: str, step: ScenarioStep) -> Advanced | None:
    """What the law is said to have brought about by the day of the act; None where the step is somebody's act.

    Raises:
        Refused: it has not come about.
    """
    view = desk.view(case, step.on)
    flow = view.compiled.flow
    if step.do not in flow.transition or flow.transition[step.do].by:
        return None
    event = next((one for one in desk.settle(case) if one.step.trigger == step.do), None)
    if event is None or event.step.on != step.on:
        option = next((one for one in view.options if one.trigger == step.do), None)
        against = [one for one in option.refusals if one.code in flow.guard] if option else []
        found = f"发生在{event.step.on}" if event else "期限没有届满, 或者案件不在可以发生的状态"
        raise Refused(flow.transition[step.do].name, against or [Refusal("deemed", "没有依法发生", found)])
    return event


def _case_of(desk: Desk, main: str, step: ScenarioStep) -> str | None:
    if not step.in_:
        return main
    children = [child.id for child in desk.view(main, step.on).children if child.relation == step.in_]
    return children[-1] if children else None


def _refusal_complaints(step: ScenarioStep, refused: Refused) -> list[str]:
    if step.expect == "moved":
        return ["应当办理, 但是不予办理: " + "; ".join(refused.problems)]
    cited = {article for refusal in refused.refusals for article in refusal.basis}
    codes = {refusal.code for refusal in refused.refusals}
    complaints = [f"拒绝理由没有引用{article}" for article in step.basis if article not in cited]
    complaints += [
        f"条件“{guard}”没有拒绝, 拒绝的是{'、'.join(sorted(codes))}"
        for guard in step.guard
        if guard not in codes
    ]
    text = str(refused)
    return complaints + [f"拒绝理由没有写明“{words}”" for words in step.says if words not in text]


def _cover(desk: Desk, case: str, do: str, coverage: Coverage | None, refused: Refused | None) -> None:
    if coverage is None:
        return
    found, compiled, _ = desk.history(case)
    trigger = do if do in compiled.flow.transition else next(
        key for key, one in compiled.flow.transition.items() if one.name == do
    )  # fmt: skip
    refusing = {refusal.code for refusal in refused.refusals} if refused else set()
    for bound in compiled.guards[trigger]:
        side = coverage.refused if bound.name in refusing else coverage.passed
        side.add((found.flow, trigger, bound.name))
    if refused is None:
        coverage.moved.add((found.flow, trigger))
