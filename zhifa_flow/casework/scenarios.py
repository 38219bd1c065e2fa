"""Scenarios as they are played: walks through a flow that must be allowed, and departures that must be refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from zhifa_flow.casework.changeover import move
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.openings import open_case, usual_party
from zhifa_flow.casework.ports import Now
from zhifa_flow.casework.scripts import Scenario, ScenarioStep
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.model.case import Paper
from zhifa_flow.model.errors import Refused, ZhifaError
from zhifa_flow.model.step import Refusal

__all__ = ["Coverage", "Performance", "Played", "Scenario", "ScenarioStep", "play", "scenes"]

#: How the cases are called that are played before: the number that documents of the scenario name them by.
EARLIER_CASE = "另案{}"


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


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played at one go: the opening of a case (``act`` is None), or one act in it.

    ``number`` is that of the case: 0 the scenario's own, 1, 2 … those of the ``earlier`` ones.
    """

    scenario: Scenario
    number: int
    act: ScenarioStep | None = None
    covers: bool = False


def scenes(scenario: Scenario) -> Iterator[Scene]:
    """Everything that is played of a scenario, in its order; the ``earlier`` ones come first."""
    for number, earlier in enumerate(scenario.earlier, 1):
        yield Scene(earlier, number)
        yield from (Scene(earlier, number, act) for act in earlier.step)
    yield Scene(scenario, 0)
    yield from (Scene(scenario, act.other, act, covers=True) for act in scenario.step)


@dataclass(slots=True)
class Performance:
    """A stage with its desk, its hour and the cases opened so far, on which scenes are played one after another."""

    desk: Desk
    stage: StageTime
    party: Mapping[str, Any]
    cases: dict[int, str] = field(default_factory=dict)

    def perform(self, scene: Scene, coverage: Coverage | None = None) -> Played | None:
        """Play the next scene; None for the opening of a case, in which there is nothing to expect.

        Raises:
            ZhifaError: the case cannot be opened.
        """
        if scene.act is None:
            id_ = EARLIER_CASE.format(scene.number) if scene.number else ""
            self.cases[scene.number] = open_case(
                scene.scenario, self.desk, lambda day: self.stage.turn_to(day, None), self.party, id_
            )
            return None
        self.stage.turn_to(scene.act.entered or scene.act.on, scene.act.at)
        return _act(self.desk, self.cases[scene.number], scene.act, coverage if scene.covers else None)


def begin(scenario: Scenario, make_desk: Callable[[Now], Desk]) -> Performance:
    """The stage for a scenario, on an empty store."""
    stage = StageTime()
    return Performance(make_desk(stage), stage, usual_party(scenario))


def play(
    scenario: Scenario, make_desk: Callable[[Now], Desk], coverage: Coverage | None = None
) -> Iterator[Played]:
    """Play a scenario on an empty store, one act at a time; what differs from it is in ``complaints``.

    First come the acts of its ``earlier`` ones, which do not count as covered: they are scenarios of their own.
    """
    performance = begin(scenario, make_desk)
    for scene in scenes(scenario):
        if played := performance.perform(scene, coverage):
            yield played


def _act(desk: Desk, main: str, step: ScenarioStep, coverage: Coverage | None) -> Played:
    case = _case_of(desk, main, step)
    if case is None:
        return Played(step, main, None, None, (f"没有已启动的“{step.in_}”",))
    documents = {
        kind: content if isinstance(content, list) else [content] for kind, content in step.documents.items()
    }
    moment = datetime.combine(step.on, step.at, tzinfo=SHANGHAI) if step.at else None
    try:
        if step.to:
            moved = move(desk, case, step.to, step.by[0] if step.by else "", step.late_reason).done.advanced
            return Played(step, case, moved, None, tuple(_advance_complaints(step, moved)))
        advanced = _deemed(desk, case, step) or desk.do(
            case, step.do, on=step.on, by=step.by, recorder=step.as_, documents=documents,
            late_reason=step.late_reason, moment=moment,
        )  # fmt: skip
    except Refused as refused:
        _cover(desk, case, step, coverage, refused)
        return Played(step, case, None, refused, tuple(_refusal_complaints(step, refused)))
    except ZhifaError as error:
        return Played(step, case, None, None, error.problems)
    _cover(desk, case, step, coverage, None)
    return Played(step, case, advanced, None, tuple(_advance_complaints(step, advanced)))


