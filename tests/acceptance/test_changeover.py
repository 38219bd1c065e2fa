"""Whatever was done under a shipped flow, a newer version that asks the same lets the case go on, and it still adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pytest

from tests.acceptance.stage import FLOWS, desk_maker, folder
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.casework.changeover import move
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.rehearsal import Rehearsal
from zhifa_flow.casework.scenarios import Performance, Scenario, begin, scenes
from zhifa_flow.casework.verification import verify
from zhifa_flow.engine.compiler import Compiled, compile_flow
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import ZhifaError

DAY = date(2021, 7, 16)
DEMO = "penalty.general/scenarios/demo.toml"
SUMMARY = "penalty.summary/scenarios/main.toml"


@cache
def renewed(id_: str) -> Compiled:
    shipped = folder().in_force(id_, DAY)
    return compile_flow(shipped.flow.model_copy(update={"effective_from": DAY}))


@dataclass(frozen=True)
class Renewed:
    """The shipped flows, each with a version from the next day on that says the same."""

    def refs(self) -> list[str]:
        refs = folder().refs()
        return [*refs, *(f"{ref.partition('@')[0]}@{DAY}" for ref in refs)]

    def compiled(self, ref: str) -> Compiled:
        id_, _, day = ref.partition("@")
        return renewed(id_) if day == str(DAY) else folder().compiled(ref)

    def in_force(self, flow: str, on: date) -> Compiled:
        del on
        return renewed(flow)


def walk(name: str) -> Scenario:
    return read_scenario(FLOWS / name, FLOWS)


def running(desk: Desk) -> Iterator[Case]:
    with desk.store.read() as work:
        for id_ in list(work.case_ids()):
            case = work.case(id_)
            if case and not case.ended:
                yield case


def changed_over(desk: Desk, show: Performance, scenario: Scenario) -> list[str]:
    """Every problem in moving every case that runs on this stage to the version of the next day."""
    under = replace(desk, flows=Renewed())
    problems = []
    for case in list(running(show.desk)):
        if case.flow.endswith(str(DAY)):
            continue
        try:
            move(
                under,
                case.id,
                f"{case.flow.partition('@')[0]}@{DAY}",
                str(scenario.officer[0]["id"]),
                "新版本施行",
            )
        except ZhifaError as error:
            problems += [f"{case.id}: {problem}" for problem in error.problems]
    return problems


@pytest.mark.parametrize("name", [DEMO, SUMMARY])
def test_after_every_step_a_case_may_go_on_under_a_version_that_asks_the_same(name: str) -> None:
    scenario = walk(name)
    show = begin(scenario, desk_maker())
    problems = []

    for scene in scenes(scenario):
        show.perform(scene)
        problems += changed_over(replace(show.desk, store=Rehearsal(show.desk.store)), show, scenario)

    assert problems == []


@pytest.mark.parametrize("name", [DEMO, SUMMARY])
@pytest.mark.parametrize("at", [0.3, 0.7])
def test_a_case_that_was_moved_midway_goes_the_same_way_to_its_end(name: str, at: float) -> None:
    scenario = walk(name)
    show = begin(scenario, desk_maker())
    every = list(scenes(scenario))
    middle = int(len(every) * at)
    complaints: list[str] = []

    for place, scene in enumerate(every):
        played = show.perform(scene)
        complaints += played.complaints if played else ()
        if place == middle:
            complaints += changed_over(show.desk, show, scenario)
            show.desk = replace(show.desk, flows=Renewed())
    desk = show.desk

    assert complaints == []
    assert [problem for one in verify(desk.store, desk.flows, desk.law) for problem in one.problems] == []
