"""Finding rules of licensing: whether what the applicant did in another case bars this application."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhifa_flow.engine.clock import Roll, due
from zhifa_flow.engine.findings.elsewhere import CASE_MARK
from zhifa_flow.engine.registry import ElsewherePath, FieldPath, Found, rule
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.period import Length, Unit


@rule
def barred_from_applying(
    s: Situation, *, matter: FieldPath, matters: tuple[ElsewherePath, ...], grounds: tuple[ElsewherePath, ...],
    says: tuple[str, ...], safety: tuple[ElsewherePath, ...], lifted: tuple[ElsewherePath, ...], length: int, unit: Unit,
) -> Found:  # fmt: skip
    """Whether a decision of another case bars the party from applying for this licence again, on the day of the act.

    行政许可法第七十八条、第七十九条. It bars where one of its ``grounds`` says one of the words, its matter is the
    same and touches safety (``safety`` says 是), until the period counted from the day it was made has passed; its
    last day does not roll, for a bar grows by no day. A later document of ``lifted`` takes it away. Undetermined
    where the party's code is masked or missing. ``row`` names the cases.
    """
    if s.case.party is None or s.case.party.key is None:
        return Found(None, "当事人证件号码不完整, 不能跨案查对")
    wanted, hits = "".join(s.texts(matter)), {}
    for case in s.others:
        made = _decided(case, grounds, says)
        same = wanted in _said(case, matters) and "是" in _said(case, safety)
        if made is None or not same or _lifted(case, lifted, made):
            continue
        last = due(made.on, Length(length, unit), s.calendar, roll=Roll.NONE).date
        if s.on <= last:
            hits[case.id] = _told(case, made.on, last)
    if hits:
        return Found(True, "; ".join(hits.values()), CASE_MARK.join(hits))
    return Found(False, "已查对当事人的其他案件, 没有禁止再次申请的")


def _decided(case: Case, grounds: Sequence[ElsewherePath], says: Sequence[str]) -> Paper | None:
    made = [
        paper
        for kind, _, name in (path.partition(".") for path in grounds)
        if (paper := case.paper(kind)) and paper.fields.get(name) in says
    ]
    return max(made, key=lambda paper: paper.seq, default=None)


def _said(case: Case, paths: Sequence[ElsewherePath]) -> set[object]:
    held = ((case.paper(kind), name) for kind, _, name in (path.partition(".") for path in paths))
    return {paper.fields.get(name) for paper, name in held if paper}


def _lifted(case: Case, lifted: Sequence[ElsewherePath], made: Paper) -> bool:
    papers = (case.paper(path) for path in lifted)
    return any(paper is not None and paper.seq > made.seq for paper in papers)


def _told(case: Case, made: date, last: date) -> str:
    return f"案件{case.id}于{made}的决定, 至{last}不得再次申请"
