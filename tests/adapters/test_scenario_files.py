"""Scenario files build on each other across the folders of their flows; a step may be like another one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.model.errors import FileError

MAIN = """
schema = "zhifa-scenario/1"
flow   = "test.mini@2021-07-15"
title  = "办结"
[[officer]]
id = "zhang"
[[step]]
do = "begin"
on = 2026-03-02
by = ["zhang"]
[[step]]
id = "the_end"
do = "finish"
on = 2026-03-03
by = ["zhang", "wang"]
state = "finished"
note = "全程合法"
[step.documents.report]
text = "甲"
rows = [{ name = "一", amount = 1 }, { name = "二" }]
"""


def write(root: Path, place: str, text: str) -> Path:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_side_duty_extends_the_walk_of_the_flow_that_opens_it(tmp_path: Path) -> None:
    write(tmp_path, "test.mini/scenarios/main.toml", MAIN)
    text = """
        extends = "../../test.mini/scenarios/main.toml"
        upto = "the_end"
        [[step]]
        in = "publication"
        do = "publish"
        on = 2026-03-04
    """

    read = read_scenario(write(tmp_path, "duty.mini/scenarios/side.toml", text), tmp_path)

    assert (read.flow, [(step.in_, step.do) for step in read.step]) == (
        "test.mini@2021-07-15",
        [("", "begin"), ("publication", "publish")],
    )


def test_a_step_may_be_taken_in_a_side_case_of_a_side_case(tmp_path: Path) -> None:
    text = MAIN.replace('do = "begin"', 'in = "after_grant.recusal"\ndo = "begin"')

    read = read_scenario(write(tmp_path, "test.mini/scenarios/main.toml", text), tmp_path)

    assert [(step.in_, step.do) for step in read.step] == [("after_grant.recusal", "begin"), ("", "finish")]


def test_no_scenario_is_read_from_outside_the_folder_of_flows(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/main.toml", MAIN)
    path = write(tmp_path, "flows/duty.mini/scenarios/side.toml", 'extends = "../../../elsewhere/main.toml"')

    with pytest.raises(FileError) as raised:
        read_scenario(path, tmp_path / "flows")

    assert raised.value.problems == ("文件在文件夹以外, 不予读取",)


def test_a_step_like_another_takes_over_the_act_and_not_what_was_expected_of_it(tmp_path: Path) -> None:
    write(tmp_path, "test.mini/scenarios/main.toml", MAIN)
    text = """
        extends = "main.toml"
        upto = "the_end"
        [[step]]
        like = "the_end"
        expect = "refused"
        guard = ["report_complete"]
        without = ["documents.report.text", "documents.report.rows.0"]
        documents.report.reason = "乙"
        [[step]]
        like = "the_end"
    """

    read = read_scenario(write(tmp_path, "test.mini/scenarios/fault.toml", text), tmp_path)

    fault, proper = read.step[1:]
    assert (fault.label, fault.expect, fault.guard, fault.state, fault.note) == (
        "finish", "refused", ("report_complete",), "", "",
    )  # fmt: skip
    assert (fault.on, fault.by, fault.documents) == (
        date(2026, 3, 3), ("zhang", "wang"), {"report": {"rows": [{"name": "二"}], "reason": "乙"}},
    )  # fmt: skip
    assert proper.documents == {
        "report": {"text": "甲", "rows": [{"name": "一", "amount": 1}, {"name": "二"}]}
    }


def test_a_step_may_be_like_one_that_its_own_file_writes_further_down(tmp_path: Path) -> None:
    text = MAIN.replace('do = "begin"\n', 'like = "the_end"\nexpect = "refused"\nwithout = ["documents"]\n')

    read = read_scenario(write(tmp_path, "test.mini/scenarios/main.toml", text), tmp_path)

    assert [(step.do, step.on, bool(step.documents)) for step in read.step] == [
        ("finish", date(2026, 3, 2), False),
        ("finish", date(2026, 3, 3), True),
    ]


def test_of_two_steps_of_one_name_the_one_of_the_file_itself_is_meant(tmp_path: Path) -> None:
    write(tmp_path, "test.mini/scenarios/main.toml", MAIN)
    text = """
        extends = "main.toml"
        upto = "begin"
        [[step]]
        like = "begin"
        [[step]]
        do = "begin"
        on = 2026-04-01
    """

    read = read_scenario(write(tmp_path, "test.mini/scenarios/later.toml", text), tmp_path)

    assert [step.on for step in read.step] == [date(2026, 4, 1), date(2026, 4, 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[step]]\nlike = "the_ent"', "没有可以照办的步骤“the_ent”, 是否指: the_end"),
        ('[[step]]\nlike = "完全不同"', "没有可以照办的步骤“完全不同”"),
        (
            '[[step]]\nlike = "the_end"\nwithout = ["documents.report.rows.9"]',
            "like 应为本情景一个步骤的名称",
        ),
        ('[[step]]\nlike = "the_end"\nwithout = 5', "like 应为本情景一个步骤的名称"),
        (
            '[[step]]\nlike = "the_end"\nexpct = "refused"',
            "step.3.expct: 没有名为“expct”的项, 是否指: expect",
        ),
        ('[[step]]\nlike = "begin"\n[[step]]\nlike = "finish"', "没有可以照办的步骤“finish”"),
    ],
)
def test_a_step_that_is_like_no_other_is_answered(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, "test.mini/scenarios/main.toml", MAIN + text)

    with pytest.raises(FileError) as raised:
        read_scenario(path, tmp_path)

    assert any(one.startswith(said) for one in raised.value.problems), raised.value.problems


def test_a_step_of_the_base_that_cannot_be_found_is_answered_too(tmp_path: Path) -> None:
    write(tmp_path, "test.mini/scenarios/main.toml", MAIN)
    path = write(
        tmp_path, "test.mini/scenarios/other.toml", 'extends = "main.toml"\n[[step]]\nlike = "the_ent"\n'
    )

    with pytest.raises(FileError) as raised:
        read_scenario(path, tmp_path)

    assert raised.value.problems == ("没有可以照办的步骤“the_ent”, 是否指: the_end",)


def test_what_is_played_before_is_read_whole_from_where_its_file_lies(tmp_path: Path) -> None:
    write(tmp_path, "test.mini/scenarios/main.toml", MAIN)
    write(
        tmp_path,
        "test.mini/scenarios/begun.toml",
        'extends = "main.toml"\nupto = "the_end"\ntitle = "只开始"\n',
    )
    both = 'earlier = ["../../test.mini/scenarios/begun.toml", "../../test.mini/scenarios/main.toml"]\n'
    write(tmp_path, "duty.mini/scenarios/twice.toml", both + MAIN)
    text = 'extends = "../../duty.mini/scenarios/twice.toml"\n[[step]]\ndo = "begin"\non = 2026-03-05\nother = 2\n'

    read = read_scenario(write(tmp_path, "other.mini/scenarios/third.toml", text), tmp_path)

    assert [(one.title, len(one.step)) for one in read.earlier] == [("只开始", 1), ("办结", 2)]
    assert [step.other for step in read.step] == [0, 0, 2]


def test_a_departure_may_name_other_scenarios_to_be_played_before_or_none(tmp_path: Path) -> None:
    write(tmp_path, "test.mini/scenarios/main.toml", MAIN)
    write(tmp_path, "test.mini/scenarios/two.toml", 'extends = "main.toml"\nearlier = ["main.toml"]\n')
    write(tmp_path, "test.mini/scenarios/none.toml", 'extends = "two.toml"\nearlier = []\n')
    again = write(
        tmp_path, "test.mini/scenarios/again.toml", 'extends = "none.toml"\nearlier = ["none.toml"]\n'
    )

    assert len(read_scenario(again, tmp_path).earlier) == 1
    assert read_scenario(again.with_name("none.toml"), tmp_path).earlier == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('earlier = ["missing.toml"]', "文件不能读取"),
        ('earlier = ["../../../main.toml"]', "文件在文件夹以外, 不予读取"),
        ('earlier = ["case.toml"]', "先办的另案自己不能再有 earlier"),
        ('earlier = ["wrong.toml"]', "flow: 缺少这一项"),
        ('earlier = "main.toml"', "earlier 应为若干情景文件的名称"),
        ("earlier = [5]", "earlier 应为若干情景文件的名称"),
        ("earlier = { a = 1 }", "earlier 应为若干情景文件的名称"),
        ('[[step]]\ndo = "begin"\non = 2026-03-05\nother = 1', "步骤begin: 先办的另案(earlier)只有0件"),
        ('[[step]]\ndo = "begin"\non = 2026-03-05\nother = -1', "step.3.other: 应为"),
        ('[[step]]\ndo = "begin"\non = 2026-03-05\nother = true', "step.3.other: 应为整数"),
    ],
)
def test_what_cannot_be_played_before_is_answered(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, "flows/test.mini/scenarios/main.toml", MAIN)
    write(tmp_path, "main.toml", MAIN)
    write(tmp_path, "flows/test.mini/scenarios/wrong.toml", 'schema = "zhifa-scenario/1"\n')
    path = write(tmp_path, "flows/test.mini/scenarios/case.toml", f'extends = "main.toml"\n{text}\n')

    with pytest.raises(FileError) as raised:
        read_scenario(path, tmp_path / "flows")

    assert any(one.startswith(said) for one in raised.value.problems), raised.value.problems
