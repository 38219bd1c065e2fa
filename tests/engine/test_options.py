from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.engine.builders import DAY, RAW, changed, child, small, take, walk, world
from zhifa_flow.engine.options import options
from zhifa_flow.model.case import Case
from zhifa_flow.model.step import Option

NEXT = timedelta(days=1)


def seen(it: Case, compiled: Any = None, on: Any = DAY, **more: Any) -> dict[str, Option]:
    under = compiled or small()
    it = replace(it, flow_digest=under.digest)
    return {one.trigger: one for one in options(under, it, on, world(on, **more))}


def codes(option: Option) -> list[str]:
    return [one.code for one in option.refusals]


def test_every_step_of_the_chart_from_here_is_shown_in_the_order_of_the_file() -> None:
    it = walk("file_case")

    assert list(seen(it)) == ["inquire", "propose", "hold_hearing", "suspend", "resume", "extend", "review"]


def test_an_option_says_who_what_whither_and_by_which_article() -> None:
    hearing = seen(walk("file_case"))["hold_hearing"]
    review = seen(walk("file_case"))["review"]

    assert (hearing.name, hearing.target, hearing.target_name) == ("听证", "inquiry", "调查中")
    assert (hearing.roles, hearing.role_names) == (("handler", "chair"), ("承办人", "听证主持人"))
    assert hearing.posts == ("立案岗", "听证主持岗")
    assert (review.documents, review.optional, review.basis) == (("opinion",), ("hearing",), ("甲法第一条",))
    assert (review.target, review.target_name) == ("reviewed", "已审核")


def test_what_stands_against_a_step_is_said_before_anybody_tries() -> None:
    review = seen(walk("file_case"))["review"]

    assert not review.is_open
    assert codes(review) == ["proposal_made"]


def test_what_hangs_on_a_document_of_the_step_itself_is_not_held_against_it() -> None:
    it = walk("file_case", "inquire", "propose")

    review = seen(it)["review"]

    assert review.is_open
    assert review.with_step == ()


def test_what_an_optional_document_can_still_meet_is_shown_apart() -> None:
    big = {"proposal": [{"penalties": [{"kind": "罚款", "amount": "5万元"}]}]}
    it = walk("file_case", "inquire", ("propose", {"documents": big}))

    review = seen(it)["review"]

    assert review.is_open
    assert [one.code for one in review.with_step] == ["heard"]


def test_flags_children_and_extensions_are_told() -> None:
    held_up = take(walk("file_case"), "suspend").case
    decided = walk("file_case", "inquire", "propose", "review", "decide", "pay")

    assert codes(seen(held_up)["inquire"]) == ["flag"]
    assert seen(held_up)["resume"].is_open
    assert codes(seen(decided, children=(child(),))["close"]) == ["child"]
    assert seen(decided, children=(child(ended=True),))["close"].is_open
    assert codes(seen(take(walk("file_case"), "extend").case)["extend"]) == ["extension"]


def test_the_answer_is_that_of_the_day_asked_for() -> None:
    decided = walk("file_case", "inquire", "propose", "review", "decide", "pay")
    ended = (child(ended=True, on=DAY + NEXT),)

    assert codes(seen(decided, children=ended)["close"]) == ["child"]
    assert seen(decided, on=DAY + NEXT, children=ended)["close"].is_open


def test_a_closed_case_has_no_options() -> None:
    assert seen(walk("file_case", "inquire", "propose", "review", "decide", "pay", "close")) == {}


@pytest.mark.parametrize("trigger", sorted(RAW["transition"]))
def test_a_gap_of_the_law_is_shown_where_there_is_no_article(trigger: str) -> None:
    step = {**RAW["transition"][trigger], "basis": [], "gap": "法律没有规定"}
    it = changed(transition={trigger: step})
    here = replace(walk("file_case"), state=step["source"][0])

    assert seen(here, it)[trigger].gap == "法律没有规定"


def test_a_day_on_which_no_step_can_be_dated_closes_every_step() -> None:
    it = take(walk("file_case"), "inquire", DAY + NEXT, today=DAY + NEXT).case
    under = replace(it, flow_digest=small().digest)

    future = options(small(), under, DAY + 3 * NEXT, world(DAY + NEXT))
    past = options(small(), under, DAY - NEXT, world(DAY + NEXT))

    assert all("date" in codes(one) for one in (*future, *past))
    assert {one.found for one in future[0].refusals} >= {"办理日期2026-03-05, 今天是2026-03-03"}
    assert all("date" not in codes(one) for one in options(small(), under, DAY + NEXT, world(DAY + NEXT)))
