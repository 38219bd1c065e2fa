"""The scenarios of a folder of flows, played on a store in memory: no database is opened, none is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from zhifa_flow.adapters.lawfiles.scenarios import read_scenario, scenario_paths
from zhifa_flow.adapters.lawfiles.toml import home_of
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.bootstrap.lawbook import Lawbook, law_of
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Now
from zhifa_flow.casework.trials import Trial, tried, unread
from zhifa_flow.model.errors import FileError


def desk_maker(book: Lawbook) -> Callable[[Now], Desk]:
    """Makes a desk on an empty store for a given time; what is not published yet is in force too.

    Raises:
        FileError: there is no calendar at all.
    """
    law, flows = law_of(book), replace(book.flows, drafts=True)
    return lambda now: Desk(MemoryStore(), flows, law, now)


def scenario_files(book: Lawbook, refs: Iterable[str]) -> list[Path]:
    """The scenario files of some versions of flows, in the order of the folder."""
    ids = dict.fromkeys(ref.partition("@")[0] for ref in refs)
    return [path for id_ in ids for path in scenario_paths(book.root, id_)]


def trials(book: Lawbook, paths: Iterable[Path]) -> Iterator[Trial]:
    """Play these scenarios, one after another; one that cannot be read is a failure of its own.

    Raises:
        FileError: there is no calendar at all.
    """
    make_desk = desk_maker(book)
    for path in paths:
        name = scenario_name(path)
        try:
            # A draft may lie anywhere; what lies in the folder may extend all that lies there.
            scenario = read_scenario(path, home_of(path, book.root))
        except FileError as error:
            yield unread(name, tuple(f"{error.source}: {problem}" for problem in error.problems))
        else:
            yield tried(name, scenario, make_desk)


def scenario_name(path: Path) -> str:
    """How a scenario is called: flow id and file name."""
    return f"{path.absolute().parent.parent.name}/{path.stem}"
