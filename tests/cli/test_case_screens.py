"""Lines of a case as people read them: deadlines that were not kept, amounts that were found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zhifa_flow.cli.case_screens import clock_line, found
from zhifa_flow.model.case import ClockState, RunningClock
from zhifa_flow.model.flow import Deadline

DAY = date(2026, 3, 9)


def late(state: ClockState = ClockState.LATE, ended: date = date(2026, 3, 10), **more: Any) -> str:
    raw = {
        "name": "要求听证的期限",
        "starts": ["tell"],
        "length": 5,
        "unit": "workday",
        "basis": ["某法第一条"],
    }
    clock = RunningClock(
        deadline="hearing", started=date(2026, 3, 2), length="5个工作日", due=DAY, safe=DAY, provisional=False, state=state, ended=ended,
    )  # fmt: skip
    return clock_line(Deadline.model_validate(raw | more), clock)


@pytest.mark.parametrize(("expiry", "said"), [("lapse", ", 期满未行使 "), ("may_proceed", ", 期满 ")])
def test_a_right_that_the_party_did_not_use_is_no_act_done_too_late(expiry: str, said: str) -> None:
    shown = late(owner="party", expiry=expiry)

    assert said in shown
    assert "逾期" not in shown


@pytest.mark.parametrize(
    ("owner", "expiry"),
    [("party", "overdue"), ("agency", "may_proceed"), ("agency", "overdue"), ("officer", "lapse")],
)
def test_a_duty_done_too_late_is_called_so(owner: str, expiry: str) -> None:
    assert "于2026-03-10已逾期办理" in late(owner=owner, expiry=expiry)


@pytest.mark.parametrize(
    ("ended", "said"),
    [(DAY, ", 于2026-03-09已终止 "), (date(2026, 3, 10), ", 于2026-03-10已终止(当时末日已过) ")],
)
def test_a_duty_that_was_no_longer_asked_for_was_not_done_late(ended: date, said: str) -> None:
    shown = late(ClockState.CLOSED, ended, owner="agency", expiry="overdue")

    assert said in shown
    assert "逾期" not in shown


def test_a_right_closed_after_its_last_day_was_not_used() -> None:
    assert ", 期满未行使 " in late(ClockState.CLOSED, owner="party", expiry="lapse")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("是", "是"),
        ("无法认定", "无法认定"),
        ("300000", "3,000.00元"),
        ("0", "0.00元"),
        ("-5", "-5"),
        ("５", "５"),
    ],
)
def test_what_was_found_is_said_in_words_and_in_yuan(value: str, said: str) -> None:
    assert found(value) == said
