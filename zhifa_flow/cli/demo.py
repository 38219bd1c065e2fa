"""zhifa demo: a real case from lead to archive on a fresh database, with refusals, deadlines and its chart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

import click

from zhifa_flow.bootstrap.desk import desk_on, open_store
from zhifa_flow.bootstrap.drawing import draw
from zhifa_flow.bootstrap.lawbook import Lawbook, find_flows, open_lawbook
from zhifa_flow.bootstrap.stage import DEMO, stage_desk, walk
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Store
from zhifa_flow.casework.scenarios import Played, Scenario, play
from zhifa_flow.casework.verification import verify
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.case_screens import show_case, show_clocks, show_effects, show_refusals
from zhifa_flow.cli.group import command
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.screens import listed, say
from zhifa_flow.cli.verify import counted, summary
from zhifa_flow.engine.steps import step_name
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import InputError

#: Lies in every folder that a demonstration made, so that none of a person's own is ever cleared.
MARK: Final = ".zhifa-demo"
DATABASE: Final = "zhifa.db"


_DEMO_HELP = """演示: 一个真实案件从线索到归档, 包括中途的不予办理、各项期限和流程图。

每次都在 --out 的文件夹里新建数据库; 不是演示建立的文件夹, 不会改动。
"""


@command(name="demo", help=_DEMO_HELP)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="zhifa-demo",
    metavar="DIR",
    help="存放的文件夹(默认 zhifa-demo)",
)
@click.option("--walk", "file", type=click.Path(path_type=Path), default=DEMO, hidden=True)
@json_option
@flows_option
@pass_places
@click.pass_context
def demo(ctx: click.Context, places: Places, out: Path, file: Path) -> None:
    """Play a real case on a fresh database."""
    book = open_lawbook(find_flows(places.flows))
    scenario = walk(book, file)
    _clear(out)
    store = open_store(out / DATABASE, create=True)
    ctx.call_on_close(store.close)
    if not places.as_json:
        say(f"{scenario.title}\n{scenario.note}".strip() + "\n")
    played = list(_played(book, store, scenario, quiet=places.as_json))
    chart = _draw(book, scenario, out)
    desk = desk_on(book, store)
    complaints = [f"{one.step.on} {one.step.do}: {text}" for one in played for text in one.complaints]
    if places.as_json:
        show_json(_answer(desk, played, complaints, out, chart))
    else:
        _show_end(desk, played, out, chart)
    for complaint in complaints:
        click.echo(f"演示没有照预期进行: {complaint}", err=True)
    ctx.exit(1 if complaints else 0)


def _clear(out: Path) -> None:
    """Make the folder, or empty it of what an earlier demonstration left."""
    if out.exists() and not out.is_dir():
        raise InputError([f"“{out}”不是文件夹, 请用 --out 另指定一个"])
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise InputError([f"文件夹“{out}”不是演示建立的, 不予覆盖; 请用 --out 另指定一个"])
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("zhifa demo\n", encoding="utf-8")
    for path in [*out.glob(f"{DATABASE}*"), *out.glob("*.svg")]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _played(book: Lawbook, store: Store, scenario: Scenario, *, quiet: bool) -> Iterator[Played]:
    names = {str(one["id"]): str(one.get("name", one["id"])) for one in scenario.officer}
    for place, played in enumerate(play(scenario, partial(stage_desk, book, store)), start=1):
        if not quiet:
            _show_act(book, place, played, names)
        yield played


def _show_act(book: Lawbook, place: int, played: Played, names: Mapping[str, str]) -> None:
    step = played.step
    child = f"  附随程序{played.case}" if step.in_ else ""
    real = "" if not step.fill_in else "  (公开文书没有写明, 由演示补足)"
    if played.advanced is not None:
        flow = book.flows.compiled(played.advanced.case.flow).flow
        done = played.advanced.step
        say(f"{place:>3}. {step.on} {step_name(flow, done.trigger)}{child}{real}")
        say(
            f"→ {flow.state[done.target].name}    办理人: {listed(names.get(one, one) for one in step.by)}",
            indent=5,
        )
        show_effects(flow, done, indent=5)
    elif played.refused is not None:
        say(f"{place:>3}. {step.on} {played.refused.step}{child}: 不予办理")
        show_refusals(played.refused.refusals, indent=5)
    if step.note:
        say(f"注: {step.note}", indent=5)
    for complaint in played.complaints:
        say(f"!! {complaint}", indent=5)


def _draw(book: Lawbook, scenario: Scenario, out: Path) -> Path:
    flow_id = scenario.flow.partition("@")[0]
    ref = (
        scenario.flow
        if "@" in scenario.flow
        else [one for one in book.flows.refs() if one.startswith(f"{flow_id}@")][-1]
    )
    path = out / f"{ref}.svg"
    path.write_bytes(draw(book.flows.compiled(ref).flow, book.flows.digest(ref), "svg"))
    return path


def _main(desk: Desk, played: list[Played]) -> Case:
    return desk.history(next(one.case for one in played if not one.step.in_))[0]


def _answer(
    desk: Desk, played: list[Played], complaints: list[str], out: Path, chart: Path
) -> dict[str, object]:
    case = _main(desk, played)
    refused = [one for one in played if one.refused is not None]
    return {
        "case": case.id, "state": case.state, "ended": case.ended, "acts": len(played), "refused": len(refused),
        "complaints": complaints, "database": str(out / DATABASE), "chart": str(chart),
    }  # fmt: skip


def _show_end(desk: Desk, played: list[Played], out: Path, chart: Path) -> None:
    case, compiled, _ = desk.history(_main(desk, played).id)
    refused = sum(one.refused is not None for one in played)
    say(f"\n共{len(played)}步, 其中不予办理{refused}步。案件现状:")
    show_case(compiled.flow, case)
    say("各项期限:")
    show_clocks(compiled.flow, case.clocks.values())
    checked, problems, _ = counted(verify(desk.store, desk.flows, desk.law))
    say(f"\n{summary(checked)}, 问题{len(problems)}处")
    say(f"流程图: {chart}")
    say(f"数据库: {out / DATABASE}")
    say("接着可以试:")
    say(f"zhifa --database {out / DATABASE} case history {case.id}", indent=2)
    say(f"zhifa --database {out / DATABASE} verify", indent=2)
