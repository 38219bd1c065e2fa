"""The calendars of a folder of flows: the nation's and those of places with days off of their own."""

from __future__ import annotations

from pathlib import Path

from zhifa_flow.adapters.lawfiles.places import CalendarFolder, Tell

__all__ = ["CalendarFolder", "Tell", "open_calendars"]


def open_calendars(root: Path, tell: Tell | None = None) -> CalendarFolder:
    """The calendars of a folder of flows; ``tell`` hears of files that cannot be used.

    Raises:
        FileError: there is no calendar at all.
    """
    return CalendarFolder(root / "calendars", tell=tell)
