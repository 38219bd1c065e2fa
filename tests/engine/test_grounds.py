from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.engine.builders import DAY, RAW, RECORD, altered, changed, refused, take, told, walk

NEXT = timedelta(days=1)
LATE: dict[str, Any] = {"today": DAY + 30 * NEXT, "late_reason": "外出办案"}


def on_day(number: int) -> date:
    return DAY + number * NEXT


# Neither in the future nor unexplained.


@pytest.mark.parametrize(
    ("on", "refusals"), [(DAY - NEXT, ["date", "late"]), (DAY, []), (DAY + NEXT, ["date"])]
)
def test_an_act_is_of_today_or_explained(on: date, refusals: list[str]) -> None:
    it = walk("file_case")

    if refusals:
        assert [
            one.code
            for one in refused(
                it, "inquire", on, today=DAY, documents={"record": [{**RECORD, "made_on": on}]}
            )
        ] == refusals
    else:
        assert take(it, "inquire", on, today=DAY).step.on == on


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "没有填写"),
        ("  \t", "没有填写"),
        ("\u200b", "没有填写"),
        ("补\x00录", "不可见"),
        ("\udcff", "不完整的字符"),
    ],
)
def test_a_late_entry_needs_a_reason_that_can_be_read(reason: str, said: str) -> None:
    refusals = refused(walk("file_case"), "inquire", DAY, today=DAY + NEXT, late_reason=reason)

    assert [one.code for one in refusals] == ["late"]
    assert said in refusals[0].found
    assert "--late-reason" in refusals[0].cure


# Not before what it rests on.


def test_a_step_that_moves_the_case_is_not_dated_before_any_other() -> None:
    it = take(walk("file_case", "inquire", "propose"), "inquire", on_day(5)).case

    assert told(refused(it, "review", on_day(4), **LATE)) == [
        "date: 办理日期不得早于它所依据的环节(办理日期2026-03-06, 案件于2026-03-02进入“调查中”, 最近一步在2026-03-07)"
    ]
    assert take(it, "review", on_day(5), **LATE).case.state == "reviewed"


def test_an_act_within_a_state_may_be_entered_after_a_later_one_but_not_before_the_state() -> None:
    it = take(walk("file_case", on=on_day(1)), "inquire", on_day(5)).case

    assert take(it, "inquire", on_day(3), **LATE).case.last_on == on_day(5)
    assert [one.code for one in refused(it, "inquire", on_day(0), **LATE)] == ["date"]


def test_a_circumstance_does_not_end_before_it_began() -> None:
    it = take(walk("file_case"), "suspend", on_day(5)).case

    assert told(refused(it, "resume", on_day(4), **LATE)) == [
        "date: 办理日期不得早于它所依据的环节(办理日期2026-03-06, “中止”于2026-03-07发生)"
    ]
    assert take(it, "resume", on_day(5), **LATE).step.lowered == ("suspended",)


def test_a_circumstance_does_not_begin_before_the_last_one_ended() -> None:
    it = take(take(walk("file_case"), "suspend", on_day(2)).case, "resume", on_day(5)).case

    assert told(refused(it, "suspend", on_day(4), **LATE)) == [
        "flag: “中止”期间不得办理本步(自2026-03-04起中止)",
        "date: 办理日期不得早于它所依据的环节(办理日期2026-03-06, “中止”于2026-03-07解除)",
    ]
    assert take(it, "suspend", on_day(5), **LATE).step.raised == ("suspended",)


def test_a_document_does_not_take_the_place_of_a_younger_one() -> None:
    it = take(walk("file_case"), "propose", on_day(5)).case

    assert told(refused(it, "propose", on_day(4), **LATE)) == [
        "date: 办理日期不得早于它所依据的环节(办理日期2026-03-06, 《处罚建议》作于2026-03-07)"
    ]
    assert take(it, "propose", on_day(5), **LATE).case.paper("proposal") is not None


