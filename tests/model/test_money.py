from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa_flow.model.money import LARGEST_FEN, capital_money, format_money, parse_money, sum_of

AMOUNTS = st.integers(0, LARGEST_FEN)
DIGITS = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
SIZES = {"拾": 10, "佰": 100, "仟": 1000}


def read_capital(text: str) -> int:
    """Reads capital numerals by adding up, independently of how they are written."""
    total = group = digit = 0
    for character in text.removesuffix("整"):
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in SIZES:
            group, digit = group + digit * SIZES[character], 0
        elif character in "万亿元":
            total += (group + digit) * {"亿": 10**8, "万": 10**4, "元": 1}[character] * 100
            group = digit = 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[character], 0
    return total


@pytest.mark.parametrize(
    "value",
    [
        "52120元", "52,120.00", "52120", "5.212万元", "5.212万", "52，120元", "￥52120.00", "¥52,120", "人民币52120元整",
        " 52 120 元", "52120圆", 52120, 52120.0, Decimal(52120), Decimal("5.212E4"), "0.0005212亿元",
    ],
)  # fmt: skip
def test_every_way_of_writing_an_amount_gives_the_same(value: object) -> None:
    fen = parse_money(value)

    assert fen == 52_120_00


@pytest.mark.parametrize(
    ("value", "fen"), [("0.01", 1), (0.29, 29), ("1.5", 150), (0, 0), ("0.000001万元", 1)]
)
def test_the_smallest_unit_is_exact(value: object, fen: int) -> None:
    read = parse_money(value)

    assert read == fen


@pytest.mark.parametrize("value", ["1.001", 0.001, "0.0000001万元", Decimal("1.005")])
def test_fractions_of_a_fen_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="最小到分"):
        parse_money(value)


@pytest.mark.parametrize("value", ["-5", "负5元", -1, -0.5, Decimal(-1)])
def test_negative_amounts_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="不能是负数"):
        parse_money(value)


@pytest.mark.parametrize(
    "value",
    [
        "", "元", "五万元", "1,00元", "1,2345", "5万2千", "5 dollars", "1.2.3", None, True, [], float("nan"), float("inf"),
        Decimal("NaN"), "0x10", "1e5", "5%",
    ],
)  # fmt: skip
def test_nonsense_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="不是金额"):
        parse_money(value)


@pytest.mark.parametrize("value", ["10000亿元", 10**12])
def test_more_than_can_be_written_out_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="金额应在0至1,000,000,000,000元之间"):
        parse_money(value)


@given(AMOUNTS)
def test_figures_read_back(fen: int) -> None:
    text = format_money(fen)

    assert parse_money(text) == fen


@given(AMOUNTS)
def test_capital_numerals_read_back(fen: int) -> None:
    text = capital_money(fen)

    assert read_capital(text) == fen
    assert "零零" not in text


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"), (5, "伍分"), (50, "伍角整"), (55, "伍角伍分"), (10_00, "壹拾元整"), (16_409_02, "壹万陆仟肆佰零玖元零贰分"),
        (1_680_32, "壹仟陆佰捌拾元叁角贰分"), (107_000_53, "壹拾万柒仟元伍角叁分"), (100_000_005_00, "壹亿零伍元整"),
        (1_000_10, "壹仟元壹角整"), (100_500_00, "壹拾万零伍佰元整"), (1_010_00, "壹仟零壹拾元整"), (11_000_00, "壹万壹仟元整"),
        (10_999_00, "壹万零玖佰玖拾玖元整"),
    ],
)  # fmt: skip
def test_capital_numerals_follow_the_rules_for_bills(fen: int, text: str) -> None:
    written = capital_money(fen)

    assert written == text


@pytest.mark.parametrize(
    ("figures", "published"),
    # Fines of published decisions, in figures and in words; 整 is left out at will there, never here.
    [
        ("52120", "伍万贰仟壹佰贰拾元"), ("5486", "伍仟肆佰捌拾陆元整"), ("162300", "拾陆万贰仟叁佰元整"),
        ("1000", "壹仟元整"), ("98000", "玖万捌仟元"),
    ],
)  # fmt: skip
def test_capital_numerals_agree_with_published_decisions(figures: str, published: str) -> None:
    written = capital_money(parse_money(figures))

    canonical = published.removesuffix("整") + "整"
    assert written == (f"壹{canonical}" if canonical.startswith("拾") else canonical)


@pytest.mark.parametrize("write", [format_money, capital_money])
@pytest.mark.parametrize("fen", [-1, LARGEST_FEN + 1])
def test_impossible_amounts_are_not_written(write: object, fen: int) -> None:
    assert callable(write)

    with pytest.raises(ValueError, match="金额应在"):
        write(fen)


def test_a_column_of_money_adds_up_whatever_rows_leave_it_empty() -> None:
    rows: list[dict[str, object]] = [{"amount": 100, "part": 1}, {"amount": None, "part": 2}, {"part": 3}]

    assert sum_of(rows) == 100
    assert sum_of(rows, "part") == 6
    assert sum_of([]) == 0
