"""zhifa agency, officer: registers entered whole or not at all."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.office import REGISTER, Office

CARD = {"number": "豫A-1", "valid_from": "2020-01-01"}
AGENCY = {"id": "yi", "name": "某局", "region": "河南省", "sector": "卫生健康", "level": "县级"}
OFFICER = {"id": "sun", "name": "孙某", "agency": "jia", "personnel": "在编在职", "certificates": [CARD]}


def written(path: Path, content: object) -> str:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_registers_come_from_one_file(empty: Office) -> None:
    agencies = empty.json("agency", "import", str(REGISTER))
    officers = empty.json("officer", "import", str(REGISTER))

    assert agencies == {"added": ["jia", "shi"], "replaced": [], "unchanged": [], "notes": []}
    assert officers["added"] == ["zhang", "li", "wang", "zhao", "qian"]


def test_a_json_list_under_chinese_names_is_read_too(empty: Office, tmp_path: Path) -> None:
    record = {
        "机关编号": "yi",
        "机关名称": "某局",
        "地区": "河南省",
        "领域": "卫生健康",
        "层级": "县级",
        "上级主管部门": "wu",
    }

    said = empty.ok("agency", "import", written(tmp_path / "机关.json", [record]))

    assert "新增1条, 更新0条" in said
    assert "注意: yi: 上级主管部门“wu”不在机关名册中, 请核对" in said


def test_an_entry_is_replaced_under_its_id(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", {"人员": [{**OFFICER, "id": "zhang", "name": "张某某"}]})

    told = office.json("officer", "import", path)

    assert told["replaced"] == ["zhang"]
    assert office.json("officer", "show", "zhang")["name"] == "张某某"


def test_somebody_of_the_same_name_is_entered_with_a_note(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", {"人员": [{**OFFICER, "name": "张某"}]})

    told = office.json("officer", "import", path)

    assert told["added"] == ["sun"]
    assert "sun(张某): 与zhang(张某)同名, 请核对是否同一人重复登记" in told["notes"]


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    before = office.json("officer", "show", "zhang", "--history")

    told = office.json("officer", "import", str(REGISTER))

    assert told == {
        "added": [], "replaced": [], "unchanged": ["zhang", "li", "wang", "zhao", "qian"], "notes": [],
    }  # fmt: skip
    assert "新增0条, 更新0条, 内容未变2条" in office.ok("agency", "import", str(REGISTER))
    assert office.json("officer", "show", "zhang", "--history") == before


def test_what_changed_of_an_officer_is_told_field_by_field(office: Office, tmp_path: Path) -> None:
    card = {"number": "豫A-0001", "valid_from": "2020-01-01", "valid_to": "2031-12-31"}
    record = {**OFFICER, "id": "zhang", "name": "张某", "certificates": [card], "posts": ["决定岗"]}
    office.moment = datetime(2026, 3, 11, 16, 30, tzinfo=UTC)

    office.ok("officer", "import", written(tmp_path / "a.json", [record]), "--as", "赵某")

    shown = office.ok("officer", "show", "zhang", "--history")
    assert "第1条  2026-03-10 10:00  首次登记  录入人: 没有写明" in shown
    assert "第6条  2026-03-12 00:30  变动  录入人: zhao" in shown
    assert "执法证件豫A-0001的有效期止: 2035-12-31 → 2031-12-31" in shown
    last = office.json("officer", "show", "zhang", "--history")[-1]
    assert (last["number"], last["recorder"]) == (6, "zhao")
    assert {"field": "岗位", "before": "立案岗、调查岗", "after": "决定岗"} in last["changes"]
    assert office.json("officer", "show", "zhang")["posts"] == ["决定岗"]


def test_what_changed_of_an_agency_is_told_field_by_field(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", [{**AGENCY, "id": "shi", "region": "河北省"}])

    told = office.json("agency", "import", path)

    assert (told["replaced"], told["notes"]) == (["shi"], ["变动记录没有写明录入人, 以后请用 --as 写明"])
    shown = office.ok("agency", "show", "shi", "--history")
    assert "地区: 河南省 → 河北省" in shown
    assert [one["number"] for one in office.json("agency", "show", "shi", "--history")] == [2, 3]


@pytest.mark.parametrize(
    ("name", "recorder", "note"),
    [
        ("赵某", "zhao", None),
        (" zhao ", "zhao", None),
        ("信息中心", "信息中心", "录入人“信息中心”不在人员名册中, 照所写的记入变动记录"),
        ("张某", "张某", "录入人“张某”名册中有2名, 照所写的记入变动记录"),
        ("孙某", "sun", None),
    ],
)
def test_who_keeps_a_register_is_recorded(
    office: Office, tmp_path: Path, name: str, recorder: str, note: str | None
) -> None:
    office.ok("officer", "import", written(tmp_path / "a.json", [{**CLASH, "id": "zhang2", "name": "张某"}]))

    told = office.json("officer", "import", written(tmp_path / "b.json", [OFFICER]), "--as", name)

    assert told["notes"] == ([note] if note else [])
    assert office.json("officer", "show", "sun", "--history")[0]["recorder"] == recorder


@pytest.mark.parametrize("noun", ["agency", "officer"])
def test_a_recorder_that_nobody_can_read_is_refused(office: Office, tmp_path: Path, noun: str) -> None:
    record = AGENCY if noun == "agency" else OFFICER

    said = office.refused(noun, "import", written(tmp_path / "a.json", [record]), "--as", "赵\u200b某")

    assert "录入人含有不可见的字符" in said


def test_every_problem_of_every_entry_is_told_and_nothing_is_entered(office: Office, tmp_path: Path) -> None:
    records = [
        OFFICER,
        {**OFFICER, "id": "zhou", "personnel": "神仙", "posst": ["调查岗"]},
        {**OFFICER, "id": "wu", "agency": "jai"},
        {**OFFICER, "certificates": [{"number": "", "valid_from": "昨天"}]},
        OFFICER,
    ]

    said = office.refused("officer", "import", written(tmp_path / "a.json", records))

    for words in (
        "第2条(zhou)",
        "神仙",
        "posst",
        "第4条(sun)",
        "昨天",
        "“sun”出现了2次",
        "wu(孙某): 没有名为“jai”的机关, 是否指: jia",
    ):
        assert words in said
    assert "人员名册中没有“sun”" in office.refused("officer", "show", "sun", "--agency", "jia")


def test_a_wrong_agency_is_not_entered(empty: Office, tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", [AGENCY, {**AGENCY, "id": "er", "level": "省部级"}])

    assert "第2条(er)" in empty.refused("agency", "import", path)
    assert empty.json("agency", "list") == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"officers": [OFFICER]}, "没有名为“officers”的项, 是否指: officer"),
        ({"agency": [AGENCY]}, "应有一条以上的登记([[officer]] 各表)"),
        ([], "应有一条以上的登记"),
        ({"officer": {}}, "应有一条以上的登记"),
        (["张某"], "应有一条以上的登记"),
        ({"officer": "张某"}, "应有一条以上的登记"),
    ],
)
def test_a_file_that_is_no_register_is_answered(
    office: Office, tmp_path: Path, content: object, said: str
) -> None:
    assert said in office.refused("officer", "import", written(tmp_path / "a.json", content))


def test_officers_are_listed_with_the_state_of_their_certificates(office: Office) -> None:
    told = {one["id"]: one for one in office.json("officer", "list", "--agency", "jia")}
    then = {one["id"]: one for one in office.json("officer", "list", "--agency", "jia", "--on", "2024-12-31")}

    assert told["zhang"]["certified"] is True
    assert told["wang"]["certified"] is False
    assert then["wang"]["certified"] is True
    assert "有效期至2024-12-31, 在2026-03-10已过期" in office.ok("officer", "list", "--agency", "jia")


def test_an_officer_is_shown_by_name(office: Office) -> None:
    shown = office.ok("officer", "show", "王某", "--agency", "某县某局")

    assert "王某(wang)" in shown
    assert "合同工" in shown
    assert "已过期" in shown


def test_the_qualification_of_a_reviewer_is_shown(office: Office, tmp_path: Path) -> None:
    record = {
        **OFFICER,
        "legal_qualification": True,
        "reviewer_since": "2019-01-01",
        "chief": True,
        "unit": "法规科",
    }
    office.ok("officer", "import", written(tmp_path / "a.json", [record]))

    shown = office.ok("officer", "show", "sun")

    assert "法律职业资格: 有  自2019-01-01起从事法制审核" in shown
    assert "正职负责人" in shown
    assert "法规科" in shown


def test_two_of_one_name_are_told_apart_by_id(office: Office, tmp_path: Path) -> None:
    office.ok("officer", "import", written(tmp_path / "a.json", [{**OFFICER, "name": "张某"}]))

    assert "名册中有2名“张某”, 请用编号: " in office.refused("officer", "show", "张某", "--agency", "jia")


def test_agencies_are_listed_and_shown(office: Office) -> None:
    assert [one["id"] for one in office.json("agency", "list")] == ["jia", "shi"]
    assert "某县某局" in office.ok("agency", "list")
    assert office.json("agency", "show", "某县某局")["superior"] == "shi"
    assert "上级主管部门: shi" in office.ok("agency", "show", "jia")


def test_without_an_agency_there_is_nothing_to_open(empty: Office, tmp_path: Path) -> None:
    empty.ok("agency", "import", written(tmp_path / "a.json", [AGENCY]))

    assert empty.ok("officer", "list") == "没有登记执法人员\n"


def test_without_any_agency_the_first_thing_to_do_is_said(empty: Office, tmp_path: Path) -> None:
    assert empty.refused("agency", "import", written(tmp_path / "a.json", [{}]))

    assert "还没有登记执法机关" in empty.refused("officer", "list")


CLASH = {**OFFICER, "certificates": [{"number": "豫A-9", "valid_from": "2020-01-01"}]}


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (
            [{**OFFICER, "certificates": [{**CARD, "number": "豫A-0001"}]}],
            "执法证件豫A-0001已登记为zhang(张某)的证件",
        ),
        (
            [{**OFFICER, "certificates": [{**CARD, "number": "豫а－ 0001"}]}],
            "执法证件豫а－ 0001已登记为zhang(张某)的证件",
        ),
        (
            [OFFICER, {**OFFICER, "id": "zhou", "name": "周某"}],
            "sun(孙某): 执法证件豫A-1已登记为zhou(周某)的证件",
        ),
        ([{**CLASH, "id": "张某"}], "张某(孙某): 人员编号与zhang(张某)的姓名相同, 会被认作同一人"),
        ([{**CLASH, "name": "zhang"}], "sun(zhang): 姓名与zhang(张某)的人员编号相同, 会被认作同一人"),
    ],
)
def test_an_officer_who_would_be_taken_for_another_is_not_entered(
    office: Office, tmp_path: Path, records: list[object], said: str
) -> None:
    before = office.json("officer", "list", "--agency", "jia")

    assert said in office.refused("officer", "import", written(tmp_path / "a.json", records))

    assert office.json("officer", "list", "--agency", "jia") == before


def test_a_certificate_goes_over_to_another_officer_with_both_entries_in_one_file(
    office: Office, tmp_path: Path
) -> None:
    zhang = {**OFFICER, "id": "zhang", "name": "张某", "certificates": [{**CARD, "number": "豫A-7"}]}
    sun = {**OFFICER, "certificates": [{**CARD, "number": "豫A-0001"}]}

    told = office.json("officer", "import", written(tmp_path / "a.json", [zhang, sun]))

    assert (told["added"], told["replaced"]) == (["sun"], ["zhang"])


def test_an_officer_may_have_the_name_for_an_id(office: Office, tmp_path: Path) -> None:
    told = office.json("officer", "import", written(tmp_path / "a.json", [{**CLASH, "id": "孙某"}]))

    assert told["added"] == ["孙某"]


@pytest.mark.parametrize(("region", "kept"), [("河南", "河南省"), ("河南许昌", "河南省许昌")])
def test_a_short_region_is_completed(empty: Office, tmp_path: Path, region: str, kept: str) -> None:
    empty.ok("agency", "import", written(tmp_path / "a.json", [{**AGENCY, "region": region}]))

    assert empty.json("agency", "show", "yi")["region"] == kept


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"region": "河喃省"}, "“河喃省”应以省级行政区的全称开头, 如河南省许昌市, 是否指: 河南省"),
        ({"sector": "市场监督管理"}, "yi(某局): 领域“市场监督管理”与各表所用的名称不同, 是否指: 市场监管"),
    ],
)
def test_an_agency_that_the_tables_would_miss_is_not_entered(
    empty: Office, ruled: Path, tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    empty.flows = ruled
    path = written(tmp_path / "a.json", [{**AGENCY, **wrong}])

    assert said in empty.refused("agency", "import", path)
    assert empty.json("agency", "list") == []


@pytest.mark.parametrize("sector", ["市场监管", "卫生健康", "交通管理"])
def test_a_sector_that_no_table_knows_is_free(
    empty: Office, ruled: Path, tmp_path: Path, sector: str
) -> None:
    empty.flows = ruled

    told = empty.json("agency", "import", written(tmp_path / "a.json", [{**AGENCY, "sector": sector}]))

    assert told["added"] == ["yi"]


@pytest.fixture(scope="session")
def ruled(flows: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test flows with a table that speaks of sectors."""
    root = tmp_path_factory.mktemp("ruled") / "flows"
    shutil.copytree(flows, root)
    (root / "tables").mkdir(exist_ok=True)
    (root / "tables" / "sectors.toml").write_text(
        'schema = "zhifa-table/1"\nid = "sectors"\nname = "各领域"\n'
        + "".join(
            f'[[row]]\nid = "{key}"\nsector = "{name}"\nat_least = "1万元"\npolicy = "测试用数额"\n'
            for key, name in (("a", "市场监管"), ("b", "应急管理"))
        ),
        encoding="utf-8",
    )
    return root
