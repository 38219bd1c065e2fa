"""The shipped flows are proven, faults planted in them are found, and real cases move only as the prover thinks they can."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.stage import FLOWS, desk_maker, folder, law
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario, scenario_paths
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Now
from zhifa_flow.casework.scenarios import play
from zhifa_flow.engine.checks.papers import digest_of
from zhifa_flow.engine.formula import OF_THE_DAY, Atom, Fact
from zhifa_flow.engine.localities import confined_to
from zhifa_flow.engine.proofs.acts import Bits
from zhifa_flow.engine.proofs.chart import Chart
from zhifa_flow.engine.proofs.ground import Ground
from zhifa_flow.engine.proofs.localgrounds import Grounds
from zhifa_flow.engine.proofs.moves import Moves
from zhifa_flow.engine.proofs.orders import violation
from zhifa_flow.engine.proofs.readings import reading_problems
from zhifa_flow.engine.proofs.report import proof_problems
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.steps import apply, opened
from zhifa_flow.model.case import Case
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.step import Step

GENERAL = "penalty.general@2021-07-15"
SUMMARY = "penalty.summary@2021-07-15"
#: Every tenth walk, and those that go round in loops.
WALKS = [
    path
    for place, path in enumerate(scenario_paths(FLOWS))
    if place % 10 == 0 or path.stem in ("main", "demo", "b-remade", "c-corrected", "a-crime-refused")
]


def shipped(ref: str) -> Flow:
    return folder().compiled(ref).flow


@pytest.mark.parametrize("ref", folder().refs())
def test_a_shipped_flow_is_proven(ref: str) -> None:
    flows = [shipped(one) for one in folder().refs()]

    assert proof_problems(shipped(ref), law().statutes, flows) == []


def broken(flow: Flow, order: str) -> bool:
    wanted = flow.order[order]
    places = frozenset() if wanted.gap else confined_to(law().statutes, wanted.basis)
    return violation(Ground.of(Chart.of(flow, law().statutes, places)), wanted) is not None


def changed(ref: str, step: str, **without: str) -> Flow:
    """The shipped flow with one name taken out of one list of a step."""
    flow = shipped(ref)
    old = flow.transition[step]
    lists = {key: tuple(one for one in getattr(old, key) if one != name) for key, name in without.items()}
    assert all(len(lists[key]) < len(getattr(old, key)) for key in lists)
    return flow.model_copy(update={"transition": {**flow.transition, step: old.model_copy(update=lists)}})


@pytest.mark.parametrize(
    ("ref", "step", "without", "order"),
    [
        (GENERAL, "conclude_investigation", {"guards": "something_collected"}, "evidence_before_conclusion"),
        (GENERAL, "preserve_evidence", {"guards": "preservation_approved"}, "approval_before_preservation"),
        (GENERAL, "submit_review", {"guards": "defence_settled"}, "defence_before_penalty"),
        (GENERAL, "decide_penalty", {"guards": "defence_settled"}, "defence_before_penalty"),
        (GENERAL, "decide_penalty", {"guards": "hearing_settled"}, "hearing_window_before_penalty"),
        (GENERAL, "submit_review", {"guards": "hearing_settled"}, "hearing_requested_is_held"),
        (GENERAL, "decide_penalty", {"guards": "review_done"}, "review_before_penalty"),
        (GENERAL, "decide_penalty", {"guards": "review_current"}, "review_before_penalty"),
        (GENERAL, "decide_penalty", {"guards": "discussed_if_major"}, "discussion_before_penalty"),
        (GENERAL, "hold_discussion", {"guards": "review_done"}, "discussion_after_review"),
        (GENERAL, "decide_penalty", {"guards": "correction_ordered"}, "correction_before_penalty"),
        (GENERAL, "apply_to_court", {"guards": "urging_expired"}, "urging_over_before_court"),
        (GENERAL, "apply_to_court", {"guards": "in_court_window"}, "remedy_over_before_court"),
        (GENERAL, "request_hearing", {"supersedes": "legal_review"}, "review_before_penalty"),
        (GENERAL, "drop_case", {"supersedes": "penalty_decision"}, "investigation_before_no_penalty"),
        (GENERAL, "correct_by_revoking", {"guards": "something_decided"}, "investigation_before_no_penalty"),
        (SUMMARY, "close_performed", {"guards": "filed"}, "filing_before_closing"),
        (SUMMARY, "apply_court", {"guards": "court_window"}, "remedy_over_before_court"),
    ],
)
def test_what_is_taken_out_of_a_shipped_flow_is_missed(
    ref: str, step: str, without: dict[str, str], order: str
) -> None:
    assert not broken(shipped(ref), order)
    assert broken(changed(ref, step, **without), order)


@pytest.mark.parametrize(
    ("ref", "step", "guard", "paper"),
    [
        (GENERAL, "declare_unlawful", "something_decided", "《行政处罚决定书》或者《不予行政处罚决定书》"),
        (GENERAL, "record_remedy", "filed_after_lead", "《行政复议、行政诉讼结果登记》"),
        (GENERAL, "refund_excess", "something_paid", "《行政处罚决定书》"),
        (
            "duty.major_filing@2021-07-15", "receive_justice_receipt", "sent_to_justice", "《报送同级司法行政部门的送文单》",
        ),
    ],
)  # fmt: skip
def test_a_guard_that_is_taken_out_leaves_another_nothing_to_look_at(
    ref: str, step: str, guard: str, paper: str
) -> None:
    found = reading_problems(Grounds(changed(ref, step, guards=guard), law().statutes))

    assert reading_problems(Grounds(shipped(ref), law().statutes)) == []
    assert [one.split(":")[0] for one in found] == [f"transition.{step}"]
    assert f"{paper}, 有路径没有提交也可以办理" in found[0]


@pytest.mark.parametrize(
    ("child", "order"),
    [("publication", "publication_before_closing"), ("major_filing", "major_filing_before_closing"), ("evidence", "preserved_settled_before_decision"), ("recusal", "recusal_settled")],
)  # fmt: skip
def test_a_side_duty_that_holds_nothing_up_is_missed(child: str, order: str) -> None:
    flow = shipped(GENERAL)
    loose = flow.child[child].model_copy(update={"holds": ()})

    assert broken(flow.model_copy(update={"child": {**flow.child, child: loose}}), order)


@cache
def moves_of(flow_ref: str) -> Moves:
    """The moves of a flow with everything tracked that its conditions ask for, but side duties."""
    flow = shipped(flow_ref)
    ground = Ground.of(Chart.of(flow, law().statutes))
    asked = [
        one
        for known in ground.chart.asked.values()
        for one in known
        if one.fact not in (*OF_THE_DAY, Fact.OPEN)
    ]
    return Moves(ground, tuple(ground.effects.closure(asked)))


def walked(path: Path) -> dict[str, list[Step]]:
    """Every case of a scenario with its steps."""
    desks: list[Desk] = []

    def kept(now: Now) -> Desk:
        desks.append(desk_maker()(now))
        return desks[-1]

    list(play(read_scenario(path, FLOWS), kept))
    with desks[0].store.read() as work:
        return {id_: list(work.steps(id_)) for id_ in work.case_ids()}


def certain(one: Atom, case: Case, flow: Flow) -> bool | None:
    """Whether the fact holds in the case; None where the prover is free to think either."""
    match one.fact:
        case Fact.IN_FORCE:
            return case.paper(one.name) is not None
        case Fact.CURRENT:
            paper = case.paper(one.name)
            s: Any = Situation.__new__(Situation)
            s.papers = case.papers
            return (
                None
                if paper is None
                else all(
                    digest_of(s, kind) == paper.bound.get(kind, "") for kind in flow.document[one.name].binds
                )
            )
        case Fact.UP:
            return case.flag_up(one.name)
        case Fact.RAISED:
            return one.name in case.flags
        case Fact.TAKEN:
            return one.name in case.acts
        case Fact.SINCE | Fact.AFTER:
            mine, other = case.paper(one.name), case.paper(one.other)
            later = (
                mine
                and other
                and (mine.seq > other.seq or (one.fact is Fact.SINCE and mine.seq == other.seq))
            )
            return bool(later) if mine and other else None
        case _:
            return None


def fitting(moves: Moves, bits: Bits, case: Case) -> bool:
    held = moves.held(bits)
    return all(certain(one, case, moves.flow) in (None, value) for one, value in held.items())


@pytest.mark.parametrize("path", WALKS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_a_real_case_moves_only_as_the_prover_thinks_it_can(path: Path) -> None:
    for steps in walked(path).values():
        case = opened(shipped(str(steps[0].opening["flow"])), steps[0])
        moves = moves_of(case.flow)
        places = {_beginning(moves, case)}
        for step in steps[1:]:
            case = apply(moves.flow, case, step)
            if step.trigger in moves.flow.transition:
                handed = frozenset(paper.kind for paper in step.papers)
                places = {
                    after
                    for bits in places
                    if moves.open_to(step.trigger, handed, moves.held(bits)) is not None
                    for after in moves.ways(step.trigger, handed, moves.held(bits))
                    if fitting(moves, after, case)
                }
            assert places, f"{step.trigger}: the prover thinks that this cannot be"


def _beginning(moves: Moves, case: Case) -> Bits:
    """What holds at first: what every case begins with, and the documents that the main case really handed on."""
    lasting = (Fact.IN_FORCE, Fact.CURRENT)
    return moves.bits({
        one: bool(certain(one, case, moves.flow)) if one.fact in lasting else moves.ground.effects.at_first(one)[0]
        for one in moves.tracked
    })  # fmt: skip
