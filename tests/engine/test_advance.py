from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.engine.builders import (
    DAY,
    FINE,
    OFFICERS,
    PARTY,
    RAW,
    RECORD,
    altered,
    certificate,
    changed,
    child,
    officer,
    opened,
    refused,
    side,
    small,
    take,
    told,
    up,
    walk,
)
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.calendar import CalendarRangeError
from zhifa_flow.engine.chain import broken_links, paper_digest
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.obstacles import shortest_path
from zhifa_flow.engine.registry import Found
from zhifa_flow.engine.steps import replay
from zhifa_flow.engine.taking import recorded
from zhifa_flow.model.case import ClockState, Interval
from zhifa_flow.model.errors import NotFound, Refused
from zhifa_flow.model.step import FoundRow, OpenedChild

NEXT = timedelta(days=1)


def codes(refusals: Any) -> list[str]:
    return [one.code for one in refusals]


# A step that is taken.


def test_a_step_takes_the_case_to_its_one_target_and_says_everything_about_itself() -> None:
    before = opened()

    advanced = take(before, "file_case", DAY + NEXT)

    step = advanced.step
    assert (step.case, step.seq, step.trigger, step.source, step.target) == (
        "A1",
        1,
        "file_case",
        "registered",
        "inquiry",
    )
    assert (step.on, step.by, step.role, step.recorder, step.late_reason) == (
        DAY + NEXT,
        ("sun",),
        "head",
        "sun",
        "",
    )
    assert [paper.kind for paper in step.papers] == ["filing"]
    assert step.papers[0].fields == {"number": "1号", "reason": "举报属实"}
    assert step.acted == {"head": ("sun",)}
    assert [one.deadline for one in step.clocks] == ["handling"]
    assert step.previous == before.head
    assert (advanced.case.state, advanced.case.revision, advanced.case.head) == ("inquiry", 1, step.digest)


def test_a_step_may_leave_the_case_where_it_stands() -> None:
    before = walk("file_case")

    after = take(before, "inquire", DAY + 5 * NEXT).case

    assert (after.state, after.revision) == ("inquiry", 2)
    assert (after.entered_state_on, after.last_on) == (DAY, DAY + 5 * NEXT)


def test_the_whole_way_from_registration_to_the_end() -> None:
    it = walk("file_case", "inquire", "propose", "review", "decide", "pay", "close")

    assert (it.state, it.ended, it.revision) == ("closed", True, 7)
    assert it.clocks["handling"].state is ClockState.MET
    assert it.clocks["payment"].state is ClockState.CLOSED


def test_an_unknown_step_is_answered_with_close_names() -> None:
    with pytest.raises(NotFound) as raised:
        take(opened(), "file_cases")

    assert raised.value.problems == ("没有名为“file_cases”的环节, 是否指: file_case",)


def test_a_day_beyond_every_calendar_is_no_day_for_a_step() -> None:
    with pytest.raises(CalendarRangeError):
        take(opened(), "file_case", date.max, today=DAY)


# Refusals are complete, and nothing has moved.


def test_everything_that_stands_against_a_step_is_told_at_once() -> None:
    it = replace(walk("file_case"), flags={"suspended": (Interval(DAY),)})

    refusals = refused(
        it, "decide", DAY - NEXT, today=DAY, by=("zhang", "zhang"), recorder="meng",
        documents={"record": [RECORD], "decision": [{"number": "", "penalties": [{"kind": "罚款"}]}]},
        world_={"children": (child("publication"),)},
    )  # fmt: skip

    assert told(refusals) == [
        "state: 本步应当在“已审核”时办理(案件现处于“调查中”)",
        "flag: “中止”期间不得办理本步(自2026-03-02起中止)",
        "date: 办理日期不得早于它所依据的环节(办理日期2026-03-01, 案件于2026-03-02进入“调查中”, 最近一步在2026-03-02)",
        "late: 事后录入应当写明原因(办理日期2026-03-01, 今天是2026-03-02, 补录原因没有填写)",
        "people: 张某重复填写, 同一人只算一人()",
        "people: 张某不是机关负责人()",
        "people: 录入人: 人员名册中没有“meng”()",
        "document: 本步不收《询问笔录》, 可以提交: 《处罚决定书》()",
        "document: 《处罚决定书》缺少“文号”()",
        "document: 《处罚决定书》“处罚内容”第1项“罚款”须写明金额(大于零)()",
        "opinion_made: 应当先审核(案卷中没有有效的《审核意见书》)",
    ]


