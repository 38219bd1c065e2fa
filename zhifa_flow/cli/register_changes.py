"""The screen of what changed in a register (变动记录): when, by whom, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from zhifa_flow.casework.changes import Changed, changed
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.places import Places
from zhifa_flow.cli.screens import say
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.register import Registration


def show_changes(
    places: Places, one: Agency | Matter | Officer, registrations: Iterable[Registration]
) -> None:
    """Every registration of one agency, officer or matter, with what it changed."""
    history = list(changed(registrations))
    if places.as_json:
        show_json([_answer(each) for each in history])
        return
    say(f"{one.name}({one.id})的变动记录")
    for place, each in enumerate(history):
        at = each.made.at.astimezone(SHANGHAI)
        what = "变动" if place else "首次登记"
        who = each.made.recorder or "没有写明"
        say(f"第{each.made.number}条  {at:%Y-%m-%d %H:%M}  {what}  录入人: {who}", indent=2)
        for change in each.changes:
            said = f"{change.before or '无'} → {change.after or '无'}" if place else change.after
            say(f"{change.field}: {said}", indent=6)


def _answer(each: Changed) -> dict[str, object]:
    made = each.made
    return {
        "number": made.number, "entered_at": made.at, "recorder": made.recorder, "content": made.content,
        "changes": [asdict(change) for change in each.changes], "digest": made.digest,
    }  # fmt: skip
