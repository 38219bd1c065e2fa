"""Openings (开场): the office, the people and the party of a scenario, and its case opened under the version it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.scripts import Scenario
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.errors import InputError, NotFound
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.register import Entered

#: What an officer of a scenario is unless it says otherwise: on the establishment, with a valid certificate.
USUAL_OFFICER = {
    "personnel": "established",
    "certificates": [{"number": "豫A-0001", "valid_from": "2015-01-01", "valid_to": "2035-12-31"}],
}
USUAL_AGENCY = {"id": "jia", "name": "某县某局", "region": "河南省", "sector": "综合执法", "level": "county"}
USUAL_PARTY = {"kind": "organisation", "name": "某公司", "address": "某县某路1号"}


def usual_party(scenario: Scenario) -> dict[str, Any]:
    """The party of a scenario: without a code unless it says one."""
    code = {} if scenario.party.get("code") else {"no_code_reason": "测试数据"}
    return {**USUAL_PARTY, **code, **scenario.party}


def open_case(
    scenario: Scenario, desk: Desk, turn_to: Callable[[date], None], party: Mapping[str, Any], id_: str = ""
) -> str:
    """Fill the registers, turn to the day and open the case of a scenario; its number.

    Raises:
        ZhifaError: it cannot be opened.
    """
    opened = scenario.opened or scenario.step[0].on
    flow = _flow_on(scenario, desk, opened)
    home = _set_stage(scenario, desk)
    turn_to(opened)
    begun = desk.open(
        flow=flow, agency=home.id, title=scenario.title, party=party, on=opened,
        by=[str(scenario.officer[0]["id"])], id_=id_,
    )  # fmt: skip
    return begun.case.id


def _flow_on(scenario: Scenario, desk: Desk, opened: date) -> str:
    """The id of the flow whose version the scenario names; a case is opened under the one in force on that day.

    Raises:
        NotFound: there is no such version.
        InputError: another one is in force then, of which the scenario says nothing.
    """
    if scenario.flow not in desk.flows.refs():
        raise NotFound("流程版本", scenario.flow, desk.flows.refs())
    flow = scenario.flow.partition("@")[0]
    current = desk.flows.in_force(flow, opened).flow.ref
    if current != scenario.flow:
        said = f"情景写明的是{scenario.flow}, 但是{opened}登记的案件适用{current}"
        raise InputError([f"{said}; 请改写版本(flow)或者登记日期(opened)"])
    return flow


def _set_stage(scenario: Scenario, desk: Desk) -> Agency:
    home = Agency.read(
        {**USUAL_AGENCY, "region": scenario.region, "sector": scenario.sector, **scenario.agency}
    )
    entered = Entered(desk.now())
    with desk.store.write() as work:
        for raw in scenario.other_agency:
            work.put_agency(Agency.read({**USUAL_AGENCY, **raw}), entered)
        work.put_agency(home, entered)
        for place, raw in enumerate(scenario.officer):
            usual = {**USUAL_OFFICER, "agency": home.id, "name": f"{raw['id']}"}
            certificates = [{**USUAL_OFFICER["certificates"][0], "number": f"豫A-{place + 1:04d}"}]  # type: ignore[dict-item]
            work.put_officer(Officer.read({**usual, "certificates": certificates, **raw}), entered)
    return home
