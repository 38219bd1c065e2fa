"""The JSON Schemas of the files that people write, apart from the lawbook: they know scenarios too."""

from __future__ import annotations

from zhifa_flow.adapters.lawfiles.schema import schema_files

__all__ = ["schema_files"]
