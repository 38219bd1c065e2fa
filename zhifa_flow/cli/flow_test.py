"""zhifa flow test: the scenarios of flows, and what of the flows no scenario sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from zhifa_flow.bootstrap.lawbook import Lawbook, find_flows, open_lawbook
from zhifa_flow.bootstrap.trials import scenario_files, trials
from zhifa_flow.casework.coverage import PASSED, REFUSED, Seen, Uncovered, seen
from zhifa_flow.casework.trials import Failure, Trial
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.flow_names import wanted_refs
from zhifa_flow.cli.group import command
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.progress import advancing
from zhifa_flow.cli.screens import law, listed, say

_HELP = """运行情景: 应当允许的走得通, 应当拒绝的被拒绝; 全部成立、没有遗漏的条件和流转时退出码为 0。

不写 FLOW 的运行全部流程的情景。不使用案件数据库。用 --scenario 运行单个情景文件时, 不问有无遗漏。
"""
_SIDES = {REFUSED: "没有情景使它拒绝过", PASSED: "没有情景使它放行过"}


@command(name="test", help=_HELP)
@click.argument("names", metavar="[FLOW]...", nargs=-1)
@click.option("--scenario", "files", type=click.Path(path_type=Path), metavar="FILE", multiple=True,
              help="只运行这个情景文件, 可以写多次")  # fmt: skip
@json_option
@flows_option
@pass_places
@click.pass_context
def run_scenarios(
    ctx: click.Context, places: Places, names: tuple[str, ...], files: tuple[Path, ...]
) -> None:
    """Play the scenarios of flows."""
    if names and files:
        raise click.UsageError("FLOW 和 --scenario 只取其一")
    book = open_lawbook(find_flows(places.flows))
    refs = list(dict.fromkeys(ref for name in names for ref in wanted_refs(book, name))) or book.flows.refs()
    done = list(advancing(trials(book, files or scenario_files(book, refs)), "情景"))
    found = seen((), ()) if files else _seen(book, refs, done)
    if places.as_json:
        show_json(_told(done, found))
    else:
        _show(book, done, found, whole=not files)
    ctx.exit(0 if done and found.whole and not any(one.failures for one in done) else 1)


def _seen(book: Lawbook, refs: Sequence[str], done: Sequence[Trial]) -> Seen:
    """What is seen of the flows named, also by the scenarios of the flows that lead into them."""
    flows = [book.flows.compiled(ref).flow for ref in refs]
    coverages = [one.coverage for one in done]
    found = seen(flows, coverages)
    others = [ref for ref in book.flows.refs() if ref not in refs]
    if found.whole or not others:
        return found
    coverages += [
        one.coverage for one in advancing(trials(book, scenario_files(book, others)), "其他流程的情景")
    ]
    return seen(flows, coverages)


def _told(done: Sequence[Trial], found: Seen) -> dict[str, Any]:
    return {
        "scenarios": len(done),
        "acts": sum(one.acts for one in done),
        "failed": [failure for one in done for failure in _told_failures(one)],
        "guards_uncovered": [
            {"flow": one.flow, "guard": one.name, "never": one.side} for one in found.guards
        ],
        "steps_uncovered": [{"flow": one.flow, "step": one.name} for one in found.steps],
        "orders_uncovered": [{"flow": one.flow, "order": one.name} for one in found.orders],
        "orders_exercised": [{"flow": ref, "order": name} for ref, name in found.orders_exercised],
    }  # fmt: skip


def _told_failures(trial: Trial) -> Iterator[dict[str, Any]]:
    for one in trial.failures:
        yield {
            "scenario": trial.name, "title": trial.title, "step": one.act.do if one.act else None,
            "on": one.act.on if one.act else None, "expected": one.expected, "came": one.came, "basis": one.basis,
            "complaints": one.complaints,
        }  # fmt: skip


def _show(book: Lawbook, done: Sequence[Trial], found: Seen, *, whole: bool) -> None:
    if not done:
        say("没有情景")
    failed = [one for one in done if one.failures]
    for trial in failed:
        say(f"✗ {trial.name}: {trial.title or '(文件不能读取)'}")
        for failure in trial.failures:
            _show_failure(failure)
    for heading, lines in (
        ("条件没有被情景看全:", [_guard_line(book, one) for one in found.guards]),
        ("没有情景走过的流转:", [_step_line(book, one) for one in found.steps]),
        ("没有情景经过的法定顺序:", [_order_line(book, one) for one in found.orders]),
    ):
        _show_list(heading, lines)
    say(
        f"{'✗' if failed else '✓'} 情景{len(done)}个, 办理{sum(one.acts for one in done)}次, 不成立的{len(failed)}个"
    )
    if whole:
        say(
            f"{'✓' if found.whole else '✗'} 没有看全的条件{len({(one.flow, one.name) for one in found.guards})}个, "
            f"没有走过的流转{len(found.steps)}个, 法定顺序经过{len(found.orders_exercised)}条、没有经过{len(found.orders)}条"
        )


def _show_failure(failure: Failure) -> None:
    if failure.act:
        say(f"{failure.act.on} {failure.step_name or failure.act.do}({failure.act.label})", indent=4)
        say(f"应当: {failure.expected} {law(failure.basis)}".rstrip(), indent=6)
        say(f"实际: {failure.came}", indent=6)
    for complaint in failure.complaints:
        say(f"- {complaint}", indent=6)


def _show_list(heading: str, lines: Iterable[str]) -> None:
    for place, line in enumerate(lines):
        if not place:
            say(heading)
        say(f"- {line}", indent=4)


def _guard_line(book: Lawbook, one: Uncovered) -> str:
    guard = book.flows.compiled(one.flow).flow.guard[one.name]
    return f"{one.flow} {one.name}: {_SIDES[one.side]}。{guard.refusal} {law(guard.basis, guard.gap)}"


def _step_line(book: Lawbook, one: Uncovered) -> str:
    step = book.flows.compiled(one.flow).flow.transition[one.name]
    return f"{one.flow} {step.name}({one.name}) {law(step.basis, step.gap)}"


def _order_line(book: Lawbook, one: Uncovered) -> str:
    order = book.flows.compiled(one.flow).flow.order[one.name]
    return f"{one.flow} {order.name or listed((*order.must, *order.before))}({one.name}) {law(order.basis)}"
