from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.engine.builders import DAY, RAW, altered, changed, clock, paper, refused, situation, take, up, walk
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import changes, extension_refusals, length_of, pauses_of, standing, start
from zhifa_flow.engine.registry import Found
from zhifa_flow.model.case import ClockState, RunningClock
from zhifa_flow.model.flow import Transition

NEXT = timedelta(days=1)


def handling(**more: Any) -> Compiled:
    return altered("deadline", "handling", **more)


def one(clocks: list[RunningClock]) -> RunningClock:
    assert len(clocks) == 1
    return clocks[0]


#: Both 7 and 8 March 2026 are days off, of a year of which the calendar of these tests has no notice.
SURE: dict[str, Any] = {"safe": date(2026, 3, 6), "provisional": True}


def running(due: date, **more: Any) -> dict[str, RunningClock]:
    return {"handling": clock("handling", due=due, **{"length": "90日", **more})}


# How a period starts.


def test_a_period_starts_on_the_day_of_the_step() -> None:
    begun = one(changes(situation(), "file_case"))

    assert (begun.deadline, begun.started, begun.due, begun.safe) == (
        "handling",
        DAY,
        date(2026, 5, 31),
        date(2026, 5, 29),
    )
    assert (begun.length, begun.state, begun.provisional) == ("90日", ClockState.RUNNING, True)


def test_a_period_of_the_party_rolls_past_days_off_and_that_of_the_agency_does_not() -> None:
    friday = date(2026, 3, 6)  # fifteen days later is a Saturday

    party = start(situation(on=friday), "payment")
    agency = start(situation(on=friday, compiled=altered("deadline", "payment", owner="agency")), "payment")

    assert party is not None
    assert agency is not None
    assert (party.due, agency.due) == (date(2026, 3, 23), date(2026, 3, 21))


@pytest.mark.parametrize(
    ("from_", "found_on", "started"),
    [
        ("filing.found_on", "2026-02-20", date(2026, 2, 20)), ("filing.found_on", None, DAY),
        ("filing", None, date(2026, 2, 24)), ("proposal", None, DAY),
    ],
    ids=["a field", "an empty field", "the day of a document", "a document not on file"],
)  # fmt: skip
def test_a_period_runs_from_the_date_of_a_document(from_: str, found_on: str | None, started: date) -> None:
    s = situation(
        [paper("filing", on=date(2026, 2, 24), found_on=found_on)], compiled=handling(**{"from": from_})
    )

    assert one(changes(s, "file_case")).started == started


def test_a_table_gives_the_length_of_a_period() -> None:
    s = situation(compiled=handling(length=None, unit=None, table="longer"))

    assert one(changes(s, "file_case")).length == "30日"


def test_where_the_table_is_silent_no_period_starts() -> None:
    it = handling(length=None, unit=None, table="silent")

    assert changes(situation(compiled=it), "file_case") == []
    assert length_of(situation(compiled=it), it.flow.deadline["handling"]) is None


def test_a_step_that_starts_a_period_again_starts_it_afresh() -> None:
    s = situation(clocks=running(DAY, extensions=("30日",), state=ClockState.LATE))

    begun = one(changes(s, "file_case"))

    assert (begun.state, begun.extensions, begun.due) == (ClockState.RUNNING, (), date(2026, 5, 31))


# Hours.

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)
MOMENT = {
    **RAW["document"]["filing"]["field"], "at": {"type": "moment", "name": "时刻", "required": False},
}  # fmt: skip


def hours(from_: str | None = None) -> Compiled:
    entry = {**RAW["deadline"]["handling"], "length": 24, "unit": "hour", "pauses": [], "from": from_}
    del entry["extension"]
    return changed(
        deadline={"handling": entry},
        document={"filing": {**RAW["document"]["filing"], "field": MOMENT}},
        transition={"extend": {**RAW["transition"]["extend"], "extends": {"deadline": "payment"}}},
    )


