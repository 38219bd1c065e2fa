"""zhifa clock: the contract that scripts rely on, and what it refuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import run

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.conftest import SHIPPED
from zhifa_flow.cli.clock_words import read_event, read_length, read_span
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
    ("typed", "plain"),
    [
        (["2026/3/2", "7日"], ["2026-03-02", "7日"]),
        (["2026.3.2", "7日"], ["2026-03-02", "7日"]),
        (["2026年3月2日", "7日"], ["2026-03-02", "7日"]),
        (["2026年3月2号", "7日"], ["2026-03-02", "7日"]),
        ([" 2026-03-02 ", " 7日 "], ["2026-03-02", "7日"]),
        (["２０２６－０３－０２", "７日"], ["2026-03-02", "7日"]),
        (["２０２６年３月２日", "７ 個工作日"], ["2026-03-02", "7工作日"]),
        (["2026-03-02", "7天"], ["2026-03-02", "7日"]),
        (["2026-03-02", "7个自然日"], ["2026-03-02", "7日"]),
        (["2026-03-02", "3個月"], ["2026-03-02", "3月"]),
        (["2026-03-02", "七日"], ["2026-03-02", "7日"]),
        (["2026-03-02", "十五个工作日"], ["2026-03-02", "15工作日"]),
        (["2026-03-02", "两年"], ["2026-03-02", "2年"]),
        (["2026-03-02", "07日"], ["2026-03-02", "7日"]),
        (["2026-03-02T23:30", "24小時"], ["2026-03-02T23:30", "24小时"]),
        (["2026-03-02 23:30", "24小时"], ["2026-03-02T23:30", "24小时"]),
        (["2026-03-02T23:30:59.5", "24小时"], ["2026-03-02T23:30", "24小时"]),
        (["2026年3月2日23时30分", "24小时"], ["2026-03-02T23:30", "24小时"]),
        (["2026年3月2日9时", "24小时"], ["2026-03-02T09:00", "24小时"]),
        (["2026/3/2 9：05", "二十四小时"], ["2026-03-02T09:05", "24小时"]),
    ],
)
def test_what_people_type_means_the_same(flows: Path, typed: list[str], plain: list[str]) -> None:
    answers = [json.loads(clock(flows, *args, "--json").stdout) for args in (typed, plain)]

    assert answers[0]["due"] == answers[1]["due"]


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-03-02T15:59Z", "2026-03-02"),
        ("2026-03-02T16:00Z", "2026-03-03"),
        ("2026-03-02T16:00+00:00", "2026-03-03"),
        ("2026-03-03T00:00+0800", "2026-03-03"),
        ("2026-03-02T23:59+08:00", "2026-03-02"),
        ("2026-03-02T11:00-05:00", "2026-03-03"),
        ("2026-03-02T23:59", "2026-03-02"),
        ("2025-12-31T16:00Z", "2026-01-01"),
    ],
)
def test_a_moment_is_moved_to_beijing_before_its_day_is_taken(flows: Path, start: str, day: str) -> None:
    moment = json.loads(clock(flows, start, "5工作日", "--json").stdout)
    plain = json.loads(clock(flows, day, "5工作日", "--json").stdout)

    assert moment["due"] == plain["due"]
    assert "北京时间" in moment["derivation"][0]


@pytest.mark.parametrize(
    "span", ["1990-01-01..1990-01-02", "2003-12-31..2026-03-05", "2026-03-05..2101-01-01"]
)
def test_days_left_out_that_no_calendar_knows_are_refused(flows: Path, span: str) -> None:
    """Planted: they were cut to what the calendar knows."""
    result = clock(flows, "2026-03-02", "10日", "--exclude", span)

    assert result.exit_code == 1
    assert f"不计入的期间{span}超出可以计算的范围" in result.stderr


@pytest.mark.parametrize(
    ("spans", "due", "said"),
    [
        (["2026-03-05..2026-03-06"], "2026-03-14", ""),
        (["2026年3月5日至2026年3月6日"], "2026-03-14", ""),
        (["2026/3/5～2026/3/6"], "2026-03-14", ""),
        (["2026-03-05"], "2026-03-13", ""),
        (["2026-03-05..2026-03-08", "2026-03-07..2026-03-09"], "2026-03-17", "只扣除一次"),
        (["2026-03-05..2026-03-09", "2026-03-05..2026-03-09"], "2026-03-17", "只扣除一次"),
        (["2026-03-05..2026-03-07", "2026-03-07..2026-03-09"], "2026-03-17", "只扣除一次"),
        (["2026-03-05..2026-03-06", "2026-03-07..2026-03-09"], "2026-03-17", ""),
        (["2026-02-01..2026-02-10"], "2026-03-12", "2026-02-01..2026-02-10不在计算的期限内"),
        (["2026-04-01..2026-04-10"], "2026-03-12", "2026-04-01..2026-04-10不在计算的期限内"),
        (["2026-03-02"], "2026-03-12", "不在计算的期限内"),
        (["2026-03-02..2026-03-03"], "2026-03-13", ""),
        (["2026-03-13..2026-03-20"], "2026-03-12", "不在计算的期限内"),
        (["2026-03-12..2026-03-20"], "2026-03-21", ""),
    ],
    ids=["plain", "chinese", "wave", "one day", "overlapping", "twice", "one day in both", "touching", "before", "after",
         "the event", "the event and a day", "from the day after", "the last day"],
)  # fmt: skip
def test_days_are_left_out_once_and_only_inside_the_period(
    flows: Path, spans: list[str], due: str, said: str
) -> None:
    options = [part for span in spans for part in ("--exclude", span)]

    told = json.loads(clock(flows, "2026-03-02", "10日", *options, "--json").stdout)

    assert told["due"] == due
    assert any(said in line for line in told["derivation"])
    assert said or not any("没有影响" in line or "只扣除一次" in line for line in told["derivation"])


@pytest.mark.parametrize(
    ("span", "outside"),
    [("2026-03-02", True), ("2026-03-01", False), ("2026-02-20", False), ("2026-02-19", True), ("2026-02-18", True)],
)  # fmt: skip
def test_days_left_out_of_a_period_counted_back_lie_before_its_event(
    flows: Path, span: str, outside: bool
) -> None:
    told = json.loads(
        clock(flows, "2026-03-02", "10日", "--direction", "before", "--exclude", span, "--json").stdout
    )

    assert told["due"] == ("2026-02-20" if outside else "2026-02-19")
    assert any("没有影响" in line for line in told["derivation"]) is outside


@pytest.mark.parametrize(
    ("length", "due", "strict"),
    [
        ("7工作日", "2026-09-28", "2026-09-24"),
        ("7日", "2026-10-06", "2026-10-05"),
        ("1月", "2026-09-13", None),
    ],
)
def test_a_period_counted_back_shows_the_strict_reading_too(
    flows: Path, length: str, due: str, strict: str | None
) -> None:
    told = json.loads(clock(flows, "2026-10-13", length, "--direction", "before", "--json").stdout)
    plain = clock(flows, "2026-10-13", length, "--direction", "before").stdout

    assert (told["due"], told.get("strict")) == (due, strict)
    assert ("从严数" in plain) is (strict is not None)


def test_the_strict_reading_is_left_out_where_the_calendar_ends(flows: Path) -> None:
    told = json.loads(clock(flows, "2004-01-08", "7日", "--direction", "before", "--json").stdout)

    assert told["due"] == "2004-01-01"
    assert "strict" not in told


# policies --------------------------------------------------------------------------------------------------


def test_the_policies_are_printed_without_a_period() -> None:
    plain = clock(SHIPPED, "--policies")
    told = json.loads(clock(SHIPPED, "--policies", "--json").stdout)

    assert plain.exit_code == 0
    for row in told["policies"]:
        assert all(
            row[part] in plain.stdout for part in ("id", "name", "question", "answer", "reason", "safe")
        )
    assert told["declared"] in plain.stdout
    assert {row["kind"] for row in told["policies"]} == {"switch", "reading"}


def test_the_policies_load_no_flow_and_no_database() -> None:
    """Cheap to start: what a case needs is not imported."""
    asked = (
        "import sys; from zhifa_flow.cli.main import main; main(['clock', '--policies'], standalone_mode=False);"
        "print([name for name in sys.modules if name in ('sqlalchemy', 'transitions', 'zhifa_flow.casework.desk')])"
    )

    said = run([sys.executable, "-c", asked], capture_output=True, check=True, cwd=SHIPPED.parent)

    assert said.stdout.decode().splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", ["sealing_roll", "查封扣押的三十日"])
def test_a_period_is_counted_by_a_policy(name: str) -> None:
    told = json.loads(clock(SHIPPED, "2026-09-04", "30日", "--policy", name, "--json").stdout)

    assert (told["due"], told["safe"]) == ("2026-10-04", "2026-09-30")
    assert told["derivation"][0].startswith("口径“查封扣押的三十日”: 不顺延")


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["2026-09-04", "30日", "--policy", "sealing_rol"], 1, "没有名为“sealing_rol”的口径, 是否指: sealing_roll"),
        (["2026-09-04", "30日", "--policy", "weekend"], 2, "不是期限怎样计算的口径"),
        (["2026-09-04", "30日", "--policy", "late_fee_cap"], 2, "不是期限怎样计算的口径"),
        (["2026-09-04", "30日", "--policy", "sealing_roll", "--roll", "forward"], 2, "请去掉 --roll、--direction"),
        (["2026-09-04", "3工作日", "--policy", "transfer_days"], 2, "以日计, 不能用于3个工作日"),
        (["2026-09-04T09:00", "24小时", "--policy", "party_roll"], 2, "不扣除、不顺延、不倒数"),
        (["2019-04-22", "5日", "--policy", "licence_hearing_days"], 1, "自2019-04-23起适用, 不能用于2019-04-22"),
        (["2026-09-04", "--policies"], 2, "不需要 START"),
    ],
)  # fmt: skip
def test_a_policy_that_does_not_fit_is_answered(args: list[str], code: int, said: str) -> None:
    result = clock(SHIPPED, *args)

    assert result.exit_code == code
    assert said in result.stderr


def test_a_folder_without_policies_is_answered(flows: Path) -> None:
    result = clock(flows, "--policies")

    assert result.exit_code == 1
    assert "policies.toml" in result.stderr


# bad input -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "缺少参数 START"),
        (["2025-01-24"], "缺少参数 LENGTHUNIT"),
        (["2025-02-30", "7工作日"], "不是日历上的一天"),
        (["2026-02-29", "7工作日"], "不是日历上的一天"),
        (["2026-13-01", "7工作日"], "不是日历上的一天"),
        (["0000-01-01", "7工作日"], "不是日历上的一天"),
        (["12026-01-01", "7工作日"], "不是日历上的一天"),
        (["20260302", "7工作日"], "不是日历上的一天"),
        (["2026-W10-1", "7工作日"], "不是日历上的一天"),
        (["明天", "7工作日"], "不是日历上的一天"),
        (["", "7工作日"], "不是日历上的一天"),
        (["2026-02-30T10:00", "7工作日"], "不是日历上的一天"),
        (["2025-01-24T25:00", "7工作日"], "不是一天里的时刻"),
        (["2025-01-24T10:60", "7工作日"], "不是一天里的时刻"),
        (["2025-01-24T10:00+99:00", "7工作日"], "不是一天里的时刻"),
        (["2025-01-24T10:00 UTC", "7工作日"], "不是日历上的一天"),
        (["2025-01-24", "7"], "看不懂期限"),
        (["2025-01-24", "工作日"], "看不懂期限"),
        (["2025-01-24", ""], "看不懂期限"),
        (["2025-01-24", "1.5日"], "应为整数"),
        (["2025-01-24", "半年"], "看不懂期限"),
        (["2025-01-24", "百五一日"], "中文数字"),
        (["2025-01-24", "7工作曰"], "是否指: 工作日"),
        (["2025-01-24", "7workdays"], "是否指: workday"),
        (["2025-01-24", "2周"], "可用的单位: 工作日、日、月、年、小时"),
        (["2025-01-24", "0日"], "至少为1"),
        (["2025-01-24", "０工作日"], "至少为1"),
        (["2025-01-24", "-3日"], "不能是负数, 向前倒数请用 --direction before"),
        (["2025-01-24", "－3日"], "不能是负数"),
        (["2025-01-24", "−3日"], "不能是负数"),
        (["2025-01-24", "负三日"], "不能是负数"),
        (["--", "2025-01-24", "-3日"], "不能是负数"),
        (["2025-01-24", "1000000日"], "数字最多6位"),
        (["2025-01-24", "9" * 5000 + "日"], "数字最多6位"),
        (["2025-01-24", "24小时"], "没有写明时刻"),
        (["2025-01-24T25:00", "24小时"], "不是一天里的时刻"),
        (["2025-01-24T15:00", "24小时", "--roll", "forward"], "不扣除、不顺延、不倒数"),
        (["2025-01-24T15:00", "24小时", "--direction", "before"], "不扣除、不顺延、不倒数"),
        (["2025-01-24T15:00", "24小时", "--exclude", "2025-01-25"], "不扣除、不顺延、不倒数"),
        (["2025-01-24", "7日", "--roll", "back"], "不在可选范围: none、forward"),
        (["2025-01-24", "7日", "--direction", "befor"], "是否指: before"),
        (["2025-01-24", "7日", "--roll", "forward", "--direction", "before"], "没有顺延"),
        (["2025-01-24", "7日", "--exclude", "2025-02-05..2025-02-01"], "早于首日"),
        (["2025-01-24", "7日", "--exclude", "x"], "看不懂期间"),
        (["2025-01-24", "7日", "--exclude", "2025-02-05.."], "看不懂期间"),
        (["2025-01-24", "7日", "--exclude", "2025-02-30"], "看不懂期间"),
        (["2025-01-24", "7日", "--exclude", "2025-02-01..2025-02-02..2025-02-03"], "看不懂期间"),
    ],
)
def test_what_cannot_be_counted_is_wrong_usage(flows: Path, args: list[str], said: str) -> None:
    result = clock(flows, *args)

    assert result.exit_code == 2
    assert said in result.stderr


def test_every_mistake_is_told_at_once(flows: Path) -> None:
    result = clock(flows, "明天", "7工作曰", "--exclude", "x", "--exclude", "2025-02-05..2025-02-01")

    assert result.exit_code == 2
    for said in ("START: “明天”", "LENGTHUNIT: 不认识期限单位", "--exclude: 看不懂期间", "早于首日"):
        assert said in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["1990-01-01", "7工作日"], ["2003-12-31", "7日"], ["2101-01-01", "7日"], ["9999-12-31", "7日"], ["0001-01-01", "1日"],
        ["2099-06-01", "9999日"], ["2026-01-01", "999999年"], ["2026-01-01", "999999日"], ["2026-01-01", "999999工作日"],
        ["2026-01-01", "999999月"], ["2100-12-31", "1日"], ["2004-01-01", "1日", "--direction", "before"],
        ["2026-01-01", "30年", "--direction", "before"], ["2026-01-01T00:00", "999999小时"], ["2100-12-31T23:30", "1小时"],
        ["9999-12-31T23:30", "24小时"], ["0001-01-01T00:00+14:00", "24小时"], ["2100-12-31T16:00Z", "1日"],
        ["2004-01-01T00:00+14:00", "1日"], ["2004-01-01T00:00+14:00", "24小时"], ["2100-12-20", "5日", "--exclude", "2100-12-21..9999-12-31"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_lies_outside_the_calendar_is_said(flows: Path, args: list[str]) -> None:
    result = clock(flows, *args)

    assert result.exit_code == 1
    assert "超出可以计算的范围(2004年至2100年)" in result.stderr


@pytest.mark.parametrize(
    ("args", "due"),
    [(["2004-01-01", "1日"], "2004-01-02"), (["2100-12-30", "1日"], "2100-12-31"), (["2027-06-01", "60日"], "2027-07-31")],
)  # fmt: skip
def test_a_day_that_nobody_can_know_yet_is_given_as_provisional(
    flows: Path, args: list[str], due: str
) -> None:
    told = json.loads(clock(flows, *args, "--explain", "--json").stdout)

    assert told["due"] == due
    assert told["provisional"] is (due > "2027")
    assert any("暂定" in line for line in told["derivation"]) is (due > "2027")


_typed = st.text("0123456789-年月日.至T:+Z工作小时个七 ０～", max_size=16) | st.text(max_size=8)


@pytest.mark.parametrize("reader", [read_event, read_length, read_span])
@given(typed=_typed | st.text())
def test_whatever_is_typed_is_read_or_answered_in_chinese(
    reader: Callable[[str], object], typed: str
) -> None:
    try:
        reader(typed)
    except ValueError as error:
        assert any("\u4e00" <= character <= "\u9fff" for character in str(error))  # noqa: PT017


@settings(deadline=None, max_examples=20)
@given(_typed | st.just("2026-03-02"), _typed | st.just("7日"), _typed | st.just("2026-03-05"))
def test_whatever_is_typed_is_answered_without_a_traceback(start: str, length: str, span: str) -> None:
    result = clock(SHIPPED, "--exclude", span, "--", start, length)

    assert result.exit_code in {0, 1, 2}
    assert result.exception is None or isinstance(result.exception, SystemExit)
