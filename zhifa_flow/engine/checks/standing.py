"""Checks on where the case stands: findings, flags, side duties, steps taken before."""

from __future__ import annotations

from zhifa_flow.engine.registry import (
    ChildName,
    DocumentName,
    FieldPath,
    FindingName,
    FlagName,
    TriggerName,
    check,
)
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Act


@check
def finding_holds(s: Situation, *, finding: FindingName) -> str | None:
    """The finding is positively established; what cannot be determined does not count as established."""
    found = s.found(finding)
    return None if found.value else found.reason


@check
def finding_fails(s: Situation, *, finding: FindingName) -> str | None:
    """The finding is positively excluded; what cannot be determined does not count as excluded."""
    found = s.found(finding)
    return found.reason if found.holds else None


@check
def flag_up(s: Situation, *, flag: FlagName) -> str | None:
    """The circumstance is recorded and lasts, on the day of the act."""
    return None if s.case.flag_on(flag, s.on) else f"没有处于“{s.flow.flag[flag].name}”"


@check
def flag_down(s: Situation, *, flag: FlagName) -> str | None:
    """The circumstance is not recorded, or was over on the day of the act."""
    if not s.case.flag_up(flag) and not s.case.flag_on(flag, s.on):
        return None
    return f"自{s.case.flags[flag][-1].first}起处于“{s.flow.flag[flag].name}”"


@check
def all_answered(s: Situation, *, asked: DocumentName, answers: DocumentName, flag: FlagName) -> str | None:
    """Since the circumstance began, as many answers have come as were asked for."""
    out = _unanswered(s, asked, answers, flag)
    return f"还有{out}件{s.document_name(asked)}没有{s.document_name(answers)}" if out > 0 else None


@check
def still_unanswered(
    s: Situation, *, asked: DocumentName, answers: DocumentName, flag: FlagName
) -> str | None:
    """Since the circumstance began, fewer answers have come than were asked for."""
    if _unanswered(s, asked, answers, flag) > 0:
        return None
    return f"{s.document_name(asked)}都已有{s.document_name(answers)}"


def _unanswered(s: Situation, asked: str, answers: str, flag: str) -> int:
    # What was asked before the circumstance last ended is no longer waited for.
    if not s.case.flag_up(flag):
        return 0
    since = s.case.flags[flag][-1].first
    wanted, come = (sum(paper.on >= since for paper in s.papers.get(kind, ())) for kind in (asked, answers))
    return wanted - come


@check
def children_ended(s: Situation, *, child: ChildName) -> str | None:
    """No side duty of this kind is still open on the day of the act."""
    still = [case for case in s.children_of(child) if not case.ended_by(s.on)]
    if not still:
        return None
    return f"“{s.flow.child[child].name}”尚未办结: {'、'.join(case.id for case in still)}"


def _done(s: Situation, step: str) -> Act | None:
    """The last time the step was taken, unless that was after the day of the act being asked for."""
    act = s.case.acts.get(step)
    return act if act and act.on <= s.on else None


@check
def taken(s: Situation, *, step: TriggerName) -> str | None:
    """The step has been taken in this case, and not after the day of the act."""
    return None if _done(s, step) else f"尚未办理“{s.flow.transition[step].name}”"


@check
def one_taken_when(
    s: Situation, *, fields: tuple[FieldPath, ...], says: str, steps: tuple[TriggerName, ...]
) -> str | None:
    """If one of the fields says the value, one of the steps has been taken, and not after the day of the act."""
    said = [s.field_name(path) for path in fields if says in s.texts(path)]
    if not said or any(_done(s, step) for step in steps):
        return None
    names = "、".join(f"“{s.flow.transition[step].name}”" for step in steps)
    return f"{'、'.join(said)}为“{says}”, 尚未办理{names}"


@check
def not_taken(s: Situation, *, step: TriggerName) -> str | None:
    """The step has not been taken in this case: it may be taken once only."""
    act = s.case.acts.get(step)
    return f"{act.on}已经办理过“{s.flow.transition[step].name}”" if act else None


@check
def covers_officers(s: Situation, *, field: FieldPath) -> str | None:
    """Everybody who acts is named in the field."""
    missing = [s.officer_name(officer) for officer in s.by if officer not in s.texts(field)]
    return f"{s.field_name(field)}没有{'、'.join(missing)}" if missing else None


@check
def covers_if_on_file(s: Situation, *, field: FieldPath) -> str | None:
    """If the document of the field is on file, everybody who acts is named in it."""
    return covers_officers(s, field=field) if s.paper(field.partition(".")[0]) else None
