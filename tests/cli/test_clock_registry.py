"""zhifa clock with a period named by the registry, and the list of them."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from zhifa_flow.bootstrap.lawbook import open_lawbook
from zhifa_flow.cli.answers import clock_answers
from zhifa_flow.cli.main import main
from zhifa_flow.model.case import RunningClock

SHIPPED = Path(__file__).parents[2] / "flows"
CLOCK = re.compile(r"^\[clock\.\w+\]$", re.MULTILINE)


def clock(*args: str, flows: Path = SHIPPED) -> Result:
    return CliRunner().invoke(main, ["clock", "--flows", str(flows), *args])


def told(*args: str) -> dict[str, Any]:
    result = clock(*args, "--json")
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize(
    ("args", "due", "safe"),
    [
        (["2026-01-05", "处罚决定期限"], "2026-04-05", "2026-04-03"),  # an agency's: does not roll
        (["2026-01-05", "pen.decide"], "2026-04-05", "2026-04-03"),
        (["2026年1月5日", " pen.decide "], "2026-04-05", "2026-04-03"),
        (["2025-09-16", "pen.pay"], "2025-10-09", "2025-10-09"),  # a party's: rolls
        (["2026-02-26", "处罚听证通知期限"], "2026-02-10", "2026-02-10"),  # counted back
        (["2020-09-29", "pen.hearing_req"], "2020-10-09", "2020-10-09"),  # the old law's three days
        (["2026-02-14", "pen.hearing_req"], "2026-02-28", "2026-02-28"),
        (["2025-12-31", "rep.annual"], "2026-01-31", "2026-01-30"),
        (["2026-10-03", "lic.renew_decide"], "2026-10-03", "2026-09-30"),
        (["2026-03-02", "com.seal", "--exclude", "2026-03-05..2026-03-09"], "2026-04-06", "2026-04-03"),
        (["2026-09-30T17:30", "com.urgent"], "2026-10-01T17:30+08:00", "2026-10-01T17:30+08:00"),
    ],
)
def test_a_registered_period_is_counted_by_its_own_rules(args: list[str], due: str, safe: str) -> None:
    answer = told(*args)

    assert (answer["due"], answer["safe"]) == (due, safe)


def test_the_answer_names_the_clock_its_articles_and_what_follows() -> None:
    answer = told("2026-01-05", "查封扣押期限")
    shown = clock("2026-01-05", "查封扣押期限", "--explain").stdout

    assert answer["clock"]["id"] == "com.seal"
    assert answer["clock"]["basis"] == ["行政强制法第二十五条第一款"]
    assert answer["clock"]["extension"]["length"] == "30日"
    assert (
        answer["derivation"][0] == "查封扣押期限(com.seal): 查封、扣押之日起30日(行政强制法第二十五条第一款)"
    )
    for line in answer["derivation"]:
        assert line in shown
    for word in ("期满: 应当已经作出处理决定", "不计入的时间: 对物品进行检测", "可以延长30日, 至多1次, 须经行政机关负责人批准", "口径: 末日为休息日"):  # fmt: skip
        assert word in shown


def test_the_answer_names_the_articles_of_its_time_and_what_nobody_has_verified() -> None:
    old = told("2020-03-02", "pen.hearing_req")
    new = told("2026-03-02", "pen.hearing_req")

    assert (old["clock"]["length"], old["clock"]["basis"]) == ("3日", ["行政处罚法第四十二条第一款第一项"])
    assert (new["clock"]["length"], new["clock"]["basis"]) == (
        "5个工作日",
        ["行政处罚法第六十四条第一款第一项", "行政处罚法第八十五条"],
    )
    assert any(line.startswith("没有核对或者法律没有规定: 旧法没有写明") for line in old["derivation"])
    assert not any("旧法" in line for line in new["derivation"])


def test_a_period_whose_table_knows_more_says_so() -> None:
    answer = told("2026-01-05", "pen.decide")

    assert "领域、地区另有规定的从其规定, 见数据表 decision_period" in answer["derivation"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["2026-01-05", "pen.decided"], "是否指: pen.decide"),
        (["2026-01-05", "处罚决定期"], "是否指: 处罚决定期限"),
        (["2026-01-05", "朱"], "也可以写期限登记的编号或者名称(见 --registry)"),
        (["2026-01-05", "7工作曰"], "是否指: 工作日"),
        (["2026-01-05", "pen.decide", "--roll", "forward"], "期限登记已经定了单位、顺延和方向"),
        (["2026-01-05", "pen.decide", "--direction", "before"], "期限登记已经定了单位、顺延和方向"),
        (["2026-01-05", "pen.decide", "--policy", "duty_roll"], "期限登记已经定了单位、顺延和方向"),
        (["2026-01-05", "com.urgent"], "没有写明时刻"),
        (["2026-01-05T10:00", "com.urgent", "--exclude", "2026-01-06"], "不扣除、不顺延、不倒数"),
        (["2026-03-16", "tax.late"], "“税款滞纳金”没有最后一日: 自2026-03-17起每日滞纳税款的万分之五"),
        (["明天", "pen.decide", "--roll", "forward"], "不是日历上的一天"),
        (["2026-01-05", "--registry"], "--registry 列出期限登记, 不需要 START 和 LENGTHUNIT"),
    ],
)
def test_what_does_not_fit_is_wrong_usage(args: list[str], said: str) -> None:
    result = clock(*args)

    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("start", ["2100-12-31", "2003-12-31"])
@pytest.mark.parametrize("name", ["rep.annual", "pen.decide"])
def test_what_lies_outside_the_calendar_is_said(start: str, name: str) -> None:
    result = clock(start, name)

    assert result.exit_code == 1
    assert "超出可以计算的范围" in result.stderr


def test_the_registry_is_listed_for_people_and_for_programs() -> None:
    shown = clock("--registry")
    listed = told("--registry")["clocks"]

    assert shown.exit_code == 0
    written = [path.read_text(encoding="utf-8") for path in (SHIPPED / "clocks").glob("*.toml")]
    assert len(listed) == sum(len(CLOCK.findall(text)) for text in written)
    for one in listed:
        assert {"id", "name", "length", "owner", "roll", "basis", "expiry", "gap", "policy"} <= one.keys()
        assert one["id"] in shown.stdout
        assert one["name"] in shown.stdout
    by_id = {one["id"]: one for one in listed}
    assert by_id["pen.pay"]["roll"] == "forward"
    assert by_id["pen.decide"]["roll"] == "none"
    assert [one["length"] for one in by_id["pen.hearing_req"]["lengths"]] == ["3日", "5个工作日"]


def test_a_folder_without_a_registry_lists_nothing(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "statutes.json", tmp_path)

    result = clock("--registry", flows=tmp_path)

    assert (result.exit_code, result.stdout) == (0, "期限登记(flows/clocks)里没有期限\n")


def test_a_wrong_registry_is_said_and_a_plain_length_still_counted(tmp_path: Path) -> None:
    flows = tmp_path / "flows"
    shutil.copytree(SHIPPED, flows)
    (flows / "clocks" / "pen.toml").write_text("schema = ", encoding="utf-8")

    named, plain = clock("2026-01-05", "pen.decide", flows=flows), clock("2026-01-05", "90日", flows=flows)

    assert (named.exit_code, plain.exit_code) == (1, 0)
    assert "pen.toml: 不是合格的 TOML" in named.stderr


def test_a_deadline_of_a_case_says_which_clock_of_the_registry_it_is() -> None:
    flow = open_lawbook(SHIPPED).flows.read("penalty.general@2021-07-15")[0]
    assert flow
    running = RunningClock(
        "pay", date(2026, 3, 2), date(2026, 3, 17), date(2026, 3, 17), provisional=False, length="15日"
    )

    (answer,) = clock_answers(flow, [running])

    assert (answer["clock"], answer["owner"], answer["basis"]) == (
        "pen.pay",
        "party",
        ("行政处罚法第六十七条第三款",),
    )


@pytest.mark.parametrize(
    ("args", "since"),
    [
        (["2019-09-27", "pen.withdraw"], "2021-07-15"), (["2014-03-03", "rem.suit"], "2017-07-01"),
        (["2010-05-05", "com.seal"], "2012-01-01"), (["2019-05-05", "pub.samr_pen"], "2021-09-01"),
        (["2018-12-04", "pub.other"], "2018-12-05"), (["2023-12-29", "adj.accept"], "2024-01-01"),
        (["2010-05-05", "tax.late"], "2016-02-06"), (["2021-07-14", "pen.decide"], "2021-07-15"),
    ],
)  # fmt: skip
def test_the_law_of_today_does_not_answer_for_an_event_before_it(args: list[str], since: str) -> None:
    """Planted: it did, without a word."""
    result = clock(*args)

    assert result.exit_code == 1
    assert f"登记的是{since}起的规定, {args[0]}当时的规定没有收录" in result.stderr
    assert result.stdout == ""


def test_from_the_first_day_on_it_does_and_says_since_when() -> None:
    answer = told("2021-07-15", "pen.decide")

    assert answer["clock"]["from"] == "2021-07-15"
    assert "2021-07-15起适用, 以前的规定没有收录" in answer["derivation"]
    assert told("2020-09-29", "pen.hearing_req")["due"] == "2020-10-09"


@pytest.mark.parametrize(
    ("start", "id_"),
    [
        ("2026-09-04", "com.surcharge_min"), ("2026-09-04", "svc.notice"), ("2023-10-04", "com.suspend_end"),
        ("2026-08-31", "pen.surcharge"),
    ],
)  # fmt: skip
def test_where_only_the_end_counts_nobody_is_asked_to_be_early(start: str, id_: str) -> None:
    """Planted: “complete it before” was said of periods whose end one has to wait for."""
    shown, answer = clock(start, id_, "--explain").stdout, told(start, id_)

    assert "宜在" not in shown
    assert "稳妥的最后工作日" not in shown
    assert (answer["due"], answer["safe"]) == ("2026-10-04", "2026-09-30")


def test_the_contested_reading_of_an_agency_s_last_day_is_shown_beside_ours() -> None:
    answer, complaint = told("2026-01-05", "pen.decide"), told("2026-09-04", "comp.complaint")

    assert (answer["due"], answer["if_rolled"]) == ("2026-04-05", "2026-04-07")
    assert any(line.startswith("如果顺延, 末日为2026-04-07") for line in answer["derivation"])
    assert (complaint["due"], complaint["if_rolled"]) == ("2026-10-04", "2026-10-08")
    assert "if_rolled" not in told("2026-09-04", "com.seal")
    assert "if_rolled" not in told("2026-01-06", "pen.decide", "--exclude", "2026-01-08")


def test_a_policy_that_counts_another_unit_says_so() -> None:
    """Planted: 30日 became thirty working days without a word."""
    shown = clock("2026-06-10", "30日", "--policy", "clear_days")
    answer = told("2026-06-10", "30日", "--policy", "clear_days")

    assert "依口径, 期限按30个工作日计算" in shown.stdout
    assert answer["counted_as"] == "30个工作日"
    assert "30日依该口径按30个工作日计算" in answer["derivation"]
    assert "counted_as" not in told("2026-06-10", "7工作日", "--policy", "clear_days")
