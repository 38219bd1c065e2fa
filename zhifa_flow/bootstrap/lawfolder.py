"""Where the folder of the law in data is, and the parts of it that commands read without any flow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from zhifa_flow.adapters.lawfiles.clocks import load_clocks
from zhifa_flow.adapters.lawfiles.policies import load_policies
from zhifa_flow.adapters.lawfiles.statutes import load_statutes
from zhifa_flow.adapters.lawfiles.tables import load_tables
from zhifa_flow.model.clock import Clock
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.policy import PolicyTable

#: What every folder of flows holds, and by which it is known.
MARK = "statutes.json"
_PACKAGE = Path(__file__).resolve().parents[1]


def find_flows(given: Path | None = None) -> Path:
    """The folder of flows: the one given, else ./flows, else the copy that came with the package.

    Raises:
        InputError: the folder given, or every one of the usual ones, is no folder of flows.
    """
    if given is not None:
        if not (given / MARK).is_file():
            raise InputError([f"“{given}”不是流程文件夹: 其中没有 {MARK}"])
        return given
    # In the wheel the folder lies inside the package; in a checkout it lies beside it.
    places = (Path("flows"), _PACKAGE / "_flows", _PACKAGE.parent / "flows")
    found = next((place for place in places if (place / MARK).is_file()), None)
    if found is None:
        raise InputError(["没有找到流程文件夹, 请用 --flows 或者环境变量 ZHIFA_FLOWS 指明"])
    return found


def open_policies(root: Path) -> PolicyTable:
    """The declared policies of a folder of flows.

    Raises:
        FileError: the file is wrong or missing.
    """
    return load_policies(root)


def open_clocks(root: Path) -> Mapping[str, Clock]:
    """The registry of clocks of a folder of flows, by id.

    Raises:
        FileError: the statutes, a table or a clock are wrong.
    """
    statutes = load_statutes(root / MARK)
    return load_clocks(root, load_tables(root, statutes), statutes)
