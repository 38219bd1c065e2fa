"""The documents in force, as one text in the row of their case: a paper is decoded when somebody looks at it.

A step looks at a few of the papers of a case and leaves nearly all of them as they are. So the text holds one paper
a line (and is JSON as a whole); lines nobody looked at go back as they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic_core import from_json

from zhifa_flow.model.case import Paper
from zhifa_flow.model.errors import StoreError

_WRITE: Final = TypeAdapter(Paper).serializer.to_json
_NAMES: Final = tuple(Paper.__dataclass_fields__)
# Compact JSON escapes every line feed inside it, so this mark stands between papers only.
_BETWEEN: Final = ",\n"
_KIND: Final = '{"kind":"'
_KIND_BEGINS: Final = len(_KIND)


class FiledPaper(Paper):
    """A paper as it came from the store. Equal to the paper that was put there, and used like it."""

    __slots__ = ("line",)
    line: str

    def __getattr__(self, name: str) -> object:
        """Decode the line: asked only while the value is not there yet."""
        if name not in _NAMES:
            raise AttributeError(name)
        try:
            said = {"origin": "", **from_json(self.line)}  # older lines do not say it
            said["on"], said["by"] = date.fromisoformat(said["on"]), tuple(said["by"])
            for each, put in _PUT.items():
                put(self, said[each])
        except (ValueError, TypeError, KeyError):
            kind = _kind(self.line)
            raise StoreError(f"数据库中文书“{kind}”的记录已损坏, 不能读取; 请用 zhifa verify 查明") from None
        return said[name]

    def __eq__(self, other: object) -> bool:
        """Whether the other paper says the same, however it came here."""
        if not isinstance(other, Paper):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _NAMES)

    __hash__ = Paper.__hash__


# A frozen class is filled through its slots.
_PUT: Final[Mapping[str, Any]] = {name: getattr(Paper, name).__set__ for name in _NAMES}
_put_line: Final[Any] = vars(FiledPaper)["line"].__set__


def papers_text(papers: Mapping[str, Iterable[Paper]]) -> str:
    """The text that holds them."""
    lines = [_line(paper) for held in papers.values() for paper in held]
    return f"[{_BETWEEN.join(lines)}]"


def papers_of(text: str) -> dict[str, tuple[Paper, ...]]:
    """The papers that a text holds, by kind, the oldest of each first. Raises ValueError where it is no such text."""
    if text[:1] != "[" or text[-1:] != "]":
        raise ValueError(text)
    papers: dict[str, tuple[Paper, ...]] = {}
    make = FiledPaper.__new__
    for line in text[1:-1].split(_BETWEEN) if len(text) > len("[]") else ():
        paper = make(FiledPaper)
        _put_line(paper, line)
        kind = _kind(line)
        papers[kind] = (*papers[kind], paper) if kind in papers else (paper,)
    return papers


def _line(paper: Paper) -> str:
    kept: str | None = getattr(paper, "line", None)
    return _WRITE(paper).decode() if kept is None else kept


def _kind(line: str) -> str:
    """The kind of the paper in a line, without decoding it."""
    return line[_KIND_BEGINS : line.find('"', _KIND_BEGINS)]
