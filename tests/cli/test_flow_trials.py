"""zhifa flow test, mutate: what scenarios see of flows, and what nobody would miss."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SHIPPED
from tests.cli.office import Office

DATA = Path(__file__).parents[1] / "data" / "flows_mutants"
REF = "penalty.tiny@2024-01-01"
SCENARIOS = Path("penalty.tiny") / "scenarios"


@pytest.fixture
def legal(tmp_path: Path) -> Office:
    """The legal office with the flow that mutants are tried on, and no database."""
    root = tmp_path / "flows"
    shutil.copytree(DATA, root)
    shutil.copy(SHIPPED / "statutes.json", root)
    (root / "calendars").mkdir()
    for year in range(2021, 2026):
        shutil.copy(SHIPPED / "calendars" / f"{year}.toml", root / "calendars")
    return Office(root, tmp_path)


@pytest.fixture
def weak(legal: Office) -> Office:
    """The same with the weak scenario alone."""
    (legal.flows / SCENARIOS / "strong.toml").unlink()
    return legal


def spoil(office: Office, old: str, new: str) -> None:
    path = office.flows / SCENARIOS / "strong.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def declare(office: Office, mutant: str) -> None:
    text = f'schema = "zhifa-equivalents/1"\n[[equivalent]]\nmutant = "{mutant}"\nreason = "仅供测试"\n'
    (office.flows / "equivalents.toml").write_text(text, encoding="utf-8")


def test_scenarios_that_hold_and_see_everything_are_all_right(legal: Office) -> None:
    told = legal.json("flow", "test")

    assert (told["scenarios"], told["acts"], told["failed"]) == (2, 14, [])
    assert told["guards_uncovered"] == told["steps_uncovered"] == told["orders_uncovered"] == []
    assert told["orders_exercised"] == [{"flow": REF, "order": "notice_before_decision"}]
    assert "✓ 情景2个, 办理14次, 不成立的0个" in legal.ok("flow", "test", "penalty.tiny")
    assert not legal.database.exists()


def test_a_scenario_that_does_not_hold_is_told_to_a_lawyer(legal: Office) -> None:
    spoil(legal, "2022-03-03 }", "2022-03-04 }")

    result = legal.run("flow", "test")

    assert result.exit_code == 1
    assert "✗ penalty.tiny/strong: 某公司超标排放: 期限、人员、重新告知" in result.stdout
    assert "2024-03-04 report(late)" in result.stdout
    assert "应当: 不予办理, 理由中有条件“dated”" in result.stdout
    assert "实际: 已经办理, 现在是“reported”" in result.stdout
    assert "- 应当不予办理, 但是办理了" in result.stdout


def test_a_failure_is_told_to_programs(legal: Office) -> None:
    spoil(legal, "2022-03-03 }", "2022-03-04 }")

    (first, *_) = _json(legal, "flow", "test")["failed"]

    assert (first["scenario"], first["step"], first["on"]) == ("penalty.tiny/strong", "report", "2024-03-04")
    assert first["complaints"] == ["应当不予办理, 但是办理了"]


def _json(office: Office, *args: str) -> Any:
    result = office.run(*args, "--json")
    assert result.exit_code == 1, result.output
    return json.loads(result.stdout)


def test_a_guard_that_no_scenario_sees_refuse_is_named_with_its_law(weak: Office) -> None:
    result = weak.run("flow", "test")

    assert result.exit_code == 1
    line = f"- {REF} noticed: 没有情景使它拒绝过。作出行政处罚决定之前, 应当告知当事人拟作出的处罚内容 [行政处罚法第四十四条]"
    assert line in result.stdout
    assert "✓ 情景1个, 办理3次, 不成立的0个" in result.stdout
    assert "✗ 没有看全的条件3个, 没有走过的流转0个, 法定顺序经过1条、没有经过0条" in result.stdout


def test_without_scenarios_nothing_is_seen(weak: Office) -> None:
    (weak.flows / SCENARIOS / "weak.toml").unlink()

    result = weak.run("flow", "test")

    assert result.exit_code == 1
    assert "没有情景" in result.stdout
    assert f"- {REF} 作出处罚决定(decide) [行政处罚法第五十七条第一款第一项]" in result.stdout
    assert f"- {REF} notify、decide(notice_before_decision) [行政处罚法第四十四条]" in result.stdout


def test_one_file_is_run_wherever_it_lies_and_need_not_see_everything(weak: Office, tmp_path: Path) -> None:
    draft = tmp_path / "draft.toml"
    shutil.copy(weak.flows / SCENARIOS / "weak.toml", draft)

    told = weak.json("flow", "test", "--scenario", str(draft))

    assert (told["scenarios"], told["failed"], told["guards_uncovered"]) == (1, [], [])


def test_a_file_that_cannot_be_read_is_a_failure(legal: Office, tmp_path: Path) -> None:
    draft = tmp_path / "draft.toml"
    draft.write_text("schema = 1", encoding="utf-8")

    assert "draft.toml: flow: 缺少这一项" in legal.run("flow", "test", "--scenario", str(draft)).stdout
    missing = legal.run("flow", "test", "--scenario", str(tmp_path / "none.toml"))
    assert missing.exit_code == 1
    assert "文件不能读取" in missing.stdout


def test_flows_and_a_file_are_not_asked_for_together(legal: Office) -> None:
    assert "只取其一" in legal.refused("flow", "test", "penalty.tiny", "--scenario", "x.toml", code=2)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_nobody_would_miss_is_named_with_the_law_that_is_unprotected(weak: Office, jobs: str) -> None:
    result = weak.run("flow", "mutate", "--jobs", jobs)

    assert result.exit_code == 1
    assert f"✗ {REF} role.investigators.count =1" in result.stdout
    assert "改动: “执法人员”2人改为1人" in result.stdout
    assert "没有证明或者情景发现; 失去保护: 执法人员 [行政处罚法第四十二条第一款]" in result.stdout


def test_the_survivors_are_told_to_programs_in_the_order_of_the_file(weak: Office) -> None:
    told = _json(weak, "flow", "mutate", "--jobs", "2")

    ids = [one["mutant"] for one in told["survivors"]]
    assert ids == [one["mutant"] for one in _json(weak, "flow", "mutate", "--jobs", "1")["survivors"]]
    assert told["mutants"] == told["killed"] + len(ids)
    assert told["survivors"][0] == {
        "mutant": f"{REF} always -dated", "kind": "guard", "change": "每一步都不再问条件dated",
        "unprotected": "违法行为在二年内未被发现的, 不再给予行政处罚", "basis": ["行政处罚法第三十六条第一款"], "gap": "",
    }  # fmt: skip


def test_strong_scenarios_let_nothing_live(legal: Office) -> None:
    told = legal.json("flow", "mutate", "penalty.tiny", "--jobs", "1")

    assert told["mutants"] == told["killed"] > 10
    assert told["survivors"] == told["equivalent"] == told["stale"] == []


def test_a_declared_equivalent_is_told_with_its_reason(weak: Office) -> None:
    declare(weak, f"{REF} always -dated")

    result = weak.run("flow", "mutate", "--jobs", "1")

    assert f"= {REF} always -dated: 仅供测试" in result.stdout
    assert f"✗ {REF} always -dated" not in result.stdout
    assert "声明没有差别1处" in result.stdout


@pytest.mark.parametrize(
    ("mutant", "problem"), [("always -dated", "已经能够发现, 不必再声明"), ("always -none", "没有这样的改动")]
)
def test_a_declaration_that_does_not_hold_is_a_fault(legal: Office, mutant: str, problem: str) -> None:
    declare(legal, f"{REF} {mutant}")

    assert _json(legal, "flow", "mutate", "--jobs", "1")["stale"] == [
        {"mutant": f"{REF} {mutant}", "problem": problem}
    ]


def test_the_file_of_declarations_is_read_with_care(legal: Office) -> None:
    (legal.flows / "equivalents.toml").write_text('schema = "zhifa-equivalents/2"', encoding="utf-8")

    assert "equivalents.toml 有1处问题" in legal.refused("flow", "mutate")


def test_scenarios_that_do_not_hold_measure_nothing(legal: Office) -> None:
    spoil(legal, "2022-03-03 }", "2022-03-04 }")

    said = legal.refused("flow", "mutate", "--jobs", "1")

    assert "情景“penalty.tiny/strong”不成立(2024-03-04 late: 应当不予办理, 但是办理了)" in said
