"""The steps of a case one after the other, each with the case before and after it; and those that made a deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zhifa_flow.engine.clock import legal_day
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.steps import apply, lowered, opened, step_name
from zhifa_flow.model.case import Case, ClockState, RunningClock
from zhifa_flow.model.flow import Deadline, Flow
from zhifa_flow.model.ledger import Origin, Written
from zhifa_flow.model.step import Step


@dataclass(frozen=True, slots=True)
class Turn:
    """One step with what it made of the case; of the opening ``before`` is the case it opened."""

    step: Step
    before: Case
    after: Case

    def clock(self, name: str) -> RunningClock | None:
        """The deadline as the step recorded it; None where the step says nothing of it."""
        return next((clock for clock in self.step.clocks if clock.deadline == name), None)


@dataclass(frozen=True, slots=True)
class Change:
    """A step that recorded a deadline: how it stood before and after."""

    turn: Turn
    before: RunningClock
    after: RunningClock

    @property
    def extension(self) -> str:
        """By how much the step prolonged it, in words; empty where it did not."""
        return self.after.extensions[-1] if len(self.after.extensions) > len(self.before.extensions) else ""

    @property
    def ended(self) -> bool:
        """Whether it ran no longer after the step."""
        return self.after.state is not ClockState.RUNNING


@dataclass(frozen=True, slots=True)
class Run:
    """A deadline from the step that last started it: what recorded it, and all steps up to the one that ended it.

    ``times`` says how often it has been started in the case.
    """

    deadline: Deadline
    times: int
    first: Turn
    last: Turn
    begun: RunningClock
    clock: RunningClock
    changes: Sequence[Change]
    taken: Sequence[Turn]

    @property
    def ended_by(self) -> Turn | None:
        """The step that ended it; None while it runs."""
        return None if self.clock.state is ClockState.RUNNING else self.last


def turns(flow: Flow, steps: Iterable[Step]) -> list[Turn]:
    """Every step of a case, from its opening on."""
    found: list[Turn] = []
    for step in steps:
        before = found[-1].after if found else opened(flow, step)
        found.append(Turn(step, before, apply(flow, before, step) if found else before))
    return found


def run_of(flow: Flow, steps: Iterable[Step], name: str) -> Run:
    """The last run of a deadline that has started in the case."""
    deadline, every = flow.deadline[name], turns(flow, steps)
    recorded = [(turn, clock) for turn in every if (clock := turn.clock(name))]
    # What is recorded first started it, also where the version that the case has moved to starts it by another step.
    starts = [
        place for place, (turn, _) in enumerate(recorded) if not place or turn.step.trigger in deadline.starts
    ]
    run = recorded[starts[-1] :]
    (first, begun), (last, clock) = run[0], run[-1]
    changes = [Change(turn, before, after) for (_, before), (turn, after) in pairwise(run)]
    taken = every if clock.state is ClockState.RUNNING else every[: every.index(last) + 1]
    return Run(deadline, len(starts), first, last, begun, clock, changes, taken)


def moving(flow: Flow, change: Change) -> str:
    """The field ("document.field") from which the step took another last day; empty where it took none."""
    step = flow.transition.get(change.turn.step.trigger)
    if step is None or step.moves is None or step.moves.deadline != change.after.deadline:
        return ""
    return step.moves.until if change.after.moved and not change.ended else ""


def seen(s: Situation, turn: Turn) -> Situation:
    """The case as its deadlines were judged at a step: the new documents on file, no flag raised yet by it."""
    case = replace(turn.after, flags=lowered(turn.before.flags, turn.step.lowered, turn.step.on))
    return replace(s, case=case, on=turn.step.on, papers=case.papers, _found={})


def origin(flow: Flow, turn: Turn) -> Origin:
    """How a step is cited: its number and name, the role that took it, the documents handed in with it."""
    step = turn.step
    name, role = step_name(flow, step.trigger), flow.role.get(step.role)
    papers = tuple(_written(flow, step))
    late = f"补录于{legal_day(step.entered_at)}, 原因: {step.late_reason}" if step.late_reason else ""
    return Origin(step.seq, step.on, step.trigger, name, role.name if role else "", papers, late)


def _written(flow: Flow, step: Step) -> Iterator[Written]:
    for paper in step.papers:
        yield Written(paper.kind, flow.document[paper.kind].name, str(paper.fields.get("number") or ""))
