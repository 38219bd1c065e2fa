"""Entries (登记): how the records of a file come into a register, whole or not at all, under one hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from zhifa_flow.casework.ports import Work
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.record import RecordError, line_problem
from zhifa_flow.model.register import Entered

E = TypeVar("E", Agency, Officer, Matter)
Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import entered: ids that are new, ids whose content changed, ids that stayed as they were.

    ``notes`` say what to look at again.
    """

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def staff(work: Work) -> list[Officer]:
    """Every officer of every agency."""
    return [one for agency in work.agencies() for one in work.officers_of(agency.id)]


def hand_problems(entered: Entered) -> list[str]:
    """What is wrong with the name of the hand."""
    problem = line_problem(entered.recorder.strip())
    return [f"录入人{problem}"] if problem else []


def named_hand(entered: Entered, officers: Sequence[Officer]) -> tuple[Entered, list[str]]:
    """The hand with the id of the officer named; who keeps a register need not be in it."""
    name = entered.recorder.strip()
    ids = {one.id for one in officers if one.id == name} or {one.id for one in officers if one.name == name}
    if len(ids) == 1:
        return Entered(entered.at, ids.pop()), []
    why = f"名册中有{len(ids)}名" if ids else "不在人员名册中"
    return Entered(entered.at, name), [f"录入人“{name}”{why}, 照所写的记入变动记录"] if name else []


def read_entries(records: Sequence[Raw], read: Callable[[Raw], E]) -> tuple[list[E], list[str]]:
    """The entries that the records describe, with every problem of every one."""
    entries: list[E] = []
    problems: list[str] = []
    for place, raw in enumerate(records, start=1):
        try:
            entries.append(read(raw))
        except RecordError as error:
            problems += [f"第{place}条{_called(raw)}: {problem}" for problem in error.problems]
    times = Counter(entry.id for entry in entries)
    problems += [f"编号“{one}”出现了{count}次" for one, count in times.items() if count > 1]
    return entries, problems


def _called(raw: Raw) -> str:
    names = (
        raw.get(key)
        for key in ("id", "code", "人员编号", "机关编号", "事项编码", "name", "姓名", "机关名称", "职权名称")
    )
    name = next((str(name) for name in names if name), "")
    return f"({name[:40]})" if name else ""


def settle(problems: Sequence[str]) -> None:
    """Nothing, where there are no problems. Raises InputError."""
    if problems:
        raise InputError(problems)


def imported_as(
    ids: Sequence[str], before: set[str], fresh: set[str], hand: Entered, notes: Sequence[str]
) -> Imported:
    """What an import entered, told from the ids on record before and those with something new."""
    replaced = tuple(one for one in ids if one in before and one in fresh)
    unsigned = ["变动记录没有写明录入人, 以后请用 --as 写明"] if replaced and not hand.recorder else []
    return Imported(
        added=tuple(one for one in ids if one not in before),
        replaced=replaced,
        unchanged=tuple(one for one in ids if one in before and one not in fresh),
        notes=(*notes, *unsigned),
    )
