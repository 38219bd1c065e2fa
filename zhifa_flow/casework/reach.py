"""The reach of a part of a flow: the steps that it can make a difference to when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from zhifa_flow.engine.bindings import bind_finding, bind_guard
from zhifa_flow.engine.deadlines import OPEN
from zhifa_flow.engine.registry import CHECKS, RULES, FindingName
from zhifa_flow.model.flow import Deadline, Field, Finding, Flow, Guard


def of_guard(flow: Flow, name: str) -> frozenset[str]:
    """The steps that ask the guard."""
    if name in flow.always:
        return frozenset(flow.transition)
    return frozenset(key for key, step in flow.transition.items() if name in step.guards)


def of_finding(flow: Flow, name: str) -> frozenset[str]:
    """The steps whose guards, side duties or deadlines ask for the finding, also through another one."""
    reached = set[str]()
    for key, guard in flow.guard.items():
        if name in findings_named(guard):
            reached |= of_guard(flow, key)
    for key, finding in flow.finding.items():
        if key != name and name in findings_named(finding):
            reached |= of_finding(flow, key)
    for key, child in flow.child.items():
        if child.when == name:
            reached |= {trigger for trigger, step in flow.transition.items() if key in step.opens}
    for deadline in flow.deadline.values():
        reached |= {trigger for trigger, unless in deadline.ends_unless.items() if unless == name}
    return frozenset(reached)


def of_role(flow: Flow, name: str) -> frozenset[str]:
    """The steps that the role takes, or whose documents name persons in it."""
    kinds = {kind for kind, document in flow.document.items() if name in _roles(document.field)}
    return frozenset(
        key
        for key, step in flow.transition.items()
        if name in step.by or kinds & {*step.documents, *step.optional}
    )


def of_document(flow: Flow, kind: str) -> frozenset[str]:
    """The steps with which the document is handed in."""
    return frozenset(
        key for key, step in flow.transition.items() if kind in (*step.documents, *step.optional)
    )


def of_deadline(flow: Flow, name: str) -> frozenset[str]:
    """The steps (``open`` among them) that start, end, stop, prolong or move the deadline."""
    deadline = flow.deadline[name]
    named = {*deadline.starts, *deadline.ends, *deadline.ends_unless, *deadline.voids}
    named |= {deadline.then} if deadline.then else set()
    return frozenset(named | set(_moving(flow, name, deadline)))


def _moving(flow: Flow, name: str, deadline: Deadline) -> Iterator[str]:
    for key, step in flow.transition.items():
        moved = (step.extends and step.extends.deadline, step.moves and step.moves.deadline)
        if name in moved or set(deadline.pauses) & {*step.raises, *step.lowers}:
            yield key


def of_table(flow: Flow, table: str) -> frozenset[str]:
    """The steps that a dated table decides on, through guards, findings or deadlines."""
    reached = set[str]()
    for name in flow.guard:
        if table in bind_guard(flow, name).tables:
            reached |= of_guard(flow, name)
    for name in flow.finding:
        if table in bind_finding(flow, name).tables:
            reached |= of_finding(flow, name)
    for name, deadline in flow.deadline.items():
        extension = deadline.extension.table if deadline.extension else None
        if table in (deadline.table, deadline.pause_table, extension):
            reached |= of_deadline(flow, name)
    return frozenset(reached)


def everywhere(flow: Flow) -> frozenset[str]:
    """Every step, and the opening."""
    return frozenset((OPEN, *flow.transition))


def findings_named(asking: Guard | Finding) -> set[str]:
    """The findings that a guard or a finding asks for."""
    registered = CHECKS[asking.check] if isinstance(asking, Guard) else RULES[asking.rule]
    found = set[str]()
    for key, value in asking.args.items():
        if registered.parameters[key].kind is FindingName:
            found |= set(value) if isinstance(value, list) else {str(value)}
    return found


def _roles(fields: Mapping[str, Field]) -> set[str]:
    return {role for role in _roles_of(fields.values()) if role}


def _roles_of(fields: Iterable[Field]) -> Iterator[str | None]:
    for one in fields:
        yield one.role
        yield from _roles_of(one.columns.values())
