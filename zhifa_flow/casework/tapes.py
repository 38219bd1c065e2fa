"""A tape: a scenario played once and kept scene by scene, so that a changed flow is asked only where it differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, Self, cast

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Now, Store
from zhifa_flow.casework.scenarios import Performance, Played, Scenario, Scene, StageTime, begin, scenes
from zhifa_flow.casework.scripts import ScenarioStep
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.model.errors import ZhifaError

#: What a scene touches: (flow, step) of every step that was taken or asked for, with the name of a guard that refused.
Touch = tuple[str, ...]


class ForkingStore(Store, Protocol):
    """A store of which a copy costs nothing."""

    def fork(self) -> Self:
        """A store that holds the same now."""
        ...

    def same_as(self, other: Self) -> bool:
        """Whether both hold the same."""
        ...


@dataclass(frozen=True, slots=True)
class Take:
    """A scene, with the stage as it was before it and what the scene touched."""

    scene: Scene
    before: ForkingStore
    hour: datetime
    cases: Mapping[int, str]
    touched: frozenset[Touch]


@dataclass(frozen=True, slots=True)
class Tape:
    """A scenario that went as it says, scene by scene. ``after`` is what the store holds at the end, ``touched`` all."""

    name: str
    scenario: Scenario
    party: Mapping[str, object]
    desk: Desk
    takes: tuple[Take, ...]
    after: ForkingStore
    touched: frozenset[Touch]


@dataclass(frozen=True, slots=True)
class Complaint:
    """Where a scenario did not go as it says."""

    scenario: str
    title: str
    text: str
    act: ScenarioStep | None = None


class NotAsItSays(ZhifaError):
    """A scenario that does not even hold with the flows as they are."""

    def __init__(self, complaint: Complaint) -> None:
        act = f"{complaint.act.on} {complaint.act.label}: " if complaint.act else ""
        super().__init__(
            f"情景“{complaint.scenario}”不成立({act}{complaint.text}); 先用 zhifa flow test 查看"
        )


def record(name: str, scenario: Scenario, make_desk: Callable[[Now], Desk]) -> Tape:
    """Play a scenario and keep it.

    Raises:
        NotAsItSays: the scenario does not hold.
        ZhifaError: a case of it cannot be opened.
    """
    playing = begin(scenario, make_desk)
    takes = []
    for scene in scenes(scenario):
        store = cast("ForkingStore", playing.desk.store)
        before, hour, cases = store.fork(), playing.stage.moment, dict(playing.cases)
        played = playing.perform(scene)
        if played and played.complaints:
            raise NotAsItSays(_complaint(name, scenario, played))
        takes.append(Take(scene, before, hour, cases, frozenset(_touches(playing.desk, before, played))))
    touched = frozenset(touch for take in takes for touch in take.touched)
    after = cast("ForkingStore", playing.desk.store)
    return Tape(name, scenario, playing.party, playing.desk, tuple(takes), after, touched)


def replay(tape: Tape, desk: Desk, touches: frozenset[Touch]) -> Complaint | None:
    """The first complaint when the scenario is played with the flows and the law of another desk; None if it holds.

    Only scenes that touch what was changed are played, and all that follow the first one that goes another way.
    """
    astray: ForkingStore | None = None
    cases: dict[int, str] = {}
    for take, then in zip(tape.takes, _afters(tape), strict=True):
        if astray is None and take.touched.isdisjoint(touches):
            continue
        store = (astray or take.before).fork()
        stage = StageTime(take.hour)
        playing = Performance(
            replace(desk, store=store, now=stage), stage, tape.party, cases or dict(take.cases)
        )
        try:
            played = playing.perform(take.scene)
        except ZhifaError as error:
            return Complaint(tape.name, tape.scenario.title, "; ".join(error.problems))
        if played and played.complaints:
            return _complaint(tape.name, tape.scenario, played)
        same = store.same_as(then)
        astray, cases = (None, {}) if same else (store, playing.cases)
    return None


def _afters(tape: Tape) -> Iterator[ForkingStore]:
    yield from (take.before for take in tape.takes[1:])
    yield tape.after


def _complaint(name: str, scenario: Scenario, played: Played) -> Complaint:
    return Complaint(name, scenario.title, "; ".join(played.complaints), played.step)


def _touches(desk: Desk, before: ForkingStore, played: Played | None) -> Iterator[Touch]:
    """The steps that the scene added to any case, and the one that it was refused, with the guards that refused it."""
    with before.read() as earlier, desk.store.read() as now:
        for id_ in now.case_ids():
            case, steps = now.case(id_), now.steps(id_)
            known = len(earlier.steps(id_))
            if case:
                yield from ((case.flow, step.trigger) for step in steps[known:])
        case = now.case(played.case) if played else None
    if played and case and played.refused:
        for trigger in _triggers(desk.flows.compiled(case.flow), played.step.do):
            yield (case.flow, trigger)
            yield from ((case.flow, trigger, refusal.code) for refusal in played.refused.refusals)


def _triggers(compiled: Compiled, do: str) -> list[str]:
    """The steps that a word may stand for: a key, or the Chinese name of one or several."""
    return [key for key, step in compiled.flow.transition.items() if do in (key, step.name)]
