"""What may be typed after an option: days, hours, numbers, closed lists; wrong ones are answered in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import TYPE_CHECKING, Any

import click

from zhifa_flow.model.errors import close_names
from zhifa_flow.model.region import full_region

_DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_HOUR = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})")
_LIST = re.compile(r"[、,，;；]")

if TYPE_CHECKING:
    _Type = click.ParamType[Any]
else:
    _Type = click.ParamType  # not generic in the older versions that we accept


class Day(_Type):
    """A calendar day: 2026-03-09, 2026/3/9 or 2026年3月9日."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was typed."""
        if isinstance(value, date):
            return value
        found = _DAY.fullmatch(str(value).strip())
        try:
            return date(*(int(part) for part in found.groups())) if found else date.fromisoformat("")
        except ValueError:
            self.fail(f"“{value}”不是日历上的一天, 应如 2026-03-09", param, ctx)


class Region(_Type):
    """A region by its full name or with its province in short: 广西壮族自治区南宁市, 河南许昌."""

    name = "REGION"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The region with the full name of its province."""
        try:
            return full_region(str(value).strip())
        except ValueError as unknown:
            self.fail(str(unknown), param, ctx)


class Hour(_Type):
    """An hour of the day: 14:30."""

    name = "HH:MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        """The hour that was typed."""
        if isinstance(value, time):
            return value
        found = _HOUR.fullmatch(str(value).strip())
        try:
            return time(int(found[1]), int(found[2])) if found else time.fromisoformat("")
        except ValueError:
            self.fail(f"“{value}”不是一天里的时刻, 应如 14:30", param, ctx)


class Whole(_Type):
    """A whole number, at least the least and at most the most."""

    name = "N"

    def __init__(self, least: int = 0, most: int = 1_000_000) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that was typed."""
        text = str(value).strip()
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
            self.fail(f"“{value}”应为{self.least}至{self.most}的整数", param, ctx)
        return int(text)


class OneOf(_Type):
    """One word of a closed list; each may go by several names."""

    def __init__(self, words: Mapping[str, str], name: str = "") -> None:
        self.words = words
        self.name = name or "|".join(dict.fromkeys(words.values()))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that was typed, in its normal form."""
        known = self.words.get(str(value).strip())
        if known is None:
            near = close_names(str(value), self.words)
            hint = f", 是否指: {'、'.join(near)}" if near else ""
            self.fail(f"“{value}”不在可选范围: {'、'.join(self.words)}{hint}", param, ctx)
        return known


def same(*words: str) -> dict[str, str]:
    """The words of a list that go by themselves."""
    return {word: word for word in words}


def names(values: tuple[str, ...]) -> list[str]:
    """The names that options give, each option holding one or several with 、 or a comma between them."""
    return [name.strip() for value in values for name in _LIST.split(value) if name.strip()]
