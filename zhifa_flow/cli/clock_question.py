"""What zhifa clock is asked: the period as it was typed, read whole, with every mistake told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import click

from zhifa_flow.bootstrap.lawfolder import find_flows, open_policies
from zhifa_flow.cli.clock_registry import Registered, overruled, read_period
from zhifa_flow.cli.clock_words import Event, read_event, read_span
from zhifa_flow.cli.places import Places
from zhifa_flow.engine.calendar import CalendarRangeError
from zhifa_flow.engine.clock import Direction, Length, Roll, Span, Unit
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.policy import Policy

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """A period to be counted, as it was typed; ``counted_as`` is what was typed where a policy counts another unit."""

    event: Event
    length: Length
    roll: Roll
    direction: Direction
    excluded: Sequence[Span]
    policy: Policy | None
    region: str
    named: Registered | None
    counted_as: str = ""


def read_question(places: Places, start: str, length: str, rules: dict[str, Any]) -> Question:
    """What was typed, read whole: every mistake is told at once."""
    policy = open_policies(find_flows(places.flows)).find(rules["policy"]) if rules["policy"] else None
    problems: list[str] = []
    unknown, typed = "", None
    event = _read(read_event, start, "START: ", problems)
    period = _read(partial(read_period, places), length, "LENGTHUNIT: ", problems)
    named = period if isinstance(period, Registered) else None
    measure = period if isinstance(period, Length) else None
    excluded = [_read(read_span, text, "--exclude: ", problems) for text in rules["exclude"]]
    if named:
        problems += overruled(rules)
        rules, event = named.rules(rules), event and named.event(event)
        unknown = named.unknown(event) if event else ""
        measure = _read(named.length, event, "LENGTHUNIT: ", problems) if event and not unknown else None
    elif measure and policy:
        typed = measure
        problems += _misfit(policy, rules)
        measure = _read(policy.measured, measure, "--policy: ", problems) if policy.counts else measure
    roll = Roll(rules["roll"] or (policy and policy.roll) or "none")
    direction = Direction(rules["direction"] or (policy and policy.direction) or "after")
    problems += _contradictions(event, measure, roll, direction, rules)
    if unknown and not problems:
        raise InputError([unknown])
    if problems or event is None or measure is None:
        raise click.UsageError("; ".join(problems))
    if policy and not policy.applies(event.day):
        since = f"自{policy.from_}起" if policy.from_ else ""
        until = f"至{policy.to}" if policy.to else ""
        raise InputError([f"口径“{policy.name}”{since}{until}适用, 不能用于{event.day}起算的期限"])
    return Question(
        event, measure, roll, direction, [span for span in excluded if span], policy, rules["region"], named,
        counted_as="" if typed in (None, measure) else str(typed),
    )  # fmt: skip


def _read(reader: Callable[[Any], T], typed: Any, place: str, problems: list[str]) -> T | None:
    try:
        return reader(typed)
    except CalendarRangeError:
        raise
    except ValueError as error:
        problems.append(f"{place}{error}")
        return None


def _misfit(policy: Policy, rules: dict[str, Any]) -> Iterator[str]:
    if not policy.counts:
        yield f"口径“{policy.name}”不是期限怎样计算的口径, --policy 只能用有 roll 的各行(见 --policies)"
    elif rules["roll"] or rules["direction"]:
        yield "--policy 已经定了顺延和方向, 请去掉 --roll、--direction"


def _contradictions(
    event: Event | None, length: Length | None, roll: Roll, direction: Direction, rules: dict[str, Any]
) -> Iterator[str]:
    if roll is Roll.FORWARD and direction is Direction.BEFORE:
        yield "向前倒数的期限没有顺延(民法典第二百零三条只延后期间的最后一日), 请去掉 --roll forward"
    if length is None or length.unit is not Unit.HOUR:
        return
    if rules["exclude"] or roll is Roll.FORWARD or direction is Direction.BEFORE:
        yield "以小时计的期限昼夜连续计算, 不扣除、不顺延、不倒数(--exclude、--roll、--direction 不适用)"
    if event and event.moment is None:
        yield f"“{event.day}”没有写明时刻, 以小时计的期限应写如 2026-03-02T15:30"
