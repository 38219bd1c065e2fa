"""The checks and finding rules on enforcing a decision."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import BASIS, CITIZEN, DAY, changed, clock, paper, situation, up
from zhifa_flow.engine.checks import enforcement
from zhifa_flow.engine.checks.inspection import founded_on
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.findings import enforcement as amounts
from zhifa_flow.engine.registry import DeadlineName, DocumentName, FieldPath, FindingName, FlagName, Found
from zhifa_flow.engine.situation import Situation

SATURDAY = DAY + timedelta(days=5)
NEXT = timedelta(days=1)
ROWS = {
    "item": {"type": "text", "name": "款项"}, "amount": {"type": "money", "name": "金额"},
    "on": {"type": "date", "name": "缴款日期"}, "due": {"type": "date", "name": "履行日期"},
}  # fmt: skip
FIELDS: dict[str, Any] = {
    "text": {"type": "text", "name": "内容"}, "says": {"type": "text", "name": "所述"},
    "means": {"type": "text", "name": "具体方式"}, "day": {"type": "date", "name": "日期"},
    "started": {"type": "moment", "name": "开始时间"}, "ended": {"type": "moment", "name": "结束时间"},
    "articles": {"type": "citations", "name": "法律依据"}, "rate": {"type": "integer", "name": "标准"},
    "total": {"type": "money", "name": "总额"}, "reduced": {"type": "money", "name": "减免"},
    "rows": {"type": "rows", "name": "各项", "columns": ROWS},
}  # fmt: skip


@cache
def compiled() -> Compiled:
    kind = {"name": "某文书", "basis": BASIS, "field": FIELDS}
    return changed(
        document={"note": kind, "other": {**kind, "name": "另一文书"}, "paid": {**kind, "repeatable": True}}
    )


def given(*papers: Any, **more: Any) -> Situation:
    return situation(papers, compiled=compiled(), **more)


def path(name: str) -> FieldPath:
    return FieldPath(name)


# the power ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("articles", "says"),
    [
        (["甲法第一条"], None), ([], None), (["甲法第一条", "乙规章第一条"], "《乙规章》属于地方政府规章, 不是法律"),
        (["甲法第九十条"], "第九十条"), (["丁法第一条"], "法规索引中没有《丁法》"),
    ],
)  # fmt: skip
def test_only_a_law_in_force_gives_the_power(articles: list[str], says: str | None) -> None:
    answer = founded_on(given(paper("note", articles=articles)), field=path("note.articles"), ranks=("法律",))

    assert (answer is None) if says is None else says in str(answer)


# the hours ------------------------------------------------------------------------------------------------


def hours(first: date, begun: str, over: str, last: date | None = None, **more: Any) -> str | None:
    done = paper("note", started=f"{first}T{begun}", ended=f"{last or first}T{over}")
    s = given(done, *more.pop("papers", ()), **more)
    return enforcement.at_lawful_hours(
        s, started=path("note.started"), ended=path("note.ended"), urgent=path("other.day"), night_from=22, night_to=6
    )  # fmt: skip


@pytest.mark.parametrize(("begun", "over"), [("06:00", "22:00"), ("09:00", "09:00")])
def test_what_is_done_by_day_on_a_working_day_is_allowed(begun: str, over: str) -> None:
    assert hours(DAY, begun, over) is None


@pytest.mark.parametrize(("begun", "over"), [("05:59", "09:00"), ("09:00", "22:01"), ("22:00", "22:00")])
def test_the_night_begins_and_ends_to_the_minute(begun: str, over: str) -> None:
    assert "22时至次日6时为夜间" in str(hours(DAY, begun, over))


def test_a_day_off_is_named_with_what_it_is() -> None:
    assert "2026-03-07是周六" in str(hours(SATURDAY, "09:00", "10:00"))


def test_what_lasts_over_a_night_into_a_day_off_names_both() -> None:
    answer = str(hours(SATURDAY - NEXT, "09:00", "10:00", SATURDAY))

    assert "是周六" in answer
    assert "夜间" in answer


@pytest.mark.parametrize(("approved", "allowed"), [(SATURDAY, True), (SATURDAY + NEXT, False)])
def test_an_urgent_day_is_approved_as_that_day(approved: date, *, allowed: bool) -> None:
    answer = hours(SATURDAY, "23:00", "23:30", papers=[paper("other", day=approved.isoformat())])

    assert (answer is None) is allowed


@pytest.mark.parametrize("missing", ["started", "ended"])
def test_hours_that_are_not_written_are_asked_for(missing: str) -> None:
    fields: dict[str, Any] = {"started": f"{DAY}T09:00", "ended": f"{DAY}T10:00", missing: None}

    answer = enforcement.at_lawful_hours(
        given(paper("note", **fields)), started=path("note.started"), ended=path("note.ended"),
        urgent=path("other.day"), night_from=22, night_to=6,
    )  # fmt: skip

    assert "没有填写" in str(answer)


# water and power ------------------------------------------------------------------------------------------


def cut(party: Any = None, **fields: Any) -> str | None:
    more = {} if party is None else {"party": party if party != "nobody" else None}
    return enforcement.nothing_cut_off_from_residents(
        given(paper("note", **fields), **more), manner=path("note.text"), cutting="停止供应", means=path("note.means"),
        premises=path("note.says"), business="生产经营",
    )  # fmt: skip


@pytest.mark.parametrize("means", ["拆除仓库", "清理停水场地", "拆除断水池塘的堤坝"])
def test_what_cuts_nothing_off_is_allowed(means: str) -> None:
    assert cut(means=means, text="拆除") is None


@pytest.mark.parametrize("means", ["先停水、停电", "切断 供水", "停止供热", "中断燃气", "断电"])
def test_cutting_off_is_found_however_it_is_worded(means: str) -> None:
    assert "没有写明“生产经营”" in str(cut(means=means, text="拆除"))


def test_the_manner_alone_is_enough() -> None:
    assert str(cut(text="停止供应", says="居民生活")).startswith("停止供应")


def test_a_business_may_be_cut_off_and_a_person_may_not() -> None:
    business = {"text": "停止供应", "says": "生产经营"}

    assert cut(**business) is None
    assert "当事人是公民" in str(cut(CITIZEN, **business))
    assert "当事人是公民" in str(cut("nobody", **business))


# agreements -----------------------------------------------------------------------------------------------


def agreed(
    total: int | None, reduced: int, plan: int, *, paid: int = 0, measures: str = "", **found: Any
) -> str:
    sums = {"owed": Found(1100, "应付11元"), "payment": Found(100, "加处1元"), **found}
    made = paper("note", total=total, reduced=reduced, rows=[{"amount": plan}], says=measures or None)
    s = given(made, paper("paid", rows=[{"amount": paid}]), found=sums)
    return str(
        enforcement.agreement_adds_up(
            s, total=path("note.total"), reduced=path("note.reduced"), measures=path("note.says"),
            plan=path("note.rows"), owed=FindingName("owed"), surcharge=FindingName("payment"),
            payments=path("paid.rows"),
        )
    )  # fmt: skip


def test_the_surcharge_may_be_let_off_against_measures() -> None:
    assert agreed(1000, 100, 1000, measures="补办账簿") == "None"
    assert agreed(1100, 0, 600, paid=500) == "None"


@pytest.mark.parametrize(
    ("total", "reduced", "plan", "measures", "says"),
    [
        (999, 101, 999, "有", "可以减免的只有加处1元"), (1000, 0, 1000, "有", "约定履行10.00元"),
        (1100, 0, 1099, "", "各期合计10.99元"), (1000, 100, 1000, "", "没有填写"), (None, 0, 0, "", "没有填写"),
    ],
)  # fmt: skip
def test_an_agreement_that_gives_away_more_or_does_not_add_up_is_refused(
    total: int | None, reduced: int, plan: int, measures: str, says: str
) -> None:
    assert says in agreed(total, reduced, plan, measures=measures)


def test_nothing_is_agreed_while_what_is_owed_cannot_be_counted() -> None:
    assert agreed(1000, 0, 1000, owed=Found(None, "无法计算")) == "无法计算"


def missed(
    stage: date | None, *, paid: int = 0, seq: int = 3, amount: int | None = 500, made: bool = True
) -> str:
    rows = [{"due": (DAY - NEXT).isoformat(), "amount": amount}, {"due": DAY.isoformat(), "amount": 500}]
    papers = [paper("note", seq=2, rows=rows)] if made else []
    told = paper("other", day=stage.isoformat() if stage else None)
    s = given(*papers, told, paper("paid", seq=1, rows=[{"amount": 9000}]), paper("paid", seq=seq, rows=[{"amount": paid}]), paper("paid", seq=3, rows=None))  # fmt: skip
    return str(
        enforcement.stage_missed(
            s, plan=path("note.rows"), stage=path("other.day"), agreement=DocumentName("note"), payments=path("paid.rows")
        )
    )  # fmt: skip


@pytest.mark.parametrize(("paid", "seq", "amount"), [(499, 3, 500), (500, 2, 500), (9000, 3, None)])
def test_a_stage_is_missed_unless_payments_since_the_agreement_cover_it(
    paid: int, seq: int, amount: int | None
) -> None:
    assert missed(DAY - NEXT, paid=paid, seq=seq, amount=amount) == "None"


@pytest.mark.parametrize(
    ("stage", "paid", "made", "says"),
    [
        (DAY - NEXT, 500, True, "协议以后已缴5.00元"), (DAY, 0, True, "尚未届满"), (DAY - 2 * NEXT, 0, True, "没有2026-02-28这一期"),
        (None, 0, True, "没有所填这一期"), (DAY - NEXT, 0, False, "这一期"),
    ],
)  # fmt: skip
def test_a_stage_that_is_kept_not_due_or_not_agreed_is_no_breach(
    stage: date | None, paid: int, *, made: bool, says: str
) -> None:
    assert says in missed(stage, paid=paid, made=made)


# days and sums --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "clocks", "says"),
    [
        (DAY, {"handling": clock("handling")}, None), (DAY - NEXT, {"handling": clock("handling")}, "期限至2026-03-02届满"),
        (None, {"handling": clock("handling")}, "没有填写"), (DAY, {}, "尚未起算"),
    ],
)  # fmt: skip
def test_a_day_is_the_last_of_a_period(
    written: date | None, clocks: dict[str, Any], says: str | None
) -> None:
    s = given(paper("note", day=written.isoformat() if written else None), clocks=clocks)

    answer = enforcement.dated_at_expiry(s, deadline=DeadlineName("handling"), field=path("note.day"))

    assert (answer is None) if says is None else says in str(answer)


@pytest.mark.parametrize(
    ("value", "clocks", "says"),
    [
        (False, {}, None), (True, {}, "尚未起算"), (None, {"handling": clock("handling", due=DAY)}, "至2026-03-02届满"),
        (True, {"handling": clock("handling", due=DAY - NEXT)}, None),
    ],
)  # fmt: skip
def test_a_period_is_waited_for_where_the_duty_holds_or_is_not_known(
    value: bool | None, clocks: dict[str, Any], says: str | None
) -> None:
    s = given(clocks=clocks, found={"owed": Found(value, "有金钱给付")})

    answer = enforcement.expired_if(s, when=FindingName("owed"), deadline=DeadlineName("handling"))

    assert (answer is None) if says is None else says in str(answer)


@pytest.mark.parametrize(("written", "says"), [(DAY - NEXT, None), (DAY, "尚未届满"), (None, "没有填写")])
def test_a_day_is_past_only_after_it(written: date | None, says: str | None) -> None:
    s = given(paper("note", day=written.isoformat() if written else None))

    answer = enforcement.day_past(s, field=path("note.day"))

    assert (answer is None) if says is None else says in str(answer)


@pytest.mark.parametrize(
    ("says", "amount", "value", "right"),
    [
        ("撤销", 500, 500, True), ("撤销", 400, 500, False), ("变更", 400, 500, True), ("撤销", None, 0, True),
        ("撤销", 500, None, False),
    ],
)  # fmt: skip
def test_a_sum_is_held_to_what_was_found_where_the_field_says_so(
    says: str, amount: int | None, value: int | None, *, right: bool
) -> None:
    s = given(paper("note", says=says, total=amount), found={"owed": Found(value, "已收")})

    answer = enforcement.amount_equals_when(
        s, field=path("note.says"), says=("撤销",), amount=path("note.total"), due=FindingName("owed")
    )

    assert (answer is None) is right


@pytest.mark.parametrize(("due", "says"), [(None, "尚未起算"), (DAY, "至2026-03-02届满"), (DAY - NEXT, None)])
def test_the_time_for_a_remedy_has_to_begin_and_to_end(due: date | None, says: str | None) -> None:
    s = given(clocks={"handling": clock("handling", due=due)} if due else {})

    answer = enforcement.remedy_period_over(
        s, remedy=DeadlineName("handling"), further=DeadlineName("payment"), payment=DeadlineName("payment")
    )

    assert (answer is None) if says is None else says in str(answer)


def test_one_of_several_is_enough() -> None:
    s = given(paper("note", text=["当事人", "代履行人"]), paper("other", text=["代履行人"]))

    assert enforcement.includes_one(s, field=path("note.text"), values=("当事人", "见证人")) is None
    assert "任何一项" in str(
        enforcement.includes_one(s, field=path("other.text"), values=("当事人", "见证人"))
    )


@pytest.mark.parametrize(
    ("text", "says", "right"), [("有", "金钱", True), ("", "拆除", True), ("有", "拆除", False)]
)
def test_a_field_stays_empty_where_it_has_no_place(text: str, says: str, *, right: bool) -> None:
    s = given(paper("note", text=text or None, says=says))

    answer = enforcement.filled_only_when(s, field=path("note.text"), when=path("note.says"), says=("金钱",))

    assert (answer is None) is right


# what is found --------------------------------------------------------------------------------------------


def test_money_is_read_from_the_document_that_states_it() -> None:
    assert amounts.money_stated(given(paper("note", total=500)), field=path("note.total")).value == 500
    assert amounts.money_stated(given(), field=path("note.total")).value is None


def grown(
    *, kind: str | None, rate: int | None = None, late: int = 10, running: bool = True, **more: Any
) -> Found:
    told = [paper("other", says=kind, rate=rate)] if kind else []
    sums = [{"item": "罚款", "amount": 100_00}, {"item": "没收", "amount": 900_00}]
    clocks = {"handling": clock("handling", due=DAY - timedelta(days=late))} if running else {}
    papers = [*told, paper("note", rows=more.pop("sums", sums)), *more.pop("papers", ())]
    return amounts.surcharge_noticed(
        given(*papers, clocks=clocks, **more), sums=path("note.rows"), bearing=("罚款",), kind=path("other.says"),
        fine="加处罚款", rate=path("other.rate"), deadline=DeadlineName("handling"), flag=FlagName("remedy"),
        filed=path("paid.day"), received=(path("paid.day"),), payments=path("paid.rows"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "rate", "late", "amount"),
    [
        ("加处罚款", None, 10, 30_00),
        ("加处罚款", None, 34, 100_00),
        ("滞纳金", 5, 10, 50),
        ("滞纳金", 5, 0, 0),
    ],
)
def test_the_surcharge_grows_by_the_day_up_to_the_sum_it_grows_on(
    kind: str, rate: int | None, late: int, amount: int
) -> None:
    assert grown(kind=kind, rate=rate, late=late).value == amount


@pytest.mark.parametrize(
    "case", [{"kind": None}, {"kind": "加处罚款", "running": False}, {"kind": "加处罚款", "sums": []}]
)
def test_nothing_grows_where_nothing_was_told_is_due_or_bears_it(case: dict[str, Any]) -> None:
    assert grown(**case).value == 0


@pytest.mark.parametrize("rate", [None, 0])
def test_without_a_rate_it_cannot_be_told(rate: int | None) -> None:
    assert grown(kind="滞纳金", rate=rate).value is None


def test_what_was_paid_on_it_bears_no_more_and_other_payments_do_not_count() -> None:
    paid = {"on": (DAY - timedelta(days=6)).isoformat(), "amount": 100_00}
    on_it, on_other = ({**paid, "item": item} for item in ("罚款", "没收"))

    assert grown(kind="加处罚款", papers=[paper("paid", rows=[on_it])]).value == 12_00
    assert grown(kind="加处罚款", papers=[paper("paid", rows=[on_other])]).value == 30_00


def test_only_a_fine_stands_still_during_a_remedy() -> None:
    remedy: dict[str, Any] = {"flags": {"remedy": up(DAY - timedelta(days=4))}}

    assert grown(kind="加处罚款", **remedy).value == 15_00
    assert grown(kind="滞纳金", rate=5, **remedy).value == 50
