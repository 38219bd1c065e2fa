"""What every command is told about where things are: the flows, the database, the time; and how to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class Places:
    """Where things are, as far as the command line says. ``now`` is set by tests only; without it, time is real."""

    flows: Path | None = None
    database: Path | None = None
    now: Callable[[], datetime] | None = None
    as_json: bool = False


def pass_places(command: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the places to a command as its first argument."""
    return click.make_pass_decorator(Places, ensure=True)(command)


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value:
        # On the root, where errors are answered: a command's own context is gone by then.
        places = ctx.find_root().ensure_object(Places)
        setattr(places, str(param.name), Path(value) if isinstance(value, str) else value)


def flows_option(command: F) -> F:
    """Add --flows to a command."""
    return _remembered("--flows", metavar="DIR", help="流程文件夹")(command)


def database_option(command: F) -> F:
    """Add --flows and --database to a command."""
    return _remembered("--database", metavar="FILE", help="案件数据库")(flows_option(command))


def json_option(command: F) -> F:
    """Add --json to a command."""
    return _remembered("--json", "as_json", is_flag=True, help="以 JSON 输出, 供程序读取")(command)


def _remembered(*names: str, **settings: Any) -> Callable[[F], F]:
    return click.option(*names, callback=_remember, expose_value=False, **settings)


def root_options(command: F) -> F:
    """Add the places to the root command, where the environment is asked too."""
    for name, variable, text in (
        ("--database", "ZHIFA_DATABASE", "案件数据库(默认为当前文件夹的 zhifa.db)"),
        ("--flows", "ZHIFA_FLOWS", "流程文件夹(默认为 ./flows, 其次为随程序安装的流程)"),
    ):
        option = _remembered(name, envvar=variable, show_envvar=True, metavar="PATH", help=text)
        command = option(command)
    return command
