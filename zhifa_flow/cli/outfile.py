"""A file that a command writes for a person: never over one that is there."""

from __future__ import annotations

from pathlib import Path

from zhifa_flow.cli.screens import say
from zhifa_flow.model.errors import InputError


def write_new(path: Path, content: bytes) -> None:
    """Write a new file.

    Raises:
        InputError: there is one of that name.
    """
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise InputError([f"“{path}”已经存在, 不予覆盖"]) from None


def told_written(path: Path) -> None:
    """Say where it lies."""
    say(f"已导出: {path}")
