from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.builders import (
    AGENCY,
    DAY,
    FINE,
    OFFICERS,
    PARTY,
    RECORD,
    USUAL,
    changed,
    entered,
    flow_for,
    law,
    officer,
    side,
    small,
)
from tests.small import ENTERED, done, register
from tests.small import desk_on as small_desk
from tests.small import opened as small_opened
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.rehearsal import Rehearsal
from zhifa_flow.engine.chain import broken_links
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.opening import Opened
from zhifa_flow.engine.steps import replay
from zhifa_flow.model.agency import Agency, AgencyLevel
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import CaseChanged, InputError, NotFound, Refused

NEXT = timedelta(days=1)
BIG = {"penalties": [{"kind": "罚款", "amount": "5万元"}]}


class Clock:
    def __init__(self) -> None:
        self.moment = entered(DAY)

    def __call__(self) -> datetime:
        return self.moment


class Flows:
    def in_force(self, flow: str, on: date) -> Compiled:
        if flow not in ("test.small", "test.side"):
            raise NotFound("流程", flow, ["test.small", "test.side"])
        return flow_for(flow, on)

    def compiled(self, ref: str) -> Compiled:
        return self.in_force(ref.partition("@")[0], DAY)

    def refs(self) -> list[str]:
        return [small().flow.ref, side().flow.ref]


def make_desk(clock: Clock | None = None) -> Desk:
    store = MemoryStore()
    with store.write() as work:
        work.put_agency(AGENCY, ENTERED)
        work.put_agency(Agency("city", "某市某局", "河南省", "", AgencyLevel.CITY), ENTERED)
        for one in OFFICERS.values():
            work.put_officer(one, ENTERED)
    return Desk(store, Flows(), law(), clock or Clock())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    return make_desk(clock)


def begin(desk: Desk, **more: Any) -> Opened:
    facts = {
        "flow": "test.small",
        "agency": "bureau",
        "title": "某案",
        "party": PARTY.to_raw(),
        "on": DAY,
        "by": ["li"],
    }
    return desk.open(**{**facts, **more})


def do(desk: Desk, case: str, *triggers: str, **more: Any) -> Case:
    it = None
    for trigger in triggers:
        by, documents = USUAL.get(trigger, (("li",), {}))
        it = desk.do(case, trigger, **{"by": by, "documents": documents, **more}).case
    assert it is not None
    return it


def decided(desk: Desk, penalties: dict[str, Any] = FINE) -> str:
    case = begin(desk).case.id
    do(desk, case, "file_case", "inquire")
    do(desk, case, "propose", documents={"proposal": [penalties]})
    do(desk, case, "hold_hearing", "review")
    do(desk, case, "decide", documents={"decision": [{"number": "2号", **penalties}]})
    return case


# Opening.


def test_a_case_is_numbered_by_agency_and_year(desk: Desk) -> None:
    assert [begin(desk).case.id for _ in range(2)] == ["bureau-2026-0001", "bureau-2026-0002"]


def test_a_number_that_somebody_gave_by_hand_is_passed_over(desk: Desk) -> None:
    begin(desk, id_="bureau-2026-0001")
    begin(desk, id_="bureau-2026-0002")

    assert begin(desk).case.id == "bureau-2026-0003"


def test_an_id_may_be_given_and_is_given_once(desk: Desk) -> None:
    assert begin(desk, id_="甲").case.id == "甲"
    with pytest.raises(CaseChanged):
        begin(desk, id_="甲")
    assert begin(desk).case.id == "bureau-2026-0001"


def test_the_agency_and_the_officer_may_be_named_in_chinese(desk: Desk) -> None:
    opened = begin(desk, agency="某县某局", by=["李某"], recorder="张某")

    assert (opened.case.agency, opened.step.by, opened.step.recorder) == ("bureau", ("li",), "zhang")


def test_a_case_without_a_title_bears_the_name_of_its_procedure(desk: Desk) -> None:
    assert begin(desk, title="  ").case.title == "测试程序"