@pytest.mark.parametrize(
    ("from_", "moment", "fields", "last"),
    [
        (None, NOON, {}, "2026-03-03T12:00+08:00"),
        (None, None, {}, "2026-03-03T00:00+08:00"),
        ("filing.found_on", NOON, {"found_on": "2026-03-01"}, "2026-03-02T00:00+08:00"),
        ("filing.found_on", NOON, {"found_on": "2026-03-02"}, "2026-03-03T12:00+08:00"),
        ("filing.at", NOON, {"at": "2026-03-01T09:30"}, "2026-03-02T09:30+08:00"),
        ("filing.at", NOON, {}, "2026-03-03T12:00+08:00"),
        ("filing", NOON, {}, "2026-03-03T12:00+08:00"),
    ],
    ids=[
        "hour of the act",
        "no hour",
        "an earlier day",
        "the same day",
        "a written hour",
        "an unwritten hour",
        "a document",
    ],
)
def test_hours_run_from_the_hour_and_never_longer_than_from_the_first_of_the_day(
    from_: str | None, moment: datetime | None, fields: dict[str, str], last: str
) -> None:
    s = situation([paper("filing", **fields)], compiled=hours(from_), moment=moment)  # type: ignore[arg-type]

    begun = one(changes(s, "file_case"))

    assert (begun.moment, begun.length) == (last, "24小时")
    assert begun.due == begun.safe == date.fromisoformat(last[:10])


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (NOON, ClockState.MET), (NOON + timedelta(minutes=1), ClockState.LATE), (None, ClockState.LATE),
    ],
)  # fmt: skip
def test_hours_end_at_their_minute_and_an_act_without_its_hour_at_the_end_of_its_day(
    moment: datetime | None, state: ClockState
) -> None:
    it = clock("handling", due=DAY, moment="2026-03-02T12:00+08:00", length="24小时")
    s = situation(compiled=hours(), clocks={"handling": it}, moment=moment)

    assert one(changes(s, "decide")[:1]).state is state


# How a period ends.


@pytest.mark.parametrize(("on", "state"), [(DAY, ClockState.MET), (DAY + NEXT, ClockState.LATE)])
def test_a_period_is_met_on_its_last_day_and_late_after_it(on: date, state: ClockState) -> None:
    ended = changes(situation(on=on, clocks=running(DAY)), "decide")[0]

    assert (ended.deadline, ended.state, ended.ended) == ("handling", state, on)


@pytest.mark.parametrize(
    ("value", "ended"), [(0, True), (False, True), (1, False), (True, False), (None, False)]
)
def test_a_step_may_end_a_period_unless_something_still_stands_open(
    value: int | None, *, ended: bool
) -> None:
    compiled = handling(ends=[], ends_unless={"pay": "owed"})
    s = situation(compiled=compiled, found={"owed": Found(value, "")}, clocks=running(DAY + NEXT))

    changed = changes(s, "pay")

    assert [each.state for each in changed] == ([ClockState.MET] if ended else [])


@pytest.mark.parametrize("state", [ClockState.MET, ClockState.LATE, ClockState.CLOSED])
def test_a_period_ends_once(state: ClockState) -> None:
    s = situation(clocks=running(DAY, state=state))

    assert [one.deadline for one in changes(s, "decide")] == ["payment"]


def test_a_step_that_a_period_does_not_know_leaves_it_alone() -> None:
    assert changes(situation(clocks=running(DAY)), "inquire") == []
    assert changes(situation(), "review") == []


def test_the_end_of_a_case_closes_what_still_runs_and_nothing_else() -> None:
    clocks = {**running(DAY), "payment": clock("payment", state=ClockState.MET)}

    closed = one(changes(situation(clocks=clocks, on=DAY + NEXT), "close", end=True))

    assert (closed.deadline, closed.state, closed.ended) == ("handling", ClockState.CLOSED, DAY + NEXT)


def test_the_end_of_a_case_closes_what_the_last_step_started() -> None:
    closed = one(changes(situation(), "file_case", end=True))

    assert (closed.state, closed.due) == (ClockState.CLOSED, date(2026, 5, 31))


# Prolonging: once, before the end, where a table allows it.


def test_an_extension_runs_from_the_last_day_of_what_it_prolongs() -> None:
    s = situation(clocks=running(date(2026, 5, 31)))

    longer = one(changes(s, "extend"))

    assert (longer.due, longer.extensions) == (date(2026, 6, 30), ("30日",))


