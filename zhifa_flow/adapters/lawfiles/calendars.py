"""Calendar files: ``<year>.toml`` in one folder, read together into one calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.toml import read_toml, schema_problems
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.model.calendar import CalendarYear
from zhifa_flow.model.errors import FileError


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
    raw = read_toml(path, path.parent)
    try:
        year = CalendarYear.model_validate(raw)
    except ValidationError as wrong:
        raise FileError(path.name, schema_problems(wrong, CalendarYear)) from None
    if path.stem != str(year.year):
        raise FileError(path.name, [f"文件名应当与年份一致, 即 {year.year}.toml"])
    return year


def _gaps(paths: Sequence[Path]) -> Iterator[str]:
    present = sorted(int(path.stem) for path in paths if path.stem.isdecimal())
    for earlier, later in pairwise(present):
        for missing in range(earlier + 1, later):
            yield f"缺少{missing}年的文件 {missing}.toml"
