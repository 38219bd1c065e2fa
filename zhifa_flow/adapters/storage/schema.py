"""The schema of the store: made in an empty database, brought up to date in an older one, refused in a newer one."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

from zhifa_flow.adapters.storage.records import key_of
from zhifa_flow.adapters.storage.registers import BEFORE, ROWS, add, said
from zhifa_flow.adapters.storage.rows import (
    SCHEMA_VERSION,
    CaseRow,
    ClockRow,
    DocumentRow,
    MetaRow,
    RegistrationRow,
    Row,
    StepRow,
    table,
)
from zhifa_flow.adapters.storage.statements import DIALECT
from zhifa_flow.model.errors import StoreError
from zhifa_flow.model.register import Entered

_VERSION: Final = "schema_version"
#: The tables whose rows are only ever added.
_GROWING: Final[Mapping[type[Row], str]] = {
    StepRow: "办案记录",
    DocumentRow: "文书",
    RegistrationRow: "名册变动记录",
}


def prepare(connection: sqlite3.Connection, name: str) -> None:
    """Make the tables in an empty database, or those of an older program as they are now.

    ``name`` is what its user calls it.

    Raises:
        StoreError: the database was made by a newer program, or by another one.
    """
    if _version(connection, name) != SCHEMA_VERSION:
        connection.execute("BEGIN IMMEDIATE")
        try:
            found = _version(connection, name)  # somebody else may have made them in the meantime
            if found is None:
                _create(connection)
            elif found < SCHEMA_VERSION:
                _bring_up_to_date(connection, found)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _version(connection: sqlite3.Connection, name: str) -> int | None:
    """The version of the tables, None in an empty database."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if not {"meta", "case_file", "case_step"} <= tables:
        raise StoreError(f"数据库 {name} 不是执法案件库(其中是其他程序的表); 请检查路径, 或者另指定一个文件")
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_VERSION,)).fetchone()
    found = int(row[0]) if row and str(row[0]).isdecimal() else 0
    if found > SCHEMA_VERSION:
        raise StoreError(
            f"数据库 {name} 由较新版本的程序建立(结构第{found}版, 本程序只识别到第{SCHEMA_VERSION}版); "
            "为免损坏数据没有打开, 请升级本程序"
        )
    if found < 1:
        raise StoreError(f"数据库 {name} 没有写明结构版本, 不是完整的执法案件库; 请从备份恢复")
    return found


def _create(connection: sqlite3.Connection) -> None:
    for of in Row.metadata.sorted_tables:
        connection.execute(str(CreateTable(of).compile(dialect=DIALECT)))
        for index in sorted(of.indexes, key=lambda one: str(one.name)):
            connection.execute(str(CreateIndex(index).compile(dialect=DIALECT)))
    for row in _GROWING:
        _let_grow_only(connection, row)
    meta = table(MetaRow).name
    connection.execute(f"INSERT INTO {meta} (key, value) VALUES (?, ?)", (_VERSION, str(SCHEMA_VERSION)))  # noqa: S608


def _bring_up_to_date(connection: sqlite3.Connection, found: int) -> None:
    for version, step in (
        (1, _add_party_key),
        (2, _add_flow_digest),
        (2, _add_paused),
        (2, _keep_history),
        (3, _add_origin),
    ):
        if found <= version:
            step(connection)
    meta = table(MetaRow).name
    connection.execute(f"UPDATE {meta} SET value = ? WHERE key = ?", (str(SCHEMA_VERSION), _VERSION))  # noqa: S608


def _add_party_key(connection: sqlite3.Connection) -> None:
    """From version 1 to 2: a case is found by its party."""
    cases = table(CaseRow)
    connection.execute(
        f"ALTER TABLE {cases.name} ADD COLUMN {CreateColumn(cases.c.party_key).compile(dialect=DIALECT)}"
    )
    held = connection.execute(f"SELECT no, id, party FROM {cases.name} WHERE party IS NOT NULL").fetchall()  # noqa: S608
    keys = [(key_of(id_, party), no) for no, id_, party in held]
    connection.executemany(f"UPDATE {cases.name} SET party_key = ? WHERE no = ?", keys)  # noqa: S608
    [index] = [index for index in cases.indexes if index.name == "case_of_party"]
    connection.execute(str(CreateIndex(index).compile(dialect=DIALECT)))


