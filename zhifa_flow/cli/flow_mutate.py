"""zhifa flow mutate: spoil flows in one place at a time, and see who notices."""

from __future__ import annotations

from typing import Any

import click

from zhifa_flow.bootstrap.lawbook import find_flows, open_lawbook
from zhifa_flow.bootstrap.mutation import count, load_equivalents, processors, verdicts
from zhifa_flow.casework.equivalents import Outcome, outcome
from zhifa_flow.casework.mutation import Verdict
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.flow_names import wanted_refs
from zhifa_flow.cli.group import command
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.progress import advancing
from zhifa_flow.cli.screens import law, say

_HELP = """逐一改坏流程(去掉一个条件、一条法定顺序、一项人员要求, 数字和期限增减一, 工作日和日对调等), 看检查、证明和情景能否发现。

没有发现的, 写明因而失去保护的规定。全部发现, 或者已在 equivalents.toml 声明为没有差别的, 退出码为 0。
"""


@command(name="mutate", help=_HELP)
@click.argument("names", metavar="[FLOW]...", nargs=-1)
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="同时运行的进程数(默认为处理器数)")
@json_option
@flows_option
@pass_places
@click.pass_context
def mutate(ctx: click.Context, places: Places, names: tuple[str, ...], jobs: int | None) -> None:
    """Try the mutants of flows."""
    root = find_flows(places.flows)
    book = open_lawbook(root)
    refs = list(dict.fromkeys(ref for name in names for ref in wanted_refs(book, name))) or book.flows.refs()
    declared = load_equivalents(root)
    done = advancing(verdicts(root, refs, jobs or processors()), "改动", count(root, refs))
    found = outcome(done, declared, refs)
    if places.as_json:
        show_json(_told(found))
    else:
        _show(found)
    ctx.exit(0 if found.holds and found.mutants else 1)


def _told(found: Outcome) -> dict[str, Any]:
    return {
        "mutants": found.mutants,
        "killed": found.killed,
        "survivors": [_survivor(one) for one in found.survivors],
        "equivalent": [{**_survivor(one), "reason": reason} for one, reason in found.equivalent],
        "stale": [{"mutant": id_, "problem": problem} for id_, problem in found.stale],
    }


def _survivor(one: Verdict) -> dict[str, Any]:
    mutant = one.mutant
    return {
        "mutant": mutant.id, "kind": mutant.kind, "change": mutant.said, "unprotected": mutant.name,
        "basis": mutant.basis, "gap": mutant.gap,
    }  # fmt: skip


def _show(found: Outcome) -> None:
    for one in found.survivors:
        say(f"✗ {one.mutant.id}")
        say(f"改动: {one.mutant.said}", indent=4)
        say(
            f"没有证明或者情景发现; 失去保护: {one.mutant.name} {law(one.mutant.basis, one.mutant.gap)}",
            indent=4,
        )
    for one, reason in found.equivalent:
        say(f"= {one.mutant.id}: {reason}")
    for id_, problem in found.stale:
        say(f"✗ equivalents.toml 中的“{id_}”: {problem}")
    say(
        f"{'✓' if found.holds and found.mutants else '✗'} 改动{found.mutants}处, 发现{found.killed}处, 没有发现{len(found.survivors)}处, "
        f"声明没有差别{len(found.equivalent)}处"
    )
