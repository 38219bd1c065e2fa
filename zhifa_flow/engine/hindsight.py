"""Hindsight (回看): which steps of a case another version of its flow would not have allowed, as far as the record says.

Whatever both versions state alike was judged when the step was taken, and is not asked again. What only the other
version asks is asked of the record; what the record cannot tell (how other cases stood that day) stands against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.obstacles import flag_and_child_refusals
from zhifa_flow.engine.people import named_officers, people_refusals
from zhifa_flow.engine.refiling import held_refusals, paper_refusals
from zhifa_flow.engine.registry import (
    CHECKS,
    RULES,
    BesideDeadline,
    BesideField,
    BesideFlow,
    BesideName,
    BesideRule,
    ChildName,
    ChildState,
    ElsewherePath,
    FindingName,
    Registered,
)
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.steps import OWN_STEPS, filed
from zhifa_flow.engine.turns import Turn
from zhifa_flow.engine.world import World, situation_of
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.step import Refusal, Step

#: What an argument names that lies outside the case, and may have stood otherwise then.
_AWAY = (
    BesideDeadline, BesideField, BesideFlow, BesideName, BesideRule, ChildName, ChildState, ElsewherePath,
)  # fmt: skip

#: A check or rule with its arguments.
_Asked = tuple[Registered, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Versions:
    """The version that a case goes by and the one that it is to go by."""

    old: Compiled
    new: Compiled


def hindsight(versions: Versions, turns: Sequence[Turn], world: World) -> list[Refusal]:
    """Everything in the steps of a case that the new version would not have allowed."""
    refusals: list[Refusal] = []
    for place, turn in enumerate(turns):
        against = (
            _opening(versions.new.flow, turn.step) if not place else _judged(versions, turns, place, world)
        )
        refusals += [_about(versions.old.flow, turn.step, one) for one in against]
    return refusals


def held_over(versions: Versions, case: Case, turns: Sequence[Turn]) -> list[Refusal]:
    """What of a case that a change of law takes over could not be read under the new version.

    Its steps are not judged: the law of their day allowed them. What that did not ask for is missed where a later step
    needs it, as it is of any case in which it is missing.
    """
    old, new = versions.old.flow, versions.new.flow
    papers: dict[str, tuple[Paper, ...]] = {}
    for turn in turns:
        for paper in turn.step.papers:
            papers[paper.kind] = (*papers.get(paper.kind, ()), paper)
    roles = [role for role in case.acted if role not in new.role]
    flags = [flag for flag in case.flags if case.flag_up(flag) and flag not in new.flag]
    return [
        *held_refusals(old, new, papers),
        *(_unknown_role(role) for role in roles),
        *(
            Refusal(
                "flag",
                f"新版本没有正在持续的情形“{old.flag[flag].name}”",
                "",
                old.flag[flag].basis,
                old.flag[flag].gap,
            )
            for flag in flags
        ),
    ]


def situation_then(compiled: Compiled, turn: Turn, world: World) -> Situation:
    """The case as it was asked of the guards of a step: as it stood before, with the new documents in place."""
    step = turn.step
    known = {name: clock for name, clock in turn.before.clocks.items() if name in compiled.flow.deadline}
    s = situation_of(compiled, replace(turn.before, clocks=known), step.on, world)
    handed = {paper.kind for paper in step.papers}
    kept = {
        kind: held for kind, held in turn.before.papers.items() if kind not in handed & set(step.superseded)
    }
    s.by, s.acted, s.papers = step.by, turn.after.acted, filed(kept, compiled.flow, step.papers)
    return s


def _about(flow: Flow, step: Step, refusal: Refusal) -> Refusal:
    known = flow.transition.get(step.trigger)
    name = known.name if known else OWN_STEPS[step.trigger]
    return replace(refusal, message=f"第{step.seq}步“{name}”: {refusal.message}", cure="")


def _opening(new: Flow, step: Step) -> Iterator[Refusal]:
    if step.target != new.initial:
        yield Refusal("state", f"新版本的案件从“{new.state[new.initial].name}”开始")
    yield from _unknown_roles(new, step)


def _judged(versions: Versions, turns: Sequence[Turn], place: int, world: World) -> Iterator[Refusal]:
    turn, new = turns[place], versions.new.flow
    step = turn.step
    if step.trigger in OWN_STEPS:
        return
    if step.trigger not in new.transition:
        yield Refusal("step", "新版本没有这一环节")
        return
    if unreadable := [*paper_refusals(versions.old.flow, new, turn), *_unknown_roles(new, step)]:
        yield from unreadable
        return
    yield from _place_refusals(new, step)
    yield from _effect_refusals(versions, turn)
    s = situation_then(versions.new, turn, world)
    yield from _people_refusals(versions, s, step)
    opened = {child.case for before in turns[:place] for child in before.step.opened}
    children = [child for child in world.children if child.id in opened]
    yield from flag_and_child_refusals(new, turn.before, step.trigger, children, step.on)
    yield from _guard_refusals(versions, s, step)
    yield from _side_refusals(versions, s, step)


def _unknown_roles(new: Flow, step: Step) -> Iterator[Refusal]:
    for role in step.acted:
        if role not in new.role:
            yield _unknown_role(role)


def _unknown_role(role: str) -> Refusal:
    return Refusal("people", f"新版本没有角色{role}, 担任过的人员不能据以回避")


def _place_refusals(new: Flow, step: Step) -> Iterator[Refusal]:
    transition = new.transition[step.trigger]
    if step.source not in transition.source:
        wanted = "、".join(f"“{new.state[state].name}”" for state in transition.source)
        yield Refusal("state", f"新版本应当在{wanted}时办理", "", transition.basis, transition.gap)
    elif (target := new.target_of(step.trigger, step.source)) != step.target:
        yield Refusal(
            "state", f"新版本办理后到“{new.state[target].name}”", "", transition.basis, transition.gap
        )


def _effect_refusals(versions: Versions, turn: Turn) -> Iterator[Refusal]:
    """That the step would have left the case otherwise: documents void, circumstances, last days."""
    old, new, step, before = versions.old.flow, versions.new.flow, turn.step, turn.before
    then, now = new.transition[step.trigger], old.transition[step.trigger]
    left = [kind for kind in then.supersedes if before.paper(kind) and kind not in step.superseded]
    if left:
        names = "、".join(f"《{new.document[kind].name}》" for kind in left)
        yield Refusal(
            "document", f"新版本办理本步使{names}失去效力, 本案没有重新作出", "", then.basis, then.gap
        )
    down = {flag for flag in then.lowers if before.flag_up(flag)}
    up = {flag for flag in then.raises if not before.flag_up(flag) or flag in down}
    if (up, down) != (set(step.raised), set(step.lowered)):
        yield Refusal("flag", "新版本办理本步所起、所止的情形不同", "", then.basis, then.gap)
    if (then.extends, then.moves) != (now.extends, now.moves):
        yield Refusal("deadline", "新版本办理本步所延长、所改定的期限不同", "", then.basis, then.gap)


def _people_refusals(versions: Versions, s: Situation, step: Step) -> Iterator[Refusal]:
    """Those who took the step or were named with it, where the version asks something else of them."""
    old, new = versions.old.flow, versions.new.flow
    by = new.transition[step.trigger].by
    if step.role not in by and (step.role or by):
        whom = "、".join(new.role[role].name for role in by) or "无人(随期限届满依法发生)"
        yield Refusal("people", f"新版本由{whom}办理")
    elif step.role and _differs(old, new, step.role):
        yield from people_refusals(s, new.role[step.role], step.by)
    for one in named_officers(new, {paper.kind: [paper.fields] for paper in step.papers}):
        if one.role and _differs(old, new, one.role):
            yield from people_refusals(s, new.role[one.role], one.officers, one.where)


def _differs(old: Flow, new: Flow, role: str) -> bool:
    return old.role.get(role) != new.role[role]


def _guard_refusals(versions: Versions, s: Situation, step: Step) -> Iterator[Refusal]:
    old, new = versions.old, versions.new
    # By what they ask, not by their names: a condition that bears another name was judged all the same.
    judged = [_said(_of_guard(old.flow, bound.name)) for bound in old.guards[step.trigger]]
    asked = [
        bound.name
        for bound in new.guards[step.trigger]
        if _said(_of_guard(new.flow, bound.name)) not in judged
    ]
    untold = [name for name in asked if _looks_away(_of_guard(new.flow, name))]
    for name in untold:
        guard = new.flow.guard[name]
        said = f"{guard.refusal}: 须看其他案件当时的情况, 不能依本案记录判断"
        yield Refusal(name, said, "", guard.basis, guard.gap)
    told = set(asked).difference(untold)
    yield from (one for one in new.refusals(step.trigger, s) if one.code in told)


def _side_refusals(versions: Versions, s: Situation, step: Step) -> Iterator[Refusal]:
    """Side duties that the step would have opened and did not, and those it opened that are known no longer."""
    old, new = versions.old.flow, versions.new.flow
    for opened in step.opened:
        rule = new.child.get(opened.rule)
        if rule is None or rule.flow != opened.flow.partition("@")[0]:
            yield Refusal("child", f"新版本没有所启动的附随程序“{old.child[opened.rule].name}”", opened.case)
    started = {opened.rule for opened in step.opened}
    for name in new.transition[step.trigger].opens:
        if name in started or _weighed(old, new, step.trigger, name):
            continue
        child = new.child[name]
        if child.when is None or _looks_away(_of_finding(new, child.when)) or s.found(child.when).holds:
            yield Refusal(
                "child", f"新版本办理本步启动附随程序“{child.name}”, 本案没有启动", "", child.basis, child.gap
            )


def _weighed(old: Flow, new: Flow, trigger: str, rule: str) -> bool:
    """Whether the old version asked the same before it did not open the side duty."""
    known = old.child.get(rule)
    if known is None or rule not in old.transition[trigger].opens:
        return False
    when = new.child[rule].when
    return known.when == when and (
        when is None or _said(_of_finding(old, when)) == _said(_of_finding(new, when))
    )


def _said(asked: Iterable[_Asked]) -> list[tuple[str, Mapping[str, object]]]:
    return [(registered.name, args) for registered, args in asked]


def _of_guard(flow: Flow, name: str) -> list[_Asked]:
    guard = flow.guard[name]
    return list(_with_findings(flow, CHECKS[guard.check], guard.args))


def _of_finding(flow: Flow, name: str) -> list[_Asked]:
    finding = flow.finding[name]
    return list(_with_findings(flow, RULES[finding.rule], finding.args))


def _with_findings(flow: Flow, registered: Registered, args: Mapping[str, object]) -> Iterator[_Asked]:
    """The check or rule, and behind it every rule of the findings that it asks for."""
    yield registered, args
    for key, value in args.items():
        if registered.parameters[key].kind is FindingName:
            for name in value if isinstance(value, list) else [value]:
                yield from _of_finding(flow, str(name))


def _looks_away(asked: Iterable[_Asked]) -> bool:
    return any(registered.parameters[key].kind in _AWAY for registered, args in asked for key in args)
