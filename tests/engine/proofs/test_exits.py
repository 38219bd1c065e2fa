"""Traps that no condition makes alone: several together leave no way out; and none is claimed where there is one."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.builders import law
from tests.engine.proofs.major import BASIS, RAW, problems
from zhifa_flow.engine.formula import in_force
from zhifa_flow.engine.proofs import exits
from zhifa_flow.engine.proofs.chart import Chart
from zhifa_flow.engine.proofs.ground import Ground
from zhifa_flow.engine.proofs.moves import Moves
from zhifa_flow.engine.proofs.search import reached
from zhifa_flow.engine.proofs.soundness import soundness_problems
from zhifa_flow.model.flow import Flow


def wants(check: str, kind: str) -> dict[str, Any]:
    return {"check": check, "args": {"document": kind}, "refusal": "不予办理", "basis": BASIS}


GUARDS = {
    "waived": wants("present", "waiver"),
    "not_waived": wants("absent", "waiver"),
    "heard": wants("present", "hearing"),
    "defended": wants("present", "defence"),
}
STUCK = "state.decided: 案件会停在“已决定”, 此后无论如何不能办结: {}; 假定: 办理“决定”时认定“是否重大”不成立"
POST = {"name": "邮寄送达", "source": ["decided"], "target": "served", "by": ["head"], "basis": BASIS}


def two_ways(first: list[str], second: list[str], **more: Any) -> list[str]:
    """What is said of the small penalty where a decision is served in one of two ways, each under its conditions."""
    steps = {"serve": {"guards": first}, "post": {**POST, "guards": second}, **more}
    return problems(guard=GUARDS, transition=steps, order={"service": None})


def test_two_ways_out_that_ask_for_opposite_things_are_no_trap() -> None:
    assert two_ways(["waived"], ["not_waived"]) == []


def test_two_ways_out_that_a_path_has_shut_both_are_found_with_the_path() -> None:
    found = two_ways(["waived", "heard"], ["not_waived", "heard"])

    assert found == [STUCK.format("告知(《告知书》) → 登记申辩(《陈述申辩笔录》) → 决定(《决定书》)")]
    together = two_ways(["waived", "heard"], ["not_waived"])
    assert together == [STUCK.format("告知(《告知书》) → 登记放弃(《放弃记录》) → 决定(《决定书》)")]


def test_three_ways_out_that_are_shut_by_three_conditions_are_found() -> None:
    third = {**POST, "name": "公告送达", "guards": ["not_waived", "heard"]}

    found = two_ways(["waived", "defended"], ["waived", "heard"], announce=third)

    assert [one.split(":")[0] for one in found] == ["state.decided"]


def test_what_can_still_be_mended_is_no_trap() -> None:
    late = {
        **RAW["transition"]["hear"],
        "source": ["decided"],
        "stays": True,
        "target": None,
        "name": "补听证",
    }

    assert two_ways(["waived", "heard"], ["not_waived"], late=late) == []


def test_what_can_be_mended_only_by_what_is_missing_is_a_trap() -> None:
    late = {
        **RAW["transition"]["hear"], "source": ["decided"], "stays": True, "target": None, "name": "补听证", "guards": ["defended"],
    }  # fmt: skip

    found = two_ways(["waived", "heard"], ["not_waived"], late=late)

    assert [one.split(":")[0] for one in found] == ["state.decided"]
    assert "登记放弃" in found[0]


def test_states_that_one_can_always_go_between_are_one_trap() -> None:
    aside = {"aside": {"name": "待送达", "stage": "all"}}
    there = {"name": "搁置", "source": ["decided"], "target": "aside", "by": ["head"], "basis": BASIS}
    back = {**there, "name": "恢复", "source": ["aside"], "target": "decided"}
    post = {**POST, "source": ["aside"], "guards": ["not_waived"]}

    def found(*first: str) -> list[str]:
        steps = {"serve": {"guards": list(first)}, "post": post, "there": there, "back": back}
        return problems(guard=GUARDS, state=aside, transition=steps, order={"service": None})

    assert found("waived") == []
    assert [one.split(":")[0] for one in found("waived", "heard")] == ["state.decided"]


def test_more_facts_than_are_followed_together_are_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exits, "MOST_FACTS", 1)

    assert two_ways(["waived", "heard"], ["not_waived"]) == []


# against everything tracked at once --------------------------------------------------------------------------

KINDS = ("a", "b", "c")
STATES = ("s0", "s1", "s2", "s3")


def some_flow(dice: Random) -> Flow:
    """A small flow at random: documents filed, superseded and asked for wherever it happens."""

    def step(number: int) -> dict[str, Any]:
        source, target = dice.choice(STATES), dice.choice((*STATES, "end", None))
        guards = [f"{how}_{kind}" for kind in KINDS for how in dice.choice([(), (), ("has",), ("no",)])]
        some = [kind for kind in KINDS if dice.random() < 0.25]
        return {
            "name": f"第{number}步", "source": [source], "by": ["head"], "guards": guards, "basis": BASIS,
            "documents": some, "supersedes": [kind for kind in KINDS if kind not in some and dice.random() < 0.15],
            **({"target": target} if target else {"stays": True}),
        }  # fmt: skip

    return Flow.model_validate({
        **{key: RAW[key] for key in ("schema", "name", "action", "effective_from", "stage")},
        "id": "test.random", "initial": "s0", "role": {"head": {"name": "负责人"}},
        "state": {key: {"name": key, "stage": "all", "end": key == "end"} for key in (*STATES, "end")},
        "document": {kind: {"name": kind, "basis": BASIS} for kind in KINDS},
        "guard": {
            f"{how}_{kind}": wants(check, kind) for kind in KINDS for how, check in (("has", "present"), ("no", "absent"))
        },
        "transition": {f"t{number}": step(number) for number in range(dice.randrange(5, 12))},
    })  # fmt: skip


def stuck(ground: Ground) -> set[str]:
    """The states in which a case can be with no way to an end, every document tracked."""
    walked = reached(Moves(ground, tuple(in_force(kind) for kind in KINDS)))
    moves = Moves(ground, tuple(in_force(kind) for kind in KINDS))
    ending = {place for place in walked.places if place[0] == "end"}
    while more := {
        place
        for place in walked.places
        if place not in ending and any((state, bits) in ending for _, state, bits in moves.beyond(*place))
    }:
        ending |= more
    return {state for state, _ in walked.places.keys() - ending}


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_no_state_is_called_a_trap_that_is_none(seed: int) -> None:
    ground = Ground.of(Chart.of(some_flow(Random(seed)), law().statutes))

    said = {one.split(".")[1].split(":")[0] for one in soundness_problems(ground) if one.startswith("state.")}

    assert said <= stuck(ground)


def test_of_small_flows_nearly_every_one_that_has_a_trap_is_found() -> None:
    grounds = [Ground.of(Chart.of(some_flow(Random(seed)), law().statutes)) for seed in range(150)]

    trapped = [ground for ground in grounds if stuck(ground)]
    found = [
        ground for ground in trapped if any(one.startswith("state.") for one in soundness_problems(ground))
    ]

    assert len(trapped) > 60
    assert len(found) > 0.95 * len(trapped)
