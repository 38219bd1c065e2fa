"""The desk that a command works at, opened from what the command line says and closed when the command ends."""

from __future__ import annotations

import click

from zhifa_flow.bootstrap.desk import USUAL_DATABASE, desk_on, open_store
from zhifa_flow.bootstrap.lawbook import find_flows, open_lawbook
from zhifa_flow.casework.desk import Desk
from zhifa_flow.cli.places import Places
from zhifa_flow.cli.screens import note


def open_desk(places: Places, *, create: bool = False) -> Desk:
    """The desk on the database of the command line; ``create`` starts a new one where there is none.

    Raises:
        InputError: there is no such database, or no folder of flows.
        FileError: statutes or tables are wrong, or there is no calendar at all.
        StoreError: the database cannot be used.
    """
    book = open_lawbook(find_flows(places.flows))
    store = open_store(places.database or USUAL_DATABASE, create=create)
    click.get_current_context().call_on_close(store.close)
    return desk_on(book, store, places.now, note)
