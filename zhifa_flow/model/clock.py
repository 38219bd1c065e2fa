"""期限登记: one statutory period as the law states it, whatever procedure it runs in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema, field_validator, model_validator
from pydantic import Field as Rule

from zhifa_flow.model.period import Direction, Length, Roll, Unit
from zhifa_flow.model.words import Key, Text, Texts, Whole, Words

#: Whose period it is to use or to keep.
Owner = Literal["party", "agency", "officer"]

#: How a clock is named: the file it stands in, and its key there.
ClockId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]

#: The length of a period that ends with the day of its event (有效期届满前).
SAME_DAY = "当日"

_FIXED = re.compile(r"(\d{1,2})-(\d{1,2})")


def _length(value: object) -> Length:
    if isinstance(value, Length):
        return value
    return Length(0, Unit.DAY) if value == SAME_DAY else Length.parse(str(value))


ClockLength = Annotated[
    Length,
    BeforeValidator(_length),
    WithJsonSchema({"type": "string", "description": "5工作日、90日、6个月、2年、24小时、当日"}),
]


class DatedLength(Words):
    """A length that held, or holds, between two days, both included."""

    length: ClockLength
    from_: date | None = Rule(default=None, alias="from")
    to: date | None = None
    basis: Texts = ()
    gap: str = ""
    policy: str = ""

    def holds_within(self, first: date | None, last: date | None) -> bool:
        """Whether it holds on any day between two days; None stands for the beginning or the end of time."""
        begun = self.from_ is None or last is None or self.from_ <= last
        return begun and (self.to is None or first is None or first <= self.to)

    def __str__(self) -> str:
        since = f"{self.from_}起" if self.from_ else ""
        until = f"至{self.to}" if self.to else ""
        return f"{self.length}" + (f"({since}{until})" if since or until else "")


class Prolonging(Words):
    """By how much the law lets a period be prolonged, how often, and who approves it."""

    length: ClockLength
    times: Whole = Rule(default=1, ge=1)
    approver: Text
    basis: Texts = ()
    gap: str = ""


class Clock(Words):
    """法定期限: how long, from what, whose, and what follows when it has run out.

    ``length`` is the nation's general rule; where it changed, ``row`` gives one dated length after the other.
    ``table`` names the dated table that holds it too, with the rows of sectors and places that go before it
    (``limb``: the rows of it that are meant). ``daily`` is what accrues each day after the event.
    ``fixed`` is a day of the year (01-31); the period ends on the next one.
    ``from`` is the first day of an event for which this is known to hold; where a file does not say it, reading the
    files takes it from the table or from the articles cited. Of earlier events nothing is known, unless a row says it.
    ``waits``: nothing is to be done within the period, only its end counts (公告送达).
    ``start``, ``effect`` (what follows) and ``pause`` (what stops it) are said in Chinese.
    ``roll`` by default as a ``Deadline``: a party's period moves past a last day off, an agency's does not.
    ``expiry`` deemed: the law itself takes something for done, as ``effect`` says.
    """

    name: Text
    start: Text
    length: ClockLength | None = None
    row: tuple[DatedLength, ...] = ()
    table: Key | None = None
    limb: Key | None = None
    daily: str = ""
    fixed: str = ""
    from_: date | None = Rule(default=None, alias="from")
    owner: Owner
    direction: Direction = Direction.AFTER
    roll: Roll | None = None
    expiry: Literal["overdue", "lapse", "power_ends", "may_proceed", "deemed"]
    effect: Text
    waits: bool = False
    pause: str = ""
    extension: Prolonging | None = None
    basis: Texts = ()
    gap: str = ""
    policy: str = ""
    note: str = ""

    @field_validator("fixed")
    @classmethod
    def _fixed_is_a_day_of_every_year(cls, value: str) -> str:
        found = _FIXED.fullmatch(value)
        if value and not (found and _day_of_year(found)):
            raise ValueError(f"“{value}”不是每年都有的一天, 应写成 01-31")
        return value

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        problems = [*self._length_problems(), *self._direction_problems(), *self._ground_problems()]
        if problems:
            raise ValueError("\n".join(problems))
        return self

    @property
    def rolls(self) -> bool:
        """Whether a last day off moves on; never for a period counted back, nor for hours."""
        if self.direction is Direction.BEFORE or Unit.HOUR in self.units:
            return False
        return self.roll is Roll.FORWARD if self.roll else self.owner == "party"

    @property
    def lengths(self) -> tuple[DatedLength, ...]:
        """Every length it ever had, the earliest first; none where it only accrues by the day."""
        if self.length is None:
            return self.row
        return (DatedLength.model_validate({"length": self.length, "from": self.from_}),)

    @property
    def units(self) -> frozenset[Unit]:
        """What its lengths are counted in."""
        return frozenset(each.length.unit for each in self.lengths)

    @property
    def said(self) -> str:
        """Its length in Chinese: 90日; 3日(至2021-07-14)、5个工作日(2021-07-15起); 次年01-31; 按日."""
        if self.fixed:
            return f"至{self.fixed}"
        if not self.lengths:
            return f"按日({self.daily})"
        same = len({each.length for each in self.lengths}) == 1
        said = str(self.lengths[0].length) if same else "、".join(str(each) for each in self.lengths)
        if self.length and not self.length.count:
            return SAME_DAY
        return f"{said}前" if self.direction is Direction.BEFORE else said

    @property
    def waited_for(self) -> bool:
        """Whether one waits for its end: to act before it would be too early, so no earlier day is the safe one."""
        return self.waits or self.expiry == "may_proceed"

    def covers(self, day: date) -> bool:
        """Whether it is known what held for an event on that day."""
        return self.on(day) is not None if self.lengths else self.from_ is None or self.from_ <= day

    def on(self, day: date) -> DatedLength | None:
        """The length for an event on that day."""
        return next((each for each in self.lengths if each.holds_within(day, day)), None)

    def within(self, first: date | None, last: date | None) -> tuple[DatedLength, ...]:
        """Every length that holds on some day between two days."""
        return tuple(each for each in self.lengths if each.holds_within(first, last))

    def event(self, day: date) -> date:
        """The day it is counted from: the day itself or, where the law fixes a date, the next such date."""
        found = _FIXED.fullmatch(self.fixed)
        if found is None:
            return day
        fixed = day.replace(month=int(found[1]), day=int(found[2]))
        return fixed if day <= fixed else fixed.replace(year=day.year + 1)

    def _length_problems(self) -> Iterator[str]:
        if (self.length is not None) + bool(self.row) + bool(self.daily and self.length is None) != 1:
            yield "应当写明 length(长度)或者分时段的 row, 二者只取其一; 只按日计算的写明 daily"
        if self.fixed and (self.length is None or self.length.count):
            yield f"固定日期(fixed)的长度应为“{SAME_DAY}”"
        if self.row and self.from_:
            yield "分时段的 row 各自写明起止, 不再写 from"
        if self.limb and not self.table:
            yield "写明了 limb(数据表的一项), 却没有写明 table"
        for earlier, later in pairwise(self.row):
            if not (earlier.to and later.from_ == earlier.to + timedelta(days=1)):
                yield f"row: “{earlier}”之后的“{later}”应当自其止日的次日起"

    def _direction_problems(self) -> Iterator[str]:
        back, hours = self.direction is Direction.BEFORE, Unit.HOUR in self.units
        if (back or hours) and self.roll is Roll.FORWARD:
            yield "向前倒数的期限和以小时计的期限没有顺延"
        if (back or hours) and self.extension:
            yield "向前倒数的期限和以小时计的期限不能延长"
        if back and hours:
            yield "以小时计的期限不能向前倒数"

    def _ground_problems(self) -> Iterator[str]:
        stated: tuple[Clock | DatedLength, ...] = (self, *self.row)
        if not any(each.basis or each.gap or each.policy for each in stated):
            yield "没有依据(basis), 也没有写明法律没有规定或者没有核对(gap), 或者本系统声明的口径(policy)"


class ClockFile(Words):
    """A file of ``flows/clocks``: the periods of one field of law."""

    format: Literal["zhifa-clocks/1"] = Rule(alias="schema")
    id: Key
    name: Text
    note: str = ""
    clock: dict[Key, Clock]


def _day_of_year(found: re.Match[str]) -> bool:
    try:
        date(2025, int(found[1]), int(found[2]))  # a year without 29 February, which not every year has
    except ValueError:
        return False
    return True
