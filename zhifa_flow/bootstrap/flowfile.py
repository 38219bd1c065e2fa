"""A flow file anywhere, read so that it can be told in words: every name in it leads somewhere."""

from __future__ import annotations

from pathlib import Path

from zhifa_flow.adapters.lawfiles.flows import read_flow
from zhifa_flow.adapters.lawfiles.toml import home_of
from zhifa_flow.bootstrap.lawbook import Lawbook
from zhifa_flow.engine.flowcheck.arguments import argument_problems
from zhifa_flow.engine.flowcheck.names import name_problems
from zhifa_flow.engine.flowcheck.size import size_problems
from zhifa_flow.model.errors import FileError
from zhifa_flow.model.flow import Flow


def flow_at(book: Lawbook, path: Path) -> Flow:
    """The flow of a file, in the folder of flows or not; it may be a draft that does not pass the check yet.

    Raises:
        FileError: it cannot be read as a flow, or names something that is not there.
    """
    flow, problems, spoiled = read_flow(path, home_of(path, book.root), book.clocks)
    if flow is not None:
        problems += size_problems(flow) or [
            *name_problems(flow, book.tables, book.flows.versions().keys(), spoiled),
            *argument_problems(flow, book.tables, spoiled),
        ]
    if flow is None or problems:
        raise FileError(str(path), problems)
    return flow
