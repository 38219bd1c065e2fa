"""Chinese numerals (数字), as statutes number their articles."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = {"千": 1000, "百": 100, "十": 10}
_LARGEST: Final = 9999

#: Every character that can stand in a numeral, for use in a pattern.
NUMERAL_CHARACTERS: Final = "零〇一二两三四五六七八九十百千"


def to_chinese(number: int) -> str:
    """The numeral as statutes write it, for 1 to 9999.

    >>> to_chinese(12), to_chinese(110), to_chinese(1003)
    ('十二', '一百一十', '一千零三')

    Raises:
        ValueError: the number is outside 1 to 9999.
    """
    if not 1 <= number <= _LARGEST:
        raise ValueError(f"只能写出1至{_LARGEST}的中文数字, 不能写出{number}")
    text, rest, gap = "", number, False
    for unit, size in (*_UNITS.items(), ("", 1)):
        digit, rest = divmod(rest, size)
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def to_int(text: str) -> int:
    """The number that a numeral stands for: ``一百零五``, the older ``一百十``, digit by digit ``一〇五``.

    >>> to_int("五十七"), to_int("两百零一"), to_int("一〇五")
    (57, 201, 105)

    Raises:
        ValueError: the text is not a numeral between one and 9999.
    """
    plain = text.replace("〇", "零").replace("两", "二")
    digits = [_DIGITS.find(character) for character in plain]
    if len(plain) > 1 and min(digits) >= 0 < digits[0]:  # 一〇五: no unit, so every character is a place
        plain = _spelled(int("".join(map(str, digits))))
    number = _sum(plain)
    # Adding up forgives any order ("百五一"); only what we would write ourselves is a numeral.
    if number is None or _spelled(number) != _usual(plain):
        raise ValueError(f"“{text}”不是1至{_LARGEST}的中文数字")
    return number


def _spelled(number: int) -> str:
    return to_chinese(number) if 1 <= number <= _LARGEST else ""


def _usual(text: str) -> str:
    usual = text.replace("百十", "百一十").replace("零十", "零一十")
    return usual.removeprefix("一") if usual.startswith("一十") else usual


def _sum(text: str) -> int | None:
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[character], 0
        elif (digit := _DIGITS.find(character)) < 0:
            return None
    return total + digit or None
