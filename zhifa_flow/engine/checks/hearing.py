"""Checks on what the party may say before it is punished: defence heard, hearing settled, time enough given."""

from __future__ import annotations

from zhifa_flow.engine.checks.acting import listed
from zhifa_flow.engine.clock import due
from zhifa_flow.engine.registry import DeadlineName, DocumentName, FieldPath, FindingName, TableName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.thresholds import deciding_row


@check
def answered(s: Situation, *, record: DocumentName, review: DocumentName) -> str | None:
    """Whatever the party stated has been looked into afterwards (行政处罚法第四十五条第一款: 复核)."""
    said, looked = s.paper(record), s.paper(review)
    if said is None or (looked is not None and looked.seq > said.seq):
        return None
    return f"{said.on}的{s.document_name(record)}尚未复核"


@check
def defence_settled(
    s: Situation, *, until: FieldPath, record: DocumentName, review: DocumentName, waived: FieldPath
) -> str | None:
    """What the party stated was looked into, and the time it was told has passed or it waived expressly.

    行政处罚法第四十五条第一款、第六十二条. A first word does not end the time: the party may add to it to the last day.
    """
    unanswered = answered(s, record=record, review=review)
    if unanswered or "陈述申辩" in _ever_said(s, waived):
        return unanswered
    last = s.day(until)
    if last is None:
        return f"{s.field_name(until)}没有填写"
    return None if s.on > last else f"告知的陈述申辩期限至{last}届满, 没有明确放弃的记录"


@check
def hearing_settled(
    s: Situation, *, offered: FindingName, asked: tuple[DocumentName, ...], outcomes: tuple[DocumentName, ...],
    waived: FieldPath, deadline: DeadlineName, notice: DocumentName,
) -> str | None:  # fmt: skip
    """Where a hearing is due or was offered: held or ended if asked for, else waived or the time for asking is over.

    行政处罚法第六十三条第一款、第六十四条第一款第一项. One asked for before the ``notice`` was served anew is still
    to be held, but once it was, the party may ask for another on the new one.
    """
    found = s.found(offered)
    if not found.holds:
        return None
    requests = [paper for kind in asked if (paper := s.paper(kind))]
    if requests:
        newest = max(paper.seq for paper in requests)
        ended = any((paper := s.paper(kind)) and paper.seq > newest for kind in outcomes)
        if not ended:
            return f"{requests[-1].on}已要求或者决定听证, 听证尚未举行或者终止"
        if any(_since(s, kind, notice) for kind in asked):
            return None
    if "听证" in _ever_said(s, waived):
        return None
    clock = s.clock(deadline)
    if clock is None:
        return f"{found.reason}; 要求听证的期限尚未起算"
    return None if s.on > clock.due else f"{found.reason}; 要求听证的期限至{clock.due}届满"


def _since(s: Situation, kind: DocumentName, notice: DocumentName) -> bool:
    """Whether there is a document of the kind that is not older than the notice (if there is one)."""
    paper, told = s.paper(kind), s.paper(notice)
    return paper is not None and (told is None or paper.seq >= told.seq)


def _ever_said(s: Situation, path: FieldPath) -> set[str]:
    """What any of the documents of the kind says: who gives up one right today and another tomorrow gave up both."""
    kind, _, name = path.partition(".")
    return {text for paper in s.papers.get(kind, ()) for text in listed(paper.fields.get(name))}


@check
def late_after(s: Situation, *, deadline: DeadlineName, field: FieldPath) -> str | None:
    """The date in the field lies after the last day of the period."""
    clock, day = s.clock(deadline), s.day(field)
    if clock is None or day is None:
        return f"“{s.flow.deadline[deadline].name}”尚未起算, 或者{s.field_name(field)}没有填写"
    return None if day > clock.due else f"{s.field_name(field)}为{day}, 期限至{clock.due}届满, 没有逾期"


@check
def period_granted(s: Situation, *, until: FieldPath, start: FieldPath, table: TableName) -> str | None:
    """The day in the field leaves the party at least the time of the table, counted from ``start``."""
    last, begin = s.day(until), s.day(start)
    if last is None or begin is None:
        return f"{s.field_name(until if last is None else start)}没有填写"
    row = deciding_row(s.law.tables[table], s)
    if row is None or row.length is None:
        return f"“{s.law.tables[table].name}”没有适用于本案的规定"
    least = due(begin, row.length, s.calendar).date
    return None if last >= least else f"{s.field_name(until)}为{last}, 自{begin}起{row.length}至{least}届满"
