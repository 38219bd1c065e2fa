from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from zhifa_flow.model.certificate import Certificate, CertificateKind, Suspension
from zhifa_flow.model.officer import Officer, OfficerError, PersonnelKind, personnel_kind

VALID = Certificate("豫A0001", CertificateKind.ENFORCEMENT, date(2024, 1, 1), date(2026, 12, 31))
EXPIRED = Certificate("豫A0000", CertificateKind.ENFORCEMENT, date(2020, 1, 1), date(2023, 12, 31))
SUPERVISION = Certificate("豫J0001", CertificateKind.SUPERVISION, date(2024, 1, 1))
OFFICER = Officer("zhang", "张某", "bureau", certificates=(EXPIRED, VALID))


def test_an_officer_is_read_with_certificates_under_chinese_names() -> None:
    officer = Officer.read(
        {
            "人员编号": "zhang",
            "姓名": "张某",
            "所在机关": "bureau",
            "人员性质": "在编",
            "岗位": "调查岗、立案岗",
            "执法证件": [{"证件编号": "豫A0001", "有效期起": "2024-01-01", "有效期止": "2026-12-31"}],
            "内设机构": "执法大队",
            "法律职业资格": "是",
            "开始从事法制审核的日期": "2018-03-01",
        },
    )

    assert officer == Officer(
        id="zhang",
        name="张某",
        agency="bureau",
        posts=frozenset({"调查岗", "立案岗"}),
        certificates=(VALID,),
        unit="执法大队",
        legal_qualification=True,
        reviewer_since=date(2018, 3, 1),
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("在编在职", PersonnelKind.ESTABLISHED), ("合同工", PersonnelKind.CONTRACT), ("临时工", PersonnelKind.TEMPORARY),
        ("工勤", PersonnelKind.SUPPORT), ("法律顾问", PersonnelKind.LEGAL_COUNSEL), ("auxiliary", PersonnelKind.AUXILIARY),
    ],
)  # fmt: skip
def test_a_personnel_kind_is_known_by_its_usual_names(name: str, kind: PersonnelKind) -> None:
    read = personnel_kind(name)

    assert read is kind


def test_all_problems_of_an_officer_come_at_once() -> None:
    with pytest.raises(OfficerError) as raised:
        Officer.read(
            {
                "id": "zhang",
                "agency": "bureau",
                "personell": "在编",
                "chief": "也许",
                "certificates": [{"number": "豫A0001"}, VALID.to_raw(), VALID.to_raw()],
                "active_from": "2025-01-02",
                "active_to": "2025-01-01",
            },
        )

    assert raised.value.problems == (
        "没有“personell”这个字段, 是否指: personnel",
        "人员性质没有填写",
        "姓名没有填写",
        "执法证件第1条: 有效期起没有填写",
        "正职负责人或者主持工作的负责人应填写“是”或者“否”, 不能是“也许”",
        "执法证件编号豫A0001重复",
        "离岗日期早于到岗日期",
    )


@pytest.mark.parametrize(
    ("chief", "head", "is_head"),
    [(True, False, True), (True, True, True), (False, True, True), (False, False, False)],
)
def test_a_chief_is_a_head_too(chief: bool, head: bool, is_head: bool) -> None:
    officer = Officer("wang", "王某", "bureau", chief=chief, head=head)

    assert officer.head is is_head


@pytest.mark.parametrize(
    ("day", "absence"),
    [
        (date(2025, 1, 1), "自2025-01-02起到岗, 2025-01-01尚未到岗"),
        (date(2025, 1, 2), None),
        (date(2025, 6, 30), None),
        (date(2025, 7, 1), "于2025-06-30离岗, 2025-07-01已不在岗"),
    ],
)
def test_an_officer_is_in_service_from_the_first_to_the_last_day(day: date, absence: str | None) -> None:
    officer = replace(OFFICER, active_from=date(2025, 1, 2), active_to=date(2025, 6, 30))

    assert officer.absence_on(day) == absence


def test_an_officer_without_dates_is_in_service() -> None:
    assert OFFICER.absence_on(date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "held"), [(date(2023, 12, 31), EXPIRED), (date(2024, 1, 1), VALID), (date(2027, 1, 1), None)]
)
def test_the_certificate_that_holds_on_the_day_counts(day: date, held: Certificate | None) -> None:
    certificate = OFFICER.certificate_on(day)

    assert certificate == held


def test_one_certificate_that_holds_is_enough() -> None:
    assert OFFICER.certificate_problem_on(date(2025, 1, 1)) is None


def test_where_none_holds_every_one_says_why() -> None:
    problem = OFFICER.certificate_problem_on(date(2027, 1, 1))

    assert problem == (
        "行政执法证豫A0000有效期至2023-12-31, 在2027-01-01已过期; "
        "行政执法证豫A0001有效期至2026-12-31, 在2027-01-01已过期"
    )


@pytest.mark.parametrize("certificates", [(), (SUPERVISION,)])
def test_without_an_enforcement_certificate_there_is_none_to_show(
    certificates: tuple[Certificate, ...],
) -> None:
    officer = replace(OFFICER, certificates=certificates)

    assert officer.certificate_on(date(2025, 1, 1)) is None
    assert officer.certificate_problem_on(date(2025, 1, 1)) == "没有登记行政执法证件"


def test_service_may_be_of_one_day() -> None:
    officer = replace(OFFICER, active_from=date(2025, 1, 2), active_to=date(2025, 1, 2))

    assert Officer.read(officer.to_raw()) == officer


def test_what_is_kept_of_an_officer_reads_back() -> None:
    suspended = replace(VALID, number="豫A0002", suspended=(Suspension(date(2025, 1, 1)),))
    officer = replace(
        OFFICER,
        personnel=PersonnelKind.CONTRACT,
        posts=frozenset({"决定岗", "立案岗"}),
        certificates=(VALID, suspended),
        chief=True,
        active_from=date(2020, 1, 1),
    )

    assert Officer.read(officer.to_raw()) == officer


def test_a_number_typed_otherwise_is_named_as_repeated() -> None:
    again = {**VALID.to_raw(), "number": "豫a-0001"}

    with pytest.raises(OfficerError) as raised:
        Officer.read({**OFFICER.to_raw(), "certificates": [VALID.to_raw(), again]})

    assert raised.value.problems == ("执法证件编号豫A0001、豫a-0001重复",)
