from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from zhifa_flow.model.calendar import CalendarYear


def year(**parts: Any) -> CalendarYear:
    return CalendarYear.model_validate({"year": 2024, "notice": "关于2024年放假安排的通知"} | parts)


def problems(**parts: Any) -> str:
    with pytest.raises(ValidationError) as wrong:
        year(**parts)
    return str(wrong.value)


def test_a_run_of_days_off_holds_both_its_ends() -> None:
    spring = {"name": "春节", "from": date(2024, 2, 10), "to": date(2024, 2, 12)}

    holds = year(holidays=[spring], workdays=[date(2024, 2, 4)]).arrangement()

    assert sorted(holds.off) == [date(2024, 2, number) for number in (10, 11, 12)]
    assert set(holds.off.values()) == {"春节"}
    assert holds.made_up == {date(2024, 2, 4)}


def test_a_change_counts_from_the_day_it_was_announced() -> None:
    change = {
        "notice": "调整",
        "announced": date(2024, 3, 20),
        "holidays": [{"name": "劳动节", "from": date(2024, 5, 2), "to": date(2024, 5, 4)}],
        "workdays": [date(2024, 4, 28)],
        "cancels": [date(2024, 5, 11)],
    }
    changed = year(
        holidays=[{"name": "劳动节", "date": date(2024, 5, 1)}],
        workdays=[date(2024, 5, 11)],
        amendments=[change],
    )

    before, after = (changed.arrangement(date(2024, 3, day)) for day in (19, 20))

    assert sorted(before.off) == [date(2024, 5, 1)]
    assert before.made_up == {date(2024, 5, 11)}
    assert sorted(after.off) == [date(2024, 5, day) for day in (1, 2, 3, 4)]
    assert after.made_up == {date(2024, 4, 28)}
    assert changed.arrangement() == after


def test_a_change_can_take_a_day_off_away() -> None:
    change = {"notice": "调整", "announced": date(2024, 3, 20), "cancels": [date(2024, 5, 2)]}

    holds = year(
        holidays=[{"name": "劳动节", "from": date(2024, 5, 1), "to": date(2024, 5, 2)}], amendments=[change]
    ).arrangement()

    assert list(holds.off) == [date(2024, 5, 1)]


def test_a_notice_knows_every_day_it_speaks_of() -> None:
    change = {
        "notice": "调整",
        "announced": date(2024, 3, 20),
        "holidays": [{"name": "劳动节", "date": date(2024, 5, 2)}],
        "workdays": [date(2024, 4, 28)],
        "cancels": [date(2024, 5, 11)],
    }

    amendment = year(workdays=[date(2024, 5, 11)], amendments=[change]).amendments[0]

    assert amendment.days == {date(2024, 5, 2), date(2024, 4, 28), date(2024, 5, 11)}


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"from": date(2024, 5, 1)},
        {"to": date(2024, 5, 1)},
        {"date": date(2024, 5, 1), "to": date(2024, 5, 2)},
        {"date": date(2024, 5, 1), "from": date(2024, 5, 1), "to": date(2024, 5, 2)},
    ],
)
def test_a_holiday_is_one_day_or_a_run(days: dict[str, date]) -> None:
    assert "应当只写 date, 或者同时写 from 和 to" in problems(holidays=[{"name": "劳动节"} | days])


def test_a_holiday_that_ends_before_it_begins_is_refused() -> None:
    said = problems(holidays=[{"name": "劳动节", "from": date(2024, 5, 3), "to": date(2024, 5, 1)}])

    assert "“劳动节”的末日2024-05-01早于首日2024-05-03" in said


MAY_DAY = {"name": "劳动节", "date": date(2024, 5, 1)}


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"year": 2003}, "年份2003不在2004年至2100年之内"),
        ({"year": 2101}, "年份2101不在2004年至2100年之内"),
        (
            {"holidays": [{"name": "元旦", "date": date(2025, 1, 1)}]},
            "2025-01-01不在2024年, 应当写进2025年的文件",
        ),
        ({"workdays": [date(2023, 12, 31)]}, "2023-12-31不在2024年"),
        ({"holidays": [MAY_DAY, MAY_DAY]}, "2024-05-01已经安排放假(劳动节), 又安排了一次"),
        ({"workdays": [date(2024, 5, 11), date(2024, 5, 11)]}, "2024-05-11已经安排调休上班, 又安排了一次"),
        (
            {"holidays": [{"name": "端午节", "date": date(2024, 6, 8)}], "workdays": [date(2024, 6, 8)]},
            "2024-06-08已经安排放假(端午节), 又安排了一次",
        ),
        ({"workdays": [date(2024, 5, 10)]}, "2024-05-10不是周六或者周日, 不能列为调休上班日"),
        ({"cancels": [date(2024, 5, 11)], "workdays": [date(2024, 5, 11)]}, "cancels 只能写在 amendments 里"),
        (
            {
                "amendments": [
                    {"notice": "调整", "announced": date(2024, 3, 1), "cancels": [date(2024, 5, 11)]}
                ]
            },
            "2024-05-11没有放假或者上班的安排, 无从取消",
        ),
        (
            {
                "announced": date(2024, 4, 1),
                "amendments": [{"notice": "调整", "announced": date(2024, 3, 1)}],
            },
            "应当按 announced 的先后排列",
        ),
    ],
)
def test_contradictory_arrangements_are_refused(parts: dict[str, Any], says: str) -> None:
    assert says in problems(**parts)


def test_every_contradiction_is_named_at_once() -> None:
    said = problems(holidays=[MAY_DAY, MAY_DAY], workdays=[date(2024, 5, 10), date(2025, 1, 4)])

    assert all(day in said for day in ("2024-05-01已经", "2024-05-10不是", "2025-01-04不在"))
