"""What a step asks, in words: who takes it, on which ground, on which conditions, with which documents, by when.

Conditions are sentences with their articles here, never expressions: another tool may show them, not decide by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhifa_flow.model.flow import Flow, Role, Transition

#: How a step is signed that nobody takes.
BY_LAW = "期限届满, 依法自动发生"
_LIMITS = {"ends": "时限", "starts": "起算"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a step: what it is called in the flow file, the words of its refusal, and its ground."""

    code: str
    text: str
    basis: tuple[str, ...] = ()
    gap: str = ""

    @property
    def sentence(self) -> str:
        """The words of the refusal with their ground."""
        return f"{self.text}{_bracketed(self.basis, self.gap)}"


def who(flow: Flow, step: Transition) -> str:
    """Who may take the step: any one of its roles, each with its number and posts."""
    return " 或者 ".join(_role(flow.role[key]) for key in step.by) or BY_LAW


def _role(role: Role) -> str:
    told = [f"不少于{role.count}人"] if role.count > 1 else []
    told += [post for post in role.posts if post not in role.name]
    return f"{role.name}({'、'.join(told)})" if told else role.name


def conditions(flow: Flow, trigger: str) -> Iterator[Condition]:
    """Every condition of a step: its guards, the circumstances during which it may not be taken, what it waits for."""
    for name in dict.fromkeys((*flow.always, *flow.transition[trigger].guards)):
        guard = flow.guard[name]
        yield Condition(name, guard.refusal, guard.basis, guard.gap)
    for name, flag in flow.flag.items():
        if trigger not in flag.allows if flag.allows else trigger in flag.blocks:
            yield Condition(name, flag.refusal or f"“{flag.name}”期间不能办理", flag.basis, flag.gap)
    for name, child in flow.child.items():
        if trigger in child.holds:
            yield Condition(name, f"“{child.name}”办结以前不能办理", child.basis, child.gap)


def limits(flow: Flow, trigger: str) -> Iterator[tuple[str, str, str]]:
    """The deadlines that a step starts or has to keep: ``starts`` or ``ends``, the key, name and length."""
    for use in ("ends", "starts"):
        for key, deadline in flow.deadline.items():
            if trigger in (deadline.ends if use == "ends" else deadline.starts):
                yield use, key, f"{deadline.name}({deadline.fixed_length or '长度依规定'})"


def described(flow: Flow, trigger: str) -> str:
    """The whole step, a line for each thing it says."""
    step = flow.transition[trigger]
    lines = [f"办理人: {who(flow, step)}", f"依据: {ground(step.basis, step.gap)}"]
    lines += [f"不予办理的情形: {one.sentence}" for one in conditions(flow, trigger)]
    lines += [
        f"{head}: {'、'.join(f'《{_bare(flow.document[kind].name)}》' for kind in kinds)}"
        for head, kinds in (
            ("应提交", step.documents), ("可一并提交", step.optional), ("使失效", step.supersedes),
        )
        if kinds
    ]  # fmt: skip
    lines += [f"{_LIMITS[use]}: {said}" for use, _, said in limits(flow, trigger)]
    lines += [f"启动附随程序: {flow.child[name].name}({flow.child[name].flow})" for name in step.opens]
    lines += [f"说明: {step.note}"] if step.note else []
    return "\n".join(lines)


def _bare(name: str) -> str:
    return name.strip("《》")


def ground(basis: Sequence[str], gap: str) -> str:
    """The articles; where the law is silent, what the flow says about that."""
    return "; ".join([*(["、".join(basis)] if basis else []), *([f"法律未作规定: {gap}"] if gap else [])])


def _bracketed(basis: Sequence[str], gap: str) -> str:
    said = ground(basis, gap)
    return f" [{said}]" if said else ""
