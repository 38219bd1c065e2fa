"""Checks of confirmation: a time that was given in writing is waited for where it was given."""

from __future__ import annotations

from zhifa_flow.engine.checks.enforcement import day_past
from zhifa_flow.engine.registry import FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation


@check
def day_past_if(s: Situation, *, when: FindingName, field: FieldPath) -> str | None:
    """If the finding holds or cannot be determined, the day in the field is over."""
    return day_past(s, field=field) if s.found(when).holds else None
