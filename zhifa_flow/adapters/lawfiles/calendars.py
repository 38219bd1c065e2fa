"""Calendar files: ``<year>.toml`` in one folder, read together into one calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final, Generic, TypeVar

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.toml import read_toml, schema_problems
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.festivals import statutory_days
from zhifa_flow.model.calendar import CalendarYear, Year
from zhifa_flow.model.errors import FileError

_YEAR: Final = re.compile(r"[0-9]{4}")
AnyYear = TypeVar("AnyYear", bound=Year)
#: What is wrong with a year that reads well.
Check = Callable[[AnyYear], Iterator[str]]


@dataclass(frozen=True, slots=True)
class YearFiles(Generic[AnyYear]):
    """What the files of a folder state: the years that can be used, the files that cannot, every problem."""

    years: tuple[AnyYear, ...]
    unread: Mapping[int, str]
    problems: tuple[str, ...]


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
    files = survey(folder)
    if files.problems:
        raise FileError(str(folder), files.problems)
    return files.years


def survey(folder: Path) -> YearFiles[CalendarYear]:
    """What the nation's files of a folder state. A wrong file and a missing year between two spoil their year alone."""
    files = read_files(folder, folder, CalendarYear, _forgotten)
    years = [*(each.year for each in files.years), *files.unread]
    gaps = {year: f"缺少{year}年的文件 {year}.toml" for year in _gaps(years)}
    problems = [*files.problems, *gaps.values()]
    if not years:
        problems.append("没有日历文件, 应当有 2004.toml 至最近一年的文件")
    return YearFiles(files.years, {**files.unread, **gaps}, tuple(problems))


def read_files(
    folder: Path, root: Path, model: type[AnyYear], check: Check[AnyYear] | None = None
) -> YearFiles[AnyYear]:
    """Every ``<year>.toml`` of a folder under ``root``; ``check`` finds what only the folder knows to be wrong."""
    years: list[AnyYear] = []
    unread: dict[int, str] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        name = path.relative_to(root).as_posix()
        try:
            years.append(_read(path, root, model, check))
        except FileError as error:
            problems += (f"{name}: {problem}" for problem in error.problems)
            if _YEAR.fullmatch(path.stem):
                unread[int(path.stem)] = f"{name} 有误"
    return YearFiles(tuple(years), unread, tuple(problems))


def _read(path: Path, root: Path, model: type[AnyYear], check: Check[AnyYear] | None) -> AnyYear:
    raw = read_toml(path, root)
    try:
        year = model.model_validate(raw)
    except ValidationError as error:
        raise FileError(path.name, schema_problems(error, model)) from None
    if path.stem != str(year.year):
        raise FileError(path.name, [f"文件名应当与年份一致, 即 {year.year}.toml"])
    if wrong := [*check(year)] if check else []:
        raise FileError(path.name, wrong)
    return year


def _forgotten(year: CalendarYear) -> Iterator[str]:
    """The statutory days off that a file does not know: a notice may move weekends, never these ."""
    off = year.arrangement().off
    for day, name in statutory_days(year.year).items():
        if day not in off:
            yield f"{day}是法定放假日({name}, 全国年节及纪念日放假办法), 没有列入放假"


def _gaps(years: Sequence[int]) -> Iterator[int]:
    for earlier, later in pairwise(sorted(years)):
        yield from range(earlier + 1, later)
