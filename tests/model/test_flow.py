from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tests.engine.builders import RAW, raw_flow
from zhifa_flow.model.flow import Child, Deadline, Field, Flow, Transition
from zhifa_flow.model.period import Length, Unit


def errors(raw: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as raised:
        Flow.model_validate(raw)
    return [(".".join(str(part) for part in one["loc"]), one["type"]) for one in raised.value.errors()]


def test_a_flow_knows_its_version_and_its_chart() -> None:
    flow = Flow.model_validate(raw_flow())

    assert flow.ref == "test.small@2021-07-15"
    assert flow.triggers_from("registered") == ("file_case",)
    assert flow.triggers_from("closed") == ()
    assert flow.target_of("decide", "reviewed") == "decided"
    assert flow.target_of("inquire", "inquiry") == "inquiry"


@pytest.mark.parametrize(
    ("written", "known", "dumped"),
    [
        (["decision", "record"], {"decision": "decision", "record": "record"}, ["decision", "record"]),
        ({"result": "decision"}, {"result": "decision"}, {"result": "decision"}),
        ({"decision": "decision"}, {"decision": "decision"}, ["decision"]),
        ([], {}, []),
    ],
)
def test_documents_are_handed_on_under_the_same_name_or_another(
    written: object, known: dict[str, str], dumped: object
) -> None:
    child = Child.model_validate({**RAW["child"]["publication"], "carries": written})

    assert child.carries == known
    assert child.model_dump(mode="json")["carries"] == dumped
    assert Child.model_validate(child.model_dump()) == child


@pytest.mark.parametrize(
    "written", ["decision", 3, [3], [["decision"]], ["Bad"], {"result": 3}, {"Bad": "decision"}]
)
def test_what_is_handed_on_is_named(written: object) -> None:
    raw = raw_flow(child={"x": {**RAW["child"]["publication"], "carries": written}})

    assert all(where.startswith("child.x.carries") for where, _ in errors(raw))


@pytest.mark.parametrize("id_", ["penalty.general", "a.b_c", "A1.b"])
def test_a_flow_is_named_by_two_words(id_: str) -> None:
    assert Flow.model_validate(raw_flow(id=id_)).id == id_


@pytest.mark.parametrize("id_", ["penalty", "a.b.c", "处罚.一般", "a.", ".b", "a b.c", "../x.y", "a/b.c", ""])
def test_a_flow_is_never_named_like_a_path(id_: str) -> None:
    assert [where for where, _ in errors(raw_flow(id=id_))] == ["id"]


@pytest.mark.parametrize(
    ("section", "key", "entry", "where"),
    [
        ("state", "Bad", {"name": "坏", "stage": "filing"}, "state.Bad.[key]"),
        ("state", "状态", {"name": "坏", "stage": "filing"}, "state.状态.[key]"),
        ("state", "x", {"name": "坏", "stage": "filing", "ending": True}, "state.x.ending"),
        ("state", "x", {"stage": "filing"}, "state.x.name"),
        ("role", "x", {"name": "坏", "count": 0}, "role.x.count"),
        ("role", "x", {"name": "坏", "count": 21}, "role.x.count"),
        ("role", "x", {"name": "坏", "posts": "立案岗"}, "role.x.posts"),
        ("document", "x", {"name": "坏", "field": {"y": {"type": "texts", "name": "z"}}}, "document.x.field.y.type"),
        ("role", "x", {"name": "坏", "count": True}, "role.x.count"),
        ("role", "x", {"name": "坏", "count": "2"}, "role.x.count"),
        ("deadline", "x", {**RAW["deadline"]["payment"], "length": 0}, "deadline.x.length"),
        ("deadline", "x", {**RAW["deadline"]["payment"], "length": True}, "deadline.x.length"),
        ("deadline", "x", {**RAW["deadline"]["payment"], "length": 7.0}, "deadline.x.length"),
        ("deadline", "x", {**RAW["deadline"]["payment"], "extension": {"table": "t", "times": False}}, "deadline.x.extension.times"),
        ("deadline", "x", {**RAW["deadline"]["payment"], "owner": "court"}, "deadline.x.owner"),
        ("deadline", "x", {**RAW["deadline"]["payment"], "unit": "week"}, "deadline.x.unit"),
        ("transition", "x", {**RAW["transition"]["close"], "guards": ["Paid"]}, "transition.x.guards.0"),
        ("guard", "x", {"check": "present"}, "guard.x.refusal"),
    ],
)  # fmt: skip
def test_what_a_file_may_not_say_is_refused_with_its_place(
    section: str, key: str, entry: dict[str, Any], where: str
) -> None:
    raw = raw_flow(**{section: {key: entry}})

    assert [place for place, _ in errors(raw)] == [where]


def test_nothing_changes_a_flow_that_was_read() -> None:
    flow = Flow.model_validate(raw_flow())

    with pytest.raises(ValidationError):
        flow.name = "另一个"  # type: ignore[misc]


def test_a_field_may_hold_rows_of_fields() -> None:
    field = Field.model_validate(
        {"type": "rows", "name": "清单", "columns": {"a": {"type": "text", "name": "名称"}}}
    )

    assert field.columns["a"] == Field(type="text", name="名称")


def deadline(**more: Any) -> Deadline:
    return Deadline.model_validate({**RAW["deadline"]["payment"], **more})


@pytest.mark.parametrize(
    ("more", "length"),
    [
        ({}, Length(15, Unit.DAY)),
        ({"length": None}, None),
        ({"unit": None}, None),
        ({"unit": "workday"}, Length(15, Unit.WORKDAY)),
    ],
)
def test_a_period_states_its_length_or_leaves_it_to_a_table(
    more: dict[str, Any], length: Length | None
) -> None:
    assert deadline(**more).fixed_length == length


@pytest.mark.parametrize(
    ("more", "rolls"),
    [
        ({"owner": "party"}, True), ({"owner": "agency"}, False), ({"owner": "officer"}, False),
        ({"owner": "party", "roll": "none"}, False), ({"owner": "agency", "roll": "forward"}, True),
    ],
)  # fmt: skip
def test_only_what_the_party_has_to_use_rolls_unless_the_file_says_otherwise(
    more: dict[str, Any], rolls: bool
) -> None:
    assert deadline(**more).rolls is rolls


@pytest.mark.parametrize(
    ("more", "waited_for"),
    [
        ({}, False),
        ({"expiry": "may_proceed"}, True),
        ({"expiry": "power_ends"}, False),
        ({"waits": True}, True),
    ],
)
def test_of_some_deadlines_only_the_end_counts(more: dict[str, Any], waited_for: bool) -> None:
    assert deadline(**more).waited_for is waited_for


def test_keys_that_python_cannot_name_are_read_under_their_own() -> None:
    assert deadline(**{"from": "decision.made_on"}).from_ == "decision.made_on"
    assert Transition.model_validate(RAW["transition"]["defer"]).moves is not None
    assert Flow.model_validate(raw_flow(effective_to=date(2030, 1, 1))).effective_to == date(2030, 1, 1)


def test_the_schema_lets_a_deadline_leave_to_a_clock_what_is_said_there() -> None:
    deadline = Flow.model_json_schema()["$defs"]["Deadline"]

    assert deadline["anyOf"] == [
        {"required": ["name", "starts", "owner", "expiry"]},
        {"required": ["clock", "starts"]},
    ]
    assert "required" not in deadline
