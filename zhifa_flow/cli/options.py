"""Options that several commands share: the agency, who acts and when, which stretch of a list."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import click

from zhifa_flow.casework.ports import Page
from zhifa_flow.cli.values import Day, Whole

F = TypeVar("F", bound=Callable[..., Any])


def agency_option(command: F) -> F:
    """Add --agency to a command."""
    return click.option(
        "--agency", default="", envvar="ZHIFA_AGENCY", show_envvar=True, metavar="NAME", help="执法机关的编号或者名称",
    )(command)  # fmt: skip


def act_options(command: F) -> F:
    """Add what an act is told: who, on which day, entered by whom and, if late, why."""
    for option in (
        click.option("--late-reason", default="", metavar="TEXT", help="事后录入的原因"),
        click.option("--on", type=Day(), help="办理日期(默认今天)"),
        click.option(
            "--as", "recorder", default="", envvar="ZHIFA_OFFICER", show_envvar=True, metavar="NAME",
            help="录入人的编号或者姓名(默认为办理人中的第一人)",
        ),
        click.option("--by", multiple=True, metavar="NAMES", help="办理人的编号或者姓名, 几人用、或者逗号分开"),
    ):  # fmt: skip
        command = option(command)
    return command


def page_options(command: F) -> F:
    """Add --size and --after to a command, which is told a ``page``."""

    @wraps(command)
    def paged(*args: Any, size: int, after: str, **kwargs: Any) -> Any:
        return command(*args, page=Page(size, after), **kwargs)

    sized = click.option("--size", type=Whole(1, 1000), default=50, help="一页至多几条(默认50)")(paged)
    return cast("F", click.option("--after", default="", metavar="KEY", help="从这一条之后列起")(sized))
