"""Faults planted in a small penalty: each is found, with the shortest path on which it shows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.engine.builders import law
from tests.engine.proofs.major import RAW, flow, problems
from zhifa_flow.engine.proofs.localgrounds import Grounds
from zhifa_flow.engine.proofs.orders import order_problems
from zhifa_flow.model.statute import Rank, Statute, StatuteIndex

WHOLE = "提交"


def step(key: str, **more: Any) -> dict[str, Any]:
    return {"transition": {key: more}}


def guards(key: str, *without: str) -> dict[str, Any]:
    return step(key, guards=[name for name in RAW["transition"][key]["guards"] if name not in without])


def told(**changes: Any) -> list[str]:
    return order_problems(Grounds(flow(**changes), law().statutes))


def test_a_sound_flow_is_proven() -> None:
    assert problems() == []


def test_a_back_door_around_notice_is_found() -> None:
    back = {"name": "直接决定", "source": ["open"], "target": "told", "by": ["head"], "basis": ["甲法第一条"]}

    found = told(transition={"skip": back, **guards("decide", "told")["transition"]})

    assert found == [
        (
            "order.notice: “先告知, 后处罚”不成立: 没有办理“告知”, 也可以办理“决定”: "
            "直接决定 → 登记申辩(《陈述申辩笔录》) → 审核(《审核意见书》) → 决定(《决定书》)"
        ),
    ]


def test_a_guard_that_asks_for_the_document_closes_the_back_door() -> None:
    back = {"name": "直接决定", "source": ["open"], "target": "told", "by": ["head"], "basis": ["甲法第一条"]}

    assert told(transition={"skip": back}) == []


def test_a_back_door_around_review_is_found_with_what_it_assumes() -> None:
    found = told(**guards("decide", "review_done"))

    assert found == [
        (
            "order.review: “先审核, 后处罚”不成立: 没有办理“审核”, 也可以办理“决定”: "
            "告知(《告知书》) → 登记申辩(《陈述申辩笔录》) → 决定(《决定书》); 假定: 办理“决定”时认定“是否重大”成立或者不能认定"
        )
    ]


def test_a_review_before_the_hearing_is_found() -> None:
    late = step("hear", source=["told", "reviewed"])
    unbound = {"document": {"review": {"binds": ["notice"]}}}

    found = told(**late, **unbound)

    assert found == [
        (
            "order.review: “先审核, 后处罚”不成立: 没有办理“审核”(办理过的“审核”其后已经不作数), 也可以办理“决定”: "
            "告知(《告知书》) → 登记申辩(《陈述申辩笔录》) → 审核(《审核意见书》) → 听证(《听证笔录》) → 决定(《决定书》)"
        )
    ]
    assert told(**late, document={"hearing": {"repeatable": True}}) == []


def test_a_loop_that_keeps_a_stale_review_is_found() -> None:
    kept = step("send_back", supersedes=["notice", "hearing", "waiver", "defence"])
    unasked = guards("decide", "review_current")

    found = told(transition={**kept["transition"], **unasked["transition"]})

    assert told(**kept) == []
    assert found == [
        (
            "order.review: “先审核, 后处罚”不成立: 没有办理“审核”(办理过的“审核”其后已经不作数), 也可以办理“决定”: "
            "告知(《告知书》) → 审核(《审核意见书》) → 登记申辩(《陈述申辩笔录》) → 决定(《决定书》); "
            "假定: 办理“决定”时认定“是否重大”成立或者不能认定"
        )
    ]


def test_a_loop_that_keeps_a_review_that_binds_nothing_is_found() -> None:
    kept = step("send_back", supersedes=["notice", "hearing", "waiver", "defence"])
    blind = {
        "document": {"review": {"binds": []}},
        "guard": {"review_current": {"check": "present", "args": {"document": "review"}}},
    }

    found = told(**kept, **blind)

    assert found == [
        (
            "order.review: “先审核, 后处罚”不成立: 没有办理“审核”(办理过的“审核”其后已经不作数), 也可以办理“决定”: "
            "告知(《告知书》) → 审核(《审核意见书》) → 退回(《退回书》) → 告知(《告知书》) → 登记申辩(《陈述申辩笔录》) → "
            "听证(《听证笔录》) → 决定(《决定书》)"
        )
    ]


def test_an_act_whose_documents_were_superseded_does_not_count() -> None:
    again = {
        "name": "恢复",
        "source": ["open"],
        "target": "told",
        "by": ["head"],
        "guards": ["had"],
        "basis": ["甲法第一条"],
    }
    had = {"check": "taken", "args": {"step": "tell"}, "refusal": "不予办理", "basis": ["甲法第一条"]}

    found = told(
        guard={"had": had},
        transition={"again": again, **guards("decide", "told", "settled")["transition"]},
        order={"settled": None},
    )

    assert found == [
        (
            "order.notice: “先告知, 后处罚”不成立: 没有办理“告知”(办理过的“告知”在“退回”以后不作数, 《告知书》失去效力), "
            "也可以办理“决定”: 告知(《告知书》) → 退回(《退回书》) → 恢复 → 审核(《审核意见书》) → 决定(《决定书》)"
        )
    ]


def test_any_of_several_acts_will_do_but_one_of_them_must_be() -> None:
    found = told(**guards("decide", "settled"))

    assert found == [
        (
            "order.settled: “先申辩, 后处罚”不成立: 没有办理“登记申辩”或者“登记放弃”, 也可以办理“决定”: "
            "告知(《告知书》) → 决定(《决定书》); 假定: 办理“决定”时认定“是否重大”不成立"
        )
    ]


def test_a_period_that_is_over_stands_for_the_act() -> None:
    either = {"settled": {"must": ["defend", "waive"], "over": ["answer"]}}
    over = {"settled": {"check": "expired", "args": {"deadline": "answer"}}}

    assert told(order=either, guard=over) == []
    found = told(order={"settled": {"must": [], "over": ["answer", "notice.said"]}})
    assert found == [
        (
            "order.settled: “先申辩, 后处罚”不成立: 没有办理“申辩期限”届满或者“《告知书》的内容”届满, 也可以办理“决定”: "
            "告知(《告知书》) → 登记申辩(《陈述申辩笔录》) → 决定(《决定书》); "
            "假定: 办理“决定”时认定“是否重大”不成立; 办理“决定”时“申辩期限”未过; 办理“决定”时《告知书》的“内容”未过"
        )
    ]


def test_a_side_duty_must_be_settled_and_a_missing_hold_is_found() -> None:
    found = told(child={"publication": {"holds": ["serve"]}}, **step("close", source=["decided", "served"]))

    assert [one.split(": ")[0] for one in found] == ["order.service", "order.publication"]
    assert "附随程序没有办结, 也可以办理“结案”" in found[1]


def test_an_act_or_a_settled_duty_may_be_wanted_together() -> None:
    both = {"both": {"must": "serve", "ended": ["publication"], "before": "close"}}

    assert told(order=both) == []
    found = told(
        order=both,
        child={"publication": {"holds": ["serve"]}},
        transition={"close": {"opens": ["publication"]}, "serve": {"opens": ["publication"]}},
    )
    assert "order.both: 本条顺序不成立: 没有办理“送达”或者附随程序没有办结, 也可以办理“结案”" in found[-1]


FREE = {
    "check": "nothing_held",
    "args": {"flow": "test.side", "documents": ["list"]},
    "refusal": "尚有财物",
    "basis": ["甲法第一条"],
}
DONE = {
    "check": "children_settled",
    "args": {"child": "publication", "states": ["shown"]},
    "refusal": "尚未公开",
    "basis": ["甲法第一条"],
}


@pytest.mark.parametrize(("what", "asked"), [("list", FREE), ("shown", DONE)])
def test_what_a_side_case_holds_or_has_reached_must_be_settled_and_a_missing_guard_is_found(
    what: str, asked: dict[str, Any]
) -> None:
    open_still = {
        "child": {"publication": {"holds": ["serve"]}},
        "order": {"publication": {"ended": [], "settled": [f"publication.{what}"], "before": "close"}},
        "guard": {"asked": asked},
    }

    held = told(**open_still, **step("close", guards=["asked"]))
    found = told(**open_still, **step("close", source=["decided", "served"]))

    assert held == []
    assert "附随程序没有办结, 也可以办理“结案”" in found[-1]


def test_too_few_people_for_an_act_are_found() -> None:
    assert told(order={"people": {"before": ["decide"], "least": 1}}) == []
    assert told(order={"people": {"before": ["decide"], "least": 2}}) == [
        "order.people: “决定”可以由“负责人”办理, 该角色至少1人, 法定不得少于2人"
    ]


@pytest.mark.parametrize("gap", ["", "各地都照此掌握"])
def test_a_guard_of_one_place_alone_proves_nothing_elsewhere(gap: str) -> None:
    local = {"told": {"basis": ["河南省乙条例第一条"], "gap": gap}}
    back = {"name": "直接决定", "source": ["open"], "target": "told", "by": ["head"], "basis": ["甲法第一条"]}

    found = order_problems(Grounds(flow(guard=local, transition={"skip": back}), _with_local()))

    assert bool(found) is not bool(gap)
    of_that_place = {"notice": {"basis": ["河南省乙条例第一条"]}}
    assert (
        order_problems(
            Grounds(flow(guard=local, transition={"skip": back}, order=of_that_place), _with_local())
        )
        == []
    )


def test_an_answer_counts_only_if_it_came_after_what_it_answers() -> None:
    answer = {"answer": {"name": "复核意见", "basis": ["甲法第一条"]}}
    answering = {
        "name": "复核",
        "source": ["told", "heard", "reviewed"],
        "stays": True,
        "by": ["head"],
        "documents": ["answer"],
        "basis": ["甲法第一条"],
    }
    answered = {
        "answered": {
            "check": "answered",
            "args": {"record": "defence", "review": "answer"},
            "refusal": "不予办理",
            "basis": ["甲法第一条"],
        }
    }
    stated = {
        "stated": {
            "name": "有申辩",
            "rule": "on_file",
            "args": {"document": "defence"},
            "basis": ["甲法第一条"],
        }
    }
    order = {
        "answer": {
            "name": "先复核",
            "when": "stated",
            "must": "answer",
            "after": "defend",
            "before": "decide",
        }
    }
    asking = {"decide": {"guards": [*RAW["transition"]["decide"]["guards"], "answered"]}}

    def found(*checks: str) -> list[str]:
        steps = {"answer": answering, **(asking if checks else {})}
        return told(document=answer, finding=stated, order=order, transition=steps, guard=answered)

    assert found("answered") == []
    assert [one.split("也可以")[0] for one in found()] == ["order.answer: “先复核”不成立: 没有办理“复核”, "]


def test_a_circumstance_that_forbids_a_step_is_lifted_on_the_path() -> None:
    found = told(
        order={"late": {"must": "defend", "after": "stay", "before": "close"}},
        transition={"waive": {"supersedes": []}},
    )

    assert found == [
        (
            "order.late: 本条顺序不成立: 没有办理“登记申辩”, 也可以办理“结案”: 告知(《告知书》) → 登记放弃(《放弃记录》) → "
            "决定(《决定书》) → 送达(《送达回证》) → 结案(《结案表》); 假定: 办理“决定”时认定“是否重大”不成立"
        )
    ]
    defended = told(
        order={"late": {"must": "defend", "after": "stay", "before": "close"}},
        transition={"waive": {"target": "told", "stays": False, "documents": ["order"]}},
    )
    assert "→ 停止执行 → 恢复执行 → 结案(《结案表》)" in defended[0]


def test_what_was_never_on_file_cannot_be_superseded() -> None:
    revise = {
        "name": "更正",
        "source": ["reviewed"],
        "stays": True,
        "by": ["head"],
        "documents": ["order"],
        "supersedes": ["waiver"],
        "basis": ["甲法第一条"],
    }
    loose = guards("decide", "review_current", "settled")["transition"]

    def found(*waived: str) -> list[str]:
        return told(
            document={"review": {"binds": ["waiver"]}},
            order={"settled": None, "review": {"after": []}},
            transition={"waive": {"documents": list(waived)}, "revise": revise, **loose},
        )

    assert found() == []
    assert [one.split(":")[0] for one in found("waiver")] == ["order.review"]


def test_an_order_with_too_many_cases_is_not_proven_and_says_so() -> None:
    found = order_problems(Grounds(flow(), law().statutes), most=10)

    assert found == ["order.settled: 情形太多(超过10种), 没有证明完; 请把这条顺序拆成几条"]


def test_only_what_a_path_cannot_do_without_is_assumed() -> None:
    hard = {
        "name": "是否复杂",
        "rule": "field_says",
        "args": {"field": "notice.said", "values": ["难"]},
        "basis": ["甲法第一条"],
    }
    due = {"args": {"findings": ["hard", "major", "heard"]}}

    found = told(finding={"hard": hard, "review_due": due}, **guards("decide", "review_done"))

    assert len(found) == 1
    assert found[0].count("成立或者不能认定") == 1


def test_a_guard_of_one_place_proves_nothing_for_an_order_of_two() -> None:
    local = {"told": {"basis": ["河南省乙条例第一条"]}}
    back = {"name": "直接决定", "source": ["open"], "target": "told", "by": ["head"], "basis": ["甲法第一条"]}
    two = {"notice": {"basis": ["河南省乙条例第一条", "河北省丙条例第一条"]}}
    within = {"notice": {"basis": ["河南省某市丁条例第一条"]}}

    assert (
        order_problems(Grounds(flow(guard=local, transition={"skip": back}, order=two), _with_local())) != []
    )
    assert (
        order_problems(Grounds(flow(guard=local, transition={"skip": back}, order=within), _with_local()))
        == []
    )


def _with_local() -> StatuteIndex:
    local = [
        Statute(
            short=name, title=name, rank=Rank.LOCAL_REGULATION, in_force_from=date(2020, 1, 1), article_count=5, articles={"1": (0,)}
        )
        for name in ("河南省乙条例", "河北省丙条例", "河南省某市丁条例")
    ]  # fmt: skip
    return StatuteIndex([*law().statutes.statutes, *local])
