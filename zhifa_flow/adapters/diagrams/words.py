"""The words of a flow file as a chart writes them: who acts, within which time, on which documents, on which ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from zhifa_flow.model.citation import Citation
from zhifa_flow.model.flow import Deadline, Flow, Role, Transition

#: How a flow file names the beginning of a case in ``starts``.
OPEN = "open"

UNITS = "图中“工作日”不含法定节假日和休息日; “日”“月”“年”连续计算。"


def who(flow: Flow, step: Transition) -> tuple[str, ...]:
    """Who may take the step: any one of its roles, each with its post and number."""
    if not step.by:
        return ("期限届满, 依法自动发生",)
    first, *others = (_role(flow.role[key]) for key in step.by)
    return (first, *(f"或 {other}" for other in others))


def _role(role: Role) -> str:
    posts = [post for post in role.posts if post not in role.name]
    told = ["、".join(posts)] if posts else []
    if role.count > 1:
        told.append(f"不少于{role.count}人")
    return f"{role.name}({', '.join(told)})" if told else role.name


def limits(flow: Flow, trigger: str) -> tuple[str, ...]:
    """What the step has to do with time: the deadlines it must keep, starts, prolongs or moves."""
    step = flow.transition.get(trigger)
    kept = [f"时限: {_deadline(one)}" for one in flow.deadline.values() if trigger in one.ends]
    begun = [f"起算: {_deadline(one)}" for one in flow.deadline.values() if trigger in one.starts]
    if step and step.extends:
        begun.append(f"延长: {flow.deadline[step.extends.deadline].name}")
    if step and step.moves:
        begun.append(f"另定: {flow.deadline[step.moves.deadline].name}")
    return (*kept, *begun)


def _deadline(deadline: Deadline) -> str:
    return f"{deadline.name}{deadline.fixed_length or '(依规定)'}"


def documents(flow: Flow, step: Transition) -> tuple[str, ...]:
    """The documents that the step puts on file; those it need not are marked."""
    asked = [f"《{_bare(flow.document[key].name)}》" for key in step.documents]
    free = [f"《{_bare(flow.document[key].name)}》(视情况)" for key in step.optional]
    return (*asked, *free)


def _bare(name: str) -> str:
    return name.strip("《》")


def grounds(basis: Sequence[str], gap: str) -> str:
    """The articles, the name of a statute written once for all of its articles; where the law is silent, what we say."""
    parts = ["、".join(_together(list(same))) for _, same in groupby(basis, _statute)]
    return "; ".join([*parts, *([f"法律未作规定: {gap}"] if gap else [])])


def _statute(citation: str) -> str:
    """The name of the statute; of what is no citation, all of it."""
    try:
        return Citation.parse(citation).statute
    except ValueError:
        return citation


def _together(citations: Sequence[str]) -> Iterable[str]:
    """The first whole, the others without the name of the statute they share with it."""
    yield citations[0]
    yield from (one.removeprefix(_statute(one)) or one for one in citations[1:])


def flags(flow: Flow) -> tuple[str, ...]:
    """The circumstances that lie over a case, and what may not or may only be done meanwhile."""
    return tuple(_flag(flow, key) for key in flow.flag)


def _flag(flow: Flow, key: str) -> str:
    flag = flow.flag[key]
    name = {trigger: step.name for trigger, step in flow.transition.items()}
    raised = "、".join(step.name for step in flow.transition.values() if key in step.raises)
    lowered = "、".join(step.name for step in flow.transition.values() if key in step.lowers)
    told = [f"自“{raised}”起" + (f"至“{lowered}”止" if lowered else "")]
    if flag.allows:
        told.append("期间仅可办理: " + "、".join(name[one] for one in flag.allows))
    elif flag.blocks:
        told.append("期间不得办理: " + "、".join(name[one] for one in flag.blocks))
    paused = [deadline.name for deadline in flow.deadline.values() if key in deadline.pauses]
    if paused:
        told.append("期间不计入: " + "、".join(paused))
    return f"{flag.name}: " + ", ".join(told)


def footer(flow: Flow, digest: str) -> tuple[str, ...]:
    """Which version this is, from when it is in force, what its file is, and how days are counted."""
    until = f"至{_day(flow.effective_to)}" if flow.effective_to else ""
    return (
        f"流程: {flow.name}({flow.id}); 权责类别: {flow.action}",
        f"版本: {flow.ref}; 自{_day(flow.effective_from)}起施行{until}",
        f"流程文件摘要(SHA-256): {digest}",
        UNITS,
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
