"""zhifa flow review: the sheet that the legal office signs, from the very file that is enforced."""

from __future__ import annotations

from pathlib import Path

import click

from zhifa_flow.bootstrap.lawbook import find_flows, open_lawbook
from zhifa_flow.bootstrap.sheets import SHEET_FORMATS, review_sheet
from zhifa_flow.cli.flow_names import wanted_refs
from zhifa_flow.cli.group import command
from zhifa_flow.cli.jsontext import show_json
from zhifa_flow.cli.outfile import told_written, write_new
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.values import OneOf, same

_HELP = """流程审核表, 供法制机构审签: 每一步由谁办理、从何到何、条件和答复、法条、文书、期限, 法律没有规定之处和声明的口径。

表上有流程内容的摘要; 流程改动后摘要不同, 原来的签署不再适用。只写编号的取最新版本。
"""


@command(name="review", help=_HELP)
@click.argument("name", metavar="FLOW")
@click.option(
    "--format", "form", type=OneOf(same(*SHEET_FORMATS)), default="md", help="格式(默认 md; html 可以打印)"
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="写入文件(默认输出到屏幕)")
@json_option
@flows_option
@pass_places
def review(places: Places, name: str, form: str, out: Path | None) -> None:
    """Write the review sheet."""
    book = open_lawbook(find_flows(places.flows))
    ref = wanted_refs(book, name)[-1]
    content = review_sheet(book, ref, form)
    told = {"flow": ref, "format": form}
    if out is not None:
        write_new(out, content)
    if places.as_json:
        show_json(told | ({"text": content.decode("utf-8")} if out is None else {"written": str(out)}))
    elif out is None:
        click.echo(content.decode("utf-8"), nl=False)
    else:
        told_written(out)
