"""The search for the shortest path of a flow to a step that is taken in spite of something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from zhifa_flow.engine.formula import ALWAYS, And, Atom, Fact, Formula, atoms_of, reduced, satisfied
from zhifa_flow.engine.proofs.acts import Bits
from zhifa_flow.engine.proofs.liveness import mattering
from zhifa_flow.engine.proofs.moves import Moves

_RELATIONS: Final = (Fact.SINCE, Fact.AFTER)

#: Of so few facts none need be forgotten: to find out which matter would take longer.
_FEW: Final = 2

#: Where a case stands: its state, and which of the tracked atoms hold.
Place = tuple[str, Bits]


class GivenUp(Exception):
    """There are more places than anybody wants to wait for: neither proven nor refuted."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A step taken while a formula holds."""

    steps: tuple[str, ...]
    holding: Formula = ALWAYS


@dataclass(frozen=True, slots=True)
class Taken:
    """One step of a path: what was handed in with it, and what is assumed of that day."""

    trigger: str
    handed: frozenset[str] = frozenset()
    assumed: tuple[tuple[Atom, bool], ...] = ()


class Reached(NamedTuple):
    """Every place a case can come to, the nearest first, with the place and the step it came from."""

    places: dict[Place, tuple[Place, str] | None]

    def path(self, place: Place) -> list[str]:
        """The fewest steps to the place."""
        steps = []
        while before := self.places[place]:
            place, trigger = before
            steps.append(trigger)
        return steps[::-1]


def reached(
    moves: Moves,
    stop: Callable[[Place], bool] | None = None,
    matters: Mapping[str, Bits] | None = None,
    arrows: dict[Place, list[Place]] | None = None,
) -> Reached:
    """Walk all moves, up to the first place that is asked to ``stop`` at; what does not matter is forgotten.

    ``arrows`` takes down from where each place can be come to.

    Raises:
        GivenUp: there are too many places.
    """
    flow, first = moves.flow, moves.flow.initial
    masks = matters or dict.fromkeys(flow.state, -1)
    places: dict[Place, tuple[Place, str] | None] = {
        (first, one & masks[first]): None for one in moves.beginnings()
    }
    queue = list(places)
    for place in queue:
        if stop and stop(place):
            break
        if len(places) > moves.most:
            raise GivenUp
        for trigger, target, after in moves.beyond(*place):
            there = (target, after & masks[target])
            if there not in places:
                places[there] = (place, trigger)
                queue.append(there)
            if arrows is not None:
                arrows.setdefault(there, []).append(place)
    return Reached(places)


def shortest(moves: Moves, goal: Goal) -> list[str] | None:
    """The fewest steps, the last of them one of the goal, on which the goal may be reached; None if there are none."""
    wanted = list(atoms_of(goal.holding))
    steps = moves.flow.transition
    acts = {key: moves.act(key, (goal.holding,)) for key in goal.steps}
    asked = {key: sum(bit for _, bit in act.bits) for key, act in acts.items()}
    goals = {state: [key for key in goal.steps if state in steps[key].source] for state in moves.flow.state}
    known: dict[tuple[str, Bits], bool] = {}
    found: list[tuple[Place, str]] = []

    def stop(place: Place) -> bool:
        for step in goals[place[0]]:
            key = (step, place[1] & asked[step])
            if key not in known:
                known[key] = any(case.open_on(key[1]) for case in acts[step].cases)
            if known[key]:
                found.append((place, step))
        return bool(found)

    matters = mattering(moves, goal.steps, wanted) if len(moves.tracked) > _FEW else None
    walked = reached(moves, stop, matters)
    return [*walked.path(found[0][0]), found[0][1]] if found else None


def counterexample(moves: Moves, goal: Goal, named: Iterable[Atom] = ()) -> list[Taken] | None:
    """The shortest path to the goal that nothing known stands against; None if there is none, whatever the facts.

    What is ``named`` is tracked from the beginning.
    """
    first = (*atoms_of(goal.holding), *named)
    return refined(moves, first, lambda finer: shortest(finer, goal), goal.holding)


def refined(
    moves: Moves, first: Iterable[Atom], find: Callable[[Moves], list[str] | None], at_last: Formula = ALWAYS
) -> list[Taken] | None:
    """The path that is found and that nothing known stands against; None once none is found any more.

    Counter-example guided: a path found with few facts is walked again with all that its steps ask for; what then
    stands in the way is tracked from there on. Facts are finite, so it ends.
    """
    tracked = moves.ground.effects.with_bonds(first)
    while True:
        finer = moves.finer(tracked)
        path = find(finer)
        if path is None:
            return None
        walk = _Walk(finer, path, at_last)
        taken, obstacles = walk.outcome()
        if taken is not None:
            return taken
        tracked |= dict.fromkeys(obstacles)


