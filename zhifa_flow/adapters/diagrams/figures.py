"""The pieces of a chart with their words broken into lines and their sizes fixed, before anything is placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal, NamedTuple

from zhifa_flow.adapters.diagrams.letters import balanced, width, wrap
from zhifa_flow.adapters.diagrams.picture import FEW, Act, Box, Duty, Picture

Sort = Literal["state", "step", "duty"]
Tone = Literal["ink", "time", "quiet", "exit"]

LEADING = 1.36  # of the size of the letters, from one line to the next
PAD_X, PAD_Y = 9, 6
NAME, STEP, SMALL = 13.0, 11.0, 9.0
STATE_ROOM, NUMBER_ROOM, STEP_ROOM, DUTY_ROOM = 168, 186, 138, 138


class Part(NamedTuple):
    """A word of a line, set off by blanks; ``act`` is the trigger of the step that it names."""

    text: str
    act: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of letters; ``parts`` are its stretches where it names steps."""

    text: str
    size: float
    tone: Tone = "ink"
    bold: bool = False
    left: bool = False
    indent: float = 0.0
    parts: tuple[Part, ...] = ()


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
        f"{act.number}. {act.name}", f"办理: {' '.join(act.who)}", *act.limits, *(f"文书: {one}" for one in act.documents),
        *(f"依据: {one}" for one in act.basis), f"法律未作规定: {act.gap}" if act.gap else "", act.note,
    )  # fmt: skip
    return "; ".join(part for part in parts if part)


def _state(picture: Picture, box: Box) -> Figure:
    acts, exits = picture.inside(box.key), picture.exits(box.key)
    lines = [Line(text, NAME, bold=True) for text in balanced(box.name, STATE_ROOM, NAME)]
    lines += [Line(text, SMALL, "quiet") for text in balanced(box.note, STATE_ROOM, SMALL)]
    lines += [Line(text, SMALL, "time") for limit in box.limits for text in wrap(limit, STATE_ROOM, SMALL)]
    lines += [line for act in acts if not act.often for line in _inside(act)]
    lines += _numbers("可办:", [act for act in acts if act.often], "ink")
    lines += _numbers("可转:", exits, "exit")
    words = [
        box.name,
        box.note,
        *box.limits,
        *(f"可办: {act.name}" for act in acts),
        *(f"可转: {act.name}" for act in exits),
    ]
    return _figure(
        "state", state_id(box.key), box.key, box.row, lines, "; ".join(word for word in words if word),
        main=box.main, rounded=box.begins or box.ends,
    )  # fmt: skip


def _inside(act: Act) -> Iterable[Line]:
    """An act told by its name."""
    for text in wrap(f"{act.number} {act.name}", STATE_ROOM, SMALL):
        yield Line(text, SMALL, left=True, parts=(Part(text, act.trigger),))


def _numbers(heading: str, acts: Sequence[Act], tone: Tone) -> Iterable[Line]:
    """Steps told by their numbers, in lines that begin under the first number."""
    begin = Part(heading)
    parts, indent = [begin], 0.0
    for act in acts:
        part = Part(str(act.number), act.trigger)
        if indent + width(_joined([*parts, part]), SMALL) > NUMBER_ROOM:
            yield _line(parts, tone, indent)
            parts, indent = [], width(f"{heading} ", SMALL)
        parts.append(part)
    if acts:
        yield _line(parts, tone, indent)


def _line(parts: Sequence[Part], tone: Tone, indent: float) -> Line:
    return Line(_joined(parts), SMALL, tone, left=True, indent=indent, parts=tuple(parts))


def _joined(parts: Sequence[Part]) -> str:
    return " ".join(part.text for part in parts)


def _step(act: Act) -> Figure:
    name = f"{act.number} {act.name}"
    lines = [Line(text, STEP, bold=act.main) for text in balanced(name, STEP_ROOM, STEP)]
    lines += [Line(text, SMALL, "quiet") for one in act.who for text in balanced(one, STEP_ROOM, SMALL)]
    lines += [Line(text, SMALL, "time") for limit in act.limits for text in wrap(limit, STEP_ROOM, SMALL)]
    if act.often:
        lines += [
            Line(text, SMALL, "exit")
            for text in wrap(f"由标有“可转 {act.number}”的状态转入", STEP_ROOM, SMALL)
        ]
    return _figure("step", step_id(act.trigger), act.trigger, act.row, lines, told(act), main=act.main)


def _duty(picture: Picture, duty: Duty) -> Figure:
    small = duty_words(picture, duty)
    lines = [Line(text, STEP, bold=True) for text in balanced(duty.name, DUTY_ROOM, STEP)]
    lines += [Line(text, SMALL, "quiet") for one in small for text in wrap(one, DUTY_ROOM, SMALL)]
    return _figure(
        "duty", duty_id(duty.key), duty.key, duty.row, lines, "; ".join([f"并行职责: {duty.name}", *small])
    )


def duty_words(picture: Picture, duty: Duty) -> list[str]:
    """What opens a side duty, when, and what waits for it; steps by their names if they are few."""
    told = [f"由“{_few(picture, duty.openers)}”引起"]
    if duty.when:
        told.append(f"条件: {duty.when}")
    if duty.holds:
        told.append(f"办结前不得办理: {_few(picture, duty.holds)}")
    return told


def _few(picture: Picture, triggers: Sequence[str]) -> str:
    acts = [picture.act[trigger] for trigger in triggers]
    return "、".join(f"{act.number} {act.name}" if len(acts) <= FEW else str(act.number) for act in acts)


def _figure(
    sort: Sort, name: str, key: str, row: int, lines: Iterable[Line], words: str, *,
    main: bool = False, rounded: bool = False,
) -> Figure:  # fmt: skip
    """A figure as wide as its longest line, not narrower than looks well, in whole even points."""
    lines = tuple(lines)
    widest = max(line.indent + width(line.text, line.size) for line in lines)
    high = sum(line.size * LEADING for line in lines)
    wide = max(96.0, widest) + 2 * PAD_X + (12 if rounded else 0)
    return Figure(name, sort, key, row, lines, words, _even(wide), _even(high + 2 * PAD_Y), main, rounded)


def _even(points: float) -> int:
    return 2 * ceil(points / 2)
