"""Whether a mutant is noticed: by a scenario, by the checker, or by the proof of an order; or by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.mutants import REMOVALS, Mutant, without_effects, without_guards, without_orders
from zhifa_flow.casework.ports import Now
from zhifa_flow.casework.scenarios import Scenario, StageTime
from zhifa_flow.casework.shifts import SHIFTS
from zhifa_flow.casework.substitutes import with_flow, with_table
from zhifa_flow.casework.tapes import Complaint, Tape, record, replay
from zhifa_flow.model.flow import Flow


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant. ``problem`` is what the checker said of it; a survivor has neither."""

    mutant: Mutant
    complaint: Complaint | None = None
    problem: str = ""

    @property
    def killed(self) -> bool:
        """Whether anybody noticed."""
        return bool(self.complaint or self.problem)


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario where it lies: the flow in whose folder, its name, and how it is read."""

    flow: str
    name: str
    read: Callable[[], Scenario]


@dataclass(slots=True)
class Bench:
    """Everything that a mutant is held against. ``problems`` asks the checker, with all its proofs, about a flow."""

    make_desk: Callable[[Now], Desk]
    sources: Sequence[Source]
    problems: Callable[[Flow], Sequence[str]]
    _tapes: dict[str, Tape] = field(default_factory=dict)
    _known: dict[str, frozenset[str]] = field(default_factory=dict)

    def tapes(self, flows: Iterable[str]) -> Iterator[Tape]:
        """Every scenario, played and kept; those that lie with the flows named come first.

        Raises:
            NotAsItSays: one that does not hold as it is.
        """
        own = {ref.partition("@")[0] for ref in flows}
        for source in sorted(self.sources, key=lambda one: one.flow not in own):
            yield self.tape(source)

    def tape(self, source: Source) -> Tape:
        """The scenario, played and kept. Raises NotAsItSays."""
        if source.name not in self._tapes:
            self._tapes[source.name] = record(source.name, source.read(), self.make_desk)
        return self._tapes[source.name]

    def new_problems(self, flow: Flow) -> list[str]:
        """What the checker says of a changed flow and did not say of the one it stands for."""
        if flow.ref not in self._known:
            original = self.make_desk(StageTime()).flows.compiled(flow.ref).flow
            self._known[flow.ref] = frozenset(self.problems(original))
        return [problem for problem in self.problems(flow) if problem not in self._known[flow.ref]]

    def verdict(self, mutant: Mutant) -> Verdict:
        """Play the scenarios that the mutant touches until one complains, then ask the checker.

        Raises:
            NotAsItSays: a scenario that does not hold as it is.
        """
        desk = self._desk(mutant)
        for tape in self.tapes(touch[0] for touch in mutant.touches):
            if tape.touched.isdisjoint(mutant.touches):
                continue
            if complaint := replay(tape, desk, mutant.touches):
                return Verdict(mutant, complaint)
        found = self.new_problems(mutant.flow) if mutant.flow else []
        return Verdict(mutant, problem=found[0] if found else "")

    def _desk(self, mutant: Mutant) -> Desk:
        desk = self.make_desk(StageTime())
        if mutant.flow:
            desk = replace(desk, flows=with_flow(desk.flows, mutant.flow))
        return replace(desk, law=with_table(desk.law, mutant.table)) if mutant.table else desk

    def order_verdicts(self, flow: Flow) -> Iterator[Verdict]:
        """For each order of a flow whether it is needed: whether it is what stops some other mutant of the flow.

        To take an order out breaks nothing by itself. An order that never stops anything would not be missed.
        """
        refuted: dict[str, str] = {}
        candidates = _likely(flow)
        for mutant in without_orders(flow):
            name = mutant.id.rpartition("-")[2]
            assert mutant.flow
            found = [one for one in self.new_problems(mutant.flow) if name in one]
            while name not in refuted and not found and (other := next(candidates, None)):
                refuted |= {key: problem for key, problem in self._refuted(other) if key not in refuted}
            yield Verdict(mutant, problem=found[0] if found else refuted.get(name, ""))

    def _refuted(self, mutant: Mutant) -> Iterator[tuple[str, str]]:
        """The orders whose proof fails on a mutant, with what is said of it."""
        assert mutant.flow
        for problem in self.new_problems(mutant.flow):
            for name in mutant.flow.order:
                if problem.startswith(f"order.{name}:"):
                    yield name, f"{mutant.said}时: {problem}"


def _likely(flow: Flow) -> Iterator[Mutant]:
    """The mutants that can break an order, first those of the steps that an order speaks of."""
    spoken = {trigger for order in flow.order.values() for trigger in order.before}
    mutants = [*without_guards(flow), *without_effects(flow)]
    return iter(sorted(mutants, key=lambda one: not any(touch[1] in spoken for touch in one.touches)))


def mutants_of(flow: Flow) -> Iterator[Mutant]:
    """Every mutant of a flow, in the order of the file, the orders first."""
    for kind in (*REMOVALS, *SHIFTS):
        yield from kind(flow)
