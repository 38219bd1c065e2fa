"""What is handed on held against what is received: of a document the other flow may know less, but nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from zhifa_flow.engine.saying import TYPES
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.flow import Child, DocumentKind, Field, Flow

#: What may be received as something else: a choice is a text.
_READ_AS = {("choice", "text")}


def handing_problems(where: str, flow: Flow, child: Child, version: Flow) -> Iterator[str]:
    """What a version of the other flow says of the documents that it is handed and that these do not bear out.

    It knows each as received (``carried``). Every field it declares is there with the same type, a choice with no
    other options than it knows; what has a number there has one here, and what adds up here adds up there.
    """
    received = {kind: document for kind, document in version.document.items() if document.carried}
    for there, here in child.carries.items():
        if there not in received:
            yield f"{where}: {version.ref}没有由主案带来(carried)的文书“{there}”{_hint(there, received)}"
        elif here in flow.document:
            names = f"{version.ref}的“{there}”", f"带去的“{here}”"
            problems = _document_problems(flow.document[here], received[there], *names)
            yield from (f"{where}: {problem}" for problem in problems)


def _document_problems(ours: DocumentKind, theirs: DocumentKind, there: str, here: str) -> Iterator[str]:
    if theirs.number and not ours.number:
        yield f"{there}有文号(number), {here}没有"
    if ours.repeatable and not theirs.repeatable:
        yield f"{here}可以有多份(repeatable), {there}只有一份"
    yield from _field_problems(ours.field, theirs.field, there, here)


def _field_problems(
    ours: Mapping[str, Field], theirs: Mapping[str, Field], there: str, here: str
) -> Iterator[str]:
    for key, wanted in theirs.items():
        made = ours.get(key)
        if made is None:
            yield f"{there}有“{key}”这一项, {here}没有{_hint(key, ours)}"
            continue
        if made.type != wanted.type and (made.type, wanted.type) not in _READ_AS:
            yield f"“{key}”在{there}中是{TYPES[wanted.type]}, 在{here}中是{TYPES[made.type]}"
        elif wanted.of and (strange := [one for one in made.of if one not in wanted.of]):
            yield f"{there}的“{key}”没有{here}中的选项“{'、'.join(strange)}”"
        yield from _field_problems(made.columns, wanted.columns, f"{there}的“{key}”", f"{here}的“{key}”")


def _hint(name: str, known: Iterable[str]) -> str:
    near = close_names(name, sorted(known))
    return f", 是否指: {'、'.join(near)}" if near else ""
