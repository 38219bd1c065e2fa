from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from zhifa_flow.model.party import PartyKind
from zhifa_flow.model.period import Length, Unit
from zhifa_flow.model.table import Row, Table

DAY = date(2026, 3, 2)


def applies(row: dict[str, Any], **case: Any) -> bool:
    facts = {"on": DAY, "region": "河南省郑州市", "sector": "交通", "party": PartyKind.CITIZEN, **case}
    return Row.model_validate({"id": "x", **row}).applies(**facts)


@pytest.mark.parametrize(
    ("row", "case", "speaks"),
    [
        ({}, {}, True), ({}, {"party": None}, True),
        ({"from": date(2026, 3, 2)}, {}, True), ({"from": date(2026, 3, 3)}, {}, False),
        ({"to": date(2026, 3, 2)}, {}, True), ({"to": date(2026, 3, 1)}, {}, False),
        ({"region": "河南省"}, {}, True), ({"region": "河南省郑州市"}, {}, True), ({"region": "河南省洛阳市"}, {}, False),
        ({"region": "河南省郑州市金水区"}, {}, False), ({"region": "河南省"}, {"region": ""}, False),
        ({"sector": "交通"}, {}, True), ({"sector": "水利"}, {}, False), ({"sector": "交通"}, {"sector": ""}, False),
        ({"party": ["citizen"]}, {}, True), ({"party": ["organisation", "sole_trader"]}, {}, False),
        ({"action": ["licence"]}, {"action": "licence"}, True), ({"action": ["licence", "levy"]}, {"action": "levy"}, True),
        ({"action": ["licence"]}, {"action": "penalty"}, False), ({"action": ["licence"]}, {}, False),
        ({}, {"action": "licence"}, True),
        ({"party": ["citizen"]}, {"party": None}, False), ({"party": ["公民"]}, {}, True),
    ],
)  # fmt: skip
def test_a_row_speaks_for_its_days_place_sector_and_party(
    row: dict[str, Any], case: dict[str, Any], speaks: bool
) -> None:
    assert applies(row, **case) is speaks


def test_the_kind_of_case_is_more_special_than_the_sector_and_that_than_any_place() -> None:
    rows = [
        Row(id="e", action=("licence",)),
        Row(id="a", region="河南省郑州市"),
        Row(id="b", sector="交通"),
        Row(id="c"),
        Row(id="d", sector="交通", region="河南省"),
    ]

    assert [row.id for row in sorted(rows, key=lambda row: row.speciality)] == ["c", "a", "b", "d", "e"]


def test_figures_are_read_as_money_and_lengths_as_periods() -> None:
    row = Row.model_validate(
        {"id": "x", "at_least": "5万元", "above": 1, "at_most": "0.5元", "length": "7工作日"}
    )

    assert (row.at_least, row.above, row.at_most) == (5_000_000, 100, 50)
    assert row.length == Length(7, Unit.WORKDAY)
    assert Row(id="x", length=Length(1, Unit.YEAR)).length == Length(1, Unit.YEAR)


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"at_least": True}, "at_least"), ({"at_least": "很多"}, "at_least"), ({"above": -1}, "above"),
        ({"length": "七天"}, "length"), ({"length": 7}, "length"), ({"length": True}, "length"),
        ({"party": ["company"]}, "party"), ({"limb": "罚款"}, "limb"), ({"penaltys": []}, "penaltys"), ({"id": " "}, "id"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_its_place(row: dict[str, Any], where: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Row.model_validate({"id": "x", **row})

    assert raised.value.errors()[0]["loc"][0] == where


def test_a_table_is_its_rows() -> None:
    table = Table.model_validate({"schema": "zhifa-table/1", "id": "t", "name": "表", "row": [{"id": "x"}]})

    assert table.row == (Row(id="x"),)
