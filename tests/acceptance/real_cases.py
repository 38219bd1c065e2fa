"""Published cases: what was published of each, and what had to be made up so that it can be run whole.

The articles made up were read in the texts of the statutes; whatever else was not published is plausible, no more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from zhifa_flow.model.citation import Citation
from zhifa_flow.model.errors import NotFound

PATH = Path(__file__).parents[1] / "data" / "real-cases.jsonl"
FIRST_DAY = date(2021, 7, 15)

Penalty = dict[str, Any]

#: The step to whose day a published date belongs, unless a case says otherwise.
BELONGS = {
    "clue": "register_lead", "complaint_received": "register_lead", "filing": "file_case",
    "inspection": "inspect_site", "verification": "inspect_site", "sampling": "take_sample",
    "inquiry": "take_statement", "inquiry2": "take_statement", "inquiry3": "take_statement",
    "party_confirm": "take_statement", "test_report": "receive_appraisal",
    "registration_preserve": "preserve_evidence", "correction_order": "order_correction",
    "investigation_closed": "conclude_investigation", "notice": "serve_notice", "decision": "decide_penalty",
    "published": "publish",
}  # fmt: skip

PROVINCES = {
    "内蒙古": "内蒙古自治区", "宁夏": "宁夏回族自治区", "上海": "上海市", "湖南": "湖南省", "云南": "云南省",
    "广东": "广东省", "四川": "四川省", "浙江": "浙江省", "山西": "山西省", "河南": "河南省", "贵州": "贵州省",
    "山东": "山东省",
}  # fmt: skip
SECTORS = {
    "生态环境": "生态环境", "环境保护": "生态环境", "市场监督管理": "市场监管", "自然资源": "自然资源",
    "国土资源": "自然资源", "城市管理": "城市管理", "农业农村": "农业农村", "交通运输": "交通运输",
    "应急管理": "应急管理", "卫生健康": "卫生健康",
}  # fmt: skip
PARTIES = {
    "法人": ("organisation", "某公司"), "法人(全匿名)": ("organisation", "某公司"),
    "个体工商户": ("sole_trader", "某经营部"), "自然人": ("citizen", "张某"), "自然人/不详": ("citizen", "张某"),
    "机关(派出机构)": ("agency", "某管理委员会"),
    # Not published; the kind that most of those fined for food past its date are of.
    "不详": ("sole_trader", "某经营部"),
}  # fmt: skip
SOURCES = {
    "投诉举报(信函)": "投诉举报", "中央生态环境保护督察组交办信访举报": "上级交办", "上级线索": "上级交办",
    "双随机抽查": "检查发现",
}  # fmt: skip
COUNTY_CITIES = ("恩平市", "峨眉山市", "香格里拉市")
CONFISCATED_GOODS, CONFISCATED_GAINS = "没收非法财物", "没收违法所得"
#: A demolition or a return of land is no kind of 行政处罚法第九条 by name; the decisions impose it as a penalty.
OTHER_PENALTY = "其他行政处罚"


@dataclass(frozen=True)
class Facts:
    """One published case, as it stands in the file."""

    raw: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def organ(self) -> str:
        """The organ that decided, without remarks on who inspected and who enforced."""
        return re.split(r"[(→]", str(self.raw["agency"]))[0]

    @property
    def level(self) -> str:
        return (
            "county" if re.search("[县区旗]", self.organ) or self.organ.startswith(COUNTY_CITIES) else "city"
        )

    @property
    def region(self) -> str:
        """The region with the full name of its province, by which tables know it."""
        written = str(self.raw["region"])
        return next(
            full + written.removeprefix(name) for name, full in PROVINCES.items() if written.startswith(name)
        )

    @property
    def sector(self) -> str:
        return next((sector for word, sector in SECTORS.items() if word in self.organ), "")

    @property
    def party(self) -> tuple[str, str]:
        """Kind and (made up) name."""
        return PARTIES[self.raw["party_type"]]

    @property
    def ordinary(self) -> bool:
        return str(self.raw["action"]).startswith("行政处罚") and self.raw["procedure"] == "普通程序"

    @property
    def source(self) -> str | None:
        source = self.raw.get("case_source")
        return SOURCES[source] if source else None

    @property
    def fine(self) -> str | None:
        amount = self.raw.get("fine")
        return f"{amount}元" if amount else None

    @property
    def basis(self) -> tuple[str, ...]:
        """The published articles as citations; what names no article of a statute is left out."""
        found: list[str] = []
        for text in self.raw.get("basis", ()):
            if re.search(r"\d条", text):
                found += _citations(text, found)
        return tuple(dict.fromkeys(found))

    @property
    def dates(self) -> Mapping[str, str]:
        return dict(self.raw["dates"])

    def day(self, key: str) -> date:
        """A published date; of a month its first day."""
        return date.fromisoformat(f"{self.dates[key]}-01"[:10])

    def says(self, *words: str) -> bool:
        """Whether one of the published steps names one of the words."""
        return any(word in step for step in self.raw["steps"] for word in words)

    def moved(self, years: int) -> Facts:
        """The same case so many years later."""
        later = {key: str(self.day(key).replace(year=self.day(key).year + years)) for key in self.dates}
        return Facts({**self.raw, "dates": later})


def _citations(text: str, before: list[str]) -> list[str]:
    """Two places of one article ("28条1款4款") apart; a bare "64条2项" is of the statute cited before."""
    if text[0].isdigit():
        text = Citation.parse(before[-1]).statute + text
    article, places = re.split(r"(?<=\d条)", text, maxsplit=1)
    return [
        str(Citation.parse(article + place)) for place in re.findall(r"\d+款\d+项|\d+[款项]", places) or [""]
    ]


@dataclass(frozen=True)
class FillIn:
    """What was not published of a case and is made up.

    ``basis`` are the articles punished by, ``violated`` those violated, ``elsewhere`` published articles of another
    procedure, ``changed_to`` the penalties after a correction. ``where`` names for a published date another step,
    or the field ("document.field") that holds it; ``beyond`` says why a published date belongs to no step of the
    flow. ``late`` names the deadlines that the published facts themselves overrun, with the article.
    """

    basis: tuple[str, ...] = ()
    violated: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    goods: str = ""
    lead: date | None = None
    source: str = "检查发现"
    noticed: date | None = None
    decided: date | None = None
    published: date | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    beyond: Mapping[str, str] = field(default_factory=dict)
    state: str = "finished"
    discussed: bool = False
    changed_to: tuple[Penalty, ...] = ()
    filed_as_major: bool | None = None
    late: Mapping[str, str] = field(default_factory=dict)

    def but(self, **changes: Any) -> FillIn:
        """The same with some things otherwise."""
        return replace(self, **changes)


def fine(amount: str) -> tuple[Penalty, ...]:
    return ({"kind": "罚款", "amount": amount},)


def goods(amount: str) -> Penalty:
    return {"kind": CONFISCATED_GOODS, "amount": amount}


FOOD_PAST_ITS_DATE = ("食品安全法第三十四条第十项",)
ENFORCED_ELSEWHERE = "由法律授权的机关自己强制执行, 另有流程"
RUN: Mapping[str, FillIn] = {
    # Inspected by the branch before the law of 2021; handed over to the bureau and told on the second working day.
    "R01": FillIn(lead=FIRST_DAY, source="其他机关移送", where={"inspection": "evidence_entry.collected_on"}),
    "R02": FillIn(penalties=fine("3万元")),
    "R03": FillIn(penalties=fine("4400元")),
    "R04": FillIn(
        basis=("环境影响评价法第三十一条第一款",), penalties=fine("5000元"),
        where={"violation_start": "investigation_report.act_on"},
    ),
    "R05": FillIn(penalties=fine("4万元")),
    "R10": FillIn(
        basis=("水污染防治法第八十二条第一款第一项", "水污染防治法第八十二条第一款第三项"), penalties=fine("4万元"),
        where={"violation_start": "investigation_report.act_on", "violation_end": "investigation_report.act_end"},
    ),
    "R12": FillIn(
        violated=("环境影响评价法第二十五条",), basis=("行政处罚法第三十三条第一款",),
        beyond={"published": "行政处罚法第四十八条只规定处罚决定的公开, 不予处罚决定没有立公开事项"},
    ),
    # Inspected in September, told in February: filed only once the inspection had been looked into.
    "R13": FillIn(
        basis=("大气污染防治法第一百一十七条第二项",), penalties=fine("3万元"), where={"inspection": "register_lead"},
    ),
    "R14": FillIn(
        violated=("大气污染防治法第七十二条第一款",), basis=("大气污染防治法第一百一十七条第二项",),
        penalties=fine("2万元"),
    ),
    "R15": FillIn(basis=("畜禽规模养殖污染防治条例第四十一条",), penalties=fine("1万元")),
    # Filed on the day of the inspection the ninety days would end before a decision that is published in time.
    "R17": FillIn(
        basis=("水污染防治法第八十三条第三项",), penalties=fine("10万元"), where={"inspection": "register_lead"},
        discussed=True,
    ),
    "R27": FillIn(
        basis=("城乡规划法第六十四条", "行政处罚法第二十八条第一款"), violated=("城乡规划法第四十条第一款",),
        elsewhere=("城乡规划法第六十八条", "行政强制法第三十七条", "行政强制法第四十四条"), state="performing",
        beyond=dict.fromkeys(("urged", "enforcement_decision_served", "enforcement_notice"), ENFORCED_ELSEWHERE),
    ),
    # Shown for three months that end on 24 April, so shown from the day of the decision (第十三条: 自公示之日起).
    "R28": FillIn(
        violated=FOOD_PAST_ITS_DATE, penalties=(goods("36元"), *fine("1000元")), goods="超过保质期食品12瓶",
        published=date(2025, 1, 24), where={"publish_until": "publication_record.until"},
    ),
    "R29": FillIn(
        violated=FOOD_PAST_ITS_DATE, basis=("食品安全法第一百二十四条第一款第五项",), penalties=fine("5000元"),
    ),
    "R31": FillIn(
        basis=("食品安全法第一百二十三条第一款第一项",), penalties=fine("15万元"), discussed=True,
    ),
    "R32": FillIn(
        basis=("食品安全法第一百二十四条第一款第五项", "行政处罚法第五条第二款", "行政处罚法第二十八条第一款"),
        penalties=(goods("120元"), *fine("5000元")), goods="榴莲冰皮月饼4盒",
    ),
    "R34": FillIn(discussed=True),
    # Sealed and released meanwhile (R36), seized (R39): measures of 行政强制法, which are a procedure of their own.
    "R36": FillIn(lead=date(2024, 3, 4)),
    "R39": FillIn(
        basis=("农药管理条例第五十五条第一款第一项",), penalties=(goods("1032元"), *fine("5000元")), goods="农药296袋",
        filed_as_major=False,
    ),
    "R40": FillIn(
        violated=("种子法第三十六条",), basis=("种子法第七十九条第四项",), penalties=fine("2000元"),
    ),
    "R42": FillIn(
        violated=("农药管理条例第四十五条第二款",), basis=("农药管理条例第五十六条",),
        penalties=({"kind": CONFISCATED_GAINS, "amount": "12元"}, goods("84元"), *fine("2000元")),
        goods="超过质量保证期农药14包",
    ),
    "R43": FillIn(
        penalties=fine("1万元"), source="其他机关移送", where={"sampling": "evidence_entry.collected_on"},
    ),
    # Served by announcement: the day of service lies thirty days after it, the seven working days are then over.
    "R47": FillIn(
        basis=("道路运输条例第六十八条第二款", "道路货物运输及站场管理规定第六十四条第一款第二项"),
        lead=date(2025, 3, 3), where={"violation": "investigation_report.act_end"}, state="performing",
        late={"serve": "行政处罚法第六十一条第一款"},
    ),
    "R48": FillIn(
        lead=date(2025, 8, 5), penalties=fine("3000元"), where={"violation": "investigation_report.act_end"},
    ),
    "R53": FillIn(lead=date(2023, 5, 8)),
    "R56": FillIn(
        lead=date(2023, 3, 6), source="投诉举报",
        basis=("基本医疗卫生与健康促进法第九十九条第一款", "行政处罚法第二十九条"),
        violated=("基本医疗卫生与健康促进法第三十八条第一款",), discussed=True, state="performing",
        changed_to=fine("5万元"),
    ),
}  # fmt: skip

#: Run some years later, because their law is no longer that of the flow (土地管理法2019年修正后第七十七条 for 七十六条).
TRANSPOSED: Mapping[str, FillIn] = {
    "R23": FillIn(
        violated=("土地管理法第二条第三款",), basis=("土地管理法第七十七条第一款",), state="performing",
        where={"violation_start": "investigation_report.act_on"}, beyond={"court_application": "见变体"},
    ),
    "R25": FillIn(
        violated=("土地管理法第二条第三款",), basis=("土地管理法第七十七条第一款",), lead=date(2022, 6, 6),
        where={"violation_start": "investigation_report.act_on"},
    ),
}  # fmt: skip

#: Acts of the agency before the first day of the flow: the last of them, or the last day of the document's year.
TOO_EARLY: Mapping[str, date] = {
    "R06": date(2021, 3, 18), "R07": date(2019, 12, 31), "R08": date(2018, 7, 10), "R18": date(2019, 12, 31),
    "R19": date(2018, 8, 16), "R23": date(2019, 12, 27), "R25": date(2018, 12, 31), "R49": date(2020, 2, 21),
    "R51": date(2020, 8, 21), "R52": date(2020, 7, 28), "R55": date(2020, 8, 25),
}  # fmt: skip

TOO_LITTLE: Mapping[str, str] = {"R38": "没有公布违法事实、处罚种类和数额、依据、文号和任何日期"}

OTHER_ACTION: Mapping[str, str] = {
    "R57": "行政许可", "R58": "行政许可", "R59": "行政许可", "R61": "行政确认", "R62": "行政确认", "R64": "行政确认",
    "R66": "行政征收", "R68": "行政征收", "R69": "行政裁决", "R71": "行政裁决",
}  # fmt: skip


@cache
def published() -> Mapping[str, Facts]:
    """Every case of the file, by id."""
    lines = PATH.read_text(encoding="utf-8").splitlines()
    return {facts.id: facts for facts in (Facts(json.loads(line)) for line in lines if line.strip())}


def case(id_: str) -> Facts:
    """The published case of that id.

    Raises:
        NotFound: the file has none.
    """
    if id_ not in published():
        raise NotFound("公布的案件", id_, published())
    return published()[id_]
