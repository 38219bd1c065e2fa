from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.engine.builders import AGENCY, OFFICERS, case, flow, officer, paper, small
from tests.engine.test_people import NESTED
from tests.small import ENTERED
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.people import People, officer_names, officers_on_file, with_ids
from zhifa_flow.casework.ports import Work
from zhifa_flow.model.flow import Flow

FLOW = small().flow


@pytest.fixture
def work() -> Iterator[Work]:
    store = MemoryStore()
    with store.write() as work:
        for one in (
            *OFFICERS.values(),
            officer("zhang2", "张某某"),
            officer("city_li", "李某", agency="city"),
        ):
            work.put_officer(one, ENTERED)
        yield work


def people(work: Work, *names: str) -> People:
    return People.of(work, AGENCY, names)


# Who is meant.


def test_an_officer_is_known_by_id_and_by_name(work: Work) -> None:
    found = people(work, "zhang", "王某", " sun ")

    assert sorted(found.known) == ["sun", "wang", "zhang"]
    assert [found.id_of(name) for name in ("zhang", "王某", " 王某 ", "sun")] == [
        "zhang",
        "wang",
        "wang",
        "sun",
    ]
    assert found.hints == {}


def test_one_person_under_id_and_name_is_one_person(work: Work) -> None:
    found = people(work, "zhang", "张某")

    assert {found.id_of("zhang"), found.id_of("张某")} == {"zhang"}


def test_the_agency_goes_before_its_superior(work: Work) -> None:
    assert people(work, "李某").id_of("李某") == "li"
    assert people(work, "周某").id_of("周某") == "zhou"


def test_a_name_that_two_bear_stands_for_neither(work: Work) -> None:
    work.put_officer(officer("li2", "李某"), ENTERED)

    found = people(work, "李某")

    assert found.known == {}
    assert found.id_of("李某") == "李某"
    assert found.hints == {"李某": "名册中有2名“李某”, 请用编号: li、li2"}


def test_a_name_that_nobody_bears_is_answered_with_close_names(work: Work) -> None:
    found = people(work, "zhangg", "完全无关", "")

    assert found.hints["zhangg"] == "人员名册中没有“zhangg”, 是否指: zhang、zhang2、zhao"
    assert found.hints["完全无关"] == "人员名册中没有“完全无关”"
    assert "" not in found.hints


def test_an_agency_without_a_superior_looks_in_its_own_register_only(work: Work) -> None:
    alone = People.of(work, AGENCY.__class__("bureau", "某局", "", "", AGENCY.level), ["周某"])

    assert alone.known == {}
    assert "周某" in alone.hints


# Where officers stand in documents.

NAMED: dict[str, Any] = {"list": {**NESTED["list"], "basis": []}}


def nested() -> Flow:
    return flow(document=NAMED)


HANDED: dict[str, Any] = {
    "《名单》": [
        {
            "组长": " 孙某 ", "guest": "", "members": [
                {"姓名": "李某", "协助人员": "张某；wang", "more": [{"head": "孙某"}]}, {"helpers": ["张某", 7]}, "不是表",
            ],
        },
        "不是表",
    ],
    "filing": [{"reason": "张某"}],
    "nothing": [{"officers": "张某"}],
}  # fmt: skip


def test_every_officer_that_documents_name_is_found_in_rows_too() -> None:
    names = officer_names(nested(), HANDED)

    assert names == ["孙某", "李某", "张某", "wang", "孙某", "张某"]


def test_names_become_ids_and_everything_else_is_left_as_it_was_typed(work: Work) -> None:
    found = people(work, "孙某", "李某", "张某", "wang")

    after: dict[str, Any] = dict(with_ids(nested(), HANDED, found))

    assert after["《名单》"][0] == {
        "组长": "sun", "guest": "", "members": [
            {"姓名": "li", "协助人员": ["zhang", "wang"], "more": [{"head": "sun"}]}, {"helpers": ["zhang", 7]}, "不是表",
        ],
    }  # fmt: skip
    assert after["《名单》"][1] == "不是表"
    assert after["filing"] == [{"reason": "张某"}]
    assert after["nothing"] == [{"officers": "张某"}]
    assert HANDED["《名单》"][0]["组长"] == " 孙某 "


@pytest.mark.parametrize("typed", ["、", "", [], ["", " "], {"a": 1}, 5, None, True, [["张某"]]])
def test_what_names_nobody_is_left_for_the_engine_to_refuse(work: Work, typed: Any) -> None:
    after = with_ids(FLOW, {"record": [{"officers": typed}]}, people(work, "张某"))

    assert after["record"][0]["officers"] == ([] if typed in ("、", "") else typed)


def test_a_set_of_fields_in_place_of_a_list_of_them_is_left_for_the_engine_to_refuse(work: Work) -> None:
    handed: Any = {"record": {"officers": "张某"}}

    after: dict[str, Any] = dict(with_ids(FLOW, handed, people(work)))

    assert after == {"record": ["officers"]}


def test_deep_content_is_not_walked_into(work: Work) -> None:
    deep: Any = "底"
    for _ in range(5000):
        deep = {"a": deep}

    after = with_ids(FLOW, {"record": [{"officers": deep, "answer": deep}]}, people(work))

    assert after["record"][0]["answer"] is deep


def test_the_officers_of_documents_on_file_are_known() -> None:
    papers = {
        "record": (paper("record", officers=["zhang"]), paper("record", officers=["wang"])),
        "filing": (paper("filing"),),
    }

    assert officers_on_file(FLOW, case(papers=papers), ["record", "filing", "hearing"]) == ["zhang", "wang"]
