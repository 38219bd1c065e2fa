from __future__ import annotations

from datetime import date

import pytest

from zhifa_flow.model.identity import (
    OTHER_PAPERS,
    CodeKind,
    IdentityCode,
    birth_date,
    check_identity,
    code_kind,
)

# Region 000000 exists nowhere: right check digits, nobody's codes.
COMPANY = "91000000000000000K"
COMPANY_WITH_LETTERS = "91000000MA0000000N"
PERSON = "000000199001010018"
PERSON_X = "00000019900101019X"


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (CodeKind.USCC, COMPANY, COMPANY),
        ("统一社会信用代码", COMPANY_WITH_LETTERS.lower(), COMPANY_WITH_LETTERS),
        ("uscc", " 91000000-00000000 0K ", COMPANY),
        (CodeKind.ID_CARD, PERSON, PERSON),
        ("身份证", PERSON_X.lower(), PERSON_X),
        ("居民身份证", "０" * 6 + PERSON[6:], PERSON),
    ],
)
def test_a_right_code_comes_back_in_its_normal_form(kind: CodeKind | str, text: str, code: str) -> None:
    checked = check_identity(kind, text)

    assert (checked.text, checked.masked) == (code, False)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (CodeKind.ID_CARD, "4101**********1234", "4101**********1234"),
        (CodeKind.ID_CARD, "4101××××××××××123x", "4101**********123X"),
        (CodeKind.ID_CARD, "410100＊＊＊＊＊＊＊＊123*", "410100********123*"),
        (CodeKind.USCC, "9141**********0A1X", "9141**********0A1X"),
        (CodeKind.USCC, "*1410000MA****001X", "*1410000MA****001X"),
    ],
)
def test_a_masked_code_is_checked_in_its_shape_only(kind: CodeKind, text: str, code: str) -> None:
    checked = check_identity(kind, text)

    assert checked == IdentityCode(kind, code, masked=True)


@pytest.mark.parametrize(
    ("kind", "text", "wrong"),
    [
        (CodeKind.ID_CARD, PERSON[:-1], "居民身份证应为18位, 现为17位"),
        (CodeKind.ID_CARD, "410100900101001", "现为15位"),
        (CodeKind.ID_CARD, "4101*****1234", "现为13位"),
        (CodeKind.ID_CARD, "00000O199001010018", "第6位不能是“O”"),
        (CodeKind.ID_CARD, "0000001990010100X8", "第17位不能是“X”"),
        (CodeKind.ID_CARD, "4101**********123A", "第18位不能是“A”"),
        (CodeKind.ID_CARD, "000000199001010019", "末位校验码不符"),
        (CodeKind.ID_CARD, "000000199002300017", "第7至14位不是一个日期"),
        (CodeKind.ID_CARD, "*" * 18, "不能全部隐去"),
        (CodeKind.USCC, COMPANY + "0", "统一社会信用代码应为18位, 现为19位"),
        (CodeKind.USCC, "91000000I00000000K", "第9位不能是“I”"),
        (CodeKind.USCC, "9100000A000000000K", "第8位不能是“A”"),
        (CodeKind.USCC, "91000000000000000L", "末位校验码不符"),
        (CodeKind.USCC, "×" * 18, "不能全部隐去"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong_with_it(kind: CodeKind, text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        check_identity(kind, text)


@pytest.mark.parametrize("place", range(18))
def test_any_single_slip_in_a_person_code_is_found(place: int) -> None:
    digit = PERSON[place]
    slip = PERSON[:place] + str((int(digit) + 1) % 10) + PERSON[place + 1 :]

    with pytest.raises(ValueError, match="校验码不符"):
        check_identity(CodeKind.ID_CARD, slip)


def test_a_refusal_does_not_repeat_the_code() -> None:
    with pytest.raises(ValueError) as raised:
        check_identity(CodeKind.ID_CARD, "000000199001010019")

    assert "19900101" not in str(raised.value)


@pytest.mark.parametrize("paper", OTHER_PAPERS)
def test_other_papers_are_taken_as_they_are_written(paper: str) -> None:
    code = check_identity(paper, " E00000000 ")

    assert code == IdentityCode(CodeKind.OTHER, "E00000000", masked=False)


@pytest.mark.parametrize("text", ["E0000****", "E0000××××"])
def test_other_papers_can_be_masked(text: str) -> None:
    code = check_identity("护照", text)

    assert code.masked


def test_other_papers_must_say_something() -> None:
    with pytest.raises(ValueError, match="无法取得的, 应写明原因"):
        check_identity("无法取得", " ")


def test_an_unknown_paper_is_answered_with_those_that_can_be_named() -> None:
    with pytest.raises(ValueError, match="可以填写: 统一社会信用代码、居民身份证、其他证件"):
        code_kind("驾驶证号码")


@pytest.mark.parametrize(
    ("kind", "text", "born"),
    [
        (CodeKind.ID_CARD, PERSON, date(1990, 1, 1)),
        (CodeKind.ID_CARD, "4101001990****0018", None),
        (CodeKind.USCC, COMPANY, None),
        (CodeKind.OTHER, "E00000000", None),
    ],
)
def test_only_an_open_person_code_shows_the_day_of_birth(
    kind: CodeKind, text: str, born: date | None
) -> None:
    code = check_identity(kind, text)

    assert birth_date(code) == born
