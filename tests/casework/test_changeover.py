"""A case moved at the desk: one transaction, verified afterwards, counted on afterwards."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.small import BUREAU, MAJOR, NOTE, REF, ROOT, Watch, desk_on, done, opened, register
from zhifa_flow.adapters.lawfiles.flows import FlowFolder
from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.casework.changeover import Moved, move
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ledgers import ledgers
from zhifa_flow.casework.rehearsal import Rehearsal
from zhifa_flow.casework.reprojection import recount
from zhifa_flow.casework.verification import verify
from zhifa_flow.engine.steps import CHANGE_VERSION
from zhifa_flow.model.errors import InputError, NotFound, Refused
from zhifa_flow.model.statute import StatuteIndex

NEW = "test.small@2026-01-01"
EXTRA = """
[deadline.report]
name = "报告期限"
starts = ["propose"]
ends = ["decide"]
length = 20
unit = "day"
owner = "agency"
expiry = "overdue"
gap = "测试用流程"
"""


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    root = tmp_path / "flows"
    shutil.copytree(ROOT / "tests" / "data" / "flows", root)
    return root


def newer(root: Path, *changes: tuple[str, str], extra: str = EXTRA) -> None:
    """A version of the small flow from 2026 on."""
    text = (root / "test.small" / "2024-01-01.toml").read_text(encoding="utf-8")
    for old, new in (("effective_from = 2024-01-01", "effective_from = 2026-01-01"), *changes):
        assert old in text
        text = text.replace(old, new)
    (root / "test.small" / "2026-01-01.toml").write_text(text + extra, encoding="utf-8")


def office(store: SqliteStore, root: Path) -> tuple[Desk, str]:
    """A case opened under the version of 2024, of which the newer one knows nothing yet."""
    register(store)
    desk = replace(desk_on(store), flows=FlowFolder(root, {}, StatuteIndex([])))
    case = opened(desk)
    done(desk, case.id, "take_note", NOTE)
    done(desk, case.id, "propose", MAJOR)
    return desk, case.id


def fresh(desk: Desk, root: Path) -> Desk:
    return replace(desk, flows=FlowFolder(root, {}, StatuteIndex([])))


def problems(desk: Desk) -> list[str]:
    return [problem for one in verify(desk.store, desk.flows, desk.law) for problem in one.problems]


def to_new(desk: Desk, case: str, version: str = NEW) -> Moved:
    return move(desk, case, version, "李某", "新版本施行")


def test_a_case_is_moved_and_goes_on_and_everything_still_adds_up(store: SqliteStore, flows: Path) -> None:
    desk, case = office(store, flows)
    newer(flows, ('name = "处理意见"', 'name = "处理建议"'))
    desk = fresh(desk, flows)

    moved = to_new(desk, case)

    step = moved.done.advanced.step
    assert (step.trigger, step.by, step.opening["from"]) == (CHANGE_VERSION, ("li",), REF)
    assert [one.deadline for one in moved.done.begun] == ["report"]
    assert "“处理意见”改称“处理建议”" in [one.text for one in moved.differs]
    assert desk.view(case).case.flow == NEW
    assert problems(desk) == []
    assert done(desk, case, "send_back").case.flow == NEW
    assert problems(desk) == []


def test_the_deadlines_of_a_moved_case_are_explained_and_counted_anew(
    store: SqliteStore, flows: Path
) -> None:
    desk, case = office(store, flows)
    newer(flows)
    desk = fresh(desk, flows)
    to_new(desk, case)

    _, flow, found = ledgers(desk, case)
    with store.read() as work:
        zhang = work.officers(["zhang"])["zhang"]
    [stretch] = recount(desk, zhang, BUREAU)

    assert flow.ref == NEW
    assert {one.deadline for one in found} == {"ninety_days", "report"}
    assert (stretch.recounted, stretch.passed) == ((), ())


def test_a_rehearsed_move_leaves_no_trace(store: SqliteStore, flows: Path) -> None:
    desk, case = office(store, flows)
    newer(flows)
    desk = fresh(desk, flows)

    moved = to_new(replace(desk, store=Rehearsal(store)), case)

    assert moved.done.advanced.case.flow == NEW
    assert desk.view(case).case.flow == REF


def test_a_move_that_is_refused_leaves_no_trace(store: SqliteStore, flows: Path) -> None:
    desk, case = office(store, flows)
    newer(flows, ("[transition.take_note]", "[transition.write_note]"))
    desk = fresh(desk, flows)

    with pytest.raises(Refused) as refusal:
        to_new(desk, case)

    assert [one.message for one in refusal.value.refusals] == ["第1步“制作笔录”: 新版本没有这一环节"]
    assert desk.view(case).case.flow == REF
    assert problems(desk) == []


def test_unknown_cases_and_versions_are_answered(store: SqliteStore, flows: Path) -> None:
    desk, case = office(store, flows)
    newer(flows)
    desk = fresh(desk, flows)

    with pytest.raises(NotFound, match="流程版本"):
        to_new(desk, case, "test.small@2027-01-01")
    with pytest.raises(NotFound, match="案件"):
        to_new(desk, "无此案")
    with pytest.raises(InputError, match="有2个版本, 请写明改用哪一个"):
        to_new(desk, case, "test.small")


def test_a_version_whose_text_changed_since_is_found_for_each_stretch_of_a_case(
    store: SqliteStore, flows: Path
) -> None:
    desk, case = office(store, flows)
    newer(flows)
    desk = fresh(desk, flows)
    to_new(desk, case)
    path = flows / "test.small" / "2024-01-01.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("办案期限", "办理期限"), encoding="utf-8")

    assert problems(fresh(desk, flows)) == [f"案件{case}: 流程文件({REF})的内容与登记时不同"]


def test_what_came_about_by_law_is_recorded_before_the_case_moves(store: SqliteStore, flows: Path) -> None:
    lapse = """
[transition.lapse]
name = "视为撤回"
source = ["filed", "proposed"]
target = "closed"
gap = "测试用流程"
"""
    path = flows / "test.small" / "2024-01-01.toml"
    text = path.read_text(encoding="utf-8")
    first = 'owner = "agency"\nexpiry = "overdue"'
    path.write_text(
        text.replace(first, 'owner = "agency"\nexpiry = "deemed"\nthen = "lapse"', 1) + lapse,
        encoding="utf-8",
    )
    desk, case = office(store, flows)
    newer(flows)
    later = replace(fresh(desk, flows), now=Watch(date(2026, 9, 1)))

    with pytest.raises(Refused) as refusal:
        to_new(later, case)

    assert "案件已经办结(“已结案”)" in [one.message for one in refusal.value.refusals]