def test_a_refusal_cites_articles_and_says_who_can_cure_it() -> None:
    it = walk(
        "file_case",
        "inquire",
        ("propose", {"documents": {"proposal": [{"penalties": [{"kind": "罚款", "amount": "5万元"}]}]}}),
    )

    heard = next(one for one in refused(it, "review") if one.code == "heard")

    assert heard.basis == ("甲法第五条", "乙规章第四条", "甲法第四条")
    assert heard.cure == "办理听证"
    assert heard.text == (
        "应当先听证(拟处罚款50,000.00元, 达到50,000.00元以上: “听证标准”河南单位; 案卷中没有《听证笔录》)"
        "[甲法第五条、乙规章第四条、甲法第四条] 补正办法: 办理听证"
    )


def test_a_missing_document_is_named_with_the_way_to_hand_it_in() -> None:
    missing = refused(opened(), "file_case", documents={})

    assert [(one.code, one.message, one.basis) for one in missing] == [
        ("document", "缺少《立案审批表》", ("甲法第一条",))
    ]
    assert "--doc filing=文件" in missing[0].cure


def test_guards_that_read_a_faulty_or_missing_document_wait_until_it_can_be_read() -> None:
    it = walk("file_case", "inquire", "propose")

    assert codes(refused(it, "review", documents={"opinion": [{"outcome": "也许"}]})) == ["document"]
    assert codes(refused(it, "review", documents={})) == ["document"]
    assert codes(refused(it, "review", documents={"opinion": [{"outcome": "退回"}]})) == ["passed"]


def test_a_refused_step_leaves_the_case_as_it_was() -> None:
    it = walk("file_case")
    before = replace(it)

    refused(it, "decide")

    assert it == before


# The order of the chart.


@pytest.mark.parametrize(
    ("trigger", "cure"),
    [
        ("decide", "依次办理: 立案 → 审核"),
        ("pay", "依次办理: 立案 → 审核 → 作出决定"),
        ("inquire", "依次办理: 立案"),
    ],
)
def test_no_step_is_taken_out_of_its_order(trigger: str, cure: str) -> None:
    refusals = refused(opened(), trigger)

    assert refusals[0].code == "state"
    assert refusals[0].cure == cure


def test_a_place_that_cannot_be_reached_any_more_is_said_so() -> None:
    it = replace(walk("file_case", "inquire", "propose", "review", "decide"), state="decided")

    assert refused(it, "review")[0].cure == "从现在的环节不能到达, 请用 case next 查看可办环节"
    assert shortest_path(small().flow, "decided", ["inquiry"]) == []


def test_a_closed_case_takes_no_further_step() -> None:
    it = walk("file_case", "inquire", "propose", "review", "decide", "pay", "close")

    assert told(refused(it, "pay"))[0] == "state: 案件已经办结(“已结案”), 不能再办理本步()"


# Two officers, in person, in one role.


def test_the_certificate_counts_on_the_day_of_the_act_and_not_on_the_day_of_entry() -> None:
    it = walk("file_case")
    expired = {"zhang": replace(OFFICERS["zhang"], certificates=(certificate(last=DAY),))}
    late: dict[str, Any] = {
        "today": DAY + 9 * NEXT,
        "late_reason": "出差",
        "world_": {"officers": {**OFFICERS, **expired}},
    }

    taken = take(it, "inquire", DAY, **late)

    assert taken.step.by == ("zhang", "wang")
    assert codes(refused(it, "inquire", DAY + NEXT, **late))[:1] == ["people"]


def test_whoever_sat_as_chair_earlier_in_the_case_investigates_no_more() -> None:
    both = {**OFFICERS, "qian": replace(OFFICERS["qian"], posts=frozenset(("听证主持岗", "调查岗")))}
    world = {"officers": both}
    it = take(walk("file_case"), "hold_hearing", world_=world).case

    inquiry = refused(it, "inquire", by=("qian", "wang"), world_=world)

    assert it.acted["chair"] == ("qian",)
    assert [one.message for one in inquiry] == ["钱某在本案中担任过“听证主持人”, 不得再担任“调查人员”"]


