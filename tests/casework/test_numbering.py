"""A number that was given and is borne by no case is named."""

from __future__ import annotations

import pytest

from zhifa_flow.casework.numbering import gaps, numbered, series_of


def test_a_series_without_gaps_has_none() -> None:
    ids = {numbered("bureau", 2026, number) for number in (1, 2, 3)}

    assert ids == {"bureau-2026-0001", "bureau-2026-0002", "bureau-2026-0003"}
    assert list(gaps({series_of("bureau", 2026): 3}, ids)) == []


@pytest.mark.parametrize("agency", ["bureau", "a/b", "case/x"])
def test_a_missing_number_is_named_in_its_series(agency: str) -> None:
    ids = {numbered(agency, 2026, 2), numbered(agency, 2025, 1)}

    found = list(gaps({series_of(agency, 2025): 1, series_of(agency, 2026): 3}, ids))

    assert found == [
        f"案件编号不连续: 已用到{agency}-2026-0003, 库中没有{agency}-2026-0001、{agency}-2026-0003"
    ]


@pytest.mark.parametrize(("last", "more"), [(10, ""), (11, "等11个编号")])
def test_of_many_missing_numbers_ten_are_named(last: int, more: str) -> None:
    [found] = gaps({series_of("bureau", 2026): last}, set())

    assert found.endswith(f"bureau-2026-0010{more}")


def test_a_series_of_something_else_is_not_looked_at() -> None:
    assert list(gaps({"letter/bureau/2026": 3}, set())) == []
