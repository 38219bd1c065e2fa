"""Flows and law with something changed in them, for asking what a change would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from zhifa_flow.casework.ports import Flows
from zhifa_flow.engine.compiler import Compiled, compile_flow
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.table import Table


@dataclass(frozen=True, slots=True)
class Substituted:
    """The flows as they are, but for those that have been changed."""

    flows: Flows
    changed: Mapping[str, Compiled]

    def in_force(self, flow: str, on: date) -> Compiled:
        """The version in force, or what stands in its place. Raises NotFound, FileError."""
        compiled = self.flows.in_force(flow, on)
        return self.changed.get(compiled.flow.ref, compiled)

    def compiled(self, ref: str) -> Compiled:
        """The version, or what stands in its place. Raises NotFound, FileError."""
        return self.changed.get(ref) or self.flows.compiled(ref)

    def refs(self) -> list[str]:
        """Every version as "id@date"."""
        return self.flows.refs()


def with_flow(flows: Flows, changed: Flow) -> Substituted:
    """The flows with one changed.

    It bears the digest of the one it stands for and names the same tables, so that its cases go on under it and
    nothing but its answers differs.
    """
    original = flows.compiled(changed.ref)
    compiled = replace(compile_flow(changed), digest=original.digest, tables=original.tables)
    return Substituted(flows, {changed.ref: compiled})


def with_table(law: Law, changed: Table) -> Law:
    """The law with one table changed; what was found out of its digests stays, so that only answers differ."""
    return replace(law, tables={**law.tables, changed.id: changed})
