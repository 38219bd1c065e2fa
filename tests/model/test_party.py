from __future__ import annotations

from datetime import date

import pytest

from zhifa_flow.model.errors import InputError
from zhifa_flow.model.identity import CodeKind
from zhifa_flow.model.party import Party, PartyError, PartyKind, party_kind

# Region 000000 exists nowhere: right check digits, nobody's codes.
COMPANY = "91000000000000000K"
SHOP = "92000000000000000G"
OFFICE = "11000000000000000U"
PERSON = "000000199001010018"


def problems_of(**raw: object) -> tuple[str, ...]:
    base: dict[str, object] = {"kind": "公民", "name": "张某", "code": PERSON, "address": "某市某路1号"}
    with pytest.raises(PartyError) as raised:
        Party.read(base | raw)
    return raised.value.problems


def test_a_company_is_read_with_all_that_stands_on_documents() -> None:
    party = Party.read(
        {
            "kind": "organisation",
            "name": "某公司",
            "code": COMPANY,
            "address": "某市某路1号",
            "representative": "李某",
            "phone": "00000000",
        },
    )

    assert party == Party(
        PartyKind.ORGANISATION,
        "某公司",
        COMPANY,
        CodeKind.USCC,
        None,
        "某市某路1号",
        "李某",
        None,
        "00000000",
    )
    assert party.key == f"uscc:{COMPANY}"


def test_a_citizen_is_read_under_chinese_names_and_shows_the_day_of_birth() -> None:
    party = Party.read({"当事人类别": "自然人", "姓名或者名称": "张某", "证件号码": PERSON, "地址": "某市"})

    assert (party.kind, party.code_kind, party.birth_date) == (
        PartyKind.CITIZEN,
        CodeKind.ID_CARD,
        date(1990, 1, 1),
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("公民", PartyKind.CITIZEN), ("法人或者其他组织", PartyKind.ORGANISATION), ("法人及非法人组织", PartyKind.ORGANISATION),
        ("个体工商户", PartyKind.SOLE_TRADER), ("机关", PartyKind.AGENCY), ("sole_trader", PartyKind.SOLE_TRADER),
    ],
)  # fmt: skip
def test_a_kind_is_known_by_its_usual_names(name: str, kind: PartyKind) -> None:
    read = party_kind(name)

    assert read is kind


@pytest.mark.parametrize(
    ("kind", "code", "code_kind"),
    [
        ("公民", "E00000000", "护照"), ("个体工商户", SHOP, None), ("个体工商户", PERSON, "居民身份证"),
        ("个体工商户", "E00000000", "护照"), ("机关", OFFICE, None), ("法人", COMPANY, "统一社会信用代码"),
        ("个体工商户", "**00000000000000**", None), ("法人", "9*0000000000000000", None),
    ],
)  # fmt: skip
def test_a_kind_goes_with_its_codes(kind: str, code: str, code_kind: str | None) -> None:
    party = Party.read(
        {"kind": kind, "name": "某某", "code": code, "code_kind": code_kind, "address": "某市"}
    )

    assert party.code == code


@pytest.mark.parametrize(
    ("kind", "code", "code_kind", "wrong"),
    [
        ("公民", COMPANY, "统一社会信用代码", "公民应填写居民身份证等个人证件"),
        ("法人", PERSON, "居民身份证", "法人或者其他组织应填写统一社会信用代码"),
        ("机关", PERSON, "居民身份证", "机关应填写统一社会信用代码"),
        ("法人", "E00000000", "护照", "是个人证件, 法人或者其他组织应填写统一社会信用代码"),
        ("机关", "E00000000", "其他证件", "是个人证件, 机关应填写统一社会信用代码"),
        ("法人", SHOP, None, "属于个体工商户, 与类别“法人或者其他组织”不符"),
        ("机关", SHOP, None, "属于个体工商户"),
        ("个体工商户", COMPANY, None, "不是个体工商户的统一社会信用代码"),
    ],
)
def test_a_code_of_another_kind_of_party_is_refused(
    kind: str, code: str, code_kind: str | None, wrong: str
) -> None:
    problems = problems_of(kind=kind, code=code, code_kind=code_kind)

    assert len(problems) == 1
    assert wrong in problems[0]


