"""What is said beside a last day that is a day off."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import SHIPPED
from zhifa_flow.bootstrap.calendars import open_calendars
from zhifa_flow.cli.beside_due import if_rolled, without_safe_day
from zhifa_flow.model.period import Span

CALENDAR = open_calendars(SHIPPED).nation
SUNDAY, MONDAY = date(2026, 4, 5), date(2026, 4, 7)


@pytest.mark.parametrize(
    ("clock", "last", "rolled"),
    [
        ("pen.decide", SUNDAY, MONDAY), ("comp.complaint", SUNDAY, MONDAY), ("pen.decide", MONDAY, None),
        ("com.seal", SUNDAY, None), ("pen.pay", SUNDAY, None), (None, SUNDAY, None),
    ],
)  # fmt: skip
def test_the_other_reading_is_told_of_the_periods_that_the_policy_names(
    clock: str | None, last: date, rolled: date | None
) -> None:
    found = if_rolled(SHIPPED, clock, last, CALENDAR)

    assert (found and found.date) == rolled
    assert found is None or found.said.startswith(f"如果顺延, 末日为{rolled}")


def test_the_other_reading_passes_over_days_left_out() -> None:
    found = if_rolled(SHIPPED, "pen.decide", SUNDAY, CALENDAR, [Span(MONDAY, MONDAY)])

    assert found
    assert found.date == date(2026, 4, 8)


def test_a_folder_may_do_without_policies(tmp_path: Path) -> None:
    assert if_rolled(tmp_path, "pen.decide", SUNDAY, CALENDAR) is None


def test_the_safe_day_is_taken_out_and_nothing_else() -> None:
    lines = ["到期日为某日", "该日不是工作日, 此期限不顺延; 稳妥的最后工作日为某日"]

    assert without_safe_day(lines) == ["到期日为某日", "该日不是工作日, 此期限不顺延"]
