"""What another case of the same party has to do with this one: the same act is not fined twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import (
    CITIZEN,
    FINE,
    PARTY,
    RAW,
    case,
    changed,
    flow,
    paper,
    raw_flow,
    refused,
    situation,
    small,
    take,
    walk,
)
from tests.engine.test_flowcheck import checked
from zhifa_flow.engine.bindings import bind_finding, bind_guard
from zhifa_flow.engine.checks.elsewhere import in_no_other_case, searched_by_hand, told_apart
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.findings.elsewhere import fined_before, fined_less_and_lifted
from zhifa_flow.engine.registry import ElsewherePath, FieldPath, FindingName, Found
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.identity import CodeKind
from zhifa_flow.model.party import Party

KNOWN = replace(PARTY, code="91000000000000000K", code_kind=CodeKind.USCC, no_code_reason=None)
FINED = [{"kind": "罚款", "amount": 12_000_000}]
WARNED = [{"kind": "警告"}]
CONFISCATED = [{"kind": "没收违法所得", "amount": 500}]


def elsewhere(*paths: str) -> tuple[ElsewherePath, ...]:
    return tuple(ElsewherePath(path) for path in paths)


def report(
    first: str | None = "2026-01-10", last: str | None = "2026-01-20", *articles: str, kind: str = "report"
) -> Paper:
    """What an investigation came to; what is None or left out is not stated."""
    said: dict[str, Any] = {"first": first, "last": last, "violated": list(articles)}
    return paper(kind, **{name: value for name, value in said.items() if value})


def decision(penalties: object = FINED, seq: int = 5, kind: str = "decision") -> Paper:
    return paper(kind, date(2026, 2, 3), seq, penalties=penalties)


def other(*papers: Paper, id_: str = "B1") -> Case:
    return case(id=id_, party=KNOWN, papers={one.kind: (one,) for one in papers})


def found(
    *others: Case, ours: Paper | None = None, party: Party | None = KNOWN, parent: Case | None = None
) -> Found:
    s = situation([ours or report("2026-01-10", "2026-01-20", "甲法第一条")], party=party, parent=parent)
    s.others = others
    return fined_before(
        s, first=FieldPath("report.first"), last=FieldPath("report.last"), violated=FieldPath("report.violated"),
        begins=elsewhere("report.first", "spot.last"), ends=elsewhere("report.last", "spot.last"),
        articles=elsewhere("report.violated", "spot.violated"), fines=elsewhere("decision.penalties", "changed.penalties"),
        lifted=elsewhere("voiding.outcome", "remake"), lifting=("撤销", "确认无效"),
    )  # fmt: skip


SAME = report("2026-01-10", "2026-01-20", "甲法第一条")


# The finding.


def test_a_fine_for_the_same_act_is_found_and_its_case_is_named() -> None:
    answer = found(other(SAME, decision()))

    assert (answer.value, answer.row) == (True, "B1")
    assert answer.reason == (
        "案件B1于2026-02-03决定罚款120,000.00元(违法行为2026-01-10至2026-01-20, 违反甲法第一条)"
    )


def test_every_case_with_a_fine_for_the_act_is_named_and_no_other() -> None:
    answer = found(
        other(SAME, decision(), id_="B1"), other(SAME, decision(WARNED), id_="B2"), other(SAME, decision(), id_="B3")
    )  # fmt: skip

    assert answer.row == "B1、B3"
    assert "B2" not in answer.reason


def test_where_there_is_none_it_says_that_the_other_cases_were_looked_at() -> None:
    answer = found(other(SAME), other(id_="B2"))

    assert answer == Found(False, "已查对当事人的其他案件, 没有对同一违法行为的罚款") == found()


@pytest.mark.parametrize(
    ("first", "last", "value"),
    [
        ("2026-01-01", "2026-01-09", False), ("2026-01-01", "2026-01-10", True), ("2026-01-12", "2026-01-13", True),
        ("2026-01-20", "2026-02-01", True), ("2026-01-21", "2026-02-01", False), ("2026-01-01", "2026-02-01", True),
        (None, "2026-01-09", False), (None, "2026-01-10", True), ("2026-01-20", None, True), ("2026-01-21", None, False),
        (None, None, True),
    ],
)  # fmt: skip
def test_acts_are_one_only_if_their_days_overlap_and_open_ends_count_as_overlapping(
    first: str | None, last: str | None, value: bool
) -> None:
    theirs, ours = report(first, last, "甲法第一条"), report("2026-01-10", "2026-01-20", "甲法第一条")

    assert found(other(theirs, decision())).value is value
    assert found(other(ours, decision()), ours=theirs).value is value


@pytest.mark.parametrize(
    ("articles", "value"),
    [
        (("甲法第一条第二款",), True), (("甲法第二条", "甲法第一条"), True), (("甲法第十一条",), False),
        (("乙法第一条",), False), (("甲法第一条之一",), False), ((), True),
    ],
)  # fmt: skip
def test_acts_are_one_only_if_both_violate_one_article_of_whichever_paragraph(
    articles: tuple[str, ...], value: bool
) -> None:
    theirs = report("2026-01-10", "2026-01-20", *articles)

    assert found(other(theirs, decision())).value is value
    assert found(other(SAME, decision()), ours=theirs).value is value


def test_what_another_case_does_not_state_is_said() -> None:
    assert "(违法行为起始日未载明至终了日未载明, 违反的规定未载明)" in found(other(decision())).reason


def test_of_several_documents_that_may_say_it_the_first_on_file_speaks() -> None:
    spot = paper("spot", last="2026-03-01", violated=["甲法第一条"])
    ordinary = report("2026-01-10", "2026-01-20", "乙法第一条")

    assert found(other(spot, decision())).value is False
    assert found(other(SAME, spot, decision())).value is True
    assert (
        found(other(ordinary, paper("spot", last="2026-01-15", violated=["甲法第一条"]), decision())).value
        is False
    )


@pytest.mark.parametrize("penalties", [WARNED, CONFISCATED, [], None])
def test_a_decision_without_a_fine_fines_nobody(penalties: object) -> None:
    assert found(other(SAME, decision(penalties))).value is False


def test_a_decision_carried_to_a_side_duty_is_not_its_own() -> None:
    assert found(other(SAME, decision(seq=0))).value is False


def test_a_decision_that_was_changed_counts_as_it_is_now() -> None:
    less = found(other(SAME, decision(), decision([{"kind": "罚款", "amount": 100}], 8, "changed")))
    without = found(other(SAME, decision(), decision(CONFISCATED, 8, "changed")))
    made_anew = found(other(SAME, decision(seq=9), decision(CONFISCATED, 8, "changed")))

    assert "罚款1.00元" in less.reason
    assert (without.value, made_anew.value) == (False, True)


@pytest.mark.parametrize(
    ("act", "value"),
    [
        (paper("voiding", seq=6, outcome="撤销"), False), (paper("voiding", seq=6, outcome="确认无效"), False),
        (paper("voiding", seq=6, outcome="确认违法"), True), (paper("voiding", seq=5, outcome="撤销"), True),
        (paper("remake", seq=6), False), (paper("remake", seq=4), True),
    ],
)  # fmt: skip
def test_a_decision_falls_only_with_what_sets_it_aside_later(act: Paper, value: bool) -> None:
    assert found(other(SAME, decision(), act)).value is value


@pytest.mark.parametrize(
    "party",
    [None, PARTY, CITIZEN, replace(KNOWN, code="9100000000000000**")],
    ids=["nobody", "no code", "citizen without code", "masked"],
)
def test_without_the_whole_code_of_the_party_nothing_can_be_said_and_that_is_said(
    party: Party | None,
) -> None:
    answer = found(other(SAME, decision()), party=party)

    assert (answer.value, answer.reason, answer.row) == (None, "当事人证件号码不完整, 不能跨案查对", "")


# The finding of a smaller fine that was set aside.

REVOKED = paper("voiding", seq=6, outcome="撤销")


def lifted(
    *others: Case, fine: int = 15_000_000, party: Party | None = KNOWN, ours: Paper = SAME, parent: Case | None = None
) -> Found:  # fmt: skip
    proposal = paper("proposal", penalties=[{"kind": "罚款", "amount": fine}])
    s = situation([ours, proposal], party=party, parent=parent)
    s.others = others
    return fined_less_and_lifted(
        s, proposed=FieldPath("proposal.penalties"), first=FieldPath("report.first"), last=FieldPath("report.last"),
        violated=FieldPath("report.violated"), begins=elsewhere("report.first"), ends=elsewhere("report.last"),
        articles=elsewhere("report.violated"), fines=elsewhere("decision.penalties", "changed.penalties"),
        lifted=elsewhere("voiding.outcome", "remake"), lifting=("撤销", "确认无效"),
    )  # fmt: skip


def test_a_smaller_fine_that_was_revoked_in_another_case_is_found_and_named() -> None:
    answer = lifted(
        other(SAME, decision(), REVOKED, id_="B1"), other(SAME, decision(), id_="B2"),
        other(SAME, decision(), REVOKED, id_="B3"),
    )  # fmt: skip

    assert (answer.value, answer.row) == (True, "B1、B3")
    assert answer.reason.startswith(
        "案件B1于2026-02-03决定罚款120,000.00元, 已被撤销或者确认无效, 本案罚款150,000.00元(违法行为2026-01-10"
    )


@pytest.mark.parametrize(("fine", "value"), [(11_999_999, False), (12_000_000, False), (12_000_001, True)])
def test_a_fine_no_bigger_than_the_one_revoked_wants_no_word(fine: int, value: bool) -> None:
    assert lifted(other(SAME, decision(), REVOKED), fine=fine).value is value


def test_a_warning_that_was_revoked_fined_nothing() -> None:
    assert lifted(other(SAME, decision(WARNED), REVOKED), fine=1).value is True


@pytest.mark.parametrize(
    "theirs",
    [
        other(SAME, decision()), other(SAME), other(report("2026-01-10", "2026-01-20", "乙法第一条"), decision(), REVOKED),
        other(SAME, decision(), paper("voiding", seq=6, outcome="确认违法")), other(SAME, decision(seq=7), REVOKED),
    ],
    ids=["in force", "undecided", "another act", "declared unlawful", "made anew"],
)  # fmt: skip
def test_what_stands_or_is_of_another_act_was_not_lifted(theirs: Case) -> None:
    assert lifted(theirs) == Found(
        False, "已查对当事人的其他案件, 没有对同一违法行为罚款较少而失去效力的决定"
    )


@pytest.mark.parametrize("party", [None, PARTY])
def test_without_the_code_of_the_party_it_cannot_be_said_what_was_lifted(party: Party | None) -> None:
    answer = lifted(other(SAME, decision(), REVOKED), party=party)

    assert answer == Found(None, "当事人证件号码不完整, 不能跨案查对")


# The checks.

APART: dict[str, Any] = {
    "finding": FindingName("elsewhere"), "penalties": FieldPath("proposal.penalties"), "kinds": ("罚款",),
    "explained": FieldPath("proposal.acts"), "column": "case",
}  # fmt: skip
TWO = Found(True, "另案B1和B11罚款", "B1、B11")


@cache
def looking() -> Compiled:
    """The small flow with a field for the explanation, and the guard where a penalty is proposed."""
    fields = {
        **RAW["document"]["proposal"]["field"],
        "acts": {"type": "rows", "name": "不是同一行为的说明", "required": False, "columns": {"case": {"type": "text", "name": "编号"}}},
    }  # fmt: skip
    paths = {
        "first": "filing.found_on", "last": "filing.found_on", "violated": "decision.articles", "begins": ["filing.found_on"],
        "ends": ["filing.found_on"], "articles": ["decision.articles"], "fines": ["decision.penalties"],
        "lifted": ["voiding.outcome"], "lifting": ["撤销"],
    }  # fmt: skip
    return changed(
        document={"proposal": {**RAW["document"]["proposal"], "field": fields}},
        finding={"elsewhere": {"name": "另案罚款", "rule": "fined_before", "args": paths, "basis": ["甲法第七条"]}},
        guard={"apart": {"check": "told_apart", "args": APART | {"kinds": ["罚款"]}, "refusal": "不得再罚", "basis": ["甲法第八条"]}},
        transition={"propose": {**RAW["transition"]["propose"], "source": ["inquiry", "decided"], "guards": ["apart"]}},
    )  # fmt: skip


def asked(*rows: str, penalties: object = FINED, answer: Found = TWO) -> tuple[str | None, Situation]:
    proposal = paper("proposal", penalties=penalties, acts=[{"case": row} for row in rows])
    s = situation([proposal], compiled=looking(), found={"elsewhere": answer})
    return told_apart(s, **APART), s


@pytest.mark.parametrize(
    ("rows", "left"),
    [((), "B1、B11"), (("B1",), "B11"), (("B11",), "B1"), (("B1、B11",), "B1、B11"), (("B2", "B11"), "B1")],
)
def test_a_fine_is_refused_until_every_case_is_answered_for_by_its_exact_number(
    rows: tuple[str, ...], left: str
) -> None:
    answer, _ = asked(*rows)

    assert answer == f"另案B1和B11罚款; 《处罚建议》的“不是同一行为的说明”没有写明{left}"


def test_a_fine_may_be_proposed_once_every_case_is_answered_for() -> None:
    assert asked("B11", "B1")[0] is None


def test_other_penalties_are_nobodys_second_fine() -> None:
    assert asked(penalties=[*WARNED, *CONFISCATED])[0] is None
    assert asked(penalties=[*WARNED, *FINED])[0] is not None


@pytest.mark.parametrize("answer", [Found(False, "没有"), Found(None, "不能查对")])
def test_nothing_is_refused_where_no_fine_is_established(answer: Found) -> None:
    assert asked(answer=answer)[0] is None


@pytest.mark.parametrize(
    ("answer", "penalties", "search", "refused"),
    [
        (Found(None, "不能查对"), FINED, None, True), (Found(None, "不能查对"), FINED, "按名称检索, 没有", False),
        (Found(None, "不能查对"), WARNED, None, False), (Found(False, "没有"), FINED, None, False), (TWO, FINED, None, False),
    ],
    ids=["unsearched", "searched", "no fine", "looked up", "found"],
)  # fmt: skip
def test_where_nothing_can_be_looked_up_a_fine_wants_a_search_by_hand(
    answer: Found, penalties: object, search: str | None, refused: bool
) -> None:
    s = situation([paper("proposal", penalties=penalties, complex=search)], found={"elsewhere": answer})

    refusal = searched_by_hand(
        s, finding=FindingName("elsewhere"), penalties=FieldPath("proposal.penalties"), kinds=("罚款",),
        field=FieldPath("proposal.complex"),
    )  # fmt: skip

    assert refusal == ("不能查对; 《处罚建议》的“案情复杂”没有填写" if refused else None)


# What looks elsewhere, and that it is given what it looks at.


def test_what_looks_at_other_cases_says_so_also_through_findings() -> None:
    outer = {"name": "外", "rule": "negation", "args": {"finding": "elsewhere"}, "gap": "测试"}
    it = flow(
        finding={"elsewhere": looking().flow.finding["elsewhere"].model_dump(), "outer": outer},
        guard={
            "g": {"check": "finding_holds", "args": {"finding": "outer"}, "refusal": "不行", "gap": "测试"}
        },
    )

    assert bind_finding(it, "elsewhere").elsewhere
    assert bind_finding(it, "outer").elsewhere
    assert bind_guard(it, "g").elsewhere
    assert not bind_guard(it, "heard").elsewhere


def test_a_step_looks_elsewhere_where_one_of_its_guards_does() -> None:
    looks = [step for step in looking().flow.transition if looking().looks_elsewhere(step)]

    assert looks == ["propose"]
    assert not any(small().looks_elsewhere(step) for step in small().flow.transition)


def test_a_step_looks_elsewhere_where_a_side_duty_hangs_on_it() -> None:
    finding = {"elsewhere": looking().flow.finding["elsewhere"].model_dump()}
    hung = changed(
        finding=finding, child={"publication": {**RAW["child"]["publication"], "when": "elsewhere"}}
    )
    always = changed(finding=finding, child={"publication": {**RAW["child"]["publication"], "when": None}})

    assert hung.looks_elsewhere("decide")
    assert not always.looks_elsewhere("decide")


def _proposing(party: Party) -> Case:
    return replace(walk("file_case", compiled=looking()), party=party)


def test_the_other_cases_reach_the_step_and_what_was_found_stays_with_it() -> None:
    before = _proposing(KNOWN)
    fined = {"others": (other(decision()),)}

    [refusal] = refused(before, "propose", compiled=looking(), world_=fined)
    taken = take(
        before, "propose", compiled=looking(), world_=fined,
        documents={"proposal": [{**FINE, "acts": [{"case": "B1"}]}]},
    )  # fmt: skip

    assert (refusal.code, refusal.basis) == ("apart", ("甲法第八条", "甲法第七条"))
    assert taken.step.findings["elsewhere"].value == "是"
    assert taken.step.findings["elsewhere"].row == "B1"


def test_that_nothing_could_be_looked_up_stays_with_the_step() -> None:
    taken = take(_proposing(PARTY), "propose", compiled=looking())

    assert taken.step.findings["elsewhere"].value == "无法认定"
    assert taken.step.findings["elsewhere"].reason == "当事人证件号码不完整, 不能跨案查对"


@pytest.mark.parametrize("path", ["decision", "decision.penalties", "a1_b.c_2"])
def test_a_path_of_another_case_need_not_exist_in_this_flow(path: str) -> None:
    assert not [one for one in _problems(path) if "elsewhere.args" in one]


@pytest.mark.parametrize(
    "path", ["", "decision.", ".penalties", "a.b.c", "处罚决定书.penalties", "Decision.x", "a b"]
)
def test_a_path_of_another_case_that_can_be_none_is_answered(path: str) -> None:
    assert f"finding.elsewhere.args.fines: “{path}”应为另案的文书或者“文书.项”, 用其编号" in _problems(path)


def _problems(path: str) -> tuple[str, ...]:
    finding = looking().flow.finding["elsewhere"].model_dump()
    return checked(
        raw_flow(finding={"elsewhere": finding | {"args": finding["args"] | {"fines": [path]}}})
    ).problems


# The case that this one goes on from: the same act, whatever it cites and whoever the party is said to be.

OTHERWISE = report("2020-05-05", "2020-05-06", "乙法第九条")


@pytest.mark.parametrize("party", [KNOWN, PARTY, None], ids=["known", "no code", "nobody"])
def test_the_case_that_this_one_goes_on_from_is_about_the_same_act(party: Party | None) -> None:
    before = found(parent=other(OTHERWISE, decision(), id_="A0"), party=party)
    less = lifted(parent=other(OTHERWISE, decision(), REVOKED, id_="A0"), party=party)

    assert (before.value, before.row) == (True, "A0")
    assert (less.value, less.row) == (True, "A0")


def test_it_is_named_once_and_only_with_a_decision() -> None:
    parent = other(OTHERWISE, decision(), id_="A0")

    assert found(parent, other(SAME, decision()), parent=parent).row == "A0、B1"
    assert found(parent=other(OTHERWISE, id_="A0")).value is False
    assert found(parent=other(OTHERWISE, id_="A0"), party=None).value is None
    assert lifted(parent=other(OTHERWISE, decision(), REVOKED, id_="A0"), fine=12_000_000).value is False


# The same decision is not enforced in two cases.


def numbered(number: str = "3号", kind: str = "decision", **more: Any) -> Case:
    return case(papers={kind: (paper(kind, number=number),)}, **{"id": "另案", **more})


def nowhere_else(*others: Case, **more: Any) -> str | None:
    s = situation([paper("filing", number="3号")], **more)
    s.others = others
    return in_no_other_case(
        s, field=FieldPath("filing.number"), elsewhere=elsewhere("decision.number", "memo.number")
    )


@pytest.mark.parametrize("kind", ["decision", "memo"])
def test_a_decision_that_another_open_case_bears_is_told(kind: str) -> None:
    assert nowhere_else(numbered("1号"), numbered(kind=kind)) == "“3号”正由另案办理"


@pytest.mark.parametrize(
    ("other", "more"),
    [
        (numbered("1号"), {}),
        (numbered(kind="record"), {}),
        (numbered(agency="city"), {}),
        (numbered(ended=True), {}),
        (numbered(), {"parent": numbered()}),
        (numbered(), {"siblings": (numbered(),)}),
    ],
    ids=["another number", "another document", "another agency", "ended", "its main case", "its sibling"],
)
def test_a_decision_that_no_other_open_case_bears_lets_pass(other: Case, more: dict[str, Any]) -> None:
    assert nowhere_else(other, **more) is None
