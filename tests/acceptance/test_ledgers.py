"""Every deadline of every scenario is counted anew from its documents, and comes to the day that was recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.stage import FLOWS, desk_maker
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario, scenario_paths
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ledgers import ledgers
from zhifa_flow.casework.ports import Now
from zhifa_flow.casework.scenarios import play
from zhifa_flow.model.case import ClockState
from zhifa_flow.model.ledger import EntryKind, Ledger


def name_of(path: Path) -> str:
    return f"{path.parent.parent.name}/{path.stem}"


def told(path: Path) -> dict[str, list[Ledger]]:
    """The ledgers of every case of a scenario, by case, once all of it has been played."""
    desks: list[Desk] = []
    make = desk_maker()

    def kept(now: Now) -> Desk:
        desks.append(make(now))
        return desks[-1]

    list(play(read_scenario(path, FLOWS), kept))
    with desks[0].store.read() as work:
        ids = list(work.case_ids())
    return {id_: ledgers(desks[0], id_)[2] for id_ in ids}


@pytest.mark.parametrize("path", scenario_paths(FLOWS), ids=name_of)
def test_what_is_counted_anew_is_what_was_recorded(path: Path) -> None:
    found = told(path)

    assert found
    for one in (each for held in found.values() for each in held):
        clock = one.recorded
        assert one.problems == (), one
        assert one.entries[0].kind is EntryKind.STARTED
        assert one.derivation
        assert clock.paused or (one.due, one.safe, one.provisional) == (
            clock.due, clock.safe, clock.provisional,
        ), one  # fmt: skip
        ends = [each.kind for each in one.entries if each.kind in (EntryKind.ENDED, EntryKind.CLOSED)]
        assert len(ends) == (clock.state is not ClockState.RUNNING)
