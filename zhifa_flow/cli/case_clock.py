"""zhifa case clock: the deadlines of a case, and how each came to its last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from zhifa_flow.bootstrap.lawfolder import find_flows
from zhifa_flow.casework.ledgers import ledgers
from zhifa_flow.cli.answers import Answer, clock_answers
from zhifa_flow.cli.beside_due import Rolled, if_rolled, without_safe_day
from zhifa_flow.cli.case_screens import clock_line
from zhifa_flow.cli.group import command
from zhifa_flow.cli.jsontext import show_json
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.screens import say
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.ledger import Ledger

_CLOCK_HELP = """案件的各项期限: 法定末日, 宜提前完成的工作日, 是否暂定, 是否停止计算。

写明 DEADLINE(期限的名称或者编号)的, 只答这一项。

末日每次都按案卷文书、数据表和放假安排重新计算; 与记录不一致的, 予以指出。
"""


@command(name="clock", help=_CLOCK_HELP)
@click.argument("case_id", metavar="CASE")
@click.argument("deadline", metavar="[DEADLINE]", required=False, default="")
@click.option(
    "--explain", is_flag=True, help="写明台账(起算、扣除、延长、终止各依何文书、由谁办理)和逐日计算过程"
)
@json_option
@database_option
@pass_places
def clock(places: Places, case_id: str, deadline: str, *, explain: bool) -> None:
    """Show the deadlines of a case."""
    desk = open_desk(places)
    case, flow, found = ledgers(desk, case_id, deadline)
    calendar, root = desk.law.calendar_in(case.region), find_flows(places.flows)
    rolled = {one.deadline: _if_rolled(root, flow, one, calendar) for one in found}
    if places.as_json:
        show_json([ledger_answer(flow, one, rolled[one.deadline]) for one in found])
        return
    if not found:
        say("本案还没有开始计算的期限")
    for one in found:
        say(clock_line(flow.deadline[one.deadline], one.recorded), indent=2)
        _say_all("注意", one.problems)
        if explain:
            _show_ledger(flow, one, rolled[one.deadline])


def _if_rolled(root: Path, flow: Flow, one: Ledger, calendar: Calendar) -> Rolled | None:
    """The day by the other reading; a day that a document set is not counted at all."""
    deadline = flow.deadline.get(one.deadline)
    return if_rolled(root, deadline.clock, one.due, calendar) if deadline and not one.recorded.moved else None


def _show_ledger(flow: Flow, one: Ledger, rolled: Rolled | None) -> None:
    if one.recorded.paused:
        say(f"如果今天恢复计算, 末日为{one.due}, 稳妥的最后工作日为{one.safe}", indent=4)
    _say_all("台账", (entry.text for entry in one.entries))
    _say_all("计算", _reasoning(flow, one, rolled))


def _reasoning(flow: Flow, one: Ledger, rolled: Rolled | None) -> list[str]:
    waited_for = one.deadline in flow.deadline and flow.deadline[one.deadline].waited_for
    lines = without_safe_day(one.derivation) if waited_for else list(one.derivation)
    return [*lines, rolled.said] if rolled else lines


def _say_all(head: str, lines: Iterable[str]) -> None:
    for place, line in enumerate(lines):
        say(f"{head if not place else '　　'}  {line}", indent=4)


def ledger_answer(flow: Flow, one: Ledger, rolled: Rolled | None = None) -> Answer:
    """A deadline as recorded, with its ledger, the day it comes to when counted anew, and the reasoning."""
    [told] = clock_answers(flow, [one.recorded])
    return {
        **told,
        "counted": {"due": one.due, "safe": one.safe, "provisional": one.provisional},
        "ledger": [asdict(entry) | {"text": entry.text} for entry in one.entries],
        "derivation": _reasoning(flow, one, rolled),
        "if_rolled": rolled.date if rolled else None,
        "problems": one.problems,
    }
