"""Which facts still matter in a state: those that a step further on may ask for before another has settled them anew.

Places that differ only in what no longer matters are one place; a decision that is already served need not remember
how its hearing went. Without this the places of a long procedure multiply.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from zhifa_flow.engine.formula import Atom, Fact
from zhifa_flow.engine.proofs.acts import Bits
from zhifa_flow.engine.proofs.moves import Moves


class _Step(NamedTuple):
    """Of what is tracked what a step asks for, what it does not settle, and what that hangs on, bit by bit."""

    asked: Bits
    left: Bits
    hanging: tuple[tuple[Bits, Bits], ...]


def mattering(moves: Moves, steps: Iterable[str], wanted: Iterable[Atom]) -> dict[str, Bits]:
    """By state what matters, if ``wanted`` is asked for at the ``steps`` besides what their conditions ask for."""
    ground, goal = moves.ground, dict.fromkeys(steps, moves.ground.bits(wanted))
    settled, hanging = _settled(moves), _hanging(moves)
    told = {
        key: _Step(
            (ground.asking(key) | goal.get(key, 0)) & moves.mask,
            moves.mask & ~settled.get(key, 0),
            hanging.get(key, ()),
        )
        for key in moves.flow.transition
    }
    ways = [
        (state, {(*told[key], target) for key, target in out})
        for state, out in reversed(list(ground.ways.items()))
    ]
    live, changed = dict.fromkeys(moves.flow.state, 0), True
    while changed:
        changed = False
        for state, out in ways:
            now = live[state]
            for asked, left, hanging_on, target in out:
                after = live[target] & left
                now |= asked | after
                for one, closure in hanging_on:
                    if after & one:
                        now |= closure
            if now != live[state]:
                live[state], changed = now, True
    return live


def _settled(moves: Moves) -> dict[str, Bits]:
    """By step the facts that are the same after it whatever they were before."""
    found: dict[str, Bits] = {}
    for one in moves.tracked:
        for key in moves.ground.settling(one):
            found[key] = found.get(key, 0) | moves.ground.bit(one)
    return found


def _hanging(moves: Moves) -> dict[str, tuple[tuple[Bits, Bits], ...]]:
    """By step the facts of which it hangs on others whether they outlast it, with these."""
    found: dict[str, tuple[tuple[Bits, Bits], ...]] = {}
    ground = moves.ground
    for one in moves.tracked:
        if one.fact is Fact.DONE or one.fact is Fact.CURRENT:
            steps = moves.flow.transition if one.fact is Fact.DONE else ground.touching(one)
            here = (ground.bit(one), ground.closure(one) & moves.mask)
            for key in steps:
                found[key] = (*found.get(key, ()), here)
    return found
