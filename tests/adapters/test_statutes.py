from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from zhifa_flow.adapters.lawfiles.statutes import load_statutes
from zhifa_flow.adapters.lawfiles.toml import LARGEST
from zhifa_flow.model.citation import Citation
from zhifa_flow.model.errors import FileError
from zhifa_flow.model.statute import Rank

SHIPPED = Path(__file__).parents[2] / "flows" / "statutes.json"
GOOD = {"short": "甲法", "title": "甲法", "rank": "law", "in_force_from": "2020-01-01", "article_count": 1, "articles": {"1": [0]}}  # fmt: skip
TODAY = date(2026, 3, 2)


def written(folder: Path, text: str) -> Path:
    path = folder / "statutes.json"
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(FileError) as raised:
        load_statutes(path)
    assert raised.value.source == str(path)
    return raised.value.problems


def test_an_index_is_read_from_its_file(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({"甲法": GOOD, "甲法@2010": GOOD | {"in_force_from": "2010-01-01"}}))

    index = load_statutes(path)

    assert [statute.in_force_from for statute in index.statutes] == [date(2020, 1, 1), date(2010, 1, 1)]


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    text = json.dumps(
        {
            "甲法": GOOD,
            "甲法@2020": GOOD,
            "乙法": GOOD | {"in_force_from": "2010-01-01"},
            "丙法": {"short": "丙法", "titel": "丙法", "rank": "法", "in_force_from": "昨天"},
            "丁法": [],
            "戊法": {"short": "戊法", "title": "戊法", "rank": "law", "in_force_from": None},
            "己法": GOOD | {"short": "己法", "xyz": 1},
        },
        ensure_ascii=False,
    )

    problems = problems_of(written(tmp_path, text))

    ranks = "、".join(f"{rank.value}({rank.chinese})" for rank in Rank)
    assert problems == (
        "“甲法@2020”: 《甲法》同一施行日期的版本已经有了",
        "“乙法”: 与简称“甲法”不一致",
        "“丙法”: 缺少“title”",
        f"“丙法”: “rank”不能是“法”, 可以填写: {ranks}",
        "“丙法”: “in_force_from”的值“昨天”不对",
        "“丙法”: 没有“titel”这个字段, 是否指: title",
        "“丁法”: 应为对象",
        "“戊法”: 《戊法》应写明施行日期和条文(articles), 没有核对条文的应写明 indexed = false",
        "“己法”: 没有“xyz”这个字段",
    )


def test_a_key_written_twice_is_not_swallowed(tmp_path: Path) -> None:
    entry = (
        '{"short": "甲法", "title": "甲法", "title": "甲法", "rank": "law", "in_force_from": "2020-01-01",'
        ' "article_count": 1, "articles": {"1": [0], "1": [0, 0]}}'
    )

    problems = problems_of(written(tmp_path, f'{{"甲法": {entry}}}'))

    assert problems == ("“甲法”: “title”出现了两次", "“甲法”: “1”出现了两次")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", "不是JSON文件: 第1行第2列有误"),
        (b"[]", "最外层应为对象: 法规简称或者“简称@版本”对应一部法规"),
        ("甲法".encode("gb18030"), "文件不是 UTF-8 编码, 请另存为 UTF-8"),
        (b"[" * 100_000, "嵌套过深"),
        (b'{"a": ' + b"9" * 5000 + b"}", "含有过长的数字"),
        (b" " * (LARGEST + 1), "文件有2,097,153字节, 超过上限2,097,152字节"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "statutes.json"
    path.write_bytes(content)

    assert problems_of(path) == (problem,)


@pytest.mark.parametrize(
    ("name", "problem"),
    [("", "这是一个文件夹, 不是文件"), ("missing.json", "文件不能读取: 没有这个文件或者文件夹")],
)
def test_a_folder_or_a_missing_file_is_refused(tmp_path: Path, name: str, problem: str) -> None:
    assert problems_of(tmp_path / name) == (problem,)


def test_an_index_that_lies_outside_its_folder_is_not_read(tmp_path: Path) -> None:
    root, outside = tmp_path / "flows", written(tmp_path, "{}")
    root.mkdir()
    (root / "statutes.json").symlink_to(outside)

    assert problems_of(root / "statutes.json") == ("文件是指向文件夹以外的链接, 不予读取",)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("行政处罚法第五十七条第一款第四项", TODAY),
        ("行政处罚法第六十四条第八项", TODAY),
        ("行政复议法第二十三条第一款第一项", date(2024, 1, 1)),
        ("民法典第二百零三条", TODAY),
        ("河南省行政执法条例第二十四条", TODAY),
    ],
)
def test_the_shipped_index_knows_the_places_that_flows_cite(text: str, on: date) -> None:
    index, citation = load_statutes(SHIPPED), Citation.parse(text)

    assert index.problems(citation, on) == []
    assert not index.unverified(citation, on)


@pytest.mark.parametrize(
    "text",
    [
        "河南省行政处罚听证办法第四条", "河南省重大行政处罚备案审查办法第三条", "市场监督管理行政处罚程序规定第六十四条",
        "国办发〔2018〕118号第一条", "民法典第一千二百五十九条",
    ],
)  # fmt: skip
def test_the_shipped_index_says_which_places_nobody_has_read(text: str) -> None:
    index, citation = load_statutes(SHIPPED), Citation.parse(text)

    assert index.problems(citation, TODAY) == []
    assert index.unverified(citation, TODAY)


@pytest.mark.parametrize(
    ("name", "rank"),
    [
        ("河南省行政处罚听证办法", Rank.LOCAL_GOVERNMENT_RULE),
        ("国办发〔2018〕118号", Rank.NORMATIVE_DOCUMENT),
        ("道路运输条例", Rank.ADMINISTRATIVE_REGULATION),
        ("环境影响评价法", Rank.LAW),
    ],
)
def test_the_shipped_index_knows_the_rank_of_what_it_has_not_read(name: str, rank: Rank) -> None:
    statute = load_statutes(SHIPPED).find(name, TODAY)

    assert statute is not None
    assert (statute.rank, statute.indexed) == (rank, False)


def test_versions_of_one_statute_in_the_shipped_index_leave_no_day_to_two_of_them() -> None:
    dated = [s for s in load_statutes(SHIPPED).statutes if s.in_force_from and s.in_force_to]

    overlapping = [
        (one.short, other.in_force_from)
        for one in dated
        for other in dated
        if one is not other and one.short == other.short
        if one.in_force_from <= other.in_force_from <= one.in_force_to  # type: ignore[operator]
    ]

    assert overlapping == []
