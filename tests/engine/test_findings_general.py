from __future__ import annotations

from typing import Any

import pytest

from tests.engine.builders import CITIZEN, PARTY, law, paper, situation
from zhifa_flow.engine.findings.general import (
    all_of,
    any_of,
    field_says,
    negation,
    number_above,
    on_file,
    party_is,
    reaches_threshold,
    table_says,
)
from zhifa_flow.engine.registry import (
    DocumentName,
    FieldPath,
    FindingName,
    Found,
    TableName,
)
from zhifa_flow.model.party import Party

T, F, U = True, False, None
A, B = FindingName("a"), FindingName("b")


def two(first: bool | None, second: bool | None) -> Any:
    return situation(
        found={
            "a": Found(first, "甲", "行甲", ("甲法第一条",)),
            "b": Found(second, "乙", "行乙", ("甲法第二条",)),
        }
    )


@pytest.mark.parametrize(
    ("first", "second", "value", "reason"),
    [
        (T, T, T, "甲"), (T, F, T, "甲"), (F, T, T, "乙"), (U, T, T, "乙"), (T, U, T, "甲"),
        (U, F, U, "甲"), (F, U, U, "乙"), (U, U, U, "甲"), (F, F, F, "甲; 乙"),
    ],
)  # fmt: skip
def test_any_of_holds_before_it_is_undetermined_before_it_fails(
    first: bool | None, second: bool | None, value: bool | None, reason: str
) -> None:
    found = any_of(two(first, second), findings=(A, B))

    assert (found.value, found.reason) == (value, reason)


@pytest.mark.parametrize(
    ("first", "second", "value", "reason"),
    [
        (T, T, T, "甲; 乙"), (T, F, F, "乙"), (F, U, F, "甲"), (U, F, F, "乙"), (U, T, U, "甲"), (T, U, U, "乙"), (U, U, U, "甲"),
    ],
)  # fmt: skip
def test_all_of_fails_before_it_is_undetermined_before_it_holds(
    first: bool | None, second: bool | None, value: bool | None, reason: str
) -> None:
    found = all_of(two(first, second), findings=(A, B))

    assert (found.value, found.reason) == (value, reason)


def test_all_of_names_every_row_and_article_that_decided() -> None:
    found = all_of(two(T, T), findings=(A, B))

    assert (found.row, found.basis) == ("行甲; 行乙", ("甲法第一条", "甲法第二条"))


@pytest.mark.parametrize(("value", "turned"), [(T, F), (F, T), (U, U)])
def test_a_negation_leaves_the_undetermined_undetermined(value: bool | None, turned: bool | None) -> None:
    found = negation(two(value, T), finding=A)

    assert (found.value, found.reason, found.row, found.basis) == (turned, "甲", "行甲", ("甲法第一条",))


def test_penalties_reach_a_threshold() -> None:
    s = situation([paper("proposal", penalties=[{"kind": "罚款", "amount": 50_000_00}])])

    found = reaches_threshold(s, penalties=FieldPath("proposal.penalties"), table=TableName("hearing"))

    assert (found.value, found.row) == (True, "河南单位")


def test_a_document_is_on_file() -> None:
    record = paper("record", answer="属实")

    found, missing = (on_file(situation(held), document=DocumentName("record")) for held in ([record], []))

    assert (found.value, found.reason, found.row) == (True, "2026-03-02有《询问笔录》", record.digest[:12])
    assert (missing.value, missing.reason) == (False, "没有《询问笔录》")


@pytest.mark.parametrize(
    ("answer", "value", "reason"),
    [
        ("是", True, "《询问笔录》的“拒绝签名”为“是”"), ("否", False, "《询问笔录》的“拒绝签名”为“否”"),
        (["否", "是"], True, "《询问笔录》的“拒绝签名”为“否、是”"),
        (None, None, "《询问笔录》的“拒绝签名”没有填写, 无法认定"),
    ],
)  # fmt: skip
def test_a_signed_judgement_says_so_or_is_undetermined(
    answer: object, value: bool | None, reason: str
) -> None:
    s = situation([paper("record", refused=answer)])

    found = field_says(s, field=FieldPath("record.refused"), values=("是",))

    assert (found.value, found.reason) == (value, reason)


@pytest.mark.parametrize(("party", "value"), [(PARTY, True), (CITIZEN, False), (None, None)])
def test_the_kind_of_the_party_is_that_of_the_register(party: Party | None, value: bool | None) -> None:
    found = party_is(situation(party=party), kinds=("organisation",))

    assert found.value is value
    assert found.reason


@pytest.mark.parametrize(
    ("table", "limb", "value", "asked"),
    [
        ("limitation", "grave", True, "五"), ("limitation", "grave", False, "六"), ("limitation", "any", False, "五"),
        ("silent", "any", None, "五"), ("limitation", "none", None, "五"),
    ],
)  # fmt: skip
def test_a_table_says_a_value_or_is_silent(table: str, limb: str, value: bool | None, asked: str) -> None:
    found = table_says(situation(), table=TableName(table), value=asked, limb=limb)

    assert found.value is value


def test_a_table_answers_with_its_row_and_its_policy() -> None:
    found = table_says(situation(), table=TableName("limitation"), value="五", limb="grave")
    policy = table_says(situation(), table=TableName("hearing"), value="", limb="kind")

    assert (found.reason, found.row, found.basis) == ("“追责期限”五年: 五", "五年", ("甲法第六条",))
    assert policy.reason == "“听证标准”吊销: (按种类)"
    assert law().tables["hearing"].row[-1].policy == "按种类"


@pytest.mark.parametrize(
    ("counted", "value", "reason"),
    [(2, True, "为2"), (1, False, "为1"), (0, False, "为0"), (None, None, "没有填写, 无法认定")],
)
def test_a_count_lies_above_a_number_or_is_undetermined(
    counted: int | None, value: bool | None, reason: str
) -> None:
    s = situation([paper("proposal", complex=counted)])

    found = number_above(s, field=FieldPath("proposal.complex"), number=1)

    assert (found.value, found.reason) == (value, f"《处罚建议》的“案情复杂”{reason}")
