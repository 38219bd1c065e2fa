"""zhifa clock: the contract that scripts rely on, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zhifa_flow.cli.main import main


def clock(flows: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["clock", "--flows", str(flows), *args])


@pytest.mark.parametrize(
    ("args", "due", "provisional"),
    [
        (["2025-01-24", "7工作日"], "2025-02-10", False),
        (["2025年1月24日", "7个工作日"], "2025-02-10", False),
        (["2026-03-03", "90日"], "2026-06-01", False),
        (["2026-01-31", "1月"], "2026-02-28", False),
        (["2024-02-29", "2年"], "2026-02-28", False),
        (["2026-12-30", "7工作日"], "2027-01-11", True),
        (["2025-09-26", "5日"], "2025-10-01", False),
        (["2025-09-26", "5日", "--roll", "forward"], "2025-10-09", False),
        (["2025-09-26", "5日", "--roll", "顺延"], "2025-10-09", False),
        (["2026-06-12", "7日", "--direction", "before"], "2026-06-05", False),
        (["2026-03-03", "10日", "--exclude", "2026-03-05..2026-03-06"], "2026-03-15", False),
        (
            ["2026-03-03", "10日", "--exclude", "2026-03-05", "--exclude", "2026-03-05..2026-03-06"],
            "2026-03-15",
            False,
        ),
        (["2026-03-02T15:30", "24小时"], "2026-03-03T15:30+08:00", False),
        (["2026-03-02T15:30+00:00", "24小时"], "2026-03-03T23:30+08:00", False),
    ],
)
def test_a_period_is_counted(flows: Path, args: list[str], due: str, provisional: bool) -> None:
    result = clock(flows, *args, "--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["due"] == due
    assert told["provisional"] is provisional
    assert told["derivation"]


def test_people_see_the_day_and_on_request_the_reasons(flows: Path) -> None:
    plain = clock(flows, "2025-01-24", "7工作日")
    explained = clock(flows, "2025-01-24", "7工作日", "--explain")

    assert plain.stdout == "2025-02-10\n"
    assert "2025-01-26 调休上班: 计入, 第1日" in explained.stdout


def test_a_last_day_off_comes_with_the_safe_day(flows: Path) -> None:
    result = clock(flows, "2025-09-26", "5日")

    assert "宜在2025-09-30前完成" in result.stdout


def test_an_assumed_year_is_said_to_be_provisional(flows: Path) -> None:
    result = clock(flows, "2026-12-30", "7工作日")

    assert "暂定" in result.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["2025-02-30", "7工作日"], "不是日历上的一天"),
        (["明天", "7工作日"], "不是日历上的一天"),
        (["2025-01-24T10:00", "7工作日"], "不是日历上的一天"),
        (["2025-01-24", "七天"], "看不懂期限"),
        (["2025-01-24", "7工作曰"], "是否指: 工作日"),
        (["2025-01-24", "0日"], "至少为1"),
        (["2025-01-24", "-3日"], "没有选项 -3"),
        (["2025-01-24", "24小时"], "没有写明时刻"),
        (["2025-01-24T25:00", "24小时"], "没有写明时刻"),
        (["2025-01-24T15:00", "24小时", "--roll", "forward"], "不扣除、不顺延、不倒数"),
        (["2025-01-24T15:00", "24小时", "--exclude", "2025-01-25"], "不扣除、不顺延、不倒数"),
        (["2025-01-24", "7日", "--roll", "back"], "不在可选范围: none、forward"),
        (["2025-01-24", "7日", "--roll", "forward", "--direction", "before"], "没有顺延"),
        (["2025-01-24", "7日", "--exclude", "2025-02-05..2025-02-01"], "早于首日"),
        (["2025-01-24", "7日", "--exclude", "x"], "看不懂期间"),
    ],
)
def test_what_cannot_be_counted_is_wrong_usage(flows: Path, args: list[str], said: str) -> None:
    result = clock(flows, *args)

    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    "args", [["1990-01-01", "7工作日"], ["2099-06-01", "9999日"], ["2026-01-01", "999999年"]]
)
def test_what_lies_outside_the_calendar_is_said(flows: Path, args: list[str]) -> None:
    result = clock(flows, *args)

    assert result.exit_code == 1
    assert "超出可以计算的范围" in result.stderr
