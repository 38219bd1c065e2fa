"""The arguments of guards and findings must fit their check or rule, and name what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from zhifa_flow.engine import checks, findings
from zhifa_flow.engine.flowcheck.names import known_names, unknown
from zhifa_flow.engine.flowcheck.resting import resting_problems
from zhifa_flow.engine.registry import (
    CHECKS,
    RULES,
    BesideName,
    ChildName,
    DeadlineName,
    DocumentName,
    ElsewherePath,
    FieldPath,
    FindingName,
    FlagName,
    Parameter,
    Registered,
    TableName,
    TriggerName,
)
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.period import Unit
from zhifa_flow.model.table import Table

SECTION_OF = {
    DocumentName: "document", FindingName: "finding", DeadlineName: "deadline", TableName: "table",
    FlagName: "flag", ChildName: "child", TriggerName: "transition",
}  # fmt: skip

#: Which flow another case follows nobody knows here, so only the shape of the path can be judged.
_ELSEWHERE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")

#: Imported for what they register.
REGISTERED = (*checks.MODULES, *findings.MODULES)


def argument_problems(
    flow: Flow, tables: Mapping[str, Table], spoiled: frozenset[tuple[str, str]] = frozenset()
) -> list[str]:
    """Every unknown check or rule, every argument that is missing, unknown, of the wrong type or names nothing."""
    known = known_names(flow, tables, (), spoiled)
    problems: list[str] = []
    for key, guard in flow.guard.items():
        problems += _call_problems(flow, f"guard.{key}", "判断", guard.check, guard.args, CHECKS, known)
    for key, finding in flow.finding.items():
        problems += _call_problems(
            flow, f"finding.{key}", "认定规则", finding.rule, finding.args, RULES, known
        )
    for where, path in _paths(flow):
        problems += _path_problems(flow, where, path, known) or _day_problems(flow, where, path)
    return problems + resting_problems(flow)


def _call_problems(
    flow: Flow, where: str, what: str, name: str, args: Mapping[str, object],
    book: Mapping[str, Registered], known: Mapping[str, set[str]],
) -> list[str]:  # fmt: skip
    registered = book.get(name)
    if registered is None:
        near = close_names(name, book)
        return [f"{where}: 没有名为“{name}”的{what}" + (f", 是否指: {'、'.join(near)}" if near else "")]
    problems = []
    for key in args:
        if key not in registered.parameters:
            listed = "、".join(registered.parameters)
            problems.append(f"{where}.args: “{name}”没有参数“{key}”, 可用参数: {listed}")
    for key, parameter in registered.parameters.items():
        if key in args:
            problems += _value_problems(flow, f"{where}.args.{key}", args[key], parameter, known)
        elif parameter.required:
            problems.append(f"{where}.args: “{name}”缺少参数“{key}”")
    return problems


def _value_problems(
    flow: Flow, where: str, value: object, parameter: Parameter, known: Mapping[str, set[str]]
) -> list[str]:
    if parameter.many != isinstance(value, list):
        return [f"{where}: 应为{'列表' if parameter.many else '单个值'}"]
    values = value if isinstance(value, list) else [value]
    if not values:  # nothing asked of nothing always holds
        return [f"{where}: 列表不能为空"]
    return [
        problem for one in values for problem in _single_problems(flow, where, one, parameter.kind, known)
    ]


def _single_problems(
    flow: Flow, where: str, value: object, kind: object, known: Mapping[str, set[str]]
) -> list[str]:
    if kind is int:
        return [] if isinstance(value, int) and not isinstance(value, bool) else [f"{where}: 应为整数"]
    if not isinstance(value, str):
        return [f"{where}: 应为文字"]
    if kind is Unit:
        # An hour has no place in a count of days; a limit of hours is a deadline.
        units = [unit for unit in Unit if unit is not Unit.HOUR]
        return [] if value in units else [f"{where}: 单位应为 {'、'.join(units)}"]
    if kind is FieldPath:
        return _path_problems(flow, where, value, known)
    if kind in (ElsewherePath, BesideName):
        return (
            []
            if _ELSEWHERE.fullmatch(value)
            else [f"{where}: “{value}”应为另案的文书或者“文书.项”, 用其编号"]
        )
    section = SECTION_OF.get(kind)  # type: ignore[call-overload]
    if section and value not in known[section]:
        return [unknown(where, section, value, known[section])]
    return []


def _path_problems(flow: Flow, where: str, path: str, known: Mapping[str, set[str]]) -> list[str]:
    kind, dot, name = path.partition(".")
    if kind not in flow.document:
        return [] if kind in known["document"] else [unknown(where, "document", kind, known["document"])]
    document = flow.document[kind]
    fields = {*document.field, *(["number"] if document.number else [])}
    if not dot or name in fields or path in known.get("field", ()):
        return []
    near = close_names(name, fields)
    return [f"{where}: 文书“{kind}”没有“{name}”这一项" + (f", 是否指: {'、'.join(near)}" if near else "")]


def _day_problems(flow: Flow, where: str, path: str) -> list[str]:
    """A period can only run from a day or to one."""
    kind, _, name = path.partition(".")
    field = flow.document[kind].field.get(name) if kind in flow.document else None
    if name == "" or (field and field.type in ("date", "moment")) or (field is None and name != "number"):
        return []
    return [f"{where}: “{path}”不是日期"]


def _paths(flow: Flow) -> Iterator[tuple[str, str]]:
    for key, deadline in flow.deadline.items():
        if deadline.from_:
            yield (f"deadline.{key}.from", deadline.from_)
    for key, step in flow.transition.items():
        if step.moves:
            yield (f"transition.{key}.moves.until", step.moves.until)
    for key, order in flow.order.items():
        yield from ((f"order.{key}.over", path) for path in order.over if "." in path)
