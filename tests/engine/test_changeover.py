"""A running case goes on under a newer version only where everything done would have been allowed there."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.engine.builders import (
    BASIS,
    DAY,
    PARTY,
    RAW,
    case,
    changed,
    child,
    flow_for,
    side,
    small,
    take,
    world,
)
from zhifa_flow.engine.changeover import ChangedOver, change_over
from zhifa_flow.engine.compiler import Compiled, compile_flow
from zhifa_flow.engine.hindsight import Versions
from zhifa_flow.engine.identification import identify
from zhifa_flow.engine.ledger import ledger
from zhifa_flow.engine.opening import open_case
from zhifa_flow.engine.steps import CHANGE_VERSION, replayed, step_name, versions
from zhifa_flow.engine.world import situation_of
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import Refused
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.step import Step

NEW = "test.small@2026-01-01"
HEARING = {"hearing": [{"chair": "qian"}]}
BIG = {"penalties": [{"kind": "罚款", "amount": "8万元"}]}
Walk = tuple[Case, list[Step]]


def newer(**changes: Any) -> Compiled:
    """The small flow as of 2026, with whole entries of its sections added or replaced."""
    return changed(effective_from=date(2026, 1, 1), **changes)


def raw(section: str, key: str, **more: object) -> dict[str, dict[str, object]]:
    return {section: {key: {**deepcopy(RAW[section][key]), **more}}}


def without(section: str, *keys: str, **changes: Mapping[str, Any]) -> Compiled:
    told = deepcopy(RAW) | {"effective_from": date(2026, 1, 1)}
    for key in keys:
        told[section].pop(key)
    for other, entries in changes.items():
        told[other] = {**told[other], **entries}
    return compile_flow(Flow.model_validate(told))


def walked(*names: str | tuple[str, dict[str, Any]], compiled: Compiled | None = None, **more: Any) -> Walk:
    """The case after these steps, with its steps from the opening on."""
    begun = open_case(
        compiled or small(), world(), id_="A1", title="某案", party=PARTY, on=DAY, by=("li",), recorder="li", **more
    )  # fmt: skip
    case, steps = begun.case, [begun.step]
    for one in names:
        name, told = (one, {}) if isinstance(one, str) else one
        done = take(case, name, compiled=compiled, **told)
        case, steps = done.case, [*steps, done.step]
    return case, steps


def moved(
    it: Walk, to: Compiled, by: str = "li", reason: str = "新规施行", today: date = DAY, old: Compiled | None = None,
    in_force: Compiled | None = None, **more: Any,
) -> ChangedOver:  # fmt: skip
    def current(name: str, on: date) -> Compiled:
        return (in_force or to) if name == "test.small" else flow_for(name, on)

    around = world(today, flow_for=current, **more)
    return change_over(Versions(old or small(), to), it[0], it[1], by, reason, around)


def refused(it: Walk, to: Compiled, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        moved(it, to, **more)
    return [one.message for one in refusal.value.refusals]


REVIEWED = ("file_case", "inquire", "propose", ("review", {"documents": {"opinion": [{"outcome": "通过"}]}}))
DECIDED = (*REVIEWED, "decide")


def test_a_case_goes_on_under_the_new_version_where_it_stands() -> None:
    it = walked(*DECIDED)

    done = moved(it, newer())

    case, step = done.advanced.case, done.advanced.step
    assert (case.flow, case.flow_digest) == (NEW, newer().digest)
    assert (case.state, case.papers, case.clocks, case.acts) == (
        it[0].state,
        it[0].papers,
        it[0].clocks,
        it[0].acts,
    )
    assert (step.trigger, step.by, step.on, step.target) == (CHANGE_VERSION, ("li",), DAY, "decided")
    assert step.opening["from"] == "test.small@2021-07-15"
    assert step.opening["reason"] == "新规施行"
    assert step_name(newer().flow, step.trigger) == "改用流程新版本"
    assert (done.begun, done.kept) == ((), ())


def test_the_steps_of_a_moved_case_add_up_to_it_each_under_its_own_version() -> None:
    it = walked("file_case", "inquire")
    done = moved(it, newer())
    on = take(done.advanced.case, "propose", compiled=newer())
    asked: list[str] = []

    def flow_of(ref: str) -> Flow:
        asked.append(ref)
        return {NEW: newer().flow}.get(ref, small().flow)

    steps = [*it[1], done.advanced.step, on.step]
    assert replayed(flow_of, steps) == on.case
    assert asked == [*["test.small@2021-07-15"] * 4, NEW]
    assert [ref for _, ref, _ in versions(steps)] == [*["test.small@2021-07-15"] * 3, NEW, NEW]
    assert versions(steps)[-1][2] == newer().digest


def test_a_moved_case_can_be_moved_again() -> None:
    it = walked("file_case", "inquire")
    once = moved(it, newer())
    third = changed(effective_from=date(2026, 2, 1), guard=raw("guard", "heard", refusal="先听证")["guard"])

    again = moved((once.advanced.case, [*it[1], once.advanced.step]), third, old=newer())

    assert again.advanced.case.flow == "test.small@2026-02-01"


def test_a_step_of_the_engines_own_is_not_judged() -> None:
    case, steps = walked(compiled=small())
    nobody = open_case(
        small(), world(), id_="A1", title="某案", party=None, on=DAY, by=("li",), recorder="li"
    )
    done = identify(small(), nobody.case, PARTY, "li", world())

    assert moved((done.case, [nobody.step, done.step]), newer()).advanced.case.party == case.party
    assert len(steps) == 1


# the version itself ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "in_force", "said"),
    [
        (side(), None, "test.side@2021-07-15不是本案流程“测试程序”的版本"),
        (small(), None, "本案现在就用test.small@2021-07-15"),
        (changed(effective_from=date(2020, 1, 1)), None, "test.small@2020-01-01早于本案所用的test.small@2021-07-15, 只能改用较新的版本"),
        (changed(effective_from=date(2027, 1, 1)), small(), "test.small@2027-01-01现在没有施行, 只能改用现行的版本"),
    ],
)  # fmt: skip
def test_a_case_moves_only_to_the_version_of_its_flow_that_is_in_force(
    to: Compiled, in_force: Compiled, said: str
) -> None:
    assert refused(walked(), to, in_force=in_force) == [said]


def test_who_moves_it_and_why_is_asked_with_everything_else() -> None:
    case, steps = walked()

    told = refused((replace(case, flow_digest="0" * 64), steps), newer(), by="stranger", reason=" ")

    assert told == [
        "流程文件(test.small@2021-07-15)的内容与本案登记时不同, 不得据以办理",
        "录入人: 人员名册中没有“stranger”",
        "应当写明改用新版本的理由",
    ]


# where the case stands ---------------------------------------------------------------------------------------


def test_a_case_that_has_ended_stays_on_its_version() -> None:
    paid = (*DECIDED, "pay", "close")
    published = child(ended=True)

    assert refused(walked(*paid), newer(), children=(published,)) == ["案件已经办结(“已结案”)"]


def test_a_case_does_not_move_to_where_its_state_is_gone_or_an_end() -> None:
    it = walked("file_case")
    gone = without("state", "inquiry", transition={
        key: {**deepcopy(one), "source": ["registered"], "target": "reviewed", "stays": False}
        for key, one in RAW["transition"].items() if "inquiry" in (*one["source"], one.get("target"))
    })  # fmt: skip
    ended = newer(state={"inquiry": {"name": "调查中", "stage": "inquiry", "end": True}})

    assert refused(it, gone) == ["新版本没有案件现在的状态“调查中”", "第1步“立案”: 新版本办理后到“已审核”"]
    assert refused(it, ended) == ["新版本的“调查中”是办结状态, 本案没有办结"]


def test_a_running_deadline_is_known_to_the_new_version() -> None:
    to = without(
        "deadline", "handling", transition={"extend": {**RAW["transition"]["extend"], "extends": None}}
    )

    [told] = refused(walked("file_case"), to)

    assert told == f"新版本没有正在计算的期限“办理期限”(至{DAY + timedelta(days=90)})"


def test_a_deadline_that_has_ended_may_be_forgotten() -> None:
    to = without(
        "deadline", "handling", transition={"extend": {**RAW["transition"]["extend"], "extends": None}}
    )

    case = moved(walked(*DECIDED), to).advanced.case

    assert "handling" in case.clocks


def test_a_running_deadline_goes_on_as_it_began() -> None:
    it = walked("file_case")

    done = moved(it, newer(**raw("deadline", "handling", length=60)))

    assert done.kept == ("handling",)
    assert done.advanced.case.clocks == it[0].clocks


NEW_PERIOD = {
    "filing_notice": {
        "name": "告知期限", "starts": ["file_case"], "ends": ["propose"], "length": 5, "unit": "day", "owner": "agency",
        "expiry": "overdue", "basis": BASIS,
    }
}  # fmt: skip


def test_a_deadline_that_only_the_new_version_knows_begins_by_the_steps_taken() -> None:
    done = moved(walked("file_case"), newer(deadline=NEW_PERIOD), today=DAY + timedelta(days=2))

    [clock] = done.begun
    assert (clock.deadline, clock.started, clock.due) == ("filing_notice", DAY, DAY + timedelta(days=5))
    assert done.advanced.case.clocks["filing_notice"] == clock
    assert moved(walked("file_case", "propose"), newer(deadline=NEW_PERIOD)).begun == ()


def test_what_the_law_would_have_brought_about_before_it_was_known_is_not_made_up() -> None:
    deemed = {"filing_notice": {**NEW_PERIOD["filing_notice"], "expiry": "deemed", "then": "lapse"}}
    lapse = {"lapse": {"name": "视为撤回", "source": ["inquiry"], "stays": True, "basis": BASIS}}
    to = newer(deadline=deemed, transition=lapse)

    assert moved(walked("file_case"), to, today=DAY + timedelta(days=5)).begun
    [told] = refused(walked("file_case"), to, today=DAY + timedelta(days=6))
    assert told == f"新版本的期限“告知期限”已于{DAY + timedelta(days=5)}届满并依法发生后果, 不能补记"


def test_a_period_that_has_run_out_does_not_come_to_mean_something_else() -> None:
    lapse = {"lapse": {"name": "视为撤回", "source": ["inquiry"], "stays": True, "basis": BASIS}}
    to = newer(**raw("deadline", "handling", expiry="deemed", then="lapse"), transition=lapse)

    assert moved(walked("file_case"), to, today=DAY + timedelta(days=90)).kept == ("handling",)
    [told] = refused(walked("file_case"), to, today=DAY + timedelta(days=91))
    assert told == f"新版本的期限“办理期限”已于{DAY + timedelta(days=90)}届满并依法发生后果, 不能补记"


# what was done -----------------------------------------------------------------------------------------------


def test_a_move_that_would_hide_a_skipped_review_is_refused() -> None:
    lax = changed(transition={"decide": {**RAW["transition"]["decide"], "source": ["inquiry"], "guards": []}})
    it = walked("file_case", "propose", ("decide", {}), compiled=lax)

    told = refused(it, newer(), old=lax)

    assert told == ["第3步“作出决定”: 新版本应当在“已审核”时办理", "第3步“作出决定”: 应当先审核"]


def test_a_condition_that_is_new_or_reads_otherwise_is_asked_of_the_record() -> None:
    it = walked("file_case", "inquire", "propose")
    noted = {
        "noted": {
            "check": "present",
            "args": {"document": "opinion"},
            "refusal": "应当先有意见",
            "basis": BASIS,
        }
    }
    asked = newer(guard=noted, transition=raw("transition", "propose", guards=["noted"])["transition"])
    harder = newer(**raw("guard", "signed", args={"field": "record.answer", "value": "否"}))

    assert refused(it, asked) == ["第3步“提出处罚建议”: 应当先有意见"]
    assert refused(it, harder) == ["第2步“询问”: 笔录应当签名"]
    assert moved(it, newer(**raw("guard", "signed", refusal="须签名", basis=["甲法第七条"]))).advanced


def test_a_condition_that_only_bears_another_name_was_judged_already() -> None:
    told: dict[str, Any] = {**RAW["guard"]["signed"]}
    lax = changed(**raw("guard", "signed", args={"field": "record.answer", "value": "属实"}))
    it = walked("file_case", "inquire", compiled=lax)
    same = changed(
        effective_from=date(2026, 1, 1), guard={"signature": {**told, "args": {"field": "record.answer", "value": "属实"}}},
        transition=raw("transition", "inquire", guards=["signature"])["transition"],
    )  # fmt: skip

    assert moved(it, same, old=lax).advanced


def test_a_finding_behind_a_condition_counts_as_part_of_it() -> None:
    it = walked("file_case", "propose", ("review", {"documents": {"opinion": [{"outcome": "通过"}]}}))
    lower = newer(**raw("finding", "hearing_due", args={"penalties": "proposal.penalties", "table": "spot"}))

    assert refused(it, lower) == ["第3步“审核”: 应当先听证"]


def test_a_condition_on_other_cases_cannot_be_told_from_the_record() -> None:
    looks = {
        "beside": {
            "check": "nobody_recused",
            "args": {"child": "publication", "document": "memo", "field": "reason"},
            "refusal": "公示应当办结",
            "basis": BASIS,
        }
    }
    to = newer(guard=looks, transition=raw("transition", "pay", guards=["beside"])["transition"])

    [told] = refused(walked(*DECIDED, "pay"), to)

    assert told == "第6步“缴款”: 公示应当办结: 须看其他案件当时的情况, 不能依本案记录判断"


def test_a_step_that_is_gone_is_named() -> None:
    to = without("transition", "pay")

    assert refused(walked(*DECIDED, "pay"), to) == ["第6步“缴款”: 新版本没有这一环节"]


def test_the_first_state_is_the_same() -> None:
    assert "第0步“登记”: 新版本的案件从“调查中”开始" in refused(walked(), newer(initial="inquiry"))


# documents ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (raw("transition", "file_case", documents=["filing", "memo"]), ["新版本应当提交《书面通知》, 案卷中没有"]),
        (raw("transition", "file_case", documents=[], optional=[]), ["新版本不收《立案审批表》"]),
        (raw("document", "filing", repeatable=True), ["新版本的《立案审批表》可以有多份, 案卷不能照搬"]),
        (raw("document", "filing", binds=["memo"]), ["新版本的《立案审批表》应当锁定《书面通知》的内容, 作出时没有锁定"]),
        (
            raw("document", "filing", field={"reason": {"type": "text", "name": "立案理由"}, "level": {"type": "text", "name": "级别"}}),
            ["《立案审批表》没有填写新版本要求的“级别”"],
        ),
        (raw("document", "filing", field={}), ["新版本的《立案审批表》没有“立案理由”一项"]),
        (
            raw("document", "filing", field={"reason": {"type": "choice", "name": "立案理由", "of": ["举报"]}}),
            ["《立案审批表》的“立案理由”在新版本中类型或者角色不同"],
        ),
        (raw("document", "filing", field={"reason": {"type": "text", "name": "理由", "of": ["甲"]}}), ["《立案审批表》的“理由”写的是“举报属实”, 新版本没有这一选项"]),
    ],
)  # fmt: skip
def test_documents_on_file_fit_the_new_forms(changes: dict[str, Any], said: list[str]) -> None:
    assert refused(walked("file_case"), newer(**changes)) == [f"第1步“立案”: {one}" for one in said]


def test_a_document_of_which_there_is_only_one_or_that_has_no_number_does_not_fit() -> None:
    records = newer(**raw("document", "record", repeatable=False))
    numbered = newer(**raw("document", "proposal", number=True))

    assert refused(walked("file_case", "inquire"), records) == [
        "第2步“询问”: 新版本的《询问笔录》只能有一份, 案卷不能照搬"
    ]
    assert refused(walked("file_case", "propose"), numbered) == ["第2步“提出处罚建议”: 《处罚建议》没有文号"]


def test_rows_are_held_against_the_new_columns() -> None:
    form = {
        "payments": {
            "type": "rows",
            "name": "缴款",
            "least": 2,
            "columns": {"on": {"type": "date", "name": "缴款日期"}},
        }
    }
    to = newer(**raw("document", "receipt", field=form))

    assert refused(walked(*DECIDED, "pay"), to) == [
        "第6步“缴款”: 《缴款票据》的“缴款”新版本要求至少2项, 案卷中有1项",
        "第6步“缴款”: 新版本的《缴款票据》的“缴款”没有“金额”一项",
    ]


def test_a_field_that_may_stay_empty_asks_nothing() -> None:
    fields = {
        **RAW["document"]["filing"]["field"],
        "level": {"type": "text", "name": "级别", "required": False},
    }

    assert moved(walked("file_case"), newer(**raw("document", "filing", field=fields))).advanced


def test_a_number_that_becomes_a_field_is_left_to_the_eye() -> None:
    fields = {**RAW["document"]["filing"]["field"], "number": {"type": "text", "name": "编号"}}

    assert moved(walked("file_case"), newer(**raw("document", "filing", number=False, field=fields))).advanced


def test_documents_that_came_from_the_main_case_are_taken_over() -> None:
    told = deepcopy(side().flow.model_dump(by_alias=True, exclude_defaults=True)) | {
        "effective_from": date(2026, 1, 1)
    }
    same = compile_flow(Flow.model_validate(deepcopy(told)))
    told["document"].pop("record")
    told["document"]["decision"].pop("carried")
    to = compile_flow(Flow.model_validate(told))
    papers = walked(*DECIDED)[0].papers
    carried = [papers["decision"][0], papers["record"][0]]
    begun = open_case(
        side(), world(), id_="A1.c", title="公示", party=PARTY, on=DAY, by=("li",), recorder="li", parent=case(id="A1"),
        relation="publication", carried=carried,
    )  # fmt: skip
    around = world(flow_for=lambda _, __: to)

    assert change_over(
        Versions(side(), same), begun.case, [begun.step], "li", "新规", world(flow_for=lambda _, __: same)
    )
    with pytest.raises(Refused) as refusal:
        change_over(Versions(side(), to), begun.case, [begun.step], "li", "新规", around)

    assert [one.message for one in refusal.value.refusals] == [
        "新版本不接收由主案带来的《处罚决定书》", "新版本不接收由主案带来的《询问笔录》",
    ]  # fmt: skip


# people ------------------------------------------------------------------------------------------------------


def test_people_are_held_against_roles_that_ask_something_else() -> None:
    it = walked("file_case", "inquire")
    more = newer(**raw("role", "investigators", count=3))
    named = newer(**raw("role", "investigators", posts=["检查岗"], count=1))
    other = newer(**raw("transition", "file_case", by=["handler"]))
    nobody = newer(
        deadline={"due": {**NEW_PERIOD["filing_notice"], "starts": ["open"], "ends": [], "expiry": "deemed", "then": "file_case"}},
        **raw("transition", "file_case", by=[]),
    )  # fmt: skip

    assert refused(it, more)[0] == "第2步“询问”: “调查人员”不得少于3人, 现有2人"
    assert "张某的岗位是调查岗, 本步须由检查岗办理" in refused(it, named)[0]
    assert any("《询问笔录》的“询问人”" in one for one in refused(it, named))
    assert refused(it, other) == ["第1步“立案”: 新版本由承办人办理"]
    assert "第1步“立案”: 新版本由无人(随期限届满依法发生)办理" in refused(it, nobody)


def test_whoever_may_not_have_acted_together_is_found() -> None:
    it = walked(
        "file_case",
        ("inquire", {"by": ("zhang", "wang")}),
        ("hold_hearing", {"by": ("wang",), "documents": HEARING}),
    )
    barred = newer(**raw("role", "handler", barred=["investigators"]))

    assert refused(it, barred) == ["第3步“听证”: 王某在本案中担任过“调查人员”, 不得再担任“承办人”"]


def test_a_role_in_which_somebody_acted_is_known_to_the_new_version() -> None:
    to = without("role", "chair", role=raw("role", "investigators", barred=["reviewer"])["role"], document={
        "hearing": {**deepcopy(RAW["document"]["hearing"]), "field": {"chair": {"type": "officer", "name": "主持人"}}},
    }, transition=raw("transition", "hold_hearing", by=["handler"])["transition"])  # fmt: skip
    it = walked("file_case", ("hold_hearing", {"by": ("qian",), "documents": HEARING}))

    assert refused(it, to) == [
        "第2步“听证”: 《听证笔录》的“主持人”在新版本中类型或者角色不同",
        "第2步“听证”: 新版本没有角色chair, 担任过的人员不能据以回避",
    ]


def test_a_role_handed_on_from_another_case_is_known_to_the_new_version() -> None:
    to = without("role", "chair", role=raw("role", "investigators", barred=["reviewer"])["role"], document={
        "hearing": {**deepcopy(RAW["document"]["hearing"]), "field": {"chair": {"type": "officer", "name": "主持人"}}},
    }, transition=raw("transition", "hold_hearing", by=["handler"])["transition"])  # fmt: skip

    assert moved(walked(), to).advanced
    assert refused(walked(acted={"chair": ("qian",)}), to) == [
        "第0步“登记”: 新版本没有角色chair, 担任过的人员不能据以回避"
    ]


# what a step brings about ------------------------------------------------------------------------------------


def test_a_step_that_would_have_left_the_case_otherwise_is_named() -> None:
    it = walked("file_case", "inquire", "propose", "suspend", "resume", "extend")
    stale = newer(**raw("transition", "extend", supersedes=["proposal"]))
    calm = newer(**raw("transition", "suspend", raises=[]))
    longer = newer(**raw("transition", "extend", extends=None))

    assert refused(it, stale) == ["第6步“延长”: 新版本办理本步使《处罚建议》失去效力, 本案没有重新作出"]
    assert refused(it, calm)[0] == "第4步“中止”: 新版本办理本步所起、所止的情形不同"
    assert refused(it, longer) == ["第6步“延长”: 新版本办理本步所延长、所改定的期限不同"]
    assert moved(it, newer()).advanced


def test_a_step_that_the_new_version_stops_meanwhile_is_named() -> None:
    it = walked("file_case", "suspend", "resume", "propose")
    lax = changed(flag={"suspended": {"name": "中止", "allows": ["resume", "propose"], "basis": BASIS}})
    loose = walked("file_case", "suspend", "propose", compiled=lax)

    assert moved(it, newer()).advanced
    assert refused(loose, newer(), old=lax) == ["第3步“提出处罚建议”: “中止”期间不得办理本步"]


def test_a_step_that_an_open_side_duty_would_have_held_is_named() -> None:
    heard = ("file_case", "inquire", ("propose", {"documents": {"proposal": [BIG]}}),
             ("hold_hearing", {"by": ("qian",), "documents": HEARING}), ("review", {"documents": {"opinion": [{"outcome": "通过"}]}}),
             ("decide", {"documents": {"decision": [{"number": "2号", **BIG}]}}), "pay")  # fmt: skip
    it = walked(*heard)
    opened = it[1][6].opened[0].case
    holds = newer(**raw("child", "publication", holds=["close", "pay"]))
    gone = without("child", "publication", transition=raw("transition", "decide", opens=[])["transition"])

    waiting = child(id_=opened)
    assert refused(it, holds, children=(waiting,)) == ["第7步“缴款”: “公示”尚未办结"]
    assert refused(it, gone, children=(waiting,)) == ["第6步“作出决定”: 新版本没有所启动的附随程序“公示”"]
    assert moved(it, newer(), children=(waiting,)).advanced


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, False),
        (raw("child", "publication", when=None), True),
        (raw("finding", "hearing_due", args={"penalties": "proposal.penalties", "table": "spot"}), True),
        ({"child": {"extra": {**RAW["child"]["publication"], "name": "另项"}}, **raw("transition", "decide", opens=["publication", "extra"])}, False),
        ({"child": {"extra": {**RAW["child"]["publication"], "when": None}}, **raw("transition", "decide", opens=["publication", "extra"])}, True),
    ],
)  # fmt: skip
def test_a_side_duty_that_the_new_version_would_have_opened_is_never_lost(
    changes: dict[str, Any], due: bool
) -> None:
    lax = changed(transition=raw("transition", "review", guards=["passed"])["transition"])
    same = {
        "transition": {
            **raw("transition", "review", guards=["passed"])["transition"],
            **changes.get("transition", {}),
        }
    }
    it = walked(*DECIDED, compiled=lax)

    if not due:
        assert moved(it, newer(**{**changes, **same}), old=lax).advanced
        return
    [told] = refused(it, newer(**{**changes, **same}), old=lax)
    assert told == "第5步“作出决定”: 新版本办理本步启动附随程序“公示”, 本案没有启动"


# where the law has changed -----------------------------------------------------------------------------------

#: The small flow as the law ended it, and the next version, which the law put in its place.
ENDED = changed(effective_to=DAY)
NEXT_DAY = DAY + timedelta(days=1)


def by_law(**changes: Any) -> Compiled:
    return changed(effective_from=NEXT_DAY, **changes)


def carried_over(*names: Any, to: Compiled, **more: Any) -> ChangedOver:
    return moved(walked(*names, compiled=ENDED), to, old=ENDED, today=NEXT_DAY, **more)


def held_up(*names: Any, to: Compiled) -> list[str]:
    return refused(walked(*names, compiled=ENDED), to, old=ENDED, today=NEXT_DAY)


def test_what_was_done_under_a_law_is_not_judged_by_the_next_one() -> None:
    asks_more = {"file_case": {**RAW["transition"]["file_case"], "source": ["inquiry"], "guards": ["paid"]}}
    stricter = raw("role", "handler", count=2)
    form = deepcopy(RAW["document"]["filing"])
    form["field"] |= {"standard": {"type": "text", "name": "立案标准"}}

    done = carried_over("file_case", to=by_law(transition=asks_more, **stricter, document={"filing": form}))

    assert done.advanced.case.flow == f"test.small@{NEXT_DAY}"


def test_a_period_that_a_law_brought_in_runs_from_the_day_it_came_into_force() -> None:
    dated = {"filing_notice": {**NEW_PERIOD["filing_notice"], "from": "filing.found_on"}}

    [clock] = carried_over("file_case", to=by_law(deadline=dated)).begun

    assert (clock.started, clock.due) == (NEXT_DAY, NEXT_DAY + timedelta(days=5))


def test_the_ledger_of_a_period_that_a_move_began_stands_by_the_record() -> None:
    it = walked("file_case", compiled=ENDED)
    to = by_law(deadline=NEW_PERIOD)
    done = moved(it, to, old=ENDED, today=NEXT_DAY + timedelta(days=1)).advanced

    told = ledger(
        situation_of(to, done.case, done.step.on, world(done.step.on)), [*it[1], done.step], "filing_notice"
    )

    assert told.problems == ()
    assert told.entries[0].said == f"{NEXT_DAY}起算5日(改用新版本时记入, 依此前的环节)"


def test_documents_that_the_next_law_does_not_know_hold_the_case_back() -> None:
    form, record = deepcopy(RAW["document"]["filing"]), RAW["document"]["record"]
    form["field"]["reason"] = {"type": "choice", "name": "立案理由", "of": ["举报"]}
    to = by_law(document={"filing": form, "record": {**record, "repeatable": False}})

    told = held_up("file_case", "inquire", to=to)

    assert told == [
        "《立案审批表》的“立案理由”在新版本中类型或者角色不同",
        "新版本没有《询问笔录》, 或者份数不同, 案卷不能照搬",
    ]


def test_roles_and_circumstances_that_the_next_law_does_not_know_hold_the_case_back() -> None:
    it = walked(*DECIDED, "ask_remedy", compiled=ENDED)
    told = deepcopy(RAW) | {"effective_from": NEXT_DAY}
    told["flag"].pop("remedy")
    told["transition"]["ask_remedy"].pop("raises")
    told["transition"]["end_remedy"].pop("lowers")
    for deadline in told["deadline"].values():
        deadline.pop("pauses", None)
    told["role"]["filer"] = told["role"].pop("handler")
    for step in told["transition"].values():
        step["by"] = ["filer" if role == "handler" else role for role in step["by"]]
    to = compile_flow(Flow.model_validate(told))

    assert refused(it, to, old=ENDED, today=NEXT_DAY) == [
        "新版本没有角色handler, 担任过的人员不能据以回避",
        "新版本没有正在持续的情形“复议诉讼”",
    ]
