"""What may be typed of a period: its event, its length, days to leave out, as people and statutes write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from zhifa_flow.engine.calendar import FIRST_DAY, LAST_DAY, CalendarRangeError
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.model.numerals import NUMERAL_CHARACTERS, to_int
from zhifa_flow.model.period import Length, Span

_DATE: Final = r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})[日号]?"
_TIME: Final = r"([0-9]{1,2})(?::([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?|[时時点點](?:([0-9]{1,2})分?)?)"  # seconds do not matter
_ZONE: Final = r"(Z|[+-][0-9]{2}:?[0-9]{2})"
_DAY: Final = re.compile(_DATE)
_EVENT: Final = re.compile(rf"{_DATE}(?:[T ]?{_TIME}\s*{_ZONE}?)?")
_UNTIL: Final = re.compile(r"\.{2,}|至|到|~")
_NUMERAL: Final = re.compile(rf"[{NUMERAL_CHARACTERS}]+")


@dataclass(frozen=True, slots=True)
class Event:
    """The day (and, if it was typed, the moment) in Beijing from which a period is counted.

    ``said`` is which time zone the moment was taken to be in, in Chinese.
    """

    day: date
    moment: datetime | None = None
    said: str = ""


def plain(text: str) -> str:
    """The text with half-width digits and signs, without blanks at its ends."""
    return unicodedata.normalize("NFKC", text).strip()


def read_day(text: str) -> date:
    """The day that was typed: 2026-03-09, 2026/3/9 or 2026年3月9日, in digits of either width.

    Raises:
        ValueError: it is none of the calendar.
    """
    found = _DAY.fullmatch(plain(text))
    day = _date(*found.groups()) if found else None
    if day is None:
        raise ValueError(f"“{text}”不是日历上的一天, 应如 2026-03-09")
    return day


def read_event(text: str) -> Event:
    """The event that was typed: a day, or a moment; one with a time zone is moved to Beijing first.

    Raises:
        ValueError: it is none.
        CalendarRangeError: the day lies before 2004 or after 2100.
    """
    found = _EVENT.fullmatch(plain(text))
    if found is None:
        raise ValueError(f"“{text}”不是日历上的一天, 应如 2026-03-09, 或者 2026-03-09T15:30")
    year, month, day, hour, minute, short, zone = found.groups()
    typed = _date(year, month, day)
    if typed is None:
        raise ValueError(f"“{text}”不是日历上的一天, 应如 2026-03-09")
    if hour is None:
        return Event(_inside(typed))
    try:
        at = time(int(hour), int(minute or short or 0), tzinfo=_zone(zone))
    except ValueError:
        raise ValueError(f"“{text}”不是一天里的时刻, 应如 2026-03-09T15:30") from None
    moment = datetime.combine(_inside(typed), at).astimezone(SHANGHAI)
    said = f"{text.strip()}没有写明时区, 按北京时间计算"
    if zone:
        said = f"{text.strip()}即北京时间{moment:%Y-%m-%d %H:%M}, 以{moment.date()}为起算之日"
    return Event(_inside(moment.date()), moment, said)


def read_length(text: str) -> Length:
    """The length that was typed: 7工作日, ７個工作日, 六个月, 90天.

    Raises:
        ValueError: it is none, or not positive; says how to write it.
    """
    written = re.sub(r"\s", "", plain(text))
    if written.startswith(("-", "−", "负")):
        raise ValueError(f"期限“{text}”不能是负数, 向前倒数请用 --direction before")
    if re.search(r"[0-9][.,][0-9]", written):
        raise ValueError(f"期限“{text}”应为整数, 例如: 7工作日")
    if found := _NUMERAL.match(written):
        written = f"{to_int(found[0])}{written[found.end() :]}"
    return Length.parse(written)


def read_span(text: str) -> Span:
    """The days that were typed: 2026-03-05..2026-03-09, 2026年3月5日至2026年3月9日, or one day.

    Raises:
        ValueError: a day cannot be read, or the span ends before it begins.
        CalendarRangeError: a day of it lies before 2004 or after 2100.
    """
    ends = _UNTIL.split(plain(text))
    if len(ends) > 2:
        raise ValueError(f"看不懂期间“{text}”, 应写成: 2026-03-05..2026-03-09")
    try:
        first, last = read_day(ends[0]), read_day(ends[-1])
    except ValueError as error:
        raise ValueError(f"看不懂期间“{text}”: {error}") from None
    span = Span(first, last)
    if first < FIRST_DAY or last > LAST_DAY:
        raise CalendarRangeError(f"不计入的期间{span}")
    return span


def _inside(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CalendarRangeError(str(day))
    return day


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _zone(written: str | None) -> timezone:
    if written is None:
        return SHANGHAI
    if written == "Z":
        return timezone(timedelta())
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))
