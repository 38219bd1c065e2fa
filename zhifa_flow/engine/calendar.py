"""Which days are working days, and how sure that is: the yearly notices laid out as one line of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import accumulate

from zhifa_flow.engine.festivals import statutory_days
from zhifa_flow.model.calendar import FIRST_YEAR, LAST_YEAR, Arrangement, CalendarYear, Notice, Year
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.localyear import LocalYear

FIRST_DAY = date(FIRST_YEAR, 1, 1)
LAST_DAY = date(LAST_YEAR, 12, 31)
_BEFORE = FIRST_DAY.toordinal() - 1
_END = LAST_DAY.toordinal()
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_SATURDAY = 5
_NEW_YEAR_EVES = 29  # the next year's notice has at times moved days from 29 December on (2006, 2007, 2018 …)


class CalendarRangeError(InputError, ValueError):
    """A day before 2004 or after 2100, which this calendar does not reach."""

    def __init__(self, what: str) -> None:
        super().__init__([f"{what}超出可以计算的范围({FIRST_YEAR}年至{LAST_YEAR}年)"])


class Calendar:
    """Working days from 2004 to 2100, of the nation or of one place; immutable.

    A year without a published notice is laid out from weekends and the statutory days, and is not published; nor are
    the last three days of the year before it, which its notice may move.
    ``known_on`` leaves out what was announced later: the calendar as an office saw it on that day.
    ``unread`` are years whose file cannot be used, each with what is to be said of it; they are not published either.
    ``local`` are the years of the place with days off of its own, and of the wider places around it. ``nation`` is
    the calendar without them; None for the nation's own.
    """

    __slots__ = (
        "_assumed", "_doubts", "_known_on", "_local", "_made_up", "_off", "_rank", "_unread", "_workdays", "_years",
        "nation",
    )  # fmt: skip

    def __init__(
        self, years: Iterable[CalendarYear], *, known_on: date | None = None,
        unread: Mapping[int, str] | None = None, local: Iterable[LocalYear] = (), nation: Calendar | None = None,
    ) -> None:  # fmt: skip
        self.nation = nation
        self._known_on = known_on
        self._unread = unread or {}
        self._years = {each.year: each for each in years if self._known(each)}
        self._local = sorted((each for each in local if self._known(each)), key=lambda each: len(each.region))
        self._doubts = dict(self._doubtful_years())
        self._off: dict[date, str] = {}
        self._made_up: frozenset[date] = frozenset()
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            arrangement = self.arrangement(year)
            self._off |= arrangement.off
            self._made_up |= arrangement.made_up
        self._workdays = tuple(self._lay_out())
        self._rank = _numbered(self._workdays)
        self._assumed = _numbered(self._lay_out_assumed())

    def in_place(self, local: Iterable[LocalYear], unread: Mapping[int, str]) -> Calendar:
        """This calendar of the nation with the days that a place and the wider places around it added."""
        return Calendar(
            self._years.values(), known_on=self._known_on, unread={**unread, **self._unread}, local=local,
            nation=self,
        )  # fmt: skip

    @property
    def unread(self) -> Mapping[int, str]:
        """The years whose file cannot be used, each with what is to be said of it."""
        return self._unread

    def unread_between(self, first: date, last: date) -> list[str]:
        """What is to be said of every year from ``first`` to ``last`` whose file cannot be used."""
        return [self._unread[year] for year in range(first.year, last.year + 1) if year in self._unread]

    def arrangement(self, year: int) -> Arrangement:
        """What holds in a year: by the notices, or for want of one by the statutory days; wider places first."""
        known = self._years.get(year)
        holds = known.arrangement(self._known_on) if known else Arrangement(statutory_days(year), frozenset())
        for local in self._local:
            if local.year == year:
                holds = local.over(holds, self._known_on)
        return holds

    def is_workday(self, day: date) -> bool:
        """Whether people work: make-up weekend days included, weekdays moved off excluded.

        Raises:
            CalendarRangeError: the day lies before 2004 or after 2100.
            ValueError: it is a moment and not a day.
        """
        at = self.ordinal(day) - _BEFORE
        return self._rank[at] != self._rank[at - 1]

    def is_published(self, day: date) -> bool:
        """Whether every notice that may arrange the day is known; without it the day is only assumed.

        From 29 December on that is the next year's notice too, which has moved these days at times.
        """
        return day.year not in self._doubts and not self._waits(day)

    def doubt(self, year: int) -> str:
        """What is not known of a year and what is assumed instead; empty for a published one."""
        return self._doubts.get(year, "")

    def unpublished_from(self, year: int) -> int | None:
        """The first year from a given one on for which a notice is missing; None up to 2100."""
        return next((each for each in range(year, LAST_YEAR + 1) if each in self._doubts), None)

    def assumed_between(self, first: int, last: int) -> bool:
        """Whether any day between two ordinals, both included, is only assumed for want of a notice (hot: a look-up)."""
        return self._assumed[last - _BEFORE] != self._assumed[first - 1 - _BEFORE]

    def kind(self, day: date) -> str:
        """What the day is, in Chinese: 国庆节放假, 调休上班, 周六, 普通工作日."""
        if day in self._made_up:
            return "调休上班"
        if day in self._off:
            return f"{self._off[day]}放假"
        return _WEEKDAYS[day.weekday()] if day.weekday() >= _SATURDAY else "普通工作日"

    def reason(self, day: date) -> str:
        """What the day is and, without a notice for its year, that this is only assumed."""
        if self.is_published(day):
            return self.kind(day)
        return f"{self.kind(day)}({self._doubts.get(day.year) or self._waiting(day.year)})"

    def notices(self, first: date, last: date) -> tuple[str, ...]:
        """The notices that arranged the days from ``first`` to ``last``, and the years without one."""
        return tuple(
            line for year in range(first.year, last.year + 1) for line in self._notices_of(year, first, last)
        )

    def ordinal(self, day: date) -> int:
        """The day as a number (``date.toordinal``), known to lie in this calendar.

        Raises:
            CalendarRangeError: the day lies before 2004 or after 2100.
            ValueError: it is a moment and not a day.
        """
        if isinstance(day, datetime):  # a datetime is a date to Python; its zone would be dropped silently
            raise ValueError(f"{day.isoformat()}是时刻而不是日期, 应当先换算成北京时间的日期")  # noqa: TRY004
        number = day.toordinal()
        if not _BEFORE < number <= _END:
            raise CalendarRangeError(str(day))
        return number

    def inside(self, ordinal: int) -> int:
        """The ordinal itself.

        Raises:
            CalendarRangeError: it lies before 2004 or after 2100.
        """
        if not _BEFORE < ordinal <= _END:
            raise CalendarRangeError("计算结果")
        return ordinal

    def workdays_upto(self, ordinal: int) -> int:
        """How many working days there are since the beginning of 2004, the day itself included."""
        return self._rank[ordinal - _BEFORE]

    def workdays_of(self, last_year: int) -> tuple[int, ...]:
        """Every working day from 2004 to the end of a year, as ordinals."""
        return self._workdays[: self.workdays_upto(date(last_year, 12, 31).toordinal())]

    def workday(self, number: int) -> int:
        """The working day (as an ordinal) that has this number since the beginning of 2004.

        Raises:
            CalendarRangeError: it lies before 2004 or after 2100.
        """
        if not 0 < number <= len(self._workdays):
            raise CalendarRangeError("计算结果")
        return self._workdays[number - 1]

    def _known(self, year: Year) -> bool:
        return self._known_on is None or year.announced is None or year.announced <= self._known_on

    def _doubtful_years(self) -> Iterator[tuple[int, str]]:
        """The years of which something is not known, and what: what matters most is said last and stands."""
        for region, since in {each.region: each.yearly_since for each in self._local}.items():
            announced = {each.year for each in self._local if each.region == region}
            for year in range(since or LAST_YEAR + 1, LAST_YEAR + 1):
                if year not in announced:
                    yield year, f"没有{region}{year}年的放假通知, 只按全国的安排推定"
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            if year in self._unread:
                yield year, self._unread[year]
            elif year not in self._years:
                yield year, f"尚无{year}年放假通知, 按周末和法定节日推定"

    def _notices_of(self, year: int, first: date, last: date) -> Iterator[str]:
        known = self._years.get(year)
        if year in self._doubts:
            yield f"{self._doubts[year]}, 结果为暂定"
        if known:
            yield known.notice
            yield from _touching(known.amendments_known(self._known_on), first, last)
        for local in self._local:
            said = (local, *local.amendments_known(self._known_on))
            if local.year == year and (touching := [*_touching(said, first, last)]):
                yield from touching
                yield f"{local.region}的放假日依据{'、'.join(local.basis)}; 口径({local.policy_date}): {local.policy}"
        if known and last >= _eves(year) and self._waits(_eves(year)):
            yield self._waiting(year)

    def _waits(self, day: date) -> bool:
        return day >= _eves(day.year) and day.year + 1 not in self._years

    def _waiting(self, year: int) -> str:
        state = "没有采用" if year + 1 in self._unread else "尚无"
        return f"{year}年12月29日至31日的安排, 可能因{year + 1}年放假通知({state})而变动"

    def _lay_out(self) -> Iterator[int]:
        off = frozenset(day.toordinal() for day in self._off)
        made_up = frozenset(day.toordinal() for day in self._made_up)
        for number in range(_BEFORE + 1, _END + 1):
            # 0001-01-01, ordinal 1, was a Monday
            if number in made_up or ((number - 1) % 7 < _SATURDAY and number not in off):
                yield number

    def _lay_out_assumed(self) -> Iterator[int]:
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            first = date(year, 1, 1) if year in self._doubts else _eves(year)
            if year in self._doubts or self._waits(first):
                yield from range(first.toordinal(), date(year, 12, 31).toordinal() + 1)


def contradicting(nation: Calendar, local: Iterable[LocalYear]) -> dict[tuple[str, int], list[str]]:
    """Which years of places contradict the published year, or a wider place, under them; by region and year."""
    wrong: dict[tuple[str, int], list[str]] = {}
    holds: dict[int, Arrangement] = {}
    for each in sorted(local, key=lambda one: len(one.region)):
        wider = holds.setdefault(each.year, nation.arrangement(each.year))
        found = [*each.contradictions(wider)] if nation.is_published(date(each.year, 1, 1)) else []
        if found:
            wrong[each.region, each.year] = found
        else:
            holds[each.year] = each.over(wider)
    return wrong


def _eves(year: int) -> date:
    return date(year, 12, _NEW_YEAR_EVES)


def _touching(notices: Iterable[Notice], first: date, last: date) -> Iterator[str]:
    """Those of the notices that speak of a day from ``first`` to ``last``."""
    return (each.notice for each in notices if any(first <= day <= last for day in each.days))


def _numbered(ordinals: Iterable[int]) -> tuple[int, ...]:
    """For every day of the calendar how many of the given days there are up to it; 0 before the first."""
    marks = [0] * (_END - _BEFORE + 1)
    for ordinal in ordinals:
        marks[ordinal - _BEFORE] = 1
    return tuple(accumulate(marks))
