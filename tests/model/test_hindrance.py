from __future__ import annotations

import errno
import os

import pytest

from zhifa_flow.model.hindrance import hindrance


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOENT, "没有这个文件或者文件夹"), (errno.ENAMETOOLONG, "文件名或者路径太长"),
        (errno.ELOOP, "链接指向自身或者层数太多"), (errno.ENOSPC, "所在磁盘已满"), (9999, "系统错误9999"),
    ],
)  # fmt: skip
def test_what_the_system_says_is_said_in_chinese(number: int, reason: str) -> None:
    assert hindrance(OSError(number, os.strerror(number))) == reason


def test_an_error_without_a_number_is_not_explained() -> None:
    assert hindrance(OSError("cannot")) == "原因不明"