def test_extensions_are_counted_again_with_the_days_left_out() -> None:
    flags = {"suspended": up(DAY + NEXT, DAY + 11 * NEXT)}
    s = situation(clocks=running(date(2026, 6, 10)), flags=flags, on=date(2026, 6, 1))

    assert one(changes(s, "extend")).due == date(2026, 7, 10)


def test_where_the_table_is_silent_nothing_is_prolonged() -> None:
    s = situation(clocks=running(DAY), compiled=handling(extension={"table": "silent"}))

    assert changes(s, "extend") == []


EXTEND = Transition.model_validate(RAW["transition"]["extend"])


@pytest.mark.parametrize(
    ("clocks", "more", "said"),
    [
        (running(DAY), {}, []),
        (running(DAY - NEXT), {}, ["“办理期限”已于2026-03-01届满, 届满后不得延长"]),
        ({}, {}, ["“办理期限”没有在计算中"]),
        (running(DAY, state=ClockState.MET), {}, ["“办理期限”没有在计算中"]),
        (running(DAY, extensions=("30日",)), {}, ["“办理期限”至多延长1次, 已经延长1次"]),
        (running(DAY, extensions=("30日",)), {"extension": {"table": "longer", "times": 2}}, []),
        (running(DAY), {"extension": {"table": "silent"}}, ["法律、法规、规章没有规定“办理期限”可以延长"]),
        (running(DAY), {"extension": None}, ["法律、法规、规章没有规定“办理期限”可以延长"]),
        (running(DAY, moved=True), {}, ["“办理期限”的最后一日已由文书确定或者以小时计, 不能再延长"]),
        (running(DAY, moment="2026-03-02T12:00+08:00"), {}, ["“办理期限”的最后一日已由文书确定或者以小时计, 不能再延长"]),
        (
            running(DAY - NEXT, extensions=("30日",)), {"extension": {"table": "silent"}},
            [
                "“办理期限”已于2026-03-01届满, 届满后不得延长", "“办理期限”至多延长1次, 已经延长1次",
                "法律、法规、规章没有规定“办理期限”可以延长",
            ],
        ),
    ],
)  # fmt: skip
def test_every_reason_against_an_extension_is_given(clocks: Any, more: Any, said: list[str]) -> None:
    s = situation(clocks=clocks, compiled=handling(**more))

    refusals = extension_refusals(s, EXTEND)

    assert [(one.code, one.message, one.basis) for one in refusals] == [
        ("extension", text, ("甲法第一条",)) for text in said
    ]


def test_a_step_that_prolongs_nothing_has_nothing_against_it() -> None:
    step = Transition.model_validate(RAW["transition"]["inquire"])

    assert extension_refusals(situation(), step) == []


def test_a_period_is_prolonged_once_in_a_case() -> None:
    it = take(walk("file_case"), "extend").case

    again = refused(it, "extend")

    assert it.clocks["handling"].due == date(2026, 6, 30)
    assert [one.message for one in again] == ["“办理期限”至多延长1次, 已经延长1次"]


# Moving to a day that a document names.


def deferred(until: str | None, **more: Any) -> Any:
    payment = clock("payment", due=date(2026, 3, 17), **more)
    return situation([paper("deferral", until=until)] if until else [], clocks={"payment": payment})


def test_a_document_may_set_the_last_day() -> None:
    moved = one(changes(deferred("2026-04-05"), "defer"))

    assert (moved.due, moved.safe, moved.moved, moved.moment) == (
        date(2026, 4, 5),
        date(2026, 4, 3),
        True,
        "",
    )


def test_without_a_day_nothing_is_moved() -> None:
    assert changes(deferred(None), "defer") == []


def test_a_day_set_by_a_document_stays_whatever_else_happens() -> None:
    s = situation(
        clocks={"payment": clock("payment", due=date(2026, 4, 5), moved=True)},
        flags={"remedy": up(DAY, DAY + 5 * NEXT)},
    )

    assert changes(s, "end_remedy", lowered=["remedy"]) == []


