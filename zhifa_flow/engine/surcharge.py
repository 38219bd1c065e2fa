"""加处罚款和滞纳金: money that grows with every day overdue, counted in whole numbers throughout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final

from zhifa_flow.model.money import format_money
from zhifa_flow.model.period import Span

#: 万分之 a day. 行政处罚法第七十二条第一款第一项: 百分之三; 税收征收管理法第三十二条: 万分之五.
FINE_RATE: Final = 300
LATE_RATE: Final = 5
#: What a rate of 1 on 1 分 comes to: sums are kept in these parts and cut to whole 分 once, at the end.
PARTS: Final = 10_000
_DAY: Final = timedelta(days=1)

#: What was paid on which day, in 分.
Payments = Sequence[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on end, both included, that are alike: what was unpaid (in 分), and whether they count."""

    first: date
    last: date
    unpaid: int
    counts: bool

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Surcharge:
    """What has grown by a day: whole 分, on ``days`` counted days from ``first`` on.

    ``capped_on`` is the day that brought it to the principal, where it may not go beyond.
    """

    principal: int
    rate: int
    amount: int
    days: int
    first: date
    capped_on: date | None
    stretches: tuple[Stretch, ...]


def surcharge(
    principal: int,
    due: date,
    on: date,
    *,
    rate: int,
    capped: bool = True,
    payments: Payments = (),
    excluded: Sequence[Span] = (),
) -> Surcharge:
    """What has to be paid on top by the end of ``on``, where the principal (in 分) was to be paid by ``due``.

    The first day is the one after ``due``. Every day counts ``rate`` 万分之 of what was unpaid at its beginning,
    so the day of a payment still counts whole; a day in ``excluded`` counts nothing, however many spans hold it.
    ``capped``: never more than the principal. Parts of a 分 are dropped once, from the sum.

    Raises:
        ValueError: the principal or a payment is negative, or the rate is not positive.
    """
    if principal < 0 or rate < 1 or any(amount < 0 for _, amount in payments):
        raise ValueError("金额不能是负数, 日利率应当是正数")
    parts = days = 0
    capped_on = None
    passed: list[Stretch] = []
    for stretch in _stretches(principal, due + _DAY, on, payments, excluded):
        daily = stretch.unpaid * rate
        if stretch.counts and capped and parts + daily * stretch.days >= principal * PARTS:
            wanted = -(-(principal * PARTS - parts) // daily)
            capped_on = stretch.first + _DAY * (wanted - 1)
            passed.append(Stretch(stretch.first, capped_on, stretch.unpaid, counts=True))
            parts, days = principal * PARTS, days + wanted
            break
        passed.append(stretch)
        if stretch.counts:
            parts, days = parts + daily * stretch.days, days + stretch.days
    return Surcharge(principal, rate, parts // PARTS, days, due + _DAY, capped_on, tuple(passed))


def _stretches(
    principal: int, first: date, on: date, payments: Payments, excluded: Sequence[Span]
) -> Iterator[Stretch]:
    if on < first:
        return
    turns = {paid + _DAY for paid, _ in payments}
    turns |= {span.first for span in excluded} | {span.last + _DAY for span in excluded}
    begins = [first, *sorted(day for day in turns if first < day <= on)]
    pieces = [
        _stretch(begin, end - _DAY, principal, payments, excluded)
        for begin, end in pairwise([*begins, on + _DAY])
    ]
    for (unpaid, counts), alike in groupby(pieces, key=lambda piece: (piece.unpaid, piece.counts)):
        run = list(alike)
        yield Stretch(run[0].first, run[-1].last, unpaid, counts)


def _stretch(
    first: date, last: date, principal: int, payments: Payments, excluded: Sequence[Span]
) -> Stretch:
    unpaid = max(0, principal - sum(amount for paid, amount in payments if paid < first))
    return Stretch(first, last, unpaid, unpaid > 0 and not any(first in span for span in excluded))


def explained(grown: Surcharge, name: str) -> tuple[str, ...]:
    """How the sum came about, in Chinese, one line for each stretch of days; ``name`` is what it is called."""
    return (*_opening(grown, name), *(_line(grown, each) for each in grown.stretches), *_ending(grown, name))


def _opening(grown: Surcharge, name: str) -> Iterator[str]:
    if grown.stretches:
        daily = f"每日为当日开始时未缴数额的{Decimal(grown.rate) / 100}%"
        yield f"缴款期限于{grown.first - _DAY}届满, 自次日{grown.first}起按日计算{name}, {daily}"
    else:
        yield f"缴款期限至{grown.first - _DAY}, 没有逾期, 不计算{name}"


def _line(grown: Surcharge, stretch: Stretch) -> str:
    days = str(stretch.first) if stretch.days == 1 else f"{stretch.first}至{stretch.last}"
    if not stretch.unpaid:
        return f"{days}: {stretch.days}日, 已经缴清, 不计"
    if not stretch.counts:
        return f"{days}: {stretch.days}日, 依法不计的期间"
    daily = stretch.unpaid * grown.rate
    return (
        f"{days}: {stretch.days}日, 未缴{format_money(stretch.unpaid)}, "
        f"每日{_exact(daily)}, 计{_exact(daily * stretch.days)}"
    )


def _ending(grown: Surcharge, name: str) -> Iterator[str]:
    if grown.capped_on:
        yield f"{grown.capped_on}(第{grown.days}日)达到本金{format_money(grown.principal)}, 以此为限, 不再增加"
    if grown.days:
        yield f"{name}合计{grown.days}日, {format_money(grown.amount)}; 逐日累计不取整, 最后一次舍去不足一分的部分"


def _exact(parts: int) -> str:
    """An amount in 万分之一分 with all its places: 3.3333元."""
    yuan, rest = divmod(parts, 100 * PARTS)
    return f"{yuan:,}.{f'{rest:06}'.rstrip('0').ljust(2, '0')}元"
