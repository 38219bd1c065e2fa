"""The deadlines of a case: what a step starts, ends, prolongs, moves or lets run on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.clock import SHANGHAI, Due, Roll, due, due_moment
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.thresholds import deciding_row
from zhifa_flow.model.case import ClockState, RunningClock
from zhifa_flow.model.flow import Deadline, Transition
from zhifa_flow.model.period import Length, Span, Unit
from zhifa_flow.model.step import Refusal
from zhifa_flow.model.table import Row

#: The trigger under which deadlines of a case start when it is opened.
OPEN = "open"

#: The trigger under which they are counted anew because another calendar was entered.
RECOUNT = "recount"

#: What a row of a pause table says where the days of its flag do not count.
LEFT_OUT = "扣除"


def changes(
    s: Situation, trigger: str, *, raised: Sequence[str] = (), lowered: Sequence[str] = (), end: bool = False
) -> list[RunningClock]:
    """Every clock that the step starts or changes, as it stands afterwards.

    The situation has the flags without those that the step takes down, and without those that it raises.
    """
    changed = {name: clock for name in s.flow.deadline if (clock := _change(s, name, trigger, lowered))}
    if end:
        for name, clock in {**s.case.clocks, **changed}.items():
            if clock.state is ClockState.RUNNING:
                changed[name] = replace(clock, state=ClockState.CLOSED, ended=s.on)
    for name, deadline in s.flow.deadline.items():
        held = changed.get(name) or s.clock(name)
        if held and held.paused != (since := _paused_since(s, deadline, held, raised)):
            changed[name] = replace(held, paused=since)
    return list(changed.values())


def _paused_since(
    s: Situation, deadline: Deadline, clock: RunningClock, raised: Sequence[str]
) -> date | None:
    if clock.state is not ClockState.RUNNING or _fixed(clock):
        return None
    up = [
        (flag, s.on if flag in raised else s.case.flags[flag][-1].first)
        for flag in deadline.pauses
        if flag in raised or s.case.flag_up(flag)
    ]
    # What begins after the last day stops nothing: the period has run out, and that stays to be seen.
    since = [day for flag, day in up if day <= clock.due and leaves_out(s, deadline, flag, day)]
    return clock.paused or max(clock.started, min(since)) if since else None


def standing(s: Situation) -> dict[str, RunningClock]:
    """The running clocks that stand otherwise on the day of the act than they are recorded.

    One that a recorded circumstance holds up is counted as if it ended that day: else it would seem to have run out,
    to the harm of whoever it protects. One that the calendar has changed meanwhile is counted by the calendar as it
    is now, whether or not somebody has had it recounted.
    """
    return {
        name: new
        for name, clock in s.case.clocks.items()
        if clock.state is ClockState.RUNNING
        and not _fixed(clock)
        and (new := _as_of_today(s, s.flow.deadline[name], clock)) is not None
    }


def _as_of_today(s: Situation, deadline: Deadline, clock: RunningClock) -> RunningClock | None:
    new = _recount(s, deadline, clock, clock.extensions)
    if any(s.case.flag_up(flag) for flag in deadline.pauses):
        return new
    same = (new.due, new.safe, new.provisional) == (clock.due, clock.safe, clock.provisional)
    return None if same else replace(new, was=clock.due)


def _fixed(clock: RunningClock) -> bool:
    """A day set by a document and a period of hours do not move with the circumstances of the case."""
    return clock.moved or bool(clock.moment)


def _change(s: Situation, name: str, trigger: str, lowered: Sequence[str]) -> RunningClock | None:
    deadline, clock = s.flow.deadline[name], s.clock(name)
    if trigger in deadline.starts:
        return start(s, name)
    if clock is None or clock.state is not ClockState.RUNNING:
        return None
    resumed = _resumed(s, deadline, clock) if set(lowered) & set(deadline.pauses) else None
    return _acted_on(s, deadline, resumed or clock, trigger, name) or resumed


def _acted_on(
    s: Situation, deadline: Deadline, clock: RunningClock, trigger: str, name: str
) -> RunningClock | None:
    if trigger in deadline.ends or _ends_now(s, deadline, trigger):
        return _ended(s, clock)
    if trigger == deadline.then:
        return replace(clock, state=ClockState.CLOSED, ended=s.on)
    if trigger in deadline.voids:
        return replace(clock, state=ClockState.CLOSED, ended=s.on)
    step = s.flow.transition.get(trigger)
    if step and step.extends and step.extends.deadline == name:
        return _extended(s, deadline, clock)
    if step and step.moves and step.moves.deadline == name:
        return _moved(s, step, clock)
    return None


def _ends_now(s: Situation, deadline: Deadline, trigger: str) -> bool:
    unless = deadline.ends_unless.get(trigger)
    return unless is not None and not s.found(unless).holds


def start(s: Situation, name: str) -> RunningClock | None:
    """The deadline as it starts with the step; None where its table gives it no length in this case."""
    deadline = s.flow.deadline[name]
    length = length_of(s, deadline)
    begin = (s.day(deadline.from_) if deadline.from_ else None) or s.on
    if length is None:
        return None
    if length.unit is Unit.HOUR:
        return _hours(s, name, begin, length, deadline.from_ or "")
    end = counted(s, deadline, begin, (length,))[-1]
    return RunningClock(name, begin, end.date, end.safe, end.provisional, str(length))


def length_of(s: Situation, deadline: Deadline) -> Length | None:
    """The length in this case: the file's own, or that of the table row that speaks for it."""
    if deadline.table is None:
        return deadline.fixed_length
    row = deciding_row(s.law.tables[deadline.table], s)
    return row.length if row else None


