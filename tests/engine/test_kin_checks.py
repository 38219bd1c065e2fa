"""What a side duty sees of the cases around it: the main case, and what else that one opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.engine.builders import DAY, FINE, case, child, paper, side, situation
from zhifa_flow.engine.checks import acting, kin
from zhifa_flow.engine.registry import BesideField, BesideName, BesideRule, ChildName, DocumentName
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case, Paper

NEXT = timedelta(days=1)
DECIDED = paper("decision", seq=6, number="2号", **FINE)
#: The same document as a side duty was opened with it, and a later decision of the same case.
CARRIED = replace(DECIDED, seq=0)
AGAIN = paper("decision", seq=12, number="3号", **FINE)


def around(*papers: Paper, **more: Any) -> Case:
    """A case with these documents, one of each kind or several."""
    held: dict[str, tuple[Paper, ...]] = {}
    for one in papers:
        held[one.kind] = (*held.get(one.kind, ()), one)
    return case(papers=held, **more)


def act(seq: int = 7, answer: str = "撤销", refused: str = "是") -> Paper:
    """What set the decision aside, in the words of the record that repeats it."""
    return paper("voiding", seq=seq, answer=answer, refused=refused)


def duty(parent: Case | None, *siblings: Case, decision: Paper | None = CARRIED) -> Situation:
    """A side duty of the decision; its record says that this was revoked."""
    record = paper("record", answer="撤销", refused="是")
    return situation(
        [record, *([decision] if decision else [])], compiled=side(), parent=parent, siblings=siblings
    )


# A document that repeats what a case around it holds.


def agrees(s: Situation) -> str | None:
    return kin.agrees_beside(
        s, document=DocumentName("record"), fields=(BesideField("answer"), BesideField("refused")),
        beside=BesideName("voiding"), about=DocumentName("decision"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("parent", "siblings"),
    [
        (around(DECIDED, act()), ()),
        (around(DECIDED, act(answer="变更"), act()), ()),
        (around(AGAIN), (around(CARRIED, id="A1.p"), around(CARRIED, act(seq=0), id="A1.w"))),
    ],
    ids=["main case", "second of two", "sibling opened with it"],
)
def test_a_document_may_repeat_what_a_case_around_it_holds(parent: Case, siblings: tuple[Case, ...]) -> None:
    assert agrees(duty(parent, *siblings)) is None


@pytest.mark.parametrize(
    ("parent", "siblings"),
    [
        (None, ()),
        (around(DECIDED), ()),
        (around(act()), ()),
        (around(DECIDED, act(answer="变更")), ()),
        (around(DECIDED, act(refused="否")), ()),
        (around(AGAIN, act(seq=13)), ()),
        (around(DECIDED, act(seq=5)), ()),
        (around(AGAIN), (around(AGAIN, act(), id="A1.w"),)),
    ],
    ids=[
        "no main case", "nothing of the kind", "no decision", "other outcome", "other word", "about a later decision",
        "older than the decision", "about another decision",
    ],
)  # fmt: skip
def test_a_document_that_repeats_nothing_is_told_what_it_says(
    parent: Case | None, siblings: tuple[Case, ...]
) -> None:
    assert agrees(duty(parent, *siblings)) == (
        "《询问笔录》的“回答”“撤销”、《询问笔录》的“拒绝签名”“是”与主案所登记的不一致, 或者主案没有登记"
    )


def test_what_a_duty_holds_no_decision_of_repeats_nothing() -> None:
    assert agrees(duty(around(DECIDED, act()), decision=None)) is not None


# Nothing of a kind in a case around it.


def nothing(s: Situation) -> str | None:
    return kin.nothing_beside(s, beside=BesideName("voiding"), about=DocumentName("decision"))


@pytest.mark.parametrize(
    ("parent", "siblings", "found"),
    [
        (None, (), None),
        (around(DECIDED), (), None),
        (around(DECIDED, act()), (), f"A1: {DAY}登记"),
        (around(DECIDED), (around(CARRIED, act(), id="A1.w"),), f"A1.w: {DAY}登记"),
        (around(DECIDED, act()), (around(CARRIED, act(seq=0), id="A1.w"),), f"A1: {DAY}登记; A1.w: {DAY}登记"),
        (around(AGAIN, act(seq=13)), (), None),
        (around(DECIDED, act(seq=5)), (), None),
        (around(act()), (), None),
    ],
    ids=[
        "no main case", "nothing", "something", "a sibling", "both", "about a later decision",
        "older than the decision", "no decision",
    ],
)  # fmt: skip
def test_a_document_of_the_kind_is_found_wherever_the_same_decision_is(
    parent: Case | None, siblings: tuple[Case, ...], found: str | None
) -> None:
    assert nothing(duty(parent, *siblings)) == found


# The same document under another name.


GRANTED = paper("licence", seq=6, number="2号")


@pytest.mark.parametrize(
    ("parent", "siblings", "found"),
    [
        (around(GRANTED, act()), (), f"A1: {DAY}登记"),
        (around(GRANTED), (around(GRANTED.received("permit"), act(), id="A1.w"),), f"A1.w: {DAY}登记"),
        (around(GRANTED, act(seq=5)), (), None),
        (around(paper("licence", seq=6, number="3号"), act()), (), None),
        (around(paper("decision", seq=6, number="2号"), act()), (), None),
    ],
    ids=["main case", "third name", "older", "another licence", "another kind that says the same"],
)
def test_the_same_document_is_known_under_whatever_name(
    parent: Case, siblings: tuple[Case, ...], found: str | None
) -> None:
    s = duty(parent, *siblings, decision=replace(GRANTED.received("decision"), seq=0))

    assert nothing(s) == found
    assert (agrees(s) is None) == (found is not None)


# Who is recused beside.


def recusal(*recused: str, relation: str = "recusal") -> Case:
    order = paper("recusal_decision", recused=list(recused))
    return child(relation, ended=True, id_="A1.r", papers={"recusal_decision": (order,)})


def recused_beside(s: Situation) -> str | None:
    return kin.nobody_recused_beside(
        s, child=BesideRule("recusal"), document=BesideName("recusal_decision"), field=BesideField("recused")
    )


def recused(s: Situation) -> str | None:
    return acting.nobody_recused(
        s, child=ChildName("recusal"), document=BesideName("recusal_decision"), field=BesideField("recused")
    )


@pytest.mark.parametrize(
    ("by", "beside", "who"),
    [
        (("wang",), (), None),
        (("wang",), (recusal("wang"),), "王某(A1.r)"),
        (("li",), (recusal("wang"),), None),
        (("wang",), (recusal("wang", relation="complaint"),), None),
        (("wang", "li"), (recusal("zhang"), recusal("li", "wang")), "王某(A1.r)、李某(A1.r)"),
    ],
    ids=["nothing beside", "recused", "somebody else", "another kind of case", "two"],
)
def test_who_is_recused_beside_may_act_neither_in_a_duty_nor_in_a_case_that_goes_on(
    by: tuple[str, ...], beside: tuple[Case, ...], who: str | None
) -> None:
    s = situation(compiled=side(), by=by, siblings=beside)

    assert (recused_beside(s), recused(s)) == (who, who)


def test_a_case_that_goes_on_obeys_its_own_orders_and_those_beside_it() -> None:
    s = situation(by=("li", "wang"), children=(recusal("li"),), siblings=(recusal("wang"),))

    assert recused(s) == "李某(A1.r)、王某(A1.r)"


def test_a_duty_does_not_take_its_own_children_for_siblings() -> None:
    assert recused_beside(situation(compiled=side(), by=("wang",), children=(recusal("wang"),))) is None


@pytest.mark.parametrize(("shift", "who"), [(-1, None), (0, "王某(A1.r)"), (1, "王某(A1.r)")])
def test_an_act_of_a_day_before_the_order_stands(shift: int, who: str | None) -> None:
    s = situation(compiled=side(), by=("wang",), siblings=(recusal("wang"),), on=DAY + shift * NEXT)

    assert recused_beside(s) == who
