"""What click has to say of a wrong command line, in Chinese."""

from __future__ import annotations

import re

import click

#: click writes these in English and offers no other hook; what is in brackets is kept.
_PHRASES = (
    (r"Got unexpected extra arguments? \((.*)\)", "多余的参数: {0}"),
    (r"Missing command\.", "缺少命令"),
    (r"Option '(.*)' requires (?:an|\d+) arguments?\.", "选项 {0} 后面应当有内容"),
    (r"Option '(.*)' does not take a value\.", "选项 {0} 后面不带内容"),
    (r"Invalid start character for option \((.*)\)", "选项的写法不对: {0}"),
)


def usage_text(error: click.UsageError) -> str:
    """The mistake in one Chinese sentence."""
    match error:
        case click.NoSuchOption():
            near = f", 是否指: {'、'.join(error.possibilities)}" if error.possibilities else ""
            return f"没有选项 {error.option_name}{near}"
        case click.MissingParameter():
            what = "选项" if isinstance(error.param, click.Option) else "参数"
            return f"缺少{what} {_name(error.param)}"
        case click.BadParameter():
            name = _name(error.param)
            return f"{name}: {error.message}" if name else error.message
        case _:
            return _translated(error.message)


def show_usage(error: click.UsageError) -> None:
    """Write the mistake on the error stream, with how the command is used."""
    if error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"用 {error.ctx.command_path} --help 查看说明\n", err=True)
    click.echo(f"错误: {usage_text(error)}", err=True)


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return "/".join(param.opts) if isinstance(param, click.Option) else param.human_readable_name


def _translated(message: str) -> str:
    for pattern, chinese in _PHRASES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return chinese.format(*found.groups())
    return message
