"""The statements of the store, written with SQLAlchemy on its tables and rendered to text once.

A step is a handful of them; rendered, each costs what it costs by hand, and the driver keeps it prepared.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ClauseElement,
    ColumnElement,
    bindparam,
    delete,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import sqlite

from zhifa_flow.adapters.storage.rows import (
    AgencyRow,
    CaseRow,
    ClockRow,
    DocumentRow,
    MatterRow,
    OfficerRow,
    Row,
    SeriesRow,
    StepRow,
    columns,
    table,
)

DIALECT: Final = sqlite.dialect(paramstyle="qmark")

AGENCY: Final = table(AgencyRow).c
OFFICER: Final = table(OfficerRow).c
MATTER: Final = table(MatterRow).c
CASE: Final = table(CaseRow).c
STEP: Final = table(StepRow).c
DOCUMENT: Final = table(DocumentRow).c
CLOCK: Final = table(ClockRow).c
SERIES: Final = table(SeriesRow).c

#: Those columns of a case that no step changes: who it is and whose.
FIXED: Final = ("id", "agency", "procedure", "parent", "relation")


def rendered(statement: ClauseElement) -> str:
    """The text of a statement in the words of the database; its parameters stand in the order of their writing."""
    return statement.compile(dialect=DIALECT).string


def _parameters(row: type[Row]) -> dict[str, Any]:
    return {name: bindparam(name) for name in columns(row)}


def insert(row: type[Row]) -> str:
    """Add a row."""
    return rendered(sqlite.insert(table(row)).values(_parameters(row)))


def put_row(row: type[Row]) -> str:
    """Enter a row, or replace what stands under its key."""
    of = table(row)
    statement = sqlite.insert(of).values(_parameters(row))
    keys = [column.name for column in of.primary_key]
    changed = {name: statement.excluded[name] for name in columns(row) if name not in keys}
    return rendered(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def _move() -> str:
    """Put a case as it stands after a step, if it is still where the step found it."""
    changed: dict[str, Any] = {
        name: bindparam(f"new_{name}") for name in columns(CaseRow) if name not in FIXED
    }
    still = CASE.id == bindparam("id"), CASE.revision == bindparam("revision")
    return rendered(update(table(CaseRow)).values(changed).where(*still))


def _count() -> str:
    first = sqlite.insert(table(SeriesRow)).values(name=bindparam("name"), last=literal_column("1"))
    again = first.on_conflict_do_update(
        index_elements=["name"], set_={"last": SERIES.last + literal_column("1")}
    )
    return rendered(again)


def _every(row: type[Row]) -> list[ColumnElement[Any]]:
    return [table(row).c[name] for name in columns(row)]


ADD_CASE: Final = insert(CaseRow)
MOVE_CASE: Final = _move()
ADD_STEP: Final = insert(StepRow)
ADD_DOCUMENT: Final = insert(DocumentRow)
PUT_CLOCK: Final = put_row(ClockRow)
DROP_CLOCK: Final = rendered(
    delete(table(ClockRow)).where(CLOCK.case_id == bindparam("id"), CLOCK.deadline == bindparam("deadline"))
)
COUNT: Final = _count()
COUNTED: Final = rendered(select(SERIES.last).where(SERIES.name == bindparam("name")))
EVERY_SERIES: Final = rendered(select(SERIES.name, SERIES.last).order_by(SERIES.name))

CASE_BY_ID: Final = rendered(select(*_every(CaseRow)).where(CASE.id == bindparam("id")))
CHILDREN: Final = rendered(select(*_every(CaseRow)).where(CASE.parent == bindparam("id")).order_by(CASE.no))
CASES_OF: Final = rendered(
    select(*_every(CaseRow)).where(CASE.party_key == bindparam("key")).order_by(CASE.no)
)
STEPS: Final = rendered(select(*_every(StepRow)).where(STEP.case_id == bindparam("id")).order_by(STEP.seq))
DOCUMENTS: Final = rendered(
    select(*_every(DocumentRow))
    .where(DOCUMENT.case_id == bindparam("id"))
    .order_by(DOCUMENT.seq, DOCUMENT.place)
)
AGENCY_BY_ID: Final = rendered(select(AGENCY.content).where(AGENCY.id == bindparam("id")))
AGENCIES: Final = rendered(select(AGENCY.content).order_by(AGENCY.id))
OFFICERS_OF: Final = rendered(
    select(OFFICER.content).where(OFFICER.agency == bindparam("agency")).order_by(OFFICER.id)
)
MATTERS_OF: Final = rendered(
    select(MATTER.content).where(MATTER.agency == bindparam("agency")).order_by(MATTER.id)
)


@cache
def officers_by_id(count: int) -> str:
    """Those of so many ids that the register knows."""
    return rendered(select(OFFICER.content).where(OFFICER.id.in_(_places(count))))


@cache
def officers_by_name(count: int) -> str:
    """The officers of an agency who bear one of so many names."""
    wanted = OFFICER.agency == bindparam("agency"), OFFICER.name.in_(_places(count))
    return rendered(select(OFFICER.content).where(*wanted).order_by(OFFICER.id))


def _places(count: int) -> list[BindParameter[str]]:
    return [bindparam(f"one_{place}") for place in range(count)]
