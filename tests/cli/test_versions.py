"""zhifa flow publish, diff, review and zhifa case move: versions of a flow at the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any, cast

import pytest
from click.testing import CliRunner

from tests.cli.office import CASE, NOBODY, Office
from zhifa_flow.adapters.lawfiles.published import load_published
from zhifa_flow.bootstrap.desk import open_store
from zhifa_flow.bootstrap.lawbook import Lawbook, open_lawbook
from zhifa_flow.bootstrap.publishing import publish
from zhifa_flow.casework.ports import Store, Work
from zhifa_flow.cli.main import main
from zhifa_flow.cli.places import Places
from zhifa_flow.model.errors import InputError, ZhifaError

REF = "penalty.mini@2021-07-15"
NEW = "penalty.mini@2026-01-01"
WHY = ("--as", "张某", "--agency", "jia", "--reason", "法制机构审核同意")


@pytest.fixture
def workshop(office: Office, tmp_path: Path) -> Office:
    """An office with a case, its register, and a copy of the flows that a test may change."""
    root = tmp_path / "flows"
    shutil.copytree(office.flows, root)
    return Office(root, office.folder)


def path_of(office: Office, ref: str = REF) -> Path:
    flow, _, day = ref.partition("@")
    return office.flows / flow / f"{day}.toml"


def edit(office: Office, old: str, new: str, ref: str = REF) -> None:
    text = path_of(office, ref).read_text(encoding="utf-8")
    assert old in text
    path_of(office, ref).write_text(text.replace(old, new), encoding="utf-8")


def newer(office: Office, *changes: tuple[str, str]) -> None:
    """A second version, in force from 2026 on."""
    text = path_of(office).read_text(encoding="utf-8")
    for old, new in (("effective_from = 2021-07-15", "effective_from = 2026-01-01"), *changes):
        assert old in text
        text = text.replace(old, new)
    path_of(office, NEW).write_text(text, encoding="utf-8")


# publishing --------------------------------------------------------------------------------------------------


def test_a_published_version_is_on_record_in_the_folder_and_in_the_store(workshop: Office) -> None:
    told = workshop.json("flow", "publish", "penalty.mini", *WHY)

    lock = (workshop.flows / "published.lock").read_text(encoding="utf-8")
    assert (told["ref"], told["by"], told["reason"], told["on"]) == (
        REF,
        "张某",
        "法制机构审核同意",
        "2026-03-10",
    )
    assert told["signed"].startswith("张某")
    assert told["in_lock"] is told["in_store"] is True
    assert f'flow = "{told["flow"]}"' in lock
    verified = workshop.json("verify")
    assert (verified["problems"], verified["notices"]) == ([], [])
    assert workshop.json("flow", "check")["problems"] == []
    assert [one["published"] for one in workshop.json("flow", "list")] == [None, "2026-03-10"]


def test_a_published_text_that_was_lost_from_the_store_is_missed(workshop: Office) -> None:
    told = workshop.json("flow", "publish", "penalty.mini", *WHY)
    [kept] = [
        path for path in workshop.folder.rglob("*") if path.is_file() and path.name.startswith(told["file"])
    ]
    same = kept.read_bytes() == path_of(workshop).read_bytes()
    kept.unlink()

    verified = workshop.run("verify")

    assert same
    assert verified.exit_code == 1
    assert "✗ 流程发布名册: " in verified.stdout


def test_two_who_publish_at_once_do_not_undo_each_other(workshop: Office) -> None:
    book = open_lawbook(workshop.flows)
    workshop.ok("flow", "publish", "duty.mini", *WHY)

    with pytest.raises(InputError, match="刚被他人改动"):
        publish(book, REF, "张某", "同意", lambda: workshop.moment)

    assert [one["published"] for one in workshop.json("flow", "list")] == ["2026-03-10", None]


def test_of_two_who_publish_at_the_same_moment_none_is_lost(workshop: Office) -> None:
    books = [(open_lawbook(workshop.flows), ref) for ref in (REF, "duty.mini@2021-07-15")]
    together = Barrier(2)

    def published(book: Lawbook, ref: str) -> str:
        together.wait()
        try:
            return publish(book, ref, "张某", "同意", lambda: workshop.moment).entry.ref
        except ZhifaError as error:
            return str(error)

    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(published, *zip(*books, strict=True)))

    done = [one for one in told if "@" in one]
    assert all("没有发布" in one for one in told if one not in done)
    assert done
    assert [one.ref for one in load_published(workshop.flows).entries] == done
    assert workshop.json("flow", "check")["problems"] == []


def test_a_publishing_that_was_cut_off_is_told_and_can_be_taken_up_again(workshop: Office) -> None:
    left = workshop.flows / "published.lock.new"
    left.write_text("写了一半", encoding="utf-8")

    refused = workshop.refused("flow", "publish", "penalty.mini", *WHY)
    in_store = workshop.json("verify")
    left.unlink()

    assert "删除 published.lock.new 以后重新发布" in refused
    assert in_store["problems"] == []
    assert workshop.json("flow", "publish", "penalty.mini", *WHY)["in_store"] is True


class Dying:
    """A store that is cut off before its transaction is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def write(self) -> Iterator[Work]:
        with self._store.write() as work:
            yield work
            raise PowerCut