@pytest.mark.parametrize(
    ("by", "named", "refused_as"),
    [(("qian",), "zhang", "听证主持人"), (("zhang",), "zhang", "听证主持人"), (("qian",), "qian", "")],
)
def test_whoever_investigated_is_no_chair_whether_acting_or_named(
    by: tuple[str, ...], named: str, refused_as: str
) -> None:
    posts = frozenset(("听证主持岗", "调查岗"))
    people = {**OFFICERS, **{one: replace(OFFICERS[one], posts=posts) for one in ("zhang", "qian")}}
    it = take(walk("file_case"), "inquire", world_={"officers": people}).case
    hearing: dict[str, Any] = {
        "by": by,
        "documents": {"hearing": [{"chair": named}]},
        "world_": {"officers": people},
    }

    if refused_as:
        refusals = refused(it, "hold_hearing", **hearing)
        assert any("张某在本案中担任过“调查人员”, 不得再担任“听证主持人”" in one.message for one in refusals)
    else:
        assert take(it, "hold_hearing", **hearing).case.acted["chair"] == ("qian",)


def test_one_person_takes_no_two_roles_that_exclude_each_other_in_one_step() -> None:
    posts = frozenset(("听证主持岗", "调查岗"))
    people = {**OFFICERS, "zhang": replace(OFFICERS["zhang"], posts=posts)}
    it = changed(transition={"inquire": {**RAW["transition"]["inquire"], "optional": ["hearing"]}})
    documents = {"record": [RECORD], "hearing": [{"chair": "zhang"}]}

    refusals = refused(
        walk("file_case"), "inquire", compiled=it, documents=documents, world_={"officers": people}
    )

    assert {one.message for one in refusals} == {
        "张某在本案中担任过“听证主持人”, 不得再担任“调查人员”",
        "《询问笔录》的“询问人”: 张某在本案中担任过“听证主持人”, 不得再担任“调查人员”",
        "《听证笔录》的“主持人”: 张某在本案中担任过“调查人员”, 不得再担任“听证主持人”",
    }


def test_whoever_is_named_in_a_document_must_satisfy_the_role_of_the_field() -> None:
    it = walk("file_case")

    refusals = refused(it, "inquire", documents={"record": [{**RECORD, "officers": ["zhang", "li"]}]})

    assert told(refusals) == ["people: 《询问笔录》的“询问人”: 李某的岗位是立案岗, 本步须由调查岗办理()"]


def test_whoever_is_named_counts_as_having_acted() -> None:
    people = {**OFFICERS, "meng": officer("meng", "孟某", "调查岗")}
    documents = {"record": [{**RECORD, "officers": ["zhang", "meng"]}]}

    it = take(walk("file_case"), "inquire", documents=documents, world_={"officers": people}).case

    assert it.acted["investigators"] == ("zhang", "wang", "meng")


def test_of_several_roles_the_one_that_fits_is_taken() -> None:
    it = walk("file_case")

    assert take(it, "hold_hearing").step.role == "chair"
    assert take(it, "hold_hearing", by=("li",)).step.role == "handler"


def test_a_step_without_anybody_is_taken_by_nobody() -> None:
    refusals = refused(opened(), "file_case", by=(), recorder="")

    assert [one.message for one in refusals] == ["“负责人”不得少于1人, 现有0人", "录入人: 人员名册中没有“”"]


# In person, and entered by somebody.


@pytest.mark.parametrize(
    ("by", "recorder", "said"),
    [
        (("sun",), "sun", []),
        (("sun",), "li", ["“负责人”应当本人办理, 他人不得代为录入"]),
        (("sun", "second"), "sun", ["“负责人”应当本人办理, 他人不得代为录入"]),
        (("sun", "second"), "second", ["“负责人”应当本人办理, 他人不得代为录入"]),
    ],
)
def test_an_act_in_person_is_entered_by_nobody_else(
    by: tuple[str, ...], recorder: str, said: list[str]
) -> None:
    people = {**OFFICERS, "second": officer("second", "吴某", head=True)}
    act: dict[str, Any] = {"by": by, "recorder": recorder, "world_": {"officers": people}}

    if said:
        refusals = refused(opened(), "file_case", **act)
        assert [one.message for one in refusals] == said
        assert refusals[0].basis == ("甲法第三条",)
        assert "本人办理(--as)" in refusals[0].cure
    else:
        assert take(opened(), "file_case", **act).step.recorder == recorder


