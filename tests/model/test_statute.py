from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from zhifa_flow.model.citation import Citation
from zhifa_flow.model.statute import Rank, Statute, StatuteIndex

OLD = Statute(
    short="甲法", title="中华人民共和国甲法", rank=Rank.LAW, in_force_from=date(2018, 1, 1), article_count=2,
    articles={"1": (0,), "2": (3, 0)},
)  # fmt: skip
NEW = Statute(
    short="甲法", title="中华人民共和国甲法", rank=Rank.LAW, in_force_from=date(2024, 1, 1), article_count=3,
    articles={"1": (0,), "2": (0,), "2-1": (0,), "3": (2, 0)},
)  # fmt: skip
REPEALED = Statute(
    short="乙条例", title="乙条例", rank=Rank.ADMINISTRATIVE_REGULATION, in_force_from=date(2000, 1, 1),
    in_force_to=date(2019, 12, 31), article_count=1, articles={"1": (0,)},
)  # fmt: skip
PARTLY = Statute(
    short="丙法典", title="中华人民共和国丙法典", rank=Rank.LAW, in_force_from=date(2021, 1, 1), article_count=1260,
    articles={"1": (0,)},
)  # fmt: skip
UNREAD = Statute(
    short="河南省丁办法", title="河南省丁办法", aliases=("河南省人民政府令第1号",), rank=Rank.LOCAL_GOVERNMENT_RULE,
    in_force_from=date(2021, 12, 1), indexed=False,
)  # fmt: skip
UNDATED = Statute(
    short="戊规定", title="戊规定", rank=Rank.DEPARTMENTAL_RULE, in_force_from=None, indexed=False
)
INDEX = StatuteIndex([NEW, UNDATED, OLD, REPEALED, PARTLY, UNREAD])
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "name", ["甲法", "《甲法》", "中华人民共和国甲法", "《中华人民共和国甲法》", "河南省人民政府令第1号"]
)
def test_a_statute_is_known_by_every_name_it_goes_by(name: str) -> None:
    assert INDEX.known(name)


def test_a_name_that_nothing_bears_is_not_known() -> None:
    assert not INDEX.known("己法")


@pytest.mark.parametrize(
    ("name", "on", "found"),
    [
        ("甲法", date(2017, 12, 31), None),
        ("甲法", date(2018, 1, 1), OLD),
        ("甲法", date(2023, 12, 31), OLD),
        ("《中华人民共和国甲法》", date(2024, 1, 1), NEW),
        ("乙条例", date(2019, 12, 31), REPEALED),
        ("乙条例", date(2020, 1, 1), None),
        ("戊规定", date(1990, 1, 1), UNDATED),
        ("己法", TODAY, None),
    ],
)
def test_the_version_in_force_on_the_day_is_found(name: str, on: date, found: Statute | None) -> None:
    statute = INDEX.find(name, on)

    assert statute is found


@pytest.mark.parametrize(
    "text",
    [
        "甲法第一条",
        "甲法第二条之一",
        "甲法第三条第一款",
        "甲法第三条第一款第二项",
        "甲法第三条第二款",
        "戊规定第九百条",
    ],
)
def test_a_real_place_has_no_problems(text: str) -> None:
    problems = INDEX.problems(Citation.parse(text), TODAY)

    assert problems == []


@pytest.mark.parametrize(
    ("text", "on", "problem"),
    [
        ("甲发第一条", TODAY, "法规索引中没有《甲发》, 是否指: 《甲法》"),
        ("毫不相干第一条", TODAY, "法规索引中没有《毫不相干》"),
        ("甲法第四条", TODAY, "《甲法》共3条, 没有第四条"),
        ("甲法第三条之一", TODAY, "《甲法》共3条, 没有第三条之一"),
        ("甲法第三条第三款", TODAY, "甲法第三条共2款, 没有第三款"),
        ("甲法第三条第一款第三项", TODAY, "甲法第三条第一款共2项, 没有第三项"),
        ("甲法第三条第二款第一项", TODAY, "甲法第三条第二款不分项, 没有第一项"),
        ("甲法第三条", date(2023, 12, 31), "《甲法》共2条, 没有第三条"),
        ("甲法第一条", date(2017, 12, 31), "《甲法》在2017-12-31尚未施行, 或者当时的版本不在法规索引中(索引中的版本自2018-01-01起施行)"),
        ("乙条例第一条", date(2020, 1, 1), "《乙条例》在2020-01-01已经失效(施行至2019-12-31)"),
        ("河南省丁办法第四条", date(2021, 11, 30), "《河南省丁办法》在2021-11-30尚未施行, 或者当时的版本不在法规索引中(索引中的版本自2021-12-01起施行)"),
        ("丙法典第一千二百六十一条", TODAY, "《丙法典》共1260条, 没有第一千二百六十一条"),
    ],
)  # fmt: skip
def test_a_place_that_is_not_there_is_told_how_far_the_statute_goes(
    text: str, on: date, problem: str
) -> None:
    problems = INDEX.problems(Citation.parse(text), on)

    assert problems == [problem]


@pytest.mark.parametrize("text", ["河南省丁办法第四条", "戊规定第一条第九款", "丙法典第一千二百六十条"])
def test_an_unread_article_has_no_problems_but_is_unverified(text: str) -> None:
    citation = Citation.parse(text)

    assert INDEX.problems(citation, TODAY) == []
    assert INDEX.unverified(citation)
    assert INDEX.unverified(citation, TODAY)


@pytest.mark.parametrize("text", ["甲法第一条", "甲法第九条", "丙法典第一条", "己法第一条"])
def test_what_can_be_judged_or_is_not_known_is_not_unverified(text: str) -> None:
    citation = Citation.parse(text)

    assert not INDEX.unverified(citation)
    assert not INDEX.unverified(citation, TODAY)


def test_the_version_of_the_day_decides_whether_a_citation_is_verified() -> None:
    before = Statute(
        short="甲法",
        title="甲法",
        rank=Rank.LAW,
        in_force_from=None,
        in_force_to=date(2017, 12, 31),
        indexed=False,
    )
    index, citation = StatuteIndex([OLD, before]), Citation.parse("甲法第一条")

    assert not index.unverified(citation)
    assert index.unverified(citation, date(2017, 12, 31))
    assert not index.unverified(citation, date(2018, 1, 1))


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"in_force_to": date(2017, 1, 1)}, "失效日期早于施行日期"),
        ({"in_force_from": None}, "应写明施行日期和条文"),
        ({"articles": {}}, "应写明施行日期和条文"),
        ({"articles": {"3": (0,)}}, "条文编号“3”不在1至2之间"),
        ({"articles": {"一": (0,)}}, "条文编号“一”不在1至2之间"),
        ({"articles": {"1": ()}}, "第1条应逐款写明项数"),
        ({"articles": {"1": (-1,)}}, "第1条应逐款写明项数"),
    ],
)
def test_a_statute_that_does_not_hold_together_is_refused(change: dict[str, object], wrong: str) -> None:
    values = OLD.model_dump() | change

    with pytest.raises(ValidationError, match=wrong):
        Statute.model_validate(values)


def test_a_statute_may_be_in_force_for_one_day() -> None:
    statute = Statute.model_validate(OLD.model_dump() | {"in_force_to": OLD.in_force_from})

    assert statute.in_force_on(date(2018, 1, 1))
    assert not statute.in_force_on(date(2018, 1, 2))


def test_a_rank_is_read_by_its_chinese_name() -> None:
    statute = Statute.model_validate(UNREAD.model_dump() | {"rank": "地方政府规章"})

    assert statute.rank is Rank.LOCAL_GOVERNMENT_RULE
