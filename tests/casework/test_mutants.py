"""Mutants: what is taken out or shifted, who notices, and who would not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from tests.acceptance.stage import folder as shipped
from tests.casework.tiny import REF, UNNOTICED, bench, flow, folder, law, make_desk, scenario, scenarios_alone
from zhifa_flow.casework.mutants import Mutant, with_back_door, with_step, without_guard
from zhifa_flow.casework.mutation import Bench, mutants_of
from zhifa_flow.casework.ports import Flows
from zhifa_flow.casework.reach import of_finding, of_role, of_table
from zhifa_flow.casework.scenarios import StageTime
from zhifa_flow.casework.shifts import shifted_arguments, shifted_lengths, shifted_table
from zhifa_flow.casework.substitutes import with_flow, with_table
from zhifa_flow.casework.tapes import NotAsItSays, record, replay
from zhifa_flow.model.period import Length, Unit

GENERAL = "penalty.general@2021-07-15"


def mutants() -> list[Mutant]:
    return [*mutants_of(flow()), *shifted_table(folder().tables["defence"], (flow(),))]


def survivors(bench: Bench) -> set[str]:
    return {one.id for one in mutants() if not bench.verdict(one).killed}


def test_whatever_a_weak_scenario_does_not_notice_is_named() -> None:
    assert survivors(scenarios_alone("weak")) == UNNOTICED | {f"{REF} order -notice_before_decision"}


def test_the_proof_of_an_order_notices_what_no_scenario_does() -> None:
    order_kept = without_guard(flow(), "decide", "noticed")

    verdict = bench("weak").verdict(order_kept)

    assert verdict.complaint is None
    assert verdict.problem.startswith("order.notice_before_decision: ")


def test_that_something_lies_unused_gives_nobody_away() -> None:
    assert not bench("weak").verdict(without_guard(flow(), "decide", "defence_over")).killed


def test_a_strong_set_of_scenarios_lets_no_mutant_live() -> None:
    assert survivors(bench("weak", "strong")) == set()


def test_a_survivor_bears_the_words_of_the_law_that_are_unprotected() -> None:
    mutant = without_guard(flow(), "decide", "noticed")

    assert mutant.said == "“作出处罚决定”不再问条件noticed"
    assert mutant.name == "作出行政处罚决定之前, 应当告知当事人拟作出的处罚内容"
    assert mutant.basis == ("行政处罚法第四十四条",)


def test_it_is_said_which_scenario_notices_and_where() -> None:
    complaint = bench("weak", "strong").verdict(without_guard(flow(), "decide", "defence_over")).complaint

    assert complaint is not None
    assert (complaint.scenario, complaint.act and complaint.act.on) == ("strong", date(2024, 3, 4))
    assert "defence_over" in complaint.text


def test_mutants_have_ids_of_their_own() -> None:
    flows = [shipped().compiled(ref).flow for ref in shipped().refs()]

    ids = [one.id for one in mutants()] + [one.id for each in flows for one in mutants_of(each)]

    assert len(ids) == len(set(ids)) > 1000


@pytest.mark.parametrize("kind", ["guard", "order", "supersedes", "opens", "raises", "lowers", "binds", "blocks",
                                  "allows", "holds", "people", "deadline", "number"])  # fmt: skip
def test_every_kind_of_change_is_made_of_the_shipped_flows(kind: str) -> None:
    flows = [shipped().compiled(ref).flow for ref in shipped().refs()]

    made = [one for each in flows for one in mutants_of(each) if one.kind == kind]

    assert made
    assert all(one.flow and one.flow not in flows for one in made)


def test_a_length_is_shifted_by_one_and_counted_in_the_other_kind_of_day() -> None:
    assert list(map(str, shifted_lengths(Length.parse("5工作日")))) == ["4个工作日", "6个工作日", "5日"]
    assert list(map(str, shifted_lengths(Length.parse("1日")))) == ["2日", "1个工作日"]
    assert list(map(str, shifted_lengths(Length.parse("2年")))) == ["1年", "3年"]
    assert list(map(str, shifted_lengths(Length(0, Unit.DAY)))) == ["1日"]


@pytest.mark.parametrize(
    ("args", "shifts"),
    [
        ({"length": 5, "unit": "workday"}, ["length=4", "length=6", "unit=day"]),
        ({"length": 0, "unit": "day"}, ["length=1"]),
        ({"length": 1, "unit": "year"}, ["length=2"]),
        ({"unit": "用人单位"}, []),
        ({"unit": ["day"]}, []),
    ],
)
def test_a_unit_is_swapped_only_where_it_is_one_and_something_is_counted(
    args: dict[str, object], shifts: list[str]
) -> None:
    one = flow()
    name, guard = next(iter(one.guard.items()))
    asked = one.model_copy(update={"guard": {name: guard.model_copy(update={"args": args})}, "finding": {}})

    found = [mutant.id for mutant in shifted_arguments(asked)]

    assert found == [f"{REF} guard.{name}.args {shift}" for shift in shifts]


def test_an_order_that_stops_no_back_door_would_not_be_missed() -> None:
    one = bench("strong")
    idle = Bench(one.make_desk, one.sources, one.problems, proofs=lambda _: ("order.another: 不成立",))
    order = next(mutant for mutant in mutants() if mutant.kind == "order")

    assert one.verdict(order).killed
    assert not idle.verdict(order).killed


def test_through_a_back_door_nothing_is_asked() -> None:
    open_ = with_back_door(flow(), "notice_before_decision")

    assert open_.transition["decide"].source == ("lead", "reported")
    assert open_.transition["decide"].guards == open_.always == ()
    assert open_.transition["notify"] == flow().transition["notify"]


def test_the_reach_of_a_part_is_every_step_that_asks_for_it() -> None:
    general = shipped().compiled(GENERAL).flow

    assert "serve_notice" in of_finding(general, "hearing_due")
    assert of_role(flow(), "agency_head") == {"decide"}
    assert of_table(flow(), "defence") == {"notify"}
    assert "decide_penalty" in of_table(general, "discussion")


def test_only_what_a_change_touches_is_played_again() -> None:
    tape = record("strong", scenario("strong"), make_desk)
    desk = make_desk(StageTime())
    asked: list[str] = []

    class Listening:
        def __getattr__(self, name: str) -> object:
            asked.append(name)
            return getattr(folder(), name)

    listening = replace(desk, flows=cast("Flows", Listening()))

    assert replay(tape, listening, frozenset({(REF, "notify")})) is None
    few = len(asked)
    assert replay(tape, listening, tape.touched) is None
    assert 0 < few < (len(asked) - few) / 3


def test_once_it_goes_another_way_the_rest_is_played_too() -> None:
    tape = record("strong", scenario("strong"), make_desk)
    kept = with_step(flow(), "report", supersedes=())
    desk = replace(make_desk(StageTime()), flows=with_flow(folder(), kept))

    complaint = replay(tape, desk, frozenset({(REF, "report")}))

    assert complaint is not None
    assert complaint.act is not None
    assert complaint.act.id == "without_another_notice"


def test_a_scenario_that_does_not_hold_is_no_measure() -> None:
    wrong = scenario("weak").model_copy(
        update={
            "step": tuple(step.model_copy(update={"expect": "refused"}) for step in scenario("weak").step)
        }
    )

    with pytest.raises(NotAsItSays, match=r"weak.*2024-03-04 report: 应当不予办理, 但是办理了"):
        record("weak", wrong, make_desk)


def test_a_flow_that_stands_for_another_is_found_in_its_place() -> None:
    changed = without_guard(flow(), "decide", "noticed").flow
    assert changed is not None

    flows = with_flow(folder(), changed)

    assert flows.refs() == [REF]
    assert flows.compiled(REF).flow == flows.in_force("penalty.tiny", date(2024, 3, 1)).flow == changed
    assert flows.compiled(REF).digest == folder().compiled(REF).digest


def test_a_table_is_changed_for_the_trial_alone() -> None:
    changed = next(shifted_table(folder().tables["defence"], (flow(),))).table
    assert changed is not None

    other = with_table(law(), changed)

    assert other.tables["defence"] == changed != law().tables["defence"]