@pytest.mark.parametrize(
    ("more", "error", "said"),
    [
        ({"agency": "burea"}, NotFound, "没有名为“burea”的执法机关, 是否指: bureau"),
        ({"flow": "test.smal"}, NotFound, "没有名为“test.smal”的流程, 是否指: test.small"),
        ({"party": {"kind": "citizen"}}, InputError, "姓名或者名称没有填写"),
        ({"flow": "test.side"}, Refused, "附随程序由主案的环节启动, 不能单独立案"),
        ({"on": DAY + NEXT}, Refused, "登记日期不得晚于今天"),
        ({"on": DAY - NEXT}, Refused, "事后录入应当写明原因"),
        ({"on": DAY - NEXT, "late_reason": "\u200b"}, Refused, "补录原因没有填写"),
        ({"by": []}, Refused, "须写明登记人(--by)"),
        ({"by": [], "recorder": "li"}, Refused, "须写明登记人(--by)"),
        ({"by": ["meng"]}, Refused, "人员名册中没有“meng”"),
        ({"by": ["li", "meng"]}, Refused, "人员名册中没有“meng”"),
        ({"recorder": "meng"}, Refused, "人员名册中没有“meng”"),
        ({"title": "甲\x00"}, InputError, "案件名称含有不可见的字符"),
        ({"title": "\u200b"}, InputError, "案件名称含有不可见的字符"),
        ({"title": "甲\n乙"}, InputError, "案件名称含有不可见的字符"),
        ({"title": "长" * 501}, InputError, "案件名称有501字, 至多500字"),
    ],
)  # fmt: skip
def test_a_case_that_may_not_be_opened_leaves_nothing_behind(
    desk: Desk, more: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as raised:
        begin(desk, **more)

    assert said in str(raised.value)
    with desk.store.read() as work:
        assert list(work.case_ids()) == []
    assert begin(desk).case.id == "bureau-2026-0001"


def test_everything_against_an_opening_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(Refused) as raised:
        begin(desk, flow="test.side", on=DAY - NEXT, by=["meng", "meng"], recorder="bai")

    assert [one.code for one in raised.value.refusals] == ["state", "late", "people", "people"]


def test_a_case_opened_late_says_why(desk: Desk) -> None:
    assert begin(desk, on=DAY - NEXT, late_reason="节日").step.late_reason == "节日"


def test_a_case_may_have_no_party_yet(desk: Desk) -> None:
    assert begin(desk, party=None).case.party is None


# Looking.


def test_a_case_is_seen_with_its_options_and_its_children(desk: Desk) -> None:
    case = decided(desk, BIG)

    view = desk.view(case)

    assert (view.case.id, view.compiled) == (case, small())
    assert [one.relation for one in view.children] == ["publication"]
    assert {one.trigger: one.is_open for one in view.options}["close"] is False
    assert desk.view(view.children[0].id).children == ()


def test_a_case_can_be_seen_as_of_another_day(desk: Desk) -> None:
    case = decided(desk)

    assert desk.view(case, DAY + NEXT).options[0].trigger == "ask_remedy"


def test_a_case_that_is_not_there_is_answered_with_close_ones(desk: Desk) -> None:
    begin(desk)

    for ask in (desk.view, desk.history):
        with pytest.raises(NotFound) as raised:
            ask("bureau-2026-0009")
        assert "是否指: bureau-2026-0001" in str(raised.value)
    with pytest.raises(NotFound):
        desk.do("", "file_case", by=["sun"])


# Doing.


def test_a_step_is_named_in_chinese_and_entered_today(desk: Desk, clock: Clock) -> None:
    case = begin(desk).case.id

    advanced = desk.do(f" {case} ", "立案", by=["孙某"], documents=USUAL["file_case"][1])

    assert (advanced.step.on, advanced.step.by, advanced.step.recorder) == (DAY, ("sun",), "sun")
    assert advanced.step.entered_at == clock.moment


def test_what_was_done_is_on_file_and_adds_up_to_the_case(desk: Desk) -> None:
    case = decided(desk)

    found, compiled, steps = desk.history(case)

    assert replay(compiled.flow, steps) == found == desk.view(case).case
    assert broken_links(steps) == []


def test_today_is_the_day_in_shanghai(desk: Desk, clock: Clock) -> None:
    clock.moment = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)

    assert desk.today == DAY + NEXT


def test_names_in_documents_become_ids_and_one_person_under_two_names_is_one(desk: Desk) -> None:
    case = begin(desk).case.id
    do(desk, case, "file_case")

    taken = do(
        desk,
        case,
        "inquire",
        by=["张某", "wang"],
        documents={"record": [{**RECORD, "officers": "张某、王某"}]},
    )
    with pytest.raises(Refused) as twice:
        do(desk, case, "inquire", by=["张某", "zhang"])
    with pytest.raises(Refused) as named:
        do(desk, case, "inquire", documents={"record": [{**RECORD, "officers": ["张某", "zhang"]}]})

    assert taken.acted["investigators"] == ("zhang", "wang")
    assert "张某重复填写, 同一人只算一人" in str(twice.value)
    assert "《询问笔录》的“询问人”: 张某重复填写, 同一人只算一人" in str(named.value)


