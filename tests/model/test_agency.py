from __future__ import annotations

import pytest

from zhifa_flow.model.agency import Agency, AgencyError, AgencyLevel

BUREAU = {
    "id": "bureau",
    "name": "某市生态环境局",
    "region": "河南省某市",
    "sector": "生态环境",
    "level": "市级",
}


def test_an_agency_is_read_with_those_it_reports_to() -> None:
    agency = Agency.read(
        BUREAU | {"superior": "department", "同级司法行政部门": "justice", "code": "11000000000000000U"}
    )

    assert agency == Agency(
        id="bureau",
        name="某市生态环境局",
        region="河南省某市",
        sector="生态环境",
        level=AgencyLevel.CITY,
        code="11000000000000000U",
        superior="department",
        justice_office="justice",
    )


def test_all_problems_of_an_agency_come_at_once() -> None:
    with pytest.raises(AgencyError) as raised:
        Agency.read(
            {
                "id": "bureau",
                "name": "某局",
                "region": "某省",
                "level": "镇级",
                "code": "1",
                "entrusted_by": "x",
            }
        )

    assert raised.value.problems == (
        "统一社会信用代码: 统一社会信用代码应为18位, 现为1位",
        "地区: “某省”应以省级行政区的全称开头, 如河南省许昌市",
        "领域没有填写",
        "层级: 不能是“镇级”, 可以填写: 国家级、省级、市级、县级、乡级",
        "委托书没有填写: 委托处罚应当有书面委托书(行政处罚法第二十条)",
    )


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({"superior": "bureau"}, "上级主管部门不能是本机关自己"),
        ({"entrusted_by": "bureau", "entrustment": "某委〔2026〕1号"}, "委托机关不能是本机关自己"),
    ],
)
def test_an_agency_does_not_stand_under_itself(raw: dict[str, object], problem: str) -> None:
    with pytest.raises(AgencyError) as raised:
        Agency.read(BUREAU | raw)

    assert raised.value.problems == (problem,)


def test_an_agency_signs_as_itself() -> None:
    agency = Agency.read(BUREAU)

    assert agency.signs_as == "bureau"


def test_an_entrusted_body_signs_as_the_entrusting_agency() -> None:
    team = Agency.read(BUREAU | {"id": "team", "entrusted_by": "bureau", "entrustment": "某委〔2026〕1号"})

    assert team.signs_as == "bureau"


def test_what_is_kept_of_an_agency_reads_back() -> None:
    agency = Agency.read(BUREAU | {"superior": "department"})

    assert Agency.read(agency.to_raw()) == agency


def test_a_short_form_of_the_province_is_completed() -> None:
    assert Agency.read(BUREAU | {"region": "河南许昌"}).region == "河南省许昌"


def test_only_an_agency_of_the_nation_stands_above_the_provinces() -> None:
    with pytest.raises(AgencyError) as raised:
        Agency.read(BUREAU | {"region": "全国"})

    assert raised.value.problems == ("地区只有国家级的机关可以填写“全国”",)
    assert Agency.read(BUREAU | {"region": "全国", "level": "国家级"}).region == "全国"
