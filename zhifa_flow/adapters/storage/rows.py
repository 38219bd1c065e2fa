"""The tables of the store: records, not the domain. What is decided by them is decided elsewhere.

``table=True`` does not validate, so nothing is written here that did not come out of the engine or a register.
Legal days are ISO text, money stands in 分 inside the documents, JSON is text. Every table of cases carries
the agency, so that a distributed database can keep an agency's cases in one place.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKeyConstraint, Index, Table
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

#: The version of these tables; a store with a higher one was made by a newer program.
SCHEMA_VERSION: Final = 4


class Row(SQLModel, registry=registry()):
    """The base of our tables; a registry of its own keeps them apart from those of a host application."""


class MetaRow(Row, table=True):
    """What the store says of itself, such as the version of its tables."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str


class AgencyRow(Row, table=True):
    """An agency of the register; ``content`` is its JSON text."""

    __tablename__ = "agency"
    id: str = Field(primary_key=True)
    name: str
    content: str


class OfficerRow(Row, table=True):
    """An officer of the register; ``content`` is the JSON text."""

    __tablename__ = "officer"
    __table_args__ = (
        Index("officer_by_agency", "agency", "id"),
        Index("officer_by_name", "agency", "name"),
    )
    id: str = Field(primary_key=True)
    agency: str
    name: str
    content: str


class RegistrationRow(Row, table=True):
    """What a register said of somebody from a moment on: added once, never changed. ``kind`` says of which register."""

    __tablename__ = "registration"
    __table_args__ = (Index("registration_of_one", "kind", "id", "number"),)
    kind: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    id: str
    entered_at: datetime
    recorder: str
    content: str
    previous: str
    digest: str


class CaseRow(Row, table=True):
    """A case as its steps add up to it, whole: a step reads this one row, however long the case.

    ``procedure`` is the flow without its date. ``no`` counts the cases of the store in the order of their opening.
    ``party_key`` is the party's code with its kind, NULL where the code is masked or missing.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        Index("case_of_agency", "agency", "id"),
        Index("case_of_agency_open", "agency", "ended", "id"),
        Index("case_of_procedure", "procedure", "id"),
        Index("case_waiting", "agency", "ended", "flow", "state", "id"),
        Index("case_by_parent", "parent", "no"),
        Index("case_of_party", "party_key", "no"),
    )
    no: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    agency: str
    procedure: str
    parent: str | None
    relation: str | None
    region: str
    sector: str
    flow: str
    flow_digest: str
    title: str
    party: str | None
    party_key: str | None
    state: str
    ended: bool
    revision: int
    head: str
    opened_on: str
    entered_state_on: str
    last_on: str
    acts: str
    acted: str
    flags: str
    clocks: str
    papers: str


class StepRow(Row, table=True):
    """A step as it happened: added once, never changed. ``content`` holds what has no column of its own."""

    __tablename__ = "case_step"
    __table_args__ = (ForeignKeyConstraint(["case_id"], ["case_file.id"]),)
    case_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    agency: str
    act: str
    source: str
    target: str
    on_day: str
    entered_at: datetime
    made_by: str
    role: str
    recorder: str
    late_reason: str
    content: str
    previous: str
    digest: str


class DocumentRow(Row, table=True):
    """A document put on file with a step, at its ``place`` among them; ``copy_no`` counts those of its kind.

    ``origin`` is the kind under which another case made it, empty where that is the same.
    """

    __tablename__ = "case_document"
    __table_args__ = (ForeignKeyConstraint(["case_id", "seq"], ["case_step.case_id", "case_step.seq"]),)
    case_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    agency: str
    kind: str
    copy_no: int
    on_day: str
    made_by: str
    digest: str
    fields: str
    bound: str
    origin: str


class ClockRow(Row, table=True):
    """A deadline that is running: an index of what the case rows say. ``key`` orders the list of what is due.

    ``paused`` is the day since which it stands still, NULL where it does not; its key then lies beyond every day.
    """

    __tablename__ = "running_clock"
    __table_args__ = (
        ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        Index("clock_by_key", "key", unique=True),
        Index("clock_of_agency", "agency", "key"),
    )
    case_id: str = Field(primary_key=True)
    deadline: str = Field(primary_key=True)
    agency: str
    due: str
    safe: str
    provisional: bool
    key: str
    paused: str | None


class SeriesRow(Row, table=True):
    """The last number given in a series; the name of a series says whose it is (case/<agency>/<year>)."""

    __tablename__ = "series"
    name: str = Field(primary_key=True)
    last: int


def table(row: type[Row]) -> Table:
    """The table behind a row class, for statements."""
    return Row.metadata.tables[str(row.__tablename__)]


def columns(row: type[Row]) -> tuple[str, ...]:
    """The names of its columns in their order, without the number that the database gives."""
    return tuple(column.name for column in table(row).columns if column.name != "no")
