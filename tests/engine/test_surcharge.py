"""Money that grows by the day: at each boundary, and against a counter that goes day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa_flow.engine.surcharge import FINE_RATE, LATE_RATE, PARTS, Surcharge, explained, surcharge
from zhifa_flow.model.period import Span

DUE = date(2026, 3, 16)
FINE = 100_00


def fine(on: date, **settings: object) -> Surcharge:
    return surcharge(FINE, DUE, on, **{"rate": FINE_RATE, **settings})  # type: ignore[arg-type]


def after(days: int) -> date:
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "amount", "counted", "capped_on"),
    [
        (-1, 0, 0, None), (0, 0, 0, None), (1, 3_00, 1, None), (2, 6_00, 2, None), (33, 99_00, 33, None),
        (34, 100_00, 34, after(34)), (35, 100_00, 34, after(34)), (4000, 100_00, 34, after(34)),
    ],
    ids=["before", "due", "day after", "two", "33rd", "34th: the cap", "35th", "years later"],
)  # fmt: skip
def test_three_per_cent_from_the_day_after_up_to_the_fine(
    days: int, amount: int, counted: int, capped_on: date | None
) -> None:
    grown = fine(after(days))

    assert (grown.amount, grown.days, grown.capped_on) == (amount, counted, capped_on)


@pytest.mark.parametrize(
    ("days", "amount", "capped"),
    [(0, 0, False), (1, 5, False), (1999, 99_95, False), (2000, 100_00, True), (2001, 100_00, True)],
)
def test_a_late_fee_reaches_the_principal_to_the_fen_after_two_thousand_days(
    days: int, amount: int, capped: bool
) -> None:
    grown = surcharge(FINE, DUE, after(days), rate=LATE_RATE)

    assert (grown.amount, grown.capped_on) == (amount, after(2000) if capped else None)


def test_a_late_fee_without_a_cap_goes_on() -> None:
    grown = surcharge(FINE, DUE, after(2001), rate=LATE_RATE, capped=False)

    assert (grown.amount, grown.days, grown.capped_on) == (100_05, 2001, None)


@pytest.mark.parametrize(
    ("spans", "counted"),
    [
        ([], 10), ([(1, 1)], 9), ([(10, 10)], 9), ([(11, 20)], 10), ([(-9, 0)], 10), ([(-9, 1)], 9), ([(0, 30)], 0),
        ([(3, 5)], 7), ([(3, 5), (4, 6)], 6), ([(3, 5), (3, 5)], 7), ([(3, 5), (6, 6)], 6), ([(6, 6), (3, 5)], 6),
        ([(3, 3), (8, 8)], 8), ([(2, 9), (4, 5)], 2),
    ],
    ids=["none", "first day", "last day", "after", "before", "into the first", "all", "inside", "overlapping",
         "twice", "touching", "disordered", "apart", "one in another"],
)  # fmt: skip
def test_a_day_that_is_left_out_is_left_out_once(spans: list[tuple[int, int]], counted: int) -> None:
    excluded = [Span(after(first), after(last)) for first, last in spans]

    grown = fine(after(10), excluded=excluded)

    assert (grown.days, grown.amount) == (counted, counted * 3_00)


@pytest.mark.parametrize("paused", [1, 5])
def test_the_cap_comes_later_by_the_days_left_out(paused: int) -> None:
    grown = fine(after(90), excluded=[Span(after(30), after(29 + paused))])

    assert grown.capped_on == after(34 + paused)


@pytest.mark.parametrize(
    ("payments", "amount"),
    [
        ([(-3, FINE)], 0), ([(0, FINE)], 0), ([(1, FINE)], 3_00), ([(2, FINE)], 6_00), ([(6, FINE)], 15_00),
        ([(2, 50_00)], 6_00 + 3 * 1_50), ([(2, 20_00), (2, 30_00)], 6_00 + 3 * 1_50), ([(2, 3 * FINE)], 6_00),
        ([(0, 50_00)], 5 * 1_50), ([(2, 0)], 15_00),
    ],
    ids=["early", "on the last day", "first day", "second", "later", "half", "half in two", "too much", "half in time",
         "nothing"],
)  # fmt: skip
def test_a_day_counts_on_what_was_unpaid_when_it_began(payments: list[tuple[int, int]], amount: int) -> None:
    grown = fine(after(5), payments=[(after(day), paid) for day, paid in payments])

    assert grown.amount == amount


def test_the_cap_is_the_fine_and_not_what_is_left_of_it() -> None:
    grown = fine(after(100), payments=[(after(10), 50_00)])

    assert grown.amount == FINE
    assert grown.capped_on == after(10 + 47)  # 30 % in ten days, then 1.5 % a day


@pytest.mark.parametrize(
    ("principal", "days", "amount"),
    [(11, 1, 0), (11, 3, 0), (11, 4, 1), (11, 10, 3), (1, 33, 0), (1, 34, 1), (0, 34, 0)],
)
def test_parts_of_a_fen_are_dropped_once_and_not_every_day(principal: int, days: int, amount: int) -> None:
    assert surcharge(principal, DUE, after(days), rate=FINE_RATE).amount == amount


@pytest.mark.parametrize(
    "wrong", [{"principal": -1}, {"rate": 0}, {"rate": -3}, {"payments": [(DUE, -1)]}], ids=str
)
def test_negative_sums_and_rates_are_refused(wrong: dict[str, object]) -> None:
    settings = {"principal": FINE, "due": DUE, "on": after(3), "rate": FINE_RATE} | wrong

    with pytest.raises(ValueError, match="不能是负数"):
        surcharge(**settings)  # type: ignore[arg-type]


# explained -------------------------------------------------------------------------------------------------


def test_every_stretch_of_days_is_told_with_its_sum() -> None:
    grown = surcharge(
        100_01, DUE, after(40), rate=FINE_RATE, payments=[(after(10), 50_00)],
        excluded=[Span(after(3), after(4)), Span(after(5), after(5))],
    )  # fmt: skip

    assert explained(grown, "加处罚款") == (
        "缴款期限于2026-03-16届满, 自次日2026-03-17起按日计算加处罚款, 每日为当日开始时未缴数额的3%",
        "2026-03-17至2026-03-18: 2日, 未缴100.01元, 每日3.0003元, 计6.0006元",
        "2026-03-19至2026-03-21: 3日, 依法不计的期间",
        "2026-03-22至2026-03-26: 5日, 未缴100.01元, 每日3.0003元, 计15.0015元",
        "2026-03-27至2026-04-25: 30日, 未缴50.01元, 每日1.5003元, 计45.009元",
        "加处罚款合计37日, 66.01元; 逐日累计不取整, 最后一次舍去不足一分的部分",
    )


def test_the_day_of_the_cap_and_the_end_of_the_debt_are_told() -> None:
    capped = explained(fine(after(50)), "加处罚款")
    paid = explained(fine(after(2), payments=[(after(1), FINE)]), "加处罚款")

    assert capped[1] == "2026-03-17至2026-04-19: 34日, 未缴100.00元, 每日3.00元, 计102.00元"
    assert capped[2] == "2026-04-19(第34日)达到本金100.00元, 以此为限, 不再增加"
    assert paid[2] == "2026-03-18: 1日, 已经缴清, 不计"


def test_without_a_day_overdue_nothing_is_told_but_that() -> None:
    assert explained(fine(DUE), "滞纳金") == ("缴款期限至2026-03-16, 没有逾期, 不计算滞纳金",)


# against the slow counter ----------------------------------------------------------------------------------

_days = st.integers(-20, 120)
_spans = st.lists(st.tuples(_days, st.integers(0, 40)), max_size=4).map(
    lambda pairs: [Span(after(first), after(first + length)) for first, length in pairs]
)
_payments = st.lists(st.tuples(_days.map(after), st.integers(0, 200_00)), max_size=4)
_sums = {
    "principal": st.integers(0, 300_00), "on": _days.map(after), "rate": st.sampled_from([FINE_RATE, LATE_RATE, 1, 7777]),
    "capped": st.booleans(), "payments": _payments, "excluded": _spans,
}  # fmt: skip


def slow(
    principal: int, on: date, rate: int, *, capped: bool, payments: list[tuple[date, int]], excluded: list[Span]
) -> tuple[int, int, date | None]:  # fmt: skip
    parts = days = 0
    day = DUE + timedelta(days=1)
    while day <= on:
        unpaid = principal
        for paid, amount in payments:
            if paid < day:
                unpaid -= amount
        if unpaid > 0 and all(not span.first <= day <= span.last for span in excluded):
            parts, days = parts + unpaid * rate, days + 1
            if capped and parts >= principal * PARTS:
                return principal, days, day
        day += timedelta(days=1)
    return parts // PARTS, days, None


@given(st.fixed_dictionaries(_sums))
def test_it_agrees_with_a_counter_that_goes_day_by_day(drawn: dict[str, object]) -> None:
    grown = surcharge(due=DUE, **drawn)  # type: ignore[arg-type]

    assert (grown.amount, grown.days, grown.capped_on) == slow(**drawn)  # type: ignore[arg-type]


@given(st.fixed_dictionaries(_sums))
def test_the_stretches_follow_each_other_without_a_gap(drawn: dict[str, object]) -> None:
    grown = surcharge(due=DUE, **drawn)  # type: ignore[arg-type]

    begins = [each.first for each in grown.stretches]
    ends = [DUE, *(each.last for each in grown.stretches)]
    assert begins == [end + timedelta(days=1) for end in ends[:-1]]
    assert sum(each.days for each in grown.stretches if each.counts) == grown.days


@given(st.fixed_dictionaries(_sums), _spans)
def test_more_days_left_out_never_make_it_more_and_the_cap_is_never_passed(
    drawn: dict[str, object], more: list[Span]
) -> None:
    drawn |= {"capped": True}
    grown = surcharge(due=DUE, **drawn)  # type: ignore[arg-type]

    milder = surcharge(due=DUE, **drawn | {"excluded": [*drawn["excluded"], *more]})  # type: ignore[arg-type,misc]

    assert 0 <= milder.amount <= grown.amount <= drawn["principal"]  # type: ignore[operator]
