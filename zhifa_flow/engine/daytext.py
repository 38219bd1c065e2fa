"""Days and moments as they are typed."""

from __future__ import annotations

import re
from datetime import date, datetime

from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.engine.wording import WrongValue, shown
from zhifa_flow.model.flow import Field

#: No party was born and no act done outside these years; "26-03-09" is a slip, not a day of the first century.
YEARS = range(1900, 2101)

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def read_day(field: Field, raw: object, where: str, on: date) -> object:
    """The day as ISO text; not after the act unless the field is about the future."""
    day = parse_day(raw, where)
    if day > on and not field.future:
        raise WrongValue(f"{where}为{day}, 晚于办理日期{on}")
    return day.isoformat()


def parse_day(raw: object, where: str) -> date:
    """A calendar day written as a date or as 2026-03-09, 2026/3/9, 2026年3月9日.

    Raises: ``WrongValue`` (caught by ``read_value``) where no such day exists.
    """
    day = _day_of(raw)
    if day is None:
        raise WrongValue(f"{where}{shown(raw)}不是日历上的一天, 应如 2026-03-09")
    if day.year not in YEARS:
        raise WrongValue(f"{where}为{day}, 年份应在{YEARS[0]}至{YEARS[-1]}之间")
    return day


def _day_of(raw: object) -> date | None:
    try:
        if isinstance(raw, date):
            return _here(raw).date() if isinstance(raw, datetime) else raw
        match = _DAY.fullmatch(raw.strip()) if isinstance(raw, str) else None
        return date(*(int(part) for part in match.groups())) if match else None
    except (ValueError, OverflowError):  # no such day, or none in Shanghai
        return None


def _here(moment: datetime) -> datetime:
    """The moment as clocks in Shanghai show it."""
    return moment if moment.utcoffset() is None else moment.astimezone(SHANGHAI).replace(tzinfo=None)


def read_moment(field: Field, raw: object, where: str, on: date) -> object:
    """The moment in Shanghai as ISO text, to the minute; not after the act unless the field is about the future."""
    text = raw.isoformat() if isinstance(raw, datetime) else raw.strip() if isinstance(raw, str) else ""
    try:
        # A day alone is no moment: nobody said that it happened at midnight.
        moment = _here(datetime.fromisoformat(text if ":" in text else ""))
    except (ValueError, OverflowError):
        raise WrongValue(f"{where}{shown(raw)}不是时刻, 应如 2026-03-09T14:30") from None
    if parse_day(moment, where) > on and not field.future:
        raise WrongValue(f"{where}为{moment:%Y-%m-%d %H:%M}, 晚于办理日期{on}")
    return moment.isoformat(timespec="minutes")
