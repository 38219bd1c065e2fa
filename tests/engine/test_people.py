from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.engine.builders import AGENCY, DAY, OFFICERS, certificate, flow, officer, situation, small
from zhifa_flow.engine.people import Named, named_officers, people_refusals, unknown_refusals
from zhifa_flow.model.certificate import Suspension
from zhifa_flow.model.flow import Role
from zhifa_flow.model.officer import Officer, PersonnelKind

ROLES = small().flow.role
NEXT = timedelta(days=1)


def reasons(role: Role, *persons: str, changed: Officer | None = None, **more: Any) -> list[str]:
    officers = {**OFFICERS, **({changed.id: changed} if changed else {})}
    s = situation(**{"officers": officers, **more})
    return [refusal.message for refusal in people_refusals(s, role, persons)]


def zhang(**more: Any) -> Officer:
    return replace(OFFICERS["zhang"], **more)


def test_two_qualified_officers_may_investigate() -> None:
    assert reasons(ROLES["investigators"], "zhang", "wang") == []


@pytest.mark.parametrize(
    ("persons", "said"),
    [
        ((), ["“调查人员”不得少于2人, 现有0人"]),
        (("zhang",), ["“调查人员”不得少于2人, 现有1人"]),
        (("zhang", "zhang"), ["张某重复填写, 同一人只算一人", "“调查人员”不得少于2人, 现有1人"]),
        (("zhang", "wang", "zhang"), ["张某重复填写, 同一人只算一人"]),
        (("zhang", "meng"), ["人员名册中没有“meng”"]),
        (("zhang", ""), ["人员名册中没有“”"]),
        (("zhang", "li"), ["李某的岗位是立案岗, 本步须由调查岗办理"]),
    ],
)
def test_investigators_are_two_different_persons_of_the_register(
    persons: tuple[str, ...], said: list[str]
) -> None:
    assert reasons(ROLES["investigators"], *persons) == said


def test_nobody_is_ever_enough_even_where_one_would_do() -> None:
    assert reasons(ROLES["handler"]) == ["“承办人”不得少于1人, 现有0人"]


def test_a_hint_of_the_register_takes_the_place_of_the_bare_answer() -> None:
    s = situation(officers=OFFICERS)
    s.hints = {"meng": "人员名册中没有“meng”, 是否指: wang"}

    refusals = people_refusals(s, ROLES["handler"], ["meng"], "《表》的“承办人”")

    assert [one.message for one in refusals] == ["《表》的“承办人”: 人员名册中没有“meng”, 是否指: wang"]


def test_a_refusal_cites_what_the_role_rests_on() -> None:
    refusals = people_refusals(situation(), ROLES["investigators"], ["zhang"])

    assert [(one.code, one.basis) for one in refusals] == [("people", ("甲法第二条",))]


# The certificate must hold on the day of the act, not on another.


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (DAY, DAY, []),
        (DAY + NEXT, None, ["张某: 行政执法证豫A0001自2026-03-03起有效, 在2026-03-02尚未生效"]),
        (date(2020, 1, 1), DAY - NEXT, ["张某: 行政执法证豫A0001有效期至2026-03-01, 在2026-03-02已过期"]),
    ],
)
def test_the_certificate_holds_on_the_day_of_the_act(first: date, last: date | None, said: list[str]) -> None:
    held = zhang(certificates=(certificate(first, last),))

    assert reasons(ROLES["investigators"], "zhang", "wang", changed=held) == said


@pytest.mark.parametrize(
    ("on", "refused"), [(DAY - NEXT, False), (DAY, True), (DAY + NEXT, True), (DAY + 2 * NEXT, False)]
)
def test_a_suspended_certificate_lets_nobody_act(on: date, refused: bool) -> None:
    suspended = replace(certificate(), suspended=(Suspension(DAY, DAY + NEXT),))

    said = reasons(ROLES["investigators"], "zhang", "wang", changed=zhang(certificates=(suspended,)), on=on)

    assert bool(said) is refused


