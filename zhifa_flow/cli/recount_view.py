"""What zhifa due --recount changed: case by case, each deadline with its old and its new last day."""

from __future__ import annotations

from typing import Any

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.reprojection import Recounted, recount
from zhifa_flow.cli.case_screens import recount_line
from zhifa_flow.cli.jsontext import show_json
from zhifa_flow.cli.screens import say
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.officer import Officer


def show_recount(
    desk: Desk, officer: Officer, agency: Agency | None, *, as_json: bool, rehearsed: bool
) -> bool:
    """Count anew, and show what came of it; answers whether every case could be counted."""
    looked, changed, told, wrong = 0, 0, list[dict[str, Any]](), list[str]()
    for stretch in recount(desk, officer, agency):
        looked += stretch.looked
        changed += len(stretch.recounted)
        for one in stretch.recounted:
            if as_json:
                told += _deadlines(one)
            else:
                _say(one)
        wrong += [f"案件{one.case}: {problem}" for one in stretch.passed for problem in one.problems]
    if as_json:
        show_json(
            {
                "looked_at": looked,
                "recounted": changed,
                "deadlines": told,
                "problems": wrong,
                "dry_run": rehearsed,
            }
        )
        return not wrong
    for problem in wrong:
        say(f"✗ {problem}")
    saved = "(试算, 没有保存)" if rehearsed else ""
    say(
        f"查看未办结案件{looked}件, 重算后有变动的{changed}件{saved}"
        + (f", 没有重算的问题{len(wrong)}项" if wrong else "")
    )
    return not wrong


def _say(one: Recounted) -> None:
    for before, after in one.changes:
        say(f"{one.step.case}  {recount_line(one.flow, before, after)}    {one.before.title}")


def _deadlines(one: Recounted) -> list[dict[str, Any]]:
    return [
        {
            "case": one.step.case, "title": one.before.title, "step": one.step.seq, "deadline": after.deadline,
            "name": one.flow.deadline[after.deadline].name, "was": before.due, "due": after.due,
            "safe_was": before.safe, "safe": after.safe, "provisional_was": before.provisional,
            "provisional": after.provisional,
        }
        for before, after in one.changes
    ]  # fmt: skip
