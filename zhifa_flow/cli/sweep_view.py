"""What the sweep of zhifa due recorded: case by case, what the law brought about."""

from __future__ import annotations

from typing import Any

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.sweep import Swept, sweep
from zhifa_flow.casework.worklist import flow_of, state_name
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.screens import say
from zhifa_flow.engine.advance import Advanced


def show_sweep(desk: Desk, agency: str, *, as_json: bool) -> bool:
    """Sweep, and show what came of it; answers whether every case could be looked at."""
    looked = list(sweep(desk, agency))
    wrong = [f"案件{one.case}: {problem}" for one in looked for problem in one.problems]
    if as_json:
        show_json(
            {"events": [_event(desk, event) for one in looked for event in one.events], "problems": wrong}
        )
        return not wrong
    for one in looked:
        _say(desk, one)
    for problem in wrong:
        say(f"✗ {problem}")
    number = sum(len(one.events) for one in looked)
    say(f"记录了{number}项期限届满依法发生的后果" if number else "没有期限届满依法发生的后果需要记录")
    return not wrong


def _say(desk: Desk, one: Swept) -> None:
    for event in one.events:
        told = _event(desk, event)
        say(f"{told['on']}  {one.case}  {told['name']} → {told['state_name']}")


def _event(desk: Desk, event: Advanced) -> dict[str, Any]:
    case, step = event.case, event.step
    flow = flow_of(desk.flows, case.flow)
    name = flow.transition[step.trigger].name if flow else step.trigger
    return {
        "case": case.id, "step": step.trigger, "name": name, "on": step.on.isoformat(), "state": step.target,
        "state_name": state_name(flow, step.target),
    }  # fmt: skip