class PowerCut(Exception):
    """The machine dies."""


def test_a_machine_that_dies_between_the_lock_and_the_store_leaves_what_can_be_entered_later(
    workshop: Office,
) -> None:
    with pytest.raises(PowerCut), closing(open_store(workshop.database)) as store:
        publish(
            open_lawbook(workshop.flows), REF, "张某", "同意", lambda: workshop.moment,
            cast("Store", Dying(store)), "jia",
        )  # fmt: skip

    assert [one.ref for one in load_published(workshop.flows).entries] == [REF]
    assert workshop.json("flow", "check")["problems"] == []
    assert workshop.json("verify")["problems"] == []
    assert workshop.json("flow", "publish", "penalty.mini", *WHY)["in_store"] is True
    assert workshop.json("verify")["problems"] == []
    assert "不必再次发布" in workshop.refused("flow", "publish", "penalty.mini", *WHY)


def test_without_a_database_the_lock_alone_is_written_and_the_store_learns_it_later(workshop: Office) -> None:
    nowhere = Office(workshop.flows, workshop.folder)
    bare = [
        "--flows",
        str(nowhere.flows),
        "flow",
        "publish",
        "penalty.mini",
        "--as",
        "某某",
        "--reason",
        "同意",
    ]
    without = _bare(nowhere, *bare)
    again = _bare(nowhere, *bare)
    later = workshop.ok("flow", "publish", "penalty.mini", *WHY)

    assert without.startswith(f"已发布: {REF}")
    assert "内容没有变动, 不必再次发布" in again
    assert f"已补记入数据库: {REF}" in later
    assert "不必再次发布" in workshop.refused("flow", "publish", "penalty.mini", *WHY)


def _bare(office: Office, *args: str) -> str:
    return CliRunner().invoke(main, args, obj=Places(now=lambda: office.moment), env=NOBODY).output


def test_an_edited_published_file_is_stopped_everywhere(workshop: Office) -> None:
    workshop.ok("flow", "publish", "penalty.mini", *WHY)
    edit(workshop, "应当告知当事人", "可以告知当事人")

    checked = json.loads(workshop.run("flow", "check", "penalty.mini", "--json").stdout)
    opening = workshop.refused(
        "case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", "--no-party"
    )
    working = workshop.refused("case", "next", CASE)
    publishing = workshop.refused("flow", "publish", "penalty.mini", *WHY)

    for told in (checked["problems"][0], opening, working, publishing):
        assert "与2026-03-10由张某发布的" in told
        assert "另立施行日期不同的新版本文件" in told


def test_comments_and_layout_may_change_but_are_not_entered_as_the_published_text(workshop: Office) -> None:
    _bare(workshop, "--flows", str(workshop.flows), "flow", "publish", "penalty.mini", *WHY)
    edit(workshop, "[stage]", "# 说明\n[stage]")

    assert workshop.json("flow", "check")["problems"] == []
    assert "不是同一文件" in workshop.refused("flow", "publish", "penalty.mini", *WHY)


def test_a_lock_that_was_tampered_with_stops_every_flow(workshop: Office) -> None:
    workshop.ok("flow", "publish", "penalty.mini", *WHY)
    workshop.ok("flow", "publish", "duty.mini", *WHY)
    lock = workshop.flows / "published.lock"
    entries = lock.read_text(encoding="utf-8").split("[[version]]")
    lock.write_text("[[version]]".join([entries[0], *entries[2:]]), encoding="utf-8")

    assert "中间有发布记录被删除、改动或者调换" in workshop.run("flow", "check").stdout
    assert "请恢复原来的发布记录" in workshop.refused("case", "next", CASE)
    assert "published.lock" in workshop.refused("flow", "publish", "penalty.mini", *WHY)