def _deemed(desk: Desk, case: str, step: ScenarioStep) -> Advanced | None:
    """What the law is said to have brought about by the day of the act; None where the step is somebody's act.

    Raises:
        Refused: it has not come about.
    """
    with desk.store.read() as work:
        flow = desk.flows.compiled(desk.filed(work, case).flow).flow
    if step.do not in flow.transition or flow.transition[step.do].by:
        return None
    view = desk.view(case, step.on)
    event = next((one for one in desk.settle(case) if one.step.trigger == step.do), None)
    if event is None or event.step.on != step.on:
        option = next((one for one in view.options if one.trigger == step.do), None)
        against = [one for one in option.refusals if one.code in flow.guard] if option else []
        found = f"发生在{event.step.on}" if event else "期限没有届满, 或者案件不在可以发生的状态"
        raise Refused(flow.transition[step.do].name, against or [Refusal("deemed", "没有依法发生", found)])
    return event


def _case_of(desk: Desk, main: str, step: ScenarioStep) -> str | None:
    case = main
    for rule in step.in_.split(".") if step.in_ else ():
        children = [child.id for child in desk.view(case, step.on).children if child.relation == rule]
        if not children:
            return None
        case = children[-1]
    return case


def _advance_complaints(step: ScenarioStep, advanced: Advanced) -> list[str]:
    complaints = [] if step.expect == "moved" else ["应当不予办理, 但是办理了"]
    if step.state and advanced.case.state != step.state:
        complaints.append(f"应当到“{step.state}”, 现在是“{advanced.case.state}”")
    found = "; ".join(row.reason for row in advanced.step.findings.values())
    complaints += [f"认定中没有写明“{words}”" for words in step.says if words not in found]
    return [*complaints, *_aftermath_complaints(step, advanced)]


def _aftermath_complaints(step: ScenarioStep, advanced: Advanced) -> Iterator[str]:
    """What is not as the scenario says of deadlines, documents, circumstances and side duties after the step."""
    case = advanced.case
    for name, day in step.due.items():
        clock = case.clocks.get(name)
        now = clock and (clock.moment[:16] if isinstance(day, datetime) else clock.due.isoformat())
        if now != day.isoformat()[:16]:
            yield f"期限“{name}”的最后一日应当是{day}, 现在{f'是{now}' if now else '没有计算'}"
    for kind in step.void:
        if kind not in advanced.step.superseded or any(
            paper.seq < case.revision for paper in case.papers.get(kind, ())
        ):
            yield f"文书“{kind}”应当因本步失去效力"
    yield from _loose(step, advanced.step.papers)
    flags = {name for name in case.flags if case.flag_up(name)}
    if step.flags is not None and set(step.flags) != flags:
        yield f"此后的情形应当是{_listed(step.flags)}, 现在是{_listed(flags)}"
    opened = [one.rule for one in advanced.step.opened]
    if step.opens is not None and set(step.opens) != set(opened):
        yield f"应当启动{_listed(step.opens)}, 启动了{_listed(opened)}"


def _loose(step: ScenarioStep, papers: Iterable[Paper]) -> Iterator[str]:
    """What the documents of the step should have fixed and did not: unbound, or nothing of the kind was on file."""
    fixed = {paper.kind: {kind for kind, digest in paper.bound.items() if digest} for paper in papers}
    for kind, names in step.bound.items():
        if missing := [name for name in names if name not in fixed.get(kind, ())]:
            yield f"文书“{kind}”应当锁定在卷的{_listed(missing)}, 没有锁定"


def _listed(names: Iterable[str]) -> str:
    return "、".join(sorted(names)) or "(无)"


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


def _cover(
    desk: Desk, case: str, step: ScenarioStep, coverage: Coverage | None, refused: Refused | None
) -> None:
    if coverage is None or step.to:
        return
    found, compiled, _ = desk.history(case)
    trigger = step.do if step.do in compiled.flow.transition else next(
        key for key, one in compiled.flow.transition.items() if one.name == step.do
    )  # fmt: skip
    refusing = {refusal.code for refusal in refused.refusals} if refused else set()
    for bound in compiled.guards[trigger]:
        side = coverage.refused if bound.name in refusing else coverage.passed
        side.add((found.flow, trigger, bound.name))
    if refused is None:
        coverage.moved.add((found.flow, trigger))
