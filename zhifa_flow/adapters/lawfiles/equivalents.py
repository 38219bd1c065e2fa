"""The declared equivalents: ``flows/equivalents.toml``, one file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.toml import is_there, read_toml, schema_problems
from zhifa_flow.casework.equivalents import Equivalent, EquivalentFile
from zhifa_flow.model.errors import FileError

FILE: Final = "equivalents.toml"


def load_equivalents(root: Path) -> tuple[Equivalent, ...]:
    """The declared equivalents of a folder of flows; a folder may do without.

    Raises:
        FileError: the file is wrong; carries every problem.
    """
    if not is_there(root / FILE):
        return ()
    try:
        return EquivalentFile.model_validate(read_toml(root / FILE, root)).equivalent
    except ValidationError as error:
        raise FileError(FILE, schema_problems(error, EquivalentFile)) from None
