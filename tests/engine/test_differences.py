from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tests.engine.builders import RAW, flow, small
from zhifa_flow.engine.callings import called_with, order_text
from zhifa_flow.engine.differences import GROUPS, differences
from zhifa_flow.engine.digest import flow_digest
from zhifa_flow.engine.registry import CHECKS
from zhifa_flow.model.flow import Flow


def told(new: Flow, old: Flow | None = None) -> list[str]:
    return [f"{one.group}: {one.text}" for one in differences(old or small().flow, new)]


def edited(section: str, key: str, **more: object) -> Flow:
    return flow(**{section: {key: {**deepcopy(RAW[section][key]), **more}}})


def without(section: str, key: str) -> Flow:
    raw = deepcopy(RAW)
    raw[section].pop(key)
    return Flow.model_validate(raw)


def test_a_flow_does_not_differ_from_itself() -> None:
    assert told(small().flow) == []


@pytest.mark.parametrize(
    ("section", "key", "more", "said"),
    [
        ("stage", "inquiry", {"post": "调查岗"}, "stage: “调查”的岗位: (无) → 调查岗"),
        ("stage", "inquiry", {"name": "查证"}, "stage: “调查”改称“查证”"),
        ("state", "inquiry", {"stage": "decision"}, "state: “调查中”的环节: 调查 → 决定"),
        ("transition", "pay", {"name": "缴纳罚款"}, "transition: “缴款”改称“缴纳罚款”"),
        ("transition", "pay", {"source": ["decided", "reviewed"]}, "transition: “缴款”的从何状态: 已决定 → 已决定、已审核"),
        ("transition", "file_case", {"target": "reviewed"}, "transition: “立案”的到何状态: 调查中 → 已审核"),
        ("transition", "pay", {"by": ["head", "handler"]}, "transition: “缴款”的办理人: 承办人 → 负责人或者承办人"),
        ("transition", "close", {"guards": []}, "transition: “结案”的条件: 应当缴清 → (无)"),
        ("transition", "pay", {"documents": ["receipt", "memo"]}, "transition: “缴款”的应提交的文书: 《缴款票据》 → 《缴款票据》《书面通知》"),
        ("transition", "review", {"optional": []}, "transition: “审核”的可提交的文书: 《听证笔录》 → (无)"),
        ("transition", "decide", {"opens": []}, "transition: “作出决定”的启动的附随程序: 公示 → (无)"),
        ("transition", "suspend", {"raises": []}, "transition: “中止”的使发生的情形: 中止 → (无)"),
        ("transition", "resume", {"lowers": []}, "transition: “恢复”的使消除的情形: 中止 → (无)"),
        ("transition", "extend", {"extends": None}, "transition: “延长”的延长的期限: 办理期限 → (无)"),
        ("transition", "defer", {"moves": None}, "transition: “延期缴纳”的改定的期限: 缴款期限, 至《延期缴纳审批表》的“最后缴款日期” → (无)"),
        ("transition", "pay", {"basis": [], "gap": "没有规定"}, "transition: “缴款”的依据: 甲法第一条 → 法律没有规定: 没有规定"),
        ("role", "investigators", {"count": 1}, "role: “调查人员”的人数: 不少于2人 → (无)"),
        ("role", "investigators", {"certified": False}, "role: “调查人员”的执法证: 办理当日有效 → (无)"),
        ("role", "investigators", {"barred": ["chair"]}, "role: “调查人员”的回避: 担任过听证主持人的不得担任、担任过审核人员的不得担任 → 担任过听证主持人的不得担任"),
        ("role", "head", {"chief": True}, "role: “负责人”的职务: 机关负责人 → 正职负责人"),
        ("role", "head", {"superior": True}, "role: “负责人”的上级机关: (无) → 须为上级机关人员"),
        ("role", "reviewer", {"qualified_since": None}, "role: “审核人员”的法律职业资格: 2018-01-01起初次从事的须具备 → (无)"),
        ("guard", "heard", {"basis": ["甲法第九条"]}, "guard: “应当先听证”的依据: 甲法第五条 → 甲法第九条"),
        ("guard", "heard", {"refusal": "先听证"}, "guard: “应当先听证”改称“先听证”"),
        ("guard", "passed", {"args": {"field": "opinion.outcome", "value": "退回"}}, "guard: “审核应当通过”的判断: equals(field=《审核意见书》的“审核结论”, value=通过) → equals(field=《审核意见书》的“审核结论”, value=退回)"),
        ("document", "opinion", {"binds": ["proposal"]}, "document: “审核意见书”的锁定的文书: 《处罚建议》《询问笔录》 → 《处罚建议》"),
        ("document", "receipt", {"repeatable": False}, "document: “缴款票据”的份数: 可以有多份 → (无)"),
        ("document", "filing", {"number": False}, "document: “立案审批表”的文号: 有文号 → (无)"),
        ("deadline", "payment", {"length": 10}, "deadline: “缴款期限”的长度: 15日 → 10日"),
        ("deadline", "payment", {"unit": "workday"}, "deadline: “缴款期限”的长度: 15日 → 15个工作日"),
        ("deadline", "payment", {"length": None, "unit": None, "table": "longer"}, "deadline: “缴款期限”的长度: 15日 → 依数据表longer"),
        ("deadline", "payment", {"from": "decision.number"}, "deadline: “缴款期限”的起算日取自: (无) → 《处罚决定书》的“文号”"),
        ("deadline", "payment", {"waits": True}, "deadline: “缴款期限”的期间: (无) → 只等期满, 期间不须办理"),
        ("deadline", "payment", {"roll": "none"}, "deadline: “缴款期限”的末日遇休息日: 顺延 → 不顺延"),
        ("deadline", "payment", {"ends_unless": {"pay": "owed"}}, "deadline: “缴款期限”的结束: (无) → 缴款(除非应缴)"),
        ("deadline", "payment", {"expiry": "deemed", "then": "close"}, "deadline: “缴款期限”的届满: 届满权利消灭 → 届满依法视为: 结案"),
        ("deadline", "handling", {"extension": None}, "deadline: “办理期限”的延长: 依数据表longer, 至多1次 → (无)"),
        ("finding", "owed", {"name": "罚款总额"}, "finding: “应缴”改称“罚款总额”"),
        ("finding", "hearing_due", {"args": {"penalties": "proposal.penalties", "table": "spot"}}, "finding: “应当听证”的规则: reaches_threshold(penalties=《处罚建议》的“拟处罚内容”, table=hearing) → reaches_threshold(penalties=《处罚建议》的“拟处罚内容”, table=spot)"),
        ("child", "publication", {"when": None}, "child: “公示”的启动条件: 应当听证 → (无)"),
        ("child", "publication", {"holds": []}, "child: “公示”的办结前不能办理: 结案 → (无)"),
        (
            "child", "publication", {"carries": {"result": "decision", "record": "record"}},
            "child: “公示”的带去的文书: 《处罚决定书》、《询问笔录》、《立案审批表》 → 《处罚决定书》→result、《询问笔录》",
        ),
        ("child", "publication", {"acted": {"head": "handler"}}, "child: “公示”的交接的角色: (无) → 负责人→handler"),
        ("flag", "remedy", {"blocks": ["defer", "close"]}, "flag: “复议诉讼”的期间不能办理: 延期缴纳 → 延期缴纳、结案"),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_told_alone_and_in_words(
    section: str, key: str, more: dict[str, Any], said: str
) -> None:
    assert told(edited(section, key, **more)) == [said]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": {"type": "text", "name": "理由", "required": False}}, ["“《书面通知》“理由””的是否必填: 必填 → 可不填"]),
        (
            {"reason": {"type": "choice", "name": "理由", "of": ["甲"]}},
            ["“《书面通知》“理由””的类型: 文字 → 选一项", "“《书面通知》“理由””的可选内容: (无) → 甲"],
        ),
        ({"reason": {"type": "text", "name": "事由"}}, ["“《书面通知》“理由””改称“《书面通知》“事由””"]),
        ({}, ["删去“《书面通知》“理由””: 类型 文字; 是否必填 必填"]),
    ],
)  # fmt: skip
def test_the_fields_of_a_document_are_compared(fields: dict[str, Any], said: list[str]) -> None:
    assert told(edited("document", "memo", field=fields)) == [f"field: {one}" for one in said]


