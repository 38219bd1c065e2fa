"""Soundness: whether the rows that only repeat or index a case agree with it, and whether any belong to none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from sqlalchemy import bindparam, func, literal_column, or_, select

from zhifa_flow.adapters.storage.records import clock_values
from zhifa_flow.adapters.storage.registers import ROWS, register_faults
from zhifa_flow.adapters.storage.rows import ClockRow, columns, table
from zhifa_flow.adapters.storage.schema import triggers
from zhifa_flow.adapters.storage.statements import CASE, CLOCK, DOCUMENT, STEP, rendered
from zhifa_flow.model.case import Case

Run = Callable[..., Any]

TRIGGERS: Final = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
_CASES: Final = select(CASE.id)
#: What of the rows of a case is there to find it by: the flow without its date, the key of the party.
INDEXED: Final = rendered(select(CASE.procedure, CASE.party_key).where(CASE.id == bindparam("id")))
CLOCKS: Final = rendered(
    select(*(table(ClockRow).c[name] for name in columns(ClockRow)))
    .where(CLOCK.case_id == bindparam("id"))
    .order_by(CLOCK.deadline)
)
STEPS_ELSEWHERE: Final = rendered(
    select(STEP.seq)
    .where(STEP.case_id == bindparam("id"), STEP.agency != bindparam("agency"))
    .order_by(STEP.seq)
)
_COPY: Final = (
    func.row_number().over(partition_by=(DOCUMENT.seq, DOCUMENT.kind), order_by=DOCUMENT.place)
    - literal_column("1")
).label("copy")
_COUNTED: Final = (
    select(DOCUMENT.seq, DOCUMENT.agency, DOCUMENT.copy_no, _COPY)
    .where(DOCUMENT.case_id == bindparam("id"))
    .subquery()
)
DOCUMENTS_ELSEWHERE: Final = rendered(
    select(_COUNTED.c.seq)
    .distinct()
    .where(or_(_COUNTED.c.agency != bindparam("agency"), _COUNTED.c.copy_no != _COUNTED.c.copy))
    .order_by(_COUNTED.c.seq)
)
STRAYS: Final = {
    "办案记录": rendered(select(STEP.case_id).distinct().where(STEP.case_id.not_in(_CASES))),
    "文书": rendered(
        select(DOCUMENT.case_id)
        .distinct()
        .where(~select(STEP.seq).where(STEP.case_id == DOCUMENT.case_id, STEP.seq == DOCUMENT.seq).exists())
    ),
    "期限": rendered(select(CLOCK.case_id).distinct().where(CLOCK.case_id.not_in(_CASES))),
}


def case_faults(run: Run, case: Case) -> Iterator[str]:
    """Where what is kept beside a case, to find it by, does not agree with the case."""
    place = f"案件{case.id}"
    [(procedure, party_key)] = run(INDEXED, (case.id,)).fetchall()
    if procedure != case.flow.partition("@")[0]:
        yield f"{place}: 查找用的流程编号与流程版本不一致"
    if party_key != (case.party and case.party.key):
        yield f"{place}: 查找用的当事人编号与当事人不一致"
    yield from _clock_faults(run, case)
    for (seq,) in run(STEPS_ELSEWHERE, (case.id, case.agency)).fetchall():
        yield f"{place}第{seq}步: 记录所属的执法机关与案件不一致"
    for (seq,) in run(DOCUMENTS_ELSEWHERE, (case.id, case.agency)).fetchall():
        yield f"{place}第{seq}步: 文书所属的执法机关或者份次与案件不一致"


def _clock_faults(run: Run, case: Case) -> Iterator[str]:
    expected = {row[1]: row for row in clock_values(case, case.clocks.values())}
    held = {row[1]: tuple(row) for row in run(CLOCKS, (case.id,))}
    for name in sorted({*expected, *held}):
        if expected.get(name) != held.get(name):
            said = [f"{row[3]}届满" if row else "没有" for row in (held.get(name), expected.get(name))]
            yield f"案件{case.id}: 期限清单中的“{name}”与案件不一致(清单: {said[0]}, 案件: {said[1]})"


def faults(run: Run) -> Iterator[str]:
    """What belongs to no case, and where a register is not what its history says."""
    for what, statement in STRAYS.items():
        for (case,) in run(statement).fetchall():
            yield f"案件{case}: 库中有其{what}, 而没有{'相应的办案记录' if what == '文书' else '案件本身'}"
    for register in ROWS:
        yield from register_faults(run, register)
    held = {text for (text,) in run(TRIGGERS).fetchall()}
    if missing := [text for text in triggers() if text not in held]:
        yield f"库中只许追加的保护缺少{len(missing)}项, 有人直接改过数据库的结构"
