"""May this step be taken, and if so what does it make of the case? Every reason against it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from zhifa_flow.engine.chain import paper_digest, sealed
from zhifa_flow.engine.checks.papers import digest_of
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import changes, extension_refusals, standing
from zhifa_flow.engine.grounds import date_refusals
from zhifa_flow.engine.localities import applicable
from zhifa_flow.engine.opening import Opened, open_case
from zhifa_flow.engine.papers import Reading, read_documents
from zhifa_flow.engine.people import Named, named_officers, people_refusals, unknown_refusals
from zhifa_flow.engine.registry import Found
from zhifa_flow.engine.situation import Law, Situation
from zhifa_flow.engine.steps import apply, filed, lowered, merged
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.errors import NotFound, Refused
from zhifa_flow.model.flow import Flow, Role, Transition
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.step import FoundRow, OpenedChild, Refusal, Request, Step


@dataclass(frozen=True, slots=True)
class World:
    """What the engine is told besides the case: shared law, the agency, the people, the children, and today.

    ``flow_for`` gives the version of a flow in force on a day. ``entered_at`` is the moment of entry (UTC).
    ``hints`` says of a name that no register knows what may have been meant. ``others`` are the party's other cases,
    of any flow; needed only where ``Compiled.looks_elsewhere``. ``entrusting`` is the organ that the register names
    as ``Agency.entrusted_by``.
    """

    law: Law
    agency: Agency
    officers: Mapping[str, Officer]
    children: Sequence[Case]
    today: date
    entered_at: datetime
    flow_for: Callable[[str, date], Compiled]
    hints: Mapping[str, str] = field(default_factory=dict)
    others: Sequence[Case] = ()
    entrusting: Agency | None = None


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
        *_state_refusals(flow, case, transition),
        *flag_and_child_refusals(flow, case, request.trigger, world.children, request.on),
        *date_refusals(
            tried.situation,
            request,
            transition,
            tried.papers,
            compiled.reads(request.trigger),
            world.entered_at,
        ),
        *_people_refusals(tried, request, world.today),
        *_document_refusals(flow, transition, tried.reading),
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


def situation_of(compiled: Compiled, case: Case, on: date, world: World) -> Situation:
    """The case as it stands on a day, with nothing handed in."""
    s = Situation(
        flow=compiled.flow, finder=compiled.find, law=world.law, case=case, agency=world.agency, on=on,
        officers=world.officers, children=world.children, others=world.others, papers=case.papers, acted=case.acted,
        hints=world.hints, entrusting=world.entrusting,
    )  # fmt: skip
    if paused := standing(s):
        s.case = replace(case, clocks={**case.clocks, **paused})
    return s


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


def _state_refusals(flow: Flow, case: Case, transition: Transition) -> list[Refusal]:
    if case.state in transition.source:
        return []
    if case.ended:
        return [Refusal("state", f"案件已经办结(“{flow.state[case.state].name}”), 不能再办理本步")]
    wanted = "、".join(f"“{flow.state[state].name}”" for state in transition.source)
    path = shortest_path(flow, case.state, transition.source)
    way = " → ".join(flow.transition[step].name for step in path)
    cure = f"依次办理: {way}" if path else "从现在的环节不能到达, 请用 case next 查看可办环节"
    found = f"案件现处于“{flow.state[case.state].name}”"
    return [Refusal("state", f"本步应当在{wanted}时办理", found, transition.basis, transition.gap, cure)]


def shortest_path(flow: Flow, state: str, goals: Sequence[str]) -> list[str]:
    """The fewest steps of the chart from a state to any of the goals; empty if there is no way."""
    ways: dict[str, list[str]] = {state: []}
    queue = [state]
    for here in queue:
        for trigger in flow.triggers_from(here):
            there = flow.target_of(trigger, here)
            if there not in ways:
                ways[there] = [*ways[here], trigger]
                queue.append(there)
            if there in goals:
                return ways[there]
    return []


def flag_and_child_refusals(
    flow: Flow, case: Case, trigger: str, children: Sequence[Case], on: date
) -> list[Refusal]:
    """What recorded circumstances and open side duties hold against a step of that day."""
    return [*_flag_refusals(flow, case, trigger, on), *_child_refusals(flow, trigger, children, on)]


def _flag_refusals(flow: Flow, case: Case, trigger: str, on: date) -> list[Refusal]:
    refusals = []
    for name, flag in flow.flag.items():
        stops = trigger not in flag.allows if flag.allows else trigger in flag.blocks
        # Up now, or up on the day that an act entered late is said to have happened.
        if stops and (case.flag_up(name) or case.flag_on(name, on)):
            since = case.flags[name][-1].first
            allowed = "、".join(flow.transition[one].name for one in flag.allows)
            cure = f"此时可以办理: {allowed}" if allowed else ""
            message = flag.refusal or f"“{flag.name}”期间不得办理本步"
            refusals.append(Refusal("flag", message, f"自{since}起{flag.name}", flag.basis, flag.gap, cure))
    return refusals


def _people_refusals(tried: _Attempted, request: Request, today: date) -> list[Refusal]:
    s, role = tried.situation, tried.situation.flow.role[tried.role]
    refusals = people_refusals(s, role, request.by)
    recorder = s.officers.get(request.recorder)
    if recorder is None:
        hint = s.hints.get(request.recorder) or f"人员名册中没有“{request.recorder}”"
        refusals.append(Refusal("people", f"录入人: {hint}"))
    elif recorder.agency not in (s.agency.id, s.agency.superior) or recorder.absence_on(today):
        why = recorder.absence_on(today) or f"不是{s.agency.name}或者其上级机关的人员"
        refusals.append(Refusal("people", f"录入人: {recorder.name}{why}"))
    if recorder is not None and role.in_person and not _in_person(role, request):
        who = "、".join(s.officer_name(one) for one in request.by)
        cure = f"由{who}本人办理(--as)"
        found = f"录入人是{s.officer_name(request.recorder)}"
        refusals.append(
            Refusal(
                "people", f"“{role.name}”应当本人办理, 他人不得代为录入", found, role.basis, role.gap, cure
            )
        )
    for named in tried.named:
        if named.role:
            refusals += people_refusals(s, s.flow.role[named.role], named.officers, named.where)
        else:
            refusals += unknown_refusals(s, named)
    return refusals


def _in_person(role: Role, request: Request) -> bool:
    """Whoever enters an act in person enters it for nobody else, unless the act takes several."""
    return request.recorder in request.by and (role.count > 1 or set(request.by) == {request.recorder})


def _document_refusals(flow: Flow, transition: Transition, reading: Reading) -> list[Refusal]:
    refusals = [Refusal("document", problem) for problem in reading.problems]
    for kind in transition.documents:
        if kind not in reading.fields:
            document = flow.document[kind]
            cure = f"随本步提交《{document.name}》(--doc {kind}=文件 或者 --set {kind}.字段=内容)"
            refusals.append(
                Refusal(
                    "document", f"缺少《{document.name}》", basis=document.basis, gap=document.gap, cure=cure
                )
            )
    return refusals


def _child_refusals(flow: Flow, trigger: str, children: Sequence[Case], on: date) -> list[Refusal]:
    refusals = []
    for rule, child in flow.child.items():
        still = [case.id for case in children if case.relation == rule and not case.ended_by(on)]
        if trigger in child.holds and still:
            cure = f"先办结: {'、'.join(still)}"
            refusals.append(
                Refusal("child", f"“{child.name}”尚未办结", "、".join(still), child.basis, child.gap, cure)
            )
    return refusals


def _taken(
    compiled: Compiled, case: Case, request: Request, tried: _Attempted, target: str, world: World
) -> Advanced:
    flow, s = compiled.flow, tried.situation
    transition = flow.transition[request.trigger]
    seq = case.revision + 1
    down = tuple(flag for flag in transition.lowers if case.flag_up(flag))
    up = tuple(flag for flag in transition.raises if not case.flag_up(flag) or flag in down)
    s.case = replace(s.case, flags=lowered(case.flags, down, request.on))
    clocks = changes(s, request.trigger, lowered=down, end=flow.state[target].end)
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
    )  # fmt: skip
    sealed_step = sealed(step, case.head)
    return Advanced(apply(flow, case, sealed_step), sealed_step, children)


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
    )  # fmt: skip
