"""One whole case of each main procedure through the command line, from its first step to its last."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SHIPPED
from tests.cli.office import Office
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.casework.openings import USUAL_AGENCY, USUAL_OFFICER, usual_party
from zhifa_flow.casework.scenarios import Scenario, ScenarioStep


def register(scenario: Scenario) -> dict[str, list[dict[str, Any]]]:
    """The registers of the scenario as an office would import them."""
    home = {**USUAL_AGENCY, "region": scenario.region, "sector": scenario.sector, **scenario.agency}
    others = [{**USUAL_AGENCY, **one} for one in scenario.other_agency]
    officers = []
    for place, one in enumerate(scenario.officer, 1):
        certificate = {"number": f"豫A-{place:04d}", "valid_from": "2015-01-01", "valid_to": "2035-12-31"}
        usual = {**USUAL_OFFICER, "agency": home["id"], "name": one["id"], "certificates": [certificate]}
        officers.append({**usual, **one})
    return {"agency": [*others, home], "officer": officers}


def written(folder: Path, name: str, content: object) -> str:
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False, default=str), encoding="utf-8")
    return str(path)


def case_of(office: Office, main: str, step: ScenarioStep) -> str:
    case = main
    ids = [str(line["case"]) for line in office.json("case", "list")] if step.in_ else []
    for rule in step.in_.split(".") if step.in_ else ():
        case = next(one for one in reversed(ids) if one.rpartition(".")[0] == f"{case}.{rule}")
    return case


def act(office: Office, main: str, step: ScenarioStep, place: int) -> Any:
    """Take a step as a clerk would, with a file for each document."""
    entered = step.entered or step.on
    office.moment = datetime.combine(entered, time(9, 30), tzinfo=UTC)
    if step.to:
        case = case_of(office, main, step)
        return office.json("case", "move", case, step.to, "--as", step.by[0], "--reason", step.late_reason)
    line = ["case", "do", case_of(office, main, step), step.do, "--by", ",".join(step.by), "--no-ask"]
    line += ["--on", step.on.isoformat(), *(["--as", step.as_] if step.as_ else [])]
    line += ["--late-reason", step.late_reason] if step.late_reason else []
    for kind, content in step.documents.items():
        line += ["--doc", f"{kind}={written(office.folder, f'{place}-{kind}.json', content)}"]
    return office.json(*line)


@pytest.mark.parametrize(
    ("flow", "walk", "end"),
    [
        ("penalty.general", "main", "办理终了"),
        ("penalty.general", "real-demolition", "办理终了"),
        ("penalty.summary", "main", "办理终了"),
        ("inspection.general", "main", "办理终了"),
        ("enforcement.general", "main", "办理终了"),
        ("licence.general", "main", "申请案卷已归档"),
        ("licence.after_grant", "withdrawn", "许可证件已送达, 事后监管"),
        ("levy.general", "main", "办理终了"),
        ("confirmation.general", "main", "已归档"),
        ("confirmation.work_injury", "published-case", "已归档"),
        ("payment.relief", "main", "办理终了"),
        ("adjudication.general", "main", "案卷已归档"),
        ("inspection.annual", "main", "已归档"),
        ("penalty.general", "old-main", "办理终了"),
        ("penalty.summary", "old-main", "办理终了"),
        ("penalty.general", "change-of-law", "决定已失去效力"),
    ],
)
def test_a_case_goes_from_its_first_step_to_its_last_through_the_command_line(
    tmp_path: Path, flow: str, walk: str, end: str
) -> None:
    scenario = read_scenario(SHIPPED / flow / "scenarios" / f"{walk}.toml", SHIPPED)
    office = Office(SHIPPED, tmp_path)
    people = register(scenario)
    office.moment = datetime.combine(scenario.step[0].on, time(1, 0), tzinfo=UTC)
    office.ok("agency", "import", written(tmp_path, "agencies.json", people["agency"]))
    office.ok("officer", "import", written(tmp_path, "officers.json", people["officer"]))
    party = written(tmp_path, "party.json", usual_party(scenario))
    opened = office.json(
        "case", "open", scenario.flow.partition("@")[0], "--agency", "jia", "--title", "全程", "--party", party,
        "--by", str(scenario.officer[0]["id"]), "--on", scenario.step[0].on.isoformat(), "--no-ask",
    )  # fmt: skip
    main = opened["case"]

    for place, step in enumerate(scenario.step):
        if step.expect == "moved":
            act(office, main, step, place)

    assert end in office.ok("case", "show", main)
    assert "全部完整" in office.ok("verify")
    last = [step for step in scenario.step if not step.in_][-1]
    assert str(last.on) in office.ok("case", "history", main)
