"""Changing over (改用新版本): a running case goes on under the newer version of its flow, as a step of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.chain import sealed
from zhifa_flow.engine.deadlines import changes
from zhifa_flow.engine.hindsight import Versions, held_over, hindsight, situation_then
from zhifa_flow.engine.obstacles import recorder_refusals, text_refusals
from zhifa_flow.engine.people import signatures
from zhifa_flow.engine.refiling import carried_refusals
from zhifa_flow.engine.steps import CHANGE_VERSION, OWN_STEPS, apply, lowered
from zhifa_flow.engine.turns import Turn, turns
from zhifa_flow.engine.validity import ended_by_law
from zhifa_flow.engine.world import World, situation_of
from zhifa_flow.model.case import Case, ClockState, RunningClock
from zhifa_flow.model.errors import Refused
from zhifa_flow.model.step import Refusal, Step


@dataclass(frozen=True, slots=True)
class ChangedOver:
    """The case under its new version, the step, and the deadlines that differ: begun by it, or going on as they were.

    ``begun`` are deadlines that only the new version knows and that its steps have started; ``kept`` are those that
    run on with their length although the new version states them otherwise.
    """

    advanced: Advanced
    begun: tuple[RunningClock, ...]
    kept: tuple[str, ...]


def change_over(
    versions: Versions, case: Case, steps: Sequence[Step], by: str, reason: str, world: World
) -> ChangedOver:
    """The step by which a case goes on under the version of its flow that is in force today.

    It is dated today, changes neither state nor documents, and begins the deadlines that only the new version knows;
    those that run keep the length with which they began.

    Raises:
        Refused: with every reason: it is not the version in force, the case has ended, a step would not have been
            allowed, something that lies in the case is unknown there, the officer may enter nothing in the case.
        NotFound: no version of the flow is in force today.
    """
    old, new = versions.old, versions.new
    against = [*text_refusals(old, case), *_version_refusals(versions, case, world)]
    begun: tuple[RunningClock, ...] = ()
    if not against:
        taken = turns(old.flow, steps)
        against += [
            *_standing_refusals(versions, case),
            *carried_refusals(old.flow, new.flow, taken[0].after.papers),
        ]
        # What was done under a law is not judged by the one that came after it.
        by_law = ended_by_law(old.flow, new.flow)
        against += held_over(versions, case, taken) if by_law else hindsight(versions, taken, world)
        begun = () if against else _begun(versions, case, taken, world)
        against += [] if against else _past_refusals(versions, [*begun, *_turned(versions, case)], world)
    against += recorder_refusals(situation_of(old, case, world.today, world), by, world.today)
    if not reason.strip():
        against.append(Refusal("reason", "应当写明改用新版本的理由", cure="用 --reason 写明"))
    if against:
        raise Refused(OWN_STEPS[CHANGE_VERSION], against)
    step = Step(
        case=case.id, seq=case.revision + 1, trigger=CHANGE_VERSION, source=case.state, target=case.state,
        on=world.today, entered_at=world.entered_at, by=(by,), role="", recorder=by, clocks=begun,
        opening={"flow": new.flow.ref, "flow_digest": new.digest, "from": old.flow.ref, "reason": reason.strip()},
        signed=signatures(world.officers, (by,), world.today), rules=world.law.rules(new.tables, world.today),
    )  # fmt: skip
    sealed_step = sealed(step, case.head)
    done = Advanced(apply(new.flow, case, sealed_step), sealed_step)
    return ChangedOver(done, begun, tuple(_kept(versions, case)))


def _version_refusals(versions: Versions, case: Case, world: World) -> list[Refusal]:
    old, new = versions.old.flow, versions.new.flow
    if new.id != old.id:
        return [Refusal("version", f"{new.ref}不是本案流程“{old.name}”的版本")]
    if new.ref == case.flow:
        return [Refusal("version", f"本案现在就用{new.ref}")]
    if new.effective_from < old.effective_from:
        return [Refusal("version", f"{new.ref}早于本案所用的{old.ref}, 只能改用较新的版本")]
    current = world.flow_for(new.id, world.today).flow.ref
    if current != new.ref:
        return [Refusal("version", f"{new.ref}现在没有施行, 只能改用现行的版本", f"现行的是{current}")]
    return []


def _standing_refusals(versions: Versions, case: Case) -> Iterator[Refusal]:
    old, new = versions.old.flow, versions.new.flow
    here = new.state.get(case.state)
    if case.ended:
        yield Refusal("state", f"案件已经办结(“{old.state[case.state].name}”)")
    elif here is None:
        yield Refusal("state", f"新版本没有案件现在的状态“{old.state[case.state].name}”")
    elif here.end:
        yield Refusal("state", f"新版本的“{here.name}”是办结状态, 本案没有办结")
    for name, clock in case.clocks.items():
        if clock.state is ClockState.RUNNING and name not in new.deadline:
            deadline = old.deadline[name]
            said = f"新版本没有正在计算的期限“{deadline.name}”(至{clock.due})"
            yield Refusal("deadline", said, "", deadline.basis, deadline.gap)


def _begun(versions: Versions, case: Case, taken: Sequence[Turn], world: World) -> tuple[RunningClock, ...]:
    """The deadlines that the steps would have started, of those that the case does not know, as they run today.

    A period that a law has brought in runs, for what was done before it, from the day it came into force.
    """
    new = versions.new.flow
    unknown = {name: one for name, one in new.deadline.items() if name not in case.clocks}
    by_law = ended_by_law(versions.old.flow, new)
    if by_law:
        unknown = {name: one.model_copy(update={"from_": None}) for name, one in unknown.items()}
    flow = new.model_copy(update={"deadline": unknown})
    running: dict[str, RunningClock] = {}
    for turn in taken:
        step = turn.step
        s = situation_then(versions.new, turn, world)
        flags = lowered(turn.before.flags, step.lowered, step.on)
        s.flow, s.case = flow, replace(turn.before, flags=flags, clocks=running)
        s.on = max(s.on, new.effective_from) if by_law else s.on
        new_ones = changes(s, step.trigger, raised=step.raised, lowered=step.lowered)
        running = {**running, **{clock.deadline: clock for clock in new_ones}}
    return tuple(clock for clock in running.values() if clock.state is ClockState.RUNNING)


def _past_refusals(versions: Versions, begun: Sequence[RunningClock], world: World) -> Iterator[Refusal]:
    """A period whose end brings something about by law cannot be found to have ended before it was known."""
    for clock in begun:
        deadline = versions.new.flow.deadline[clock.deadline]
        if deadline.then and clock.paused is None and clock.due < world.today:
            said = f"新版本的期限“{deadline.name}”已于{clock.due}届满并依法发生后果, 不能补记"
            yield Refusal("deadline", said, "", deadline.basis, deadline.gap)


def _turned(versions: Versions, case: Case) -> Iterator[RunningClock]:
    """The running deadlines whose end brings about something else under the new version."""
    old, new = versions.old.flow.deadline, versions.new.flow.deadline
    for name, clock in case.clocks.items():
        if clock.state is ClockState.RUNNING and old[name].then != new[name].then:
            yield clock


def _kept(versions: Versions, case: Case) -> Iterator[str]:
    for name, clock in case.clocks.items():
        if (
            clock.state is ClockState.RUNNING
            and versions.old.flow.deadline[name] != versions.new.flow.deadline[name]
        ):
            yield name
