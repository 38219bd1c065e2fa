"""Differences (不同之处): what one version of a flow says otherwise than another, in the words of the trade, not in lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from zhifa_flow.engine import saying
from zhifa_flow.model.flow import Flow

Kind = Literal["added", "removed", "renamed", "changed"]

#: Every group in the order in which differences are told, with the Chinese name of what is in it.
GROUPS: Final = {
    "flow": "流程", "stage": "环节", "state": "状态", "transition": "流转", "role": "办理人", "guard": "条件",
    "document": "文书", "field": "文书项目", "deadline": "期限", "finding": "认定", "child": "附随程序", "flag": "情形",
    "order": "法定顺序",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different: of which entry, in what respect, and how it was and is.

    ``group`` is a key of ``GROUPS``, ``key`` that of the entry in the file; ``aspect``, ``was`` and ``now`` are empty
    where the whole entry is new or gone.
    """

    group: str
    kind: Kind
    key: str
    name: str
    aspect: str = ""
    was: str = ""
    now: str = ""

    @property
    def text(self) -> str:
        """The difference as a Chinese sentence."""
        if self.kind == "added":
            return f"新增“{self.name}”" + (f": {self.now}" if self.now else "")
        if self.kind == "removed":
            return f"删去“{self.name}”" + (f": {self.was}" if self.was else "")
        if self.kind == "renamed":
            return f"“{self.was}”改称“{self.now}”"
        return f"“{self.name}”的{self.aspect}: {self.was or '(无)'} → {self.now or '(无)'}"


def differences(old: Flow, new: Flow) -> Iterator[Difference]:
    """Everything that the second flow says otherwise than the first, group by group; nothing where they say the same.

    What only bears another name is told once, and not again wherever it is named.
    """
    told = _in_words_of(new, old)
    said, now_said = {new.id: dict(saying.of_flow(told))}, {new.id: dict(saying.of_flow(new))}
    yield from _compared("flow", said, now_said, {new.id: old.name}, {new.id: new.name})
    for group in GROUPS:
        if group == "field":
            for kind in old.document:
                if kind in new.document:
                    yield from _fields(old, new, kind)
        elif group != "flow":
            yield from _entries(group, old, told, new)


def _entries(group: str, old: Flow, told: Flow, new: Flow) -> Iterator[Difference]:
    said = saying.SECTIONS[group]
    before = {key: dict(said(told, key)) for key in getattr(old, group)}
    after = {key: dict(said(new, key)) for key in getattr(new, group)}
    yield from _compared(group, before, after, saying.names(old, group), saying.names(new, group))


def _fields(old: Flow, new: Flow, kind: str) -> Iterator[Difference]:
    was, now = saying.fields_of(old.document[kind]), saying.fields_of(new.document[kind])
    of = f"《{new.document[kind].name}》"
    yield from _compared(
        "field",
        {f"{kind}.{key}": dict(saying.of_field(one)) for key, (_, one) in was.items()},
        {f"{kind}.{key}": dict(saying.of_field(one)) for key, (_, one) in now.items()},
        {f"{kind}.{key}": f"{of}{name}" for key, (name, _) in was.items()},
        {f"{kind}.{key}": f"{of}{name}" for key, (name, _) in now.items()},
    )


def _in_words_of(new: Flow, old: Flow) -> Flow:
    """The old version with everything that both know called as the new one calls it."""
    renamed = {}
    for group in GROUPS:
        if group in ("flow", "field", "order"):
            continue
        word = "refusal" if group == "guard" else "name"
        known = getattr(new, group)
        renamed[group] = {
            key: one.model_copy(update={word: getattr(known[key], word)}) if key in known else one
            for key, one in getattr(old, group).items()
        }
    for key, kind in renamed["document"].items():
        fields = new.document[key].field if key in new.document else {}
        called = {
            name: field.model_copy(update={"name": fields[name].name}) if name in fields else field
            for name, field in kind.field.items()
        }
        renamed["document"][key] = kind.model_copy(update={"field": called})
    return old.model_copy(update=renamed)


def _compared(
    group: str, was: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]],
    names: Mapping[str, str], new_names: Mapping[str, str],
) -> Iterator[Difference]:  # fmt: skip
    for key in was:
        if key not in now:
            yield Difference(group, "removed", key, names[key], was=_summary(was[key]))
    for key in now:
        if key not in was:
            yield Difference(group, "added", key, new_names[key], now=_summary(now[key]))
            continue
        if names[key] != new_names[key]:
            yield Difference(group, "renamed", key, new_names[key], was=names[key], now=new_names[key])
        yield from _changed(group, key, new_names[key], was[key], now[key])


def _changed(
    group: str, key: str, name: str, was: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Difference]:
    for aspect, text in now.items():
        if was[aspect] != text:
            yield Difference(group, "changed", key, name, aspect, was[aspect], text)


def _summary(said: Mapping[str, str]) -> str:
    return "; ".join(f"{aspect} {text}" for aspect, text in said.items() if text)
