"""The pieces of a chart with their words broken into lines and their sizes fixed, before anything is placed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Literal

from zhifa_flow.adapters.diagrams.letters import balanced, width, wrap
from zhifa_flow.adapters.diagrams.picture import Act, Box, Duty, Picture

Sort = Literal["state", "step", "duty"]

LEADING = 1.36  # of the size of the letters, from one line to the next
PAD_X, PAD_Y = 9, 6
NAME, STEP, SMALL = 13.0, 11.0, 9.0
STATE_ROOM, STEP_ROOM, DUTY_ROOM = 168, 138, 128


@dataclass(frozen=True, slots=True)
class Line:
    """One line of letters. ``act`` is the trigger of the step that the line names, if it names one."""

    text: str
    size: float
    tone: Literal["ink", "time", "quiet"] = "ink"
    bold: bool = False
    left: bool = False
    act: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A piece to be placed: points wide and high; ``words`` is all that is told of it, for those who cannot see."""

    id: str
    sort: Sort
    key: str
    row: int
    lines: tuple[Line, ...]
    words: str
    width: int
    height: int
    main: bool = False
    rounded: bool = False


def figures_of(picture: Picture) -> tuple[Figure, ...]:
    """Every box, every step that moves a case and every side duty of the chart."""
    return (
        *(_state(picture, box) for box in picture.boxes),
        *(_step(act) for act in picture.acts if not act.stays),
        *(_duty(picture, duty) for duty in picture.duties),
    )


def state_id(key: str) -> str:
    """How the figure of a state is called."""
    return f"state_{key}"


def step_id(trigger: str) -> str:
    """How the figure of a step is called."""
    return f"step_{trigger}"


def duty_id(key: str) -> str:
    """How the figure of a side duty is called."""
    return f"duty_{key}"


def told(act: Act) -> str:
    """All that the chart tells of a step, in one sentence."""
    parts = (
        f"{act.number}. {act.name}", f"办理: {act.who}", *act.limits, *(f"文书: {one}" for one in act.documents),
        *(f"依据: {one}" for one in act.basis), f"法律未作规定: {act.gap}" if act.gap else "", act.note,
    )  # fmt: skip
    return "; ".join(part for part in parts if part)


def _state(picture: Picture, box: Box) -> Figure:
    acts = [picture.act[trigger] for trigger in box.acts]
    lines = [Line(text, NAME, bold=True) for text in balanced(box.name, STATE_ROOM, NAME)]
    lines += [Line(text, SMALL, "quiet") for text in balanced(box.note, STATE_ROOM, SMALL)]
    lines += [Line(text, SMALL, "time") for limit in box.limits for text in wrap(limit, STATE_ROOM, SMALL)]
    lines += [line for act in acts for line in _inside(act)]
    words = "; ".join(
        [box.name, *([box.note] if box.note else []), *box.limits, *(f"可办: {act.name}" for act in acts)]
    )
    ends = box.begins or box.ends
    return _figure("state", state_id(box.key), box.key, box.row, lines, words, main=box.main, rounded=ends)


def _inside(act: Act) -> Iterable[Line]:
    for text in wrap(f"{act.number} {act.name}", STATE_ROOM, SMALL):
        yield Line(text, SMALL, left=True, act=act.trigger)


def _step(act: Act) -> Figure:
    lines = [
        Line(text, STEP, bold=act.main) for text in balanced(f"{act.number} {act.name}", STEP_ROOM, STEP)
    ]
    lines += [Line(text, SMALL, "quiet") for text in balanced(act.who, STEP_ROOM, SMALL)]
    lines += [Line(text, SMALL, "time") for limit in act.limits for text in wrap(limit, STEP_ROOM, SMALL)]
    return _figure("step", step_id(act.trigger), act.trigger, act.row, lines, told(act), main=act.main)


def _duty(picture: Picture, duty: Duty) -> Figure:
    by = "、".join(f"{picture.act[one].number} {picture.act[one].name}" for one in duty.openers)
    small = [f"由“{by}”引起", *duty.lines]
    lines = [Line(text, STEP, bold=True) for text in balanced(duty.name, DUTY_ROOM, STEP)]
    lines += [Line(text, SMALL, "quiet") for one in small for text in balanced(one, DUTY_ROOM, SMALL)]
    return _figure(
        "duty", duty_id(duty.key), duty.key, duty.row, lines, "; ".join([f"并行职责: {duty.name}", *small])
    )


def _figure(
    sort: Sort, name: str, key: str, row: int, lines: Iterable[Line], words: str, *,
    main: bool = False, rounded: bool = False,
) -> Figure:  # fmt: skip
    """A figure as wide as its longest line, not narrower than looks well, in whole even points."""
    lines = tuple(lines)
    widest = max(width(line.text, line.size) for line in lines)
    high = sum(line.size * LEADING for line in lines)
    wide = max(96.0, widest) + 2 * PAD_X + (12 if rounded else 0)
    return Figure(name, sort, key, row, lines, words, _even(wide), _even(high + 2 * PAD_Y), main, rounded)


def _even(points: float) -> int:
    return 2 * ceil(points / 2)
