from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa_flow.model.numerals import to_chinese, to_int


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (57, "五十七"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (111, "一百一十一"), (1000, "一千"), (1003, "一千零三"), (1010, "一千零一十"),
        (1259, "一千二百五十九"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_statutes_write_it(number: int, text: str) -> None:
    written = to_chinese(number)

    assert written == text


@given(st.integers(1, 9999))
def test_what_is_written_reads_back(number: int) -> None:
    text = to_chinese(number)

    assert to_int(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一十二", 12), ("两百", 200), ("二〇一", 201), ("一〇五", 105), ("一百〇五", 105), ("一百十", 110),
        ("一百十二", 112), ("一千零十", 1010), ("二〇二六", 2026),
    ],
)  # fmt: skip
def test_other_usual_spellings_are_understood(text: str, number: int) -> None:
    read = to_int(text)

    assert read == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "零",
        "百五一",
        "一百五",
        "十十",
        "五七十",
        "一千三",
        "万",
        "甲",
        "57",
        "零五",
        "〇〇",
        "一二三四五",
        "一百零零五",
    ],
)
def test_what_is_not_a_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="中文数字"):
        to_int(text)


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_numbers_outside_one_to_9999_are_not_written(number: int) -> None:
    with pytest.raises(ValueError, match="1至9999"):
        to_chinese(number)
