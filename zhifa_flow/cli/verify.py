"""zhifa verify: whether anything on file was changed since it was entered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import click

from zhifa_flow.casework.verification import Verified, verify
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.group import command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.screens import say

#: So many notices are shown to people; programs are told all.
_SHOWN: Final = 10

_HELP = """核验全部案件的办案记录和名册的变动记录是否被改动。

逐案核对: 每一步的摘要前后衔接, 文书和附件与其摘要相符, 按记录重放的结果与案件现状一致, 所据的事项在权责清单上登记过,
办理时所依据的流程文件和数据表没有改动, 查找用的各栏和期限清单与案件一致。
全库核对: 用过的案件编号都有案件, 没有不属于任何案件的记录, 名册的变动记录前后衔接并与现行登记一致。
补录的环节, 所涉机关、人员、事项的登记在办理之后才录入或者变动的, 作为提示列出; 没有文书引用的附件也作为提示。

全部无误时退出码为 0, 只有提示的也是 0; 库中没有案件的, 写明“库中没有案件”, 退出码仍为 0。
办理时所用的放假安排与现在不同, 或者文书所引法条现在的法规索引查不到的, 也作为提示列出。
各个摘要都在库中: 掌握整个数据库的人从头重做全部记录, 或者截去末尾(案件的最后几步、最后登记的案件、
最后的名册登记)的, 只凭本库查不出, 须与另行保存的末步摘要比对。
"""


@command(name="verify", help=_HELP)
@json_option
@database_option
@pass_places
@click.pass_context
def verify_store(ctx: click.Context, places: Places) -> None:
    """Look through the whole store."""
    desk = open_desk(places)
    found, problems, notices = counted(verify(desk.store, desk.flows, desk.law))
    if places.as_json:
        show_json({**found, "problems": problems, "notices": notices})
    else:
        _show(found, problems, notices)
    ctx.exit(1 if problems else 0)


def _show(found: dict[str, int], problems: list[str], notices: list[str]) -> None:
    for problem in problems:
        say(f"✗ {problem}")
    for notice in notices[:_SHOWN]:
        say(f"提示: {notice}")
    if len(notices) > _SHOWN:
        say(f"提示共{len(notices)}条, 其余见 --json")
    whole = "全部完整, 没有改动" if found["cases"] else "名册完整, 没有改动"
    say(f"{summary(found)}, {f'发现{len(problems)}处问题' if problems else whole}")


def counted(verified: Iterable[Verified]) -> tuple[dict[str, int], list[str], list[str]]:
    """How many cases, steps, attachments and registrations were looked through, every problem and every notice."""
    found = {"cases": 0, "steps": 0, "attachments": 0, "registrations": 0}
    problems: list[str] = []
    notices: list[str] = []
    for one in verified:
        found["cases"] += bool(one.case)
        found["steps"] += one.steps
        found["attachments"] += one.attachments
        found["registrations"] += one.registrations
        problems += one.problems
        notices += one.notices
    return found, problems, notices


def summary(found: dict[str, int]) -> str:
    """What was looked through, in words."""
    return f"已核验{found['cases']}个案件、{found['steps']}步办案记录、{found['attachments']}个附件"
