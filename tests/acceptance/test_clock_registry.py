"""Every period of the registry at its boundary, against dates counted by hand; and proof that the table would notice."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.stage import FLOWS, folder, law
from zhifa_flow.adapters.lawfiles.calendars import read_years
from zhifa_flow.adapters.lawfiles.clocks import load_clocks
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.clock import days_overdue, due, due_moment
from zhifa_flow.engine.findings.confirming import EMPLOYER_PERIOD, WORKER_PERIOD
from zhifa_flow.model.clock import Clock
from zhifa_flow.model.period import Direction, Length, Roll, Unit

TABLE = tomllib.loads((Path(__file__).parents[1] / "data" / "clock-boundaries.toml").read_text("utf-8"))
CLOCKS = load_clocks(FLOWS, law().tables, law().statutes)
YEARS = read_years(FLOWS / "calendars")
#: The periods whose length itself changed, not only its article.
CHANGED = [id_ for id_, clock in CLOCKS.items() if len({row.length for row in clock.row}) > 1]
DAY = timedelta(days=1)
Moment = date | datetime

#: What a case may say it runs over, as the notices have it.
OVER = {
    "spring": [(2021, "02-11", "02-17"), (2022, "01-31", "02-06"), (2023, "01-21", "01-27"), (2024, "02-10", "02-17"),
               (2025, "01-28", "02-04"), (2026, "02-15", "02-23")],
    "national": [(2020, "10-01", "10-08"), (2021, "10-01", "10-07"), (2022, "10-01", "10-07"), (2023, "09-29", "10-06"),
                 (2025, "10-01", "10-08"), (2026, "10-01", "10-07")],
    "makeup": [(2020, "10-10", "10-10"), (2021, "10-09", "10-09"), (2022, "01-29", "01-29"), (2022, "10-08", "10-08"),
               (2023, "10-07", "10-07"), (2025, "02-08", "02-08"), (2025, "10-11", "10-11"), (2026, "02-14", "02-14"),
               (2026, "02-28", "02-28"), (2026, "05-09", "05-09"), (2026, "10-10", "10-10")],
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    clock: str
    start: Moment
    last: Moment
    late: Moment
    over: tuple[str, ...]
    extended: bool = False
    safe: date | None = None

    def __str__(self) -> str:
        return f"{self.clock} {self.start}" + ("+" if self.extended else "")


def cases() -> Iterator[Case]:
    for row in TABLE["case"]:
        about = {key: value for key, value in row.items() if key not in ("clocks", "count", "over")}
        assert row["count"].strip()
        for clock in row["clocks"]:
            yield Case(clock, over=tuple(row["over"]), **about)


CASES = list(cases())


@dataclass(frozen=True)
class Counter:
    """How periods are counted: the clock as it is, or with a fault planted."""

    calendar: Calendar = law().calendar
    length: Callable[[Length], Length] = lambda length: length
    start: Callable[[date, Clock, Length], date] = lambda start, _clock, _length: start
    roll: Callable[[Clock], bool] = lambda clock: clock.rolls
    finish: Callable[[Moment, Clock, Length], Moment] = lambda last, _clock, _length: last

    def last(self, case: Case, clock: Clock) -> Moment:
        """The last day (or moment) in time; of a period counted back, the latest day."""
        if isinstance(case.start, datetime):
            stated = clock.on(case.start.date())
            assert stated
            length = self.length(stated.length)
            return self.finish(due_moment(case.start, length.count), clock, length)
        event = clock.event(case.start)
        stated = clock.on(event)
        assert stated
        lengths = [stated.length, *([clock.extension.length] if case.extended and clock.extension else [])]
        last = event
        for each in lengths:
            last = self._day(clock, last, self.length(each))
        return last

    def _day(self, clock: Clock, start: date, length: Length) -> date:
        begin = self.start(start, clock, length)
        roll = Roll.FORWARD if self.roll(clock) and clock.direction is Direction.AFTER else Roll.NONE
        last = due(begin, length, self.calendar, roll=roll, direction=clock.direction).date
        finished = self.finish(last, clock, length)
        assert not isinstance(finished, datetime)
        return finished


# Every period at its boundary.


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_last_day_is_in_time_and_the_day_after_it_is_late(case: Case) -> None:
    last = Counter().last(case, CLOCKS[case.clock])

    assert last == case.last
    assert case.late == case.last + (timedelta(minutes=1) if isinstance(last, datetime) else DAY)
    if not isinstance(last, datetime):
        assert [days_overdue(last, day) for day in (case.last, case.late)] == [0, 1]


@pytest.mark.parametrize("case", [case for case in CASES if case.safe], ids=str)
def test_the_safe_day_is_the_last_working_day_before(case: Case) -> None:
    clock = CLOCKS[case.clock]
    stated = clock.on(clock.event(case.start))
    assert stated

    end = due(clock.event(case.start), stated.length, law().calendar)

    assert (end.date, end.safe) == (case.last, case.safe)


@pytest.mark.parametrize(
    "row", [{**row, "clock": one} for row in TABLE["accrual"] for one in row["clocks"]],
    ids=lambda row: f"{row['clock']} {row['on']}",
)  # fmt: skip
def test_what_accrues_by_the_day_begins_the_day_after(row: dict[str, Any]) -> None:
    assert CLOCKS[row["clock"]].daily
    assert days_overdue(row["start"], row["on"]) == row["days"]


def test_every_row_of_the_registry_has_its_boundary_over_each_kind_of_holiday() -> None:
    over: dict[str, set[str]] = {}
    for row in (*TABLE["case"], *TABLE["accrual"]):
        for clock in row["clocks"]:
            over.setdefault(clock, set()).update(row["over"])

    assert over.keys() == CLOCKS.keys()
    assert {clock: seen for clock, seen in over.items() if seen != OVER.keys()} == {}


def test_every_extension_has_its_boundary() -> None:
    extended = {case.clock for case in CASES if case.extended}

    assert extended == {id_ for id_, clock in CLOCKS.items() if clock.extension}


def test_every_dated_length_has_cases_on_its_first_and_on_its_last_day() -> None:
    starts = {(case.clock, case.start) for case in CASES}

    ends = [(id_, day) for id_ in CHANGED for each in CLOCKS[id_].row for day in (each.from_, each.to) if day]

    assert [end for end in ends if end not in starts] == []


@pytest.mark.parametrize("row", [*TABLE["case"], *TABLE["accrual"]], ids=lambda row: f"{row['clocks'][0]} {row['start']}")  # fmt: skip
def test_a_case_runs_over_what_it_says(row: dict[str, Any]) -> None:
    first, last = sorted(as_day(row[key]) for key in ("start", "last" if "last" in row else "on"))

    for kind in row["over"]:
        spans = [
            (date.fromisoformat(f"{year}-{begin}"), date.fromisoformat(f"{year}-{end}"))
            for year, begin, end in OVER[kind]
        ]
        assert any(begin <= last and first <= end for begin, end in spans), kind


def as_day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


# What flows count otherwise than by a deadline says the same as the registry.

#: Guards that count a period themselves, and the period that it is.
GUARDS = {
    ("penalty.general", "hearing_notified_ahead"): "pen.hearing_notice",
    ("penalty.general", "in_court_window"): "com.court_window",
    ("penalty.general", "past_court_window"): "com.court_window",
    ("enforcement.general", "in_court_window"): "com.court_window",
    ("enforcement.general", "past_court_window"): "com.court_window",
    ("enforcement.general", "urged_three_days_ahead"): "com.sub_perform",
    ("payment.relief", "first_check_yearly"): "rel.recheck",
    ("payment.relief", "next_check_yearly"): "rel.recheck",
    ("penalty.summary", "court_window"): "com.court_window",
    ("penalty.summary", "window_missed"): "com.court_window",
}


@pytest.mark.parametrize(("flow", "guard"), GUARDS)
def test_a_guard_counts_the_length_of_the_registry(flow: str, guard: str) -> None:
    versions = [folder().compiled(ref).flow for ref in folder().refs() if ref.startswith(f"{flow}@")]
    with_it = [version for version in versions if guard in version.guard]

    stated = {
        version.ref: CLOCKS[GUARDS[flow, guard]].on(
            version.effective_to or max(version.effective_from, date(2021, 7, 15))
        )
        for version in with_it
    }

    assert with_it
    for version in with_it:
        args, length = version.guard[guard].args, stated[version.ref]
        assert length
        assert Length(int(str(args["length"])), Unit(str(args["unit"]))) == length.length, version.ref


@pytest.mark.parametrize(
    ("clock", "counted"), [("inj.apply_unit", EMPLOYER_PERIOD), ("inj.apply_worker", WORKER_PERIOD)]
)
def test_who_applies_too_late_for_work_injury_is_found_by_the_length_of_the_registry(
    clock: str, counted: Length
) -> None:
    stated = CLOCKS[clock].on(date(2024, 1, 1))

    assert stated
    assert stated.length == counted


#: Periods of a procedure that no statute gives, or gives to something else; each says so in its gap.
OF_A_FLOW = {
    ("measure.general", "appraisal"),
    ("measure.general", "overdue_lift"),
    ("measure.general", "overdue_release"),
    ("measure.general", "overdue_unfreeze"),
    ("measure.general", "partial_return"),
    ("measure.general", "return"),
    ("measure.general", "unfreeze_notice"),
    ("enforcement.general", "after_notice"),
    ("enforcement.general", "perform"),
    ("duty.instalments", "instalment"),
    ("inspection.annual", "rectify"),
    ("inspection.annual", "report"),
    ("inspection.annual", "statement"),
    ("licence.after_grant", "renewal"),
    ("licence.after_grant", "renewed_term"),
    ("licence.after_grant", "term"),
    ("licence.general", "deliver_refusal"),
    ("licence.general", "ordered"),
    ("licence.general", "ordered_anew"),
    ("licence.general", "remake"),
    ("licence.general", "special"),
    ("duty.evidence", "disposal"),
    ("penalty.general", "pay"),
    ("penalty.general", "remake"),
    ("penalty.general", "serve"),
    ("penalty.general", "serve_no_penalty"),
    ("penalty.summary", "cash_to_agency"),
    ("penalty.summary", "cash_to_bank"),
    ("penalty.summary", "pay"),
}


def test_every_length_that_a_flow_states_itself_is_said_to_be_its_own() -> None:
    own = {
        (ref.split("@")[0], key): deadline.gap
        for ref in folder().refs()
        for key, deadline in folder().compiled(ref).flow.deadline.items()
        if not deadline.clock and not deadline.table
    }

    assert own.keys() == OF_A_FLOW
    assert all(own.values())


# A fault planted in the counting is noticed, by every row that it touches.


def off_by(number: int, *units: Unit) -> Callable[[Length], Length]:
    return lambda length: Length(length.count + number, length.unit) if length.unit in units else length


def moved(number: int, *units: Unit) -> Callable[[Moment, Clock, Length], Moment]:
    return lambda last, _clock, length: last + number * DAY if length.unit in units else last


def event_counted(*units: Unit) -> Callable[[date, Clock, Length], date]:
    """The day of the event taken for the first day."""

    def start(day: date, clock: Clock, length: Length) -> date:
        step = DAY if clock.direction is Direction.AFTER else -DAY
        return day - step if length.unit in units else day

    return start


def counted_back(number: int) -> Callable[[Moment, Clock, Length], Moment]:
    return lambda last, clock, _length: last + number * DAY if clock.direction is Direction.BEFORE else last


def next_month(last: Moment, _clock: Clock, length: Length) -> Moment:
    """The corresponding day that the month does not have, sought in the next month."""
    return last + DAY if length.unit in (Unit.MONTH, Unit.YEAR) and (last + DAY).day == 1 else last


def to_monday(last: Moment, clock: Clock, _length: Length) -> Moment:
    """A last day moved past Saturday and Sunday only, as if there were no notices."""
    if clock.rolls and clock.direction is Direction.AFTER:
        while last.weekday() > 4:
            last += DAY
    return last


def weekends_only() -> Calendar:
    return Calendar([year.model_copy(update={"holidays": (), "workdays": ()}) for year in YEARS])


def without_make_up_days() -> Calendar:
    return Calendar([year.model_copy(update={"workdays": ()}) for year in YEARS])


def without_holidays() -> Calendar:
    return Calendar([year.model_copy(update={"holidays": ()}) for year in YEARS])


def counting(*units: Unit) -> Callable[[Clock], bool]:
    return lambda clock: bool(clock.units & {*units}) and not clock.fixed


def rolling(clock: Clock) -> bool:
    """Whether it makes a difference that it rolls: a working day never does."""
    return clock.rolls and not clock.units <= {Unit.WORKDAY}


def staying(clock: Clock) -> bool:
    return not clock.rolls and clock.direction is Direction.AFTER and bool(clock.units & DATED)


WORK, DAYS, MONTH, YEAR, HOUR = Unit.WORKDAY, Unit.DAY, Unit.MONTH, Unit.YEAR, Unit.HOUR
DATED = {DAYS, MONTH, YEAR}

FAULTS: Mapping[str, tuple[Counter, Callable[[Clock], bool]]] = {
    "工作日多数一日": (Counter(length=off_by(1, WORK)), counting(WORK)),
    "工作日少数一日": (Counter(length=off_by(-1, WORK)), counting(WORK)),
    "工作日计入当日": (Counter(start=event_counted(WORK)), counting(WORK)),
    "工作日不计调休上班": (Counter(calendar=without_make_up_days()), counting(WORK)),
    "工作日不除节日": (Counter(calendar=without_holidays()), counting(WORK)),
    "工作日只除周末": (Counter(calendar=weekends_only()), counting(WORK)),
    "自然日多数一日": (Counter(length=off_by(1, DAYS)), counting(DAYS)),
    "自然日少数一日": (Counter(finish=moved(-1, DAYS)), counting(DAYS)),
    "自然日计入当日": (Counter(start=event_counted(DAYS)), counting(DAYS)),
    "月多数一日": (Counter(finish=moved(1, MONTH)), counting(MONTH)),
    "月少数一日": (Counter(finish=moved(-1, MONTH)), counting(MONTH)),
    "月计入当日": (Counter(start=event_counted(MONTH)), counting(MONTH)),
    "月多数一月": (Counter(length=off_by(1, MONTH)), counting(MONTH)),
    "月末推到下月": (Counter(finish=next_month), counting(MONTH)),
    "年多数一日": (Counter(finish=moved(1, YEAR)), counting(YEAR)),
    "年少数一日": (Counter(finish=moved(-1, YEAR)), counting(YEAR)),
    "年计入当日": (Counter(start=event_counted(YEAR)), counting(YEAR)),
    "年多数一年": (Counter(length=off_by(1, YEAR)), counting(YEAR)),
    "小时多数一小时": (Counter(length=off_by(1, HOUR)), counting(HOUR)),
    "小时少数一小时": (Counter(length=off_by(-1, HOUR)), counting(HOUR)),
    "倒数晚一日": (Counter(finish=counted_back(1)), lambda clock: clock.direction is Direction.BEFORE),
    "倒数早一日": (Counter(finish=counted_back(-1)), lambda clock: clock.direction is Direction.BEFORE),
    "不顺延": (Counter(roll=lambda clock: False), rolling),
    "一律顺延": (Counter(roll=lambda clock: True), staying),
    "只顺延到周一": (Counter(roll=lambda clock: False, finish=to_monday), rolling),
    "调休上班的周六也顺延": (Counter(calendar=without_make_up_days()), rolling),
}  # fmt: skip


def noticed(counter: Counter, clocks: Mapping[str, Clock]) -> set[str]:
    """The rows of the registry of which some case comes out otherwise than counted by hand."""
    return {case.clock for case in CASES if counter.last(case, clocks[case.clock]) != case.last}


def test_nothing_is_noticed_where_nothing_is_wrong() -> None:
    assert noticed(Counter(), CLOCKS) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_counting_is_noticed_by_every_row_that_it_touches(fault: str) -> None:
    counter, touches = FAULTS[fault]
    touched = {id_ for id_, clock in CLOCKS.items() if clock.lengths and touches(clock)}

    assert touched
    assert touched - noticed(counter, CLOCKS) == set()


def longer(clock: Clock, by: int) -> Clock:
    """The clock with every length of it off by one of its unit."""
    changed: dict[str, Any] = {
        "row": tuple(row.model_copy(update={"length": off_by(by, *Unit)(row.length)}) for row in clock.row),
    }
    if clock.length:
        changed["length"] = off_by(by, *Unit)(clock.length)
    return clock.model_copy(update=changed)


@pytest.mark.parametrize("id_", [id_ for id_, clock in CLOCKS.items() if clock.lengths])
def test_a_length_off_by_one_in_the_registry_is_noticed(id_: str) -> None:
    clock = CLOCKS[id_]
    by = [1] if any(each.length.count < 2 for each in clock.lengths) else [1, -1]

    for number in by:
        wrong = {**CLOCKS, id_: longer(clock, number)}
        assert id_ in noticed(Counter(), wrong)


@pytest.mark.parametrize("id_", [id_ for id_, clock in CLOCKS.items() if rolling(clock) or staying(clock)])
def test_a_wrong_rule_on_rolling_in_the_registry_is_noticed(id_: str) -> None:
    clock = CLOCKS[id_]
    other = Roll.NONE if clock.rolls else Roll.FORWARD

    wrong = {**CLOCKS, id_: clock.model_copy(update={"roll": other})}

    assert id_ in noticed(Counter(), wrong)


@pytest.mark.parametrize(
    ("id_", "number"), [(id_, n) for id_ in CHANGED for n in range(len(CLOCKS[id_].row))]
)
def test_a_dated_length_that_speaks_for_all_time_is_noticed(id_: str, number: int) -> None:
    always = CLOCKS[id_].row[number].model_copy(update={"from_": None, "to": None})

    wrong = {**CLOCKS, id_: CLOCKS[id_].model_copy(update={"row": (always,)})}

    assert id_ in noticed(Counter(), wrong)
