"""The JSON Schema of the files that people write: an editor that knows it prompts while they write."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import BaseModel

from zhifa_flow.casework.scenarios import Scenario
from zhifa_flow.model.calendar import CalendarYear
from zhifa_flow.model.clock import ClockFile
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.localyear import LocalYear
from zhifa_flow.model.policy import PolicyTable
from zhifa_flow.model.powers import PowerFile
from zhifa_flow.model.publication import PublicationFile
from zhifa_flow.model.table import Table

#: What each schema is called; the file is ``<name>.json``.
SCHEMAS: Mapping[str, type[BaseModel]] = {
    "flow": Flow,
    "table": Table,
    "scenario": Scenario,
    "calendar": CalendarYear,
    "policies": PolicyTable,
    "local-calendar": LocalYear,
    "clocks": ClockFile,
    "published": PublicationFile,
    "powers": PowerFile,
}


def schema_files() -> dict[str, bytes]:
    """The schema files by name, each the same bytes whenever it is made."""
    made = {}
    for name, model in SCHEMAS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
        made[f"{name}.json"] = f"{text}\n".encode()
    return made
