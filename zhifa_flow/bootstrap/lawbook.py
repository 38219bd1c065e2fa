"""Where the law in data is found, and how it is read. Imports no database: cheap commands stop here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zhifa_flow.adapters.lawfiles.calendars import load_calendar
from zhifa_flow.adapters.lawfiles.flows import FlowFolder
from zhifa_flow.adapters.lawfiles.schema import schema_files
from zhifa_flow.adapters.lawfiles.statutes import load_statutes
from zhifa_flow.adapters.lawfiles.tables import load_tables
from zhifa_flow.bootstrap.calendars import Tell, open_calendars
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.statute import StatuteIndex
from zhifa_flow.model.table import Table

__all__ = ["Lawbook", "find_flows", "law_of", "open_calendar", "open_lawbook", "schema_files"]

#: What every folder of flows holds, and by which it is known.
MARK = "statutes.json"
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Lawbook:
    """A folder of flows, opened: statutes, tables, and the flows that rest on them."""

    root: Path
    statutes: StatuteIndex
    tables: Mapping[str, Table]
    flows: FlowFolder


def find_flows(given: Path | None = None) -> Path:
    """The folder of flows: the one given, else ./flows, else the copy that came with the package.

    Raises:
        InputError: the folder given, or every one of the usual ones, is no folder of flows.
    """
    if given is not None:
        if not (given / MARK).is_file():
            raise InputError([f"“{given}”不是流程文件夹: 其中没有 {MARK}"])
        return given
    # In the wheel the folder lies inside the package; in a checkout it lies beside it.
    places = (Path("flows"), _PACKAGE / "_flows", _PACKAGE.parent / "flows")
    found = next((place for place in places if (place / MARK).is_file()), None)
    if found is None:
        raise InputError(["没有找到流程文件夹, 请用 --flows 或者环境变量 ZHIFA_FLOWS 指明"])
    return found


def open_lawbook(root: Path) -> Lawbook:
    """The statutes and tables of a folder, read whole, and its flows, to be read when asked for.

    Raises:
        FileError: the statutes or a table are wrong.
    """
    statutes = load_statutes(root / MARK)
    tables = load_tables(root, statutes)
    return Lawbook(root, statutes, tables, FlowFolder(root, tables, statutes))


def open_calendar(root: Path) -> Calendar:
    """The calendar of a folder of flows.

    Raises:
        FileError: a file of it is wrong or missing.
    """
    return load_calendar(root / "calendars")


def law_of(book: Lawbook, tell: Tell | None = None) -> Law:
    """The law that every case shares; ``tell`` hears of calendar files that cannot be used.

    Raises:
        FileError: there is no calendar at all.
    """
    calendars = open_calendars(book.root, tell)
    return Law(calendars.nation, book.tables, book.statutes, calendars)
