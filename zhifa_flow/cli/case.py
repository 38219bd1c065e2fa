"""zhifa case: the commands on cases, each loaded when it is called."""

from __future__ import annotations

from zhifa_flow.cli.group import Table, group

TABLE: Table = {
    "open": ("zhifa_flow.cli.case_open", "open_case", "登记一个案件"),
    "list": ("zhifa_flow.cli.case_view", "list_cases", "列出案件"),
    "show": ("zhifa_flow.cli.case_view", "show", "案件的现状、文书、期限和附随程序"),
    "identify": ("zhifa_flow.cli.case_identify", "identify", "登记查明的当事人(登记案件时尚不明确的)"),
    "move": (
        "zhifa_flow.cli.case_move",
        "move_case",
        "改用流程的新版本, 列明有何不同; 已办环节不合新版本的不予办理",
    ),
    "next": ("zhifa_flow.cli.case_view", "next_steps", "每个环节能否办理, 由谁办理, 不能办理的全部理由"),
    "do": ("zhifa_flow.cli.case_do", "do", "办理一个环节"),
    "history": ("zhifa_flow.cli.case_view", "history", "全部办案记录"),
    "clock": ("zhifa_flow.cli.case_clock", "clock", "案件的各项期限, 以及如何得出"),
    "export": (
        "zhifa_flow.cli.case_export",
        "export",
        "导出案件的全部记录(JSON), 或者办案步骤的事件日志(XES)",
    ),
}


@group(TABLE, help="案件: 登记、查看、办理。")
def case() -> None:
    """The commands on cases."""
