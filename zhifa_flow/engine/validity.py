"""Validity (施行期间): which version of its flow an act of a day is judged by, where the law has changed."""

from __future__ import annotations

from datetime import date

from zhifa_flow.engine.world import World
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import NotFound
from zhifa_flow.model.flow import Flow, Role
from zhifa_flow.model.step import Refusal, Request


def ended_by_law(old: Flow, new: Flow) -> bool:
    """Whether the law itself put the new version in the place of the old one, which states its last day.

    A version that states none was replaced by its office: its cases may go on under it to their end.
    """
    return old.effective_to is not None and old.effective_to < new.effective_from


def validity_refusals(flow: Flow, case: Case, on: date, world: World) -> list[Refusal]:
    """That an act of that day is to be judged by another version: by the law in force on the day of each step.

    After the last day that a version states the next one governs, and the case is moved to it first; where none has
    come into force, because none was published, nothing is done until one has. Once it has been moved, acts of the
    days before are no longer entered: they would be judged by a law that was not yet in force.
    """
    if flow.effective_to and on > flow.effective_to:
        return [_after(flow, _in_force(flow, on, world), case, on)]
    if case.opened_on <= on < flow.effective_from:
        older = _in_force(flow, on, world)
        return [_before(flow, older, on)] if older and ended_by_law(older, flow) else []
    return []


def entry_refusals(flow: Flow, role: Role, request: Request, world: World) -> list[Refusal]:
    """That an act of a law that has ended is entered after its last day by somebody who does not answer for the day.

    What was done before the change and entered after it is entered by a head; what an officer must do in person he
    enters himself. Otherwise an old procedure would go on under days that nobody of rank has looked at.
    """
    if flow.effective_to is None or not request.on <= flow.effective_to < world.today or role.in_person:
        return []
    recorder = world.officers.get(request.recorder)
    if recorder is None or recorder.head:
        return []
    message = f"{flow.ref}施行至{flow.effective_to}, 其后补录以前的行为由负责人录入"
    found = f"办理日期{request.on}, 今天是{world.today}, 录入人{recorder.name}不是负责人"
    cure = "由负责人核实以后录入(--as), 补录的原因写明核实的情况"
    return [Refusal("version", message, found, gap=_ENTRY, cure=cure)]


def _in_force(flow: Flow, on: date, world: World) -> Flow | None:
    try:
        return world.flow_for(flow.id, on).flow
    except NotFound:
        return None


def _after(flow: Flow, newer: Flow | None, case: Case, on: date) -> Refusal:
    message = f"{flow.ref}施行至{flow.effective_to}, 此后的行为应当依照新的规定办理"
    first = f"先补录{flow.effective_to}以前已经办理的, 再将案件改用新版本: zhifa case move {case.id}"
    if newer is None:
        found = f"办理日期{on}, 当日没有施行的版本"
        return Refusal(
            "version",
            message,
            found,
            gap=_RULE,
            cure=f"由机关先发布新版本(zhifa flow publish); {first} 新版本",
        )
    found = f"办理日期{on}, 当日施行的是{newer.ref}"
    return Refusal("version", message, found, gap=_RULE, cure=f"{first} {newer.ref}")


def _before(flow: Flow, older: Flow, on: date) -> Refusal:
    message = f"本案已经改用{flow.ref}, 施行以前的行为不能再依照它补录"
    found = f"办理日期{on}, 当日施行的是{older.ref}"
    cure = "施行以前的行为应当在改用新版本以前补录; 漏录的在案卷中另行说明"
    return Refusal("version", message, found, gap=_RULE, cure=cure)


_RULE = "法律没有写明新旧程序如何衔接; 实体依行为时的规定, 程序依办理各步时施行的规定, 是本系统的掌握口径"

_ENTRY = "法律没有规定; 新法施行以后补录旧法时期行为的, 由负责人核实录入, 应当本人办理的由本人录入, 是本系统的掌握口径"
