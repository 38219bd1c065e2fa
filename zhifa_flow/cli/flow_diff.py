"""zhifa flow diff: what one version of a flow says otherwise than another, in words."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from zhifa_flow.bootstrap.flowfile import flow_at
from zhifa_flow.bootstrap.lawbook import Lawbook, find_flows, open_lawbook
from zhifa_flow.cli.flow_names import wanted_refs
from zhifa_flow.cli.group import command
from zhifa_flow.cli.jsontext import show_json
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.screens import say
from zhifa_flow.engine.differences import GROUPS, Difference, differences
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.flow import Flow

_HELP = """两个版本有何不同: 环节、办理人、条件、文书、期限、附随程序、法条, 不是逐行比较。

A、B 可以写版本(penalty.general@2021-07-15)、只有一个版本的编号或者中文名, 或者任何位置的流程文件。
"""


@command(name="diff", help=_HELP)
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@json_option
@flows_option
@pass_places
def diff(places: Places, old: str, new: str) -> None:
    """Compare two versions."""
    book = open_lawbook(find_flows(places.flows))
    first, second = _flow(book, old), _flow(book, new)
    found = list(differences(first, second))
    if places.as_json:
        told = [{**asdict(one), "text": one.text} for one in found]
        show_json({"old": first.ref, "new": second.ref, "differences": told})
        return
    say(f"{first.name}: {first.ref} → {second.ref}")
    show_differences(found)


def show_differences(found: list[Difference]) -> None:
    """The differences group by group."""
    if not found:
        say("内容没有不同")
    for group, inside in groupby(found, key=lambda one: one.group):
        say(f"【{GROUPS[group]}】")
        for one in inside:
            say(f"- {one.text}", indent=2)


def _flow(book: Lawbook, name: str) -> Flow:
    path = Path(name)
    if path.suffix == ".toml":
        return flow_at(book, path)
    refs = wanted_refs(book, name)
    if len(refs) > 1:
        raise InputError([f"“{name}”有{len(refs)}个版本, 请写明哪一个: {'、'.join(refs)}"])
    return flow_at(book, book.flows.path(refs[0]))
