from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from zhifa_flow.model.clock import Clock, ClockFile, DatedLength
from zhifa_flow.model.period import Length, Roll, Unit

FACTS: dict[str, Any] = {
    "name": "某期限", "start": "某日", "owner": "agency", "expiry": "overdue", "effect": "逾期", "basis": ["甲法第一条"],
}  # fmt: skip
OLD, NEW = {"length": "3日", "to": date(2021, 7, 14)}, {"length": "5工作日", "from": date(2021, 7, 15)}
HOURS = {"length": "24小时"}
BACK = {"length": "7工作日", "direction": "before"}


def clock(**facts: Any) -> Clock:
    raw = FACTS | ({} if facts.keys() & {"row", "daily", "length"} else {"length": "5日"}) | facts
    return Clock.model_validate(raw)


# The length.


@pytest.mark.parametrize(
    ("facts", "length", "said"),
    [
        ({"length": "5工作日"}, Length(5, Unit.WORKDAY), "5个工作日"),
        ({"length": "当日"}, Length(0, Unit.DAY), "当日"),
        ({"length": Length(2, Unit.YEAR)}, Length(2, Unit.YEAR), "2年"),
        (BACK, Length(7, Unit.WORKDAY), "7个工作日前"),
        ({"length": "当日", "fixed": "01-31"}, Length(0, Unit.DAY), "至01-31"),
        ({"length": "34日", "daily": "百分之三"}, Length(34, Unit.DAY), "34日"),
        ({"row": [OLD, NEW]}, Length(5, Unit.WORKDAY), "3日(至2021-07-14)、5个工作日(2021-07-15起)"),
        ({"row": [OLD | {"length": "5工作日"}, NEW]}, Length(5, Unit.WORKDAY), "5个工作日"),
    ],
)
def test_a_length_is_read_and_said(facts: dict[str, Any], length: Length, said: str) -> None:
    stated = clock(**facts).on(date(2026, 3, 2))

    assert stated
    assert stated.length == length
    assert clock(**facts).said == said


def test_what_only_accrues_has_no_length() -> None:
    accrues = clock(daily="万分之五")

    assert accrues.on(date(2026, 3, 2)) is None
    assert accrues.lengths == ()
    assert accrues.said == "按日(万分之五)"


@pytest.mark.parametrize(
    ("facts", "known"),
    [
        ({"length": "5日"}, (True, True)),
        ({"length": "5日", "from": date(2012, 1, 1)}, (False, True)),
        ({"daily": "万分之五", "from": date(2012, 1, 1)}, (False, True)),
        ({"daily": "万分之五"}, (True, True)),
        ({"row": [OLD, NEW]}, (True, True)),
        ({"row": [{"length": "3日", "from": date(2012, 1, 1)}]}, (False, True)),
    ],
)
def test_what_held_before_its_first_day_is_not_known(facts: dict[str, Any], known: tuple[bool, bool]) -> None:
    stated = clock(**facts)

    assert (stated.covers(date(2011, 12, 31)), stated.covers(date(2012, 1, 1))) == known


@pytest.mark.parametrize(
    ("facts", "waited_for"),
    [
        ({}, False),
        ({"expiry": "deemed"}, False),
        ({"expiry": "deemed", "waits": True}, True),
        ({"expiry": "may_proceed"}, True),
    ],
)
def test_of_some_periods_only_the_end_counts(facts: dict[str, Any], waited_for: bool) -> None:
    assert clock(**facts).waited_for is waited_for


@pytest.mark.parametrize(
    ("day", "length"),
    [
        (date(1990, 1, 1), "3日"), (date(2021, 7, 14), "3日"), (date(2021, 7, 15), "5个工作日"), (date(2099, 1, 1), "5个工作日"),
    ],
)  # fmt: skip
def test_the_length_is_that_of_the_day_of_the_event(day: date, length: str) -> None:
    stated = clock(row=[OLD, NEW]).on(day)

    assert stated
    assert str(stated.length) == length


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (None, None, 2),
        (date(2021, 7, 15), None, 1),
        (date(2021, 7, 14), None, 2),
        (None, date(2021, 7, 14), 1),
        (None, date(2021, 7, 15), 2),
    ],
)
def test_lengths_within_a_time_are_all_that_hold_on_some_day_of_it(
    first: date | None, last: date | None, count: int
) -> None:
    assert len(clock(row=[OLD, NEW]).within(first, last)) == count