def roll_of(deadline: Deadline) -> Roll:
    """Whether a last day off moves on."""
    return Roll.FORWARD if deadline.rolls else Roll.NONE


def _hours(s: Situation, name: str, begin: date, length: Length, written: str) -> RunningClock:
    # Without an hour the period is counted from the first minute of the day: never longer than the law allows.
    moment = datetime.fromisoformat(f"{begin.isoformat()}T00:00:00+08:00")
    value = str(s.value(written))
    if "T" in value:
        moment = datetime.fromisoformat(value).replace(tzinfo=SHANGHAI)
    elif s.moment is not None and begin == s.on:
        moment = s.moment
    last = due_moment(moment, length.count)
    text = last.isoformat(timespec="minutes")
    return RunningClock(
        name, begin, last.date(), last.date(), provisional=False, length=str(length), moment=text
    )


def _ended(s: Situation, clock: RunningClock) -> RunningClock:
    late = s.on > clock.due
    if clock.moment:
        # An act without its hour may have been done in the last minute of its day.
        done = s.moment or datetime.fromisoformat(f"{s.on.isoformat()}T23:59:00+08:00")
        late = done > datetime.fromisoformat(clock.moment)
    return replace(clock, state=ClockState.LATE if late else ClockState.MET, ended=s.on)


def extension_of(s: Situation, deadline: Deadline) -> Length | None:
    """By how much the table allows the deadline to be prolonged in this case; None where it does not."""
    if deadline.extension is None:
        return None
    row = deciding_row(s.law.tables[deadline.extension.table], s)
    return row.length if row else None


def _extended(s: Situation, deadline: Deadline, clock: RunningClock) -> RunningClock | None:
    extra = extension_of(s, deadline)
    return None if extra is None else _recount(s, deadline, clock, (*clock.extensions, str(extra)))


def _moved(s: Situation, step: Transition, clock: RunningClock) -> RunningClock | None:
    until = s.day(step.moves.until) if step.moves else None
    if until is None:
        return None
    end = due(until, Length(0, Unit.DAY), s.calendar)
    return replace(
        clock, due=until, safe=end.safe, provisional=end.provisional, moved=True, moment="", was=None
    )


