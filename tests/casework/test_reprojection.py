"""Every open case that a new calendar concerns is counted anew, whatever happens to the run or to other cases."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.casework.test_desk import Clock, begin, do
from tests.engine.builders import AGENCY, altered, entered
from tests.engine.builders import OFFICERS as STAFF
from tests.engine.builders import law as law_of_tests
from tests.small import BUREAU, CITY, ENTERED, OFFICERS, ROOT, Watch, decided, done, folder, opened, register
from zhifa_flow.adapters.lawfiles.calendars import load_calendar, read_years
from zhifa_flow.adapters.lawfiles.flows import FlowFolder
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.casework import reprojection
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Page, Store, Work
from zhifa_flow.casework.rehearsal import Rehearsal
from zhifa_flow.casework.reprojection import Passed, Recounted, Stretch, recount
from zhifa_flow.casework.verification import verify
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import RECOUNT
from zhifa_flow.engine.situation import Law
from zhifa_flow.engine.steps import replay
from zhifa_flow.model.agency import Agency, AgencyLevel
from zhifa_flow.model.calendar import CalendarYear
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import CaseChanged, InputError, StoreError
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.statute import StatuteIndex

FRIDAY = date(2026, 12, 25)
MONDAY = date(2026, 12, 28)
CALENDARS = ROOT / "flows" / "calendars"
NOTICE = CalendarYear.model_validate({
    "year": 2027, "notice": "试验通知", "announced": date(2026, 12, 26),
    "holidays": [{"name": "元旦", "from": date(2027, 1, 1), "to": date(2027, 1, 4)}], "workdays": [date(2027, 1, 9)],
})  # fmt: skip
LI = next(one for one in OFFICERS if one.id == "li")
#: What the notice makes of the case 甲 and of the duty to publish that it opened: one day earlier, one day later.
MOVED = [
    ("甲", "payment", date(2027, 1, 11), date(2027, 1, 9)),
    ("甲.publication.7", "seven_days", date(2027, 1, 6), date(2027, 1, 7)),
]


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "cases.db")
    register(made)
    yield made
    if isinstance(made, SqliteStore):
        made.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "cases.db")
    register(made)
    yield made
    made.close()


def desk_on(
    store: Store, *, notice: bool = True, day: date = MONDAY, calendar: Calendar | None = None
) -> Desk:
    """The desk, with or without the notice of the next year."""
    known = read_years(CALENDARS)
    it = calendar or Calendar([*known, NOTICE] if notice else known)
    return Desk(store, folder(), Law(it, {}, StatuteIndex([])), Watch(day))


def case(store: Store, id_: str = "甲") -> Case:
    """A case decided on a Friday, before the notice was known; its payment and its publication run."""
    return decided(desk_on(store, notice=False, day=FRIDAY), id_=id_)


def run(desk: Desk, officer: Officer = LI, agency: Agency | None = None) -> list[Stretch]:
    return list(recount(desk, officer, agency))


def moved(found: Sequence[Stretch]) -> list[tuple[str, str, date, date]]:
    return [
        (one.step.case, after.deadline, before.due, after.due)
        for stretch in found
        for one in stretch.recounted
        for before, after in one.changes
    ]


def passed(found: Sequence[Stretch]) -> list[Passed]:
    return [one for stretch in found for one in stretch.passed]


def times(store: Store, id_: str) -> int:
    """How often a case has been counted anew."""
    with store.read() as work:
        return sum(step.trigger == RECOUNT for step in work.steps(id_))


def stored(store: Store, id_: str = "甲") -> Case:
    with store.read() as work:
        found = work.case(id_)
    assert found is not None
    return found


# What is found and recorded.


def test_a_notice_that_is_entered_moves_dates_both_ways_and_every_case_is_listed(store: Store) -> None:
    case(store)
    opened(desk_on(store, notice=False, day=FRIDAY), id_="乙")

    found = run(desk_on(store))

    assert [stretch.looked for stretch in found] == [3]
    # The period for handling the third case ends in March and is merely no longer provisional.
    assert moved(found) == [("乙", "ninety_days", date(2027, 3, 25), date(2027, 3, 25)), *MOVED]
    assert passed(found) == []
    assert [times(store, id_) for id_, *_ in MOVED] == [1, 1]


def test_the_new_days_stand_in_the_list_of_what_is_due(store: Store) -> None:
    case(store)

    run(desk_on(store))

    with store.read() as work:
        lines = work.due(Page())
    assert [(line.case.id, line.due, line.provisional) for line in lines] == [
        ("甲.publication.7", date(2027, 1, 7), False), ("甲", date(2027, 1, 9), False),
    ]  # fmt: skip


def test_what_was_recorded_is_verified_and_adds_up_to_the_case(store: Store) -> None:
    case(store)
    desk = desk_on(store)

    run(desk)

    assert [problem for one in verify(store, desk.flows, desk.law) for problem in one.problems] == []
    with store.read() as work:
        steps = work.steps("甲")
    assert replay(folder().compiled(stored(store).flow).flow, steps) == stored(store)


def test_a_second_run_finds_nothing(store: Store) -> None:
    case(store)
    run(desk_on(store))

    assert moved(run(desk_on(store))) == []
    assert times(store, "甲") == 1


def test_without_a_new_calendar_nothing_changes(store: Store) -> None:
    before = case(store)

    assert moved(run(desk_on(store, notice=False))) == []
    assert stored(store) == before


def test_a_case_that_has_ended_is_not_looked_at(store: Store) -> None:
    case(store)
    done(desk_on(store, notice=False), "甲.publication.7", "publish")
    before = done(desk_on(store, notice=False), "甲", "close").case

    found = run(desk_on(store))

    assert found == []
    assert stored(store) == before


def test_the_notice_of_spring_festival_2020_moves_a_case_of_those_days() -> None:
    class Flows:
        def in_force(self, flow: str, on: date) -> Compiled:
            del flow, on
            return altered("deadline", "handling", length=10, unit="workday")

        def compiled(self, ref: str) -> Compiled:
            return self.in_force(ref, date.min)

        def refs(self) -> list[str]:
            return [self.compiled("").flow.ref]

    store, clock = MemoryStore(), Clock()
    with store.write() as work:
        work.put_agency(AGENCY, ENTERED)
        for one in STAFF.values():
            work.put_officer(one, ENTERED)
    clock.moment = entered(date(2020, 1, 20))
    as_known = replace(law_of_tests(), calendar=load_calendar(CALENDARS, known_on=date(2020, 1, 20)))
    desk = Desk(store, Flows(), as_known, clock)
    id_ = begin(desk, on=date(2020, 1, 20)).case.id
    do(desk, id_, "file_case")
    clock.moment = entered(date(2020, 1, 28))

    found = run(replace(desk, law=replace(law_of_tests(), calendar=load_calendar(CALENDARS))), STAFF["sun"])

    # 31 January and 1 February, which was to be worked, became days off.
    assert moved(found) == [(id_, "handling", date(2020, 2, 7), date(2020, 2, 11))]


def test_a_rehearsal_lists_the_same_and_saves_nothing(store: Store) -> None:
    before = case(store)

    found = run(desk_on(Rehearsal(store)))

    assert moved(found) == MOVED
    assert stored(store) == before
    assert moved(run(desk_on(store))) == MOVED


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_no_case_is_missed_however_many_are_read_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(reprojection, "STRETCH", size)
    case(store)
    case(store, "丙")

    found = run(desk_on(store))

    assert sum(stretch.looked for stretch in found) == 4
    assert len(moved(found)) == 4


# What happens meanwhile.


@dataclass
class Ailing:
    """A store in which one thing goes wrong: the process dies, or somebody else is always a moment earlier."""

    behind: Store
    dies_at: int = 0
    changed: int = 0
    begun: int = 0

    @contextmanager
    def write(self) -> Iterator[Work]:
        self.begun += 1
        if self.begun == self.dies_at:
            raise KeyboardInterrupt
        with self.behind.write() as work:
            yield _Losing(work, self) if self.changed else work

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)


@dataclass
class _Losing:
    work: Work
    store: Ailing

    def record(self, before: Case, advanced: Advanced) -> None:
        if self.store.changed:
            self.store.changed -= 1
            raise CaseChanged(before.id)
        self.work.record(before, advanced)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.work, name)


def test_what_a_killed_run_left_is_done_by_the_next(store: Store) -> None:
    case(store)

    with pytest.raises(KeyboardInterrupt):
        run(desk_on(Ailing(store, dies_at=2)))
    after_the_first = [times(store, id_) for id_, *_ in MOVED]

    assert after_the_first == [1, 0]
    assert moved(run(desk_on(store))) == MOVED[1:]
    assert [times(store, id_) for id_, *_ in MOVED] == [1, 1]


@pytest.mark.parametrize("often", [1, 2])
def test_a_case_that_somebody_moved_at_the_same_moment_is_tried_again(store: Store, often: int) -> None:
    case(store)

    found = run(desk_on(Ailing(store, changed=often)))

    assert moved(found) == MOVED
    assert times(store, "甲") == 1


def test_a_case_that_is_moved_time_and_again_is_named_and_the_others_are_done(store: Store) -> None:
    case(store)

    found = run(desk_on(Ailing(store, changed=reprojection.TRIES)))

    assert [one.case for one in passed(found)] == ["甲"]
    assert moved(found) == MOVED[1:]
    assert moved(run(desk_on(store))) == MOVED[:1]


def test_two_runs_at_once_count_every_case_once(sqlite: SqliteStore) -> None:
    ids = [case(sqlite, f"c{number}").id for number in range(4)]
    found: list[list[Stretch]] = []
    both = [threading.Thread(target=lambda: found.append(run(desk_on(sqlite)))) for _ in range(2)]

    for one in both:
        one.start()
    for one in both:
        one.join()

    assert [times(sqlite, id_) for id_ in ids] == [1] * 4
    assert sorted(line for each in found for line in moved(each)) == sorted(
        (id_ + part, *rest)
        for id_ in ids
        for part, *rest in (("", *MOVED[0][1:]), (".publication.7", *MOVED[1][1:]))
    )
    assert [one for each in found for one in passed(each)] == []


# What is wrong with one case is no matter to the others.


def test_a_case_whose_flow_is_gone_is_named_and_the_others_are_counted(store: Store, tmp_path: Path) -> None:
    case(store)
    duty = tmp_path / "flows" / "test.duty"
    duty.mkdir(parents=True)
    [source] = (ROOT / "tests" / "data" / "flows" / "test.duty").glob("*.toml")
    (duty / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    flows = FlowFolder(tmp_path / "flows", {}, StatuteIndex([]))

    found = run(replace(desk_on(store), flows=flows))

    assert [one.case for one in passed(found)] == ["甲"]
    assert "test.small@2024-01-01" in passed(found)[0].problems[0]
    assert moved(found) == MOVED[1:]


def test_a_case_whose_record_is_damaged_is_named_and_the_others_are_counted(sqlite: SqliteStore) -> None:
    case(sqlite)
    connection = sqlite3.connect(sqlite.path)
    connection.execute("UPDATE case_file SET clocks = '{' WHERE id = '甲'")
    connection.commit()
    connection.close()

    found = run(desk_on(sqlite))

    assert [one.case for one in passed(found)] == ["甲"]
    assert "案件甲的记录已损坏" in passed(found)[0].problems[0]
    assert moved(found) == MOVED[1:]


def test_a_case_with_a_length_that_nobody_can_read_is_named(store: Store) -> None:
    before = case(store)
    clock = replace(before.clocks["payment"], length="十五日")
    with store.write() as work:
        [*_, last] = work.steps("甲")
        after = replace(before, revision=before.revision + 1, clocks={**before.clocks, "payment": clock})
        work.record(before, Advanced(after, replace(last, seq=after.revision, papers=(), clocks=(clock,))))

    found = run(desk_on(store))

    assert [(one.case, "十五日" in one.problems[0]) for one in passed(found)] == [("甲", True)]
    assert moved(found) == MOVED[1:]


def test_a_case_opened_under_another_text_of_its_flow_is_named(store: Store) -> None:
    before = case(store)
    with store.write() as work:
        [*_, last] = work.steps("甲")
        after = replace(before, revision=before.revision + 1, flow_digest="0" * 64)
        work.record(before, Advanced(after, replace(last, seq=after.revision, papers=(), clocks=())))

    found = run(desk_on(store))

    assert [(one.case, "内容与本案登记时不同" in one.problems[0]) for one in passed(found)] == [("甲", True)]
    assert moved(found) == MOVED[1:]


def test_a_wrong_file_of_the_nation_stops_what_consults_its_year_only(store: Store) -> None:
    """Planted: one mistake in the file of any year stopped every case."""
    case(store)
    known = [year for year in read_years(CALENDARS) if year.year != 2026]
    broken = Calendar([*known, NOTICE], unread={2026: "2026.toml 有误, 2026年按周末和法定节日推定"})

    found = run(desk_on(store, calendar=broken))

    # The publication counts working days from December on; the payment only asks what the days in January are.
    [stopped] = passed(found)
    assert stopped.case == "甲.publication.7"
    assert stopped.problems[0].startswith("2026.toml 有误")
    assert "请先改正放假安排文件" in stopped.problems[-1]
    assert moved(found) == MOVED[:1]


def test_a_wrong_file_of_a_year_long_ago_stops_nothing(store: Store) -> None:
    case(store)
    known = [year for year in read_years(CALENDARS) if year.year != 2004]

    found = run(desk_on(store, calendar=Calendar([*known, NOTICE], unread={2004: "2004.toml 有误"})))

    assert (passed(found), moved(found)) == ([], MOVED)


def test_a_day_that_only_the_assumption_ends_in_a_wrong_year_is_not_recorded(store: Store) -> None:
    """The last day on record lies in a good year, but counted by the assumed one it would lie in the wrong one."""
    far = CalendarYear.model_validate(
        {
            "year": 2026,
            "notice": "试验",
            "holidays": [{"name": "假", "from": date(2026, 12, 28), "to": date(2026, 12, 31)}],
        }
    )
    known = [year for year in read_years(CALENDARS) if year.year != 2026]
    before = decided(
        desk_on(store, calendar=Calendar([*known, far, NOTICE]), day=date(2026, 12, 14)), id_="甲"
    )
    broken = Calendar([*known, NOTICE], unread={2026: "2026.toml 有误"})
    assert before.clocks["payment"].due == date(2027, 1, 5)

    found = run(desk_on(store, calendar=broken, day=date(2026, 12, 14)))

    assert "甲" in [one.case for one in passed(found)]
    assert stored(store) == before


def test_a_wrong_file_of_a_place_stops_the_cases_of_that_place_only(store: Store) -> None:
    case(store)
    nation = Calendar([*read_years(CALENDARS), NOTICE])
    broken = nation.in_place([], {2027: "local/河南省/2027.toml 有误"})
    desk = desk_on(store)

    wrong = run(replace(desk, law=replace(desk.law, places=lambda _: broken)))
    right = run(replace(desk, law=replace(desk.law, places=lambda _: nation)))

    assert [one.case for one in passed(wrong)] == ["甲", "甲.publication.7"]
    assert "local/河南省/2027.toml 有误" in passed(wrong)[0].problems[0]
    assert moved(wrong) == []
    assert moved(right) == MOVED


def test_a_case_without_running_deadlines_is_not_named_for_its_flow(store: Store, tmp_path: Path) -> None:
    case(store)
    desk = desk_on(store)
    (tmp_path / "flows").mkdir()
    done(desk, "甲.publication.7", "publish")

    found = run(replace(desk, flows=FlowFolder(tmp_path / "flows", {}, StatuteIndex([]))))

    assert [one.case for one in passed(found)] == ["甲"]


def test_a_store_that_cannot_be_written_ends_the_run(sqlite: SqliteStore) -> None:
    case(sqlite)
    desk = desk_on(sqlite)
    sqlite.close()
    other = sqlite3.connect(sqlite.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    impatient = SqliteStore(sqlite.path, patience=0.01)

    with pytest.raises(StoreError, match="占用"):
        run(replace(desk, store=impatient))

    other.close()
    impatient.close()


# Who, and for whom.


def test_the_cases_are_those_of_the_officers_agency_and_of_those_under_it(store: Store) -> None:
    case(store)
    far = Agency("far", "某省某局", "某省", "市场监管", AgencyLevel.PROVINCE)
    boss, stranger = Officer("boss", "周某", "city"), Officer("stranger", "吴某", "far")
    with store.write() as work:
        work.put_agency(far, ENTERED)
        for one in (boss, stranger):
            work.put_officer(one, ENTERED)
    desk = desk_on(store)

    assert run(desk, stranger) == []
    with pytest.raises(InputError, match="吴某不是某县某局或者其上级机关的人员"):
        run(desk, stranger, BUREAU)
    assert run(desk, boss, CITY) == []
    assert moved(run(desk, boss)) == MOVED
    assert stored(store).clocks["payment"].was == date(2027, 1, 11)


def test_whoever_has_left_office_counts_nothing_anew(store: Store) -> None:
    before = case(store)

    with pytest.raises(InputError, match=r"李某于2026-12-01离岗.*不能重新计算期限"):
        run(desk_on(store), replace(LI, active_to=date(2026, 12, 1)))

    assert stored(store) == before


def test_the_step_bears_the_name_of_who_ran_it(store: Store) -> None:
    case(store)

    [stretch] = run(desk_on(store))

    assert [(one.step.by, one.step.signed["li"][:2]) for one in stretch.recounted] == [(("li",), "李某")] * 2
    assert isinstance(stretch.recounted[0], Recounted)
    assert stretch.recounted[0].flow.id == "test.small"


def test_the_case_goes_on_after_a_recount(store: Store) -> None:
    case(store)
    run(desk_on(store))

    closed = done(desk_on(store, day=date(2026, 12, 29)), "甲.publication.7", "publish").case

    assert closed.ended
    assert closed.clocks["seven_days"].was == date(2027, 1, 6)
