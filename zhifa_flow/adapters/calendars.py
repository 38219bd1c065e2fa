"""Calendar files: ``<year>.toml`` in one folder, read together into one calendar."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.model.calendar import Amendment, CalendarYear, Holiday
from zhifa_flow.model.errors import FileError, close_names

_KEYS = {
    field.alias or name
    for words in (CalendarYear, Amendment, Holiday)
    for name, field in words.model_fields.items()
}


def load_calendar(folder: Path, *, known_on: date | None = None) -> Calendar:
    """The calendar that the files of a folder state, or as it was known on an earlier day.

    Raises:
        FileError: the folder holds no calendar, a file is wrong, or a year between two files is missing;
            carries every problem of every file.
    """
    return Calendar(read_years(folder), known_on=known_on)


def read_years(folder: Path) -> tuple[CalendarYear, ...]:
    """Every year of a folder, the earliest first.

    Raises:
        FileError: as for ``load_calendar``.
    """
    years: list[CalendarYear] = []
    problems: list[str] = []
    paths = sorted(folder.glob("*.toml"))
    for path in paths:
        try:
            years.append(_read(path))
        except FileError as wrong:
            problems += (f"{path.name}: {problem}" for problem in wrong.problems)
    if not paths:
        problems.append("没有日历文件, 应当有 2004.toml 至最近一年的文件")
    problems += _gaps(paths)
    if problems:
        raise FileError(str(folder), problems)
    return tuple(years)


def _read(path: Path) -> CalendarYear:
    try:
        with path.open(encoding="utf-8") as file:
            year = CalendarYear.model_validate(tomllib.loads(file.read()))
    except UnicodeDecodeError:
        raise FileError(path.name, ["不是UTF-8编码, 请另存为UTF-8"]) from None
    except tomllib.TOMLDecodeError as wrong:
        raise FileError(path.name, [f"不是有效的TOML: {wrong}"]) from None
    except ValidationError as wrong:
        raise FileError(path.name, [line for error in wrong.errors() for line in _said(error)]) from None
    if path.stem != str(year.year):
        raise FileError(path.name, [f"文件名应当与年份一致, 即 {year.year}.toml"])
    return year


def _gaps(paths: Sequence[Path]) -> Iterator[str]:
    present = sorted(int(path.stem) for path in paths if path.stem.isdecimal())
    for earlier, later in pairwise(present):
        for missing in range(earlier + 1, later):
            yield f"缺少{missing}年的文件 {missing}.toml"


def _said(error: ErrorDetails) -> Iterator[str]:
    """One pydantic error in Chinese, with its place in the file."""
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    key = str(error["loc"][-1]) if error["loc"] else ""
    match error["type"]:
        case "missing":
            yield f"缺少 {place}"
        case "extra_forbidden":
            close = close_names(key, _KEYS)
            yield f"不认识 {place}" + (f", 是否指: {'、'.join(close)}" if close else "")
        case "value_error":
            for line in str(error["ctx"]["error"]).split("\n"):
                yield f"{place}: {line}" if place else line
        case _:
            expected = _EXPECTED.get(error["type"].split("_")[0], "别的类型")
            yield f"{place} 的值 {error['input']!r} 不对, 应当是{expected}"


_EXPECTED = {
    "date": "日期, 例如 2026-10-01",
    "int": "整数",
    "string": "文字",
    "tuple": "列表",
    "model": "表",
}
