"""Checks of licensing: what rank of law a demand on the applicant rests on."""

from __future__ import annotations

from zhifa_flow.engine.checks.inspection import founded_on
from zhifa_flow.engine.registry import FieldPath, check
from zhifa_flow.engine.situation import Situation


@check
def rests_on(s: Situation, *, field: FieldPath, ranks: tuple[str, ...]) -> str | None:
    """Every cited article exists, is in force on the day of the step, and is of one of the ranks (法律, 行政法规 …).

    行政许可法第五十八条第一款: a fee wants a law or an administrative regulation.
    """
    if not s.texts(field):
        return f"{s.field_name(field)}没有填写"
    return founded_on(s, field=field, ranks=ranks)
