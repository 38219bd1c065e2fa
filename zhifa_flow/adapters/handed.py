"""Files that a person hands in (文书、名册、当事人): TOML or JSON, of a sane size, every mistake in Chinese."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import tomli

from zhifa_flow.model.errors import InputError
from zhifa_flow.model.hindrance import hindrance

#: A document is a form; whatever is larger belongs in an attachment.
LARGEST = 1024 * 1024

# json.dumps writes a control character (but for \n, \r, \t, \b, \f) as \u00XX, a backslash as two.
_CONTROL = re.compile(r"(?<!\\)(?:\\\\)*(?:\\u00|\\b|\\f)")


class _Wrong(ValueError):
    """What a hook of the JSON reader found, in Chinese."""


def read_handed(path: Path, *, largest: int = LARGEST) -> dict[str, Any] | list[Any]:
    """The content of a TOML or JSON file: a table, or in JSON also a list.

    Raises:
        InputError: not there, a folder, no regular file, too large, not UTF-8, or not what its ending says.
    """
    parse = _PARSERS.get(path.suffix.lower())
    if parse is None:
        _fail(path, "文件名应以 .toml 或者 .json 结尾")
    content: dict[str, Any] | list[Any] = parse_handed(_text(path, largest), f"文件“{path}”", parse)
    if not isinstance(content, dict | list):
        _fail(path, "最外层应为字段和内容")
    return content


def parse_json(text: str, where: str) -> Any:
    """The content of a JSON text that a person typed.

    Raises:
        InputError: it is not JSON, nests too deeply, or holds characters that no document can hold.
    """
    return parse_handed(text, where, _json)


def parse_handed(text: str, where: str, parse: Callable[[str], Any]) -> Any:
    """The content of a text; ``where`` names it in messages.

    Raises:
        InputError: it cannot be parsed, or holds control characters or halves of characters.
    """
    try:
        content = parse(text)
        flat = json.dumps(content, ensure_ascii=False, default=str)
        flat.encode("utf-8")
    except RecursionError:
        _fail(where, "嵌套过深")
    except UnicodeEncodeError:
        _fail(where, "含有不完整的字符(单独的代理项), 无法保存")
    except _Wrong as error:
        _fail(where, str(error))
    except json.JSONDecodeError as error:
        _fail(where, f"不是合格的 JSON: 第{error.lineno}行第{error.colno}列有误")
    except tomli.TOMLDecodeError as error:
        _fail(where, f"不是合格的 TOML: {_place(str(error), text)}")
    except ValueError:  # Python reads no number of more than 4,300 digits
        _fail(where, "含有过长的数字")
    if _CONTROL.search(flat):
        _fail(where, "含有不可见的控制字符")
    return content


def _place(message: str, text: str) -> str:
    found = re.search(r"line (\d+), column (\d+)", message)
    if found is None:
        return "文件没有写完"
    line, column = int(found[1]), int(found[2])
    rest = text.splitlines()[line - 1][column - 1 :]
    hint = '; 中文的项目名应加引号, 如 "地址" = "某路"' if rest[:1] > "\x7f" else ""
    return f"第{line}行第{column}列有误{hint}"


def _text(path: Path, largest: int) -> str:
    try:
        if path.is_dir():
            _fail(path, "这是一个文件夹, 不是文件")
        if path.exists() and not path.is_file():
            _fail(path, "这不是普通文件")
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        _fail(path, "没有这个文件")
    except OSError as error:
        _fail(path, f"不能读取({hindrance(error)})")
    if len(content) > largest:
        _fail(path, f"超过上限{largest:,}字节; 较长的内容请作为附件(--attach)")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        _fail(path, "不是 UTF-8 编码, 请另存为 UTF-8")


def _json(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Wrong("“" + "、".join(key for key in read if keys.count(key) > 1) + "”出现了两次")
    return read


def _no_number(word: str) -> NoReturn:
    raise _Wrong(f"“{word}”不是数字")


def _fail(where: object, what: str) -> NoReturn:
    raise InputError([f"文件“{where}”: {what}" if isinstance(where, Path) else f"{where}: {what}"])


_PARSERS: Mapping[str, Callable[[str], Any]] = {".toml": tomli.loads, ".json": _json}
