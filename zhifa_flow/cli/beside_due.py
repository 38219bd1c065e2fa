"""What is said beside a last day that is a day off: the day if it rolled, and no safe day where one has to wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from zhifa_flow.bootstrap.lawfolder import open_policies
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.clock import due
from zhifa_flow.engine.derivation import SAFE_DAY
from zhifa_flow.model.errors import ZhifaError
from zhifa_flow.model.period import Length, Roll, Span, Unit

#: The declared policy on the periods of agencies: whether their last days roll is contested.
CONTESTED: Final = "duty_roll"


@dataclass(frozen=True, slots=True)
class Rolled:
    """The last day as it would be by the other reading, and how to say so."""

    date: date
    said: str


def if_rolled(
    root: Path, clock: str | None, last: date, calendar: Calendar, excluded: Sequence[Span] = ()
) -> Rolled | None:
    """The day to which a last day of that clock would roll; None where it is a working day or nobody contests it."""
    if clock is None:
        return None
    try:
        row = open_policies(root).find(CONTESTED)
    except ZhifaError:  # a folder may do without declared policies, or without this one
        return None
    if clock not in row.clocks or row.roll is not Roll.NONE:
        return None
    day = due(last, Length(0, Unit.DAY), calendar, roll=Roll.FORWARD, excluded=excluded).date
    if day == last:
        return None
    return Rolled(day, f"如果顺延, 末日为{day}(参照民法典第二百零三条第一款); 口径“{row.name}”: {row.answer}")


def without_safe_day(lines: Iterable[str]) -> list[str]:
    """The reasoning without the last working day on which one may still act."""
    return [line.partition(SAFE_DAY)[0] for line in lines]
