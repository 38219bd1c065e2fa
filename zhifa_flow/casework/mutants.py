"""Mutants: a flow or a table with one thing of the law taken out or shifted by one. Each has to be noticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhifa_flow.casework import reach
from zhifa_flow.model.flow import Child, DocumentKind, Flag, Flow, Role, Transition
from zhifa_flow.model.table import Table


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one flow (or of one table), with the words of the law that it takes out of force.

    ``id`` says where and what in the words of the file and is the same in every run; ``said`` says it in Chinese.
    ``touches`` are the steps that can go another way, by flow; a third part confines it to those refused by a guard.
    """

    id: str
    kind: str
    said: str
    name: str
    basis: tuple[str, ...]
    gap: str
    touches: frozenset[tuple[str, ...]]
    flow: Flow | None = None
    table: Table | None = None


def without_guards(flow: Flow) -> Iterator[Mutant]:
    """The flow with one guard taken out of one step, or out of those that every step asks."""
    for name in flow.always:
        said = f"每一步都不再问条件{name}"
        yield _guardless(flow, f"always -{name}", said, name, flow.transition, _never(flow, name))
    for trigger, step in flow.transition.items():
        for name in step.guards:
            if name not in flow.always:
                yield without_guard(flow, trigger, name)


def without_guard(flow: Flow, trigger: str, name: str) -> Mutant:
    """The flow with one guard taken out of one step, also where every step asks it."""
    step = flow.transition[trigger]
    guards = tuple(one for one in step.guards if one != name)
    changed = with_step(_never(flow, name), trigger, guards=guards)
    said = f"“{step.name}”不再问条件{name}"
    return _guardless(flow, f"transition.{trigger}.guards -{name}", said, name, (trigger,), changed)


def _never(flow: Flow, guard: str) -> Flow:
    return flow.model_copy(update={"always": tuple(one for one in flow.always if one != guard)})


def _guardless(flow: Flow, place: str, said: str, name: str, steps: Iterable[str], changed: Flow) -> Mutant:
    guard = flow.guard[name]
    # A guard that is not asked makes a difference only where it refused.
    touches = frozenset((flow.ref, step, name) for step in steps)
    return Mutant(
        f"{flow.ref} {place}", "guard", said, guard.refusal, guard.basis, guard.gap, touches, changed
    )


def without_orders(flow: Flow) -> Iterator[Mutant]:
    """The flow with one order taken out. No step goes another way: it is for the proofs to miss it."""
    for name, order in flow.order.items():
        changed = flow.model_copy(
            update={"order": {key: one for key, one in flow.order.items() if key != name}}
        )
        title = order.name or f"{'、'.join(order.must)}先于{'、'.join(order.before)}"
        yield Mutant(
            f"{flow.ref} order -{name}", "order", f"不再证明法定顺序{name}", title, order.basis, order.gap, frozenset(), changed
        )  # fmt: skip


def with_back_door(flow: Flow, order: str) -> Flow:
    """The flow with nothing in the way of the steps that the order speaks of: it must not be provable any more.

    They can be taken from the first state on, ask for nothing, wait for no side duty, and one person is enough.
    """
    before = flow.order[order].before
    steps = {
        trigger: step.model_copy(
            update={"source": tuple(dict.fromkeys((flow.initial, *step.source))), "guards": ()}
        )
        if trigger in before
        else step
        for trigger, step in flow.transition.items()
    }
    doors = {role for trigger in before for role in steps[trigger].by}
    roles = {
        key: role.model_copy(update={"count": 1}) if key in doors else role for key, role in flow.role.items()
    }
    children = {
        key: child.model_copy(update={"holds": tuple(one for one in child.holds if one not in before)})
        for key, child in flow.child.items()
    }
    parts = {
        "transition": steps,
        "role": roles,
        "child": children,
        "always": (),
        "order": {order: flow.order[order]},
    }
    return flow.model_copy(update=parts)


#: The lists of a step of which an entry can be missing, and what is then no longer so.
_STEP_LISTS = {
    "supersedes": "不再使{}失去效力",
    "opens": "不再启动{}",
    "raises": "不再使{}发生",
    "lowers": "不再使{}消除",
}


def without_effects(flow: Flow) -> Iterator[Mutant]:
    """The flow with a step that leaves out one of its effects: superseding, opening, raising, lowering."""
    for trigger, step in flow.transition.items():
        for effect, words in _STEP_LISTS.items():
            for name in getattr(step, effect):
                left = tuple(one for one in getattr(step, effect) if one != name)
                yield Mutant(
                    f"{flow.ref} transition.{trigger}.{effect} -{name}", effect,
                    f"“{step.name}”{words.format(f'“{_called(flow, effect, name)}”')}", step.name, step.basis, step.gap,
                    frozenset({(flow.ref, trigger)}), with_step(flow, trigger, **{effect: left}),
                )  # fmt: skip


def _called(flow: Flow, effect: str, name: str) -> str:
    if effect == "supersedes":
        return flow.document[name].name
    return flow.child[name].name if effect == "opens" else flow.flag[name].name


def without_bindings(flow: Flow) -> Iterator[Mutant]:
    """The flow with a document that no longer fixes the content of another one."""
    for kind, document in flow.document.items():
        for name in document.binds:
            left = tuple(one for one in document.binds if one != name)
            yield Mutant(
                f"{flow.ref} document.{kind}.binds -{name}", "binds",
                f"《{document.name}》不再锁定《{flow.document[name].name}》的内容", document.name, document.basis, document.gap,
                _steps(flow, reach.of_document(flow, kind)), with_document(flow, kind, binds=left),
            )  # fmt: skip


