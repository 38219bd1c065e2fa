"""The desk put together: the SQLite store, the flows and the law of a folder, the real time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.bootstrap.calendars import Tell
from zhifa_flow.bootstrap.lawbook import Lawbook, law_of
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Now, Store
from zhifa_flow.model.errors import InputError

#: The database of an office that names none, in the current folder.
USUAL_DATABASE: Final = Path("zhifa.db")


def real_now() -> datetime:
    """The present moment, UTC: the only place where the time comes from."""
    return datetime.now(UTC)


def desk_on(book: Lawbook, store: Store, now: Now | None = None, tell: Tell | None = None) -> Desk:
    """The desk on an opened folder of flows and any store; ``tell`` hears of calendar files that cannot be used.

    Raises:
        FileError: there is no calendar at all.
    """
    return Desk(store=store, flows=book.flows, law=law_of(book, tell), now=now or real_now)


def open_store(path: Path, *, create: bool = False) -> SqliteStore:
    """The store in one SQLite file. Only who enters the first register starts a new one.

    Raises:
        InputError: there is no such file.
        StoreError: the file cannot be used.
    """
    # A mistyped path or folder would otherwise show an empty office instead of the cases that are there.
    if not create and not path.exists():
        hint = "请用 --database 或者环境变量 ZHIFA_DATABASE 指明; 新建的, 先导入机关名册(zhifa agency import 文件)"
        raise InputError([f"没有数据库“{path}”, {hint}"])
    return SqliteStore(path)
