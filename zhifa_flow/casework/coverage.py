"""What the scenarios see of a flow: guards on both sides, steps taken, orders walked through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhifa_flow.casework.scenarios import Coverage
from zhifa_flow.model.flow import Flow

REFUSED, PASSED = "refused", "passed"


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A part of a flow that no scenario sees; of a guard ``side`` says which answer of it (refused, passed)."""

    flow: str
    name: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What all scenarios together see of some flows, and what none of them does."""

    guards: tuple[Uncovered, ...]
    steps: tuple[Uncovered, ...]
    orders: tuple[Uncovered, ...]
    orders_exercised: tuple[tuple[str, str], ...]

    @property
    def whole(self) -> bool:
        """Whether every guard was seen to refuse and to let pass, every step taken, every order walked through."""
        return not (self.guards or self.steps or self.orders)


def guards_in_use(flow: Flow) -> tuple[str, ...]:
    """Every guard that is asked by some step, or by all."""
    asked = (name for step in flow.transition.values() for name in step.guards)
    return tuple(dict.fromkeys((*flow.always, *asked)))


def seen(flows: Iterable[Flow], coverages: Sequence[Coverage]) -> Seen:
    """What the scenarios, each with its own coverage, see of the flows."""
    guards, steps, orders = list[Uncovered](), list[Uncovered](), list[Uncovered]()
    exercised = list[tuple[str, str]]()
    for flow in flows:
        guards += _guards(flow, coverages)
        moved = {trigger for one in coverages for ref, trigger in one.moved if ref == flow.ref}
        steps += [Uncovered(flow.ref, trigger) for trigger in flow.transition if trigger not in moved]
        for name in flow.order:
            if any(_walks(flow, name, one) for one in coverages):
                exercised.append((flow.ref, name))
            else:
                orders.append(Uncovered(flow.ref, name))
    return Seen(tuple(guards), tuple(steps), tuple(orders), tuple(exercised))


def _guards(flow: Flow, coverages: Sequence[Coverage]) -> list[Uncovered]:
    refused = {name for one in coverages for ref, _, name in one.refused if ref == flow.ref}
    passed = {name for one in coverages for ref, _, name in one.passed if ref == flow.ref}
    return [
        Uncovered(flow.ref, name, side)
        for name in guards_in_use(flow)
        for side, names in ((REFUSED, refused), (PASSED, passed))
        if name not in names
    ]


def _walks(flow: Flow, order: str, coverage: Coverage) -> bool:
    """Whether one scenario takes a step that the order speaks of, and one that has to come before it, if any has to."""
    one = flow.order[order]
    moved = {trigger for ref, trigger in coverage.moved if ref == flow.ref}
    return bool(moved & set(one.before)) and (not one.must or bool(moved & set(one.must)))