def test_an_act_in_person_of_several_is_entered_by_one_of_them() -> None:
    it = altered("role", "investigators", in_person=True)
    filed = walk("file_case")

    assert take(filed, "inquire", compiled=it, recorder="wang").step.recorder == "wang"
    assert codes(refused(filed, "inquire", compiled=it, recorder="li")) == ["people"]


@pytest.mark.parametrize(
    ("recorder", "said"),
    [
        (officer("r", "录某"), None),
        (officer("r", "录某", agency="city"), None),
        (officer("r", "录某", agency="other"), "录入人: 录某不是某县某局或者其上级机关的人员"),
        (officer("r", "录某", active_to=DAY - NEXT), "录入人: 录某于2026-03-01离岗, 2026-03-02已不在岗"),
    ],
)
def test_whoever_enters_an_act_serves_here_on_that_day(recorder: Any, said: str | None) -> None:
    act: dict[str, Any] = {"recorder": "r", "world_": {"officers": {**OFFICERS, "r": recorder}}}
    filed = walk("file_case")

    if said is None:
        assert take(filed, "inquire", **act).step.recorder == "r"
    else:
        assert [one.message for one in refused(filed, "inquire", **act)] == [said]


@pytest.mark.parametrize(
    ("recorder", "may"), [({"active_to": DAY}, False), ({"active_from": DAY + 5 * NEXT}, True)]
)
def test_an_act_entered_late_is_entered_by_somebody_who_serves_on_that_later_day(
    recorder: Any, may: bool
) -> None:
    people = {**OFFICERS, "r": officer("r", "录某", **recorder)}
    late: dict[str, Any] = {
        "today": DAY + 9 * NEXT,
        "late_reason": "出差",
        "recorder": "r",
        "world_": {"officers": people},
    }
    filed = walk("file_case")

    if may:
        assert take(filed, "inquire", DAY, **late).step.recorder == "r"
    else:
        assert [one.message for one in refused(filed, "inquire", DAY, **late)] == [
            "录入人: 录某于2026-03-02离岗, 2026-03-11已不在岗"
        ]


def test_a_hint_says_who_may_have_been_meant() -> None:
    hints = {"王": "人员名册中没有“王”, 是否指: 王某"}

    refusals = refused(walk("file_case"), "inquire", recorder="王", world_={"hints": hints})

    assert [one.message for one in refusals] == ["录入人: 人员名册中没有“王”, 是否指: 王某"]


def test_a_name_in_a_field_without_a_role_must_still_be_somebody() -> None:
    form = {
        "name": "回避申请",
        "gap": "测试",
        "field": {"officers": {"type": "officers", "name": "申请回避的人员"}},
    }
    apply = {**RAW["transition"]["suspend"], "documents": ["request"]}
    it = changed(document={"request": form}, transition={"suspend": apply})
    filed = walk("file_case")
    hints = {"张某": "名册中有2名“张某”, 请用编号: a、b"}

    refusals = refused(
        filed,
        "suspend",
        compiled=it,
        documents={"request": [{"officers": "张某、zhang"}]},
        world_={"hints": hints},
    )

    assert told(refusals) == ["people: 《回避申请》的“申请回避的人员”: 名册中有2名“张某”, 请用编号: a、b()"]
    assert take(filed, "suspend", compiled=it, documents={"request": [{"officers": "zhang"}]}).case.acted == {
        "head": ("sun",), "handler": ("li",),
    }  # fmt: skip


# Documents: superseded, bound, carried.


def test_a_new_document_takes_the_place_of_the_older_one_and_records_add_up() -> None:
    lighter = {"proposal": [{"penalties": [{"kind": "罚款", "amount": "1万元"}]}]}

    it = walk("file_case", "inquire", "inquire", "propose", ("propose", {"documents": lighter}))

    assert len(it.papers["record"]) == 2
    assert len(it.papers["proposal"]) == 1
    assert it.papers["proposal"][0].fields["penalties"] == [{"kind": "罚款", "amount": 1_000_000}]


