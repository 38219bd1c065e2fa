from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.engine.builders import DAY, act, child, paper, situation, up
from zhifa_flow.engine.checks.standing import (
    all_answered,
    children_ended,
    covers_if_on_file,
    covers_officers,
    finding_fails,
    finding_holds,
    flag_down,
    flag_up,
    not_taken,
    one_taken_when,
    still_unanswered,
    taken,
)
from zhifa_flow.engine.registry import (
    ChildName,
    DocumentName,
    FieldPath,
    FindingName,
    FlagName,
    Found,
    TriggerName,
)
from zhifa_flow.model.case import Case

NEXT = timedelta(days=1)
DUE, SUSPENDED, PUBLICATION = FindingName("hearing_due"), FlagName("suspended"), ChildName("publication")
INQUIRE = TriggerName("inquire")


def finding(value: bool | None) -> Any:
    return situation(found={"hearing_due": Found(value, "因为甲")})


@pytest.mark.parametrize(
    ("value", "holds", "fails"), [(True, None, "因为甲"), (False, "因为甲", None), (None, "因为甲", "因为甲")]
)
def test_what_cannot_be_determined_is_neither_established_nor_excluded(
    value: bool | None, holds: str | None, fails: str | None
) -> None:
    assert finding_holds(finding(value), finding=DUE) == holds
    assert finding_fails(finding(value), finding=DUE) == fails


# Flags: as of the day of the act, whenever it is entered.


@pytest.mark.parametrize(
    ("stretch", "is_up", "is_down"),
    [
        ((), False, True),
        (up(DAY), True, False),
        (up(DAY - NEXT), True, False),
        (up(DAY + NEXT), False, False),
        (up(DAY - NEXT, DAY), False, True),
        (up(DAY - NEXT, DAY + NEXT), True, False),
        (up(DAY + NEXT, DAY + 2 * NEXT), False, True),
    ],
    ids=["never", "since today", "since before", "only later", "ended today", "ended since", "wholly later"],
)
def test_a_flag_is_judged_on_the_day_of_the_act(stretch: Any, is_up: bool, is_down: bool) -> None:
    s = situation(flags={"suspended": stretch})

    assert (flag_up(s, flag=SUSPENDED) is None, flag_down(s, flag=SUSPENDED) is None) == (is_up, is_down)


def test_a_flag_is_named_with_the_day_since_which_it_is_up() -> None:
    assert flag_up(situation(), flag=SUSPENDED) == "没有处于“中止”"
    assert flag_down(situation(flags={"suspended": up(DAY)}), flag=SUSPENDED) == "自2026-03-02起处于“中止”"


# Side duties.


@pytest.mark.parametrize(
    ("children", "said"),
    [
        ([], None), ([child(ended=True)], None), ([child("other")], None),
        ([child(id_="A1.1"), child(ended=True), child(id_="A1.2")], "“公示”尚未办结: A1.1、A1.2"),
        ([child(ended=True, on=DAY + NEXT)], "“公示”尚未办结: A1.c"),
    ],
    ids=["none", "ended", "of another rule", "open", "ended later"],
)  # fmt: skip
def test_no_side_duty_is_open_on_the_day_of_the_act(children: list[Case], said: str | None) -> None:
    assert children_ended(situation(children=children), child=PUBLICATION) == said


# Steps taken before.


@pytest.mark.parametrize(("on", "done"), [(DAY - NEXT, True), (DAY, True), (DAY + NEXT, False)])
def test_a_step_taken_after_the_day_of_the_act_has_not_been_taken_by_then(on: Any, done: bool) -> None:
    s = situation(acts={"inquire": act(on)})

    assert taken(s, step=INQUIRE) == (None if done else "尚未办理“询问”")


def test_a_step_that_may_be_taken_once_only() -> None:
    assert not_taken(situation(), step=INQUIRE) is None
    assert not_taken(situation(acts={"inquire": act()}), step=INQUIRE) == "2026-03-02已经办理过“询问”"
    assert not_taken(situation(acts={"inquire": act(DAY + NEXT)}), step=INQUIRE) is not None


# People.


def test_everybody_who_acts_is_named_in_the_document() -> None:
    s = situation([paper("record", officers=["zhang"])], by=("zhang", "wang"))

    assert covers_officers(s, field=FieldPath("record.officers")) == "《询问笔录》的“询问人”没有王某"
    s.by = ("zhang",)
    assert covers_officers(s, field=FieldPath("record.officers")) is None


def test_who_acts_need_not_be_named_in_a_document_that_is_not_there() -> None:
    field = FieldPath("record.officers")
    named = situation([paper("record", officers=["zhang"])], by=("wang",))

    assert covers_if_on_file(situation(by=("wang",)), field=field) is None
    assert covers_if_on_file(named, field=field) == "《询问笔录》的“询问人”没有王某"


# What was asked for and has come in.


@pytest.mark.parametrize(
    ("asked", "came", "out"),
    [
        ([DAY], [], 1),
        ([DAY], [DAY], 0),
        ([DAY, DAY], [DAY], 1),
        ([DAY - NEXT, DAY], [DAY], 0),
        ([DAY], [DAY, DAY], 0),
    ],
    ids=["waiting", "come", "one of two", "an older one is no longer waited for", "more than asked"],
)
def test_answers_are_counted_against_what_was_asked_since(
    asked: list[Any], came: list[Any], out: int
) -> None:
    papers = [*(paper("filing", on=day) for day in asked), *(paper("record", on=day) for day in came)]
    s = situation(papers, flags={"suspended": up(DAY)})

    everything = all_answered(s, asked=DocumentName("filing"), answers=DocumentName("record"), flag=SUSPENDED)
    not_yet = still_unanswered(
        s, asked=DocumentName("filing"), answers=DocumentName("record"), flag=SUSPENDED
    )

    assert everything == (f"还有{out}件《立案审批表》没有《询问笔录》" if out else None)
    assert not_yet == (None if out else "《立案审批表》都已有《询问笔录》")


def test_while_nothing_is_waited_for_everything_is_answered() -> None:
    s = situation([paper("filing")], flags={"suspended": up(DAY - NEXT, DAY)})

    assert (
        all_answered(s, asked=DocumentName("filing"), answers=DocumentName("record"), flag=SUSPENDED) is None
    )
    assert still_unanswered(s, asked=DocumentName("filing"), answers=DocumentName("record"), flag=SUSPENDED)


# A step that what is written asks for.


def asked(answer: str | None, **taken_steps: Any) -> str | None:
    s = situation([paper("record", answer=answer)] if answer else (), acts=taken_steps)
    return one_taken_when(
        s, fields=(FieldPath("filing.reason"), FieldPath("record.answer")), says="属实",
        steps=(INQUIRE, TriggerName("propose")),
    )  # fmt: skip


def test_what_is_written_may_ask_for_one_of_several_steps() -> None:
    said = "《询问笔录》的“回答”为“属实”, 尚未办理“询问”、“提出处罚建议”"

    assert asked("属实") == asked("属实", inquire=act(DAY + NEXT)) == said
    assert asked("属实", inquire=act(DAY)) is None
    assert asked("属实", propose=act(DAY)) is None
    assert asked("不属实") is None
    assert asked(None) is None