def test_hours_are_not_counted_again_when_a_flag_goes_down() -> None:
    entry = {**RAW["deadline"]["payment"], "length": 24, "unit": "hour"}
    hour_clock = clock("payment", moment="2026-03-03T00:00+08:00", length="24小时")
    s = situation(
        clocks={"payment": hour_clock},
        flags={"remedy": up(DAY, DAY + NEXT)},
        compiled=changed(deadline={"payment": entry}),
    )

    assert changes(s, "end_remedy", lowered=["remedy"]) == []


# Standing still.


def resumed(*stretches: Any, on: date, **more: Any) -> date:
    flags = dict(stretches)
    s = situation(clocks=running(date(2026, 5, 31)), flags=flags, on=on, compiled=handling(**more))
    return one(changes(s, "resume", lowered=list(flags))).due


@pytest.mark.parametrize(
    ("stretch", "due"),
    [
        (up(DAY + NEXT, DAY + 11 * NEXT), date(2026, 6, 10)),
        (up(DAY, DAY + NEXT), date(2026, 5, 31)),
        (up(DAY, DAY + 2 * NEXT), date(2026, 6, 1)),
        (up(DAY + 5 * NEXT, DAY + 5 * NEXT), date(2026, 5, 31)),
        (up(DAY - 20 * NEXT, DAY + 11 * NEXT), date(2026, 6, 10)),
        (up(DAY + NEXT, DAY + 3 * NEXT) + up(DAY + 3 * NEXT, DAY + 5 * NEXT), date(2026, 6, 4)),
    ],
    ids=[
        "ten days",
        "the day that never counts",
        "one day",
        "up and down",
        "since before the start",
        "twice",
    ],
)
def test_the_days_of_a_circumstance_do_not_count(stretch: Any, due: date) -> None:
    assert resumed(("suspended", stretch), on=DAY + 11 * NEXT) == due


def test_a_circumstance_that_ends_takes_no_extension_away() -> None:
    clocks = running(date(2026, 6, 30), extensions=("30日",))
    s = situation(clocks=clocks, flags={"suspended": up(DAY + NEXT, DAY + 11 * NEXT)}, on=DAY + 11 * NEXT)

    after = one(changes(s, "resume", lowered=["suspended"]))

    assert (after.due, after.extensions) == (date(2026, 7, 10), ("30日",))


def test_a_day_left_out_for_two_reasons_is_left_out_once() -> None:
    due = resumed(
        ("suspended", up(DAY + NEXT, DAY + 11 * NEXT)), ("remedy", up(DAY + 6 * NEXT, DAY + 16 * NEXT)),
        on=DAY + 16 * NEXT, pauses=["suspended", "remedy"],
    )  # fmt: skip

    assert due == date(2026, 6, 15)


def test_a_table_says_which_circumstances_leave_days_out() -> None:
    due = resumed(
        ("suspended", up(DAY + NEXT, DAY + 3 * NEXT)), ("remedy", up(DAY + 6 * NEXT, DAY + 16 * NEXT)),
        on=DAY + 16 * NEXT, pauses=["suspended", "remedy"], pause_table="excluded",
    )  # fmt: skip

    assert due == date(2026, 6, 2)


def test_a_circumstance_of_which_the_table_says_nothing_leaves_no_day_out() -> None:
    it = handling(pauses=["suspended"], pause_table="silent")
    s = situation(flags={"suspended": up(DAY, DAY + 9 * NEXT)}, compiled=it)

    assert pauses_of(s, it.flow.deadline["handling"]) == []


def test_a_flag_that_stops_no_clock_changes_none() -> None:
    s = situation(clocks=running(DAY), flags={"remedy": up(DAY, DAY + NEXT)})

    assert changes(s, "end_remedy", lowered=["remedy"]) == []


