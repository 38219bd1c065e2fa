"""Commands that speak Chinese, and groups that load a command only when it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from zhifa_flow.model.errors import close_names

#: Of every command of a group: the module, the name in it, and one line of help, known without loading it.
Table = Mapping[str, tuple[str, str, str]]


class ChineseCommand(click.Command):
    """A command whose help is Chinese throughout."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [param for param in self.get_params(ctx) if not isinstance(param, click.Argument)]
        records = [option.get_help_record(ctx) for option in options]
        known = [record for record in records if record]
        if known:
            with formatter.section("选项"):
                formatter.write_dl([(name, _in_chinese(text)) for name, text in known])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示说明"
        return option


class LazyGroup(ChineseCommand, click.Group):
    """A group that knows its commands by a table and imports the module of the one that is called."""

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        kwargs |= {"no_args_is_help": False, "subcommand_metavar": "命令 [参数]..."}
        super().__init__(*args, **kwargs)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        del ctx
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        del ctx
        if cmd_name not in self.table:
            return None
        module, name, _ = self.table[cmd_name]
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        ChineseCommand.format_options(self, ctx, formatter)
        with formatter.section("命令"):
            formatter.write_dl([(name, text) for name, (_, _, text) in self.table.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; without any the help is what was wanted."""
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called.

        Raises:
            click.UsageError: there is none of that name; says which come close.
        """
        name = args[0]
        if name not in self.table and not ctx.resilient_parsing and not name.startswith("-"):
            near = close_names(name, self.table)
            hint = f", 是否指: {'、'.join(near)}" if near else f"; 可用的命令: {'、'.join(self.table)}"
            raise click.UsageError(f"没有命令“{name}”{hint}", ctx)
        return super().resolve_command(ctx, args)


Function = Callable[..., Any]


def command(**settings: Any) -> Callable[[Function], ChineseCommand]:
    """Decorate a function as a Chinese command."""
    return click.command(cls=ChineseCommand, **settings)


def group(table: Table, **settings: Any) -> Callable[[Function], LazyGroup]:
    """Decorate a function as a group whose commands are loaded when called."""
    return click.group(cls=LazyGroup, table=table, **settings)


def _in_chinese(text: str) -> str:
    words: Sequence[tuple[str, str]] = (
        ("required]", "必填]"),
        ("env var: ", "环境变量 "),
        ("default: ", "默认 "),
    )
    for english, chinese in words:
        text = text.replace(english, chinese)
    return text
