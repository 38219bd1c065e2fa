"""TOML files read with care: inside their folder, of a sane size, UTF-8, every mistake as a Chinese sentence."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli
from pydantic import BaseModel, ValidationError

from zhifa_flow.model.errors import FileError, close_names
from zhifa_flow.model.hindrance import hindrance

#: A flow file of ours has some 60 KiB; anything larger than this is not one.
LARGEST = 2 * 1024 * 1024
#: A row inside a field inside a document is six deep; what lies deeper than this was not written by hand.
DEEPEST = 32
#: How Python says that a key, a table or a row was there before.
_TWICE = re.compile(r"Cannot (declare|overwrite|mutate|redefine)|Duplicate")


def read_toml(path: Path, root: Path) -> dict[str, Any]:
    """The content of a TOML file that lies in the folder ``root``.

    Raises:
        FileError: not there, a folder, outside the folder (a link), too large, not UTF-8, or not TOML.
    """
    return parse_toml(read_text(path, root), path)


def read_text(path: Path, root: Path) -> str:
    """The text of a file that lies in the folder ``root``.

    Raises:
        FileError: not there, a folder, outside the folder (by its name or as a link), too large, or not UTF-8.
    """
    name = path.name
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            why = "是指向文件夹以外的链接" if lies_in(path, root) else "在文件夹以外"
            raise FileError(name, [f"文件{why}, 不予读取"])
        if path.is_dir():
            raise FileError(name, ["这是一个文件夹, 不是文件"])
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise FileError(name, ["这不是普通文件"])
        if path.stat().st_size > LARGEST:
            raise FileError(name, [f"文件有{path.stat().st_size:,}字节, 超过上限{LARGEST:,}字节"])
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(name, ["文件不是 UTF-8 编码, 请另存为 UTF-8"]) from None
    except OSError as error:
        raise FileError(name, [f"文件不能读取: {hindrance(error)}"]) from None
    except RuntimeError:  # what Python 3.11 and 3.12 make of links that point at each other
        raise FileError(name, ["文件是指向自身的链接, 不能读取"]) from None
    except ValueError:  # what Python makes of a name with a NUL in it
        raise FileError(ascii(name), ["文件名含有不可见的控制字符, 不能读取"]) from None


def is_there(path: Path) -> bool:
    """Whether something of that name lies there, be it a link that leads nowhere."""
    return path.exists() or path.is_symlink()


def lies_in(path: Path, root: Path) -> bool:
    """Whether a path leads into a folder, by its name (wherever links on the way may lead) or in truth."""
    # What pathlib offers instead keeps ".." in a path, or gives up on links that point at each other.
    return any(
        Path(read(path.absolute())).is_relative_to(read(root.absolute()))
        for read in (os.path.normpath, os.path.realpath)
    )


def leads_out(folder: Path, root: Path) -> bool:
    """Whether a folder of that place is a link out of ``root``."""
    return not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root))


def home_of(path: Path, root: Path) -> Path:
    """The folder that reading a file must not lead out of: the folder of flows; for a draft elsewhere, its own."""
    return root if lies_in(path, root) else path.parent


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """The content of a TOML text.

    Raises:
        FileError: it is not TOML, has a key twice, or nests too deeply.
    """
    try:
        raw = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise FileError(path.name, [f"不是合格的 TOML: {_place(str(error))}"]) from None
    except ValueError:  # Python reads no number of more than 4,300 digits
        raise FileError(path.name, ["含有过长的数字"]) from None
    except RecursionError:
        raise FileError(path.name, ["嵌套过深"]) from None
    if _deeper_than(raw, DEEPEST):
        raise FileError(path.name, ["嵌套过深"])
    return raw


def _place(message: str) -> str:
    """Where the mistake is, out of what Python says of it in English."""
    found = re.search(r"line (\d+), column (\d+)", message)
    where = f"第{found[1]}行第{found[2]}列" if found else "文件末尾"
    if _TWICE.search(message):
        return f"{where}有误, 同一项写了两次"
    return f"{where}有误" if found else "文件没有写完"


def _deeper_than(raw: object, levels: int) -> bool:
    """Whether tables and lists nest deeper, found level by level: dotted keys nest without any recursion."""
    layer = [raw]
    for _ in range(levels):
        inner = [
            one.values() if isinstance(one, dict) else one for one in layer if isinstance(one, dict | list)
        ]
        layer = [value for values in inner for value in values]
    return any(isinstance(one, dict | list) for one in layer)


def schema_problems(error: ValidationError, model: type[BaseModel]) -> list[str]:
    """Every mistake that pydantic found, in Chinese, with close names for keys that do not exist."""
    return [text for one in error.errors(include_url=False) for text in schema_problem(one, model)]


def schema_problem(one: Mapping[str, Any], model: type[BaseModel]) -> list[str]:
    """One of pydantic's errors in Chinese; a check of ours that found several things gives a line for each."""
    path = [str(part + 1) if isinstance(part, int) else str(part) for part in one["loc"]]
    where, kind = "".join(f"{part}." for part in path)[:-1], str(one["type"])
    place = f"{where}: " if where else ""
    if kind == "extra_forbidden":
        near = close_names(path[-1], _keys(model, path[:-1]))
        return [f"{place}没有名为“{path[-1]}”的项" + (f", 是否指: {'、'.join(near)}" if near else "")]
    if kind == "missing":
        return [f"{place}缺少这一项"]
    if kind in ("literal_error", "enum"):
        expected = str(one["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
        return [f"{place}“{_short(one['input'])}”不在可选范围: {expected}"]
    if kind == "value_error":
        return [f"{place}{line}" for line in str(one["ctx"]["error"]).split("\n")]
    if kind == "string_pattern_mismatch":
        return [f"{place}名称“{_short(one['input'])}”只能用小写字母、数字和下划线, 以字母开头"]
    wanted = next((name for part, name in _TYPES.items() if part in kind), "另一种类型的值")
    return [f"{place}应为{wanted}, 现为“{_short(one['input'])}”"]


def _short(value: object) -> str:
    words = {dict: "表", list: "列表", bool: "true" if value else "false"}
    return words.get(type(value)) or str(value)[:40]


_TYPES = {
    "string": "文字", "int": "整数", "bool": "true 或 false", "date": "日期(如 2021-07-15)", "tuple": "列表",
    "dict": "表", "model": "表", "greater_than": "更大的数", "less_than": "更小的数",
}  # fmt: skip


def _keys(model: type[BaseModel], path: list[str]) -> list[str]:
    """The keys that the model knows at a place; of tables keyed by name, those of their entries."""
    here: Any = model
    for part in path:
        field = (
            here.model_fields.get(part) if isinstance(here, type) and issubclass(here, BaseModel) else None
        )
        if field is None:
            continue
        here = next((one for one in _models(field.annotation)), here)
    return [field.alias or name for name, field in here.model_fields.items()]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for one in getattr(annotation, "__args__", ()) for found in _models(one)]
