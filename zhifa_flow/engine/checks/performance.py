"""Checks on performance: what is still owed or undone, refunds, instalments, and the window for the court."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from zhifa_flow.engine.clock import Roll, due
from zhifa_flow.engine.findings.performance import in_force
from zhifa_flow.engine.registry import ChildName, ChildState, DeadlineName, FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.money import format_money, sum_of
from zhifa_flow.model.period import Length, Unit

#: Fulfilled by the service of the decision itself, or counted in money.
NOTHING_TO_DO = ("警告", "通报批评", "罚款", "没收违法所得")


def undone(s: Situation, penalties: FieldPath, changed: FieldPath, records: FieldPath) -> list[str]:
    """The kinds of penalty in force that nobody has recorded as carried out."""
    done = {row.get("kind") for row in s.rows(records)}
    kinds = dict.fromkeys(str(row["kind"]) for row in in_force(s, penalties, changed))
    return [kind for kind in kinds if kind not in NOTHING_TO_DO and kind not in done]


def _outstanding(s: Situation, owed: FindingName, payments: FieldPath) -> int:
    return int(s.found(owed).value or 0) - sum_of(s.rows(payments))


@check
def carried_out(s: Situation, *, penalties: FieldPath, changed: FieldPath, records: FieldPath) -> str | None:
    """Every penalty in force that is not money and not a mere warning has been recorded as carried out."""
    left = undone(s, penalties, changed, records)
    return f"没有执行记录: {'、'.join(left)}" if left else None


@check
def still_owing(
    s: Situation, *, owed: FindingName, payments: FieldPath, penalties: FieldPath, changed: FieldPath,
    records: FieldPath,
) -> str | None:  # fmt: skip
    """Money is outstanding or a penalty in force has not been carried out: there is something to urge for."""
    if _outstanding(s, owed, payments) > 0 or undone(s, penalties, changed, records):
        return None
    return "当事人已经履行完毕"


@check
def amount_outstanding(
    s: Situation, *, field: FieldPath, owed: FindingName, payments: FieldPath
) -> str | None:
    """The sum in the field is what is outstanding on the day of the act."""
    written, left = int(str(s.value(field) or 0)), max(_outstanding(s, owed, payments), 0)
    if written == left:
        return None
    return f"{s.field_name(field)}为{format_money(written)}, 尚欠{format_money(left)}({s.found(owed).reason})"


@check
def refunded(s: Situation, *, payments: FieldPath, refunds: FieldPath) -> str | None:
    """All money that was received has been paid back."""
    received, back = sum_of(s.rows(payments)), sum_of(s.rows(refunds))
    return None if back >= received else f"已收{format_money(received)}, 已退{format_money(back)}"


@check
def plan_adds_up(
    s: Situation, *, plan: FieldPath, until: FieldPath, fine: FindingName, payments: FieldPath
) -> str | None:
    """The instalments come to what is left of the fine, and the last of them is due on the day in the field."""
    rows = s.rows(plan)
    paid = sum_of(row for row in s.rows(payments) if row.get("item") == "罚款")
    planned, left = sum_of(rows), int(s.found(fine).value or 0) - paid
    last = max((str(row["due"]) for row in rows), default="")
    problems = []
    if planned != left:
        problems.append(f"计划合计{format_money(planned)}, 尚未缴纳的罚款为{format_money(left)}")
    if last != str(s.value(until)):
        problems.append(f"计划的最后一期为{last}, {s.field_name(until)}为{s.value(until)}")
    return "; ".join(problems) or None


@check
def overdue_or_plan_broken(
    s: Situation, *, at: FieldPath, deadline: DeadlineName, plan: ChildName, broken: tuple[ChildState, ...]
) -> str | None:
    """On the day in the field ``at`` the day of payment is over; or the plan that put it off has failed by then.

    行政处罚法第六十六条第二款、第七十二条第一款. Once the plan has failed, the day before it was put off counts.
    """
    clock, day = s.clock(deadline), s.day(at)
    if clock is None or day is None:
        return f"“{s.flow.deadline[deadline].name}”尚未起算, 或者{s.field_name(at)}没有填写"
    last = clock.due
    if _plan_ended(s, plan, broken, day):
        last = due(clock.started, Length.parse(clock.length), s.calendar, roll=Roll.FORWARD).date
    if day > last:
        return None
    return f"{s.flow.deadline[deadline].name}至{last}届满, {s.field_name(at)}为{day}"


def _plan_ended(s: Situation, plan: ChildName, broken: Sequence[str], by: date) -> date | None:
    """The day on which the newest plan of instalments ended without having been kept, if that was by the day."""
    for case in s.children_of(plan)[-1:]:
        if case.state in broken and case.ended_by(by):
            return case.entered_state_on
    return None


def window_opens_after(
    s: Situation, remedy: DeadlineName, further: DeadlineName, payment: DeadlineName,
    changed: DeadlineName | None = None, plan: ChildName | None = None, broken: Sequence[str] = (),
) -> date | None:  # fmt: skip
    """The last day on which the decision may still be challenged, or still be performed under a deferral.

    行政强制法第五十三条: after a decision on reconsideration the time for suit that follows it counts instead of
    the six months; ``changed`` is that time where the decision was changed. 行政处罚法第七十二条第二款: with a
    deferral the period counts from the end of that, the day on which its ``plan`` was ``broken`` if that came first.
    """
    challenge = s.clock(remedy)
    if challenge is None:
        return None
    for later in (s.clock(name) for name in (further, changed) if name):
        # A clock left over from a decision since set aside began before the new one was served.
        challenge = later if later and later.started >= challenge.started else challenge
    pay = s.clock(payment)
    if pay is None or not pay.moved:
        return challenge.due
    ended = _plan_ended(s, plan, broken, s.on) if plan else None
    return max(challenge.due, min(pay.due, ended or pay.due))


@check
def names_suit_end(
    s: Situation, *, field: FieldPath, suit: DeadlineName, short: DeadlineName, further: DeadlineName
) -> str | None:
    """The date in the field is the last day for a suit: of the period that began, or of the ``further`` one after it.

    Of ``suit`` and ``short`` the decision began the one that its matter has (土地管理法第十四条第三款).
    """
    begun = [clock for name in (suit, short, further) if (clock := s.clock(name))]
    wanted = max(begun, key=lambda clock: clock.started).due if begun else None
    written = s.day(field)
    return None if written == wanted else f"{s.field_name(field)}为{written}, 计算所得为{wanted}"


@check
def in_court_window(
    s: Situation, *, remedy: DeadlineName, further: DeadlineName, payment: DeadlineName, length: int, unit: Unit,
    changed: DeadlineName | None = None, plan: ChildName | None = None, broken: tuple[ChildState, ...] = (),
) -> str | None:  # fmt: skip
    """The act lies in the window for applying to the court (行政强制法第五十三条); its last day rolls forward."""
    opens = window_opens_after(s, remedy, further, payment, changed, plan, broken)
    if opens is None:
        return f"“{s.flow.deadline[remedy].name}”尚未起算"
    last = _window_ends(s, opens, length, unit)
    if s.on <= opens:
        return f"法定期限至{opens}届满, 其后方可申请"
    return None if s.on <= last else f"应在{opens + timedelta(days=1)}至{last}之间申请, 现为{s.on}"


@check
def past_court_window(
    s: Situation, *, remedy: DeadlineName, further: DeadlineName, payment: DeadlineName, length: int, unit: Unit,
    changed: DeadlineName | None = None, plan: ChildName | None = None, broken: tuple[ChildState, ...] = (),
) -> str | None:  # fmt: skip
    """The window for applying to the court has closed."""
    opens = window_opens_after(s, remedy, further, payment, changed, plan, broken)
    if opens is None:
        return f"“{s.flow.deadline[remedy].name}”尚未起算"
    last = _window_ends(s, opens, length, unit)
    return None if s.on > last else f"申请人民法院强制执行的期限至{last}届满"


def _window_ends(s: Situation, opens: date, length: int, unit: Unit) -> date:
    return due(opens, Length(length, unit), s.calendar, roll=Roll.FORWARD).date


@check
def names_window(
    s: Situation, *, field: FieldPath, remedy: DeadlineName, further: DeadlineName, payment: DeadlineName,
    changed: DeadlineName | None = None, plan: ChildName | None = None, broken: tuple[ChildState, ...] = (),
) -> str | None:  # fmt: skip
    """The date in the field is the day after which the court may be asked, as computed."""
    written, opens = s.day(field), window_opens_after(s, remedy, further, payment, changed, plan, broken)
    return None if written == opens else f"{s.field_name(field)}为{written}, 计算所得为{opens}"


@check
def remedy_time_over(
    s: Situation, *, remedy: DeadlineName, further: DeadlineName, payment: DeadlineName,
    changed: DeadlineName | None = None, plan: ChildName | None = None, broken: tuple[ChildState, ...] = (),
) -> str | None:  # fmt: skip
    """The decision, if one was served, can no longer be challenged."""
    opens = window_opens_after(s, remedy, further, payment, changed, plan, broken)
    return None if opens is None or s.on > opens else f"法定期限至{opens}届满"