def test_columns_of_rows_are_compared_too() -> None:
    columns = {
        "on": {"type": "date", "name": "缴款日期", "future": True},
        "amount": {"type": "money", "name": "金额"},
    }
    new = edited(
        "document",
        "receipt",
        field={"payments": {"type": "rows", "name": "缴款", "least": 1, "columns": columns}},
    )

    found = {one.key: one.text for one in differences(small().flow, new)}

    assert found == {
        "receipt.payments": "“《缴款票据》“缴款””的至少: (无) → 1项",
        "receipt.payments.on": "“《缴款票据》“缴款·缴款日期””的可写将来日期: (无) → 可以",
    }


def test_what_is_new_or_gone_is_told_with_what_it_says() -> None:
    gone = without("transition", "pay")

    assert told(gone)[0].startswith(
        "transition: 删去“缴款”: 从何状态 已决定; 到何状态 状态不变; 办理人 承办人"
    )
    assert told(small().flow, gone)[0].startswith("transition: 新增“缴款”: 从何状态 已决定")


def test_an_entry_that_says_nothing_more_is_told_by_its_name() -> None:
    new = flow(stage={"archive": {"name": "归档"}})

    assert told(new) == ["stage: 新增“归档”"]
    assert told(small().flow, new) == ["stage: 删去“归档”"]


