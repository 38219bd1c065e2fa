from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.engine.builders import CITIZEN, PARTY, case, changed, law, side, situation, small
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.thresholds import deciding_row, reached, rows_for, within
from zhifa_flow.model.case import Case
from zhifa_flow.model.table import Table


def table(*rows: dict[str, Any]) -> Table:
    numbered = [{"id": f"第{number}行", **row} for number, row in enumerate(rows, 1)]
    return Table.model_validate({"schema": "zhifa-table/1", "id": "t", "name": "某表", "row": numbered})


def fine(amount: int, kind: str = "罚款") -> list[dict[str, object]]:
    return [{"kind": kind, "amount": amount}]


HEARING, SPOT = law().tables["hearing"], law().tables["spot"]


# Which row speaks.


@pytest.mark.parametrize(
    ("region", "sector", "ids"),
    [
        ("河南省", "", ["河南"]), ("河南省郑州市", "", ["郑州"]), ("某省", "", ["全国"]), ("", "", ["全国"]),
        ("河南省郑州市", "交通", ["全国交通"]), ("河南省", "水利", ["河南"]),
    ],
)  # fmt: skip
def test_the_sector_goes_before_the_place_and_the_nearer_place_before_the_wider(
    region: str, sector: str, ids: list[str]
) -> None:
    book = table(
        {"id": "全国"}, {"id": "河南", "region": "河南省"}, {"id": "郑州", "region": "河南省郑州市"},
        {"id": "全国交通", "sector": "交通"},
    )  # fmt: skip

    rows = rows_for(book, situation(region=region, sector=sector))

    assert [row.id for row in rows["any"]] == ids


@pytest.mark.parametrize(
    ("compiled", "parent", "found"),
    [
        (small(), None, "全部"),
        (changed(id="licence.small"), None, "许可"),
        (side(), None, "全部"),
        (side(), case(flow="licence.general@2019-04-23"), "许可"),
        (side(), case(flow="levy.general@2019-04-23"), "全部"),
        (changed(id="licence.small"), case(flow="inspection.general@2019-04-23"), "许可"),
        (changed(id="inspection.small"), case(flow="licence.general@2019-04-23"), "全部"),
    ],
)
def test_a_side_duty_is_of_the_kind_of_the_case_that_opened_it(
    compiled: Compiled, parent: Case | None, found: str
) -> None:
    book = table({"id": "全部"}, {"id": "许可", "action": ["licence"]}, {"id": "交通", "sector": "交通"})

    row = deciding_row(book, situation(compiled=compiled, parent=parent))

    assert row is not None
    assert row.id == found


def test_every_limb_has_its_own_most_special_row() -> None:
    book = table(
        {"id": "罚", "limb": "a"}, {"id": "豫罚", "limb": "a", "region": "河南省"}, {"id": "没", "limb": "b"}
    )

    rows = rows_for(book, situation())

    assert {limb: [row.id for row in found] for limb, found in rows.items()} == {"a": ["豫罚"], "b": ["没"]}


@pytest.mark.parametrize(("on", "found"), [("2021-12-31", "旧"), ("2022-01-01", "新")])
def test_a_dated_row_speaks_on_its_first_and_on_its_last_day(on: str, found: str) -> None:
    row = deciding_row(law().tables["announcement"], situation(on=date.fromisoformat(on)))

    assert row is not None
    assert row.id == found


def test_another_day_than_that_of_the_act_can_be_asked_for() -> None:
    row = deciding_row(law().tables["announcement"], situation(), on=date(2021, 1, 1))

    assert row is not None
    assert row.id == "旧"


def test_a_table_that_is_silent_has_no_row() -> None:
    assert deciding_row(law().tables["silent"], situation()) is None
    assert deciding_row(law().tables["limitation"], situation(), limb="none") is None


def test_without_a_limb_the_most_special_row_of_all_decides() -> None:
    book = table({"id": "甲", "limb": "a"}, {"id": "乙", "limb": "b", "region": "河南省"})

    row = deciding_row(book, situation())

    assert row is not None
    assert row.id == "乙"


# Reaching a line.


