"""Finding rules of the ordinary procedure: the age of the party, from the register and from the evidence."""

from __future__ import annotations

from zhifa_flow.engine.registry import FieldPath, Found, rule
from zhifa_flow.engine.situation import Situation

NATURAL_PERSONS = ("citizen", "sole_trader")


@rule
def age_below(s: Situation, *, age: int, at: FieldPath, stated: FieldPath) -> Found:
    """Whether a natural person was younger than ``age`` when acting (行政处罚法第三十条).

    The birth date of the register decides; where it is not known, the full years that the report states from the
    evidence; where the two contradict each other, the younger, for the minor is to be spared.
    """
    party, day = s.case.party, s.day(at)
    if party is None or party.kind.value not in NATURAL_PERSONS:
        return Found(False, "当事人不是自然人")
    registered = party.age_on(day) if day else None
    known = [years for years in (registered, s.value(stated)) if years is not None]
    if not known:
        return Found(None, "没有登记当事人的出生日期, 也没有查明其行为时的周岁年龄, 无法认定")
    years = min(int(str(one)) for one in known)
    return Found(years < age, f"当事人行为时为{years}周岁")
