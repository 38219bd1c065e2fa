"""The mutants of a folder of flows, each tried, on as many processors as there are."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from zhifa_flow.adapters.lawfiles.equivalents import load_equivalents
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario, scenario_paths
from zhifa_flow.bootstrap.lawbook import Lawbook, open_lawbook
from zhifa_flow.bootstrap.trials import desk_maker, scenario_name
from zhifa_flow.casework.mutants import Mutant
from zhifa_flow.casework.mutation import Bench, Source, Verdict, mutants_of
from zhifa_flow.casework.shifts import shifted_table
from zhifa_flow.engine.flowcheck.joints import joint_problems
from zhifa_flow.engine.flowcheck.report import Surroundings, check_flow
from zhifa_flow.engine.proofs.report import proof_problems
from zhifa_flow.model.flow import Flow

__all__ = ["count", "load_equivalents", "processors", "verdicts"]

#: How many mutants a process takes at a time: few enough that none is left alone with the slow ones at the end.
_BATCH = 4


@dataclass(slots=True)
class Yard:
    """What is tried: the mutants of some flows and of the tables that they go by, in a fixed order."""

    book: Lawbook
    refs: tuple[str, ...]
    bench: Bench
    _mutants: list[Mutant] = field(default_factory=list)

    @classmethod
    def of(cls, root: Path, refs: Iterable[str]) -> Yard:
        """The yard for some versions of flows of a folder. Raises FileError."""
        book = open_lawbook(root)
        sources = [
            Source(path.parent.parent.name, scenario_name(path), partial(read_scenario, path, root))
            for path in scenario_paths(root)
        ]
        return cls(
            book,
            tuple(refs),
            Bench(desk_maker(book), sources, partial(_problems, book), partial(_proofs, book)),
        )

    @property
    def flows(self) -> list[Flow]:
        """The flows whose mutants are tried."""
        return [self.book.flows.compiled(ref).flow for ref in self.refs]

    @property
    def mutants(self) -> Sequence[Mutant]:
        """Every mutant, flow by flow and then table by table."""
        if not self._mutants:
            flows = self.flows
            self._mutants += [one for flow in flows for one in mutants_of(flow)]
            used = {name for ref in self.refs for name in self.book.flows.compiled(ref).tables}
            for name in sorted(used):
                deciding = tuple(flow for flow in flows if name in self.book.flows.compiled(flow.ref).tables)
                self._mutants += shifted_table(self.book.tables[name], deciding)
        return self._mutants

    def warm(self) -> None:
        """Play the scenarios of the flows once, for all processes that are made from this one."""
        ids = {ref.partition("@")[0] for ref in self.refs}
        for source in self.bench.sources:
            if source.flow in ids:
                self.bench.tape(source)

    def tried(self, place: int) -> Verdict:
        """The verdict on the mutant of that place."""
        return self.bench.verdict(self.mutants[place])


def _problems(book: Lawbook, flow: Flow) -> list[str]:
    """What ``flow check`` says of a flow of the folder as it is here, beside the others as they are there."""
    around = Surroundings(book.tables, book.statutes, book.flows.versions().keys())
    problems = check_flow(flow, around).problems
    proofs = [] if problems else _proofs(book, flow)
    return [*problems, *joint_problems(flow, _family(book, flow)), *proofs]


def _proofs(book: Lawbook, flow: Flow) -> list[str]:
    return proof_problems(flow, book.statutes, _family(book, flow))


def _family(book: Lawbook, flow: Flow) -> list[Flow]:
    return [flow, *(book.flows.compiled(ref).flow for ref in book.flows.refs() if ref != flow.ref)]


#: The yard of this process; processes made by forking find it here with its scenarios played.
_yards: dict[tuple[Path, tuple[str, ...]], Yard] = {}


def count(root: Path, refs: Sequence[str]) -> int:
    """How many mutants these flows have, with those of the tables that they go by. Raises FileError."""
    return len(_yard(root, tuple(refs)).mutants)


def verdicts(root: Path, refs: Sequence[str], jobs: int) -> Iterator[Verdict]:
    """What becomes of every mutant, in the order of the files whatever the number of processes.

    Raises:
        NotAsItSays: a scenario does not hold as it is.
        FileError: a file is wrong.
    """
    yard = _yard(root, tuple(refs))
    places = range(len(yard.mutants))
    if jobs <= 1:
        yield from (yard.tried(place) for place in places)
        return
    yard.warm()
    # Forked processes share what has been played; where there is no fork each plays what it needs.
    how = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    with ProcessPoolExecutor(jobs, multiprocessing.get_context(how)) as pool:
        yield from pool.map(partial(_try, root, tuple(refs)), places, chunksize=_BATCH)


def processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _try(root: Path, refs: tuple[str, ...], place: int) -> Verdict:
    verdict = _yard(root, refs).tried(place)
    # Without the flow, which would take longer to hand over than to make.
    return replace(verdict, mutant=replace(verdict.mutant, flow=None, table=None, touches=frozenset()))


def _yard(root: Path, refs: tuple[str, ...]) -> Yard:
    if (root, refs) not in _yards:
        _yards[root, refs] = Yard.of(root, refs)
    return _yards[root, refs]
