"""Flows that cannot be walked: dead steps, places without a way out, idle deadlines, steps that nobody can take."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.builders import flow as small_flow
from tests.engine.builders import law
from tests.engine.proofs.major import RAW, flow, problems
from zhifa_flow.engine.proofs.chart import Chart
from zhifa_flow.engine.proofs.family import family_problems
from zhifa_flow.engine.proofs.ground import Ground
from zhifa_flow.engine.proofs.report import proof_problems
from zhifa_flow.engine.proofs.soundness import soundness_problems

BASIS = ["甲法第一条"]
NEEDS_WAIVER = {
    "wants": {"check": "present", "args": {"document": "waiver"}, "refusal": "不予办理", "basis": BASIS}
}


def test_the_small_flow_of_all_engine_tests_can_be_walked() -> None:
    assert proof_problems(small_flow(), law().statutes) == []


def test_a_step_that_asks_for_what_nobody_can_have_filed_yet_is_dead() -> None:
    found = problems(
        guard={
            "early": {
                "check": "present",
                "args": {"document": "decision"},
                "refusal": "不予办理",
                "basis": BASIS,
            }
        },
        transition={"waive": {"guards": ["early"]}},
    )

    assert found == [
        "transition.waive: “登记放弃”永远不能办理, 它的条件所要求的《决定书》在任何路径上都不具备"
    ]


def test_a_step_that_asks_for_two_things_that_exclude_each_other_is_dead() -> None:
    both = {
        "absent": {"check": "absent", "args": {"document": "notice"}, "refusal": "不予办理", "basis": BASIS},
    }

    found = problems(guard=both, transition={"hear": {"guards": ["absent"]}})

    assert found[0].startswith("transition.hear: “听证”永远不能办理")


def test_a_flag_without_a_step_that_can_be_taken_leaves_no_step_that_asks_for_it() -> None:
    found = problems(
        guard={
            "never": {"check": "flag_up", "args": {"flag": "stayed"}, "refusal": "不予办理", "basis": BASIS}
        },
        transition={"waive": {"guards": ["never"]}},
    )

    assert found == ["transition.waive: “登记放弃”永远不能办理"]


def test_a_deadlock_is_found_with_the_way_into_it() -> None:
    found = problems(
        guard=NEEDS_WAIVER, transition={"close": {"guards": ["wants"]}, "waive": {"source": ["told"]}}
    )

    assert found == [
        (
            "state.decided: 案件会停在“已决定”, 此后无论如何不能办结: 告知(《告知书》) → 登记申辩(《陈述申辩笔录》) → 决定(《决定书》); "
            "假定: 办理“决定”时认定“是否重大”不成立"
        )
    ]


def test_a_document_that_can_still_be_filed_is_no_deadlock() -> None:
    assert (
        problems(
            guard=NEEDS_WAIVER,
            transition={"close": {"guards": ["wants"]}, "waive": {"source": ["told", "served"]}},
        )
        == []
    )


def test_a_deadlock_that_could_not_be_looked_into_is_not_claimed() -> None:
    stuck = flow(
        guard=NEEDS_WAIVER, transition={"close": {"guards": ["wants"]}, "waive": {"source": ["told"]}}
    )
    where = Ground.of(Chart.of(stuck, law().statutes))

    assert len(soundness_problems(where)) == 1
    assert soundness_problems(where, most=3) == []


def test_a_circumstance_that_nobody_ends_is_a_deadlock() -> None:
    found = problems(transition={"resume": {"lowers": []}})

    assert [one.split(":")[0] for one in found] == ["state.served"]
    assert found[0].endswith("→ 送达(《送达回证》) → 停止执行; 假定: 办理“决定”时认定“是否重大”不成立")


def test_a_deadlock_that_no_case_can_come_to_is_none() -> None:
    waived = {"waived": {"check": "taken", "args": {"step": "waive"}, "refusal": "不予办理", "basis": BASIS}}
    decide = {"guards": [*RAW["transition"]["decide"]["guards"], "waived"]}

    found = problems(
        guard={**NEEDS_WAIVER, **waived},
        transition={
            "close": {"guards": ["wants"]},
            "decide": decide,
            "send_back": {"supersedes": ["notice", "review", "hearing"]},
        },
        order={"settled": None, "review": None},
    )

    assert found == []


def test_a_deadlock_at_the_very_beginning_is_told_so() -> None:
    found = problems(guard=NEEDS_WAIVER, transition={"tell": {"guards": ["wants"]}})

    assert any(one.startswith("transition.tell: “告知”永远不能办理, ") for one in found)
    assert "state.open: 案件会停在“待告知”, 此后无论如何不能办结: 立案之初" in found


def test_what_the_main_case_hands_on_may_be_asked_for() -> None:
    steps = {
        "close": {"guards": ["wants"]},
        "waive": {"documents": []},
        "send_back": {"supersedes": ["notice", "review"]},
    }

    found = problems(
        document={"waiver": {"carried": True}}, guard=NEEDS_WAIVER, transition=steps, order={"settled": None}
    )

    assert found == []


def test_a_deadline_that_ends_before_it_can_begin_is_found() -> None:
    found = problems(deadline={"answer": {"starts": ["serve"], "ends": ["hear", "close"]}})

    assert found == ["deadline.answer: 到“听证”时“申辩期限”从未起算, 没有什么可以结束"]


def test_a_deadline_that_begins_with_the_case_may_end_at_once() -> None:
    found = problems(
        deadline={"answer": {"starts": ["open"], "ends": ["tell"], "then": "lapse", "expiry": "deemed"}},
        transition={
            "lapse": {"name": "视为告知", "source": ["open"], "target": "told", "basis": BASIS},
            "decide": {"guards": []},
        },
        order={"notice": None, "settled": None, "review": None},
    )

    assert found == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"role": {"head": {"barred": ["head"]}}}, "“负责人”排除了担任过“负责人”的人员自己"),
        ({"role": {"head": {"personnel": ["staff"]}}}, "“负责人”要求的人员性质(staff)名册中没有"),
    ],
)
def test_a_role_that_excludes_everybody_is_found(changes: dict[str, Any], said: str) -> None:
    found = [one for one in problems(**changes) if one.startswith("transition.tell")]

    assert found
    assert found[0].startswith(f"transition.tell: 没有人能办理“告知”: {said}")


def test_a_step_that_another_role_can_take_is_not_for_nobody() -> None:
    every = {key: {"by": ["head", "clerk"]} for key in RAW["transition"]}

    found = problems(role={"head": {"barred": ["head"]}, "clerk": {"name": "书记员"}}, transition=every)

    assert found == []


def named(**more: Any) -> dict[str, Any]:
    """The notice names people for a role, and those who serve it must be among them."""
    field = {"who": {"type": "officers", "name": "承办人", "role": "officers", **more}}
    guard = {
        "check": "covers_officers",
        "args": {"field": "notice.who"},
        "refusal": "不予办理",
        "basis": BASIS,
    }
    return {
        "document": {"notice": {"field": {**RAW["document"]["notice"]["field"], **field}}},
        "guard": {"signed": guard},
        "transition": {"tell": {"guards": ["signed"]}},
    }


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ({}, "办理人须是《告知书》写明的“执法人员”, 而“负责人”与“执法人员”互相排除"),
        (
            {"officers": {"barred": []}, "head": {"barred": ["officers"]}},
            "办理人须是《告知书》写明的“执法人员”, 而“负责人”与“执法人员”互相排除",
        ),
        (
            {"officers": {"barred": []}, "head": {"superior": True}},
            "“负责人”与《告知书》写明的“执法人员”分属本机关和上级机关, 不能是同一人",
        ),
    ],
)
def test_roles_that_one_person_must_and_cannot_have_are_found(roles: dict[str, Any], said: str) -> None:
    assert problems(**named(), role=roles) == [f"transition.tell: 没有人能办理“告知”: {said}"]


def test_roles_that_one_person_can_have_are_no_problem() -> None:
    assert problems(**named(), role={"officers": {"barred": []}}) == []


def test_a_field_for_one_person_cannot_name_a_role_for_two() -> None:
    found = problems(**named(type="officer"), role={"officers": {"barred": []}})

    assert found == [
        "transition.tell: 没有人能办理“告知”: 《告知书》的“承办人”只能填写一人, 而“执法人员”不得少于2人"
    ]


def test_a_document_cannot_name_a_role_that_excludes_everybody() -> None:
    found = problems(**named(), role={"officers": {"barred": ["officers"]}})

    assert found == [
        "transition.tell: 没有人能办理“告知”: 《告知书》的“承办人”: “执法人员”排除了担任过“执法人员”的人员自己"
    ]


def test_a_field_that_may_be_left_out_excludes_nobody() -> None:
    fields = {**named(required=False), "transition": {}}

    assert problems(**fields, role={"officers": {"barred": ["officers"]}}) == []


def test_a_cycle_of_side_duties_is_found() -> None:
    def opening(id_: str, *others: str) -> Any:
        child = {other.replace(".", "_"): {"name": "附随", "flow": other, "basis": BASIS} for other in others}
        raw = {**RAW, "id": id_, "name": id_, "child": child}
        return type(flow()).model_validate(raw)

    first, second, third = (
        opening("test.a", "test.b"),
        opening("test.b", "test.c", "test.d"),
        opening("test.c", "test.a"),
    )

    assert family_problems(first, [first, second, third]) == [
        "child.test_b: 附随程序绕回本流程, 永远不能都办结: “test.a” → “test.b” → “test.c” → “test.a”"
    ]
    assert family_problems(second, [first, second, third])
    assert family_problems(first, [first, second]) == []


def test_two_ways_to_one_side_duty_are_no_cycle() -> None:
    raw = {
        **RAW,
        "child": {key: {"name": "附随", "flow": f"test.{key}", "basis": BASIS} for key in ("b", "c")},
    }
    first = type(flow()).model_validate({**raw, "id": "test.a"})
    others = [
        type(flow()).model_validate(
            {**RAW, "id": f"test.{key}", "child": {"d": {"name": "附随", "flow": "test.d", "basis": BASIS}}}
        )
        for key in ("b", "c", "d")
    ]

    assert family_problems(first, [first, *others]) == []
    assert family_problems(others[-1], [first, *others]) != []
