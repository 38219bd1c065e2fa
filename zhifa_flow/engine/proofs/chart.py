"""The chart of a flow for the prover: which steps lead where, and what each of them needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Self

from zhifa_flow.engine.checks.needs import needs
from zhifa_flow.engine.findings.meanings import spelled_out
from zhifa_flow.engine.formula import ALWAYS, Atom, Fact, Formula, Not, about, atoms_of
from zhifa_flow.engine.localities import confined_to
from zhifa_flow.model.flow import Flow, Transition
from zhifa_flow.model.statute import StatuteIndex


@dataclass(frozen=True, slots=True)
class Chart:
    """A flow with the conditions of its steps, the atoms these speak of, and the steps that each state is open to."""

    flow: Flow
    conditions: Mapping[str, tuple[Formula, ...]]
    asked: Mapping[str, tuple[Atom, ...]]
    ways: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, flow: Flow, statutes: StatuteIndex, places: AbstractSet[str] = frozenset()) -> Self:
        """The chart of a flow that the flow checker has accepted, wherever the case is or in one of the ``places``."""
        asked_there = [
            name
            for name, guard in flow.guard.items()
            if guard.gap or _speaks_in(confined_to(statutes, guard.basis), places)
        ]
        conditions = {
            key: tuple(_conditions(flow, key, step, frozenset(asked_there)))
            for key, step in flow.transition.items()
        }
        asked = {
            key: tuple(dict.fromkeys(one for formula in formulas for one in atoms_of(formula)))
            for key, formulas in conditions.items()
        }
        return cls(flow, conditions, asked, {state: flow.triggers_from(state) for state in flow.state})


def _speaks_in(confined: AbstractSet[str], places: AbstractSet[str]) -> bool:
    """Whether what is confined to some places speaks in all of those asked for (in each of them, or in what it lies in)."""
    inside = [any(place.startswith(one) for one in confined) for place in places]
    return not confined or (bool(places) and all(inside))


def _conditions(flow: Flow, key: str, step: Transition, asked: AbstractSet[str]) -> Iterator[Formula]:
    """What a step needs: of its guards, of circumstances that forbid it and side duties that hold it up.

    A guard that rests on the rules of one place alone is not asked in another, and so proves nothing.
    """
    for name in dict.fromkeys((*flow.always, *step.guards)):
        need = spelled_out(flow, needs(flow, flow.guard[name]))
        if need != ALWAYS and name in asked:
            yield need
    if step.extends:  # what does not run cannot be prolonged
        yield about(Fact.STARTED, step.extends.deadline)
    if not step.by:  # what the law brings about, no circumstance and no side duty holds up
        return
    for name, flag in flow.flag.items():
        if key not in flag.allows if flag.allows else key in flag.blocks:
            yield Not(about(Fact.UP, name))
    for rule, child in flow.child.items():
        if key in child.holds:
            yield Not(about(Fact.OPEN, rule))
