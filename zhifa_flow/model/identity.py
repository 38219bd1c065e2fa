"""An identity code (证件号码): checked as far as the code itself allows, before anybody is fined under it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from stdnum.cn import ric, uscc

from zhifa_flow.model.term import Term

_LENGTH: Final = 18
_MASK: Final = "*"
_USCC_LETTERS: Final = re.compile(r"[0-9A-HJ-NP-RTUW-Y]")  # GB 32100: no I, O, S, V, Z
_DIGIT: Final = re.compile(r"[0-9]")
_DIGIT_OR_X: Final = re.compile(r"[0-9X]")
_REGION: Final = 8  # places 1-8 of a credit code are digits in practice: 机构、类别、行政区划


class CodeKind(Term):
    """What kind of code a party is known by."""

    USCC = "uscc", "统一社会信用代码"
    ID_CARD = "id_card", "居民身份证"
    OTHER = "other", "其他证件"


#: Papers whose numbers carry no check digit that we know, and the case that there is none.
OTHER_PAPERS: Final = (
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "港澳居民居住证",
    "台湾居民居住证",
    "外国人永久居留身份证",
    "无法取得",
)
_OTHER_NAMES: Final = {
    **dict.fromkeys(("居民身份证号码", "公民身份号码", "身份证", "身份证号", "身份证号码"), CodeKind.ID_CARD),
    **dict.fromkeys(OTHER_PAPERS, CodeKind.OTHER),
}


@dataclass(frozen=True, slots=True)
class IdentityCode:
    """A code that passed; ``masked`` ones only in their shape, so that they identify nobody for certain."""

    kind: CodeKind
    text: str
    masked: bool


def code_kind(name: str) -> CodeKind:
    """The kind that a key or the Chinese name of a paper stands for.

    Raises:
        ValueError: no such paper; says which can be named.
    """
    return _OTHER_NAMES.get(name.strip()) or CodeKind.read(name)


def check_identity(kind: CodeKind | str, text: str) -> IdentityCode:
    """The code in its normal form, once length, characters and check digit are right.

    Codes with masked places (``*`` or ``×``), as published decisions carry them, are checked in shape only.
    For papers of kind ``other`` the text, or the reason why there is no code, must be there.

    Raises:
        ValueError: what is wrong with it, in Chinese, without repeating the code.
    """
    known = code_kind(kind)
    if known is CodeKind.OTHER:
        return _other(text)
    code = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper().replace("×", _MASK)
    if len(code) != _LENGTH:
        raise ValueError(f"{known.chinese}应为{_LENGTH}位, 现为{len(code)}位")
    _check_characters(known, code)
    masked = _MASK in code
    if not masked:
        _check_digit(known, code)
    elif set(code) == {_MASK}:
        raise ValueError(f"{known.chinese}不能全部隐去; 无法取得的, 应写明原因")
    return IdentityCode(known, code, masked)


def birth_date(code: IdentityCode) -> date | None:
    """The day of birth that an unmasked 居民身份证 shows, else None."""
    if code.kind is not CodeKind.ID_CARD or code.masked:
        return None
    return date(int(code.text[6:10]), int(code.text[10:12]), int(code.text[12:14]))


def _other(text: str) -> IdentityCode:
    if not text.strip():
        raise ValueError("其他证件应写明号码; 无法取得的, 应写明原因")
    return IdentityCode(CodeKind.OTHER, text.strip(), _MASK in text or "×" in text)


def _check_characters(kind: CodeKind, code: str) -> None:
    for place, character in enumerate(code, start=1):
        if character != _MASK and not _allowed(kind, place).fullmatch(character):
            raise ValueError(f"{kind.chinese}第{place}位不能是“{character}”, {_rule(kind)}")


def _allowed(kind: CodeKind, place: int) -> re.Pattern[str]:
    if kind is CodeKind.ID_CARD:
        return _DIGIT_OR_X if place == _LENGTH else _DIGIT
    return _DIGIT if place <= _REGION else _USCC_LETTERS


def _rule(kind: CodeKind) -> str:
    if kind is CodeKind.ID_CARD:
        return "前17位为数字, 末位为数字或X; 隐去的位用*"
    return f"前{_REGION}位为数字, 其后为数字或大写字母(不用I、O、S、V、Z); 隐去的位用*"


def _check_digit(kind: CodeKind, code: str) -> None:
    # ric.validate would also look the birth place up in a list that misses abolished counties: not a ground
    # for turning anybody away.
    module = ric if kind is CodeKind.ID_CARD else uscc
    if module.calc_check_digit(code) != code[-1]:
        raise ValueError(f"{kind.chinese}的末位校验码不符, 请与证件原件核对每一位")
    if kind is CodeKind.ID_CARD:
        try:
            date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
        except ValueError:
            raise ValueError(f"{kind.chinese}第7至14位不是一个日期") from None
