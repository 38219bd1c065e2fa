"""zhifa inbox, due: what waits for whom, and which duties fall due when."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.office import CASE, PARTY, Office

CHILD = f"{CASE}.notice.3"


def cases(told: list[dict[str, str]]) -> list[str]:
    return [one["case"] for one in told]


@pytest.mark.parametrize(("post", "waits"), [("立案岗", [CASE]), ("调查岗", []), ("决定岗", [])])
def test_a_new_case_waits_for_the_post_that_files_it(office: Office, post: str, waits: list[str]) -> None:
    assert cases(office.json("inbox", "--post", post, "--agency", "jia")) == waits


@pytest.mark.parametrize(("officer", "waits"), [("张某", [CASE]), ("李某", []), ("zhao", [])])
def test_a_new_case_waits_for_the_people_who_may_file_it(
    office: Office, officer: str, waits: list[str]
) -> None:
    assert cases(office.json("inbox", "--officer", officer, "--agency", "jia")) == waits


def test_the_steps_that_may_be_taken_are_named(office: Office) -> None:
    office.filed()

    [one] = office.json("inbox", "--officer", "li")

    assert one["steps"] == ["补充音像记录", "中止", "恢复调查", "调查终结"]
    assert "补充音像记录、中止、恢复调查、调查终结" in office.ok("inbox", "--officer", "li")


def test_what_only_a_head_may_do_waits_for_the_head_and_for_no_post(office: Office) -> None:
    office.filed().reported()

    assert cases(office.json("inbox", "--officer", "zhao")) == [CASE]
    assert cases(office.json("inbox", "--post", "决定岗", "--agency", "jia")) == []


def test_a_side_duty_is_in_the_same_list(office: Office) -> None:
    office.filed().reported().decided()

    assert cases(office.json("inbox", "--post", "决定岗", "--agency", "jia")) == [CHILD]


def test_what_the_superior_organ_may_do_waits_for_its_head(office: Office) -> None:
    office.filed().reported()
    before = office.json("inbox", "--officer", "qian")

    office.decided()

    assert before == []
    assert [(one["case"], one["steps"]) for one in office.json("inbox", "--officer", "qian")] == [
        (CASE, ["上级督办"])
    ]
    assert cases(office.json("inbox", "--officer", "zhao")) == [CASE, CHILD]


def test_a_flow_file_that_was_spoiled_does_not_hide_the_other_work(office: Office, tmp_path: Path) -> None:
    office.filed()
    office.flows = Path(shutil.copytree(office.flows, tmp_path / "flows"))
    path = office.flows / "penalty.mini" / "2021-07-15.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('by        = ["filer"]', 'by = ["x"]'), encoding="utf-8"
    )

    assert office.json("inbox", "--officer", "zhang") == []
    assert (
        "流程 penalty.mini@2021-07-15 的文件有问题, 其案件没有列入"
        in office.run("inbox", "--officer", "zhang").stderr
    )
    assert [(one["case"], one["state_name"]) for one in office.json("case", "list")] == [(CASE, "filed")]
    assert [(one["name"], one["owner"], one["due"]) for one in office.json("due")] == [
        ("decision", "", "2026-06-08")
    ]
    assert "没有名为“行政处罚试验程序”的流程" in office.refused("case", "list", "--flow", "行政处罚试验程序")
    assert "名为“x”" in office.refused("case", "next", CASE)


def test_the_officer_of_the_environment_sees_what_waits(office: Office) -> None:
    office.env = {"ZHIFA_OFFICER": "zhang"}

    assert cases(office.json("inbox")) == [CASE]


def test_a_long_inbox_comes_in_pages(office: Office) -> None:
    for _ in range(2):
        office.ok("case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", *PARTY)

    first = office.ok("inbox", "--post", "立案岗", "--agency", "jia", "--size", "2")
    rest = office.json(
        "inbox", "--post", "立案岗", "--agency", "jia", "--size", "2", "--after", "jia-2026-0002"
    )

    assert "下一页: --after jia-2026-0002" in first
    assert cases(rest) == ["jia-2026-0003"]


def test_an_empty_inbox_is_said(office: Office) -> None:
    assert office.ok("inbox", "--officer", "li") == "没有待办的案件\n"


def test_deadlines_are_listed_by_day(office: Office) -> None:
    office.filed().reported()

    told = office.json("due")

    assert [(one["deadline"], one["due"], one["owner"]) for one in told] == [
        ("defence", "2026-03-17", "party"),
        ("decision", "2026-06-08", "agency"),
    ]
    assert told[0]["days_left"] == 7


def test_what_is_overdue_leads_the_list_and_says_by_how_much(office: Office) -> None:
    office.filed().reported().decided()
    office.moment = datetime(2026, 3, 21, 2, 0, tzinfo=UTC)

    told = office.json("due")
    shown = office.ok("due")

    assert [(one["deadline"], one["days_overdue"], one["passed"]) for one in told] == [
        ("defence", 4, "期满"),
        ("publish", 2, "逾期"),
    ]
    assert "逾期2日" in shown
    assert shown.index("期满4日") < shown.index("逾期2日")


@pytest.mark.parametrize(("day", "said"), [(17, "今天"), (16, "还有1日"), (18, "期满1日")])
def test_the_last_day_itself_is_in_time(office: Office, day: int, said: str) -> None:
    office.filed().reported()
    office.moment = datetime(2026, 3, day, 2, 0, tzinfo=UTC)

    assert said in office.ok("due", "--until", "2026-03-31")


def test_deadlines_may_be_cut_off_at_a_day_an_agency_and_a_page(office: Office) -> None:
    office.filed().reported()

    assert len(office.json("due", "--until", "2026-03-17")) == 1
    assert office.json("due", "--until", "2026-03-16") == []
    assert office.json("due", "--agency", "shi") == []
    [first] = office.json("due", "--size", "1")
    assert [one["deadline"] for one in office.json("due", "--after", first["key"])] == ["decision"]
    assert f"--after {first['key']}" in office.ok("due", "--size", "1")


def test_a_day_that_is_no_working_day_comes_with_the_safe_one(office: Office) -> None:
    office.moment = datetime(2026, 3, 8, 2, 0, tzinfo=UTC)
    fields = ("number=1", "facts=x", "level=一般", "found=2026-03-01")
    sets = [part for one in fields for part in ("--set", f"filing_approval.{one}")]
    office.ok("case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", *PARTY)
    office.ok("case", "do", "jia-2026-0002", "立案", "--by", "张某", *sets)

    [one] = office.json("due")

    assert (one["due"], one["safe"]) == ("2026-06-06", "2026-06-05")
    assert "宜在2026-06-05前完成" in office.ok("due")


def test_where_only_the_end_counts_nobody_is_asked_to_be_early(office: Office, tmp_path: Path) -> None:
    office.flows = Path(shutil.copytree(office.flows, tmp_path / "flows"))
    path = office.flows / "penalty.mini" / "2021-07-15.toml"
    text = path.read_text(encoding="utf-8")
    at = text.index('expiry = "', text.index("[deadline.decision]"))
    path.write_text(text[:at] + 'expiry = "may_proceed"' + text[text.index("\n", at) :], encoding="utf-8")
    office.moment = datetime(2026, 3, 8, 2, 0, tzinfo=UTC)
    fields = ("number=1", "facts=x", "level=一般", "found=2026-03-01")
    sets = [part for one in fields for part in ("--set", f"filing_approval.{one}")]
    office.ok("case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", *PARTY)
    office.ok("case", "do", "jia-2026-0002", "立案", "--by", "张某", *sets)

    [one] = office.json("due")

    assert (one["due"], one["safe"]) == ("2026-06-06", "2026-06-05")
    assert "宜在" not in office.ok("due")
    said = office.ok("case", "clock", "jia-2026-0002", "--explain")
    assert "2026-06-06" in said
    assert "宜在" not in said
    assert "稳妥" not in said


def test_without_deadlines_the_list_says_so(office: Office) -> None:
    assert office.ok("due") == "没有正在计算的期限\n"


LAPSES = """
[deadline.answer]
name   = "答复期限"
starts = ["open"]
ends   = ["file_case"]
length = 3
unit   = "day"
owner  = "agency"
expiry = "deemed"
then   = "deemed_filed"
gap    = "仅供测试"

