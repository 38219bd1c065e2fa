"""Validity (施行期间): which version of its flow an act of a day is judged by, where the law has changed."""

from __future__ import annotations

from datetime import date

from zhifa_flow.engine.world import World
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import NotFound
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.step import Refusal


def ended_by_law(old: Flow, new: Flow) -> bool:
    """Whether the law itself put the new version in the place of the old one, which states its last day.

    A version that states none was replaced by its office: its cases may go on under it to their end.
    """
    return old.effective_to is not None and old.effective_to < new.effective_from


def validity_refusals(flow: Flow, case: Case, on: date, world: World) -> list[Refusal]:
    """That an act of that day is to be judged by another version: by the law in force on the day of each step.

    After the last day that a version states the next one governs, and the case is moved to it first. Once it has been
    moved, acts of the days before are no longer entered: they would be judged by a law that was not yet in force.
    """
    if flow.effective_to and on > flow.effective_to:
        newer = _in_force(flow, on, world)
        return [_after(flow, newer, case, on)] if newer else []
    if case.opened_on <= on < flow.effective_from:
        older = _in_force(flow, on, world)
        return [_before(flow, older, on)] if older and ended_by_law(older, flow) else []
    return []


def _in_force(flow: Flow, on: date, world: World) -> Flow | None:
    try:
        return world.flow_for(flow.id, on).flow
    except NotFound:
        return None


def _after(flow: Flow, newer: Flow, case: Case, on: date) -> Refusal:
    message = f"{flow.ref}施行至{flow.effective_to}, 此后的行为应当依照新的规定办理"
    found = f"办理日期{on}, 当日施行的是{newer.ref}"
    cure = (
        f"先补录{flow.effective_to}以前已经办理的, 再将案件改用新版本: zhifa case move {case.id} {newer.ref}"
    )
    return Refusal("version", message, found, gap=_RULE, cure=cure)


def _before(flow: Flow, older: Flow, on: date) -> Refusal:
    message = f"本案已经改用{flow.ref}, 施行以前的行为不能再依照它补录"
    found = f"办理日期{on}, 当日施行的是{older.ref}"
    cure = "施行以前的行为应当在改用新版本以前补录; 漏录的在案卷中另行说明"
    return Refusal("version", message, found, gap=_RULE, cure=cure)


_RULE = "法律没有写明新旧程序如何衔接; 实体依行为时的规定, 程序依办理各步时施行的规定, 是本系统的掌握口径"
