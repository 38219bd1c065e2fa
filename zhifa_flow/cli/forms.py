"""Documents as they are handed in on the command line: --doc files, --set fields, --attach files.

``--set 文书.字段=内容``: several of a list are divided by 、 or the option is repeated; a row is written
``列=值;列=值`` (one option a row), or all rows as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from zhifa_flow.adapters.handed import parse_json, read_handed
from zhifa_flow.engine.fields import PENALTY_COLUMNS
from zhifa_flow.engine.papers import document_key
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.flow import Field, Flow

#: By kind, one or more sets of fields.
Documents = dict[str, list[dict[str, object]]]

_LISTS: Final = ("choices", "citations", "officers")
_ROWS: Final = ("rows", "penalties")


def read_documents(
    flow: Flow, docs: Sequence[str], sets: Sequence[str], attached: Sequence[str], keep: Callable[[Path], str]
) -> Documents:
    """The documents of a request, under their keys; names that the flow does not know are left as typed.

    Fields set on the command line take the place of those in the file. ``keep`` puts an attachment in the store.

    Raises:
        InputError: every option that cannot be read.
    """
    documents: Documents = {}
    problems: list[str] = []
    for text in docs:
        _collect(problems, partial(_add_file, flow, documents, text))
    written: set[tuple[str, str]] = set()
    for text in sets:
        _collect(problems, partial(_set, flow, documents, text, written))
    if problems:
        raise InputError(problems)
    for text in attached:  # last, so that nothing is kept for a request that cannot be read
        _collect(problems, partial(_attach, flow, documents, text, keep))
    if problems:
        raise InputError(problems)
    return documents


def _collect(problems: list[str], act: Callable[[], None]) -> None:
    try:
        act()
    except InputError as error:
        problems += error.problems


def _add_file(flow: Flow, documents: Documents, text: str) -> None:
    kind, equals, path = text.partition("=")
    if not equals or not kind.strip() or not path.strip():
        raise InputError([f"--doc “{text}”: 应写成 文书=文件, 如 advance_notice=告知书.toml"])
    content = read_handed(Path(path.strip()))
    if not isinstance(content, Mapping):
        raise InputError([f"文件“{path}”: 最外层应为字段和内容, 不是列表"])
    documents.setdefault(_kind(flow, kind), []).append(dict(content))


def _set(flow: Flow, documents: Documents, text: str, written: set[tuple[str, str]]) -> None:
    kind, key, value = _target("--set", flow, text)
    field = field_of(flow, kind, key)
    copies = documents.setdefault(kind, [{}])
    fields = copies[-1]
    typed = typed_value(field, value, f"--set {kind}.{key}")
    name = next((one for one in fields if one in (key, field.name if field else key)), key)
    if (kind, name) not in written:
        fields[name] = typed
    elif isinstance(typed, list) and isinstance(before := fields[name], list):
        fields[name] = [*before, *typed]
    else:
        raise InputError([f"--set {kind}.{key}: 填写了两次, 本项只能填写一个内容"])
    written.add((kind, name))


def _attach(flow: Flow, documents: Documents, text: str, keep: Callable[[Path], str]) -> None:
    kind, key, path = _target("--attach", flow, text)
    field = field_of(flow, kind, key)
    if field is not None and field.type != "file":
        raise InputError([f"--attach {kind}.{key}: “{field.name}”不是附件, 请用 --set 填写"])
    documents.setdefault(kind, [{}])[-1][key] = keep(Path(path))


def _target(option: str, flow: Flow, text: str) -> tuple[str, str, str]:
    name, equals, value = text.partition("=")
    kind, dot, key = name.strip().partition(".")
    if not equals or not dot or not kind or not key:
        raise InputError([f"{option} “{text}”: 应写成 文书.字段=内容, 如 advance_notice.facts=违法事实"])
    return _kind(flow, kind), key.strip(), value.strip()


def _kind(flow: Flow, name: str) -> str:
    return document_key(flow, name) or name.strip()


def field_of(flow: Flow, kind: str, name: str) -> Field | None:
    """The field of a document given by key or Chinese name; None where there is none."""
    document = flow.document.get(kind)
    if document is None:
        return None
    return document.field.get(name) or next(
        (one for one in document.field.values() if one.name == name), None
    )


def typed_value(field: Field | None, text: str, where: str) -> object:
    """A value as it was typed, put in the shape that its field asks for; the engine judges the content.

    Raises:
        InputError: rows that are neither 列=值;列=值 nor JSON.
    """
    if field is None or (field.type not in _LISTS and field.type not in _ROWS):
        return text
    if field.type in _LISTS:
        listed = parse_json(text, where) if text.startswith("[") else _parts(text)
        return listed if isinstance(listed, list) else [listed]
    if text.startswith(("[", "{")):
        rows = parse_json(text, where)
        return rows if isinstance(rows, list) else [rows]
    return [row(field, text, where)]


def row(field: Field, text: str, where: str) -> dict[str, object]:
    """A row written as 列=值;列=值.

    Raises:
        InputError: a part of it has no column; says which columns there are.
    """
    columns = PENALTY_COLUMNS if field.type == "penalties" else field.columns
    cells = [part.partition("=") for part in text.replace("；", ";").split(";") if part.strip()]
    if not cells or any(not equals or not name.strip() for name, equals, _ in cells):
        sample = ";".join(f"{one.name}=…" for one in list(columns.values())[:2])
        named = "、".join(f"{one.name}({key})" for key, one in columns.items())
        raise InputError([f"{where}: 一项应写成 列=值;列=值, 如 {sample}; 可以填写的列: {named}"])
    return {name.strip(): value.strip() for name, _, value in cells}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("，", "、").replace(",", "、").split("、") if part.strip()]
