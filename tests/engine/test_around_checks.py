"""What a case sees of the cases of another flow around it: what they decided, hold, registered, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import DAY, case, changed, child, clock, paper, situation
from zhifa_flow.engine.checks import around, enforcement
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.registry import (
    BesideDeadline,
    BesideField,
    BesideFlow,
    BesideName,
    ChildName,
    ChildState,
    DocumentName,
    FieldPath,
    FindingName,
    Found,
)
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case, Interval, Paper

NEXT = timedelta(days=1)
ROWS = {
    "type": "rows",
    "name": "各项",
    "columns": {"name": {"type": "text", "name": "名称"}, "how": {"type": "text", "name": "处理"}},
}
GOODS = [{"name": "货车", "how": "没收"}, {"name": "叉车", "how": "退还"}]


@cache
def main() -> Compiled:
    disposal = {
        "name": "处理决定",
        "basis": ["甲法第一条"],
        "field": {"items": ROWS, "due": {"type": "date", "name": "履行期限"}},
    }
    return changed(document={"disposal": disposal})


def near(*papers: Paper, flow: str = "test.penal@2021-07-15", **more: Any) -> Case:
    """A case of the other flow with these documents."""
    held: dict[str, tuple[Paper, ...]] = {}
    for one in papers:
        held[one.kind] = (*held.get(one.kind, ()), one)
    return case(flow, papers=held, **{"id": "B1", **more})


def asked(*papers: Paper, **more: Any) -> Situation:
    return situation(papers, compiled=main(), **more)


def places(one: Case) -> list[dict[str, Any]]:
    """The other case as the one that opened this, as what else that opened, as one that this opened."""
    return [{"parent": one}, {"siblings": (one,)}, {"children": (one,)}]


# Documents that are named.


def registered(s: Situation) -> str | None:
    return around.registered_around(
        s, field=FieldPath("record.answer"), says=("处罚", "不罚"), number=FieldPath("record.refused"),
        flow=BesideFlow("test.penal"), documents=(BesideName("penalty"), BesideName("waiver")),
        of=BesideField("number"),
    )  # fmt: skip


def naming(said: str, number: str, **more: Any) -> Situation:
    return asked(paper("record", answer=said, refused=number), **more)


DECIDED = near(paper("penalty", number="1号"), paper("waiver", number="2号"))


@pytest.mark.parametrize("place", places(DECIDED))
@pytest.mark.parametrize(("said", "number"), [("处罚", "1号"), ("不罚", "2号"), ("其他", "9号")])
def test_a_decision_may_be_named_that_a_case_around_this_one_holds(
    place: dict[str, Any], said: str, number: str
) -> None:
    assert registered(naming(said, number, **place)) is None


@pytest.mark.parametrize("parent", [None, near(flow="test.other@2021-07-15")], ids=["alone", "another flow"])
def test_any_decision_may_be_named_where_no_case_of_the_flow_is_around(parent: Case | None) -> None:
    assert registered(naming("处罚", "9号", parent=parent)) is None


@pytest.mark.parametrize(
    ("said", "number", "held"),
    [
        ("处罚", "9号", DECIDED),
        ("处罚", "2号", DECIDED),
        ("处罚", "1号", near()),
        ("处罚", "1号", near(paper("penalty", number="1号", on=DAY + NEXT))),
    ],
    ids=["another number", "a decision of the other kind", "nothing", "later"],
)
def test_a_decision_that_is_not_registered_there_is_told(said: str, number: str, held: Case) -> None:
    assert (
        registered(naming(said, number, parent=held)) == f"《询问笔录》的“拒绝签名”为“{number}”, B1没有登记"
    )


@pytest.mark.parametrize(
    ("reason", "told"),
    [("同样", None), ("别样", "《询问笔录》的“文号”为“同样”, 与B1登记的不一致")],
)
def test_what_the_document_says_there_it_says_here(reason: str, told: str | None) -> None:
    s = asked(
        paper("record", answer="处罚", refused="1号", reason="同样"),
        parent=near(paper("penalty", number="1号", reason=reason)),
    )

    assert (
        around.registered_around(
            s, field=FieldPath("record.answer"), says=("处罚",), number=FieldPath("record.refused"),
            flow=BesideFlow("test.penal"), documents=(BesideName("penalty"),), of=BesideField("number"),
            alike=FieldPath("record.reason"),
        )
        == told
    )  # fmt: skip


# Rows that say the same there.


def as_there(s: Situation) -> str | None:
    return around.rows_as_around(
        s, rows=FieldPath("disposal.items"), column="name", where="how", says="没收",
        flow=BesideFlow("test.penal"), document=BesideName("penalty"), of=BesideField("seized"), of_column="name",
    )  # fmt: skip


@pytest.mark.parametrize(
    "parent",
    [None, near(paper("penalty", seized=GOODS)), near(paper("penalty", seized=[GOODS[1]]), paper("penalty", seized=GOODS))],
    ids=["alone", "said there", "said in the newest"],
)  # fmt: skip
def test_what_is_confiscated_may_be_what_the_decision_confiscates(parent: Case | None) -> None:
    assert as_there(asked(paper("disposal", items=GOODS), parent=parent)) is None


@pytest.mark.parametrize(
    "parent",
    [
        near(),
        near(paper("penalty")),
        near(paper("penalty", seized=[GOODS[1]])),
        near(paper("penalty", seized=[{"name": "货车", "how": "退还"}])),
    ],
    ids=["no decision", "nothing of goods", "other goods", "given back there"],
)
def test_what_the_decision_does_not_confiscate_is_told(parent: Case) -> None:
    assert as_there(asked(paper("disposal", items=GOODS), parent=parent)) == "B1没有对货车写明“没收”"


# Everything that is held there.


def names_held(s: Situation) -> str | None:
    return around.rows_name_held(
        s, rows=FieldPath("disposal.items"), column="name", flow=BesideFlow("test.penal"),
        document=BesideName("list"), of=BesideField("items"), of_column="name",
    )  # fmt: skip


@pytest.mark.parametrize(
    "children",
    [
        (),
        (near(paper("list", items=GOODS)),),
        (near(paper("list", items=[{"name": "仓库"}]), ended=True),),
        (near(paper("list", items=[{"name": "仓库"}], on=DAY + NEXT)),),
        (near(paper("list", items=[{"name": "仓库"}]), flow="test.other@2021-07-15"),),
    ],
    ids=["no case", "all named", "ended", "later", "another flow"],
)
def test_a_decision_that_names_all_goods_lets_pass(children: Iterable[Case]) -> None:
    assert names_held(asked(paper("disposal", items=GOODS), children=tuple(children))) is None


def test_goods_that_the_decision_does_not_name_are_told() -> None:
    holding = near(paper("list", items=[*GOODS, {"name": "仓库"}]))

    assert names_held(asked(paper("disposal", items=GOODS), children=(holding,))) == (
        "《处理决定》的“各项”没有写明仓库(B1)"
    )


# Whether the decision there still says so.


def fallen(s: Situation) -> str | None:
    return around.nothing_says_around(
        s, when=FindingName("owed"), flow=BesideFlow("test.penal"), document=BesideName("act"),
        of=BesideField("outcome"), says=("撤销",),
    )  # fmt: skip


def kept(s: Situation) -> str | None:
    return around.kept_around(
        s, when=FindingName("owed"), flow=BesideFlow("test.penal"), document=BesideName("change"),
        of=BesideField("rows"), kind="没收",
    )  # fmt: skip


def unstayed(s: Situation) -> str | None:
    return around.flag_down_around(s, when=FindingName("owed"), flow=BesideFlow("test.penal"), flag="stayed")


def up(first: date, last: date | None = None, **more: Any) -> Case:
    return near(flags={"stayed": (Interval(first, last),)}, **more)


FELL = near(paper("act", outcome="撤销"))
CHANGED = near(paper("change", rows=[{"kind": "罚款"}]))


@pytest.mark.parametrize("found", [1, None])
@pytest.mark.parametrize(
    ("check", "one", "said"),
    [
        (fallen, FELL, f"B1: {DAY}登记的“撤销”"),
        (kept, CHANGED, f"B1: {DAY}登记的没有“没收”"),
        (unstayed, up(DAY), "B1"),
    ],
    ids=["annulled", "changed", "stayed"],
)
def test_a_decision_that_fell_is_told(
    check: Callable[[Situation], str | None], one: Case, said: str, found: int | None
) -> None:
    assert check(asked(parent=one, found={"owed": Found(found, "")})) == said


@pytest.mark.parametrize(
    ("check", "one"),
    [
        (fallen, near()),
        (fallen, near(paper("act", outcome="维持"))),
        (kept, near()),
        (kept, near(paper("change", rows=[{"kind": "罚款"}, {"kind": "没收"}]))),
        (unstayed, near()),
        (unstayed, up(DAY - NEXT, DAY)),
        (unstayed, up(DAY, ended=True)),
    ],
    ids=["no act", "upheld", "no change", "kept", "never stayed", "lifted", "ended"],
)
def test_a_decision_that_stands_lets_pass(check: Callable[[Situation], str | None], one: Case) -> None:
    assert check(asked(parent=one, found={"owed": Found(1, "")})) is None


@pytest.mark.parametrize(("check", "one"), [(fallen, FELL), (kept, CHANGED), (unstayed, up(DAY))])
def test_nothing_is_asked_of_the_decision_where_the_finding_fails(
    check: Callable[[Situation], str | None], one: Case
) -> None:
    assert check(asked(parent=one, found={"owed": Found(0, "")})) is None


def nothing(s: Situation) -> str | None:
    return around.nothing_held(
        s, flow=BesideFlow("test.penal"), documents=(BesideName("list"), BesideName("notice"))
    )


def test_what_is_held_since_a_later_day_stands_against_a_step_entered_late() -> None:
    assert nothing(asked(children=(near(paper("list", on=DAY + NEXT)),))) == f"B1: {DAY + NEXT}登记"


@pytest.mark.parametrize("kind", ["list", "notice"])
def test_what_an_open_case_still_holds_is_told(kind: str) -> None:
    holding = near(paper(kind))

    assert [nothing(asked(**place)) for place in places(holding)] == [f"B1: {DAY}登记"] * 3


@pytest.mark.parametrize(
    "one",
    [near(), near(paper("list"), ended=True), near(paper("list"), flow="test.other@2021-07-15")],
    ids=["nothing", "ended", "another flow"],
)  # fmt: skip
def test_nothing_stands_in_the_way_where_nothing_is_held(one: Case) -> None:
    assert nothing(asked(children=(one,))) is None


# What is registered there is registered here.


def abreast(s: Situation, unless: str | None = None) -> str | None:
    return around.abreast_of(
        s, flow=BesideFlow("test.penal"), documents=(BesideName("filing"), BesideName("receipt")),
        numbers=("number", "receipt"), about=DocumentName("decision"), unless=FindingName(unless) if unless else None,
    )  # fmt: skip


PAID: dict[str, Any] = {"payments": [{"receipt": "甲1"}, {"receipt": "甲2"}, {"amount": 1}]}


@pytest.mark.parametrize(
    "ours",
    [
        (paper("filing", number="1号", reason="另一字样"), paper("receipt", **PAID)),
        (paper("filing", number="1号"), paper("receipt", payments=[{"receipt": "甲2"}]), paper("receipt", payments=[{"receipt": "甲1"}])),
        (paper("carried", number="9号"), replace(paper("carried", number="1号"), digest=paper("filing", number="1号").digest), paper("receipt", **PAID)),
    ],
    ids=["the same numbers", "in several papers", "the document itself, under another name"],
)  # fmt: skip
def test_what_is_registered_here_too_lets_pass(ours: tuple[Paper, ...]) -> None:
    theirs = near(paper("filing", number="1号"), paper("receipt", **PAID), paper("other", number="5号"))

    assert abreast(asked(*ours, parent=theirs)) is None


@pytest.mark.parametrize(
    "one",
    [near(), near(paper("filing", number="1号", on=DAY + NEXT)), near(paper("filing", number="1号"), flow="test.other@2021-07-15")],
    ids=["nothing", "later", "another flow"],
)  # fmt: skip
def test_what_is_not_registered_there_is_not_missed(one: Case) -> None:
    assert abreast(asked(parent=one)) is None


def test_what_is_registered_there_alone_is_told_by_its_numbers() -> None:
    theirs = near(paper("filing", number="1号"), paper("receipt", **PAID))

    assert abreast(asked(paper("filing", number="2号"), paper("other", receipt="甲1"), parent=theirs)) == (
        f"本案没有登记: 案件B1于{DAY}登记的“1号”、案件B1于{DAY}登记的“甲1”、案件B1于{DAY}登记的“甲2”"
    )


def test_what_became_of_another_decision_is_not_missed() -> None:
    theirs = near(paper("penalty", number="7号"), paper("filing", number="1号"))

    assert abreast(asked(paper("decision", number="6号"), parent=theirs)) is None


def test_what_became_of_the_very_decision_is_told_whatever_it_is_called_there() -> None:
    ours = paper("decision", number="7号")
    theirs = near(replace(paper("penalty"), digest=ours.digest), paper("filing", number="1号"))

    assert abreast(asked(ours, parent=theirs)) == f"本案没有登记: 案件B1于{DAY}登记的“1号”"


@pytest.mark.parametrize(("found", "told"), [(1, False), (0, True), (None, True)])
def test_nothing_is_missed_where_the_finding_is_established(found: int | None, told: bool) -> None:
    theirs = near(paper("filing", number="1号"))

    assert bool(abreast(asked(parent=theirs, found={"owed": Found(found, "")}), "owed")) is told


# What is registered here is registered there.


def entered(s: Situation) -> str | None:
    return around.entered_around(
        s, flow=BesideFlow("test.penal"), documents=(DocumentName("filing"),), numbers=("number",),
        about=DocumentName("decision"),
    )  # fmt: skip


MADE = paper("decision", number="7号")


@pytest.mark.parametrize(
    "one",
    [
        near(MADE, paper("filing", number="1号")),
        near(MADE, ended=True),
        near(paper("decision", number="6号")),
        near(MADE, flow="test.other@2021-07-15"),
    ],
    ids=["the same number", "ended", "another decision", "another flow"],
)
def test_what_the_other_case_knows_or_need_not_know_lets_pass(one: Case) -> None:
    assert entered(asked(MADE, paper("filing", number="1号"), children=(one,))) is None


def test_what_the_other_case_does_not_know_is_told() -> None:
    one = near(MADE, paper("filing", number="2号"))

    assert entered(asked(MADE, paper("filing", number="1号"), children=(one,))) == "案件B1没有登记“1号”"


# Deadlines, and where a case comes from.


def due(s: Situation) -> str | None:
    return around.due_around(
        s, when=FindingName("owed"), field=FieldPath("disposal.due"), flow=BesideFlow("test.penal"),
        deadline=BesideDeadline("pay"),
    )  # fmt: skip


def until(last: date, name: str = "pay") -> Case:
    return near(clocks={name: clock(name, due=last)})


@pytest.mark.parametrize("found", [Found(1, ""), Found(None, "")])
@pytest.mark.parametrize("parent", [None, until(DAY), until(DAY + NEXT, "serve")], ids=["alone", "the day", "another deadline"])  # fmt: skip
def test_a_day_may_be_the_last_of_the_deadline_there(found: Found, parent: Case | None) -> None:
    s = asked(paper("disposal", due=DAY.isoformat()), parent=parent, found={"owed": found})

    assert due(s) is None


def test_another_day_than_the_last_of_the_deadline_there_is_told() -> None:
    s = asked(paper("disposal", due=DAY.isoformat()), parent=until(DAY + NEXT), found={"owed": Found(1, "")})

    assert due(s) == f"《处理决定》的“履行期限”为{DAY}, 主案的期限至{DAY + NEXT}届满"


def test_the_day_is_free_where_the_finding_fails() -> None:
    s = asked(paper("disposal", due=DAY.isoformat()), parent=until(DAY + NEXT), found={"owed": Found(0, "")})

    assert due(s) is None


@pytest.mark.parametrize(
    ("parent", "said"),
    [(None, None), (near(flow="test.other@2021-07-15"), None), (near(), "本案由B1启动")],
    ids=["alone", "another flow", "that flow"],
)
def test_a_case_knows_by_which_flow_it_was_opened(parent: Case | None, said: str | None) -> None:
    assert around.not_opened_by(asked(parent=parent), flow=BesideFlow("test.penal")) == said


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (child(), "“公示”尚未办结: A1.c"),
        (replace(child(), state="closed"), None),
        (child(ended=True), None),
        (child("recusal"), None),
    ],
    ids=["open", "in the state", "ended", "another rule"],
)
def test_a_side_case_is_settled_in_certain_states(one: Case, said: str | None) -> None:
    s = asked(children=(one,))

    assert around.children_settled(s, child=ChildName("publication"), states=(ChildState("closed"),)) == said


@pytest.mark.parametrize(
    ("papers", "other", "said"),
    [
        ((paper("disposal"),), Found(2, "二"), "一, 二"),
        ((paper("disposal"),), Found(1, "二"), None),
        ((), Found(2, "二"), None),
    ],
    ids=["differ", "agree", "not on file"],
)
def test_two_sums_agree_where_the_document_is_on_file(
    papers: tuple[Paper, ...], other: Found, said: str | None
) -> None:
    s = asked(*papers, found={"owed": Found(1, "一"), "fined": other})

    told = enforcement.comes_to(
        s, document=DocumentName("disposal"), finding=FindingName("owed"), other=FindingName("fined")
    )

    assert told == said