def test_a_loop_back_takes_the_documents_of_the_first_round_out_of_force() -> None:
    it = walk("file_case", "inquire", "propose", "hold_hearing", "review", "go_back")

    again = refused(it, "review", documents={})

    assert sorted(it.papers) == ["filing", "proposal"]
    assert codes(again) == ["document"]


def test_a_step_says_which_documents_it_took_out_of_force() -> None:
    advanced = take(walk("file_case", "inquire", "propose", "review"), "go_back")

    assert advanced.step.superseded == ("opinion", "record")


def test_a_document_handed_in_while_its_kind_is_superseded_stands_alone() -> None:
    it = walk("file_case", "inquire", "propose", "review")

    after = take(it, "go_back", documents={"record": [{**RECORD, "answer": "重新询问"}]}).case

    assert [paper.fields["answer"] for paper in after.papers["record"]] == ["重新询问"]


def test_guards_do_not_see_the_documents_that_the_step_itself_replaces() -> None:
    guard = {
        "check": "never_says",
        "args": {"field": "record.answer", "values": ["属实"]},
        "refusal": "不得承认",
        "gap": "测试",
    }
    it = changed(
        guard={"one": guard}, transition={"go_back": {**RAW["transition"]["go_back"], "guards": ["one"]}}
    )
    reviewed = walk("file_case", "inquire", "inquire", "propose", "review")
    other = {"record": [{**RECORD, "answer": "不属实"}]}

    assert codes(refused(reviewed, "go_back", compiled=it)) == ["one"]
    assert len(take(reviewed, "go_back", compiled=it, documents=other).case.papers["record"]) == 1


def test_an_opinion_is_bound_to_what_it_was_made_on_and_void_when_that_changes() -> None:
    it = walk("file_case", "inquire", "propose", "review")
    opinion = it.paper("opinion")
    loose = altered("transition", "inquire", source=["inquiry", "reviewed"])

    added_to = take(it, "inquire", compiled=loose).case

    assert opinion is not None
    assert opinion.bound == {kind: it.papers[kind][0].digest for kind in ("proposal", "record")}
    assert opinion.digest == paper_digest(opinion)
    assert take(it, "decide").case.state == "decided"
    assert told(refused(added_to, "decide")) == [
        "current: 审核已经失效(《审核意见书》在2026-03-02作出后, 《询问笔录》已经变动)"
    ]


def test_an_opinion_handed_in_with_what_it_rests_on_is_bound_to_that_in_either_order() -> None:
    review = {
        **RAW["transition"]["review"],
        "documents": ["opinion", "proposal"],
        "optional": ["record", "hearing"],
    }
    it = changed(transition={"review": review})
    handed = {"opinion": [{"outcome": "通过"}], "proposal": [FINE], "record": [RECORD]}
    filed = walk("file_case")

    for documents in (handed, dict(reversed(handed.items()))):
        after = take(filed, "review", compiled=it, documents=documents).case

        bound = after.papers["opinion"][0].bound
        assert bound == {
            "proposal": after.papers["proposal"][0].digest,
            "record": after.papers["record"][0].digest,
        }
        assert take(after, "decide", compiled=it).case.state == "decided"


def test_what_is_bound_in_a_chain_is_bound_to_the_final_hash() -> None:
    documents = {
        "proposal": {**RAW["document"]["proposal"], "binds": ["record"]},
        "opinion": {**RAW["document"]["opinion"], "binds": ["proposal"]},
    }
    review = {**RAW["transition"]["review"], "documents": ["opinion", "proposal", "record"]}
    it = changed(document=documents, transition={"review": review})

    after = take(
        walk("file_case"), "review", compiled=it,
        documents={"opinion": [{"outcome": "通过"}], "proposal": [FINE], "record": [RECORD]},
    ).case  # fmt: skip

    assert after.papers["opinion"][0].bound == {"proposal": after.papers["proposal"][0].digest}
    assert after.papers["proposal"][0].bound == {"record": after.papers["record"][0].digest}


def test_documents_bound_in_a_circle_are_never_current() -> None:
    loop = {"proposal": {**RAW["document"]["proposal"], "binds": ["opinion"]}}
    review = {**RAW["transition"]["review"], "documents": ["opinion", "proposal"]}
    it = changed(document=loop, transition={"review": review})

    after = take(
        walk("file_case"),
        "review",
        compiled=it,
        documents={"opinion": [{"outcome": "通过"}], "proposal": [FINE]},
    ).case

    assert codes(refused(after, "decide", compiled=it)) == ["current"]


