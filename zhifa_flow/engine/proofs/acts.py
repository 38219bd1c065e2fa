"""A step as what is tracked concerns it: on which bits it can be taken, and what it leaves of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from zhifa_flow.engine.formula import NEVER, Atom, Fact, Formula, reduced, satisfied
from zhifa_flow.engine.proofs.effects import Effects

#: Which atoms hold, or are meant: one bit for each, in the order in which they were first spoken of.
Bits = int

#: Facts of which it hangs on others what becomes of them, or on what nobody can know.
HANGING = frozenset({Fact.CURRENT, Fact.OPEN, Fact.DONE})


@dataclass(frozen=True, slots=True)
class Case:
    """One choice of documents that are handed in with a step.

    ``asked`` is what is left of its conditions; ``seen`` are the facts that these see as they were, ``ended`` those
    that, once they hold, may hold no more, ``spoken`` the bits of both. Of what hangs on nothing ``kept`` stays as it was and ``given`` holds.
    """

    handed: frozenset[str]
    asked: list[Formula]
    seen: tuple[tuple[Atom, Bits], ...]
    ended: tuple[tuple[Atom, Bits], ...]
    spoken: Bits
    kept: Bits
    given: Bits
    _open: dict[Bits, bool] = field(default_factory=dict, compare=False)

    def open_on(self, bits: Bits) -> bool:
        """Whether the step can be taken so."""
        if not self.asked:
            return True
        spoken = bits & self.spoken
        found = self._open.get(spoken)
        if found is None:
            known = {one: bool(bits & bit) for one, bit in self.seen}
            known |= {one: False for one, bit in self.ended if not bits & bit}
            found = self._open[spoken] = self._can_hold(known)
        return found

    def _can_hold(self, known: Mapping[Atom, bool]) -> bool:
        """Whether the conditions can hold together. What refused last is asked first: it mostly refuses again."""
        for place, formula in enumerate(self.asked):
            if reduced(formula, known) is NEVER:
                self.asked.insert(0, self.asked.pop(place))
                return False
        return satisfied(self.asked, known) is not None


@dataclass(slots=True)
class Act:
    """A step with each choice of documents; ``outcomes`` are those that somebody has asked for already."""

    trigger: str
    effects: Effects
    bits: tuple[tuple[Atom, Bits], ...]
    cases: tuple[Case, ...]
    outcomes: dict[Bits, tuple[Bits, ...]] = field(default_factory=dict)

    def outcome(self, bits: Bits) -> tuple[Bits, ...]:
        """What the step can leave of the bits that concern it, by what these were before; nothing if it cannot be taken."""
        found = self.outcomes.get(bits)
        if found is None:
            ways = (way for case in self.cases if case.open_on(bits) for way in self._left(case, bits))
            found = self.outcomes[bits] = tuple(dict.fromkeys(ways))
        return found

    def _left(self, case: Case, bits: Bits) -> Iterator[Bits]:
        certain = bits & case.kept | case.given
        hanging = [(one, bit) for one, bit in self.bits if one.fact in HANGING]
        if not hanging:
            yield certain
            return
        held = {one: bool(bits & bit) for one, bit in self.bits}
        for values in become(self.effects, self.trigger, case.handed, held, [one for one, _ in hanging]):
            yield certain | sum(bit for one, bit in hanging if values[one])


def become(
    effects: Effects, trigger: str, handed: frozenset[str], held: Mapping[Atom, bool], atoms: list[Atom]
) -> Iterator[dict[Atom, bool]]:
    """What the atoms can be after the step with these documents, if it can be taken."""
    for values in product(*(effects.become(one, trigger, handed, held) for one in atoms)):
        after = dict(zip(atoms, values, strict=True))
        undone = [one for one in after if one.fact is Fact.DONE and effects.undone(one, after)]
        yield {**after, **dict.fromkeys(undone, False)}
