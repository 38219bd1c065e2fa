"""The registered checks (判断) and finding rules (认定规则), and what their arguments refer to.

A check is a pure function ``(situation, **args) -> str | None``: None when the condition holds, otherwise the
fact found, in Chinese (it may be empty). A rule answers a ``Found``. The annotation of each argument tells the
flow checker what a name in the file must be: ``FieldPath`` is "document.field", ``FindingName`` a finding …
``ElsewherePath`` is "document.field" or "document" of another case of the party, whatever its flow;
``BesideName`` is a document of a case around this one (the main case, what else that one opened, what this one
opens), ``BesideField`` a field of it, ``BesideFlow`` the flow of such a case and ``BesideDeadline`` a deadline of that,
``BesideRule`` the rule under which the main case opens another side duty,
``ChildState`` a state of the side duty that the same call names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NewType, TypeVar, Union, get_args, get_origin, get_type_hints

DocumentName = NewType("DocumentName", str)
FieldPath = NewType("FieldPath", str)
ElsewherePath = NewType("ElsewherePath", str)
BesideName = NewType("BesideName", str)
BesideField = NewType("BesideField", str)
BesideFlow = NewType("BesideFlow", str)
BesideDeadline = NewType("BesideDeadline", str)
BesideRule = NewType("BesideRule", str)
FindingName = NewType("FindingName", str)
DeadlineName = NewType("DeadlineName", str)
TableName = NewType("TableName", str)
FlagName = NewType("FlagName", str)
ChildName = NewType("ChildName", str)
ChildState = NewType("ChildState", str)
TriggerName = NewType("TriggerName", str)

#: What an argument can refer to, besides plain text, numbers and units.
REFERENCES = (
    DocumentName, FieldPath, ElsewherePath, BesideName, BesideField, BesideFlow, BesideDeadline, BesideRule, FindingName,
    DeadlineName, TableName, FlagName, ChildName, ChildState, TriggerName,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What a finding came to: True, False, an amount, or None where it cannot be determined.

    ``row`` names the table row or document that decided; ``basis`` its articles.
    """

    value: bool | int | None
    reason: str
    row: str = ""
    basis: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether a duty that hangs on it is due: also when it cannot be determined, for a duty is never lost."""
        return self.value is None or bool(self.value)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a check or rule as its annotation states it."""

    kind: object
    many: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Registered:
    """A check or rule with its arguments."""

    name: str
    call: Callable[..., object]
    parameters: Mapping[str, Parameter]
    doc: str


C = TypeVar("C", bound=Callable[..., "str | None"])
R = TypeVar("R", bound=Callable[..., Found])

CHECKS: dict[str, Registered] = {}
RULES: dict[str, Registered] = {}


def _parameter(annotation: object, *, required: bool) -> Parameter:
    if get_origin(annotation) is Union or type(annotation).__name__ == "UnionType":
        annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
    if get_origin(annotation) is tuple:
        return Parameter(kind=get_args(annotation)[0], many=True, required=required)
    return Parameter(kind=annotation, many=False, required=required)


def _register(book: dict[str, Registered], function: Callable[..., object]) -> None:
    name = function.__name__
    if name in book:
        raise ValueError(f"{name} is registered twice")
    hints = {key: hint for key, hint in get_type_hints(function).items() if key not in ("return", "s")}
    defaults = function.__kwdefaults__ or {}
    parameters = {key: _parameter(hint, required=key not in defaults) for key, hint in hints.items()}
    book[name] = Registered(
        name=name, call=function, parameters=parameters, doc=(function.__doc__ or "").strip()
    )


def check(function: C) -> C:
    """Register a check under its own name."""
    _register(CHECKS, function)
    return function


def rule(function: R) -> R:
    """Register a finding rule under its own name."""
    _register(RULES, function)
    return function
