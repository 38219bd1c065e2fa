"""Cases that are read many at a time and mostly passed over: what nobody looks at is not decoded.

Of a party's other cases a step looks at a few documents; deadlines, acts and flags of a thousand of them would cost
it more than everything else that it does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from zhifa_flow.adapters.storage.papers import papers_of
from zhifa_flow.adapters.storage.records import case_of
from zhifa_flow.adapters.storage.rows import CaseRow, columns
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import StoreError

_NAMES: Final = tuple(Case.__dataclass_fields__)
_ID: Final = columns(CaseRow).index("id")
_PAPERS: Final = columns(CaseRow).index("papers")


class FiledCase(Case):
    """A case as it came from the store. Equal to the case that was put there, and used like it."""

    __slots__ = ("row",)
    row: Sequence[Any]

    def __getattr__(self, name: str) -> object:
        """Decode the row: asked only while the value is not there yet. Raises StoreError where it is damaged."""
        if name not in _NAMES:
            raise AttributeError(name)
        case = case_of(self.row)
        for each, put in _PUT.items():
            put(self, getattr(case, each))
        return getattr(case, name)

    def __eq__(self, other: object) -> bool:
        """Whether the other case says the same, however it came here."""
        if not isinstance(other, Case):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _NAMES)

    __hash__ = Case.__hash__


# A frozen class is filled through its slots.
_PUT: Final[Mapping[str, Any]] = {name: getattr(Case, name).__set__ for name in _NAMES}
_put_row: Final[Any] = vars(FiledCase)["row"].__set__


def filed_case(row: Sequence[Any]) -> FiledCase:
    """The case that a row holds, with its documents at hand. Raises StoreError where they are damaged."""
    case = FiledCase.__new__(FiledCase)
    _put_row(case, row)
    _PUT["id"](case, row[_ID])
    try:
        _PUT["papers"](case, papers_of(row[_PAPERS]))
    except ValueError:
        raise StoreError(f"数据库中案件{row[_ID]}的记录已损坏, 不能读取; 请用 zhifa verify 查明") from None
    return case
