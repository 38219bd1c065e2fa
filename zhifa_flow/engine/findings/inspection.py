"""Finding rules of inspections: how often an enterprise was inspected in the year, and how often it may be."""

from __future__ import annotations

from zhifa_flow.engine.findings.elsewhere import CASE_MARK
from zhifa_flow.engine.registry import ElsewherePath, FieldPath, FindingName, Found, TableName, rule
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.thresholds import deciding_row
from zhifa_flow.model.case import Case


@rule
def inspection_of_the_year(s: Situation, *, entered: tuple[ElsewherePath, ...]) -> Found:
    """Which inspection of the party by this agency in the calendar year of the act this one is, or would be.

    Another case counts once, if a moment of ``entered`` that it has itself recorded lies in the year, whatever its
    task came from. Undetermined where the party's code is masked or missing. ``row`` names the cases.
    """
    if s.case.party is None or s.case.party.key is None:
        return Found(None, "当事人证件号码不完整, 不能跨案查对本年度的检查次数")
    earlier = [case for case in s.others if case.agency == s.agency.id and _in_year(s, case, entered)]
    named = CASE_MARK.join(case.id for case in earlier)
    told = f"本机关{s.on.year}年已检查该单位{len(earlier)}次" + (f"({named})" if named else "")
    return Found(len(earlier) + 1, f"{told}, 本次是第{len(earlier) + 1}次", named)


def _in_year(s: Situation, case: Case, entered: tuple[ElsewherePath, ...]) -> bool:
    # What a case was opened with bears the number 0: it tells of the inspection in another case.
    kinds = (path.partition(".") for path in entered)
    said = [str(one.fields.get(name)) for kind, _, name in kinds if (one := case.paper(kind)) and one.seq]
    return any(text.startswith(f"{s.on.year}-") for text in said)


@rule
def beyond_cap(
    s: Situation, *, count: FindingName, cap: FieldPath, table: TableName, parties: tuple[str, ...]
) -> Found:
    """Whether the inspections counted are more than the published number for a year, this one included.

    Of the row of the table and the published list in the file the lower number speaks. Only parties of the kinds are
    protected by it. Undetermined where neither says a number, or the inspections cannot be counted.
    """
    party = s.case.party
    if party is not None and party.kind.value not in parties:
        return Found(False, f"当事人为{party.kind.chinese}, 不适用涉企检查的频次上限")
    counted, limits = s.found(count), _limits(s, cap, table)
    if counted.value is None:
        return counted
    if not limits:
        return Found(None, f"{counted.reason}; 没有公布的年度频次上限, {s.field_name(cap)}没有填写")
    most, source = min(limits)
    return Found(int(counted.value) > most, f"{counted.reason}, {source}为{most}次", source)


def _limits(s: Situation, cap: FieldPath, table: TableName) -> list[tuple[int, str]]:
    book, stated = s.law.tables[table], s.value(cap)
    row = deciding_row(book, s)
    listed = [(int(row.value), f"“{book.name}”{row.id}")] if row else []
    return [*listed, (int(str(stated)), s.field_name(cap))] if stated is not None else listed
