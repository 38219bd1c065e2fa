"""zhifa case clock: the deadlines of a case, how each came to its last day, and which stand still."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.office import CASE, Office

STOP = ("--by", "张某,李某", "--set", "stop.reason=等待结论")


def on_day(office: Office, month: int, day: int) -> Office:
    office.moment = datetime(2026, month, day, 2, 0, tzinfo=UTC)
    return office


@pytest.fixture
def stopped(office: Office) -> Office:
    """A case filed on 10 March whose inquiry has been suspended since the 20th."""
    office.filed()
    on_day(office, 3, 20).ok("case", "do", CASE, "中止", *STOP)
    return office


@pytest.fixture
def resumed(stopped: Office) -> Office:
    """The same case, its inquiry taken up again on the 30th."""
    on_day(stopped, 3, 30).ok("case", "do", CASE, "恢复调查", "--by", "张某,李某")
    return stopped


def test_without_explain_a_deadline_is_one_line(resumed: Office) -> None:
    [line] = resumed.ok("case", "clock", CASE).splitlines()

    assert line.startswith("  作出处罚决定的期限(机关): 至2026-06-18, 自2026-03-10起90日, 计算中")


def test_explain_unfolds_what_made_the_last_day(resumed: Office) -> None:
    said = resumed.ok("case", "clock", CASE, "--explain")

    assert "    台账  2026-03-10起算90日(办理之日); 第1步“立案”" in said
    assert (
        "2026-03-20至2026-03-29停止计算(中止调查), 扣除10日; 第2步“中止”, 执法人员办理, 《中止决定书》; 第3步“恢复调查”"
        in said
    )
    assert "    计算  2026-03-10(周二, 普通工作日)当日不计入, 自次日起算90日" in said
    assert "2026-03-20至2026-03-29 依法扣除的期间: 不计入" in said
    assert "日历依据: " in said


@pytest.mark.parametrize("name", ["作出处罚决定的期限", "decision", " decision "])
def test_a_deadline_is_asked_for_by_name_or_key(resumed: Office, name: str) -> None:
    resumed.reported()

    assert [one["deadline"] for one in resumed.json("case", "clock", CASE, name)] == ["decision"]
    assert len(resumed.json("case", "clock", CASE)) == 2


def test_a_deadline_that_does_not_exist_is_answered_with_close_names(resumed: Office) -> None:
    said = resumed.refused("case", "clock", CASE, "作出处罚的期限", "--explain")

    assert "没有名为“作出处罚的期限”的期限, 是否指: 作出处罚决定的期限" in said


def test_a_deadline_that_has_not_begun_is_said(resumed: Office) -> None:
    assert "在本案还没有起算" in resumed.refused("case", "clock", CASE, "defence")


def test_programs_get_the_ledger_and_the_reasoning_beside_what_they_had(resumed: Office) -> None:
    [one] = resumed.json("case", "clock", CASE, "decision")

    assert (one["due"], one["state"], one["owner"], one["paused"]) == (
        "2026-06-18",
        "running",
        "agency",
        None,
    )
    assert one["counted"] == {"due": "2026-06-18", "safe": "2026-06-18", "provisional": False}
    assert [entry["kind"] for entry in one["ledger"]] == ["started", "excluded"]
    stop = one["ledger"][1]
    assert (stop["first"], stop["last"], stop["days"], stop["left_out"]) == (
        "2026-03-20",
        "2026-03-29",
        10,
        True,
    )
    assert [paper["name"] for paper in stop["origin"]["documents"]] == ["中止决定书"]
    assert stop["text"].startswith("2026-03-20至2026-03-29停止计算(中止调查), 扣除10日")
    assert any(line.startswith("到期日为2026-06-18") for line in one["derivation"])
    assert one["problems"] == []


def test_what_stands_still_is_told_without_a_last_day(stopped: Office) -> None:
    on_day(stopped, 7, 1)

    short, long = stopped.ok("case", "clock", CASE), stopped.ok("case", "clock", CASE, "--explain")

    assert "作出处罚决定的期限(机关): 停止计算中(自2026-03-20起), 恢复后才有末日" in short
    assert "2026-06-08" not in short
    assert "如果今天恢复计算, 末日为2026-09-20" in long
    assert "自2026-03-20起停止计算(中止调查), 尚未恢复, 至今扣除104日" in long


def test_what_stands_still_is_listed_last_and_is_not_overdue(stopped: Office) -> None:
    on_day(stopped, 7, 1)

    [one] = stopped.json("due")

    assert (one["paused"], one["days_overdue"], one["days_left"], one["passed"]) == ("2026-03-20", 0, 0, "")
    said = stopped.ok("due")
    assert "停止计算中(自2026-03-20起)" in said
    assert "恢复后才有末日" in said
    assert "2026-06-08" not in said
    assert stopped.json("due", "--until", "2099-12-31") == []


def test_what_goes_on_is_listed_by_its_new_day(resumed: Office) -> None:
    [one] = resumed.json("due")

    assert (one["due"], one["paused"]) == ("2026-06-18", None)


def test_a_last_day_that_another_calendar_would_move_is_not_passed_over(
    resumed: Office, tmp_path: Path
) -> None:
    resumed.flows = Path(shutil.copytree(resumed.flows, tmp_path / "flows"))
    path = resumed.flows / "calendars" / "2026.toml"
    text = path.read_text(encoding="utf-8")
    assert "注意" not in resumed.ok("case", "clock", CASE)

    path.write_text(text.replace("from = 2026-06-19, to", "from = 2026-06-18, to"), encoding="utf-8")

    said = "稳妥的最后工作日记为2026-06-18, 现在计算为2026-06-17: 记录之后放假安排或者数据表有变动"
    assert f"    注意  {said}" in resumed.ok("case", "clock", CASE)
    [one] = resumed.json("case", "clock", CASE)
    assert (one["safe"], one["counted"]["safe"]) == ("2026-06-18", "2026-06-17")
    assert one["problems"][0].startswith(said)
