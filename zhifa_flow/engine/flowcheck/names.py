"""Every name in a flow file must be the name of something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from zhifa_flow.engine.deadlines import OPEN
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.flow import Deadline, Field, Flow, Transition
from zhifa_flow.model.officer import PersonnelKind
from zhifa_flow.model.table import Table

#: What each section of a file is called when people read about it.
SECTIONS = {
    "stage": "环节", "state": "状态", "role": "角色", "document": "文书", "finding": "认定", "guard": "条件",
    "deadline": "期限", "flag": "情形", "child": "附随程序", "transition": "流转", "table": "数据表", "flow": "流程",
    "personnel": "人员性质",
}  # fmt: skip

Reference = tuple[str, str, str]  # (where it stands, section it must be in, name)


def name_problems(
    flow: Flow,
    tables: Mapping[str, Table],
    flows: AbstractSet[str],
    spoiled: frozenset[tuple[str, str]] = frozenset(),
) -> list[str]:
    """Every reference to something that does not exist, with close names."""
    known = known_names(flow, tables, flows, spoiled)
    return [
        unknown(where, section, name, known[section])
        for where, section, name in references(flow)
        if name not in known[section]
    ]


def known_names(
    flow: Flow, tables: Iterable[str], flows: Iterable[str], spoiled: Iterable[tuple[str, str]] = ()
) -> dict[str, set[str]]:
    """All names by section; entries of the file that could not be read count as known."""
    own = (section for section in SECTIONS if section not in ("table", "flow", "personnel"))
    known: dict[str, set[str]] = {section: set(getattr(flow, section)) for section in own}
    known |= {"table": set(tables), "flow": set(flows), "personnel": {kind.value for kind in PersonnelKind}}
    for section, name in spoiled:
        known.setdefault(section, set()).add(name)
    return known


def unknown(where: str, section: str, name: str, known: Iterable[str]) -> str:
    """The sentence about a name that nothing bears."""
    near = close_names(name, known)
    hint = f", 是否指: {'、'.join(near)}" if near else ""
    return f"{where}: 没有名为“{name}”的{SECTIONS[section]}{hint}"


def references(flow: Flow) -> Iterator[Reference]:
    """Every name that the file uses, except in the arguments of guards and findings and in paths to a field."""
    yield ("initial", "state", flow.initial)
    yield from (("always", "guard", name) for name in flow.always)
    yield from ((f"state.{key}.stage", "stage", state.stage) for key, state in flow.state.items())
    for key, role in flow.role.items():
        yield from ((f"role.{key}.barred", "role", name) for name in role.barred)
        yield from ((f"role.{key}.personnel", "personnel", name) for name in role.personnel)
    for key, document in flow.document.items():
        yield from ((f"document.{key}.binds", "document", name) for name in document.binds)
        yield from _field_references(f"document.{key}", document.field)
    for key, deadline in flow.deadline.items():
        yield from _deadline_references(f"deadline.{key}", deadline)
    for key, flag in flow.flag.items():
        yield from ((f"flag.{key}", "transition", name) for name in (*flag.blocks, *flag.allows))
    yield from _child_references(flow)
    for key, order in flow.order.items():
        yield from (
            (f"order.{key}", "transition", name) for name in (*order.must, *order.before, *order.after)
        )
        yield from ((f"order.{key}.over", "deadline", name) for name in order.over if "." not in name)
        yield from ((f"order.{key}.ended", "child", name) for name in order.ended)
        yield from ((f"order.{key}.settled", "child", one.partition(".")[0]) for one in order.settled)
        yield from ((f"order.{key}.when", "finding", name) for name in [order.when] if name)
    for key, step in flow.transition.items():
        yield from _transition_references(f"transition.{key}", step)


def _field_references(where: str, fields: Mapping[str, Field]) -> Iterator[Reference]:
    for key, field in fields.items():
        if field.role:
            yield (f"{where}.field.{key}.role", "role", field.role)
        yield from _field_references(f"{where}.field.{key}", field.columns)


def _deadline_references(where: str, deadline: Deadline) -> Iterator[Reference]:
    yield from ((f"{where}.starts", "transition", name) for name in deadline.starts if name != OPEN)
    yield from ((f"{where}.ends", "transition", name) for name in (*deadline.ends, *deadline.ends_unless))
    yield from ((f"{where}.voids", "transition", name) for name in deadline.voids)
    yield from ((f"{where}.ends_unless", "finding", name) for name in deadline.ends_unless.values())
    yield from ((f"{where}.then", "transition", name) for name in [deadline.then] if name)
    yield from ((f"{where}.pauses", "flag", name) for name in deadline.pauses)
    extension = deadline.extension.table if deadline.extension else None
    for name in (deadline.table, deadline.pause_table, extension):
        if name:
            yield (where, "table", name)


def _child_references(flow: Flow) -> Iterator[Reference]:
    for key, child in flow.child.items():
        where = f"child.{key}"
        yield (f"{where}.flow", "flow", child.flow)
        yield from ((f"{where}.when", "finding", name) for name in [child.when] if name)
        yield from ((f"{where}.carries", "document", name) for name in child.carries.values())
        yield from ((f"{where}.acted", "role", name) for name in child.acted)
        yield from ((f"{where}.holds", "transition", name) for name in child.holds)


def _transition_references(where: str, step: Transition) -> Iterator[Reference]:
    lists = {
        "state": step.source, "role": step.by, "guard": step.guards, "child": step.opens,
        "document": (*step.documents, *step.optional, *step.supersedes), "flag": (*step.raises, *step.lowers),
    }  # fmt: skip
    for section, names in lists.items():
        yield from ((where, section, name) for name in names)
    if step.target:
        yield (f"{where}.target", "state", step.target)
    if step.extends:
        yield (f"{where}.extends", "deadline", step.extends.deadline)
    if step.moves:
        yield (f"{where}.moves", "deadline", step.moves.deadline)
