from __future__ import annotations

from datetime import timedelta

import pytest

from tests.engine.builders import paper, situation
from zhifa_flow.engine.findings.penalty import limitation_passed
from zhifa_flow.engine.registry import FieldPath, Found, TableName

NEXT = timedelta(days=1)
REASON, FOUND_ON, MADE_ON = (
    FieldPath("filing.reason"),
    FieldPath("filing.found_on"),
    FieldPath("record.made_on"),
)


# Limitation: two years, five where harm was done to life, health or finance.


def passed(
    act_end: str | None, found: str | None, harm: str | None = None, table: str = "limitation"
) -> Found:
    s = situation([paper("record", made_on=act_end), paper("filing", found_on=found, reason=harm)])
    return limitation_passed(s, act_end=MADE_ON, discovered=FOUND_ON, harm=REASON, table=TableName(table))


@pytest.mark.parametrize(
    ("act_end", "found", "harm", "value"),
    [
        ("2024-03-02", "2026-03-02", "否", False), ("2024-03-01", "2026-03-02", "否", True),
        ("2021-03-02", "2026-03-02", "是", False), ("2021-03-01", "2026-03-02", "是", True),
        ("2026-03-02", "2026-03-02", "否", False),
    ],
)  # fmt: skip
def test_the_last_day_of_the_limitation_period_is_still_in_time(
    act_end: str, found: str, harm: str | None, value: bool
) -> None:
    assert passed(act_end, found, harm).value is value


@pytest.mark.parametrize(
    ("act_end", "value"),
    [("2024-03-02", False), ("2024-03-01", None), ("2021-03-02", None), ("2021-03-01", True)],
    ids=["in time by both", "first day between", "last day between", "out of time by both"],
)
@pytest.mark.parametrize("harm", ["尚未查明", None])
def test_while_the_harm_is_not_known_only_what_is_out_of_time_by_both_periods_is_so(
    act_end: str, harm: str | None, value: bool | None
) -> None:
    assert passed(act_end, "2026-03-02", harm).value is value


def test_the_limitation_names_the_row_that_decided() -> None:
    found = passed("2021-03-01", "2026-03-02", "是")

    assert (found.row, found.basis) == ("五年", ("甲法第六条",))
    assert found.reason == "违法行为终了于2021-03-01, 5年至2026-03-01届满, 发现于2026-03-02"


@pytest.mark.parametrize(
    ("act_end", "found", "table"),
    [
        (None, "2026-03-02", "limitation"), ("2024-03-01", None, "limitation"), ("2024-03-01", "2026-03-02", "silent"),
        ("2024-03-01", "2026-03-02", "excluded"), ("1999-03-01", "2026-03-02", "limitation"),
    ],
    ids=["no end", "no discovery", "silent table", "no such limb", "before every calendar"],
)  # fmt: skip
def test_a_limitation_that_cannot_be_determined_is_not_denied(
    act_end: str | None, found: str | None, table: str
) -> None:
    answer = passed(act_end, found, table=table)

    assert answer.value is None
    assert answer.holds
    assert answer.reason


@pytest.mark.parametrize(
    ("before", "value"), [("2026-03-01", False), ("2026-03-03", True), (None, True)],
    ids=["discovered in time before", "discovered again later", "no discovery before"],
)  # fmt: skip
def test_the_first_of_several_discoveries_counts(before: str | None, value: bool) -> None:
    s = situation(
        [paper("record", made_on="2024-03-01", reason="否"), paper("filing", found_on="2026-03-02"), paper("opinion", found_on=before)]
    )  # fmt: skip

    found = limitation_passed(
        s, act_end=MADE_ON, discovered=FOUND_ON, harm=FieldPath("record.reason"), table=TableName("limitation"),
        earlier=(FieldPath("opinion.found_on"),),
    )  # fmt: skip

    assert found.value is value
