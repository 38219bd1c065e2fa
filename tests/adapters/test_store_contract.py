"""What every store must do, whatever it is made of: the same tests on memory and on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.small import (
    BUREAU,
    CITY,
    DECISION,
    ENTERED,
    MAJOR,
    MINOR,
    NOTE,
    OFFICERS,
    REF,
    decided,
    desk_on,
    done,
    folder,
    opened,
    register,
)
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.casework.ports import Page, Store
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.chain import broken_links, sealed
from zhifa_flow.engine.opening import Opened
from zhifa_flow.engine.register import broken_register
from zhifa_flow.engine.steps import replay
from zhifa_flow.model.case import Act, Case, ClockState, Interval, Paper, RunningClock
from zhifa_flow.model.errors import CaseChanged, InputError
from zhifa_flow.model.identity import CodeKind
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.party import Party, PartyKind
from zhifa_flow.model.publication import Publication
from zhifa_flow.model.register import Entered, Register
from zhifa_flow.model.step import FoundRow, OpenedChild, Step

DAY = date(2026, 3, 2)
WATER = Party(
    PartyKind.CITIZEN, "李某", "11010119900307****", CodeKind.ID_CARD, None, "某市", "张某", DAY, "1"
)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
    else:
        sqlite = SqliteStore(tmp_path / "cases.db")
        yield sqlite
        sqlite.close()


@pytest.fixture
def office(store: Store) -> Store:
    register(store)
    return store


def a_paper(kind: str = "note", seq: int = 3, **content: object) -> Paper:
    said = {"text": 'a\n,\n{"kind":"x"}', "none": None, "rows": [{"amount": 10**20, "yes": True}], **content}
    return Paper(kind, DAY, seq, ("zhang", "li"), "d" * 64, said, {"proposal": "e" * 64})


def a_clock(**changed: object) -> RunningClock:
    clock = RunningClock("payment", DAY, date(2026, 3, 17), date(2026, 3, 16), True, "15日")
    return replace(clock, **changed)  # type: ignore[arg-type]


def full_case() -> Case:
    """A case in which no field is as it would be by default."""
    return Case(
        id="甲-1", agency="bureau", region="河南省", sector="市场监管", flow=REF, title="“某”案\n", party=WATER,
        state="decided", revision=7, head="f" * 64, opened_on=DAY, entered_state_on=date(2026, 3, 5),
        last_on=date(2026, 3, 6), ended=True, parent="甲-0", relation="publication", flow_digest="e" * 64,
        papers={
            "note": (a_paper(seq=1), a_paper(seq=2, more="x")), "result": (a_paper("decision").received("result"),),
        },
        acts={"open": Act(DAY, 0, 1, ()), "take_note": Act(DAY, 4, 3, ("zhang", "li"))},
        acted={"handlers": ("zhang", "li"), "head": ()},
        flags={"suspended": (Interval(DAY, date(2026, 3, 4)), Interval(date(2026, 3, 5)))},
        clocks={
            "payment": a_clock(),
            "hours": a_clock(
                deadline="hours", state=ClockState.LATE, ended=DAY, extensions=("30日", "1月"),
                moment="2026-03-02T10:00+08:00", moved=True, paused=date(2026, 3, 9),
                was=date(2026, 3, 18),
            ),
        },
    )  # fmt: skip


def full_step(case: Case) -> Step:
    """A step in which no field is as it would be by default."""
    step = Step(
        case=case.id, seq=case.revision, trigger="decide", source="proposed", target="decided", on=DAY,
        entered_at=datetime(2026, 3, 2, 1, 2, 3, 45, UTC), by=("zhang", "li"), role="head", recorder="clerk",
        late_reason="系统故障", papers=(a_paper("decision", 7).received("result"), a_paper(seq=7), a_paper(seq=7, more=1)),
        superseded=("proposal",), acted={"head": ("zhang",)}, clocks=tuple(case.clocks.values()),
        raised=("suspended",), lowered=("stayed",), opened=(OpenedChild("publication", "test.duty@2024-01-01", "x"),),
        findings={"major": FoundRow("是", "理由", "行"), "minor": FoundRow("否", "")},
        opening={"flow": REF, "party": WATER.to_raw(), "parent": None}, signed={"zhang": "张某 1号"}, rules="d" * 64, days="a" * 64,
    )  # fmt: skip
    return sealed(step, "c" * 64)


def begun(id_: str = "b-1", agency: str = "bureau", **changed: object) -> Opened:
    """A case that has just begun, made by hand."""
    case = replace(
        full_case(), id=id_, agency=agency, revision=0, parent=None, relation=None, ended=False, papers={}, clocks={}
    )  # fmt: skip
    case = replace(case, **changed)  # type: ignore[arg-type]
    step = replace(full_step(case), case=id_, seq=0, papers=(), clocks=tuple(case.clocks.values()))
    return Opened(case, step)


def moved(case: Case, **changed: object) -> Advanced:
    """The case one step further, made by hand."""
    after = replace(case, revision=case.revision + 1, **changed)  # type: ignore[arg-type]
    return Advanced(after, replace(full_step(after), papers=(), clocks=tuple(after.clocks.values())))


# what was put in comes out ---------------------------------------------------------------------------------


def test_every_field_of_a_case_comes_back_as_it_was(store: Store) -> None:
    case = full_case()

    with store.write() as work:
        work.add(Opened(case, full_step(case)))

    with store.read() as work:
        back = work.case(case.id)
    assert back == case
    assert back is not None
    assert list(back.papers) == list(case.papers)
    assert list(back.papers["note"][0].fields) == list(case.papers["note"][0].fields)
    assert type(back.papers["note"][0].fields) is dict


def test_every_field_of_a_step_comes_back_as_it_was(store: Store) -> None:
    case = full_case()
    step = full_step(case)

    with store.write() as work:
        work.add(Opened(case, step))

    with store.read() as work:
        [back] = work.steps(case.id)
    assert back == step
    assert back.entered_at.utcoffset() == timedelta(0)


def test_the_examples_leave_no_field_as_it_is_by_default() -> None:
    """Else the two tests above would prove nothing about a field that is added later."""
    bare_step = Step("", 0, "", "", "", DAY, datetime.now(UTC), (), "", "")
    bare_case = Case("", "", "", "", "", "", None, "", 0, "", DAY, DAY, DAY)
    bare_clock = RunningClock("", DAY, DAY, DAY, False, "")
    pairs: list[tuple[Any, Any]] = [
        (full_case(), bare_case), (full_step(full_case()), bare_step),
        (full_case().clocks["hours"], bare_clock), (WATER, Party(PartyKind.AGENCY, "")),
    ]  # fmt: skip

    same = [
        f"{type(full).__name__}.{one.name}"
        for full, bare in pairs
        for one in fields(full)
        if getattr(full, one.name) == getattr(bare, one.name)
    ]

    # A day is given in every example, and a party either has a code or a reason why it has none.
    assert sorted(same) == ["Case.opened_on", "Party.no_code_reason", "RunningClock.started", "Step.on"]


@pytest.mark.parametrize(
    "name", [one.name for one in fields(Case) if one.name not in ("id", "agency", "parent", "relation")]
)
def test_a_step_may_change_every_field_of_a_case_but_what_it_is(store: Store, name: str) -> None:
    before = begun().case
    value = getattr(full_case(), name)
    changed: dict[str, Any] = {"revision": 1, name: OTHER[name] if value == getattr(before, name) else value}
    after = replace(before, **changed)

    with store.write() as work:
        work.add(begun())
        work.record(before, Advanced(after, full_step(after)))

    with store.read() as work:
        assert work.case(before.id) == after
    assert getattr(after, name) != getattr(before, name)


OTHER: dict[str, object] = {
    "region": "河北省", "sector": "税务", "flow": "test.small@2025-01-01", "title": "另案", "party": None, "state": "closed",
    "head": "0" * 64, "opened_on": date(2026, 1, 1), "entered_state_on": date(2026, 1, 1), "last_on": date(2026, 1, 1),
    "acts": {}, "acted": {}, "flags": {}, "flow_digest": "0" * 64,
}  # fmt: skip


def test_every_officer_comes_back_as_entered(office: Store) -> None:
    with office.read() as work:
        back = work.officers([officer.id for officer in OFFICERS])

    assert back == {officer.id: officer for officer in OFFICERS}


def test_every_agency_comes_back_as_entered(office: Store) -> None:
    with office.read() as work:
        one, every = work.agency("bureau"), list(work.agencies())

    assert one == BUREAU
    assert every == [BUREAU, CITY]


def test_an_entry_of_a_register_is_replaced_under_its_id(office: Store) -> None:
    moved_on = Officer("zhang", "张某", "city")

    with office.write() as work:
        work.put_officer(moved_on, ENTERED)
        work.put_agency(replace(CITY, name="某市另局"), ENTERED)

    with office.read() as work:
        assert work.officers(["zhang"]) == {"zhang": moved_on}
        assert "zhang" not in [officer.id for officer in work.officers_of("bureau")]
        assert work.agency("city") == replace(CITY, name="某市另局")


def test_what_an_entry_replaced_stays_in_the_history_of_its_register(office: Store) -> None:
    later = Entered(ENTERED.at + timedelta(days=1), "张三")
    moved_on = Officer("zhang", "张某", "city")

    with office.write() as work:
        new = work.put_officer(moved_on, later), work.put_agency(replace(CITY, name="某市另局"), later)

    with office.read() as work:
        of_zhang, of_all = (list(work.registrations(Register.OFFICER, id_)) for id_ in ("zhang", ""))
        of_city = work.registrations(Register.AGENCY, "city")
    assert new == (True, True)
    assert [(one.number, one.at, one.recorder) for one in of_zhang] == [
        (1, ENTERED.at, "clerk"), (len(OFFICERS) + 1, later.at, "张三"),
    ]  # fmt: skip
    assert [one.content for one in of_zhang] == [OFFICERS[0].to_raw(), moved_on.to_raw()]
    assert [one.id for one in of_all] == [*(officer.id for officer in OFFICERS), "zhang"]
    assert [one.content["name"] for one in of_city] == ["某市某局", "某市另局"]
    assert list(broken_register(of_all)) == []


def test_the_same_content_entered_again_is_nothing_new(office: Store) -> None:
    with office.read() as work:
        before = [work.registrations(register) for register in Register]

    with office.write() as work:
        new = [work.put_officer(officer, ENTERED) for officer in OFFICERS] + [
            work.put_agency(BUREAU, ENTERED)
        ]

    with office.read() as work:
        assert [work.registrations(register) for register in Register] == before
    assert new == [False] * (len(OFFICERS) + 1)


def test_a_publication_is_entered_once_and_stays_in_a_history_of_its_own(office: Store) -> None:
    said = {"ref": REF, "reason": "审核同意", "by": "张某", "on": ENTERED.at.date(), "at": ENTERED.at}
    hashes = {"flow": "a" * 64, "file": "b" * 64, "tables": "c" * 64, "digest": "d" * 64}
    made = Publication.model_validate({**said, **hashes})

    with office.write() as work:
        new = [work.put_publication(made, ENTERED) for _ in range(2)]

    with office.read() as work:
        [entry] = work.registrations(Register.FLOW, REF)
        assert list(work.faults()) == []
    assert new == [True, False]
    assert Publication.model_validate(entry.content) == made
    assert list(broken_register([entry])) == []


def test_what_is_put_back_as_it_was_is_on_record_too(office: Store) -> None:
    with office.write() as work:
        new = [work.put_agency(one, ENTERED) for one in (replace(CITY, sector="税务"), CITY)]

    with office.read() as work:
        history = work.registrations(Register.AGENCY, "city")
        assert [one.content["sector"] for one in history] == ["市场监管", "税务", "市场监管"]
    assert new == [True, True]


def test_an_entry_without_a_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="没有时区"), store.write() as work:
        work.put_agency(CITY, Entered(datetime(2026, 3, 2, 9)))

    with store.read() as work:
        assert list(work.agencies()) == []


def test_every_series_says_how_far_it_went(store: Store) -> None:
    with store.write() as work:
        for series in ("b", "a", "b"):
            work.number(series)

    with store.read() as work:
        assert work.series() == {"a": 1, "b": 2}


def test_a_walk_leaves_nothing_to_find_fault_with(office: Store) -> None:
    case = decided(desk_on(office))

    with office.read() as work:
        assert list(work.faults()) == []
        assert [list(work.case_faults(one)) for one in (case, *work.children(case.id))] == [[], []]


def test_a_walk_through_a_flow_replays_to_the_case_on_file(office: Store) -> None:
    desk = desk_on(office)

    case = decided(desk)

    with office.read() as work:
        steps = work.steps(case.id)
        assert work.case(case.id) == case
        assert replay(folder().compiled(REF).flow, steps) == work.case(case.id)
        assert broken_links(steps) == []
        [child] = work.children(case.id)
        assert replay(folder().compiled(child.flow).flow, work.steps(child.id)) == child
        assert child.papers["decision"][0].digest == case.papers["decision"][0].digest


def test_a_paper_carried_to_a_child_and_handed_on_unread_keeps_its_content(office: Store) -> None:
    desk = desk_on(office)
    case = opened(desk)
    done(desk, case.id, "take_note", NOTE)
    done(desk, case.id, "take_note", {"note": [{"content": "补充询问"}]})
    done(desk, case.id, "suspend")

    after = done(desk, case.id, "resume").case

    contents = [paper.fields["content"] for paper in after.papers["note"]]
    assert contents == ["现场\n检查\t“情况”", "询问情况", "补充询问"]


@pytest.mark.parametrize("hours", [-11, 0, 8])
def test_the_moment_of_entry_comes_back_as_it_was_hashed(store: Store, hours: int) -> None:
    moment = datetime(2026, 3, 2, 1, 2, 3, 4, timezone(timedelta(hours=hours), "Somewhere"))
    case = full_case()
    step = sealed(replace(full_step(case), seq=0, papers=(), entered_at=moment), "")

    with store.write() as work:
        work.add(Opened(case, step))

    with store.read() as work:
        [back] = work.steps(case.id)
    assert str(back.entered_at) == str(moment)
    assert broken_links([back]) == []


def test_a_moment_of_entry_without_a_time_zone_is_refused(store: Store) -> None:
    late = begun()
    naive = Opened(late.case, replace(late.step, entered_at=datetime(2026, 3, 2, 9)))

    with pytest.raises(ValueError, match="没有时区"), store.write() as work:
        work.add(naive)

    with store.read() as work:
        assert work.case(late.case.id) is None


# what is not there -----------------------------------------------------------------------------------------


def test_unknown_ids_are_answered_with_nothing(store: Store) -> None:
    with store.read() as work:
        assert work.case("无") is None
        assert work.agency("无") is None
        assert work.officers(["无"]) == {}
        assert work.officers([]) == {}
        assert list(work.officers_named("无", ["张某"])) == []
        assert list(work.officers_of("无")) == []
        assert list(work.children("无")) == []
        assert list(work.cases_of("无")) == []
        assert list(work.steps("无")) == []
        assert list(work.case_ids()) == []
        assert list(work.cases(Page())) == []
        assert list(work.waiting("无", {REF: ["filed"]}, Page())) == []
        assert list(work.due(Page())) == []
        assert list(work.registrations(Register.AGENCY)) == []
        assert list(work.registrations(Register.OFFICER, "无")) == []
        assert work.series() == {}
        assert list(work.faults()) == []
    assert list(store.attachments()) == []
    assert store.attachment("0" * 64) is None


def test_officers_are_found_by_name_in_their_agency_only(office: Store) -> None:
    with office.write() as work:
        work.put_officer(Officer("zhang2", "张某", "bureau"), ENTERED)
        work.put_officer(Officer("zhang3", "张某", "city"), ENTERED)

    with office.read() as work:
        found = [officer.id for officer in work.officers_named("bureau", ["张某", "李某", "张某"])]
        none = list(work.officers_named("bureau", []))

    assert found == ["li", "zhang", "zhang2"]
    assert none == []


def test_more_officers_than_fit_in_one_question_are_found(office: Store) -> None:
    many = [f"x{number:04d}" for number in range(1203)]
    with office.write() as work:
        for id_ in many:
            work.put_officer(Officer(id_, f"名{id_}", "bureau"), ENTERED)

    with office.read() as work:
        found = work.officers([*many, *many])
        named = work.officers_named("bureau", [f"名{id_}" for id_ in many])

    assert sorted(found) == many
    assert [officer.id for officer in named] == many


# one transaction -------------------------------------------------------------------------------------------


class _FaultError(Exception):
    pass


def test_a_block_that_fails_leaves_nothing(office: Store) -> None:
    desk = desk_on(office)
    case = opened(desk)
    before = _everything(office)

    with pytest.raises(_FaultError), office.write() as work:  # noqa: PT012 - the block is what is tested
        work.put_officer(Officer("new", "新某", "bureau"), ENTERED)
        work.put_agency(replace(CITY, name="改名"), ENTERED)
        work.add(begun("b-2", clocks={"payment": a_clock()}))
        work.record(
            case, moved(case, state="proposed", clocks={"ninety_days": a_clock(deadline="ninety_days")})
        )
        work.number("case/bureau/2026")
        raise _FaultError

    assert _everything(office) == before


def _everything(store: Store) -> object:
    with store.read() as work:
        ids = list(work.case_ids())
        return (
            ids, [work.case(id_) for id_ in ids], [list(work.steps(id_)) for id_ in ids], list(work.agencies()),
            list(work.officers_of("bureau")), list(work.due(Page())),
            [list(work.registrations(register)) for register in Register],
        )  # fmt: skip


def test_what_is_written_in_a_block_is_seen_in_it(store: Store) -> None:
    with store.write() as work:
        work.put_officer(OFFICERS[0], ENTERED)
        work.add(begun())

        assert work.officers(["zhang"]) == {"zhang": OFFICERS[0]}
        assert work.case("b-1") == begun().case
        assert [line.id for line in work.cases(Page())] == ["b-1"]


def test_what_is_written_in_a_reading_block_is_lost(office: Store) -> None:
    with office.read() as work:
        work.put_officer(Officer("new", "新某", "bureau"), ENTERED)

    with office.read() as work:
        assert work.officers(["new"]) == {}


def test_a_case_is_moved_from_the_revision_that_was_seen_only(office: Store) -> None:
    desk = desk_on(office)
    seen = opened(desk)
    done(desk, seen.id, "suspend")
    now = _everything(office)

    with pytest.raises(CaseChanged) as caught, office.write() as work:
        work.record(seen, moved(seen, state="closed"))

    assert caught.value.case == seen.id
    assert _everything(office) == now


def test_a_case_that_is_not_on_file_cannot_be_moved(store: Store) -> None:
    case = full_case()

    with pytest.raises(CaseChanged), store.write() as work:
        work.record(case, moved(case))

    assert _everything(store) == ([], [], [], [], [], [], [[] for _ in Register])


def test_an_id_is_given_to_one_case_only(office: Store) -> None:
    first = opened(desk_on(office), "第一案", id_="自编-1")

    with pytest.raises(CaseChanged):
        opened(desk_on(office), "第二案", id_="自编-1")

    with office.read() as work:
        assert work.case("自编-1") == first
        assert len(work.steps("自编-1")) == 1


def test_a_child_whose_id_is_taken_undoes_the_step_that_opens_it(office: Store) -> None:
    with office.write() as work:
        work.add(begun("甲.publication.3"))
    desk = desk_on(office)
    opened(desk, id_="甲")
    done(desk, "甲", "take_note", NOTE)
    before = done(desk, "甲", "propose", MAJOR).case

    with pytest.raises(CaseChanged):
        done(desk, "甲", "decide", DECISION)

    with office.read() as work:
        assert work.case("甲") == before
        assert len(work.steps("甲")) == 3


def test_numbers_run_without_gaps_through_a_transaction_that_is_undone(store: Store) -> None:
    given = []
    for fails in (False, True, False, True, True, False):
        with _maybe(fails), store.write() as work:
            number = work.number("case/a/2026")
            if fails:
                raise _FaultError
            given.append(number)

    with store.write() as work:
        again = [work.number("case/a/2026"), work.number("case/a/2026"), work.number("case/b/2026")]

    assert given == [1, 2, 3]
    assert again == [4, 5, 1]


def _maybe(fails: bool) -> AbstractContextManager[object]:
    return pytest.raises(_FaultError) if fails else nullcontext()


# lists -----------------------------------------------------------------------------------------------------


def test_children_come_in_the_order_in_which_they_were_opened(store: Store) -> None:
    parent, other = begun("p"), begun("q")
    born = ["p.z.1", "p.a.2", "p.a.10", "p.b.3"]

    with store.write() as work:
        work.add(parent)
        work.add(other)
        work.add(begun(born[0], parent="p", relation="z"))
        work.record(
            parent.case,
            replace(
                moved(parent.case), children=tuple(begun(id_, parent="p", relation="a") for id_ in born[1:3])
            ),
        )
        work.add(begun("q.z.1", parent="q", relation="z"))
        work.add(begun(born[3], parent="p", relation="b"))

    with store.read() as work:
        assert [child.id for child in work.children("p")] == born
        assert [child.id for child in work.children("q")] == ["q.z.1"]


KNOWN = replace(WATER, code="91000000000000000K", code_kind=CodeKind.USCC, kind=PartyKind.ORGANISATION)


def test_the_cases_of_a_party_come_from_every_agency_in_the_order_in_which_they_were_opened(
    store: Store,
) -> None:
    namesake = replace(KNOWN, code_kind=CodeKind.OTHER)
    ours = [
        begun("z", party=KNOWN),
        begun("a", "city", party=replace(KNOWN, name="某公司(曾用名)"), ended=True),
        begun("m", party=KNOWN),
    ]

    with store.write() as work:
        for one in (
            ours[0],
            begun("b", party=namesake),
            ours[1],
            begun("c", party=WATER),
            begun("d", party=None),
            ours[2],
        ):
            work.add(one)

    with store.read() as work:
        assert list(work.cases_of(KNOWN.key or "")) == [one.case for one in ours]
        assert [one.id for one in work.cases_of(namesake.key or "")] == ["b"]


@pytest.mark.parametrize("party", [None, WATER, replace(WATER, code=None, code_kind=None)])
def test_a_party_without_a_whole_code_is_found_under_none(store: Store, party: Party | None) -> None:
    with store.write() as work:
        work.add(begun(party=party))

    with store.read() as work:
        assert [list(work.cases_of(key)) for key in ("", "None", "id_card:11010119900307****")] == [
            [],
            [],
            [],
        ]


def test_a_case_is_found_under_the_party_that_it_has_now(store: Store) -> None:
    before = begun(party=WATER)

    with store.write() as work:
        work.add(before)
        work.record(before.case, moved(before.case, party=KNOWN))
        now = work.case(before.case.id)

    with store.read() as work:
        assert list(work.cases_of(KNOWN.key or "")) == [now]


def _pages(ask: Callable[[Page], list[str]], size: int) -> list[str]:
    """Every entry of a list, page by page."""
    found: list[str] = []
    while page := ask(Page(size, found[-1] if found else "")):
        assert len(page) <= size
        found += page
    return found


@pytest.fixture
def full(store: Store) -> Store:
    """Forty cases of two agencies in two flows and three states; every fifth has ended, every third has a clock."""
    with store.write() as work:
        for number in range(40):
            ended = number % 5 == 0
            id_ = f"c-{number * 7 % 40:02d}"
            due = date(2026, 4, 1) + timedelta(days=number % 4)
            work.add(begun(
                id_, "bureau" if number % 4 else "city", title=f"第{number}案 ABC", ended=ended,
                flow=(REF, "test.other@2024-01-01", "test.small2@2024-01-01")[number % 3],
                state=("filed", "proposed", "decided")[number % 2 if not ended else 2],
                clocks={} if number % 3 else {"a": a_clock(deadline="a", due=due), "b": a_clock(deadline="b", due=DAY)},
            ))  # fmt: skip
    return store


@pytest.mark.parametrize("size", [1, 3, 40, 1000])
def test_pages_of_cases_put_together_are_the_whole_list(full: Store, size: int) -> None:
    with full.read() as work:
        found = _pages(lambda page: [line.id for line in work.cases(page)], size)

        assert found == sorted(f"c-{number:02d}" for number in range(40)) == list(work.case_ids())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"agency": "city"}, lambda case: case.agency == "city"),
        ({"flow": "test.small"}, lambda case: case.flow == REF),
        ({"ended": True}, lambda case: case.ended),
        ({"ended": False}, lambda case: not case.ended),
        ({"text": "C-1"}, lambda case: "c-1" in case.id),
        ({"text": "第1"}, lambda case: "第1" in case.title),
        ({"text": "abc"}, lambda case: True),
        ({"text": "%"}, lambda case: False),
        ({"text": "_"}, lambda case: False),
        (
            {"agency": "bureau", "flow": "test.other", "ended": False, "text": "第"},
            lambda case: case.agency == "bureau" and case.flow.startswith("test.other@") and not case.ended,
        ),
    ],
)
def test_cases_are_listed_by_what_is_asked_for(
    full: Store, asked: dict[str, object], expected: Callable[[Case], bool]
) -> None:
    with full.read() as work:
        every = [case for id_ in work.case_ids() if (case := work.case(id_))]
        wanted = [case.id for case in every if expected(case)]

        found = _pages(lambda page: [line.id for line in work.cases(page, **asked)], 4)  # type: ignore[arg-type]

    assert found == wanted


def test_a_line_says_of_its_case_what_the_case_says(full: Store) -> None:
    with full.read() as work:
        lines = work.cases(Page(1000))

        for line in lines:
            case = work.case(line.id)
            assert case is not None
            assert [getattr(case, one.name) for one in fields(line)] == [
                getattr(line, one.name) for one in fields(line)
            ]
    assert len(lines) == 40


@pytest.mark.parametrize("size", [0, -1])
def test_a_page_of_no_size_is_empty(full: Store, size: int) -> None:
    with full.read() as work:
        assert list(work.cases(Page(size))) == []
        assert list(work.waiting("bureau", {REF: ["filed"]}, Page(size))) == []
        assert list(work.due(Page(size))) == []


@pytest.mark.parametrize("agency", ["", "bureau", "city", "nobody"])
@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 4, 1), date(2026, 4, 3), date(2026, 4, 5)])
@pytest.mark.parametrize("most", [0, 1, 5, 1000])
def test_running_deadlines_are_counted_from_a_day_on_up_to_a_most(
    full: Store, agency: str, day: date, most: int
) -> None:
    with full.read() as work:
        every = work.due(Page(1000), agency=agency)

        found = work.running_from(day, most, agency=agency)

    assert found == min(most, sum(line.due >= day for line in every))


@pytest.mark.parametrize("size", [1, 2, 100])
def test_waiting_lists_the_open_cases_of_an_agency_in_the_states_asked_for(full: Store, size: int) -> None:
    places = {
        REF: ["filed", "decided", "filed"],
        "test.other@2024-01-01": ["proposed"],
        "none@2024-01-01": ["filed"],
    }

    with full.read() as work:
        every = [case for id_ in work.case_ids() if (case := work.case(id_))]
        found = _pages(lambda page: [line.id for line in work.waiting("bureau", places, page)], size)
        nothing = list(work.waiting("bureau", {}, Page()))

    wanted = [
        case.id for case in every
        if case.agency == "bureau" and not case.ended and case.state in places.get(case.flow, ())
    ]  # fmt: skip
    assert found == wanted
    assert len(wanted) > 3
    assert nothing == []


@pytest.mark.parametrize("agency", ["", "bureau"])
@pytest.mark.parametrize("until", [None, DAY, date(2026, 4, 2), date.max])
def test_what_is_due_comes_the_earliest_first(full: Store, agency: str, until: date | None) -> None:
    with full.read() as work:
        every = [case for id_ in work.case_ids() if (case := work.case(id_))]
        lines = work.due(Page(1000), agency=agency, until=until)
        keys = _pages(lambda page: [line.key for line in work.due(page, agency=agency, until=until)], 3)

    wanted = sorted(
        (clock.due, case.id, clock.deadline)
        for case in every
        for clock in case.clocks.values()
        if agency in ("", case.agency) and clock.due <= (until or date.max)
    )
    assert [(line.due, line.case.id, line.deadline) for line in lines] == wanted
    assert [line.key for line in lines] == keys
    assert all(line.provisional and line.safe == date(2026, 3, 16) for line in lines)
    assert wanted


def test_a_deadline_is_due_only_while_it_runs(office: Store) -> None:
    desk = desk_on(office)
    case = opened(desk)
    done(desk, case.id, "take_note", NOTE)
    done(desk, case.id, "propose", MINOR)
    first = _running(office)
    done(desk, case.id, "decide", DECISION)
    then = _running(office)

    done(desk, case.id, "close")

    assert first == [("ninety_days", date(2026, 5, 31))]
    assert then == [("payment", date(2026, 3, 17))]
    assert _running(office) == []


def test_a_deadline_that_moves_is_listed_under_its_new_day_only(office: Store) -> None:
    case = opened(desk_on(office))
    done(desk_on(office), case.id, "suspend")

    done(desk_on(office, date(2026, 3, 12)), case.id, "resume")

    # Nine days from the 3rd to the 11th do not count, and the 2nd counted in no case.
    assert _running(office) == [("ninety_days", date(2026, 6, 9))]


@pytest.mark.parametrize("agency", ["bureau", "city"])
def test_the_deadlines_of_open_cases_come_with_what_they_rest_on(full: Store, agency: str) -> None:
    with full.read() as work:
        every = [case for id_ in work.case_ids() if (case := work.case(id_))]
        sheets = work.clock_sheets(agency, Page(1000))
        ids = _pages(lambda page: [sheet.case for sheet in work.clock_sheets(agency, page)], 3)

    wanted = [case for case in every if case.agency == agency and not case.ended]
    assert [(one.case, one.flow, one.region, one.flags, one.clocks, one.problem) for one in sheets] == [
        (case.id, case.flow, case.region, case.flags, case.clocks, "") for case in wanted
    ]
    assert ids == [sheet.case for sheet in sheets]
    assert wanted


def _running(store: Store) -> list[tuple[str, date]]:
    with store.read() as work:
        return [(line.deadline, line.due) for line in work.due(Page())]


# attachments -----------------------------------------------------------------------------------------------


def test_a_file_that_was_kept_is_found_by_its_hash(store: Store, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")

    digest = store.keep(scan)

    place = store.attachment(digest)
    assert place is not None
    assert place.read_bytes() == b"%PDF"
    assert store.keep(scan) == digest
    assert list(store.attachments()) == [digest]
    assert store.attachment_problem(digest) is None
    assert "不在" in (store.attachment_problem("0" * 64) or "")


@pytest.mark.parametrize("what", ["missing", "folder", "empty"])
def test_what_is_no_file_with_content_is_not_kept(store: Store, tmp_path: Path, what: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").touch()

    with pytest.raises(InputError) as caught:
        store.keep(tmp_path / what)

    assert what in str(caught.value)
