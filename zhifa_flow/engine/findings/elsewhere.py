"""Finding rules that look beyond the case, at the other cases of the same party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zhifa_flow.engine.registry import ElsewherePath, FieldPath, Found, rule
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.citation import Citation
from zhifa_flow.model.money import format_money
from zhifa_flow.model.penalty import total

#: What stands between the cases that a finding names as its row.
CASE_MARK = "、"

Paths = Sequence[ElsewherePath]


@rule
def fined_before(
    s: Situation, *, first: FieldPath, last: FieldPath, violated: FieldPath,
    begins: tuple[ElsewherePath, ...], ends: tuple[ElsewherePath, ...], articles: tuple[ElsewherePath, ...],
    fines: tuple[ElsewherePath, ...], lifted: tuple[ElsewherePath, ...], lifting: tuple[str, ...],
) -> Found:  # fmt: skip
    """Whether a decision in force in another case fines the party for what may be the same act (行政处罚法第二十九条).

    It may be where the days of the two acts overlap and both violate one article, of whichever paragraph; what a
    case leaves open counts against it. Of each list the first document that another case holds speaks, but of
    ``fines`` the newest. A decision counts once it is made, on whatever day, so that of two proceedings side by side
    only one ends in a fine; it falls with a later document of ``lifted``, and where that names a field, if it says
    one of ``lifting``. Undetermined where the party's code is masked or missing. ``row`` names the cases. The case
    that this one goes on from is about the same act by its making, under whatever code, days and articles.
    """
    ours = _Offence(s.day(first), s.day(last), _articles(s.texts(violated)))
    hits = {}
    for case in _looked_at(s):
        decision = _newest(case, fines)
        theirs = _Offence(_day(case, begins), _day(case, ends), _articles(_said(case, articles)))
        stands = decision and not _lifted(case, lifted, lifting, decision)
        if decision and stands and decision.fine and (_goes_on_from(s, case) or ours.may_be(theirs)):
            hits[case.id] = f"{_told(case, decision)}({theirs})"
    if hits:
        return Found(True, "; ".join(hits.values()), CASE_MARK.join(hits))
    return _none(s, "没有对同一违法行为的罚款")


@rule
def fined_less_and_lifted(
    s: Situation, *, proposed: FieldPath, first: FieldPath, last: FieldPath, violated: FieldPath,
    begins: tuple[ElsewherePath, ...], ends: tuple[ElsewherePath, ...], articles: tuple[ElsewherePath, ...],
    fines: tuple[ElsewherePath, ...], lifted: tuple[ElsewherePath, ...], lifting: tuple[str, ...],
) -> Found:  # fmt: skip
    """Whether a decision in another case, for what may be the same act, was set aside that fined less than ``proposed``.

    What is the same act, which decision counts and what sets it aside, see ``fined_before``; a decision without a
    fine fined nothing. No article speaks of a new and heavier case after the office has revoked its own decision
    (行政诉讼法第七十一条 binds only what a court orders to be made anew), so that this only finds it.
    """
    ours = _Offence(s.day(first), s.day(last), _articles(s.texts(violated)))
    fine, hits = total(s.rows(proposed), ["罚款"]), {}
    for case in _looked_at(s):
        decision = _newest(case, fines)
        theirs = _Offence(_day(case, begins), _day(case, ends), _articles(_said(case, articles)))
        fell = decision and _lifted(case, lifted, lifting, decision)
        same = _goes_on_from(s, case) or ours.may_be(theirs)
        if decision and fell and decision.fine < fine and same:
            hits[case.id] = (
                f"{_told(case, decision)}, 已被撤销或者确认无效, 本案罚款{format_money(fine)}({theirs})"
            )
    if hits:
        return Found(True, "; ".join(hits.values()), CASE_MARK.join(hits))
    return _none(s, "没有对同一违法行为罚款较少而失去效力的决定")


def _looked_at(s: Situation) -> list[Case]:
    """The party's other cases, and first the one that this case goes on from, whoever its party is said to be."""
    parent = [s.parent] if s.parent else []
    others = s.others if s.case.party and s.case.party.key else ()
    return [*parent, *(case for case in others if not _goes_on_from(s, case))]


def _goes_on_from(s: Situation, case: Case) -> bool:
    """Whether this case goes on from that one: then both are about the same act, whatever is cited."""
    return s.parent is not None and case.id == s.parent.id


def _none(s: Situation, what: str) -> Found:
    if s.case.party is None or s.case.party.key is None:
        return Found(None, "当事人证件号码不完整, 不能跨案查对")
    return Found(False, f"已查对当事人的其他案件, {what}")


@dataclass(frozen=True, slots=True)
class _Offence:
    """An act as a case describes it: its days, and the articles it violated."""

    first: date | None
    last: date | None
    articles: frozenset[str]

    def may_be(self, other: _Offence) -> bool:
        before = (self.last or date.max) < (other.first or date.min)
        after = (other.last or date.max) < (self.first or date.min)
        stated = self.articles and other.articles
        return not before and not after and not (stated and self.articles.isdisjoint(other.articles))

    def __str__(self) -> str:
        days = f"违法行为{self.first or '起始日未载明'}至{self.last or '终了日未载明'}"
        return f"{days}, 违反{'、'.join(sorted(self.articles)) or '的规定未载明'}"


@dataclass(frozen=True, slots=True)
class _Decision:
    """A document that fixes penalties, with the fine among them in 分."""

    paper: Paper
    fine: int


def _newest(case: Case, fines: Paths) -> _Decision | None:
    """The last decision that the case itself has made: what a side duty holds was carried there (step 0)."""
    made = [
        _Decision(paper, total(_list(paper, name), ["罚款"]))
        for kind, _, name in (path.partition(".") for path in fines)
        if (paper := case.paper(kind)) and paper.seq
    ]
    return max(made, key=lambda one: one.paper.seq, default=None)


def _lifted(case: Case, lifted: Paths, lifting: Sequence[str], decision: _Decision) -> bool:
    return any(_lifts(case, path, lifting, decision.paper) for path in lifted)


def _told(case: Case, decision: _Decision) -> str:
    return f"案件{case.id}于{decision.paper.on}决定罚款{format_money(decision.fine)}"


def _lifts(case: Case, path: ElsewherePath, lifting: Sequence[str], decision: Paper) -> bool:
    kind, dot, name = path.partition(".")
    paper = case.paper(kind)
    return paper is not None and paper.seq > decision.seq and (not dot or paper.fields.get(name) in lifting)


def _list(paper: Paper, name: str) -> list[dict[str, object]]:
    rows = paper.fields.get(name)
    return rows if isinstance(rows, list) else []


def _said(case: Case, paths: Paths) -> object | None:
    """What the first of the documents on file says."""
    held = ((case.paper(kind), name) for kind, _, name in (path.partition(".") for path in paths))
    return next((paper.fields.get(name) for paper, name in held if paper), None)


def _day(case: Case, paths: Paths) -> date | None:
    said = _said(case, paths)
    return date.fromisoformat(str(said)[:10]) if said else None


def _articles(said: object) -> frozenset[str]:
    # One case cites the article, another its second paragraph: that tells nothing apart.
    texts = said if isinstance(said, list) else []
    return frozenset(Citation.parse(str(text)).article_text for text in texts)
