"""口径: one declared answer to a question on counting that the law leaves open or that is contested."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field as Rule
from pydantic import WithJsonSchema, field_serializer, model_validator

from zhifa_flow.model.clock import ClockId
from zhifa_flow.model.errors import NotFound
from zhifa_flow.model.period import Direction, Length, Roll, Unit
from zhifa_flow.model.table import LengthText
from zhifa_flow.model.words import Key, Text, Texts, Words


class Example(Words):
    """A worked date: what the answer comes to; ``acts_from`` is the first day on which an act is allowed.

    ``roll`` is the row's own where it has one.
    """

    start: dt.date | dt.datetime
    length: Annotated[LengthText, WithJsonSchema({"type": "string", "description": "7工作日、90日、3个月"})]
    roll: Roll = Roll.NONE
    exclude: Texts = ()
    due: dt.date | dt.datetime
    safe: dt.date | None = None
    acts_from: dt.date | None = None
    note: str = ""

    @field_serializer("length")
    def _as_written(self, length: Length) -> str:
        return str(length)

    def told(self, direction: Direction) -> str:
        """The example in Chinese, counted from or back from its event."""
        back = direction is Direction.BEFORE
        counted = f"{self.start}{'前' if back else '起'}{self.length}"
        parts = (
            f"{counted}, 扣除{'、'.join(self.exclude)}" if self.exclude else counted,
            f"{'最迟' if back else '至'}{self.due}",
            f"稳妥日{self.safe}" if self.safe not in (None, self.due) else "",
            f"{self.acts_from}起可以办理" if self.acts_from else "",
            self.note,
        )
        return ", ".join(part for part in parts if part)


class Policy(Words):
    """One row: the question, our answer and why, what a careful office does, articles or the gap, and from when.

    A ``switch`` is read by a program: ``unit`` (of a bare 日), ``roll`` and ``direction`` by ``zhifa clock --policy``,
    ``value`` by the command that the row names in ``read_by``. A ``reading`` describes what the code does anyway.
    ``clocks`` are the periods of the registry that the row speaks of.
    """

    id: Key
    kind: Literal["switch", "reading"]
    name: Text
    question: Text
    answer: Text
    reason: Text
    safe: Text
    basis: Texts = ()
    sources: Texts = ()
    gap: str = ""
    from_: dt.date | None = Rule(default=None, alias="from")
    to: dt.date | None = None
    unit: Unit | None = None
    roll: Roll | None = None
    direction: Direction = Direction.AFTER
    value: str = ""
    of: Texts = ()
    read_by: str = ""
    clocks: tuple[ClockId, ...] = ()
    example: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        problems = []
        if not self.basis and not self.gap:
            problems.append("没有依据(basis), 也没有说明法律空白(gap)")
        if self.from_ and self.to and self.to < self.from_:
            problems.append(f"截止日期{self.to}早于起始日期{self.from_}")
        if (self.kind == "switch") != bool(self.roll or self.value):
            problems.append("switch 应当写明 roll 或者 value, reading 不写")
        if self.roll is Roll.FORWARD and self.direction is Direction.BEFORE:
            problems.append("向前倒数的期限没有顺延")
        if bool(self.value) != bool(self.of) or (self.value and self.value not in self.of):
            problems.append(f"value“{self.value}”应当是 of 所列的一项: {'、'.join(self.of)}")
        if problems:
            raise ValueError("\n".join(f"{self.id}: {problem}" for problem in problems))
        return self

    @property
    def counts(self) -> bool:
        """Whether it says how a period is counted, so that ``zhifa clock --policy`` can take it."""
        return self.roll is not None

    def applies(self, on: dt.date) -> bool:
        """Whether it speaks for an event of this day."""
        return (self.from_ is None or self.from_ <= on) and (self.to is None or on <= self.to)

    def measured(self, length: Length) -> Length:
        """The length in the unit that a statute's bare 日 means here.

        Raises:
            ValueError: the length is in another unit than the row is about.
        """
        if self.unit is None or length.unit is self.unit:
            return length
        if length.unit is not Unit.DAY:
            raise ValueError(f"口径“{self.name}”以{self.unit.chinese}计, 不能用于{length}")
        return Length(length.count, self.unit)


class PolicyTable(Words):
    """The table of ``flows/policies.toml``. ``declared`` is the day on which we last stood by it as a whole."""

    format: Literal["zhifa-policies/1"] = Rule(alias="schema")
    name: Text
    declared: dt.date
    note: str = ""
    policy: tuple[Policy, ...]

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        names = [name for row in self.policy for name in (row.id, row.name)]
        twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
        if twice:
            raise ValueError(f"口径的编号或者名称重复: {'、'.join(twice)}")
        return self

    def find(self, name: str) -> Policy:
        """The row of that id or name.

        Raises:
            NotFound: there is none; says which come close.
        """
        known = {key: row for row in self.policy for key in (row.id, row.name)}
        if name not in known:
            raise NotFound("口径", name, known)
        return known[name]
