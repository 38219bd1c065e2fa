"""A path in the words of the people who read flow files: the steps, what is handed in, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhifa_flow.engine.formula import Atom, Fact, about
from zhifa_flow.engine.proofs.search import Taken
from zhifa_flow.model.flow import Flow


def told(flow: Flow, path: Sequence[Taken]) -> str:
    """The path in one sentence."""
    steps = " → ".join(_step(flow, one) for one in path)
    assumed = "; ".join(dict.fromkeys(text for one in path for text in _assumptions(flow, one)))
    return f"{steps}" + (f"; 假定: {assumed}" if assumed else "")


def _step(flow: Flow, taken: Taken) -> str:
    step = flow.transition[taken.trigger]
    kinds = [kind for kind in (*step.documents, *step.optional) if kind in taken.handed]
    papers = "".join(f"《{flow.document[kind].name}》" for kind in kinds)
    return f"{step.name}({papers})" if papers else step.name


def _assumptions(flow: Flow, taken: Taken) -> Iterator[str]:
    known = dict(taken.assumed)
    when = f"办理“{flow.transition[taken.trigger].name}”时"
    for atom, value in taken.assumed:
        if atom.fact is Fact.HOLDS:
            yield f"{when}认定“{flow.finding[atom.name].name}”{_finding(atom, known, holds=value)}"
        elif atom.fact is Fact.PAST:
            yield f"{when}{_day(flow, atom.name)}{'已过' if value else '未过'}"


def _finding(atom: Atom, known: dict[Atom, bool], *, holds: bool) -> str:
    if not holds:
        return "不成立"
    sure = known.get(about(Fact.SURE, atom.name))
    return {None: "成立或者不能认定", True: "成立", False: "不能认定"}[sure]


def _day(flow: Flow, name: str) -> str:
    kind, dot, field = name.partition(".")
    if dot:
        return f"《{flow.document[kind].name}》的“{flow.document[kind].field[field].name}”"
    return f"“{flow.deadline[name].name}”"
