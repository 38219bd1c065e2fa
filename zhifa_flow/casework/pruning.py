"""Pruning: a changed flow without what nothing in it uses any more, so that the checker has to find a real fault."""

from __future__ import annotations

from zhifa_flow.casework.reach import findings_named
from zhifa_flow.model.flow import Flow


def pruned(flow: Flow) -> Flow:
    """The flow without guards that no step asks, side duties that none opens, findings that nothing rests on.

    Whoever takes a guard out of a file takes out its text too; that something lies unused would give nobody away.
    """
    asked = {*flow.always, *(name for step in flow.transition.values() for name in step.guards)}
    opened = {name for step in flow.transition.values() for name in step.opens}
    flow = flow.model_copy(
        update={
            "guard": {name: guard for name, guard in flow.guard.items() if name in asked},
            "child": {name: child for name, child in flow.child.items() if name in opened},
        }
    )
    needed = _needed(flow)
    return flow.model_copy(
        update={"finding": {name: one for name, one in flow.finding.items() if name in needed}}
    )


def _needed(flow: Flow) -> set[str]:
    """The findings that something rests on, also through another one."""
    needed = {name for guard in flow.guard.values() for name in findings_named(guard)}
    needed |= {child.when for child in flow.child.values() if child.when}
    needed |= {name for deadline in flow.deadline.values() for name in deadline.ends_unless.values()}
    needed |= {order.when for order in flow.order.values() if order.when}
    waiting = list(needed)
    while waiting:
        deeper = findings_named(flow.finding[waiting.pop()]) - needed
        needed |= deeper
        waiting += deeper
    return needed
