"""What each entry of a flow says, aspect by aspect, in Chinese: what two versions are compared by and a review shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from zhifa_flow.engine.registry import (
    CHECKS,
    RULES,
    ChildName,
    DeadlineName,
    DocumentName,
    FieldPath,
    FindingName,
    FlagName,
    Registered,
)
from zhifa_flow.engine.steps import step_name
from zhifa_flow.model.flow import Deadline, DocumentKind, Field, Flow

Said = Iterator[tuple[str, str]]

#: In which section of the file an argument of this kind is named.
_SECTIONS: Final[Mapping[object, str]] = {
    FindingName: "finding", DeadlineName: "deadline", FlagName: "flag", ChildName: "child",
}  # fmt: skip
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
    yield "起点", flow.state[flow.initial].name
    yield "施行日期", str(flow.effective_from)
    yield "施行至", str(flow.effective_to or "")
    yield "每步都适用的条件", _listed(flow.guard[key].refusal for key in flow.always)
    yield "依据", ground(flow.basis, flow.gap)


def of_stage(flow: Flow, key: str) -> Said:
    """A stage."""
    yield "岗位", flow.stage[key].post or ""


def of_state(flow: Flow, key: str) -> Said:
    """A state."""
    state = flow.state[key]
    yield "环节", flow.stage[state.stage].name
    yield "是否办结", "办结" if state.end else ""


def of_transition(flow: Flow, key: str) -> Said:
    """A step: who, from where to where, on which conditions, with which documents, and what it brings about."""
    step = flow.transition[key]
    yield "从何状态", _listed(flow.state[state].name for state in step.source)
    yield "到何状态", "状态不变" if step.stays or not step.target else flow.state[step.target].name
    yield "办理人", "或者".join(flow.role[role].name for role in step.by) or "随期限届满依法自动发生"
    yield "条件", "; ".join(flow.guard[guard].refusal for guard in step.guards)
    yield "应提交的文书", _papers(flow, step.documents)
    yield "可提交的文书", _papers(flow, step.optional)
    yield "使失去效力的文书", _papers(flow, step.supersedes)
    yield "启动的附随程序", _listed(flow.child[child].name for child in step.opens)
    yield "使发生的情形", _listed(flow.flag[flag].name for flag in step.raises)
    yield "使消除的情形", _listed(flow.flag[flag].name for flag in step.lowers)
    yield "延长的期限", flow.deadline[step.extends.deadline].name if step.extends else ""
    yield "改定的期限", flow.deadline[step.moves.deadline].name if step.moves else ""
    yield "依据", ground(step.basis, step.gap)


def of_role(flow: Flow, key: str) -> Said:
    """Who may act."""
    role = flow.role[key]
    yield "人数", f"不少于{role.count}人" if role.count > 1 else ""
    yield "岗位", "或者".join(role.posts)
    yield "职务", "正职负责人" if role.chief else "机关负责人" if role.head else ""
    yield "人员性质", _listed(role.personnel)
    yield "执法证", "办理当日有效" if role.certified else ""
    yield "法律职业资格", f"{role.qualified_since}起初次从事的须具备" if role.qualified_since else ""
    yield "本人办理", "须本人录入" if role.in_person else ""
    yield "上级机关", "须为上级机关人员" if role.superior else ""
    yield "回避", _listed(f"担任过{flow.role[other].name}的不得担任" for other in role.barred)
    yield "依据", ground(role.basis, role.gap)


def of_guard(flow: Flow, key: str) -> Said:
    """A condition."""
    guard = flow.guard[key]
    yield "判断", _call(flow, CHECKS[guard.check], guard.args)
    yield "补正办法", guard.cure
    yield "依据", ground(guard.basis, guard.gap)


def of_document(flow: Flow, key: str) -> Said:
    """A document, apart from its fields."""
    document = flow.document[key]
    yield "份数", "可以有多份" if document.repeatable else ""
    yield "文号", "有文号" if document.number else ""
    yield "来源", "由主案带来" if document.carried else ""
    yield "锁定的文书", _papers(flow, document.binds)
    yield "依据", ground(document.basis, document.gap)


def fields_of(document: DocumentKind) -> dict[str, tuple[str, Field]]:
    """Every field with its path and its name, the columns of rows after the rows."""
    found: dict[str, tuple[str, Field]] = {}
    for key, field in document.field.items():
        found[key] = (f"“{field.name}”", field)
        found |= {f"{key}.{name}": (f"“{field.name}·{one.name}”", one) for name, one in field.columns.items()}
    return found


def of_field(field: Field) -> Said:
    """A field of a document."""
    yield "类型", TYPES[field.type]
    yield "是否必填", "必填" if field.required else "可不填"
    yield "可选内容", _listed(field.of)
    yield "至少", f"{field.least}项" if field.least else ""
    yield "可写将来日期", "可以" if field.future else ""
    yield "人员的角色", field.role or ""


def of_deadline(flow: Flow, key: str) -> Said:
    """A limit."""
    deadline = flow.deadline[key]
    yield "长度", length(deadline)
    yield "是谁的期限", OWNERS[deadline.owner]
    yield "起算", _steps(flow, deadline.starts)
    yield "起算日取自", deadline.from_ or ""
    unless = (
        f"{step_name(flow, one)}(除非{flow.finding[when].name})" for one, when in deadline.ends_unless.items()
    )
    yield "结束", _listed([*(step_name(flow, one) for one in deadline.ends), *unless])
    yield "终止计算", _steps(flow, deadline.voids)
    yield "末日遇休息日", "顺延" if deadline.rolls else "不顺延"
    yield "届满", EXPIRIES[deadline.expiry] + (f": {step_name(flow, deadline.then)}" if deadline.then else "")
    yield "停止计算的情形", _listed(flow.flag[flag].name for flag in deadline.pauses)
    yield "停止计算依据的数据表", deadline.pause_table or ""
    extension = deadline.extension
    yield "延长", f"依数据表{extension.table}, 至多{extension.times}次" if extension else ""
    yield "登记的期限", deadline.clock or ""
    yield "依据", ground(deadline.basis, deadline.gap)


def of_finding(flow: Flow, key: str) -> Said:
    """What is computed."""
    finding = flow.finding[key]
    yield "规则", _call(flow, RULES[finding.rule], finding.args)
    yield "依据", ground(finding.basis, finding.gap)


def of_child(flow: Flow, key: str) -> Said:
    """A side duty."""
    child = flow.child[key]
    yield "流程", child.flow
    yield "启动条件", flow.finding[child.when].name if child.when else ""
    yield "带去的文书", _papers(flow, child.carries)
    yield "交接的角色", _listed(f"{flow.role[here].name}→{there}" for here, there in child.acted.items())
    yield "办结前不能办理", _steps(flow, child.holds)
    yield "依据", ground(child.basis, child.gap)


def of_flag(flow: Flow, key: str) -> Said:
    """A circumstance."""
    flag = flow.flag[key]
    yield "期间不能办理", _steps(flow, flag.blocks)
    yield "期间只能办理", _steps(flow, flag.allows)
    yield "不予办理时的答复", flag.refusal
    yield "依据", ground(flag.basis, flag.gap)


def of_order(flow: Flow, key: str) -> Said:
    """A statutory order."""
    yield "顺序", order_text(flow, key)
    yield "依据", ground(flow.order[key].basis, flow.order[key].gap)


def order_text(flow: Flow, key: str) -> str:
    """A statutory order as a sentence."""
    order = flow.order[key]
    when = f"{flow.finding[order.when].name}的, " if order.when else ""
    after = f"在{_either(flow, order.after)}之后、" if order.after else ""
    asked = [f"{_either(flow, order.must)}{after}应当已经办理"] if order.must else []
    asked += [f"{_over(flow, one)}应当已经届满" for one in order.over]
    asked += [f"附随程序“{flow.child[one].name}”应当已经办结" for one in order.ended]
    asked += [f"办理人不得少于{order.least}人"] if order.least else []
    return f"{when}{_either(flow, order.before)}之前, {'; '.join(asked)}"


def _either(flow: Flow, keys: Iterable[str]) -> str:
    return "或者".join(f"“{step_name(flow, key)}”" for key in keys)


def _over(flow: Flow, name: str) -> str:
    return _written(flow, name) if "." in name else f"“{flow.deadline[name].name}”"


def _written(flow: Flow, path: str) -> str:
    """A document, or a field of it; a number has no field of its own."""
    kind, dot, name = path.partition(".")
    field = flow.document[kind].field.get(name)
    return f"《{flow.document[kind].name}》" + (f"的“{field.name if field else '文号'}”" if dot else "")


def length(deadline: Deadline) -> str:
    """How long a limit is, or which table says so."""
    return str(deadline.fixed_length or f"依数据表{deadline.table}")


def ground(basis: Iterable[str], gap: str) -> str:
    """The articles, or where the law is silent."""
    return "、".join(basis) or (f"法律没有规定: {gap}" if gap else "")


def _call(flow: Flow, registered: Registered, args: Mapping[str, object]) -> str:
    said = (f"{key}={_value(flow, registered.parameters[key].kind, value)}" for key, value in args.items())
    return f"{registered.name}({', '.join(said)})"


def _value(flow: Flow, kind: object, value: object) -> str:
    return "、".join(_called(flow, kind, str(one)) for one in (value if isinstance(value, list) else [value]))


def _called(flow: Flow, kind: object, text: str) -> str:
    """What an argument names, as people call it; what lies in other flows keeps its key."""
    if kind is DocumentName or kind is FieldPath:
        return _written(flow, text)
    section = _SECTIONS.get(kind)
    return f"“{getattr(flow, section)[text].name}”" if section else text


def _papers(flow: Flow, kinds: Iterable[str]) -> str:
    return "".join(f"《{flow.document[kind].name}》" for kind in kinds)


def _steps(flow: Flow, keys: Iterable[str]) -> str:
    return _listed(step_name(flow, key) for key in keys)


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)


#: By section of the file, what says of each entry how it stands.
SECTIONS: Final[Mapping[str, Callable[[Flow, str], Said]]] = {
    "stage": of_stage, "state": of_state, "transition": of_transition, "role": of_role, "guard": of_guard,
    "document": of_document, "deadline": of_deadline, "finding": of_finding, "child": of_child, "flag": of_flag,
    "order": of_order,
}  # fmt: skip
