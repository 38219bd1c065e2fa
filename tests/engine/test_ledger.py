"""The ledger of a deadline: every entry, the day it comes to, and what is said where the record says otherwise."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.builders import (
    BASIS,
    DAY,
    PARTY,
    RAW,
    changed,
    law,
    small,
    take,
    world,
)
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import RECOUNT
from zhifa_flow.engine.ledger import ledger
from zhifa_flow.engine.opening import open_case
from zhifa_flow.engine.situation import Law
from zhifa_flow.engine.steps import apply
from zhifa_flow.engine.world import situation_of
from zhifa_flow.model.calendar import CalendarYear
from zhifa_flow.model.case import Case
from zhifa_flow.model.ledger import Entry, EntryKind, Grounds, Ledger, Origin, Written
from zhifa_flow.model.step import Step
from zhifa_flow.model.table import Table

NEXT = timedelta(days=1)
LAST = date(2026, 5, 31)  # a Sunday, ninety days after the filing


def day(number: int) -> date:
    """So many days after the filing."""
    return DAY + number * NEXT


@dataclass
class History:
    """A case with all its steps."""

    compiled: Compiled = field(default_factory=small)
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        opened = open_case(
            self.compiled, world(), id_="A1", title="某案", party=PARTY, on=DAY, by=("li",), recorder="li"
        )  # fmt: skip
        self.case: Case = opened.case
        self.steps.append(opened.step)

    def then(self, trigger: str, number: int = 0, **more: Any) -> History:
        """The history with a step taken so many days after the filing."""
        advanced = take(self.case, trigger, day(number), compiled=self.compiled, **more)
        self.case = advanced.case
        self.steps.append(advanced.step)
        return self

    def recounted(self, number: int, **clock: Any) -> History:
        """The history with a step that recorded another count of the handling period."""
        new = replace(self.case.clocks["handling"], **clock)
        step = replace(
            self.steps[-1], seq=len(self.steps), trigger=RECOUNT, on=day(number), clocks=(new,), raised=(), lowered=(),
            papers=(),
        )  # fmt: skip
        self.case = apply(self.compiled.flow, self.case, step)
        self.steps.append(step)
        return self

    def told(self, name: str = "handling", number: int = 0, law_: Law | None = None) -> Ledger:
        """The ledger of a deadline so many days after the filing."""
        s = situation_of(self.compiled, self.case, day(number), replace(world(), law=law_ or law()))
        return ledger(s, self.steps, name)


def pausing(**more: Any) -> Compiled:
    """The small flow with two circumstances that stop the handling period, and hold up nothing else."""
    transition = deepcopy(RAW["transition"])
    names = "ask_remedy", "end_remedy"
    return changed(
        deadline={"handling": {**RAW["deadline"]["handling"], "pauses": ["suspended", "remedy"], **more}},
        flag={name: {"name": RAW["flag"][name]["name"], "basis": BASIS} for name in ("suspended", "remedy")},
        transition={name: {**transition[name], "source": ["inquiry"]} for name in names},
    )


def handling(**more: Any) -> Compiled:
    return changed(deadline={"handling": {**RAW["deadline"]["handling"], **more}})


MEMO: dict[str, Any] = {"memo": [{"reason": "某事"}]}


def filed(compiled: Compiled | None = None) -> History:
    return History(compiled or small()).then("file_case")


def decided() -> History:
    steps = ("inquire", "propose", "review", "decide")
    told = filed()
    for step in steps:
        told.then(step)
    return told


def kinds(one: Ledger) -> list[str]:
    return [entry.kind.value for entry in one.entries]


def excluded(one: Ledger) -> list[Entry]:
    return [entry for entry in one.entries if entry.kind is EntryKind.EXCLUDED]


# How it began.


def test_the_first_entry_says_from_what_step_and_document_the_period_runs() -> None:
    one = filed().told()

    assert kinds(one) == ["started"]
    assert one.entries[0].origin == Origin(
        1, DAY, "file_case", "立案", "负责人", (Written("filing", "立案审批表", "1号"),)
    )
    assert one.entries[0].text == (
        "2026-03-02起算90日(办理之日); 第1步“立案”, 负责人办理, 《立案审批表》1号 [甲法第一条]"
    )
    assert (one.due, one.safe, one.provisional, one.problems) == (LAST, date(2026, 5, 29), True, ())


@pytest.mark.parametrize(
    ("found_on", "since", "field_"),
    [(date(2026, 2, 20), "2026-02-20起算90日(《立案审批表》的“发现日期”)", "filing.found_on"), (None, "2026-03-02起算90日(办理之日)", "")],
)  # fmt: skip
def test_a_day_that_a_document_names_is_cited_with_its_field(
    found_on: date | None, since: str, field_: str
) -> None:
    document = {"number": "1号", "reason": "举报", **({"found_on": found_on} if found_on else {})}
    told = History(handling(**{"from": "filing.found_on"})).then(
        "file_case", documents={"filing": [document]}
    )

    begun = told.told().entries[0]

    assert (begun.said, begun.field) == (since, field_)


def test_a_length_out_of_a_table_names_its_row() -> None:
    one = filed(handling(length=None, unit=None, table="longer")).told()

    assert one.entries[0].grounds == Grounds(("甲法第一条",), "", "延长", "延长", "")
    assert one.entries[0].text.endswith("[甲法第一条、数据表“延长”: 延长]")
    assert one.due == day(30)


def test_a_period_that_began_again_is_counted_from_its_last_beginning() -> None:
    told = filed(handling(starts=["file_case", "propose"])).then("extend", 1).then("propose", 5)

    one = told.told(number=5)

    assert kinds(one) == ["started"]
    assert one.entries[0].said == "2026-03-07起算90日(办理之日), 第2次起算"
    assert (one.due, one.problems) == (day(95), ())


def test_a_period_may_begin_with_the_case() -> None:
    one = History(handling(starts=["open"])).told()

    assert one.entries[0].text == "2026-03-02起算90日(办理之日); 第0步“登记” [甲法第一条]"


# Days left out.


def test_a_stretch_that_is_over_says_its_days_and_both_steps() -> None:
    told = filed().then("suspend", 3).then("resume", 13)

    one = told.told(number=13)

    [stretch] = excluded(one)
    assert (stretch.first, stretch.last, stretch.days, stretch.left_out) == (day(3), day(12), 10, True)
    assert stretch.text == (
        "2026-03-05至2026-03-14停止计算(中止), 扣除10日; 第2步“中止”, 承办人办理, 《书面通知》; 第3步“恢复”, 承办人办理"
        " [甲法第一条]"
    )
    assert (one.due, one.problems) == (LAST + 10 * NEXT, ())
    assert "2026-03-05至2026-03-14 依法扣除的期间: 不计入" in one.derivation


def test_a_clock_that_stands_still_is_counted_as_if_it_went_on_today() -> None:
    told = filed().then("suspend", 3)

    one = told.told(number=13)

    [stretch] = excluded(one)
    assert (stretch.last, stretch.until, stretch.days) == (None, None, 11)
    assert stretch.said == "自2026-03-05起停止计算(中止), 尚未恢复, 至今扣除11日"
    assert (one.recorded.paused, one.recorded.due) == (day(3), LAST)
    assert (one.due, one.problems) == (LAST + 11 * NEXT, ())
    assert one.derivation[-1] == "现仍停止计算, 以上按2026-03-15恢复计算推算"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, []), (1, ["2026-03-03停止计算(中止), 当日恢复, 没有扣除"]), (3, ["2026-03-05停止计算(中止), 当日恢复, 没有扣除"])],
)  # fmt: skip
def test_a_stop_that_ended_the_same_day_takes_nothing_out(number: int, said: list[str]) -> None:
    one = filed().then("suspend", number).then("resume", number).told(number=number)

    assert [entry.said for entry in excluded(one)] == said
    assert (one.due, one.problems) == (LAST, ())


def test_one_day_left_out_is_written_as_one_day() -> None:
    one = filed().then("suspend", 3).then("resume", 4).told(number=4)

    assert [entry.said for entry in excluded(one)] == ["2026-03-05停止计算(中止), 扣除1日"]


def test_days_of_two_stretches_are_left_out_once() -> None:
    told = filed(pausing()).then("suspend", 1).then("ask_remedy", 6).then("resume", 11).then("end_remedy", 16)

    one = told.told(number=16)

    assert [entry.days for entry in excluded(one)] == [10, 5]
    assert [entry.said for entry in excluded(one)] == [
        "2026-03-03至2026-03-12停止计算(中止), 扣除10日",
        "2026-03-08至2026-03-17停止计算(复议诉讼), 扣除5日, 其余各日已经扣除或者不在期限之内",
    ]
    assert (one.due, one.problems) == (LAST + 15 * NEXT, ())


def test_a_stretch_within_another_takes_nothing_more_out() -> None:
    told = filed(pausing()).then("suspend", 1).then("ask_remedy", 3).then("end_remedy", 5).then("resume", 11)

    one = told.told(number=11)

    assert [entry.days for entry in excluded(one)] == [10, 0]
    assert "没有再扣除, 各日已经扣除或者不在期限之内" in excluded(one)[1].said
    assert (one.due, one.problems) == (LAST + 10 * NEXT, ())


@pytest.mark.parametrize(("until", "days"), [(1, []), (2, [1]), (4, [3])])
def test_a_stretch_counts_from_the_day_after_the_beginning(until: int, days: list[int]) -> None:
    """The day of the event does not count anyway, so leaving it out changes nothing."""
    compiled = pausing(starts=["propose"])
    told = filed(compiled).then("suspend").then("propose").then("resume", until)

    one = told.told(number=until)

    assert [entry.days for entry in excluded(one)] == days
    assert (one.due, one.problems) == (LAST + sum(days) * NEXT, ())


def test_a_stretch_after_the_last_day_takes_nothing_out() -> None:
    one = filed().then("suspend", 95).then("resume", 97).told(number=97)

    assert [entry.days for entry in excluded(one)] == [0]
    assert (one.due, one.problems) == (LAST, ())


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("silent", "2026-03-05至2026-03-14中止, 不扣除, 照常计算(“空表”没有适用于本案的规定)"),
        ("excluded", "2026-03-05至2026-03-14停止计算(中止), 扣除10日"),
    ],
)
def test_a_table_decides_whether_days_are_left_out_and_is_cited(table: str, said: str) -> None:
    told = filed(handling(pause_table=table)).then("suspend", 3).then("resume", 13)

    one = told.told(number=13)

    [stretch] = excluded(one)
    assert stretch.said == said
    assert stretch.left_out == (table == "excluded")
    assert stretch.grounds.row == ("中止" if table == "excluded" else "")
    assert (one.due, one.problems) == (LAST + (10 if stretch.left_out else 0) * NEXT, ())


def test_a_row_that_lets_days_count_is_cited_as_well() -> None:
    told = filed(pausing(pause_table="excluded")).then("ask_remedy", 3)

    one = told.told(number=13)

    [stretch] = excluded(one)
    assert (stretch.said, stretch.days) == ("自2026-03-05起复议诉讼, 不扣除, 照常计算", 0)
    assert (stretch.grounds.table, stretch.grounds.row) == ("扣除", "复议")
    assert (one.due, one.recorded.paused, one.problems) == (LAST, None, ())


# More days, another last day.


def test_an_extension_names_who_approved_it_and_the_row() -> None:
    told = filed().then("suspend", 1).then("resume", 11).then("extend", 20)

    one = told.told(number=20)

    assert kinds(one) == ["started", "excluded", "extended"]
    assert one.entries[-1].text == (
        "2026-03-22延长30日, 末日由2026-06-10延至2026-07-10; 第4步“延长”, 负责人办理, 《书面通知》 [甲法第一条、数据表“延长”: 延长]"
    )
    assert one.entries[-1].length == "30日"
    assert (one.due, one.problems) == (date(2026, 7, 10), ())
    assert "延长30日, 自原末日2026-06-10之后继续计算" in one.derivation
    assert sum(line.startswith("日历依据") for line in one.derivation) == len(
        {line for line in one.derivation if line.startswith("日历依据")}
    )


def test_a_day_set_by_a_document_names_the_field() -> None:
    told = decided().then("defer", 1, documents={"deferral": [{"until": date(2026, 4, 5)}]})

    one = told.told("payment", 1)

    assert kinds(one) == ["started", "moved"]
    assert one.entries[-1].text == (
        "2026-03-03末日由2026-03-17改为2026-04-05(依《延期缴纳审批表》的“最后缴款日期”); "
        "第6步“延期缴纳”, 负责人办理, 《延期缴纳审批表》 [甲法第一条]"
    )
    assert (one.due, one.safe, one.problems) == (date(2026, 4, 5), date(2026, 4, 3), ())
    assert one.derivation[0] == "最后一日由《延期缴纳审批表》的“最后缴款日期”确定"


def test_the_newest_of_two_days_set_by_documents_holds() -> None:
    told = decided()
    for number, until in ((1, day(30)), (2, day(60))):
        told.then("defer", number, documents={"deferral": [{"until": until}]})

    one = told.told("payment", 2)

    assert kinds(one) == ["started", "moved", "moved"]
    assert (one.due, one.problems) == (day(60), ())


def test_a_step_that_ends_a_period_moves_it_no_more() -> None:
    settle = {**RAW["transition"]["defer"], "name": "了结"}
    payment = {**RAW["deadline"]["payment"], "ends": ["settle"]}
    told = History(changed(transition={"settle": settle}, deadline={"payment": payment})).then("file_case")
    for step in ("inquire", "propose", "review", "decide"):
        told.then(step)
    told.then("defer", 1, documents={"deferral": [{"until": day(30)}]})
    told.then("settle", 2, by=("sun",), documents={"deferral": [{"until": day(60)}]})

    one = told.told("payment", 2)

    assert kinds(one) == ["started", "moved", "ended"]
    assert (one.due, one.problems) == (day(30), ())


def test_entries_stand_in_the_order_of_their_steps() -> None:
    one = filed().then("extend", 5).then("suspend", 10).then("resume", 12).told(number=200)

    assert kinds(one) == ["started", "extended", "excluded", "expired"]


def test_a_recount_of_the_record_is_an_entry() -> None:
    told = filed().recounted(5, due=LAST + NEXT).recounted(6, safe=DAY)

    one = told.told(number=6)

    assert [entry.text for entry in one.entries[1:]] == [
        "2026-03-07重新计算, 末日由2026-05-31改为2026-06-01, 暂定; 第2步“依放假安排重算期限”, 负责人办理",
        "2026-03-08重新计算, 末日仍为2026-06-01; 稳妥的最后工作日由2026-05-29改为2026-03-02; 第3步“依放假安排重算期限”, 负责人办理",
    ]


@pytest.mark.parametrize(
    ("known", "said"), [(True, "放假安排已经公布, 不再暂定"), (False, "放假安排尚未公布, 改为暂定")]
)
def test_a_recount_that_only_becomes_certain_or_uncertain_says_so(*, known: bool, said: str) -> None:
    told = filed().recounted(5, provisional=known).recounted(6, provisional=not known)

    assert told.told(number=6).entries[-1].said == f"2026-03-08重新计算, 末日仍为2026-05-31; {said}"


# How it ended.


@pytest.mark.parametrize(
    ("number", "said", "late"),
    [(90, "2026-05-31按期办理", 0), (92, "2026-06-02逾期办理, 末日2026-05-31已过2日", 2)],
)
def test_the_end_says_whether_it_was_in_time(number: int, said: str, late: int) -> None:
    told = filed().then("inquire").then("propose").then("review").then("decide", number)

    one = told.told(number=200)

    assert (one.entries[-1].kind, one.entries[-1].said, one.entries[-1].days) == (EntryKind.ENDED, said, late)
    assert (one.due, one.problems) == (LAST, ())


def test_what_stood_still_until_it_ended_is_counted_to_that_day() -> None:
    it = pausing(ends=["propose"])
    told = filed(it).then("suspend", 80).then("propose", 100).then("resume", 120)

    one = told.told(number=150)

    assert (one.recorded.due, one.due, one.problems) == (LAST + 21 * NEXT, LAST + 21 * NEXT, ())
    assert [entry.last for entry in excluded(one)] == [None]
    assert one.entries[-1].said == "2026-06-10按期办理"


def test_what_is_stopped_by_the_step_that_ends_it_was_not_stopped() -> None:
    one = filed(handling(ends=["suspend"])).then("suspend", 90).told(number=95)

    assert kinds(one) == ["started", "ended"]
    assert (one.due, one.problems) == (LAST, ())


def test_a_step_that_ends_the_stop_and_the_period_counts_the_stop_to_the_day_before() -> None:
    step = {**RAW["transition"]["resume"], "name": "撤销", "lowers": ["suspended"]}
    it = changed(
        deadline={"handling": {**RAW["deadline"]["handling"], "ends": ["drop"]}},
        flag={"suspended": {"name": "中止", "basis": BASIS}}, transition={"drop": step},
    )  # fmt: skip
    told = filed(it).then("suspend", 90).then("drop", 100)

    one = told.told(number=150)

    assert (one.recorded.due, one.due, one.problems) == (day(100), day(100), ())
    assert one.entries[-1].said == "2026-06-10按期办理"


@pytest.mark.parametrize(
    ("number", "said", "late"),
    [(90, "2026-05-31终止计算", 0), (91, "2026-06-01终止计算, 末日2026-05-31已过1日", 1)],
)
def test_what_is_no_longer_asked_for_was_not_done_late(number: int, said: str, late: int) -> None:
    told = filed(handling(ends=[], voids=["propose"])).then("propose", number)

    one = told.told(number=200)

    assert (one.entries[-1].kind, one.entries[-1].said, one.entries[-1].days) == (
        EntryKind.CLOSED,
        said,
        late,
    )
    assert one.recorded.overran == bool(late)


def test_what_follows_by_law_from_the_end_is_said() -> None:
    told = filed(handling(ends=[], expiry="deemed", then="propose")).then("propose", 91)

    one = told.told(number=91)

    assert (one.entries[-1].kind, one.entries[-1].said) == (
        EntryKind.ENDED, "2026-05-31届满, 2026-06-01依法自动发生后果",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("expiry", "said"),
    [
        ("overdue", "2026-05-31届满后已过2日, 逾期仍应办理"), ("lapse", "2026-05-31届满后已过2日, 未行使的, 权利消灭"),
        ("power_ends", "2026-05-31届满后已过2日, 不得再行使"), ("may_proceed", "2026-05-31届满后已过2日, 可以继续办理"),
        ("deemed", "2026-05-31届满后已过2日, 依法自动发生后果"),
    ],
)  # fmt: skip
def test_what_the_end_means_is_said_once_it_has_come(expiry: str, said: str) -> None:
    told = filed(handling(expiry=expiry, **({"then": "inquire"} if expiry == "deemed" else {})))

    assert kinds(told.told(number=90)) == ["started"]
    assert told.told(number=92).entries[-1] == Entry(EntryKind.EXPIRED, LAST, said, days=2)


def test_what_stands_still_does_not_expire() -> None:
    assert kinds(filed().then("suspend", 80).told(number=200)) == ["started", "excluded"]


# Hours.


def hours() -> Compiled:
    entry = {**RAW["deadline"]["handling"], "length": 24, "unit": "hour", "pauses": [], "ends": ["propose"]}
    del entry["extension"]
    step = {**RAW["transition"]["extend"], "extends": {"deadline": "payment"}}
    return changed(deadline={"handling": entry}, transition={"extend": step})


@pytest.mark.parametrize(
    ("minute", "said"),
    [(0, "2026-03-03按期办理"), (1, "2026-03-03逾期办理, 末日2026-03-03已过(至2026-03-03T12:00+08:00)")],
)
def test_hours_are_told_with_their_minute(minute: int, said: str) -> None:
    noon = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)
    told = History(hours()).then("file_case", moment=noon)
    told.then("propose", 1, moment=noon + NEXT + timedelta(minutes=minute))

    one = told.told(number=1)

    assert one.entries[0].said == "2026-03-02起算24小时(办理之日), 至2026-03-03T12:00+08:00"
    assert one.entries[-1].said == said
    assert one.derivation == (
        "自2026-03-02 12:00起24小时, 昼夜连续计算, 不因节假日顺延(民法典第二百零一条第二款)", "至2026-03-03 12:00",
    )  # fmt: skip
    assert one.problems == ()


# Where the record is not what the case comes to.


def test_another_calendar_is_said_and_not_passed_over() -> None:
    year = CalendarYear.model_validate({"year": 2026, "notice": "某通知"})
    told = filed().told(law_=replace(law(), calendar=Calendar([year])))

    [said] = told.problems
    assert said.startswith("是否暂定记为是, 现在计算为否: 记录之后放假安排或者数据表有变动; ")
    assert "zhifa due --recount" in said


def table(length: str) -> Table:
    """The table of lengths, saying something else."""
    row = {"id": "延长", "length": length}
    return Table.model_validate({"schema": "zhifa-table/1", "id": "longer", "name": "延长", "row": [row]})


def test_another_length_in_the_table_is_said() -> None:
    shorter = table("10日")
    history = filed(handling(length=None, unit=None, table="longer")).then("extend", 1)

    [said] = history.told(number=1, law_=replace(law(), tables={**law().tables, "longer": shorter})).problems

    assert said.startswith(
        "期限记为30日, 现在计算为10日; 延长记为30日, 现在计算为10日; 末日记为2026-05-01, 现在计算为2026-03-22; "
    )


def test_a_table_that_has_fallen_silent_leaves_the_recorded_length() -> None:
    history = filed(handling(length=None, unit=None, table="longer", extension={"table": "longer"}))
    history.then("extend", 1)
    tables = {**law().tables, "longer": law().tables["silent"]}

    one = history.told(number=1, law_=replace(law(), tables=tables))

    assert (one.due, one.problems) == (day(60), ())


def test_a_count_beyond_every_calendar_leaves_the_record_and_says_so() -> None:
    endless = table("90年")
    history = filed(handling(length=None, unit=None, table="longer"))

    one = history.told(law_=replace(law(), tables={**law().tables, "longer": endless}))

    assert (one.due, one.derivation) == (day(30), ())
    assert one.problems[0].startswith("不能重新计算, 以记录的末日为准: ")


# Whatever happens: the ledger counts what was recorded.

MOVES = st.lists(
    st.tuples(
        st.sampled_from(["suspend", "resume", "ask_remedy", "end_remedy", "extend"]), st.integers(0, 25)
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=60)
@given(MOVES, st.integers(0, 60))
def test_after_any_stops_and_extensions_the_ledger_comes_to_the_recorded_day(
    moves: list[tuple[str, int]], wait: int
) -> None:
    told, number, before = filed(pausing()), 0, LAST
    up: set[str] = set()
    for trigger, later in moves:
        number += later
        flag = {"suspend": "suspended", "resume": "suspended"}.get(trigger, "remedy")
        lengthened = told.case.clocks["handling"].extensions
        due = told.told(number=number).due
        if trigger == "extend" and (lengthened or day(number) > due):
            continue
        told.then(trigger, number, documents={"memo": [{"reason": f"第{len(told.steps)}步"}]} if trigger in ("suspend", "ask_remedy", "extend") else {})  # fmt: skip
        if trigger in ("suspend", "ask_remedy"):
            up |= {flag} if day(number) <= due else set()  # afterwards nothing is left to stop
        elif trigger != "extend":
            up -= {flag}

    one = told.told(number=number + wait)

    taken = sum(entry.days for entry in excluded(one))
    longer = 30 * len(one.recorded.extensions)
    assert one.problems == ()
    assert one.recorded.paused is not None or one.due == one.recorded.due
    assert bool(one.recorded.paused) == bool(up)
    assert one.due == before + (taken + longer) * NEXT
    assert one.due >= one.recorded.due


def test_a_stop_that_was_entered_late_says_so_for_ever() -> None:
    told = filed(pausing()).then("suspend", 3, today=day(40), late_reason="忘了录入", documents=MEMO)

    [entry] = excluded(told.told(number=41))

    assert entry.origin is not None
    assert entry.origin.late == f"补录于{day(40)}, 原因: 忘了录入"
    assert entry.origin.late in entry.text


def test_an_extension_granted_while_the_period_stands_still_names_no_last_day() -> None:
    told = filed(pausing()).then("suspend", 3, documents=MEMO).then("extend", 5, documents=MEMO)

    [entry] = [one for one in told.told(number=6).entries if one.kind is EntryKind.EXTENDED]

    assert entry.said == f"{day(5)}延长30日, 停止计算期间批准, 末日在恢复以后确定"
