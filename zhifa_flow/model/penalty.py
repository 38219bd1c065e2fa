"""The kinds of administrative penalty (行政处罚法第九条) and what a proposed or decided penalty says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

#: Kinds whose weight is an amount of money (分), so that the amount must be stated.
MONEY_KINDS: Final = ("罚款", "没收违法所得", "没收非法财物")

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
    return sum(int(str(row.get("amount") or 0)) for row in penalties if row["kind"] in wanted)


def heavier(decided: Iterable[Mapping[str, object]], told: Iterable[Mapping[str, object]]) -> list[str]:
    """In what the decided penalties go beyond those the party was told of, in Chinese; empty if in nothing.

    A kind that was not told counts as heavier whatever its weight: the party could not answer to it
    (行政处罚法第四十四条、第四十五条).
    """
    decided, told = list(decided), list(told)
    kinds = dict.fromkeys(str(row["kind"]) for row in decided)
    answers = []
    for kind in kinds:
        if all(row["kind"] != kind for row in told):
            answers.append(f"告知时没有“{kind}”")
        elif (now := total(decided, [kind])) > (then := total(told, [kind])):
            answers.append(f"“{kind}”由告知的{then / 100:,.2f}元增加到{now / 100:,.2f}元")
    return answers
