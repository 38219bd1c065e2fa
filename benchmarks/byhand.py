"""The floor: the statements of a step as one would write them by hand with ``sqlite3``, and nothing around them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhifa_flow.adapters.storage.records import (
    case_values,
    clock_values,
    document_values,
    standing_values,
    step_values,
    stopped_clocks,
)
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.opening import Opened
from zhifa_flow.model.case import Case

READ_CASE = """
SELECT id, agency, procedure, parent, relation, region, sector, flow, flow_digest, matter, title, party, party_key, state, ended, revision,
       head, opened_on, entered_state_on, last_on, acts, acted, flags, clocks, papers
FROM case_file WHERE id = ?"""
READ_AGENCY = "SELECT content FROM agency WHERE id = ?"
READ_OFFICERS = "SELECT content FROM officer WHERE id IN ({})"
READ_CHILDREN = """
SELECT id, agency, procedure, parent, relation, region, sector, flow, flow_digest, matter, title, party, party_key, state, ended, revision,
       head, opened_on, entered_state_on, last_on, acts, acted, flags, clocks, papers
FROM case_file WHERE parent = ? ORDER BY no"""
READ_PARTY = """
SELECT id, agency, procedure, parent, relation, region, sector, flow, flow_digest, matter, title, party, party_key, state, ended, revision,
       head, opened_on, entered_state_on, last_on, acts, acted, flags, clocks, papers
FROM case_file WHERE party_key = ? ORDER BY no"""
MOVE = """
UPDATE case_file SET region = ?, sector = ?, flow = ?, flow_digest = ?, matter = ?, title = ?, party = ?, party_key = ?, state = ?, ended = ?,
       revision = ?, head = ?, opened_on = ?, entered_state_on = ?, last_on = ?, acts = ?, acted = ?, flags = ?, clocks = ?, papers = ?
WHERE id = ? AND revision = ?"""
ADD_CASE = """
INSERT INTO case_file (id, agency, procedure, parent, relation, region, sector, flow, flow_digest, matter, title, party, party_key, state,
       ended, revision, head, opened_on, entered_state_on, last_on, acts, acted, flags, clocks, papers)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
ADD_STEP = """
INSERT INTO case_step (case_id, seq, agency, act, source, target, on_day, entered_at, made_by, role, recorder,
       late_reason, content, previous, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
ADD_DOCUMENT = """
INSERT INTO case_document (case_id, seq, place, agency, kind, copy_no, on_day, made_by, digest, fields, bound, origin)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
DROP_CLOCK = "DELETE FROM running_clock WHERE case_id = ? AND deadline = ?"
PUT_CLOCK = """
INSERT INTO running_clock (case_id, deadline, agency, due, safe, provisional, key, paused) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (case_id, deadline) DO UPDATE SET agency = excluded.agency, due = excluded.due, safe = excluded.safe,
       provisional = excluded.provisional, key = excluded.key, paused = excluded.paused"""

Write = tuple[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Script:
    """What one step reads and writes, ready to be bound: made outside the time that is measured."""

    case: str
    agency: str
    officers: tuple[str, ...]
    children: bool
    party: str
    writes: tuple[Write, ...]


def connected(path: Path) -> sqlite3.Connection:
    """A connection with the settings of the store."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def script(
    before: Case, advanced: Advanced, officers: tuple[str, ...], *, children: bool, others: bool
) -> Script:
    """The step as statements with their values; ``others`` says that it looks at the other cases of the party."""
    case, step = advanced.case, advanced.step
    moved = (*standing_values(case), before.id, before.revision)
    writes = [(MOVE, [moved]), *_filed(Opened(case, step))]
    for child in advanced.children:
        writes += [(ADD_CASE, [case_values(child.case)]), *_filed(child)]
    party = (case.party and case.party.key) or ""
    filled = tuple((sql, rows) for sql, rows in writes if rows)
    return Script(case.id, case.agency, officers, children, party if others else "", filled)


def opening(opened: Opened) -> tuple[Write, ...]:
    """The opening of a case as statements with their values."""
    writes = [(ADD_CASE, [case_values(opened.case)]), *_filed(opened)]
    return tuple((sql, rows) for sql, rows in writes if rows)


def _filed(opened: Opened) -> list[Write]:
    case, step = opened.case, opened.step
    return [
        (ADD_STEP, [step_values(case.agency, step)]),
        (ADD_DOCUMENT, document_values(case.agency, step)),
        (DROP_CLOCK, stopped_clocks(case, step.clocks)),
        (PUT_CLOCK, clock_values(case, step.clocks)),
    ]


def run(connection: sqlite3.Connection, script: Script) -> None:
    """One step: everything read that the engine reads, everything written that it writes, one durable commit."""
    execute = connection.execute
    execute("BEGIN IMMEDIATE")
    execute(READ_CASE, (script.case,)).fetchone()
    execute(READ_AGENCY, (script.agency,)).fetchone()
    execute(READ_OFFICERS.format(", ".join("?" * len(script.officers))), script.officers).fetchall()
    if script.children:
        execute(READ_CHILDREN, (script.case,)).fetchall()
    if script.party:
        execute(READ_PARTY, (script.party,)).fetchall()
    write(connection, script.writes)
    execute("COMMIT")


def write(connection: sqlite3.Connection, writes: tuple[Write, ...]) -> None:
    """Carry out what is to be written, inside a transaction that is already begun."""
    for sql, rows in writes:
        if len(rows) == 1:
            connection.execute(sql, rows[0])
        else:
            connection.executemany(sql, rows)
