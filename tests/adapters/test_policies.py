"""The file of declared policies: read whole, or refused with every problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhifa_flow.adapters.lawfiles.policies import load_policies, policy_problems
from zhifa_flow.adapters.lawfiles.statutes import load_statutes
from zhifa_flow.model.errors import FileError

SHIPPED = Path(__file__).parents[2] / "flows"
STATUTES = load_statutes(SHIPPED / "statutes.json")
HEAD = 'schema = "zhifa-policies/1"\nname = "口径"\ndeclared = 2026-11-20\n'
ROW = """
[[policy]]
id       = "some_roll"
kind     = "switch"
roll     = "none"
name     = "某期限"
question = "是否顺延?"
answer   = "不顺延。"
reason   = "从严。"
safe     = "提前办理。"
basis    = ["行政强制法第二十五条第一款"]
"""


def refused(folder: Path, text: str) -> tuple[str, ...]:
    (folder / "policies.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as error:
        load_policies(folder)
    return error.value.problems


def test_the_rows_are_read(tmp_path: Path) -> None:
    (tmp_path / "policies.toml").write_text(HEAD + ROW, encoding="utf-8")

    table = load_policies(tmp_path)

    assert [row.id for row in table.policy] == ["some_roll"]


def test_a_missing_file_is_answered(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="不能读取"):
        load_policies(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + ROW.replace("answer ", "anser "), "没有名为“anser”的项, 是否指: answer"),
        (HEAD + ROW.replace('"none"', '"backward"'), "不在可选范围"),
        (HEAD + ROW.replace("第二十五条第一款", ""), "some_roll: “行政强制法”不是一个法条引用"),
        (HEAD + ROW + ROW, "编号或者名称重复: some_roll、某期限"),
        (HEAD.replace("2026-11-20", '"很久以前"') + ROW, "应为日期"),
        (HEAD, "policy: 缺少这一项"),
        (
            HEAD + ROW + "[[policy.example]]\nstart = 2026-09-04\nlength = '三天'\ndue = 2026-10-04\n",
            "看不懂期限",
        ),
    ],
)
def test_a_mistake_is_answered_in_chinese(tmp_path: Path, text: str, said: str) -> None:
    assert any(said in problem for problem in refused(tmp_path, text))


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    problems = refused(tmp_path, HEAD + ROW.replace("question ", "quesion ").replace('"switch"', '"switsch"'))

    assert len(problems) >= 2


def test_citations_are_held_against_the_statute_index(tmp_path: Path) -> None:
    text = HEAD + ROW.replace("第二十五条第一款", "第七百条")
    (tmp_path / "policies.toml").write_text(text, encoding="utf-8")

    assert policy_problems(tmp_path, STATUTES) == ("some_roll: 《行政强制法》共71条, 没有第七百条",)


def test_a_file_that_cannot_be_read_is_a_problem_and_no_file_is_none(tmp_path: Path) -> None:
    assert policy_problems(tmp_path, STATUTES) == ()

    (tmp_path / "policies.toml").write_text(HEAD, encoding="utf-8")

    assert policy_problems(tmp_path, STATUTES) == ("policy: 缺少这一项",)


def test_the_shipped_policies_are_without_a_problem() -> None:
    assert policy_problems(SHIPPED, STATUTES) == ()
