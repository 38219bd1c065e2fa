"""A matter of the list of powers and duties: what may be written of one, and on which days it is listed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zhifa_flow.model.citation import Citation
from zhifa_flow.model.matter import Duty, Ground, Matter, MatterError, Power

RAW: dict[str, Any] = {
    "code": "CF-01", "agency": "bureau", "power": "行政处罚", "name": "对某行为的处罚", "flows": ["penalty.general"],
    "basis": [{"article": "安全生产法97条", "text": "生产经营单位有下列行为之一的"}, {"条款": "安全生产法第九十四条第一款"}],
    "duties": [{"stage": "立案", "post": "立案岗", "text": "决定是否立案。", "period": "7工作日"}],
    "liability": "依法追究责任。", "listed_on": date(2026, 1, 1),
}  # fmt: skip


def problems(**changes: object) -> tuple[str, ...]:
    with pytest.raises(MatterError) as raised:
        Matter.read(RAW | changes)
    return raised.value.problems


def test_a_matter_is_read_with_its_grounds_and_duties() -> None:
    matter = Matter.read(RAW | {"服务电话": "0000-0000000", "charged": "是", "收费依据": "某条例3条"})

    assert (matter.id, matter.power, matter.flows) == ("bureau/CF-01", Power.PENALTY, ("penalty.general",))
    assert matter.basis == (
        Ground("安全生产法第九十七条", "生产经营单位有下列行为之一的"),
        Ground("安全生产法第九十四条第一款"),
    )
    assert matter.basis[1].citation == Citation("安全生产法", 94, 1)
    assert matter.duties == (Duty("立案", "立案岗", "决定是否立案。", "7个工作日"),)
    assert (matter.phone, matter.charged, matter.charge_basis) == ("0000-0000000", True, "某条例第三条")


@pytest.mark.parametrize("more", [{}, {"period": "20工作日", "removed_on": "2026-06-30", "unit": "执法大队"}])
def test_what_is_kept_of_a_matter_reads_back_as_it(more: dict[str, object]) -> None:
    matter = Matter.read(RAW | more)

    assert Matter.read(matter.to_raw()) == matter


@pytest.mark.parametrize(
    ("day", "listed"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_matter_is_listed_from_its_first_to_its_last_day(day: date, listed: bool) -> None:
    matter = Matter.read(RAW | {"removed_on": date(2026, 6, 30)})

    assert matter.listed_on_day(day) is listed


def test_a_matter_that_nobody_took_off_stays_listed() -> None:
    assert Matter.read(RAW).listed_on_day(date.max)


def test_all_problems_of_a_matter_come_at_once() -> None:
    with pytest.raises(MatterError) as raised:
        Matter.read(
            {"power": "处罚", "basis": [{}], "duties": [{"stage": "立案", "period": "七天"}], "phon": "1"}
        )

    assert raised.value.problems == (
        "没有“phon”这个字段, 是否指: phone",
        "列入清单日期没有填写",
        "办理流程没有填写",
        "事项编码没有填写",
        "实施主体没有填写",
        "职权类别: 不能是“处罚”, 可以填写: 行政许可、行政处罚、行政强制、行政确认、行政给付、行政征收、行政裁决、行政检查",
        "职权名称没有填写",
        "实施依据第1条: 条款没有填写",
        "责任事项第1条: 责任内容没有填写",
        "责任事项第1条: 岗位没有填写",
        "责任事项第1条: 办理期限: 看不懂期限“七天”, 应写成数字加单位, 例如: 7工作日、90日、6个月、2年、24小时",
        "违法责任没有填写",
    )


@pytest.mark.parametrize("key", ["basis", "duties", "flows"])
def test_an_empty_list_is_nothing_filled_in(key: str) -> None:
    assert any("没有填写" in problem for problem in problems(**{key: []}))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "CF/01"}, "事项编码不能含有“/”"),
        ({"flows": "、"}, "办理流程没有填写"),
        ({"removed_on": date(2025, 12, 31)}, "取消日期早于列入清单日期"),
        ({"charged": True}, "收费依据没有填写: 收费的应当写明依据的条款"),
        ({"charge_basis": "某条例第三条"}, "收费依据已填写, 而没有写明收费"),
        ({"basis": [{"article": "安全生产法97条"}, {"article": "安全生产法第九十七条"}]}, "实施依据重复: 安全生产法第九十七条"),
        ({"basis": [{"article": "安全生产法"}]}, "实施依据第1条: 条款: “安全生产法”不是一个法条引用"),
        ({"liability": "责" * 5001}, "违法责任有5001字, 至多5000字"),
        ({"name": "名" * 501}, "职权名称有501字, 至多500字"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_named(changes: dict[str, object], said: str) -> None:
    assert any(said in problem for problem in problems(**changes))


def test_a_long_article_may_be_quoted_whole() -> None:
    matter = Matter.read(RAW | {"basis": [{"article": "安全生产法第九十七条", "text": "条" * 5000}]})

    assert len(matter.basis[0].text) == 5000


def test_a_procedure_named_twice_counts_once() -> None:
    assert Matter.read(RAW | {"flows": ["a.b", "a.b"]}).flows == ("a.b",)
