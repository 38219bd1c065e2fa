from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.casework.test_desk import Clock, Flows, begin, do, make_desk
from tests.engine.builders import DAY, PARTY, entered, law
from tests.engine.test_deemed import LAST, NEXT, lawful
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework import sweep as room
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.sweep import Swept, sweep
from zhifa_flow.casework.verification import verify
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.model.errors import CaseChanged, FileError, Refused


class Lawful(Flows):
    """The small flow with periods behind which something comes about by law."""

    gone = False

    def in_force(self, flow: str, on: date) -> Compiled:
        if self.gone:
            raise FileError("test.small", ["流程文件不在了"])
        return lawful() if flow == "test.small" else super().in_force(flow, on)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    plain = make_desk(clock)
    return Desk(plain.store, Lawful(), law(), clock)


def swept(desk: Desk) -> list[tuple[str, list[tuple[str, date]]]]:
    return [(one.case, [(event.step.trigger, event.step.on) for event in one.events]) for one in sweep(desk)]


def stored(desk: Desk, case: str) -> Any:
    with desk.store.read() as work:
        return work.case(case)


def test_what_came_about_is_seen_before_anybody_recorded_it(desk: Desk, clock: Clock) -> None:
    case = begin(desk).case.id
    clock.moment = entered(LAST + NEXT)

    view = desk.view(case)
    _, _, steps = desk.history(case)

    assert view.case.state == "inquiry"
    assert "inquire" in [option.trigger for option in view.options]
    assert steps[-1].trigger == "deemed_filed"
    assert stored(desk, case).state == "registered"


def test_a_view_as_of_an_earlier_day_is_without_it(desk: Desk, clock: Clock) -> None:
    case = begin(desk).case.id
    clock.moment = entered(LAST + NEXT)

    assert desk.view(case, LAST).case.state == "registered"


def test_side_cases_that_an_event_opens_are_seen_with_it(desk: Desk, clock: Clock) -> None:
    case = begin(desk).case.id
    clock.moment = entered(LAST + 30 * NEXT)

    assert [child.id for child in desk.view(case).children] == [f"{case}.publication.2"]
    desk.settle(case)
    assert [child.id for child in desk.view(case).children] == [f"{case}.publication.2"]


def test_the_next_act_finds_it_recorded_before_itself(desk: Desk, clock: Clock) -> None:
    case = begin(desk).case.id
    clock.moment = entered(LAST + NEXT)

    it = do(desk, case, "inquire", on=LAST + NEXT)

    assert [step.trigger for step in desk.history(case)[2]] == ["open", "deemed_filed", "inquire"]
    assert it.revision == 2
    assert [problem for one in verify(desk.store, desk.flows, desk.law) for problem in one.problems] == []


def test_an_act_dated_into_the_period_comes_too_late_once_it_has_ended(desk: Desk, clock: Clock) -> None:
    case = begin(desk).case.id
    clock.moment = entered(LAST + NEXT)

    with pytest.raises(Refused, match="本步应当在“已登记”时办理"):
        do(desk, case, "file_case", on=LAST, late_reason="出差")
    assert stored(desk, case).revision == 0


def test_somebody_who_saw_the_case_before_it_came_about_is_told_that_it_moved(
    desk: Desk, clock: Clock
) -> None:
    case = begin(desk).case.id
    clock.moment = entered(LAST + NEXT)

    with pytest.raises(CaseChanged):
        do(desk, case, "inquire", on=LAST + NEXT, revision=0)
    assert do(desk, case, "inquire", on=LAST + NEXT, revision=desk.view(case).case.revision).revision == 2


def test_the_sweep_records_what_came_about_once(desk: Desk, clock: Clock) -> None:
    cases = [begin(desk).case.id for _ in range(3)]
    do(desk, cases[1], "file_case")
    clock.moment = entered(LAST + NEXT)

    assert swept(desk) == [(case, [("deemed_filed", LAST + NEXT)]) for case in (cases[0], cases[2])]
    assert swept(desk) == []
    assert stored(desk, cases[0]).state == "inquiry"


def test_a_case_with_several_events_is_settled_whole(desk: Desk, clock: Clock) -> None:
    case = begin(desk).case.id
    clock.moment = entered(LAST + 30 * NEXT)

    assert [trigger for _, events in swept(desk) for trigger, _ in events] == [
        "deemed_filed",
        "deemed_closed",
    ]
    assert stored(desk, case).ended


def test_the_sweep_and_a_look_come_to_the_same_whichever_is_first(desk: Desk, clock: Clock) -> None:
    looked, waited = (begin(desk).case.id for _ in range(2))
    for day in range(1, 30):
        clock.moment = entered(DAY + timedelta(days=day))
        desk.settle(looked)
    list(sweep(desk))

    said = [
        [(step.trigger, step.on, step.source, step.target, step.clocks) for step in desk.history(case)[2]]
        for case in (looked, waited)
    ]
    assert said[0] == said[1]


def test_a_case_whose_flow_is_gone_stops_no_other(desk: Desk, clock: Clock) -> None:
    class Half(Lawful):
        def compiled(self, ref: str) -> Compiled:
            if self.bad and ref == self.bad.pop():
                raise FileError("test.small", ["流程文件不在了"])
            return super().compiled(ref)

        bad = ["test.small@2021-07-15"]

    first, second = begin(desk).case.id, begin(desk).case.id
    clock.moment = entered(LAST + NEXT)

    found = list(sweep(Desk(desk.store, Half(), desk.law, clock)))

    assert found[0] == Swept(first, problems=("流程文件不在了",))
    assert [one.case for one in found] == [first, second]


def test_more_than_one_stretch_of_the_list_is_read(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "STRETCH", 2)
    cases = [begin(desk).case.id for _ in range(5)]
    clock.moment = entered(LAST + NEXT)

    assert [case for case, _ in swept(desk)] == cases


def test_one_agency_may_be_swept_alone(desk: Desk, clock: Clock) -> None:
    begin(desk)
    clock.moment = entered(LAST + NEXT)

    assert list(sweep(desk, "city")) == []
    assert isinstance(desk.store, MemoryStore)
    assert len(list(sweep(desk, "bureau"))) == 1


def test_what_came_about_is_recorded_before_the_party_is_named(desk: Desk, clock: Clock) -> None:
    case = begin(desk, party=None).case.id
    clock.moment = entered(LAST + NEXT)

    desk.identify(case, PARTY.to_raw(), "li")

    assert [step.trigger for step in desk.history(case)[2]] == ["open", "deemed_filed", "name_party"]