def test_documents_that_add_up_may_be_entered_in_any_order() -> None:
    it = take(walk("file_case"), "inquire", on_day(5)).case

    earlier = take(it, "inquire", on_day(2), **LATE).case

    assert [paper.on for paper in earlier.papers["record"]] == [on_day(5), on_day(2)]


def staying(**more: Any) -> Any:
    return altered("transition", "review", target=None, stays=True, **more)


def test_nothing_is_bound_to_a_document_of_a_later_day() -> None:
    it = take(walk("file_case", "propose", "inquire"), "inquire", on_day(5)).case
    within = staying(guards=[])

    assert told(refused(it, "review", on_day(4), compiled=within, **LATE)) == [
        "date: 办理日期不得早于它所依据的环节(办理日期2026-03-06, 《询问笔录》作于2026-03-07)"
    ]
    assert (
        take(it, "review", on_day(5), compiled=within, **LATE).step.papers[0].bound["record"].count("+") == 1
    )


def test_no_guard_is_satisfied_by_a_document_of_a_later_day() -> None:
    it = take(walk("file_case"), "propose", on_day(5)).case
    opinion = {**RAW["document"]["opinion"], "binds": []}
    within = changed(
        transition={"review": {**RAW["transition"]["review"], "target": None, "stays": True}},
        document={"opinion": opinion},
    )

    assert told(refused(it, "review", on_day(4), compiled=within, **LATE)) == [
        "date: 办理日期不得早于它所依据的环节(办理日期2026-03-06, 《处罚建议》作于2026-03-07)"
    ]
    assert take(it, "review", on_day(5), compiled=within, **LATE).case.revision == it.revision + 1


def test_of_documents_that_add_up_the_first_is_ground_enough_for_a_guard() -> None:
    guard = {"check": "present", "args": {"document": "record"}, "refusal": "没有笔录", "gap": "测试"}
    it = changed(
        guard={"has_record": guard},
        transition={"propose": {**RAW["transition"]["propose"], "guards": ["has_record"]}},
    )
    filed = take(take(walk("file_case"), "inquire", on_day(3)).case, "inquire", on_day(6)).case

    assert take(filed, "propose", on_day(4), compiled=it, **LATE).case.paper("proposal") is not None
    assert [one.code for one in refused(filed, "propose", on_day(2), compiled=it, **LATE)] == ["date"]


def test_every_ground_is_named_that_is_not_implied_by_the_state() -> None:
    it = take(take(walk("file_case"), "propose", on_day(5)).case, "suspend", on_day(6)).case
    step = {**RAW["transition"]["resume"], "optional": ["proposal"]}

    refusals = refused(
        it, "resume", on_day(1), compiled=changed(transition={"resume": step}),
        documents={"proposal": [{"penalties": [{"kind": "警告"}]}]}, **LATE,
    )  # fmt: skip

    assert [one.found.partition(", ")[2] for one in refusals] == [
        "“中止”于2026-03-08发生",
        "《处罚建议》作于2026-03-07",
    ]


# The hour.

NOON = datetime.fromisoformat("2026-03-02T12:00+08:00")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOON, None), (NOON.astimezone(UTC), None), (NOON + timedelta(hours=5), None),
        (NOON.replace(tzinfo=None), "办理时刻应当写明时区"), (NOON - NEXT, "办理时刻应当在办理日期当天"),
        (NOON - timedelta(hours=12, minutes=1), "办理时刻应当在办理日期当天"),
        (NOON + timedelta(hours=5, minutes=1), "办理时刻不得晚于现在"),
    ],
)  # fmt: skip
def test_the_hour_of_an_act_lies_on_its_day_and_not_ahead(moment: datetime, said: str | None) -> None:
    it = walk("file_case")

    if said is None:
        assert take(it, "inquire", moment=moment).case.revision == 2
    else:
        refusals = refused(it, "inquire", moment=moment)
        assert [(one.code, one.message) for one in refusals] == [("date", said)]
        assert moment.isoformat() in refusals[0].found