@pytest.mark.parametrize(
    "documents", [{"filing": "文字"}, {"filing": [["a"]]}, {"filing": {"reason": "x"}}, {"filing": [5]}]
)
def test_documents_that_are_none_are_refused_and_nothing_breaks(desk: Desk, documents: Any) -> None:
    case = begin(desk).case.id

    with pytest.raises(Refused, match="应逐项写明内容"):
        do(desk, case, "file_case", documents=documents)


def test_a_refused_step_leaves_no_trace(desk: Desk) -> None:
    case = begin(desk).case.id
    before = desk.history(case)

    with pytest.raises(Refused):
        do(desk, case, "decide")

    assert desk.history(case) == before


def test_nobody_at_all_is_refused(desk: Desk) -> None:
    case = begin(desk).case.id

    with pytest.raises(Refused, match="不得少于1人"):
        desk.do(case, "file_case", by=[], documents=USUAL["file_case"][1])


def test_a_case_that_moved_since_it_was_seen_is_left_alone(desk: Desk) -> None:
    case = begin(desk).case.id
    do(desk, case, "file_case", revision=0)

    with pytest.raises(CaseChanged):
        do(desk, case, "suspend", revision=0)

    assert do(desk, case, "suspend", revision=1).revision == 2


def test_a_side_case_is_opened_and_holds_the_main_one_until_it_ends(desk: Desk) -> None:
    case = decided(desk, BIG)
    do(desk, case, "pay", documents={"receipt": [{"payments": [{"on": DAY, "amount": "5万元"}]}]})
    child = desk.view(case).children[0].id

    with pytest.raises(Refused, match=f"“公示”尚未办结.*{child}"):
        do(desk, case, "close")
    do(desk, child, "publish")

    assert do(desk, case, "close").ended


def test_the_register_decides_on_the_day_of_the_step(desk: Desk) -> None:
    case = begin(desk).case.id
    do(desk, case, "file_case")
    with desk.store.write() as work:
        work.put_officer(replace(OFFICERS["zhang"], active_to=DAY - NEXT), ENTERED)

    with pytest.raises(Refused, match="张某于2026-03-01离岗"):
        do(desk, case, "inquire")


def test_an_ambiguous_name_in_a_document_is_told_with_the_ids(desk: Desk) -> None:
    with desk.store.write() as work:
        work.put_officer(officer("wang2", "王某", "调查岗"), ENTERED)
    case = begin(desk).case.id
    do(desk, case, "file_case")

    with pytest.raises(Refused, match="名册中有2名“王某”, 请用编号: wang、wang2"):
        do(desk, case, "inquire", documents={"record": [{**RECORD, "officers": "张某、王某"}]})


def test_guards_know_the_officers_of_documents_on_file(desk: Desk) -> None:
    guard = {
        "check": "covers_officers",
        "args": {"field": "record.officers"},
        "refusal": "应当是询问人",
        "gap": "测试",
    }
    it = changed(
        guard={"paid": guard},
        transition={"propose": {**small().flow.transition["propose"].model_dump(), "guards": ["paid"]}},
    )

    class Changed(Flows):
        def compiled(self, ref: str) -> Compiled:
            return it

        def in_force(self, flow: str, on: date) -> Compiled:
            return it

    other = Desk(desk.store, Changed(), law(), desk.now)
    with desk.store.write() as work:
        work.put_officer(officer("meng", "孟某", "调查岗"), ENTERED)
    case = begin(other).case.id
    do(other, case, "file_case", "inquire")

    with pytest.raises(Refused, match="没有孟某"):
        do(other, case, "propose", by=["zhang", "meng"])
    assert do(other, case, "propose").state == "inquiry"


def test_a_document_may_not_name_an_attachment_that_nobody_handed_in(tmp_path: Path) -> None:
    desk = small_desk(MemoryStore())
    register(desk.store)
    case = small_opened(desk).id
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    note: dict[str, Any] = {"content": "一", "scan": "0" * 64, "photos": []}

    with pytest.raises(Refused, match="所称的附件没有提交"):
        done(desk, case, "take_note", {"note": [note]})
    rehearsed = replace(desk, store=Rehearsal(desk.store))
    done(rehearsed, case, "take_note", {"note": [{**note, "scan": rehearsed.store.keep(scan)}]})
    with pytest.raises(Refused, match="所称的附件没有提交"):  # a rehearsal keeps nothing
        done(desk, case, "take_note", {"note": [{**note, "scan": rehearsed.store.keep(scan)}]})
    done(desk, case, "take_note", {"note": [{**note, "scan": desk.store.keep(scan)}]})
