"""The published JSON Schemas are those of the code, and the shipped files fit them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from zhifa_flow.adapters.lawfiles.schema import SCHEMAS, schema_files
from zhifa_flow.cli.main import main

PUBLISHED = Path(__file__).parents[1] / "docs" / "schema"


@pytest.mark.parametrize("name", [f"{name}.json" for name in SCHEMAS])
def test_the_published_schema_is_fresh(name: str) -> None:
    again = "请重新生成: zhifa flow schema --out docs/schema"

    assert (PUBLISHED / name).read_bytes() == schema_files()[name], again


def test_the_flow_schema_forbids_what_it_does_not_know() -> None:
    schema = json.loads(schema_files()["flow.json"])

    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Transition"]["additionalProperties"] is False
    assert set(schema["required"]) >= {"schema", "id", "name", "effective_from", "transition"}


def test_the_command_writes_all_of_them(tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["flow", "schema", "--out", str(tmp_path / "schema")])

    assert answer.exit_code == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "schema").iterdir()} == schema_files()