def test_a_dated_length_says_when_it_holds() -> None:
    both = DatedLength.model_validate(
        {"length": "3日", "from": date(2020, 1, 1), "to": date(2020, 12, 31)},
    )

    assert str(both) == "3日(2020-01-01起至2020-12-31)"
    assert str(DatedLength(length=Length(3, Unit.DAY))) == "3日"


# Rolling.


@pytest.mark.parametrize(
    ("facts", "rolls"),
    [
        ({"owner": "party"}, True),
        ({"owner": "agency"}, False),
        ({"owner": "officer"}, False),
        ({"owner": "party", "roll": "none"}, False),
        ({"owner": "agency", "roll": "forward"}, True),
        ({"owner": "party", **BACK}, False),
        ({"owner": "party", **HOURS}, False),
    ],
)
def test_a_party_s_period_rolls_and_an_agency_s_does_not_unless_it_is_said(
    facts: dict[str, Any], rolls: bool
) -> None:
    assert clock(**facts).rolls is rolls


# A date fixed in the year.


@pytest.mark.parametrize(
    ("day", "event"),
    [
        (date(2025, 12, 31), date(2026, 1, 31)),
        (date(2026, 1, 31), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2027, 1, 31)),
        (date(2028, 2, 29), date(2029, 1, 31)),
    ],
)
def test_a_fixed_date_is_the_next_one(day: date, event: date) -> None:
    assert clock(length="当日", fixed="01-31").event(day) == event


def test_without_a_fixed_date_the_event_is_the_day_itself() -> None:
    assert clock().event(date(2026, 3, 2)) == date(2026, 3, 2)


# What does not hold together.


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"length": None}, "应当写明 length(长度)或者分时段的 row"),
        ({"length": "5日", "row": [OLD, NEW]}, "二者只取其一"),
        ({"row": [OLD], "daily": "万分之五"}, "二者只取其一"),
        ({"fixed": "01-31"}, "固定日期(fixed)的长度应为“当日”"),
        ({"row": [OLD, NEW], "fixed": "01-31"}, "固定日期(fixed)的长度应为“当日”"),
        ({"fixed": "02-29", "length": "当日"}, "不是每年都有的一天"),
        ({"fixed": "1月31日", "length": "当日"}, "不是每年都有的一天"),
        ({"limb": "grave"}, "却没有写明 table"),
        ({"row": [OLD, NEW], "from": date(2012, 1, 1)}, "不再写 from"),
        ({"row": [OLD, NEW | {"from": date(2021, 7, 16)}]}, "应当自其止日的次日起"),
        ({"row": [NEW, OLD]}, "应当自其止日的次日起"),
        (BACK | {"roll": "forward"}, "没有顺延"),
        (HOURS | {"roll": "forward"}, "没有顺延"),
        (BACK | {"extension": {"length": "5日", "approver": "负责人"}}, "不能延长"),
        (HOURS | {"extension": {"length": "5日", "approver": "负责人"}}, "不能延长"),
        (HOURS | {"direction": "before"}, "以小时计的期限不能向前倒数"),
        ({"basis": []}, "没有依据"),
        ({"length": "5天半"}, "天半"),
        ({"length": "0日"}, "至少为1"),
        ({"expiry": "gone"}, "expiry"),
        ({"offset": 1}, "offset"),
    ],
)
def test_what_contradicts_itself_is_refused(facts: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as raised:
        clock(**facts)

    assert said in str(raised.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ValidationError) as raised:
        clock(basis=[], limb="x", roll="forward", **BACK)

    told = str(raised.value)
    assert all(said in told for said in ("没有依据", "却没有写明 table", "没有顺延"))


@pytest.mark.parametrize(
    "facts",
    [
        {"basis": [], "gap": "法律没有规定"}, {"basis": [], "policy": "本系统的口径"},
        {"basis": [], "row": [OLD | {"basis": ["甲法第一条"]}, NEW]}, {"row": [OLD, NEW], "table": "t", "limb": "x"},
        {"extension": {"length": "10日", "approver": "负责人"}}, {"roll": Roll.FORWARD},
    ],
)  # fmt: skip
def test_what_holds_together_is_taken(facts: dict[str, Any]) -> None:
    assert clock(**facts).name == "某期限"


def test_a_file_holds_clocks_by_key() -> None:
    raw = {
        "schema": "zhifa-clocks/1",
        "id": "pen",
        "name": "处罚",
        "clock": {"decide": FACTS | {"length": "90日"}},
    }

    book = ClockFile.model_validate(raw)

    assert book.clock["decide"].units == {Unit.DAY}
