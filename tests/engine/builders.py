"""A small flow with everything a flow can have, its people, its law, and short ways to walk through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import pytest

from zhifa_flow.engine.advance import Advanced, advance
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.chain import paper_digest
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.engine.compiler import Compiled, compile_flow
from zhifa_flow.engine.opening import open_case
from zhifa_flow.engine.registry import Found
from zhifa_flow.engine.situation import Law, Situation
from zhifa_flow.engine.world import World
from zhifa_flow.model.agency import Agency, AgencyLevel
from zhifa_flow.model.case import Act, Case, ClockState, Interval, Paper, RunningClock
from zhifa_flow.model.certificate import Certificate, CertificateKind
from zhifa_flow.model.errors import Refused
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.party import Party, PartyKind
from zhifa_flow.model.statute import Rank, Statute, StatuteIndex
from zhifa_flow.model.step import Refusal, Request
from zhifa_flow.model.table import Table

Fields = dict[str, Any]

#: A Monday; without notices the calendar has weekends and the statutory days.
DAY = date(2026, 3, 2)
PARTY = Party(PartyKind.ORGANISATION, "某公司", no_code_reason="测试数据", address="某县某路1号")
CITIZEN = Party(
    PartyKind.CITIZEN, "张某某", no_code_reason="测试数据", address="某县", birth_date=date(2010, 5, 1)
)
AGENCY = Agency("bureau", "某县某局", "河南省", "", AgencyLevel.COUNTY, superior="city")


def certificate(
    first: date = date(2020, 1, 1), last: date | None = date(2030, 12, 31), number: str = "豫A0001"
) -> Certificate:
    return Certificate(number, CertificateKind.ENFORCEMENT, first, last)


def officer(id_: str, name: str, *posts: str, **more: Any) -> Officer:
    held = (certificate(number=f"豫A{id_}"),)
    return Officer(id_, name, **{"agency": "bureau", "posts": frozenset(posts), "certificates": held, **more})


OFFICERS = {
    one.id: one
    for one in (
        officer("li", "李某", "立案岗"),
        officer("zhang", "张某", "调查岗"),
        officer("wang", "王某", "调查岗", "立案岗"),
        officer("zhao", "赵某", "法制审核岗", legal_qualification=True),
        officer("qian", "钱某", "听证主持岗"),
        officer("sun", "孙某", "决定岗", head=True),
        officer("zhou", "周某", agency="city", head=True),
    )
}

BASIS = ["甲法第一条"]
RAW: dict[str, Any] = {
    "schema": "zhifa-flow/1", "id": "test.small", "name": "测试程序", "action": "行政处罚",
    "effective_from": date(2021, 7, 15), "initial": "registered",
    "stage": {"filing": {"name": "立案", "post": "立案岗"}, "inquiry": {"name": "调查"}, "decision": {"name": "决定"}},
    "state": {
        "registered": {"name": "已登记", "stage": "filing"},
        "inquiry": {"name": "调查中", "stage": "inquiry"},
        "reviewed": {"name": "已审核", "stage": "decision"},
        "decided": {"name": "已决定", "stage": "decision"},
        "closed": {"name": "已结案", "stage": "decision", "end": True},
    },
    "role": {
        "handler": {"name": "承办人", "posts": ["立案岗"]},
        "investigators": {
            "name": "调查人员", "posts": ["调查岗"], "count": 2, "certified": True, "personnel": ["established"],
            "barred": ["chair", "reviewer"], "basis": ["甲法第二条"],
        },
        "reviewer": {
            "name": "审核人员", "posts": ["法制审核岗"], "in_person": True, "qualified_since": date(2018, 1, 1),
            "barred": ["investigators"],
        },
        "chair": {"name": "听证主持人", "posts": ["听证主持岗"], "barred": ["investigators"]},
        "head": {"name": "负责人", "head": True, "in_person": True, "basis": ["甲法第三条"]},
    },
    "document": {
        "filing": {
            "name": "立案审批表", "number": True, "basis": BASIS,
            "field": {
                "reason": {"type": "text", "name": "立案理由"},
                "found_on": {"type": "date", "name": "发现日期", "required": False},
            },
        },
        "record": {
            "name": "询问笔录", "repeatable": True, "basis": BASIS,
            "field": {
                "made_on": {"type": "date", "name": "询问日期"},
                "officers": {"type": "officers", "name": "询问人", "role": "investigators"},
                "answer": {"type": "text", "name": "回答"},
                "refused": {"type": "choice", "name": "拒绝签名", "of": ["是", "否"], "required": False},
            },
        },
        "proposal": {
            "name": "处罚建议", "basis": BASIS,
            "field": {
                "penalties": {"type": "penalties", "name": "拟处罚内容"},
                "complex": {"type": "choice", "name": "案情复杂", "of": ["是", "否"], "required": False},
            },
        },
        "hearing": {
            "name": "听证笔录", "basis": BASIS,
            "field": {"chair": {"type": "officer", "name": "主持人", "role": "chair"}},
        },
        "opinion": {
            "name": "审核意见书", "basis": BASIS, "binds": ["proposal", "record"],
            "field": {"outcome": {"type": "choice", "name": "审核结论", "of": ["通过", "退回"]}},
        },
        "decision": {
            "name": "处罚决定书", "number": True, "basis": BASIS,
            "field": {
                "penalties": {"type": "penalties", "name": "处罚内容"},
                "articles": {"type": "citations", "name": "处罚依据", "required": False},
            },
        },
        "receipt": {
            "name": "缴款票据", "repeatable": True, "basis": BASIS,
            "field": {
                "payments": {
                    "type": "rows", "name": "缴款",
                    "columns": {"on": {"type": "date", "name": "缴款日期"}, "amount": {"type": "money", "name": "金额"}},
                },
            },
        },
        "deferral": {
            "name": "延期缴纳审批表", "basis": BASIS,
            "field": {"until": {"type": "date", "name": "最后缴款日期", "future": True}},
        },
        "memo": {"name": "书面通知", "basis": BASIS, "field": {"reason": {"type": "text", "name": "理由"}}},
    },
    "finding": {
        "hearing_due": {
            "name": "应当听证", "rule": "reaches_threshold", "basis": ["甲法第四条"],
            "args": {"penalties": "proposal.penalties", "table": "hearing"},
        },
        "owed": {
            "name": "应缴", "rule": "rows_total", "basis": BASIS,
            "args": {"rows": "decision.penalties", "column": "amount", "where": "kind", "says": "罚款"},
        },
    },
    "guard": {
        "proposal_made": {"check": "present", "args": {"document": "proposal"}, "refusal": "没有处罚建议", "basis": BASIS},
        "heard": {
            "check": "required_if", "args": {"when": "hearing_due", "document": "hearing"},
            "refusal": "应当先听证", "basis": ["甲法第五条"], "cure": "办理听证",
        },
        "signed": {
            "check": "equals", "args": {"field": "record.refused", "value": "否"}, "refusal": "笔录应当签名", "basis": BASIS,
        },
        "passed": {
            "check": "equals", "args": {"field": "opinion.outcome", "value": "通过"}, "refusal": "审核应当通过", "basis": BASIS,
        },
        "opinion_made": {"check": "present", "args": {"document": "opinion"}, "refusal": "应当先审核", "basis": BASIS},
        "current": {"check": "unchanged_since", "args": {"document": "opinion"}, "refusal": "审核已经失效", "basis": BASIS},
        "not_aggravated": {
            "check": "not_heavier", "args": {"decided": "decision.penalties", "told": "proposal.penalties"},
            "refusal": "不得加重处罚", "basis": BASIS,
        },
        "paid": {
            "check": "paid_in_full", "args": {"payments": "receipt.payments", "due": "owed"},
            "refusal": "应当缴清", "basis": BASIS,
        },
    },
    "deadline": {
        "handling": {
            "name": "办理期限", "starts": ["file_case"], "ends": ["decide"], "length": 90, "unit": "day",
            "owner": "agency", "expiry": "overdue", "pauses": ["suspended"], "extension": {"table": "longer"}, "basis": BASIS,
        },
        "payment": {
            "name": "缴款期限", "starts": ["decide"], "length": 15, "unit": "day", "owner": "party", "expiry": "lapse",
            "pauses": ["remedy"], "basis": BASIS,
        },
    },
    "flag": {
        "suspended": {"name": "中止", "allows": ["resume"], "basis": BASIS},
        "remedy": {"name": "复议诉讼", "blocks": ["defer"], "refusal": "复议期间不得办理", "basis": BASIS},
    },
    "child": {
        "publication": {
            "name": "公示", "flow": "test.side", "when": "hearing_due", "carries": ["decision", "record", "filing"],
            "holds": ["close"], "basis": BASIS,
        },
    },
    "transition": {
        "file_case": {
            "name": "立案", "source": ["registered"], "target": "inquiry", "by": ["head"], "documents": ["filing"],
            "basis": BASIS,
        },
        "inquire": {
            "name": "询问", "source": ["inquiry"], "stays": True, "by": ["investigators"], "documents": ["record"],
            "guards": ["signed"], "basis": BASIS,
        },
        "propose": {
            "name": "提出处罚建议", "source": ["inquiry"], "stays": True, "by": ["investigators"],
            "documents": ["proposal"], "basis": BASIS,
        },
        "hold_hearing": {
            "name": "听证", "source": ["inquiry"], "stays": True, "by": ["handler", "chair"], "documents": ["hearing"],
            "basis": BASIS,
        },
        "suspend": {
            "name": "中止", "source": ["inquiry"], "stays": True, "by": ["handler"], "raises": ["suspended"],
            "documents": ["memo"], "basis": BASIS,
        },
        "resume": {
            "name": "恢复", "source": ["inquiry"], "stays": True, "by": ["handler"], "lowers": ["suspended"], "basis": BASIS,
        },
        "extend": {
            "name": "延长", "source": ["inquiry"], "stays": True, "by": ["head"], "extends": {"deadline": "handling"},
            "documents": ["memo"], "basis": BASIS,
        },
        "review": {
            "name": "审核", "source": ["inquiry"], "target": "reviewed", "by": ["reviewer"], "documents": ["opinion"],
            "guards": ["proposal_made", "heard", "passed"], "optional": ["hearing"], "basis": BASIS,
        },
        "go_back": {
            "name": "退回调查", "source": ["reviewed"], "target": "inquiry", "by": ["head"],
            "supersedes": ["opinion", "record", "hearing"], "optional": ["record"], "basis": BASIS,
        },
        "decide": {
            "name": "作出决定", "source": ["reviewed"], "target": "decided", "by": ["head"], "documents": ["decision"],
            "guards": ["opinion_made", "current", "not_aggravated"], "opens": ["publication"], "basis": BASIS,
        },
        "ask_remedy": {
            "name": "记录复议", "source": ["decided"], "stays": True, "by": ["handler"], "raises": ["remedy"],
            "documents": ["memo"], "basis": BASIS,
        },
        "end_remedy": {
            "name": "复议终结", "source": ["decided"], "stays": True, "by": ["handler"], "lowers": ["remedy"], "basis": BASIS,
        },
        "defer": {
            "name": "延期缴纳", "source": ["decided"], "stays": True, "by": ["head"], "documents": ["deferral"],
            "moves": {"deadline": "payment", "until": "deferral.until"}, "basis": BASIS,
        },
        "pay": {
            "name": "缴款", "source": ["decided"], "stays": True, "by": ["handler"], "documents": ["receipt"], "basis": BASIS,
        },
        "close": {
            "name": "结案", "source": ["decided"], "target": "closed", "by": ["handler"], "guards": ["paid"],
            "basis": BASIS,
        },
    },
}  # fmt: skip

SIDE: dict[str, Any] = {
    "schema": "zhifa-flow/1", "id": "test.side", "name": "公示程序", "action": "行政处罚", "side": True,
    "effective_from": date(2021, 7, 15), "initial": "waiting",
    "stage": {"publish": {"name": "公示"}},
    "state": {
        "waiting": {"name": "待公示", "stage": "publish"},
        "published": {"name": "已公示", "stage": "publish", "end": True},
    },
    "role": {"handler": {"name": "承办人", "posts": ["立案岗"]}},
    "document": {
        "decision": {**deepcopy(RAW["document"]["decision"]), "carried": True},
        "record": {**deepcopy(RAW["document"]["record"]), "carried": True},
    },
    "deadline": {
        "publishing": {
            "name": "公示期限", "starts": ["open"], "from": "decision", "ends": ["publish"], "length": 7,
            "unit": "workday", "owner": "agency", "expiry": "overdue", "basis": BASIS,
        },
    },
    "transition": {
        "publish": {"name": "公示", "source": ["waiting"], "target": "published", "by": ["handler"], "basis": BASIS},
    },
}  # fmt: skip
SIDE["document"]["record"]["field"]["officers"].pop("role")

TABLES: tuple[dict[str, Any], ...] = (
    {
        "schema": "zhifa-table/1", "id": "hearing", "name": "听证标准",
        "row": [
            {"id": "全国公民", "limb": "fine", "party": ["citizen"], "penalties": ["罚款"], "at_least": "1000元"},
            {"id": "全国单位", "limb": "fine", "party": ["organisation"], "penalties": ["罚款"], "at_least": "10000元"},
            {
                "id": "河南单位", "limb": "fine", "region": "河南省", "party": ["organisation"], "penalties": ["罚款"],
                "at_least": "50000元", "basis": ["乙规章第四条"],
            },
            {"id": "没收", "limb": "seized", "penalties": ["没收违法所得", "没收非法财物"], "above": "20000元"},
            {"id": "吊销", "limb": "kind", "penalties": ["吊销许可证件"], "policy": "按种类"},
        ],
    },
    {
        "schema": "zhifa-table/1", "id": "spot", "name": "当场处罚限额",
        "row": [
            {"id": "罚款", "limb": "fine", "party": ["organisation"], "penalties": ["罚款"], "at_most": "3000元"},
            {"id": "警告", "limb": "warning", "penalties": ["警告"]},
        ],
    },
    {"schema": "zhifa-table/1", "id": "longer", "name": "延长", "row": [{"id": "延长", "length": "30日"}]},
    {"schema": "zhifa-table/1", "id": "silent", "name": "空表", "row": [{"id": "外省", "region": "某省", "length": "1日"}]},
    {
        "schema": "zhifa-table/1", "id": "limitation", "name": "追责期限",
        "row": [
            {"id": "二年", "limb": "ordinary", "length": "2年"},
            {"id": "五年", "limb": "grave", "length": "5年", "value": "五", "basis": ["甲法第六条"]},
        ],
    },
    {
        "schema": "zhifa-table/1", "id": "announcement", "name": "公告期",
        "row": [{"id": "旧", "length": "60日", "to": date(2021, 12, 31)}, {"id": "新", "length": "30日", "from": date(2022, 1, 1)}],
    },
    {
        "schema": "zhifa-table/1", "id": "excluded", "name": "扣除",
        "row": [{"id": "中止", "limb": "suspended", "value": "扣除"}, {"id": "复议", "limb": "remedy", "value": "不扣除"}],
    },
)  # fmt: skip


@cache
def law() -> Law:
    """Calendar, tables and statutes of the tests."""
    tables = {one["id"]: Table.model_validate(one) for one in TABLES}
    articles = {str(number): (2,) for number in range(1, 21)}
    statutes = [
        Statute(short="甲法", title="甲法", rank=Rank.LAW, in_force_from=date(2020, 1, 1), article_count=20, articles=articles),
        Statute(short="乙规章", title="乙规章", rank=Rank.LOCAL_GOVERNMENT_RULE, in_force_from=date(2020, 1, 1), article_count=20, articles=articles),
        Statute(short="丙通知", title="丙通知", rank=Rank.NORMATIVE_DOCUMENT, in_force_from=date(2020, 1, 1), article_count=20, articles=articles),
    ]  # fmt: skip
    return Law(Calendar([]), tables, StatuteIndex(statutes))


def raw_flow(**changes: Mapping[str, Any] | object) -> dict[str, Any]:
    """The small flow as its file would say it, with whole entries of its sections added or replaced."""
    raw = deepcopy(RAW)
    for section, entries in changes.items():
        if isinstance(entries, Mapping) and isinstance(raw.get(section), dict):
            raw[section] |= entries
        else:
            raw[section] = entries
    return raw


def flow(**changes: Mapping[str, Any] | object) -> Flow:
    return Flow.model_validate(raw_flow(**changes))


@cache
def small() -> Compiled:
    return compile_flow(Flow.model_validate(deepcopy(RAW)))


@cache
def side() -> Compiled:
    return compile_flow(Flow.model_validate(deepcopy(SIDE)))


def changed(**changes: Mapping[str, Any] | object) -> Compiled:
    """The small flow with changes, compiled."""
    return compile_flow(flow(**changes))


def altered(section: str, key: str, **more: object) -> Compiled:
    """The small flow with one of its entries changed."""
    return changed(**{section: {key: {**deepcopy(RAW[section][key]), **more}}})


# what happened --------------------------------------------------------------------------------------------


def paper(kind: str, on: date = DAY, seq: int = 1, by: tuple[str, ...] = ("li",), **fields: object) -> Paper:
    made = Paper(kind, on, seq, by, "", fields)
    return replace(made, digest=paper_digest(made))


def case(flow: str = "test.small@2021-07-15", state: str = "inquiry", **more: Any) -> Case:
    facts = {
        "id": "A1", "agency": "bureau", "region": "河南省", "sector": "", "flow": flow, "title": "某案", "party": PARTY,
        "state": state, "revision": 3, "head": "", "opened_on": DAY, "entered_state_on": DAY, "last_on": DAY,
    }  # fmt: skip
    return Case(**{**facts, **more})


def clock(
    name: str, started: date = DAY, due: date = DAY, state: ClockState = ClockState.RUNNING, **more: Any
) -> RunningClock:
    return RunningClock(
        name, started, due, **{"safe": due, "provisional": False, "length": "15日", "state": state, **more}
    )


def act(on: date = DAY, seq: int = 1, times: int = 1) -> Act:
    return Act(on, seq, times, ("li",))


def up(first: date, last: date | None = None) -> tuple[Interval, ...]:
    return (Interval(first, last),)


def situation(
    papers: Iterable[Paper] = (), *, compiled: Compiled | None = None, found: Mapping[str, Found] | None = None,
    on: date = DAY, party: Party | None = PARTY, region: str = "河南省", sector: str = "", **more: Any,
) -> Situation:  # fmt: skip
    """A situation of the small flow; ``found`` fixes findings, ``more`` goes to the case or to the situation."""
    compiled = compiled or small()
    held: dict[str, tuple[Paper, ...]] = {}
    for one in papers:
        held[one.kind] = (*held.get(one.kind, ()), one)
    ours = {
        key: more.pop(key)
        for key in ("by", "children", "parent", "siblings", "moment", "agency", "acted", "officers")
        if key in more
    }
    it = case(party=party, region=region, sector=sector, papers=held, **more)
    facts = {"agency": AGENCY, "officers": OFFICERS, **ours}
    return Situation(
        flow=compiled.flow, finder=compiled.find, law=law(), case=it, on=on, papers=held, _found=dict(found or {}), **facts
    )  # fmt: skip


def child(
    relation: str = "publication", *, ended: bool = False, on: date = DAY, id_: str = "A1.c", **more: Any
) -> Case:
    state = "published" if ended else "waiting"
    return case("test.side@2021-07-15", state, id=id_, relation=relation, parent="A1", ended=ended, entered_state_on=on, **more)  # fmt: skip


# walking --------------------------------------------------------------------------------------------------

FINE: Fields = {"penalties": [{"kind": "罚款", "amount": "2万元"}]}
RECORD: Fields = {"made_on": DAY, "officers": ["zhang", "wang"], "answer": "属实", "refused": "否"}
#: For every step that needs them: who takes it, and good documents.
USUAL: dict[str, tuple[tuple[str, ...], dict[str, list[Fields]]]] = {
    "file_case": (("sun",), {"filing": [{"number": "1号", "reason": "举报属实"}]}),
    "inquire": (("zhang", "wang"), {"record": [RECORD]}),
    "propose": (("zhang", "wang"), {"proposal": [FINE]}),
    "hold_hearing": (("qian",), {"hearing": [{"chair": "qian"}]}),
    "review": (("zhao",), {"opinion": [{"outcome": "通过"}]}),
    "go_back": (("sun",), {}),
    "extend": (("sun",), {"memo": [{"reason": "案情复杂"}]}),
    "suspend": (("li",), {"memo": [{"reason": "等待结论"}]}),
    "ask_remedy": (("li",), {"memo": [{"reason": "当事人申请复议"}]}),
    "decide": (("sun",), {"decision": [{"number": "2号", **FINE}]}),
    "defer": (("sun",), {"deferral": [{"until": date(2026, 12, 31)}]}),
    "pay": (("li",), {"receipt": [{"payments": [{"on": DAY, "amount": "2万元"}]}]}),
}


def entered(day: date) -> datetime:
    """Five in the afternoon of that day."""
    return datetime.combine(day, time(17), tzinfo=SHANGHAI).astimezone(UTC)


def flow_for(name: str, on: date) -> Compiled:
    del on
    return {"test.small": small(), "test.side": side()}[name]


def world(today: date = DAY, **more: Any) -> World:
    facts = {"agency": AGENCY, "officers": OFFICERS, "children": (), "flow_for": flow_for, "hints": {}}
    return World(law=law(), today=today, entered_at=entered(today), **{**facts, **more})


def opened(compiled: Compiled | None = None, on: date = DAY, **more: Any) -> Case:
    facts = {"id_": "A1", "title": "某案", "party": PARTY, "on": on, "by": ("li",), "recorder": "li"}
    return open_case(compiled or small(), world(on), **{**facts, **more}).case


def request(trigger: str, on: date = DAY, **more: Any) -> Request:
    by, documents = USUAL.get(trigger, (("li",), {}))
    facts: dict[str, Any] = {"by": by, "documents": documents, **more}
    return Request(
        trigger, on, recorder=facts.pop("recorder", facts["by"][0] if facts["by"] else ""), **facts
    )


def take(
    it: Case, trigger: str, on: date = DAY, *, compiled: Compiled | None = None, today: date | None = None,
    world_: Mapping[str, Any] | None = None, **more: Any,
) -> Advanced:  # fmt: skip
    """Take a step as the usual people do, entered on its own day, unless told otherwise.

    The case is taken to have been opened under the flow that is asked for.
    """
    under = compiled or small()
    it = replace(it, flow_digest=under.digest)
    if trigger == "inquire" and it.acts.get("inquire"):  # people are never asked the same twice
        more = {"documents": {"record": [{**RECORD, "answer": f"属实, 第{it.revision}步"}]}, **more}
    return advance(under, it, request(trigger, on, **more), world(today or on, **(world_ or {})))


def walk(*steps: str | tuple[str, dict[str, Any]], compiled: Compiled | None = None, on: date = DAY) -> Case:
    """The case after these steps, all on one day unless they say otherwise."""
    it = opened(compiled, on)
    for step in steps:
        name, more = (step, {}) if isinstance(step, str) else step
        it = take(it, name, compiled=compiled, **{"on": on, **more}).case
    return it


def refused(it: Case, trigger: str, on: date = DAY, **more: Any) -> tuple[Refusal, ...]:
    """Every refusal with which the step is answered."""
    with pytest.raises(Refused) as raised:
        take(it, trigger, on, **more)
    return raised.value.refusals


def told(refusals: Sequence[Refusal]) -> list[str]:
    return [f"{one.code}: {one.message}({one.found})" for one in refusals]
