"""The desk lets a side duty see the case that opened it and what else that one opened, and no other case."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.casework.test_desk import BIG, Clock, decided, do, make_desk
from tests.engine.builders import BASIS, DAY, RAW, SIDE, changed
from zhifa_flow.casework.desk import Desk
from zhifa_flow.engine.compiler import Compiled, compile_flow
from zhifa_flow.model.errors import Refused
from zhifa_flow.model.flow import Flow

RECUSED = {"child": "recusal", "document": "order", "field": "recused"}
PAID = {"beside": "receipt", "about": "decision"}
ORDER = {
    "name": "回避决定书", "basis": BASIS, "field": {"recused": {"type": "officers", "name": "决定回避的人员"}},
}  # fmt: skip


def guard(check: str, args: dict[str, Any]) -> dict[str, Any]:
    return {"check": check, "args": args, "refusal": "不得办理", "basis": BASIS}


def duty(**more: Any) -> Compiled:
    return compile_flow(Flow.model_validate({**deepcopy(SIDE), **more}))


@cache
def main() -> Compiled:
    """The small flow; its decision also opens a case on recusal, and one that goes on from it."""
    recusal = {"name": "回避", "flow": "test.recusal", "basis": BASIS}
    further = {"name": "续办", "flow": "test.small", "basis": BASIS}
    return changed(
        child={"recusal": recusal, "further": further},
        transition={
            "decide": {**RAW["transition"]["decide"], "opens": ["publication", "recusal", "further"]}
        },
    )


@cache
def publication() -> Compiled:
    """A side duty that is done neither by whom another one recuses nor after a payment in the main case."""
    return duty(
        always=["not_recused"],
        guard={
            "not_recused": guard("nobody_recused_beside", RECUSED),
            "unpaid": guard("nothing_beside", PAID),
        },
        transition={"publish": {**SIDE["transition"]["publish"], "guards": ["unpaid"]}},
    )


@cache
def recusal() -> Compiled:
    publish = {**SIDE["transition"]["publish"], "documents": ["order"]}
    return duty(id="test.recusal", document={"order": ORDER}, deadline={}, transition={"publish": publish})


class Flows:
    def in_force(self, flow: str, on: date) -> Compiled:
        del on
        return {"test.small": main(), "test.side": publication(), "test.recusal": recusal()}[flow]

    def compiled(self, ref: str) -> Compiled:
        return self.in_force(ref.partition("@")[0], DAY)

    def refs(self) -> list[str]:
        return [main().flow.ref]


@pytest.fixture
def desk() -> Desk:
    return Desk(make_desk().store, Flows(), make_desk().law, Clock())


def opened(desk: Desk) -> tuple[str, str, str]:
    """A decided case with the two side duties that it opened."""
    case = decided(desk, BIG)
    publication, recusal, _ = desk.view(case).children
    return case, publication.id, recusal.id


def pay(desk: Desk, case: str) -> None:
    do(desk, case, "pay", documents={"receipt": [{"payments": [{"on": DAY, "amount": "5万元"}]}]})


def recuse(desk: Desk, duty: str, *who: str) -> None:
    do(desk, duty, "publish", documents={"order": [{"recused": list(who)}]})


def refusing(desk: Desk, case: str, **more: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        do(desk, case, "publish", **more)
    return [one.code for one in caught.value.refusals]


def test_a_duty_is_done_where_nothing_around_it_speaks_against_it(desk: Desk) -> None:
    _, duty, _ = opened(desk)

    assert do(desk, duty, "publish").ended


def test_a_duty_sees_what_the_main_case_holds_by_now(desk: Desk) -> None:
    case, duty, _ = opened(desk)
    pay(desk, case)

    assert refusing(desk, duty) == ["unpaid"]


def test_a_duty_sees_what_another_one_ordered(desk: Desk) -> None:
    _, duty, beside = opened(desk)
    recuse(desk, beside, "li")

    assert refusing(desk, duty) == ["not_recused"]
    assert do(desk, duty, "publish", by=["wang"]).ended


def test_a_duty_sees_nothing_of_another_main_case_and_its_duties(desk: Desk) -> None:
    _, duty, _ = opened(desk)
    other, _, beside = opened(desk)
    pay(desk, other)
    recuse(desk, beside, "li")

    assert do(desk, duty, "publish").ended


def test_what_is_around_a_duty_is_seen_before_the_step_is_tried(desk: Desk) -> None:
    case, duty, _ = opened(desk)
    pay(desk, case)

    (publish,) = desk.view(duty).options

    assert "unpaid" in [one.code for one in publish.refusals]


def test_a_duty_of_a_case_that_goes_on_sees_what_was_ordered_before(desk: Desk) -> None:
    case, _, beside = opened(desk)
    recuse(desk, beside, "li")
    further = desk.view(case).children[2].id
    do(desk, further, "file_case", "inquire")
    do(desk, further, "propose", documents={"proposal": [BIG]})
    do(desk, further, "hold_hearing", "review")
    do(desk, further, "decide", documents={"decision": [{"number": "3号", **BIG}]})

    duty = desk.view(further).children[0].id

    assert refusing(desk, duty) == ["not_recused"]
    assert do(desk, duty, "publish", by=["wang"]).ended
