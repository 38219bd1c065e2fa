"""The kinds of powers, and what may found each: ``flows/powers.toml``, one file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.citations import citation_problems
from zhifa_flow.adapters.lawfiles.toml import is_there, read_toml, schema_problems
from zhifa_flow.model.errors import FileError
from zhifa_flow.model.powers import PowerFile, PowerRow
from zhifa_flow.model.statute import StatuteIndex

FILE: Final = "powers.toml"


def load_powers(root: Path, statutes: StatuteIndex) -> Mapping[str, PowerRow]:
    """What may found each kind of power, by the Chinese name of the kind; a folder may do without the file.

    Raises:
        FileError: the file is wrong; carries every problem.
    """
    if not is_there(root / FILE):
        return {}
    try:
        rows = PowerFile.model_validate(read_toml(root / FILE, root)).power
    except ValidationError as error:
        raise FileError(FILE, schema_problems(error, PowerFile)) from None
    problems = [
        f"{row.power.chinese}: {problem}"
        for row in rows
        for text in (*row.basis, *row.within)
        for problem in citation_problems(text, None, statutes, newest=True)
    ]
    if problems:
        raise FileError(FILE, problems)
    return {row.power.chinese: row for row in rows}


def power_problems(root: Path, statutes: StatuteIndex) -> tuple[str, ...]:
    """Everything that is wrong with the file."""
    try:
        load_powers(root, statutes)
    except FileError as error:
        return error.problems
    return ()
