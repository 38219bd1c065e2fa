"""Every shipped scenario goes as it says, every guard is seen on both sides, and none can be taken out unnoticed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.acceptance.stage import FLOWS, desk_maker, folder, without_guard
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario, scenario_paths
from zhifa_flow.casework.scenarios import Coverage, Scenario, play

PATHS = scenario_paths(FLOWS)


def name_of(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.stem}"


@cache
def scenario(path: Path) -> Scenario:
    return read_scenario(path, FLOWS)


@cache
def covered(path: Path) -> Coverage:
    coverage = Coverage()
    list(play(scenario(path), desk_maker(), coverage))
    return coverage


def complaints(path: Path, make: object = None) -> list[str]:
    played = play(scenario(path), make or desk_maker())  # type: ignore[arg-type]
    return [f"{one.step.on} {one.step.label}: {complaint}" for one in played for complaint in one.complaints]


def test_there_are_scenarios_of_every_flow() -> None:
    with_scenarios = {path.parent.parent.name for path in PATHS}
    played_inside = {ref.partition("@")[0] for path in PATHS for ref, _ in covered(path).moved}

    assert set(folder().versions()) == with_scenarios | played_inside


@pytest.mark.parametrize("path", PATHS, ids=name_of)
def test_a_scenario_goes_as_it_says(path: Path) -> None:
    assert complaints(path) == []


def guards_in_use() -> list[tuple[str, str]]:
    used = []
    for ref in folder().refs():
        flow = folder().compiled(ref).flow
        names = dict.fromkeys(
            (*flow.always, *(name for step in flow.transition.values() for name in step.guards))
        )
        used += [(ref, name) for name in names]
    return used


@pytest.mark.parametrize(("ref", "guard"), guards_in_use(), ids=str)
def test_every_guard_refuses_in_one_scenario_and_lets_pass_in_another(ref: str, guard: str) -> None:
    refused = {(flow, name) for path in PATHS for flow, _, name in covered(path).refused}
    passed = {(flow, name) for path in PATHS for flow, _, name in covered(path).passed}

    assert (ref, guard) in refused, "no scenario sees it refuse"
    assert (ref, guard) in passed, "no scenario sees it let pass"


@pytest.mark.parametrize("ref", folder().refs())
def test_every_step_is_taken_in_some_scenario(ref: str) -> None:
    moved = {(flow, trigger) for path in PATHS for flow, trigger in covered(path).moved}

    missing = [trigger for trigger in folder().compiled(ref).flow.transition if (ref, trigger) not in moved]

    assert missing == []


def test_no_guard_can_be_taken_out_unnoticed() -> None:
    survivors = []
    places = {place for path in PATHS for place in covered(path).refused}
    for ref, trigger, guard in sorted(places):
        witnesses = [path for path in PATHS if (ref, trigger, guard) in covered(path).refused]
        make = desk_maker(without_guard(ref, trigger, guard))
        if not any(complaints(path, make) for path in witnesses):
            survivors.append(f"{ref} {trigger} {guard}")

    assert survivors == []
    unseen = [
        (ref, guard)
        for ref, guard in guards_in_use()
        if not any((ref, guard) == (r, g) for r, _, g in places)
    ]
    assert unseen == []
