"""A real list: the samples for a county's emergency management, held to the law, and cases opened for what is on it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.acceptance.stage import FLOWS, folder, law
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.matters import at_home, import_matters
from zhifa_flow.casework.verification import verify
from zhifa_flow.engine.mandate import lapsed, matter_problems
from zhifa_flow.engine.opening import Opened
from zhifa_flow.model.agency import Agency, AgencyLevel
from zhifa_flow.model.errors import Refused
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.matter import Matter, Power
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.register import Entered
from zhifa_flow.model.statute import StatuteIndex

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
AGENCY = Agency("yj", "某县应急管理局", "河南省", "应急管理", AgencyLevel.COUNTY)
RECORDS = [
    record
    for path in sorted((FLOWS / "matters").glob("*.toml"))
    for record in tomllib.loads(path.read_text(encoding="utf-8"))["matter"]
]
MATTERS = [Matter.read({**one, "agency": "yj"}) for one in RECORDS]
PARTY = {"kind": "法人", "name": "某公司", "address": "某县某路1号", "no_code_reason": "演示"}
#: The stages of the reference table (权责事项环节划分参照表); 行政强制 has the measures besides.
STAGES = {
    Power.LICENCE: [["受理", "审查", "决定", "送达", "事后监管"]],
    Power.PENALTY: [["立案", "调查", "审查", "告知", "决定", "送达", "执行"]],
    Power.COMPULSION: [["催告", "决定", "执行", "事后监管"], ["审批", "实施", "处理", "归档"]],
    Power.PAYMENT: [["受理", "审查", "决定", "事后监管"]],
    Power.INSPECTION: [["检查", "处置", "公开"]],
}


def shipped() -> Mapping[str, Flow]:
    refs = {ref.partition("@")[0]: ref for ref in sorted(folder().refs())}
    return {id_: folder().compiled(ref).flow for id_, ref in refs.items()}


@pytest.fixture(scope="module")
def known() -> list[dict[str, Any]]:
    """The records whose procedures all are there; the others wait until theirs are written."""
    flows = shipped()
    return [one for one in RECORDS if all(flow in flows for flow in one["flows"])]


@pytest.fixture
def desk(known: list[dict[str, Any]]) -> Iterator[Desk]:
    """An office that has imported the list."""
    store = MemoryStore()
    with store.write() as work:
        work.put_agency(AGENCY, Entered(NOW))
        work.put_officer(Officer("zhang", "张某", "yj"), Entered(NOW))
    records = at_home(store, known, "yj")
    import_matters(store, records, Entered(NOW, "zhang"), folder(), law())
    yield Desk(store, folder(), law(), lambda: NOW)
    assert [one.problems for one in verify(store, folder(), law()) if one.problems] == []


def opened(desk: Desk, matter: str, flow: str = "penalty.general", on: date = TODAY) -> Opened:
    return desk.open(
        flow=flow, agency="yj", title="某公司案", party=PARTY, on=on, by=["zhang"], matter=matter,
        late_reason="" if on == TODAY else "补录",
    )  # fmt: skip


# the list itself -------------------------------------------------------------------------------------------


def test_the_sample_has_at_least_twelve_matters_of_the_kinds_that_such_a_bureau_has() -> None:
    kinds = [one.power for one in MATTERS]

    assert len(MATTERS) >= 12
    assert set(kinds) == set(STAGES)
    assert len({one.code for one in MATTERS}) == len({one.name for one in MATTERS}) == len(MATTERS)


@pytest.mark.parametrize("matter", MATTERS, ids=lambda one: one.code)
def test_every_matter_of_the_sample_stands_beside_the_law(matter: Matter) -> None:
    problems = matter_problems(matter, shipped(), law())

    assert problems == []
    assert [duty.stage for duty in matter.duties] in STAGES[matter.power]
    assert all(duty.post == f"{duty.stage}岗" for duty in matter.duties)
    assert lapsed(matter, TODAY, law().statutes) == {}


@pytest.mark.parametrize("matter", MATTERS, ids=lambda one: one.code)
def test_every_matter_of_the_sample_quotes_its_articles_and_says_where_to_ask(matter: Matter) -> None:
    quoted = [one.text for one in matter.basis if one.text]

    assert quoted or matter.code == "QZ-04"
    assert all((matter.office, matter.phone, matter.place, matter.complaints, matter.complaints_phone))
    assert matter.phone == matter.complaints_phone == "0000-0000000"


def test_the_penalties_of_the_sample_can_be_imported_today(known: list[dict[str, Any]]) -> None:
    assert sum(one["power"] == "行政处罚" for one in known) >= 12


# cases -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matter", "flow"),
    [
        ("CF-05", "penalty.general"),
        ("CF-05", "penalty.summary"),
        ("对生产经营单位未采取措施消除事故隐患的行政处罚", "penalty.general"),
        ("CF-10", "penalty.general"),
        ("JF-01", "payment.relief"),
        ("因自然灾害损毁的居民住房恢复重建补助", "payment.relief"),
    ],
)
def test_a_case_is_opened_for_a_matter_of_the_list(desk: Desk, matter: str, flow: str) -> None:
    case = opened(desk, matter, flow).case

    assert case.matter in ("CF-05", "CF-10", "JF-01")
    assert desk.view(case.id).case == case


@pytest.mark.parametrize(
    ("matter", "flow", "on", "said"),
    [
        ("", "penalty.general", TODAY, "本机关登记了行政处罚类的权责清单, 登记案件应当写明事项"),
        ("对饭店后厨卫生的行政处罚", "penalty.general", TODAY, "不在本机关权责清单上的职权, 不得行使"),
        ("对生产经营单位未采取措施消除隐患的处罚", "penalty.general", TODAY, "是否指: 对生产经营单位未采取措施消除事故隐患的行政处罚"),
        ("CF-05", "penalty.general", date(2026, 4, 30), "该事项尚未列入权责清单(自2026-05-01起列入, 登记日期2026-04-30)"),
        ("CF-01", "penalty.summary", TODAY, "“对生产经营单位的主要负责人未履行安全生产管理职责的行政处罚”依penalty.general办理"),
    ],
)  # fmt: skip
def test_a_case_outside_the_list_is_refused(desk: Desk, matter: str, flow: str, on: date, said: str) -> None:
    with pytest.raises(Refused) as refused:
        opened(desk, matter, flow, on)

    assert any(said in one.text for one in refused.value.refusals)
    assert all(one.code == "matter" for one in refused.value.refusals)


def test_a_refusal_cites_that_powers_are_exercised_within_the_law(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        opened(desk, "")

    assert refused.value.refusals[0].basis == ("行政处罚法第十七条",)


def test_a_matter_that_was_taken_off_the_list_opens_no_case(desk: Desk) -> None:
    [record] = [one for one in RECORDS if one["code"] == "CF-12"]
    gone = {**record, "agency": "yj", "removed_on": date(2026, 9, 30)}
    import_matters(desk.store, [gone], Entered(NOW, "zhang"), folder(), law())

    assert opened(desk, "CF-12", on=date(2026, 9, 30)).case.matter == "CF-12"
    with pytest.raises(Refused, match=r"该事项已从权责清单取消\(至2026-09-30止"):
        opened(desk, "CF-12", on=date(2026, 10, 1))


def test_a_matter_whose_basis_is_repealed_opens_no_case(desk: Desk) -> None:
    """The list stays as it is; the statute index says one day that the statute is gone."""
    repealed = [
        one.model_copy(update={"in_force_to": date(2026, 10, 31)})
        if one.short == "烟花爆竹安全管理条例"
        else one
        for one in law().statutes.statutes
    ]
    later = replace(desk, law=replace(law(), statutes=StatuteIndex(repealed)))

    with pytest.raises(Refused, match="该事项的实施依据已经失效, 不得再据以办理") as refused:
        opened(later, "CF-11")

    assert refused.value.refusals[0].basis == (
        "烟花爆竹安全管理条例第三条第二款", "烟花爆竹安全管理条例第三十六条第一款",
    )  # fmt: skip
    assert opened(later, "CF-11", on=date(2026, 10, 31)).case.matter == "CF-11"


def test_a_matter_that_rests_on_the_newer_law_cannot_have_been_listed_before_it() -> None:
    [record] = [one for one in RECORDS if one["code"] == "CF-10"]
    early = Matter.read({**record, "agency": "yj", "listed_on": "2025-01-01", "removed_on": "2026-04-30"})

    problems = matter_problems(early, shipped(), law())

    assert [problem.partition("在")[0] for problem in problems] == [
        "实施依据危险化学品安全法第五十三条第一款: 《危险化学品安全法》",
        "实施依据危险化学品安全法第一百条第三款: 《危险化学品安全法》",
    ]
