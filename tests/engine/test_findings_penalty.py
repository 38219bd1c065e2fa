from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.engine.builders import CITIZEN, DAY, PARTY, clock, paper, situation, up
from zhifa_flow.engine.findings.penalty import (
    fine_owed,
    limitation_passed,
    owed,
    surcharge,
    under_age,
    under_age_known,
)
from zhifa_flow.engine.registry import DeadlineName, FieldPath, FlagName, Found, TableName
from zhifa_flow.model.party import Party, PartyKind

NEXT = timedelta(days=1)
REASON, FOUND_ON, MADE_ON = FieldPath("filing.reason"), FieldPath("filing.found_on"), FieldPath("record.made_on")


# Limitation: two years, five where harm was done to life, health or finance.


def passed(act_end: str | None, found: str | None, harm: str | None = None, table: str = "limitation") -> Found:
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
def test_a_limitation_that_cannot_be_determined_is_not_denied(act_end: str | None, found: str | None, table: str) -> None:
    answer = passed(act_end, found, table=table)

    assert answer.value is None
    assert answer.holds
    assert answer.reason


# Age.


@pytest.mark.parametrize(
    ("party", "day", "value", "known"),
    [
        (CITIZEN, "2024-05-01", True, True), (CITIZEN, "2024-05-02", False, False),
        (replace(CITIZEN, kind=PartyKind.SOLE_TRADER), "2024-05-01", True, True),
        (PARTY, "2024-05-01", False, False), (None, "2024-05-01", False, False),
        (CITIZEN, None, None, False), (replace(CITIZEN, birth_date=None), "2024-05-01", None, False),
    ],
)  # fmt: skip
def test_a_minor_is_known_by_the_day_of_birth(party: Party | None, day: str | None, value: bool | None, known: bool) -> None:
    s = situation([paper("record", made_on=day)], party=party)

    assert under_age(s, age=14, at=MADE_ON).value is value
    assert under_age_known(s, age=14, at=MADE_ON).value is known


# Surcharge: 3 % a day from the day after the last, never more than the fine.

DUE = date(2026, 3, 16)
FINE = 100_00


def overdue(on: date, fine: int = FINE, payments: Any = (), flags: Any = None, due: date | None = DUE) -> Any:
    papers = [paper("decision", penalties=[{"kind": "罚款", "amount": fine}, {"kind": "没收违法所得", "amount": 7}])]
    if payments:
        papers.append(paper("receipt", payments=[dict(one) for one in payments]))
    clocks = {"payment": clock("payment", due=due)} if due else {}
    return situation(papers, on=on, clocks=clocks, flags=flags or {})


ARGS: Any = {
    "penalties": FieldPath("decision.penalties"), "deadline": DeadlineName("payment"), "flag": FlagName("remedy"),
    "payments": FieldPath("receipt.payments"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (DUE, 0), (DUE + NEXT, 3_00), (DUE + 2 * NEXT, 6_00), (DUE + 33 * NEXT, 99_00), (DUE + 34 * NEXT, 100_00),
        (DUE + 35 * NEXT, 100_00), (date(2090, 1, 1), 100_00),
    ],
)  # fmt: skip
def test_the_surcharge_grows_daily_and_stops_at_the_fine_on_the_thirty_fourth_day(on: date, value: int) -> None:
    assert surcharge(overdue(on), **ARGS).value == value


def test_parts_of_a_fen_are_dropped_once_and_not_every_day() -> None:
    assert surcharge(overdue(DUE + 10 * NEXT, fine=11), **ARGS).value == 3


def test_the_surcharge_explains_itself() -> None:
    assert surcharge(overdue(DUE + 2 * NEXT), **ARGS).reason == "自2026-03-17起逾期2日, 加处罚款6.00元"


@pytest.mark.parametrize(("fine", "due"), [(0, DUE), (FINE, None)], ids=["no fine", "no period"])
def test_without_a_fine_or_a_period_there_is_no_surcharge(fine: int, due: date | None) -> None:
    found = surcharge(overdue(DUE + 9 * NEXT, fine=fine, due=due), **ARGS)

    assert (found.value, found.reason) == (0, "没有加处罚款")


@pytest.mark.parametrize(
    ("payments", "value"),
    [
        ([{"on": "2026-03-17", "amount": FINE}], 3_00),
        ([{"on": "2026-03-16", "amount": FINE}], 0),
        ([{"on": "2026-03-18", "amount": 50_00}], 6_00 + 3 * 1_50),
        ([{"on": "2026-03-18", "amount": 30_00}, {"on": "2026-03-18", "amount": 20_00}], 6_00 + 3 * 1_50),
        ([{"on": "2026-03-18"}], 15_00),
        ([{"amount": FINE}], 15_00),
    ],
    ids=["the first day", "in time", "half", "half in two", "without a sum", "without a day"],
)
def test_every_day_counts_on_what_was_unpaid_at_its_beginning(payments: Any, value: int) -> None:
    assert surcharge(overdue(DUE + 5 * NEXT, payments=payments), **ARGS).value == value


@pytest.mark.parametrize(
    ("stretches", "value"),
    [
        (up(DUE + 2 * NEXT), 3_00),
        (up(DUE + 2 * NEXT, DUE + 4 * NEXT), 9_00),
        (up(DUE + 2 * NEXT, DUE + 4 * NEXT) + up(DUE + 3 * NEXT, DUE + 4 * NEXT), 9_00),
        (up(DUE + 5 * NEXT, DUE + 5 * NEXT), 15_00),
    ],
    ids=["still", "two days", "two days twice", "no day"],
)
def test_the_days_of_a_remedy_do_not_count_and_none_is_left_out_twice(stretches: Any, value: int) -> None:
    assert surcharge(overdue(DUE + 5 * NEXT, flags={"remedy": stretches}), **ARGS).value == value


def test_what_is_owed_is_fine_seized_money_and_surcharge() -> None:
    found = owed(overdue(DUE + NEXT), **ARGS)

    assert found.value == FINE + 7 + 3_00
    assert found.reason == "罚没款100.07元, 自2026-03-17起逾期1日, 加处罚款3.00元"


def test_the_fine_alone() -> None:
    found = fine_owed(overdue(DAY), penalties=FieldPath("decision.penalties"))

    assert (found.value, found.reason) == (FINE, "罚款100.00元")
