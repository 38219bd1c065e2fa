"""Scenario files: ``flows/<id>/scenarios/*.toml``; one may extend another, and let others be played before it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.toml import read_toml, schema_problems
from zhifa_flow.casework.scenarios import Scenario
from zhifa_flow.model.errors import FileError, close_names

#: Keys of a file that are worked in before the scenario is read.
FILE_KEYS = ("extends", "upto", "change")
#: What a step that is like another one says for itself: how it is called and what must come of it.
OWN_KEYS = (
    "id",
    "expect",
    "basis",
    "guard",
    "says",
    "state",
    "due",
    "void",
    "bound",
    "flags",
    "opens",
    "note",
)

#: Ours extend each other over five files at most, and have three cases played before.
LONGEST_CHAIN = 20
MOST_EARLIER = 20


def scenario_paths(root: Path, flow: str = "") -> list[Path]:
    """Every scenario file under the flows folder, or those of one flow."""
    return sorted(root.glob(f"{flow or '*.*'}/scenarios/*.toml"))


def read_scenario(path: Path, root: Path) -> Scenario:
    """A scenario with everything it extends put together, and the scenarios that are played before it.

    Raises:
        FileError: any file of the chain is wrong (all problems of the first that is).
    """
    raw = _merged(path, root, ())
    return _read(path, {**raw, "earlier": [_earlier(place, root) for place in raw.get("earlier", ())]})


def _earlier(path: Path, root: Path) -> Scenario:
    raw = _merged(path, root, ())
    if raw.get("earlier"):  # else two could name each other, and their cases would share their numbers
        raise FileError(path.name, ["先办的另案自己不能再有 earlier; 请在本情景中逐一列出"])
    return _read(path, raw)


def _read(path: Path, raw: dict[str, Any]) -> Scenario:
    try:
        return Scenario.model_validate(raw)
    except ValidationError as error:
        raise FileError(path.name, schema_problems(error, Scenario)) from None


def _merged(path: Path, root: Path, chain: tuple[Path, ...]) -> dict[str, Any]:
    raw = _placed(path, read_toml(path, root))
    place = path.resolve()  # a/../a would never meet itself
    if place in chain:
        raise FileError(path.name, ["extends 互相引用"])
    if len(chain) > LONGEST_CHAIN:
        raise FileError(path.name, [f"extends 超过{LONGEST_CHAIN}层"])
    if "extends" not in raw:
        return _alone(path, raw)
    if not isinstance(raw["extends"], str):
        raise FileError(path.name, ["extends 应为一个情景文件的名称"])
    base = _merged(path.parent / raw["extends"], root, (*chain, place))
    try:
        return _joined(path, base, raw)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        what = "party、agency 应为表, officer、step、change 应为若干项, 所改的路径应当存在"
        raise FileError(path.name, [f"不能与所继承的情景合并({what})"]) from None


def _placed(path: Path, raw: dict[str, Any]) -> dict[str, Any]:
    """With the files of ``earlier``, which are named from where the file itself lies, as paths."""
    named = raw.get("earlier", [])
    if not isinstance(named, list) or not all(isinstance(name, str) for name in named):
        raise FileError(path.name, ["earlier 应为若干情景文件的名称"])
    if len(named) > MOST_EARLIER:  # each is read and played on its own, however short the list of names
        raise FileError(path.name, [f"earlier 最多{MOST_EARLIER}件, 现有{len(named)}件"])
    return {**raw, "earlier": [path.parent / name for name in named]} if named else raw


def _alone(path: Path, raw: dict[str, Any]) -> dict[str, Any]:
    steps = raw.get("step")
    if not isinstance(steps, list) or not any(isinstance(step, dict) and "like" in step for step in steps):
        return raw
    try:
        return {**raw, "step": _likened(path, steps, [])}
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise FileError(path.name, ["like 应为本情景一个步骤的名称, 所改的路径应当存在"]) from None


def _joined(path: Path, base: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    merged = {
        **base,
        **{
            key: value
            for key, value in raw.items()
            if key not in (*FILE_KEYS, "step", "party", "agency", "officer")
        },
    }
    for table in ("party", "agency"):
        merged[table] = {**base.get(table, {}), **raw.get(table, {})}
    people = {str(one.get("id")): one for one in base.get("officer", [])}
    for one in raw.get("officer", []):
        people[str(one.get("id"))] = {**people.get(str(one.get("id")), {}), **one}
    merged["officer"] = list(people.values())
    steps = _upto(path, base["step"], raw.get("upto"))
    for change in raw.get("change", []):
        steps = _changed(path, steps, change)
    merged["step"] = [*steps, *_likened(path, raw.get("step", []), base["step"])]
    return merged


def _likened(path: Path, steps: list[dict[str, Any]], base: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps, each that is ``like`` another one (of this file, else of the base) filled in from it.

    It takes over the act and its documents, not what was expected of it; ``without`` leaves things out.
    """
    written = [step for step in steps if "like" not in step]
    known = {
        **dict(zip(_labels(base), base, strict=True)),
        **dict(zip(_labels(written), written, strict=True)),
    }
    return [_filled_in(path, step, known) if "like" in step else step for step in steps]


def _filled_in(path: Path, step: dict[str, Any], known: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    label = str(step["like"])
    if label not in known:
        near = "、".join(close_names(label, list(known)))
        raise FileError(path.name, [f"没有可以照办的步骤“{label}”" + (f", 是否指: {near}" if near else "")])
    filled = {key: deepcopy(value) for key, value in known[label].items() if key not in OWN_KEYS}
    for dotted in step.get("without", []):
        _remove(filled, str(dotted).split("."))
    _merge(filled, {key: value for key, value in step.items() if key not in ("like", "without")})
    return filled


def _labels(steps: list[dict[str, Any]]) -> list[str]:
    """A label per step: its id, or what it does, with #2, #3 … where that repeats."""
    seen: dict[str, int] = {}
    labels = []
    for step in steps:
        name = str(step.get("id") or step.get("do"))
        seen[name] = seen.get(name, 0) + 1
        labels.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return labels


def _place(path: Path, steps: list[dict[str, Any]], label: str) -> int:
    labels = _labels(steps)
    if label not in labels:
        near = "、".join(close_names(label, labels))
        raise FileError(path.name, [f"所继承的情景没有步骤“{label}”" + (f", 是否指: {near}" if near else "")])
    return labels.index(label)


def _upto(path: Path, steps: list[dict[str, Any]], label: str | None) -> list[dict[str, Any]]:
    """The steps of the base before the one named; all of them if none is."""
    copied = deepcopy(steps)
    return copied if label is None else copied[: _place(path, copied, label)]


def _changed(path: Path, steps: list[dict[str, Any]], change: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps with one changed; after a step that is now refused nothing follows."""
    place = _place(path, steps, str(change.get("step")))
    step = steps[place]
    for dotted in change.get("without", []):
        _remove(step, str(dotted).split("."))
    _merge(step, {key: value for key, value in change.items() if key not in ("step", "without")})
    return steps[: place + 1] if step.get("expect") == "refused" else steps


def _remove(table: dict[str, Any], path: list[str]) -> None:
    here: Any = table
    for part in path[:-1]:
        here = here[int(part)] if isinstance(here, list) else here.get(part, {})
    if isinstance(here, list):
        del here[int(path[-1])]
    else:
        here.pop(path[-1], None)


def _merge(table: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(table.get(key), dict):
            _merge(table[key], value)
        else:
            table[key] = deepcopy(value)
