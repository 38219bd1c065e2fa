"""Whether a case may be opened for a matter: named, listed, of the procedure, its basis in force and of due rank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.engine.builders import law as usual_law
from tests.engine.builders import side, small
from zhifa_flow.engine.mandate import Mandate, lapsed, mandate, matter_problems, matters_named
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.matter import Duty, Ground, Matter, Power
from zhifa_flow.model.powers import PowerRow
from zhifa_flow.model.statute import Rank, Statute, StatuteIndex

DAY = date(2026, 3, 2)
FLOW: Flow = small().flow
PENALTY = PowerRow.model_validate(
    {
        "power": "行政处罚",
        "ranks": ["法律"],
        "basis": ["甲法第二条"],
        "within": ["甲法第三条"],
        "gap": "另有空白",
    }
)
OLD = Statute(
    short="旧法",
    title="旧法",
    rank=Rank.LAW,
    in_force_from=None,
    in_force_to=date(2026, 2, 28),
    indexed=False,
)


def law(*, powers: bool = True) -> Law:
    shared = usual_law()
    statutes = StatuteIndex([*shared.statutes.statutes, OLD])
    return Law(shared.calendar, {}, statutes, powers={"行政处罚": PENALTY} if powers else {})


def matter(code: str = "CF-01", **more: Any) -> Matter:
    facts: dict[str, Any] = {
        "agency": "bureau", "power": Power.PENALTY, "name": "对某行为的处罚", "flows": (FLOW.id,),
        "basis": (Ground("甲法第一条"),), "liability": "依法", "listed_on": date(2026, 1, 1),
        "duties": (Duty("立案", "立案岗", "一"), Duty("调查", "某岗", "二"), Duty("决定", "任一岗", "三")),
    }  # fmt: skip
    return Matter(**{**facts, "code": code, **more})


def judged(name: str, *matters: Matter, on: date = DAY, flow: Flow = FLOW, powers: bool = True) -> Mandate:
    return mandate(name, matters, flow, on, law(powers=powers))


def said(found: Mandate) -> list[str]:
    return [refusal.text for refusal in found.against]


def test_a_listed_matter_of_the_procedure_may_be_acted_on() -> None:
    one = matter()

    assert judged("CF-01", one, matter("CF-02")) == Mandate(one)
    assert judged(" 对某行为的处罚 ", one) == Mandate(one)


def test_a_code_comes_before_a_name() -> None:
    one, other = matter(), matter("CF-02", name="CF-01")

    assert matters_named("CF-01", [other, one]) == [one]


def test_an_agency_without_a_list_names_no_matter() -> None:
    assert judged("") == Mandate()
    assert judged("  ", matter(power=Power.LICENCE)) == Mandate()


def test_a_list_that_begins_later_asks_for_nothing_yet() -> None:
    assert judged("", matter(listed_on=date(2026, 3, 3))) == Mandate()


@pytest.mark.parametrize("count", [1, 6])
def test_an_agency_with_a_list_has_to_name_the_matter(count: int) -> None:
    every = [matter(f"CF-0{number}") for number in range(1, count + 1)]

    [refusal] = judged("", *every).against

    assert refusal.message == "本机关登记了行政处罚类的权责清单, 登记案件应当写明事项"
    assert refusal.found.startswith("可以写: CF-01 对某行为的处罚")
    assert refusal.found.endswith(" 等6项") == (count == 6)
    assert refusal.basis == ("甲法第三条",)


def test_a_list_of_which_everything_was_taken_off_is_still_a_list() -> None:
    gone = matter(removed_on=date(2026, 3, 1))

    assert "行政处罚类的事项都已取消" in said(judged("", gone))[0]


def test_a_matter_that_is_not_on_the_list_is_refused_with_those_that_come_close() -> None:
    [refusal] = judged("对某行为处罚", matter()).against

    assert refusal.found == "清单中没有“对某行为处罚”, 是否指: 对某行为的处罚"
    assert refusal.basis == ("甲法第三条",)
    assert refusal.cure == "不属于本机关职权的, 移送有权处理的机关, 不登记为案件"


def test_nothing_comes_close_where_there_is_no_list() -> None:
    [refusal] = judged("甲", powers=False).against

    assert (refusal.found, refusal.basis) == ("本机关还没有登记权责清单", ())
    assert said(judged("甲", matter()))[0].startswith("不在本机关权责清单上的职权, 不得行使(清单中没有“甲”)")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"listed_on": date(2026, 3, 3)}, "该事项尚未列入权责清单(自2026-03-03起列入, 登记日期2026-03-02)[甲法第三条]"),
        ({"removed_on": date(2026, 3, 1)}, "该事项已从权责清单取消(至2026-03-01止, 登记日期2026-03-02)[甲法第三条]"),
        ({"flows": ("a.b", "c.d")}, "事项与流程不符(“对某行为的处罚”依a.b、c.d办理, 不能依test.small(测试程序))"),
        ({"basis": (Ground("旧法第一条"),)}, "该事项的实施依据已经失效, 不得再据以办理(旧法第一条: 《旧法》在2026-03-02已经失效(施行至2026-02-28))[旧法第一条]"),
        ({"basis": (Ground("旧法第一条"), Ground("丙通知第一条"))},
         "该事项仍然有效的实施依据位阶不足(行政处罚的实施依据只有规范性文件, 应当有法律)[甲法第二条]"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_listed_matter_is_named(more: dict[str, Any], expected: str) -> None:
    one = matter(**more)

    found = judged("CF-01", one)

    assert said(found) == [expected]
    assert found.matter == one


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 6, 30)])
def test_the_first_and_the_last_day_on_the_list_count(on: date) -> None:
    assert judged("CF-01", matter(removed_on=date(2026, 6, 30)), on=on).against == ()


def test_everything_against_a_matter_is_said_at_once() -> None:
    one = matter(removed_on=date(2026, 3, 1), flows=("a.b",), basis=(Ground("旧法第一条"),))

    assert len(judged("CF-01", one).against) == 3


def test_a_matter_stands_while_one_article_of_due_rank_holds() -> None:
    one = matter(basis=(Ground("旧法第一条"), Ground("甲法第一条")))

    assert judged("CF-01", one).against == ()
    assert list(lapsed(one, DAY, law().statutes)) == ["旧法第一条"]


@pytest.mark.parametrize("powers", [True, False])
def test_ranks_are_asked_where_the_folder_knows_them(powers: bool) -> None:
    one = matter(basis=(Ground("旧法第一条"), Ground("丙通知第一条")))

    assert bool(judged("CF-01", one, powers=powers).against) is powers


def test_of_two_of_one_name_the_one_that_is_listed_and_fits_is_meant() -> None:
    before = matter("A", removed_on=date(2026, 2, 1))
    now = matter("B")
    elsewhere = matter("C", flows=("a.b",))

    assert judged("对某行为的处罚", before, now, elsewhere).matter == now


@pytest.mark.parametrize("more", [{}, {"removed_on": date(2026, 2, 1)}, {"flows": ("a.b",)}])
def test_two_of_one_name_that_cannot_be_told_apart_are_asked_for_by_code(more: dict[str, Any]) -> None:
    found = judged("对某行为的处罚", matter("A", **more), matter("B", **more))

    assert said(found) == ["权责清单上有几项同名, 请写编码(A 对某行为的处罚、B 对某行为的处罚)"]
    assert found.matter is None


# what a list is held to when it is entered -----------------------------------------------------------------


def faults(flow: Flow = FLOW, **more: Any) -> list[str]:
    return matter_problems(matter(**more), {flow.id: flow, "test.side": side().flow}, law())


def test_a_matter_that_fits_its_procedure_and_the_law_has_no_problem() -> None:
    assert faults() == []
    assert faults(charged=True, charge_basis="甲法第四条") == []


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"flows": ("test.smal",)}, ["没有流程“test.smal”, 是否指: test.small"]),
        ({"flows": ("测试程序",)}, ["没有流程“测试程序”, 是否指: test.small"]),
        ({"flows": ("x",)}, ["没有流程“x”"]),
        ({"flows": ("test.side",)}, ["没有流程“test.side”, 是否指: test.small"]),
        ({"power": Power.LICENCE}, ["流程test.small办理的是行政处罚, 不是行政许可"]),
        ({"duties": (Duty("受理", "受理岗", "一"), Duty("立案", "决定岗", "二"))}, [
            "责任事项“受理”不是流程的环节, 流程的环节是: 立案、调查、决定",
            "环节“立案”由立案岗负责, 不是决定岗",
            "责任事项没有写明环节: 调查、决定",
        ]),
        ({"basis": (Ground("丙通知第一条"),)}, ["行政处罚的实施依据只有规范性文件, 应当有法律"]),
        ({"basis": (Ground("甲法第九十条"),)}, ["实施依据甲法第九十条: 《甲法》共20条, 没有第九十条"]),
        ({"basis": (Ground("丁法第一条"),)}, ["实施依据丁法第一条: 法规索引中没有《丁法》, 是否指: 《甲法》、《旧法》"]),
        ({"charged": True, "charge_basis": "甲法第九十条"}, ["收费依据甲法第九十条: 《甲法》共20条, 没有第九十条"]),
        ({"basis": (Ground("旧法第一条"),), "listed_on": date(2026, 3, 1)}, [
            "实施依据旧法第一条: 《旧法》在2026-03-01已经失效(施行至2026-02-28)",
        ]),
    ],
)  # fmt: skip
def test_what_cannot_stand_on_a_list_is_named(more: dict[str, Any], expected: list[str]) -> None:
    assert faults(**more) == expected


def test_an_article_has_to_hold_on_some_day_of_the_list_not_on_the_first() -> None:
    """A statute that comes later founds a matter that was there before; so does one that has gone since."""
    assert faults(basis=(Ground("旧法第一条"), Ground("甲法第一条")), listed_on=date(2019, 1, 1)) == []


def test_a_matter_whose_last_day_came_before_the_statute_does_not_rest_on_it() -> None:
    found = faults(listed_on=date(2018, 1, 1), removed_on=date(2019, 12, 31))

    assert [problem.partition(":")[0] for problem in found] == ["实施依据甲法第一条"]


def test_a_matter_by_two_procedures_gives_the_stages_of_both() -> None:
    second = replace_flow(FLOW, "test.second", "立案", "受案岗")
    one = matter(flows=(FLOW.id, second.id))

    assert matter_problems(one, {FLOW.id: FLOW, second.id: second}, law()) == []
    assert matter_problems(
        replace(one, duties=(*one.duties[1:], Duty("立案", "受案岗", "一"))),
        {FLOW.id: FLOW, second.id: second},
        law(),
    ) == []  # fmt: skip


def replace_flow(flow: Flow, id_: str, stage: str, post: str) -> Flow:
    stages = {
        key: one.model_copy(update={"post": post}) if one.name == stage else one
        for key, one in flow.stage.items()
    }
    return flow.model_copy(update={"id": id_, "stage": stages})


def test_no_rank_is_asked_of_a_kind_of_power_that_the_folder_does_not_know() -> None:
    one = matter(basis=(Ground("丙通知第一条"),))

    assert matter_problems(one, {FLOW.id: FLOW}, law(powers=False)) == []
