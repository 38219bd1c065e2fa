"""The file of the kinds of powers: read whole, or refused with every problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhifa_flow.adapters.lawfiles.powers import load_powers, power_problems
from zhifa_flow.adapters.lawfiles.statutes import load_statutes
from zhifa_flow.model.errors import FileError
from zhifa_flow.model.matter import Power
from zhifa_flow.model.statute import Rank

SHIPPED = Path(__file__).parents[2] / "flows"
STATUTES = load_statutes(SHIPPED / "statutes.json")
HEAD = 'schema = "zhifa-powers/1"\n'
ROW = '[[power]]\npower = "行政处罚"\nranks = ["法律"]\nbasis = ["行政处罚法第十六条"]\nwithin = ["行政处罚法第十七条"]\n'


def refused(folder: Path, text: str) -> tuple[str, ...]:
    (folder / "powers.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as error:
        load_powers(folder, STATUTES)
    return error.value.problems


def test_the_shipped_file_speaks_of_every_kind_of_power() -> None:
    powers = load_powers(SHIPPED, STATUTES)

    assert list(powers) == [power.chinese for power in Power]
    assert all(Rank.NORMATIVE_DOCUMENT not in row.ranks for row in powers.values())
    assert power_problems(SHIPPED, STATUTES) == ()


def test_a_folder_may_do_without_the_file(tmp_path: Path) -> None:
    assert load_powers(tmp_path, STATUTES) == {}
    assert power_problems(tmp_path, STATUTES) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ranks ", "rank ", "没有名为“rank”的项, 是否指: ranks"),
        ('"行政处罚"', '"处罚"', "不能是“处罚”"),
        ('["法律"]', '["章程"]', "不能是“章程”"),
        ("第十六条", "第九百条", "行政处罚: 《行政处罚法》共86条, 没有第九百条"),
        ("第十七条", "十七条以下", "行政处罚: “行政处罚法十七条以下”不是一个法条引用"),
        ('basis = ["行政处罚法第十六条"]\n', "", "行政处罚没有法律依据(basis), 也没有写明法律没有规定(gap)"),
        ("zhifa-powers/1", "zhifa-powers/2", "zhifa-powers/1"),
        (ROW, ROW + ROW, "行政处罚写了几次"),
        ("ranks = [", "ranks = ", "不是合格的 TOML"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in HEAD + ROW

    problems = refused(tmp_path, (HEAD + ROW).replace(old, new, 1))

    assert said in "; ".join(problems)
    assert power_problems(tmp_path, STATUTES) == problems


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    problems = refused(tmp_path, (HEAD + ROW).replace("第十六条", "第九百条").replace("第十七条", "第九百条"))

    assert len(problems) == 2
