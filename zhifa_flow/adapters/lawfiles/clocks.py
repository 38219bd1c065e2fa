"""The registry of clocks (期限登记): ``flows/clocks/<field of law>.toml``, read together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.citations import citation_problems
from zhifa_flow.adapters.lawfiles.toml import read_toml, schema_problems
from zhifa_flow.model.citation import Citation
from zhifa_flow.model.clock import Clock, ClockFile
from zhifa_flow.model.errors import FileError, close_names
from zhifa_flow.model.statute import StatuteIndex
from zhifa_flow.model.table import Row, Table

#: Where the files lie in a folder of flows.
FOLDER = "clocks"


def load_clocks(root: Path, tables: Mapping[str, Table], statutes: StatuteIndex) -> Mapping[str, Clock]:
    """Every clock of the folder ``clocks`` under ``root``, by its id ("pen.decide").

    Raises:
        FileError: any file is wrong, cites what does not exist, or differs from the table that it names;
            carries every problem of every file.
    """
    clocks: dict[str, Clock] = {}
    problems: list[str] = []
    for path in sorted((root / FOLDER).glob("*.toml")):
        try:
            book = _read(path, root)
        except FileError as error:
            problems += [f"{path.name}: {problem}" for problem in error.problems]
            continue
        for key, clock in book.clock.items():
            wrong = [*_basis_problems(clock, statutes), *_table_problems(clock, tables)]
            since = None if wrong else _since(clock, tables, statutes)
            clocks[f"{book.id}.{key}"] = clock.model_copy(update={"from_": since})
            problems += [f"{path.name}: clock.{key}: {problem}" for problem in wrong]
    problems += _name_problems(clocks)
    if problems:
        raise FileError(FOLDER, problems)
    return clocks


def unverified_of(clocks: Mapping[str, Clock], statutes: StatuteIndex) -> tuple[str, ...]:
    """The citations of the registry whose text the index does not hold, each with its clock."""
    return tuple(
        f"{id_}: {text}"
        for id_, clock in clocks.items()
        for text, on in _citations(clock)
        if statutes.unverified(Citation.parse(text), on)
    )


def _read(path: Path, root: Path) -> ClockFile:
    raw = read_toml(path, root)
    try:
        book = ClockFile.model_validate(raw)
    except ValidationError as error:
        raise FileError(path.name, schema_problems(error, ClockFile)) from None
    if book.id != path.stem:
        raise FileError(path.name, [f"文件名应当与编号一致, 即 {book.id}.toml"])
    return book


def _citations(clock: Clock) -> Iterator[tuple[str, date | None]]:
    """Every citation with a day on which it must hold; without one it speaks of the law as it is now."""
    yield from ((text, None) for text in clock.basis)
    yield from ((text, row.from_ or row.to) for row in clock.row for text in row.basis)
    yield from ((text, None) for text in (clock.extension.basis if clock.extension else ()))


def _basis_problems(clock: Clock, statutes: StatuteIndex) -> Iterator[str]:
    for text, on in _citations(clock):
        yield from citation_problems(text, on, statutes, newest=True)


def _since(clock: Clock, tables: Mapping[str, Table], statutes: StatuteIndex) -> date | None:
    """The first day for which it is known to hold: as written, else by its table, else since all cited texts are in force.

    An older text may have said the same; nobody has looked.
    """
    if clock.from_ or clock.row:
        return clock.from_
    if rows := _rows(clock, tables):
        begins = [row.from_ for row in rows if row.from_]
        return min(begins) if len(begins) == len(rows) else None
    cited = (statutes.versions(Citation.parse(text).statute) for text in clock.basis)
    return max(
        (found[-1].in_force_from for found in cited if found and found[-1].in_force_from), default=None
    )


def _rows(clock: Clock, tables: Mapping[str, Table]) -> list[Row]:
    """The rows of its table that speak for the whole country and every sector."""
    table = tables.get(clock.table or "")
    rows = table.row if table else ()
    return [row for row in rows if not row.region and not row.sector and clock.limb in (None, row.limb)]


def _table_problems(clock: Clock, tables: Mapping[str, Table]) -> Iterator[str]:
    """Whether the nation's rows of the table say the same: neither may be amended without the other."""
    if clock.table is None:
        return
    table = tables.get(clock.table)
    if table is None:
        near = close_names(clock.table, tables)
        yield f"没有名为“{clock.table}”的数据表" + (f", 是否指: {'、'.join(near)}" if near else "")
        return
    rows = _rows(clock, tables)
    if not rows:
        yield f"数据表 {table.id} 没有适用于全国、各领域的行" + (
            f"(limb = {clock.limb})" if clock.limb else ""
        )
    yield from (problem for row in rows for problem in _difference(clock, table, row))


def _difference(clock: Clock, table: Table, row: Row) -> Iterator[str]:
    for each in clock.within(row.from_, row.to):
        if each.length != row.length:
            yield f"登记为{each}, 数据表 {table.id} 的“{row.id}”为{row.length or '没有长度'}, 应当一致"


def _name_problems(clocks: Mapping[str, Clock]) -> Iterator[str]:
    """People may name a clock by its Chinese name, so no two may share one."""
    first: dict[str, str] = {}
    for id_, clock in clocks.items():
        if clock.name in first:
            yield f"{id_}: 与 {first[clock.name]} 同名“{clock.name}”"
        first.setdefault(clock.name, id_)
