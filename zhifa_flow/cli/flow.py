"""zhifa flow: the commands on flows. Only publishing may touch a database."""

from __future__ import annotations

from zhifa_flow.cli.group import Table, group

TABLE: Table = {
    "list": ("zhifa_flow.cli.flow_view", "list_flows", "列出流程的各个版本"),
    "show": ("zhifa_flow.cli.flow_view", "show", "一个流程的环节、状态、流转、条件和依据"),
    "check": ("zhifa_flow.cli.flow_check", "check", "检查流程文件, 指出全部问题"),
    "publish": ("zhifa_flow.cli.flow_publish", "publish_flow", "发布流程的一个版本, 此后不得改动"),
    "diff": ("zhifa_flow.cli.flow_diff", "diff", "两个版本有何不同: 环节、条件、文书、期限、法条"),
    "review": ("zhifa_flow.cli.flow_review", "review", "法制机构审签的流程审核表"),
    "test": ("zhifa_flow.cli.flow_test", "run_scenarios", "运行情景, 指出不成立的和遗漏的"),
    "mutate": ("zhifa_flow.cli.flow_mutate", "mutate", "逐一改坏流程, 看证明和情景能否发现"),
    "draw": ("zhifa_flow.cli.flow_draw", "draw_flows", "画出流程图"),
    "export": ("zhifa_flow.cli.flow_export", "export_flow", "导出流程, 供其他软件读取(BPMN、SCXML)"),
    "schema": ("zhifa_flow.cli.flow_schema", "write_schemas", "写出各种文件的 JSON Schema"),
}


@group(TABLE, help="流程: 列出、查看、检查、审核、发布、画图。")
def flow() -> None:
    """The commands on flows."""
