"""How wide a line of Chinese is, and where it may be broken: counted, because no font is ever asked."""

from __future__ import annotations

import re
import unicodedata

#: Offices have one of these; the last word lets the viewer choose.
FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, WenQuanYi Micro Hei, sans-serif"

#: Of an em: the widest of the fonts above for capitals and digits; Chinese characters are an em each.
NARROW = 0.62

_NOT_FIRST = frozenset("、，。；：？！）》”’〉】〕…·,.;:?!)]%")
_NOT_LAST = frozenset("（《“‘〈【〔([")
#: What is not broken if a line can hold it: 10个工作日, (调查岗, 不少于2人), a word or number.
_PIECES = re.compile(r"\d+个?(?:工作日|小时|[日月年])|\([^()]{1,14}\)|[0-9A-Za-z@._+\-]+|\s+|.", re.DOTALL)
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """The text on one line, without what no drawing may carry (control characters, turned reading order)."""
    return " ".join(_UNPRINTABLE.sub("�", text).split())


def width(text: str, size: float) -> float:
    """How wide the text is in letters of that size, never less than what is drawn."""
    return size * sum(_ems(letter) for letter in text)


def _ems(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WFA" else NARROW


def wrap(text: str, room: float, size: float) -> tuple[str, ...]:
    """The text in lines no wider than ``room``: numbers and Latin words whole, no line begins with 、 or ends with 《.

    >>> wrap("自收到申请之日起20个工作日内, 依法办理", 80, 10)
    ('自收到申请之日起', '20个工作日内,', '依法办理')
    """
    lines: list[list[str]] = [[]]
    for piece in _pieces(clean(text), room, size):
        line = lines[-1]
        if width("".join(line) + piece.rstrip(), size) > room and line:
            carried = _carried(line, piece)
            fits = width("".join(carried) + piece, size) <= room
            lines.append([*carried, piece] if fits else [piece])
            del line[len(line) - len(carried) if fits else len(line) :]
        else:
            line.append(piece)
    return tuple(done for line in lines if (done := "".join(line).strip()))


def balanced(text: str, room: float, size: float) -> tuple[str, ...]:
    """The text in as few lines as ``wrap`` needs, of about the same length each."""
    lines = wrap(text, room, size)
    whole = max((width(piece, size) for piece in _pieces(clean(text), room, size)), default=0)
    narrower = room
    while narrower - size / 2 > max(whole, size) and len(lines) > 1:
        narrower -= size / 2
        tried = wrap(text, narrower, size)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _pieces(text: str, room: float, size: float) -> list[str]:
    found: list[str] = []
    for piece in _PIECES.findall(text):
        found += [piece] if width(piece, size) <= room else list(piece)
    return found


def _carried(line: list[str], piece: str) -> list[str]:
    """What has to leave a full line together with the piece that no longer fits."""
    count, following = 0, piece
    while count < len(line) - 1 and (following[0] in _NOT_FIRST or line[-1 - count] in _NOT_LAST):
        count += 1
        following = line[-count]
    return line[len(line) - count :]
