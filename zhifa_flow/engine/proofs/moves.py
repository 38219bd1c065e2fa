"""The moves of a flow as the prover sees them: which steps can be taken with what on file, and what they leave there.

Where it is not certain what a step does (an optional document, a side duty opened only if due), every possibility is
a move of its own: nothing that can happen to a case is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final, NamedTuple

from zhifa_flow.engine.formula import Atom, Formula, atoms_of, satisfied
from zhifa_flow.engine.proofs.acts import Act, Bits, become
from zhifa_flow.engine.proofs.ground import Ground
from zhifa_flow.model.flow import Flow

#: Beyond this a proof is given up, openly: nobody waits for minutes, and a file from elsewhere shall not hang us.
MOST_PLACES: Final = 100_000


class Way(NamedTuple):
    """A step out of a state: where it leads, which bits concern it, and what it does to them."""

    trigger: str
    target: str
    concerned: Bits
    act: Act


@dataclass(slots=True)
class Moves:
    """Every move of a flow over some tracked atoms; ``most`` is how many places may be walked before giving up.

    ``whole`` takes it that the main case handed on every document that it may.
    """

    ground: Ground
    tracked: tuple[Atom, ...]
    most: int = MOST_PLACES
    whole: bool = False
    mask: Bits = 0
    _bits: tuple[tuple[Atom, Bits], ...] = ()
    _concerned: dict[str, Bits] = field(default_factory=dict)
    _ways: dict[str, tuple[Way, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Which of the tracked bits concern which step: those it asks for or may change, and on which it hangs how."""
        ground = self.ground
        self.mask = ground.bits(self.tracked)
        self._bits = tuple((one, ground.bit(one)) for one in self.tracked)
        self._concerned = {key: ground.asked(key) & self.mask for key in self.flow.transition}
        for one in self.tracked:
            for key in ground.touching(one):
                self._concerned[key] |= ground.closure(one) & self.mask

    @property
    def flow(self) -> Flow:
        """The flow whose moves they are."""
        return self.ground.chart.flow

    def finer(self, tracked: Iterable[Atom]) -> Moves:
        """The same moves with other atoms tracked."""
        return Moves(self.ground, tuple(tracked), self.most, self.whole)

    def bits(self, atoms: Mapping[Atom, bool]) -> Bits:
        """The bits of those that hold."""
        return sum(bit for one, bit in self._bits if atoms.get(one))

    def held(self, bits: Bits, among: Bits = -1) -> dict[Atom, bool]:
        """The tracked atoms with their values, or those ``among`` these bits."""
        return {one: bool(bits & bit) for one, bit in self._bits if among & bit}

    def beginnings(self) -> list[Bits]:
        """What may hold when a case begins."""
        at_first = self.ground.effects.at_first
        ways = product(*(at_first(one, whole=self.whole) for one in self.tracked))
        return [self.bits(dict(zip(self.tracked, way, strict=True))) for way in ways]

    def after(self, trigger: str, bits: Bits) -> tuple[Bits, ...]:
        """What may hold after the step, one for each way in which it can be taken; none where it cannot."""
        concerned = self._concerned[trigger]
        return tuple(bits & ~concerned | one for one in self.act(trigger).outcome(bits & concerned))

    def act(self, trigger: str, more: tuple[Formula, ...] = ()) -> Act:
        """The step as what is tracked concerns it, taken while ``more`` hold."""
        asked = self.ground.bits(atom for one in more for atom in atoms_of(one))
        return self.ground.act(trigger, self._concerned[trigger] | (asked & self.mask), more)

    def ways_from(self, state: str) -> tuple[Way, ...]:
        """The steps from the state that lead on, or that what is tracked concerns.

        Of several that it does not concern and that lead to one state, one does for all.
        """
        if state not in self._ways:
            found: list[Way] = []
            led = {state}
            for key, target in self.ground.ways[state]:
                concerned = self._concerned[key]
                if not concerned:
                    if target in led or not self.ground.free(key):
                        continue
                    led.add(target)
                found.append(Way(key, target, concerned, self.ground.act(key, concerned)))
            self._ways[state] = tuple(found)
        return self._ways[state]

    def beyond(self, state: str, bits: Bits) -> Iterator[tuple[str, str, Bits]]:
        """Every step that can be taken, with where it leads and what holds there."""
        for trigger, target, concerned, act in self._ways.get(state) or self.ways_from(state):
            found = act.outcomes.get(bits & concerned)
            if found is None:
                found = act.outcome(bits & concerned)
            for after in found:
                yield trigger, target, bits & ~concerned | after

    def ways(self, trigger: str, handed: frozenset[str], held: Mapping[Atom, bool]) -> Iterator[Bits]:
        """What the step can leave behind with these documents, if it can be taken."""
        for after in become(self.ground.effects, trigger, handed, held, list(held)):
            yield self.bits(after)

    def open_to(
        self, trigger: str, handed: frozenset[str], held: Mapping[Atom, bool], more: Iterable[Formula] = ()
    ) -> dict[Atom, bool] | None:
        """What must be assumed for the step to be taken (and ``more`` to hold); None where it cannot be."""
        left = (one.formula for part in self.ground.parts(trigger, handed) for one in part.clauses)
        return satisfied((*left, *more), self.ground.seen(trigger, handed, held))
