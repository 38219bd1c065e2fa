"""The flows of a folder as they open each other: none may come back to itself, each must come to an end."""

from __future__ import annotations

from collections.abc import Iterable

from zhifa_flow.model.flow import Flow


def family_problems(flow: Flow, others: Iterable[Flow]) -> list[str]:
    """Side duties that open, in the end, the flow that opened them."""
    flows = [*(one for one in others if one.ref != flow.ref), flow]
    names = {one.id: one.name for one in flows}
    problems = []
    for key, child in flow.child.items():
        chain = _chain(child.flow, flow.id, flows)
        if chain:
            told = " → ".join(f"“{names[one]}”" for one in (flow.id, *chain))
            problems.append(f"child.{key}: 附随程序绕回本流程, 永远不能都办结: {told}")
    return problems


def _chain(start: str, goal: str, flows: Iterable[Flow]) -> list[str]:
    """The shortest chain of flows that open each other; empty if there is none."""
    opens: dict[str, set[str]] = {}
    for one in flows:
        opens.setdefault(one.id, set()).update(child.flow for child in one.child.values())
    chains = {start: [start]}
    for here in (queue := [start]):
        if here == goal:
            return chains[here]
        for there in sorted(opens.get(here, ())):
            if there not in chains:
                chains[there] = [*chains[here], there]
                queue.append(there)
    return []
