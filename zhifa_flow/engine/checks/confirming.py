"""Checks of confirmation: times given in writing, organs that are not this one."""

from __future__ import annotations

from unicodedata import normalize

from zhifa_flow.engine.checks.enforcement import day_past
from zhifa_flow.engine.registry import FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation


@check
def day_past_if(s: Situation, *, when: FindingName, field: FieldPath) -> str | None:
    """If the finding holds or cannot be determined, the day in the field is over."""
    return day_past(s, field=field) if s.found(when).holds else None


@check
def made_by_another(s: Situation, *, field: FieldPath) -> str | None:
    """The field names an organ that is neither this agency, nor the one that entrusted it, nor a part of them."""
    written = "".join(_bare(text) for text in s.texts(field))
    ours = [one.name for one in (s.agency, s.entrusting) if one and _bare(one.name) in written]
    if written and not ours:
        return None
    return f"{s.field_name(field)}为“{written or '未填写'}”" + (f", 是本机关“{ours[0]}”" if ours else "")


def _bare(name: str) -> str:
    # A blank or wide letters make no other organ of it.
    return "".join(normalize("NFKC", name).split())
