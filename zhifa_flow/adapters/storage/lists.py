"""The lists of the store: each a page of an index, whatever the number of cases behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select

from zhifa_flow.adapters.storage.records import case_line, clock_line, sheet_of
from zhifa_flow.adapters.storage.rows import CaseRow, ClockRow, table
from zhifa_flow.adapters.storage.statements import CASE, CLOCK, rendered
from zhifa_flow.casework.ports import CaseLine, ClockLine, Page
from zhifa_flow.engine.recounts import ClockSheet

#: How many ids are fetched at a time when all are asked for.
STRETCH: Final = 1000
_AFTER_EVERY_DAY: Final = "~"
_LINE: Final = (
    CASE.id,
    CASE.title,
    CASE.flow,
    CASE.state,
    CASE.ended,
    CASE.opened_on,
    CASE.entered_state_on,
    CASE.parent,
    CASE.matter,
)


class Run(Protocol):
    """Runs a statement and answers its rows."""

    def __call__(self, sql: str, values: Sequence[Any] = ..., /) -> Iterator[Any]:
        """The rows of the statement."""
        ...


def case_ids(run: Run, after: str) -> Iterator[str]:
    """The id of every case after one, in order."""
    ids = [after]
    while ids:
        ids = [row[0] for row in run(_IDS, (ids[-1], STRETCH))]
        yield from ids


def cases(run: Run, page: Page, *, agency: str, text: str, flow: str, ended: bool | None) -> list[CaseLine]:
    """A page of cases by id."""
    said = {"agency": agency, "procedure": flow, "ended": ended, "text": text}
    asked = {name: value for name, value in said.items() if value not in ("", None)}
    sql = cases_statement(tuple(asked))
    texts = (text, text) if text else ()
    values = [value for name, value in asked.items() if name != "text"]
    return [case_line(row) for row in run(sql, (page.after, *values, *texts, max(page.size, 0)))]


def waiting(run: Run, agency: str, places: Mapping[str, Sequence[str]], page: Page) -> list[CaseLine]:
    """A page of open cases that stand in one of the states: a page of each state, and of those the first."""
    size = max(page.size, 0)
    found = chain.from_iterable(
        run(WAITING, (agency, flow, state, page.after, size))
        for flow, states in places.items()
        for state in set(states)
    )
    return [case_line(row) for row in sorted(found)[:size]]


def due(run: Run, page: Page, *, agency: str, until: date | None) -> list[ClockLine]:
    """A page of running deadlines, the earliest first."""
    last = (until + timedelta(days=1)).isoformat() if until and until < date.max else _AFTER_EVERY_DAY
    home = (agency,) if agency else ()
    sql = due_statement(of_agency=bool(agency))
    return [clock_line(row) for row in run(sql, (*home, page.after, last, max(page.size, 0)))]


def running_from(run: Run, day: date, most: int, *, agency: str) -> int:
    """How many running deadlines end on a day or later: a stretch of an index, no longer than ``most``."""
    home = (agency,) if agency else ()
    found = run(running_statement(of_agency=bool(agency)), (*home, day.isoformat(), max(most, 0)))
    return sum(1 for _ in found)


def clock_sheets(run: Run, agency: str, page: Page) -> list[ClockSheet]:
    """A page of the open cases of an agency with their deadlines."""
    return [sheet_of(row) for row in run(SHEETS, (agency, page.after, max(page.size, 0)))]


def _page(statement: Select[Any], by: ColumnElement[Any]) -> str:
    # Rendered by hand because SQLAlchemy writes an OFFSET of its own, with a parameter, for SQLite.
    return f"{rendered(statement.order_by(by))} LIMIT ?"


_IDS: Final = _page(select(CASE.id).where(CASE.id > bindparam("after")), CASE.id)

WAITING: Final = _page(
    select(*_LINE).where(
        CASE.agency == bindparam("agency"), CASE.ended == literal_column("0"), CASE.flow == bindparam("flow"),
        CASE.state == bindparam("state"), CASE.id > bindparam("after"),
    ),
    CASE.id,
)  # fmt: skip


SHEETS: Final = _page(
    select(CASE.id, CASE.flow, CASE.region, CASE.flags, CASE.clocks).where(
        CASE.agency == bindparam("agency"), CASE.ended == literal_column("0"), CASE.id > bindparam("after")
    ),
    CASE.id,
)  # fmt: skip


@cache
def cases_statement(asked: tuple[str, ...]) -> str:
    """The page of cases by id, with only the conditions asked for; a text is looked for in id and title."""
    # A text is looked for case by case along the index: the only list whose cost grows with the store.
    wanted: list[ColumnElement[bool]] = [CASE.id > bindparam("after")]
    wanted += [CASE[name] == bindparam(name) for name in asked if name != "text"]
    if "text" in asked:
        wanted.append(_holds(CASE.id, "in_id") | _holds(CASE.title, "in_title"))
    return _page(select(*_LINE).where(*wanted), CASE.id)


def _holds(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    return func.instr(func.lower(column), func.lower(bindparam(name))) > literal_column("0")


@cache
def due_statement(*, of_agency: bool) -> str:
    """The page of running deadlines by key, with their cases."""
    clock, case = table(ClockRow), table(CaseRow)
    said = CLOCK.deadline, CLOCK.due, CLOCK.safe, CLOCK.provisional, CLOCK.key, CLOCK.paused
    joined = select(*said, *_LINE).select_from(clock.join(case, CASE.id == CLOCK.case_id))
    wanted = [CLOCK.agency == bindparam("agency")] if of_agency else []
    wanted += [CLOCK.key > bindparam("after"), CLOCK.key < bindparam("until")]
    return _page(joined.where(*wanted), CLOCK.key)


@cache
def running_statement(*, of_agency: bool) -> str:
    """The keys of running deadlines from a day on, up to a most."""
    wanted = [CLOCK.agency == bindparam("agency")] if of_agency else []
    wanted += [CLOCK.key > bindparam("first"), CLOCK.key < literal_column(f"'{date.max.isoformat()}'")]
    return _page(select(CLOCK.key).where(*wanted), CLOCK.key)
