"""Levies: what is owed and grows, how far back it may be asked for, who may put it off, what must fit what is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import changed, law, paper, situation
from zhifa_flow.engine.checks.levying import names_provincial_organ, not_above, not_below
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.findings.general import added_up
from zhifa_flow.engine.findings.levying import (
    cash_short,
    late_surcharge,
    overdue_by,
    recovery_barred,
    rows_less,
)
from zhifa_flow.engine.registry import FieldPath, FindingName, Found, TableName
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.table import Table

MONEY = {"amount": {"type": "money", "name": "金额"}}
LEVY: dict[str, Any] = {
    "name": "决定", "basis": ["甲法第一条"],
    "field": {
        "organ": {"type": "text", "name": "机关"},
        "sum": {"type": "money", "name": "数额"},
        "cash": {"type": "money", "name": "资金"},
        "wages": {"type": "money", "name": "工资"},
        "items": {"type": "rows", "name": "各项", "columns": MONEY},
        "off": {"type": "rows", "name": "减免", "columns": MONEY},
        "paid": {"type": "rows", "name": "缴款", "columns": MONEY},
        "day": {"type": "date", "name": "期限"},
        "until": {"type": "date", "name": "延期"},
        "rate": {"type": "integer", "name": "标准"},
        "basis": {"type": "citations", "name": "依据"},
        "cause": {"type": "text", "name": "原因"},
        "since": {"type": "date", "name": "少缴之日"},
        "why": {"type": "text", "name": "理由"},
    },
}  # fmt: skip
PERIODS = Table.model_validate(
    {
        "schema": "zhifa-table/1", "id": "recovery", "name": "追征期限",
        "row": [
            {"id": "机关", "value": "机关", "length": "3年"},
            {"id": "失误", "value": "失误", "length": "3年"},
            {"id": "失误且数额大", "value": "失误", "at_least": "10万元", "length": "5年", "basis": ["甲法第六条"]},
            {"id": "偷税", "value": "偷税"},
        ],
    }
)  # fmt: skip
DUE = FindingName("owed")


@cache
def with_levy() -> Compiled:
    return changed(document={"levy": LEVY})


def field(name: str) -> FieldPath:
    return FieldPath(f"levy.{name}")


def given(
    on: str = "2026-03-02",
    region: str = "河南省许昌市",
    found: dict[str, Found] | None = None,
    **fields: Any,
) -> Situation:
    s = situation(
        [paper("levy", **fields)], compiled=with_levy(), on=date.fromisoformat(on), region=region, found=found
    )
    s.law = replace(law(), tables={"recovery": PERIODS})
    return s


# What is owed.


@pytest.mark.parametrize(("off", "left"), [([], 300), ([{"amount": 50}], 250), ([{"amount": 301}], 0)])
def test_what_is_taken_off_is_no_more_than_the_whole(off: list[dict[str, int]], left: int) -> None:
    s = given(items=[{"amount": 100}, {"amount": 200}], off=off)

    assert rows_less(s, rows=field("items"), less=field("off")).value == left


@pytest.mark.parametrize(("second", "sum_"), [(Found(50, "乙"), 150), (Found(None, "乙不明"), None)])
def test_findings_add_up_if_all_of_them_are_known(second: Found, sum_: int | None) -> None:
    s = given(found={"a": Found(100, "甲"), "b": second})

    found = added_up(s, findings=(FindingName("a"), FindingName("b")))

    assert found.value == sum_
    assert found.reason == ("乙不明" if sum_ is None else "甲; 乙")


# What grows on it.


def grown(
    on: str, *, tax: bool | None = True, principal: int | None = 10_000_00, **fields: Any
) -> int | bool | None:
    known = {"owed": Found(principal, "本金"), "tax": Found(tax, "税收")}
    s = given(on, found=known, **{"day": "2026-03-02", **fields})
    return late_surcharge(
        s, principal=DUE, due=(field("until"), field("day")), tax=FindingName("tax"), rate=field("rate"),
        rate_basis=field("basis"), payments=field("paid"), item="本金", cause=field("cause"), free=("机关",),
    ).value  # fmt: skip


@pytest.mark.parametrize(("on", "amount"), [("2026-03-02", 0), ("2026-03-03", 5_00), ("2026-03-12", 50_00)])
def test_a_tax_grows_by_five_parts_in_ten_thousand_from_the_day_after_it_was_due(
    on: str, amount: int
) -> None:
    assert grown(on) == amount


def test_a_deferral_counts_before_the_day_of_the_decision() -> None:
    assert grown("2026-03-12", until="2026-03-11") == 5_00


def test_what_was_paid_of_the_principal_grows_no_more() -> None:
    half = {"item": "本金", "amount": 5_000_00, "on": "2026-03-07"}
    extra = {"item": "滞纳金", "amount": 5_000_00, "on": "2026-03-03"}

    assert grown("2026-03-12", paid=[half, extra]) == 25_00 + 12_50


@pytest.mark.parametrize(
    ("fields", "amount"),
    [
        ({"rate": 20, "basis": ["甲法第一条"]}, 200_00),
        ({"rate": 20, "basis": []}, 0),
        ({"basis": ["甲法第一条"]}, 0),
    ],
)
def test_a_fee_grows_only_by_a_rate_that_rests_on_an_article(fields: dict[str, Any], amount: int) -> None:
    assert grown("2026-03-12", tax=False, **fields) == amount


@pytest.mark.parametrize("fields", [{"cause": "机关"}, {"day": None}])
def test_nothing_grows_by_the_fault_of_the_organ_or_before_there_is_a_day(fields: dict[str, Any]) -> None:
    assert grown("2026-03-12", **fields) == 0


def test_what_grows_on_an_unknown_sum_is_unknown() -> None:
    assert grown("2026-03-12", principal=None) is None


@pytest.mark.parametrize(
    ("on", "days", "late"),
    [
        ("2026-03-02", 0, False), ("2026-03-03", 0, True), ("2026-04-01", 30, False), ("2026-04-02", 30, True),
        ("2026-02-01", 0, False),
    ],
)  # fmt: skip
def test_it_is_overdue_when_more_days_than_these_have_passed(on: str, days: int, *, late: bool) -> None:
    found = overdue_by(given(on, day="2026-03-02"), due=(field("until"), field("day")), days=days)

    assert found.value is late


def test_without_a_day_nobody_knows_whether_it_is_overdue() -> None:
    found = overdue_by(given(), due=(field("until"), field("day")), days=0)

    assert (found.value, found.reason) == (None, "《决定》的“期限”没有填写, 无法认定是否逾期")


# How far back.


@pytest.mark.parametrize(
    ("on", "cause", "amount", "barred"),
    [
        ("2026-03-02", "机关", 10, False),
        ("2026-03-03", "机关", 10_000_000_00, True),
        ("2026-03-03", "失误", 99_999_99, True),
        ("2026-03-03", "失误", 100_000_00, False),
        ("2028-03-02", "失误", 100_000_00, False),
        ("2028-03-03", "失误", 100_000_00, True),
        ("2046-03-03", "偷税", 10, False),
        ("2026-03-03", "不明", 10, None),
        ("2026-03-03", None, 10, False),
    ],
)
def test_what_was_underpaid_may_be_asked_for_as_long_as_its_cause_and_sum_allow(
    on: str, cause: str | None, amount: int, *, barred: bool | None
) -> None:
    s = given(on, cause=cause, since="2023-03-02", sum=amount)

    assert recovered(s).value is barred


def recovered(s: Situation) -> Found:
    return recovery_barred(
        s, cause=field("cause"), since=field("since"), amount=field("sum"), table=TableName("recovery")
    )


def test_without_the_day_of_the_shortfall_nothing_is_barred() -> None:
    assert recovered(given(cause="失误")).value is False


def test_a_day_before_the_calendar_leaves_it_open() -> None:
    assert recovered(given(cause="失误", since="1900-01-01", sum=1)).value is None


# Hardship.


@pytest.mark.parametrize(
    ("cash", "short"), [(40_00, False), (39_99, True), (20_00, True), (None, True)]
)  # fmt: skip
def test_cash_is_short_when_what_is_left_does_not_reach(cash: int | None, *, short: bool) -> None:
    s = given(cash=cash, wages=30_00, sum=10_00)

    assert cash_short(s, cash=field("cash"), less=(field("wages"),), need=field("sum")).value is short


# Who may put it off.


@pytest.mark.parametrize(
    ("region", "organ", "said"),
    [
        ("河南省许昌市", "河南省税务局", None),
        ("河南省许昌市", "国家税务总局河南省税务局", None),
        ("北京市", "国家税务总局北京市税务局", None),
        ("内蒙古自治区包头市", "国家税务总局内蒙古自治区税务局", None),
        ("广东省深圳市福田区", "国家税务总局深圳市税务局", None),
        ("广东省深圳市福田区", "广东省深圳市税务局", None),
        ("广东省深圳市福田区", "国家税务总局广东省税务局", None),
        ("广东省深圳市福田区", "国家税务总局深圳市福田区税务局", "“国家税务总局深圳市福田区税务局”不是省级机关"),
        ("广东省广州市", "国家税务总局深圳市税务局", "“国家税务总局深圳市税务局”不是本案所在省、自治区、直辖市的机关"),
        ("河南省许昌市", "河南省许昌市税务局", "“河南省许昌市税务局”不是省级机关"),
        ("河南省许昌市", "湖北省税务局", "“湖北省税务局”不是本案所在省、自治区、直辖市的机关"),
        ("河南省许昌市", None, "“未填写”不是本案所在省、自治区、直辖市的机关"),
    ],
)  # fmt: skip
def test_only_an_organ_of_the_province_or_of_a_city_planned_apart_may_defer(
    region: str, organ: str | None, said: str | None
) -> None:
    s = given(region=region, organ=organ)

    assert names_provincial_organ(s, field=field("organ")) == said


# What must fit.


@pytest.mark.parametrize(
    ("written", "owed", "said"),
    [
        (100, 100, None),
        (101, 100, None),
        (99, 100, "《决定》的“数额”为0.99元, 不足1.00元(所欠)"),
        (None, 100, "《决定》的“数额”为0.00元, 不足1.00元(所欠)"),
        (100, None, "所欠"),
    ],
)
def test_security_reaches_what_is_owed(written: int | None, owed: int | None, said: str | None) -> None:
    s = given(found={"owed": Found(owed, "所欠")}, sum=written)

    assert not_below(s, amount=field("sum"), due=DUE) == said


@pytest.mark.parametrize(
    ("written", "owed", "why", "said"),
    [
        (100, 100, None, None),
        (101, 100, None, "《决定》的“数额”为1.01元, 超过1.00元(所欠)"),
        (101, 100, "不可分割", None),
        (100, None, "不可分割", "所欠"),
    ],
)
def test_what_is_seized_is_no_more_than_what_is_owed_unless_it_cannot_be_divided(
    written: int, owed: int | None, why: str | None, said: str | None
) -> None:
    s = given(found={"owed": Found(owed, "所欠")}, sum=written, why=why)

    assert not_above(s, amount=field("sum"), due=DUE, unless=field("why")) == said
