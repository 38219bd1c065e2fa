"""Where one flow leads into another: what it hands on must be known there, what it looks for must be made there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from zhifa_flow.engine.flowcheck.handing import handing_problems
from zhifa_flow.engine.flowcheck.names import unknown
from zhifa_flow.engine.registry import (
    CHECKS,
    RULES,
    BesideDeadline,
    BesideField,
    BesideFlow,
    BesideName,
    BesideRule,
    ChildName,
    ChildState,
    DocumentName,
    ElsewherePath,
    Registered,
)
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.flow import Child, DocumentKind, Flow


@dataclass(frozen=True, slots=True)
class _Call:
    """A guard or finding as its file states it, with what its check or rule wants."""

    where: str
    registered: Registered
    args: Mapping[str, object]

    def names(self, kind: object) -> Iterator[tuple[str, str]]:
        """Where each argument of a kind stands, and every name that it says."""
        for key, parameter in self.registered.parameters.items():
            value = self.args.get(key) if parameter.kind is kind else None
            for name in value if isinstance(value, list) else [value]:
                if isinstance(name, str):
                    yield (f"{self.where}.args.{key}", name)

    def named(self, kind: object) -> list[str]:
        """Every name that the arguments of a kind say."""
        return [name for _, name in self.names(kind)]


@dataclass(frozen=True, slots=True)
class _Around:
    """The flows of the folder as they lie around one of them: those that open it, and all that these and it open."""

    flow: Flow
    flows: Sequence[Flow]
    above: Sequence[Flow]
    kin: Sequence[Flow]

    @classmethod
    def of(cls, flow: Flow, flows: Sequence[Flow]) -> _Around:
        opens = {one.ref: _opened_by(one) for one in flows}
        above: dict[str, Flow] = {}
        reached = {flow.id}
        while further := [one for one in flows if one.ref not in above and reached & opens[one.ref]]:
            above |= {one.ref: one for one in further}
            reached = {one.id for one in further}
        opened = opens[flow.ref].union(*(opens[ref] for ref in above))
        return cls(
            flow, flows, [*above.values()], [*above.values(), *(one for one in flows if one.id in opened)]
        )


def joint_problems(flow: Flow, others: Iterable[Flow], spoiled: AbstractSet[str] = frozenset()) -> list[str]:
    """Every name that must be found in another flow and is not there.

    ``others`` are all versions of all flows of the folder that are sound by themselves; ``spoiled`` are the ids of
    flows with a version that is not. What is looked for may be there, so it is asked for once that is put right.
    """
    flows = [*(one for one in others if one.ref != flow.ref), flow]
    problems = [
        problem
        for key, child in flow.child.items()
        if child.flow not in spoiled
        for version in _met(flow, [one for one in flows if one.id == child.flow])
        for problem in _child_problems(f"child.{key}", flow, child, version)
    ]
    if spoiled - {flow.id}:
        return problems
    around = _Around.of(flow, flows)
    problems += _settled_problems(around)
    return problems + [
        problem for call in _calls(flow) for asked in _QUESTIONS for problem in asked(call, around)
    ]


def _opened_by(flow: Flow) -> set[str]:
    return {child.flow for child in flow.child.values()}


def _met(flow: Flow, versions: Sequence[Flow]) -> list[Flow]:
    """The versions under which a case of this flow can open another: in force on some day on which it is itself."""
    begun = sorted(versions, key=lambda one: one.effective_from)
    ends: list[date | None] = [later.effective_from - timedelta(days=1) for _, later in pairwise(begun)]
    return [
        version
        for version, end in zip(begun, [*ends, None], strict=False)
        if all(last is None or last >= flow.effective_from for last in (end, version.effective_to))
        and (flow.effective_to is None or version.effective_from <= flow.effective_to)
    ]


def _child_problems(where: str, flow: Flow, child: Child, version: Flow) -> list[str]:
    return [
        *handing_problems(f"{where}.carries", flow, child, version),
        *(
            f"{where}.acted: {version.ref}没有名为“{role}”的角色{_hint(role, version.role)}"
            for role in child.acted.values()
            if role not in version.role
        ),
    ]


def _calls(flow: Flow) -> Iterator[_Call]:
    for key, guard in flow.guard.items():
        if guard.check in CHECKS:
            yield _Call(f"guard.{key}", CHECKS[guard.check], guard.args)
    for key, finding in flow.finding.items():
        if finding.rule in RULES:
            yield _Call(f"finding.{key}", RULES[finding.rule], finding.args)


def _beside_problems(call: _Call, around: _Around) -> list[str]:
    """A document of another case, and each of its fields that is asked for."""
    problems: list[str] = []
    for where, kind in call.names(BesideName):
        made = [one.document[kind] for one in around.kin if kind in one.document]
        problems += _field_problems(call, kind, made) if made else [
            f"{where}: 主案和有关附随程序都没有文书“{kind}”{_hint(kind, (name for one in around.kin for name in one.document))}"
        ]  # fmt: skip
    return problems


def _repeated_problems(call: _Call, around: _Around) -> list[str]:
    """The document of this flow that repeats one of another case bears the same fields."""
    parameter = call.registered.parameters.get("document")
    kind = str(call.args.get("document"))
    if parameter is None or parameter.kind is not DocumentName or kind not in around.flow.document:
        return []
    return _field_problems(call, kind, [around.flow.document[kind]])


def _field_problems(call: _Call, kind: str, made: Sequence[DocumentKind]) -> list[str]:
    fields = {name for one in made for name in _fields(one)}
    return [
        f"{where}: 文书“{kind}”没有“{name}”这一项{_hint(name, fields)}"
        for where, name in call.names(BesideField)
        if name not in fields
    ]


def _rule_problems(call: _Call, around: _Around) -> list[str]:
    """The rule under which a main case opens another side duty."""
    rules = {key for one in around.above for key in one.child}
    return [
        unknown(where, "child", name, rules) for where, name in call.names(BesideRule) if name not in rules
    ]


def _settled_problems(around: _Around) -> list[str]:
    """What an order says of a side case is a document or a state of its flow."""
    problems = []
    for key, order in around.flow.order.items():
        for rule, _, name in (one.partition(".") for one in order.settled):
            opened = around.flow.child.get(rule)
            near = {
                what
                for one in around.flows
                if opened and one.id == opened.flow
                for what in (*one.document, *one.state)
            }
            if near and name not in near:
                problems.append(
                    f"order.{key}.settled: “{rule}”的流程没有文书或者状态“{name}”{_hint(name, near)}"
                )
    return problems


def _flow_problems(call: _Call, around: _Around) -> list[str]:
    """The flow of a case around this one, and its deadlines."""
    near = {one.id for one in around.kin}
    named = call.named(BesideFlow)
    clocks = {key for one in around.kin if one.id in named for key in one.deadline}
    return [
        *(
            f"{where}: 启动本流程的、附随的流程中没有“{name}”{_hint(name, near)}"
            for where, name in call.names(BesideFlow)
            if name not in near
        ),
        *(
            unknown(where, "deadline", name, clocks)
            for where, name in call.names(BesideDeadline)
            if clocks and name not in clocks
        ),
    ]


def _state_problems(call: _Call, around: _Around) -> list[str]:
    """The states of a side duty at which a step looks, in the flow of that duty."""
    opened = {child.flow for key in call.named(ChildName) if (child := around.flow.child.get(key))}
    states = {state for one in around.flows if one.id in opened for state in one.state}
    return [
        unknown(where, "state", name, states)
        for where, name in call.names(ChildState)
        if states and name not in states
    ]


def _elsewhere_problems(call: _Call, around: _Around) -> list[str]:
    """Documents and fields of other cases of the party, whatever flow they follow."""
    asked = list(call.names(ElsewherePath))
    made = [entry for one in around.flows for entry in one.document.items() if asked]
    known = {kind for kind, _ in made} | {f"{kind}.{name}" for kind, one in made for name in _fields(one)}
    return [
        f"{where}: 没有哪个流程有“{path}”{_hint(path, known)}" for where, path in asked if path not in known
    ]


def _fields(document: DocumentKind) -> list[str]:
    return [*document.field, *(["number"] if document.number else [])]


def _hint(name: str, known: Iterable[str]) -> str:
    near = close_names(name, sorted(set(known)))
    return f", 是否指: {'、'.join(near)}" if near else ""


_QUESTIONS: tuple[Callable[[_Call, _Around], list[str]], ...] = (
    _beside_problems, _repeated_problems, _rule_problems, _flow_problems, _state_problems, _elsewhere_problems,
)  # fmt: skip
