from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.builders import DAY, FINE, RECORD, altered, small
from zhifa_flow.engine.daytext import parse_day
from zhifa_flow.engine.digest import canonical, digest
from zhifa_flow.engine.fields import MOST_ROWS, READERS, read_fields, read_value
from zhifa_flow.engine.papers import document_key, read_documents
from zhifa_flow.engine.wording import LONGEST_TEXT, text_problem
from zhifa_flow.model.flow import Field

SHANGHAI = timezone(timedelta(hours=8))
FAR_EAST = timezone(timedelta(hours=14))
DIGEST = "0123456789abcdef" * 4


def field(type_: str, **more: Any) -> Field:
    return Field.model_validate({"type": type_, "name": "某项", **more})


def problems(one: Field, raw: object, on: date = DAY) -> list[str]:
    told: list[str] = []
    value = read_value(one, raw, "《表》“某项”", on, told)
    assert value is None
    return told


def value(one: Field, raw: object, on: date = DAY) -> object:
    told: list[str] = []
    read = read_value(one, raw, "某项", on, told)
    assert told == []
    return read


# One value, by its type.

OF = {"of": ["甲种", "乙种"]}
COLUMNS = {"columns": {"name": {"type": "text", "name": "名称"}, "count": {"type": "integer", "name": "数量", "required": False}}}  # fmt: skip


@pytest.mark.parametrize(
    ("one", "raw", "read"),
    [
        (field("text"), "  举报 ", "举报"), (field("text"), 12, "12"), (field("text"), 1.5, "1.5"),
        (field("text"), "一\n二\t三", "一\n二\t三"), (field("text"), "nan", "nan"),
        (field("text"), "字" * LONGEST_TEXT, "字" * LONGEST_TEXT),
        (field("integer"), 3, 3), (field("integer"), " -3 ", -3), (field("integer"), "１２", 12),
        (field("integer"), 999_999_999_999_999, 999_999_999_999_999),
        (field("money"), "2万元", 2_000_000), (field("money"), 0, 0), (field("money"), 0.1, 10),
        (field("money"), "５０元", 5000),
        (field("date"), date(2026, 3, 1), "2026-03-01"), (field("date"), "2026年3月1日", "2026-03-01"),
        (field("date"), "2026/3/1", "2026-03-01"), (field("date"), " 2026.03.01 ", "2026-03-01"),
        (field("date"), "２０２６-３-１", "2026-03-01"), (field("date"), DAY, "2026-03-02"),
        (field("date"), datetime(2026, 3, 1, 23, 0), "2026-03-01"),
        (field("date"), datetime(2026, 3, 1, 17, 0, tzinfo=timezone.utc), "2026-03-02"),  # noqa: UP017
        (field("date"), "1900-01-01", "1900-01-01"), (field("date", future=True), "2100-12-31", "2100-12-31"),
        (field("moment"), "2026-03-01T14:30", "2026-03-01T14:30"),
        (field("moment"), " 2026-03-01 14:30 ", "2026-03-01T14:30"),
        (field("moment"), "2026-03-01T14:30Z", "2026-03-01T22:30"),
        (field("moment"), datetime(2026, 3, 1, 14, 30, tzinfo=SHANGHAI), "2026-03-01T14:30"),
        (field("moment", future=True), "2026-03-03T00:00", "2026-03-03T00:00"),
        (field("choice", **OF), " 甲种 ", "甲种"),
        (field("choices", **OF), ["乙种", "甲种", "乙种"], ["乙种", "甲种"]), (field("choices", **OF), "甲种;乙种", ["甲种", "乙种"]),
        (field("citations"), "甲法第一条，乙法2条1款", ["甲法第一条", "乙法第二条第一款"]),
        (field("citations"), ["甲法第一条"], ["甲法第一条"]),
        (field("officer"), " zhang ", "zhang"),
        (field("officers"), "zhang；wang", ["zhang", "wang"]), (field("officers", least=2), ("a", "b"), ["a", "b"]),
        (field("officers", role="x"), ["a", "a"], ["a", "a"]),
        (field("rows", **COLUMNS), [{"名称": "烟", "数量": "2"}], [{"name": "烟", "count": 2}]),
        (field("rows", required=False, **COLUMNS), (), []),
        (field("penalties"), [{"kind": "警告"}, {"处罚种类": "罚款", "金额": "1元"}], [{"kind": "警告"}, {"kind": "罚款", "amount": 100}]),
        (field("penalties"), [{"kind": "其他行政处罚", "content": "公开道歉"}], [{"kind": "其他行政处罚", "content": "公开道歉"}]),
        (field("file"), DIGEST, DIGEST),
    ],
)  # fmt: skip
def test_a_value_is_read_by_the_type_of_its_field(one: Field, raw: object, read: object) -> None:
    assert value(one, raw) == read


