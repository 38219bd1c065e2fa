"""The shipped flows fit together, and a slip wherever one of them leads into another is told by the check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.acceptance.stage import FLOWS, folder
from zhifa_flow.adapters.lawfiles.flows import FlowFolder

GENERAL, SUMMARY, PUBLICATION = "penalty.general", "penalty.summary", "duty.publication"
RECUSED = 'child = "recusal", document = "recusal_decision", field = "recused"'
SLIPS = {
    "a document that is not received": (GENERAL, 'carries = ["preservation_notice"]', 'carries = ["assignment"]', "“assignment”"),
    "a role that is not there": (SUMMARY, 'officers = "investigators"', 'officers = "investigator"', "是否指: investigators"),
    "a role of its own that is not there": (SUMMARY, "= { officers =", "= { officer =", "是否指: officers"),
    "a document of the main case": (PUBLICATION, 'beside = "voiding_act", about = "penalty_decision" }', 'beside = "void_act", about = "penalty_decision" }', "voiding_act"),
    "a field of the main case": (PUBLICATION, '"act_number", "received_on", "outcome"]', '"act_number", "received", "outcome"]', "是否指: received_on"),
    "the rule of another side duty": (PUBLICATION, RECUSED, RECUSED.replace('"recusal"', '"recusals"'), "是否指: recusal"),
    "a document of another side duty": (PUBLICATION, RECUSED, RECUSED.replace("_decision", "_decisions"), "recusal_decision"),
    "a field of another side duty": (PUBLICATION, RECUSED, RECUSED.replace('"recused"', '"recuse"'), "是否指: recused"),
    "a document of one's own side duty": (GENERAL, RECUSED, RECUSED.replace("_decision", "_decisions"), "recusal_decision"),
    "a state of a side duty": (GENERAL, 'plan = "instalments", broken = ["defaulted"', 'plan = "instalments", broken = ["default"', "是否指: defaulted"),
    "a field of another case": (SUMMARY, '"investigation_report.act_end"', '"investigation_report.act_ends"', "是否指: investigation_report.act_end"),
}  # fmt: skip


def copied(root: Path) -> FlowFolder:
    """The shipped flows where a test may spoil them."""
    for path in FLOWS.glob("*.*/*.toml"):
        (root / path.parent.name).mkdir(exist_ok=True)
        shutil.copy(path, root / path.parent.name)
    shipped = folder()
    return FlowFolder(root, shipped.tables, shipped.statutes, shipped.clocks)


def test_the_shipped_flows_fit_together() -> None:
    reports = folder().check(folder().refs())

    assert {ref: report.problems for ref, report in reports.items() if report.problems} == {}


@pytest.mark.parametrize(("flow", "old", "new", "said"), SLIPS.values(), ids=list(SLIPS))
def test_a_slip_between_two_flows_is_told(flow: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    flows = copied(tmp_path)
    path = tmp_path / flow / "2021-07-15.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")

    reports = flows.check(flows.refs())

    told = {ref: report.problems for ref, report in reports.items() if report.problems}
    assert list(told) == [f"{flow}@2021-07-15"]
    assert all(said in problem for problem in told[f"{flow}@2021-07-15"])
