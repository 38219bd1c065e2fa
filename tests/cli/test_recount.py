"""zhifa due --recount: a notice is entered, dates move, and every case says so."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.office import REPORTED, Office

CASE = "jia-2026-0002"
NOTICE = """
year = 2027
notice = "试验通知"
announced = 2026-12-28
holidays = [
    { from = 2027-01-01, to = 2027-01-04, name = "元旦" }, { from = 2027-02-05, to = 2027-02-08, name = "春节" },
    { date = 2027-04-05, name = "清明节" }, { from = 2027-05-01, to = 2027-05-02, name = "劳动节" },
    { date = 2027-06-09, name = "端午节" }, { date = 2027-09-15, name = "中秋节" },
    { from = 2027-10-01, to = 2027-10-03, name = "国庆节" },
]
workdays = [2027-01-09]
"""
AS = ("--as", "张某", "--agency", "jia")
MOVED = f"{CASE}  陈述申辩的期限末日由2027-01-06改为2027-01-07    某公司超标"
CONFIRMED = f"{CASE}  作出处罚决定的期限末日仍为2027-03-29; 放假安排已经公布, 不再暂定    某公司超标"


@pytest.fixture
def waiting(office: Office, tmp_path: Path) -> Office:
    """An office with a case whose party may speak until January, before the notice of that year is known."""
    office.flows = Path(shutil.copytree(office.flows, tmp_path / "flows"))
    office.moment = datetime(2026, 12, 29, 2, 0, tzinfo=UTC)
    office.opened()
    fields = ("number=1", "facts=x", "level=一般", "found=2026-12-28")
    sets = [part for one in fields for part in ("--set", f"filing_approval.{one}")]
    office.ok("case", "do", CASE, "立案", "--by", "张某", *sets)
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    office.ok(
        "case", "do", CASE, "report", "--by", "张某,李某", *REPORTED, "--attach", f"recording.file={film}"
    )
    return office


@pytest.fixture
def notified(waiting: Office) -> Office:
    """The same office once the notice has been entered."""
    (waiting.flows / "calendars" / "2027.toml").write_text(NOTICE, encoding="utf-8")
    return waiting


def test_every_deadline_that_changed_is_listed_with_its_old_and_its_new_day(notified: Office) -> None:
    told = notified.ok("due", "--recount", *AS).splitlines()

    assert told == [CONFIRMED, MOVED, "查看未办结案件2件, 重算后有变动的1件"]


def test_it_may_be_run_again_at_any_time(notified: Office) -> None:
    notified.ok("due", "--recount", *AS)

    assert notified.ok("due", "--recount", *AS) == "查看未办结案件2件, 重算后有变动的0件\n"


def test_a_dry_run_lists_the_same_and_saves_nothing(notified: Office) -> None:
    told = notified.ok("due", "--recount", "--dry-run", *AS).splitlines()

    assert told == [CONFIRMED, MOVED, "查看未办结案件2件, 重算后有变动的1件(试算, 没有保存)"]
    assert notified.ok("due", "--recount", *AS).splitlines()[:2] == [CONFIRMED, MOVED]


def test_programs_are_told_both_days_and_what_is_still_provisional(notified: Office) -> None:
    told = notified.json("due", "--recount", *AS)

    assert (told["looked_at"], told["recounted"], told["problems"], told["dry_run"]) == (2, 1, [], False)
    [confirmed, moved] = told["deadlines"]
    assert moved == {
        "case": CASE, "title": "某公司超标", "step": 3, "deadline": "defence", "name": "陈述申辩的期限",
        "was": "2027-01-06", "due": "2027-01-07", "safe_was": "2027-01-06", "safe": "2027-01-07",
        "provisional_was": True, "provisional": False,
    }  # fmt: skip
    assert (confirmed["was"], confirmed["due"], confirmed["provisional"]) == (
        "2027-03-29",
        "2027-03-29",
        False,
    )


def test_the_case_tells_of_it_in_its_history_and_among_its_deadlines(notified: Office) -> None:
    notified.ok("due", "--recount", *AS)

    history, clocks = notified.ok("case", "history", CASE), notified.ok("case", "clock", CASE, "--explain")

    said = "依放假安排重算期限: 作出处罚决定的期限末日仍为2027-03-29; 放假安排已经公布, 不再暂定; 陈述申辩的期限末日由2027-01-06改为2027-01-07"
    assert said in history
    assert "陈述申辩的期限(当事人): 至2027-01-07, 依放假安排重算, 原为2027-01-06, 自2026-12-29起" in clocks
    assert "2026-12-29重新计算, 末日由2027-01-06改为2027-01-07; 第3步“依放假安排重算期限”" in clocks
    assert "注意" not in clocks
    assert [one["step_name"] for one in notified.json("case", "history", CASE)][-1] == "依放假安排重算期限"
    assert [one["was"] for one in notified.json("case", "clock", CASE)] == ["2027-01-06", "2027-03-29"]


def test_until_it_is_run_the_case_says_that_its_record_is_out_of_date(notified: Office) -> None:
    assert "zhifa due --recount" in notified.ok("case", "clock", CASE)


def test_what_was_recorded_is_verified_and_the_case_goes_on(notified: Office) -> None:
    notified.ok("due", "--recount", *AS)

    assert notified.run("verify").exit_code == 0
    assert notified.json("case", "show", CASE)["revision"] == 3
    assert "可以办理" in notified.ok("case", "next", CASE)


def test_a_notice_with_a_mistake_is_mended_first_and_nothing_is_counted_by_it(notified: Office) -> None:
    (notified.flows / "calendars" / "2027.toml").write_text(
        NOTICE.replace("2027-01-09", "2028-01-09"), encoding="utf-8"
    )

    result = notified.run("due", "--recount", *AS)

    assert result.exit_code == 1
    assert f"✗ 案件{CASE}: 2027.toml 有误" in result.stdout
    assert "请先改正放假安排文件(zhifa flow check)" in result.stdout
    assert notified.json("case", "show", CASE)["revision"] == 2


def test_a_notice_that_forgot_a_festival_is_a_mistake(notified: Office) -> None:
    """Planted: a file with 元旦 alone passed for the whole notice."""
    rest = NOTICE.index("    { date = 2027-04-05")
    (notified.flows / "calendars" / "2027.toml").write_text(
        NOTICE[:rest] + NOTICE[NOTICE.index("]\nworkdays") :], encoding="utf-8"
    )

    said = notified.refused("flow", "check")
    result = notified.run("due", "--recount", *AS)

    assert result.exit_code == 1
    assert "2027.toml 有误" in result.stdout
    assert "2027-04-05是法定放假日(清明节" in said + notified.run("flow", "check").stdout


def test_a_case_that_cannot_be_counted_is_named_and_the_command_says_so(notified: Office) -> None:
    path = notified.flows / "penalty.mini" / "2021-07-15.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("仅供测试", "只供测试"), encoding="utf-8")

    found = notified.run("due", "--recount", *AS)
    told = notified.run("due", "--recount", "--json", *AS)

    assert found.exit_code == told.exit_code == 1
    assert f"✗ 案件{CASE}: 流程文件(penalty.mini@2021-07-15)的内容与本案登记时不同" in found.stdout
    assert "没有重算的问题1项" in found.stdout
    assert CASE in told.stdout


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "--recount 须写明办理人(--as)"), (("--as", "张某", "--sweep"), 2, "不与 --sweep 同时使用"),
        (("--as", "章某", "--agency", "jia"), 1, "人员名册中没有“章某”"),
        (("--as", "张某", "--agency", "无"), 1, "没有名为“无”的执法机关"),
        (("--as", "zhang", "--agency", "shi"), 1, "不能重新计算其案件的期限"),
    ],
)  # fmt: skip
def test_who_counts_anew_is_to_be_said(notified: Office, args: tuple[str, ...], code: int, said: str) -> None:
    assert said in notified.refused("due", "--recount", *args, code=code)


def test_the_officer_of_the_environment_runs_it(notified: Office) -> None:
    notified.env = {"ZHIFA_OFFICER": "zhang"}

    assert MOVED in notified.ok("due", "--recount")
