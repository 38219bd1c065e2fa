"""The lists of matters: entered whole or not at all, and a case is opened for what stands on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.small import (
    BUREAU,
    CITY,
    ENTERED,
    FLOW,
    MATTER,
    PARTY,
    desk_on,
    folder,
    law_with_statute,
    register,
)
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.entries import Imported
from zhifa_flow.casework.matters import at_home, find_matter, import_matters, list_of, matter_of
from zhifa_flow.casework.ports import Store
from zhifa_flow.casework.verification import verify
from zhifa_flow.engine.opening import Opened
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import InputError, NotFound, Refused
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.register import Entered

DAY = date(2026, 3, 2)
LAW = law_with_statute()
TEAM = replace(BUREAU, id="team", name="某县某队", entrusted_by="bureau", entrustment="某委〔2026〕1号")


@pytest.fixture
def held() -> Store:
    store = MemoryStore()
    register(store)
    return store


def imported(store: Store, *records: Mapping[str, object]) -> Imported:
    return import_matters(store, records, ENTERED, folder(), LAW)


def raw(matter: Matter = MATTER, **changes: object) -> dict[str, object]:
    return {**matter.to_raw(), **changes}


def listing(store: Store, *matters: Matter, entered: Entered = ENTERED) -> None:
    with store.write() as work:
        for one in matters:
            work.put_matter(one, entered)


def opened(store: Store, matter: str = "", day: date = DAY, **more: Any) -> Case:
    facts = {"flow": FLOW, "agency": "bureau", "title": "某案", "party": PARTY, "on": day, "by": ["zhang"]}
    return desk_on(store, day, LAW).open(**{**facts, "matter": matter, **more}).case


# entering a list -------------------------------------------------------------------------------------------


def test_matters_are_entered_and_told_apart_from_those_on_record(held: Store) -> None:
    other = raw(code="CF-02", name="对另一行为的处罚")

    first = imported(held, raw(), other)
    second = imported(held, raw(), {**other, "unit": "执法科"}, raw(code="CF-03", name="又一项"))

    assert (first.added, first.replaced) == (("bureau/CF-01", "bureau/CF-02"), ())
    assert (second.added, second.replaced, second.unchanged) == (
        ("bureau/CF-03",), ("bureau/CF-02",), ("bureau/CF-01",),
    )  # fmt: skip
    assert first.notes == ("CF-01(对某行为的处罚): 法规索引没有载入条文, 请自行核对: 甲法第一条、甲法第二条",
                           "CF-02(对另一行为的处罚): 法规索引没有载入条文, 请自行核对: 甲法第一条、甲法第二条")  # fmt: skip


def test_every_problem_of_a_list_is_named_at_once_and_nothing_is_entered(held: Store) -> None:
    with pytest.raises(InputError) as refused:
        imported(
            held,
            raw(),
            raw(code=""),
            raw(code="CF-02", flows=["test.smal"], agency="burau"),
            raw(code="CF-03", basis=[{"article": "乙法第一条"}]),
            raw(code="CF-04", duties=[{"stage": "立案", "post": "决定岗", "text": "立案"}]),
            raw(),
        )

    assert refused.value.problems == (
        "第2条(对某行为的处罚): 事项编码没有填写",
        "编号“bureau/CF-01”出现了2次",
        "CF-02(对某行为的处罚): 没有流程“test.smal”, 是否指: test.small",
        "CF-03(对某行为的处罚): 实施依据乙法第一条: 法规索引中没有《乙法》, 是否指: 《甲法》",
        "CF-04(对某行为的处罚): 环节“立案”由立案岗负责, 不是决定岗",
        "CF-04(对某行为的处罚): 责任事项没有写明环节: 决定",
        "CF-02(对某行为的处罚): 没有名为“burau”的机关, 是否指: bureau",
    )
    with held.read() as work:
        assert list(work.matters_of("bureau")) == []


def test_an_entrusted_body_has_no_list_of_its_own(held: Store) -> None:
    with held.write() as work:
        work.put_agency(TEAM, ENTERED)

    with pytest.raises(InputError, match="team是受委托组织, 职权属于委托机关, 应当登记在bureau名下"):
        imported(held, raw(agency="team"))


def test_records_without_an_agency_belong_to_the_one_that_is_named(held: Store) -> None:
    bare = {key: value for key, value in raw().items() if key != "agency"}
    under_its_chinese_name = {**bare, "实施主体": "city"}

    told = at_home(held, [bare, under_its_chinese_name, {**bare, "agency": ""}], "某县某局")

    assert [one.get("agency") for one in told] == ["bureau", None, "bureau"]
    with pytest.raises(InputError, match="请用 --agency 指明"):
        at_home(held, [bare], "")
    assert at_home(held, [raw()], "") == [raw()]


# looking at a list -----------------------------------------------------------------------------------------


def test_a_matter_is_found_by_code_or_by_a_name_that_only_it_bears(held: Store) -> None:
    listing(held, MATTER, replace(MATTER, code="CF-02", name="甲"), replace(MATTER, code="CF-03", name="甲"))

    with held.read() as work:
        assert find_matter(work, BUREAU, " CF-01 ") == MATTER
        assert find_matter(work, BUREAU, "对某行为的处罚") == MATTER
        with pytest.raises(InputError, match="有2个事项名为“甲”, 请写编码: CF-02、CF-03"):
            find_matter(work, BUREAU, "甲")
        with pytest.raises(NotFound, match="没有名为“CF-1”的事项, 是否指: CF-01"):
            find_matter(work, BUREAU, "CF-1")


def test_an_entrusted_body_acts_for_the_matters_of_whoever_entrusts_it(held: Store) -> None:
    listing(held, MATTER)

    with held.read() as work:
        assert list(list_of(work, TEAM)) == [MATTER]
        assert list(list_of(work, CITY)) == []


# opening a case --------------------------------------------------------------------------------------------


def test_a_case_is_opened_for_a_matter_named_by_code_or_name(held: Store) -> None:
    listing(held, MATTER)

    cases = [opened(held, name) for name in ("CF-01", "对某行为的处罚")]

    assert [case.matter for case in cases] == ["CF-01", "CF-01"]
    with held.read() as work:
        assert matter_of(work, cases[0]) == MATTER


def test_a_case_of_an_agency_without_a_list_has_no_matter(held: Store) -> None:
    case = opened(held)

    with held.read() as work:
        assert (case.matter, matter_of(work, case)) == ("", None)


def test_a_refusal_names_the_matter_beside_everything_else(held: Store) -> None:
    listing(held, replace(MATTER, removed_on=date(2026, 3, 1)))

    with pytest.raises(Refused) as refused:
        opened(held, "CF-01", by=["nobody"])

    assert [one.code for one in refused.value.refusals] == ["matter", "people"]


def test_a_refused_opening_takes_no_number(held: Store) -> None:
    listing(held, MATTER)
    with pytest.raises(Refused):
        opened(held)

    assert opened(held, "CF-01").id == "bureau-2026-0001"


def test_an_entrusted_body_names_a_matter_of_whoever_entrusts_it(held: Store) -> None:
    listing(held, MATTER)
    with held.write() as work:
        work.put_agency(TEAM, ENTERED)

    with pytest.raises(Refused, match="登记案件应当写明事项"):
        opened(held, agency="team")
    case = opened(held, "CF-01", agency="team")

    assert (case.agency, case.matter) == ("team", "CF-01")
    with held.read() as work:
        assert matter_of(work, case) == MATTER
    assert looked_through(held) == ((), ())


# verification ----------------------------------------------------------------------------------------------


def looked_through(store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every problem and every notice."""
    found = list(verify(store, folder(), LAW))
    return (
        tuple(problem for one in found for problem in one.problems),
        tuple(notice for one in found for notice in one.notices),
    )


