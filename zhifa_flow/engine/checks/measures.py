"""Checks on compulsory measures (行政强制措施): whose power, on what law, on which things, for how long."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from zhifa_flow.engine.checks.inspection import founded_on
from zhifa_flow.engine.clock import SHANGHAI, due
from zhifa_flow.engine.deadlines import extension_of
from zhifa_flow.engine.registry import DeadlineName, FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.money import format_money, sum_of
from zhifa_flow.model.period import Length, Unit


@check
def acts_for_itself(s: Situation) -> str | None:
    """The agency is not one that another has entrusted (行政强制法第十七条第一款: 行政强制措施权不得委托)."""
    by = s.agency.entrusted_by
    return f"{s.agency.name}受{by}委托执法" if by else None


@check
def founded_if(s: Situation, *, field: FieldPath, ranks: tuple[str, ...], when: FindingName) -> str | None:
    """If the finding holds or cannot be determined: something is cited, and ``founded_on`` texts of the ranks."""
    if not s.found(when).holds:
        return None
    return founded_on(s, field=field, ranks=ranks) or (
        None if s.texts(field) else f"{s.field_name(field)}没有填写"
    )


@check
def rows_among(
    s: Situation,
    *,
    rows: FieldPath,
    column: str,
    of: FieldPath,
    of_column: str,
    where: str = "",
    says: str = "",
) -> str | None:
    """What the rows name in their column the other rows name too; with ``where`` only of rows that say the value."""
    counted = [row for row in s.rows(rows) if not where or row.get(where) == says]
    known = {row.get(of_column) for row in s.rows(of)}
    strange = [str(row.get(column)) for row in counted if row.get(column) not in known]
    return f"{s.field_name(of)}没有{'、'.join(dict.fromkeys(strange))}" if strange else None


@check
def sum_at_most(s: Situation, *, rows: FieldPath, column: str, most: FieldPath) -> str | None:
    """The money of all rows together is not more than that in the field."""
    total, limit = sum_of(s.rows(rows), column), s.value(most)
    if limit is None:
        return f"{s.field_name(most)}没有填写"
    if total <= int(str(limit)):
        return None
    return f"{s.field_name(rows)}合计{format_money(total)}, {s.field_name(most)}为{format_money(int(str(limit)))}"


@check
def in_hours(s: Situation, *, deadline: DeadlineName) -> str | None:
    """The act lies within a period of hours. Without its hour it counts as done in the last minute of its day."""
    clock = s.clock(deadline)
    if clock is None or not clock.moment:
        return f"“{s.flow.deadline[deadline].name}”尚未起算"
    done = s.moment or datetime.fromisoformat(f"{s.on}T23:59:00").replace(tzinfo=SHANGHAI)
    if done <= datetime.fromisoformat(clock.moment):
        return None
    at = "" if s.moment else ", 没有写明时刻的按当日二十三时五十九分"
    return f"办理于{done:%Y-%m-%d %H:%M}{at}, {clock.length}已于{datetime.fromisoformat(clock.moment):%Y-%m-%d %H:%M}届满"


@check
def moments_rise(s: Situation, *, fields: tuple[FieldPath, ...]) -> str | None:
    """The moments that are written in the fields do not go back, from the first field to the last."""
    written = [(path, str(value)) for path in fields if (value := s.value(path)) is not None]
    wrong = [(first, then) for first, then in pairwise(written) if then[1] < first[1]]
    told = (
        f"{s.field_name(then)}({at})早于{s.field_name(path)}({before})"
        for (path, before), (then, at) in wrong
    )
    return "; ".join(told) or None


@check
def ends_on_last_day(s: Situation, *, field: FieldPath, length: int, unit: Unit) -> str | None:
    """The date in the field is the last day of the period counted from the day of the act; it does not roll."""
    last, written = due(s.on, Length(length, unit), s.calendar).date, s.day(field)
    if written == last:
        return None
    return f"{s.field_name(field)}为{written or '未填写'}, 自{s.on}起算至{last}届满"


@check
def ends_as_extended(s: Situation, *, field: FieldPath, deadline: DeadlineName) -> str | None:
    """The date in the field is the last day that the period has once it is prolonged as its table allows."""
    clock, extra = s.clock(deadline), extension_of(s, s.flow.deadline[deadline])
    if clock is None or extra is None:
        return f"“{s.flow.deadline[deadline].name}”尚未起算, 或者不能延长"
    last, written = due(clock.due, extra, s.calendar).date, s.day(field)
    if written == last:
        return None
    return f"{s.field_name(field)}为{written or '未填写'}, 延长{extra}至{last}届满"
