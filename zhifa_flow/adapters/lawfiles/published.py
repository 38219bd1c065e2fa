"""``published.lock``: which versions of the flows were published, read with care and only ever added to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.toml import is_there, read_toml, schema_problems
from zhifa_flow.engine.publication import chain_problems
from zhifa_flow.model.errors import FileError, InputError
from zhifa_flow.model.publication import Publication, PublicationFile

LOCK: Final = "published.lock"

_HEAD: Final = """\
# 流程发布记录: 每发布一个版本增加一条, 各条的摘要前后衔接。由 zhifa flow publish 写入, 不得手工改动。
schema = "zhifa-published/1"
"""
_TAKEN: Final = f"正有人发布, 或者上次发布中途停止(留有 {LOCK}.new), 没有发布; 确认没有人在发布的, 删除 {LOCK}.new 以后重新发布"
_FIELDS: Final = (
    "ref", "flow", "file", "tables", "effective_to", "by", "signed", "reason", "on", "at", "previous", "digest",
)  # fmt: skip


@dataclass(frozen=True)
class Published:
    """The publications of a folder. ``problems`` says why they cannot be relied on, if they cannot."""

    entries: tuple[Publication, ...] = ()
    problems: tuple[str, ...] = ()

    @cached_property
    def by_ref(self) -> Mapping[str, Publication]:
        """Each version that was published."""
        return {one.ref: one for one in self.entries}

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every flow of which some version was published."""
        return frozenset(one.id for one in self.entries)


def load_published(root: Path) -> Published:
    """The publications of a folder; none where nothing was published yet. Nothing is raised: see ``problems``."""
    path = root / LOCK
    if not is_there(path):
        return Published()
    try:
        entries = PublicationFile.model_validate(read_toml(path, root)).version
    except FileError as error:
        return Published(problems=error.problems)
    except ValidationError as error:
        return Published(problems=tuple(schema_problems(error, PublicationFile)))
    return Published(entries, tuple(chain_problems(entries)))


def write_published(
    root: Path, entries: Sequence[Publication], before: Sequence[Publication] | None = None
) -> None:
    """Write the file anew, whole or not at all; with ``before`` only where that is what it still holds.

    Raises:
        FileError: somebody else is writing it, or a machine died over it.
        InputError: it holds something else by now.
        OSError: it cannot be written.
    """
    path = root / LOCK
    fresh = path.with_name(f"{LOCK}.new")
    try:
        file = fresh.open("x", encoding="utf-8", newline="\n")  # one of two who come at once
    except FileExistsError:
        raise FileError(LOCK, [_TAKEN]) from None
    try:
        with file:
            _unless_changed(root, before)
            file.write("\n".join([_HEAD, *map(_entry, entries)]))
            file.flush()
            os.fsync(file.fileno())  # else the name may be on the disk before what it stands for
        os.replace(fresh, path)  # noqa: PTH105  Path.replace says the same, os.replace says that it is atomic
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _unless_changed(root: Path, before: Sequence[Publication] | None) -> None:
    if before is not None and load_published(root).entries != tuple(before):
        raise InputError([f"{LOCK}刚被他人改动, 没有发布; 请重新发布"])


def _entry(one: Publication) -> str:
    return "\n".join(["[[version]]", *_lines(one.model_dump(mode="json")), ""])


def _lines(said: Mapping[str, object]) -> Iterator[str]:
    for key in _FIELDS:
        value = said[key]
        if value is None:
            continue
        # Days and moments stand as TOML knows them; a text of JSON is a text of TOML, but for one character.
        bare = key in ("on", "at", "effective_to")
        text = str(value) if bare else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
        yield f"{key} = {text}"
