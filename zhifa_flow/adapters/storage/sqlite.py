"""The store in one SQLite file: the embedded default. Attachments lie in a folder beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from zhifa_flow.adapters.storage.attachments import LARGEST, AttachmentFolder
from zhifa_flow.adapters.storage.connections import Connections, Transaction, Writing
from zhifa_flow.adapters.storage.faults import faults_said
from zhifa_flow.adapters.storage.schema import prepare
from zhifa_flow.model.errors import StoreError
from zhifa_flow.model.hindrance import hindrance

#: How long a transaction waits for another one, in seconds.
PATIENCE: Final = 10.0


class SqliteStore:
    """The port ``Store`` on a file. May be used by many threads, and the file by many processes."""

    def __init__(
        self, path: Path, *, create: bool = True, attachments: Path | None = None,
        largest: int = LARGEST, patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        """Open the file, or make it unless ``create`` is false.

        ``largest`` is the size limit of an attachment in bytes, ``patience`` how many seconds to wait for others.

        Raises:
            StoreError: the file cannot be used, or was made by a newer program.
        """
        _check_place(path, create=create)
        self.path = path
        self.connections = Connections(path, patience)
        self._attachments = AttachmentFolder(
            attachments or path.with_name(f"{path.name}.attachments"), largest
        )
        with faults_said(path):
            connection = self.connections.take()
            try:
                prepare(connection, path.name)
            except BaseException:
                connection.close()
                raise
            self.connections.give_back(connection)

    def write(self) -> Writing:
        """A transaction that is committed when its block ends well, and undone when it does not.

        Raises:
            StoreError: the database cannot be written.
        """
        return Writing(self.connections)

    def read(self) -> Transaction:
        """A transaction that only looks, at the store as it was at its first question; writing in it is lost."""
        return Transaction(self.connections)

    def keep(self, path: Path) -> str:
        """Keep a file as an attachment; answers its SHA-256.

        Raises:
            InputError: the file cannot be one.
            StoreError: it cannot be kept.
        """
        return self._attachments.keep(path)

    def attachment(self, digest: str) -> Path | None:
        """Where an attachment lies; None if the store has none of that hash."""
        return self._attachments.path(digest)

    def attachments(self) -> Iterator[str]:
        """The SHA-256 of every attachment."""
        return self._attachments.digests()

    def attachment_problem(self, digest: str) -> str | None:
        """What is wrong with an attachment as it lies there; None if it is as it was kept."""
        return self._attachments.problem(digest)

    def close(self) -> None:
        """Let go of the file."""
        self.connections.close()


def _check_place(path: Path, *, create: bool) -> None:
    """Say plainly what SQLite would only call a file that cannot be opened."""
    try:
        if not path.name or path.is_dir():
            raise StoreError(f"数据库 {path} 是一个文件夹; 请指定一个文件")
        if not path.parent.is_dir():
            raise StoreError(f"数据库所在的文件夹 {path.parent} 不存在; 请先建立文件夹, 或者检查路径")
        if not create and not path.exists():
            raise StoreError(f"没有数据库文件 {path}; 请检查路径")
    except OSError as error:
        raise StoreError(f"数据库 {path.name[:80]} 不能打开({hindrance(error)}); 请检查路径") from None