NESTED: list[object] = []
for _ in range(5000):
    NESTED = [NESTED]


@pytest.mark.parametrize(
    ("one", "raw", "said"),
    [
        (field("text"), True, "应为文字, 不是是非值"), (field("text"), [], "应为文字, 不是列表"),
        (field("text"), {}, "应为文字, 不是表"), (field("text"), date(2026, 3, 1), "应为文字, 不是日期"),
        (field("text"), float("nan"), "应为文字, 不是小数"), (field("text"), float("inf"), "应为文字, 不是小数"),
        (field("text"), "   ", "没有填写"), (field("text"), "\u200b\u2060\ufeff", "没有填写"), (field("text"), "\u3164\u2800", "没有填写"),
        (field("text"), "合格\x00", "含有不可见的控制字符"), (field("text"), "甲\x1b[2J", "含有不可见的控制字符"),
        (field("text"), "\ud800", "含有不可见的控制字符或者不完整的字符"), (field("text"), "甲\x85", "含有不可见的控制字符"),
        (field("text"), "字" * (LONGEST_TEXT + 1), f"有{LONGEST_TEXT + 1}字, 至多{LONGEST_TEXT}字"),
        (field("text"), 10**5000, "数值过大"), (field("text"), b"1", "应为文字, 不是其他内容"),
        (field("integer"), True, "应为不超过15位的整数, 不是“True”"), (field("integer"), 1.0, "不是“1.0”"),
        (field("integer"), "--5", "不是“--5”"), (field("integer"), "五", "不是“五”"), (field("integer"), "", "整数"),
        (field("integer"), 10**15 + 1, "数值过大"), (field("integer"), "9" * 5000, "不是“" + "9" * 40 + "…”"),
        (field("integer"), 10**15, "应为不超过15位的整数"), (field("integer"), None, "不是其他内容"),
        (field("money"), True, "应为金额, 不是“True”"), (field("money"), [1], "应为金额, 不是列表"),
        (field("money"), {}, "应为金额, 不是表"), (field("money"), None, "应为金额"), (field("money"), DAY, "应为金额"),
        (field("money"), -1, "金额不能是负数"), (field("money"), "一百", "不是金额"), (field("money"), 0.001, "最小到分"),
        (field("money"), float("nan"), "不是金额"), (field("money"), float("inf"), "不是金额"),
        (field("money"), "1" * 5000, "应为金额, 不是“" + "1" * 40 + "…”"), (field("money"), 10**5000, "数值过大"),
        (field("date"), "2026-02-30", "“2026-02-30”不是日历上的一天"), (field("date"), "0000-01-01", "不是日历上的一天"),
        (field("date"), "26-03-09", "不是日历上的一天"), (field("date"), "20260301", "不是日历上的一天"),
        (field("date"), "2026-03", "不是日历上的一天"), (field("date"), True, "不是日历上的一天"),
        (field("date"), [], "列表不是日历上的一天"), (field("date"), 20260301, "不是日历上的一天"),
        (field("date"), "2026-3-9-1", "不是日历上的一天"), (field("date"), "+2026-3-9", "不是日历上的一天"),
        (field("date"), date(1, 1, 1), "为0001-01-01, 年份应在1900至2100之间"), (field("date"), "1899-12-31", "年份应在1900至2100之间"),
        (field("date", future=True), "2101-01-01", "年份应在1900至2100之间"),
        (field("date"), datetime(1, 1, 1, tzinfo=FAR_EAST), "不是日历上的一天"),
        (field("date"), date(2026, 3, 3), "为2026-03-03, 晚于办理日期2026-03-02"),
        (field("date"), datetime(2026, 3, 2, 16, 0, tzinfo=timezone.utc), "为2026-03-03, 晚于办理日期"),  # noqa: UP017
        (field("moment"), "2026-03-01", "“2026-03-01”不是时刻"), (field("moment"), DAY, "不是时刻"),
        (field("moment"), "下午三点", "不是时刻"), (field("moment"), 1500, "不是时刻"), (field("moment"), [], "列表不是时刻"),
        (field("moment"), "2026-03-02T24:01", "不是时刻"), (field("moment"), "0001-01-01T00:00+14:00", "不是时刻"),
        (field("moment"), "2026-03-03T00:00", "晚于办理日期2026-03-02"),
        (field("moment"), "2026-03-02T23:00-05:00", "晚于办理日期"), (field("moment"), "1500-01-01T10:00", "年份应在"),
        (field("choice", **OF), "甲钟", "“甲钟”不在可选范围: 甲种、乙种, 是否指: 甲种"), (field("choice", **OF), True, "“True”不在可选范围"),
        (field("choice", **OF), ["甲种"], "列表不在可选范围"), (field("choice", **OF), NESTED, "列表不在可选范围"),
        (field("choice", **OF), "x" * 99, "“" + "x" * 40 + "…”不在可选范围"),
        (field("choices", **OF), "、", "没有填写"), (field("choices", **OF), ["丙"], "“丙”不在可选范围"),
        (field("choices", **OF), 5, "应为若干项, 不是数字"), (field("choices", **OF), [["甲种"]], "列表不在可选范围"),
        (field("citations"), ",", "没有填写"), (field("citations"), ["甲法"], "“甲法”不是一个法条引用"),
        (field("citations"), [1], "每一项都应为文字, 不是数字"), (field("citations"), ["甲法\ud800第一条"], "不完整的字符"),
        (field("citations"), ["甲法第一条"] * (MOST_ROWS + 1), f"有{MOST_ROWS + 1}项, 至多{MOST_ROWS}项"),
        (field("citations"), {}, "应为若干项, 不是表"),
        (field("officer"), "", "没有填写"), (field("officer"), ["zhang"], "应为一名人员的编号或姓名"),
        (field("officer"), "张\x00", "不可见的控制字符"),
        (field("officers"), "、", "没有填写"), (field("officers"), ["", " "], "没有填写"), (field("officers"), [True], "不是是非值"),
        (field("officers", least=2), ["a", "a"], "重复填写: a"), (field("officers", least=3), ["a", "b"], "至少3人, 现有2人"),
        (field("officers"), ["a", "b", "a"], "重复填写: a"),
        (field("rows", **COLUMNS), "烟", "应为若干项, 每项写明: 名称、数量"), (field("rows", **COLUMNS), ["烟"], "应为若干项"),
        (field("rows", **COLUMNS), [], "应有1至500项, 现有0项"), (field("rows", least=2, **COLUMNS), [{"name": "烟"}], "应有2至500项, 现有1项"),
        (field("rows", **COLUMNS), [{"name": "烟"}] * 501, "应有1至500项, 现有501项"),
        (field("rows", **COLUMNS), [{"name": "烟"}, {"count": True}], "第2项缺少“名称”"),
        (field("rows", **COLUMNS), [NESTED], "应为若干项"),
        (field("penalties"), [{"kind": "罚款"}], "第1项“罚款”须写明金额(大于零)"), (field("penalties"), [{"kind": "罚款", "amount": 0}], "大于零"),
        (field("penalties"), [{"kind": "行政拘留", "days": 0}], "须写明大于零的期限(日)"), (field("penalties"), [{"kind": "警告", "amount": 1}], "须写明内容, 不写金额"), (field("penalties"), [{"kind": "其他行政处罚"}], "第1项“其他行政处罚”须写明内容"), (field("penalties"), [{"kind": "罚金"}], "是否指: 罚款"),
        (field("penalties"), [{"kind": "罚款", "amount": True}], "“金额”应为金额, 不是“True”"),
        (field("file"), "x" * 64, "应为附件"), (field("file"), DIGEST[:-1], "应为附件"), (field("file"), DIGEST.upper(), "应为附件"),
        (field("file"), int("1" * 15), "应为附件"), (field("file"), DIGEST + "\n", "应为附件"),
    ],
    ids=lambda one: one.type if isinstance(one, Field) else None if isinstance(one, str) else "raw",
)  # fmt: skip
def test_what_cannot_be_read_is_answered_in_chinese_with_its_place(
    one: Field, raw: object, said: str
) -> None:
    found = problems(one, raw)

    assert said in "; ".join(found)
    assert all(problem.startswith("《表》“某项”") for problem in found)
    assert not any(english in problem for problem in found for english in ("invalid", "Exceeds"))