[transition.deemed_filed]
name   = "视为立案"
source = ["lead"]
target = "filed"
gap    = "仅供测试"
"""


def lapsing(office: Office) -> Office:
    """The office under a law by which a lead that nobody answers is filed by itself."""
    copy = office.folder / "lapsing"
    shutil.copytree(office.flows, copy)
    with (copy / "penalty.mini" / "2021-07-15.toml").open("a", encoding="utf-8") as file:
        file.write(LAPSES)
    other = replace(office, flows=copy, folder=office.folder / "other")
    other.folder.mkdir()
    return other.staffed().opened()


def test_what_the_end_of_a_period_brought_about_is_recorded_by_the_sweep(office: Office) -> None:
    office = lapsing(office)
    assert office.ok("due", "--sweep") == "没有期限届满依法发生的后果需要记录\n"
    office.moment = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)

    told = office.ok("due", "--sweep", "--agency", "jia")

    assert told == f"2026-03-14  {CASE}  视为立案 → 已立案\n记录了1项期限届满依法发生的后果\n"
    assert office.json("due", "--sweep") == {"events": [], "problems": []}
    assert "依法自动发生" in office.ok("case", "history", CASE)


def test_the_sweep_tells_a_program_what_came_about(office: Office) -> None:
    office = lapsing(office)
    office.moment = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)

    [event] = office.json("due", "--sweep")["events"]

    assert event == {
        "case": CASE, "step": "deemed_filed", "name": "视为立案", "on": "2026-03-14", "state": "filed",
        "state_name": "已立案",
    }  # fmt: skip
    assert "“答复期限”" in office.refused("case", "do", CASE, "视为立案", "--by", "张某")


def test_a_case_that_cannot_be_swept_is_named_and_the_command_fails(office: Office) -> None:
    office = lapsing(office)
    office.moment = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
    (office.flows / "penalty.mini" / "2021-07-15.toml").write_text("坏了", encoding="utf-8")

    result = office.run("due", "--sweep")

    assert result.exit_code == 1
    assert f"✗ 案件{CASE}" in result.stdout
