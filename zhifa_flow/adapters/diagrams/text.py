"""The chart as text, stage by stage, as offices publish it where no picture can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhifa_flow.adapters.diagrams.letters import clean
from zhifa_flow.adapters.diagrams.picture import Act, Box, Duty, Lane, Picture
from zhifa_flow.adapters.diagrams.words import grounds
from zhifa_flow.model.numerals import to_chinese

INDENT = "  "

Told = tuple[int, str]  # how far a line is set in, and the line


def text_of(picture: Picture) -> str:
    """Every state with every step that leaves it or is taken in it; each step is told in full once."""
    lines: list[Told] = [(0, f"{picture.title}(文字版)"), (0, ""), (0, f"主流程: {picture.story}"), (0, "")]
    for place, lane in enumerate(picture.lanes, 1):
        lines += _lane(picture, place, lane)
    lines += _listed("并行职责", [_duty(picture, duty) for duty in picture.duties])
    lines += _listed("影响办理的情形", picture.flags)
    lines += [(0, line) for line in picture.footer]
    return "".join(f"{INDENT * depth}{clean(line)}".rstrip() + "\n" for depth, line in lines)


def _lane(picture: Picture, place: int, lane: Lane) -> Iterable[Told]:
    post = f"({lane.post})" if lane.post else ""
    yield 0, f"{to_chinese(place)}、{lane.name}{post}"
    for box in picture.boxes:
        if lane.first <= box.row < lane.end:
            yield from _box(picture, box)
    yield 0, ""


def _box(picture: Picture, box: Box) -> Iterable[Told]:
    mark = "(开始)" if box.begins else "(办结)" if box.ends else ""
    yield 1, f"【{box.name}】{mark}"
    yield from ((2, line) for line in (*([f"注: {box.note}"] if box.note else []), *box.limits))
    for arrow in picture.arrows:
        if arrow.source == box.key:
            act = picture.act[arrow.trigger]
            target = "(状态不变)" if act.stays else f"→【{picture.box[arrow.target].name}】"
            yield 2, f"{act.number}. {act.name} {target}"
            if picture.first_of(act.trigger) == box.key:
                yield from ((3, line) for line in _facts(act))


def _facts(act: Act) -> Iterable[str]:
    yield f"办理: {' '.join(act.who)}"
    yield from act.limits
    if act.documents:
        yield f"文书: {'、'.join(act.documents)}"
    yield f"依据: {grounds(act.basis, act.gap)}"
    if act.note:
        yield f"注: {act.note}"


def _duty(picture: Picture, duty: Duty) -> str:
    name = {act.trigger: f"{act.number} {act.name}" for act in picture.acts}
    told = [f"{duty.name}: 由“{'、'.join(name[one] for one in duty.openers)}”引起"]
    if duty.when:
        told.append(f"条件: {duty.when}")
    if duty.holds:
        told.append(f"办结前不得办理: {'、'.join(name[one] for one in duty.holds)}")
    return "; ".join(told)


def _listed(heading: str, lines: Sequence[str]) -> list[Told]:
    return [(0, heading), *((1, line) for line in lines), (0, "")] if lines else []