def test_a_case_for_a_matter_on_record_is_whole(held: Store) -> None:
    listing(held, MATTER)
    opened(held, "CF-01")

    assert looked_through(held) == ((), ())


def test_a_case_for_a_matter_that_no_register_knows_is_found_out(held: Store) -> None:
    listing(held, MATTER)
    case = opened(held, "CF-01")
    elsewhere = MemoryStore()
    register(elsewhere)
    copy(held, elsewhere, case)

    assert looked_through(elsewhere)[0] == (f"案件{case.id}: 登记案件所据的事项“CF-01”, 权责清单从未登记",)


def test_a_matter_that_was_only_entered_after_its_case_is_noticed(held: Store) -> None:
    listing(held, MATTER)
    case = opened(held, "CF-01")
    elsewhere = MemoryStore()
    register(elsewhere)
    copy(held, elsewhere, case)
    listing(elsewhere, MATTER, entered=Entered(datetime(2026, 3, 3, tzinfo=UTC)))

    assert looked_through(elsewhere) == (
        (),
        (f"案件{case.id}: 登记案件所据的事项“CF-01”, 到2026-03-03才登记(权责清单第1条)",),
    )


@pytest.mark.parametrize(("day", "noticed"), [(1, False), (2, False), (3, True), (9, True), (10, False)])
def test_a_list_that_changed_between_an_opening_and_its_late_entry_is_noticed(
    held: Store, day: int, noticed: bool
) -> None:
    listing(held, MATTER)
    listing(held, replace(MATTER, unit="执法科"), entered=Entered(datetime(2026, 3, day, 1, tzinfo=UTC)))
    today = date(2026, 3, 9)
    desk = desk_on(held, today, LAW)

    desk.open(
        flow=FLOW, agency="bureau", title="某案", party=PARTY, on=today - timedelta(days=7), by=["zhang"],
        matter="CF-01", late_reason="系统故障",
    )  # fmt: skip

    assert any("bureau/CF-01(权责清单第2条" in notice for notice in looked_through(held)[1]) is noticed


def copy(source: Store, target: Store, case: Case) -> None:
    """What somebody does who carries a case over into a store where its list is not."""
    with source.read() as work:
        [step] = work.steps(case.id)
    with target.write() as work:
        work.number(f"bureau-{DAY.year}")
        work.add(Opened(case, step))
