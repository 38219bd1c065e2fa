"""zhifa matter: the list of powers and duties; and a case opened for what stands on it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.office import CASE, PARTY, REGISTER, Office

MATTER: dict[str, Any] = {
    "code": "CF-01", "agency": "jia", "power": "行政处罚", "name": "对超标排放的行政处罚", "flows": ["penalty.mini"],
    "basis": [{"article": "安全生产法第九十七条第一款第三项", "text": "生产经营单位有下列行为之一的"}],
    "duties": [
        {"stage": "立案", "post": "立案岗", "text": "决定是否立案。", "period": "7工作日"},
        {"stage": "调查", "post": "调查岗", "text": "调查取证。"},
        {"stage": "决定", "post": "决定岗", "text": "作出决定。"},
    ],
    "liability": "依法追究责任。", "listed_on": "2026-01-01", "phone": "0000-0000000",
}  # fmt: skip
OPEN = ("case", "open", "penalty.mini", "--agency", "jia", "--title", "某公司超标", "--by", "张某", *PARTY)


def written(path: Path, *records: dict[str, Any]) -> str:
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    return str(path)


@pytest.fixture
def listing(empty: Office, tmp_path: Path) -> Office:
    """An office with its registers and one matter on its list."""
    empty.staffed().ok("matter", "import", written(tmp_path / "list.json", MATTER))
    return empty


def test_a_list_is_imported_from_toml_with_the_agency_that_is_named(empty: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text(
        '[[matter]]\n"事项编码" = "CF-01"\n"职权类别" = "行政处罚"\nname = "对某行为的处罚"\n"办理流程" = "penalty.mini"\n'
        'liability = "依法"\nlisted_on = 2026-01-01\n"实施依据" = [{ "条款" = "安全生产法97条" }]\n'
        'duties = [{ "环节" = "立案", post = "立案岗", text = "一" }, { stage = "调查", post = "调查岗", text = "二" },'
        ' { stage = "决定", post = "决定岗", text = "三" }]\n',
        encoding="utf-8",
    )
    empty.staffed()

    assert "登记了2个执法机关, 请用 --agency 指明" in empty.refused("matter", "import", str(path))
    told = empty.json("matter", "import", str(path), "--agency", "某县某局", "--as", "张某")

    assert told == {"added": ["jia/CF-01"], "replaced": [], "unchanged": [], "notes": []}
    assert "已导入事项: 新增0条, 更新0条, 内容未变1条" in empty.ok(
        "matter", "import", str(path), "--agency", "jia"
    )


def test_a_faulty_list_is_answered_with_every_problem(empty: Office, tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", MATTER, {**MATTER, "code": "", "flows": ["penalty.minni"]}, {**MATTER, "code": "CF-02", "agency": "jiaa", "duties": []})  # fmt: skip
    empty.staffed()

    said = empty.refused("matter", "import", path)

    assert "第2条(对超标排放的行政处罚): 事项编码没有填写" in said
    assert "第3条(CF-02): 责任事项没有填写" in said
    assert empty.json("matter", "list", "--agency", "jia") == []


def test_matters_are_listed_with_their_standing(listing: Office, tmp_path: Path) -> None:
    gone = {**MATTER, "code": "CF-02", "removed_on": "2026-03-09"}
    later = {**MATTER, "code": "CF-03", "listed_on": "2026-04-01"}
    ended = {**MATTER, "code": "CF-05", "basis": [{"article": "湖南省生态环境保护行政处罚裁量权基准规定(2021版)第一条"}, {"article": "行政处罚法第一条"}]}  # fmt: skip
    listing.ok("matter", "import", written(tmp_path / "more.json", gone, later, ended))

    today = {one["code"]: one for one in listing.json("matter", "list", "--agency", "jia")}
    then = {
        one["code"]: one
        for one in listing.json("matter", "list", "--agency", "jia", "--on", "2027-03-02")
    }  # fmt: skip

    assert {code: one["standing"] for code, one in today.items()} == {
        "CF-01": "有效", "CF-02": "已于2026-03-09后取消", "CF-03": "自2026-04-01起列入", "CF-05": "有效",
    }  # fmt: skip
    assert [code for code, one in today.items() if not one["listed"]] == ["CF-02", "CF-03"]
    assert then["CF-05"]["standing"].startswith("部分依据失效: 湖南省生态环境保护")
    assert "对超标排放的行政处罚" in listing.ok("matter", "list", "--agency", "jia")


def test_a_matter_whose_basis_is_gone_is_shown_as_such(listing: Office, tmp_path: Path) -> None:
    basis = [{"article": "湖南省生态环境保护行政处罚裁量权基准规定(2021版)第一条"}]
    listing.ok(
        "matter", "import", written(tmp_path / "more.json", {**MATTER, "code": "CF-06", "basis": basis})
    )

    told = listing.json("matter", "show", "CF-06", "--agency", "jia", "--on", "2027-03-02")

    assert told["standing"] == "依据已失效, 不得办理"
    assert list(told["lapsed"]) == [basis[0]["article"]]


def test_a_matter_is_shown_by_code_or_name(listing: Office) -> None:
    shown = listing.ok("matter", "show", "对超标排放的行政处罚", "--agency", "jia")

    assert "CF-01  对超标排放的行政处罚" in shown
    assert "1. 立案责任(立案岗)(7个工作日): 决定是否立案。" in shown
    assert "服务电话: 0000-0000000" in shown
    assert "收费: 否" in shown
    assert listing.json("matter", "show", "CF-01", "--agency", "jia")["power"] == "penalty"
    assert "是否指: CF-01" in listing.refused("matter", "show", "CF-1", "--agency", "jia")


def test_what_became_of_a_matter_is_told(listing: Office, tmp_path: Path) -> None:
    charged = {**MATTER, "charged": True, "charge_basis": "行政处罚法第六十七条", "period": "90日"}
    listing.ok("matter", "import", written(tmp_path / "b.json", charged), "--as", "张某")

    shown = listing.ok("matter", "show", "CF-01", "--agency", "jia", "--history")

    assert "是否收费: 无 → 是" in shown
    assert "收费: [行政处罚法第六十七条]" in listing.ok("matter", "show", "CF-01", "--agency", "jia")


def test_an_office_without_a_list_says_so(empty: Office) -> None:
    empty.staffed()

    assert empty.ok("matter", "list", "--agency", "jia") == "没有登记权责清单\n"


# opening a case --------------------------------------------------------------------------------------------


def test_a_case_says_for_which_matter_it_was_opened(listing: Office) -> None:
    said = listing.ok(*OPEN, "--matter", "对超标排放的行政处罚")

    assert "事项: CF-01 对超标排放的行政处罚" in said
    assert "事项: CF-01 对超标排放的行政处罚" in listing.ok("case", "show", CASE)
    assert "事项: CF-01" in listing.ok("case", "history", CASE)
    assert listing.json("case", "show", CASE)["matter"] == "CF-01"
    assert json.loads(listing.ok("case", "export", CASE))["matter"] == "CF-01"
    assert [one["matter"] for one in listing.json("case", "list")] == ["CF-01"]
    assert "CF-01" in listing.ok("case", "list")
    assert listing.json("verify")["problems"] == []


@pytest.mark.parametrize(
    ("matter", "said"),
    [
        (
            "",
            "本机关登记了行政处罚类的权责清单, 登记案件应当写明事项(可以写: CF-01 对超标排放的行政处罚)",
        ),
        ("对超标排污的行政处罚", "清单中没有“对超标排污的行政处罚”, 是否指: 对超标排放的行政处罚"),
    ],
)
def test_a_case_without_a_matter_of_the_list_is_refused(listing: Office, matter: str, said: str) -> None:
    assert said in listing.refused(*OPEN, *(["--matter", matter] if matter else []))
    assert listing.json("case", "list") == []


def test_another_agency_needs_no_matter(listing: Office) -> None:
    """Only who has a list of the kind of power is held to it."""
    there = ["shi" if one == "jia" else "钱某" if one == "张某" else one for one in OPEN]

    assert "已登记" in listing.ok(*there)


def test_a_case_without_a_matter_looks_as_it_did(office: Office) -> None:
    assert "事项:" not in office.ok("case", "show", CASE)
    assert office.json("case", "show", CASE)["matter"] == ""


# the kinds of powers ---------------------------------------------------------------------------------------


@pytest.fixture
def ruled(empty: Office, tmp_path: Path) -> Office:
    """An office whose law says which ranks of text may found a penalty."""
    root = tmp_path / "flows"
    shutil.copytree(empty.flows, root)
    (root / "powers.toml").write_text(
        'schema = "zhifa-powers/1"\n[[power]]\npower = "行政处罚"\nranks = ["法律"]\n'
        'basis = ["行政处罚法第十六条"]\nwithin = ["行政处罚法第十七条"]\n',
        encoding="utf-8",
    )
    return Office(root, tmp_path)


def test_a_matter_that_rests_on_too_low_a_text_is_not_entered(ruled: Office, tmp_path: Path) -> None:
    ruled.staffed()
    low = {**MATTER, "basis": [{"article": "农业行政处罚程序规定第一条"}]}

    said = ruled.refused("matter", "import", written(tmp_path / "a.json", low))

    assert "行政处罚的实施依据只有部门规章, 应当有法律" in said


def test_a_refusal_cites_the_article_that_confines_the_power(ruled: Office, tmp_path: Path) -> None:
    ruled.staffed().ok("matter", "import", written(tmp_path / "a.json", MATTER))

    assert "[行政处罚法第十七条]" in ruled.refused(*OPEN)


def test_a_faulty_file_of_powers_is_found_by_the_check_and_stops_the_desk(ruled: Office) -> None:
    path = ruled.flows / "powers.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("第十六条", "第九百条"), encoding="utf-8")

    told = json.loads(ruled.run("flow", "check", "--json").stdout)

    assert told["problems"] == ["powers: 行政处罚: 《行政处罚法》共86条, 没有第九百条"]
    assert "《行政处罚法》共86条, 没有第九百条" in ruled.refused("agency", "import", str(REGISTER))
