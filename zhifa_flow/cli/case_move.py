"""zhifa case move: a running case goes on under the newer version of its flow."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import click

from zhifa_flow.casework.changeover import Moved, move
from zhifa_flow.casework.rehearsal import Rehearsal
from zhifa_flow.cli.answers import case_answer, clock_answers, show_json
from zhifa_flow.cli.case_screens import show_case, show_clocks
from zhifa_flow.cli.flow_diff import show_differences
from zhifa_flow.cli.group import command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.screens import listed, say

_HELP = """案件改用流程的新版本(现行版本), 作为一步办案记录; 列明两个版本有何不同。

已办的环节按新版本不应当办理的, 案件的状态、文书、计算中的期限、附随程序在新版本中没有的, 不予办理, 并写明全部理由。
VERSION 写版本(如 penalty.general@2027-01-01)。新版本增加的期限依已办的环节起算, 已经起算的期限按原来的长度继续计算。
不能改用的, 案件仍按原来的版本办理到底。
"""


@command(name="move", help=_HELP)
@click.argument("case_id", metavar="CASE")
@click.argument("version", metavar="VERSION")
@click.option(
    "--as", "officer", required=True, envvar="ZHIFA_OFFICER", show_envvar=True, metavar="NAME",
    help="办理人的编号或者姓名",
)  # fmt: skip
@click.option("--reason", required=True, metavar="TEXT", help="改用新版本的理由")
@click.option("--dry-run", is_flag=True, help="试办: 给出同样的回答, 但是不保存")
@json_option
@database_option
@pass_places
def move_case(places: Places, case_id: str, version: str, officer: str, reason: str, dry_run: bool) -> None:
    """Move a case to the version in force."""
    desk = open_desk(places)
    if dry_run:
        desk = replace(desk, store=Rehearsal(desk.store))
    moved = move(desk, case_id, version, officer, reason)
    if places.as_json:
        show_json(_told(moved, rehearsed=dry_run))
        return
    old, new = moved.versions.old.flow, moved.versions.new.flow
    head = "试办通过(没有保存)" if dry_run else "已办理"
    say(f"{head}: 改用流程新版本    {old.ref} → {new.ref}, 第{moved.done.advanced.step.seq}步")
    show_differences(list(moved.differs))
    if moved.done.begun:
        say("新起算的期限:")
        show_clocks(new, moved.done.begun)
    if moved.done.kept:
        say(
            f"新版本另有规定, 按原来的长度继续计算的期限: {listed(old.deadline[name].name for name in moved.done.kept)}"
        )
    show_case(new, moved.done.advanced.case)


def _told(moved: Moved, *, rehearsed: bool) -> dict[str, Any]:
    flow, done = moved.versions.new.flow, moved.done
    return {
        **case_answer(flow, done.advanced.case),
        "from": moved.versions.old.flow.ref,
        "differences": [{**asdict(one), "text": one.text} for one in moved.differs],
        "begun": clock_answers(flow, done.begun),
        "kept": done.kept,
        "dry_run": rehearsed,
    }
