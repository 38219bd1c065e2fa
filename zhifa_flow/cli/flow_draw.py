"""zhifa flow draw: the chart of a flow, from the very file that is enforced."""

from __future__ import annotations

from pathlib import Path

import click

from zhifa_flow.bootstrap.drawing import FORMATS, draw
from zhifa_flow.bootstrap.lawbook import find_flows, open_lawbook
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.flow_names import wanted_refs
from zhifa_flow.cli.group import command
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.screens import say
from zhifa_flow.cli.values import OneOf, same

_ENDINGS = {"text": "txt"}


_DRAW_HELP = """画出流程图: 不写 FLOW 的画全部流程。

图由执行中的流程文件直接生成, 有问题的流程文件不画。
"""


@command(name="draw", help=_DRAW_HELP)
@click.argument("names", metavar="[FLOW]...", nargs=-1)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="写入这个文件夹(text 默认输出到屏幕)"
)
@click.option("--format", "form", type=OneOf(same(*FORMATS)), default="svg", help="格式(默认 svg)")
@json_option
@flows_option
@pass_places
def draw_flows(places: Places, names: tuple[str, ...], out: Path | None, form: str) -> None:
    """Draw charts of flows."""
    if out is None and form != "text":
        raise click.UsageError(f"{form} 须写明存放的文件夹(--out DIR)")
    book = open_lawbook(find_flows(places.flows))
    refs = [ref for name in names for ref in wanted_refs(book, name)] if names else book.flows.refs()
    charts = {
        ref: draw(book.flows.compiled(ref).flow, book.flows.digest(ref), form) for ref in dict.fromkeys(refs)
    }
    if out is None:
        for chart in charts.values():
            click.echo(chart.decode("utf-8"))
        return
    written = [_write(out, ref, form, chart) for ref, chart in charts.items()]
    if places.as_json:
        show_json({"drawn": [str(path) for path in written]})
        return
    for path in written:
        say(f"已画出: {path}")


def _write(out: Path, ref: str, form: str, chart: bytes) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{ref}.{_ENDINGS.get(form, form)}"
    path.write_bytes(chart)
    return path
