"""Dated tables read for one case: which row speaks, and whether penalties reach or stay within it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from zhifa_flow.engine.registry import Found
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.money import format_money
from zhifa_flow.model.party import PartyKind
from zhifa_flow.model.penalty import MONEY_KINDS, total
from zhifa_flow.model.table import Row, Table

Penalties = Sequence[Mapping[str, object]]


def rows_for(table: Table, s: Situation, *, on: date | None = None) -> dict[str, list[Row]]:
    """Of every limb, the most special rows that speak for this case on this day (its own day by default)."""
    party = s.case.party.kind if s.case.party else None
    limbs: dict[str, list[Row]] = {}
    for row in table.row:
        if _speaks(row, s, party, on or s.on):
            limbs.setdefault(row.limb, []).append(row)
    for limb, rows in limbs.items():
        nearest = max(row.speciality for row in rows)
        limbs[limb] = [row for row in rows if row.speciality == nearest]
    return limbs


def _speaks(row: Row, s: Situation, party: PartyKind | None, on: date) -> bool:
    return row.applies(on=on, region=s.case.region, sector=s.case.sector, party=party, action=s.action)


def deciding_row(
    table: Table, s: Situation, *, limb: str | None = None, on: date | None = None
) -> Row | None:
    """The most special row of a limb (of any limb if none is named), or None where the table is silent."""
    limbs = rows_for(table, s, on=on)
    rows = limbs.get(limb, []) if limb else [row for found in limbs.values() for row in found]
    return max(rows, key=lambda row: row.speciality, default=None)


def reached(table: Table, s: Situation, penalties: Penalties) -> Found:
    """Whether the penalties reach any row: by kind alone, or by the sum of the row's kinds.

    A row that names a kind and no figure is reached by the kind. Sums are per party in one decision.
    """
    if not penalties:
        return Found(None, "尚无拟处罚内容, 无法认定")
    nearest = [row for rows in rows_for(table, s).values() for row in rows]
    for row in nearest:
        if any(penalty["kind"] in row.penalties for penalty in penalties) and _figure_reached(row, penalties):
            return Found(True, _why(table, row, penalties), row.id, row.basis)
    if not nearest:
        return Found(None, f"“{table.name}”没有适用于本案的规定, 无法认定")
    if s.case.party is None and any(_for_some_party(row, s) for row in table.row):
        return Found(None, f"“{table.name}”因当事人而异, 本案没有登记当事人, 无法认定")
    return Found(False, f"未达到“{table.name}”的任何一项", "", ())


def _for_some_party(row: Row, s: Situation) -> bool:
    return any(_speaks(row, s, kind, s.on) for kind in row.party)


def _figure_reached(row: Row, penalties: Penalties) -> bool:
    amount = total(penalties, row.penalties)
    if row.at_least is not None:
        return amount >= row.at_least
    return row.above is None or amount > row.above


def _why(table: Table, row: Row, penalties: Penalties) -> str:
    line = f"{format_money(row.at_least)}以上" if row.at_least is not None else ""
    line = f"超过{format_money(row.above)}" if row.above is not None else line
    kinds = [str(penalty["kind"]) for penalty in penalties if penalty["kind"] in row.penalties]
    fact = f"拟处{'、'.join(dict.fromkeys(kinds))}"
    if line:
        fact += f"{format_money(total(penalties, row.penalties))}, 达到{line}"
    return f"{fact}: “{table.name}”{row.id}" + (f"({row.policy})" if row.policy else "")


def within(table: Table, s: Situation, penalties: Penalties) -> str | None:
    """What goes beyond the table's limits, in Chinese; None if every kind is listed and within its figure."""
    if not penalties:
        return "没有处罚内容"
    nearest = [row for rows in rows_for(table, s).values() for row in rows]
    beyond = []
    for kind in dict.fromkeys(str(penalty["kind"]) for penalty in penalties):
        listed = [row for row in nearest if kind in row.penalties]
        if not listed:
            beyond.append(f"“{kind}”不在“{table.name}”之内")
        beyond += [_over(row, kind, penalties) for row in listed if _is_over(row, kind, penalties)]
    return "; ".join(beyond) or None


def _is_over(row: Row, kind: str, penalties: Penalties) -> bool:
    return kind in MONEY_KINDS and row.at_most is not None and total(penalties, [kind]) > row.at_most


def _over(row: Row, kind: str, penalties: Penalties) -> str:
    most = format_money(row.at_most or 0)
    return f"{kind}{format_money(total(penalties, [kind]))}, 超过{most}({row.id})"
