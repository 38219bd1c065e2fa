"""放假安排 of one year, as its file states it: holidays, make-up working days, later changes, notices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from pydantic import Field, model_validator

from zhifa_flow.model.words import Text, Words

FIRST_YEAR = 2004
LAST_YEAR = 2100
_SATURDAY = 5


class Holiday(Words):
    """放假: one day, or a run of days with both ends, under one name."""

    name: Text
    date: dt.date | None = None
    from_: dt.date | None = Field(default=None, alias="from")
    to: dt.date | None = None

    @model_validator(mode="after")
    def _is_one_day_or_a_run(self) -> Self:
        given = (self.date is not None, self.from_ is not None, self.to is not None)
        if given not in {(True, False, False), (False, True, True)}:
            raise ValueError(f"“{self.name}”应当只写 date, 或者同时写 from 和 to")
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError(f"“{self.name}”的末日{self.to}早于首日{self.from_}")
        return self

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day of it, in order."""
        first, last = self.date or self.from_, self.date or self.to
        assert first is not None
        assert last is not None
        return tuple(dt.date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))


class Notice(Words):
    """A notice and what it arranges: days off (weekdays moved off too) and weekend days worked (调休上班)."""

    notice: Text
    announced: dt.date | None = None
    holidays: tuple[Holiday, ...] = ()
    workdays: tuple[dt.date, ...] = ()
    cancels: tuple[dt.date, ...] = ()

    @property
    def days(self) -> frozenset[dt.date]:
        """Every day it says something about."""
        off = (day for holiday in self.holidays for day in holiday.days)
        return frozenset(off).union(self.workdays, self.cancels)


class Amendment(Notice):
    """A change announced after the year's own notice; ``cancels`` names days whose arrangement it lifts.

    ``announced`` is the date under the notice (落款日期), here and in the year's own notice.
    """

    announced: dt.date


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What holds in a year: days off by name, and the weekend days that are worked."""

    off: Mapping[dt.date, str]
    made_up: frozenset[dt.date]


@dataclass(frozen=True, slots=True)
class Settled:
    """Notices laid one over the other: the later word stands, contradictions are named.

    ``lifted`` are days that they cancel without having arranged them.
    """

    arrangement: Arrangement
    lifted: frozenset[dt.date]
    problems: tuple[str, ...]


class Year(Notice):
    """A year's own notice, with the changes made to it afterwards."""

    year: int
    amendments: tuple[Amendment, ...] = ()
    note: str = ""

    def amendments_known(self, known_on: dt.date | None = None) -> tuple[Amendment, ...]:
        """The changes announced up to ``known_on``, or all of them."""
        return tuple(each for each in self.amendments if known_on is None or each.announced <= known_on)

    def settled(self, known_on: dt.date | None = None) -> Settled:
        """What the notices say together, all of them or those announced up to ``known_on``."""
        off: dict[dt.date, str] = {}
        made_up: set[dt.date] = set()
        lifted: set[dt.date] = set()
        problems: list[str] = []
        for notice in (self, *self.amendments_known(known_on)):
            for day in notice.cancels:
                if off.pop(day, None) is None and day not in made_up:
                    lifted.add(day)
                made_up.discard(day)
            for name, day in ((holiday.name, day) for holiday in notice.holidays for day in holiday.days):
                problems += self._objections(day, off, made_up)
                off[day] = name
            for day in notice.workdays:
                problems += self._objections(day, off, made_up)
                if day.weekday() < _SATURDAY:
                    problems.append(f"{day}不是周六或者周日, 不能列为调休上班日")
                made_up.add(day)
        return Settled(Arrangement(off, frozenset(made_up)), frozenset(lifted), tuple(problems))

    def problems_of_dates(self) -> Iterator[str]:
        """What is wrong with the year and with the order of the notices."""
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            yield f"年份{self.year}不在{FIRST_YEAR}年至{LAST_YEAR}年之内"
        dates = [each.announced for each in self.amendments]
        if self.announced is not None:
            dates.insert(0, self.announced)
        if dates != sorted(dates):
            yield "amendments 应当按 announced 的先后排列, 且不早于年度通知"

    def _objections(self, day: dt.date, off: Mapping[dt.date, str], made_up: set[dt.date]) -> Iterator[str]:
        if day.year != self.year:
            yield f"{day}不在{self.year}年, 应当写进{day.year}年的文件"
        if day in off:
            yield f"{day}已经安排放假({off[day]}), 又安排了一次"
        if day in made_up:
            yield f"{day}已经安排调休上班, 又安排了一次"


class CalendarYear(Year):
    """One year's arrangement by the State Council's notice, with the changes made to it afterwards.

    Raises:
        ValueError: dates that contradict each other or leave the year; all of them at once, one a line.
    """

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        settled = self.settled()
        problems = [*self.problems_of_dates(), *settled.problems]
        if self.cancels:
            problems.append("年度通知不能取消日期, cancels 只能写在 amendments 里")
        problems += (
            f"{day}没有放假或者上班的安排, 无从取消" for day in sorted(settled.lifted - {*self.cancels})
        )
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def arrangement(self, known_on: dt.date | None = None) -> Arrangement:
        """What holds after all changes, or after those announced up to ``known_on``."""
        return self.settled(known_on).arrangement
