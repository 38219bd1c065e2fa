"""May this step be taken, and if so what does it make of the case? Every reason against it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from zhifa_flow.engine.chain import paper_digest, sealed
from zhifa_flow.engine.checks.papers import digest_of
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import changes, extension_refusals
from zhifa_flow.engine.grounds import date_refusals
from zhifa_flow.engine.localities import applicable
from zhifa_flow.engine.obstacles import (
    acting_refusals,
    document_refusals,
    flag_and_child_refusals,
    state_refusals,
    text_refusals,
)
from zhifa_flow.engine.opening import Opened, open_case
from zhifa_flow.engine.papers import Reading, read_documents
from zhifa_flow.engine.people import Named, named_officers, people_refusals, signatures
from zhifa_flow.engine.registry import Found
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.steps import apply, filed, lowered, merged
from zhifa_flow.engine.world import World, situation_of
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.errors import NotFound, Refused
from zhifa_flow.model.flow import Transition
from zhifa_flow.model.step import FoundRow, OpenedChild, Refusal, Request, Step


@dataclass(frozen=True, slots=True)
class Advanced:
    """A step that was taken: the case after it, the step, and the child cases it opened."""

    case: Case
    step: Step
    children: tuple[Opened, ...] = ()


@dataclass(slots=True)
class _Attempted:
    situation: Situation
    reading: Reading
    papers: tuple[Paper, ...]
    role: str
    acted: dict[str, tuple[str, ...]]
    named: list[Named]


def advance(compiled: Compiled, case: Case, request: Request, world: World) -> Advanced:
    """Take the step that is asked for.

    Raises:
        NotFound: the flow has no such step (with close names).
        CalendarRangeError: the day lies beyond every calendar.
        Refused: with every unmet condition.
    """
    flow = compiled.flow
    world.law.calendar.ordinal(request.on)
    transition = flow.transition.get(request.trigger)
    if transition is None:
        names = [*flow.transition, *(one.name for one in flow.transition.values())]
        raise NotFound("环节", request.trigger, names)
    tried = _attempt(compiled, case, request, transition, world)
    refusals = [
        *text_refusals(compiled, case),
        *state_refusals(flow, case, transition),
        *flag_and_child_refusals(flow, case, request.trigger, world.children, request.on),
        *date_refusals(
            tried.situation,
            request,
            transition,
            tried.papers,
            compiled.reads(request.trigger),
            world.entered_at,
        ),
        *acting_refusals(tried.situation, flow.role[tried.role], request, tried.named, world.today),
        *document_refusals(flow, transition, tried.reading),
        *extension_refusals(tried.situation, transition),
    ]
    # What a document would say that was not handed in, or cannot be read, is nobody's to judge yet.
    unread = tuple(
        tried.reading.faulty | {kind for kind in transition.documents if kind not in tried.reading.fields}
    )
    if case.state in transition.source and not unread:
        attempt = compiled.fire(request.trigger, case.state, tried.situation)
        guard_refusals, target = attempt.refusals, attempt.state
    else:
        guard_refusals = compiled.refusals(request.trigger, tried.situation, without=unread)
        target = case.state
    hidden = _hidden_refusals(compiled, tried, request.trigger, unread)
    guard_refusals += [one for one in hidden if one not in guard_refusals]
    if refusals or guard_refusals:
        local = [replace(one, basis=applicable(tried.situation, one.basis)) for one in refusals]
        raise Refused(transition.name, [*local, *guard_refusals])
    return _taken(compiled, case, request, tried, target, world)


def _attempt(
    compiled: Compiled, case: Case, request: Request, transition: Transition, world: World
) -> _Attempted:
    flow = compiled.flow
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
    acted = {role: request.by}
    for _, named_role, officers in named:
        acted = merged(acted, {named_role: officers}) if named_role else acted
    s.acted = merged(case.acted, acted)
    return _Attempted(s, reading, papers, role, acted, named)


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


def _hidden_refusals(
    compiled: Compiled, tried: _Attempted, trigger: str, unread: Sequence[str]
) -> list[Refusal]:
    """What stands against those copies of one kind that the last of them would hide from the guards."""
    refusals: list[Refusal] = []
    s = tried.situation
    for kind, number in Counter(paper.kind for paper in tried.papers).items():
        earlier, new = s.papers[kind][:-number], s.papers[kind][-number:]
        for last in range(1, number):
            turned = (*earlier, *new[last:], *new[:last])
            looked = replace(s, papers={**s.papers, kind: turned}, _found={})
            refusals += compiled.refusals(trigger, looked, without=unread, reading=kind)
    return refusals


def _role_of(s: Situation, transition: Transition, by: Sequence[str]) -> str:
    """Of the roles that may take the step, the one these persons come closest to."""
    s.acted = s.case.acted
    return min(transition.by, key=lambda role: len(people_refusals(s, s.flow.role[role], by)))


def _taken(
    compiled: Compiled, case: Case, request: Request, tried: _Attempted, target: str, world: World
) -> Advanced:
    flow, s = compiled.flow, tried.situation
    transition = flow.transition[request.trigger]
    seq = case.revision + 1
    down = tuple(flag for flag in transition.lowers if case.flag_up(flag))
    up = tuple(flag for flag in transition.raises if not case.flag_up(flag) or flag in down)
    s.case = replace(s.case, flags=lowered(case.flags, down, request.on))
    clocks = changes(s, request.trigger, raised=up, lowered=down, end=flow.state[target].end)
    due_children = [rule for rule in transition.opens if _is_due(s, rule)]
    children = tuple(_open_child(compiled, case, s, rule, seq, request, world) for rule in due_children)
    step = Step(
        case=case.id, seq=seq, trigger=request.trigger, source=case.state, target=target, on=request.on,
        entered_at=world.entered_at, by=request.by, role=tried.role, recorder=request.recorder,
        late_reason=request.late_reason.strip() if request.on < world.today else "", papers=tried.papers,
        superseded=tuple(kind for kind in transition.supersedes if case.paper(kind)), acted=tried.acted,
        clocks=tuple(clocks), raised=up, lowered=down,
        opened=tuple(OpenedChild(one.rule, one.case.flow, one.case.id) for one in children),
        findings={name: recorded(found) for name, found in s.findings.items()},
        signed=signatures(s.officers, _signers(request, tried), request.on),
        rules=world.law.rules(compiled.tables, request.on),
    )  # fmt: skip
    sealed_step = sealed(step, case.head)
    return Advanced(apply(flow, case, sealed_step), sealed_step, children)


def _signers(request: Request, tried: _Attempted) -> tuple[str, ...]:
    return (*request.by, request.recorder, *(one for officers in tried.acted.values() for one in officers))


def _is_due(s: Situation, rule: str) -> bool:
    when = s.flow.child[rule].when
    return when is None or s.found(when).holds


def recorded(found: Found) -> FoundRow:
    """A finding in the words in which it stays on record."""
    if found.value is None:
        value = "无法认定"
    elif isinstance(found.value, bool):
        value = "是" if found.value else "否"
    else:
        value = str(found.value)
    return FoundRow(value, found.reason, found.row)


def _open_child(
    compiled: Compiled, case: Case, s: Situation, rule: str, seq: int, request: Request, world: World
) -> Opened:
    child = compiled.flow.child[rule]
    carried = [paper for kind in child.carries for paper in s.papers.get(kind, ())]
    return open_case(
        world.flow_for(child.flow, request.on), world, on=request.on, by=request.by, recorder=request.recorder,
        id_=f"{case.id}.{rule}.{seq}", title=f"{case.title}: {child.name}", party=case.party,
        late_reason=request.late_reason, parent=case.id, relation=rule, carried=carried,
        acted={there: s.acted[here] for here, there in child.acted.items() if here in s.acted},
    )  # fmt: skip
