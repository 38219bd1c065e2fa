"""zhifa demo: a walk on a fresh database, in a folder that it made itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.office import CASE, Office

WALK = ("demo", "--walk", "penalty.mini/scenarios/demo.toml")


def test_a_walk_is_shown_act_by_act(empty: Office, tmp_path: Path) -> None:
    shown = empty.ok(*WALK, "--out", str(tmp_path / "demo"))

    assert "1. 2026-03-03 立案" in shown
    assert "→ 已立案    办理人: 张某" in shown
    assert "期限 作出处罚决定的期限(机关): 至2026-06-01" in shown
    assert "注: 依举报立案" in shown
    assert "2. 2026-03-04 作出处罚决定: 不予办理" in shown
    assert "✗ 本步应当在“调查终结”时办理(案件现处于“已立案”)[行政处罚法第五十七条第一款第一项]" in shown
    assert "共2步, 其中不予办理1步" in shown
    assert "已核验1个案件、2步办案记录、0个附件, 问题0处" in shown


def test_what_it_leaves_is_an_office_and_a_chart(empty: Office, tmp_path: Path) -> None:
    told = empty.json(*WALK, "--out", str(tmp_path / "demo"))

    left = Office(empty.flows, tmp_path / "demo")
    assert told["case"] == CASE
    assert (told["acts"], told["refused"], told["state"], told["complaints"]) == (2, 1, "filed", [])
    assert "已立案" in Path(told["chart"]).read_text(encoding="utf-8")
    assert left.json("case", "show", CASE)["state"] == "filed"
    assert left.json("verify")["problems"] == []


def test_it_may_be_run_again_in_its_own_folder(empty: Office, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    first = empty.json(*WALK, "--out", str(tmp_path / "demo"))

    second = empty.json(*WALK, "--out", str(tmp_path / "demo"))

    assert second == first
    assert len(Office(empty.flows, tmp_path / "demo").json("case", "list")) == 1


def test_a_folder_of_somebody_else_is_left_alone(empty: Office, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "zhifa.db").write_text("案件", encoding="utf-8")

    said = empty.refused(*WALK, "--out", str(tmp_path / "mine"))

    assert "不是演示建立的, 不予覆盖" in said
    assert (tmp_path / "mine" / "zhifa.db").read_text(encoding="utf-8") == "案件"


def test_what_a_person_put_beside_it_stays(empty: Office, tmp_path: Path) -> None:
    empty.ok(*WALK, "--out", str(tmp_path / "demo"))
    (tmp_path / "demo" / "笔记.txt").write_text("笔记", encoding="utf-8")
    (tmp_path / "demo" / "zhifa.db.attachments").mkdir()

    empty.ok(*WALK, "--out", str(tmp_path / "demo"))

    assert (tmp_path / "demo" / "笔记.txt").exists()
    assert not (tmp_path / "demo" / "zhifa.db.attachments").exists()


@pytest.mark.parametrize("out", ["file", "file/below"])
def test_a_place_that_is_a_file_is_answered(empty: Office, tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_text("")

    assert empty.refused(*WALK, "--out", str(tmp_path / out))


def test_a_walk_that_goes_otherwise_fails_the_demonstration(empty: Office, tmp_path: Path) -> None:
    result = empty.run(
        "demo", "--walk", "penalty.mini/scenarios/wrong.toml", "--out", str(tmp_path / "demo"), "--json"
    )

    assert result.exit_code == 1
    assert "演示没有照预期进行" in result.stderr
    assert "应当办理, 但是不予办理" in json.loads(result.stdout)["complaints"][0]


def test_a_missing_walk_clears_nothing(empty: Office, tmp_path: Path) -> None:
    said = empty.refused(
        "demo", "--walk", "penalty.mini/scenarios/none.toml", "--out", str(tmp_path / "demo")
    )

    assert "none.toml" in said
    assert not (tmp_path / "demo").exists()