def recounted(s: Situation, deadline: Deadline, clock: RunningClock) -> RunningClock | None:
    """The running clock by the calendar as it is now; None where that changes nothing, or not yet.

    A clock that stands still is counted when it goes on, hours know no days off, and a day that a document set
    stays; only the safe day before it may be another one. ``was`` names the last day that stood until now.
    """
    if clock.state is not ClockState.RUNNING or clock.moment or _paused_since(s, deadline, clock, ()):
        return None
    if clock.moved:
        end = due(clock.due, Length(0, Unit.DAY), s.calendar)
        new = replace(clock, safe=end.safe, provisional=end.provisional)
    else:
        new = replace(_recount(s, deadline, clock, clock.extensions), was=clock.was)
    return None if new == clock else replace(new, was=clock.due)


def _resumed(s: Situation, deadline: Deadline, clock: RunningClock) -> RunningClock | None:
    return None if _fixed(clock) else _recount(s, deadline, clock, clock.extensions)


def _recount(
    s: Situation, deadline: Deadline, clock: RunningClock, extensions: tuple[str, ...]
) -> RunningClock:
    lengths = [Length.parse(text) for text in (clock.length, *extensions)]
    last = counted(s, deadline, clock.started, lengths)[-1]
    return replace(
        clock, due=last.date, safe=last.safe, provisional=last.provisional, extensions=extensions, was=None
    )


def counted(
    s: Situation, deadline: Deadline, started: date, lengths: Sequence[Length], *, explain: bool = False
) -> list[Due]:
    """The last day of the deadline, and of each extension from the last day before it, without the days left out."""
    return in_a_row(
        started, lengths, s.calendar, roll_of(deadline), excluded=pauses_of(s, deadline), explain=explain
    )


def in_a_row(
    started: date, lengths: Sequence[Length], calendar: Calendar, roll: Roll, *,
    excluded: Sequence[Span] = (), explain: bool = False,
) -> list[Due]:  # fmt: skip
    """The last day of a period, and of each one that goes on from the last day of the one before it."""
    ends = list[Due]()
    for length in lengths:
        begin, sure = (ends[-1].date, ends[-1].undisputed) if ends else (started, None)
        ends.append(
            due(begin, length, calendar, roll=roll, excluded=excluded, explain=explain, undisputed_start=sure)
        )
    return ends


def pauses_of(s: Situation, deadline: Deadline) -> list[Span]:
    """The days that do not count, where the law (or the sector's table) lets them be left out."""
    return [
        span
        for flag in deadline.pauses
        for span in s.spans(flag)
        if leaves_out(s, deadline, flag, span.first)
    ]


def leaves_out(s: Situation, deadline: Deadline, flag: str, since: date) -> bool:
    """Whether the days of a flag that went up on a day do not count in this case."""
    row = pause_row(s, deadline, flag, since)
    return deadline.pause_table is None or (row is not None and row.value == LEFT_OUT)


def pause_row(s: Situation, deadline: Deadline, flag: str, since: date) -> Row | None:
    """The row that says whether the days of a flag that went up on a day count; None where no table says so."""
    if deadline.pause_table is None:
        return None
    return deciding_row(s.law.tables[deadline.pause_table], s, limb=flag, on=since)


def extension_refusals(s: Situation, step: Transition) -> list[Refusal]:
    """Why the deadline of an extending step may not be prolonged now."""
    if step.extends is None:
        return []
    name = step.extends.deadline
    deadline, clock = s.flow.deadline[name], s.clock(name)
    problems = []
    if clock is None or clock.state is not ClockState.RUNNING:
        problems.append(f"“{deadline.name}”没有在计算中")
    elif s.on > clock.due:
        problems.append(f"“{deadline.name}”已于{clock.due}届满, 届满后不得延长")
    if clock is not None and deadline.extension and len(clock.extensions) >= deadline.extension.times:
        problems.append(
            f"“{deadline.name}”至多延长{deadline.extension.times}次, 已经延长{len(clock.extensions)}次"
        )
    if clock is not None and _fixed(clock):
        problems.append(f"“{deadline.name}”的最后一日已由文书确定或者以小时计, 不能再延长")
    if extension_of(s, deadline) is None:
        problems.append(f"法律、法规、规章没有规定“{deadline.name}”可以延长")
    return [Refusal("extension", problem, basis=deadline.basis, gap=deadline.gap) for problem in problems]