def test_an_opinion_made_while_its_ground_is_superseded_is_bound_to_what_is_left() -> None:
    back = {**RAW["transition"]["go_back"], "optional": ["opinion"], "supersedes": ["record"]}
    it = changed(transition={"go_back": back})
    reviewed = walk("file_case", "inquire", "propose", "review")

    after = take(reviewed, "go_back", compiled=it, documents={"opinion": [{"outcome": "退回"}]}).case

    assert after.papers["opinion"][0].bound["record"] == ""


def test_a_later_copy_does_not_hide_an_earlier_one_from_the_guards() -> None:
    it = walk("file_case")
    refusing, good = {**RECORD, "refused": "是"}, RECORD

    for documents in ([refusing, good], [good, refusing], [good, refusing, good]):
        assert told(refused(it, "inquire", documents={"record": documents})) == [
            "signed: 笔录应当签名(《询问笔录》的“拒绝签名”为“是”)"
        ]
    assert len(take(it, "inquire", documents={"record": [good, good]}).case.papers["record"]) == 2


def test_copies_are_not_judged_together_with_a_document_that_is_missing() -> None:
    later = {
        "check": "day_order",
        "args": {"first": "filing.found_on", "then": "record.made_on"},
        "refusal": "日期",
        "gap": "测试",
    }
    step = {**RAW["transition"]["inquire"], "documents": ["filing", "record"], "guards": ["later"]}
    it = changed(guard={"later": later}, transition={"inquire": step})
    filed = walk(
        ("file_case", {"documents": {"filing": [{"number": "1号", "reason": "x", "found_on": DAY}]}})
    )
    earlier = {**RECORD, "made_on": DAY - NEXT}

    assert codes(refused(filed, "inquire", compiled=it, documents={"record": [earlier, RECORD]})) == [
        "document"
    ]


def test_a_later_copy_does_not_hide_the_officers_of_an_earlier_one() -> None:
    copies = [{**RECORD, "officers": ["li"]}, RECORD]

    refusals = refused(walk("file_case"), "inquire", documents={"record": copies})

    assert [one.message for one in refusals] == [
        "《询问笔录》的“询问人”: “调查人员”不得少于2人, 现有1人",
        "《询问笔录》的“询问人”: 李某的岗位是立案岗, 本步须由调查岗办理",
    ]


def test_officers_of_earlier_records_are_not_judged_again() -> None:
    it = walk("file_case", "inquire")
    left = {
        "officers": {
            **OFFICERS,
            "zhang": replace(OFFICERS["zhang"], active_to=DAY),
            "meng": officer("meng", "孟某", "调查岗"),
        }
    }

    again = take(
        it,
        "inquire",
        DAY + NEXT,
        by=("wang", "meng"),
        documents={"record": [{**RECORD, "officers": ["wang", "meng"]}]},
        world_=left,
    )

    assert len(again.case.papers["record"]) == 2


# Flags.


def test_a_flag_goes_up_and_down_and_both_days_stay_on_record() -> None:
    it = take(walk("file_case"), "suspend", DAY + NEXT)

    after = take(it.case, "resume", DAY + 4 * NEXT)

    assert (it.step.raised, after.step.lowered) == (("suspended",), ("suspended",))
    assert after.case.flags["suspended"] == up(DAY + NEXT, DAY + 4 * NEXT)
    assert after.case.clocks["handling"].due == date(2026, 6, 3)


def test_a_flag_that_is_up_is_not_raised_again_and_one_that_is_down_not_lowered() -> None:
    it = take(walk("file_case", "inquire", "propose", "review", "decide"), "ask_remedy").case

    again, down = take(it, "ask_remedy", DAY + NEXT), take(it, "end_remedy")

    assert (again.step.raised, again.case.flags) == ((), it.flags)
    assert take(down.case, "end_remedy").step.lowered == ()


def test_a_step_may_end_a_circumstance_and_begin_it_anew() -> None:
    renew = {**RAW["transition"]["resume"], "raises": ["suspended"], "lowers": ["suspended"]}
    it = changed(transition={"resume": renew})
    held_up = take(walk("file_case"), "suspend", compiled=it).case

    after = take(held_up, "resume", DAY + NEXT, compiled=it)

    assert after.case.flags["suspended"] == (*up(DAY, DAY + NEXT), *up(DAY + NEXT))


