"""Findings that rest on findings: never on themselves, and no more of them than a person can follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from zhifa_flow.engine.registry import RULES, FindingName
from zhifa_flow.model.flow import Flow

#: A finding is spelled out in full wherever it is used; each that names two others doubles what is to be read.
MOST_SPELLED_OUT: Final = 100


def resting_problems(flow: Flow) -> list[str]:
    """Every finding that could never be computed, or is too much to spell out."""
    above = {key: _named(flow, key) for key in flow.finding}
    wide = {key for key, names in above.items() if len(names) >= MOST_SPELLED_OUT}
    return [_too_much(key) for key in flow.finding if key in wide] or _cycles(above) or _long(above)


def _named(flow: Flow, key: str) -> list[str]:
    finding = flow.finding[key]
    registered = RULES.get(finding.rule)
    named: list[str] = []
    for arg, value in finding.args.items():
        parameter = registered.parameters.get(arg) if registered else None
        if parameter and parameter.kind is FindingName:
            named += [str(one) for one in value] if isinstance(value, list) else [str(value)]
    return named


def _cycles(above: Mapping[str, Sequence[str]]) -> list[str]:
    problems = []
    for key in above:
        seen, queue = set(), list(above[key])
        while queue:
            name = queue.pop()
            if name == key:
                problems.append(f"finding.{key}: 认定引用了自身, 不能计算")
                break
            if name not in seen:
                seen.add(name)
                queue += above.get(name, [])
    return problems


def _long(above: Mapping[str, Sequence[str]]) -> list[str]:
    """Round by round everything counts itself and what it rests on; what is deeper than the rounds has the most too."""
    size = dict.fromkeys(above, 1)
    for _ in range(MOST_SPELLED_OUT):
        # A name that leads nowhere is a mistake of its own.
        grown = {
            key: min(MOST_SPELLED_OUT + 1, 1 + sum(size.get(name, 0) for name in names))
            for key, names in above.items()
        }
        if grown == size:
            break
        size = grown
    return [_too_much(key) for key in above if size[key] > MOST_SPELLED_OUT]


def _too_much(key: str) -> str:
    return f"finding.{key}: 所依据的认定层层展开超过{MOST_SPELLED_OUT}项, 无法逐一审查; 请改写得简单些"
