"""What a chart shows, before anybody says how it is drawn: boxes, steps, arrows and side duties of a flow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhifa_flow.adapters.diagrams import words
from zhifa_flow.adapters.diagrams.course import MANY, Course, course_of
from zhifa_flow.model.flow import Flow

#: An act that changes nothing is told by its name in so many boxes, by its number alone in more.
FEW = 2


class Kind(StrEnum):
    """What an arrow is to the procedure."""

    MAIN = "main"  # the way an ordinary case goes
    SIDE = "side"  # another way forward
    BACK = "back"  # a return to where the case has been


@dataclass(frozen=True, slots=True)
class Box:
    """A state of the flow."""

    key: str
    name: str
    stage: str
    row: int
    begins: bool = False
    ends: bool = False
    main: bool = False
    note: str = ""
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """A step of the flow with all that is told of it; ``number`` is its place in the file.

    ``row`` is where it stands between the boxes; a step that ``stays`` is written into its boxes instead.
    ``often`` is a step that can be taken from so many states that its number alone is written there.
    """

    trigger: str
    number: int
    name: str
    stays: bool
    row: int
    main: bool = False
    who: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    gap: str = ""
    note: str = ""
    often: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way that the engine allows: from a state by a step to a state.

    ``named`` is an arrow whose first half is told by the number of the step in the box of the state.
    """

    source: str
    trigger: str
    target: str
    kind: Kind
    named: bool = False

    @property
    def triple(self) -> tuple[str, str, str]:
        """Source, trigger, target."""
        return (self.source, self.trigger, self.target)


@dataclass(frozen=True, slots=True)
class Duty:
    """A side duty with its own flow: the steps that open it, the finding it depends on, the steps that wait for it."""

    key: str
    name: str
    row: int
    openers: tuple[str, ...]
    when: str = ""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A stretch of one stage with its post: the rows from ``first`` up to, not including, ``end``."""

    key: str
    name: str
    post: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: everything that may be drawn of one flow version, in the order of its file."""

    title: str
    flow: str
    boxes: tuple[Box, ...]
    acts: tuple[Act, ...]
    arrows: tuple[Arrow, ...]
    duties: tuple[Duty, ...]
    lanes: tuple[Lane, ...]
    chain: tuple[tuple[str, str], ...]
    last: str
    flags: tuple[str, ...]
    footer: tuple[str, ...]

    @property
    def story(self) -> str:
        """The main chain in one line: every state, and in brackets the step that leaves it."""
        act, box = self.act, self.box
        told = [
            f"{box[state].name} →[{act[trigger].number} {act[trigger].name}]→ "
            for state, trigger in self.chain
        ]
        return "".join(told) + box[self.last].name

    def inside(self, state: str) -> tuple[Act, ...]:
        """The steps that leave a case in the state where it stands."""
        return tuple(act for act in self._from(state) if act.stays)

    def exits(self, state: str) -> tuple[Act, ...]:
        """The steps that lead on from the state without a line being drawn to them."""
        named = {arrow.trigger for arrow in self.arrows if arrow.source == state and arrow.named}
        return tuple(act for act in self._from(state) if act.trigger in named)

    def _from(self, state: str) -> Iterable[Act]:
        triggers = {arrow.trigger for arrow in self.arrows if arrow.source == state}
        return (act for act in self.acts if act.trigger in triggers)

    def first_of(self, trigger: str) -> str:
        """The first state, in the order of the file, in which the step can be taken."""
        sources = {arrow.source for arrow in self.arrows if arrow.trigger == trigger}
        return next(box.key for box in self.boxes if box.key in sources)

    @property
    def box(self) -> Mapping[str, Box]:
        """The boxes by the key of their state."""
        return {box.key: box for box in self.boxes}

    @property
    def act(self) -> Mapping[str, Act]:
        """The steps by their trigger."""
        return {act.trigger: act for act in self.acts}


def picture_of(flow: Flow, digest: str) -> Picture:
    """The chart of a flow; ``digest`` is the SHA-256 of its file, so that a print can be held against it."""
    course = course_of(flow)
    return Picture(
        title=f"{flow.name}流程图",
        flow=flow.id,
        boxes=tuple(_box(flow, course, key) for key in flow.state),
        acts=tuple(_act(flow, course, number, key) for number, key in enumerate(flow.transition, 1)),
        arrows=tuple(_arrows(flow, course)),
        duties=tuple(_duties(flow, course)),
        lanes=tuple(_lanes(flow, course)),
        chain=course.chain,
        last=course.last,
        flags=words.flags(flow),
        footer=words.footer(flow, digest),
    )


def _box(flow: Flow, course: Course, key: str) -> Box:
    state, begins = flow.state[key], key == flow.initial
    return Box(
        key=key, name=state.name, stage=state.stage, row=course.row[key], begins=begins, ends=state.end,
        main=key in course.main_states, note=state.note, limits=words.limits(flow, words.OPEN) if begins else (),
    )  # fmt: skip


def _act(flow: Flow, course: Course, number: int, trigger: str) -> Act:
    step = flow.transition[trigger]
    return Act(
        trigger=trigger, number=number, name=step.name, stays=step.stays, row=course.act_row.get(trigger, 0),
        main=trigger in course.main_triggers, who=words.who(flow, step), limits=words.limits(flow, trigger),
        documents=words.documents(flow, step), basis=step.basis, gap=step.gap, note=step.note,
        often=len(step.source) >= MANY if not step.stays else len(step.source) > FEW,
    )  # fmt: skip


def _arrows(flow: Flow, course: Course) -> Iterable[Arrow]:
    for trigger, step in flow.transition.items():
        for source in step.source:
            target = flow.target_of(trigger, source)
            kind = _kind(course, source, trigger, target)
            yield Arrow(source, trigger, target, kind, (source, trigger) in course.named)


def _kind(course: Course, source: str, trigger: str, target: str) -> Kind:
    if (source, trigger) in course.chain:
        return Kind.MAIN
    return Kind.BACK if course.row[target] <= course.row[source] else Kind.SIDE


def _duties(flow: Flow, course: Course) -> Iterable[Duty]:
    taken: set[int] = set()
    for key, child in flow.child.items():
        openers = tuple(trigger for trigger, step in flow.transition.items() if key in step.opens)
        if openers:
            row = course.opening_row(flow, openers[0])
            while row in taken:
                row += 1
            taken.add(row)
            when = flow.finding[child.when].name if child.when else ""
            yield Duty(key, child.name, row, openers, when, child.holds)


def _lanes(flow: Flow, course: Course) -> Iterable[Lane]:
    for place, (key, first, end) in enumerate(course.lanes, 1):
        stage = flow.stage[key]
        yield Lane(f"{place}_{key}", stage.name, stage.post or "", first, end)