@pytest.mark.parametrize("text", ["这不是", 'schema = "zhifa-published/1"\n[[version]]\nref = "x"'])
def test_a_lock_that_cannot_be_read_stops_every_flow(workshop: Office, text: str) -> None:
    (workshop.flows / "published.lock").write_text(text, encoding="utf-8")

    assert "published.lock" in workshop.run("flow", "check").stdout
    assert workshop.run("flow", "check").exit_code == 1


def test_a_published_file_that_is_gone_is_missed(workshop: Office) -> None:
    workshop.ok("flow", "publish", "penalty.mini", *WHY)
    newer(workshop)
    path_of(workshop).unlink()

    assert f"已发布的流程文件{REF}不见了" in workshop.run("flow", "check").stdout


def test_a_flow_with_problems_is_not_published(workshop: Office) -> None:
    edit(workshop, 'by        = ["filer"]', 'by        = ["filers"]')

    assert "filers" in workshop.refused("flow", "publish", "penalty.mini", *WHY)
    assert not (workshop.flows / "published.lock").exists()


def test_versions_whose_validity_overlaps_are_not_published(workshop: Office) -> None:
    edit(workshop, "effective_from = 2021-07-15", "effective_from = 2021-07-15\neffective_to = 2026-01-01")
    newer(workshop, ("\neffective_to = 2026-01-01", ""))

    told = workshop.refused("flow", "publish", NEW, *WHY)

    assert f"{REF}写明施行至2026-01-01, 与自2026-01-01起施行的{NEW}施行期间重叠" in told
    assert "施行期间重叠" in workshop.run("flow", "check").stdout


def test_who_publishes_is_in_the_register_and_says_why(workshop: Office) -> None:
    assert "没有“无此人”" in workshop.refused(
        "flow", "publish", "penalty.mini", "--as", "无此人", "--agency", "jia", "--reason", "同意"
    )
    assert "没有写明发布的理由" in workshop.refused(
        "flow", "publish", "penalty.mini", "--as", "张某", "--agency", "jia", "--reason", " "
    )


def test_once_a_version_is_published_a_draft_does_not_come_into_force_by_itself(workshop: Office) -> None:
    workshop.ok("flow", "publish", "penalty.mini", *WHY)
    newer(workshop)
    opened = ("case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", "--no-party")

    before = workshop.json(*opened)
    notices = workshop.json("flow", "check")["notices"]
    several = workshop.refused("flow", "publish", "penalty.mini", *WHY, code=2)
    workshop.ok("flow", "publish", NEW, *WHY)
    after = workshop.json(*opened)

    assert (before["flow"], after["flow"]) == (REF, NEW)
    assert notices == [f"{NEW}: 尚未发布, 本流程已有发布的版本, 发布以前不施行(zhifa flow publish)"]
    assert f"有2个版本, 请写明发布哪一个: {REF}、{NEW}" in several


def test_an_office_that_publishes_is_told_of_a_case_under_a_flow_that_it_has_not(workshop: Office) -> None:
    opened = ("case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", "--no-party")
    silent = workshop.run(*opened).stderr
    workshop.ok("flow", "publish", "duty.mini", *WHY)

    assert silent == ""
    assert f"注意: 流程{REF}尚未发布" in workshop.run(*opened).stderr


def test_tables_that_changed_after_publishing_are_a_notice(workshop: Office) -> None:
    workshop.ok("flow", "publish", "penalty.mini", *WHY)
    table = workshop.flows / "tables" / "hearing.toml"
    text = table.read_text(encoding="utf-8")
    table.write_text(
        text.replace("10000元", "20000元").replace("1万元", "2万元").replace("5万元", "6万元"),
        encoding="utf-8",
    )

    checked = workshop.run("flow", "check", "penalty.mini")

    assert checked.exit_code == 0
    assert "提示: " in checked.stdout
    assert "与发布当日的内容不同" in checked.stdout


# comparing ---------------------------------------------------------------------------------------------------


def test_two_versions_are_compared_in_words(workshop: Office) -> None:
    newer(workshop, ("length = 90", "length = 60"))

    shown = workshop.ok("flow", "diff", REF, NEW)
    told = workshop.json("flow", "diff", REF, str(path_of(workshop, NEW)))

    assert f"{REF} → {NEW}" in shown
    assert "【期限】" in shown
    assert "“作出处罚决定的期限”的长度: 90日 → 60日" in shown
    assert {one["group"] for one in told["differences"]} == {"flow", "deadline"}


