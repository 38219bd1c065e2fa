"""The conditions of a step, cut into parts that have no fact in common: each can be asked by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from zhifa_flow.engine.formula import And, Atom, Formula, atoms_of, reduced, settled


class Clause(NamedTuple):
    """One condition, with the facts it speaks of."""

    formula: Formula
    atoms: frozenset[Atom]

    def with_known(self, known: Mapping[Atom, bool]) -> Formula:
        """The condition with what is known put in."""
        return self.formula if self.atoms.isdisjoint(known) else reduced(self.formula, known)


@dataclass(slots=True, eq=False)
class Part:
    """Conditions that have facts in common, and no fact with any other condition of the step."""

    clauses: tuple[Clause, ...]
    atoms: frozenset[Atom]
    _free: tuple[Formula, ...] | None = None

    def left(self, certain: Mapping[Atom, bool], open_: AbstractSet[Atom]) -> tuple[Formula, ...]:
        """What they come to where these facts are certain and those are known, whatever they are."""
        if self.atoms.isdisjoint(certain) and self.atoms.isdisjoint(open_):
            if self._free is None:
                self._free = settled((one.formula for one in self.clauses), frozenset())
            return self._free
        return settled((one.with_known(certain) for one in self.clauses), open_)


def clauses(formula: Formula) -> Iterator[Clause]:
    """The formula as conditions of their own that all must hold."""
    if isinstance(formula, And):
        for part in formula.parts:
            yield from clauses(part)
    else:
        yield Clause(formula, frozenset(atoms_of(formula)))


def knowing(old: Iterable[Clause], known: Mapping[Atom, bool]) -> Iterator[Clause]:
    """What is left of conditions with what is known put in."""
    for one in old:
        if one.atoms.isdisjoint(known):
            yield one
        else:
            yield from clauses(reduced(one.formula, known))


def parted(more: Iterable[Clause], parts: Iterable[Part] = ()) -> tuple[Part, ...]:
    """Parts that take in these conditions too."""
    found = list(parts)
    for clause in more:
        near = [part for part in found if not clause.atoms.isdisjoint(part.atoms)]
        together = (*(one for part in near for one in part.clauses), clause)
        found = [part for part in found if part not in near] if near else found
        found.append(Part(together, clause.atoms.union(*(part.atoms for part in near))))
    return tuple(found)
