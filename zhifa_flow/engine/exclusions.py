"""The days that a deadline of a case left out, circumstance by circumstance, each day once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhifa_flow.engine.deadlines import leaves_out, pause_row
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.turns import Run, Turn, origin
from zhifa_flow.model.flow import Deadline
from zhifa_flow.model.ledger import Entry, EntryKind, Grounds
from zhifa_flow.model.table import Row

_NEXT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A flag from the step that raised it to the one that took it down, if that has happened."""

    flag: str
    raised: Turn
    lowered: Turn | None

    @property
    def first(self) -> date:
        return self.raised.step.on

    def last(self, today: date) -> date:
        """The last day on which it was up; the day before the first if it came down on the day it went up."""
        return self.lowered.step.on - _NEXT if self.lowered else today


def excluded(s: Situation, run: Run, end: date) -> list[Entry]:
    """Every stretch of a pausing flag that touches the period, and how many days more it took out of the count.

    ``s`` is the case on the day for which the deadline is counted, ``end`` its last day.
    """
    deadline, started = run.deadline, run.begun.started
    entries, covered = list[Entry](), set[int]()
    for stretch in _stretches(run):
        last = stretch.last(s.on)
        if stretch.lowered and max(stretch.first, last) <= started:
            continue
        days = range(max(stretch.first, started + _NEXT).toordinal(), min(last, end).toordinal() + 1)
        fresh = set(days) - covered if leaves_out(s, deadline, stretch.flag, stretch.first) else set[int]()
        covered |= fresh
        entries.append(_entry(s, deadline, stretch, last, len(fresh)))
    return entries


def _stretches(run: Run) -> list[_Stretch]:
    up: dict[str, Turn] = {}
    found: list[_Stretch] = []
    for turn in run.taken:
        for flag in run.deadline.pauses:
            if flag in turn.step.lowered:
                found.append(_Stretch(flag, up.pop(flag), turn))
            # What the step raises that ended the deadline came too late to stop it.
            if flag in turn.step.raised and turn is not run.ended_by:
                up[flag] = turn
    found += [_Stretch(flag, turn, None) for flag, turn in up.items()]
    return sorted(found, key=lambda one: (one.first, one.raised.step.seq))


def _entry(s: Situation, deadline: Deadline, stretch: _Stretch, last: date, days: int) -> Entry:
    flag, row = s.flow.flag[stretch.flag], pause_row(s, deadline, stretch.flag, stretch.first)
    table = s.law.tables[deadline.pause_table].name if deadline.pause_table else ""
    left_out = leaves_out(s, deadline, stretch.flag, stretch.first)
    said = _left_out(stretch, flag.name, last, days) if left_out else _counted(stretch, flag.name, last)
    if table and row is None:
        said += f"(“{table}”没有适用于本案的规定)"
    return Entry(
        EntryKind.EXCLUDED, stretch.first, said, origin(s.flow, stretch.raised),
        until=origin(s.flow, stretch.lowered) if stretch.lowered else None,
        first=stretch.first, last=last if stretch.lowered else None, days=days, left_out=left_out, flag=stretch.flag,
        grounds=grounds_of(flag.basis, flag.gap, table, row),
    )  # fmt: skip


def _left_out(stretch: _Stretch, name: str, last: date, days: int) -> str:
    if last < stretch.first:
        return f"{stretch.first}停止计算({name}), 当日恢复, 没有扣除"
    rest = ", 其余各日已经扣除或者不在期限之内" if days < (last - stretch.first).days + 1 else ""
    taken = f"扣除{days}日{rest}" if days else "没有再扣除, 各日已经扣除或者不在期限之内"
    if stretch.lowered is None:
        return f"自{stretch.first}起停止计算({name}), 尚未恢复, 至今{taken}"
    return f"{_days(stretch.first, last)}停止计算({name}), {taken}"


def _counted(stretch: _Stretch, name: str, last: date) -> str:
    when = _days(stretch.first, max(stretch.first, last)) if stretch.lowered else f"自{stretch.first}起"
    return f"{when}{name}, 不扣除, 照常计算"


def _days(first: date, last: date) -> str:
    return f"{first}至{last}" if last > first else str(first)


def grounds_of(basis: Sequence[str], gap: str, table: str = "", row: Row | None = None) -> Grounds:
    """The grounds of an entry: those of the flow, and of the row of the table where one speaks."""
    if row is None:
        return Grounds(tuple(basis), gap)
    both = tuple(dict.fromkeys((*basis, *row.basis)))
    return Grounds(both, gap, table, row.id, row.policy)
