"""A small office with a small flow, for tests of what lies around the engine: its people, its law, its walks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from zhifa_flow.adapters.lawfiles.calendars import load_calendar
from zhifa_flow.adapters.lawfiles.flows import FlowFolder
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Store
from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.agency import Agency, AgencyLevel
from zhifa_flow.model.case import Case
from zhifa_flow.model.certificate import Certificate, CertificateKind, Suspension
from zhifa_flow.model.matter import Duty, Ground, Matter, Power
from zhifa_flow.model.officer import Officer, PersonnelKind
from zhifa_flow.model.register import Entered
from zhifa_flow.model.statute import Rank, Statute, StatuteIndex

ROOT = Path(__file__).parents[1]
FLOW = "test.small"
REF = "test.small@2024-01-01"

Documents = Mapping[str, Sequence[Mapping[str, object]]]

BUREAU = Agency(
    id="bureau", name="某县某局", region="河南省", sector="市场监管", level=AgencyLevel.COUNTY, superior="city",
    justice_office="justice",
)  # fmt: skip
CITY = Agency(id="city", name="某市某局", region="河南省", sector="市场监管", level=AgencyLevel.CITY)
CERTIFICATE = Certificate(
    "001", CertificateKind.ENFORCEMENT, date(2020, 1, 1), date(2030, 1, 1),
    (Suspension(date(2021, 1, 1), date(2021, 2, 1)), Suspension(date(2029, 1, 1))), date(2029, 6, 1),
)  # fmt: skip
OFFICERS = (
    Officer("zhang", "张某", "bureau", posts=frozenset({"调查岗", "送达岗"}), certificates=(CERTIFICATE,)),
    Officer("li", "李某", "bureau", posts=frozenset({"调查岗"}), reviewer_since=date(2019, 5, 1)),
    Officer("head", "赵某", "bureau", posts=frozenset({"决定岗"}), chief=True, active_from=date(2018, 1, 1)),
    Officer(
        "clerk", "钱某", "bureau", personnel=PersonnelKind.CONTRACT, unit="办公室", active_to=date(2029, 1, 1)
    ),
)
MATTER = Matter(
    code="CF-01", agency="bureau", power=Power.PENALTY, name="对某行为的处罚", flows=(FLOW,),
    basis=(Ground("甲法第一条", "某条文"), Ground("甲法第二条")),
    duties=(Duty("立案", "立案岗", "决定是否立案", "7个工作日"), Duty("决定", "决定岗", "作出决定")), liability="依法追究责任",
    listed_on=date(2026, 1, 1), period="90日", charged=True, charge_basis="甲法第三条", unit="法规科", office="某县某局",
    phone="0000-0000000", place="某县某路某号", complaints="某县某局", complaints_phone="0000-0000000",
    removed_on=date(2029, 12, 31),
)  # fmt: skip
#: The hand that keeps the registers.
ENTERED = Entered(datetime(2026, 1, 5, 1, 2, 3, 45, UTC), "clerk")
PARTY = {"kind": "法人", "name": "某公司", "address": "某市某路1号", "no_code_reason": "尚未查明"}

NOTE: Documents = {"note": [{"content": "现场\n检查\t“情况”"}, {"content": "询问情况"}]}
MAJOR: Documents = {"proposal": [{"content": "拟处罚", "major": "是", "officers": ["zhang", "li"]}]}
MINOR: Documents = {"proposal": [{"content": "拟处罚", "major": "否", "officers": ["zhang", "li"]}]}
DECISION: Documents = {"decision": [{"content": "处罚", "amount": "50000元"}]}
STOP: Documents = {"stop": [{"reason": "等待结论"}]}


@cache
def folder() -> FlowFolder:
    """The flows made for tests."""
    return FlowFolder(ROOT / "tests" / "data" / "flows", {}, StatuteIndex([]))


@cache
def law() -> Law:
    """The shipped calendar; no tables, no statutes."""
    return Law(load_calendar(ROOT / "flows" / "calendars"), {}, StatuteIndex([]))


@cache
def law_with_statute() -> Law:
    """The same with the one statute on which the matter rests."""
    statute = Statute(short="甲法", title="甲法", rank=Rank.LAW, in_force_from=None, indexed=False)
    return replace(law(), statutes=StatuteIndex([statute]))


@dataclass
class Watch:
    """The time: noon of a day in Shanghai, a second later at every look."""

    today: date
    _looks: int = field(default=0)

    def __call__(self) -> datetime:
        self._looks += 1
        noon = datetime(self.today.year, self.today.month, self.today.day, 4, 0, 0, 123456, UTC)
        return noon + timedelta(seconds=self._looks)


def register(store: Store) -> None:
    """Enter the agencies and the officers."""
    with store.write() as work:
        for agency in (BUREAU, CITY):
            work.put_agency(agency, ENTERED)
        for officer in OFFICERS:
            work.put_officer(officer, ENTERED)


def desk_on(store: Store, day: date = date(2026, 3, 2), law_: Law | None = None) -> Desk:
    """A desk at which it is noon on a day."""
    return Desk(store, folder(), law_ or law(), Watch(day))


def opened(desk: Desk, title: str = "某公司案", id_: str = "", agency: str = "bureau") -> Case:
    """A case of the small flow, opened today."""
    return desk.open(
        flow=FLOW, agency=agency, title=title, party=PARTY, on=desk.today, by=["zhang"], id_=id_
    ).case  # fmt: skip


def done(desk: Desk, case: str, step: str, documents: Documents | None = None) -> Advanced:
    """A step taken today by those whose step it is."""
    by = ["head"] if step in ("decide", "close", "send_back") else ["zhang", "li"]
    usual = STOP if step == "suspend" else None
    return desk.do(case, step, by=by, documents=documents or usual)


def decided(desk: Desk, title: str = "某公司案", id_: str = "") -> Case:
    """A case walked to its decision, sent back once, suspended once, with a side case."""
    case = opened(desk, title, id_)
    done(desk, case.id, "take_note", NOTE)
    done(desk, case.id, "suspend")
    done(desk, case.id, "resume")
    done(desk, case.id, "propose", MINOR)
    done(desk, case.id, "send_back")
    done(desk, case.id, "propose", MAJOR)
    return done(desk, case.id, "decide", DECISION).case
