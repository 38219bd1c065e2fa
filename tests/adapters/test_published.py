"""The lock of published versions: written alike, read back whole, never trusted where it is odd."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.small import folder
from zhifa_flow.adapters.lawfiles.published import LOCK, load_published, write_published
from zhifa_flow.engine.publication import Hand, published
from zhifa_flow.model.errors import FileError, InputError
from zhifa_flow.model.publication import Publication

REF = "test.small@2024-01-01"
DUTY = "test.duty@2024-01-01"


def entries(reason: str = "审核同意") -> list[Publication]:
    hand = Hand("f" * 64, "张某", "", reason, date(2026, 11, 20), datetime(2026, 11, 20, 1, 2, 3, 45, UTC))
    first = published([], folder().compiled(REF), {}, hand)
    return [first, published([first], folder().compiled(DUTY), {}, hand)]


@pytest.mark.parametrize(
    "reason", ["审核同意", '局务会“通过”, "同意"', "反斜线\\和\t制表", "\x7f不可见", "emoji😀"]
)
def test_what_is_written_is_read_back_and_written_alike(tmp_path: Path, reason: str) -> None:
    write_published(tmp_path, entries(reason))
    text = (tmp_path / LOCK).read_bytes()

    read = load_published(tmp_path)
    write_published(tmp_path, read.entries)

    assert read.problems == ()
    assert list(read.entries) == entries(reason)
    assert sorted(read.ids) == ["test.duty", "test.small"]
    assert list(read.by_ref) == [REF, DUTY]
    assert (tmp_path / LOCK).read_bytes() == text
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]


def test_a_folder_without_a_lock_has_published_nothing(tmp_path: Path) -> None:
    read = load_published(tmp_path)

    assert (read.entries, read.problems) == ((), ())


def test_an_entry_more_only_adds_to_the_file(tmp_path: Path) -> None:
    first, second = entries()
    write_published(tmp_path, [first])
    before = (tmp_path / LOCK).read_bytes()

    write_published(tmp_path, [first, second])

    assert (tmp_path / LOCK).read_bytes().startswith(before)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("审核同意", "另有理由", "内容与摘要不符"),
        ("ref = ", "reff = ", "没有名为“reff”的项, 是否指: ref"),
        ("张某", "李某", "内容与摘要不符"),
        ("zhifa-published/1", "zhifa-published/2", "不在可选范围"),
        ("on = ", "on 2026", "不是合格的 TOML"),
    ],
)
def test_a_lock_that_was_edited_by_hand_is_not_relied_on(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    write_published(tmp_path, entries())
    path = tmp_path / LOCK
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    problems = load_published(tmp_path).problems

    assert any(said in problem for problem in problems)


def test_a_lock_that_lies_elsewhere_or_is_no_file_is_not_read(tmp_path: Path) -> None:
    root, other = tmp_path / "flows", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    write_published(other, entries())
    (root / LOCK).symlink_to(other / LOCK)
    linked = load_published(root).problems
    (root / LOCK).unlink()
    (root / LOCK).symlink_to(root / "nowhere")
    dangling = load_published(root).problems
    (root / LOCK).unlink()
    (root / LOCK).mkdir()

    assert linked == ("文件是指向文件夹以外的链接, 不予读取",)
    assert dangling
    assert load_published(root).problems == ("这是一个文件夹, 不是文件",)


@pytest.mark.parametrize("kind", ["file", "link"])
def test_nobody_writes_over_what_another_is_writing(tmp_path: Path, kind: str) -> None:
    root, other = tmp_path / "flows", tmp_path / "other.txt"
    root.mkdir()
    other.write_text("别人的文件", encoding="utf-8")
    fresh = root / f"{LOCK}.new"
    if kind == "link":
        fresh.symlink_to(other)
    else:
        fresh.write_text("写了一半", encoding="utf-8")

    with pytest.raises(FileError, match="正有人发布, 或者上次发布中途停止"):
        write_published(root, entries())
    fresh.unlink()
    write_published(root, entries())

    assert other.read_text(encoding="utf-8") == "别人的文件"
    assert list(load_published(root).entries) == entries()
    assert [path.name for path in root.iterdir()] == [LOCK]


def test_what_holds_something_else_by_now_is_not_written_over(tmp_path: Path) -> None:
    first, second = entries()
    write_published(tmp_path, [first])

    with pytest.raises(InputError, match="刚被他人改动"):
        write_published(tmp_path, [second], [])
    write_published(tmp_path, [first, second], [first])

    assert list(load_published(tmp_path).entries) == [first, second]
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]
