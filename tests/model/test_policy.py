"""A declared policy: what a row may say, and how it is found and applied."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from zhifa_flow.model.errors import NotFound
from zhifa_flow.model.period import Direction, Length, Unit
from zhifa_flow.model.policy import Example, Policy, PolicyTable

RAW: dict[str, Any] = {
    "id": "some_roll", "kind": "switch", "name": "某期限", "question": "是否顺延?", "answer": "不顺延。", "reason": "从严。",
    "safe": "提前办理。", "gap": "法律没有规定", "roll": "none",
}  # fmt: skip


def row(**changes: Any) -> Policy:
    return Policy.model_validate({key: value for key, value in (RAW | changes).items() if value is not None})


def table(*rows: dict[str, Any]) -> PolicyTable:
    raw = {"schema": "zhifa-policies/1", "name": "口径", "declared": date(2026, 11, 20), "policy": list(rows)}
    return PolicyTable.model_validate(raw)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gap": None}, "没有依据(basis), 也没有说明法律空白(gap)"),
        ({"from": date(2026, 2, 1), "to": date(2026, 1, 1)}, "截止日期2026-01-01早于起始日期2026-02-01"),
        ({"roll": None}, "switch 应当写明 roll 或者 value"),
        ({"kind": "reading"}, "switch 应当写明 roll 或者 value, reading 不写"),
        ({"roll": "forward", "direction": "before"}, "向前倒数的期限没有顺延"),
        ({"value": "a"}, "应当是 of 所列的一项"),
        ({"of": ["a"]}, "应当是 of 所列的一项: a"),
        ({"value": "c", "of": ["a", "b"]}, "value“c”应当是 of 所列的一项: a、b"),
        ({"kind": "opinion"}, "switch"),
        ({"clocks": ["nothing"]}, "pattern"),
    ],
)
def test_a_row_that_does_not_hold_together_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match="Policy") as refused:
        row(**changes)

    assert said in str(refused.value)


def test_all_mistakes_of_a_row_are_told_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        row(gap=None, roll=None)

    assert "some_roll: 没有依据" in str(refused.value)
    assert "some_roll: switch" in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"kind": "reading", "roll": None}, False),
        ({"roll": None, "value": "a", "of": ["a"]}, False),
    ],
)
def test_only_a_row_with_a_roll_says_how_to_count(changes: dict[str, Any], counts: bool) -> None:
    assert row(**changes).counts is counts


@pytest.mark.parametrize(
    ("first", "last", "day", "applies"),
    [
        (None, None, date(2004, 1, 1), True),
        (date(2026, 1, 1), None, date(2025, 12, 31), False),
        (date(2026, 1, 1), None, date(2026, 1, 1), True),
        (None, date(2026, 1, 1), date(2026, 1, 1), True),
        (None, date(2026, 1, 1), date(2026, 1, 2), False),
    ],
)
def test_a_dated_row_speaks_for_its_days_alone(
    first: date | None, last: date | None, day: date, applies: bool
) -> None:
    assert row(**{"from": first, "to": last}).applies(day) is applies


@pytest.mark.parametrize(
    ("unit", "typed", "meant"),
    [
        (None, "3日", "3日"), (None, "3月", "3个月"), ("day", "3日", "3日"), ("workday", "3日", "3个工作日"),
        ("workday", "3工作日", "3个工作日"),
    ],
)  # fmt: skip
def test_a_bare_day_is_of_the_unit_of_the_row(unit: str | None, typed: str, meant: str) -> None:
    assert str(row(unit=unit).measured(Length.parse(typed))) == meant


def test_another_unit_than_that_of_the_row_is_refused() -> None:
    with pytest.raises(ValueError, match="口径“某期限”以日计, 不能用于3个工作日"):
        row(unit="day").measured(Length(3, Unit.WORKDAY))


def test_a_row_is_found_by_its_id_and_by_its_name() -> None:
    one = table(RAW)

    assert one.find("some_roll") is one.find("某期限") is one.policy[0]


def test_a_name_that_no_row_bears_is_answered_with_close_ones() -> None:
    with pytest.raises(NotFound, match="没有名为“some_rol”的口径, 是否指: some_roll"):
        table(RAW).find("some_rol")


@pytest.mark.parametrize("changes", [{"name": "另一期限"}, {"id": "other_roll"}])
def test_two_rows_never_bear_one_name(changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="口径的编号或者名称重复"):
        table(RAW, RAW | changes)


@pytest.mark.parametrize(
    ("more", "direction", "said"),
    [
        ({}, Direction.AFTER, "2026-09-04起30日, 至2026-10-04"),
        ({"safe": date(2026, 10, 4)}, Direction.AFTER, "2026-09-04起30日, 至2026-10-04"),
        ({"safe": date(2026, 9, 30)}, Direction.AFTER, "2026-09-04起30日, 至2026-10-04, 稳妥日2026-09-30"),
        ({}, Direction.BEFORE, "2026-09-04前30日, 最迟2026-10-04"),
        (
            {"exclude": ["2026-09-05", "2026-09-07"], "acts_from": date(2026, 10, 5), "note": "国庆节"},
            Direction.AFTER,
            "2026-09-04起30日, 扣除2026-09-05、2026-09-07, 至2026-10-04, 2026-10-05起可以办理, 国庆节",
        ),
    ],
)
def test_an_example_is_told_in_chinese(more: dict[str, Any], direction: Direction, said: str) -> None:
    raw = {"start": date(2026, 9, 4), "length": "30日", "due": date(2026, 10, 4), **more}

    assert Example.model_validate(raw).told(direction) == said


def test_a_length_is_written_back_as_a_statute_writes_it() -> None:
    raw = {"start": date(2026, 9, 4), "length": "3月", "due": date(2026, 12, 4)}

    assert Example.model_validate(raw).model_dump(mode="json")["length"] == "3个月"
