"""What travels inside the wheel: every package, and the flows under the name by which they are found."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from zhifa_flow.bootstrap import lawfolder
from zhifa_flow.bootstrap.lawfolder import find_flows

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_package_is_named() -> None:
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "zhifa_flow").rglob("__init__.py")}

    named = set(SETTINGS["packages"]) - {"zhifa_flow._flows"}

    assert named == {".".join(folder.parts) for folder in folders}


def test_every_kind_of_file_in_the_flows_travels() -> None:
    endings = {path.suffix for path in (ROOT / "flows").rglob("*") if path.is_file()}

    patterns = {Path(pattern).suffix for pattern in SETTINGS["package-data"]["zhifa_flow._flows"]}

    assert SETTINGS["package-dir"] == {"zhifa_flow._flows": "flows"}
    assert endings <= patterns


def test_the_flows_of_the_current_folder_come_before_those_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lawfolder, "_PACKAGE", tmp_path / "site" / "zhifa_flow")
    packaged = tmp_path / "site" / "zhifa_flow" / "_flows"
    packaged.mkdir(parents=True)
    (packaged / "statutes.json").write_text("{}")
    (tmp_path / "work" / "flows").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")

    before = find_flows()
    (tmp_path / "work" / "flows" / "statutes.json").write_text("{}")

    assert before == packaged
    assert find_flows() == Path("flows")
