"""A case is handed on with the cases that it opened, and with theirs."""

from __future__ import annotations

import pytest

from tests.small import decided, desk_on, opened, register
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.traces import traces
from zhifa_flow.model.errors import NotFound


@pytest.fixture
def desk() -> Desk:
    store = MemoryStore()
    register(store)
    return desk_on(store)


def test_the_case_comes_first_and_its_side_cases_after_it(desk: Desk) -> None:
    case = decided(desk)

    main, side = traces(desk, case.id)

    assert (main.case.id, main.flow.ref, main.case.state) == (case.id, case.flow, "decided")
    assert side.case.parent == case.id
    assert [step.seq for step in main.steps] == list(range(case.revision + 1))


def test_no_other_case_comes_with_it(desk: Desk) -> None:
    opened(desk, "另案")
    case = opened(desk)

    assert [one.case.id for one in traces(desk, case.id)] == [case.id]


def test_a_side_case_is_handed_on_without_the_case_above_it(desk: Desk) -> None:
    _, side = traces(desk, decided(desk).id)

    assert [one.case.id for one in traces(desk, side.case.id)] == [side.case.id]


def test_an_unknown_case_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        traces(desk, "无")
