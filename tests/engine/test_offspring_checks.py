"""What a main case sees of the side cases that it opened: documents that they registered, orders that stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from tests.engine.builders import DAY, changed, child, paper, situation
from zhifa_flow.engine.checks import offspring
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.registry import BesideField, BesideName, ChildName, ChildState, FieldPath
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case, Paper

NEXT = timedelta(days=1)


@cache
def main() -> Compiled:
    return changed()


def outcome(number: str = "3号", **more: object) -> Paper:
    return paper("outcome", act_number=number, **more)  # type: ignore[arg-type]


def remedy(
    *papers: Paper, state: str = "to_comply", relation: str = "publication", ended: bool = False
) -> Case:
    it = child(relation, ended=ended, papers={one.kind: (one,) for one in papers})
    return replace(it, state=state)


def seen(*children: Case, said: str = "复议决定", number: str = "3号") -> Situation:
    return situation([paper("record", answer=said, refused=number)], compiled=main(), children=children)


def registered(s: Situation) -> str | None:
    return offspring.registered_in_child(
        s, field=FieldPath("record.answer"), says=("复议决定", "裁判"), number=FieldPath("record.refused"),
        child=ChildName("publication"), states=(ChildState("to_comply"), ChildState("complied")),
        document=BesideName("outcome"), of=BesideField("act_number"),
    )  # fmt: skip


@pytest.mark.parametrize("state", ["to_comply", "complied"])
def test_what_a_side_case_has_registered_may_be_named(state: str) -> None:
    assert registered(seen(remedy(outcome("2号")), remedy(outcome(), state=state))) is None


def test_an_act_that_needs_no_side_case_may_be_named_without_one() -> None:
    assert registered(seen(said="自行纠正")) is None


@pytest.mark.parametrize(
    "children",
    [
        [],
        [remedy()],
        [remedy(outcome("2号"))],
        [remedy(outcome(), state="judged")],
        [remedy(outcome(on=DAY + NEXT))],
        [remedy(outcome(), relation="recusal")],
        [remedy(paper("other", act_number="3号"))],
    ],
    ids=["no case", "nothing", "another number", "not in force", "later", "another rule", "another document"],
)
def test_an_act_that_no_side_case_has_registered_is_told(children: list[Case]) -> None:
    assert registered(seen(*children)) == (
        "《询问笔录》的“回答”为“复议决定”, “公示”没有登记“3号”, 或者没有生效"
    )


def nothing(s: Situation) -> str | None:
    return offspring.nothing_in_child(s, child=ChildName("publication"), document=BesideName("outcome"))


@pytest.mark.parametrize(
    "children",
    [
        [],
        [remedy(paper("other"))],
        [remedy(outcome(), relation="recusal")],
        [remedy(outcome(), ended=True)],
        [remedy(outcome(on=DAY + NEXT))],
    ],
    ids=["no case", "another document", "another rule", "ended", "later"],
)
def test_nothing_stands_in_the_way_where_no_open_side_case_holds_the_order(children: list[Case]) -> None:
    assert nothing(seen(*children)) is None


def test_an_order_of_an_open_side_case_stands_in_the_way() -> None:
    first, second = remedy(outcome()), remedy(outcome("4号"))

    assert nothing(seen(first, second)) == f"{first.id}: {DAY}登记; {second.id}: {DAY}登记"


def says(s: Situation) -> str | None:
    return offspring.child_paper_says(
        s, number=FieldPath("record.refused"), child=ChildName("publication"), document=BesideName("outcome"),
        of=BesideField("act_number"), result=BesideField("outcome"), values=("维持", "驳回"),
        day=FieldPath("record.made_on"), received=BesideField("received_on"),
    )  # fmt: skip


def with_day(day: str | None, *children: Case) -> Situation:
    record = paper("record", answer="复议决定", refused="3号", made_on=day)
    return situation([record], compiled=main(), children=children)


def ruled(result: str = "维持", number: str = "3号", on: date = DAY) -> Case:
    return remedy(outcome(number, outcome=result, received_on="2026-03-02", on=on), state="upheld")


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-03"])
def test_what_a_side_case_was_told_by_then_may_be_relied_on(day: str) -> None:
    assert says(with_day(day, ruled(number="2号", result="撤回"), ruled("驳回"))) is None


@pytest.mark.parametrize(
    ("day", "children", "told"),
    [
        ("2026-03-01", [ruled()], "“维持”(2026-03-02收到)"),
        ("2026-03-02", [ruled("撤回")], "“撤回”(2026-03-02收到)"),
        ("2026-03-02", [ruled(number="2号")], "没有登记"),
        ("2026-03-02", [ruled(on=DAY + NEXT)], "没有登记"),
        ("2026-03-02", [], "没有登记"),
        (None, [ruled()], "“维持”(2026-03-02收到)"),
    ],
    ids=["before it came", "another result", "another number", "registered later", "no case", "no day"],
)
def test_what_a_side_case_was_not_told_by_then_is_told(
    day: str | None, children: list[Case], told: str
) -> None:
    answer = says(with_day(day, *children))

    assert answer == f"“公示”登记的“3号”是{told}, 《询问笔录》的“询问日期”为{day}"
