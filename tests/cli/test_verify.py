"""zhifa verify: a store that was tampered with is found out."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

from tests.cli.office import CASE, PARTY, REGISTER, Office


def test_a_store_that_nobody_touched_is_whole(office: Office) -> None:
    office.filed().reported()

    told = office.json("verify")

    assert told == {
        "cases": 1, "steps": 3, "attachments": 1, "registrations": 7, "problems": [], "notices": [],
    }  # fmt: skip
    assert "已核验1个案件、3步办案记录、1个附件, 全部完整, 没有改动" in office.ok("verify")


def test_a_store_without_cases_says_so_and_is_no_fault(empty: Office) -> None:
    empty.staffed()

    shown = empty.ok("verify")

    assert shown == "提示: 库中没有案件\n已核验0个案件、0步办案记录、0个附件, 名册完整, 没有改动\n"


def test_a_changed_register_is_found_out(office: Office) -> None:
    with sqlite3.connect(office.database) as connection:
        connection.execute("UPDATE officer SET content = replace(content, '合同工', '在编')")
        connection.execute("UPDATE officer SET content = replace(content, 'contract', 'established')")
    connection.close()

    result = office.run("verify", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"] == ["执法人员名册: wang的现行登记与最后一条变动记录不一致"]


def test_of_many_notices_people_are_shown_ten(office: Office, tmp_path: Path) -> None:
    again = REGISTER.read_text(encoding="utf-8").replace("2035-12-31", "2036-12-31")
    (tmp_path / "later.toml").write_text(again, encoding="utf-8")
    opened = (
        "case",
        "open",
        "行政处罚试验程序",
        "--agency",
        "jia",
        "--title",
        "某公司",
        "--by",
        "张某",
        *PARTY,
    )
    office.ok("officer", "import", str(tmp_path / "later.toml"))
    for _ in range(11):
        office.ok(*opened, "--on", "2026-03-09", "--late-reason", "系统故障")

    shown = office.ok("verify")

    assert shown.count("是补录的") == 10
    assert "提示共11条, 其余见 --json" in shown
    assert len(office.json("verify")["notices"]) == 11


def test_the_help_says_what_cannot_be_seen(empty: Office) -> None:
    assert "只凭本库查不出" in "".join(empty.ok("verify", "--help").split())


def test_a_changed_case_is_found_out(office: Office) -> None:
    office.filed()
    with sqlite3.connect(office.database) as connection:
        connection.execute("UPDATE case_file SET state = 'decided'")
    connection.close()

    result = office.run("verify", "--json")

    assert result.exit_code == 1
    assert "所处环节与办案记录不一致" in json.loads(result.stdout)["problems"][0]
    assert "发现1处问题" in office.run("verify").stdout


def test_a_changed_attachment_is_found_out(office: Office) -> None:
    office.filed().reported()
    [kept] = [path for path in office.folder.glob("*.attachments/*/*") if path.is_file()]
    kept.chmod(0o644)
    kept.write_bytes(b"another film")

    result = office.run("verify")

    assert result.exit_code == 1
    assert "内容与摘要不符" in result.stdout


def edited(office: Office, old: str, new: str, file: str = "penalty.mini/2021-07-15.toml") -> Office:
    """The office with a copy of its law in which something was changed by hand."""
    copy = office.folder / "edited"
    shutil.copytree(office.flows, copy)
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return replace(office, flows=copy)


def test_a_table_that_was_edited_afterwards_is_found_out(office: Office) -> None:
    office.filed().reported()
    office = edited(office, "10万元", "20万元", "tables/hearing.toml")

    result = office.run("verify", "--json")

    assert result.exit_code == 1
    assert "办理时所依据的数据表, 内容与现在的不同" in json.loads(result.stdout)["problems"][0]


def test_a_flow_that_was_edited_afterwards_is_found_out(office: Office) -> None:
    """Where the text is put back once it has let something pass, the digests in the case still tell."""
    office.filed()
    office = edited(office, 'name           = "', 'name           = "新')

    result = office.run("verify", "--json")

    assert result.exit_code == 1
    assert "内容与登记时不同" in json.loads(result.stdout)["problems"][0]
    refused = office.run("case", "next", CASE)
    assert "内容与本案登记时不同" in refused.stdout