def without_stops(flow: Flow) -> Iterator[Mutant]:
    """The flow with a circumstance or an open side duty that no longer stops (or lets pass) one step."""
    for key, flag in flow.flag.items():
        for part in ("blocks", "allows"):
            for trigger in getattr(flag, part):
                left = tuple(one for one in getattr(flag, part) if one != trigger)
                said = f"“{flag.name}”期间不再{'拦住' if part == 'blocks' else '准许'}“{flow.transition[trigger].name}”"
                # Without any that it allows, a flag stops what it blocks and not all the rest.
                steps = frozenset({trigger}) if left or part == "blocks" else reach.everywhere(flow)
                yield Mutant(
                    f"{flow.ref} flag.{key}.{part} -{trigger}", part, said, flag.name, flag.basis, flag.gap,
                    _steps(flow, steps), with_flag(flow, key, **{part: left}),
                )  # fmt: skip
    for key, child in flow.child.items():
        for trigger in child.holds:
            left = tuple(one for one in child.holds if one != trigger)
            said = f"“{child.name}”没有办结也能办“{flow.transition[trigger].name}”"
            yield Mutant(
                f"{flow.ref} child.{key}.holds -{trigger}", "holds", said, child.name, child.basis, child.gap,
                _steps(flow, {trigger}), with_child(flow, key, holds=left),
            )  # fmt: skip


#: What is asked of a person by being set, what it is called when nobody asks for it.
_SWITCHES = {
    "certified": "执法证有效", "head": "是负责人", "chief": "是正职负责人", "in_person": "本人录入",
    "superior": "是上级机关的人员", "personnel": "人员性质", "posts": "岗位",
}  # fmt: skip


def without_people_rules(flow: Flow) -> Iterator[Mutant]:
    """The flow with one thing less asked of those who act in a role."""
    for key, role in flow.role.items():
        for rule, words in _SWITCHES.items():
            if not getattr(role, rule):
                continue
            nothing: object = () if isinstance(getattr(role, rule), tuple) else False
            yield role_mutant(flow, key, rule, f"-{rule}", f"不再要求{words}", **{rule: nothing})
        if role.qualified_since:
            said = "初次从事法制审核不再要求法律职业资格"
            yield role_mutant(flow, key, "qualified_since", "-qualified_since", said, qualified_since=None)
        if role.count > 1:
            said = f"{role.count}人改为{role.count - 1}人"
            yield role_mutant(flow, key, "count", f"={role.count - 1}", said, count=role.count - 1)
        for list_ in ("barred", "posts", "personnel"):
            yield from _fewer(flow, key, role, list_)


def _fewer(flow: Flow, key: str, role: Role, rule: str) -> Iterator[Mutant]:
    """One entry of a list less; the last one of what is admitted is the whole rule, and is taken out as such."""
    entries = getattr(role, rule)
    if rule != "barred" and len(entries) == 1:
        return
    for name in entries:
        left = tuple(one for one in entries if one != name)
        who = flow.role[name].name if rule == "barred" else name
        said = f"担任过“{who}”的也可以担任" if rule == "barred" else f"不再准许{who}"
        yield role_mutant(flow, key, rule, f"-{name}", said, **{rule: left})


def role_mutant(flow: Flow, key: str, rule: str, change: str, said: str, **update: object) -> Mutant:
    """The flow with one rule of a role changed."""
    role = flow.role[key]
    changed = flow.model_copy(update={"role": {**flow.role, key: role.model_copy(update=update)}})
    return Mutant(
        f"{flow.ref} role.{key}.{rule} {change}", "people", f"“{role.name}”{said}", role.name, role.basis, role.gap,
        _steps(flow, reach.of_role(flow, key)), changed,
    )  # fmt: skip


def with_step(flow: Flow, trigger: str, **update: object) -> Flow:
    """The flow with something of a step changed."""
    step: Transition = flow.transition[trigger].model_copy(update=update)
    return flow.model_copy(update={"transition": {**flow.transition, trigger: step}})


def with_document(flow: Flow, kind: str, **update: object) -> Flow:
    """The flow with something of a kind of document changed."""
    document: DocumentKind = flow.document[kind].model_copy(update=update)
    return flow.model_copy(update={"document": {**flow.document, kind: document}})


def with_flag(flow: Flow, key: str, **update: object) -> Flow:
    """The flow with something of a circumstance changed."""
    flag: Flag = flow.flag[key].model_copy(update=update)
    return flow.model_copy(update={"flag": {**flow.flag, key: flag}})


def with_child(flow: Flow, key: str, **update: object) -> Flow:
    """The flow with something of a side duty changed."""
    child: Child = flow.child[key].model_copy(update=update)
    return flow.model_copy(update={"child": {**flow.child, key: child}})


def _steps(flow: Flow, triggers: frozenset[str] | set[str]) -> frozenset[tuple[str, ...]]:
    return frozenset((flow.ref, trigger) for trigger in triggers)


#: Every kind of mutant of a flow that has something taken out of it.
REMOVALS = (
    without_guards, without_orders, without_effects, without_bindings, without_stops, without_people_rules,
)  # fmt: skip
