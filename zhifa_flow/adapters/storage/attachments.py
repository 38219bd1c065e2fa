"""Attachments on disk: a folder where every file bears the hash of its content, so the same file is kept once."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from zhifa_flow.model.errors import InputError, StoreError
from zhifa_flow.model.hindrance import hindrance

#: The largest attachment in bytes unless the settings say otherwise: a scanned file, not a film.
LARGEST: Final = 200 * 1024 * 1024
_STRETCH: Final = 1024 * 1024
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class AttachmentFolder:
    """Files by hash under ``root``; nothing is ever written or read outside it, nothing in it is executed."""

    root: Path
    largest: int = LARGEST

    def keep(self, source: Path) -> str:
        """Keep a copy of a file; answers its SHA-256 in hexadecimal.

        Raises:
            InputError: it is not there, not a file, empty, unreadable, or too large.
            StoreError: the folder cannot be written.
        """
        with _opened(source) as file:
            size = os.fstat(file.fileno()).st_size
            if size > self.largest:
                raise _too_large(source, self.largest)
            draft = self._draft()
            try:
                digest = self._copy(file, source, draft)
                self._settle(draft, digest)
            finally:
                draft.unlink(missing_ok=True)
        return digest

    def path(self, digest: str) -> Path | None:
        """Where the attachment of that hash lies; None if there is none."""
        place = self._place(digest)
        return place if place and place.is_file() and not place.is_symlink() else None

    def digests(self) -> Iterator[str]:
        """The hash of every attachment in the folder."""
        return (place.name for place in self.root.glob("*/*") if _DIGEST.fullmatch(place.name))

    def problem(self, digest: str) -> str | None:
        """What is wrong with the attachment as it lies there; None if its content bears its hash."""
        place = self.path(digest)
        if place is None:
            return f"附件{digest[:12]}不在附件文件夹中"
        try:
            with place.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            return f"附件{digest[:12]}不能读取({hindrance(error)})"
        return None if found == digest else f"附件{digest[:12]}的内容与摘要不符"

    def _place(self, digest: str) -> Path | None:
        # A hash comes from a document that somebody may have written by hand: it must not lead anywhere else.
        return self.root / digest[:2] / digest if _DIGEST.fullmatch(digest) else None

    def _draft(self) -> Path:
        with _written():
            self.root.mkdir(exist_ok=True)
        return self.root / f"draft-{secrets.token_hex(8)}"

    def _copy(self, file: BinaryIO, source: Path, draft: Path) -> str:
        digest, size = hashlib.sha256(), 0
        with _written(), draft.open("xb") as kept:
            for stretch in _stretches(file, source):
                size += len(stretch)
                if size > self.largest:  # it grew while it was read
                    raise _too_large(source, self.largest)
                digest.update(stretch)
                kept.write(stretch)
            kept.flush()
            os.fsync(kept.fileno())
        if not size:
            raise InputError([f"附件“{source.name}”是空文件; 请检查文件后重新提交"])
        return digest.hexdigest()

    def _settle(self, draft: Path, digest: str) -> None:
        place = self.root / digest[:2] / digest
        with _written():
            place.parent.mkdir(exist_ok=True)
            draft.chmod(0o440)
            draft.replace(place)
            _settle_names(place.parent)
            _settle_names(self.root)


@contextmanager
def _opened(source: Path) -> Iterator[BinaryIO]:
    """A regular file, opened; a pipe or a device is not waited for."""
    name = source.name or str(source)
    try:
        descriptor = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise InputError([f"没有文件“{source}”; 请检查附件的路径"]) from None
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        what = "一个文件夹" if stat.S_ISDIR(mode) else "设备或者管道"
        raise InputError([f"“{name}”是{what}, 不是文件, 不能作为附件"])
    with os.fdopen(descriptor, "rb") as file:
        yield file


def _unreadable(source: Path, error: OSError | ValueError) -> InputError:
    if isinstance(error, PermissionError) and source.is_dir():  # Windows does not open folders
        return InputError([f"“{source.name}”是一个文件夹, 不是文件, 不能作为附件"])
    why = hindrance(error) if isinstance(error, OSError) else "文件名中有不能使用的字符"
    return InputError([f"附件“{source.name}”不能读取({why})"])


def _too_large(source: Path, largest: int) -> InputError:
    return InputError([f"附件“{source.name}”超过上限{largest:,}字节; 请压缩或者拆分后提交"])


def _stretches(file: BinaryIO, source: Path) -> Iterator[bytes]:
    while True:
        try:
            stretch = file.read(_STRETCH)
        except OSError as error:
            raise _unreadable(source, error) from None
        if not stretch:
            return
        yield stretch


@contextmanager
def _written() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"附件不能保存({hindrance(error)}); 请检查附件文件夹的权限和磁盘空间") from error


def _settle_names(folder: Path) -> None:
    """Make the names in a folder survive a power cut; Windows has no way to say so, and does it by itself."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
