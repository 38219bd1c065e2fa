"""Faults planted in a flow that is sound: each stops the check and the publishing, and is told to a lawyer in words."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.cli.conftest import SHIPPED
from tests.cli.flowfiles import write_flow
from tests.cli.office import NOBODY, Office
from tests.engine.builders import SIDE
from tests.engine.proofs.major import raw
from zhifa_flow.cli.main import main
from zhifa_flow.cli.places import Places

REF = "test.major@2021-07-15"
DECIDED = ["told", "settled", "review_done", "review_current"]
NOTICE = "关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见"
KEPT = ["notice", "hearing", "waiver", "defence"]


@pytest.fixture
def legal(tmp_path: Path) -> Office:
    """The legal office with a sound penalty in small, its side duty, and no database."""
    root = tmp_path / "flows"
    write_flow(root, major())
    side = deepcopy(SIDE)
    side["document"] = {key: {**one, "basis": ["甲法第一条"]} for key, one in side["document"].items()}
    write_flow(root, _cited(side))
    shutil.copy(SHIPPED / "statutes.json", root)
    (root / "calendars").mkdir()
    shutil.copy(SHIPPED / "calendars" / "2025.toml", root / "calendars")
    return Office(root, tmp_path)


def _cited(raw_flow: Mapping[str, Any]) -> dict[str, Any]:
    """With every article one that the shipped index holds."""
    return {key: _with_basis(value) for key, value in raw_flow.items()}


def _with_basis(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: ["甲法第一条"] if key == "basis" else _with_basis(one) for key, one in value.items()}


def major(**changes: Mapping[str, Any]) -> dict[str, Any]:
    """The penalty in small without the role that nobody acts in."""
    return raw(**{**changes, "role": {"officers": None, **changes.get("role", {})}})


def without(*guards: str) -> dict[str, Any]:
    return {"decide": {"guards": [one for one in DECIDED if one not in guards]}}


BACK_DOOR = {
    "skip": {
        "name": "直接决定",
        "source": ["open"],
        "target": "told",
        "by": ["head"],
        "basis": ["甲法第一条"],
    }
}
WAIVED = {
    "wants": {
        "check": "present",
        "args": {"document": "waiver"},
        "refusal": "没有放弃记录",
        "basis": ["甲法第一条"],
    }
}

FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "a back door around the notice": (
        {"transition": {**BACK_DOOR, **without("told")}},
        ("order.notice: “先告知, 后处罚”不成立: 没有办理“告知”, 也可以办理“决定”: "
        "直接决定 → 登记申辩(《陈述申辩笔录》) → 审核(《审核意见书》) → 决定(《决定书》)"),
    ),
    "a back door around the review": (
        {"transition": without("review_done")},
        ("order.review: “先审核, 后处罚”不成立: 没有办理“审核”, 也可以办理“决定”: 告知(《告知书》) → "
        "登记申辩(《陈述申辩笔录》) → 决定(《决定书》); 假定: 办理“决定”时认定“是否重大”成立或者不能认定"),
    ),
    "a review before the hearing": (
        {"transition": {"hear": {"source": ["told", "reviewed"]}}, "document": {"review": {"binds": ["notice"]}}},
        ("order.review: “先审核, 后处罚”不成立: 没有办理“审核”(办理过的“审核”其后已经不作数), 也可以办理“决定”: 告知(《告知书》) → "
        "登记申辩(《陈述申辩笔录》) → 审核(《审核意见书》) → 听证(《听证笔录》) → 决定(《决定书》)"),
    ),
    "a loop that keeps a stale review": (
        {"transition": {"send_back": {"supersedes": KEPT}, **without("review_current")}},
        ("order.review: “先审核, 后处罚”不成立: 没有办理“审核”(办理过的“审核”其后已经不作数), 也可以办理“决定”: 告知(《告知书》) → "
        "审核(《审核意见书》) → 登记申辩(《陈述申辩笔录》) → 决定(《决定书》); 假定: 办理“决定”时认定“是否重大”成立或者不能认定"),
    ),
    "a deadlock": (
        {"guard": WAIVED, "transition": {"close": {"guards": ["wants"]}}},
        ("state.decided: 案件会停在“已决定”, 此后无论如何不能办结: 告知(《告知书》) → 登记申辩(《陈述申辩笔录》) → 决定(《决定书》); "
        "假定: 办理“决定”时认定“是否重大”不成立"),
    ),
    "a state without a way out": (
        {"state": {"lost": {"name": "搁置", "stage": "all"}}, "transition": {**BACK_DOOR, "skip": {**BACK_DOOR["skip"], "name": "搁置", "target": "lost"}}},
        "state.lost: 从这里走不到任何办结状态",
    ),
    "a people rule that nobody fits": (
        {"role": {"head": {"name": "负责人", "head": True, "barred": ["head"]}}},
        "transition.tell: 没有人能办理“告知”: “负责人”排除了担任过“负责人”的人员自己",
    ),
    "an article that does not exist": (
        {"guard": {"told": {"basis": ["行政处罚法第一百条"]}}},
        "guard.told: 《行政处罚法》共86条, 没有第一百条",
    ),
    "a paragraph that does not exist": (
        {"guard": {"told": {"basis": ["行政处罚法第四十四条第九款"]}}},
        "guard.told: 行政处罚法第四十四条共1款, 没有第九款",
    ),
    "a notice of an office in place of law": (
        {"guard": {"told": {"basis": [f"{NOTICE}第一条"]}}},
        f"guard.told: 规范性文件“{NOTICE}第一条”不得作为限制的依据; 没有法律、法规、规章依据的写明(gap)",
    ),
    "a cycle of side duties": (
        {"child": {"again": {"name": "再罚", "flow": "test.major", "carries": [], "basis": ["甲法第一条"]}}, "transition": {"serve": {"opens": ["again"]}}},
        "child.again: 附随程序绕回本流程, 永远不能都办结: “测试处罚” → “测试处罚”",
    ),
    "a document that no path has made": (
        {"guard": {"early": {"check": "present", "args": {"document": "decision"}, "refusal": "没有决定书", "basis": ["甲法第一条"]}}, "transition": {"waive": {"guards": ["early"]}}},
        "transition.waive: “登记放弃”永远不能办理, 它的条件所要求的《决定书》在任何路径上都不具备",
    ),
}  # fmt: skip


def publishing(legal: Office) -> str:
    """What is said to who wants to publish the flow without any store."""
    line = ["--flows", str(legal.flows), "flow", "publish", REF, "--as", "张某", "--reason", "审核同意"]
    result = CliRunner().invoke(main, line, obj=Places(now=lambda: legal.moment), env=NOBODY)
    assert result.exit_code == 1, result.output
    return result.stderr


def test_the_flow_that_faults_are_planted_in_is_sound(legal: Office) -> None:
    assert legal.json("flow", "check")["problems"] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_named_and_stops_the_publishing(legal: Office, fault: str) -> None:
    changes, said = FAULTS[fault]
    write_flow(legal.flows, major(**changes))

    checked = legal.run("flow", "check", REF)
    refused = publishing(legal)

    assert checked.exit_code == 1
    assert f"- {said}" in checked.stdout
    assert said in refused
    assert not (legal.flows / "published.lock").exists()


def test_a_back_door_is_seen_behind_mistakes_that_have_nothing_to_do_with_it(legal: Office) -> None:
    wrong = {"settled": {"basis": ["行政处罚法第一百条"]}}
    write_flow(legal.flows, major(transition=without("review_done"), guard=wrong))

    told = legal.run("flow", "check", REF).stdout

    assert "guard.review_done: 写了但没有任何地方用到" in told
    assert "guard.settled: 《行政处罚法》共86条, 没有第一百条" in told
    assert "order.review: “先审核, 后处罚”不成立: 没有办理“审核”, 也可以办理“决定”" in told
