"""What goes wrong with a database file, said in Chinese: what, and what to do about it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from typing import Final

from zhifa_flow.model.errors import InputError, StoreError, ZhifaError

#: What the database raises, and what its driver raises of a text that no database can hold.
FAULTS: Final = (sqlite3.Error, UnicodeEncodeError)

#: Bytes that SQLite needs at once for the index that lies beside a database.
ROOM: Final = 64 * 1024

_SAID: Final = {
    "SQLITE_READONLY": "是只读的(文件或者所在的位置), 不能写入; 请检查文件和所在文件夹的权限",
    "SQLITE_PERM": "没有访问权限; 请检查文件和所在文件夹的权限",
    "SQLITE_AUTH": "没有访问权限; 请检查文件和所在文件夹的权限",
    "SQLITE_FULL": "所在磁盘已满; 请腾出空间后再试",
    "SQLITE_BUSY": "正被其他程序占用; 请稍后再试",
    "SQLITE_LOCKED": "正被其他程序占用; 请稍后再试",
    "SQLITE_NOTADB": "不是数据库文件; 请检查路径, 或者另指定一个文件",
    "SQLITE_CORRUPT": "已损坏; 请停止使用并从备份恢复",
    "SQLITE_CANTOPEN": "不能打开; 请检查路径是否存在、文件和所在文件夹是否可以读写",
    "SQLITE_IOERR": "读写失败; 请检查磁盘",
    "SQLITE_CONSTRAINT": "拒绝了写入",
    "SQLITE_TOOBIG": "不能保存这样大的内容; 较长内容请作为附件",
}


def unwritable(path: Path) -> bool:
    """Whether the file, or the folder in which SQLite keeps files beside it, cannot be written."""
    return not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))


def said(path: Path, fault: BaseException, *, saving: bool) -> ZhifaError:
    """The answer to one of ``FAULTS`` of the database at that place; ``saving`` says whether it was writing."""
    if isinstance(fault, UnicodeEncodeError):
        return InputError(["输入的文字中有不能保存的字符(不是有效的UTF-8), 请重新输入"])
    code = _meant(path, str(getattr(fault, "sqlite_errorname", "")))
    text = next(
        (text for known, text in _SAID.items() if code.startswith(known)),
        "不能使用; 请检查文件, 或者从备份恢复",
    )
    # What SQLite says itself is English; it goes with the error as its cause.
    return StoreError(f"数据库 {path.name} {text}" + ("; 本次办理没有保存" if saving else ""))


def _meant(path: Path, code: str) -> str:
    """The code, or what lies behind it where a file beside the database can be neither made nor made larger."""
    if not code.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR")):
        return code
    try:
        if path.exists() and not os.access(path, os.R_OK):
            return code
        if unwritable(path if path.exists() else path.absolute().parent):
            return "SQLITE_READONLY"
        return "SQLITE_FULL" if disk_usage(path.absolute().parent).free < ROOM else code
    except OSError:
        return code


@contextmanager
def faults_said(path: Path) -> Iterator[None]:
    """Answer every fault of the database in a block that opens it in Chinese.

    Raises:
        StoreError: it cannot be used.
        InputError: what was typed cannot be put in a database at all.
    """
    try:
        yield
    except FAULTS as fault:
        raise said(path, fault, saving=False) from fault
