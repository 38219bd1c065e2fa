"""What stands against a step besides its guards: place, circumstances, side duties, people, papers, the flow's text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.papers import Reading
from zhifa_flow.engine.people import Named, people_refusals, unknown_refusals
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.flow import Flow, Role, Transition
from zhifa_flow.model.step import Refusal, Request


def text_refusals(compiled: Compiled, case: Case) -> list[Refusal]:
    """That the flow says something else than when the case was opened under it."""
    if case.flow_digest == compiled.digest:
        return []
    cure = "恢复立案时的流程文件; 修改流程应当另立施行日期不同的版本"
    return [Refusal("flow", f"流程文件({case.flow})的内容与本案登记时不同, 不得据以办理", cure=cure)]


def state_refusals(flow: Flow, case: Case, transition: Transition) -> list[Refusal]:
    """Why the step cannot be taken from where the case stands, and the shortest way to where it can."""
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
    flow: Flow, case: Case, trigger: str, children: Sequence[Case], on: date, beside: Sequence[Case] = ()
) -> list[Refusal]:
    """What recorded circumstances and open side duties hold against a step of that day.

    ``beside`` are the side duties of the case that this one goes on from. Of the same rule and flow as a duty of
    this case they hold the same steps: whoever asked for a recusal there waits for the answer here
    (行政处罚法第四十三条第三款).
    """
    open_ = [*children, *(one for one in beside if _handed_on(flow, one))]
    return [*_flag_refusals(flow, case, trigger, on), *_child_refusals(flow, trigger, open_, on)]


def _handed_on(flow: Flow, duty: Case) -> bool:
    rule = flow.child.get(duty.relation or "")
    return rule is not None and rule.flow == duty.flow.partition("@")[0]


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


def acting_refusals(
    s: Situation, role: Role, request: Request, named: Sequence[Named], today: date
) -> list[Refusal]:
    """What stands against those who act, who enter it, and whom its documents name."""
    refusals = [*people_refusals(s, role, request.by), *recorder_refusals(s, request.recorder, today)]
    if request.recorder in s.officers and role.in_person and not _in_person(role, request):
        who = "、".join(s.officer_name(one) for one in request.by)
        cure = f"由{who}本人办理(--as)"
        found = f"录入人是{s.officer_name(request.recorder)}"
        refusals.append(
            Refusal(
                "people", f"“{role.name}”应当本人办理, 他人不得代为录入", found, role.basis, role.gap, cure
            )
        )
    for one in named:
        if one.role:
            refusals += people_refusals(s, s.flow.role[one.role], one.officers, one.where)
        else:
            refusals += unknown_refusals(s, one)
    return refusals


def recorder_refusals(s: Situation, name: str, today: date) -> list[Refusal]:
    """What stands against the officer who enters something in a case today."""
    recorder = s.officers.get(name)
    if recorder is None:
        hint = s.hints.get(name) or f"人员名册中没有“{name}”"
        return [Refusal("people", f"录入人: {hint}")]
    why = recorder.absence_on(today)
    if recorder.agency not in (s.agency.id, s.agency.superior):
        why = why or f"不是{s.agency.name}或者其上级机关的人员"
    return [Refusal("people", f"录入人: {recorder.name}{why}")] if why else []


def _in_person(role: Role, request: Request) -> bool:
    """Whoever enters an act in person enters it for nobody else, unless the act takes several."""
    return request.recorder in request.by and (role.count > 1 or set(request.by) == {request.recorder})


def document_refusals(flow: Flow, transition: Transition, reading: Reading) -> list[Refusal]:
    """What is wrong with the documents handed in, and those that are missing."""
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


def deemed_refusals(flow: Flow, trigger: str) -> list[Refusal]:
    """That nobody takes a step which the law brings about when a period ends."""
    step = flow.transition[trigger]
    if step.by:
        return []
    periods = "、".join(f"“{one.name}”" for one in flow.deadline.values() if one.then == trigger)
    message = "本环节依法随期限届满自动发生, 不由人员办理"
    return [Refusal("deemed", message, f"期限: {periods}", step.basis, step.gap)]


def repeated_refusals(flow: Flow, case: Case, papers: Sequence[Paper]) -> list[Refusal]:
    """That what the step would add is on file already: entered twice, by two hands, a double click or days later.

    The same record is one of the same kind, words, day and persons; steps taken in between change nothing.
    """
    held = [_held_already(case, paper) for paper in papers]
    if None in held or not any(flow.document[paper.kind].repeatable for paper in papers):
        return []
    steps = "、".join(str(seq) for seq in sorted({one.seq for one in held if one}))
    found = f"第{steps}步与本次提交的人员、日期、文书完全相同"
    return [Refusal("repeated", "同一环节不得重复登记", found, cure="确需再办一次的, 写明与上一次不同的内容")]


def _held_already(case: Case, paper: Paper) -> Paper | None:
    # Not the digest: the same two persons in another order are the same.
    same = (paper.on, sorted(paper.by), paper.fields, paper.bound)
    held = case.papers.get(paper.kind, ())
    return next((one for one in held if (one.on, sorted(one.by), one.fields, one.bound) == same), None)
