"""Where the law in data is found, and how it is read. Imports no database: cheap commands stop here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zhifa_flow.adapters.lawfiles.clocks import load_clocks, unverified_of
from zhifa_flow.adapters.lawfiles.flows import FlowFolder
from zhifa_flow.adapters.lawfiles.policies import policy_problems
from zhifa_flow.adapters.lawfiles.powers import load_powers, power_problems
from zhifa_flow.adapters.lawfiles.published import load_published
from zhifa_flow.adapters.lawfiles.statutes import load_statutes
from zhifa_flow.adapters.lawfiles.tables import load_tables
from zhifa_flow.bootstrap.calendars import Tell, open_calendars
from zhifa_flow.bootstrap.lawfolder import MARK, find_flows
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.clock import Clock
from zhifa_flow.model.powers import PowerRow
from zhifa_flow.model.statute import StatuteIndex
from zhifa_flow.model.table import Table

__all__ = ["Lawbook", "find_flows", "law_of", "open_lawbook"]


@dataclass(frozen=True, slots=True)
class Lawbook:
    """A folder of flows, opened: statutes, tables, clocks, and the flows that rest on them."""

    root: Path
    statutes: StatuteIndex
    tables: Mapping[str, Table]
    clocks: Mapping[str, Clock]
    flows: FlowFolder

    @property
    def unverified_clocks(self) -> tuple[str, ...]:
        """The articles of the registry of clocks that nobody could verify."""
        return unverified_of(self.clocks, self.statutes)

    @property
    def powers(self) -> Mapping[str, PowerRow]:
        """What may found each kind of power, by its Chinese name. Raises FileError."""
        return load_powers(self.root, self.statutes)

    @property
    def power_problems(self) -> tuple[str, ...]:
        """Everything that is wrong with what the folder says of the kinds of powers."""
        return power_problems(self.root, self.statutes)

    @property
    def policy_problems(self) -> tuple[str, ...]:
        """Everything that is wrong with the declared policies of the folder, if it has any."""
        return policy_problems(self.root, self.statutes)


def open_lawbook(root: Path) -> Lawbook:
    """The statutes, tables and clocks of a folder, read whole, and its flows, to be read when asked for.

    Raises:
        FileError: the statutes, a table or a clock are wrong.
    """
    statutes = load_statutes(root / MARK)
    tables = load_tables(root, statutes)
    clocks = load_clocks(root, tables, statutes)
    return Lawbook(
        root, statutes, tables, clocks, FlowFolder(root, tables, statutes, clocks, load_published(root))
    )


def law_of(book: Lawbook, tell: Tell | None = None) -> Law:
    """The law that every case shares; ``tell`` hears of calendar files that cannot be used.

    Raises:
        FileError: there is no calendar at all, or what the folder says of the kinds of powers is wrong.
    """
    calendars = open_calendars(book.root, tell)
    return Law(calendars.nation, book.tables, book.statutes, calendars, book.powers)
