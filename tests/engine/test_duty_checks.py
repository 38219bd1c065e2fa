"""The checks and finding rules of the side duties and of what is done on the spot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import AGENCY, BASIS, DAY, OFFICERS, changed, clock, law, paper, situation
from zhifa_flow.engine.checks import duties, rows
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.findings import duties as findings
from zhifa_flow.engine.registry import DeadlineName, FieldPath, FindingName, Found, TableName
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.table import Table

MONEY_ROWS = {
    "on": {"type": "date", "name": "日期"},
    "amount": {"type": "money", "name": "金额"},
    "channel": {"type": "text", "name": "方式"},
}
PLAN_ROWS = {"due": {"type": "date", "name": "应缴日期"}, "amount": {"type": "money", "name": "应缴金额"}}
ITEM_ROWS = {"name": {"type": "text", "name": "名称"}}
LETTER = {
    "name": "某文书",
    "basis": BASIS,
    "field": {
        "to": {"type": "text", "name": "收件机关"},
        "asked": {"type": "officers", "name": "申请的人员"},
        "yes": {"type": "officers", "name": "同意的人员"},
        "no": {"type": "officers", "name": "不同意的人员"},
        "outcome": {"type": "choice", "name": "结果", "of": ["采纳", "不采纳"]},
        "days": {"type": "integer", "name": "日数"},
        "ground": {"type": "choice", "name": "理由", "of": ["小额", "警告", "其他"]},
        "amount": {"type": "money", "name": "金额"},
        "start": {"type": "date", "name": "起"},
        "end": {"type": "date", "name": "止"},
        "grade": {"type": "choice", "name": "分类", "of": ["一般", "严重"]},
        "plan": {"type": "rows", "name": "计划", "columns": PLAN_ROWS},
        "paid": {"type": "rows", "name": "缴款", "columns": MONEY_ROWS},
        "refunds": {"type": "rows", "name": "退款", "columns": MONEY_ROWS},
        "items": {"type": "rows", "name": "清单", "columns": ITEM_ROWS},
        "others": {"type": "rows", "name": "另一清单", "columns": ITEM_ROWS},
    },
}
GROUNDS = Table.model_validate(
    {
        "schema": "zhifa-table/1", "id": "grounds", "name": "某表",
        "row": [
            {"id": "小额", "limb": "a", "value": "小额", "penalties": ["罚款", "警告"], "at_most": "100元", "from": date(2021, 7, 15)},
            {"id": "只有警告", "limb": "b", "value": "警告", "sector": "市场监管", "penalties": ["警告"], "from": date(2021, 7, 15)},
        ],
    }
)  # fmt: skip
PERIODS = Table.model_validate(
    {
        "schema": "zhifa-table/1", "id": "periods", "name": "公示期",
        "row": [
            {"id": "旧最长", "limb": "longest", "length": "3年", "to": date(2026, 3, 31)},
            {"id": "一般最长", "limb": "longest", "value": "一般", "length": "1年", "from": date(2026, 4, 1)},
            {"id": "严重最长", "limb": "longest", "value": "严重", "length": "3年", "from": date(2026, 4, 1)},
            {"id": "一般最短", "limb": "shortest", "value": "一般", "length": "3个月", "from": date(2026, 4, 1)},
            {"id": "另有规定", "limb": "longest", "sector": "市场监管", "penalties": ["罚款"], "length": "2年"},
            {"id": "另有规定(最短)", "limb": "shortest", "sector": "市场监管"},
        ],
    }
)  # fmt: skip


@cache
def with_letter() -> Compiled:
    return changed(document={"letter": LETTER})


def given(found: Mapping[str, Found] | None = None, /, **more: Any) -> Situation:
    """A situation whose letter says what is not meant for the situation itself."""
    own = ("on", "sector", "agency", "by", "clocks", "penalties")
    fields = {key: more.pop(key) for key in list(more) if key not in own}
    penalties = more.pop("penalties", None)
    papers = [paper("letter", **fields)]
    papers += [paper("decision", penalties=penalties)] if penalties is not None else []
    s = situation(papers, compiled=with_letter(), found=found, **more)
    s.law = replace(law(), tables={"grounds": GROUNDS, "periods": PERIODS})
    return s


def field(name: str) -> FieldPath:
    return FieldPath(f"letter.{name}")


PENALTIES = FieldPath("decision.penalties")
OWED = FindingName("owed")


def owes(value: int | None) -> dict[str, Found]:
    return {"owed": Found(value, "应缴若干")}


def fine(amount: int) -> list[dict[str, object]]:
    return [{"kind": "罚款", "amount": amount}]


WARNING: dict[str, object] = {"kind": "警告"}


# To whom it is addressed, in whose name it is made.


@pytest.mark.parametrize(
    ("to", "justice", "superior"),
    [("justice", True, False), ("city", False, True), ("bureau", False, False)],
)
def test_a_letter_reaches_only_the_office_that_the_register_names(
    to: str, *, justice: bool, superior: bool
) -> None:
    s = given(to=to, agency=replace(AGENCY, justice_office="justice", superior="city"))

    answers = (
        duties.addressed_to_justice_office(s, field=field("to")),
        duties.addressed_to_superior(s, field=field("to")),
    )

    assert tuple(answer is None for answer in answers) == (justice, superior)


def test_a_letter_to_the_wrong_office_is_told_which_one_the_register_names() -> None:
    answer = duties.addressed_to_superior(given(to="justice"), field=field("to"))

    assert answer == "《某文书》的“收件机关”为“justice”, 机关名册登记的上级主管部门是“city”"


def test_an_agency_without_a_registered_justice_office_can_address_none() -> None:
    answer = duties.addressed_to_justice_office(given(to="justice"), field=field("to"))

    assert answer == "机关名册中没有登记某县某局的同级司法行政部门"


@pytest.mark.parametrize(
    ("entrusted_by", "name", "good"),
    [
        (None, "某县某局", True), (None, "某队", False), ("city", "某县某局", False), ("city", "city", False),
        ("city", "某市某局", True),
    ],
)  # fmt: skip
def test_a_decision_is_made_in_the_name_of_the_agency_or_of_the_organ_that_entrusted_it(
    entrusted_by: str | None, name: str, *, good: bool
) -> None:
    s = given(to=name, agency=replace(AGENCY, entrusted_by=entrusted_by))
    s.entrusting = replace(AGENCY, id="city", name="某市某局") if entrusted_by else None

    answer = duties.made_in_agency_name(s, field=field("to"))

    assert (answer is None) is good


def test_nobody_acts_in_the_name_of_an_organ_that_no_register_knows() -> None:
    s = given(to="某市某局", agency=replace(AGENCY, entrusted_by="city"))

    assert duties.made_in_agency_name(s, field=field("to")) == "机关名册中没有登记某县某局的委托机关“city”"


def test_a_decision_in_nobodys_name_is_told_which_name_it_needs() -> None:
    answer = duties.made_in_agency_name(given(), field=field("to"))

    assert answer == "《某文书》的“收件机关”为“未填写”, 应为“某县某局”"


# Who is named.


@pytest.mark.parametrize(
    ("yes", "no", "answer"),
    [
        (["zhang"], ["wang"], None),
        (["wang", "zhang"], [], None),
        (["zhang"], [], "没有处理王某"),
        (["zhang"], ["wang", "li"], "另外写了李某"),
        (["zhang", "wang"], ["wang"], "重复写了王某"),
        ([], ["li"], "没有处理张某、王某; 另外写了李某"),
    ],
)
def test_everybody_asked_about_is_answered_once_and_nobody_else(
    yes: list[str], no: list[str], answer: str | None
) -> None:
    s = given(asked=["zhang", "wang"], yes=yes, no=no)

    assert duties.names_exactly(s, whole=field("asked"), parts=(field("yes"), field("no"))) == answer


# What a defence that was accepted must change.


@pytest.mark.parametrize(
    ("outcome", "decided", "good"),
    [("采纳", 900, True), ("采纳", 1000, False), ("不采纳", 1000, True)],
)
def test_an_accepted_defence_makes_the_penalty_lighter(outcome: str, decided: int, *, good: bool) -> None:
    s = given(outcome=outcome, penalties=fine(decided))
    s.papers = {**s.papers, "proposal": (paper("proposal", penalties=fine(1000)),)}

    answer = duties.lighter_if(
        s, field=field("outcome"), says=("采纳",), decided=PENALTIES, told=FieldPath("proposal.penalties")
    )

    assert answer == (None if good else "《某文书》的“结果”为“采纳”, 但处罚与告知的相同")


def test_an_answer_that_the_new_notice_took_in_asks_for_no_less_again() -> None:
    s = given(outcome="采纳", penalties=fine(1000))
    s.papers = {**s.papers, "proposal": (paper("proposal", seq=9, penalties=fine(1000)),)}

    answer = duties.lighter_if(
        s, field=field("outcome"), says=("采纳",), decided=PENALTIES, told=FieldPath("proposal.penalties")
    )

    assert answer is None


@pytest.mark.parametrize(("days", "good"), [(59, False), (60, True), (61, True)])
def test_a_number_reaches_the_least_with_the_figure_itself(days: int, *, good: bool) -> None:
    answer = duties.number_at_least(given(days=days), field=field("days"), least=60)

    assert answer == (None if good else f"《某文书》的“日数”为{days}, 不得少于60")


def test_a_number_that_is_not_written_is_not_enough() -> None:
    answer = duties.number_at_least(given(), field=field("days"), least=60)

    assert answer == "《某文书》的“日数”为未填写, 不得少于60"


# Grounds that a table knows.


@pytest.mark.parametrize(
    ("ground", "penalties", "sector", "answer"),
    [
        ("小额", fine(10000), "", None),
        ("小额", [*fine(10000), WARNING], "", None),
        ("小额", fine(10001), "", "100.01元, 超过100.00元(小额)"),
        ("小额", [*fine(100), {"kind": "通报批评"}], "", "处罚含有“通报批评”, 不属于“小额”"),
        ("警告", [WARNING], "市场监管", None),
        ("警告", fine(1), "市场监管", "处罚含有“罚款”, 不属于“只有警告”"),
        ("警告", [WARNING], "水利", "“警告”不适用于本案: “某表”只有警告"),
        ("其他", fine(99999), "", None),
    ],
)
def test_a_ground_of_the_table_holds_for_its_kinds_its_figure_and_its_sector(
    ground: str, penalties: list[dict[str, object]], sector: str, answer: str | None
) -> None:
    s = given(ground=ground, penalties=penalties, sector=sector)

    found = duties.ground_in_table(s, ground=field("ground"), penalties=PENALTIES, table=TableName("grounds"))

    assert found == answer


def test_a_ground_does_not_hold_before_its_day() -> None:
    s = given(ground="小额", penalties=fine(100), on=date(2021, 7, 14))

    found = duties.ground_in_table(s, ground=field("ground"), penalties=PENALTIES, table=TableName("grounds"))

    assert found == "“小额”不适用于本案: “某表”小额"


# Amounts.


@pytest.mark.parametrize(
    ("written", "owed", "answer"),
    [
        (500, 500, None),
        (499, 500, "《某文书》的“金额”为4.99元, 应为5.00元(应缴若干)"),
        (500, None, "应缴若干"),
    ],
)
def test_the_amount_written_is_the_one_computed(written: int, owed: int | None, answer: str | None) -> None:
    s = given(owes(owed), amount=written)

    assert duties.amount_equals(s, amount=field("amount"), due=OWED) == answer


@pytest.mark.parametrize(
    ("items", "answer"),
    [
        ([], None),
        ([{"name": "国家秘密", "act": "不公开"}, {"name": "不涉及", "act": "公开"}], None),
        ([{"name": "国家秘密", "act": "公开"}] * 2, "《某文书》的“清单”中有“国家秘密”而“公开”"),
    ],
)
def test_two_columns_of_a_row_must_agree(items: list[dict[str, object]], answer: str | None) -> None:
    said = rows.no_row_says_both(
        given(items=items), rows=field("items"), column="name", values=("国家秘密",), other="act",
        other_values=("公开", "隐去后公开"),
    )  # fmt: skip

    assert said == answer


# How long something stays public.


@pytest.mark.parametrize(
    ("on", "end", "grade", "sector", "kind", "answer"),
    [
        ("2026-03-31", "2029-03-02", None, "", "罚款", None),
        ("2026-03-31", "2029-03-03", None, "", "罚款", "《某文书》的“止”为2029-03-03, 不得晚于2029-03-02(旧最长, 3年)"),
        ("2026-04-01", "2027-03-02", "一般", "", "罚款", None),
        ("2026-04-01", "2027-03-03", "一般", "", "罚款", "《某文书》的“止”为2027-03-03, 不得晚于2027-03-02(一般最长, 1年)"),
        ("2026-04-01", "2026-06-02", "一般", "", "罚款", None),
        ("2026-04-01", "2026-06-01", "一般", "", "罚款", "《某文书》的“止”为2026-06-01, 不得早于2026-06-02(一般最短, 3个月)"),
        ("2026-04-01", "2029-03-02", "严重", "", "罚款", None),
        ("2026-04-01", "2027-03-02", None, "", "罚款", "《某文书》的“分类”没有填写, 不能确定公示期限"),
        ("2026-04-01", "2028-03-03", None, "市场监管", "罚款", "《某文书》的“止”为2028-03-03, 不得晚于2028-03-02(另有规定, 2年)"),
        ("2026-04-01", "2036-03-03", None, "市场监管", "限制从业", None),
    ],
)  # fmt: skip
def test_the_end_lies_between_the_shortest_and_the_longest_period(
    on: str, end: str, grade: str | None, sector: str, kind: str, answer: str | None
) -> None:
    fields = {"start": "2026-03-02", "end": end, **({"grade": grade} if grade else {})}
    s = given(on=date.fromisoformat(on), sector=sector, penalties=[{"kind": kind, "amount": 1}], **fields)

    assert ends(s) == answer


@pytest.mark.parametrize("missing", ["start", "end"])
def test_a_period_without_both_days_is_not_judged(missing: str) -> None:
    fields = {key: "2026-03-02" for key in ("start", "end") if key != missing}

    assert ends(given(**fields)) is None


def ends(s: Situation) -> str | None:
    return duties.ends_within_table(
        s,
        start=field("start"),
        end=field("end"),
        grade=field("grade"),
        penalties=PENALTIES,
        table=TableName("periods"),
    )


@pytest.mark.parametrize(
    ("value", "on", "late"),
    [(True, 16, False), (True, 17, True), (False, 17, False), (None, 17, False)],
)
def test_only_where_the_finding_is_established_the_act_must_keep_within_the_period(
    value: bool | None,
    on: int,
    *,
    late: bool,
) -> None:
    running = {"payment": clock("payment", DAY, date(2026, 3, 16))}
    s = given({"owed": Found(value, "逾期即解除")}, on=date(2026, 3, on), clocks=running)

    answer = duties.not_expired_if(s, when=OWED, deadline=DeadlineName("payment"))

    assert answer == ("逾期即解除; 15日自2026-03-02起算, 已于2026-03-16届满" if late else None)


def test_a_period_that_never_began_bars_nothing() -> None:
    s = given({"owed": Found(value=True, reason="逾期即解除")}, on=date(2027, 1, 1))

    assert duties.not_expired_if(s, when=OWED, deadline=DeadlineName("payment")) is None


# Lists and plans.


@pytest.mark.parametrize(
    ("named", "answer"),
    [
        (["账册", "电脑", "电脑"], None),
        (["电脑", "账册", "电脑"], None),
        (["账册", "电脑"], "没有写明电脑"),
        (["账册", "电脑", "电脑", "手机"], "多写了手机"),
        (["电脑", "电脑", "电脑"], "没有写明账册; 多写了电脑"),
    ],
)
def test_every_item_is_dealt_with_as_often_as_it_was_listed(named: list[str], answer: str | None) -> None:
    s = given(
        items=[{"name": name} for name in named], others=[{"name": one} for one in ("账册", "电脑", "电脑")]
    )

    found = rows.rows_match(s, rows=field("items"), column="name", of=field("others"), of_column="name")

    assert found == answer


@pytest.mark.parametrize(
    ("days", "until", "answer"),
    [
        (["2026-03-03", "2026-04-03"], "2026-04-03", None),
        (["2026-03-02", "2026-04-03"], "2026-04-03", "《某文书》的“计划”中有不晚于办理日期2026-03-02的日期"),
        (["2026-04-03", "2026-04-03"], "2026-04-03", "《某文书》的“计划”的日期没有由先到后排列: 2026-04-03、2026-04-03"),
        (["2026-04-03"], "2026-04-04", "《某文书》的“止”为2026-04-04, 《某文书》的“计划”的最后一期是2026-04-03"),
        (["2026-04-03"], None, None),
        ([], "2026-04-03", None),
    ],
)  # fmt: skip
def test_a_plan_begins_after_its_approval_rises_and_ends_on_the_last_day(
    days: list[str], until: str | None, answer: str | None
) -> None:
    s = given(plan=[{"due": day, "amount": 1} for day in days], **({"end": until} if until else {}))

    assert rows.days_rise_to(s, rows=field("plan"), column="due", until=field("end")) == answer


PLAN = [{"due": "2026-04-01", "amount": 100}, {"due": "2026-05-01", "amount": 200}]


@pytest.mark.parametrize(
    ("paid", "said", "answer"),
    [
        (0, "2026-04-01", None),
        (99, "2026-04-01", None),
        (100, "2026-05-01", None),
        (300, None, None),
        (100, "2026-04-01", "《某文书》的“止”为2026-04-01, 按缴款计划下一期是2026-05-01"),
        (100, None, "《某文书》的“止”为未填写, 按缴款计划下一期是2026-05-01"),
        (300, "2026-05-01", "《某文书》的“止”为2026-05-01, 按缴款计划已经全部缴清"),
    ],
)
def test_the_next_instalment_is_the_first_that_the_payments_do_not_cover(
    paid: int, said: str | None, answer: str | None
) -> None:
    s = given(plan=PLAN, paid=[{"on": "2026-03-02", "amount": paid}], **({"end": said} if said else {}))

    assert (
        rows.names_next_instalment(s, field=field("end"), plan=field("plan"), payments=field("paid"))
        == answer
    )


# Findings.


@pytest.mark.parametrize(
    ("named", "value", "reason"),
    [
        (["zhang", "sun"], True, "孙某是机关负责人"),
        (["zhang", "wang"], False, "张某、王某不是机关负责人"),
        (["nobody"], False, "nobody不是机关负责人"),
        ([], None, "《某文书》的“申请的人员”没有填写"),
    ],
)
def test_the_register_says_whether_a_head_is_named(
    named: list[str],
    value: bool | None,
    reason: str,
) -> None:
    assert OFFICERS["sun"].head

    found = findings.names_head(given(asked=named), field=field("asked"))

    assert (found.value, found.reason) == (value, reason)


@pytest.mark.parametrize(
    ("on", "paid", "missed"),
    [
        ("2026-04-01", 0, False),
        ("2026-04-02", 99, True),
        ("2026-04-02", 100, False),
        ("2026-05-01", 100, False),
        ("2026-05-02", 299, True),
        ("2026-05-02", 300, False),
    ],
)
def test_an_instalment_is_missed_the_day_after_it_was_due(on: str, paid: int, *, missed: bool) -> None:
    s = given(plan=PLAN, paid=[{"on": "2026-03-02", "amount": paid}], on=date.fromisoformat(on))

    found = findings.instalment_missed(s, plan=field("plan"), payments=field("paid"))

    assert found.value is missed


MIXED = [
    {"on": "2026-03-02", "amount": 100, "channel": "银行"},
    {"on": "2026-03-03", "amount": 50, "channel": "现金"},
]


def test_the_total_of_rows_counts_all_or_only_those_of_one_kind() -> None:
    s = given(paid=MIXED)

    everything = findings.rows_total(s, rows=field("paid"), column="amount")
    cash = findings.rows_total(s, rows=field("paid"), column="amount", where="channel", says="现金")

    assert (everything.value, cash.value) == (150, 50)
    assert cash.reason == "《某文书》的“缴款”中“现金”的合计0.50元"


@pytest.mark.parametrize(("owed", "left"), [(200, 50), (150, 0), (100, 0), (None, None)])
def test_what_is_still_owed_is_never_less_than_nothing(owed: int | None, left: int | None) -> None:
    found = findings.still_owed(given(owes(owed), paid=MIXED), owed=OWED, payments=field("paid"))

    assert found.value == left


@pytest.mark.parametrize(
    ("owed", "refunded", "left"),
    [(100, 0, 50), (100, 50, 0), (100, 60, -10), (200, 0, 0), (None, 0, None)],
)
def test_what_was_paid_beyond_what_is_owed_is_to_be_given_back(
    owed: int | None, refunded: int, left: int | None
) -> None:
    s = given(owes(owed), paid=MIXED, refunds=[{"on": "2026-03-04", "amount": refunded}])

    found = findings.to_give_back(s, payments=field("paid"), refunds=field("refunds"), owed=OWED)

    assert found.value == left


def test_where_nothing_is_owed_everything_is_to_be_given_back_and_no_more() -> None:
    s = given(paid=MIXED, refunds=[{"on": "2026-03-04", "amount": 151}])

    found = findings.to_give_back(s, payments=field("paid"), refunds=field("refunds"))

    assert (found.value, found.reason) == (-1, "已收1.50元, 应收0.00元, 多退了0.01元")
