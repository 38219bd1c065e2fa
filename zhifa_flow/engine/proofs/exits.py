"""The ways out of a state, and what shuts them: which facts have to be followed together to find a trap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from zhifa_flow.engine.proofs.acts import Bits
from zhifa_flow.engine.proofs.ground import Ground

#: More facts are not followed together: every fact may double the places.
MOST_FACTS: Final = 10
#: So many ways of shutting all exits of a state are looked into, those of the fewest facts first.
MOST_WAYS: Final = 16

#: Some facts, and which of them hold.
Cube = tuple[Bits, Bits]


@dataclass(slots=True)
class Exits:
    """By state and step out of it what shuts it in places that a case can come to, as far as one condition tells."""

    ground: Ground
    shut: dict[tuple[str, str], dict[Cube, None]] = field(default_factory=dict)

    def add(self, state: str, trigger: str, cube: Cube) -> None:
        """These facts shut the step there."""
        self.shut.setdefault((state, trigger), {})[cube] = None

    def together(self) -> list[Bits]:
        """The facts that may together shut every way out of a state, or of what one can always go on to."""
        regions = {frozenset(region): region for state in self.ground.ways if (region := self._region(state))}
        return list(dict.fromkeys(facts for region in regions.values() for facts in self._shutting(region)))

    def _region(self, state: str) -> list[str]:
        """The state, and the states to which steps lead that nothing ever shuts; none if one of them is an end."""
        states, region = self.ground.chart.flow.state, [state]
        for here in region:
            if states[here].end:
                return []
            region += dict.fromkeys(
                target
                for key, target in self.ground.ways[here]
                if target not in region and (here, key) not in self.shut and self.ground.free(key)
            )
        return region

    def _shutting(self, region: list[str]) -> Iterator[Bits]:
        """The facts that shut all ways out of the region, without and with those that shut what could mend them."""
        ways = [(here, key, target) for here in region for key, target in self.ground.ways[here]]
        exits = [
            self.shut[here, key]
            for here, key, target in ways
            if target not in region and (here, key) in self.shut
        ]
        within = [(here, key) for here, key, target in ways if target in region and (here, key) in self.shut]
        for cube in _combined([(0, 0)], exits):
            changing = {key for one in self.ground.atoms(cube[0]) for key in self.ground.touching(one)}
            mending = [self.shut[here, key] for here, key in within if key in changing]
            yield from (facts for facts, _ in (cube, *_combined([cube], mending)) if facts)


def _combined(found: list[Cube], steps: Iterable[Iterable[Cube]]) -> list[Cube]:
    """What shuts all these steps as well, as far as it can be at the same time."""
    for cubes in steps:
        both = {
            (one[0] | other[0], one[1] | other[1]) for one in found for other in cubes if _agree(one, other)
        }
        found = sorted(_widest(both), key=lambda cube: (cube[0].bit_count(), cube))[:MOST_WAYS]
    return found


def _agree(one: Cube, other: Cube) -> bool:
    return not (one[0] & other[0] & (one[1] ^ other[1]))


def _widest(cubes: set[Cube]) -> Iterator[Cube]:
    """Those of not too many facts, of one within another the wider alone."""
    few = [cube for cube in cubes if cube[0].bit_count() <= MOST_FACTS]
    for cube in few:
        within = (one for one in few if one != cube and one[0] & cube[0] == one[0] and _agree(one, cube))
        if not any(within):
            yield cube
