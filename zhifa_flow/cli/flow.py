"""zhifa flow: the commands on flows. None of them touches a database."""

from __future__ import annotations

from zhifa_flow.cli.group import Table, group

TABLE: Table = {
    "list": ("zhifa_flow.cli.flow_view", "list_flows", "列出流程的各个版本"),
    "show": ("zhifa_flow.cli.flow_view", "show", "一个流程的环节、状态、流转、条件和依据"),
    "check": ("zhifa_flow.cli.flow_check", "check", "检查流程文件, 指出全部问题"),
    "draw": ("zhifa_flow.cli.flow_draw", "draw_flows", "画出流程图"),
    "export": ("zhifa_flow.cli.flow_export", "export_flow", "导出流程, 供其他软件读取(BPMN、SCXML)"),
    "schema": ("zhifa_flow.cli.flow_schema", "write_schemas", "写出各种文件的 JSON Schema"),
}


@group(TABLE, help="流程: 列出、查看、检查、画图。")
def flow() -> None:
    """The commands on flows."""
