"""Every case of every scenario stays as it is under the calendar it was counted by, and follows another one whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.acceptance.stage import FLOWS, desk_maker
from tests.acceptance.test_ledgers import name_of
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario, scenario_paths
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ledgers import ledgers
from zhifa_flow.casework.ports import Now
from zhifa_flow.casework.reprojection import Passed, Recounted, recount
from zhifa_flow.casework.scenarios import play
from zhifa_flow.casework.verification import verify
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.model.officer import Officer


def played(path: Path) -> tuple[Desk, list[Officer]]:
    """The desk at which a scenario has been played, and an officer in service of every agency."""
    desks: list[Desk] = []
    make = desk_maker()

    def kept(now: Now) -> Desk:
        desks.append(make(now))
        return desks[-1]

    list(play(read_scenario(path, FLOWS), kept))
    desk = desks[0]
    with desk.store.read() as work:
        staff = [work.officers_of(agency.id) for agency in work.agencies()]
    present = [[one for one in each if not one.absence_on(desk.today)] for each in staff]
    return desk, [each[0] for each in present if each]


def through(desk: Desk, officers: list[Officer]) -> tuple[list[Recounted], list[Passed]]:
    found = [stretch for officer in officers for stretch in recount(desk, officer)]
    return [one for each in found for one in each.recounted], [one for each in found for one in each.passed]


# One in three: the walks of a flow share most of their steps.
@pytest.mark.parametrize("path", scenario_paths(FLOWS)[::3], ids=name_of)
def test_a_case_follows_the_calendar_and_nothing_else(path: Path) -> None:
    desk, officers = played(path)
    nobody_knows = replace(desk, law=replace(desk.law, calendar=Calendar([]), places=None))

    as_it_was = through(desk, officers)
    counted, passed = through(nobody_knows, officers)
    back, _ = through(desk, officers)

    assert as_it_was == ([], [])
    assert passed == []
    assert {one.step.case for one in back} == {one.step.case for one in counted}
    for one in counted:
        assert all(ledger.problems == () for ledger in ledgers(desk, one.step.case)[2])
    assert [problem for one in verify(desk.store, desk.flows, desk.law) for problem in one.problems] == []
