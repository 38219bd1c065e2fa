from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.engine.builders import DAY, case, child, paper, situation, up
from zhifa_flow.model.period import Span

NEXT = timedelta(days=1)


def test_the_newest_document_of_a_kind_speaks_for_it() -> None:
    first, second = paper("record", answer="一"), paper("record", answer="二", on=DAY + NEXT)
    s = situation([first, second])

    assert (s.paper("record"), s.value("record.answer"), s.day("record")) == (second, "二", DAY + NEXT)
    assert (s.paper("filing"), s.value("filing.reason"), s.day("filing"), s.day("filing.found_on")) == (
        None,
    ) * 4


@pytest.mark.parametrize(
    ("written", "texts"),
    [("一", ["一"]), (["一", "二"], ["一", "二"]), (5, ["5"]), (0, ["0"]), (None, []), ([], [])],
)
def test_a_field_says_one_text_or_several(written: object, texts: list[str]) -> None:
    assert situation([paper("record", answer=written)]).texts("record.answer") == texts


def test_rows_are_those_of_every_copy_and_of_nothing_else() -> None:
    papers = [
        paper("receipt", payments=[{"on": "a"}, "不是行"]),
        paper("receipt"),
        paper("receipt", payments=[{"on": "b"}]),
    ]

    assert situation(papers).rows("receipt.payments") == [{"on": "a"}, {"on": "b"}]
    assert situation(papers).rows("filing.reason") == []


@pytest.mark.parametrize(
    ("written", "day"), [("2026-03-01", date(2026, 3, 1)), ("2026-03-01T14:30", date(2026, 3, 1)), ("", None)]
)
def test_a_day_is_read_from_a_date_or_a_moment(written: str, day: date | None) -> None:
    assert situation([paper("filing", found_on=written)]).day("filing.found_on") == day


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("filing.reason", "《立案审批表》的“立案理由”"), ("filing.number", "《立案审批表》的“文号”"), ("filing", "《立案审批表》日期"),
    ],
)  # fmt: skip
def test_fields_have_names_that_people_know(path: str, name: str) -> None:
    assert situation().field_name(path) == name


@pytest.mark.parametrize(
    ("stretches", "spans"),
    [
        ((), []),
        (up(DAY, DAY + 3 * NEXT), [Span(DAY, DAY + 2 * NEXT)]),
        (up(DAY, DAY), []),
        (up(DAY), [Span(DAY, DAY + 9 * NEXT)]),
        (up(DAY + 10 * NEXT), []),
        (up(DAY, DAY + NEXT) + up(DAY + 9 * NEXT), [Span(DAY, DAY), Span(DAY + 9 * NEXT, DAY + 9 * NEXT)]),
    ],
    ids=["never", "three days", "the same day", "still up", "up later", "twice"],
)
def test_a_flag_covers_the_days_up_to_the_one_before_it_went_down(stretches: Any, spans: list[Span]) -> None:
    assert situation(on=DAY + 9 * NEXT, flags={"suspended": stretches}).spans("suspended") == spans


def test_an_officer_whom_nobody_knows_is_called_as_typed() -> None:
    assert [situation().officer_name(one) for one in ("zhang", "meng")] == ["张某", "meng"]


def test_children_are_those_of_the_rule() -> None:
    ours, other = child(), child("other")

    assert situation(children=(ours, other)).children_of("publication") == [ours]


@pytest.mark.parametrize(
    ("ended", "on", "by_then"), [(True, DAY, True), (True, DAY + NEXT, False), (False, DAY, False)]
)
def test_a_case_has_ended_by_a_day_or_not_yet(ended: bool, on: date, by_then: bool) -> None:
    assert case(ended=ended, entered_state_on=on).ended_by(DAY) is by_then
