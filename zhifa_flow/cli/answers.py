"""What commands answer to programs (--json): plain values under fixed names."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from zhifa_flow.casework.desk import View
from zhifa_flow.casework.ports import CaseLine
from zhifa_flow.casework.worklist import Duty, Waiting, flow_of, state_name
from zhifa_flow.cli.jsontext import as_json, show_json
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.steps import step_name
from zhifa_flow.model.case import Case, RunningClock
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.step import Option, Step

__all__ = [
    "Answer",
    "advanced_answer",
    "as_json",
    "case_answer",
    "clock_answers",
    "duty_answer",
    "finding_answers",
    "line_answer",
    "option_answer",
    "show_json",
    "step_answer",
    "view_answer",
    "waiting_answer",
]

Answer = dict[str, Any]


def case_answer(flow: Flow, case: Case) -> Answer:
    """A case as it stands."""
    return {
        "case": case.id, "title": case.title, "matter": case.matter, "flow": case.flow, "flow_name": flow.name,
        "agency": case.agency,
        "party": case.party.to_raw() if case.party else None, "state": case.state,
        "state_name": flow.state[case.state].name, "stage": flow.state[case.state].stage, "ended": case.ended,
        "revision": case.revision, "opened_on": case.opened_on, "entered_state_on": case.entered_state_on,
        "last_on": case.last_on, "parent": case.parent, "relation": case.relation,
        "flags": [name for name in case.flags if case.flag_up(name)], "digest": case.head,
    }  # fmt: skip


def view_answer(view: View) -> Answer:
    """A case with its documents, deadlines and side duties."""
    flow, case = view.compiled.flow, view.case
    papers = [
        {"kind": paper.kind, "name": flow.document[paper.kind].name, "on": paper.on, "step": paper.seq,
         "digest": paper.digest, "fields": paper.fields}
        for papers in case.papers.values() for paper in papers
    ]  # fmt: skip
    return {
        **case_answer(flow, case),
        "documents": papers,
        "deadlines": clock_answers(flow, case.clocks.values()),
        "children": [{"case": one.id, "relation": one.relation, "ended": one.ended} for one in view.children],
    }


def clock_answers(flow: Flow, clocks: Any) -> list[Answer]:
    """Deadlines of a case."""
    return [_clock(flow, clock) for clock in clocks]


def _clock(flow: Flow, clock: RunningClock) -> Answer:
    deadline = flow.deadline.get(clock.deadline)
    told = asdict(clock) | {"state": clock.state.value}
    if deadline:
        told |= {
            "name": deadline.name,
            "clock": deadline.clock,
            "owner": deadline.owner,
            "expiry": deadline.expiry,
            "basis": deadline.basis,
        }
    return told


def option_answer(option: Option) -> Answer:
    """A step of the chart, open or closed with every reason."""
    told = asdict(option)
    return {"step": told.pop("trigger"), "open": option.is_open, **told}


def advanced_answer(flow: Flow, advanced: Advanced, *, rehearsed: bool) -> Answer:
    """A step that was taken."""
    step = advanced.step
    return {
        **case_answer(flow, advanced.case),
        "step": step.trigger,
        "step_name": flow.transition[step.trigger].name,
        "on": step.on,
        "deadlines": clock_answers(flow, step.clocks),
        "opened": [asdict(child) | {"name": flow.child[child.rule].name} for child in step.opened],
        "findings": finding_answers(flow, step),
        "raised": step.raised,
        "lowered": step.lowered,
        "dry_run": rehearsed,
    }


def finding_answers(flow: Flow, step: Step) -> list[Answer]:
    """What was found with a step, and the row that decided."""
    return [
        {"finding": key, "name": flow.finding[key].name if key in flow.finding else key, **asdict(row)}
        for key, row in step.findings.items()
    ]


def step_answer(flow: Flow, step: Step) -> Answer:
    """A step as it stands in the history, with its documents."""
    return {**asdict(step), "step_name": step_name(flow, step.trigger)}


def line_answer(flows: Any, line: CaseLine) -> Answer:
    """A case in a list."""
    flow = flow_of(flows, line.flow)
    told = asdict(line)
    return {"case": told.pop("id"), **told, "state_name": state_name(flow, line.state)}


def waiting_answer(flows: Any, one: Waiting) -> Answer:
    """A case that waits."""
    return {**line_answer(flows, one.line), "flow_name": one.flow_name, "steps": one.steps}


def duty_answer(flows: Any, duty: Duty) -> Answer:
    """A running deadline."""
    line = duty.line
    return {
        **line_answer(flows, line.case), "deadline": line.deadline, "name": duty.name, "owner": duty.owner,
        "due": line.due, "safe": line.safe, "provisional": line.provisional, "passed": duty.passed,
        "days_overdue": duty.days_overdue, "days_left": duty.days_left, "paused": line.paused, "key": line.key,
    }  # fmt: skip
