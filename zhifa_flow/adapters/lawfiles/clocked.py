"""Deadlines of a flow file that name a clock of the registry (期限登记): what the file leaves out, filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from zhifa_flow.model.clock import Clock, DatedLength
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.period import Direction

Raw = dict[str, Any]

#: What the law says; a file may at most repeat it. Name, basis and gap are its own to word.
_LAW = ("length", "unit", "table", "owner", "roll", "expiry", "waits")


def fill_in(raw: Raw, clocks: Mapping[str, Clock]) -> tuple[list[str], set[tuple[str, ...]]]:
    """Complete every deadline that says ``clock``, in place.

    Returns the problems, and the deadlines taken out because there is nothing to complete them with.
    What is of the wrong type is left as it is, for the schema to answer.
    """
    problems: list[str] = []
    left_out: set[tuple[str, ...]] = set()
    written = raw.get("deadline")
    deadlines: Raw = written if isinstance(written, dict) else {}
    for key, deadline in list(deadlines.items()):
        id_ = deadline.get("clock") if isinstance(deadline, dict) else None
        if not isinstance(id_, str):
            continue
        clock = clocks.get(id_)
        unusable = _unusable(clock, _lengths(raw, clock)) if clock else _unknown(id_, clocks)
        if clock is None or unusable:
            problems.append(f"deadline.{key}.clock: {unusable}")
            left_out.add(("deadline", key))
            del deadlines[key]
            continue
        law = _law(clock, _lengths(raw, clock))
        problems += (f"deadline.{key}.{text}" for text in _contradictions(deadline, id_, clock, law))
        for name, value in (law | _words(clock, _lengths(raw, clock))).items():
            if value:
                deadline.setdefault(name, value)
    return problems, left_out


def _lengths(raw: Raw, clock: Clock) -> Sequence[DatedLength]:
    """The lengths that hold while the flow is in force; the newest where nobody can tell when that is."""
    first, last = raw.get("effective_from"), raw.get("effective_to")
    if type(first) is not date:  # a moment is a date to Python, and no day to compare with
        return clock.lengths[-1:]
    return clock.within(first, last if type(last) is date else None)


def _unknown(id_: str, clocks: Mapping[str, Clock]) -> str:
    near = close_names(id_, clocks)
    return f"期限登记里没有“{id_}”" + (f", 是否指: {'、'.join(near)}" if near else "")


def _unusable(clock: Clock, lengths: Sequence[DatedLength]) -> str:
    """Why no deadline of a case can be such a clock; empty where one can."""
    if clock.direction is Direction.BEFORE:
        return f"“{clock.name}”向前倒数, 不能用作流程的期限; 请用核对提前天数的判断(guard)"
    if clock.fixed or not clock.lengths or not all(each.length.count for each in clock.lengths):
        return f"“{clock.name}”没有自起算日计算的长度, 不能用作流程的期限"
    if clock.limb:
        return f"“{clock.name}”由数据表 {clock.table} 的一项决定, 不能用作流程的期限; 请用认定(finding)"
    if not clock.table and len({each.length for each in lengths}) != 1:
        return f"“{clock.name}”在本流程施行期间没有唯一的长度, 又没有数据表可依, 不能用作流程的期限"
    return ""


def _law(clock: Clock, lengths: Sequence[DatedLength]) -> Raw:
    law: Raw = {
        "owner": clock.owner,
        "roll": "forward" if clock.rolls else "none",
        "expiry": clock.expiry,
        "waits": clock.waits,
    }
    if clock.table:
        return {"table": clock.table, **law}
    length = lengths[0].length
    return {"length": length.count, "unit": length.unit.value, **law}


def _words(clock: Clock, lengths: Sequence[DatedLength]) -> Raw:
    stated: tuple[Clock | DatedLength, ...] = (clock, *(row for row in clock.row if row in lengths))
    return {
        "name": clock.name,
        "basis": [text for one in stated for text in one.basis],
        "gap": "; ".join(text for one in stated for text in (one.gap, one.policy) if text),
    }


def _contradictions(deadline: Raw, id_: str, clock: Clock, law: Raw) -> Iterator[str]:
    for key in _LAW:
        if key in deadline and deadline[key] != law.get(key):
            stated = law.get(key) or (f"数据表 {clock.table}" if clock.table else clock.said)
            yield f"{key}: 期限登记 {id_}({clock.name})为“{stated}”, 这里写“{deadline[key]}”, 应当一致; 请删去这一项"
