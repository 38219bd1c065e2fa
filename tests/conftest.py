"""A store on disk with its registers filled, for tests of what a database goes through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.small import register
from zhifa_flow.adapters.storage.sqlite import SqliteStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database of ``store`` lies."""
    return tmp_path / "cases.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """A store with the small office's agencies and officers in it."""
    store = SqliteStore(path)
    register(store)
    yield store
    store.close()
