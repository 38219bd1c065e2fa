from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.engine.builders import altered, changed, law, small
from zhifa_flow.engine.publication import (
    Hand,
    Validity,
    again_problems,
    altered_problems,
    chain_problems,
    overlap_problems,
    published,
    table_notices,
)
from zhifa_flow.model.publication import Publication
from zhifa_flow.model.table import Table

DAY = date(2026, 11, 20)
HAND = Hand("f" * 64, "张某", "张某 豫A0001", "审核同意", DAY, datetime(2026, 11, 20, 1, tzinfo=UTC))


def first() -> Publication:
    return published([], small(), law().tables, HAND)


def second() -> Publication:
    later = changed(effective_from=date(2027, 1, 1))
    return published([first()], later, law().tables, HAND._replace(by="李某"))


def test_a_publication_says_what_was_published_by_whom_why_and_when() -> None:
    it = first()

    assert (it.ref, it.id, it.effective_from) == ("test.small@2021-07-15", "test.small", date(2021, 7, 15))
    assert (it.flow, it.file, it.by, it.reason, it.on) == (small().digest, "f" * 64, "张某", "审核同意", DAY)
    assert it.previous == ""


def test_publications_are_a_chain() -> None:
    one, two = first(), second()

    assert two.previous == one.digest
    assert list(chain_problems([one, two])) == []


def test_what_was_changed_taken_out_or_entered_twice_is_found() -> None:
    one, two = first(), second()
    forged = one.model_copy(update={"flow": "0" * 64})

    assert list(chain_problems([forged])) == ["第1条(test.small@2021-07-15): 内容与摘要不符, 发布记录被改动"]
    assert list(chain_problems([two])) == [
        "第1条(test.small@2027-01-01): 与上一条的摘要不衔接, 中间有发布记录被删除、改动或者调换"
    ]
    assert any("发布了两次" in problem for problem in chain_problems([one, one]))


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (None, []),
        (date(2026, 12, 31), []),
        (
            date(2027, 1, 1),
            ["a.b@2021-07-15写明施行至2027-01-01, 与自2027-01-01起施行的a.b@2027-01-01施行期间重叠"],
        ),
    ],
)
def test_two_versions_are_never_in_force_on_one_day(last: date | None, said: list[str]) -> None:
    later = Validity("a.b@2027-01-01", date(2027, 1, 1), None)
    other = Validity("a.c@2021-07-15", date(2021, 7, 15), None)

    found = overlap_problems([later, other, Validity("a.b@2021-07-15", date(2021, 7, 15), last)])

    assert found == said


def test_a_version_does_not_end_before_it_begins() -> None:
    wrong = Validity("a.b@2021-07-15", date(2021, 7, 15), date(2021, 7, 14))

    assert overlap_problems([wrong]) == ["a.b@2021-07-15: 施行期间止于2021-07-14, 早于其施行日期2021-07-15"]


def test_a_published_version_that_was_edited_is_named_with_what_to_do() -> None:
    edited = altered("state", "inquiry", name="改名")

    [problem] = altered_problems(first(), edited.digest)

    assert "与2026-11-20由张某发布的" in problem
    assert "另立施行日期不同的新版本文件" in problem
    assert altered_problems(first(), small().digest) == altered_problems(None, "") == []


def test_a_version_is_published_once() -> None:
    same = again_problems(first(), small().digest)

    assert same == ["test.small@2021-07-15已于2026-11-20由张某发布, 内容没有变动, 不必再次发布"]
    assert "不得改动" in again_problems(first(), "0" * 64)[0]
    assert again_problems(None, "") == []


def test_tables_that_say_something_else_by_now_are_worth_a_look() -> None:
    raised = law().tables["hearing"].model_dump(by_alias=True, exclude_none=True)
    raised["row"][0]["at_least"] = "2000元"
    now = {**law().tables, "hearing": Table.model_validate(raised)}

    [notice] = table_notices(first(), small(), now)

    assert "hearing" in notice
    assert table_notices(first(), small(), law().tables) == []
