"""The kinds of administrative penalty (行政处罚法第九条) and what a proposed or decided penalty says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from zhifa_flow.model.money import sum_of

#: Kinds whose weight is an amount of money (分), so that the amount must be stated.
MONEY_KINDS: Final = ("罚款", "没收违法所得", "没收非法财物")

#: Of these the kinds that are nothing but a sum: less of it is less, in whatever words.
BY_SUM: Final = ("罚款", "没收违法所得")

#: Kinds that consist of words alone and have no weight to compare.
SPOKEN_KINDS: Final = ("警告", "通报批评")

#: 行政处罚法第九条, item by item.
PENALTY_KINDS: Final = (
    "警告",
    "通报批评",
    *MONEY_KINDS,
    "暂扣许可证件",
    "降低资质等级",
    "吊销许可证件",
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
    "行政拘留",
    "其他行政处罚",
)


def total(penalties: Iterable[Mapping[str, object]], kinds: Iterable[str]) -> int:
    """The sum in 分 of all penalties of the given kinds."""
    wanted = frozenset(kinds)
    return sum_of(row for row in penalties if row["kind"] in wanted)


def heavier(
    decided: Iterable[Mapping[str, object]], told: Iterable[Mapping[str, object]], *, reworded: Iterable[str] = BY_SUM
) -> list[str]:  # fmt: skip
    """In what the decided penalties go beyond those the party was told of, in Chinese; empty if in nothing.

    A kind that was not told counts as heavier whatever its weight: the party could not answer to it
    (行政处罚法第四十四条、第四十五条). Money is compared by its sum, a kind that lasts by its days. Words that
    differ count as heavier too, for nobody can weigh words; only a smaller sum of the kinds ``reworded`` may bring
    other words with it. A thing is not weighed by its value: another one is not less of the one that was told.
    """
    free = frozenset(reworded)
    decided, told = list(decided), list(told)
    kinds = dict.fromkeys(str(row["kind"]) for row in decided)
    answers = (_heavier_kind(kind, _of(decided, kind), _of(told, kind), free) for kind in kinds)
    return [answer for answer in answers if answer]


def _of(penalties: list[Mapping[str, object]], kind: str) -> list[Mapping[str, object]]:
    return [row for row in penalties if row["kind"] == kind]


def _heavier_kind(
    kind: str, now: list[Mapping[str, object]], then: list[Mapping[str, object]], reworded: frozenset[str]
) -> str | None:
    if not then:
        return f"告知时没有“{kind}”"
    if kind in MONEY_KINDS:
        amount, before = total(now, [kind]), total(then, [kind])
        if amount > before:
            return f"“{kind}”由告知的{before / 100:,.2f}元增加到{amount / 100:,.2f}元"
        return None if amount < before and kind in reworded else _other_words(kind, now, then)
    if kind in SPOKEN_KINDS:
        return None
    days, earlier = (sum(int(str(row.get("days") or 0)) for row in rows) for rows in (now, then))
    if days > earlier or (days == 0 and earlier > 0):
        return f"“{kind}”的期限由告知的{_days(earlier)}变为{_days(days)}"
    return _other_words(kind, now, then)


def _days(days: int) -> str:
    return f"{days}日" if days else "未写明"


def _other_words(kind: str, now: list[Mapping[str, object]], then: list[Mapping[str, object]]) -> str | None:
    left = [str(row.get("content") or "") for row in then]
    for words in (str(row.get("content") or "") for row in now):
        if words not in left:
            return f"“{kind}”的内容“{words}”与告知的“{'、'.join(left)}”不同"
        left.remove(words)
    return None
