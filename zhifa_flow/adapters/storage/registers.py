"""The registers in the store: what holds now in a row of its own, and behind it every registration that was ever made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, select

from zhifa_flow.adapters.storage.rows import (
    AgencyRow,
    MatterRow,
    OfficerRow,
    RegistrationRow,
    Row,
    columns,
    table,
)
from zhifa_flow.adapters.storage.statements import insert, put_row, rendered
from zhifa_flow.engine.digest import canonical
from zhifa_flow.engine.register import Link, registered
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.errors import StoreError
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.publication import Publication
from zhifa_flow.model.register import Entered, Register, Registration

#: The recorder of what an older program entered, which kept no history.
BEFORE: Final = "启用变动记录以前的登记"

Values = tuple[Any, ...]
Run = Callable[..., Any]

ROWS: Final[Mapping[Register, type[Row]]] = {
    Register.AGENCY: AgencyRow,
    Register.OFFICER: OfficerRow,
    Register.MATTER: MatterRow,
}
_MADE: Final = table(RegistrationRow).c
_EVERY: Final[Sequence[ColumnElement[Any]]] = [_MADE[name] for name in columns(RegistrationRow)]
_OF: Final = select(*_EVERY).where(_MADE.kind == bindparam("kind"))

ADD: Final = insert(RegistrationRow)
PUT: Final = {register: put_row(row) for register, row in ROWS.items()}
HELD: Final = {
    register: rendered(select(table(row).c.content).where(table(row).c.id == bindparam("id")))
    for register, row in ROWS.items()
}
REGISTRATIONS: Final = rendered(_OF.order_by(_MADE.number))
REGISTRATIONS_OF: Final = rendered(_OF.where(_MADE.id == bindparam("id")).order_by(_MADE.number))
LAST: Final = f"{rendered(_OF.order_by(_MADE.number.desc()))} LIMIT 1"
LAST_OF: Final = f"{rendered(_OF.where(_MADE.id == bindparam('id')).order_by(_MADE.number.desc()))} LIMIT 1"


#: By what besides its id an entry is found.
_FOUND_BY: Final = {
    Register.AGENCY: ("name",),
    Register.OFFICER: ("agency", "name"),
    Register.MATTER: ("agency", "name"),
}


def put(run: Run, register: Register, one: Agency | Officer | Matter, entered: Entered) -> bool:
    """Enter somebody, or what has become of one; answers whether that was anything new."""
    content = one.to_raw()
    text = canonical(content)
    held = run(HELD[register], (one.id,)).fetchone()
    last = run(LAST_OF, (register.value, one.id)).fetchone()
    # A row that somebody changed past its history is entered again, so that it shows.
    if held and last and held[0] == text == last[5]:
        return False
    add(run, register, one.id, content, entered)
    run(PUT[register], _row(register, one.id, content))
    return True


def put_publication(run: Run, one: Publication, entered: Entered) -> bool:
    """Enter that a version of a flow was published; there is no row of it besides its history."""
    content = one.model_dump(mode="json")
    last = run(LAST_OF, (Register.FLOW.value, one.ref)).fetchone()
    if last and last[5] == canonical(content):
        return False
    add(run, Register.FLOW, one.ref, content, entered)
    return True


def _row(register: Register, id_: str, content: Mapping[str, object]) -> Values:
    found_by = (content.get(name) for name in _FOUND_BY[register])
    return (id_, *found_by, canonical(content))


def add(run: Run, register: Register, id_: str, content: Mapping[str, object], entered: Entered) -> None:
    """Add to the history of a register."""
    tail = run(LAST, (register.value,)).fetchone()
    made = registered(Link(tail[1], tail[-1]) if tail else Link(), register, id_, content, entered)
    at = made.at.replace(tzinfo=None).isoformat(" ", "microseconds")
    text = canonical(content)
    run(ADD, (register.value, made.number, id_, at, made.recorder, text, made.previous, made.digest))


def registrations(run: Run, register: Register, id_: str) -> list[Registration]:
    """The history of a register, of everybody or of one. Raises StoreError where it is damaged."""
    rows = run(REGISTRATIONS_OF, (register.value, id_)) if id_ else run(REGISTRATIONS, (register.value,))
    return [_registration_of(register, row) for row in rows]


def _registration_of(register: Register, row: Sequence[Any]) -> Registration:
    _, number, id_, at, recorder, content, previous, digest = row
    what = f"{register.chinese}变动记录第{number}条"
    try:
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    except (ValueError, TypeError):
        raise _damaged(what) from None
    return Registration(register, number, id_, moment, recorder, said(what, content), previous, digest)


def said(what: str, text: str) -> dict[str, object]:
    """The record that a text holds. Raises StoreError, which names ``what`` is damaged."""
    try:
        content = json.loads(text)
    except (ValueError, TypeError):
        raise _damaged(what) from None
    if not isinstance(content, dict):
        raise _damaged(what)
    return content


def _damaged(what: str) -> StoreError:
    return StoreError(f"数据库中{what}已损坏, 不能读取")


def register_faults(run: Run, register: Register) -> Iterator[str]:
    """Where the rows that hold now are not what the last registrations say."""
    expected = {made.id: _row(register, made.id, made.content) for made in registrations(run, register, "")}
    of = table(ROWS[register])
    held = {row[0]: tuple(row) for row in run(rendered(select(*of.c).order_by(of.c.id)))}
    for id_ in sorted({*expected, *held}):
        if id_ not in expected:
            yield f"{register.chinese}: {id_}没有变动记录"
        elif id_ not in held:
            yield f"{register.chinese}: {id_}有变动记录, 而没有现行登记"
        elif held[id_] != expected[id_]:
            yield f"{register.chinese}: {id_}的现行登记与最后一条变动记录不一致"
