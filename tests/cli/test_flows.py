"""zhifa flow list, show, check, draw."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.office import Office

REF = "penalty.mini@2021-07-15"


@pytest.fixture
def workshop(empty: Office, tmp_path: Path) -> Office:
    """An office with a copy of the flows that a test may spoil."""
    root = tmp_path / "flows"
    shutil.copytree(empty.flows, root)
    return Office(root, tmp_path)


def spoil(office: Office, old: str, new: str, file: str = "penalty.mini/2021-07-15.toml") -> None:
    path = office.flows / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_flows_are_listed_with_their_versions(empty: Office) -> None:
    told = empty.json("flow", "list")

    assert [one["ref"] for one in told] == ["duty.mini@2021-07-15", REF]
    assert told[1]["name"] == "行政处罚试验程序"
    assert told[1]["problems"] == 0
    assert "行政处罚试验程序" in empty.ok("flow", "list")


@pytest.mark.parametrize("name", ["penalty.mini", REF, "行政处罚试验程序", "《行政处罚试验程序》"])
def test_a_flow_is_shown_by_any_of_its_names(empty: Office, name: str) -> None:
    shown = empty.ok("flow", "show", name)

    assert "【立案】 岗位: 立案岗" in shown
    assert "▸ 立案(file_case) → 已立案 [行政处罚法第五十四条第二款]" in shown
    assert "办理人: 执法人员(不少于2人; 岗位: 调查岗; 在编在职; 持有效执法证)" in shown
    assert "不予办理的情形: 拟作出的处罚属于听证范围" in shown
    assert "作出处罚决定的期限(decision): 90日, 机关的期限, 自立案起, 至作出处罚决定" in shown
    assert "启动附随程序: 公开义务" in shown
    assert "“调查终结”必须在“作出处罚决定”之前(report_before_decision) [行政处罚法第五十七条第一款]" in shown


def test_what_the_opening_of_a_side_duty_starts_is_shown(empty: Office) -> None:
    assert "公开的期限(publish): 7个工作日, 机关的期限, 自启动起, 至公开处罚决定" in empty.ok(
        "flow", "show", "duty.mini"
    )


def test_charts_that_were_drawn_are_named(empty: Office, tmp_path: Path) -> None:
    assert f"已画出: {tmp_path / REF}.svg" in empty.ok("flow", "draw", "penalty.mini", "--out", str(tmp_path))


def test_a_flow_is_told_to_programs_as_its_file_states_it(empty: Office) -> None:
    told = empty.json("flow", "show", "penalty.mini")

    assert told["schema"] == "zhifa-flow/1"
    assert told["transition"]["file_case"]["documents"] == ["filing_approval"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("penalty.mimi", "没有名为“penalty.mimi”的流程, 是否指: penalty.mini"),
        ("行政处罚试验", "是否指: 行政处罚试验程序"),
        (
            "penalty.mini@2022-01-01",
            "没有名为“penalty.mini@2022-01-01”的流程版本, 是否指: penalty.mini@2021-07-15",
        ),
        ("elsewhere.toml", "不是流程文件夹"),
    ],
)
def test_an_unknown_flow_is_answered_with_close_names(empty: Office, name: str, said: str) -> None:
    assert said in empty.refused("flow", "show", name)


def test_sound_flows_pass_the_check(empty: Office) -> None:
    told = empty.json("flow", "check")

    assert told == {"flows": 2, "problems": [], "unverified": []}


def test_one_flow_may_be_checked_alone_by_its_path(empty: Office) -> None:
    told = empty.json("flow", "check", str(empty.flows / "penalty.mini" / "2021-07-15.toml"), "penalty.mini")

    assert told["flows"] == 1


def test_ten_mistakes_of_a_file_are_all_named(workshop: Office) -> None:
    spoil(workshop, 'name           = "行政处罚试验程序"', 'name           = "行政处罚试验程序"\ntypo = 1')
    spoil(
        workshop,
        'filed    = { name = "已立案", stage = "investigation" }',
        'filed    = { name = "已立案", stage = "investigations" }',
    )
    spoil(workshop, 'check   = "includes_if"', 'check   = "include_if"')
    spoil(workshop, "行政处罚法第六十条", "行政处罚法第六百条")
    spoil(workshop, 'by        = ["filer"]', 'by        = ["filers"]')
    spoil(workshop, 'documents = ["closing"]', 'documents = ["closings"]')
    spoil(workshop, 'guards    = ["numbered"]', 'guards    = ["numberd"]')
    spoil(workshop, 'opens     = ["notice"]', 'opens     = ["notices"]')
    spoil(workshop, 'table = "hearing"', 'table = "hearings"')
    spoil(workshop, 'target    = "reported"', 'target    = "report"')

    result = workshop.run("flow", "check", "penalty.mini", "--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 1
    for words in (
        "typo",
        "investigations",
        "include_if",
        "第六百条",
        "filers",
        "closings",
        "numberd",
        "notices",
        "hearings",
        "“report”",
    ):
        assert any(words in problem for problem in told["problems"]), words
    assert all(problem.startswith(f"{REF}: ") for problem in told["problems"])


def test_a_faulty_flow_is_listed_but_not_used(workshop: Office) -> None:
    spoil(workshop, 'by        = ["filer"]', 'by        = ["filers"]')
    workshop.staffed()

    listed = workshop.json("flow", "list")
    refused = workshop.refused(
        "case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", "--no-party"
    )
    drawn = workshop.refused("flow", "draw", "--out", str(workshop.folder / "charts"))

    assert listed[1]["problems"] > 0
    assert "filers" in refused
    assert "filers" in drawn
    assert "filers" in workshop.refused("flow", "show", "penalty.mini@2021-07-15")


def test_a_document_that_the_other_flow_does_not_receive_fails_the_check_alone(workshop: Office) -> None:
    spoil(workshop, 'carries = ["decision"]', 'carries = ["decision", "closing"]')

    result = workshop.run("flow", "check", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"] == [
        f"{REF}: child.notice.carries: duty.mini@2021-07-15没有由主案带来(carried)的文书“closing”, 是否指: decision"
    ]
    assert workshop.json("flow", "check", "duty.mini")["problems"] == []
    assert "▸ 立案(file_case)" in workshop.ok("flow", "show", "penalty.mini")


def test_what_the_other_flow_receives_is_not_asked_while_that_is_faulty(workshop: Office) -> None:
    spoil(workshop, 'carries = ["decision"]', 'carries = ["decision", "closing"]')
    spoil(workshop, "carried = true", "carried = true\ntypo = 1", "duty.mini/2021-07-15.toml")

    told = json.loads(workshop.run("flow", "check", "--json").stdout)

    assert [problem.partition(":")[0] for problem in told["problems"]] == ["duty.mini@2021-07-15"]


def test_a_file_that_is_no_toml_is_named(workshop: Office) -> None:
    (workshop.flows / "penalty.mini" / "2021-07-15.toml").write_text("这不是 TOML", encoding="utf-8")

    assert "不是合格的 TOML" in workshop.run("flow", "check").stdout
    assert "(文件不能读取)" in workshop.ok("flow", "list")
    assert "不是合格的 TOML" in workshop.refused("flow", "show", "penalty.mini@2021-07-15")


def test_a_faulty_table_fails_the_check(workshop: Office) -> None:
    spoil(workshop, 'at_least  = "10万元"', 'at_least  = "很多"', "tables/hearing.toml")

    result = workshop.run("flow", "check", "--json")

    assert result.exit_code == 1
    assert "很多" in json.loads(result.stdout)["problems"][0]


def test_a_folder_without_flows_does_not_pass(workshop: Office) -> None:
    shutil.rmtree(workshop.flows / "penalty.mini")
    shutil.rmtree(workshop.flows / "duty.mini")

    assert workshop.run("flow", "check").exit_code == 1


def test_articles_that_nobody_could_verify_are_listed_apart(workshop: Office) -> None:
    spoil(
        workshop,
        'basis   = ["行政处罚法第四十八条第一款"]\nholds',
        'basis   = ["河南省重大行政处罚备案审查办法第四条"]\nholds',
    )

    told = workshop.json("flow", "check")

    assert told["problems"] == []
    assert told["unverified"] == [f"{REF}: 河南省重大行政处罚备案审查办法第四条"]
    assert "未能核对的法条1处" in workshop.ok("flow", "check")


@pytest.mark.parametrize(("form", "ending"), [("svg", "svg"), ("dot", "dot"), ("text", "txt")])
def test_charts_are_drawn_into_a_folder(empty: Office, tmp_path: Path, form: str, ending: str) -> None:
    told = empty.json("flow", "draw", "--format", form, "--out", str(tmp_path / "charts"))

    paths = [tmp_path / "charts" / f"{ref}.{ending}" for ref in ("duty.mini@2021-07-15", REF)]
    assert told == {"drawn": [str(path) for path in paths]}
    assert all("公开" in path.read_text(encoding="utf-8") for path in paths)


def test_a_chart_in_text_comes_on_the_screen(empty: Office) -> None:
    assert "已立案" in empty.ok("flow", "draw", "penalty.mini", "--format", "text")


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_a_picture_that_would_lose_characters_is_refused_with_the_reason(
    empty: Office, tmp_path: Path, form: str
) -> None:
    assert form.upper() in empty.refused("flow", "draw", "--format", form, "--out", str(tmp_path))


def test_a_place_that_is_a_file_is_answered(empty: Office, tmp_path: Path) -> None:
    (tmp_path / "charts").write_text("")

    assert "文件不能读写(已经有同名的文件)" in empty.refused(
        "flow", "draw", "--out", str(tmp_path / "charts")
    )
