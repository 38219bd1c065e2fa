"""The finding rule of limitation: whether an act was discovered too late to be punished."""

from __future__ import annotations

from datetime import date

from zhifa_flow.engine.calendar import CalendarRangeError
from zhifa_flow.engine.clock import due
from zhifa_flow.engine.registry import FieldPath, Found, TableName, rule
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.thresholds import deciding_row


@rule
def limitation_passed(
    s: Situation, *, act_end: FieldPath, discovered: FieldPath, harm: FieldPath, table: TableName,
    earlier: tuple[FieldPath, ...] = (),
) -> Found:  # fmt: skip
    """Whether the act was discovered only after the limitation period of the table (行政处罚法第三十六条).

    The period runs from the act, or from its end where it was continuous; the discovery ends it. Its limbs are
    ``ordinary`` and ``grave`` (life, health or financial safety, and harm done): ``harm`` says 是 where the grave
    one holds and 否 where it does not. While that is not known, only an act is out of time that is so by both.
    ``earlier`` are days in documents of the case that this one goes on from: the first day of all is the discovery.
    """
    days = [day for path in (discovered, *earlier) if (day := s.day(path))]
    end, found = s.day(act_end), min(days, default=None)
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
        last = due(end, row.length, s.calendar).date
    except CalendarRangeError as error:
        return Found(None, f"违法行为终了于{end}: {error}")
    reason = f"违法行为终了于{end}, {row.length}至{last}届满, 发现于{found}"
    return Found(found > last, reason, row.id, row.basis)
