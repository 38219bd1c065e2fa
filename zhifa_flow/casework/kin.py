"""The cases around a case, as a step may look at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from zhifa_flow.casework.ports import Work
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.model.case import Case


@dataclass(frozen=True, slots=True)
class Kin:
    """The cases around a case: those it opened, the one that opened it, and what else that and those above opened."""

    children: tuple[Case, ...] = ()
    parent: Case | None = None
    siblings: tuple[Case, ...] = ()

    @classmethod
    def of(cls, work: Work, compiled: Compiled, case: Case) -> Kin:
        """Read them; those that a case goes on from are climbed to the first."""
        children = tuple(work.children(case.id)) if compiled.flow.child else ()
        if case.parent is None:
            return cls(children)
        return cls(children, work.case(case.parent), tuple(_beside(work, case)))

    def with_those_of(self, events: Iterable[Advanced]) -> Kin:
        """With the cases that these events open."""
        opened = (one.case for event in events for one in event.children)
        return replace(self, children=(*self.children, *opened))


def _beside(work: Work, case: Case) -> Iterator[Case]:
    here: Case | None = case
    while here and here.parent:
        yield from (one for one in work.children(here.parent) if one.id != here.id)
        here = work.case(here.parent)


#: A case that stands alone.
ALONE = Kin()