def test_every_mistake_of_a_row_is_named_at_once() -> None:
    found = problems(field("rows", **COLUMNS), [{"count": "二"}, {"name": "烟", "重量": 1}])

    assert found == [
        "《表》“某项”第1项缺少“名称”",
        "《表》“某项”第1项“数量”应为不超过15位的整数, 不是“二”",
        "《表》“某项”第2项没有“重量”这一项, 是否指: 数量",
    ]


def test_every_type_of_field_has_a_reader() -> None:
    types = Field.model_fields["type"].annotation.__args__  # type: ignore[union-attr]

    assert set(READERS) == set(types)


NONSENSE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.datetimes()
    | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
FIELDS = [
    field(type_, **(OF if "choice" in type_ else COLUMNS if type_ == "rows" else {})) for type_ in READERS
]


@given(one=st.sampled_from(FIELDS), raw=NONSENSE)
def test_nothing_that_is_typed_makes_the_reader_stumble(one: Field, raw: object) -> None:
    told: list[str] = []

    read = read_value(one, raw, "某项", DAY, told)

    assert (read is None) == bool(told)
    canonical(read).encode("utf-8")


# A text that stands on its own: the reason for a late entry, the title of a case.


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("补录", None),
        ("", "没有填写"),
        ("\u200b", "没有填写"),
        ("\x07", "不可见"),
        ("字" * 20_001, "有20001字"),
    ],
)
def test_a_text_is_refused_if_nobody_could_read_it(text: str, said: str | None) -> None:
    problem = text_problem(text)

    assert (said in problem) if said and problem else problem is None


