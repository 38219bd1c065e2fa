"""Names that lead from one flow into another: each planted slip is told, with the name that was meant."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from tests.engine.builders import BASIS, RAW, SIDE, raw_flow
from zhifa_flow.engine.flowcheck.joints import joint_problems
from zhifa_flow.model.flow import Flow

ORDER = {
    "name": "回避决定书", "number": True, "basis": BASIS,
    "field": {"recused": {"type": "officers", "name": "决定回避的人员"}},
}  # fmt: skip
RECUSED = {"child": "recusal", "document": "order", "field": "recused"}
REPEATED = {"document": "record", "fields": ["answer"], "beside": "hearing_note", "about": "decision"}
NOTHING = {"beside": "hearing_note", "about": "decision"}
NOTE = {"name": "记录", "basis": BASIS, "field": {"answer": {"type": "text", "name": "回答"}}}
PLAN = {"deadline": "payment", "plan": "publication", "broken": ["published"]}
BEFORE = {
    "first": "proposal.complex", "last": "proposal.complex", "violated": "decision.articles",
    "begins": ["proposal.complex"], "ends": ["proposal"], "articles": ["decision.articles"],
    "fines": ["decision.penalties"], "lifted": ["order.number", "order"], "lifting": ["撤销"],
}  # fmt: skip


def guard(check: str, args: dict[str, Any]) -> dict[str, Any]:
    return {"check": check, "args": args, "refusal": "不得办理", "basis": BASIS}


def finding(rule: str, args: dict[str, Any]) -> dict[str, Any]:
    return {"name": "认定", "rule": rule, "args": args, "basis": BASIS}


def main(**more: Any) -> Flow:
    """The small flow, which opens a publication and a case on recusal."""
    publication = {**RAW["child"]["publication"], "carries": ["decision", "record"], **more.pop("opens", {})}
    recusal = {"name": "回避", "flow": "test.recusal", "basis": BASIS}
    note = {"document": {"hearing_note": NOTE}}
    return Flow.model_validate(
        raw_flow(child={"publication": publication, "recusal": recusal}, **{**note, **more})
    )


def duty(**more: Any) -> Flow:
    return Flow.model_validate({**deepcopy(SIDE), **more})


def recusal() -> Flow:
    return duty(id="test.recusal", document={"order": ORDER})


def asking(check: str, args: dict[str, Any], **slip: Any) -> Flow:
    """The publication, with one guard."""
    return duty(guard={"asked": guard(check, {**args, **slip})})


def told(flow: Flow, *others: Flow, spoiled: frozenset[str] = frozenset()) -> list[str]:
    return joint_problems(flow, others, spoiled)


def test_flows_that_fit_have_no_problems() -> None:
    theirs = duty(
        guard={
            "not_recused": guard("nobody_recused_beside", RECUSED),
            "repeated": guard("agrees_beside", REPEATED),
            "nothing": guard("nothing_beside", NOTHING),
            "number": guard("nobody_recused_beside", {**RECUSED, "field": "number"}),
        }
    )
    ours = main(
        opens={"acted": {"investigators": "handler"}},
        guard={
            "broken": guard("overdue_or_plan_broken", PLAN),
            "not_recused": guard("nobody_recused", RECUSED),
            "present": guard("present", {"document": "record"}),
        },
        finding={"before": finding("fined_before", BEFORE)},
    )
    folder = (ours, theirs, recusal())

    assert [joint_problems(one, folder) for one in folder] == [[], [], []]


# What is handed on.


@pytest.mark.parametrize(
    ("opens", "said"),
    [
        (
            {"carries": ["decision", "filing"]},
            "child.publication.carries: test.side@2021-07-15没有由主案带来(carried)的文书“filing”",
        ),
        (
            {"acted": {"investigators": "handlers"}},
            "child.publication.acted: test.side@2021-07-15没有名为“handlers”的角色, 是否指: handler",
        ),
    ],
)
def test_what_a_side_duty_is_given_it_must_know(opens: dict[str, Any], said: str) -> None:
    assert told(main(opens=opens), duty(), recusal()) == [said]


def test_a_document_that_the_duty_makes_itself_is_not_received() -> None:
    documents = deepcopy(SIDE["document"])
    documents["record"]["carried"] = False
    documents["records"] = {**documents["record"], "carried": True}

    assert told(main(), duty(document=documents), recusal()) == [
        "child.publication.carries: test.side@2021-07-15没有由主案带来(carried)的文书“record”, 是否指: records"
    ]


def received(**more: Any) -> dict[str, Any]:
    """The documents of the publication, which knows the decision as ``result`` and little of it."""
    fields = {"decided_on": {"type": "date", "name": "决定日期"}, "kind": {"type": "text", "name": "结果"}}
    rows = {"type": "rows", "name": "证据", "columns": {"name": {"type": "text", "name": "名称"}}}
    result = {"name": "决定", "carried": True, "basis": BASIS, "field": {**fields, "evidence": rows}}
    return {"result": {**result, **more}}


def granting(carries: Any, **more: Any) -> Flow:
    """The small flow, which hands a licence on to the publication."""
    fields = {
        "decided_on": {"type": "date", "name": "决定日期"}, "kind": {"type": "choice", "name": "结果", "of": ["准予", "不予"]},
        "evidence": {"type": "rows", "name": "证据", "columns": {
            "name": {"type": "text", "name": "名称"}, "pages": {"type": "integer", "name": "页数"},
        }},
        "told": {"type": "text", "name": "告知"},
    }  # fmt: skip
    licence = {"name": "许可决定书", "number": True, "basis": BASIS, "field": fields, **more}
    return main(opens={"carries": carries}, document={"hearing_note": NOTE, "licence": licence})


def field(key: str, **more: Any) -> dict[str, Any]:
    known = received()["result"]["field"]
    return {**known, key: {**known.get(key, {}), **more}}


AS_RESULT = {"result": "licence"}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"number": True},
        {"repeatable": True},
        {"field": {}},
        {"field": field("kind", type="choice", of=["准予", "不予", "撤回"])},
    ],
    ids=["less of it", "its number", "one is several", "nothing of it", "more options"],
)
def test_a_duty_may_know_less_of_a_document_and_under_another_name(more: dict[str, Any]) -> None:
    assert told(granting(AS_RESULT), duty(document=received(**more)), recusal()) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ({}, {"field": field("decided_no", type="date", name="日期")}, "有“decided_no”这一项, 带去的“licence”没有, 是否指: decided_on、evidence"),
        ({}, {"field": field("decided_on", type="text")}, "“decided_on”在{}中是文字, 在带去的“licence”中是日期"),
        ({}, {"field": field("told", type="choice", of=["是"], name="告知")}, "“told”在{}中是选一项, 在带去的“licence”中是文字"),
        ({}, {"field": field("kind", type="choice", of=["准予", "撤回"])}, "的“kind”没有带去的“licence”中的选项“不予”"),
        (
            {}, {"field": field("evidence", columns={"nam": {"type": "text", "name": "名称"}})},
            "的“evidence”有“nam”这一项, 带去的“licence”的“evidence”没有, 是否指: name",
        ),
        (
            {}, {"field": field("evidence", columns={"pages": {"type": "money", "name": "页数"}})},
            "“pages”在{}的“evidence”中是金额, 在带去的“licence”的“evidence”中是整数",
        ),
        ({"number": False}, {"number": True}, "有文号(number), 带去的“licence”没有"),
        ({"repeatable": True}, {}, "带去的“licence”可以有多份(repeatable), {}只有一份"),
    ],
)  # fmt: skip
def test_what_a_duty_knows_of_a_document_must_be_in_it(
    ours: dict[str, Any], theirs: dict[str, Any], said: str
) -> None:
    there = "test.side@2021-07-15的“result”"
    [problem] = told(granting(AS_RESULT, **ours), duty(document=received(**theirs)), recusal())

    assert problem == f"child.publication.carries: {said.format(there) if '{}' in said else there + said}"


def test_a_name_that_the_duty_does_not_have_is_told_with_the_one_that_was_meant() -> None:
    assert told(granting({"results": "licence"}), duty(document=received()), recusal()) == [
        "child.publication.carries: test.side@2021-07-15没有由主案带来(carried)的文书“results”, 是否指: result"
    ]


def test_a_document_that_the_main_case_does_not_have_is_told_of_that_flow() -> None:
    assert told(granting({"result": "licences"}), duty(document=received()), recusal()) == []


@pytest.mark.parametrize(
    ("versions", "faulty"),
    [
        ([(date(2019, 1, 1), None)], [date(2019, 1, 1)]),
        ([(date(2019, 1, 1), date(2021, 7, 15))], [date(2019, 1, 1)]),
        ([(date(2019, 1, 1), date(2021, 7, 14))], []),
        ([(date(2019, 1, 1), None), (date(2021, 7, 16), None)], [date(2019, 1, 1), date(2021, 7, 16)]),
        ([(date(2021, 7, 15), None), (date(2019, 1, 1), None)], [date(2021, 7, 15)]),
        ([(date(2024, 1, 1), date(2025, 1, 1))], [date(2024, 1, 1)]),
    ],
    ids=["one", "to the first day", "over the day before", "both", "replaced on the first day", "later"],
)
def test_every_version_that_can_be_met_is_asked_and_no_other(
    versions: list[tuple[date, date | None]], faulty: list[date]
) -> None:
    duties = [duty(effective_from=first, effective_to=last) for first, last in versions]

    problems = told(main(opens={"carries": ["filing"]}), *duties, recusal())

    assert [problem.split("没有")[0] for problem in problems] == [
        f"child.publication.carries: test.side@{first}" for first in faulty
    ]


def test_a_version_that_comes_into_force_after_the_law_has_ended_the_main_one_is_not_met() -> None:
    ended = main(opens={"carries": ["filing"]}, effective_to=date(2023, 12, 31))

    problems = told(ended, duty(), duty(effective_from=date(2024, 1, 1)), recusal())

    assert [problem.split("没有")[0] for problem in problems] == [
        "child.publication.carries: test.side@2021-07-15"
    ]


# What is looked for in the cases around.


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            asking("nobody_recused_beside", RECUSED, child="recusals"),
            ["guard.asked.args.child: 没有名为“recusals”的附随程序, 是否指: recusal"],
        ),
        (
            asking("nobody_recused_beside", RECUSED, document="orders"),
            ["guard.asked.args.document: 主案和有关附随程序都没有文书“orders”, 是否指: order、record"],
        ),
        (
            asking("nobody_recused_beside", RECUSED, field="recuse"),
            ["guard.asked.args.field: 文书“order”没有“recuse”这一项, 是否指: recused"],
        ),
        (
            asking("nothing_beside", NOTHING, beside="hearing_notes"),
            [
                "guard.asked.args.beside: 主案和有关附随程序都没有文书“hearing_notes”, 是否指: hearing_note、hearing"
            ],
        ),
        (
            asking("agrees_beside", REPEATED, fields=["answer", "made_on"]),
            ["guard.asked.args.fields: 文书“hearing_note”没有“made_on”这一项"],
        ),
        (
            asking("agrees_beside", REPEATED, document="decision"),
            ["guard.asked.args.fields: 文书“decision”没有“answer”这一项, 是否指: number"],
        ),
        (
            asking("agrees_beside", REPEATED, beside="nothing", fields=["answre"]),
            [
                "guard.asked.args.beside: 主案和有关附随程序都没有文书“nothing”, 是否指: hearing",
                "guard.asked.args.fields: 文书“record”没有“answre”这一项, 是否指: answer",
            ],
        ),
    ],
)
def test_what_a_duty_looks_for_around_it_must_be_there(asked: Flow, said: list[str]) -> None:
    assert told(asked, main(), recusal()) == said


@pytest.mark.parametrize(("slip", "said"), [({"document": "orders"}, 1), ({"field": "recuse"}, 1), ({}, 0)])
def test_a_main_case_looks_for_documents_of_what_it_opens(slip: dict[str, str], said: int) -> None:
    ours = main(guard={"asked": guard("nobody_recused", {**RECUSED, **slip})})

    assert len(told(ours, duty(), recusal())) == said


def test_a_case_that_goes_on_sees_what_the_cases_above_it_opened() -> None:
    above = {"further": {"name": "续办", "flow": "test.small", "basis": BASIS}}
    first = Flow.model_validate(raw_flow(id="test.first", child={**above, "complaint": {
        "name": "投诉", "flow": "test.complaint", "basis": BASIS,
    }}))  # fmt: skip
    complaint = duty(id="test.complaint", document={"complaint": NOTE})
    asked = asking(
        "nobody_recused_beside", {"child": "complaint", "document": "complaint", "field": "answer"}
    )

    assert told(asked, main(), recusal(), first, complaint) == []
    assert len(told(asked, main(), recusal(), complaint)) == 2


def test_a_document_of_a_flow_that_has_nothing_to_do_with_it_does_not_count() -> None:
    stranger = duty(id="test.stranger", document={"orders": ORDER})

    assert told(asking("nothing_beside", {**NOTHING, "beside": "orders"}), main(), stranger) == [
        "guard.asked.args.beside: 主案和有关附随程序都没有文书“orders”, 是否指: record"
    ]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"broken": ["publish"]}, ["guard.asked.args.broken: 没有名为“publish”的状态, 是否指: published"]),
        ({"plan": "publications", "broken": ["publish"]}, []),
    ],
    ids=["a slip", "a duty that is not there, which is told elsewhere"],
)
def test_the_states_of_a_side_duty_must_be_there(plan: dict[str, Any], said: list[str]) -> None:
    ours = main(guard={"asked": guard("overdue_or_plan_broken", {**PLAN, **plan})})

    assert told(ours, duty(), recusal()) == said


# What is looked for in other cases of the party.


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (
            {"begins": ["proposal.comples"]},
            "begins: 没有哪个流程有“proposal.comples”, 是否指: proposal.complex",
        ),
        ({"ends": ["proposals"]}, "ends: 没有哪个流程有“proposals”, 是否指: proposal"),
        ({"lifted": ["order.numbre"]}, "lifted: 没有哪个流程有“order.numbre”, 是否指: order.number"),
    ],
)
def test_what_is_looked_for_in_other_cases_must_be_made_somewhere(slip: dict[str, Any], said: str) -> None:
    ours = main(finding={"before": finding("fined_before", {**BEFORE, **slip})})

    (problem,) = told(ours, duty(), recusal())

    assert problem.startswith(f"finding.before.args.{said}")


# What is not known yet is not held against a flow.


def test_of_a_flow_that_is_itself_faulty_nothing_is_said() -> None:
    ours = main(
        opens={"carries": ["filing"]},
        guard={"asked": guard("nobody_recused", {**RECUSED, "document": "orders"})},
    )

    assert told(ours, recusal(), spoiled=frozenset({"test.side"})) == []
    assert len(told(ours, duty(), spoiled=frozenset({"test.recusal"}))) == 1
    assert len(told(ours, duty(), recusal(), spoiled=frozenset({"test.small"}))) == 2


def test_a_check_or_rule_that_is_not_there_is_told_elsewhere() -> None:
    ours = main(guard={"asked": guard("nobody", RECUSED)}, finding={"before": finding("before", BEFORE)})

    assert told(ours, duty(), recusal()) == []


# The flow of a case around.

FREE = {"flow": "test.small", "documents": ["record"]}
SAME_DAY = {"when": "owed", "field": "hearing_note", "flow": "test.side", "deadline": "publishing"}


def test_a_duty_may_look_at_a_case_of_a_flow_around_it_and_at_its_deadline() -> None:
    theirs = asking("nothing_held", FREE)
    ours = main(guard={"due": guard("due_around", SAME_DAY)})

    assert [told(theirs, ours), told(ours, theirs, recusal())] == [[], []]


def test_a_flow_that_is_not_around_and_a_deadline_that_it_does_not_have_are_told() -> None:
    strange = asking("nothing_held", FREE, flow="test.smal")
    late = main(guard={"due": guard("due_around", {**SAME_DAY, "deadline": "publishng"})})

    assert told(strange, main()) == [
        "guard.asked.args.flow: 启动本流程的、附随的流程中没有“test.smal”, 是否指: test.small、test.side"
    ]
    assert told(late, duty(), recusal()) == [
        "guard.due.args.deadline: 没有名为“publishng”的期限, 是否指: publishing"
    ]


def test_an_order_may_say_what_a_side_case_no_longer_holds_or_which_state_it_has_reached() -> None:
    order = {"settled": ["publication.record", "publication.published"], "before": "decide", "basis": BASIS}

    assert told(main(order={"goods": order}), duty(), recusal()) == []
    assert told(main(order={"goods": {**order, "settled": ["publication.recrd"]}}), duty(), recusal()) == [
        "order.goods.settled: “publication”的流程没有文书或者状态“recrd”, 是否指: record"
    ]
    assert told(main(order={"goods": {**order, "settled": ["strange.record"]}}), duty(), recusal()) == []
