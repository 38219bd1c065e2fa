"""Connections to one SQLite file, and transactions on them."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from types import TracebackType
from typing import Final

from zhifa_flow.adapters.storage.faults import FAULTS, said, unwritable
from zhifa_flow.adapters.storage.work import SqlWork
from zhifa_flow.model.errors import StoreError

#: So many connections that nobody uses are kept open.
KEPT: Final = 8


class Connections:
    """Makes connections, keeps those that nobody uses, and says who may write."""

    def __init__(self, path: Path, patience: float) -> None:
        self.path, self.patience = path, patience
        # Threads queue here: SQLite would let them sleep and try again, and starve some.
        self.writing = threading.Lock()
        self._idle: list[sqlite3.Connection] = []

    def take(self) -> sqlite3.Connection:
        """A connection with its pragmas set. Raises sqlite3.Error."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._made()

    def give_back(self, connection: sqlite3.Connection) -> None:
        """Keep a connection for the next who asks."""
        if len(self._idle) < KEPT:
            self._idle.append(connection)
        else:
            connection.close()

    def close(self) -> None:
        """Close those that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    def _made(self) -> sqlite3.Connection:
        try:
            return self._opened(str(self.path))
        except sqlite3.OperationalError as fault:
            # Where nothing can be written SQLite cannot make the files that it keeps beside a database.
            if not (self.path.is_file() and unwritable(self.path)):
                raise
            log = self.path.with_name(f"{self.path.name}-wal")
            if log.is_file() and log.stat().st_size:
                raise StoreError(
                    f"数据库 {self.path.name} 在只读的位置, 旁边的 {log.name} 里还有没有并入的办案记录; "
                    "请把这两个文件一起复制到可以写的文件夹再查看"
                ) from fault
            return self._opened(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1")

    def _opened(self, place: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            place, timeout=self.patience, isolation_level=None, check_same_thread=False,
            uri=place.startswith("file:"),
        )  # fmt: skip
        try:
            # A database that is taken as untouchable is read without any log.
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal" and "immutable" not in place:
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection


class Transaction:
    """A block that reads one moment of the store; what is written in it is lost. Not a generator: every step pays."""

    __slots__ = ("_connection", "_connections", "_work")

    begin, end, saving = "BEGIN", "ROLLBACK", False

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def __enter__(self) -> SqlWork:
        try:
            self._connection = self._connections.take()
            try:
                self._connection.execute(self.begin)
            except BaseException:
                self._connection.close()
                raise
        except FAULTS as fault:
            raise said(self._connections.path, fault, saving=self.saving) from fault
        self._work = SqlWork(self._connection)
        return self._work

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._work.end()
        connection = self._connection
        fault = error if isinstance(error, FAULTS) else None
        try:
            connection.execute("ROLLBACK" if error else self.end)
        except sqlite3.Error as failed:
            # A full disk undoes the transaction by itself, and then there is nothing left to roll back.
            fault = fault or (None if error else failed)
        if fault is None and not connection.in_transaction:
            self._connections.give_back(connection)
        else:
            connection.close()  # which undoes what is still open
        if fault is not None:
            raise said(self._connections.path, fault, saving=self.saving) from fault


class Writing(Transaction):
    """A block that is committed when it ends well, and undone when it does not; one at a time."""

    __slots__ = ()

    begin, end, saving = "BEGIN IMMEDIATE", "COMMIT", True

    def __enter__(self) -> SqlWork:
        patience = self._connections.patience
        if not self._connections.writing.acquire(timeout=patience):
            name = self._connections.path.name
            raise StoreError(f"数据库 {name} 正忙, 等待{patience:g}秒仍未轮到; 本次办理没有保存, 请稍后再试")
        try:
            return super().__enter__()
        except BaseException:
            self._connections.writing.release()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            super().__exit__(kind, error, trace)
        finally:
            self._connections.writing.release()
