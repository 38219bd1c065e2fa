"""What calendars do to the commands: days off of a place, wrong files, and notices that have yet to come."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.office import CASE, FILED, REGISTER, Office
from zhifa_flow.casework import worklist

GUANGXI = "广西壮族自治区"
FEAST = f"""
year = 2026
region = "{GUANGXI}"
notice = "关于2026年放假的通知(试验)"
basis = ["放假办法第四条"]
policy = "按休假日计算"
policy_date = 2026-03-01
holidays = [{{ from = 2026-03-12, to = 2026-03-13, name = "试验节" }}]
"""


@pytest.fixture
def workshop(flows: Path, tmp_path: Path) -> Office:
    """An office with flows of its own, without a database."""
    shutil.copytree(flows, tmp_path / "flows")
    shutil.rmtree(tmp_path / "flows" / "calendars" / "local")
    return Office(tmp_path / "flows", tmp_path)


def put(workshop: Office, text: str, place: str = GUANGXI, name: str = "2026.toml") -> None:
    folder = workshop.flows / "calendars" / "local" / place
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def staffed(workshop: Office, region: str = "河南省") -> Office:
    register = workshop.folder / "register.toml"
    register.write_text(REGISTER.read_text(encoding="utf-8").replace("河南省", region), encoding="utf-8")
    workshop.ok("agency", "import", str(register))
    workshop.ok("officer", "import", str(register))
    return workshop


def defence(workshop: Office) -> tuple[str, str, bool]:
    [told] = [one for one in workshop.json("due") if one["deadline"] == "defence"]
    return told["due"], told["safe"], told["provisional"]


# days off of a place ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "last"),
    [
        (GUANGXI, ("2026-03-19", "2026-03-17", False)),
        (f"{GUANGXI}南宁市", ("2026-03-19", "2026-03-17", False)),
        ("河南省", ("2026-03-17", "2026-03-17", False)),
    ],
)
def test_a_case_goes_by_the_days_of_its_place(
    workshop: Office, region: str, last: tuple[str, str, bool]
) -> None:
    put(workshop, FEAST)

    staffed(workshop, region).opened().filed().reported()

    assert defence(workshop) == last


@pytest.mark.parametrize("region", [GUANGXI, "广西", "广西壮族自治区南宁市"])
def test_a_period_can_be_counted_for_a_region(workshop: Office, region: str) -> None:
    put(workshop, FEAST)

    told = workshop.json("clock", "2026-03-10", "5工作日", "--region", region)
    shown = workshop.ok("clock", "2026-03-10", "5工作日", "--region", region)

    assert (told["due"], told["safe"], told["provisional"]) == ("2026-03-19", "2026-03-17", False)
    assert "日历依据: 关于2026年放假的通知(试验)" in told["derivation"]
    assert "宜在2026-03-17前完成" in shown
    assert workshop.json("clock", "2026-03-10", "5工作日")["due"] == "2026-03-17"


def test_a_region_of_no_province_is_wrong_usage(workshop: Office) -> None:
    said = workshop.refused("clock", "2026-03-10", "5工作日", "--region", "甲省", code=2)

    assert "应以省级行政区的全称开头" in said


# wrong files -----------------------------------------------------------------------------------------------


def test_the_check_names_every_wrong_calendar_of_the_nation_and_of_places(workshop: Office) -> None:
    (workshop.flows / "calendars" / "2025.toml").write_text("year = 2025\nzzz = 1\n", encoding="utf-8")
    put(workshop, "坏")
    put(workshop, FEAST, "甲省")

    result = workshop.run("flow", "check", "--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["flows"] == 2
    assert [problem[: len(head)] for problem, head in zip(told["problems"], HEADS, strict=True)] == HEADS
    assert "✗ calendars: 4处问题" in workshop.run("flow", "check").stdout


HEADS = [
    "calendars: 2025.toml: notice: 缺少这一项",
    "calendars: 2025.toml: zzz: 没有名为“zzz”的项",
    "calendars: local/甲省: “甲省”应以省级行政区的全称开头",
    "calendars: local/广西壮族自治区/2026.toml: 不是合格的 TOML",
]


def test_a_folder_without_calendars_does_not_pass_the_check(workshop: Office) -> None:
    shutil.rmtree(workshop.flows / "calendars")

    assert "没有日历文件" in workshop.run("flow", "check").stdout


def test_one_flow_is_checked_without_the_calendars(workshop: Office) -> None:
    put(workshop, "坏")

    assert workshop.json("flow", "check", "penalty.mini")["problems"] == []


def test_sound_calendars_are_said_to_be_sound(workshop: Office) -> None:
    assert "✓ calendars: 0处问题" in workshop.ok("flow", "check")


def test_a_wrong_file_of_one_province_is_none_to_the_cases_of_another(workshop: Office) -> None:
    put(workshop, "坏")
    staffed(workshop).opened().filed().reported()

    result = workshop.run("due", "--json")

    assert defence(workshop) == ("2026-03-17", "2026-03-17", False)
    assert result.stderr == ""


def test_the_cases_of_the_province_go_on_provisionally_and_say_why(workshop: Office) -> None:
    put(workshop, "坏")
    staffed(workshop, GUANGXI).opened()

    result = workshop.run("case", "do", CASE, "立案", "--by", "张某", *FILED)
    workshop.reported()

    assert result.exit_code == 0
    assert "注意: local/广西壮族自治区/2026.toml 有误, 2026年只按全国的安排推定(结果为暂定)" in result.stderr
    assert defence(workshop) == ("2026-03-17", "2026-03-17", True)


def test_a_wrong_file_of_the_nation_makes_its_year_provisional_and_stops_nobody(workshop: Office) -> None:
    (workshop.flows / "calendars" / "2026.toml").write_text("坏", encoding="utf-8")
    staffed(workshop).opened().filed().reported()

    result = workshop.run("clock", "2026-03-10", "5工作日", "--json")
    earlier = workshop.run("clock", "2025-01-24", "7工作日", "--json")

    assert defence(workshop)[2]
    assert json.loads(result.stdout)["provisional"]
    assert (
        "日历依据: 2026.toml 有误, 2026年按周末和法定节日推定, 结果为暂定"
        in json.loads(result.stdout)["derivation"]
    )
    assert "注意: 2026.toml 有误" in result.stderr
    assert (json.loads(earlier.stdout)["due"], json.loads(earlier.stdout)["provisional"]) == (
        "2025-02-10",
        False,
    )


# notices to come -------------------------------------------------------------------------------------------

COMING = "2027年放假通知尚未录入(flows/calendars/2027.toml)"
AUTUMN = datetime(2026, 10, 20, 2, 0, tzinfo=UTC)


def test_deadlines_in_a_year_without_its_notice_are_counted_and_told(office: Office) -> None:
    office.moment = AUTUMN
    office.filed()

    result = office.run("due", "--json")
    shown = office.run("due")

    [told] = json.loads(result.stdout)
    assert (told["due"], told["provisional"], told["awaits_notice"]) == ("2027-01-18", True, 2027)
    assert f"注意: {COMING}, 有1个在算期限的末日在2026-12-29或者以后, 为暂定" in result.stderr
    assert result.stderr == shown.stderr
    assert "暂定" in shown.stdout


def test_only_the_deadlines_of_the_agency_asked_for_are_counted(office: Office) -> None:
    office.moment = AUTUMN
    office.filed()

    here, there = (office.run("due", "--agency", agency).stderr for agency in ("jia", "shi"))

    assert "有1个在算期限" in here
    assert "在算期限" not in there


@pytest.mark.parametrize(("month", "day", "told"), [(8, 31, False), (9, 1, True), (12, 31, True)])
def test_from_september_on_the_next_year_is_asked_for(
    office: Office, month: int, day: int, told: bool
) -> None:
    office.moment = datetime(2026, month, day, 2, 0, tzinfo=UTC)

    said = office.run("due").stderr

    assert (f"{COMING}; 通知一般在上一年10月至11月公布, 公布后请及时录入" in said) is told


def test_what_ends_before_the_unknown_year_awaits_nothing(office: Office) -> None:
    office.filed()

    [told] = office.json("due")

    assert (told["due"], told["provisional"], told["awaits_notice"]) == ("2026-06-08", False, None)
    assert office.run("due").stderr == ""


def test_a_place_that_announces_its_days_every_year_is_asked_for_its_own_notice(workshop: Office) -> None:
    put(workshop, FEAST.replace("2026", "2025") + "yearly_since = 2024\n", name="2025.toml")
    staffed(workshop, GUANGXI).opened().filed()

    said = workshop.run("due", "--agency", "jia").stderr

    assert "没有广西壮族自治区2026年的放假通知, 只按全国的安排推定, 有1个在算期限" in said


def test_counting_stops_where_it_only_matters_that_there_are_many(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist, "MOST_COUNTED", 1)
    office.moment = AUTUMN
    office.filed().opened()
    office.ok("case", "do", "jia-2026-0002", "立案", "--by", "张某", "--set", "filing_approval.number=2",
              "--set", "filing_approval.facts=x", "--set", "filing_approval.level=一般",
              "--set", "filing_approval.found=2026-03-10")  # fmt: skip

    said = office.run("due").stderr

    assert "有超过1个在算期限" in said
