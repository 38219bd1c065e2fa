"""The checks against the copy before: answered once, kept or changed as the ground says, higher or lower than it was."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.engine.builders import BASIS, changed, paper, situation
from zhifa_flow.engine.checks import former, rows
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.registry import DocumentName, FieldPath
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Paper

FORM = {
    "name": "意见",
    "basis": BASIS,
    "field": {
        "ground": {"type": "text", "name": "结论", "required": False},
        "says": {"type": "text", "name": "意见"},
        "sum": {"type": "money", "name": "金额"},
        "until": {"type": "date", "name": "自何日起停发", "required": False},
    },
}
PAID = {
    "name": "发放记录",
    "basis": BASIS,
    "repeatable": True,
    "field": {
        "items": {"type": "rows", "name": "发放", "columns": {"month": {"type": "date", "name": "月份"}}}
    },
}
GROUND, SAYS, SUM = FieldPath("form.ground"), FieldPath("form.says"), FieldPath("form.sum")
ITEMS = FieldPath("paid.items")


@cache
def compiled() -> Compiled:
    return changed(document={"form": FORM, "paid": PAID})


def asked(*papers: Paper) -> Situation:
    """The step after revision 5: what bears 6 is handed in with it."""
    return situation(papers, compiled=compiled(), revision=5)


def after(before: dict[str, Any] | None, now: dict[str, Any]) -> Situation:
    older = [paper("form", seq=5, **before)] if before else []
    return asked(*older, paper("form", seq=6, **now))


@pytest.mark.parametrize(
    ("record", "reviews", "said"),
    [
        (None, [6], "案卷中没有有效的《询问笔录》"),
        (4, [], None),
        (4, [6], None),
        (4, [3, 6], None),
        (4, [5, 6], "2026-03-02的《询问笔录》已于2026-03-02有《意见》"),
    ],
)
def test_what_was_looked_into_before_this_step_is_not_looked_into_again(
    record: int | None, reviews: list[int], said: str | None
) -> None:
    papers = [paper("form", seq=seq) for seq in reviews]
    s = asked(*([paper("record", seq=record)] if record else []), *papers)

    answer = former.not_looked_into(s, record=DocumentName("record"), review=DocumentName("form"))

    assert answer == said


@pytest.mark.parametrize(
    ("ground", "said"),
    [("自行", "2026-03-02的《询问笔录》已于2026-03-02有《意见》"), ("判决", None), (None, None)],
)
def test_it_can_be_asked_of_some_grounds_only(ground: str | None, said: str | None) -> None:
    s = asked(paper("record", seq=4), paper("form", seq=5), paper("form", seq=6, ground=ground))
    kinds = {"record": DocumentName("record"), "review": DocumentName("form")}

    assert former.not_looked_into(s, **kinds, field=GROUND, says=("自行",)) == said


@pytest.mark.parametrize(
    ("ground", "before", "now", "kept", "differs"),
    [
        ("成立", "符合", "不符合", False, True),
        ("成立", "符合", "符合", True, False),
        ("不成立", "符合", "不符合", True, True),
        ("不成立", "符合", "符合", True, True),
        ("成立", None, "符合", True, True),
        (None, "符合", "不符合", True, True),
    ],
)
def test_a_ground_keeps_or_changes_what_the_copy_before_said(
    ground: str | None, before: str | None, now: str, *, kept: bool, differs: bool
) -> None:
    s = after({"says": before} if before else None, {"ground": ground, "says": now})

    keeping = former.kept_when(s, field=GROUND, says=("成立",), of=SAYS)
    changing = former.changed_when(s, field=GROUND, says=("成立",), of=SAYS)

    assert (keeping is None, changing is None) == (kept, differs)


def test_what_was_said_before_and_now_is_told() -> None:
    s = after({"says": "符合"}, {"ground": "成立", "says": "不符合"})

    said = former.kept_when(s, field=GROUND, says=("成立",), of=SAYS)

    assert said == "《意见》的“结论”为“成立”, 《意见》的“意见”原为“符合”, 现为“不符合”"


@pytest.mark.parametrize(
    ("before", "now", "above", "below", "not_below"),
    [
        (900, 901, True, False, True),
        (900, 900, False, False, True),
        (900, 899, False, True, False),
        (None, 1, True, False, True),
        (None, 0, False, False, True),
    ],
)
def test_an_amount_is_held_against_that_of_the_copy_before(
    before: int | None, now: int, *, above: bool, below: bool, not_below: bool
) -> None:
    s = after({"sum": before} if before else None, {"ground": "恢复", "sum": now})

    higher = former.above_former(s, amount=SUM)
    lower = former.below_former(s, amount=SUM)
    restored = former.not_below_former_when(s, field=GROUND, says=("恢复",), amount=SUM)

    assert (higher is None, lower is None, restored is None) == (above, below, not_below)
    assert former.not_below_former_when(s, field=GROUND, says=("其他",), amount=SUM) is None


def test_both_amounts_are_told() -> None:
    s = after({"sum": 90000}, {"sum": 80000})

    assert former.above_former(s, amount=SUM) == "《意见》的“金额”原为900.00元, 现为800.00元"


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (["2026-01-01", "2026-02-01"], None),
        (["2026-01-01", "2026-02-10"], "《发放记录》的“发放”中有2026-02-10, 不是每月一日"),
        ([None], "《发放记录》的“发放”中有未填写, 不是每月一日"),
        ([], None),
    ],
)
def test_a_month_is_named_by_its_first_day_in_what_is_handed_in(
    months: list[str | None], said: str | None
) -> None:
    older = paper("paid", seq=5, items=[{"month": "2025-12-31"}])
    s = asked(older, paper("paid", seq=6, items=[{"month": month} for month in months]), paper("paid", seq=6))

    assert rows.first_of_month(s, rows=ITEMS, column="month") == said


@pytest.mark.parametrize(
    ("month", "until", "said"),
    [
        ("2026-02-01", "2026-03-01", None),
        (
            "2026-03-01",
            "2026-03-01",
            "《发放记录》的“发放”中有2026-03-01, 《意见》的“自何日起停发”为2026-03-01",
        ),
        (
            "2026-04-01",
            "2026-03-01",
            "《发放记录》的“发放”中有2026-04-01, 《意见》的“自何日起停发”为2026-03-01",
        ),
        ("2026-02-01", None, "《意见》的“自何日起停发”没有填写"),
    ],
)
def test_a_row_lies_before_the_end_in_what_is_handed_in(
    month: str, until: str | None, said: str | None
) -> None:
    older = paper("paid", seq=4, items=[{"month": "2026-12-01"}])
    now = [
        paper("form", seq=5, until=until),
        paper("paid", seq=6, items=[{"month": month}]),
        paper("paid", seq=6),
    ]

    answer = rows.rows_dated_before(
        asked(older, *now), rows=ITEMS, column="month", end=FieldPath("form.until")
    )

    assert answer == said
