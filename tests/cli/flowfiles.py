"""Flow files written from what Python says of a flow: for tests that plant a fault in one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def toml(raw: Mapping[str, Any]) -> str:
    """A TOML text, one key of the top a line."""
    return "".join(f"{key} = {_value(value)}\n" for key, value in raw.items() if value is not None)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items() if one is not None) + " }"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool | int) else str(value)


def write_flow(root: Path, raw: Mapping[str, Any]) -> Path:
    """The file of a flow in its place."""
    path = root / str(raw["id"]) / f"{raw['effective_from']}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(toml(raw).replace("甲法第一条", "行政处罚法第四十四条"), encoding="utf-8")
    return path
