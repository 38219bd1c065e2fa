"""Formulas over what is on file: what a step needs before it can be taken, as the prover sees it.

An ``Atom`` is one fact of a case (a document in force, a flag up) or of one day (a finding holds, a period is over).
Nobody computes with cases here: which atoms can hold together is all that is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final, Union


class Fact(StrEnum):
    """What an atom speaks of. Those from ``HOLDS`` on hold for one step only; all others stay until a step ends them."""

    IN_FORCE = "in_force"
    MADE = "made"  # a document of the kind was handed in at some time, whatever became of it
    CURRENT = "current"  # nothing that the document binds has changed since it was made
    SINCE = "since"  # the newest one was handed in with or after the newest of the other kind
    AFTER = "after"  # it was handed in by a later step than the newest of the other kind
    UP = "up"
    RAISED = "raised"  # the flag was up at some time
    OPEN = "open"  # a side case of the rule is open; with ``other``: one that still holds that, or is not yet in that state
    TAKEN = "taken"
    STARTED = "started"
    DONE = "done"  # what an order asks for was done, and has not been undone since
    HOLDS = "holds"  # the finding holds or cannot be determined
    SURE = "sure"  # where it holds, it is not merely undetermined
    PAST = "past"  # the last day of a period, or the day in a field, is over
    BY_LAW = "by_law"  # nobody takes the step


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """One fact about one name; ``other`` is what it is compared with. ``about`` alone makes them, so none is twice there."""

    fact: Fact
    name: str
    other: str


@cache
def about(fact: Fact, name: str = "", other: str = "") -> Atom:
    """The atom of that fact and name."""
    return Atom(fact, name, other)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Formula


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; of none, always."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts holds; of none, never."""

    parts: tuple[Formula, ...]


Formula = Union[Atom, Not, And, Or]  # noqa: UP007  (a name that is used before it is defined)

ALWAYS: Final = And(())
NEVER: Final = Or(())

#: Facts that a step may find either way on its day, whatever happened before.
OF_THE_DAY: Final = frozenset({Fact.HOLDS, Fact.SURE, Fact.PAST, Fact.BY_LAW})


def both(*parts: Formula) -> Formula:
    """All of them hold."""
    return And(parts)


def either(*parts: Formula) -> Formula:
    """One of them holds."""
    return Or(parts)


def if_then(condition: Formula, then: Formula) -> Formula:
    """Where the condition holds, the other does."""
    return Or((Not(condition), then))


def in_force(document: str) -> Atom:
    """A document of the kind is on file."""
    return about(Fact.IN_FORCE, document)


def atoms_of(formula: Formula) -> Iterator[Atom]:
    """Every atom of the formula, in its order."""
    if isinstance(formula, Atom):
        yield formula
    elif isinstance(formula, Not):
        yield from atoms_of(formula.part)
    else:
        for part in formula.parts:
            yield from atoms_of(part)


def satisfied(formulas: Iterable[Formula], known: Mapping[Atom, bool]) -> dict[Atom, bool] | None:
    """What has to be assumed beyond what is known for all formulas to hold; None where nothing makes them hold."""
    assumed: dict[Atom, bool] = {}
    left = []
    for formula in formulas:
        left.append(reduced(formula, known))
        if left[-1] is NEVER:
            return None
    while left := [formula for formula in left if formula is not ALWAYS]:
        signs: dict[Atom, bool | None] = {}
        for formula in left:
            _signs(formula, signs, positive=True)
        # What stands everywhere with the same sign may as well be so; else both are tried.
        pure = {one: sign for one, sign in signs.items() if sign is not None}
        if not pure:
            return _split(left, next(iter(signs)), assumed)
        assumed |= pure
        left = [reduced(formula, pure) for formula in left]
    return assumed


def settled(formulas: Iterable[Formula], known: AbstractSet[Atom]) -> tuple[Formula, ...]:
    """What the formulas come to where every fact but those ``known`` may be assumed either way.

    They can hold together with some values of the known facts exactly where what is returned can.
    """
    left = [formula for formula in formulas if formula is not ALWAYS]
    while left:
        signs: dict[Atom, bool | None] = {}
        for formula in left:
            _signs(formula, signs, positive=True)
        pure = {one: sign for one, sign in signs.items() if sign is not None and one not in known}
        if not pure:
            break
        left = [part for formula in left if (part := reduced(formula, pure)) is not ALWAYS]
    if known.isdisjoint(atom for formula in left for atom in atoms_of(formula)):
        return () if satisfied(left, {}) is not None else (NEVER,)
    return tuple(left)


def _split(left: list[Formula], on: Atom, assumed: dict[Atom, bool]) -> dict[Atom, bool] | None:
    for guess in (False, True):
        more = satisfied(left, {on: guess})
        if more is not None:
            return {**assumed, on: guess, **more}
    return None


def _signs(formula: Formula, signs: dict[Atom, bool | None], *, positive: bool) -> None:
    """With which sign each atom stands in the formula, None where with both."""
    if isinstance(formula, Atom):
        signs[formula] = positive if signs.get(formula, positive) is positive else None
    elif isinstance(formula, Not):
        _signs(formula.part, signs, positive=not positive)
    else:
        for part in formula.parts:
            _signs(part, signs, positive=positive)


def reduced(formula: Formula, known: Mapping[Atom, bool]) -> Formula:
    """The formula with what is known put in: ``ALWAYS`` or ``NEVER`` where that decides it."""
    if isinstance(formula, Atom):
        value = known.get(formula)
        return formula if value is None else ALWAYS if value else NEVER
    if isinstance(formula, Not):
        part = reduced(formula.part, known)
        return NEVER if part is ALWAYS else ALWAYS if part is NEVER else Not(part)
    whole, decisive = (ALWAYS, NEVER) if isinstance(formula, And) else (NEVER, ALWAYS)
    parts: list[Formula] = []
    for one in formula.parts:
        part = reduced(one, known)
        if part is decisive:
            return decisive
        if part is not whole:
            parts.append(part)
    if not parts:
        return whole
    return parts[0] if len(parts) == 1 else type(formula)(tuple(parts))
