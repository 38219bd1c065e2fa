"""Attachments on disk: kept once, whole, under their hash, in their folder and nowhere else."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.small import ROOT
from zhifa_flow.adapters.storage import attachments
from zhifa_flow.adapters.storage.attachments import LARGEST, AttachmentFolder
from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.model.errors import InputError, StoreError


@pytest.fixture
def kept(tmp_path: Path) -> AttachmentFolder:
    return AttachmentFolder(tmp_path / "kept", largest=1000)


def a_file(tmp_path: Path, content: bytes = b"scan", name: str = "扫描件.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def everything_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def test_a_file_lies_under_the_hash_of_its_content(kept: AttachmentFolder, tmp_path: Path) -> None:
    source = a_file(tmp_path)

    digest = kept.keep(source)

    assert digest == hashlib.sha256(b"scan").hexdigest()
    assert everything_in(kept.root) == [str(Path(digest[:2], digest))]
    assert kept.path(digest) == kept.root / digest[:2] / digest
    assert source.read_bytes() == b"scan"


def test_the_same_content_is_kept_once(kept: AttachmentFolder, tmp_path: Path) -> None:
    first = kept.keep(a_file(tmp_path, name="a"))

    second = kept.keep(a_file(tmp_path, name="b"))

    assert first == second
    assert len(everything_in(kept.root)) == 1


def test_what_is_kept_cannot_be_executed_or_overwritten_by_accident(
    kept: AttachmentFolder, tmp_path: Path
) -> None:
    source = a_file(tmp_path, b"#!/bin/sh\n")
    source.chmod(0o777)

    place = kept.path(kept.keep(source))

    assert place is not None
    assert place.stat().st_mode & 0o333 == 0


@pytest.mark.parametrize(("size", "fits"), [(999, True), (1000, True), (1001, False)])
def test_a_file_may_be_as_large_as_the_limit(
    kept: AttachmentFolder, tmp_path: Path, size: int, fits: bool
) -> None:
    source = a_file(tmp_path, b"x" * size)

    if fits:
        assert kept.path(kept.keep(source)) is not None
    else:
        with pytest.raises(InputError, match=r"“扫描件.pdf”超过上限1,000字节"):
            kept.keep(source)
        assert not kept.root.exists()


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.iso"
    with huge.open("wb") as file:
        file.truncate(5 * 1024**3)

    with pytest.raises(InputError, match="超过上限"):
        AttachmentFolder(tmp_path / "kept", LARGEST).keep(huge)

    assert not (tmp_path / "kept").exists()


def test_a_large_file_is_never_held_in_memory_whole(tmp_path: Path) -> None:
    large = a_file(tmp_path, b"x" * 40_000_000)

    tracemalloc.start()
    digest = AttachmentFolder(tmp_path / "kept").keep(large)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert digest == hashlib.sha256(b"x" * 40_000_000).hexdigest()
    assert peak < 10_000_000


def test_a_file_that_grows_while_it_is_read_is_cut_short_and_nothing_stays(
    kept: AttachmentFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = a_file(tmp_path, b"x" * 990)

    def growing(file: object, path: Path) -> Iterator[bytes]:
        yield from (b"x" * 990, b"y" * 11)

    monkeypatch.setattr(attachments, "_stretches", growing)
    with pytest.raises(InputError, match="超过上限"):
        kept.keep(source)

    assert everything_in(kept.root) == []


def test_a_folder_is_not_a_file(kept: AttachmentFolder, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="是一个文件夹"):
        kept.keep(tmp_path)


def test_a_file_that_is_not_there_is_named(kept: AttachmentFolder, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有文件“.*无此文件.pdf”"):
        kept.keep(tmp_path / "无此文件.pdf")


def test_an_empty_file_is_refused_and_nothing_stays(kept: AttachmentFolder, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="是空文件"):
        kept.keep(a_file(tmp_path, b""))

    assert everything_in(kept.root) == []


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_bear_is_refused(kept: AttachmentFolder, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="不能读取"):
        kept.keep(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
@pytest.mark.parametrize("what", ["pipe", "/dev/zero"])
def test_a_pipe_or_a_device_is_refused_without_waiting_for_it(
    kept: AttachmentFolder, tmp_path: Path, what: str
) -> None:
    if what == "pipe":
        os.mkfifo(tmp_path / what)

    with pytest.raises(InputError, match="设备或者管道"):
        kept.keep(tmp_path / what)


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "..",
        "/etc/passwd",
        "0" * 63,
        "0" * 65,
        "A" * 64,
        "../" + "0" * 61,
        "0" * 64 + "\n",
        "",
        "\0" * 64,
    ],
)
def test_nothing_but_a_hash_leads_into_the_folder(kept: AttachmentFolder, tmp_path: Path, name: str) -> None:
    kept.keep(a_file(tmp_path))
    a_file(tmp_path, name="secret")

    assert kept.path(name) is None
    assert kept.problem(name) is not None


def test_a_link_planted_in_the_folder_is_not_followed(kept: AttachmentFolder, tmp_path: Path) -> None:
    digest = kept.keep(a_file(tmp_path))
    place = kept.root / digest[:2] / digest
    place.unlink()
    place.symlink_to(a_file(tmp_path))

    assert kept.path(digest) is None


def test_an_attachment_that_is_as_it_was_kept_has_no_problem(kept: AttachmentFolder, tmp_path: Path) -> None:
    digest = kept.keep(a_file(tmp_path))

    assert kept.problem(digest) is None


def test_an_altered_attachment_is_noticed_and_healed_by_keeping_the_file_again(
    kept: AttachmentFolder, tmp_path: Path
) -> None:
    digest = kept.keep(a_file(tmp_path))
    place = kept.root / digest[:2] / digest
    place.chmod(0o600)
    place.write_bytes(b"forged")
    noticed = kept.problem(digest)

    kept.keep(a_file(tmp_path))

    assert noticed == f"附件{digest[:12]}的内容与摘要不符"
    assert kept.problem(digest) is None


def test_a_missing_attachment_is_noticed(kept: AttachmentFolder, tmp_path: Path) -> None:
    digest = kept.keep(a_file(tmp_path))

    (kept.root / digest[:2] / digest).unlink()

    assert kept.problem(digest) == f"附件{digest[:12]}不在附件文件夹中"


def test_a_folder_that_cannot_be_made_is_the_stores_fault(tmp_path: Path) -> None:
    folder = AttachmentFolder(tmp_path / "missing" / "kept")

    with pytest.raises(StoreError, match="附件不能保存"):
        folder.keep(a_file(tmp_path))


def test_a_full_disk_leaves_no_half_attachment(
    kept: AttachmentFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"附件不能保存.*磁盘空间"):
        kept.keep(a_file(tmp_path))

    assert everything_in(kept.root) == []


KILLED = """
import os, sys
from pathlib import Path
from zhifa_flow.adapters.storage.attachments import AttachmentFolder
os.fsync = lambda descriptor: os._exit(9)
AttachmentFolder(Path(sys.argv[1])).keep(Path(sys.argv[2]))
"""


def test_a_process_killed_while_it_keeps_a_file_leaves_nothing_under_a_hash(tmp_path: Path) -> None:
    source = a_file(tmp_path)
    folder = AttachmentFolder(tmp_path / "kept")

    arguments = [sys.executable, "-c", KILLED, str(folder.root), str(source)]
    code = subprocess.run(
        arguments, cwd=ROOT, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ).returncode

    assert code == 9
    assert folder.path(hashlib.sha256(b"scan").hexdigest()) is None
    assert folder.path(folder.keep(source)) is not None


def test_attachments_lie_beside_the_database_unless_told_otherwise(tmp_path: Path) -> None:
    source = a_file(tmp_path)
    beside, apart = (
        SqliteStore(tmp_path / "a.db"),
        SqliteStore(tmp_path / "b.db", attachments=tmp_path / "apart"),
    )

    places = [store.attachment(store.keep(source)) for store in (beside, apart)]

    digest = hashlib.sha256(b"scan").hexdigest()
    assert places == [tmp_path / root / digest[:2] / digest for root in ("a.db.attachments", "apart")]
    beside.close()
    apart.close()


def test_the_size_limit_is_a_setting_of_the_store(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "a.db", largest=3)

    with pytest.raises(InputError, match="超过上限3字节"):
        store.keep(a_file(tmp_path))

    store.close()
