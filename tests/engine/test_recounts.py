"""A great many clocks at once: what the quick look finds is what counting case by case finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.builders import DAY, RAW, altered, case, changed, clock, law, up, world
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import in_a_row, roll_of
from zhifa_flow.engine.recounts import ClockSheet, Recounter
from zhifa_flow.engine.reprojection import reproject
from zhifa_flow.model.calendar import CalendarYear
from zhifa_flow.model.case import Case, ClockState, Interval, RunningClock
from zhifa_flow.model.localyear import LocalYear
from zhifa_flow.model.period import Length, Span

TODAY = date(2027, 1, 4)
NEXT = timedelta(days=1)
YEARS = [
    {
        "year": 2026, "notice": "试验通知", "announced": date(2025, 11, 4),
        "holidays": [{"name": "春节", "from": date(2026, 2, 15), "to": date(2026, 2, 23)}],
        "workdays": [date(2026, 2, 14), date(2026, 2, 28)],
    },
    {
        "year": 2027, "notice": "试验通知", "announced": date(2026, 11, 4),
        "holidays": [
            {"name": "元旦", "from": date(2027, 1, 1), "to": date(2027, 1, 3)},
            {"name": "春节", "from": date(2027, 2, 5), "to": date(2027, 2, 12)},
        ],
        "workdays": [date(2027, 2, 14), date(2027, 1, 9)],
    },
]  # fmt: skip
LONGER = {
    "notice": "延长通知", "announced": date(2026, 2, 20), "cancels": [date(2026, 2, 28)],
    "holidays": [{"name": "春节", "from": date(2026, 2, 24), "to": date(2026, 2, 26)}],
}  # fmt: skip
PLACE = {
    "year": 2027, "region": "河南省", "notice": "试验通知", "announced": date(2026, 11, 5), "basis": ["甲法第一条"],
    "policy": "试验口径", "policy_date": date(2026, 1, 1), "holidays": [{"name": "本地节日", "date": date(2027, 3, 3)}],
}  # fmt: skip


def known(*years: Mapping[str, Any]) -> Calendar:
    return Calendar([CalendarYear.model_validate(year) for year in years])


NOTHING, ONE, BOTH = known(), known(YEARS[0]), known(*YEARS)
AMENDED = known({**YEARS[0], "amendments": [LONGER]}, YEARS[1])
SHORTER = known({**YEARS[0], "holidays": [{"name": "试验假", "date": date(2026, 3, 12)}]}, YEARS[1])
ONLY_NEXT = known(YEARS[1])
LOCAL = BOTH.in_place([LocalYear.model_validate(PLACE)], {})
CALENDARS = (NOTHING, ONE, BOTH, AMENDED, LOCAL)


def flow() -> Compiled:
    """The small flow with a period of each kind that may stand still or be prolonged."""
    usual = {"unit": "day", "owner": "agency", "pauses": ["suspended", "remedy"]}
    kinds: dict[str, dict[str, Any]] = {
        "days": {"owner": "agency"}, "workdays": {"unit": "workday"}, "rolling": {"owner": "party"},
        "months": {"unit": "month"}, "free": {"pauses": []},
    }  # fmt: skip
    entry = {**RAW["deadline"]["handling"], **usual, "length": 10}
    return changed(deadline={name: {**entry, **kind, "name": name} for name, kind in kinds.items()})


FLOW = flow()
UNITS = {"days": "日", "workdays": "工作日", "rolling": "日", "months": "月", "free": "工作日"}


def spans(flags: Mapping[str, tuple[Interval, ...]]) -> list[Span]:
    return [
        Span(one.first, one.last - NEXT)
        for stretches in flags.values()
        for one in stretches
        if one.last and one.last > one.first
    ]


def recorded(
    name: str, started: date, lengths: list[str], flags: Mapping[str, tuple[Interval, ...]], by: Calendar
) -> RunningClock:
    """A clock as the steps recorded it under a calendar."""
    deadline = FLOW.flow.deadline[name]
    read = [Length.parse(length) for length in lengths]
    left_out = spans(flags) if deadline.pauses else []
    end = in_a_row(started, read, by, roll_of(deadline), excluded=left_out)[-1]
    return RunningClock(
        name, started, end.date, end.safe, end.provisional, str(read[0]),
        extensions=tuple(str(length) for length in read[1:]),
    )  # fmt: skip


def sheet(it: Case) -> ClockSheet:
    return ClockSheet(it.id, it.flow, it.region, it.flags, it.clocks)


def concerned(it: Case, by: Calendar, compiled: Compiled = FLOW) -> bool:
    return Recounter(compiled.flow, by).to_recount([sheet(it)]) == [it.id]


def changes(it: Case, by: Calendar, compiled: Compiled = FLOW) -> bool:
    told = replace(world(TODAY), law=replace(law(), calendar=by))
    return reproject(compiled, replace(it, flow_digest=compiled.digest), "li", told) is not None


DAYS = st.dates(date(2025, 11, 1), date(2026, 12, 31))
PAUSES = st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=2).map(
    lambda found: tuple(Interval(first, first + number * NEXT) for first, number in sorted(found))
)


@given(
    name=st.sampled_from(sorted(UNITS)), started=DAYS,
    counts=st.lists(st.integers(1, 60), min_size=1, max_size=2), pauses=PAUSES, other=PAUSES,
    before=st.sampled_from(CALENDARS), after=st.sampled_from(CALENDARS),
)  # fmt: skip
@settings(max_examples=600, deadline=None)
def test_the_quick_look_finds_what_counting_the_case_finds(
    name: str, started: date, counts: list[int], pauses: tuple[Interval, ...], other: tuple[Interval, ...],
    before: Calendar, after: Calendar,
) -> None:  # fmt: skip
    flags = {key: found for key, found in {"suspended": pauses, "remedy": other}.items() if found}
    lengths = [f"{min(count, 24) if name == 'months' else count}{UNITS[name]}" for count in counts]
    it = case(clocks={name: recorded(name, started, lengths, flags, before)}, flags=flags)

    assert concerned(it, after) == changes(it, after)


def stop(first: date, days: int) -> tuple[Interval, ...]:
    return (Interval(first, first + days * NEXT),)


@pytest.mark.parametrize(
    ("lengths", "flags", "before", "after"),
    [
        (["10工作日"], {"suspended": stop(date(2026, 3, 4), 5)}, BOTH, BOTH),
        (["10工作日"], {"suspended": stop(date(2026, 3, 4), 5)}, BOTH, AMENDED),
        (["10工作日"], {"suspended": stop(date(2026, 2, 20), 5)}, BOTH, AMENDED),
        (["10工作日"], {"suspended": stop(date(2026, 3, 4), 5)}, NOTHING, BOTH),
        (["10工作日"], {"suspended": stop(date(2026, 1, 4), 5)}, BOTH, BOTH),
        (["10工作日"], {"suspended": stop(date(2026, 5, 4), 5)}, BOTH, BOTH),
        (["10工作日"], {"suspended": stop(date(2026, 3, 4), 5), "remedy": stop(date(2026, 3, 6), 5)}, BOTH, BOTH),
        (["10工作日", "5工作日"], {}, BOTH, BOTH), (["10工作日", "5日"], {}, BOTH, BOTH),
        (["10工作日", "5工作日"], {}, BOTH, LOCAL), (["250工作日", "5工作日"], {}, LOCAL, LOCAL),
        (["250工作日", "20工作日"], {}, LOCAL, LOCAL), (["250工作日", "20工作日"], {}, BOTH, LOCAL),
        (["10工作日"], {"suspended": stop(date(2026, 3, 4), 5)}, BOTH, SHORTER),
        (["10工作日"], {"suspended": stop(date(2026, 3, 4), 5)}, SHORTER, BOTH),
        (["210工作日"], {"suspended": stop(date(2026, 3, 4), 5)}, BOTH, ONLY_NEXT),
        (["205工作日", "30工作日"], {}, ONE, ONE), (["205工作日", "30工作日"], {}, ONE, BOTH),
    ],
)  # fmt: skip
def test_working_days_with_a_past_are_looked_at_as_they_are_counted(
    lengths: list[str], flags: dict[str, tuple[Interval, ...]], before: Calendar, after: Calendar
) -> None:
    it = case(
        clocks={"workdays": recorded("workdays", date(2026, 2, 25), lengths, flags, before)}, flags=flags
    )

    assert concerned(it, after) == changes(it, after)


@pytest.mark.parametrize("lengths", [["10日", "30日"], ["1日", "1日"], ["1日", "3日"]])
@pytest.mark.parametrize("after", [NOTHING, BOTH])
def test_days_that_do_not_roll_end_alike_and_leave_another_safe_day(
    lengths: list[str], after: Calendar
) -> None:
    it = case(clocks={"days": recorded("days", date(2026, 2, 14), lengths, {}, NOTHING)})

    assert concerned(it, after) == changes(it, after)


def test_a_last_day_that_would_now_be_left_out_is_counted_again() -> None:
    flags = {"suspended": stop(date(2026, 3, 9), 5)}
    four = recorded("workdays", DAY, ["4工作日"], {}, BOTH)
    # Six working days from the 3rd to the 10th, two of them left out: and yet the 10th is none to end on.
    it = case(clocks={"workdays": replace(four, due=date(2026, 3, 10), safe=date(2026, 3, 10))}, flags=flags)

    assert four.due == date(2026, 3, 6)
    assert concerned(it, BOTH)
    assert changes(it, BOTH)


def test_days_of_a_year_that_is_unpublished_again_are_provisional_though_the_last_day_is_not() -> None:
    flags = {"suspended": stop(date(2026, 12, 23), 2)}
    one = recorded("workdays", date(2026, 12, 21), ["10工作日"], flags, BOTH)
    it = case(clocks={"workdays": one}, flags=flags)

    assert (one.due.year, one.provisional) == (2027, False)
    assert concerned(it, ONLY_NEXT)
    assert changes(it, ONLY_NEXT)


@pytest.mark.parametrize("name", ["days", "workdays", "free"])
def test_a_length_that_nobody_can_read_is_for_the_case_to_explain(name: str) -> None:
    it = case(clocks={name: clock(name, length="十日", extensions=("10日",) if name == "days" else ())})

    assert concerned(it, BOTH)


@pytest.mark.parametrize("lengths", [["10工作日"], ["10工作日", "5日"], ["10工作日", "5工作日"]])
def test_clocks_that_are_alike_are_answered_alike(lengths: list[str]) -> None:
    flags = {"suspended": stop(date(2026, 3, 4), 0)}
    one = recorded("workdays", DAY, lengths, flags, NOTHING)
    right = recorded("workdays", DAY, lengths, flags, BOTH)
    cases = [
        case(id=f"c{place}", clocks={"workdays": it}, flags=flags)
        for place, it in enumerate((one, one, right))
    ]

    assert Recounter(FLOW.flow, BOTH).to_recount(map(sheet, cases)) == ["c0", "c1"]


def test_of_many_cases_those_are_named_that_the_calendar_concerns() -> None:
    cases = [
        case(id=f"c{number:02}", clocks={"free": recorded("free", day, ["10工作日"], {}, NOTHING)})
        for number, day in enumerate((date(2026, 2, 2), date(2026, 3, 2), date(2026, 2, 4), date(2027, 6, 7)))
    ]

    found = Recounter(FLOW.flow, BOTH).to_recount(map(sheet, cases))

    assert found == [it.id for it in cases if changes(it, BOTH)]
    assert found == ["c00", "c01", "c02", "c03"]


def test_a_case_is_named_once_however_many_of_its_deadlines_change() -> None:
    names = ("free", "workdays", "days")
    it = case(clocks={name: recorded(name, DAY, [f"10{UNITS[name]}"], {}, NOTHING) for name in names})

    assert Recounter(FLOW.flow, BOTH).to_recount([sheet(it), sheet(it)]) == [it.id, it.id]


@pytest.mark.parametrize(
    "more",
    [
        {"state": ClockState.MET, "ended": DAY}, {"state": ClockState.CLOSED, "ended": DAY},
        {"moment": "2026-03-17T10:00+08:00"}, {"paused": DAY},
    ],
    ids=["met", "closed", "hours", "standing still"],
)  # fmt: skip
def test_what_ended_runs_by_the_hour_or_stands_still_concerns_nobody(more: dict[str, Any]) -> None:
    it = case(
        clocks={"workdays": clock("workdays", length="10个工作日", **more)}, flags={"suspended": up(DAY)}
    )

    assert not concerned(it, BOTH)


@pytest.mark.parametrize(("safe", "found"), [(date(2026, 2, 14), False), (date(2026, 2, 13), True)])
def test_of_a_day_set_by_a_document_only_the_safe_day_can_change(safe: date, found: bool) -> None:
    one = replace(clock("rolling", due=date(2026, 2, 16), moved=True), safe=safe)
    it = case(clocks={"rolling": one})

    assert concerned(it, BOTH) is found
    assert changes(it, BOTH) is found


@pytest.mark.parametrize(
    ("flags", "extra", "asked"),
    [
        ({"suspended": up(date(2026, 3, 3), date(2026, 3, 5))}, {"pause_table": "excluded"}, True),
        ({"suspended": up(date(2026, 3, 3))}, {}, True),
        ({"remedy": up(date(2026, 3, 3), date(2026, 3, 5))}, {}, False),
        ({}, {"pause_table": "excluded"}, False),
    ],
    ids=["a table decides", "a stop that the clock does not know of", "another circumstance", "no circumstance"],
)  # fmt: skip
def test_where_the_sheet_does_not_say_enough_the_case_itself_is_asked(
    flags: dict[str, tuple[Interval, ...]], extra: dict[str, Any], asked: bool
) -> None:
    it = altered("deadline", "handling", length=10, unit="workday", **extra)
    plain = clock("handling", due=date(2026, 3, 16), length="10个工作日")

    assert concerned(case(clocks={"handling": plain}, flags=flags), BOTH, it) is asked


@pytest.mark.parametrize("flags", [{}, {"suspended": up(DAY, DAY)}])
@pytest.mark.parametrize("extensions", [(), ("10个工作日",)])
def test_a_deadline_that_the_flow_does_not_know_is_for_the_case_to_explain(
    flags: dict[str, tuple[Interval, ...]], extensions: tuple[str, ...]
) -> None:
    it = case(clocks={"gone": clock("gone", length="10个工作日", extensions=extensions)}, flags=flags)

    assert concerned(it, BOTH)


@pytest.mark.parametrize("moved", [True, False])
@pytest.mark.parametrize("extensions", [(), ("90日",)])
def test_a_count_beyond_every_calendar_is_for_the_case_to_explain(
    moved: bool, extensions: tuple[str, ...]
) -> None:
    day = date(2101, 1, 1)
    it = case(clocks={"days": clock("days", started=day, due=day, moved=moved, extensions=extensions)})

    assert concerned(it, BOTH)


def test_a_fault_planted_in_the_quick_look_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """That a clock was prolonged is overlooked: then the case is not found, and the comparison above would say so."""

    def overlooked(self: Recounter, name: str, it: RunningClock, flags: object) -> object:
        del flags
        return self.plain_end(name, replace(it, extensions=()))

    monkeypatch.setattr(Recounter, "end", overlooked)
    one = recorded("workdays", date(2026, 2, 2), ["1工作日", "10工作日"], {}, NOTHING)
    shorter = recorded("workdays", date(2026, 2, 2), ["1工作日"], {}, BOTH)
    it = case(clocks={"workdays": replace(one, due=shorter.due, safe=shorter.safe, provisional=False)})

    assert concerned(it, BOTH) != changes(it, BOTH)


@pytest.mark.parametrize(("state", "runs"), [(ClockState.RUNNING, True), (ClockState.CLOSED, False)])
def test_a_sheet_says_whether_anything_runs(state: ClockState, runs: bool) -> None:
    assert sheet(case(clocks={"days": clock("days", state=state)})).running is runs


def test_a_calendar_says_which_files_it_could_not_use() -> None:
    nation = Calendar([], unread={2026: "2026.toml 有误"})

    assert nation.unread == {2026: "2026.toml 有误"}
    assert nation.unread_between(date(2025, 12, 31), date(2026, 1, 1)) == ["2026.toml 有误"]
    assert nation.unread_between(date(2027, 1, 1), date(2030, 1, 1)) == []
    assert nation.in_place([], {2027: "local/河南省/2027.toml 有误"}).unread.keys() == {2026, 2027}
    assert BOTH.unread == {}
