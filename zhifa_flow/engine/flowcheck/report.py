"""The check of a whole flow: its problems, and the articles that nobody could verify."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from zhifa_flow.engine.flowcheck.arguments import argument_problems
from zhifa_flow.engine.flowcheck.basis import basis_problems, legible, unverified_articles
from zhifa_flow.engine.flowcheck.names import name_problems
from zhifa_flow.engine.flowcheck.shape import shape_problems, unused_problems
from zhifa_flow.engine.flowcheck.size import size_problems
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.statute import StatuteIndex
from zhifa_flow.model.table import Table


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a flow may refer to outside its own file. ``spoiled`` are names of entries that could not be read."""

    tables: Mapping[str, Table]
    statutes: StatuteIndex
    flows: AbstractSet[str]
    spoiled: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker has to say of one flow. Unverified articles are named, and are not problems.

    ``provable`` says that none of the problems stands against proving the flow: an article that does not exist
    or a condition that is not used any more does not.
    """

    problems: tuple[str, ...]
    unverified: tuple[str, ...]
    provable: bool = False


def check_flow(flow: Flow, around: Surroundings) -> Report:
    """All problems of a flow: names first, then arguments, articles and shape; of one that is too large only that."""
    if too_large := size_problems(flow):
        return Report(tuple(too_large), ())
    names = name_problems(flow, around.tables, around.flows, around.spoiled)
    arguments = argument_problems(flow, around.tables, around.spoiled)
    articles = basis_problems(flow, around.statutes)
    firm = not (names or arguments)
    shape, unused = (shape_problems(flow), unused_problems(flow)) if firm else ([], [])
    unverified = tuple(unverified_articles(flow, around.statutes))
    return Report(
        (*names, *arguments, *articles, *shape, *unused), unverified, firm and not shape and legible(flow)
    )