def test_while_a_flag_is_up_only_what_it_allows_may_be_done() -> None:
    it = take(walk("file_case"), "suspend").case

    refusals = refused(it, "inquire")

    assert told(refusals) == ["flag: “中止”期间不得办理本步(自2026-03-02起中止)"]
    assert (refusals[0].basis, refusals[0].cure) == (("甲法第一条",), "此时可以办理: 恢复")


def test_a_flag_blocks_the_steps_it_names_with_its_own_words() -> None:
    it = take(walk("file_case", "inquire", "propose", "review", "decide"), "ask_remedy").case

    refusals = refused(it, "defer")

    assert told(refusals) == ["flag: 复议期间不得办理(自2026-03-02起复议诉讼)"]
    assert refusals[0].cure == ""
    assert take(it, "pay").case.revision == it.revision + 1


@pytest.mark.parametrize(
    ("on", "stopped"), [(DAY, False), (DAY + NEXT, True), (DAY + 3 * NEXT, True), (DAY + 4 * NEXT, False)]
)
def test_an_act_entered_late_does_not_slip_into_a_circumstance_that_is_over(on: date, stopped: bool) -> None:
    it = take(walk("file_case"), "suspend", DAY + NEXT).case
    it = take(it, "resume", DAY + 4 * NEXT).case
    act: dict[str, Any] = {"today": DAY + 9 * NEXT, "late_reason": "出差", "on": on}

    if stopped:
        assert codes(refused(it, "inquire", **act)) == ["flag"]
    else:
        assert take(it, "inquire", **act).case.last_on == DAY + 4 * NEXT


# Children.

BIG = {"penalties": [{"kind": "罚款", "amount": "5万元"}]}


def big_decision(compiled: Compiled | None = None) -> Advanced:
    it = walk(
        "file_case",
        "inquire",
        "inquire",
        ("propose", {"documents": {"proposal": [BIG]}}),
        "hold_hearing",
        "review",
    )
    return take(it, "decide", documents={"decision": [{"number": "2号", **BIG}]}, compiled=compiled)


def test_a_side_duty_is_opened_where_its_finding_holds() -> None:
    advanced = big_decision()

    assert advanced.step.opened == (OpenedChild("publication", "test.side@2021-07-15", "A1.publication.7"),)
    opened_child = advanced.children[0]
    assert (opened_child.rule, opened_child.case.parent, opened_child.case.relation) == (
        "publication",
        "A1",
        "publication",
    )
    assert opened_child.case.title == "某案: 公示"
    assert opened_child.case.party == PARTY
    assert advanced.step.findings["hearing_due"].value == "是"


@pytest.mark.parametrize(("when", "opens"), [("hearing_due", 0), (None, 1), ("unknowable", 1)])
def test_a_side_duty_is_never_lost_because_something_cannot_be_determined(
    when: str | None, opens: int
) -> None:
    silent = {"penalties": "proposal.penalties", "table": "silent"}
    it = changed(
        child={"publication": {**RAW["child"]["publication"], "when": when}},
        finding={"unknowable": {"name": "不明", "rule": "reaches_threshold", "args": silent, "gap": "测试"}},
    )

    advanced = take(walk("file_case", "inquire", "propose", "review"), "decide", compiled=it)

    assert len(advanced.children) == opens


def test_a_side_duty_gets_the_documents_that_its_flow_carries_and_no_others() -> None:
    advanced = big_decision()

    carried = advanced.children[0].case.papers

    assert sorted(carried) == ["decision", "record"]
    assert len(carried["record"]) == 2
    assert carried["decision"][0].digest == advanced.case.papers["decision"][0].digest
    assert carried["decision"][0].seq == 0
    assert broken_links([advanced.children[0].step]) == []


def renaming(**carries: str) -> Compiled:
    return altered("child", "publication", carries=carries)


