"""A record as a person wrote it (登记表的一行): read field by field, keeping every problem for one answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final, TypeVar

from zhifa_flow.model.errors import InputError, close_names

T = TypeVar("T")

_YES_NO: Final = {"是": True, "否": False, "true": True, "false": False, "1": True, "0": False}
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
#: A line of a form; whatever is longer belongs in a document.
LONGEST: Final = 500
#: A passage of a form: an article with its items, what a post has to do.
PASSAGE: Final = 5000
# Control characters, line breaks, what turns the reading direction or takes no room, and halves of characters:
# two names that differ only in these look the same on paper.
_HIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_LIST_MARK: Final = re.compile(r"[、,，;；]")


def line_problem(text: str, longest: int = LONGEST) -> str | None:
    """What is wrong with a text that has to be one legible line of a form; None if nothing is."""
    if _HIDDEN.search(text):
        return "含有不可见的字符(控制字符、换行、零宽字符或者改变文字方向的字符), 请重新输入"
    return f"有{len(text)}字, 至多{longest}字" if len(text) > longest else None


class RecordError(InputError, ValueError):
    """What was written in a record cannot stand; carries every problem."""


class Record:
    """Reads the fields of one raw mapping; ``problems`` holds, in Chinese, everything that was wrong.

    ``labels`` names every field that may occur, in Chinese; a field can be given under either name.
    """

    def __init__(self, raw: Mapping[str, object], labels: Mapping[str, str]) -> None:
        self.problems: list[str] = []
        self._labels = labels
        self._values: dict[str, object] = {}
        keys = {label: key for key, label in labels.items()}
        for name, value in raw.items():
            key = keys.get(name, name)
            if key not in labels:
                self.problems.append(f"没有“{name}”这个字段{_hint(name, [*labels, *keys])}")
            elif key in self._values:
                self.problem(key, "填写了两次")
            elif value not in (None, "", []):
                self._values[key] = value

    def problem(self, key: str, text: str) -> None:
        """Add a problem with one field."""
        self.problems.append(f"{self._labels[key]}{text}")

    def has(self, key: str) -> bool:
        """Whether anything was written in the field."""
        return key in self._values

    def text(self, key: str, longest: int = LONGEST) -> str | None:
        """The text of a field, None if it is empty."""
        value = self._values.get(key)
        if value is None:
            return None
        text = value.strip() if isinstance(value, str) else ""
        problem = line_problem(text, longest) if text else "应填写文字"
        if problem:
            self.problem(key, problem)
        return None if problem else text

    def required(self, key: str, longest: int = LONGEST) -> str:
        """The text of a field that may not be empty."""
        self.stated(key)
        return self.text(key, longest) or ""

    def term(self, key: str, read: Callable[[str], T]) -> T | None:
        """What the text of a field stands for; the reader's ValueError becomes a problem."""
        text = self.text(key)
        if text is None:
            return None
        try:
            return read(text)
        except ValueError as error:
            self.problem(key, f": {error}")
            return None

    def stated(self, key: str) -> None:
        """Demand that something is written in the field."""
        if not self.has(key):
            self.problem(key, "没有填写")

    def day(self, key: str) -> date | None:
        """The day written in a field: a date, or text like 2026-03-01."""
        value = self._values.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is None:
            return None
        try:
            # fromisoformat alone would also take 20260301 and 2026-W09-7.
            return date.fromisoformat(str(value) if _DAY.fullmatch(str(value)) else "")
        except ValueError:
            self.problem(key, f"应为日期(如2026-03-01), 不能是“{value}”")
            return None

    def yes(self, key: str) -> bool:
        """Whether the field says yes; an empty one says no."""
        value = self._values.get(key, False)
        answer = value if isinstance(value, bool) else _YES_NO.get(str(value).strip().lower())
        if answer is None:
            self.problem(key, f"应填写“是”或者“否”, 不能是“{value}”")
        return bool(answer)

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list, also of one written in a single cell with 、 between them."""
        value = self._values.get(key, ())
        parts = _LIST_MARK.split(value) if isinstance(value, str) else value
        if isinstance(parts, (list, tuple, frozenset)) and all(isinstance(part, str) for part in parts):
            return tuple(part.strip() for part in parts if part.strip())
        self.problem(key, "应为一列文字")
        return ()

    def records(self, key: str, read: Callable[[Mapping[str, object]], T]) -> tuple[T, ...]:
        """What every row of a sub-table stands for; problems of a row come with its number."""
        rows = self._values.get(key, ())
        if not isinstance(rows, (list, tuple)) or not all(isinstance(row, Mapping) for row in rows):
            self.problem(key, "应为一组记录")
            return ()
        found = []
        for number, row in enumerate(rows, start=1):
            try:
                found.append(read(row))
            except RecordError as error:
                self.problems += [f"{self._labels[key]}第{number}条: {text}" for text in error.problems]
        return tuple(found)

    def settle(self, error: type[RecordError]) -> None:
        """Raise the error with every problem, if there is one."""
        if self.problems:
            raise error(self.problems)


def _hint(name: str, known: list[str]) -> str:
    close = close_names(name, known)
    return f", 是否指: {'、'.join(close)}" if close else ""


def plain(**values: object) -> dict[str, object]:
    """The fields of a record to be kept: days as ISO text, empty fields left out."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if value not in (None, "", False, [])
    }
