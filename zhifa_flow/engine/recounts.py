"""A great many clocks after a change of the calendar: which of them have to be counted anew, equal counts done once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.clock import Due, due
from zhifa_flow.engine.deadlines import in_a_row, roll_of
from zhifa_flow.model.case import ClockState, Interval, RunningClock
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.period import Length, Roll, Span, Unit

_DAY: Final = timedelta(days=1)
_FIXED: Final = Length(0, Unit.DAY)
_WORKDAY: Final = Unit.WORKDAY

#: The ends of counts with nothing special about them, by deadline, by length in words, by first day.
_Plain = dict[str, dict[str, dict[date, Due]]]
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

    @property
    def running(self) -> bool:
        """Whether any of the deadlines is running."""
        return any(clock.state is ClockState.RUNNING for clock in self.clocks.values())


class Recounter:
    """Says which cases of one flow a calendar counts otherwise than is on record.

    It only looks: what a case comes to is counted from the case itself (``reproject``), which is also asked where its
    sheet does not say enough.
    """

    __slots__ = ("_calendar", "_deadlines", "_fixed", "_lengths", "_plain", "_stopping")

    def __init__(self, flow: Flow, calendar: Calendar) -> None:
        self._calendar, self._deadlines = calendar, flow.deadline
        self._stopping = frozenset(name for name, one in flow.deadline.items() if one.pauses)
        self._plain: _Plain = {}
        self._fixed: dict[date, Due] = {}
        self._lengths: dict[str, Length] = {}

    def to_recount(self, sheets: Iterable[ClockSheet]) -> list[str]:
        """The cases of which a running clock has another last day, another safe day, or another certainty by now."""
        # One plain loop, because a province has a million of them: what is asked of every clock is looked up.
        running, stopping, plain, found = ClockState.RUNNING, self._stopping, self._plain, list[str]()
        for sheet in sheets:
            flags = sheet.flags
            try:
                for name, clock in sheet.clocks.items():
                    if clock.state is not running or clock.paused or clock.moment:
                        continue
                    if clock.extensions or clock.moved or (flags and name in stopping):
                        end = self.end(name, clock, flags)
                    else:
                        try:  # one dictionary in another: the parts of one key would be compared one by one
                            end = plain[name][clock.length][clock.started]
                        except KeyError:
                            end = self.plain_end(name, clock)
                    if (
                        end is None
                        or end.date != clock.due
                        or end.safe != clock.safe
                        or end.provisional is not clock.provisional
                    ):
                        found.append(sheet.case)
                        break
            except ValueError:  # beyond every calendar, or a length that nobody can read
                found.append(sheet.case)
        return found

    def end(self, name: str, clock: RunningClock, flags: _Flags) -> Due | None:
        """The end of a running clock, whatever happened to it; None where the case itself has to be asked.

        A day on record that no calendar can change is taken as it is.

        Raises:
            ValueError: a length cannot be read, or the end lies beyond every calendar.
        """
        if clock.moved:
            return self._day(clock.due)
        deadline = self._deadlines.get(name)
        if deadline is None:
            return None
        lengths = [self._length(text) for text in (clock.length, *clock.extensions)]
        of_workdays = [one.unit is _WORKDAY for one in lengths]
        if (
            not deadline.rolls
            and not any(of_workdays)
            and (end := self._whatever_the_calendar(clock, lengths))
        ):
            return end
        spans = list[Span]()
        for flag in deadline.pauses:
            stretches = flags.get(flag, ())
            if stretches and (deadline.pause_table or stretches[-1].last is None):
                return None
            spans += _spans(stretches)
        if not spans and not clock.extensions:
            return self.plain_end(name, clock)
        if all(of_workdays) and (end := self._as_recorded(clock, lengths, spans)):
            return end
        return in_a_row(clock.started, lengths, self._calendar, roll_of(deadline), excluded=spans)[-1]

    def _whatever_the_calendar(self, clock: RunningClock, lengths: Sequence[Length]) -> Due | None:
        """The end of days and months that do not roll: they end alike under every calendar, whatever was left out."""
        end = self._day(clock.due)
        # Where none of the last days was a working day, the safe one is not the one before them.
        return end if (end.date - end.safe).days <= lengths[-1].count else None

    def _as_recorded(
        self, clock: RunningClock, lengths: Sequence[Length], spans: Sequence[Span]
    ) -> Due | None:
        """The end of working days on record, where it is easily seen to be right still: hardly two are alike."""
        end, calendar = self._day(clock.due), self._calendar
        if len(spans) > 1 or end.safe != end.date or calendar.nation:
            return None
        began, last, upto = clock.started.toordinal(), clock.due.toordinal(), calendar.workdays_upto
        left_out = 0
        for span in spans:
            if clock.due in span:
                return None
            first, final = max(span.first.toordinal(), began + 1), min(span.last.toordinal(), last)
            left_out += max(0, upto(final) - upto(first - 1))
        right = upto(last) - upto(began) - left_out == sum(one.count for one in lengths)
        return end if right and not calendar.assumed_between(began + 1, last) else None

    def plain_end(self, name: str, clock: RunningClock) -> Due:
        """The end of a clock that nothing ever prolonged, moved or stopped; counted once for all that are alike."""
        known = self._plain.setdefault(name, {}).setdefault(clock.length, {})
        if clock.started not in known:
            deadline = self._deadlines.get(name)
            roll = roll_of(deadline) if deadline else Roll.NONE
            known[clock.started] = in_a_row(
                clock.started, [self._length(clock.length)], self._calendar, roll
            )[-1]
        return known[clock.started]

    def _day(self, day: date) -> Due:
        if day not in self._fixed:
            self._fixed[day] = due(day, _FIXED, self._calendar)
        return self._fixed[day]

    def _length(self, text: str) -> Length:
        if text not in self._lengths:
            self._lengths[text] = Length.parse(text)
        return self._lengths[text]


def _spans(stretches: Iterable[Interval]) -> list[Span]:
    """The days from the one on which a flag went up to the one before it came down."""
    return [
        Span(one.first, one.last - _DAY) for one in stretches if one.last is not None and one.last > one.first
    ]
