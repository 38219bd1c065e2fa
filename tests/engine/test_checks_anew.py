"""Checks on what is proposed or decided anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.engine.builders import DAY, case, paper
from tests.engine.test_procedure_checks import fined, given, path
from zhifa_flow.engine.checks import anew
from zhifa_flow.engine.registry import DocumentName

NEXT = (DAY + timedelta(days=1)).isoformat()
BY: Any = {"by": ("kind", "item"), "verified": "on", "result": "result", "true": "属实"}
LIGHT = [{"kind": "警告"}]


def evidence(seq: int, *names: str, note: str = "", on: str = NEXT, result: str = "属实") -> Any:
    said = {"kind": "书证", "note": note, "on": on, "result": result}
    return paper("note", seq=seq, rows=[{**said, "item": name} for name in names])


# proposed anew ---------------------------------------------------------------------------------------------


def heavier_answer(*papers: Any) -> str | None:
    return anew.heavier_on_new_evidence(
        given(*papers), proposed=path("other.penalties"), told=path("proposal.penalties"), facts=path("other.says"),
        evidence=path("note.rows"), **BY,
    )  # fmt: skip


def test_the_first_proposal_and_a_lighter_one_need_no_new_evidence() -> None:
    told = paper("proposal", seq=2, penalties=fined(100))

    assert heavier_answer(paper("other", penalties=fined(500))) is None
    assert heavier_answer(told, paper("other", penalties=fined(100))) is None
    assert heavier_answer(told, paper("other", penalties=LIGHT)) is None


def test_a_notice_that_told_of_no_penalty_is_no_measure_of_the_next_proposal() -> None:
    silent = paper("proposal", seq=2, says="只告知事实、理由和依据")

    assert heavier_answer(silent, paper("other", penalties=fined(500))) is None


EVIDENCE = pytest.mark.parametrize(
    ("lists", "facts", "allowed"),
    [
        ([evidence(1, "合同"), evidence(3, "合同", "笔录")], "新查明", True), ([evidence(3, "合同")], "新查明", True),
        ([evidence(1, "合同"), evidence(3, "合同附件", on=DAY.isoformat())], "新查明", False),
        ([evidence(1, "合同"), evidence(3, "合同", note="再次查证")], "新查明", False), ([evidence(2, "笔录")], "新查明", False),
        ([evidence(1, "合同"), evidence(3, "笔录")], None, False), ([], "新查明", False), ([paper("note", seq=3)], "新查明", False),
        ([evidence(1, "合同"), evidence(3, "笔录", result="未能查证")], "新查明", False),
    ],
    ids=[
        "more", "first list", "renamed", "the same again", "before the notice", "no facts", "no list", "empty list", "untrue",
    ],
)  # fmt: skip


@EVIDENCE
def test_more_than_was_told_rests_on_new_facts_and_evidence_not_listed_before(
    lists: list[Any], facts: str | None, allowed: bool
) -> None:
    told = paper("proposal", seq=2, penalties=fined(100))

    answer = heavier_answer(told, paper("other", penalties=fined(101), says=facts), *lists)

    assert (answer is None) is allowed


def adopted(*papers: Any) -> str | None:
    return anew.lighter_or_on_new_evidence(
        given(*papers), field=path("plain.text"), says=("全部采纳",), proposed=path("other.penalties"),
        told=path("proposal.penalties"), facts=path("other.says"), evidence=path("note.rows"), **BY,
    )  # fmt: skip


def answered(seq: int, text: str = "全部采纳") -> Any:
    return paper("plain", seq=seq, text=text)


@pytest.mark.parametrize(
    ("penalties", "allowed"),
    [
        (fined(100), False), (fined(99), True), (LIGHT, True), (fined(100, "警告"), False),
        ([{"kind": "罚款", "amount": 100, "content": "换一种写法"}], False), (fined(101), False),
    ],
    ids=["the same", "less", "a warning instead", "a warning besides", "other words", "more"],
)  # fmt: skip
def test_what_was_accepted_is_not_proposed_again(penalties: list[dict[str, object]], allowed: bool) -> None:
    told = paper("proposal", seq=2, penalties=fined(100))

    answer = adopted(told, answered(3), paper("other", penalties=penalties))

    expected = "2026-03-02的《另一文书》的“内容”为“全部采纳”, 拟处罚不轻于2026-03-02告知的"
    assert answer == (None if allowed else expected)


@pytest.mark.parametrize(
    "papers",
    [
        [answered(1)], [paper("proposal", seq=2, penalties=fined(100))],
        [answered(1), paper("proposal", seq=2, penalties=fined(100))],
        [paper("proposal", seq=2, penalties=fined(100)), answered(3, "不采纳")],
    ],
    ids=["nothing told", "nothing answered", "told again since", "not accepted"],
)  # fmt: skip
def test_an_answer_binds_what_follows_the_notice_it_belongs_to(papers: list[Any]) -> None:
    assert adopted(*papers, paper("other", penalties=fined(100))) is None


@EVIDENCE
def test_new_evidence_makes_another_proposal_of_it(
    lists: list[Any], facts: str | None, allowed: bool
) -> None:
    told = paper("proposal", seq=2, penalties=fined(100))

    answer = adopted(told, answered(3), paper("other", penalties=fined(100), says=facts), *lists)

    assert (answer is None) is allowed


# decided anew ----------------------------------------------------------------------------------------------


def again(before: Any, now: Any, ground: str | None, *lists: Any) -> str | None:
    s = given(*([paper("plain", text=ground)] if ground else []), *lists)
    s.case = case(papers={"other": (paper("other", seq=2, says=before, then="同"),)} if before else {})
    s.papers = {**s.papers, **({"other": (paper("other", says=now, then="同"),)} if now else {})}
    return anew.not_the_same_again(
        s, decision=DocumentName("other"), fields=("says", "then"), ground=path("plain.text"), exempt="违反法定程序",
        evidence=path("note.rows"), **BY,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now", "ground", "refused"),
    [
        ("甲", "甲", "证据不足", True), ("甲", "乙", "证据不足", False), ("甲", "甲", "违反法定程序", False),
        ("甲", "甲", None, False), (None, "甲", "证据不足", False), ("甲", None, "证据不足", False),
        ("停业, 一个月", "停业一个月。", "证据不足", True), (["甲", "乙"], ["乙", "甲"], "证据不足", True),
        (fined(100), fined(100), "证据不足", True), (fined(100), fined(99), "证据不足", False),
        ([{"kind": "警告"}], [{"kind": "警告", "content": ""}], "证据不足", True),
    ],
)  # fmt: skip
def test_a_decision_set_aside_is_not_made_again_unless_only_procedure_was_at_fault(
    before: object, now: object, ground: str | None, refused: bool
) -> None:
    assert (again(before, now, ground) is not None) is refused


@pytest.mark.parametrize(
    ("found", "refused"), [(evidence(3, "流水"), False), (evidence(1, "流水"), True)], ids=["since", "before"]
)
def test_the_same_may_be_decided_on_evidence_found_since(found: Any, refused: bool) -> None:
    assert (again("甲", "甲", "证据不足", found) is not None) is refused
