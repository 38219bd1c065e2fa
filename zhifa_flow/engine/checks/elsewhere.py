"""Checks on what other cases of the party have to do with this one."""

from __future__ import annotations

from zhifa_flow.engine.findings.elsewhere import CASE_MARK
from zhifa_flow.engine.registry import ElsewherePath, FieldPath, FindingName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case


@check
def told_apart(
    s: Situation,
    *,
    finding: FindingName,
    penalties: FieldPath,
    kinds: tuple[str, ...],
    explained: FieldPath,
    column: str,
) -> str | None:
    """No penalty is of the kinds while the finding names other cases, unless a row of the field answers for each.

    The ``column`` of the row bears the number of the other case, exactly. Where the finding cannot be determined,
    nothing is refused here; see ``searched_by_hand``.
    """
    if not any(row["kind"] in kinds for row in s.rows(penalties)):
        return None
    found = s.found(finding)
    answered = {row.get(column) for row in s.rows(explained)}
    left = [case for case in found.row.split(CASE_MARK) if case not in answered] if found.value else []
    return f"{found.reason}; {s.field_name(explained)}没有写明{CASE_MARK.join(left)}" if left else None


@check
def searched_by_hand(
    s: Situation, *, finding: FindingName, penalties: FieldPath, kinds: tuple[str, ...], field: FieldPath
) -> str | None:
    """If a penalty is of the kinds and the finding cannot be determined, somebody wrote down how they searched."""
    found = s.found(finding)
    if (
        found.value is not None
        or s.texts(field)
        or not any(row["kind"] in kinds for row in s.rows(penalties))
    ):
        return None
    return f"{found.reason}; {s.field_name(field)}没有填写"


@check
def in_no_other_case(s: Situation, *, field: FieldPath, elsewhere: tuple[ElsewherePath, ...]) -> str | None:
    """No open case of the party at this agency bears the number of the field at one of the paths ``elsewhere``.

    The case that opened this one and what else that opened are not others: their own guards keep them apart.
    """
    number = s.value(field)
    kin = {one.id for one in (s.parent, *s.siblings) if one}
    strange = (one for one in s.others if one.agency == s.case.agency and one.id not in kin)
    found = [
        one.id
        for one in strange
        if not one.ended_by(s.on) and number in {_at(one, path) for path in elsewhere}
    ]
    return f"“{number}”正由{'、'.join(found)}办理" if found else None


def _at(case: Case, path: str) -> object:
    kind, _, name = path.partition(".")
    paper = case.paper(kind)
    return paper.fields.get(name) if paper else None
