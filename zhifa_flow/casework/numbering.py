"""The numbers of cases (案件编号): a series for each agency and year, and what is missing from it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from itertools import count
from typing import Final

from zhifa_flow.casework.ports import Work

_CASE: Final = "case/"
#: So many missing numbers are named; the others are counted.
_NAMED: Final = 10


def series_of(agency: str, year: int) -> str:
    """The name of the series from which the cases of an agency are numbered in a year."""
    return f"{_CASE}{agency}/{year}"


def numbered(agency: str, year: int | str, number: int) -> str:
    """The id of the case that bears a number of the series."""
    return f"{agency}-{year}-{number:04d}"


def gaps(series: Mapping[str, int], ids: Container[str]) -> Iterator[str]:
    """Where a number was given and no case bears it: an opening that is undone gives its number back."""
    for name, last in series.items():
        if not name.startswith(_CASE):
            continue
        agency, _, year = name.removeprefix(_CASE).rpartition("/")
        every = (numbered(agency, year, number) for number in range(1, last + 1))
        missing = [id_ for id_ in every if id_ not in ids]
        if missing:
            more = f"等{len(missing)}个编号" if len(missing) > _NAMED else ""
            yield f"案件编号不连续: 已用到{numbered(agency, year, last)}, 库中没有{'、'.join(missing[:_NAMED])}{more}"


def next_number(work: Work, agency: str, year: int) -> str:
    """The next number of the series that no case bears: somebody may have named a case so by hand."""
    series = series_of(agency, year)
    drawn = (numbered(agency, year, work.number(series)) for _ in count())
    return next(number for number in drawn if work.case(number) is None)
