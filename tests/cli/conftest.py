"""The office that the tests of the command line work in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.office import DATA, Office

SHIPPED = Path(__file__).parents[2] / "flows"


@pytest.fixture(scope="session")
def flows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test flows beside the shipped statutes and calendars."""
    root = tmp_path_factory.mktemp("law") / "flows"
    shutil.copytree(DATA, root)
    shutil.copy(SHIPPED / "statutes.json", root)
    shutil.copytree(SHIPPED / "calendars", root / "calendars")
    return root


@pytest.fixture
def empty(flows: Path, tmp_path: Path) -> Office:
    """An office without a database."""
    return Office(flows, tmp_path)


@pytest.fixture(scope="session")
def template(flows: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office with its registers and one case, its lead registered."""
    folder = tmp_path_factory.mktemp("office")
    Office(flows, folder).staffed().opened()
    return folder


@pytest.fixture
def office(template: Path, empty: Office) -> Office:
    """An office with its registers and one case, its lead registered."""
    shutil.copytree(template, empty.folder, dirs_exist_ok=True)
    return empty
