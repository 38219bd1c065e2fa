"""zhifa flow list, show: flows in a form a lawyer can read."""

from __future__ import annotations

from collections.abc import Iterable

import click

from zhifa_flow.bootstrap.lawbook import Lawbook, find_flows, open_lawbook
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.case_screens import OWNERS, TYPES, role_line
from zhifa_flow.cli.flow_names import wanted_refs
from zhifa_flow.cli.group import command
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.screens import law, listed, say, table
from zhifa_flow.model.errors import FileError
from zhifa_flow.model.flow import Deadline, Flow, Order, Transition


@command(name="list", help="列出流程的各个版本: 编号、名称、执法类别、施行日期。")
@json_option
@flows_option
@pass_places
def list_flows(places: Places) -> None:
    """List the versions of the flows."""
    book = open_lawbook(find_flows(places.flows))
    told = [_line(book, ref) for ref in book.flows.refs()]
    if places.as_json:
        show_json(told)
        return
    heads = ("流程", "名称", "执法类别", "施行", "止", "发布", "", "问题")
    rows = [
        (one["ref"], one["name"], one["action"], one["effective_from"], one["effective_to"] or "",
         one["published"] or "", "附随程序" if one["side"] else "", one["problems"] or "")
        for one in told
    ]  # fmt: skip
    table(heads, rows, empty="没有流程文件")


def _line(book: Lawbook, ref: str) -> dict[str, object]:
    flow, report = book.flows.read(ref)
    id_, _, day = ref.partition("@")
    known = book.flows.published.by_ref.get(ref)
    return {
        "ref": ref, "id": id_, "name": flow.name if flow else "(文件不能读取)", "action": flow.action if flow else "",
        "effective_from": day, "effective_to": flow.effective_to if flow else None, "side": flow.side if flow else False,
        "published": known.on if known else None, "problems": len(report.problems),
    }  # fmt: skip


@command(name="show", help="一个流程的环节、状态、流转、条件和依据; FLOW 可以写编号、版本或者中文名。")
@click.argument("name", metavar="FLOW")
@json_option
@flows_option
@pass_places
def show(places: Places, name: str) -> None:
    """Show a flow in words."""
    book = open_lawbook(find_flows(places.flows))
    ref = wanted_refs(book, name)[-1]
    flow, report = book.flows.read(ref)
    if flow is None or report.problems:  # names that lead nowhere cannot be shown
        raise FileError(ref, report.problems)
    if places.as_json:
        show_json(flow.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        return
    _show(flow)


def _show(flow: Flow) -> None:
    say(f"{flow.name}  {flow.ref}  {law(flow.basis, flow.gap)}")
    if flow.always:
        say("每一个环节都适用:")
        _show_guards(flow, flow.always, indent=2)
    for key, stage in flow.stage.items():
        say(f"\n【{stage.name}】{f' 岗位: {stage.post}' if stage.post else ''}")
        for name, state in flow.state.items():
            if state.stage == key:
                ends = ", 办结" if state.end else ""
                begins = ", 起点" if name == flow.initial else ""
                say(f"状态 {state.name}({name}{begins}{ends})", indent=2)
                for trigger in flow.triggers_from(name):
                    _show_step(flow, trigger, name)
    _show_deadlines(flow)
    _show_rest(flow)


def _show_step(flow: Flow, trigger: str, state: str) -> None:
    step = flow.transition[trigger]
    target = "状态不变" if step.stays else flow.state[flow.target_of(trigger, state)].name
    say(f"▸ {step.name}({trigger}) → {target} {law(step.basis, step.gap)}", indent=4)
    if state != step.source[0]:
        say(f"条件和文书同前, 见“{flow.state[step.source[0]].name}”", indent=8)
        return
    whom = "; 或者 ".join(role_line(flow, role) for role in step.by) or "随期限届满依法自动发生"
    say(f"办理人: {whom}", indent=8)
    _show_papers(flow, step)
    _show_guards(flow, step.guards, indent=8)
    for child in step.opens:
        when = flow.child[child].when
        due = f"({flow.finding[when].name}的)" if when else ""
        say(f"启动附随程序{due}: {flow.child[child].name}", indent=8)


def _show_guards(flow: Flow, names: Iterable[str], *, indent: int) -> None:
    for name in names:
        guard = flow.guard[name]
        say(f"不予办理的情形: {guard.refusal} {law(guard.basis, guard.gap)}", indent=indent)


def _show_papers(flow: Flow, step: Transition) -> None:
    for head, kinds in (
        ("应提交", step.documents),
        ("可一并提交", step.optional),
        ("使失效", step.supersedes),
    ):
        if kinds:
            say(f"{head}: {listed(f'《{flow.document[kind].name}》({kind})' for kind in kinds)}", indent=8)


def _show_deadlines(flow: Flow) -> None:
    if flow.deadline:
        say("\n【期限】")
    for key, deadline in flow.deadline.items():
        starts = listed(_step_name(flow, one) for one in deadline.starts)
        ends = listed(_step_name(flow, one) for one in deadline.ends)
        until = f", 至{ends}" if ends else ""
        until += (
            f"; {listed(_step_name(flow, one) for one in deadline.voids)}后不再计算" if deadline.voids else ""
        )
        say(
            f"{deadline.name}({key}): {_length(deadline)}, {OWNERS[deadline.owner]}的期限, 自{starts}起{until}"
            f" {law(deadline.basis, deadline.gap)}",
            indent=2,
        )


def _length(deadline: Deadline) -> str:
    return str(deadline.fixed_length or f"长度见表 {deadline.table}")


def _step_name(flow: Flow, trigger: str) -> str:
    step = flow.transition.get(trigger)
    return step.name if step else "启动" if trigger == "open" else trigger


def _order(flow: Flow, order: Order) -> str:
    """What an order without a name asks for."""
    when = f"{flow.finding[order.when].name}的, " if order.when else ""
    after = f"在{_steps(flow, order.after)}之后、" if order.after else ""
    return f"{when}{_steps(flow, order.must)}{after}必须在{_steps(flow, order.before)}之前"


def _steps(flow: Flow, names: tuple[str, ...]) -> str:
    return "、".join(f"“{_step_name(flow, name)}”" for name in names)


def _show_rest(flow: Flow) -> None:
    if flow.finding:
        say("\n【认定】(由系统依文书、名册和带日期的表计算, 不能勾选)")
    for key, finding in flow.finding.items():
        say(f"{finding.name}({key}) {law(finding.basis, finding.gap)}", indent=2)
    if flow.order:
        say("\n【法定顺序】(对每一条路径证明)")
    for key, order in flow.order.items():
        say(f"{order.name or _order(flow, order)}({key}) {law(order.basis, order.gap)}", indent=2)
    if flow.document:
        say("\n【文书】")
    for key, document in flow.document.items():
        say(f"《{document.name}》({key}) {law(document.basis, document.gap)}", indent=2)
        for name, field in document.field.items():
            say(f"{field.name}({name}): {TYPES[field.type]}{'' if field.required else ', 可不填'}", indent=6)
