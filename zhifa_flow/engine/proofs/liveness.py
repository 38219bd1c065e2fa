"""Which facts still matter in a state: those that a step further on may ask for before another has settled them anew.

Places that differ only in what no longer matters are one place; a decision that is already served need not remember
how its hearing went. Without this the places of a long procedure multiply.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhifa_flow.engine.formula import Atom, Fact
from zhifa_flow.engine.proofs.moves import Bits, Moves


def mattering(moves: Moves, steps: Iterable[str], wanted: Iterable[Atom]) -> dict[str, Bits]:
    """By state what matters, if ``wanted`` is asked for at the ``steps`` besides what their conditions ask for."""
    goal, bits = frozenset(steps), moves.bits(dict.fromkeys(wanted, True))
    asked = {
        key: moves.bits(dict.fromkeys(known, True)) | (bits if key in goal else 0)
        for key, known in moves.chart.asked.items()
    }
    before = {
        key: [_before(moves, key, place, one) for place, one in enumerate(moves.tracked)] for key in asked
    }
    live, changed = dict.fromkeys(moves.flow.state, 0), True
    while changed:
        changed = False
        for state, ways in reversed(list(moves.chart.ways.items())):
            now = live[state]
            for key in ways:
                now |= asked[key] | _union(before[key], live[moves.flow.target_of(key, state)])
            changed = changed or now != live[state]
            live[state] = now
    return live


def _union(before: Sequence[Bits], after: Bits) -> Bits:
    found = 0
    while after:
        lowest = after & -after
        found |= before[lowest.bit_length() - 1]
        after ^= lowest
    return found


def _before(moves: Moves, trigger: str, place: int, one: Atom) -> Bits:
    """What matters before a step because the atom matters after it."""
    effects = moves.effects
    if effects.settles(trigger, one):
        return 0
    hangs_on = one.fact is Fact.DONE or (one.fact is Fact.CURRENT and effects.touches(trigger, one))
    return moves.bits(dict.fromkeys(effects.closure([one]), True)) if hangs_on else 1 << place
