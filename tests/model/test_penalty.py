from __future__ import annotations

import pytest

from zhifa_flow.model.penalty import MONEY_KINDS, PENALTY_KINDS, heavier, total


def row(kind: str, amount: int | None = None) -> dict[str, object]:
    return {"kind": kind, "amount": amount}


def test_the_kinds_are_those_of_the_penalty_law() -> None:
    assert len(PENALTY_KINDS) == len(set(PENALTY_KINDS)) == 14
    assert set(MONEY_KINDS) < set(PENALTY_KINDS)
    assert {"警告", "通报批评", "行政拘留", "其他行政处罚"} < set(PENALTY_KINDS)


@pytest.mark.parametrize(
    ("kinds", "amount"), [(["罚款"], 300), (["罚款", "没收违法所得"], 310), (["警告"], 0), ([], 0)]
)
def test_a_sum_takes_in_all_penalties_of_the_kinds(kinds: list[str], amount: int) -> None:
    rows: list[dict[str, object]] = [
        row("罚款", 100),
        row("罚款", 200),
        row("没收违法所得", 10),
        row("警告"),
        {"kind": "罚款"},
    ]

    assert total(iter(rows), iter(kinds)) == amount


@pytest.mark.parametrize(
    ("decided", "told", "said"),
    [
        ([], [], []),
        ([row("罚款", 100)], [row("罚款", 100), row("警告")], []),
        ([row("罚款", 100)], [row("罚款", 60), row("罚款", 40)], []),
        ([row("罚款", 101)], [row("罚款", 100)], ["“罚款”由告知的1.00元增加到1.01元"]),
        ([row("警告")], [row("吊销许可证件")], ["告知时没有“警告”"]),
        ([row("警告"), row("警告")], [], ["告知时没有“警告”"]),
        ([row("责令停产停业")], [row("责令停产停业")], []),
        (
            [row("没收违法所得", 200_000_000_00)],
            [row("没收违法所得", 1)],
            ["“没收违法所得”由告知的0.01元增加到200,000,000.00元"],
        ),
    ],
)
def test_what_the_party_was_not_told_of_counts_as_heavier(
    decided: list[dict[str, object]], told: list[dict[str, object]], said: list[str]
) -> None:
    assert heavier(iter(decided), iter(told)) == said


def lasting(kind: str, content: str | None = None, days: int | None = None) -> dict[str, object]:
    return {"kind": kind, "content": content, "days": days}


@pytest.mark.parametrize(
    ("decided", "told", "said"),
    [
        (lasting("暂扣许可证件", days=30), lasting("暂扣许可证件", days=30), []),
        (lasting("暂扣许可证件", "运输许可证", 29), lasting("暂扣许可证件", "运输许可证", 30), []),
        (lasting("限制从业", "全省", 30), lasting("限制从业", "本公司", 30), ["“限制从业”的内容“全省”与告知的“本公司”不同"]),
        (lasting("暂扣许可证件", days=30), lasting("暂扣许可证件"), ["“暂扣许可证件”的期限由告知的未写明变为30日"]),
        (lasting("暂扣许可证件", days=31), lasting("暂扣许可证件", days=30), ["“暂扣许可证件”的期限由告知的30日变为31日"]),
        (lasting("暂扣许可证件", "六个月"), lasting("暂扣许可证件", "一个月"), ["“暂扣许可证件”的内容“六个月”与告知的“一个月”不同"]),
        (lasting("暂扣许可证件", "六个月"), lasting("暂扣许可证件", "一个月", 30), ["“暂扣许可证件”的期限由告知的30日变为未写明"]),
        (lasting("责令停产停业", "整顿"), lasting("责令停产停业"), ["“责令停产停业”的内容“整顿”与告知的“”不同"]),
        (lasting("其他行政处罚", "限期拆除"), lasting("其他行政处罚", "限期拆除"), []),
        (lasting("通报批评", "在全县"), lasting("通报批评", "在本系统"), []),
    ],
)  # fmt: skip
def test_a_penalty_that_lasts_is_weighed_by_its_days_and_otherwise_by_its_very_words(
    decided: dict[str, object], told: dict[str, object], said: list[str]
) -> None:
    assert heavier([decided], [told]) == said


def goods(amount: int, content: str) -> list[dict[str, object]]:
    return [{"kind": "没收非法财物", "amount": amount, "content": content}]


def test_other_goods_are_not_what_was_told_whatever_they_are_worth() -> None:
    told = goods(1000, "旧电脑一台")

    assert heavier(goods(1000, "旧电脑一台"), told) == []
    assert heavier(goods(1000, "挖掘机三台"), told) == [
        "“没收非法财物”的内容“挖掘机三台”与告知的“旧电脑一台”不同"
    ]
    assert heavier(goods(900, "挖掘机三台"), told) == [
        "“没收非法财物”的内容“挖掘机三台”与告知的“旧电脑一台”不同"
    ]
    assert heavier(goods(900, "旧电脑一台"), told) == []
    assert heavier(goods(500, "旧电脑一台"), [*goods(500, "旧电脑一台"), *goods(500, "显示器一台")]) == []


def test_whoever_changes_a_penalty_from_outside_puts_less_of_a_thing_in_other_words() -> None:
    told = goods(1000, "旧电脑二台")

    assert heavier(goods(500, "旧电脑一台"), told, reworded=MONEY_KINDS) == []
    assert heavier(goods(1000, "挖掘机三台"), told, reworded=MONEY_KINDS) != []


def test_a_smaller_sum_of_money_may_stand_in_other_words() -> None:
    assert heavier([{"kind": "罚款", "amount": 1, "content": "甲"}], [{"kind": "罚款", "amount": 2}]) == []


def test_the_same_words_twice_are_more_than_once() -> None:
    once = [lasting("其他行政处罚", "限期拆除")]

    assert heavier(once * 2, once) == ["“其他行政处罚”的内容“限期拆除”与告知的“”不同"]
    assert heavier(once, once * 2) == []