def test_a_role_that_enforces_nothing_asks_for_no_certificate() -> None:
    assert reasons(ROLES["handler"], "li", changed=replace(OFFICERS["li"], certificates=())) == []
    assert reasons(ROLES["investigators"], "zhang", "wang", changed=zhang(certificates=())) == [
        "张某: 没有登记行政执法证件"
    ]


def test_whoever_is_not_in_service_that_day_acts_in_no_role() -> None:
    left = replace(OFFICERS["li"], active_to=DAY - NEXT)

    assert reasons(ROLES["handler"], "li", changed=left) == ["李某于2026-03-01离岗, 2026-03-02已不在岗"]
    assert reasons(ROLES["handler"], "li", changed=replace(left, active_to=DAY)) == []


@pytest.mark.parametrize("kind", [kind for kind in PersonnelKind if kind is not PersonnelKind.ESTABLISHED])
def test_only_personnel_of_the_kinds_that_the_role_admits_may_act(kind: PersonnelKind) -> None:
    said = reasons(ROLES["investigators"], "zhang", "wang", changed=zhang(personnel=kind))

    assert said == [f"张某为{kind.chinese}, 不得从事本项行政执法工作"]


def test_every_fault_of_every_person_is_named_at_once() -> None:
    faulty = zhang(
        agency="other",
        posts=frozenset(),
        personnel=PersonnelKind.TEMPORARY,
        certificates=(certificate(DAY + NEXT),),
    )

    said = reasons(ROLES["investigators"], "zhang", "li", changed=faulty, acted={"chair": ("zhang",)})

    assert said == [
        "张某不是某县某局的人员",
        "张某的岗位是无岗位, 本步须由调查岗办理",
        "张某为临时工, 不得从事本项行政执法工作",
        "张某: 行政执法证豫A0001自2026-03-03起有效, 在2026-03-02尚未生效",
        "张某在本案中担任过“听证主持人”, 不得再担任“调查人员”",
        "李某的岗位是立案岗, 本步须由调查岗办理",
    ]


# Rank, organ, review.


def role(**more: Any) -> Role:
    return Role(name="角色", **more)


@pytest.mark.parametrize(
    ("asked", "who", "said"),
    [
        (role(head=True), officer("x", "甲", head=True), []),
        (role(head=True), officer("x", "甲", chief=True), []),
        (role(head=True), officer("x", "甲"), ["甲不是机关负责人"]),
        (role(chief=True), officer("x", "甲", chief=True), []),
        (role(chief=True), officer("x", "甲", head=True), ["甲不是正职负责人或者主持工作的负责人"]),
    ],
)
def test_a_head_and_a_chief_are_what_the_register_says(asked: Role, who: Officer, said: list[str]) -> None:
    assert reasons(asked, "x", changed=who) == said


@pytest.mark.parametrize(
    ("superior", "agency", "person", "said"),
    [
        (False, AGENCY, "li", []),
        (False, AGENCY, "zhou", ["周某不是某县某局的人员"]),
        (True, AGENCY, "zhou", []),
        (True, AGENCY, "li", ["李某不是上级机关(本级人民政府)的人员"]),
        (True, replace(AGENCY, superior=None), "zhou", ["周某不是上级机关(本级人民政府)的人员"]),
    ],
)
def test_people_belong_to_the_agency_or_where_asked_to_its_superior(
    superior: bool, agency: Any, person: str, said: list[str]
) -> None:
    assert reasons(role(superior=superior), person, agency=agency) == said


