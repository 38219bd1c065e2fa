"""zhifa flow export: a flow in a form that other people's tools read."""

from __future__ import annotations

from pathlib import Path

import click

from zhifa_flow.bootstrap.interchange import FLOW_FORMATS
from zhifa_flow.bootstrap.lawbook import find_flows, open_lawbook
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.flow_names import wanted_refs
from zhifa_flow.cli.group import command
from zhifa_flow.cli.outfile import told_written, write_new
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.values import OneOf, same

_HELP = """导出流程, 供其他软件读取: BPMN 2.0(流程建模软件)或者 SCXML(状态机软件)。

FLOW 可以写编号、版本或者中文名; 只写编号的导出最新版本。
条件和依据作为文字说明随附, 其他软件不据此判断能否办理。有问题的流程文件不导出。
"""


@command(name="export", help=_HELP)
@click.argument("name", metavar="FLOW")
@click.option("--format", "form", type=OneOf(same(*FLOW_FORMATS)), required=True, help="格式")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="写入文件(默认输出到屏幕)")
@json_option
@flows_option
@pass_places
def export_flow(places: Places, name: str, form: str, out: Path | None) -> None:
    """Write out a flow."""
    book = open_lawbook(find_flows(places.flows))
    ref = wanted_refs(book, name)[-1]
    content = FLOW_FORMATS[form](book.flows.compiled(ref).flow, book.flows.digest(ref))
    told = {"flow": ref, "format": form}
    if out is not None:
        write_new(out, content)
    if places.as_json:
        show_json(told | ({"text": content.decode("utf-8")} if out is None else {"exported": str(out)}))
    elif out is None:
        click.echo(content.decode("utf-8"), nl=False)
    else:
        told_written(out)
