"""Who acted in one case counts, in a role of its own, in the case that goes on from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import (
    DAY,
    OFFICERS,
    RAW,
    changed,
    child,
    officer,
    refused,
    small,
    take,
    told,
    walk,
    world,
)
from zhifa_flow.engine.chain import broken_links
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.opening import Opened
from zhifa_flow.engine.options import options
from zhifa_flow.engine.steps import replay
from zhifa_flow.model.case import Case


@cache
def going_on(**acted: str) -> Compiled:
    """The small flow, whose decision opens a case of the same flow that goes on from it."""
    further = {"name": "续办", "flow": "test.small", "acted": acted, "gap": "测试"}
    return changed(
        child={"further": further},
        transition={"decide": {**RAW["transition"]["decide"], "opens": ["further"]}},
    )


def handed(**acted: str) -> Opened:
    """What the decision opened; 张某 and 王某 investigated, 赵某 reviewed, 孙某 decides."""
    it = going_on(**acted)
    before = walk("file_case", "inquire", "propose", "review", compiled=it)
    return take(before, "decide", compiled=it, world_={"flow_for": lambda name, on: it}).children[0]


@pytest.mark.parametrize(
    ("acted", "there"),
    [
        ({}, {}),
        ({"investigators": "investigators"}, {"investigators": ("zhang", "wang")}),
        ({"reviewer": "chair", "head": "handler"}, {"chair": ("zhao",), "handler": ("sun",)}),
        ({"chair": "reviewer"}, {}),
    ],
    ids=["nobody", "the same role", "other roles, and who takes the step", "a role nobody took"],
)
def test_who_acted_is_handed_on_in_the_role_named(
    acted: dict[str, str], there: dict[str, tuple[str, ...]]
) -> None:
    opened = handed(**acted)

    assert opened.case.acted == opened.step.acted == there
    assert broken_links([opened.step]) == []
    assert replay(going_on(**acted).flow, [opened.step]) == opened.case


def proposed(**acted: str) -> Case:
    """The case that goes on, up to its own proposal of a penalty, made by others."""
    others = {"li2": officer("li2", "林某", "调查岗"), "wu": officer("wu", "吴某", "调查岗")}
    it = take(handed(**acted).case, "file_case", compiled=going_on(**acted)).case
    people = {"officers": {**OFFICERS, **others}}
    return take(it, "propose", compiled=going_on(**acted), by=("li2", "wu"), world_=people).case


#: 张某, who investigated first, also holds the post of a reviewer.
POSTED: dict[str, Any] = {
    "officers": {**OFFICERS, "zhang": officer("zhang", "张某", "法制审核岗", legal_qualification=True)}
}


def test_who_may_not_act_together_in_one_case_may_not_in_the_next() -> None:
    acted = {"investigators": "investigators"}

    refusals = refused(proposed(**acted), "review", compiled=going_on(**acted), by=("zhang",), world_=POSTED)

    assert told(refusals) == ["people: 张某在本案中担任过“调查人员”, 不得再担任“审核人员”()"]


def test_who_is_not_handed_on_may_act_in_the_next() -> None:
    advanced = take(proposed(), "review", compiled=going_on(), by=("zhang",), world_=POSTED)

    assert advanced.case.acted["reviewer"] == ("zhang",)


# An open duty of the case that this one goes on from holds what the same duty of this case would hold.


@pytest.mark.parametrize(
    ("duty", "held"),
    [
        (child(), True),
        (child(ended=True), False),
        (child(ended=True, on=DAY + timedelta(days=1)), True),
        (child("recusal"), False),
        (replace(child(), flow="test.other@2021-07-15"), False),
        (replace(child(), relation=None), False),
    ],
    ids=["open", "ended", "ended later", "another rule", "another flow", "no rule"],
)
def test_an_open_duty_of_the_case_before_holds_the_same_steps_here(duty: Case, held: bool) -> None:
    paid = walk("file_case", "inquire", "propose", "review", "decide", "pay")

    seen = [one for one in options(small(), paid, DAY, world(siblings=(duty,))) if one.trigger == "close"]

    assert ["child" in [refusal.code for refusal in one.refusals] for one in seen] == [held]
