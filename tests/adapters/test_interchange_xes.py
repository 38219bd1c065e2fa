"""An event log of real walks is read back and replayed, on the engine's chart and on another tool's, to the same end."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

import pytest

from tests.acceptance.stage import FLOWS, desk_maker, folder
from tests.adapters.charts import Chart, Ours, unguarded
from tests.adapters.test_interchange_scxml import exported, loaded
from tests.small import REF, decided, desk_on, opened, register
from tests.small import folder as small_folder
from zhifa_flow.adapters.interchange.xes import xes_of
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Now, Page
from zhifa_flow.casework.scenarios import play
from zhifa_flow.casework.traces import Trace, traces
from zhifa_flow.engine.steps import OWN_STEPS

#: One walk to an end for each flow, some with side cases of others; one ends by law, one crosses into another flow.
WALKS = (
    "penalty.general/demo", "penalty.summary/age-unknown", "duty.crime_transfer/appraised",
    "duty.evidence/lapsed-in-market-supervision", "duty.instalments/cancelled-while-paying",
    "duty.major_filing/at-the-line", "duty.publication/from-april-2026", "duty.recusal/granted",
    "duty.withdrawal/changed", "duty.disclosure/licence", "duty.remedy/judged", "duty.retraction/taken-down",
    "enforcement.general/main", "inspection.annual/main",
    "inspection.general/clean", "levy.general/main", "licence.after_grant/revoked",
    "measure.general/main", "payment.relief/main", "adjudication.general/main", "confirmation.general/main",
    "confirmation.work_injury/published-case",
    "penalty.summary/old-seventeen", "penalty.general/old-steps",
)  # fmt: skip
TYPES: dict[str, Callable[[str], object]] = {
    "string": str, "int": int, "date": datetime.fromisoformat, "boolean": lambda text: text == "true",
}  # fmt: skip

Told = dict[str, object]


@cache
def played(walk: str) -> tuple[Trace, ...]:
    """Every case of a scenario of the shipped flows, played to its end."""
    desks: list[Desk] = []

    def make(now: Now) -> Desk:
        desks.append(desk_maker()(now))
        return desks[-1]

    flow, name = walk.split("/")
    list(play(read_scenario(FLOWS / flow / "scenarios" / f"{name}.toml", FLOWS), make))
    with desks[0].store.read() as work:
        roots = [line.id for line in work.cases(Page(size=500)) if line.parent is None]
    return tuple(one for root in roots for one in traces(desks[0], root))


def small_desk() -> Desk:
    store = MemoryStore()
    register(store)
    return desk_on(store)


def told(of: ET.Element) -> Told:
    """The attributes of a log, a trace or an event."""
    return {one.attrib["key"]: TYPES[one.tag](one.attrib["value"]) for one in of if one.tag in TYPES}


def read(document: bytes) -> list[tuple[Told, list[Told]]]:
    return [
        (told(one), [told(event) for event in one.iter("event")])
        for one in ET.fromstring(document).iter("trace")
    ]


def replayed(about: Told, events: list[Told], begin: Callable[[str], Chart]) -> str:
    """Where a chart stands when it has taken every event of a trace that the flow knows."""
    chart = begin(str(about["flow"]))
    for event in events:
        trigger = str(event["trigger"])
        assert chart.state == event.get("source", chart.state), trigger
        assert trigger in OWN_STEPS or chart.take(trigger), trigger
        assert chart.state == event["target"], trigger
    return chart.state


def ours(ref: str) -> Chart:
    return Ours(unguarded((small_folder() if ref.startswith("test.") else folder()).compiled(ref).flow))


def theirs(ref: str) -> Chart:
    return loaded(exported(ref))()


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("begin", [ours, theirs])
def test_a_log_that_is_read_back_leads_each_case_where_it_stands(
    walk: str, begin: Callable[[str], Chart]
) -> None:
    cases = played(walk)

    log = read(xes_of(cases))

    assert [about["concept:name"] for about, _ in log] == [one.case.id for one in cases]
    assert [replayed(about, events, begin) for about, events in log] == [one.case.state for one in cases]
    assert [about["state"] for about, _ in log] == [one.case.state for one in cases]
    assert [len(events) for _, events in log] == [len(one.steps) for one in cases]


def test_the_walks_replayed_are_of_every_flow_and_lead_into_side_cases() -> None:
    flows = {one.case.flow for walk in WALKS for one in played(walk)}

    assert flows == set(folder().refs())
    assert sum(one.case.parent is not None for walk in WALKS for one in played(walk)) >= 5


def fits(about: Told, events: list[Told]) -> bool:
    try:
        return replayed(about, events, theirs) == about["state"]
    except AssertionError:
        return False


def test_a_log_that_has_lost_a_move_or_leads_it_elsewhere_is_not_replayed() -> None:
    ((about, events), *_) = read(xes_of(played("penalty.general/demo")))
    moving = [number for number, event in enumerate(events) if number and event["source"] != event["target"]]

    lost = [[event for number, event in enumerate(events) if number != one] for one in moving]
    astray = [
        [event | ({"target": "filed"} if number == one else {}) for number, event in enumerate(events)]
        for one in moving
        if events[one]["target"] != "filed"
    ]

    assert fits(about, events)
    assert len(lost) > 10
    assert not any(fits(about, one) for one in (*lost, *astray))


def test_side_cases_are_traces_of_their_own_linked_both_ways() -> None:
    desk = small_desk()
    case = decided(desk)

    (main, steps), (side, _) = read(xes_of(traces(desk, case.id)))

    assert side["parent"] == main["concept:name"] == case.id
    assert side["relation"] == "publication"
    assert "parent" not in main
    assert [event["opened.publication"] for event in steps if event["trigger"] == "decide"] == [
        side["concept:name"]
    ]


def test_events_stand_in_the_order_of_the_steps_with_both_dates_and_the_role() -> None:
    desk = small_desk()
    case = decided(desk)
    _, _, steps = desk.history(case.id)

    ((_, events), *_) = read(xes_of(traces(desk, case.id)))

    assert [event["seq"] for event in events] == list(range(len(steps)))
    for event, step in zip(events, steps, strict=True):
        act = event["time:timestamp"]
        assert isinstance(act, datetime)
        assert (act.date(), act.utcoffset(), act.hour) == (step.on, timedelta(hours=8), 0)
        assert isinstance(entered := event["entered_at"], datetime)
        assert abs(entered - step.entered_at) < timedelta(milliseconds=1)
        assert event["lifecycle:transition"] == "complete"
    flow = small_folder().compiled(REF).flow
    assert events[-1]["concept:name"] == flow.transition["decide"].name
    assert events[-1]["org:role"] == "机关负责人"
    assert (events[1]["org:role"], events[1]["org:group"]) == ("承办人", "调查岗")


def test_nobody_is_named_and_nothing_of_the_matter_is_told_unless_it_is_asked_for() -> None:
    desk = small_desk()
    case = decided(desk, "某公司超标排放案")

    hidden = xes_of(traces(desk, case.id)).decode("utf-8")

    for secret in ("张某", "李某", "赵某", "某公司", "超标", "50000", "询问情况"):
        assert secret not in hidden
    persons = re.findall(r'key="(?:org:resource|recorder)" value="([^"]*)"', hidden)
    assert set(persons) == {"人员1", "人员1、人员2", "人员3"}


def test_names_are_those_that_the_register_had_on_the_day() -> None:
    desk = small_desk()
    case = decided(desk, "某公司超标排放案")

    ((about, events), *_) = read(xes_of(traces(desk, case.id), with_names=True))

    assert about["title"] == "某公司超标排放案"
    assert events[1]["org:resource"] == "张某 001、李某"
    assert events[-1]["org:resource"] == "赵某"


def test_a_hostile_title_is_text_and_the_log_is_read_all_the_same() -> None:
    desk = small_desk()
    title = "<x a='1'>&amp;\"]]>-->{}"
    case = decided(desk, title)

    ((about, events), *_) = read(xes_of(traces(desk, case.id), with_names=True))

    assert about["title"] == title
    assert len(events) > 5


def test_what_the_law_brought_about_has_nobody_as_its_hand() -> None:
    steps = [step for one in played("duty.evidence/lapsed-in-market-supervision") for step in one.steps]
    log = read(xes_of(played("duty.evidence/lapsed-in-market-supervision")))

    lapsed = [event for _, events in log for event in events if event["trigger"] == "lapse"]

    assert [step for step in steps if step.trigger == "lapse"]
    assert lapsed
    assert all("org:resource" not in event for event in lapsed)


def test_a_log_keeps_to_the_order_of_its_schema_and_names_each_key_once() -> None:
    desk = small_desk()
    root = ET.fromstring(xes_of(traces(desk, decided(desk).id)))

    kinds = [one.tag for one in root]

    order = {"extension": 0, "global": 1, "classifier": 2, "string": 3, "trace": 4}
    assert [order[kind] for kind in kinds] == sorted(order[kind] for kind in kinds)
    float(root.attrib["xes.version"])
    prefixes = {one.attrib["prefix"] for one in root.iter("extension")}
    assert prefixes == {"concept", "lifecycle", "org", "time"}
    for one in [*root.iter("trace"), *root.iter("event")]:
        keys = [attribute.attrib["key"] for attribute in one if attribute.tag in TYPES]
        assert len(set(keys)) == len(keys)
        assert {key.split(":")[0] for key in keys if ":" in key} <= prefixes
    for scope in root.iter("global"):
        wanted = {one.attrib["key"] for one in scope}
        assert all(
            wanted <= {one.attrib.get("key") for one in each} for each in root.iter(scope.attrib["scope"])
        )


def test_a_log_is_the_same_every_time() -> None:
    desk = small_desk()
    cases = traces(desk, decided(desk).id)

    assert xes_of(cases) == xes_of(cases)


def test_a_case_that_has_only_been_opened_is_a_trace_of_one_event() -> None:
    desk = small_desk()
    case = opened(desk)

    ((about, events),) = read(xes_of(traces(desk, case.id)))

    assert [event["concept:name"] for event in events] == ["登记"]
    assert about["ended"] is False