def test_the_flow_itself_is_compared() -> None:
    new = flow(
        name="测试程序新版",
        effective_from=date(2026, 1, 1),
        effective_to=date(2026, 12, 31),
        always=["passed"],
    )

    assert told(new) == [
        "flow: “测试程序”改称“测试程序新版”",
        "flow: “测试程序新版”的施行日期: 2021-07-15 → 2026-01-01",
        "flow: “测试程序新版”的施行至: (无) → 2026-12-31",
        "flow: “测试程序新版”的每步都适用的条件: (无) → 审核应当通过",
    ]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"must": "propose", "before": "decide"}, "“作出决定”之前, “提出处罚建议”应当已经办理"),
        ({"before": ["close"], "least": 2}, "“结案”的办理人不得少于2人"),
        (
            {"must": ["review"], "before": ["decide"], "after": ["hold_hearing"], "when": "hearing_due"},
            "应当听证的, “作出决定”之前, “审核”在“听证”之后、应当已经办理",
        ),
        (
            {"before": ["close"], "settled": ["publication.record", "publication.published"]},
            "“结案”之前, 附随程序“公示”应当已经处理完毕",
        ),
        (
            {"before": ["close"], "over": ["payment", "deferral.until"], "ended": ["publication"], "least": 2},
            "“结案”之前, “缴款期限”应当已经届满; 《延期缴纳审批表》的“最后缴款日期”应当已经届满; 附随程序“公示”应当已经办结; “结案”的办理人不得少于2人",
        ),
    ],
)  # fmt: skip
def test_an_order_is_told_as_a_sentence(order: dict[str, Any], said: str) -> None:
    new = flow(order={"one": {**order, "basis": ["甲法第一条"]}})

    assert order_text(new, "one") == said
    assert told(new) == [f"order: 新增“法定顺序”: 顺序 {said}; 依据 甲法第一条"]


def test_arguments_are_called_by_their_chinese_names() -> None:
    args = {"field": "decision.number", "value": "1号"}

    assert told(edited("guard", "passed", args=args)) == [
        "guard: “审核应当通过”的判断: equals(field=《审核意见书》的“审核结论”, value=通过) → equals(field=《处罚决定书》的“文号”, value=1号)"
    ]


def test_a_name_that_changed_is_told_once_and_not_wherever_it_is_named() -> None:
    raw = deepcopy(RAW)
    raw["state"]["decided"]["name"] = "已作决定"
    raw["document"]["proposal"]["name"] = "处理建议"
    raw["document"]["proposal"]["field"]["penalties"]["name"] = "建议的处罚"
    raw["role"]["handler"]["name"] = "经办人"

    assert told(Flow.model_validate(raw)) == [
        "state: “已决定”改称“已作决定”",
        "role: “承办人”改称“经办人”",
        "document: “处罚建议”改称“处理建议”",
        "field: “《处理建议》“拟处罚内容””改称“《处理建议》“建议的处罚””",
    ]


def test_a_document_that_is_gone_has_no_fields_to_compare() -> None:
    raw = deepcopy(RAW)
    raw["document"].pop("deferral")
    raw["transition"].pop("defer")
    raw["flag"]["remedy"].pop("blocks")

    found = told(Flow.model_validate(raw))

    assert "document: 删去“延期缴纳审批表”: 依据 甲法第一条" in found
    assert not [one for one in found if one.startswith("field")]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list | tuple)
        else None
    )
    if inside is None:
        yield path, value
        return
    for key, one in inside:
        yield from leaves(one, (*path, key))


def other(value: Any) -> Any:
    return not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}改"


def test_whatever_changes_the_digest_is_told() -> None:
    told = Flow.model_validate(deepcopy(RAW)).model_dump(mode="json", by_alias=True)
    silent, tried = [], 0

    for path, value in leaves(told):
        if value is None or path[-1] in ("schema", "effective_from", "stays"):
            continue
        raw = deepcopy(told)
        here = raw
        for part in path[:-1]:
            here = here[part]
        here[path[-1]] = other(value)
        try:
            new = Flow.model_validate(raw)
            found = list(differences(small().flow, new))
        except (
            ValidationError,
            LookupError,
        ):  # a name that leads nowhere, which the flow checker has refused
            continue
        tried += 1
        if not found and flow_digest(new) != small().digest:
            silent.append(path)

    assert silent == []
    assert tried > 300


def test_every_group_has_a_chinese_name() -> None:
    new = flow(order={"one": {"must": "propose", "before": "decide", "basis": ["甲法第一条"]}})

    assert all(one.group in GROUPS for one in differences(small().flow, new))


def test_the_unit_of_a_condition_is_said_in_chinese() -> None:
    args = {"start": "record", "end": "decision", "length": 1, "unit": "workday"}

    said = called_with(small().flow, CHECKS["within_period"], args)

    assert said.endswith("length=1, unit=工作日)")
