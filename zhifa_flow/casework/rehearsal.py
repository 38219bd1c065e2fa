"""A rehearsal (试办): a store in which everything may be tried and nothing stays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from zhifa_flow.casework.ports import Store, Work
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.hindrance import hindrance


class _Undo(Exception):
    """What makes the store undo a transaction that went well."""


def _undo() -> None:
    raise _Undo


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The store behind it with every transaction undone at its end; what refuses there refuses here."""

    store: Store
    _shown: dict[str, Path] = field(default_factory=dict)

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A transaction that is carried out and then undone."""
        try:
            with self.store.write() as work:
                yield work
                _undo()
        except _Undo:
            return

    def read(self) -> AbstractContextManager[Work]:
        """A transaction that only looks."""
        return self.store.read()

    def keep(self, path: Path) -> str:
        """The SHA-256 that the attachment would be kept under.

        Raises:
            InputError: the file cannot be read.
        """
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise InputError([f"附件“{path}”不能读取: {hindrance(error)}"]) from None
        self._shown[digest] = path
        return digest

    def attachment(self, digest: str) -> Path | None:
        """Where an attachment lies."""
        return self._shown.get(digest) or self.store.attachment(digest)

    def attachments(self) -> Iterator[str]:
        """The SHA-256 of every attachment that is kept."""
        return self.store.attachments()

    def attachment_problem(self, digest: str) -> str | None:
        """What is wrong with an attachment as it lies there."""
        return self.store.attachment_problem(digest)
