"""Articles of one province do not bind another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.engine.builders import altered, case, changed, law, side, situation, small, walk
from tests.engine.builders import refused as refused_by
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.localities import applicable, foreign
from zhifa_flow.engine.situation import Law, Situation
from zhifa_flow.model.case import Case
from zhifa_flow.model.statute import Rank, Statute, StatuteIndex

HENAN = Statute(
    short="河南省甲办法", title="河南省甲办法", rank=Rank.LOCAL_GOVERNMENT_RULE, in_force_from=date(2020, 1, 1),
    article_count=9, articles={"1": (0,)},
)  # fmt: skip
MINISTRY = Statute(
    short="河南省字头的部门规章", title="河南省字头的部门规章", rank=Rank.DEPARTMENTAL_RULE,
    in_force_from=date(2020, 1, 1), article_count=9, articles={"1": (0,)},
)  # fmt: skip
PENAL = Statute(
    short="处罚甲法", title="处罚甲法", rank=Rank.LAW, in_force_from=date(2020, 1, 1), article_count=9,
    articles={"1": (0,)}, actions=("penalty",),
)  # fmt: skip


def in_place(region: str, **more: Any) -> Situation:
    s = situation(region=region, **more)
    shared = law()
    statutes = StatuteIndex([*shared.statutes.statutes, HENAN, MINISTRY, PENAL])
    s.law = Law(shared.calendar, shared.tables, statutes)
    return s


def codes(compiled: Compiled, region: str) -> list[str]:
    return [one.code for one in compiled.refusals("review", in_place(region))]


@pytest.mark.parametrize(
    ("region", "left"),
    [
        ("河南省", ("甲法第一条", "河南省甲办法第一条")),
        ("河南省许昌市", ("甲法第一条", "河南省甲办法第一条")),
        ("四川省成都市", ("甲法第一条",)),
        ("", ("甲法第一条",)),
    ],
)
def test_only_articles_that_speak_in_the_place_are_left(region: str, left: tuple[str, ...]) -> None:
    assert applicable(in_place(region), ("甲法第一条", "河南省甲办法第一条")) == left


def test_a_rule_that_rests_on_another_place_alone_is_foreign_and_one_with_a_national_article_is_not() -> None:
    s = in_place("四川省")

    assert foreign(s, ("河南省甲办法第一条",))
    assert not foreign(s, ("河南省甲办法第一条", "甲法第一条"))
    assert not foreign(s, ())


BOTH = ("处罚甲法第一条", "甲法第一条", "河南省甲办法第一条")


@pytest.mark.parametrize(
    ("compiled", "parent", "left"),
    [
        (side(), case(flow="penalty.general@2021-07-15"), BOTH),
        (side(), case(flow="licence.general@2019-04-23"), BOTH[1:]),
        (side(), None, BOTH[1:]),
        (small(), None, BOTH),
        (changed(id="licence.small"), None, BOTH),
    ],
    ids=["of a penalty", "of a licence", "of nothing", "no side duty", "of a licence, and no side duty"],
)
def test_a_side_duty_cites_no_law_on_another_kind_of_action(
    compiled: Compiled, parent: Case | None, left: tuple[str, ...]
) -> None:
    assert applicable(in_place("河南省", compiled=compiled, parent=parent), BOTH) == left


def test_a_rule_that_rests_on_the_law_of_another_kind_of_action_still_holds() -> None:
    s = in_place("河南省", compiled=side(), parent=case(flow="licence.general@2019-04-23"))

    assert applicable(s, ("处罚甲法第一条",)) == ()
    assert not foreign(s, ("处罚甲法第一条",))


def test_a_text_of_national_rank_is_not_confined_by_its_name() -> None:
    assert applicable(in_place("四川省"), ("河南省字头的部门规章第一条",)) == ("河南省字头的部门规章第一条",)


def test_a_guard_that_rests_on_another_place_alone_is_not_asked_here() -> None:
    compiled = altered("guard", "passed", basis=["河南省甲办法第一条"])

    assert "passed" in codes(compiled, "河南省")
    assert "passed" not in codes(compiled, "四川省")


def test_a_guard_that_says_it_is_our_policy_is_asked_everywhere() -> None:
    compiled = altered("guard", "passed", basis=["河南省甲办法第一条"], gap="法律没有规定")

    assert "passed" in codes(compiled, "四川省")


def test_a_refusal_cites_only_what_speaks_in_the_place_of_the_case() -> None:
    it = replace(walk("file_case"), region="四川省")

    cited = {article for one in refused_by(it, "decide") for article in one.basis}

    assert cited
    assert not any(article.startswith("河南省") for article in cited)
