"""An act is judged by the version in force on its day, where the law itself has ended the one before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.engine.builders import DAY, changed, flow_for, request, small, take, world
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.opening import open_case
from zhifa_flow.engine.options import options
from zhifa_flow.engine.validity import ended_by_law, entry_refusals, validity_refusals
from zhifa_flow.engine.world import World
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import NotFound, Refused

NEXT_DAY = DAY + timedelta(days=1)
OLD, NEW = changed(effective_to=DAY), changed(effective_from=NEXT_DAY)


def case_of(compiled: Compiled) -> Case:
    return open_case(
        compiled, world(), id_="A1", title="某案", party=None, on=DAY, by=("li",), recorder="li"
    ).case  # fmt: skip


def around(older: Compiled | None, newer: Compiled | None) -> World:
    def current(name: str, on: date) -> Compiled:
        found = older if on <= DAY else newer
        if name != "test.small":
            return flow_for(name, on)
        if found is None:
            raise NotFound("流程", name)
        return found

    return world(NEXT_DAY + timedelta(days=3), flow_for=current)


@pytest.mark.parametrize(
    ("compiled", "older", "newer", "on", "told"),
    [
        pytest.param(OLD, OLD, NEW, DAY, [], id="the last day"),
        pytest.param(
            OLD, OLD, NEW, NEXT_DAY, [f"test.small@2021-07-15施行至{DAY}, 此后的行为应当依照新的规定办理"], id="the day after"
        ),
        pytest.param(
            OLD, OLD, None, NEXT_DAY, [f"test.small@2021-07-15施行至{DAY}, 此后的行为应当依照新的规定办理"], id="the next one was not published"
        ),
        pytest.param(small(), small(), NEW, NEXT_DAY, [], id="replaced by the office, not by a law"),
        pytest.param(NEW, OLD, NEW, NEXT_DAY, [], id="the first day of the next law"),
        pytest.param(
            NEW, OLD, NEW, DAY, [f"本案已经改用test.small@{NEXT_DAY}, 施行以前的行为不能再依照它补录"], id="entered after the move"
        ),
        pytest.param(NEW, small(), NEW, DAY, [], id="entered after a move to another version of the office"),
        pytest.param(NEW, None, NEW, DAY, [], id="nothing was in force before"),
        pytest.param(NEW, OLD, NEW, DAY - timedelta(days=1), [], id="before the case was opened"),
    ],
)  # fmt: skip
def test_an_act_is_judged_by_the_law_of_its_day(
    compiled: Compiled, older: Compiled | None, newer: Compiled | None, on: date, told: list[str]
) -> None:
    refusals = validity_refusals(compiled.flow, case_of(compiled), on, around(older, newer))

    assert [one.message for one in refusals] == told


def test_who_goes_on_under_the_old_version_is_told_how_to_move_the_case() -> None:
    case, here = case_of(OLD), around(OLD, NEW)

    with pytest.raises(Refused) as refused:
        take(case, "file_case", compiled=OLD, on=NEXT_DAY, today=NEXT_DAY, world_={"flow_for": here.flow_for})
    [told] = refused.value.refusals
    [shown] = [one for one in options(OLD, case, NEXT_DAY, here)[0].refusals if one.code == "version"]

    assert told == shown
    assert f"zhifa case move A1 test.small@{NEXT_DAY}" in told.cure
    assert told.found == f"办理日期{NEXT_DAY}, 当日施行的是test.small@{NEXT_DAY}"


def test_only_a_version_that_states_its_last_day_was_ended_by_a_law() -> None:
    assert ended_by_law(OLD.flow, NEW.flow)
    assert not ended_by_law(small().flow, NEW.flow)


def test_where_no_newer_version_was_published_the_office_is_told_to_publish_one() -> None:
    [told] = validity_refusals(OLD.flow, case_of(OLD), NEXT_DAY, around(OLD, None))

    assert told.found == f"办理日期{NEXT_DAY}, 当日没有施行的版本"
    assert "zhifa flow publish" in told.cure


@pytest.mark.parametrize(
    ("compiled", "role", "recorder", "on", "today", "refused"),
    [
        pytest.param(OLD, "handler", "li", DAY, DAY, False, id="on its last day"),
        pytest.param(OLD, "handler", "li", DAY, NEXT_DAY, True, id="the day after, by a clerk"),
        pytest.param(OLD, "handler", "sun", DAY, NEXT_DAY, False, id="the day after, by a head"),
        pytest.param(
            OLD, "handler", "nobody", DAY, NEXT_DAY, False, id="by somebody unknown, who is refused for that"
        ),
        pytest.param(OLD, "head", "li", DAY, NEXT_DAY, False, id="an act in person"),
        pytest.param(OLD, "handler", "li", NEXT_DAY, NEXT_DAY, False, id="an act of the day after"),
        pytest.param(small(), "handler", "li", DAY, NEXT_DAY, False, id="a version that no law has ended"),
    ],
)
def test_after_a_law_has_ended_its_acts_are_entered_by_a_head_or_in_person(
    compiled: Compiled, role: str, recorder: str, on: date, today: date, refused: bool
) -> None:
    asked = request("file_case", on, recorder=recorder)

    refusals = entry_refusals(compiled.flow, compiled.flow.role[role], asked, world(today))

    assert [one.code for one in refusals] == ["version"] * refused
