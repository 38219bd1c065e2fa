"""The calendars of a folder of flows: the nation's and those of places with days off of their own."""

from __future__ import annotations

from pathlib import Path

from zhifa_flow.adapters.lawfiles.places import CalendarFolder, Tell
from zhifa_flow.adapters.lawfiles.toml import leads_out
from zhifa_flow.model.errors import FileError

__all__ = ["CalendarFolder", "Tell", "calendar_problems", "open_calendars"]


def open_calendars(root: Path, tell: Tell | None = None) -> CalendarFolder:
    """The calendars of a folder of flows; ``tell`` hears of files that cannot be used.

    Raises:
        FileError: there is no calendar at all, or only one outside of the folder of flows.
    """
    folder = root / "calendars"
    if leads_out(folder, root):
        raise FileError(folder.name, ["文件夹是指向流程文件夹以外的链接, 不予读取"])
    return CalendarFolder(folder, tell=tell)


def calendar_problems(root: Path) -> tuple[str, ...]:
    """Everything that is wrong with the calendar files of a folder of flows, of the nation and of every place."""
    try:
        return tuple(open_calendars(root).problems())
    except FileError as error:
        return error.problems
