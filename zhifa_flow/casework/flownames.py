"""Flows as people name them: by id, by version, or by Chinese name."""

from __future__ import annotations

from collections.abc import Iterator

from zhifa_flow.casework.ports import Flows
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.model.errors import FileError, NotFound


def flow_id(flows: Flows, typed: str) -> str:
    """The id of the flow that an id or a Chinese name stands for.

    Raises:
        NotFound: no flow is called so (with close names).
    """
    name = typed.strip().strip("《》")
    ids = list(dict.fromkeys(ref.partition("@")[0] for ref in flows.refs()))
    if name in ids:
        return name
    names = {compiled.flow.name: compiled.flow.id for compiled in usable(flows)}
    if name not in names:
        raise NotFound("流程", typed, [*ids, *names])
    return names[name]


def flow_refs(flows: Flows, typed: str) -> list[str]:
    """The versions that a reference (id@date), an id or a Chinese name stands for, the earliest first.

    Raises:
        NotFound: no flow or version is called so (with close names).
    """
    refs = flows.refs()
    name = typed.strip()
    if name in refs:
        return [name]
    if "@" in name:
        raise NotFound("流程版本", name, refs)
    wanted = flow_id(flows, name)
    return [ref for ref in refs if ref.partition("@")[0] == wanted]


def usable(flows: Flows) -> Iterator[Compiled]:
    """Every version whose file is sound; the others are for the flow checker to speak of."""
    for ref in flows.refs():
        try:
            yield flows.compiled(ref)
        except FileError:
            continue


def faulty(flows: Flows) -> list[str]:
    """Every version whose file is not sound."""
    sound = {compiled.flow.ref for compiled in usable(flows)}
    return [ref for ref in flows.refs() if ref not in sound]
