"""Every shipped scenario goes as it says, and every guard is seen on both sides; mutants are for ``zhifa flow mutate``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.acceptance.stage import FLOWS, desk_maker, folder
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario, scenario_paths
from zhifa_flow.casework.coverage import PASSED, REFUSED, Seen, Uncovered, guards_in_use, seen
from zhifa_flow.casework.scenarios import Scenario
from zhifa_flow.casework.trials import Trial, tried
from zhifa_flow.model.flow import Flow

PATHS = scenario_paths(FLOWS)
#: One process plays them all: what is seen of guards is seen over all of them.
pytestmark = pytest.mark.xdist_group("scenarios")


def name_of(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.stem}"


@cache
def scenario(path: Path) -> Scenario:
    return read_scenario(path, FLOWS)


@cache
def trial(path: Path) -> Trial:
    return tried(name_of(path), scenario(path), desk_maker())


def flows() -> list[Flow]:
    return [folder().compiled(ref).flow for ref in folder().refs()]


@cache
def everything_seen() -> Seen:
    return seen(flows(), [trial(path).coverage for path in PATHS])


def test_there_are_scenarios_of_every_flow() -> None:
    with_scenarios = {path.parent.parent.name for path in PATHS}
    played_inside = {ref.partition("@")[0] for path in PATHS for ref, _ in trial(path).coverage.moved}

    assert set(folder().versions()) == with_scenarios | played_inside


@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_a_scenario_goes_as_it_says(path: Path) -> None:
    assert trial(path).failures == ()


@pytest.mark.parametrize(
    ("ref", "guard"), [(flow.ref, name) for flow in flows() for name in guards_in_use(flow)], ids=str
)
def test_every_guard_refuses_in_one_scenario_and_lets_pass_in_another(ref: str, guard: str) -> None:
    missing = everything_seen().guards

    assert Uncovered(ref, guard, REFUSED) not in missing, "no scenario sees it refuse"
    assert Uncovered(ref, guard, PASSED) not in missing, "no scenario sees it let pass"


@pytest.mark.parametrize("ref", folder().refs())
def test_every_step_is_taken_in_some_scenario(ref: str) -> None:
    assert [one.name for one in everything_seen().steps if one.flow == ref] == []


@pytest.mark.parametrize("ref", folder().refs())
def test_every_order_is_walked_through_in_some_scenario(ref: str) -> None:
    assert [one.name for one in everything_seen().orders if one.flow == ref] == []
