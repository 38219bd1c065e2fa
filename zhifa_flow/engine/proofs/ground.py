"""The ground that all walks over one chart share: what is found out about its steps is found out once.

Whatever is kept here is the answer to a question that hangs on nothing but the chart and what is asked with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from zhifa_flow.engine.formula import (
    Atom,
    Fact,
    Formula,
    about,
    atoms_of,
    in_force,
    reduced,
)
from zhifa_flow.engine.proofs.acts import HANGING, Act, Bits, Case
from zhifa_flow.engine.proofs.chart import Chart
from zhifa_flow.engine.proofs.effects import Effects, came_later
from zhifa_flow.engine.proofs.parts import Clause, Part, clauses, knowing, parted

#: Facts that change only where a document is handed in or superseded.
_ON_PAPERS: Final = frozenset({Fact.IN_FORCE, Fact.MADE, Fact.CURRENT, Fact.SINCE, Fact.AFTER})


@dataclass(slots=True)
class Ground:
    """What the steps of a chart ask for, change and settle, by atom and by step.

    ``ways`` says of a state the steps it is open to, with where they lead; ``handling`` of a document the steps that
    hand it in or supersede it.
    """

    chart: Chart
    effects: Effects
    ways: Mapping[str, Sequence[tuple[str, str]]]
    handling: Mapping[str, Sequence[str]]
    _acts: dict[tuple[str, Bits, tuple[Formula, ...]], Act] = field(default_factory=dict)
    _free: dict[str, bool] = field(default_factory=dict)
    _around: dict[tuple[Atom, ...], frozenset[str]] = field(default_factory=dict)
    _bit: dict[Atom, Bits] = field(default_factory=dict)
    _touching: dict[Atom, tuple[str, ...]] = field(default_factory=dict)
    _settling: dict[Atom, tuple[str, ...]] = field(default_factory=dict)
    _closure: dict[Atom, Bits] = field(default_factory=dict)
    _asking: dict[str, Bits] = field(default_factory=dict)
    _asked: dict[str, Bits] = field(default_factory=dict)
    _clauses: dict[str, tuple[Clause, ...]] = field(default_factory=dict)
    _parts: dict[tuple[str, frozenset[str]], tuple[Part, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, chart: Chart) -> Ground:
        """The ground of a chart, on which nobody has walked yet."""
        leading = {
            state: tuple((key, chart.flow.target_of(key, state)) for key in keys)
            for state, keys in chart.ways.items()
        }
        handling: dict[str, list[str]] = {}
        for key, step in chart.flow.transition.items():
            for kind in dict.fromkeys((*step.documents, *step.optional, *step.supersedes)):
                handling.setdefault(kind, []).append(key)
        return cls(chart, Effects(chart.flow), leading, handling)

    def free(self, trigger: str) -> bool:
        """Whether the step can ever be taken, whatever the facts."""
        if trigger not in self._free:
            self._free[trigger] = bool(self.act(trigger, 0).outcome(0))
        return self._free[trigger]

    def bit(self, one: Atom) -> Bits:
        """The bit of the atom."""
        found = self._bit.get(one)
        if found is None:
            found = self._bit[one] = 1 << len(self._bit)
        return found

    def bits(self, atoms: Iterable[Atom]) -> Bits:
        """The bits of the atoms."""
        found = 0
        for one in atoms:
            found |= self.bit(one)
        return found

    def atoms(self, bits: Bits) -> tuple[Atom, ...]:
        """The atoms of the bits."""
        return tuple(one for one, bit in self._bit.items() if bit & bits)

    def touching(self, one: Atom) -> tuple[str, ...]:
        """The steps that may change the fact."""
        if one not in self._touching:
            near = self._near(one)
            self._touching[one] = tuple(key for key in near if self.effects.touches(key, one))
        return self._touching[one]

    def _near(self, one: Atom) -> Iterable[str]:
        """The steps that need be asked whether they may change the fact."""
        if one.fact not in _ON_PAPERS:
            return self.chart.flow.transition
        kinds = {one.name, one.other} | (self.effects.bound(one.name) if one.fact is Fact.CURRENT else set())
        return dict.fromkeys(key for kind in kinds for key in self.handling.get(kind, ()))

    def settling(self, one: Atom) -> tuple[str, ...]:
        """The steps after which the fact is the same whatever it was before."""
        if one not in self._settling:
            self._settling[one] = tuple(key for key in self.touching(one) if self.effects.settles(key, one))
        return self._settling[one]

    def closure(self, one: Atom) -> Bits:
        """The fact itself, and all on which it hangs how steps change it."""
        if one not in self._closure:
            self._closure[one] = self.bits(self.effects.closure([one]))
        return self._closure[one]

    def asking(self, trigger: str) -> Bits:
        """The facts that the step asks for."""
        if trigger not in self._asking:
            self._asking[trigger] = self.bits(self.chart.asked[trigger])
        return self._asking[trigger]

    def asked(self, trigger: str) -> Bits:
        """The lasting facts that the step asks for, and all on which it hangs how steps change these."""
        if trigger not in self._asked:
            self._asked[trigger] = self.bits(self.effects.closure(self.chart.asked[trigger]))
        return self._asked[trigger]

    def handed(self, trigger: str, among: Iterable[str] | None = None) -> Iterator[frozenset[str]]:
        """The documents that may be handed in with the step: what it wants, with any of what may come along.

        Of what may come along only those ``among`` these.
        """
        step = self.chart.flow.transition[trigger]
        along = step.optional if among is None else [kind for kind in step.optional if kind in among]
        for number in range(len(along) + 1):
            for some in combinations(along, number):
                yield frozenset((*step.documents, *some))

    def telling(self, trigger: str, tracked: Iterable[Atom]) -> set[str]:
        """The documents of which it matters to the conditions of a step, or to what is tracked, whether they come along."""
        atoms = {*self.chart.asked[trigger], *tracked}
        kinds = {name for one in atoms for name in (one.name, one.other)}
        bound = {kind for one in atoms if one.fact is Fact.CURRENT for kind in self.effects.bound(one.name)}
        steps = [self.chart.flow.transition[one.name] for one in atoms if one.fact is Fact.DONE]
        return kinds.union(bound, *(step.documents for step in steps))

    def _conditions(self, trigger: str) -> tuple[Clause, ...]:
        if trigger not in self._clauses:
            formulas = self.chart.conditions[trigger]
            self._clauses[trigger] = tuple(
                one for formula in formulas for one in clauses(reduced(formula, {}))
            )
        return self._clauses[trigger]

    def parts(self, trigger: str, handed: frozenset[str]) -> tuple[Part, ...]:
        """The conditions of a step that what is handed in with it does not meet already.

        They come in parts: no fact of one is a fact of another.
        """
        key = (trigger, handed)
        if key not in self._parts:
            there = self.seen(trigger, handed, {})
            self._parts[key] = parted(knowing(self._conditions(trigger), there))
        return self._parts[key]

    def around(self, atoms: tuple[Atom, ...]) -> frozenset[str]:
        """The states that the chart leads to without a step that certainly brings one of these about."""
        if atoms not in self._around:
            first = self.chart.flow.initial
            bringing = {key for one in atoms for key in self.settling(one)}
            begun = any(self.effects.at_first(one, whole=True) == (True,) for one in atoms)
            self._around[atoms] = frozenset() if begun else self.beyond([first], bringing)
        return self._around[atoms]

    def beyond(self, states: Iterable[str], without: AbstractSet[str] = frozenset()) -> frozenset[str]:
        """These states and all that the chart leads to from there, ``without`` some steps."""
        queue = list(dict.fromkeys(states))
        for state in queue:
            queue += {target for key, target in self.ways[state] if key not in without}.difference(queue)
        return frozenset(queue)

    def act(self, trigger: str, among: Bits, more: tuple[Formula, ...] = ()) -> Act:
        """The step as the facts ``among`` these bits concern it, taken while ``more`` hold."""
        key = (trigger, among, more)
        found = self._acts.get(key)
        if found is None:
            bits = tuple((one, self._bit[one]) for one in self.atoms(among))
            spoken = (*(one for one, _ in bits), *(atom for one in more for atom in atoms_of(one)))
            handed = self.handed(trigger, self.telling(trigger, spoken))
            cases = tuple(self._case(trigger, papers, bits, more) for papers in handed)
            found = self._acts[key] = Act(trigger, self.effects, bits, cases)
        return found

    def _case(
        self,
        trigger: str,
        handed: frozenset[str],
        bits: tuple[tuple[Atom, Bits], ...],
        more: tuple[Formula, ...],
    ) -> Case:
        nothing, everything = (
            self.seen(trigger, handed, {one: value for one, _ in bits}) for value in (False, True)
        )
        certain = {one: value for one, value in nothing.items() if everything.get(one) is value}
        open_ = {one for one in nothing if one not in certain}
        asking = [one for formula in more for one in clauses(formula)]
        asked = tuple(
            formula
            for part in parted(asking, self.parts(trigger, handed))
            for formula in part.left(certain, open_)
        )
        spoken = {atom for formula in asked for atom in atoms_of(formula)}
        seen = [(one, bit) for one, bit in bits if one in spoken and one in open_]
        single = [(one, bit) for one, bit in bits if one.fact not in HANGING]
        return Case(
            handed,
            list(asked),
            tuple(pair for pair in seen if pair[0] in everything),
            tuple(pair for pair in seen if pair[0] not in everything),
            sum(bit for _, bit in seen),
            sum(bit for one, bit in single if self._holds_after(one, trigger, handed, before=True)),
            sum(bit for one, bit in single if self._holds_after(one, trigger, handed, before=False)),
        )

    def _holds_after(self, one: Atom, trigger: str, handed: frozenset[str], *, before: bool) -> bool:
        return self.effects.become(one, trigger, handed, {one: before})[0]

    def seen(self, trigger: str, handed: frozenset[str], held: Mapping[Atom, bool]) -> dict[Atom, bool]:
        """What the guards of the step see: what is handed in is there already, what it supersedes is there still."""
        view = {about(Fact.BY_LAW): not self.chart.flow.transition[trigger].by}
        for one, value in held.items():
            if one.fact in (Fact.SINCE, Fact.AFTER):
                view[one] = came_later(one, handed, old=value)
            elif one.fact is Fact.CURRENT:
                if not self.effects.bound(one.name) & handed:  # else it may or may not be
                    view[one] = value or one.name in handed
            elif one.fact is not Fact.OPEN or not value:  # a side duty that is open may have ended meanwhile
                view[one] = value
        return view | {in_force(kind): True for kind in handed}
