"""A case through the command line, from its lead to its end; what is refused on the way is said in full."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.office import CASE, FILED, PARTY, REPORTED, TODAY, Office

CHILD = f"{CASE}.notice.3"


def test_a_case_is_opened_and_numbered(empty: Office) -> None:
    empty.staffed()

    told = empty.json(
        "case", "open", "penalty.mini", "--agency", "某县某局", "--title", "某案", "--by", "zhang", *PARTY
    )

    assert told["case"] == CASE
    assert told["state_name"] == "线索已登记"
    assert told["party"]["kind"] == "organisation"
    assert told["opened_on"] == TODAY


def test_a_party_may_come_from_a_file(empty: Office, tmp_path: Path) -> None:
    empty.staffed()
    path = tmp_path / "当事人.toml"
    path.write_text(
        '["当事人"]\n"当事人类别" = "公民"\n"姓名或者名称" = "张某"\n"地址" = "某路"\nno_code_reason = "测试"\n',
        encoding="utf-8",
    )

    told = empty.json(
        "case",
        "open",
        "penalty.mini",
        "--agency",
        "jia",
        "--by",
        "zhang",
        "--party",
        str(path),
        "--party-phone",
        "1",
    )

    assert told["party"]["name"] == "张某"
    assert told["party"]["phone"] == "1"


def test_the_whole_walk(office: Office) -> None:
    office.filed().reported().decided()
    office.ok("case", "do", CHILD, "公开处罚决定", "--by", "赵某", "--set", "公开登记表.网址=公示平台")
    told = office.json("case", "do", CASE, "结案", "--by", "赵某", "--set", "closing.result=已缴纳")

    assert told["ended"] is True
    assert told["state_name"] == "已结案"
    assert office.json("case", "list", "--running") == []
    assert [one["case"] for one in office.json("case", "list", "--ended")] == [CASE, CHILD]
    assert "没有可办的环节" in office.ok("case", "next", CASE)


def test_next_shows_who_may_take_a_step_and_what_to_hand_in(office: Office) -> None:
    office.filed()

    shown = office.ok("case", "next", CASE)
    told = office.json("case", "next", CASE)["options"]

    assert "▸ 调查终结(report) → 调查终结 [行政处罚法第五十七条第一款]" in shown
    assert "办理人: 执法人员(不少于2人; 岗位: 调查岗; 在编在职; 持有效执法证)" in shown
    assert "应提交: 《调查终结报告》(report)" in shown
    assert "随本步提交文书可以补正:" in shown
    assert [one["step"] for one in told] == ["record", "suspend", "resume", "report"]
    assert told[-1]["open"] is True
    assert told[-1]["posts"] == ["调查岗"]
    assert told[-1]["with_step"][0]["code"] == "recorded"


def test_next_shows_what_stands_against_a_step(office: Office) -> None:
    office.filed().reported().decided()

    shown = office.ok("case", "next", CASE)
    told = office.json("case", "next", CASE)["options"]

    assert "现在不能办理:" in shown
    assert f"✗ “公开义务”尚未办结({CHILD})[行政处罚法第四十八条第一款]" in shown
    assert told[0]["open"] is False
    assert told[0]["refusals"][0]["basis"] == ["行政处罚法第四十八条第一款"]


def test_next_of_one_step_lists_the_fields_of_its_documents(office: Office) -> None:
    shown = office.ok("case", "next", CASE, "立案")

    assert "线索等级(level): 选一项; 可选: 一般、重大" in shown
    assert "违法线索(facts): 文字; 写明来源" in shown
    assert "文号(number): 文字" in shown
    assert "案件现处于“线索已登记”" in office.refused("case", "next", CASE, "结案")


def test_a_step_answers_with_the_new_state_and_the_deadlines_it_starts(office: Office) -> None:
    told = office.json("case", "do", CASE, "立案", "--by", "张某", *FILED)

    assert told["state"] == "filed"
    assert told["revision"] == 1
    [clock] = told["deadlines"]
    assert (clock["deadline"], clock["due"], clock["safe"], clock["provisional"]) == (
        "decision",
        "2026-06-08",
        "2026-06-08",
        False,
    )
    assert "作出处罚决定的期限(机关): 至2026-06-08" in office.ok("case", "clock", CASE)


def test_a_finding_names_the_row_that_decided(office: Office) -> None:
    office.filed()
    changed = [
        text.replace("5万元", "12万元").replace("rights=陈述申辩", "rights=陈述申辩、听证")
        for text in REPORTED
    ]
    office.ok(
        "case", "do", CASE, "补充音像记录", "--by", "张某、李某", "--attach", f"recording.file={__file__}"
    )

    told = office.json("case", "do", CASE, "report", "--by", "张某", "--by", "李某", *changed)

    [finding] = told["findings"]
    assert finding["name"] == "属于应当告知听证的处罚"
    assert finding["value"] == "是"
    assert finding["row"] == "测试: 单位罚款十万元"


def test_a_side_case_that_a_step_opens_is_named(office: Office) -> None:
    office.filed().reported()

    told = office.json(
        "case",
        "do",
        CASE,
        "decide",
        "--by",
        "zhao",
        "--set",
        "decision.number=1",
        "--set",
        "decision.content=罚款",
    )

    assert told["opened"] == [
        {"rule": "notice", "flow": "duty.mini@2021-07-15", "case": CHILD, "name": "公开义务"}
    ]
    assert f"附随程序: 公开义务({CHILD}), 办理中" in office.ok("case", "show", CASE)


def test_a_rehearsal_answers_alike_and_keeps_nothing(office: Office) -> None:
    rehearsed = office.ok("case", "do", CASE, "立案", "--by", "张某", *FILED, "--dry-run")
    told = office.json("case", "do", CASE, "立案", "--by", "张某", *FILED, "--dry-run")

    assert "试办通过(没有保存): 立案" in rehearsed
    assert told["dry_run"] is True
    assert told["state"] == "filed"
    assert office.json("case", "show", CASE)["state"] == "lead"
    assert len(office.json("case", "history", CASE)) == 1


def test_a_rehearsal_keeps_no_attachment(office: Office) -> None:
    office.filed()

    office.ok(
        "case",
        "do",
        CASE,
        "record",
        "--by",
        "张某,李某",
        "--attach",
        f"recording.file={__file__}",
        "--dry-run",
    )

    assert not list(office.folder.glob("*.attachments/*"))


def test_a_rehearsal_refuses_alike(office: Office) -> None:
    assert "缺少《立案审批表》" in office.refused("case", "do", CASE, "立案", "--by", "张某", "--dry-run")


def test_a_file_and_options_make_one_document(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "立案.json"
    path.write_text(json.dumps({"文号": "旧号", "facts": "举报", "level": "一般"}), encoding="utf-8")

    office.ok(
        "case", "do", CASE, "立案", "--by", "张某", "--doc", f"《立案审批表》={path}",
        "--set", "filing_approval.文号=新号", "--set", "filing_approval.found=2026年3月1日",
    )  # fmt: skip

    [paper] = office.json("case", "show", CASE)["documents"]
    assert paper["fields"] == {"number": "新号", "facts": "举报", "level": "一般", "found": "2026-03-01"}


def test_a_repeatable_document_may_be_handed_in_twice(office: Office, tmp_path: Path) -> None:
    office.filed()
    paths = []
    for number in range(2):
        film = tmp_path / f"{number}.mp4"
        film.write_bytes(b"film %d" % number)
        # Refused, for one person makes no record; what was attached is kept all the same.
        office.refused("case", "do", CASE, "record", "--by", "张某", "--attach", f"recording.file={film}")
        paths.append(tmp_path / f"录像{number}.toml")
        digest = hashlib.sha256(film.read_bytes()).hexdigest()
        paths[-1].write_text(f'file = "{digest}"\n', encoding="utf-8")

    office.ok(
        "case", "do", CASE, "record", "--by", "张某,李某",
        "--doc", f"recording={paths[0]}", "--doc", f"音像记录={paths[1]}",
    )  # fmt: skip

    papers = [one for one in office.json("case", "show", CASE)["documents"] if one["kind"] == "recording"]
    assert len(papers) == 2


def test_the_officer_of_the_environment_acts_and_records(office: Office) -> None:
    office.env["ZHIFA_OFFICER"] = "zhang"

    office.ok("case", "do", CASE, "立案", *FILED)

    last = office.json("case", "history", CASE)[-1]
    assert last["by"] == ["zhang"]
    assert last["recorder"] == "zhang"


def test_the_recorder_may_be_another_than_who_acts(office: Office) -> None:
    office.ok("case", "do", CASE, "立案", "--by", "张某", "--as", "李某", *FILED)

    last = office.json("case", "history", CASE)[-1]
    assert (last["by"], last["recorder"]) == (["zhang"], "li")


def test_history_shows_a_late_entry_for_ever(office: Office) -> None:
    office.ok(
        "case",
        "open",
        "penalty.mini",
        "--agency",
        "jia",
        "--by",
        "张某",
        *PARTY,
        "--on",
        "2026-03-02",
        "--late-reason",
        "系统故障",
    )

    shown = office.ok("case", "history", "jia-2026-0002")

    assert "补录(系统故障)" in shown
    assert "2026-03-02" in shown
    assert "2026-03-10 10:00" in shown


def test_an_hour_may_be_named(office: Office) -> None:
    office.ok("case", "do", CASE, "立案", "--by", "张某", *FILED, "--at", "09:30")

    assert office.json("case", "show", CASE)["state"] == "filed"


def test_a_case_is_exported_whole_and_nothing_is_overwritten(office: Office, tmp_path: Path) -> None:
    office.filed()
    out = tmp_path / "案件.json"

    office.ok("case", "export", CASE, "--out", str(out))

    told = json.loads(out.read_text(encoding="utf-8"))
    assert [step["trigger"] for step in told["steps"]] == ["open", "file_case"]
    assert told["steps"][1]["previous"] == told["steps"][0]["digest"]
    assert told["digest"] == told["steps"][1]["digest"]
    assert json.loads(office.ok("case", "export", CASE)) == told
    assert "已经存在, 不予覆盖" in office.refused("case", "export", CASE, "--out", str(out))


def test_cases_are_listed_by_text_flow_and_page(office: Office) -> None:
    for number in range(3):
        office.ok(
            "case",
            "open",
            "penalty.mini",
            "--agency",
            "jia",
            "--title",
            f"第{number}案",
            "--by",
            "张某",
            *PARTY,
        )

    first = office.run("case", "list", "--size", "2")

    assert [one["title"] for one in office.json("case", "list", "--text", "第1")] == ["第1案"]
    assert len(office.json("case", "list", "--flow", "行政处罚试验程序", "--agency", "某县某局")) == 4
    assert office.json("case", "list", "--agency", "shi") == []
    assert "下一页: --after jia-2026-0002" in first.stdout
    assert [one["case"] for one in office.json("case", "list", "--size", "2", "--after", "jia-2026-0002")] == [
        "jia-2026-0003", "jia-2026-0004",
    ]  # fmt: skip


def test_an_empty_list_is_said(empty: Office) -> None:
    empty.staffed()

    assert empty.ok("case", "list") == "没有案件\n"
    assert empty.json("case", "list") == []


def test_a_case_without_deadlines_says_so(office: Office) -> None:
    assert office.ok("case", "clock", CASE) == "本案还没有开始计算的期限\n"


@pytest.mark.parametrize("command", ["list", "show"])
def test_the_reading_direction_is_not_turned_by_what_a_case_says(office: Office, command: str) -> None:
    with sqlite3.connect(office.database) as connection:
        connection.execute("UPDATE case_file SET title = '案\u202e由'")
    connection.close()

    shown = office.ok("case", "list") if command == "list" else office.ok("case", "show", CASE)

    assert "\u202e" not in shown
    assert "由" in shown


def test_a_circumstance_is_shown_while_it_lasts(office: Office) -> None:
    office.filed()

    begun = office.ok("case", "do", CASE, "中止", "--by", "张某,李某", "--set", "stop.reason=等待结论")
    shown = office.ok("case", "next", CASE)
    office.moment = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
    ended = office.ok("case", "do", CASE, "恢复调查", "--by", "张某,李某")

    assert "开始: 中止调查" in begun
    assert "现有情形: 中止调查, 自2026-03-10起" in shown
    assert "✗ “中止调查”期间不得办理本步(自2026-03-10起中止调查)" in shown
    assert "结束: 中止调查" in ended
    assert "作出处罚决定的期限(机关): 至2026-06-17" in ended
    assert "现有情形" not in office.ok("case", "show", CASE)


def test_a_late_step_says_that_it_is_late(empty: Office) -> None:
    empty.staffed()
    late = ("--on", "2026-03-02", "--late-reason", "系统故障")
    empty.ok("case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", *PARTY, *late)

    fields = [text.replace(TODAY, "2026-03-01") for text in FILED]
    said = empty.ok("case", "do", CASE, "立案", "--by", "张某", *fields, *late)

    assert "补录, 原因: 系统故障" in said


def test_a_last_day_off_is_told_with_the_safe_day(empty: Office) -> None:
    empty.moment = datetime(2026, 3, 8, 2, 0, tzinfo=UTC)
    empty.staffed().opened()
    fields = [text.replace(TODAY, "2026-03-01") for text in FILED]

    said = empty.ok("case", "do", CASE, "立案", "--by", "张某", *fields)

    assert "至2026-06-06, 宜在2026-06-05前完成(末日为非工作日)" in said


def test_deadlines_are_told_to_programs(office: Office) -> None:
    office.filed()

    [one] = office.json("case", "clock", CASE)

    assert (one["deadline"], one["due"], one["state"], one["owner"]) == (
        "decision",
        "2026-06-08",
        "running",
        "agency",
    )
    assert one["basis"] == ["行政处罚法第六十条"]


@pytest.mark.parametrize(
    ("options", "rights"),
    [
        (["陈述申辩、听证"], ["陈述申辩", "听证"]),
        (["陈述申辩", "听证"], ["陈述申辩", "听证"]),
        (['["陈述申辩", "听证"]'], ["陈述申辩", "听证"]),
        (["陈述申辩,听证"], ["陈述申辩", "听证"]),
    ],
)
def test_a_list_may_be_written_in_several_ways(office: Office, options: list[str], rights: list[str]) -> None:
    office.filed()
    others = [text for text in REPORTED if text != "--set" and not text.startswith("report.rights")]
    sets = [
        part for text in (*others, *(f"report.rights={one}" for one in options)) for part in ("--set", text)
    ]

    office.ok(
        "case", "do", CASE, "report", "--by", "张某,李某", *sets, "--attach", f"recording.file={__file__}"
    )

    papers = {paper["kind"]: paper["fields"] for paper in office.json("case", "show", CASE)["documents"]}
    assert papers["report"]["rights"] == rights


@pytest.mark.parametrize(
    "options",
    [
        ["kind=罚款;amount=5万元", "处罚种类=警告"],
        ["kind=罚款；amount=5万元", '{"kind": "警告"}'],
        ['[{"kind": "罚款", "amount": 50000}, {"处罚种类": "警告"}]'],
    ],
)
def test_rows_may_be_written_in_several_ways(office: Office, options: list[str]) -> None:
    office.filed()
    others = [text for text in REPORTED if text != "--set" and not text.startswith("report.penalties")]
    sets = [
        part
        for text in (*others, *(f"report.penalties={one}" for one in options))
        for part in ("--set", text)
    ]

    office.ok(
        "case", "do", CASE, "report", "--by", "张某,李某", *sets, "--attach", f"recording.file={__file__}"
    )

    papers = {paper["kind"]: paper["fields"] for paper in office.json("case", "show", CASE)["documents"]}
    assert papers["report"]["penalties"] == [{"kind": "罚款", "amount": 5000000}, {"kind": "警告"}]


def test_a_list_on_the_command_line_takes_the_place_of_that_in_the_file(
    office: Office, tmp_path: Path
) -> None:
    office.filed()
    path = tmp_path / "报告.toml"
    path.write_text('rights = ["听证"]\n', encoding="utf-8")

    office.ok(
        "case", "do", CASE, "report", "--by", "张某,李某", "--doc", f"report={path}", *REPORTED,
        "--attach", f"recording.file={__file__}",
    )  # fmt: skip

    papers = {paper["kind"]: paper["fields"] for paper in office.json("case", "show", CASE)["documents"]}
    assert papers["report"]["rights"] == ["陈述申辩"]


@pytest.mark.parametrize("title", ["案\u202e由", "案\n由", "长" * 501])
def test_a_title_is_one_legible_line(office: Office, title: str) -> None:
    said = office.refused(
        "case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", "--title", title, *PARTY
    )

    assert said.startswith("错误: 案件名称")


def test_a_party_that_nobody_knew_is_stated_later_and_once(office: Office) -> None:
    bare = ("case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", "--no-party")
    first, second = (office.json(*bare)["case"] for _ in range(2))

    told = office.ok("case", "identify", first, "--as", "张某", *PARTY)

    assert "当事人: 某公司(法人或者其他组织)" in told
    assert "查明当事人" in office.ok("case", "history", first)
    assert "不得更换" in office.refused("case", "identify", first, "--as", "张某", *PARTY)
    assert "须写明当事人" in office.refused("case", "identify", second, "--as", "张某", code=2)
    assert office.json("case", "identify", second, "--as", "张某", *PARTY)["party"]["name"] == "某公司"
    assert office.json("verify")["problems"] == []
