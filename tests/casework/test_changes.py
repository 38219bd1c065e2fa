"""What changed in a register is told field by field, under Chinese names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from tests.small import BUREAU, ENTERED, MATTER, OFFICERS
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.changes import Change, changed
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.certificate import Suspension
from zhifa_flow.model.matter import Power
from zhifa_flow.model.officer import Officer, PersonnelKind
from zhifa_flow.model.register import Register

ZHANG = OFFICERS[0]
CARD = ZHANG.certificates[0]


def told(register: Register, *content: Agency | Officer) -> list[Sequence[Change]]:
    """What each of the registrations changed, one after the other."""
    store = MemoryStore()
    with store.write() as work:
        for one in content:
            assert (
                work.put_agency(one, ENTERED) if isinstance(one, Agency) else work.put_officer(one, ENTERED)
            )
        return [each.changes for each in changed(work.registrations(register))]


def test_the_first_registration_tells_everything_in_the_order_of_the_form() -> None:
    [first] = told(Register.OFFICER, ZHANG)

    assert [(one.field, one.after) for one in first] == [
        ("人员编号", "zhang"), ("姓名", "张某"), ("所在机关", "bureau"), ("人员性质", "在编在职"),
        ("岗位", "调查岗、送达岗"), ("执法证件001的证件编号", "001"), ("执法证件001的证件种类", "行政执法证"),
        ("执法证件001的有效期起", "2020-01-01"), ("执法证件001的有效期止", "2030-01-01"),
        ("执法证件001的暂扣记录", "2021-01-01至2021-02-01、2029-01-01至"), ("执法证件001的注销日期", "2029-06-01"),
    ]  # fmt: skip
    assert {one.before for one in first} == {""}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (replace(ZHANG, personnel=PersonnelKind.CONTRACT), [("人员性质", "在编在职", "合同工")]),
        (replace(ZHANG, head=True), [("负责人", "", "是")]),
        (replace(ZHANG, posts=frozenset({"调查岗"})), [("岗位", "调查岗、送达岗", "调查岗")]),
        (
            replace(ZHANG, certificates=(replace(CARD, valid_to=None, suspended=(Suspension(date(2027, 1, 1)),)),)),
            [("执法证件001的有效期止", "2030-01-01", ""),
             ("执法证件001的暂扣记录", "2021-01-01至2021-02-01、2029-01-01至", "2027-01-01至")],
        ),
    ],
)  # fmt: skip
def test_a_change_is_told_with_what_was_and_what_is(
    after: Officer, expected: list[tuple[str, str, str]]
) -> None:
    _, second = told(Register.OFFICER, ZHANG, after)

    assert [(one.field, one.before, one.after) for one in second] == expected


def test_a_certificate_that_is_gone_is_told_as_gone() -> None:
    _, second = told(Register.OFFICER, ZHANG, replace(ZHANG, certificates=()))

    assert {one.field.partition("的")[0] for one in second} == {"执法证件001"}
    assert {one.after for one in second} == {""}


def test_what_an_agency_was_before_is_told() -> None:
    [_, second, third] = told(
        Register.AGENCY, BUREAU, replace(BUREAU, region="河北省"), replace(BUREAU, sector="税务")
    )

    assert second == (Change("地区", "河南省", "河北省"),)
    assert third == (Change("地区", "河北省", "河南省"), Change("领域", "市场监管", "税务"))


def test_the_level_is_told_by_its_name() -> None:
    [first] = told(Register.AGENCY, BUREAU)

    assert Change("层级", "", "县级") in first


def test_what_became_of_a_matter_is_told_with_its_articles_and_duties() -> None:
    store = MemoryStore()
    after = replace(
        MATTER, power=Power.LICENCE, basis=MATTER.basis[1:], duties=MATTER.duties[:1], charged=False
    )
    with store.write() as work:
        for one in (MATTER, after):
            work.put_matter(one, ENTERED)
        _, second = [each.changes for each in changed(work.registrations(Register.MATTER))]

    assert second == (
        Change("职权类别", "行政处罚", "行政许可"),
        Change("实施依据“甲法第一条”", "条款: 甲法第一条; 条文内容: 某条文", ""),
        Change("责任事项“决定”", "环节: 决定; 岗位: 决定岗; 责任内容: 作出决定", ""),
        Change("是否收费", "是", ""),
    )
