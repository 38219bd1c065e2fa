"""What each entry of a flow says, aspect by aspect, in Chinese: what two versions are compared by and a review shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from zhifa_flow.engine.callings import (
    called_with,
    ground,
    length,
    listed,
    order_text,
    papers,
    steps,
    until,
    written,
)
from zhifa_flow.engine.registry import CHECKS, RULES
from zhifa_flow.engine.steps import step_name
from zhifa_flow.model.flow import DocumentKind, Field, Flow
from zhifa_flow.model.officer import PersonnelKind

Said = Iterator[tuple[str, str]]

PERSONNEL: Final = {kind.value: kind.chinese for kind in PersonnelKind}
OWNERS: Final = {"party": "当事人", "agency": "机关", "officer": "承办人"}
EXPIRIES: Final = {
    "overdue": "届满逾期", "lapse": "届满权利消灭", "power_ends": "届满职权终止", "may_proceed": "届满可以继续办理",
    "deemed": "届满依法视为",
}  # fmt: skip
TYPES: Final = {
    "text": "文字", "integer": "整数", "money": "金额", "date": "日期", "moment": "时刻", "choice": "选一项",
    "choices": "选一项或者几项", "citations": "法条", "penalties": "处罚", "officer": "一名人员", "officers": "人员",
    "rows": "若干项", "file": "附件",
}  # fmt: skip


def names(flow: Flow, group: str) -> dict[str, str]:
    """What the entries of a section are called; a condition is called by its refusal."""
    if group == "order":
        return {key: one.name or "法定顺序" for key, one in flow.order.items()}
    if group == "guard":
        return {key: one.refusal for key, one in flow.guard.items()}
    return {key: one.name for key, one in getattr(flow, group).items()}


def of_flow(flow: Flow) -> Said:
    """The flow itself."""
    yield "执法类别", flow.action
    yield "是否附随程序", "附随程序" if flow.side else ""
    yield "起点", flow.state[flow.initial].name
    yield "施行日期", str(flow.effective_from)
    yield "施行至", str(flow.effective_to or "")
    yield "每步都适用的条件", listed(flow.guard[key].refusal for key in flow.always)
    yield "依据", ground(flow.basis, flow.gap)


def of_stage(flow: Flow, key: str) -> Said:
    """A stage."""
    yield "岗位", flow.stage[key].post or ""


def of_state(flow: Flow, key: str) -> Said:
    """A state."""
    state = flow.state[key]
    yield "环节", flow.stage[state.stage].name
    yield "是否办结", "办结" if state.end else ""
    yield "说明", state.note


def of_transition(flow: Flow, key: str) -> Said:
    """A step: who, from where to where, on which conditions, with which documents, and what it brings about."""
    step = flow.transition[key]
    yield "从何状态", listed(flow.state[state].name for state in step.source)
    yield "到何状态", "状态不变" if step.stays or not step.target else flow.state[step.target].name
    yield "办理人", "或者".join(flow.role[role].name for role in step.by) or "随期限届满依法自动发生"
    yield "条件", "; ".join(flow.guard[guard].refusal for guard in step.guards)
    yield "应提交的文书", papers(flow, step.documents)
    yield "可提交的文书", papers(flow, step.optional)
    yield "使失去效力的文书", papers(flow, step.supersedes)
    yield "启动的附随程序", listed(flow.child[child].name for child in step.opens)
    yield "使发生的情形", listed(flow.flag[flag].name for flag in step.raises)
    yield "使消除的情形", listed(flow.flag[flag].name for flag in step.lowers)
    yield "延长的期限", flow.deadline[step.extends.deadline].name if step.extends else ""
    yield "改定的期限", until(flow, step.moves) if step.moves else ""
    yield "说明", step.note
    yield "依据", ground(step.basis, step.gap)


def of_role(flow: Flow, key: str) -> Said:
    """Who may act."""
    role = flow.role[key]
    yield "人数", f"不少于{role.count}人" if role.count > 1 else ""
    yield "岗位", "或者".join(role.posts)
    yield "职务", "正职负责人" if role.chief else "机关负责人" if role.head else ""
    yield "人员性质", listed(PERSONNEL.get(one, one) for one in role.personnel)
    yield "执法证", "办理当日有效" if role.certified else ""
    yield "法律职业资格", f"{role.qualified_since}起初次从事的须具备" if role.qualified_since else ""
    yield "本人办理", "须本人录入" if role.in_person else ""
    yield "上级机关", "须为上级机关人员" if role.superior else ""
    yield "回避", listed(f"担任过{flow.role[other].name}的不得担任" for other in role.barred)
    yield "依据", ground(role.basis, role.gap)


def of_guard(flow: Flow, key: str) -> Said:
    """A condition."""
    guard = flow.guard[key]
    yield "判断", called_with(flow, CHECKS[guard.check], guard.args)
    yield "补正办法", guard.cure
    yield "依据", ground(guard.basis, guard.gap)


def of_document(flow: Flow, key: str) -> Said:
    """A document, apart from its fields."""
    document = flow.document[key]
    yield "份数", "可以有多份" if document.repeatable else ""
    yield "文号", "有文号" if document.number else ""
    yield "来源", "由主案带来" if document.carried else ""
    yield "锁定的文书", papers(flow, document.binds)
    yield "依据", ground(document.basis, document.gap)


def fields_of(document: DocumentKind) -> dict[str, tuple[str, Field]]:
    """Every field with its path and its name, the columns of rows after the rows."""
    return {path: (f"“{name}”", field) for path, name, field in _inside(document.field, "", "")}


def _inside(fields: Mapping[str, Field], path: str, name: str) -> Iterator[tuple[str, str, Field]]:
    for key, field in fields.items():
        yield f"{path}{key}", f"{name}{field.name}", field
        yield from _inside(field.columns, f"{path}{key}.", f"{name}{field.name}·")


def of_field(field: Field) -> Said:
    """A field of a document."""
    yield "类型", TYPES[field.type]
    yield "是否必填", "必填" if field.required else "可不填"
    yield "可选内容", listed(field.of)
    yield "至少", f"{field.least}项" if field.least else ""
    yield "可写将来日期", "可以" if field.future else ""
    yield "人员的角色", field.role or ""
    yield "填写说明", field.ask


def of_deadline(flow: Flow, key: str) -> Said:
    """A limit."""
    deadline = flow.deadline[key]
    yield "长度", length(deadline)
    yield "是谁的期限", OWNERS[deadline.owner]
    yield "起算", steps(flow, deadline.starts)
    yield "起算日取自", written(flow, deadline.from_) if deadline.from_ else ""
    unless = (
        f"{step_name(flow, one)}(除非{flow.finding[when].name})" for one, when in deadline.ends_unless.items()
    )
    yield "结束", listed([*(step_name(flow, one) for one in deadline.ends), *unless])
    yield "终止计算", steps(flow, deadline.voids)
    yield "末日遇休息日", "顺延" if deadline.rolls else "不顺延"
    yield "期间", "只等期满, 期间不须办理" if deadline.waits else ""
    yield "届满", EXPIRIES[deadline.expiry] + (f": {step_name(flow, deadline.then)}" if deadline.then else "")
    yield "停止计算的情形", listed(flow.flag[flag].name for flag in deadline.pauses)
    yield "停止计算依据的数据表", deadline.pause_table or ""
    extension = deadline.extension
    yield "延长", f"依数据表{extension.table}, 至多{extension.times}次" if extension else ""
    yield "登记的期限", deadline.clock or ""
    yield "依据", ground(deadline.basis, deadline.gap)


def of_finding(flow: Flow, key: str) -> Said:
    """What is computed."""
    finding = flow.finding[key]
    yield "规则", called_with(flow, RULES[finding.rule], finding.args)
    yield "依据", ground(finding.basis, finding.gap)


def of_child(flow: Flow, key: str) -> Said:
    """A side duty."""
    child = flow.child[key]
    yield "流程", child.flow
    yield "启动条件", flow.finding[child.when].name if child.when else ""
    yield (
        "带去的文书",
        listed(
            written(flow, here) + (f"→{there}" if there != here else "")
            for there, here in child.carries.items()
        ),
    )
    yield "交接的角色", listed(f"{flow.role[here].name}→{there}" for here, there in child.acted.items())
    yield "办结前不能办理", steps(flow, child.holds)
    yield "依据", ground(child.basis, child.gap)


def of_flag(flow: Flow, key: str) -> Said:
    """A circumstance."""
    flag = flow.flag[key]
    yield "期间不能办理", steps(flow, flag.blocks)
    yield "期间只能办理", steps(flow, flag.allows)
    yield "不予办理时的答复", flag.refusal
    yield "依据", ground(flag.basis, flag.gap)


def of_order(flow: Flow, key: str) -> Said:
    """A statutory order."""
    yield "顺序", order_text(flow, key)
    yield "依据", ground(flow.order[key].basis, flow.order[key].gap)


#: By section of the file, what says of each entry how it stands.
SECTIONS: Final[Mapping[str, Callable[[Flow, str], Said]]] = {
    "stage": of_stage, "state": of_state, "transition": of_transition, "role": of_role, "guard": of_guard,
    "document": of_document, "deadline": of_deadline, "finding": of_finding, "child": of_child, "flag": of_flag,
    "order": of_order,
}  # fmt: skip
