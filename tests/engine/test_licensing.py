"""What a demand on an applicant rests on, and who may not apply again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.engine.builders import PARTY, case, paper, situation
from zhifa_flow.engine.checks.licensing import rests_on
from zhifa_flow.engine.findings.licensing import barred_from_applying
from zhifa_flow.engine.registry import ElsewherePath, FieldPath, Found
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.identity import CodeKind
from zhifa_flow.model.party import Party
from zhifa_flow.model.period import Unit

KNOWN = replace(PARTY, code="91000000000000000K", code_kind=CodeKind.USCC, no_code_reason=None)
FALSE = "提供虚假材料"


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        (["甲法第一条"], None),
        (["甲法第一条", "乙规章第三条"], "《乙规章》属于地方政府规章, 不是法律、行政法规"),
        (["丁法第一条"], "法规索引中没有《丁法》"),
        (["甲法第九十九条"], "没有第九十九条"),
        ([], "没有填写"),
    ],
)
def test_a_fee_rests_on_articles_that_exist_and_are_of_the_rank_that_may_ask_for_it(
    articles: list[str], said: str | None
) -> None:
    s = situation([paper("decision", articles=articles)])

    answer = rests_on(s, field=FieldPath("decision.articles"), ranks=("法律", "行政法规"))

    assert answer == said if said is None else said in str(answer)


def application(matter: str = "某许可", safety: str = "是") -> Paper:
    return paper("application", matter=matter, safety=safety)


def refusal(ground: str = FALSE, on: date = date(2025, 3, 3), seq: int = 5, kind: str = "refusal") -> Paper:
    return paper(kind, on, seq, ground=ground)


def other(*papers: Paper, id_: str = "B1") -> Case:
    return case(id=id_, party=KNOWN, papers={one.kind: (one,) for one in papers})


def found(*others: Case, on: date = date(2026, 3, 3), party: Party | None = KNOWN, **change: Any) -> Found:
    s = situation([application()], on=on, party=party)
    s.others = others
    asked: dict[str, Any] = {"length": 1, "unit": Unit.YEAR} | change
    return barred_from_applying(
        s, matter=FieldPath("application.matter"), matters=(ElsewherePath("application.matter"),),
        grounds=(ElsewherePath("non_acceptance.ground"), ElsewherePath("refusal.ground")), says=(FALSE,),
        safety=(ElsewherePath("application.safety"),), lifted=(ElsewherePath("voiding"),), **asked,
    )  # fmt: skip


def test_a_decision_bars_to_the_last_day_of_its_period_and_its_case_is_named() -> None:
    answer = found(other(application(), refusal()))

    assert (answer.value, answer.row) == (True, "B1")
    assert answer.reason == "案件B1于2025-03-03的决定, 至2026-03-03不得再次申请"


@pytest.mark.parametrize(
    ("years", "on", "barred"),
    [(1, date(2026, 3, 4), False), (3, date(2028, 3, 3), True), (3, date(2028, 3, 4), False)],
)
def test_from_the_day_after_its_last_one_it_bars_no_more(years: int, on: date, *, barred: bool) -> None:
    assert found(other(application(), refusal()), on=on, length=years).value is barred


def test_the_last_day_does_not_move_on_from_a_day_off() -> None:
    saturday = refusal(on=date(2025, 2, 28))

    assert found(other(application(), saturday), on=date(2026, 2, 28)).value is True
    assert found(other(application(), saturday), on=date(2026, 3, 2)).value is False


@pytest.mark.parametrize(
    "others",
    [
        [other(application("别的许可"), refusal())],
        [other(application(safety="否"), refusal())],
        [other(application(), refusal("不符合条件"))],
        [other(application())],
        [other(refusal())],
        [other(application(), refusal(), paper("voiding", date(2025, 4, 1), 6))],
        [],
    ],
    ids=[
        "other licence",
        "no safety",
        "other ground",
        "no decision",
        "no application",
        "set aside",
        "no case",
    ],
)
def test_nothing_else_bars(others: list[Case]) -> None:
    assert found(*others) == Found(False, "已查对当事人的其他案件, 没有禁止再次申请的")


def test_an_older_act_does_not_lift_a_decision_made_since() -> None:
    voided_before = paper("voiding", date(2025, 1, 1), 3)

    assert found(other(application(), refusal(), voided_before)).value is True


def test_the_newest_of_the_decisions_counts() -> None:
    older = refusal(on=date(2024, 3, 3), seq=3, kind="non_acceptance")

    assert found(other(application(), older, refusal())).value is True


@pytest.mark.parametrize("party", [None, PARTY], ids=["nobody", "no code"])
def test_it_cannot_be_determined_without_the_code_of_the_party(party: Party | None) -> None:
    answer = found(other(application(), refusal()), party=party)

    assert (answer.value, answer.reason) == (None, "当事人证件号码不完整, 不能跨案查对")
