"""A case as people see it: where it stands, what may be done, what a step made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from zhifa_flow.casework.desk import Desk, View
from zhifa_flow.casework.matters import matter_of
from zhifa_flow.cli.screens import law, listed, say, table
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.engine.deadlines import RECOUNT
from zhifa_flow.engine.ledgerlines import recount_said
from zhifa_flow.engine.steps import step_name
from zhifa_flow.model.case import Case, ClockState, RunningClock
from zhifa_flow.model.flow import Deadline, Flow
from zhifa_flow.model.money import format_money
from zhifa_flow.model.officer import PersonnelKind
from zhifa_flow.model.step import Option, Refusal, Step

OWNERS: Final = {"party": "当事人", "agency": "机关", "officer": "承办人", "": ""}
_CLOCKS: Final = {
    ClockState.RUNNING: "计算中",
    ClockState.MET: "已按期",
    ClockState.LATE: "已逾期办理",
    ClockState.CLOSED: "已终止",
}
_UNUSED: Final = {"lapse": "期满未行使", "may_proceed": "期满"}


def matter_said(desk: Desk, case: Case) -> str:
    """The matter of a case as its register names it now."""
    with desk.store.read() as work:
        found = matter_of(work, case)
    return f"{case.matter} {found.name}" if found else case.matter


def show_case(flow: Flow, case: Case, matter: str = "") -> None:
    """Where the case stands; ``matter`` says more of its matter than the code."""
    state = flow.state[case.state]
    say(f"{case.id}  {case.title}")
    say(f"流程: {flow.name}({case.flow})", indent=2)
    say(f"环节: {flow.stage[state.stage].name}    状态: {state.name}, 自{case.entered_state_on}起", indent=2)
    if case.matter:
        say(f"事项: {matter or case.matter}", indent=2)
    if case.party:
        say(f"当事人: {case.party.name}({case.party.kind.chinese})", indent=2)
    for name in case.flags:
        if case.flag_up(name):
            say(f"现有情形: {flow.flag[name].name}, 自{case.flags[name][-1].first}起", indent=2)
    ended = ", 已办结" if case.ended else ""
    say(f"登记日期: {case.opened_on}    第{case.revision}步之后{ended}", indent=2)


def show_contents(view: View) -> None:
    """The documents on file, the deadlines and the side duties of a case."""
    flow, case = view.compiled.flow, view.case
    papers = [paper for papers in case.papers.values() for paper in papers]
    if papers:
        say("文书:")
        for paper in sorted(papers, key=lambda each: each.seq):
            number = paper.fields.get("number")
            say(f"{paper.on}  《{flow.document[paper.kind].name}》{number or ''}  第{paper.seq}步", indent=2)
    if case.clocks:
        say("期限:")
        show_clocks(flow, case.clocks.values())
    for child in view.children:
        name = flow.child[child.relation or ""].name
        say(f"附随程序: {name}({child.id}){', 已办结' if child.ended else ', 办理中'}")


def show_clocks(flow: Flow, clocks: Iterable[RunningClock]) -> None:
    """Deadlines, one a line."""
    for clock in clocks:
        say(clock_line(flow.deadline.get(clock.deadline), clock), indent=2)


def clock_line(deadline: Deadline | None, clock: RunningClock) -> str:
    """A deadline: its last day, the last safe working day where one may act before, and whether that is certain."""
    name = deadline.name if deadline else clock.deadline
    owner = f"({OWNERS[deadline.owner]})" if deadline else ""
    more = f", 已延长{listed(clock.extensions)}" if clock.extensions else ""
    basis = law(deadline.basis, deadline.gap) if deadline else ""
    began = f"自{clock.started}起{clock.length}{more}"
    if clock.paused:
        return f"{name}{owner}: 停止计算中(自{clock.paused}起), 恢复后才有末日, {began} {basis}"
    due = clock.moment or str(clock.due)
    sooner = clock.safe != clock.due and not (deadline and deadline.waited_for)
    safe = f", 宜在{clock.safe}前完成(末日为非工作日)" if sooner else ""
    unsure = ", 暂定: 相关年份的放假安排尚未公布" if clock.provisional else ""
    anew = f", 依放假安排重算, 原为{clock.was}" if clock.was not in (None, clock.due) else ""
    return f"{name}{owner}: 至{due}{safe}{unsure}{anew}, {began}, {_standing(deadline, clock)} {basis}"


def _standing(deadline: Deadline | None, clock: RunningClock) -> str:
    """How a deadline stands. A right that its owner let lapse is no act done too late."""
    if deadline and deadline.owner == "party" and clock.overran and deadline.expiry in _UNUSED:
        return _UNUSED[deadline.expiry]
    over = "(当时末日已过)" if clock.overran and clock.state is ClockState.CLOSED else ""
    return (f"于{clock.ended}" if clock.ended else "") + _CLOCKS[clock.state] + over


def recount_line(flow: Flow, before: RunningClock, after: RunningClock) -> str:
    """A deadline that was counted anew: its name, and what is different about it."""
    return f"{flow.deadline[after.deadline].name}{recount_said(before, after)}"


def show_options(flow: Flow, options: Iterable[Option]) -> None:
    """Every step: those that may be taken, then those that may not with all reasons."""
    listed_options = list(options)
    can = [option for option in listed_options if option.is_open]
    cannot = [option for option in listed_options if not option.is_open]
    if not listed_options:
        say("没有可办的环节: 案件已经办结")
    if can:
        say("可以办理:")
        for option in can:
            show_option(flow, option)
    if cannot:
        say("现在不能办理:")
        for option in cannot:
            show_option(flow, option)


def show_option(flow: Flow, option: Option) -> None:
    """A step: who may take it, what to hand in, and what stands against it."""
    say(f"▸ {option.name}({option.trigger}) → {option.target_name} {law(option.basis, option.gap)}", indent=2)
    whom = listed(role_line(flow, role) for role in option.roles) or "随期限届满依法自动发生"
    say(f"办理人: {whom}", indent=6)
    if option.documents:
        say(f"应提交: {listed(_document(flow, kind) for kind in option.documents)}", indent=6)
    if option.optional:
        say(f"可一并提交: {listed(_document(flow, kind) for kind in option.optional)}", indent=6)
    show_refusals(option.refusals, indent=6)
    if option.with_step:
        say("随本步提交文书可以补正:", indent=6)
        show_refusals(option.with_step, indent=8)


def show_refusals(refusals: Iterable[Refusal], *, indent: int) -> None:
    """Every reason with its articles and its cure."""
    for refusal in refusals:
        say(f"✗ {refusal.text}", indent=indent)


def role_line(flow: Flow, key: str) -> str:
    """A role with what it asks of a person."""
    role = flow.role[key]
    asks = [f"不少于{role.count}人"] if role.count > 1 else []
    asks += [f"岗位: {'或'.join(role.posts)}"] if role.posts else []
    asks += ["正职负责人"] if role.chief else ["机关负责人"] if role.head else []
    asks += (
        [f"{'、'.join(PersonnelKind.read(one).chinese for one in role.personnel)}"] if role.personnel else []
    )
    asks += ["持有效执法证"] if role.certified else []
    asks += ["上级机关人员"] if role.superior else []
    asks += ["本人办理"] if role.in_person else []
    return role.name + (f"({'; '.join(asks)})" if asks else "")


def _document(flow: Flow, kind: str) -> str:
    return f"《{flow.document[kind].name}》({kind})"


def show_form(flow: Flow, kind: str) -> None:
    """The fields of a document, with what may be written in each."""
    document = flow.document[kind]
    say(f"《{document.name}》({kind}) {law(document.basis, document.gap)}", indent=2)
    if document.number:
        say("文号(number): 文字", indent=6)
    for key, field in document.field.items():
        said = [TYPES[field.type]] + ([] if field.required else ["可不填"])
        said += [f"可选: {'、'.join(field.of)}"] if field.of else []
        said += (
            [f"各项: {'、'.join(f'{one.name}({name})' for name, one in field.columns.items())}"]
            if field.columns
            else []
        )
        said += [field.ask] if field.ask else []
        say(f"{field.name}({key}): {'; '.join(said)}", indent=6)


#: What a field of each type holds, as people are told.
TYPES: Final[Mapping[str, str]] = {
    "text": "文字", "integer": "整数", "money": "金额, 如 5万元", "date": "日期, 如 2026-03-09",
    "moment": "时刻, 如 2026-03-09T14:30", "choice": "选一项", "choices": "选一项或者几项",
    "citations": "法条, 如 行政处罚法第五十七条第一款第一项; 几条之间用、分开",
    "penalties": "处罚, 每项写明 处罚种类(kind)、金额(amount)、内容(content)",
    "officer": "一名人员的编号或者姓名", "officers": "人员的编号或者姓名, 用、分开", "rows": "若干项",
    "file": "附件文件",
}  # fmt: skip


def show_advanced(flow: Flow, advanced: Advanced, *, rehearsed: bool) -> None:
    """What a step made of the case."""
    step, case = advanced.step, advanced.case
    name = flow.transition[step.trigger].name
    head = "试办通过(没有保存)" if rehearsed else "已办理"
    say(f"{head}: {name}    第{step.seq}步, {step.on}")
    say(f"现在的状态: {flow.state[case.state].name}{'(案件办结)' if case.ended else ''}", indent=2)
    if step.late_reason:
        say(f"补录, 原因: {step.late_reason}", indent=2)
    show_effects(flow, step, indent=2)


def show_effects(flow: Flow, step: Step, *, indent: int) -> None:
    """Deadlines, findings, side duties and circumstances that came with a step."""
    for clock in step.clocks:
        say(f"期限 {clock_line(flow.deadline.get(clock.deadline), clock)}", indent=indent)
    for key, row in step.findings.items():
        finding = flow.finding.get(key)
        decided = f", 依据表行 {row.row}" if row.row else ""
        say(
            f"认定 {finding.name if finding else key}: {found(row.value)}({row.reason}{decided})",
            indent=indent,
        )
    for child in step.opened:
        say(f"启动附随程序 {flow.child[child.rule].name}: {child.case}", indent=indent)
    for flag in step.raised:
        say(f"开始: {flow.flag[flag].name}", indent=indent)
    for flag in step.lowered:
        say(f"结束: {flow.flag[flag].name}", indent=indent)


def found(value: str) -> str:
    """What a finding came to, as it is recorded; every number that one comes to is an amount in 分."""
    return format_money(int(value)) if value.isascii() and value.isdigit() else value


def show_history(flow: Flow, steps: Iterable[Step]) -> None:
    """Every step, late entries marked as such; people bear the names and certificates of that day."""
    rows = []
    held: dict[str, RunningClock] = {}
    for step in steps:
        late = f"补录({step.late_reason})" if step.late_reason else ""
        papers = listed(f"《{flow.document[paper.kind].name}》" for paper in step.papers)
        entered = f"{step.entered_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {late}".strip()
        names = step.signed
        by = listed(names.get(one, one) for one in step.by) or "依法自动发生"
        who = by, names.get(step.recorder, step.recorder)
        anew = [recount_line(flow, held[one.deadline], one) for one in step.clocks if step.trigger == RECOUNT]
        held |= {clock.deadline: clock for clock in step.clocks}
        name = step_name(flow, step.trigger) + (f": {'; '.join(anew)}" if anew else "")
        what = name, flow.state[step.target].name
        rows.append((step.seq, step.on, *what, *who, papers, entered, step.digest[:12]))
    heads = ("步", "办理日期", "环节", "状态", "办理人", "录入人", "文书", "录入时间", "摘要")
    table(heads, rows, empty="没有办案记录")
