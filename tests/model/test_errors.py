from __future__ import annotations

import pytest

from zhifa_flow.model.errors import (
    CaseChanged,
    FileError,
    InputError,
    NotFound,
    Refused,
    StoreError,
    ZhifaError,
    close_names,
)
from zhifa_flow.model.step import Option, Refusal


def test_every_error_is_of_one_family_and_has_at_least_one_problem() -> None:
    errors: list[ZhifaError] = [
        FileError("a.toml", ["甲"]), InputError(["乙"]), NotFound("案件", "x"), Refused("立案", [Refusal("a", "丙")]),
        CaseChanged("A1"), StoreError("库文件是只读的"),
    ]  # fmt: skip

    assert all(error.problems for error in errors)
    assert all(isinstance(error, ZhifaError) for error in errors)


def test_a_file_error_names_the_file_and_every_problem() -> None:
    error = FileError("flows/x.toml", ["甲", "乙"])

    assert (error.source, error.problems) == ("flows/x.toml", ("甲", "乙"))
    assert str(error) == "flows/x.toml 有 2 处问题: 甲; 乙"


def test_an_input_error_carries_every_problem() -> None:
    assert InputError(iter(["甲", "乙"])).problems == ("甲", "乙")
    assert str(InputError(["甲", "乙"])) == "甲; 乙"


@pytest.mark.parametrize(
    ("known", "close", "said"),
    [
        (["close", "decide"], ("close",), "没有名为“clos”的环节, 是否指: close"),
        ([], (), "没有名为“clos”的环节"),
    ],
)
def test_a_name_that_nothing_bears_is_answered_with_those_that_come_close(
    known: list[str], close: tuple[str, ...], said: str
) -> None:
    error = NotFound("环节", "clos", known)

    assert (error.name, error.close, str(error)) == ("clos", close, said)


def test_a_refusal_names_the_step_and_all_its_reasons() -> None:
    error = Refused(
        "立案", [Refusal("a", "甲", "乙", ("甲法第一条",), cure="丙"), Refusal("b", "丁", gap="没有规定")]
    )

    assert error.step == "立案"
    assert [one.code for one in error.refusals] == ["a", "b"]
    assert error.problems == ("甲(乙)[甲法第一条] 补正办法: 丙", "丁[没有规定]")
    assert str(error) == "不能办理“立案”: 甲(乙)[甲法第一条] 补正办法: 丙; 丁[没有规定]"


def test_a_case_that_somebody_moved_says_how_to_look_at_it_again() -> None:
    assert CaseChanged("A1").case == "A1"
    assert "case next A1" in str(CaseChanged("A1"))


def test_a_plain_error_is_its_own_problem() -> None:
    assert StoreError("磁盘已满").problems == ("磁盘已满",)


def test_at_most_three_close_names_are_given_and_always_the_same() -> None:
    assert close_names("case", ["casa", "cash", "cast", "care", "x"]) == close_names(
        "case", ["x", "care", "cast", "cash", "casa"]
    )
    assert len(close_names("case", ["casa", "cash", "cast", "care"])) == 3
    assert close_names("甲", ["乙"]) == ()


def test_an_option_is_open_while_nothing_on_file_stands_against_it() -> None:
    facts = ("x", "名", "s", "态", (), (), (), (), ())

    assert Option(*facts, refusals=(), basis=(), with_step=(Refusal("a", "甲"),)).is_open
    assert not Option(*facts, refusals=(Refusal("a", "甲"),), basis=()).is_open