@pytest.mark.parametrize(
    ("party", "region", "amount", "found"),
    [
        (PARTY, "河南省", 49_999_99, False), (PARTY, "河南省", 50_000_00, True),
        (PARTY, "某省", 9_999_99, False), (PARTY, "某省", 10_000_00, True),
        (CITIZEN, "河南省", 999_99, False), (CITIZEN, "河南省", 1_000_00, True),
    ],
)  # fmt: skip
def test_the_figure_itself_reaches_the_line(party: Any, region: str, amount: int, found: bool) -> None:
    answer = reached(HEARING, situation(party=party, region=region), fine(amount))

    assert answer.value is found


def test_the_row_that_decided_is_named_with_its_article_and_the_figures() -> None:
    answer = reached(HEARING, situation(), fine(60_000_00))

    assert answer.row == "河南单位"
    assert answer.basis == ("乙规章第四条",)
    assert answer.reason == "拟处罚款60,000.00元, 达到50,000.00元以上: “听证标准”河南单位"


@pytest.mark.parametrize(("amount", "found"), [(20_000_00, False), (20_000_01, True)])
def test_a_line_above_is_not_reached_by_the_figure_itself(amount: int, found: bool) -> None:
    answer = reached(HEARING, situation(), fine(amount, "没收违法所得"))

    assert answer.value is found
    assert ("超过20,000.00元" in answer.reason) is found


def test_the_kinds_of_a_row_are_added_up() -> None:
    answer = reached(HEARING, situation(), fine(10_000_01, "没收违法所得") + fine(10_000_00, "没收非法财物"))

    assert answer.value is True


def test_a_fine_cut_in_two_is_still_one_sum() -> None:
    assert reached(HEARING, situation(), fine(25_000_00) + fine(25_000_00)).value is True


def test_a_row_without_a_figure_is_reached_by_the_kind() -> None:
    answer = reached(HEARING, situation(), [{"kind": "吊销许可证件"}])

    assert answer.value is True
    assert answer.reason == "拟处吊销许可证件: “听证标准”吊销(按种类)"


def test_without_penalties_nothing_can_be_found() -> None:
    answer = reached(HEARING, situation(), [])

    assert (answer.value, answer.reason) == (None, "尚无拟处罚内容, 无法认定")


def test_a_table_that_does_not_speak_for_the_case_leaves_it_undetermined() -> None:
    answer = reached(law().tables["silent"], situation(), fine(1))

    assert (answer.value, answer.reason) == (None, "“空表”没有适用于本案的规定, 无法认定")


def test_a_case_without_a_party_never_escapes_a_line_that_hangs_on_the_party() -> None:
    answer = reached(HEARING, situation(party=None), fine(900_000_00))

    assert answer.value is None
    assert answer.reason == "“听证标准”因当事人而异, 本案没有登记当事人, 无法认定"


def test_a_case_without_a_party_reaches_what_does_not_hang_on_the_party() -> None:
    assert reached(HEARING, situation(party=None), [{"kind": "吊销许可证件"}]).value is True
    assert (
        reached(table({"penalties": ["罚款"], "at_least": "1元"}), situation(party=None), fine(1)).value
        is False
    )


# Staying within.


@pytest.mark.parametrize(
    ("penalties", "said"),
    [
        (fine(3_000_00), None),
        ([{"kind": "警告"}], None),
        (fine(3_000_01), "罚款3,000.01元, 超过3,000.00元(罚款)"),
        (fine(2_000_00) + fine(2_000_00), "罚款4,000.00元, 超过3,000.00元(罚款)"),
        ([{"kind": "通报批评"}], "“通报批评”不在“当场处罚限额”之内"),
        (
            [*fine(4_000_00), {"kind": "行政拘留"}],
            "罚款4,000.00元, 超过3,000.00元(罚款); “行政拘留”不在“当场处罚限额”之内",
        ),
        ([], "没有处罚内容"),
    ],
)
def test_penalties_stay_within_a_table_or_the_excess_is_named(
    penalties: list[dict[str, object]], said: str | None
) -> None:
    assert within(SPOT, situation(), penalties) == said


def test_what_hangs_on_the_party_admits_nothing_while_there_is_none() -> None:
    assert within(SPOT, situation(party=None), fine(1)) == "“罚款”不在“当场处罚限额”之内"
