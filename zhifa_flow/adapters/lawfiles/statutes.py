"""The statute index on disk (statutes.json): read whole, or refused with every problem."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from zhifa_flow.adapters.lawfiles.toml import read_text
from zhifa_flow.model.errors import FileError, close_names
from zhifa_flow.model.statute import Rank, Statute, StatuteIndex


def load_statutes(path: Path) -> StatuteIndex:
    """The index that the file holds: one entry for each version, under ``short`` or ``short@version``.

    Raises:
        FileError: every problem of the file, in Chinese.
    """
    problems: list[str] = []
    entries = _read(path, problems)
    statutes: list[Statute] = []
    for key, entry in entries:
        found = _statute(key, entry, problems)
        if found and any((found.short, found.in_force_from) == (s.short, s.in_force_from) for s in statutes):
            problems.append(f"“{key}”: 《{found.short}》同一施行日期的版本已经有了")
        statutes += [found] if found else []
    if problems:
        raise FileError(str(path), problems)
    return StatuteIndex(statutes)


def _read(path: Path, problems: list[str]) -> list[tuple[str, object]]:
    try:
        entries = json.loads(read_text(path, path.parent), object_pairs_hook=_Pairs)
    except FileError as error:
        problems += error.problems
    except json.JSONDecodeError as error:
        problems.append(f"不是JSON文件: 第{error.lineno}行第{error.colno}列有误")
    except ValueError:  # Python reads no number of more than 4,300 digits
        problems.append("含有过长的数字")
    except RecursionError:
        problems.append("嵌套过深")
    else:
        if isinstance(entries, _Pairs):
            return list(entries)
        problems.append("最外层应为对象: 法规简称或者“简称@版本”对应一部法规")
    return []


class _Pairs(list[tuple[str, object]]):
    """A JSON object with its repeated keys, which a dict would swallow."""


def _statute(key: str, entry: object, problems: list[str]) -> Statute | None:
    if not isinstance(entry, _Pairs):
        problems.append(f"“{key}”: 应为对象")
        return None
    values = {name: dict(value) if isinstance(value, _Pairs) else value for name, value in entry}
    try:
        statute = Statute.model_validate(values)
    except ValidationError as error:
        problems += [f"“{key}”: {_in_chinese(detail)}" for detail in error.errors()]
        return None
    problems += [f"“{key}”: {text}" for text in _misplaced(key, entry, statute)]
    return statute


def _misplaced(key: str, entry: _Pairs, statute: Statute) -> Iterator[str]:
    for where in (entry, *(value for _, value in entry if isinstance(value, _Pairs))):
        names = [name for name, _ in where]
        yield from (f"“{name}”出现了两次" for name in dict.fromkeys(names) if names.count(name) > 1)
    if key.split("@", maxsplit=1)[0] != statute.short:
        yield f"与简称“{statute.short}”不一致"


def _in_chinese(detail: ErrorDetails) -> str:
    field = ".".join(map(str, detail["loc"]))
    match detail["type"]:
        case "missing":
            return f"缺少“{field}”"
        case "extra_forbidden":
            close = close_names(field, Statute.model_fields)
            return f"没有“{field}”这个字段" + (f", 是否指: {'、'.join(close)}" if close else "")
        case "enum":
            known = "、".join(f"{rank.value}({rank.chinese})" for rank in Rank)
            return f"“{field}”不能是“{detail['input']}”, 可以填写: {known}"
        case "value_error":
            return str(detail["ctx"]["error"])
        case _:
            return f"“{field}”的值“{detail['input']}”不对"
