"""The intake of a case (登记): whether what is stated of it can stand, and whether these people may open it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from zhifa_flow.casework.people import People
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.wording import text_problem
from zhifa_flow.model.errors import InputError, Refused
from zhifa_flow.model.party import Party
from zhifa_flow.model.record import line_problem
from zhifa_flow.model.step import Refusal


def stated(title: str, party: Mapping[str, object] | None) -> Party | None:
    """The party as it was stated; None where none was.

    Raises:
        InputError: a title or a party that cannot stand, with every problem.
    """
    problem = line_problem(title.strip())
    problems = [f"案件名称{problem}"] if problem else []
    try:
        read = Party.read(party) if party is not None else None
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return read


def may_open(
    compiled: Compiled,
    people: People,
    by: Sequence[str],
    recorder: str,
    on: date,
    late_reason: str,
    today: date,
    against: Sequence[Refusal] = (),
) -> None:
    """Nothing, where a case may be opened on the day by these people; ``against`` is what the mandate says against it.

    Raises:
        Refused: with every reason.
    """
    problems = list(against)
    if compiled.flow.side:
        problems.append(Refusal("state", "附随程序由主案的环节启动, 不能单独立案"))
    if on > today:
        problems.append(Refusal("date", "登记日期不得晚于今天", f"登记日期{on}, 今天是{today}"))
    if on < today and (problem := text_problem(late_reason)):
        found = f"登记日期{on}, 今天是{today}, 补录原因{problem}"
        problems.append(Refusal("late", "事后录入应当写明原因", found))
    named = dict.fromkeys((*by, recorder) if recorder else by)
    problems += [
        Refusal("people", people.hints.get(one) or f"人员名册中没有“{one}”")
        for one in named
        if one not in people.known
    ]
    if not by:
        problems.append(Refusal("people", "须写明登记人(--by)"))
    if problems:
        raise Refused("登记案件", problems)
