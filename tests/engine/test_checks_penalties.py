from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.engine.builders import DAY, paper, situation, small
from zhifa_flow.engine.checks.penalties import (
    change_not_heavier,
    lawful_basis,
    not_heavier,
    paid_in_full,
    within_table,
    words_without_sums,
)
from zhifa_flow.engine.registry import FieldPath, FindingName, Found, TableName

DECIDED, TOLD = FieldPath("decision.penalties"), FieldPath("proposal.penalties")
ARTICLES, PAYMENTS = FieldPath("decision.articles"), FieldPath("receipt.payments")


def row(kind: str, amount: int | None = None) -> dict[str, object]:
    return {"kind": kind} | ({} if amount is None else {"amount": amount})


def penalties(decided: list[dict[str, object]], told: list[dict[str, object]] | None = None) -> Any:
    told_paper = [] if told is None else [paper("proposal", penalties=told)]
    return situation([paper("decision", penalties=decided), *told_paper])


@pytest.mark.parametrize(
    ("decided", "told", "said"),
    [
        ([row("罚款", 100_00)], [row("罚款", 100_00)], None),
        ([row("罚款", 99_00)], [row("罚款", 100_00)], None),
        ([], [row("罚款", 1)], None),
        ([row("罚款", 100_01)], [row("罚款", 100_00)], "“罚款”由告知的100.00元增加到100.01元"),
        (
            [row("罚款", 60_00), row("罚款", 60_00)],
            [row("罚款", 100_00)],
            "“罚款”由告知的100.00元增加到120.00元",
        ),
        ([row("吊销许可证件")], [row("罚款", 100_00)], "告知时没有“吊销许可证件”"),
        (
            [row("警告"), row("罚款", 2_00)],
            [row("罚款", 1_00)],
            "告知时没有“警告”; “罚款”由告知的1.00元增加到2.00元",
        ),
        ([row("警告")], None, "告知时没有“警告”"),
    ],
)
def test_the_penalty_is_in_no_kind_and_no_amount_heavier_than_told(
    decided: list[dict[str, object]], told: list[dict[str, object]] | None, said: str | None
) -> None:
    assert not_heavier(penalties(decided, told), decided=DECIDED, told=TOLD) == said


def test_a_table_limits_kinds_and_figures() -> None:
    spot = TableName("spot")

    assert within_table(penalties([row("罚款", 3_000_00)]), penalties=DECIDED, table=spot) is None
    assert within_table(penalties([row("行政拘留")]), penalties=DECIDED, table=spot) == (
        "“行政拘留”不在“当场处罚限额”之内"
    )


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        (["甲法第一条第一款第二项", "乙规章第三条"], None),
        (["丙通知第一条"], "《丙通知》属于规范性文件, 不得作为处罚依据"),
        (
            ["甲法第一条", "丙通知第一条", "甲法第九十九条"],
            "《丙通知》属于规范性文件, 不得作为处罚依据; 《甲法》共20条, 没有第九十九条",
        ),
        (["甲法第一条第一款第三项"], "甲法第一条第一款共2项, 没有第三项"),
        (["丁法第一条"], "法规索引中没有《丁法》"),
        ([], "《处罚决定书》的“处罚依据”没有填写"),
    ],
)
def test_a_penalty_rests_on_articles_that_exist_and_may_found_it(
    articles: list[str], said: str | None
) -> None:
    s = situation([paper("decision", articles=articles)])

    answer = lawful_basis(s, field=ARTICLES)

    assert answer == said if said is None else said in str(answer)


def test_an_article_must_be_in_force_on_the_day_of_the_act() -> None:
    s = situation([paper("decision", articles=["甲法第一条"])], on=date(2019, 12, 31))

    assert "甲法" in str(lawful_basis(s, field=ARTICLES))
    assert "尚未施行" in str(lawful_basis(s, field=ARTICLES))


@pytest.mark.parametrize(
    ("committed", "decided", "good"),
    [
        ("2020-01-01", date(2026, 3, 2), True), ("2019-12-31", date(2026, 3, 2), True),
        ("2020-01-01", date(2019, 12, 31), True), ("2019-12-31", date(2019, 12, 31), False), (None, DAY, True),
        (None, date(2019, 12, 31), False),
    ],
    ids=["both", "only when decided", "only when committed", "neither", "day unknown", "day unknown, not yet in force"],
)  # fmt: skip
def test_a_penalty_may_rest_on_the_law_of_the_day_of_the_offence(
    committed: str | None, decided: date, *, good: bool
) -> None:
    s = situation(
        [paper("decision", articles=["甲法第一条"]), paper("filing", found_on=committed)], on=decided
    )

    answer = lawful_basis(s, field=ARTICLES, committed=FieldPath("filing.found_on"))

    assert (answer is None) is good