@pytest.mark.parametrize(
    ("qualified", "since", "fine"),
    [
        (True, None, True), (True, date(2024, 1, 1), True), (False, date(2017, 12, 31), True),
        (False, date(2018, 1, 1), False), (False, None, False),
    ],
)  # fmt: skip
def test_who_began_reviewing_since_the_rule_needs_the_legal_qualification(
    qualified: bool, since: date | None, fine: bool
) -> None:
    who = replace(OFFICERS["zhao"], legal_qualification=qualified, reviewer_since=since)

    said = reasons(ROLES["reviewer"], "zhao", changed=who)

    assert said == (
        [] if fine else ["赵某初次从事法制审核, 应当通过国家统一法律职业资格考试取得法律职业资格"]
    )


def test_whoever_acted_in_a_barred_role_of_the_case_may_not_act() -> None:
    said = reasons(
        ROLES["investigators"],
        "zhang",
        "wang",
        acted={"chair": ("wang",), "reviewer": ("zhang",), "head": ("zhang",)},
    )

    assert said == [
        "张某在本案中担任过“审核人员”, 不得再担任“调查人员”",
        "王某在本案中担任过“听证主持人”, 不得再担任“调查人员”",
    ]


# Who is named in documents.

NESTED = {
    "list": {
        "name": "名单", "gap": "测试",
        "field": {
            "lead": {"type": "officer", "name": "组长", "role": "head"},
            "guest": {"type": "officer", "name": "列席", "required": False},
            "members": {
                "type": "rows", "name": "成员",
                "columns": {
                    "who": {"type": "officer", "name": "姓名", "role": "handler", "required": False},
                    "helpers": {"type": "officers", "name": "协助人员", "role": "investigators", "required": False},
                    "note": {"type": "text", "name": "备注", "required": False},
                    "more": {
                        "type": "rows", "name": "分组", "required": False,
                        "columns": {"head": {"type": "officer", "name": "组长", "role": "head"}},
                    },
                },
            },
        },
    },
}  # fmt: skip


def test_everybody_named_anywhere_in_a_document_is_found_with_the_role() -> None:
    content = {
        "lead": "sun", "guest": "zhou",
        "members": [
            {"who": "li", "helpers": ["zhang", "wang"], "note": "zhao"},
            {"who": "li", "more": [{"head": "sun"}]},
            {"note": "无"},
        ],
    }  # fmt: skip

    named = named_officers(flow(document=NESTED), {"list": [content]})

    assert named == [
        Named("《名单》的“组长”", "head", ("sun",)),
        Named("《名单》的“列席”", "", ("zhou",)),
        Named("《名单》的“成员”“姓名”", "handler", ("li",)),
        Named("《名单》的“成员”“协助人员”", "investigators", ("zhang", "wang")),
        Named("《名单》的“成员”“分组”“组长”", "head", ("sun",)),
    ]


def test_every_copy_is_looked_at_and_not_the_last_alone() -> None:
    copies = [{"officers": ["li"]}, {"officers": ["zhang", "wang"]}]

    named = named_officers(small().flow, {"record": copies, "filing": [{"reason": "x"}]})

    assert [one.officers for one in named] == [("li",), ("zhang", "wang")]


def test_a_name_that_stands_for_nobody_is_refused_even_where_no_role_is_asked_for() -> None:
    s = situation()
    s.hints = {"张某": "名册中有2名“张某”, 请用编号: a、b"}

    refusals = unknown_refusals(s, Named("《申请》的“被申请人”", "", ("zhang", "张某", "meng")))

    assert [one.message for one in refusals] == [
        "《申请》的“被申请人”: 名册中有2名“张某”, 请用编号: a、b",
        "《申请》的“被申请人”: 人员名册中没有“meng”",
    ]


# Two entries of the register that bear one certificate are one person.


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("豫a－ZHANG", ["张某(zhang)与王某(wang)登记了同一执法证件豫a－ZHANG, 同一人只算一人"]),
        ("豫A0099", []),
    ],
)
def test_one_person_entered_twice_does_not_act_as_two(number: str, said: list[str]) -> None:
    same = replace(OFFICERS["wang"], certificates=(replace(certificate(), number=number),))

    assert reasons(ROLES["investigators"], "zhang", "wang", changed=same) == said
