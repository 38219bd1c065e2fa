"""Asking a person field by field: in Chinese, again after a wrong answer, and nothing that was already given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.office import CASE, FILED, TODAY, Office


def lines(*answers: str) -> str:
    return "".join(f"{answer}\n" for answer in answers)


def test_every_missing_field_is_asked_for(office: Office) -> None:
    said = office.ok(
        "case", "do", CASE, "立案", "--by", "张某", "--ask", typed=lines("某立字1号", "举报", "2", TODAY)
    )

    [paper] = office.json("case", "show", CASE)["documents"]
    assert paper["fields"] == {"number": "某立字1号", "facts": "举报", "level": "重大", "found": TODAY}
    assert "请填写《立案审批表》" in said
    assert "写明来源" in said
    assert "1. 一般" in said
    assert "发现日期(日期, 如 2026-03-09)" in said


def test_a_wrong_answer_is_asked_for_again(office: Office) -> None:
    typed = lines("1号", "", "举报", "3", "严重", "一般", "2026-02-30", "2027-01-01", TODAY)

    said = office.ok("case", "do", CASE, "立案", "--by", "张某", "--ask", typed=typed)

    assert "这一项必须填写" in said
    assert said.count("不在可选范围") == 2
    assert "不是日历上的一天" in said
    assert "晚于办理日期" in said
    assert office.json("case", "show", CASE)["state"] == "filed"


def test_what_was_given_is_not_asked_for(office: Office) -> None:
    said = office.ok("case", "do", CASE, "立案", "--ask", *FILED[:6], typed=lines(TODAY, "张某"))

    assert "违法线索(" not in said
    assert office.json("case", "show", CASE)["state"] == "filed"


def test_rows_lists_people_and_optional_documents_are_asked_for(office: Office, tmp_path: Path) -> None:
    office.filed()
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    typed = lines(
        "张某、李某",                                   # officers
        "罚款", "", "", "",                               # a fine without an amount: all rows again
        "否",
        "罚款", "5万元", "", "", "是", "1", "", "通报", "", "否",   # a fine and a warning
        "行政处罚法第五十七条第一款第一项",
        "1、2",                                         # both rights, by number
        "书证", "超标", "",                              # one piece of evidence, no more
        "是", "missing.mp4", str(film),                  # the recording too
    )  # fmt: skip

    office.ok("case", "do", CASE, "report", "--by", "张某,李某", "--ask", typed=typed)

    papers = {paper["kind"]: paper["fields"] for paper in office.json("case", "show", CASE)["documents"]}
    assert papers["report"]["officers"] == ["zhang", "li"]
    assert papers["report"]["penalties"] == [
        {"kind": "罚款", "amount": 5000000},
        {"kind": "警告", "content": "通报"},
    ]
    assert papers["report"]["rights"] == ["陈述申辩", "听证"]
    assert papers["report"]["evidence"] == [{"kind": "书证", "content": "超标"}]
    assert len(papers["recording"]["file"]) == 64


def test_an_optional_document_may_be_left_out(office: Office) -> None:
    office.filed()
    typed = lines(
        "张某、李某", "警告", "", "", "", "否", "行政处罚法第五十七条", "1", "书证", "x", "否", "否"
    )

    result = office.run("case", "do", CASE, "report", "--by", "张某,李某", "--ask", typed=typed)

    assert result.exit_code == 1
    assert "没有音像记录" in result.stderr


def test_nobody_is_asked_for_a_step_that_cannot_be_taken(office: Office) -> None:
    result = office.run("case", "do", CASE, "decide", "--by", "赵某", "--ask", typed="")

    assert result.exit_code == 1
    assert "请填写" not in result.stdout
    assert "本步应当在“调查终结”时办理" in result.stderr


@pytest.mark.parametrize("typed", ["", "1号\n"])
def test_an_answer_that_breaks_off_changes_nothing(office: Office, typed: str) -> None:
    result = office.run("case", "do", CASE, "立案", "--by", "张某", "--ask", typed=typed)

    assert result.exit_code == 1
    assert "已取消, 没有改动" in result.stderr
    assert office.json("case", "show", CASE)["revision"] == 0


def test_nobody_is_asked_where_there_is_no_terminal(office: Office) -> None:
    result = office.run("case", "do", CASE, "立案", "--by", "张某", typed=lines("1", "2", "3", TODAY))

    assert result.exit_code == 1
    assert "缺少《立案审批表》" in result.stderr


def test_a_party_is_asked_for_until_it_can_stand(empty: Office) -> None:
    empty.staffed()
    typed = lines(
        "鬼", "某公司", "", "不明", "某路", "",      # no such kind
        "个体工商户", "某店", "", "没有取得", "某路", "张某",
        "某案", "张某",
    )  # fmt: skip

    said = empty.ok("case", "open", "penalty.mini", "--agency", "jia", "--ask", typed=typed)

    told = empty.json("case", "show", CASE)
    assert "不能是“鬼”" in said
    assert told["title"] == "某案"
    assert told["party"]["name"] == "某店"
    assert told["party"]["representative"] == "张某"