def test_an_article_that_never_could_found_a_penalty_does_so_on_no_day() -> None:
    s = situation([paper("decision", articles=["丙通知第一条"]), paper("filing", found_on="2020-01-01")])

    answer = lawful_basis(s, field=ARTICLES, committed=FieldPath("filing.found_on"))

    assert answer == "《丙通知》属于规范性文件, 不得作为处罚依据"


def receipts(*amounts: int, owed: Found) -> Any:
    papers = [paper("receipt", payments=[{"on": "2026-03-02", "amount": amount}]) for amount in amounts]
    return situation(papers, found={"owed": owed})


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((100_00,), None), ((60_00, 40_00), None), ((150_00,), None),
        ((99_99,), "应缴100.00元(罚款), 已缴99.99元"), ((), "应缴100.00元(罚款), 已缴0.00元"),
    ],
)  # fmt: skip
def test_what_was_received_reaches_what_is_due(amounts: tuple[int, ...], said: str | None) -> None:
    s = receipts(*amounts, owed=Found(100_00, "罚款"))

    assert paid_in_full(s, payments=PAYMENTS, due=FindingName("owed")) == said


def test_a_payment_without_a_sum_pays_nothing() -> None:
    s = situation([paper("receipt", payments=[{"on": "2026-03-02"}])], found={"owed": Found(1, "罚款")})

    assert paid_in_full(s, payments=PAYMENTS, due=FindingName("owed")) == "应缴0.01元(罚款), 已缴0.00元"


def test_what_nobody_can_determine_is_not_paid() -> None:
    s = receipts(100_00, owed=Found(None, "无法认定应缴数额"))

    assert paid_in_full(s, payments=PAYMENTS, due=FindingName("owed")) == "无法认定应缴数额"


def test_the_articles_of_the_row_that_decided_are_cited_with_those_of_the_guard() -> None:
    s = situation([paper("proposal", penalties=[row("罚款", 60_000_00)])], on=DAY)

    refusal = next(one for one in small().refusals("review", s) if one.code == "heard")

    assert refusal.basis == ("甲法第五条", "乙规章第四条", "甲法第四条")


def worded(kind: str, content: str | None, amount: int | None = None) -> dict[str, object]:
    return {**row(kind, amount), "content": content}


def test_a_court_may_put_less_of_a_thing_in_other_words_and_no_more_of_it() -> None:
    told = [worded("没收非法财物", "电脑二台", 200)]

    less, more = [worded("没收非法财物", "电脑一台", 100)], [worded("没收非法财物", "电脑三台", 300)]

    assert change_not_heavier(penalties(less, told), decided=DECIDED, told=TOLD) is None
    assert not_heavier(penalties(less, told), decided=DECIDED, told=TOLD) is not None
    assert change_not_heavier(penalties(more, told), decided=DECIDED, told=TOLD) is not None


@pytest.mark.parametrize(
    ("decided", "found"),
    [
        (worded("警告", "并处罚款五万元"), "五万元"), (worded("警告", "缴纳 50,000 元"), "50,000元"), (worded("警告", "缴纳５０元"), "50元"),
        (worded("其他行政处罚", "缴纳人民币若干"), "人民币"), (worded("罚款", "自次日起按日连续处罚", 100), "按日连续"),
        (worded("罚款", "十万元整", 100), "十万元"), (worded("没收非法财物", "价值三千元的电脑一台", 100), ""),
        (worded("责令停产停业", "停产停业三个月"), ""), (worded("警告", None), ""), (row("罚款", 100), ""),
        (worded("暂扣许可证件", "每日公示"), ""), (worded("限制从业", "三年内不得从业, 元旦起算"), ""),
    ],
)  # fmt: skip
def test_no_sum_stands_in_the_words_of_a_penalty(decided: dict[str, object], found: str) -> None:
    answer = words_without_sums(penalties([decided]), penalties=DECIDED)

    assert answer == (f"“{decided['kind']}”的内容写有“{found}”" if found else None)
