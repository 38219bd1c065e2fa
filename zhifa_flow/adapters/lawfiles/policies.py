"""The table of declared policies: ``flows/policies.toml``, one file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.citations import citation_problems
from zhifa_flow.adapters.lawfiles.toml import is_there, read_toml, schema_problems
from zhifa_flow.model.citation import Citation
from zhifa_flow.model.errors import FileError
from zhifa_flow.model.policy import PolicyTable
from zhifa_flow.model.statute import StatuteIndex

FILE: Final = "policies.toml"


def load_policies(root: Path) -> PolicyTable:
    """The policies of a folder of flows. Citations are read, not looked up: the statute index is not opened.

    Raises:
        FileError: the file is missing or wrong; carries every problem.
    """
    raw = read_toml(root / FILE, root)
    try:
        table = PolicyTable.model_validate(raw)
    except ValidationError as error:
        raise FileError(FILE, schema_problems(error, PolicyTable)) from None
    problems = [
        f"{row.id}: {problem}" for row in table.policy for text in row.basis for problem in _misread(text)
    ]
    if problems:
        raise FileError(FILE, problems)
    return table


def policy_problems(root: Path, statutes: StatuteIndex) -> tuple[str, ...]:
    """Everything that is wrong with the file, its citations held against the index; a folder may do without one."""
    if not is_there(root / FILE):
        return ()
    try:
        table = load_policies(root)
    except FileError as error:
        return error.problems
    return tuple(
        f"{row.id}: {problem}"
        for row in table.policy
        for text in row.basis
        for problem in citation_problems(text, row.to or table.declared, statutes)
    )


def _misread(text: str) -> list[str]:
    try:
        Citation.parse(text)
    except ValueError as error:
        return [str(error)]
    return []
