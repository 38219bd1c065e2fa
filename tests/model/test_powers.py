"""The kinds of powers: which ranks of text may found one, and whose rule that is."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from zhifa_flow.model.matter import Power
from zhifa_flow.model.powers import PowerFile, PowerRow
from zhifa_flow.model.statute import Rank

ROW: dict[str, Any] = {"power": "行政处罚", "ranks": ["法律", "部门规章"], "basis": ["行政处罚法第十六条"]}


def test_a_row_is_read_by_its_chinese_names() -> None:
    row = PowerRow.model_validate(ROW)

    assert (row.power, row.ranks) == (Power.PENALTY, (Rank.LAW, Rank.DEPARTMENTAL_RULE))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"power": "处罚"}, "不能是“处罚”"),
        ({"ranks": ["宪法"]}, "不能是“宪法”"),
        ({"basis": []}, "行政处罚没有法律依据"),
        ({"basis": [], "gap": "  "}, "行政处罚没有法律依据"),
    ],
)
def test_a_row_that_cannot_stand_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        PowerRow.model_validate(ROW | changes)


def test_a_gap_may_stand_for_the_article() -> None:
    assert PowerRow.model_validate(ROW | {"basis": [], "gap": "本系统的口径"}).gap == "本系统的口径"


def test_every_kind_of_power_may_have_a_row() -> None:
    rows = [ROW, ROW | {"power": "行政许可"}]

    file = PowerFile.model_validate({"schema": "zhifa-powers/1", "power": rows})

    assert [row.power for row in file.power] == [Power.PENALTY, Power.LICENCE]


def test_a_kind_of_power_has_one_row() -> None:
    with pytest.raises(ValidationError, match="行政处罚写了几次"):
        PowerFile.model_validate({"schema": "zhifa-powers/1", "power": [ROW, ROW]})
