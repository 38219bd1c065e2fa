"""A published seizure through the command line, from the report to the head to the archive."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

from tests.cli.conftest import SHIPPED
from tests.cli.office import Office
from tests.cli.test_whole_cases import act, register, written
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.casework.openings import usual_party


def test_a_published_seizure_goes_to_its_end_through_the_command_line(tmp_path: Path) -> None:
    place = SHIPPED / "measure.general" / "scenarios" / "real-pesticides.toml"
    scenario = read_scenario(place, SHIPPED)
    office, first = Office(SHIPPED, tmp_path), scenario.step[0].on
    people = register(scenario)
    office.moment = datetime.combine(first, time(1, 0), tzinfo=UTC)
    office.ok("agency", "import", written(tmp_path, "agencies.json", people["agency"]))
    office.ok("officer", "import", written(tmp_path, "officers.json", people["officer"]))
    party = written(tmp_path, "party.json", usual_party(scenario))
    opened = office.json(
        "case", "open", "measure.general", "--agency", "jia", "--title", "扣押", "--party", party,
        "--by", "officer_a", "--on", first.isoformat(), "--no-ask",
    )  # fmt: skip

    for number, step in enumerate(scenario.step):
        act(office, opened["case"], step, number)

    assert "已归档" in office.ok("case", "show", opened["case"])
    assert "全部完整" in office.ok("verify")
    assert "2022-10-29" in office.ok("case", "clock", opened["case"], "seal")
