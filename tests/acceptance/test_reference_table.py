"""The shipped flows have the stages of the reference table (行政执法权责事项环节划分参照表), in order, each with its post."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.stage import FLOWS
from zhifa_flow.bootstrap.lawbook import open_lawbook
from zhifa_flow.model.flow import Flow

TABLE = Path(__file__).parents[1] / "data" / "reference_table.toml"


@cache
def rows() -> list[dict[str, Any]]:
    with TABLE.open("rb") as file:
        table: list[dict[str, Any]] = tomllib.load(file)["power"]
    return table


@cache
def shipped() -> dict[str, Flow]:
    """The main flows of the folder by ref: side duties follow the case that opened them."""
    folder = open_lawbook(FLOWS).flows
    flows = [folder.compiled(ref).flow for ref in folder.refs()]
    return {flow.ref: flow for flow in flows if not flow.side}


def faults(flow: Flow, row: dict[str, Any]) -> list[str]:
    """Where the stages of a flow are not those of its row, in their order, each with its post."""
    without = row.get("without", {}).get(flow.id, {})
    wanted = [name for name in row["stages"] if name not in without]
    found = [stage.name for stage in flow.stage.values()]
    wrong = [f"环节应为{wanted}, 现为{found}"] if found != wanted else []
    wrong += [
        f"{one.name}应由{one.name}岗负责, 现为{one.post}"
        for one in flow.stage.values()
        if one.post != f"{one.name}岗"
    ]
    used = {flow.stage[state.stage].name for state in flow.state.values()}
    return wrong + [f"没有一个状态属于环节{name}" for name in found if name not in used]


@pytest.mark.parametrize("ref", shipped())
def test_a_flow_has_every_stage_of_its_row_and_no_other(ref: str) -> None:
    flow = shipped()[ref]

    row = [one for one in rows() if flow.id in one["flows"]]
    beyond = [one for one in rows() if flow.id in one.get("beyond", ())]

    assert len(row) + len(beyond) == 1, f"{flow.id}不在参照表中"
    assert (row or beyond)[0]["name"] == flow.action
    for one in row:
        assert faults(flow, one) == []


def test_a_stage_that_is_missing_or_hidden_or_given_to_another_post_is_found() -> None:
    flow = next(flow for flow in shipped().values() if flow.id == "penalty.general")
    [row] = [one for one in rows() if flow.id in one["flows"]]
    first, *rest = flow.stage.items()

    turned = flow.model_copy(update={"stage": dict([*rest, first])})
    other = flow.model_copy(
        update={"stage": {first[0]: first[1].model_copy(update={"post": "调查岗"}), **dict(rest)}}
    )
    hidden = flow.model_copy(
        update={"state": {key: one for key, one in flow.state.items() if one.stage != first[0]}}
    )

    assert "环节应为" in faults(turned, row)[0]
    assert faults(other, row) == ["立案应由立案岗负责, 现为调查岗"]
    assert faults(hidden, row) == ["没有一个状态属于环节立案"]
    assert "环节应为" in faults(flow, {**row, "stages": row["stages"][:-1]})[0]
