"""The registry of clocks (期限登记) at zhifa clock: a period named instead of measured, and the list of all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from zhifa_flow.bootstrap.lawfolder import find_flows, open_clocks
from zhifa_flow.cli.clock_words import Event, plain, read_length
from zhifa_flow.cli.jsontext import show_json
from zhifa_flow.cli.places import Places
from zhifa_flow.cli.screens import listed, say, table
from zhifa_flow.model.clock import SAME_DAY, Clock, DatedLength
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.period import Direction, Length, Roll, Unit

_OWNERS = {"party": "当事人", "agency": "机关", "officer": "执法人员"}
_EXPIRIES = {
    "overdue": "逾期", "lapse": "权利消灭", "power_ends": "权力终止", "may_proceed": "可以继续办理", "deemed": "依法视为",
}  # fmt: skip
_FIGURE = re.compile(r"[-+−0-9]")


@dataclass(frozen=True, slots=True)
class Registered:
    """A clock of the registry, by its id."""

    id: str
    clock: Clock

    def event(self, event: Event) -> Event:
        """The event it is counted from: where the law fixes a date, the next such date."""
        return replace(event, day=self.clock.event(event.day))

    def unknown(self, event: Event) -> str:
        """Why nothing can be said of an event that early, in Chinese; empty where something can."""
        return not_recorded(self.id, self.clock, event.day)

    def length(self, event: Event) -> Length:
        """Its length for that event.

        Raises:
            ValueError: it has no last day, it only accrues.
        """
        stated = self.clock.on(event.day)
        if stated is None:
            first = event.day + timedelta(days=1)
            raise ValueError(
                f"“{self.clock.name}”没有最后一日: 自{first}起每日{self.clock.daily}; {self.clock.effect}"
            )
        return stated.length

    def rules(self, rules: Mapping[str, Any]) -> dict[str, Any]:
        """The options of the command with the roll and the direction that the registry states."""
        roll = Roll.FORWARD if self.clock.rolls else Roll.NONE
        return {**rules, "roll": roll.value, "direction": self.clock.direction.value}

    def heading(self, event: Event) -> str:
        """What is counted, and by which articles."""
        stated = self.clock.on(event.day)
        said = _said(self.clock, stated)
        return f"{self.clock.name}({self.id}): {self._from}{said}" + _bracketed(self._basis(stated))

    def lines(self, event: Event) -> Iterator[str]:
        """What a lawyer wants to know beside the date, one line each."""
        clock, stated = self.clock, self.clock.on(event.day)
        yield self.heading(event)
        yield f"{_OWNERS[clock.owner]}的期限, 期满: {clock.effect}"
        if since := _since(clock):
            yield f"{since}起适用, 以前的规定没有收录"
        if clock.pause:
            yield f"不计入的时间: {clock.pause}"
        if clock.extension:
            extra = clock.extension
            yield f"可以延长{extra.length}, 至多{extra.times}次, 须经{extra.approver}批准" + _bracketed(
                extra.basis
            )
        if clock.table:
            yield f"领域、地区另有规定的从其规定, 见数据表 {clock.table}"
        for one in (clock, stated):
            if one and one.gap:
                yield f"没有核对或者法律没有规定: {one.gap}"
            if one and one.policy:
                yield f"口径: {one.policy}"

    def told(self, event: Event) -> dict[str, Any]:
        """The same for programs."""
        stated = self.clock.on(event.day)
        return _answer(self.id, self.clock) | {
            "length": _said(self.clock, stated),
            "basis": self._basis(stated),
        }

    @property
    def _from(self) -> str:
        if self.clock.fixed or self.clock.length == Length(0, Unit.DAY):
            return f"{self.clock.start}, "
        return f"{self.clock.start}{'以前' if self.clock.direction is Direction.BEFORE else '起'}"

    def _basis(self, stated: DatedLength | None) -> list[str]:
        return [*self.clock.basis, *(stated.basis if stated else ())]


def read_period(places: Places, text: str) -> Length | Registered:
    """What was typed for LENGTHUNIT: a length, or the id or Chinese name of a clock of the registry.

    Raises:
        ValueError: it is neither; says how to write it and which names come close.
        FileError: the registry is wrong.
    """
    try:
        return read_length(text)
    except ValueError as error:
        if _FIGURE.match(plain(text)):
            raise
        return _named(open_clocks(find_flows(places.flows)), plain(text), str(error))


def overruled(rules: Mapping[str, Any]) -> Iterator[str]:
    """What was typed beside a clock of the registry, which states it already."""
    if rules["policy"] or rules["roll"] or rules["direction"]:
        yield "期限登记已经定了单位、顺延和方向, 请去掉 --policy、--roll、--direction"


def show_registry(places: Places) -> None:
    """Write every clock of the registry."""
    clocks = open_clocks(find_flows(places.flows))
    if places.as_json:
        show_json({"clocks": [_answer(id_, clock) for id_, clock in clocks.items()]})
        return
    rows = [
        (id_, clock.name, clock.said, _OWNERS[clock.owner], _roll(clock), _EXPIRIES[clock.expiry], listed(_articles(clock)))
        for id_, clock in clocks.items()
    ]  # fmt: skip
    columns = ("编号", "名称", "长度", "谁的期限", "末日", "期满", "依据")
    table(columns, rows, empty="期限登记(flows/clocks)里没有期限")
    if rows:
        say("某一项的起算、口径: zhifa clock START 编号 --explain")


def not_recorded(id_: str, clock: Clock, day: date) -> str:
    """That the rule of that day is not in the registry; empty where it is."""
    if clock.covers(day):
        return ""
    return (
        f"“{clock.name}”({id_})登记的是{_since(clock)}起的规定, {day}当时的规定没有收录; 请查当时有效的条文"
    )


def _since(clock: Clock) -> date | None:
    return clock.lengths[0].from_ if clock.lengths else clock.from_


def _named(clocks: Mapping[str, Clock], name: str, wrong: str) -> Registered:
    known = {key: Registered(id_, clock) for id_, clock in clocks.items() for key in (id_, clock.name)}
    if name in known:
        return known[name]
    near = close_names(name, known)
    raise ValueError(
        f"{wrong}; 也可以写期限登记的编号或者名称(见 --registry)"
        + (f", 是否指: {'、'.join(near)}" if near else "")
    )


def _answer(id_: str, clock: Clock) -> dict[str, Any]:
    raw = clock.model_dump(mode="json", by_alias=True, exclude={"length", "row", "extension"})
    lengths = [
        {"length": str(each.length), "from": each.from_, "to": each.to, "basis": each.basis, "gap": each.gap, "policy": each.policy}
        for each in clock.lengths
    ]  # fmt: skip
    extension = clock.extension and {
        **clock.extension.model_dump(mode="json"),
        "length": str(clock.extension.length),
    }
    return {
        "id": id_,
        **raw,
        "roll": _rolls(clock),
        "length": clock.said,
        "lengths": lengths,
        "extension": extension,
    }


def _rolls(clock: Clock) -> str:
    return (Roll.FORWARD if clock.rolls else Roll.NONE).value


def _roll(clock: Clock) -> str:
    if not clock.units & {Unit.DAY, Unit.MONTH, Unit.YEAR}:
        return "–"  # a working day is none to move on from, and hours have no day
    return "顺延" if clock.rolls else "不顺延"


def _said(clock: Clock, stated: DatedLength | None) -> str:
    if clock.fixed or stated is None:
        return clock.said
    return str(stated.length) if stated.length.count else f"{SAME_DAY}为止"


def _articles(clock: Clock) -> list[str]:
    """Of every time."""
    return list(dict.fromkeys([*clock.basis, *(text for row in clock.row for text in row.basis)]))


def _bracketed(basis: tuple[str, ...] | list[str]) -> str:
    return f"({listed(basis)})" if basis else ""
