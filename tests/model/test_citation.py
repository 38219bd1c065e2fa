from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhifa_flow.model.citation import Citation, statute_name

PLACE = st.integers(1, 9999)
NAMES = st.sampled_from(["行政处罚法", "河南省行政执法条例", "国办发〔2018〕118号", "刑法修正案（十一）"])


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("行政处罚法第五十七条第一款第一项", Citation("行政处罚法", 57, 1, 1)),
        ("行政处罚法第57条", Citation("行政处罚法", 57)),
        ("行政处罚法第５７条", Citation("行政处罚法", 57)),
        ("《中华人民共和国行政处罚法》第五十八条第一款", Citation("行政处罚法", 58, 1)),
        ("环境影响评价法31条1款", Citation("环境影响评价法", 31, 1)),
        ("食品安全法124条1款5项", Citation("食品安全法", 124, 1, 5)),
        ("行政处罚法第五十七条第一款第(一)项", Citation("行政处罚法", 57, 1, 1)),
        ("行政处罚法第五十七条 第一款 第（一）项", Citation("行政处罚法", 57, 1, 1)),
        ("河南省行政处罚听证办法第四条", Citation("河南省行政处罚听证办法", 4)),
        ("河南省行政执法条例24条", Citation("河南省行政执法条例", 24)),
        ("刑法第一百三十三条之一第二款", Citation("刑法", 133, 2, branch=1)),
        ("行政许可法第十二条第一项第2目", Citation("行政许可法", 12, 1, 1, subitem=2)),
        ("最高人民法院关于适用《中华人民共和国行政诉讼法》的解释第一百五十六条",
         Citation("最高人民法院关于适用行政诉讼法的解释", 156)),
        ("关于行政诉讼法第二十六条的答复第一条", Citation("关于行政诉讼法第二十六条的答复", 1)),
    ],
)  # fmt: skip
def test_the_usual_ways_of_citing_are_understood(text: str, citation: Citation) -> None:
    read = Citation.parse(text)

    assert read == citation


def test_an_item_without_a_paragraph_belongs_to_the_first_paragraph() -> None:
    short = Citation.parse("行政处罚法第六十四条第一项")

    assert short == Citation.parse("行政处罚法第六十四条第一款第一项")
    assert str(short) == "行政处罚法第六十四条第一款第一项"


@pytest.mark.parametrize(
    "text",
    [
        "", "行政处罚法", "26条", "第二十六条", "64条2项", "一百条", "行政处罚法五十七", "安全生产法28条1款4款",
        "行政处罚法第5十七条", "行政处罚法第五十七条，第一款", "行政处罚法第一款", "《》第五条",
        "行政处罚法第五十七条第一项第一款", "行政处罚法第五十七条第一款和第二款",
    ],
)  # fmt: skip
def test_what_does_not_name_one_place_of_one_statute_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是一个法条引用"):
        Citation.parse(text)


@pytest.mark.parametrize("text", ["行政处罚法第零条", "行政处罚法第百五一条", "行政处罚法第五条第零款"])
def test_a_numeral_that_is_none_is_named_with_the_citation(text: str) -> None:
    with pytest.raises(ValueError, match=f"{text}.*中文数字"):
        Citation.parse(text)


@pytest.mark.parametrize("text", ["行政处罚法第10000条", "行政处罚法第0条", "行政处罚法第5条第0款"])
def test_numbers_that_no_statute_has_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="1至9999"):
        Citation.parse(text)


def test_a_text_far_too_long_for_a_citation_is_refused_without_being_repeated() -> None:
    with pytest.raises(ValueError, match="超过200字") as raised:
        Citation.parse("第一条" * 10000)

    assert len(str(raised.value)) < 60


def test_an_item_cannot_stand_without_its_paragraph() -> None:
    with pytest.raises(ValueError, match="写明款"):
        Citation("行政处罚法", 57, item=1)


def test_a_subitem_cannot_stand_without_its_item() -> None:
    with pytest.raises(ValueError, match="写明项"):
        Citation("行政处罚法", 57, 1, subitem=1)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    numbers = [draw(PLACE) for _ in range(draw(st.integers(0, 3)))] + [None, None, None]
    return Citation(draw(NAMES), draw(PLACE), numbers[0], numbers[1], draw(st.none() | PLACE), numbers[2])


@given(citations())
def test_what_is_written_reads_back(citation: Citation) -> None:
    text = str(citation)

    assert Citation.parse(text) == citation


@pytest.mark.parametrize(("branch", "key"), [(None, "133"), (1, "133-1")])
def test_an_inserted_article_has_a_key_of_its_own(branch: int | None, key: str) -> None:
    citation = Citation("刑法", 133, branch=branch)

    assert citation.article_key == key


@pytest.mark.parametrize(
    "name", ["《中华人民共和国行政处罚法》", "行政处罚法", " 行政 处罚法 ", "〈行政处罚法〉"]
)
def test_a_statute_has_one_name_however_it_is_written(name: str) -> None:
    plain = statute_name(name)

    assert plain == "行政处罚法"
