"""The conditions of a step, cut into parts that have no fact in common: each can be asked by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from zhifa_flow.engine.formula import And, Atom, Formula, atoms_of, reduced, settled


@dataclass(slots=True)
class Part:
    """Conditions that have facts in common, and no fact with any other condition of the step."""

    formulas: tuple[Formula, ...]
    atoms: frozenset[Atom]
    _free: tuple[Formula, ...] | None = None

    def left(self, certain: Mapping[Atom, bool], open_: AbstractSet[Atom]) -> tuple[Formula, ...]:
        """What they come to where these facts are certain and those are known, whatever they are."""
        if self.atoms.isdisjoint(certain) and self.atoms.isdisjoint(open_):
            if self._free is None:
                self._free = settled(self.formulas, frozenset())
            return self._free
        return settled((reduced(one, certain) for one in self.formulas), open_)


def each(formula: Formula) -> Iterator[Formula]:
    """The formula as conditions of their own that all must hold."""
    if isinstance(formula, And):
        for part in formula.parts:
            yield from each(part)
    else:
        yield formula


def parted(formulas: Iterable[Formula], parts: Iterable[Part] = ()) -> tuple[Part, ...]:
    """Parts that take in these formulas too."""
    found = list(parts)
    for formula in formulas:
        atoms, together = set(atoms_of(formula)), [formula]
        apart = []
        for part in found:
            if atoms.isdisjoint(part.atoms):
                apart.append(part)
            else:
                atoms |= part.atoms
                together = [*part.formulas, *together]
        found = [*apart, Part(tuple(together), frozenset(atoms))]
    return tuple(found)