def test_equal_and_unreadable_flows_are_answered(workshop: Office) -> None:
    newer(workshop)
    draft = workshop.folder / "draft.toml"
    draft.write_text(
        path_of(workshop).read_text("utf-8").replace('by        = ["filer"]', 'by        = ["filers"]'),
        "utf-8",
    )

    assert "内容没有不同" in workshop.ok("flow", "diff", "duty.mini", "duty.mini")
    assert "有2个版本" in workshop.refused("flow", "diff", "penalty.mini", "duty.mini")
    assert "filers" in workshop.refused("flow", "diff", REF, str(draft))
    assert "nowhere.toml" in workshop.refused("flow", "diff", REF, "nowhere.toml")


# the sheet ---------------------------------------------------------------------------------------------------


def test_the_review_sheet_says_all_that_a_step_asks(workshop: Office) -> None:
    sheet = workshop.ok("flow", "review", "penalty.mini")

    assert sheet == workshop.ok("flow", "review", REF)
    assert sheet.startswith("# 流程审核表: 行政处罚试验程序\n")
    assert "| 从何状态 |" in sheet
    assert "人数: 不少于2人; 岗位: 调查岗" in sheet
    assert "拟作出的处罚属于听证范围" in sheet
    assert "## 九、法律没有规定之处" in sheet
    assert "| 法制机构审核人 |  |  |  |" in sheet
    assert "| 发布 | 尚未发布 |" in sheet


def test_the_sheet_bears_the_digest_and_the_publication(workshop: Office) -> None:
    told = workshop.json("flow", "publish", "penalty.mini", *WHY)

    sheet = workshop.json("flow", "review", "penalty.mini")["text"]

    assert f"| 流程内容摘要 | {told['flow']} |" in sheet
    assert "发布, 理由: 法制机构审核同意" in sheet


def test_the_sheet_is_printed_from_html_that_loads_nothing(workshop: Office) -> None:
    out = workshop.folder / "sheet.html"
    edit(workshop, 'name           = "行政处罚试验程序"', 'name           = "<script>&行政处罚试验程序"')

    workshop.ok("flow", "review", "penalty.mini", "--format", "html", "--out", str(out))

    page = out.read_text(encoding="utf-8")
    assert "<title>流程审核表: &lt;script&gt;&amp;行政处罚试验程序</title>" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "已经存在" in workshop.refused("flow", "review", "penalty.mini", "--out", str(out))
    fresh = workshop.folder / "sheet.md"
    assert workshop.json("flow", "review", "penalty.mini", "--out", str(fresh))["written"] == str(fresh)


def test_a_draft_with_problems_says_so_on_its_sheet(workshop: Office) -> None:
    edit(workshop, "行政处罚法第六十条", "行政处罚法第六百条")

    assert "改正以前不得签署" in workshop.ok("flow", "review", "penalty.mini")


# moving ------------------------------------------------------------------------------------------------------


def test_a_case_is_moved_to_the_new_version(workshop: Office) -> None:
    workshop.filed()
    newer(workshop, ("length = 90", "length = 60"))
    line = ("case", "move", CASE, NEW, "--as", "张某", "--reason", "新版本施行")

    tried = workshop.json(*line, "--dry-run")
    shown = workshop.ok(*line)

    assert (tried["flow"], tried["from"], tried["kept"], tried["dry_run"]) == (NEW, REF, ["decision"], True)
    assert f"已办理: 改用流程新版本    {REF} → {NEW}" in shown
    assert "按原来的长度继续计算的期限: 作出处罚决定的期限" in shown
    assert workshop.json("case", "show", CASE)["flow"] == NEW
    assert "改用流程新版本" in workshop.ok("case", "history", CASE)
    assert workshop.json("verify")["problems"] == []
    workshop.reported()


def test_a_case_whose_steps_do_not_fit_is_not_moved(workshop: Office) -> None:
    workshop.filed()
    newer(workshop, ('"filing_approval"]', '"filing_approval", "closing"]'))

    told = workshop.refused("case", "move", CASE, NEW, "--as", "张某", "--reason", "新版本施行")

    assert "不能办理“改用流程新版本”" in told
    assert "案卷中没有" in told
    assert workshop.json("case", "show", CASE)["flow"] == REF