@pytest.mark.parametrize(
    ("flags", "clocks", "due"),
    [
        ({"suspended": up(DAY + NEXT)}, running(DAY + 5 * NEXT, length="5日"), DAY + 15 * NEXT),
        ({"suspended": up(DAY + NEXT, DAY + 2 * NEXT)}, running(DAY + 6 * NEXT, length="5日", **SURE), None),
        ({"suspended": up(DAY + 6 * NEXT)}, running(DAY + 5 * NEXT, length="5日"), DAY + 5 * NEXT),
        ({}, running(DAY + 5 * NEXT, length="5日", **SURE), None),
        ({"suspended": up(DAY)}, {}, None),
        ({"suspended": up(DAY)}, running(DAY, state=ClockState.LATE), None),
        ({"suspended": up(DAY)}, running(DAY, moved=True), None),
        ({"suspended": up(DAY)}, running(DAY, moment="2026-03-02T12:00+08:00"), None),
    ],
    ids=["held up", "over", "held up too late", "no flag", "no clock", "ended", "moved", "hours"],
)
def test_a_clock_that_is_held_up_is_counted_to_the_day_of_the_act(
    flags: Any, clocks: Any, due: date | None
) -> None:
    s = situation(flags=flags, clocks=clocks, on=DAY + 10 * NEXT)

    assert {name: one.due for name, one in standing(s).items()} == ({"handling": due} if due else {})


def test_a_period_that_stands_still_has_not_run_out() -> None:
    """A remedy raised on the last day of payment: days later nobody can say that the time to pay is over."""
    guard = {
        "check": "expired",
        "args": {"deadline": "payment"},
        "refusal": "缴款期限没有届满",
        "gap": "测试",
    }
    it = changed(guard={"paid": guard})
    due = date(2026, 3, 17)
    decided = walk("file_case", "inquire", "propose", "review", "decide", compiled=it)
    held_up = take(decided, "ask_remedy", due, compiled=it).case

    late = due + 30 * NEXT
    ended = take(held_up, "end_remedy", late, compiled=it).case

    assert [one.code for one in refused(held_up, "close", late, compiled=it)] == ["paid"]
    assert ended.clocks["payment"].due == late
    assert [one.code for one in refused(ended, "close", late, compiled=it)] == ["paid"]
    assert take(ended, "close", late + NEXT, compiled=it).case.ended


def test_a_period_held_up_on_its_last_day_is_still_met_when_the_act_comes() -> None:
    last = date(2026, 5, 31)
    guardless = changed(
        flag={"suspended": {**RAW["flag"]["suspended"], "allows": ["resume", "decide", "extend"]}}
    )
    held = {"suspended": up(last)}
    s = situation(clocks=running(last), flags=held, on=last + 20 * NEXT, compiled=guardless)
    s.case = replace(s.case, clocks=standing(s))

    assert changes(s, "decide")[0].state is ClockState.MET


# Since when a clock stands still.


def stopped(**more: Any) -> Any:
    """What a step that stops the handling period makes of it."""
    clocks = running(date(2026, 5, 31), **more.pop("clock", {}))
    facts = {"on": DAY + 3 * NEXT, **more}
    compiled = facts.pop("compiled", None)
    return changes(situation(clocks=clocks, compiled=compiled, **facts), "suspend", raised=["suspended"])


def test_a_step_that_stops_a_clock_records_since_when_and_leaves_its_last_day() -> None:
    [it] = stopped()

    assert (it.paused, it.due, it.state) == (DAY + 3 * NEXT, date(2026, 5, 31), ClockState.RUNNING)


def test_a_clock_that_goes_on_stands_still_no_longer() -> None:
    s = situation(
        clocks=running(date(2026, 5, 31), paused=DAY + NEXT), flags={"suspended": up(DAY + NEXT, DAY + 4 * NEXT)},
        on=DAY + 4 * NEXT,
    )  # fmt: skip

    it = one(changes(s, "resume", lowered=["suspended"]))

    assert (it.paused, it.due) == (None, date(2026, 6, 3))


def test_a_clock_that_two_circumstances_stop_goes_on_with_the_second() -> None:
    first, both = up(DAY + NEXT, DAY + 4 * NEXT), handling(pauses=["suspended", "remedy"])
    s = situation(
        clocks=running(date(2026, 5, 31), paused=DAY + NEXT), compiled=both,
        flags={"suspended": first, "remedy": up(DAY + 2 * NEXT)}, on=DAY + 4 * NEXT,
    )  # fmt: skip

    assert one(changes(s, "resume", lowered=["suspended"])).paused == DAY + NEXT