def test_all_problems_come_at_once() -> None:
    problems = problems_of(
        kind="公司", name=" ", code="123", address=None, brith_date="1990-01-01", birth_date="昨天"
    )

    assert problems == (
        "没有“brith_date”这个字段, 是否指: birth_date",
        "当事人类别: 不能是“公司”, 可以填写: 公民、法人或者其他组织、个体工商户、机关",
        "证件号码: 统一社会信用代码应为18位, 现为3位",
        "姓名或者名称应填写文字",
        "地址没有填写",
        "出生日期应为日期(如2026-03-01), 不能是“昨天”",
    )


def test_the_error_is_both_a_value_error_and_one_of_the_package() -> None:
    with pytest.raises(PartyError) as raised:
        Party.read({})

    assert isinstance(raised.value, ValueError)
    assert isinstance(raised.value, InputError)


def test_the_kind_has_to_be_stated() -> None:
    assert problems_of(kind=None, code_kind="居民身份证") == ("当事人类别没有填写",)


@pytest.mark.parametrize(
    "raw",
    [
        {"no_code_reason": "当事人拒不提供"},
        {"code_kind": "无法取得", "code": "当事人拒不提供"},
        {"code_kind": "无法取得", "no_code_reason": "当事人拒不提供"},
    ],
)
def test_a_party_without_a_code_needs_the_reason_and_has_no_key(raw: dict[str, object]) -> None:
    party = Party.read({"kind": "公民", "name": "张某", "address": "某市", **raw})

    assert (party.code, party.code_kind, party.no_code_reason, party.key) == (
        None,
        None,
        "当事人拒不提供",
        None,
    )


def test_neither_code_nor_reason_is_a_problem() -> None:
    assert problems_of(code=None) == ("证件号码没有填写; 无法取得的, 应写明原因",)


def test_both_code_and_reason_are_a_problem() -> None:
    assert problems_of(no_code_reason="忘记") == ("无法取得证件号码的原因与证件号码只能填写一项",)


def test_an_unknown_paper_is_a_problem() -> None:
    assert problems_of(code_kind="驾驶证")[0].startswith("证件种类: 不能是“驾驶证”")


@pytest.mark.parametrize(("code", "code_kind"), [("4101**********1234", "居民身份证"), ("E000××××", "护照")])
def test_a_masked_code_is_no_key(code: str, code_kind: str) -> None:
    party = Party.read(
        {"kind": "公民", "name": "张某", "code": code, "code_kind": code_kind, "address": "某市"}
    )

    assert party.masked
    assert party.key is None


def test_a_day_of_birth_other_than_the_card_says_is_a_problem() -> None:
    assert problems_of(birth_date="1990-01-02") == ("出生日期与居民身份证上的不一致",)


def test_a_company_has_no_day_of_birth() -> None:
    assert problems_of(kind="法人", code=COMPANY, birth_date="1990-01-01") == (
        "出生日期不适用于法人或者其他组织",
    )


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 5, 6), date(2026, 5, 5), 13),
        (date(2012, 5, 6), date(2026, 5, 6), 13),  # the birthday itself is not yet full
        (date(2012, 5, 6), date(2026, 5, 7), 14),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2012, 5, 6), date(2012, 5, 6), 0),
        (date(2012, 5, 6), date(2012, 5, 5), None),
        (None, date(2026, 5, 6), None),
    ],
)
def test_a_year_of_age_is_full_on_the_day_after_the_birthday(
    born: date | None, day: date, age: int | None
) -> None:
    party = Party(PartyKind.CITIZEN, "张某", birth_date=born)

    assert party.age_on(day) == age


@pytest.mark.parametrize(
    "raw",
    [
        {"kind": "公民", "name": "张某", "code": PERSON, "address": "某市", "phone": "00000000"},
        {
            "kind": "公民",
            "name": "张某",
            "no_code_reason": "拒不提供",
            "address": "某市",
            "birth_date": "2012-05-06",
        },
        {"kind": "个体工商户", "name": "某店", "code": SHOP, "address": "某市", "representative": "张某"},
    ],
)
def test_what_is_kept_of_a_party_reads_back(raw: dict[str, object]) -> None:
    party = Party.read(raw)

    assert Party.read(party.to_raw()) == party


@pytest.mark.parametrize(
    ("field", "label"),
    [("name", "姓名或者名称"), ("address", "地址"), ("representative", "法定代表人、负责人或者经营者")],
)
def test_what_stands_on_documents_is_one_legible_line(field: str, label: str) -> None:
    hidden = problems_of(**{field: "张\u202e某"})
    long = problems_of(**{field: "长" * 501})

    assert hidden[0].startswith(f"{label}含有不可见的字符")
    assert long == (f"{label}有501字, 至多500字",)