# two versions in the folder ------------------------------------------------------------------------------------


def test_every_command_that_takes_a_flow_knows_which_of_two_versions_is_meant(workshop: Office) -> None:
    newer(workshop, ("length = 90", "length = 60"))
    out = workshop.folder / "charts"
    by_id = {
        ("flow", "show"): "penalty.mini@2026-01-01", ("flow", "review"): f"| 流程编号和版本 | {NEW} |",
        ("flow", "export", "--format", "scxml"): f'zf:ref="{NEW}"',
        ("flow", "export", "--format", "bpmn"): NEW, ("flow", "check"): f"✓ {REF}: 0处问题\n✓ {NEW}: 0处问题",
        ("flow", "draw", "--out", str(out)): f"已画出: {out / REF}.svg\n已画出: {out / NEW}.svg",
    }  # fmt: skip

    for (group, verb, *options), said in by_id.items():
        assert said in workshop.ok(group, verb, "penalty.mini", *options), verb
        for ref, other in ((REF, NEW), (NEW, REF)):
            alone = workshop.ok(group, verb, ref, *options)
            assert ref in alone
            assert other not in alone
    assert [one["ref"] for one in workshop.json("flow", "list")] == ["duty.mini@2021-07-15", REF, NEW]
    assert "有2个版本, 请写明哪一个" in workshop.refused("flow", "diff", "penalty.mini", NEW)
    assert "有2个版本, 请写明发布哪一个" in workshop.refused(
        "flow", "publish", "行政处罚试验程序", *WHY, code=2
    )


@pytest.mark.parametrize(("on", "ref"), [("2025-12-31", REF), ("2026-01-01", NEW), ("2026-03-10", NEW)])
def test_a_case_is_opened_under_the_version_of_its_day(workshop: Office, on: str, ref: str) -> None:
    newer(workshop)

    told = workshop.json(
        "case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", "--no-party", "--on", on,
        "--late-reason", "补录",
    )  # fmt: skip

    assert told["flow"] == ref


SCENARIO = """
schema = "zhifa-scenario/1"
flow = "penalty.mini@{version}"
title = "立案"
[[officer]]
id = "zhang"
posts = ["立案岗", "调查岗"]
[[officer]]
id = "li"
posts = ["立案岗", "调查岗"]
[[step]]
do = "file_case"
on = {on}
by = ["zhang", "li"]
documents.filing_approval = {{ number = "1号", facts = "举报", level = "一般", found = {on} }}
due = {{ decision = {due} }}
"""


def test_the_version_that_a_scenario_names_decides(workshop: Office) -> None:
    newer(workshop, ("length = 90", "length = 60"))
    home = workshop.flows / "penalty.mini" / "scenarios"
    home.mkdir(exist_ok=True)

    def failed(version: str, on: str, due: str) -> list[str]:
        draft = home / "draft.toml"
        draft.write_text(SCENARIO.format(version=version, on=on, due=due), encoding="utf-8")
        told = json.loads(workshop.run("flow", "test", "--scenario", str(draft), "--json").stdout)["failed"]
        return [complaint for one in told for complaint in one["complaints"]]

    assert failed("2021-07-15", "2025-12-01", "2026-03-01") == []
    assert failed("2026-01-01", "2026-03-02", "2026-05-01") == []
    assert failed("2021-07-15", "2026-03-02", "2026-05-31") == [
        f"情景写明的是{REF}, 但是2026-03-02登记的案件适用{NEW}; 请改写版本(flow)或者登记日期(opened)"
    ]
    assert failed("2026-01-01", "2025-12-01", "2026-01-30") == [
        f"情景写明的是{NEW}, 但是2025-12-01登记的案件适用{REF}; 请改写版本(flow)或者登记日期(opened)"
    ]
    assert failed("2026-01-02", "2026-03-02", "2026-05-01")[0].startswith(
        "没有名为“penalty.mini@2026-01-02”的流程版本"
    )


def test_the_whole_flow_that_was_published_is_missed(workshop: Office) -> None:
    workshop.ok("flow", "publish", "duty.mini", *WHY)
    shutil.rmtree(workshop.flows / "duty.mini")

    checked = workshop.run("flow", "check")

    assert checked.exit_code == 1
    assert "已发布的流程文件duty.mini@2021-07-15不见了, 请恢复" in checked.stdout
