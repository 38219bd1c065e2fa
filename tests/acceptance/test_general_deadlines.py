"""No deadline of an ordinary penalty case outlives what it was for: a decision paid, set aside, or closed."""

from __future__ import annotations

from functools import cache

import pytest

from tests.acceptance.stage import FLOWS, desk_maker
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.casework.scenarios import Played, play
from zhifa_flow.model.case import ClockState, RunningClock


@cache
def played(walk: str) -> tuple[Played, ...]:
    path = FLOWS / "penalty.general" / "scenarios" / f"{walk}.toml"
    return tuple(play(read_scenario(path, FLOWS), desk_maker()))


def clocks(walk: str, label: str) -> dict[str, RunningClock]:
    """The deadlines as they stood after the act of that label was done (the last time, if it was done twice)."""
    done = [one.advanced for one in played(walk) if one.step.label == label and one.advanced]
    return dict(done[-1].case.clocks)


def running(walk: str, label: str) -> set[str]:
    return {name for name, clock in clocks(walk, label).items() if clock.state is ClockState.RUNNING}


@pytest.mark.parametrize(
    ("walk", "label"),
    [("c-revoked", "revoke_decision"), ("c-corrected-before-service", "correct_by_revoking"), ("c-no-penalty-revoked", "revoke_decision")],
)  # fmt: skip
def test_a_decision_without_effect_leaves_only_what_has_to_be_given_back(walk: str, label: str) -> None:
    assert running(walk, label) <= {"refund"}


@pytest.mark.parametrize(
    ("walk", "label"),
    [
        ("main", "close_performed"), ("c-court", "close_handed_over"), ("c-terminated", "close_terminated"),
        ("c-lapse", "close_lapsed"), ("c-deferral-once", "close_performed"),
    ],
)  # fmt: skip
def test_a_closed_case_waits_for_the_party_alone(walk: str, label: str) -> None:
    assert running(walk, label) <= {"reconsideration", "lawsuit", "further_remedy", "changed_remedy"}


def test_the_last_payment_ends_the_time_for_paying_and_a_part_does_not() -> None:
    part, whole = clocks("e-receipts", "record_payment"), clocks("main", "record_payment")
    first = next(one.advanced for one in played("e-receipts") if one.step.label == "record_payment")

    assert first is not None
    assert first.case.clocks["pay"].state is ClockState.RUNNING
    assert part["pay"].state is ClockState.LATE
    assert whole["pay"].state is ClockState.MET


@pytest.mark.parametrize(
    ("walk", "label", "due"),
    [("e-changed-on-reconsideration", "change_decision", "2024-08-01"), ("e-changed-day-unknown", "change_decision", "2024-08-06")],
)  # fmt: skip
def test_a_changed_decision_may_be_challenged_for_fifteen_days(walk: str, label: str, due: str) -> None:
    assert clocks(walk, label)["changed_remedy"].due.isoformat() == due


def test_a_change_by_the_supervising_organ_opens_no_fifteen_days() -> None:
    assert "changed_remedy" not in clocks("e-supervisor", "supervisor_changes")
