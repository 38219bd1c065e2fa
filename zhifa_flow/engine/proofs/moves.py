"""The moves of a flow as the prover sees them: which steps can be taken with what on file, and what they leave there.

Where it is not certain what a step does (an optional document, a side duty opened only if due), every possibility is
a move of its own: nothing that can happen to a case is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Final

from zhifa_flow.engine.formula import (
    ALWAYS,
    NEVER,
    Atom,
    Fact,
    Formula,
    about,
    atoms_of,
    in_force,
    reduced,
    satisfied,
)
from zhifa_flow.engine.proofs.chart import Chart
from zhifa_flow.engine.proofs.effects import Effects, came_later
from zhifa_flow.model.flow import Flow

#: Beyond this a proof is given up, openly: nobody waits for minutes, and a file from elsewhere shall not hang us.
MOST_PLACES: Final = 100_000

#: Which of the tracked atoms hold: one bit for each, in their order.
Bits = int


@dataclass(slots=True)
class Moves:
    """Every move of a flow over some tracked atoms; ``most`` is how many places may be walked before giving up."""

    chart: Chart
    effects: Effects
    tracked: tuple[Atom, ...]
    most: int = MOST_PLACES
    _known: dict[tuple[str, Bits], tuple[Bits, ...]] = field(default_factory=dict)
    _concerned: dict[str, Bits] = field(default_factory=dict)
    _hanging: dict[tuple[str, frozenset[str], tuple[Formula, ...]], tuple[Formula, ...]] = field(
        default_factory=dict
    )
    _moving: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def flow(self) -> Flow:
        """The flow whose moves they are."""
        return self.chart.flow

    def finer(self, tracked: Iterable[Atom]) -> Moves:
        """The same moves with other atoms tracked."""
        return Moves(self.chart, self.effects, tuple(tracked), self.most)

    def bits(self, atoms: Mapping[Atom, bool]) -> Bits:
        """The bits of those that hold."""
        return sum(1 << place for place, one in enumerate(self.tracked) if atoms.get(one))

    def held(self, bits: Bits, among: Bits = -1) -> dict[Atom, bool]:
        """The tracked atoms with their values, or those ``among`` these bits."""
        return {one: bool(bits >> place & 1) for place, one in enumerate(self.tracked) if among >> place & 1}

    def beginnings(self) -> list[Bits]:
        """What may hold when a case begins."""
        ways = product(*(self.effects.at_first(one) for one in self.tracked))
        return [self.bits(dict(zip(self.tracked, way, strict=True))) for way in ways]

    def after(self, trigger: str, bits: Bits) -> tuple[Bits, ...]:
        """What may hold after the step, one for each way in which it can be taken; none where it cannot."""
        concerned = self.concerned(trigger)
        key = (trigger, bits & concerned)
        found = self._known.get(key)
        if found is None:
            held = self.held(bits, concerned)
            ways = (
                self.ways(trigger, handed, held)
                for handed in self.handed(trigger)
                if self.possible(trigger, handed, held)
            )
            found = self._known[key] = tuple(dict.fromkeys(one for way in ways for one in way))
        rest = bits & ~concerned
        return tuple(rest | one for one in found)

    def concerned(self, trigger: str) -> Bits:
        """The bits of those atoms that the step asks for or may change, and of those on which it hangs how."""
        if trigger not in self._concerned:
            touched = [one for one in self.tracked if self.effects.touches(trigger, one)]
            found = self.effects.closure((*self.chart.asked[trigger], *touched))
            self._concerned[trigger] = self.bits(dict.fromkeys(found, True))
        return self._concerned[trigger]

    def moving_from(self, state: str) -> tuple[str, ...]:
        """The steps from the state that lead on, or change anything that is tracked."""
        if state not in self._moving:
            step, touches = self.flow.transition, self.effects.touches
            self._moving[state] = tuple(
                key
                for key in self.chart.ways[state]
                if step[key].target or any(touches(key, one) for one in self.tracked)
            )
        return self._moving[state]

    def ways(self, trigger: str, handed: frozenset[str], held: Mapping[Atom, bool]) -> Iterator[Bits]:
        """What the step can leave behind with these documents, if it can be taken."""
        become = (self.effects.become(one, trigger, handed, held) for one in held)
        for values in product(*become):
            after = dict(zip(held, values, strict=True))
            undone = [one for one in after if one.fact is Fact.DONE and self.effects.undone(one, after)]
            yield self.bits({**after, **dict.fromkeys(undone, False)})

    def handed(self, trigger: str) -> Iterator[frozenset[str]]:
        """The documents that may be handed in with the step: what it wants, with any of what may come along."""
        step = self.flow.transition[trigger]
        for number in range(len(step.optional) + 1):
            for some in combinations(step.optional, number):
                yield frozenset((*step.documents, *some))

    def possible(
        self, trigger: str, handed: frozenset[str], held: Mapping[Atom, bool], more: tuple[Formula, ...] = ()
    ) -> bool:
        """Whether the step can be taken (and ``more`` hold): only what hangs on the tracked atoms is asked anew."""
        key = (trigger, handed, more)
        if key not in self._hanging:
            self._hanging[key] = self._connected((*more, *self._conditions(trigger, handed)))
        return satisfied(self._hanging[key], self.seen(trigger, handed, held)) is not None

    def _connected(self, formulas: tuple[Formula, ...]) -> tuple[Formula, ...]:
        """The formulas that hang together with tracked atoms; if the others cannot hold anyway, one that never does."""
        left, reach = list(formulas), set(self.tracked)
        found: list[Formula] = []
        while near := [one for one in left if not reach.isdisjoint(atoms_of(one))]:
            found += near
            reach.update(atom for one in near for atom in atoms_of(one))
            left = [one for one in left if one not in near]
        return tuple(found) if satisfied(left, {}) is not None else (NEVER,)

    def open_to(
        self, trigger: str, handed: frozenset[str], held: Mapping[Atom, bool], more: Iterable[Formula] = ()
    ) -> dict[Atom, bool] | None:
        """What must be assumed for the step to be taken (and ``more`` to hold); None where it cannot be."""
        formulas = (*self._conditions(trigger, handed), *more)
        return satisfied(formulas, self.seen(trigger, handed, held))

    def _conditions(self, trigger: str, handed: frozenset[str]) -> tuple[Formula, ...]:
        """The conditions of a step that what is handed in with it does not meet already."""
        key = (trigger, handed)
        if key not in self.chart.left:
            there = self.seen(trigger, handed, {})
            left = (reduced(one, there) for one in self.chart.conditions[trigger])
            self.chart.left[key] = tuple(one for one in left if one is not ALWAYS)
        return self.chart.left[key]

    def seen(self, trigger: str, handed: frozenset[str], held: Mapping[Atom, bool]) -> dict[Atom, bool]:
        """What the guards of the step see: what is handed in is there already, what it supersedes is there still."""
        view = {about(Fact.BY_LAW): not self.flow.transition[trigger].by}
        for one, value in held.items():
            if one.fact in (Fact.SINCE, Fact.AFTER):
                view[one] = came_later(one, handed, old=value)
            elif one.fact is Fact.CURRENT:
                if not self.effects.bound(one.name) & handed:  # else it may or may not be
                    view[one] = value or one.name in handed
            elif one.fact is not Fact.OPEN or not value:  # a side duty that is open may have ended meanwhile
                view[one] = value
        return view | {in_force(kind): True for kind in handed}
