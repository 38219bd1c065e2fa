"""python-statemachine reads the SCXML of every flow, and accepts and refuses what the engine's chart does."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from statemachine import io

from tests.acceptance.stage import folder
from tests.adapters.charts import SHOWN, WORDS_OF_OTHERS, called, difference, hostile
from zhifa_flow.adapters.interchange.scxml import EVENT, STATE, scxml_of
from zhifa_flow.model.flow import Flow

REFS = folder().refs()
SCXML = "{http://www.w3.org/2005/07/scxml}"
OURS = "{urn:x-zhifa-flow:interchange:1}"


@cache
def exported(ref: str) -> bytes:
    return scxml_of(folder().compiled(ref).flow, folder().digest(ref))


class Theirs:
    """A case on the machine that python-statemachine makes of a document."""

    def __init__(self, machine: type[Any]) -> None:
        self._machine = machine()

    @property
    def state(self) -> str:
        (state,) = self._machine.configuration_values
        return str(state).removeprefix(STATE)

    @property
    def waits(self) -> frozenset[str]:
        return frozenset(event.id.removeprefix(EVENT) for event in self._machine.allowed_events)

    def take(self, trigger: str) -> bool:
        # To listen to a machine takes longer than to walk on it; a step that moves it unasked shows in the state.
        allowed = trigger in self.waits
        self._machine.send(EVENT + trigger)
        return allowed


def loaded(document: bytes) -> Callable[[], Theirs]:
    machine = io.load(document.decode("utf-8"), format="scxml")
    return lambda: Theirs(machine)


@pytest.mark.parametrize("ref", REFS)
def test_another_tool_takes_every_walk_as_the_engine_does(ref: str) -> None:
    assert difference(folder().compiled(ref).flow, loaded(exported(ref))) is None


def test_a_document_is_loaded_from_a_file_too(tmp_path: Path) -> None:
    ref = "duty.recusal@2019-06-01"
    path = tmp_path / "recusal.scxml"
    path.write_bytes(exported(ref))

    machine = io.load(path)()

    assert [state.id for state in machine.configuration] == [STATE + folder().compiled(ref).flow.initial]


def _way_is_missing(root: ET.Element, dice: random.Random) -> None:
    state = dice.choice([one for one in root.iter(f"{SCXML}state") if len(one)])
    state.remove(dice.choice(list(state)))


def _way_leads_elsewhere(root: ET.Element, dice: random.Random) -> None:
    way = dice.choice([one for one in root.iter(f"{SCXML}transition") if one.get("target")])
    states = [one.attrib["id"] for one in root if "id" in one.attrib]
    way.set("target", dice.choice([one for one in states if one != way.get("target")]))


def _way_is_added(root: ET.Element, dice: random.Random) -> None:
    state = dice.choice(list(root.iter(f"{SCXML}state")))
    end = dice.choice(list(root.iter(f"{SCXML}final"))).attrib["id"]
    ET.SubElement(state, f"{SCXML}transition", {"event": f"{EVENT}back_door", "target": end})


def _end_is_left_again(root: ET.Element, dice: random.Random) -> None:
    end = dice.choice(list(root.iter(f"{SCXML}final")))
    event = dice.choice(list(root.iter(f"{SCXML}transition"))).attrib["event"]
    end.tag = f"{SCXML}state"
    ET.SubElement(end, f"{SCXML}transition", {"event": event, "target": root.attrib["initial"]})


FAULTS = (_way_is_missing, _way_leads_elsewhere, _way_is_added, _end_is_left_again)


@pytest.mark.parametrize("ref", REFS)
@pytest.mark.parametrize("plant", FAULTS)
@pytest.mark.parametrize("seed", range(2))
def test_a_fault_in_the_document_is_noticed(
    ref: str, plant: Callable[[ET.Element, random.Random], None], seed: int
) -> None:
    root = ET.fromstring(exported(ref))
    plant(root, random.Random(seed))

    assert difference(folder().compiled(ref).flow, loaded(ET.tostring(root))) is not None


@pytest.mark.parametrize("ref", REFS)
def test_states_ends_and_conditions_are_those_of_the_flow(ref: str) -> None:
    flow = folder().compiled(ref).flow
    root = ET.fromstring(exported(ref))

    ends = {one.get("id") for one in root.iter(f"{SCXML}final")}
    names = {one.get("id"): one.get(f"{OURS}label") for one in root if "id" in one.attrib}
    told = {one.get("trigger"): [asked.text for asked in one if asked.get("code")] for one in root}

    assert ends == {STATE + key for key, state in flow.state.items() if state.end}
    assert names == {STATE + key: state.name for key, state in flow.state.items()}
    for key, step in flow.transition.items():
        assert {flow.guard[name].refusal for name in (*flow.always, *step.guards)} <= set(told[key])


@pytest.mark.parametrize("ref", REFS)
def test_nothing_in_the_document_is_an_expression_or_a_script(ref: str) -> None:
    root = ET.fromstring(exported(ref))

    tags = {one.tag for one in root.iter()}

    assert root.get("datamodel") == "null"
    assert {tag for tag in tags if tag.startswith(SCXML)} == {
        SCXML + name for name in ("scxml", "state", "final", "transition")
    }
    assert not [one for one in root.iter() if one.get("cond")]
    assert {key for one in root.iter(f"{SCXML}transition") for key in one.attrib} <= {
        "event", "target", f"{OURS}label",
    }  # fmt: skip


def test_a_step_that_stays_is_a_transition_without_target() -> None:
    flow = folder().compiled("penalty.summary@2021-07-15").flow
    root = ET.fromstring(exported(flow.ref))

    still = {one.attrib["event"] for one in root.iter(f"{SCXML}transition") if one.get("target") is None}

    assert still == {EVENT + key for key, step in flow.transition.items() if step.stays}


def test_a_document_is_the_same_every_time() -> None:
    flow = folder().compiled(REFS[0]).flow

    again = Flow.model_validate(flow.model_dump(by_alias=True))

    assert scxml_of(again, "x") == scxml_of(flow, "x")


def test_what_xml_cannot_hold_is_replaced_and_what_it_takes_for_markup_is_escaped() -> None:
    flow = folder().compiled(REFS[0]).flow
    state = flow.state[flow.initial].model_copy(update={"name": '<x>&"\x01\ud800'})
    odd = flow.model_copy(update={"state": {**flow.state, flow.initial: state}})

    root = ET.fromstring(scxml_of(odd, "x"))

    assert root.find(f"{SCXML}state").get(f"{OURS}label") == '<x>&"\ufffd\ufffd'  # type: ignore[union-attr]


@pytest.mark.parametrize("key", WORDS_OF_OTHERS)
def test_a_name_that_means_something_to_another_tool_is_a_name_like_any_other(key: str) -> None:
    flow = called(key)

    assert difference(flow, loaded(scxml_of(flow, "x")), random_walks=5) is None


def test_a_document_of_hostile_names_is_taken_by_another_tool() -> None:
    flow = hostile()

    document = scxml_of(flow, "x")

    assert difference(flow, loaded(document), random_walks=5) is None
    labels = {one.get(f"{OURS}label") for one in ET.fromstring(document).iter(f"{SCXML}state")}
    assert all(label and label.startswith(SHOWN) for label in labels)
