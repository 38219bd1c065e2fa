"""The attempt: a step with its documents read, bound to those they are made on, and its people in their roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from zhifa_flow.engine.chain import paper_digest
from zhifa_flow.engine.checks.papers import digest_of
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.papers import Reading, read_documents
from zhifa_flow.engine.people import Named, named_officers, people_refusals
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.steps import filed, merged
from zhifa_flow.engine.world import World, situation_of
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.flow import Transition
from zhifa_flow.model.step import Request


@dataclass(slots=True)
class Attempted:
    """A step as it would be: the situation with its documents in place, and who would act in which role."""

    situation: Situation
    reading: Reading
    papers: tuple[Paper, ...]
    role: str
    acted: dict[str, tuple[str, ...]]
    named: list[Named]


def attempted(compiled: Compiled, case: Case, request: Request, world: World) -> Attempted:
    """Read what is handed in and put it in its place; nothing is judged yet.

    Raises:
        LookupError: the flow has no such step.
    """
    flow = compiled.flow
    transition = flow.transition[request.trigger]
    reading = read_documents(
        flow, request.documents, (*transition.documents, *transition.optional), request.on
    )
    s = situation_of(compiled, case, request.on, world)
    s.by, s.moment = request.by, request.moment
    handed = {kind: copies for kind, copies in reading.fields.items() if kind not in reading.faulty}
    papers = tuple(
        _paper(s, kind, fields, case.revision + 1) for kind, copies in handed.items() for fields in copies
    )
    papers = _bound(s, papers, transition)
    s.papers = filed(_without(case.papers, set(transition.supersedes) & set(handed)), flow, papers)
    role, named = _role_of(s, transition, request.by), named_officers(flow, handed)
    acted = {role: request.by} if role else {}
    for _, named_role, officers in named:
        acted = merged(acted, {named_role: officers}) if named_role else acted
    s.acted = merged(case.acted, acted)
    return Attempted(s, reading, papers, role, acted, named)


def _paper(s: Situation, kind: str, fields: Mapping[str, object], seq: int) -> Paper:
    paper = Paper(kind=kind, on=s.on, seq=seq, by=s.by, digest="", fields=fields)
    return replace(paper, digest=paper_digest(paper))


def _without(papers: Mapping[str, tuple[Paper, ...]], kinds: Iterable[str]) -> dict[str, tuple[Paper, ...]]:
    left_out = frozenset(kinds)
    return {kind: held for kind, held in papers.items() if kind not in left_out}


def _bound(s: Situation, papers: Sequence[Paper], step: Transition) -> tuple[Paper, ...]:
    """The new documents with the hashes of those they are made on, as these will stand after the step."""
    left = _without(s.case.papers, step.supersedes)
    after: list[Paper] = []
    waiting = list(papers)
    while waiting:
        # What others are bound to comes first; bound in a circle, which the flow checker refuses, all come at once.
        kinds = {paper.kind for paper in waiting}
        ready = [paper for paper in waiting if kinds.isdisjoint(s.flow.document[paper.kind].binds)] or waiting
        s.papers = filed(left, s.flow, after)
        after += [_bind(s, paper) for paper in ready]
        waiting = [paper for paper in waiting if paper not in ready]
    return tuple(after)


def _bind(s: Situation, paper: Paper) -> Paper:
    binds = s.flow.document[paper.kind].binds
    bound = replace(paper, bound={kind: digest_of(s, kind) for kind in binds})
    return replace(bound, digest=paper_digest(bound))


def _role_of(s: Situation, transition: Transition, by: Sequence[str]) -> str:
    """Of the roles that may take the step, the one these persons come closest to; none where the law itself acts."""
    s.acted = s.case.acted
    return min(transition.by, key=lambda role: len(people_refusals(s, s.flow.role[role], by)), default="")
