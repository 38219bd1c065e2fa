"""A hindrance (障碍): why the system would not open, read or write a file, in Chinese."""

from __future__ import annotations

import errno
from typing import Final

#: What the system itself says in English or in the language of its own settings.
_REASONS: Final = {
    errno.ENOENT: "没有这个文件或者文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘是只读的",
    errno.ENOSPC: "所在磁盘已满",
    errno.EFBIG: "文件太大",
    errno.ENAMETOOLONG: "文件名或者路径太长",
    errno.ELOOP: "链接指向自身或者层数太多",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EBUSY: "正被其他程序占用",
    errno.EIO: "磁盘读写出错",
    errno.ENXIO: "没有这个设备",
    errno.ENODEV: "没有这个设备",
    errno.EINVAL: "系统不接受这个路径或者操作",
    errno.ENOMEM: "内存不足",
}


def hindrance(error: OSError) -> str:
    """The reason in Chinese; of one that is not in our list, its number."""
    known = _REASONS.get(error.errno or 0)
    return known or (f"系统错误{error.errno}" if error.errno else "原因不明")