def test_a_side_duty_may_know_a_document_under_a_name_of_its_own() -> None:
    advanced = big_decision(renaming(decision="record", record="decision"))

    ours, carried = advanced.case.papers, advanced.children[0].case.papers
    assert [(one.kind, one.origin) for one in carried["decision"]] == [("decision", "record")]
    assert [(one.kind, one.origin) for one in carried["record"]] == [("record", "decision")]
    assert carried["decision"][-1].digest == ours["record"][-1].digest
    assert carried["decision"][-1].fields == ours["record"][-1].fields
    assert carried["record"][0].digest == ours["decision"][0].digest
    assert broken_links([advanced.children[0].step]) == []
    assert replay(side().flow, [advanced.children[0].step]) == advanced.children[0].case


def test_an_open_side_duty_holds_the_steps_it_names() -> None:
    advanced = big_decision()
    it = take(
        advanced.case, "pay", documents={"receipt": [{"payments": [{"on": DAY, "amount": "5万元"}]}]}
    ).case
    still = advanced.children[0].case

    held = refused(it, "close", world_={"children": (still, child("other"))})

    assert told(held) == ["child: “公示”尚未办结(A1.publication.7)"]
    assert (held[0].basis, held[0].cure) == (("甲法第一条",), "先办结: A1.publication.7")
    assert take(
        it, "close", world_={"children": (replace(still, ended=True, entered_state_on=DAY),)}
    ).case.ended


def test_a_step_dated_before_the_side_duty_ended_is_held() -> None:
    advanced = big_decision()
    it = take(
        advanced.case, "pay", documents={"receipt": [{"payments": [{"on": DAY, "amount": "5万元"}]}]}
    ).case
    done = replace(advanced.children[0].case, ended=True, entered_state_on=DAY + 3 * NEXT)
    act: dict[str, Any] = {"today": DAY + 9 * NEXT, "late_reason": "漏录", "world_": {"children": (done,)}}

    assert codes(refused(it, "close", DAY + 2 * NEXT, **act)) == ["child"]
    assert take(it, "close", DAY + 3 * NEXT, **act).case.ended


def test_a_side_duty_of_a_late_entry_says_that_it_was_late() -> None:
    it = walk(
        "file_case", "inquire", ("propose", {"documents": {"proposal": [BIG]}}), "hold_hearing", "review"
    )

    advanced = take(
        it,
        "decide",
        DAY,
        today=DAY + NEXT,
        late_reason=" 停电 ",
        documents={"decision": [{"number": "2号", **BIG}]},
    )

    assert (advanced.step.late_reason, advanced.children[0].step.late_reason) == ("停电", "停电")


# Findings on record.


@pytest.mark.parametrize(
    ("found", "row"),
    [
        (Found(True, "因为"), FoundRow("是", "因为")), (Found(False, "因为"), FoundRow("否", "因为")),
        (Found(None, "不明"), FoundRow("无法认定", "不明")), (Found(500, "五元", "行"), FoundRow("500", "五元", "行")),
        (Found(0, "无"), FoundRow("0", "无")),
    ],
)  # fmt: skip
def test_a_finding_stays_on_record_in_words(found: Found, row: FoundRow) -> None:
    assert recorded(found) == row


def test_a_step_records_what_it_found() -> None:
    advanced = take(walk("file_case", "inquire", "propose"), "review")

    assert advanced.step.findings == {
        "hearing_due": FoundRow("否", "未达到“听证标准”的任何一项"),
    }


def test_a_late_reason_is_kept_only_where_the_entry_is_late() -> None:
    it = opened()

    assert take(it, "file_case", DAY, late_reason="没有迟").step.late_reason == ""
    assert take(it, "file_case", DAY, today=DAY + NEXT, late_reason="出差").step.late_reason == "出差"


def test_the_hour_of_an_act_reaches_the_clocks() -> None:
    entry = {**RAW["deadline"]["handling"], "length": 24, "unit": "hour", "pauses": []}
    it = changed(deadline={"handling": entry})
    noon = datetime.fromisoformat("2026-03-02T12:00+08:00")

    advanced = take(opened(), "file_case", compiled=it, moment=noon)

    assert advanced.case.clocks["handling"].moment == "2026-03-03T12:00+08:00"


def test_a_refusal_counts_every_reason_and_names_the_step() -> None:
    with pytest.raises(Refused) as raised:
        take(opened(), "decide", documents={})

    assert raised.value.step == "作出决定"
    assert len(raised.value.problems) == len(raised.value.refusals) == 3
