from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa_flow.model.period import Length, Span, Unit


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("7工作日", Length(7, Unit.WORKDAY)),
        ("7个工作日", Length(7, Unit.WORKDAY)),
        (" 10 個工作日 ", Length(10, Unit.WORKDAY)),
        ("90日", Length(90, Unit.DAY)),
        ("90天", Length(90, Unit.DAY)),
        ("90自然日", Length(90, Unit.DAY)),
        ("90个自然日", Length(90, Unit.DAY)),
        ("6月", Length(6, Unit.MONTH)),
        ("6个月", Length(6, Unit.MONTH)),
        ("2年", Length(2, Unit.YEAR)),
        ("24小时", Length(24, Unit.HOUR)),
        ("24个小时", Length(24, Unit.HOUR)),
        ("5workday", Length(5, Unit.WORKDAY)),
        ("５工作日", Length(5, Unit.WORKDAY)),
    ],
)
def test_a_length_is_understood_as_people_write_it(text: str, length: Length) -> None:
    assert Length.parse(text) == length


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (Length(5, Unit.WORKDAY), "5个工作日"),
        (Length(90, Unit.DAY), "90日"),
        (Length(6, Unit.MONTH), "6个月"),
        (Length(2, Unit.YEAR), "2年"),
        (Length(24, Unit.HOUR), "24小时"),
    ],
)
def test_a_length_reads_as_a_statute_writes_it(length: Length, text: str) -> None:
    assert str(length) == text


@given(st.integers(1, 999_999), st.sampled_from(Unit))
def test_what_a_length_says_of_itself_can_be_read_back(count: int, unit: Unit) -> None:
    length = Length(count, unit)

    again = Length.parse(str(length))

    assert again == length


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "应写成数字加单位"),
        ("七工作日", "应写成数字加单位"),
        ("7", "应写成数字加单位"),
        ("7.5日", "不认识期限单位“.5日”"),
        ("7工作天", "是否指: 工作日"),
        ("7fortnight", "可用的单位: 工作日、日、月、年、小时"),
        ("1234567日", "过长"),
        ("0日", "至少为1"),
        ("0工作日", "至少为1"),
        ("-3日", "至少为1"),
    ],
)
def test_a_length_that_cannot_be_understood_is_named_in_chinese(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="期限") as wrong:
        Length.parse(text)

    assert says in str(wrong.value)


def test_an_unknown_unit_that_resembles_nothing_is_answered_without_a_guess() -> None:
    with pytest.raises(ValueError, match="不认识期限单位“fortnight”; 可用的单位"):
        Unit.parse("fortnight")


def test_no_days_at_all_stand_for_a_fixed_date_but_no_other_unit_may_be_zero() -> None:
    assert Length(0, Unit.DAY).count == 0

    for unit in set(Unit) - {Unit.DAY}:
        with pytest.raises(ValueError, match="至少为1"):
            Length(0, unit)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-01-01..2024-01-05", date(2024, 1, 1), date(2024, 1, 5)),
        ("2024-01-01 至 2024-01-05", date(2024, 1, 1), date(2024, 1, 5)),
        ("2024-01-01", date(2024, 1, 1), date(2024, 1, 1)),
    ],
)
def test_a_span_is_understood_as_people_write_it(text: str, first: date, last: date) -> None:
    assert Span.parse(text) == Span(first, last)


def test_a_span_holds_both_its_ends_and_reads_back() -> None:
    span = Span(date(2024, 1, 1), date(2024, 1, 5))

    inside = [date(2024, 1, number) in span for number in (1, 5, 6)]

    assert inside == [True, True, False]
    assert span.days == 5
    assert Span.parse(str(span)) == span


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2024-01-05..2024-01-01", "早于首日"),
        ("2024-13-01..2024-01-05", "看不懂期间“2024-13-01..2024-01-05”中的日期“2024-13-01”"),
        ("2024-01-01..明天", "日期“明天”"),
        ("", "应写成: 2024-01-01..2024-01-05"),
    ],
)
def test_a_span_that_cannot_be_understood_is_named_in_chinese(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="期间") as wrong:
        Span.parse(text)

    assert says in str(wrong.value)
