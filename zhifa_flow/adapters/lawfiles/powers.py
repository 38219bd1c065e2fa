"""The ranks of texts that may found a power: ``flows/powers.toml``, one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.citations import citation_problems
from zhifa_flow.adapters.lawfiles.toml import is_there, read_toml, schema_problems
from zhifa_flow.model.errors import FileError
from zhifa_flow.model.powers import PowerFile
from zhifa_flow.model.statute import Rank, StatuteIndex

FILE: Final = "powers.toml"


def load_powers(root: Path, statutes: StatuteIndex) -> Mapping[str, Sequence[Rank]]:
    """The ranks that may found each kind of power, by its Chinese name; a folder may do without the file.

    Raises:
        FileError: the file is wrong; carries every problem.
    """
    if not is_there(root / FILE):
        return {}
    try:
        rows = PowerFile.model_validate(read_toml(root / FILE, root)).power
    except ValidationError as error:
        raise FileError(FILE, schema_problems(error, PowerFile)) from None
    texts = [text for row in rows for text in row.basis]
    if problems := [problem for text in texts for problem in citation_problems(text, None, statutes)]:
        raise FileError(FILE, problems)
    return {row.power.chinese: row.ranks for row in rows}
