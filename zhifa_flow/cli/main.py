"""The command line (zhifa): which commands there are, and how errors are answered. Loads no command by itself."""

from __future__ import annotations

import errno
import gc
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from zhifa_flow.cli.group import LazyGroup, Table
from zhifa_flow.cli.places import Places, root_options
from zhifa_flow.cli.usage import show_usage
from zhifa_flow.model.errors import (
    CaseChanged,
    FileError,
    InputError,
    NotFound,
    Refused,
    StoreError,
    ZhifaError,
)
from zhifa_flow.model.hindrance import hindrance

TABLE: Table = {
    "demo": ("zhifa_flow.cli.demo", "demo", "演示: 一个真实案件从线索到归档"),
    "case": ("zhifa_flow.cli.case", "case", "案件: 登记、查看、办理"),
    "inbox": ("zhifa_flow.cli.worklist", "inbox", "待办: 等待某岗位或某人办理的案件"),
    "due": ("zhifa_flow.cli.worklist", "due", "期限: 按日期排列, 逾期在前"),
    "agency": ("zhifa_flow.cli.register", "agency", "执法机关名册: 导入、查看"),
    "officer": ("zhifa_flow.cli.register", "officer", "执法人员名册: 导入、查看"),
    "matter": ("zhifa_flow.cli.matter", "matter", "权责清单: 导入、查看事项"),
    "flow": ("zhifa_flow.cli.flow", "flow", "流程: 列出、查看、检查、画图"),
    "clock": ("zhifa_flow.cli.clock", "clock", "期限计算, 期限口径"),
    "surcharge": ("zhifa_flow.cli.surcharge", "surcharge_command", "加处罚款、滞纳金的计算"),
    "verify": ("zhifa_flow.cli.verify", "verify_store", "核验全部案件的办案记录是否被改动"),
}

#: How programs are told which family of error it is, the narrowest first.
_FAMILIES = {
    Refused: "refused",
    NotFound: "not_found",
    CaseChanged: "case_changed",
    FileError: "file",
    StoreError: "store",
    ZhifaError: "input",
}


class Zhifa(LazyGroup):
    """The root: every error of a person is answered in Chinese, none with a traceback."""

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
        standalone_mode: bool = True, **extra: Any,
    ) -> Any:  # fmt: skip
        """Run the command line: exit code 0 done, 1 refused or not found, 2 wrong usage."""
        _speak_utf8()
        _start_lightly()
        try:
            code = super().main(args, prog_name or "zhifa", complete_var, standalone_mode=False, **extra)
        except click.UsageError as error:
            show_usage(error)
            code = error.exit_code
        except click.Abort:
            click.echo("已取消, 没有改动", err=True)
            code = 1
        if not standalone_mode:
            return code
        sys.exit(code)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, which have to be whole characters."""
        if any("\ud800" <= character <= "\udfff" for arg in args for character in arg):
            raise click.UsageError("命令行里有不能识别的字符, 请使用 UTF-8 编码的终端", ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is called; what it cannot do is said on the error stream."""
        try:
            return super().invoke(ctx)
        except ZhifaError as error:
            _show(error, as_json=ctx.ensure_object(Places).as_json)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            problem = f"文件不能读写({hindrance(error)}): {error.filename or ''}"
            _show(InputError([problem]), as_json=ctx.ensure_object(Places).as_json)
        return ctx.exit(1)


def _show(error: ZhifaError, *, as_json: bool) -> None:
    heading = _heading(error)
    if heading:
        click.echo(heading, err=True)
        for place, problem in enumerate(error.problems, start=1):
            click.echo(f"  {place}. {problem}", err=True)
    else:
        click.echo(f"错误: {error.problems[0]}", err=True)
    if as_json:
        click.echo(json.dumps(_told(error), ensure_ascii=False, indent=2))


def _heading(error: ZhifaError) -> str:
    match error:
        case Refused():
            return f"不能办理“{error.step}”, 理由共{len(error.problems)}项:"
        case FileError():
            return f"{error.source} 有{len(error.problems)}处问题:"
        case _:
            return f"错误, 共{len(error.problems)}处:" if len(error.problems) > 1 else ""


def _told(error: ZhifaError) -> dict[str, object]:
    kind = next(name for family, name in _FAMILIES.items() if isinstance(error, family))
    told: dict[str, object] = {"error": kind, "problems": list(error.problems)}
    if isinstance(error, Refused):
        told["step"] = error.step
        told["refusals"] = [asdict(refusal) for refusal in error.refusals]
    return told


def _start_lightly() -> None:
    """Leave out what a command of a second has no use for, a tenth of its time.

    That is garbage looked for again and again, and plug-ins of pydantic, which have no business between us and our
    files anyway.
    """
    gc.set_threshold(100_000)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page, and never fail on a character it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


_HELP = """行政执法流程引擎: 按法定程序办理案件, 每一步写明依据, 不能办理时写明全部理由。

退出码: 0 完成; 1 不予办理或者没有找到; 2 用法不对。
"""


@click.command(
    cls=Zhifa, table=TABLE, name="zhifa", help=_HELP, context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
@root_options
def main() -> None:
    """Take the places that all commands share."""
