"""The desk reads the other cases of a party only where a step looks at them, and then all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.casework.test_desk import Clock, begin, do
from tests.engine.builders import AGENCY, OFFICERS, PARTY, RECORD, USUAL, flow_for, law
from tests.engine.test_elsewhere import KNOWN, looking
from tests.small import ENTERED
from zhifa_flow.adapters.memory import MemoryStore, MemoryWork
from zhifa_flow.casework.desk import Desk
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.model.errors import Refused


class Listening(MemoryStore):
    """A store that remembers which parties it was asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    @contextmanager
    def write(self) -> Iterator[MemoryWork]:
        with super().write() as work:
            yield self._listened(work)

    @contextmanager
    def read(self) -> Iterator[MemoryWork]:
        with super().read() as work:
            yield self._listened(work)

    def _listened(self, work: MemoryWork) -> MemoryWork:
        answer = work.cases_of

        def cases_of(party_key: str) -> Any:
            self.asked.append(party_key)
            return answer(party_key)

        work.cases_of = cases_of  # type: ignore[method-assign]
        return work


class Flows:
    def in_force(self, flow: str, on: date) -> Compiled:
        return looking() if flow == "test.small" else flow_for(flow, on)

    def compiled(self, ref: str) -> Compiled:
        return self.in_force(ref.partition("@")[0], date.min)

    def refs(self) -> list[str]:
        return [looking().flow.ref]


@pytest.fixture
def store() -> Listening:
    store = Listening()
    with store.write() as work:
        work.put_agency(AGENCY, ENTERED)
        work.put_agency(replace(AGENCY, id="next", name="某县另局"), ENTERED)
        for one in OFFICERS.values():
            work.put_officer(one, ENTERED)
            work.put_officer(replace(one, id=f"{one.id}_next", agency="next"), ENTERED)
    return store


@pytest.fixture
def desk(store: Listening) -> Desk:
    return Desk(store, Flows(), law(), Clock())


def fined(desk: Desk, party: dict[str, Any]) -> str:
    """A case walked to its fine."""
    case = begin(desk, party=party).case.id
    do(desk, case, "file_case", "inquire", "propose", "hold_hearing", "review", "decide")
    return case


def test_the_same_party_is_not_fined_twice_whichever_agency_fined_it_first(desk: Desk) -> None:
    first = fined(desk, KNOWN.to_raw())
    second = begin(desk, party=KNOWN.to_raw(), agency="next", by=["li_next"]).case.id
    do(desk, second, "file_case", by=["sun_next"])

    with pytest.raises(Refused, match=first) as caught:
        desk.do(second, "propose", by=["zhang_next", "wang_next"], documents=USUAL["propose"][1])

    assert [one.code for one in caught.value.refusals] == ["apart"]


def test_the_case_itself_is_none_of_the_others(desk: Desk) -> None:
    case = fined(desk, KNOWN.to_raw())

    after = do(desk, case, "propose")

    with desk.store.read() as work:
        assert work.cases_of(KNOWN.key or "") == [after]


def test_another_party_is_not_looked_at(desk: Desk) -> None:
    fined(desk, KNOWN.to_raw())

    other = fined(desk, {**KNOWN.to_raw(), "code": "92000000000000000G", "kind": "sole_trader"})

    assert desk.view(other).case.state == "decided"


def test_only_a_step_that_looks_elsewhere_reads_other_cases(desk: Desk, store: Listening) -> None:
    case = begin(desk, party=KNOWN.to_raw()).case.id
    do(desk, case, "file_case")
    do(desk, case, "inquire", documents={"record": [RECORD]})
    before = list(store.asked)

    do(desk, case, "propose")

    assert (before, store.asked) == ([], [KNOWN.key])


def test_a_view_reads_other_cases_only_where_one_of_its_steps_looks_at_them(
    desk: Desk, store: Listening
) -> None:
    case = begin(desk, party=KNOWN.to_raw()).case.id

    desk.view(case)
    registered = list(store.asked)
    do(desk, case, "file_case")
    desk.view(case)

    assert (registered, store.asked) == ([], [KNOWN.key])


def test_a_party_that_is_not_known_for_certain_is_not_looked_up(desk: Desk, store: Listening) -> None:
    for party in (PARTY.to_raw(), {**KNOWN.to_raw(), "code": "9100000000000000**"}, None):
        case = begin(desk, party=party).case.id
        do(desk, case, "file_case", "propose")

    assert store.asked == []
