"""What README.md tells a newcomer to type works as typed."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from zhifa_flow.cli.main import main

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(
    r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)


def test_the_first_two_blocks_install_and_run_and_install_and_test() -> None:
    first, second = BLOCKS[:2]

    assert "pip install" in first
    assert first.rstrip().endswith("zhifa demo")
    assert "pip install" in second
    assert "pytest" in second


def test_the_walk_of_ten_lines_goes_as_the_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "docs" / "walkthrough", tmp_path / "docs" / "walkthrough")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIFA_FLOWS", str(ROOT / "flows"))
    monkeypatch.delenv("ZHIFA_DATABASE", raising=False)
    lines = BLOCKS[2].strip().splitlines()

    answers = [CliRunner().invoke(main, shlex.split(line)[1:]) for line in lines]

    assert [answer.exit_code for answer in answers] == [0, 0, 0, 0, 0, 1, 0, 1, 0, 0]
    assert "钱某不是机关负责人" in answers[5].stderr
    assert "作出处理决定的期限" in answers[6].stdout
    assert "2027-02-01" in answers[6].stdout
    assert "李某: 行政执法证豫A-0004有效期至2025-12-31" in answers[7].stderr
    assert "“指派的办案人员”没有李某" in answers[7].stderr
    assert "调查取证" in answers[9].stdout
