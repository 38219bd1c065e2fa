"""Finding rules of the penalty law: limitation, age, surcharge and what is owed."""

from __future__ import annotations

from datetime import date, timedelta

from zhifa_flow.engine.calendar import CalendarRangeError
from zhifa_flow.engine.clock import due
from zhifa_flow.engine.registry import DeadlineName, FieldPath, FlagName, Found, TableName, rule
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.thresholds import deciding_row
from zhifa_flow.model.money import format_money
from zhifa_flow.model.penalty import total


@rule
def limitation_passed(
    s: Situation, *, act_end: FieldPath, discovered: FieldPath, harm: FieldPath, table: TableName
) -> Found:
    """Whether the act was discovered only after the limitation period of the table (行政处罚法第三十六条).

    The period runs from the act, or from its end where it was continuous; the discovery ends it. Its limbs are
    ``ordinary`` and ``grave`` (life, health or financial safety, and harm done): ``harm`` says 是 where the grave
    one holds and 否 where it does not. While that is not known, only an act is out of time that is so by both.
    """
    end, found = s.day(act_end), s.day(discovered)
    if end is None or found is None:
        return Found(None, "违法行为终了之日或者发现之日没有填写, 无法认定追责期限")
    ordinary = _out_of_time(s, end, found, table, "ordinary")
    grave = _out_of_time(s, end, found, table, "grave")
    known = {"是": grave, "否": ordinary}.get("".join(s.texts(harm)))
    if known is not None:
        return known
    if ordinary.value is False:
        return ordinary
    if grave.value:
        return grave
    return Found(None, f"{ordinary.reason}; {s.field_name(harm)}尚未查明, 不能确定是否超过追责期限")


def _out_of_time(s: Situation, end: date, found: date, table: str, limb: str) -> Found:
    row = deciding_row(s.law.tables[table], s, limb=limb, on=end)
    if row is None or row.length is None:
        return Found(None, f"“{s.law.tables[table].name}”没有适用于本案的规定, 无法认定")
    try:
        last = due(end, row.length, s.law.calendar).date
    except CalendarRangeError as error:
        return Found(None, f"违法行为终了于{end}: {error}")
    reason = f"违法行为终了于{end}, {row.length}至{last}届满, 发现于{found}"
    return Found(found > last, reason, row.id, row.basis)


@rule
def under_age(s: Situation, *, age: int, at: FieldPath) -> Found:
    """Whether a citizen was younger than ``age`` on the day in the field (行政处罚法第三十条)."""
    party, day = s.case.party, s.day(at)
    if party is None or party.kind.value not in ("citizen", "sole_trader"):
        return Found(False, "当事人不是自然人")
    years = party.age_on(day) if day else None
    if years is None:
        return Found(None, "没有登记当事人的出生日期或者违法行为日期, 无法认定年龄")
    return Found(years < age, f"当事人在{day}为{years}周岁")


@rule
def under_age_known(s: Situation, *, age: int, at: FieldPath) -> Found:
    """As ``under_age``, but False where the birth date is not known: for outcomes that only a known age forces."""
    found = under_age(s, age=age, at=at)
    return found if found.value is not None else Found(False, found.reason)


@rule
def surcharge(
    s: Situation, *, penalties: FieldPath, deadline: DeadlineName, flag: FlagName, payments: FieldPath
) -> Found:
    """The surcharge in 分 on the day of the act: 3 % of the fine for each day overdue, at most the fine.

    行政处罚法第七十二条第一款第一项、第七十三条第三款. The first day is the day after the last day of payment;
    the days of reconsideration or suit (``flag``) do not count. Fines paid in part: each day counts on what was
    still unpaid at its end (declared policy: the law speaks of 罚款数额, the milder reading is taken).
    """
    fine, clock = total(s.rows(penalties), ["罚款"]), s.clock(deadline)
    if clock is None or fine == 0 or s.on <= clock.due:
        return Found(0, "没有加处罚款")
    # A payment without a day relieves of nothing: nobody knows from when.
    paid = [(str(row["on"]), int(str(row.get("amount") or 0))) for row in s.rows(payments) if row.get("on")]
    spans = s.spans(flag)
    hundredths = days = 0
    day = clock.due + timedelta(days=1)
    while day <= s.on and hundredths < fine * 100:
        unpaid = fine - sum(amount for when, amount in paid if when < day.isoformat())
        if unpaid > 0 and not any(span.first <= day <= span.last for span in spans):
            hundredths, days = hundredths + unpaid * 3, days + 1
        day += timedelta(days=1)
    capped = min(hundredths // 100, fine)
    return Found(capped, f"自{clock.due + timedelta(days=1)}起逾期{days}日, 加处罚款{format_money(capped)}")


@rule
def owed(s: Situation, *, penalties: FieldPath, deadline: DeadlineName, flag: FlagName, payments: FieldPath) -> Found:
    """What the party owes in 分: fine, confiscated money, and the surcharge up to the day of the act."""
    extra = surcharge(s, penalties=penalties, deadline=deadline, flag=flag, payments=payments)
    base = total(s.rows(penalties), ["罚款", "没收违法所得"])
    return Found(base + int(extra.value or 0), f"罚没款{format_money(base)}, {extra.reason}")


@rule
def fine_owed(s: Situation, *, penalties: FieldPath) -> Found:
    """The fine in 分, without surcharge."""
    amount = total(s.rows(penalties), ["罚款"])
    return Found(amount, f"罚款{format_money(amount)}")


