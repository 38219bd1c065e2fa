"""Shifts: mutants in which a number is one more or less, a period a day longer, a working day any day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from zhifa_flow.casework import reach
from zhifa_flow.casework.mutants import Mutant, role_mutant, with_document
from zhifa_flow.model.flow import Deadline, Field, Flow
from zhifa_flow.model.money import format_money
from zhifa_flow.model.period import Length, Unit
from zhifa_flow.model.table import Row, Table

#: What is taken for the other when a statute is misread.
_SWAPPED: Final = {Unit.WORKDAY: Unit.DAY, Unit.DAY: Unit.WORKDAY}
_FIGURES: Final = ("at_least", "above", "at_most")


def shifted_lengths(length: Length) -> list[Length]:
    """The length one less, one more, and in the other kind of day; no days are none of either kind."""
    others = [Length(count, length.unit) for count in _beside(length.count)]
    swapped = _SWAPPED.get(length.unit) if length.count else None
    return others + ([Length(length.count, swapped)] if swapped else [])


def _beside(number: int) -> list[int]:
    """One less and one more; none is no number of anything here."""
    return [one for one in (number - 1, number + 1) if one > 0]


def shifted_deadlines(flow: Flow) -> Iterator[Mutant]:
    """The flow with a deadline of another length, or prolonged once more or less often."""
    for key, deadline in flow.deadline.items():
        if length := deadline.fixed_length:
            for other in shifted_lengths(length):
                update = {"length": other.count, "unit": other.unit}
                yield _deadline(flow, key, f"length ={other}", f"由{length}改为{other}", update)
        if deadline.extension:
            times = deadline.extension.times
            for number in _beside(times):
                extension = deadline.extension.model_copy(update={"times": number})
                said = f"由至多延长{times}次改为{number}次"
                yield _deadline(flow, key, f"extension.times ={number}", said, {"extension": extension})


def _deadline(flow: Flow, key: str, change: str, said: str, update: Mapping[str, object]) -> Mutant:
    deadline: Deadline = flow.deadline[key]
    changed = flow.model_copy(update={"deadline": {**flow.deadline, key: deadline.model_copy(update=update)}})
    touches = frozenset((flow.ref, trigger) for trigger in reach.of_deadline(flow, key))
    return Mutant(
        f"{flow.ref} deadline.{key}.{change}", "deadline", f"“{deadline.name}”{said}", deadline.name, deadline.basis,
        deadline.gap, touches, changed,
    )  # fmt: skip


def shifted_arguments(flow: Flow) -> Iterator[Mutant]:
    """The flow with a number in the arguments of a guard or a finding shifted, or its unit swapped."""
    for section, reached in (("guard", reach.of_guard), ("finding", reach.of_finding)):
        entries = getattr(flow, section)
        for key, entry in entries.items():
            for change, args in _arguments(entry.args):
                changed = entry.model_copy(update={"args": args})
                name = entry.refusal if section == "guard" else entry.name
                yield Mutant(
                    f"{flow.ref} {section}.{key}.args {change}", "number", f"{key}的参数改为{change}", name,
                    entry.basis, entry.gap, frozenset((flow.ref, trigger) for trigger in reached(flow, key)),
                    flow.model_copy(update={section: {**entries, key: changed}}),
                )  # fmt: skip


def _arguments(args: Mapping[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    for key, value in args.items():
        if isinstance(value, int) and not isinstance(value, bool):
            for number in _beside(value):
                yield f"{key}={number}", {**args, key: number}
        elif key == "unit" and (other := _other_day(value, args.get("length"))):
            yield f"{key}={other.value}", {**args, key: other.value}


def _other_day(unit: object, length: object) -> Unit | None:
    """The other kind of day, of an argument that is a unit at all: a check may call its employer so."""
    return _SWAPPED.get(Unit(unit)) if length != 0 and unit in tuple(Unit) and isinstance(unit, str) else None


def shifted_numbers(flow: Flow) -> Iterator[Mutant]:
    """The flow with one person more in a role, or one row less or more at least in a document."""
    for key, role in flow.role.items():
        said = f"{role.count}人改为{role.count + 1}人"
        yield role_mutant(flow, key, "count", f"={role.count + 1}", said, count=role.count + 1)
    for kind, document in flow.document.items():
        for path, field, fields in _counted(document.field):
            for number in _beside(field.least):  # one less than one: the field itself is required
                yield Mutant(
                    f"{flow.ref} document.{kind}.{path}.least ={number}", "number",
                    f"《{document.name}》的“{field.name}”由至少{field.least}项改为{number}项", document.name, document.basis,
                    document.gap, frozenset((flow.ref, trigger) for trigger in reach.of_document(flow, kind)),
                    with_document(flow, kind, field=fields(number)),
                )  # fmt: skip


class _Least:
    """The fields of a document with the number of one of them replaced, also of one in a column."""

    def __init__(self, fields: Mapping[str, Field], path: tuple[str, ...]) -> None:
        self.fields, self.path = fields, path

    def __call__(self, number: int) -> dict[str, Field]:
        key, *deeper = self.path
        one = self.fields[key]
        update: dict[str, object] = {"least": number}
        if deeper:
            update = {"columns": _Least(one.columns, tuple(deeper))(number)}
        return {**self.fields, key: one.model_copy(update=update)}


def _counted(fields: Mapping[str, Field]) -> Iterator[tuple[str, Field, _Least]]:
    for path, field in _paths(fields, ()):
        if field.least:
            yield ".".join(path), field, _Least(fields, path)


def _paths(fields: Mapping[str, Field], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Field]]:
    for key, field in fields.items():
        yield (*above, key), field
        yield from _paths(field.columns, (*above, key))


def shifted_table(table: Table, flows: tuple[Flow, ...]) -> Iterator[Mutant]:
    """The table with one figure a 分 lower or higher, or one length shifted; ``flows`` are those that it decides in."""
    touches = frozenset((flow.ref, trigger) for flow in flows for trigger in reach.of_table(flow, table.id))
    for place, row in enumerate(table.row):
        for change, said, changed in _rows(row):
            rows = (*table.row[:place], changed, *table.row[place + 1 :])
            yield Mutant(
                f"table.{table.id} {row.id} {change}", "table", f"“{table.name}”的“{row.id}”{said}", row.id, row.basis,
                row.policy, touches, table=table.model_copy(update={"row": rows}),
            )  # fmt: skip


def _rows(row: Row) -> Iterator[tuple[str, str, Row]]:
    for figure in _FIGURES:
        value = getattr(row, figure)
        for fen in () if value is None else (value - 1, value + 1):
            said = f"由{format_money(value)}改为{format_money(fen)}"
            yield f"{figure}={fen}", said, row.model_copy(update={figure: fen})
    for other in shifted_lengths(row.length) if row.length else ():
        yield f"length={other}", f"由{row.length}改为{other}", row.model_copy(update={"length": other})


#: Every kind of mutant of a flow that has a number shifted.
SHIFTS = (shifted_deadlines, shifted_arguments, shifted_numbers)
