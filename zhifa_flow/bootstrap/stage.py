"""What a walk through a flow is played with: its file, and a desk whose time the walk sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.bootstrap.desk import desk_on
from zhifa_flow.bootstrap.lawbook import Lawbook
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Now, Store
from zhifa_flow.casework.scenarios import Scenario

#: The walk that ``zhifa demo`` plays, inside the folder of flows.
DEMO: Final = Path("penalty.general/scenarios/demo.toml")


def walk(book: Lawbook, path: Path = DEMO) -> Scenario:
    """A walk of the folder of flows.

    Raises:
        FileError: the file, or one that it extends, is wrong or missing.
    """
    return read_scenario(book.root / path, book.root)


def stage_desk(book: Lawbook, store: Store, now: Now) -> Desk:
    """The desk for a walk; the hour on stage is Beijing time, the hour on record is UTC. Drafts are played too."""

    def moment() -> datetime:
        return now().astimezone(UTC)

    return desk_on(replace(book, flows=replace(book.flows, drafts=True)), store, moment)
