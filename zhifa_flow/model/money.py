"""Money (金额): whole 分, read from what people write and written as documents ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

#: Beyond this the capital form would need a unit above 亿; no fine comes near it.
LARGEST_FEN: Final = 10**14 - 1

_POWERS: Final = {"": 0, "元": 0, "圆": 0, "万": 4, "万元": 4, "亿": 8, "亿元": 8}
_FORM: Final = re.compile(
    r"(?:人民币)?[¥￥]?(?P<sign>[-负]?)(?P<whole>\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.(?P<part>\d+))?"
    r"(?P<unit>亿元?|万元?|元|圆|)整?",
)
_CAPITALS: Final = "零壹贰叁肆伍陆柒捌玖"


def parse_money(value: object) -> int:
    """The amount in 分. A bare number means 元; ``52120元``, ``52,120.00`` and ``5.212万元`` are the same.

    >>> parse_money("5.212万元"), parse_money(52120), parse_money("52,120.00")
    (5212000, 5212000, 5212000)

    Raises:
        ValueError: no amount, a negative one, a fraction of a 分, or more than we can write out.
    """
    match = _FORM.fullmatch(_plain(value))
    if match is None:
        raise ValueError(f"“{value}”不是金额, 应写成如52120元、52,120.00、5.212万元")
    if match["sign"]:
        raise ValueError(f"金额不能是负数: “{value}”")
    power = _POWERS[match["unit"]] + 2
    part = match["part"] or ""
    if len(part) > power:
        raise ValueError(f"金额最小到分: “{value}”不足一分的部分应去掉")
    return _within(int(re.sub(r"\D", "", match["whole"]) + part.ljust(power, "0")))


def format_money(fen: int) -> str:
    """The amount in figures: ``52,120.00元``.

    Raises:
        ValueError: the amount is negative or too large.
    """
    yuan, rest = divmod(_within(fen), 100)
    return f"{yuan:,}.{rest:02}元"


def capital_money(fen: int) -> str:
    """The amount in capital numerals (大写), as a decision and a receipt write it.

    One form for each amount: 整 after 元 and 角, one 零 for a gap inside a group of four places.

    >>> capital_money(5212000), capital_money(1640902)
    ('伍万贰仟壹佰贰拾元整', '壹万陆仟肆佰零玖元零贰分')

    Raises:
        ValueError: the amount is negative or too large.
    """
    yuan, rest = divmod(_within(fen), 100)
    jiao, last = divmod(rest, 10)
    text = f"{_capital(yuan)}元" if yuan or not rest else ""
    if jiao:
        text += f"{_CAPITALS[jiao]}角"
    elif last and yuan:
        text += "零"
    return text + (f"{_CAPITALS[last]}分" if last else "整")


def _plain(value: object) -> str:
    if isinstance(value, str):
        return re.sub(r"\s", "", value)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return ""
    # str of a float is the shortest decimal that reads back the same, i.e. what was typed.
    return f"{Decimal(str(value)):f}"


def _within(fen: int) -> int:
    if not 0 <= fen <= LARGEST_FEN:
        raise ValueError(f"金额应在0至{LARGEST_FEN // 100 + 1:,}元之间")
    return fen


def _capital(yuan: int) -> str:
    text = ""
    for unit, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        group = yuan // size % 10**4
        if group:
            gap = text and group < 1000
            text += ("零" if gap else "") + _group(group) + unit
    return text or "零"


def _group(number: int) -> str:
    """Four places: 1 to 9999."""
    text, rest, gap = "", number, False
    for unit, size in (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1)):
        digit, rest = divmod(rest, size)
        if digit:
            text += ("零" if gap and text else "") + _CAPITALS[digit] + unit
        gap = not digit
    return text


def sum_of(rows: Iterable[Mapping[str, object]], column: str = "amount") -> int:
    """The sum in 分 of a column of money; a row that leaves it empty adds nothing."""
    return sum(int(str(row.get(column) or 0)) for row in rows)