def test_a_day_can_be_asked_for_alone() -> None:
    assert parse_day("2026年3月9日", "日期") == date(2026, 3, 9)


# One set of fields.

FORM = {"reason": Field(type="text", name="理由"), "on": Field(type="date", name="日期", required=False)}


def read(raw: dict[str, Any], **more: Any) -> tuple[dict[str, object], list[str]]:
    told: list[str] = []
    return read_fields(FORM, raw, "《表》", DAY, told, **more), told


def test_fields_bear_their_key_or_their_chinese_name() -> None:
    assert read({"reason": "举报", "日期": "2026-03-01"}) == ({"reason": "举报", "on": "2026-03-01"}, [])


@pytest.mark.parametrize("empty", ["", None, []])
def test_an_empty_field_counts_as_not_given(empty: object) -> None:
    assert read({"reason": "举报", "on": empty}) == ({"reason": "举报"}, [])
    assert read({"reason": empty})[1] == ["《表》缺少“理由”"]


def test_a_field_given_under_both_its_names_is_no_choice_for_the_reader_to_make() -> None:
    _, told = read({"reason": "轻微", "理由": "严重"})

    assert told == ["《表》“理由”填写了两次"]


def test_unknown_missing_and_mistyped_fields_are_named_at_once_with_close_names() -> None:
    fields, told = read({"reson": "x", "on": "昨天", "完全不同": 1})

    assert fields == {}
    assert told == [
        "《表》没有“reson”这一项, 是否指: reason、on",
        "《表》没有“完全不同”这一项",
        "《表》缺少“理由”",
        "《表》“日期”“昨天”不是日历上的一天, 应如 2026-03-09",
    ]


