"""The documents in force, as one text in the row of their case: a paper is decoded when somebody looks at it.

A step looks at a few of the papers of a case and leaves nearly all of them as they are. So the text holds one paper
a line (and is JSON as a whole); lines nobody looked at go back as they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pydantic import TypeAdapter

from zhifa_flow.model.case import Paper
from zhifa_flow.model.errors import StoreError

_PAPER: Final = TypeAdapter(Paper)
_NAMES: Final = tuple(Paper.__dataclass_fields__)
# Compact JSON escapes every line feed inside it, so this mark stands between papers only.
_BETWEEN: Final = ",\n"
_KIND: Final = '{"kind":"'


class FiledPaper(Paper):
    """A paper as it came from the store. Equal to the paper that was put there, and used like it."""

    __slots__ = ("line",)
    line: str

    def __getattr__(self, name: str) -> object:
        """Decode the line: asked only while the value is not there yet."""
        if name not in _NAMES:
            raise AttributeError(name)
        try:
            paper = _PAPER.validator.validate_json(self.line)
        except ValueError:
            kind = kind_of(self.line)
            raise StoreError(f"数据库中文书“{kind}”的记录已损坏, 不能读取; 请用 zhifa verify 查明") from None
        for each in _NAMES:
            object.__setattr__(self, each, getattr(paper, each))
        return getattr(paper, name)

    def __eq__(self, other: object) -> bool:
        """Whether the other paper says the same, however it came here."""
        if not isinstance(other, Paper):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _NAMES)

    __hash__ = Paper.__hash__


_set_line = FiledPaper.line.__set__  # type: ignore[attr-defined, misc]


def papers_text(papers: Mapping[str, Iterable[Paper]]) -> str:
    """The text that holds them."""
    lines = [_line(paper) for held in papers.values() for paper in held]
    return f"[{_BETWEEN.join(lines)}]"


def papers_of(text: str) -> dict[str, tuple[Paper, ...]]:
    """The papers that a text holds, by kind, the oldest of each first. Raises ValueError where it is no such text."""
    if text[:1] != "[" or text[-1:] != "]":
        raise ValueError(text)
    papers: dict[str, tuple[Paper, ...]] = {}
    for line in text[1:-1].split(_BETWEEN) if len(text) > 2 else ():
        paper = FiledPaper.__new__(FiledPaper)
        _set_line(paper, line)
        kind = kind_of(line)
        papers[kind] = (*papers[kind], paper) if kind in papers else (paper,)
    return papers


def _line(paper: Paper) -> str:
    kept: str | None = getattr(paper, "line", None)
    return _PAPER.serializer.to_json(paper).decode() if kept is None else kept


def kind_of(line: str) -> str:
    """The kind of the paper in a line, without decoding it."""
    return line[len(_KIND) : line.find('"', len(_KIND))]
