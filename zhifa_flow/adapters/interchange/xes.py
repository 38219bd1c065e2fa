"""XES (IEEE 1849-2016): the steps of cases as an event log, a trace for each case.

Nobody is named unless it is asked for: persons are numbered in the order in which they first appear in the log, and
neither the party, nor the matter, nor what is written in documents leaves the house. Events stand in the order of
the steps; ``time:timestamp`` is the legal day of the act, ``entered_at`` the moment it was entered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Final
from xml.etree.ElementTree import Element

from zhifa_flow.adapters.interchange.markup import node, written
from zhifa_flow.casework.traces import Trace
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.engine.steps import step_name
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.step import Step

_EXTENSIONS: Final = (
    ("Concept", "concept"), ("Lifecycle", "lifecycle"), ("Organizational", "org"), ("Time", "time"),
)  # fmt: skip
#: What every trace and every event has, each with the value that says that nothing is known.
_GLOBALS: Final = {
    "trace": (("string", "concept:name", "无"), ("string", "flow", "无")),
    "event": (
        ("string", "concept:name", "无"), ("string", "lifecycle:transition", "complete"),
        ("date", "time:timestamp", "1970-01-01T00:00:00.000+08:00"), ("string", "trigger", "无"),
    ),
}  # fmt: skip
_CLASSIFIERS: Final = (("Activity", "concept:name"), ("Trigger", "trigger"), ("Resource", "org:resource"))


class Persons:
    """What the log calls persons: by a number, or as the register named them on the day of the step."""

    def __init__(self, *, named: bool) -> None:
        self._named = named
        self._numbers: dict[str, str] = {}

    def call(self, step: Step, persons: Sequence[str]) -> str:
        """Several persons in one text; empty for nobody."""
        if self._named:
            return "、".join(step.signed.get(one, one) for one in persons)
        return "、".join(
            self._numbers.setdefault(one, f"人员{len(self._numbers) + 1}") for one in persons if one
        )


def xes_of(traces: Sequence[Trace], *, with_names: bool = False) -> bytes:
    """The cases as one log, in UTF-8; ``with_names`` names officers and matters."""
    persons = Persons(named=with_names)
    inside = [
        *(
            node("extension", {"name": name, "prefix": prefix, "uri": f"http://www.xes-standard.org/{prefix}.xesext"})
            for name, prefix in _EXTENSIONS
        ),
        *(node("global", {"scope": scope}, [_said(*one) for one in known]) for scope, known in _GLOBALS.items()),
        *(node("classifier", {"name": name, "keys": keys, "scope": "event"}) for name, keys in _CLASSIFIERS),
        _said("string", "lifecycle:model", "standard"),
        _said("string", "persons", "named" if with_names else "numbered"),
        *(_trace(one, persons, with_names=with_names) for one in traces),
    ]  # fmt: skip
    return written(node("log", {"xes.version": "1849.2016", "xes.features": ""}, inside))


def _said(kind: str, key: str, value: str) -> Element:
    return node(kind, {"key": key, "value": value})


def _texts(**said: str) -> Iterator[Element]:
    return (_said("string", key.replace("__", ":"), value) for key, value in said.items() if value)


def _trace(one: Trace, persons: Persons, *, with_names: bool) -> Element:
    case, flow = one.case, one.flow
    about = _texts(
        concept__name=case.id, flow=flow.ref, flow_name=flow.name, agency=case.agency, parent=case.parent or "",
        relation=case.relation or "", state=case.state, state_name=flow.state[case.state].name,
        title=case.title if with_names else "",
    )  # fmt: skip
    ended = _said("boolean", "ended", str(case.ended).lower())
    return node("trace", {}, [*about, ended, *(_event(flow, step, persons) for step in one.steps)])


def _event(flow: Flow, step: Step, persons: Persons) -> Element:
    role = flow.role.get(step.role)
    about = _texts(
        concept__name=step_name(flow, step.trigger), lifecycle__transition="complete", trigger=step.trigger,
        source=step.source, target=step.target, org__resource=persons.call(step, step.by),
        org__role=role.name if role else "", org__group="、".join(role.posts) if role else "",
        recorder=persons.call(step, [step.recorder]),
    )  # fmt: skip
    act = datetime.combine(step.on, time(), SHANGHAI)
    opened = (_said("string", f"opened.{child.rule}", child.case) for child in step.opened)
    return node("event", {}, [
        *about, _said("date", "time:timestamp", _moment(act)), _said("date", "entered_at", _moment(step.entered_at)),
        _said("int", "seq", str(step.seq)), *opened,
    ])  # fmt: skip


def _moment(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="milliseconds")
