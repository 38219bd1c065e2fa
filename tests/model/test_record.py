from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from zhifa_flow.model.record import Record, RecordError, plain

LABELS = {"name": "姓名", "born": "出生日期", "head": "负责人", "posts": "岗位", "rows": "证件"}


def read_number(raw: Mapping[str, object]) -> str:
    record = Record(raw, {"number": "编号"})
    number = record.required("number")
    record.settle(RecordError)
    return number


def test_a_field_is_found_under_its_key_and_under_its_chinese_name() -> None:
    record = Record({"姓名": " 张某 ", "born": "2000-01-02"}, LABELS)

    assert (record.text("name"), record.day("born")) == ("张某", date(2000, 1, 2))
    assert record.problems == []


def test_a_field_given_under_both_names_is_a_problem() -> None:
    record = Record({"姓名": "张某", "name": "李某"}, LABELS)

    assert record.problems == ["姓名填写了两次"]


def test_an_unknown_field_is_answered_with_the_close_one() -> None:
    record = Record({"nam": "张某", "其他": 1}, LABELS)

    assert record.problems == ["没有“nam”这个字段, 是否指: name", "没有“其他”这个字段"]


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_field_counts_as_not_written(empty: object) -> None:
    record = Record({"name": empty}, LABELS)

    assert not record.has("name")
    assert record.text("name") is None
    assert record.required("name") == ""
    assert record.problems == ["姓名没有填写"]


@pytest.mark.parametrize("value", [5, "  "])
def test_a_text_must_be_a_text(value: object) -> None:
    record = Record({"name": value}, LABELS)

    assert record.text("name") is None
    assert record.problems == ["姓名应填写文字"]


@pytest.mark.parametrize(
    ("value", "day"), [(date(2000, 1, 2), date(2000, 1, 2)), ("2000-01-02", date(2000, 1, 2)), (None, None)]
)
def test_a_day_is_a_date_or_iso_text(value: object, day: date | None) -> None:
    record = Record({"born": value}, LABELS)

    assert record.day("born") == day
    assert record.problems == []


@pytest.mark.parametrize("value", ["2000-02-30", "去年", 20000102.5, datetime(2000, 1, 2, 3, 4)])
def test_what_is_not_a_day_is_a_problem(value: object) -> None:
    record = Record({"born": value}, LABELS)

    assert record.day("born") is None
    assert record.problems[0].startswith("出生日期应为日期(如2026-03-01)")


@pytest.mark.parametrize(
    ("value", "answer"), [(True, True), (False, False), ("是", True), ("否", False), (1, True)]
)
def test_yes_and_no_are_understood(value: object, answer: bool) -> None:
    record = Record({"head": value}, LABELS)

    assert record.yes("head") is answer
    assert record.problems == []


def test_an_empty_field_says_no() -> None:
    record = Record({}, LABELS)

    assert record.yes("head") is False


def test_anything_but_yes_or_no_is_a_problem() -> None:
    record = Record({"head": "也许"}, LABELS)

    assert record.yes("head") is False
    assert record.problems == ["负责人应填写“是”或者“否”, 不能是“也许”"]


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("调查岗、审核岗", ("调查岗", "审核岗")),
        (["调查岗", " "], ("调查岗",)),
        ("立案岗; 决定岗", ("立案岗", "决定岗")),
    ],
)
def test_a_list_may_stand_in_one_cell(value: object, texts: tuple[str, ...]) -> None:
    record = Record({"posts": value}, LABELS)

    assert record.texts("posts") == texts


@pytest.mark.parametrize("value", [5, ["调查岗", 5]])
def test_a_list_of_other_things_is_a_problem(value: object) -> None:
    record = Record({"posts": value}, LABELS)

    assert record.texts("posts") == ()
    assert record.problems == ["岗位应为一列文字"]


def test_every_problem_of_every_row_is_kept_with_its_number() -> None:
    record = Record({"rows": [{"number": "1"}, {}, {"numbre": "3"}]}, LABELS)

    rows = record.records("rows", read_number)

    assert rows == ("1",)
    assert record.problems == [
        "证件第2条: 编号没有填写",
        "证件第3条: 没有“numbre”这个字段, 是否指: number",
        "证件第3条: 编号没有填写",
    ]


@pytest.mark.parametrize("value", ["一", ["一"]])
def test_rows_must_be_records(value: object) -> None:
    record = Record({"rows": value}, LABELS)

    assert record.records("rows", read_number) == ()
    assert record.problems == ["证件应为一组记录"]


def test_settling_raises_all_problems_or_nothing() -> None:
    good, bad = Record({}, LABELS), Record({"甲": 1, "乙": 2}, LABELS)

    good.settle(RecordError)

    with pytest.raises(RecordError) as raised:
        bad.settle(RecordError)
    assert raised.value.problems == ("没有“甲”这个字段", "没有“乙”这个字段")


def test_a_record_to_keep_holds_no_empty_fields_and_plain_days() -> None:
    kept = plain(name="张某", born=date(2000, 1, 2), head=False, posts=[], rows=None, unit="")

    assert kept == {"name": "张某", "born": "2000-01-02"}


@pytest.mark.parametrize(
    "hidden", ["\x00", "\n", "\r", "\t", "\x85", "\u2028", "\u200b", "\u202e", "\u2066", "\ufeff", "\ud800"]
)
def test_a_text_holds_nothing_that_cannot_be_seen(hidden: str) -> None:
    record = Record({"name": f"张{hidden}某"}, LABELS)

    assert record.text("name") is None
    assert record.problems == [
        "姓名含有不可见的字符(控制字符、换行、零宽字符或者改变文字方向的字符), 请重新输入"
    ]


@pytest.mark.parametrize(("length", "problems"), [(500, []), (501, ["姓名有501字, 至多500字"])])
def test_a_text_has_at_most_five_hundred_characters(length: int, problems: list[str]) -> None:
    record = Record({"name": "张" * length}, LABELS)

    record.text("name")

    assert record.problems == problems
