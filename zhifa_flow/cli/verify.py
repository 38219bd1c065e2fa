"""zhifa verify: whether anything on file was changed since it was entered."""

from __future__ import annotations

from collections.abc import Iterable

import click

from zhifa_flow.casework.verification import Verified, verify
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.group import command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.screens import say

_HELP = """核验全部案件的办案记录是否被改动。

逐案核对: 每一步的摘要前后衔接, 文书和附件与其摘要相符, 按记录重放的结果与案件现状一致,
办理时所依据的流程文件和数据表没有改动。
全部无误时退出码为 0。
"""


@command(name="verify", help=_HELP)
@json_option
@database_option
@pass_places
@click.pass_context
def verify_store(ctx: click.Context, places: Places) -> None:
    """Look through the whole store."""
    desk = open_desk(places)
    found, problems = counted(verify(desk.store, desk.flows, desk.law))
    if places.as_json:
        show_json({**found, "problems": problems})
    else:
        for problem in problems:
            say(f"✗ {problem}")
        say(f"{summary(found)}, {f'发现{len(problems)}处问题' if problems else '全部完整, 没有改动'}")
    ctx.exit(1 if problems else 0)


def counted(verified: Iterable[Verified]) -> tuple[dict[str, int], list[str]]:
    """How many cases, steps and attachments were looked through, and every problem."""
    found = {"cases": 0, "steps": 0, "attachments": 0}
    problems: list[str] = []
    for one in verified:
        found["cases"] += 1
        found["steps"] += one.steps
        found["attachments"] += one.attachments
        problems += one.problems
    return found, problems


def summary(found: dict[str, int]) -> str:
    """What was looked through, in words."""
    return f"已核验{found['cases']}个案件、{found['steps']}步办案记录、{found['attachments']}个附件"