def _add_flow_digest(connection: sqlite3.Connection) -> None:
    """From version 2 to 3: a case says under which text of its flow it was opened, as far as its first step does."""
    cases = table(CaseRow)
    added = CreateColumn(cases.c.flow_digest).compile(dialect=DIALECT)
    connection.execute(f"ALTER TABLE {cases.name} ADD COLUMN {added} DEFAULT ''")
    opening = (
        "SELECT json_extract(content, '$.opening.flow_digest') FROM case_step WHERE case_id = id AND seq = 0"
    )
    connection.execute(f"UPDATE {cases.name} SET flow_digest = coalesce(({opening}), '')")  # noqa: S608


def _add_paused(connection: sqlite3.Connection) -> None:
    """From version 2 to 3: a deadline says since when it stands still; what an older program wrote does not."""
    clocks = table(ClockRow)
    added = CreateColumn(clocks.c.paused).compile(dialect=DIALECT)
    connection.execute(f"ALTER TABLE {clocks.name} ADD COLUMN {added}")


def _keep_history(connection: sqlite3.Connection) -> None:
    """From version 2 to 3: the registers keep what was entered before; their history begins with what holds now."""
    of = table(RegistrationRow)
    connection.execute(str(CreateTable(of).compile(dialect=DIALECT)))
    for index in of.indexes:
        connection.execute(str(CreateIndex(index).compile(dialect=DIALECT)))
    _let_grow_only(connection, RegistrationRow)
    [(now,)] = connection.execute("SELECT strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')")
    entered = Entered(datetime.fromisoformat(now), BEFORE)
    for register, row in ROWS.items():
        held = connection.execute(f"SELECT id, content FROM {table(row).name} ORDER BY id").fetchall()  # noqa: S608
        for id_, content in held:
            add(connection.execute, register, id_, said(f"{register.chinese}中{id_}的登记", content), entered)


def _add_origin(connection: sqlite3.Connection) -> None:
    """From version 3 to 4: a document says as what it was made; until then it was handed on under that name only."""
    documents = table(DocumentRow)
    added = CreateColumn(documents.c.origin).compile(dialect=DIALECT)
    connection.execute(f"ALTER TABLE {documents.name} ADD COLUMN {added} DEFAULT ''")


def _let_grow_only(connection: sqlite3.Connection, row: type[Row]) -> None:
    for trigger in _triggers(row):
        connection.execute(trigger)


def _triggers(row: type[Row]) -> list[str]:
    return append_only(table(row).name, [key.name for key in table(row).primary_key], _GROWING[row])


def triggers() -> list[str]:
    """Every trigger that a sound store has, as the text that made it."""
    return [text for row in _GROWING for text in _triggers(row)]


def append_only(name: str, keys: list[str], what: str) -> list[str]:
    """The triggers that let rows be added to a table, and nothing else be done to it."""
    same = " AND ".join(f"{key} = NEW.{key}" for key in keys)
    taken = f"EXISTS (SELECT 1 FROM {name} WHERE {same})"  # noqa: S608 - names of our own tables
    refuse = f"SELECT RAISE(ABORT, '{what}只能追加, 不能修改或者删除')"
    return [
        f"CREATE TRIGGER {name}_not_changed BEFORE UPDATE ON {name} BEGIN {refuse}; END",
        f"CREATE TRIGGER {name}_not_deleted BEFORE DELETE ON {name} BEGIN {refuse}; END",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"CREATE TRIGGER {name}_not_replaced BEFORE INSERT ON {name} WHEN {taken} BEGIN {refuse}; END",
    ]
