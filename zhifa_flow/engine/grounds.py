"""On which day an act may have happened: not before what it rests on, not after today, not unexplained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from zhifa_flow.engine.clock import legal_day
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.wording import text_problem
from zhifa_flow.model.case import Paper
from zhifa_flow.model.flow import Transition
from zhifa_flow.model.step import Refusal, Request

Ground = tuple[date, str]


def date_refusals(
    s: Situation, request: Request, step: Transition, papers: Sequence[Paper], reads: frozenset[str],
    entered_at: datetime,
) -> list[Refusal]:  # fmt: skip
    """What stands against the day and the hour of an act; ``papers`` are handed in, ``reads`` looked at."""
    on, today = request.on, legal_day(entered_at)
    refusals = day_refusals(s, step, papers, reads, today)
    if on < today and (problem := text_problem(request.late_reason)):
        cure = "写明补录原因(--late-reason), 补录情况将一直可见"
        found = f"办理日期{on}, 今天是{today}, 补录原因{problem}"
        refusals.append(Refusal("late", "事后录入应当写明原因", found, cure=cure))
    return refusals + _hour_refusals(request, entered_at)


def day_refusals(
    s: Situation, step: Transition, papers: Sequence[Paper], reads: frozenset[str], today: date
) -> list[Refusal]:
    """What stands against the day of an act, whatever is said of why it is entered late."""
    refusals, on = [], s.on
    if on > today:
        refusals.append(Refusal("date", "办理日期不得晚于今天", f"办理日期{on}, 今天是{today}"))
    nearest, *others = dict.fromkeys(grounds(s, step, papers, reads))
    for ground, what in (nearest, *(one for one in others if one[0] > nearest[0])):
        if on < ground:
            refusals.append(Refusal("date", "办理日期不得早于它所依据的环节", f"办理日期{on}, {what}"))
    return refusals


def grounds(
    s: Situation, step: Transition, papers: Sequence[Paper], reads: frozenset[str]
) -> Iterator[Ground]:
    """Everything on file that the act cannot have come before: (day, in words)."""
    case, state = s.case, s.flow.state[s.case.state]
    what = f"案件于{case.entered_state_on}进入“{state.name}”, 最近一步在{case.last_on}"
    yield (case.entered_state_on if step.stays else case.last_on, what)
    for flag in (*step.raises, *step.lowers):
        for stretch in case.flags.get(flag, ())[-1:]:
            day = stretch.last or stretch.first
            yield (day, f"“{s.flow.flag[flag].name}”于{day}{'解除' if stretch.last else '发生'}")
    bound = {kind for paper in papers for kind in s.flow.document[paper.kind].binds}
    for kind in {**dict.fromkeys(sorted(reads | bound)), **{paper.kind: None for paper in papers}}:
        for paper in _earliest(s, kind, bound, papers):
            yield (paper.on, f"{s.document_name(kind)}作于{paper.on}")


def _earliest(s: Situation, kind: str, bound: set[str], papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The document of a kind that the act rests on: all that it is bound to, else the first of those that add up."""
    held = s.case.papers.get(kind, ())
    if kind in bound:
        return held
    adds_up = s.flow.document[kind].repeatable
    handed = any(paper.kind == kind for paper in papers)
    return () if adds_up and handed else held[:1]


def _hour_refusals(request: Request, entered_at: datetime) -> list[Refusal]:
    moment = request.moment
    if moment is None:
        return []
    if moment.utcoffset() is None:
        return [Refusal("date", "办理时刻应当写明时区", f"办理时刻{moment.isoformat()}")]
    if legal_day(moment) != request.on:
        return [
            Refusal(
                "date", "办理时刻应当在办理日期当天", f"办理时刻{moment.isoformat()}, 办理日期{request.on}"
            )
        ]
    if moment > entered_at:
        return [Refusal("date", "办理时刻不得晚于现在", f"办理时刻{moment.isoformat()}")]
    return []
