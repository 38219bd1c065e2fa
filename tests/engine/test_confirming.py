"""Confirmation: who applies too late, and what is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import AGENCY, changed, paper, situation
from zhifa_flow.engine.checks.confirming import day_past_if, made_by_another
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.findings.confirming import applied_late
from zhifa_flow.engine.registry import FieldPath, FindingName, Found
from zhifa_flow.model.case import Paper

INJURED = date(2025, 3, 10)
FIELDS: dict[str, Any] = {
    "who": {"type": "text", "name": "申请人"},
    "injured_on": {"type": "date", "name": "受伤之日"},
    "filed_on": {"type": "date", "name": "申请之日"},
    "until": {"type": "date", "name": "至"},
    "delays": {"type": "rows", "name": "耽误的时间", "columns": {
        "from": {"type": "date", "name": "自"}, "to": {"type": "date", "name": "至"},
    }},
}  # fmt: skip


@cache
def papers() -> Compiled:
    document = {"name": "某文书", "basis": ["甲法第一条"], "field": FIELDS}
    return changed(document=dict.fromkeys(("application", "extension", "delay", "notice"), document))


def late(*others: Paper, by: str = "受伤害职工", **fields: Any) -> Found:
    application = paper("application", who=by, **fields)
    s = situation([application, *others], compiled=papers())
    return applied_late(
        s, by=FieldPath("application.who"), employer="用人单位", happened=FieldPath("application.injured_on"),
        filed=FieldPath("application.filed_on"), extended=FieldPath("extension.until"), delays=FieldPath("delay.delays"),
    )  # fmt: skip


def delay(*spans: tuple[str, str], seq: int = 2) -> Paper:
    return paper("delay", seq=seq, delays=[{"from": first, "to": last} for first, last in spans])


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ("2026-03-10", False),
        ("2026-03-11", True),
    ],
)
def test_the_side_of_the_worker_has_a_year(filed: str, expected: bool) -> None:
    found = late(injured_on=INJURED.isoformat(), filed_on=filed)

    assert found.value is expected
    assert "2026-03-10届满" in found.reason


@pytest.mark.parametrize(("filed", "expected"), [("2026-03-16", False), ("2026-03-17", True)])
def test_a_last_day_off_moves_to_the_next_working_day(filed: str, expected: bool) -> None:
    found = late(injured_on="2025-03-14", filed_on=filed)

    assert found.value is expected


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ("2025-12-29", False),  # the thirtieth day, 28 December, is a Sunday
        ("2025-12-30", True),
    ],
)
def test_an_employer_has_thirty_days(filed: str, expected: bool) -> None:
    found = late(by="用人单位", injured_on="2025-11-28", filed_on=filed)

    assert found.value is expected


@pytest.mark.parametrize(("filed", "expected"), [("2026-01-20", False), ("2026-01-21", True)])
def test_an_employer_has_until_the_day_that_was_agreed(filed: str, expected: bool) -> None:
    agreed = paper("extension", seq=2, until="2026-01-20")

    found = late(agreed, by="用人单位", injured_on="2025-11-28", filed_on=filed)

    assert found.value is expected


def test_what_was_agreed_with_the_employer_gives_the_worker_no_longer_time() -> None:
    agreed = paper("extension", seq=2, until="2026-06-30")

    found = late(agreed, injured_on=INJURED.isoformat(), filed_on="2026-03-11")

    assert found.value is True


@pytest.mark.parametrize(
    ("spans", "last"),
    [
        ([("2025-06-01", "2025-06-10")], "2026-03-20"),
        ([("2025-06-01", "2025-06-10"), ("2025-06-05", "2025-06-12")], "2026-03-23"),
        ([("2024-06-01", "2025-03-10")], "2026-03-10"),
        ([("2026-04-01", "2026-04-30")], "2026-03-10"),
        ([("2025-06-10", "2025-06-01")], "2026-03-10"),
    ],
)
def test_days_lost_for_no_fault_of_the_worker_do_not_count_and_each_only_once(
    spans: list[tuple[str, str]], last: str
) -> None:
    found = late(delay(*spans), injured_on=INJURED.isoformat(), filed_on="2026-03-10")

    assert f"{last}届满" in found.reason


@pytest.mark.parametrize("known", [{"injured_on": INJURED.isoformat()}, {"filed_on": "2026-03-10"}, {}])
def test_nothing_is_found_while_a_day_is_not_known(known: dict[str, str]) -> None:
    found = late(**known)

    assert found.value is None
    assert "没有填写" in found.reason


def asked(value: bool | None, until: str | None, on: date) -> str | None:
    notice = paper("notice", until=until) if until else paper("notice")
    s = situation([notice], compiled=papers(), on=on, found={"owed": Found(value, "")})
    return day_past_if(s, when=FindingName("owed"), field=FieldPath("notice.until"))


@pytest.mark.parametrize(
    ("value", "until", "on", "passes"),
    [
        (True, "2026-04-13", date(2026, 4, 13), False),
        (True, "2026-04-13", date(2026, 4, 14), True),
        (None, "2026-04-13", date(2026, 4, 13), False),
        (True, None, date(2026, 4, 14), False),
        (False, None, date(2026, 4, 14), True),
    ],
)
def test_a_day_is_waited_for_where_the_finding_is_not_excluded(
    value: bool | None, until: str | None, on: date, passes: bool
) -> None:
    answer = asked(value, until, on)

    assert (answer is None) is passes


@pytest.mark.parametrize(
    ("written", "entrusting", "said"),
    [
        ("某市某局", None, None),
        ("某市某局", "某县某局", None),
        ("甲市甲局", None, "是本机关“甲市甲局”"),
        ("甲市 甲局办公室", None, "是本机关“甲市甲局”"),
        ("某县某局", "某县某局", "是本机关“某县某局”"),
        (None, None, "未填写"),
    ],
)
def test_another_organ_is_neither_this_one_nor_who_entrusted_it_nor_a_part_of_it(
    written: str | None, entrusting: str | None, said: str | None
) -> None:
    s = situation([paper("notice", who=written) if written else paper("notice")], compiled=papers())
    s.agency = replace(AGENCY, name="甲市甲局")
    s.entrusting = replace(AGENCY, name=entrusting) if entrusting else None

    answer = made_by_another(s, field=FieldPath("notice.who"))

    assert answer is None if said is None else said in (answer or "")
