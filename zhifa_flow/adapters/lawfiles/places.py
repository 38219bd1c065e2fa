"""The calendars of a folder: the nation's, and those of places (``local/<region>/<year>.toml``), read when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from zhifa_flow.adapters.lawfiles.calendars import YearFiles, read_files, survey
from zhifa_flow.engine.calendar import Calendar, contradicting
from zhifa_flow.model.errors import FileError
from zhifa_flow.model.localyear import LocalYear, region_problems

LOCAL: Final = "local"

#: Hears of files that cannot be used, when the calendar that they belong to is first asked for.
Tell = Callable[[str], None]


class CalendarFolder:
    """The nation's calendar of a folder and, called with a region, the calendar of that place.

    A file that is wrong spoils its own year for those who go by it, and nothing else: the year is assumed, its
    results are provisional and say so, and ``tell`` hears of it.

    Raises:
        FileError: there is no calendar at all.
    """

    def __init__(self, root: Path, *, tell: Tell | None = None, known_on: date | None = None) -> None:
        self._root, self._tell = root, tell
        self._files = survey(root)
        if not self._files.years and not self._files.unread:
            raise FileError(str(root), self._files.problems)
        doubts = _doubts(self._files.unread, "按周末和法定节日推定")
        self.nation = Calendar(self._files.years, known_on=known_on, unread=doubts)
        self._say(doubts)
        self._places: dict[str, YearFiles[LocalYear]] = {}
        self._composed: dict[tuple[str, ...], Calendar] = {}
        self._found: dict[str, Calendar] = {}

    def __call__(self, region: str) -> Calendar:
        """The calendar that an office of that region goes by: the nearer place adds to the wider."""
        if region not in self._found:
            around = self._around(region)
            if around not in self._composed:
                self._composed[around] = self._compose(around) if around else self.nation
            self._found[region] = self._composed[around]
        return self._found[region]

    def problems(self) -> list[str]:
        """Everything that is wrong with any file, of the nation and of every place."""
        found = [*self._files.problems, *_strays(self._root / LOCAL)]
        for name in self._names:
            unknown = [*region_problems(name)]
            found += (f"{LOCAL}/{name}: {problem}" for problem in unknown)
            found += [] if unknown else self._problems_of(name)
        return found

    def _problems_of(self, name: str) -> Iterator[str]:
        yield from self._place(name).problems
        wrong = contradicting(self.nation, self._years(self._around(name)))
        known = {each.year for each in self._files.years} | self._files.unread.keys()
        for local in self._place(name).years:
            found = wrong.get((name, local.year), [])
            if local.year not in known:
                found = [f"没有全国{local.year}年的文件 {local.year}.toml, 应当先录入全国的安排"]
            yield from (f"{_path(name, local.year)}: {problem}" for problem in found)

    def _compose(self, around: Sequence[str]) -> Calendar:
        years = self._years(around)
        wrong = contradicting(self.nation, years)
        unread = {year: why for name in around for year, why in self._place(name).unread.items()}
        unread |= {year: f"{_path(name, year)} 有误" for name, year in wrong}
        doubts = _doubts(unread, "只按全国的安排推定")
        self._say(doubts)
        return self.nation.in_place([each for each in years if (each.region, each.year) not in wrong], doubts)

    def _around(self, region: str) -> tuple[str, ...]:
        """The places with days of their own that a region lies in, from the widest on."""
        return tuple(name for name in self._names if region.startswith(name) and not [*region_problems(name)])

    @cached_property
    def _names(self) -> list[str]:
        folder = self._root / LOCAL
        names = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
        return sorted(names, key=lambda name: (len(name), name))

    def _years(self, names: Sequence[str]) -> list[LocalYear]:
        return [each for name in names for each in self._place(name).years]

    def _place(self, name: str) -> YearFiles[LocalYear]:
        if name not in self._places:
            self._places[name] = _read_place(self._root, name)
        return self._places[name]

    def _say(self, doubts: Mapping[int, str]) -> None:
        if self._tell and doubts:
            self._tell(f"{'; '.join(doubts.values())}(结果为暂定); 用 zhifa flow check 查看")


def _read_place(root: Path, name: str) -> YearFiles[LocalYear]:
    since: list[int | None] = []

    def check(year: LocalYear) -> Iterator[str]:
        if year.region != name:
            yield f"文件写的地区是“{year.region}”, 应当放在 {LOCAL}/{year.region} 文件夹里"
        since.append(year.yearly_since)
        if year.yearly_since != since[0]:
            yield f"yearly_since 应当与同一地区最早的文件一致, 即{since[0] or '不写'}"

    return read_files(root / LOCAL / name, root, LocalYear, check)


def _strays(folder: Path) -> Iterator[str]:
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in paths:
        if path.suffix == ".toml":
            yield f"{LOCAL}/{path.name}: 应当放在以地区全称命名的文件夹里, 如 {LOCAL}/广西壮族自治区/2024.toml"


def _path(name: str, year: int) -> str:
    return f"{LOCAL}/{name}/{year}.toml"


def _doubts(unread: Mapping[int, str], then: str) -> dict[int, str]:
    return {year: f"{why}, {year}年{then}" for year, why in unread.items()}
