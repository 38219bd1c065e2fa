"""A million open clocks after a change of the calendar, against a plain loop over a precomputed working-day array.

    python -m benchmarks.clock --json

Ours is what ``zhifa due --recount`` asks of every case before it loads any: the deadlines of a shipped flow, some of
them prolonged or with days left out, a new calendar, and the question which cases have to be counted anew: by the
last day, by the last safe working day, and by whether they are still provisional. The floor answers the same three of
the same clocks, told to it as plain numbers; it knows of no prolongation and of no days left out.

Both sides start with nothing counted. For clocks without anything special both must come to the same days. It is the
time of the processor that is taken, and what counts is the quietest round of each.

With few clocks (``--smoke``) hardly two are alike, each is counted for itself, and the ratio says nothing.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import time
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from zhifa_flow.adapters.lawfiles.calendars import survey
from zhifa_flow.bootstrap.lawbook import find_flows, open_lawbook
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.deadlines import in_a_row, roll_of
from zhifa_flow.engine.festivals import statutory_days
from zhifa_flow.engine.recounts import ClockSheet, Recounter
from zhifa_flow.model.calendar import CalendarYear
from zhifa_flow.model.case import Interval, RunningClock
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.period import Length, Span, Unit

TODAY: Final = date(2026, 11, 20)
FLOW: Final = "penalty.general@2021-07-15"
#: Which deadlines run, how long they are, and how many in a hundred of all that run.
MIX: Final = (
    ("decision", "90日", 25), ("filing", "15个工作日", 15), ("reconsideration", "60日", 15), ("lawsuit", "6个月", 15),
    ("pay", "15日", 10), ("urging", "10个工作日", 5), ("serve", "7个工作日", 5), ("hearing_request", "5个工作日", 5),
    ("court_window", "3个月", 5),
)  # fmt: skip
#: Those that an agency may prolong or that may stand still, and by how much they are prolonged.
LONGER: Final = {"decision": "60日", "filing": "15个工作日"}
#: Of a hundred cases so many stood still for some weeks, and of a hundred such clocks so many were prolonged:
#: one clock in twenty in all.
LEFT_OUT, PROLONGED = 8, 6
#: Clocks run that began up to so many days ago: what is overdue runs on.
PAST: Final = 730
_NUMBERS: Final = {Unit.WORKDAY: 0, Unit.DAY: 1, Unit.MONTH: 2}

#: A clock as plain numbers: first day, count, unit, whether it rolls; last day, safe day and doubt as on record.
Plain = tuple[int, int, int, bool, int, int, bool]
#: A clock (by its place) that has another end than is on record, and what end.
Changed = tuple[int, int, int, bool]


@dataclass(frozen=True, slots=True)
class Stock:
    """The same open clocks for both sides; ``special`` says which clocks of the floor are not plain ones."""

    sheets: Sequence[ClockSheet]
    plain: Sequence[Plain]
    special: frozenset[int]


def main() -> None:
    """Run the rounds and print the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the last line only")
    parser.add_argument("--clocks", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--smoke", action="store_true", help="few clocks, few rounds: only that it runs")
    asked = parser.parse_args()
    clocks, rounds = (20_000, 3) if asked.smoke else (asked.clocks, asked.rounds)
    told = measured(clocks, rounds)
    if not asked.json:
        print(
            f"{told['clocks']} clocks in {told['cases']} cases, {told['to_recount']} of these to count anew"
        )
        print(f"floor {told['floor_ns']} ns a clock, ours {told['engine_ns']} ns")
    print(json.dumps(told))


def measured(clocks: int, rounds: int) -> dict[str, Any]:
    """What the rounds say, for the last line."""
    (before, after), flow = calendars(), shipped()
    stock, floor = stocked(flow, before, clocks), Floor(after)
    plain = same_ends(flow, stock, after)
    floors, engines, cases = list[float](), list[float](), list[str]()
    for _ in range(rounds):
        floors.append(_took(partial(floor.changed, stock.plain))[0])
        taken, cases = _took(partial(Recounter(flow, after).to_recount, stock.sheets))
        engines.append(taken)
    pairs = zip(engines, floors, strict=True)
    return {
        "ratio": round(min(engines) / min(floors), 3), "floor_ns": round(min(floors) / clocks * 1e9),
        "engine_ns": round(min(engines) / clocks * 1e9), "clocks": clocks, "plain": plain,
        "cases": len(stock.sheets), "to_recount": len(cases), "noisy": statistics.median(floors) > 1.5 * min(floors),
        "ratios": sorted(round(ours / theirs, 3) for ours, theirs in pairs),
    }  # fmt: skip


def _took(run: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()
    began = time.process_time()
    answer = run()
    return time.process_time() - began, answer


def shipped() -> Flow:
    """The shipped flow, with days left out by the flow itself and not by a table: these too are counted in the loop."""
    flow = open_lawbook(find_flows()).flows.compiled(FLOW).flow
    stopping = {"pauses": ("suspended",), "pause_table": None}
    free = {name: flow.deadline[name].model_copy(update=stopping) for name in LONGER}
    return flow.model_copy(update={"deadline": {**flow.deadline, **free}})


def calendars() -> tuple[Calendar, Calendar]:
    """The shipped calendar, and the same once a notice for the next year has been entered (made up for this)."""
    years, year = survey(find_flows() / "calendars").years, TODAY.year + 1
    off = {"元旦": (date(year, 1, 1), date(year, 1, 3)), "春节": (date(year, 2, 5), date(year, 2, 12))}
    moved = {
        day
        for first, last in off.values()
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
    }
    holidays: list[dict[str, object]] = [
        {"name": name, "from": first, "to": last} for name, (first, last) in off.items()
    ]
    holidays += [
        {"name": name, "date": day} for day, name in statutory_days(year).items() if day not in moved
    ]
    notice = CalendarYear.model_validate({"year": year, "notice": "试验用的通知", "holidays": holidays})
    return Calendar(years), Calendar([*years, notice])


class Floor:
    """Ends of periods read from a list of working days, as one would write it for the occasion."""

    def __init__(self, calendar: Calendar) -> None:
        first, last = date(2004, 1, 1).toordinal(), date(2100, 12, 31).toordinal()
        self.workdays: list[int] = []
        self.rank = [0] * (last + 1)
        self.rolled = list(range(last + 1))
        for day in range(first, last + 1):
            if calendar.is_workday(date.fromordinal(day)):
                self.workdays.append(day)
            self.rank[day] = len(self.workdays)
        for day in range(last - 1, first, -1):
            if self.rank[day] == self.rank[day - 1]:
                self.rolled[day] = self.rolled[day + 1]
        unknown = calendar.unpublished_from(TODAY.year)
        assert unknown is not None, "nobody knows all holidays up to 2100"
        self.known_before = date(unknown - 1, 12, 29).toordinal()  # the next notice may move these days too

    def changed(self, clocks: Iterable[Plain]) -> list[Changed]:
        """Which clocks have another end than is on record."""
        workdays, rank, rolled, known_before = self.workdays, self.rank, self.rolled, self.known_before
        found = []
        for place, (start, count, unit, rolls, was, was_safe, was_unsure) in enumerate(clocks):
            if unit == 0:
                day = workdays[rank[start] + count - 1]
            elif unit == 1:
                day = start + count
            else:
                began = date.fromordinal(start)
                year, month = divmod(began.year * 12 + began.month - 1 + count, 12)
                day = date(year, month + 1, min(began.day, monthrange(year, month + 1)[1])).toordinal()
            if rolls:
                day = rolled[day]
            safe = workdays[rank[day] - 1]
            unsure = day >= known_before
            if day != was or safe != was_safe or unsure is not was_unsure:
                found.append((place, day, safe, unsure))
        return found


def stocked(flow: Flow, calendar: Calendar, clocks: int) -> Stock:
    """Open clocks as an office of a large place has them, recorded under a calendar; one to three to a case."""
    chance, recounter = random.Random(2026), Recounter(flow, calendar)
    names, shares = [name for name, _, _ in MIX], [share for _, _, share in MIX]
    lengths = {name: length for name, length, _ in MIX}
    sheets, plain, special = list[ClockSheet](), list[Plain](), set[int]()
    while len(plain) < clocks:
        some = chance.choices(names, shares, k=min(chance.randint(1, 3), clocks - len(plain)))
        flags = {"suspended": _pause(chance)} if chance.randrange(100) < LEFT_OUT else {}
        held: dict[str, RunningClock] = {}
        for name in dict.fromkeys(some):
            longer = name in LONGER and chance.randrange(100) < PROLONGED
            started = TODAY - timedelta(days=chance.randrange(PAST))
            extensions = (LONGER[name],) if longer else ()
            held[name] = recorded(flow, calendar, name, started, lengths[name], extensions, flags)
            if longer or (flags and name in LONGER):
                special.add(len(plain))
            plain.append(numbers(flow, recounter, held[name]))
        sheets.append(ClockSheet(f"c{len(sheets)}", FLOW, "河南省", flags, held))
    return Stock(sheets, plain, frozenset(special))


def _pause(chance: random.Random) -> tuple[Interval, ...]:
    first = TODAY - timedelta(days=chance.randrange(60, PAST))
    return (Interval(first, first + timedelta(days=chance.randrange(1, 60))),)


def recorded(
    flow: Flow, calendar: Calendar, name: str, started: date, length: str, extensions: tuple[str, ...],
    flags: dict[str, tuple[Interval, ...]],
) -> RunningClock:  # fmt: skip
    """A clock as a step recorded it under a calendar."""
    lengths = [Length.parse(text) for text in (length, *extensions)]
    stops = [one for each in flags.values() for one in each] if name in LONGER else []
    left_out = [Span(one.first, one.last - timedelta(days=1)) for one in stops if one.last]
    end = in_a_row(started, lengths, calendar, roll_of(flow.deadline[name]), excluded=left_out)[-1]
    return RunningClock(name, started, end.date, end.safe, end.provisional, length, extensions=extensions)


def numbers(flow: Flow, recounter: Recounter, clock: RunningClock) -> Plain:
    """A clock as the floor is told it: as if nothing had prolonged or stopped it."""
    length, rolls = Length.parse(clock.length), flow.deadline[clock.deadline].rolls
    end = recounter.plain_end(clock.deadline, clock)
    ends = end.date.toordinal(), end.safe.toordinal(), end.provisional
    return clock.started.toordinal(), length.count, _NUMBERS[length.unit], rolls, *ends


def same_ends(flow: Flow, stock: Stock, calendar: Calendar) -> int:
    """Make sure that both sides come to the same end of every plain clock; answers how many there are."""
    recounter, compared = Recounter(flow, calendar), 0
    ours = (
        recounter.plain_end(name, clock) for sheet in stock.sheets for name, clock in sheet.clocks.items()
    )
    theirs = Floor(calendar).changed((*clock[:4], 0, 0, False) for clock in stock.plain)
    for end, (place, *told) in zip(ours, theirs, strict=True):
        if place not in stock.special:
            if [end.date.toordinal(), end.safe.toordinal(), end.provisional] != told:
                raise SystemExit("the two sides differ: the comparison is worth nothing")
            compared += 1
    return compared


if __name__ == "__main__":
    main()
