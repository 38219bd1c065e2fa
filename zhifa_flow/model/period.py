"""期限 as a statute states it: unit, length, direction of counting, and spans of days that do not count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhifa_flow.model.errors import close_names


class Unit(StrEnum):
    """What a period is counted in; “日” means something else in each statute, so a flow names it."""

    WORKDAY = "workday"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"

    @property
    def chinese(self) -> str:
        """The unit as a statute writes it: 工作日, 日, 月, 年, 小时."""
        return _CHINESE[self]

    @classmethod
    def parse(cls, text: str) -> Unit:
        """The unit that a word names; 个月, 天, 自然日 and the key of a flow file are understood too.

        Raises:
            ValueError: no unit has this name; says which come close.
        """
        name = text.strip().removeprefix("个").removeprefix("個")
        if name in _UNITS:
            return _UNITS[name]
        close = close_names(name, _UNITS)
        hint = f", 是否指: {'、'.join(close)}" if close else ""
        raise ValueError(f"不认识期限单位“{text.strip()}”{hint}; 可用的单位: {'、'.join(_CHINESE.values())}")


_CHINESE = {
    Unit.WORKDAY: "工作日",
    Unit.DAY: "日",
    Unit.MONTH: "月",
    Unit.YEAR: "年",
    Unit.HOUR: "小时",
}
_UNITS = (
    {name: unit for unit, name in _CHINESE.items()}
    | {unit.value: unit for unit in Unit}
    | {"天": Unit.DAY, "自然日": Unit.DAY, "小時": Unit.HOUR}
)
_MEASURED = frozenset({Unit.WORKDAY, Unit.MONTH})  # 5个工作日, 6个月, but 90日, 2年, 24小时
_LONGEST = 6  # digits; more would only ever be a slip of the keyboard


@dataclass(frozen=True, slots=True)
class Length:
    """A count of one unit, at least one; no days at all stand for a fixed date, which runs from nothing.

    >>> str(Length.parse("7工作日")), str(Length.parse("6个月")), str(Length.parse("90自然日"))
    ('7个工作日', '6个月', '90日')

    Raises:
        ValueError: the count is negative, or zero of another unit than days.
    """

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < (0 if self.unit is Unit.DAY else 1):
            raise ValueError(f"期限的长度应当至少为1, 现为{self.count}")

    @classmethod
    def parse(cls, text: str) -> Length:
        """The length that a text such as 7工作日, 90日, 6个月, 2年 or 24小时 states.

        Raises:
            ValueError: the text is not a number and a unit; says how to write it.
        """
        found = re.fullmatch(r"([+-]?\d+)\s*(\S+)", text.strip())
        if found is None:
            raise ValueError(f"看不懂期限“{text}”, 应写成数字加单位, 例如: 7工作日、90日、6个月、2年、24小时")
        digits, unit = found.groups()
        if len(digits) > _LONGEST:
            raise ValueError(f"期限“{text}”过长, 数字最多{_LONGEST}位")
        length = cls(int(digits), Unit.parse(unit))
        if length.count == 0:
            raise ValueError(f"期限“{text}”的长度应当至少为1")
        return length

    def __str__(self) -> str:
        measure = "个" if self.unit in _MEASURED else ""
        return f"{self.count}{measure}{self.unit.chinese}"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both included.

    >>> Span.parse("2024-01-01..2024-01-05").days
    5

    Raises:
        ValueError: the last day lies before the first.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"期间的末日{self.last}早于首日{self.first}, 请对调")

    @classmethod
    def parse(cls, text: str) -> Span:
        """The span that 2024-01-01..2024-01-05 states; one date alone is a span of one day.

        Raises:
            ValueError: a date cannot be read, or the span ends before it begins.
        """
        first, _, last = text.replace("至", "..").partition("..")
        return cls(_date(first, text), _date(last or first, text))

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


class Roll(StrEnum):
    """Whether a last day that is no working day moves on to the next one (民法典第二百零三条第一款)."""

    NONE = "none"
    FORWARD = "forward"


class Direction(StrEnum):
    """Whether a period runs from its event onwards, or is counted back from it (听证的七日前)."""

    AFTER = "after"
    BEFORE = "before"


def _date(text: str, whole: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(
            f"看不懂期间“{whole}”中的日期“{text.strip()}”, 应写成: 2024-01-01..2024-01-05"
        ) from None
