"""Inspections: what they rest on, how many there were in the year, and what stands in for a published number."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import CITIZEN, PARTY, case, changed, paper, situation
from zhifa_flow.engine.checks.inspection import (
    document_if_established,
    founded_on,
    number_found,
    said_since_if,
    same_day_when,
)
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.findings.general import some_row_says
from zhifa_flow.engine.findings.inspection import beyond_cap, inspection_of_the_year
from zhifa_flow.engine.registry import DocumentName, ElsewherePath, FieldPath, FindingName, Found, TableName
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.identity import CodeKind
from zhifa_flow.model.party import Party, PartyKind
from zhifa_flow.model.table import Table

KNOWN = replace(PARTY, code="91000000000000000K", code_kind=CodeKind.USCC, no_code_reason=None)
TRADER = Party(PartyKind.SOLE_TRADER, "某店", no_code_reason="测试数据", address="某县")


@cache
def listing() -> Compiled:
    """The small flow with a list that states a number, and moments of entering and of a notice."""
    return changed(
        document={
            "list": {"name": "公布的清单", "basis": ["甲法第一条"], "field": {"cap": {"type": "integer", "name": "上限", "required": False}}},
            "entry": {"name": "入场登记", "basis": ["甲法第一条"], "field": {"at": {"type": "moment", "name": "入场时间"}}},
            "notice": {
                "name": "通知书", "basis": ["甲法第一条"],
                "field": {"at": {"type": "moment", "name": "送达时间"}, "manner": {"type": "text", "name": "方式"}},
            },
        }
    )  # fmt: skip


# What is cited.


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        (["甲法第一条"], None),
        (["甲法第一条", "乙规章第二条"], None),
        ([], None),
        (["丙通知第一条"], "《丙通知》属于规范性文件, 不是法律、地方政府规章"),
        (["甲法第二十一条"], "《甲法》共20条, 没有第二十一条"),
        (["某某条例第一条"], "法规索引中没有《某某条例》"),
    ],
)
def test_what_is_cited_exists_and_is_of_a_rank_that_is_admitted(
    articles: list[str], said: str | None
) -> None:
    s = situation([paper("decision", articles=articles)])

    answer = founded_on(s, field=FieldPath("decision.articles"), ranks=("法律", "地方政府规章"))

    assert answer == said


def test_every_citation_that_is_wrong_is_told() -> None:
    s = situation([paper("decision", articles=["丙通知第一条", "甲法第三十条"])])

    answer = founded_on(s, field=FieldPath("decision.articles"), ranks=("法律",))

    assert answer == "《丙通知》属于规范性文件, 不是法律; 《甲法》共20条, 没有第三十条"


# The number written in a document.


@pytest.mark.parametrize(
    ("written", "found", "said"),
    [
        (2, Found(2, "二次"), None),
        (1, Found(2, "二次"), "《公布的清单》的“上限”为1, 应为2(二次)"),
        (None, Found(2, "二次"), "《公布的清单》的“上限”为未填写, 应为2(二次)"),
        (7, Found(None, "不能查对"), None),
    ],
)
def test_the_number_is_what_was_computed(written: int | None, found: Found, said: str | None) -> None:
    s = situation([paper("list", cap=written)], compiled=listing(), found={"owed": found})

    assert number_found(s, field=FieldPath("list.cap"), finding=FindingName("owed")) == said


# What a document stands in for.


@pytest.mark.parametrize(
    ("value", "papers", "said"),
    [
        (False, [], None),
        (True, [paper("memo", reason="有")], None),
        (True, [paper("filing", reason="有")], "已达上限; 案卷中没有《书面通知》"),
        (None, [paper("filing", reason="有")], None),
        (None, [], "已达上限; 《立案审批表》的“立案理由”没有填写"),
    ],
)
def test_what_is_established_wants_the_document_and_what_is_not_known_an_explanation(
    value: bool | None, papers: list[Paper], said: str | None
) -> None:
    s = situation(papers, found={"owed": Found(value, "已达上限")})

    answer = document_if_established(
        s, when=FindingName("owed"), document=DocumentName("memo"), otherwise=FieldPath("filing.reason")
    )

    assert answer == said


# One day.


@pytest.mark.parametrize(
    ("manner", "told", "entered", "said"),
    [
        ("当日", "2026-03-02T08:00:00", "2026-03-02T09:00:00", None),
        ("事先", "2026-03-01T08:00:00", "2026-03-02T09:00:00", None),
        ("当日", None, "2026-03-02T09:00:00", None),
        ("当日", "2026-03-02T09:00:00", None, None),
        (
            "当日", "2026-03-01T08:00:00", "2026-03-02T09:00:00",
            "《通知书》的“方式”为“当日”, 《通知书》的“送达时间”为2026-03-01, 《入场登记》的“入场时间”为2026-03-02",
        ),
    ],
)  # fmt: skip
def test_two_moments_are_of_one_day_where_the_field_says_so(
    manner: str, told: str | None, entered: str | None, said: str | None
) -> None:
    s = situation([paper("notice", manner=manner, at=told), paper("entry", at=entered)], compiled=listing())

    answer = same_day_when(
        s, field=FieldPath("notice.manner"), says=("当日",), first=FieldPath("notice.at"), then=FieldPath("entry.at")
    )  # fmt: skip

    assert answer == said


# Which inspection of the year.


def inspected(at: str = "2026-02-01T09:00:00", seq: int = 4, **more: Any) -> Case:
    return case(papers={"entry": (paper("entry", seq=seq, at=at),)}, **{"id": "B1", **more})


def counted(*others: Case, party: Party | None = KNOWN) -> Found:
    s = situation(compiled=listing(), party=party)
    s.others = others
    return inspection_of_the_year(s, entered=(ElsewherePath("entry.at"), ElsewherePath("visit.at")))


def test_the_first_of_the_year_names_no_other_case() -> None:
    assert counted() == Found(1, "本机关2026年已检查该单位0次, 本次是第1次")


def test_every_case_of_the_agency_in_the_year_counts_once_and_is_named() -> None:
    again = inspected(id="B2", seq=6)

    assert counted(inspected(), again) == Found(
        3, "本机关2026年已检查该单位2次(B1、B2), 本次是第3次", "B1、B2"
    )


@pytest.mark.parametrize(
    "other",
    [
        inspected(at="2025-12-31T23:59:00"),
        inspected(at="2027-01-01T00:00:00"),
        inspected(agency="another"),
        inspected(seq=0),
        case(id="B1"),
    ],
    ids=[
        "the year before",
        "the year after",
        "another agency",
        "handed on from another case",
        "nobody entered",
    ],
)
def test_what_is_no_inspection_of_this_agency_in_the_year_does_not_count(other: Case) -> None:
    assert counted(other).value == 1


@pytest.mark.parametrize("party", [None, PARTY])
def test_without_a_whole_code_nothing_is_counted(party: Party | None) -> None:
    assert counted(inspected(), party=party) == Found(
        None, "当事人证件号码不完整, 不能跨案查对本年度的检查次数"
    )


# The published number.

PROTECTED = ("organisation", "sole_trader")
YEARLY = {
    "schema": "zhifa-table/1", "id": "yearly", "name": "每年次数",
    "row": [{"id": "河南", "region": "河南省", "value": "2"}],
}  # fmt: skip


def beyond(count: int | None, stated: int | None, *, party: Party | None = KNOWN) -> Found:
    counted = {"owed": Found(count, "第几次")}
    s = situation([paper("list", cap=stated)], compiled=listing(), party=party, found=counted)
    return beyond_cap(
        s, count=FindingName("owed"), cap=FieldPath("list.cap"), table=TableName("silent"), parties=PROTECTED
    )


@pytest.mark.parametrize(("count", "value"), [(1, False), (2, False), (3, True)])
def test_the_number_itself_is_still_allowed(count: int, value: bool) -> None:
    answer = beyond(count, 2)

    assert answer == Found(value, "第几次, 《公布的清单》的“上限”为2次", "《公布的清单》的“上限”")


@pytest.mark.parametrize(
    ("stated", "value", "row"),
    [
        (None, True, "“每年次数”河南"),
        (9, True, "“每年次数”河南"),
        (1, True, "《公布的清单》的“上限”"),
    ],
)
def test_of_the_table_and_the_list_the_lower_number_speaks(stated: int | None, value: bool, row: str) -> None:
    s = situation(
        [paper("list", cap=stated)], compiled=listing(), party=KNOWN, found={"owed": Found(3, "第三次")}
    )
    s.law = replace(s.law, tables={"yearly": Table.model_validate(YEARLY)})

    answer = beyond_cap(
        s, count=FindingName("owed"), cap=FieldPath("list.cap"), table=TableName("yearly"), parties=PROTECTED
    )

    assert (answer.value, answer.row) == (value, row)


def test_where_nobody_published_a_number_nothing_is_found() -> None:
    answer = beyond(1, None)

    assert answer == Found(None, "第几次; 没有公布的年度频次上限, 《公布的清单》的“上限”没有填写")


def test_where_the_inspections_cannot_be_counted_nothing_is_found() -> None:
    assert beyond(None, 2) == Found(None, "第几次")


@pytest.mark.parametrize(("party", "value"), [(CITIZEN, False), (TRADER, True), (KNOWN, True), (None, True)])
def test_only_enterprises_and_sole_traders_are_protected_by_it(party: Party | None, value: bool) -> None:
    assert beyond(3, 2, party=party).value is value


# Rows that say something.


@pytest.mark.parametrize(
    ("payments", "found"),
    [
        ([], Found(None, "《缴款票据》的“缴款”没有填写, 无法认定")),
        (
            [{"on": "2026-03-02"}],
            Found(False, "《缴款票据》的“缴款”中有0项为“2026-03-03”", "receipt.payments"),
        ),
        (
            [{"on": "2026-03-02"}, {"on": "2026-03-03"}],
            Found(True, "《缴款票据》的“缴款”中有1项为“2026-03-03”", "receipt.payments"),
        ),
    ],
)
def test_some_row_says_the_value_once_there_are_rows(payments: list[dict[str, str]], found: Found) -> None:
    s = situation([paper("receipt", payments=payments)])

    assert some_row_says(s, rows=FieldPath("receipt.payments"), column="on", value="2026-03-03") == found


# What was said since a decision.


@pytest.mark.parametrize(
    ("established", "said", "since", "good"),
    [
        (True, "没有整改", 1, True), (True, "年度检查不合格", 1, True), (True, "逾期报送", 1, False), (True, "", 1, False),
        (True, "没有整改", 3, False), (True, "没有整改", None, True), (False, "", 1, True), (None, "", 1, True),
    ],
    ids=["said", "the other", "another", "never", "before", "no decision", "not so", "nobody knows"],
)  # fmt: skip
def test_what_follows_from_a_decision_is_said_after_it(
    established: bool | None, said: str, since: int | None, *, good: bool
) -> None:
    papers = [paper("notice", seq=2, manner=said)] if said else []
    papers += [paper("list", seq=since)] if since else []
    found = {"due": Found(established, "没有整改")}

    answer = said_since_if(
        situation(papers, compiled=listing(), found=found),
        when=FindingName("due"), field=FieldPath("notice.manner"), says=("没有整改", "年度检查不合格"),
        since=DocumentName("list"),
    )  # fmt: skip

    assert answer == (
        None if good else "没有整改; 其后没有《通知书》的“方式”为“没有整改、年度检查不合格”的文书"
    )
