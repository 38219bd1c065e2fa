"""The wording of what people write: what can be kept as text, and how a wrong value is named in an answer."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

#: A document is a form, not an archive; larger content belongs in an attachment.
LONGEST_TEXT = 20_000

# Control characters and halves of characters: no printer shows them, no store keeps them whole.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"


class WrongValue(Exception):
    """What was written in a field cannot stand; carries every problem in Chinese."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems


def text_problem(text: str) -> str | None:
    """Why a text cannot be kept: too long, with characters nobody can see, or with nothing else; None if it can."""
    if len(text.strip()) > LONGEST_TEXT:
        return f"有{len(text.strip())}字, 至多{LONGEST_TEXT}字; 较长内容请作为附件"
    if _HIDDEN.search(text):
        return "含有不可见的控制字符或者不完整的字符"
    shown = any(unicodedata.category(char)[0] not in "CZ" and char not in _FILLERS for char in text)
    return None if shown else "没有填写"


def legible(raw: str, where: str) -> str:
    """The text without what surrounds it.

    Raises:
        WrongValue: it cannot be kept.
    """
    if problem := text_problem(raw):
        raise WrongValue(f"{where}{problem}")
    return raw.strip()


def shown(raw: object) -> str:
    """What was typed, as far as it can be repeated in a sentence."""
    if not isinstance(raw, str | int | float | date):
        return kind_of(raw)
    text = str(raw)
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"


def kind_of(raw: object) -> str:
    """What sort of value it is, in Chinese."""
    names = {bool: "是非值", int: "数字", float: "小数", str: "文字", list: "列表", dict: "表", tuple: "列表"}
    return names.get(type(raw), "日期" if isinstance(raw, date) else "其他内容")