def test_a_second_circumstance_changes_nothing_about_a_clock_that_stands_still() -> None:
    both = handling(pauses=["suspended", "remedy"])
    s = situation(
        clocks=running(date(2026, 5, 31), paused=DAY + NEXT), compiled=both, flags={"remedy": up(DAY + NEXT)},
        on=DAY + 4 * NEXT,
    )  # fmt: skip

    assert changes(s, "suspend", raised=["suspended"]) == []


def test_a_clock_that_starts_while_it_is_stopped_stands_still_since_its_start() -> None:
    s = situation(flags={"suspended": up(DAY - 5 * NEXT)})

    assert one(changes(s, "file_case")).paused == DAY


@pytest.mark.parametrize(
    "more",
    [
        {"clock": {"moved": True}}, {"clock": {"moment": "2026-03-02T12:00+08:00"}}, {"clock": {"state": ClockState.MET}},
        {"compiled": handling(pause_table="silent")}, {"compiled": handling(pauses=["remedy"])},
    ],
    ids=["set by a document", "hours", "ended", "the table lets it run", "another circumstance"],
)  # fmt: skip
def test_what_does_not_stop_a_clock_is_not_recorded_as_a_stop(more: dict[str, Any]) -> None:
    assert stopped(**more) == []


def test_a_clock_that_ends_stands_still_no_longer() -> None:
    s = situation(
        clocks=running(date(2026, 5, 31), paused=DAY + NEXT), flags={"suspended": up(DAY + NEXT)}, on=DAY + 4 * NEXT
    )  # fmt: skip

    assert [(each.deadline, each.paused) for each in changes(s, "decide") if each.ended] == [
        ("handling", None)
    ]


# Closed without its act.


@pytest.mark.parametrize("on", [DAY, DAY + 9 * NEXT])
def test_a_step_that_voids_a_period_closes_it_and_nobody_was_late(on: date) -> None:
    s = situation(clocks=running(DAY), compiled=handling(ends=[], voids=["decide"]), on=on)

    closed = changes(s, "decide")[0]

    assert (closed.deadline, closed.state, closed.ended) == ("handling", ClockState.CLOSED, on)


# Prolonging what stands still.


@pytest.mark.parametrize(("days", "codes"), [(5, []), (6, ["extension"])])
def test_a_stop_carries_the_last_day_on_which_a_period_may_be_prolonged(days: int, codes: list[str]) -> None:
    """Five days were stopped, so it may be prolonged until five days after what was its last day."""
    last = date(2026, 5, 31)
    it = take(take(walk("file_case"), "suspend", last - 4 * NEXT).case, "resume", last + NEXT).case

    if codes:
        assert [one.code for one in refused(it, "extend", last + days * NEXT)] == codes
    else:
        assert take(it, "extend", last + days * NEXT).case.clocks["handling"].extensions == ("30日",)


def test_a_period_that_stands_still_past_its_last_day_may_still_be_prolonged_once() -> None:
    flags = {"suspended": {**RAW["flag"]["suspended"], "allows": ["resume", "extend"]}}
    compiled, last = changed(flag=flags), date(2026, 5, 31)
    held = take(walk("file_case", compiled=compiled), "suspend", last, compiled=compiled).case

    longer = take(held, "extend", last + 40 * NEXT, compiled=compiled).case

    assert longer.clocks["handling"].extensions == ("30日",)
    assert longer.clocks["handling"].paused == last
    again = {"memo": [{"reason": "又一理由"}]}
    assert [one.message for one in refused(longer, "extend", last + 41 * NEXT, compiled=compiled, documents=again)] == [
        "“办理期限”至多延长1次, 已经延长1次"
    ]  # fmt: skip


def test_only_the_level_that_the_flow_names_may_prolong() -> None:
    assert [one.code for one in refused(walk("file_case"), "extend", by=("zhang",))] == ["people"]


@pytest.mark.parametrize(("since", "paused"), [(DAY + 5 * NEXT, DAY + 5 * NEXT), (DAY + 6 * NEXT, None)])
def test_what_begins_after_the_last_day_stops_nothing_and_the_overdue_stays(
    since: date, paused: date | None
) -> None:
    s = situation(clocks=running(DAY + 5 * NEXT, length="5日"), on=since)

    changed = {one.deadline: one for one in changes(s, "suspend", raised=["suspended"])}

    assert (changed["handling"].paused if changed else None) == paused
