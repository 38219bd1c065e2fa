"""A great many clocks after a change of the calendar: which of them have to be counted anew, equal counts done once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zhifa_flow.engine.calendar import Calendar, CalendarRangeError
from zhifa_flow.engine.clock import Due
from zhifa_flow.engine.deadlines import in_a_row, roll_of
from zhifa_flow.model.case import ClockState, Interval, RunningClock
from zhifa_flow.model.flow import Deadline, Flow
from zhifa_flow.model.period import Length, Roll, Span, Unit

_DAY: Final = timedelta(days=1)
_FIXED: Final = Length(0, Unit.DAY)

#: A count with nothing special about it: first day, length in words, deadline.
_Plain = tuple[date, str, str]
_Flags = Mapping[str, tuple[Interval, ...]]


@dataclass(frozen=True, slots=True)
class ClockSheet:
    """The deadlines of an open case with what their count rests on; no more of the case is read for it.

    ``problem`` says in Chinese why the record of the case cannot be read, if it cannot.
    """

    case: str
    flow: str
    region: str
    flags: _Flags
    clocks: Mapping[str, RunningClock]
    problem: str = ""


class Recounter:
    """Says which cases of one flow a calendar counts otherwise than is on record.

    It only looks: what a case comes to is counted from the case itself (``reproject``), which is also asked where its
    sheet does not say enough.
    """

    __slots__ = ("_calendar", "_deadlines", "_fixed", "_lengths", "_plain")

    def __init__(self, flow: Flow, calendar: Calendar) -> None:
        self._calendar, self._deadlines = calendar, flow.deadline
        self._plain: dict[_Plain, Due | None] = {}
        self._fixed: dict[date, Due | None] = {}
        self._lengths: dict[str, Length] = {}

    def to_recount(self, sheets: Iterable[ClockSheet]) -> list[str]:
        """The cases of which a running clock has another last day, another safe day, or another certainty by now."""
        # One plain loop, because a province has a million of them: what is asked of every clock is looked up.
        running, known, found = ClockState.RUNNING, self._plain.get, list[str]()
        for sheet in sheets:
            flags = sheet.flags
            for name, clock in sheet.clocks.items():
                if clock.state is not running or clock.paused or clock.moment:
                    continue
                if flags or clock.extensions or clock.moved:
                    end = self.end(name, clock, flags)
                else:
                    key = clock.started, clock.length, name
                    end = known(key) or self._counted(key)
                if (
                    end is None
                    or end.date != clock.due
                    or end.safe != clock.safe
                    or end.provisional is not clock.provisional
                ):
                    found.append(sheet.case)
                    break
        return found

    def end(self, name: str, clock: RunningClock, flags: _Flags) -> Due | None:
        """The end of a running clock, whatever happened to it; None where the case itself has to be asked."""
        deadline, spans = self._deadlines.get(name), list[Span]()
        if clock.moved:
            return self._day(clock.due)
        if deadline is None:
            return None
        for flag in deadline.pauses:
            stretches = flags.get(flag, ())
            if stretches and (deadline.pause_table or stretches[-1].last is None):
                return None
            spans += _spans(stretches)
        if not spans and not clock.extensions:
            key = clock.started, clock.length, name
            return self._plain.get(key) or self._counted(key)
        lengths = [self._length(text) for text in (clock.length, *clock.extensions)]
        return self._whatever_the_calendar(deadline, clock, lengths) or self._last(
            clock.started, lengths, roll_of(deadline), spans
        )

    def _whatever_the_calendar(
        self, deadline: Deadline, clock: RunningClock, lengths: Sequence[Length]
    ) -> Due | None:
        """Calendar days and months that do not roll end on the same day under every calendar."""
        if deadline.rolls or any(one.unit is Unit.WORKDAY for one in lengths):
            return None
        end = self._day(clock.due)
        # Of a period that left no working day the safe day is another one.
        return end if end and (end.date - end.safe).days <= lengths[-1].count else None

    def _counted(self, key: _Plain) -> Due | None:
        started, length, name = key
        deadline = self._deadlines.get(name)
        roll = roll_of(deadline) if deadline else Roll.NONE
        end = self._plain[key] = self._last(started, [self._length(length)], roll)
        return end

    def _day(self, day: date) -> Due | None:
        if day not in self._fixed:
            self._fixed[day] = self._last(day, [_FIXED], Roll.NONE)
        return self._fixed[day]

    def _last(
        self, started: date, lengths: Sequence[Length], roll: Roll, spans: Sequence[Span] = ()
    ) -> Due | None:
        try:
            return in_a_row(started, lengths, self._calendar, roll, excluded=spans)[-1]
        except CalendarRangeError:
            return None

    def _length(self, text: str) -> Length:
        if text not in self._lengths:
            self._lengths[text] = Length.parse(text)
        return self._lengths[text]


def _spans(stretches: Iterable[Interval]) -> list[Span]:
    """The days from the one on which a flag went up to the one before it came down."""
    return [
        Span(one.first, one.last - _DAY) for one in stretches if one.last is not None and one.last > one.first
    ]
