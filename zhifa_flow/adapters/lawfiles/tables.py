"""Table files: ``flows/tables/<id>.toml``, each a dated table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.citations import citation_problems
from zhifa_flow.adapters.lawfiles.toml import read_toml, schema_problems
from zhifa_flow.model.errors import FileError
from zhifa_flow.model.statute import StatuteIndex
from zhifa_flow.model.table import Table


def load_tables(root: Path, statutes: StatuteIndex) -> Mapping[str, Table]:
    """Every table of the folder ``tables`` under ``root``, by its id.

    Raises:
        FileError: any file is wrong; carries every problem of every file.
    """
    tables: dict[str, Table] = {}
    problems: list[str] = []
    for path in sorted((root / "tables").glob("*.toml")):
        try:
            table = _read(path, root)
            tables[table.id] = table
            problems += [f"{path.name}: {problem}" for problem in _row_problems(table, statutes)]
        except FileError as error:
            problems += [f"{path.name}: {problem}" for problem in error.problems]
    if problems:
        raise FileError("tables", problems)
    return tables


def _read(path: Path, root: Path) -> Table:
    raw = read_toml(path, root)
    try:
        table = Table.model_validate(raw)
    except ValidationError as error:
        raise FileError(path.name, schema_problems(error, Table)) from None
    if table.id != path.stem:
        raise FileError(path.name, [f"文件名应当与表的编号一致, 即 {table.id}.toml"])
    return table


def _row_problems(table: Table, statutes: StatuteIndex) -> list[str]:
    ids = Counter(row.id for row in table.row)
    problems = [f"{one}: 行的编号重复" for one, times in ids.items() if times > 1]
    for row in table.row:
        if not row.basis and not row.policy:
            problems.append(f"{row.id}: 没有依据(basis), 也没有说明是本系统声明的口径(policy)")
        problems += [
            f"{row.id}: {problem}"
            for text in row.basis
            for problem in citation_problems(text, row.from_, statutes)
        ]
    return problems