def test_a_numbered_document_asks_for_its_number() -> None:
    assert read({"reason": "x", "文号": "1号"}, numbered=True) == ({"number": "1号", "reason": "x"}, [])
    assert read({"reason": "x"}, numbered=True)[1] == ["《表》缺少“文号”"]


def test_a_document_may_describe_its_number_itself() -> None:
    told: list[str] = []
    form = {"number": Field(type="integer", name="编号")}

    fields = read_fields(form, {"编号": 7}, "《表》", DAY, told, numbered=True)

    assert (fields, told) == ({"number": 7}, [])


# The documents of a request.


def documents(handed: dict[str, Any], *allowed: str) -> Any:
    return read_documents(small().flow, handed, allowed or ("filing", "record", "proposal"), DAY)


@pytest.mark.parametrize("name", ["record", "询问笔录", "《询问笔录》", " record "])
def test_a_document_is_known_by_key_and_by_chinese_name(name: str) -> None:
    reading = documents({name: [RECORD]})

    assert document_key(small().flow, name) == "record"
    assert (reading.problems, reading.faulty) == ([], set())
    assert list(reading.fields) == ["record"]


def test_several_copies_are_read_of_what_adds_up() -> None:
    reading = documents({"record": [RECORD, {**RECORD, "answer": "不清楚"}]})

    assert [copy["answer"] for copy in reading.fields["record"]] == ["属实", "不清楚"]
    assert reading.problems == []


@pytest.mark.parametrize(
    "handed",
    [{"proposal": [FINE, FINE]}, {"proposal": [FINE], "处罚建议": [FINE]}],
    ids=["at once", "under two names"],
)
def test_a_second_copy_never_silently_takes_the_place_of_the_first(handed: dict[str, Any]) -> None:
    reading = documents(handed)

    assert reading.problems == ["《处罚建议》一步只能提交一份, 现有2份"]
    assert reading.faulty == {"proposal"}


@pytest.mark.parametrize(
    ("copies", "said"), [(["文字"], "文字"), ([["a"]], "列表"), ([5], "数字"), ({"reason": "x"}, "文字")]
)
def test_a_copy_that_is_no_set_of_fields_is_a_problem(copies: Any, said: str) -> None:
    reading = documents({"filing": copies})

    assert reading.problems == [f"《立案审批表》应逐项写明内容, 不是{said}"]
    assert reading.faulty == {"filing"}


def test_unknown_and_unwanted_documents_are_named_with_what_is_wanted() -> None:
    reading = documents({"立案审批": [{}], "decision": [{}], "毫不相干": [{}]}, "filing")

    assert reading.problems == [
        "没有名为“立案审批”的文书, 是否指: 立案审批表",
        "本步不收《处罚决定书》, 可以提交: 《立案审批表》",
        "没有名为“毫不相干”的文书",
    ]
    assert reading.fields == {}


def test_a_step_without_documents_takes_none() -> None:
    reading = read_documents(small().flow, {"filing": [{}]}, (), DAY)

    assert reading.problems == ["本步不收《立案审批表》, 可以提交: 任何文书"]


def test_no_copies_at_all_are_no_document() -> None:
    assert documents({"filing": []}).fields == {}


def test_a_faulty_copy_marks_its_document_as_faulty() -> None:
    reading = documents({"record": [RECORD, {}]})

    assert reading.faulty == {"record"}
    assert len(reading.problems) == 3


def test_a_document_without_a_number_field_takes_one_from_its_kind() -> None:
    it = altered("document", "filing", number=False).flow

    reading = read_documents(it, {"filing": [{"number": "1", "reason": "x"}]}, ["filing"], DAY)

    assert reading.problems == ["《立案审批表》没有“number”这一项"]


# Hashes.


def test_equal_content_has_an_equal_hash_in_whatever_order_it_was_typed() -> None:
    assert digest({"a": 1, "乙": ["丙"]}) == digest({"乙": ["丙"], "a": 1})
    assert digest({"a": 1}) != digest({"a": "1"})
    assert canonical({"乙": DAY}) == '{"乙":"2026-03-02"}'
