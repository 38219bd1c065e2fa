"""zhifa case export: the whole record of a case, or its steps as an event log."""

from __future__ import annotations

from pathlib import Path

import click

from zhifa_flow.bootstrap.interchange import xes_of
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.traces import traces
from zhifa_flow.cli import answers
from zhifa_flow.cli.group import command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.outfile import told_written, write_new
from zhifa_flow.cli.places import Places, database_option, pass_places
from zhifa_flow.cli.values import OneOf, same

_HELP = """导出案件的全部记录(JSON): 现状和每一步, 连同文书和摘要。

--format xes 导出办案步骤的事件日志(IEEE 1849, 过程挖掘软件可以读取): 本案和各附随程序各为一条轨迹;
不含文书、当事人和案由, 人员以编号代替, 写明 --with-names 的才写姓名和案由。
"""


@command(name="export", help=_HELP)
@click.argument("case_id", metavar="CASE")
@click.option("--format", "form", type=OneOf(same("json", "xes")), default="json", help="格式(默认 json)")
@click.option("--with-names", is_flag=True, help="xes: 写明人员姓名和案由(默认以编号代替)")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="写入文件(默认输出到屏幕)")
@database_option
@pass_places
def export(places: Places, case_id: str, form: str, out: Path | None, with_names: bool) -> None:
    """Write out a case with every step."""
    if with_names and form != "xes":
        raise click.UsageError("--with-names 只用于 --format xes, json 导出的本来就是全部记录")
    desk = open_desk(places)
    content = _log(desk, case_id, with_names) if form == "xes" else _record(desk, case_id)
    if out is None:
        click.echo(content, nl=False)
        return
    write_new(out, content.encode("utf-8"))
    told_written(out)


def _log(desk: Desk, case_id: str, with_names: bool) -> str:
    return xes_of(traces(desk, case_id), with_names=with_names).decode("utf-8")


def _record(desk: Desk, case_id: str) -> str:
    found, compiled, steps = desk.history(case_id)
    flow = compiled.flow
    told = {**answers.case_answer(flow, found), "steps": [answers.step_answer(flow, step) for step in steps]}
    return answers.as_json(told) + "\n"
