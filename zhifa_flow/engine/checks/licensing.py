"""Checks of licensing: what rank of law a demand on the applicant rests on."""

from __future__ import annotations

from zhifa_flow.engine.registry import FieldPath, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.citation import Citation


@check
def rests_on(s: Situation, *, field: FieldPath, ranks: tuple[str, ...]) -> str | None:
    """Every cited article exists, is in force on the day of the step, and is of one of the ranks (法律, 行政法规 …).

    行政许可法第五十八条第一款: a fee wants a law or an administrative regulation.
    """
    if not s.texts(field):
        return f"{s.field_name(field)}没有填写"
    problems = [problem for text in s.texts(field) for problem in _problems(s, Citation.parse(text), ranks)]
    return "; ".join(problems) or None


def _problems(s: Situation, citation: Citation, ranks: tuple[str, ...]) -> list[str]:
    problems = s.law.statutes.problems(citation, s.on)
    statute = s.law.statutes.find(citation.statute, s.on)
    if statute is not None and statute.rank.chinese not in ranks:
        problems.append(f"《{statute.short}》属于{statute.rank.chinese}, 应当是{'、'.join(ranks)}")
    return problems
