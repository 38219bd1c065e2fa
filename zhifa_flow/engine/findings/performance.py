"""Finding rules on the performance of a penalty as it is in force: changed by remedies, deferred, in part paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zhifa_flow.engine.registry import DeadlineName, FieldPath, FlagName, Found, rule
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.surcharge import FINE_RATE, surcharge
from zhifa_flow.model.money import format_money
from zhifa_flow.model.penalty import total
from zhifa_flow.model.period import Span

_DAY: Final = timedelta(days=1)


def in_force(s: Situation, penalties: FieldPath, changed: FieldPath) -> list[Mapping[str, object]]:
    """The penalties as decided, or as a remedy has changed them."""
    return s.rows(changed) if s.paper(changed.partition(".")[0]) else s.rows(penalties)


@rule
def fine_in_force(
    s: Situation, *, penalties: FieldPath, changed: FieldPath, kinds: tuple[str, ...] = ("罚款",)
) -> Found:
    """The fine in 分 as it is in force, without surcharge; or the sum of other kinds."""
    amount = total(in_force(s, penalties, changed), kinds)
    return Found(amount, f"{'、'.join(kinds)}{format_money(amount)}")


@rule
def surcharge_in_force(
    s: Situation, *, penalties: FieldPath, changed: FieldPath, deadline: DeadlineName, flag: FlagName,
    filed: FieldPath, received: tuple[FieldPath, ...], payments: FieldPath,
) -> Found:  # fmt: skip
    """The surcharge in 分 on the day of the act: 3 % a day of what was unpaid of the fine, at most the fine.

    行政处罚法第七十二条第一款第一项、第七十三条第三款. The days of reconsideration or suit do not count, from the
    day it was asked for (``filed``) to the day before its outcome was ``received``, however late either was recorded.
    Declared policies (flows/policies.toml, surcharge_base and the rows after it): each day counts on what was still
    unpaid of the fine at its beginning; the law speaks of 罚款数额, the milder reading is taken. A deferral approved
    after the last day moves that day, so nothing accrued before it (surcharge_deferral).
    """
    fine, clock = total(in_force(s, penalties, changed), ["罚款"]), s.clock(deadline)
    if clock is None or fine == 0 or s.on <= clock.due:
        return Found(0, "没有加处罚款")
    paid = [
        (date.fromisoformat(str(row["on"])), int(str(row["amount"])))
        for row in s.rows(payments)
        if row.get("item") == "罚款"
    ]
    free = remedy_spans(s, flag, filed, received)
    extra = surcharge(fine, clock.due, s.on, rate=FINE_RATE, payments=paid, excluded=free)
    return Found(
        extra.amount,
        f"自{extra.first}起逾期{extra.days}日(复议、诉讼期间不计), 加处罚款{format_money(extra.amount)}",
    )


def remedy_spans(
    s: Situation, flag: FlagName, filed: FieldPath, received: tuple[FieldPath, ...]
) -> list[Span]:
    """Every remedy from the day it was asked for to the day before its outcome was received, or to today.

    The flag tells when either was recorded; a remedy of which the office learned when it was over has no day of it.
    """
    stretches = s.case.flags.get(flag, ())
    # Every filing raises the flag once; those of a decision since set aside may be missing at the front.
    filings = dict(zip(reversed(range(len(stretches))), reversed(_dated(s, [filed])), strict=False))
    outcomes, taken = _dated(s, received), 0
    spans = list[Span]()
    for place, stretch in enumerate(stretches):
        filing = filings.get(place)
        first = min(stretch.first, filing.day) if filing else stretch.first
        taken = max(taken, filing.seq) if filing else taken
        end = stretch.last
        for one in outcomes:
            if one.recorded == stretch.last and one.seq > taken and one.day >= first:
                end, taken = min(one.day, one.recorded), one.seq
                break
        last = s.on if end is None else end - _DAY
        spans += [Span(first, last)] if first <= last else []
    return spans


@dataclass(frozen=True, slots=True)
class _Dated:
    """A document with a day that it states, the day on which it was recorded, and the step."""

    seq: int
    recorded: date
    day: date


def _dated(s: Situation, fields: Sequence[FieldPath]) -> list[_Dated]:
    """One for each step, the earliest first: of several documents handed in with one step the earliest day."""
    found: dict[int, _Dated] = {}
    for field in fields:
        kind, _, name = field.partition(".")
        for paper in s.papers.get(kind, ()):
            if stated := paper.fields.get(name):
                day = date.fromisoformat(str(stated)[:10])
                known = found.get(paper.seq)
                found[paper.seq] = _Dated(paper.seq, paper.on, min(day, known.day) if known else day)
    return [found[seq] for seq in sorted(found)]


@rule
def owed_in_force(
    s: Situation, *, penalties: FieldPath, changed: FieldPath, deadline: DeadlineName, flag: FlagName,
    filed: FieldPath, received: tuple[FieldPath, ...], payments: FieldPath,
) -> Found:  # fmt: skip
    """What the party has to pay in all, in 分: fine, confiscated income, and the surcharge up to the day of the act."""
    extra = surcharge_in_force(
        s, penalties=penalties, changed=changed, deadline=deadline, flag=flag, filed=filed, received=received,
        payments=payments,
    )  # fmt: skip
    base = total(in_force(s, penalties, changed), ["罚款", "没收违法所得"])
    return Found(base + int(extra.value or 0), f"罚没款{format_money(base)}, {extra.reason}")


@rule
def upheld_in_suit(s: Situation, *, filed: FieldPath, suit: str, outcome: FieldPath, upheld: str) -> Found:
    """Whether the last challenge was a suit and ended, after it was filed, with the decision upheld."""
    kind, result = s.paper(filed.partition(".")[0]), s.paper(outcome.partition(".")[0])
    if kind is None or suit not in s.texts(filed):
        return Found(False, f"{s.field_name(filed)}不是“{suit}”")
    if result is None or result.seq < kind.seq or upheld not in s.texts(outcome):
        return Found(False, f"{kind.on}登记{suit}以后, 没有“{upheld}”的结果")
    return Found(True, f"{result.on}登记{suit}结果: {upheld}")


@rule
def has_kinds(s: Situation, *, penalties: FieldPath, kinds: tuple[str, ...]) -> Found:
    """Whether a penalty of one of the kinds is among them; undetermined while none is on file."""
    rows = s.rows(penalties)
    if not rows:
        return Found(None, "尚无处罚内容, 无法认定")
    hit = [str(row["kind"]) for row in rows if row["kind"] in kinds]
    return Found(
        bool(hit), f"处罚包含{'、'.join(dict.fromkeys(hit))}" if hit else f"处罚不含{'、'.join(kinds)}"
    )
