"""Whether a mutant is noticed: by a scenario, by the checker, or by the proof of an order; or by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.mutants import REMOVALS, Mutant, with_back_door
from zhifa_flow.casework.ports import Now
from zhifa_flow.casework.pruning import pruned
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
    """Everything that a mutant is held against.

    ``problems`` asks the checker about a flow, with all its proofs, ``proofs`` for the proofs alone.
    """

    make_desk: Callable[[Now], Desk]
    sources: Sequence[Source]
    problems: Callable[[Flow], Sequence[str]]
    proofs: Callable[[Flow], Sequence[str]]
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
        return [problem for problem in self.problems(pruned(flow)) if problem not in self._known[flow.ref]]

    def verdict(self, mutant: Mutant) -> Verdict:
        """Play the scenarios that the mutant touches until one complains, then ask the checker.

        Without an order no scenario goes another way; there the question is whether its proof stops anything at all.

        Raises:
            NotAsItSays: a scenario that does not hold as it is.
        """
        if mutant.kind == "order":
            return self._idle(mutant)
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

    def _idle(self, mutant: Mutant) -> Verdict:
        """Whether an order that is taken out would be missed: whether it is what stops a back door around it."""
        assert mutant.flow
        name = mutant.id.rpartition("-")[2]
        original = self.make_desk(StageTime()).flows.compiled(mutant.flow.ref).flow
        around = with_back_door(original, name)
        # The others hold or not whatever this one says.
        alone = around.model_copy(update={"order": {name: around.order[name]}})
        for problem in self.proofs(alone):
            if problem.startswith(f"order.{name}:"):
                return Verdict(mutant, problem=f"没有条件的后门由本条发现: {problem}")
        return Verdict(mutant)


def mutants_of(flow: Flow) -> Iterator[Mutant]:
    """Every mutant of a flow, in the order of the file, the orders first."""
    for kind in (*REMOVALS, *SHIFTS):
        yield from kind(flow)
