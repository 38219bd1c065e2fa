"""A deadline of a case: by which day it is listed, and whether it outlived its last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from zhifa_flow.model.case import ClockState, RunningClock

DUE = date(2026, 3, 9)
NEXT = timedelta(days=1)


def clock(
    state: ClockState = ClockState.RUNNING, ended: date | None = None, paused: date | None = None
) -> RunningClock:
    return RunningClock(
        "pay", date(2026, 3, 2), DUE, DUE, provisional=False, length="7日", state=state, ended=ended, paused=paused
    )  # fmt: skip


def test_a_running_deadline_is_listed_by_its_last_day_and_one_that_stands_still_behind_all() -> None:
    assert (clock().awaited, clock(paused=date(2026, 3, 5)).awaited) == (DUE, date.max)


@pytest.mark.parametrize("state", [ClockState.MET, ClockState.LATE, ClockState.CLOSED])
@pytest.mark.parametrize(("ended", "overran"), [(DUE, False), (DUE + NEXT, True)])
def test_what_ended_after_its_last_day_overran_whatever_ended_it(
    state: ClockState, ended: date, *, overran: bool
) -> None:
    assert clock(state, ended).overran is overran


def test_what_still_runs_has_not_overrun() -> None:
    assert clock().overran is False
