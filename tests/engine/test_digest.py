from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.engine.builders import (
    DAY,
    OFFICERS,
    PARTY,
    RAW,
    altered,
    law,
    opened,
    refused,
    request,
    small,
    take,
    walk,
    world,
)
from zhifa_flow.engine.advance import advance
from zhifa_flow.engine.digest import flow_digest, rules_digest
from zhifa_flow.engine.obstacles import text_refusals
from zhifa_flow.engine.opening import open_case
from zhifa_flow.engine.options import options
from zhifa_flow.engine.people import signatures
from zhifa_flow.model.errors import Refused
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.table import Table

ROW = {"id": "罚款", "limb": "fine", "at_least": "1000元", "from": date(2021, 7, 15)}


def rules(*rows: dict[str, Any], on: date = DAY) -> str:
    table = Table.model_validate({"schema": "zhifa-table/1", "id": "t", "name": "表", "row": list(rows)})
    return rules_digest({"t": table}, ("t",), on)


def test_a_flow_that_says_anything_else_has_another_digest() -> None:
    one = Flow.model_validate(RAW)

    assert flow_digest(one) == flow_digest(Flow.model_validate(RAW))
    assert flow_digest(one) != flow_digest(one.model_copy(update={"name": "另一程序"}))


@pytest.mark.parametrize(
    "change", [{"at_least": "999元"}, {"limb": "other"}, {"to": DAY - timedelta(days=1)}]
)
def test_a_row_that_says_something_else_to_the_act_changes_the_digest(change: dict[str, Any]) -> None:
    assert rules({**ROW, **change}) != rules(ROW)


@pytest.mark.parametrize(
    "change", [{"basis": ["甲法第二条"]}, {"note": "注"}, {"policy": "口径"}, {"to": DAY}]
)
def test_what_decides_nothing_for_the_act_leaves_the_digest_as_it_is(change: dict[str, Any]) -> None:
    assert rules({**ROW, **change}) == rules(ROW)


def test_a_row_that_begins_after_the_act_leaves_the_digest_as_it_is_until_it_begins() -> None:
    later = {**ROW, "id": "新", "from": DAY + timedelta(days=1)}

    assert rules(ROW, later) == rules(ROW)
    assert rules(ROW, later, on=DAY + timedelta(days=1)) != rules(ROW, on=DAY + timedelta(days=1))


def test_a_step_keeps_the_digest_of_the_tables_it_was_judged_by() -> None:
    compiled = small()

    step = take(opened(), "file_case").step

    assert step.rules == rules_digest(law().tables, compiled.tables, DAY)
    assert compiled.tables == tuple(sorted(set(compiled.tables)))
    assert {"hearing"} <= set(compiled.tables)


def test_no_step_is_taken_under_another_text_than_the_case_was_opened_under() -> None:
    it = opened()
    edited = altered("transition", "file_case", note="改")

    problems = text_refusals(edited, it)

    assert [one.code for one in problems] == ["flow"]
    assert text_refusals(small(), it) == []


def test_the_change_of_text_is_a_reason_against_every_step_shown_and_asked_for() -> None:
    it = replace(opened(), flow_digest="other")

    shown = options(small(), it, DAY, world())

    assert all("flow" in [one.code for one in option.refusals] for option in shown)
    with pytest.raises(Refused) as refusal:
        advance(small(), it, request("file_case"), world())
    assert [one.code for one in refusal.value.refusals] == ["flow"]


def test_a_step_keeps_the_names_and_certificates_of_those_who_acted() -> None:
    step = take(walk("file_case"), "inquire").step

    assert set(step.signed) >= {"zhang", "wang"}
    assert step.signed["zhang"].startswith(OFFICERS["zhang"].name + " ")


def test_whoever_has_no_certificate_signs_with_the_name_alone_and_strangers_do_not_sign() -> None:
    bare = replace(OFFICERS["zhang"], certificates=())

    assert signatures({"zhang": bare}, ("zhang", "nobody", "zhang"), DAY) == {"zhang": bare.name}


def test_who_acted_before_in_another_case_is_known_from_the_opening_on() -> None:
    it = open_case(
        small(), world(), id_="A2", title="某案", party=PARTY, on=DAY, by=("li",), recorder="li",
        acted={"chair": ("zhang",)},
    ).case  # fmt: skip

    assert it.acted == {"chair": ("zhang",)}
    told = refused(take(it, "file_case").case, "inquire")
    assert any("担任过“听证主持人”" in one.message for one in told)
