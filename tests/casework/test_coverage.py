"""What scenarios see of a flow, what none sees, and which declarations no longer hold."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.casework.tiny import REF, bench, flow, make_desk, scenario, scenarios_alone
from zhifa_flow.casework.coverage import PASSED, REFUSED, Uncovered, guards_in_use, seen
from zhifa_flow.casework.equivalents import Equivalent, EquivalentFile, outcome
from zhifa_flow.casework.mutants import without_guard
from zhifa_flow.casework.scenarios import Coverage, Scenario
from zhifa_flow.casework.trials import tried


def changed(name: str, place: int, **update: object) -> Scenario:
    one = scenario(name)
    steps = [*one.step]
    steps[place] = steps[place].model_copy(update=update)
    return one.model_copy(update={"step": tuple(steps)})


def test_the_guards_of_a_flow_are_those_that_a_step_asks() -> None:
    assert guards_in_use(flow()) == ("dated", "noticed", "defence_over")


def test_a_guard_that_never_refused_is_not_covered() -> None:
    found = seen([flow()], [tried("weak", scenario("weak"), make_desk).coverage])

    assert found.guards == tuple(Uncovered(REF, name, REFUSED) for name in guards_in_use(flow()))
    assert found.steps == found.orders == ()
    assert found.orders_exercised == ((REF, "notice_before_decision"),)
    assert not found.whole


def test_a_step_that_nobody_takes_is_not_covered_and_neither_is_its_order() -> None:
    found = seen([flow()], [Coverage(moved={(REF, "decide")}), Coverage(moved={(REF, "notify")})])

    assert [one.name for one in found.steps] == ["report"]
    assert [one.name for one in found.orders] == ["notice_before_decision"]
    assert Uncovered(REF, "noticed", PASSED) in found.guards


def test_a_strong_set_of_scenarios_sees_everything() -> None:
    assert seen([flow()], [tried("strong", scenario("strong"), make_desk).coverage]).whole


def test_a_scenario_that_goes_as_it_says_has_no_failures() -> None:
    trial = tried("weak", scenario("weak"), make_desk)

    assert (trial.title, trial.acts, trial.failures) == ("某公司超标排放, 告知以后作出处罚决定", 3, ())


@pytest.mark.parametrize(
    ("update", "expected", "came"),
    [
        ({"expect": "refused", "guard": ("noticed",)}, "不予办理, 理由中有条件“noticed”", "已经办理, 现在是“decided”"),
        ({"state": "lead"}, "准予办理, 到“lead”", "已经办理, 现在是“decided”"),
        ({"by": ("zhang",)}, "准予办理, 到“decided”", "不予办理: 张某不是机关负责人"),
        ({"do": "decied"}, "准予办理, 到“decided”", "没有办理"),
    ],
)  # fmt: skip
def test_a_failure_says_what_was_expected_and_what_came(
    update: dict[str, object], expected: str, came: str
) -> None:
    (failure,) = tried("weak", changed("weak", 2, **update), make_desk).failures

    assert failure.expected == expected
    assert failure.came.startswith(came)
    assert failure.complaints


def test_a_case_that_cannot_be_opened_is_a_failure() -> None:
    (failure,) = tried(
        "weak", scenario("weak").model_copy(update={"flow": "penalty.tyni"}), make_desk
    ).failures

    assert failure.act is None
    assert "penalty.tiny" in failure.complaints[0]


@pytest.mark.parametrize(
    ("due", "complaint"),
    [
        ({"defence": "2024-03-11"}, "期限“defence”的最后一日应当是2024-03-11, 现在是2024-03-12"),
        ({"hearing": "2024-03-11"}, "期限“hearing”的最后一日应当是2024-03-11, 现在没有计算"),
    ],
)
def test_the_last_day_of_a_deadline_may_be_asked_for(due: dict[str, str], complaint: str) -> None:
    raw = scenario("weak").model_dump(mode="json", by_alias=True)
    raw["step"][1]["due"] = due

    (failure,) = tried("weak", Scenario.model_validate(raw), make_desk).failures

    assert failure.complaints == (complaint,)


DECIDE = without_guard(flow(), "decide", "noticed")


def test_a_declared_equivalent_that_survives_is_told_apart() -> None:
    verdict = scenarios_alone("weak").verdict(without_guard(flow(), "decide", "defence_over"))
    declared = [Equivalent(mutant=verdict.mutant.id, reason="仅供测试")]

    found = outcome([verdict], declared, [REF])

    assert found.holds
    assert (found.mutants, found.killed, found.survivors, found.stale) == (1, 0, (), ())
    assert found.equivalent == ((verdict, "仅供测试"),)


def test_what_is_not_declared_survives() -> None:
    verdict = scenarios_alone("weak").verdict(without_guard(flow(), "decide", "defence_over"))

    found = outcome([verdict], [], [REF])

    assert not found.holds
    assert found.survivors == (verdict,)


@pytest.mark.parametrize(
    ("mutant", "problem"),
    [(DECIDE.id, "已经能够发现, 不必再声明"), (f"{REF} order -none", "没有这样的改动")],
)
def test_a_declaration_that_no_longer_holds_is_stale(mutant: str, problem: str) -> None:
    verdict = bench("weak", "strong").verdict(DECIDE)

    found = outcome([verdict], [Equivalent(mutant=mutant, reason="仅供测试")], [REF])

    assert not found.holds
    assert found.stale == ((mutant, problem),)


def test_declarations_of_flows_that_were_not_tried_are_left_alone() -> None:
    verdict = bench("strong").verdict(DECIDE)

    found = outcome(
        [verdict], [Equivalent(mutant="penalty.other@2024-01-01 always -x", reason="仅供测试")], [REF]
    )

    assert found.holds


def test_a_mutant_is_declared_once() -> None:
    twice = {"mutant": DECIDE.id, "reason": "仅供测试"}

    with pytest.raises(ValidationError, match="写了两次"):
        EquivalentFile.model_validate({"schema": "zhifa-equivalents/1", "equivalent": [twice, twice]})


def test_of_a_deadline_of_hours_the_moment_may_be_asked_for() -> None:
    raw = scenario("weak").model_dump(mode="json", by_alias=True)
    raw["step"][1]["due"] = {"defence": "2024-03-12T10:00:00"}

    (failure,) = tried("weak", Scenario.model_validate(raw), make_desk).failures

    assert failure.complaints == ("期限“defence”的最后一日应当是2024-03-12 10:00:00, 现在没有计算",)
