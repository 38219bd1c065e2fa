"""Flows as they are named on the command line: by id, version, Chinese name, or the path of a file."""

from __future__ import annotations

import os
from pathlib import Path

from zhifa_flow.bootstrap.lawbook import Lawbook
from zhifa_flow.casework.flownames import flow_refs
from zhifa_flow.model.errors import InputError


def wanted_refs(book: Lawbook, name: str) -> list[str]:
    """The versions that a name stands for, the earliest first.

    Raises:
        InputError: no flow is called so, or the path lies outside the folder of flows.
    """
    path = Path(name)
    if path.suffix != ".toml":
        return flow_refs(book.flows, name)
    # Path.resolve gives up on links that point at each other.
    refs = {os.path.realpath(book.flows.path(ref)): ref for ref in book.flows.refs()}
    wanted = os.path.realpath(path)
    if wanted not in refs:
        raise InputError(
            [
                f"“{name}”不是流程文件夹“{book.root}”中的流程文件(流程编号/施行日期.toml), 可以用 --flows 指明文件夹"
            ]
        )
    return [refs[wanted]]
