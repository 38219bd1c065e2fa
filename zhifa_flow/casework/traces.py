"""Traces: a case with its steps, and every case that it opened, as they are handed to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhifa_flow.casework.desk import Desk
from zhifa_flow.model.case import Case
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.step import Step


@dataclass(frozen=True, slots=True)
class Trace:
    """One case from its opening on, with what the law has brought about in it by today."""

    case: Case
    flow: Flow
    steps: Sequence[Step]


def traces(desk: Desk, case_id: str) -> tuple[Trace, ...]:
    """The case first, then its side cases, each followed by its own.

    What the law has brought about and nobody has recorded yet is told, but a case that it opens is not there to follow.

    Raises:
        NotFound: no such case.
    """
    return tuple(_below(desk, case_id))


def _below(desk: Desk, case_id: str) -> Iterator[Trace]:
    case, compiled, steps = desk.history(case_id)
    yield Trace(case, compiled.flow, steps)
    with desk.store.read() as work:
        children = [child.id for child in work.children(case.id)]
    for child in children:
        yield from _below(desk, child)
