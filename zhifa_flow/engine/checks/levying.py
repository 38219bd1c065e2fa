"""Checks of levies: who may put a payment off, and that what is taken or given for security fits what is owed."""

from __future__ import annotations

import re
from typing import Final

from zhifa_flow.engine.registry import FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.money import format_money
from zhifa_flow.model.region import PROVINCES

#: 计划单列市, whose tax office may approve as a provincial one does (税收征收管理法实施细则第四十一条第二款).
PLANNED_CITIES: Final = ("辽宁省大连市", "山东省青岛市", "浙江省宁波市", "福建省厦门市", "广东省深圳市")
_NATION: Final = "国家税务总局"
_LOWER: Final = re.compile("[市县区州盟旗乡镇]")


@check
def names_provincial_organ(s: Situation, *, field: FieldPath) -> str | None:
    """The field names an organ of the province of the case, or of its 计划单列市, and not of a place below it."""
    written = "".join(s.texts(field))
    here = written.removeprefix(_NATION)
    places = [name for name in PROVINCES if s.case.region.startswith(name)]
    cities = [name for name in PLANNED_CITIES if s.case.region.startswith(name)]
    names = [*places, *cities, *(re.sub("^.+?省", "", name) for name in cities)]
    for name in sorted(names, key=len, reverse=True):
        if here.startswith(name):
            rest = here.removeprefix(name)
            return f"“{written}”不是省级机关" if _LOWER.search(rest) else None
    return f"“{written or '未填写'}”不是本案所在省、自治区、直辖市的机关"


@check
def not_below(s: Situation, *, amount: FieldPath, due: FindingName) -> str | None:
    """The money in the field is at least what the finding comes to."""
    found, written = s.found(due), int(str(s.value(amount) or 0))
    if found.value is None:
        return found.reason
    if written >= int(found.value):
        return None
    return f"{s.field_name(amount)}为{format_money(written)}, 不足{format_money(int(found.value))}({found.reason})"


@check
def not_above(s: Situation, *, amount: FieldPath, due: FindingName, unless: FieldPath) -> str | None:
    """The money in the field is no more than the finding comes to, or the reason is written in the other field."""
    found, written = s.found(due), int(str(s.value(amount) or 0))
    if found.value is None:
        return found.reason
    if written <= int(found.value) or s.texts(unless):
        return None
    return f"{s.field_name(amount)}为{format_money(written)}, 超过{format_money(int(found.value))}({found.reason})"
