"""zhifa case list, show, next, history: looking at cases."""

from __future__ import annotations

from datetime import date

import click

from zhifa_flow.casework.desk import View
from zhifa_flow.casework.flownames import flow_id
from zhifa_flow.casework.naming import step_key
from zhifa_flow.casework.ports import Page
from zhifa_flow.casework.registers import find_agency
from zhifa_flow.casework.worklist import flow_of, state_name
from zhifa_flow.cli import answers
from zhifa_flow.cli.case_screens import (
    matter_said,
    show_case,
    show_contents,
    show_form,
    show_history,
    show_option,
    show_options,
)
from zhifa_flow.cli.group import command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.options import agency_option, page_options
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.screens import say, table
from zhifa_flow.cli.values import Day
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.step import Option

_on = click.option("--on", type=Day(), help="按这一天回答(默认今天)")


@command(name="list", help="列出案件。")
@click.option("--flow", default="", metavar="FLOW", help="只列这个流程的案件(编号或者中文名)")
@click.option("--text", default="", metavar="TEXT", help="编号或者案由中含有这些文字")
@click.option("--running/--ended", "running", default=None, help="只列未办结或者已办结的案件")
@agency_option
@page_options
@json_option
@database_option
@pass_places
def list_cases(places: Places, flow: str, text: str, running: bool | None, agency: str, page: Page) -> None:
    """List cases."""
    desk = open_desk(places)
    ended = None if running is None else not running
    wanted = flow_id(desk.flows, flow) if flow else ""
    with desk.store.read() as work:
        home = find_agency(work, agency).id if agency else ""
        lines = work.cases(page, agency=home, text=text, flow=wanted, ended=ended)
    if places.as_json:
        answers.show_json([answers.line_answer(desk.flows, line) for line in lines])
        return
    rows = [
        (line.id, line.title, line.matter, line.flow, state_name(flow_of(desk.flows, line.flow), line.state),
         line.entered_state_on, "已办结" if line.ended else "")
        for line in lines
    ]  # fmt: skip
    table(("案件", "案由", "事项", "流程", "状态", "自", ""), rows, empty="没有案件")
    _more(page, [line.id for line in lines])


def _more(page: Page, ids: list[str]) -> None:
    if len(ids) == page.size:
        say(f"可能还有, 下一页: --after {ids[-1]}")


@command(name="show", help="案件的现状、文书、期限和附随程序。")
@click.argument("case_id", metavar="CASE")
@json_option
@database_option
@pass_places
def show(places: Places, case_id: str) -> None:
    """Show where a case stands."""
    desk = open_desk(places)
    view = desk.view(case_id)
    if places.as_json:
        answers.show_json(answers.view_answer(view))
        return
    show_case(view.compiled.flow, view.case, matter_said(desk, view.case))
    show_contents(view)


_NEXT_HELP = """每个环节能否办理, 由谁办理, 不能办理的全部理由。

写明 STEP 的, 只答这一个环节, 并列出其文书的每个项目。
"""


@command(name="next", help=_NEXT_HELP)
@click.argument("case_id", metavar="CASE")
@click.argument("step", metavar="[STEP]", required=False)
@_on
@json_option
@database_option
@pass_places
def next_steps(places: Places, case_id: str, step: str | None, on: date | None) -> None:
    """Show what may be done next."""
    view = open_desk(places).view(case_id, on)
    options = _wanted(view, step) if step else list(view.options)
    if places.as_json:
        told = [answers.option_answer(option) for option in options]
        answers.show_json({**answers.case_answer(view.compiled.flow, view.case), "options": told})
        return
    flow = view.compiled.flow
    show_case(flow, view.case)
    if step is None:
        show_options(flow, options)
        return
    for option in options:
        say("可以办理:" if option.is_open else "现在不能办理:")
        show_option(flow, option)
        for kind in (*option.documents, *option.optional):
            show_form(flow, kind)


def _wanted(view: View, step: str) -> list[Option]:
    flow = view.compiled.flow
    key = step_key(flow, step, view.case.state)
    found = [option for option in view.options if option.trigger == key]
    if not found:
        states = "、".join(f"“{flow.state[state].name}”" for state in flow.transition[key].source)
        here = flow.state[view.case.state].name
        raise InputError([f"“{flow.transition[key].name}”在{states}时办理, 案件现处于“{here}”"])
    return found


@command(name="history", help="全部办案记录: 每一步何日办理、何时录入、由谁办理、由谁录入。")
@click.argument("case_id", metavar="CASE")
@json_option
@database_option
@pass_places
def history(places: Places, case_id: str) -> None:
    """Show every step."""
    desk = open_desk(places)
    found, compiled, steps = desk.history(case_id)
    if places.as_json:
        answers.show_json([answers.step_answer(compiled.flow, step) for step in steps])
        return
    show_case(compiled.flow, found)
    show_history(compiled.flow, steps)