class _Walk:
    """A path walked again with everything tracked that its steps ask for."""

    def __init__(self, moves: Moves, path: Sequence[str], at_last: Formula) -> None:
        asked = [one for trigger in path for one in moves.ground.chart.asked[trigger]]
        self.facts = tuple(moves.ground.effects.closure((*moves.tracked, *asked)))
        self.moves = moves.finer(self.facts)
        self.path, self.at_last, self.tracked = path, at_last, frozenset(moves.tracked)

    def outcome(self) -> tuple[list[Taken] | None, list[Atom]]:
        """The path as it can be taken, else what stands in its way: of several obstacles the last.

        What stands before the goal itself is what the order is about; what stands at the beginning of the path would
        only multiply the places. So the walk goes on past an obstacle.
        """
        if not self.path:
            return [], []
        layers: list[dict[Bits, Bits | None]] = [dict.fromkeys(self.moves.beginnings())]
        obstacles: list[Atom] = []
        for trigger in self.path[:-1]:
            after = {there: here for here in layers[-1] for there in self.moves.after(trigger, here)}
            if not after:
                obstacles = self._obstacles(trigger, layers[-1], ())
                after = {there: here for here in layers[-1] for there in self._regardless(trigger, here)}
            layers.append(dict(after))
        last, wanted = self.path[-1], (self.at_last,)
        for values in layers[-1]:
            if taken := self._taken(last, values, None, wanted):
                return (None, obstacles) if obstacles else ([*self._retold(layers, values), taken], [])
        return None, self._obstacles(last, layers[-1], wanted)

    def _regardless(self, trigger: str, values: Bits) -> Iterator[Bits]:
        """What the step would leave behind if nothing stood against it."""
        held = self.moves.held(values)
        for handed in self.moves.ground.handed(trigger):
            yield from self.moves.ways(trigger, handed, held)

    def _retold(self, layers: Sequence[dict[Bits, Bits | None]], values: Bits) -> list[Taken]:
        told: list[Taken] = []
        for layer, trigger in zip(layers[:0:-1], self.path[-2::-1], strict=True):
            before = layer[values]
            assert before is not None
            taken = self._taken(trigger, before, values, ())
            assert taken is not None
            told.append(taken)
            values = before
        return told[::-1]

    def _taken(
        self, trigger: str, values: Bits, after: Bits | None, more: tuple[Formula, ...]
    ) -> Taken | None:
        """The step as it leads from the one to the other."""
        held = self.moves.held(values)
        for handed in self.moves.ground.handed(trigger):
            assumed = self.moves.open_to(trigger, handed, held, more)
            if assumed is not None and (after is None or after in self.moves.ways(trigger, handed, held)):
                known = self.moves.ground.seen(trigger, handed, held)
                return Taken(
                    trigger,
                    handed,
                    _needed((*self.moves.ground.chart.conditions[trigger], *more), known, assumed),
                )
        return None

    def _obstacles(self, trigger: str, layer: Iterable[Bits], more: tuple[Formula, ...]) -> list[Atom]:
        """The fewest facts that stand against the step and are not tracked yet; where all are, whatever can be known."""
        for bits in layer:
            held = self.moves.held(bits)
            for handed in self.moves.ground.handed(trigger):
                core = self._core(trigger, handed, held, more)
                if not self.tracked.issuperset(core):
                    return core
        return list(self.facts)

    def _core(
        self, trigger: str, handed: frozenset[str], held: dict[Atom, bool], more: tuple[Formula, ...]
    ) -> list[Atom]:
        known = self.moves.ground.seen(trigger, handed, held)
        formulas = (*self.moves.ground.chart.conditions[trigger], *more)
        refusing = [one for one in formulas if satisfied([one], known) is None] or [And(formulas)]
        cores = [self._fewest(one, known, held) for one in refusing]
        return min(cores, key=len)

    def _fewest(self, formula: Formula, known: dict[Atom, bool], held: dict[Atom, bool]) -> list[Atom]:
        left = dict(known)
        # Which of two came first is given up before whether they are there at all: it tells less.
        for one in sorted(dict.fromkeys(atoms_of(formula)), key=lambda fact: fact.fact not in _RELATIONS):
            value = left.pop(one, None)
            if value is not None and satisfied([formula], left) is not None:
                left[one] = value
        needed = set(atoms_of(formula))
        return [one for one in left if one in held and one in needed]


def _needed(
    formulas: Iterable[Formula], known: dict[Atom, bool], assumed: dict[Atom, bool]
) -> tuple[tuple[Atom, bool], ...]:
    """Of what is assumed that without which the formulas would not hold."""
    whole, kept = And(tuple(formulas)), dict(assumed)
    for one in assumed:
        value = kept.pop(one)
        if reduced(whole, {**known, **kept}) is not ALWAYS:
            kept[one] = value
    return tuple(kept.items())
