"""A matter (事项): one power of an agency as its 权责清单 publishes it: basis, procedure, duties by post, where to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhifa_flow.model.citation import Citation
from zhifa_flow.model.period import Length
from zhifa_flow.model.record import PASSAGE, Record, RecordError, plain
from zhifa_flow.model.term import Term


class Power(Term):
    """职权类别: the eight kinds of the reference table (行政执法权责事项环节划分参照表)."""

    LICENCE = "licence", "行政许可"
    PENALTY = "penalty", "行政处罚"
    COMPULSION = "compulsion", "行政强制"
    CONFIRMATION = "confirmation", "行政确认"
    PAYMENT = "payment", "行政给付"
    LEVY = "levy", "行政征收"
    ADJUDICATION = "adjudication", "行政裁决"
    INSPECTION = "inspection", "行政检查"


class MatterError(RecordError):
    """What was written of a matter cannot stand; carries every problem."""


#: What the fields of a matter are called; the first ones are the columns of the list that offices publish.
MATTER_LABELS: Final = {
    "code": "事项编码",
    "agency": "实施主体",
    "power": "职权类别",
    "name": "职权名称",
    "basis": "实施依据",
    "duties": "责任事项",
    "period": "办理期限",
    "charged": "是否收费",
    "charge_basis": "收费依据",
    "liability": "违法责任",
    "flows": "办理流程",
    "unit": "承办机构",
    "office": "服务机构",
    "phone": "服务电话",
    "place": "服务地点",
    "complaints": "投诉机构",
    "complaints_phone": "投诉电话",
    "listed_on": "列入清单日期",
    "removed_on": "取消日期",
}
GROUND_LABELS: Final = {"article": "条款", "text": "条文内容"}
DUTY_LABELS: Final = {"stage": "环节", "post": "岗位", "text": "责任内容", "period": "办理期限"}


@dataclass(frozen=True, slots=True)
class Ground:
    """One article on which a power rests, with its words where they are at hand."""

    article: str
    text: str = ""

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Ground:
        """The ground that a record describes. Raises MatterError."""
        record = Record(raw, GROUND_LABELS)
        record.stated("article")
        article = record.term("article", lambda text: str(Citation.parse(text)))
        ground = cls(article or "", record.text("text", PASSAGE) or "")
        record.settle(MatterError)
        return ground

    @property
    def citation(self) -> Citation:
        """The place in the statute."""
        return Citation.parse(self.article)


@dataclass(frozen=True, slots=True)
class Duty:
    """责任事项: what one post has to do at one stage, and within which time."""

    stage: str
    post: str
    text: str
    period: str = ""

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Duty:
        """The duty that a record describes. Raises MatterError."""
        record = Record(raw, DUTY_LABELS)
        text = record.required("text", PASSAGE)
        duty = cls(record.required("stage"), record.required("post"), text, _period(record))
        record.settle(MatterError)
        return duty


def _period(record: Record) -> str:
    length = record.term("period", Length.parse)
    return str(length) if length else ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A power of an agency, from ``listed_on`` on to ``removed_on`` (the last day); ``code`` is its own in that agency.

    ``flows`` are the procedures by which its cases may go. ``period`` is the time promised, at most the statutory one.
    """

    code: str
    agency: str
    power: Power
    name: str
    flows: tuple[str, ...]
    basis: tuple[Ground, ...]
    duties: tuple[Duty, ...]
    liability: str
    listed_on: date
    period: str = ""
    charged: bool = False
    charge_basis: str = ""
    unit: str = ""
    office: str = ""
    phone: str = ""
    place: str = ""
    complaints: str = ""
    complaints_phone: str = ""
    removed_on: date | None = None

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Matter:
        """The matter that a record describes; fields may bear their keys or their Chinese names.

        Raises:
            MatterError: every problem of the record.
        """
        record = Record(raw, MATTER_LABELS)
        for key in ("power", "listed_on", "basis", "flows", "duties"):
            record.stated(key)
        matter = cls(
            code=record.required("code"),
            agency=record.required("agency"),
            power=record.term("power", Power.read) or Power.PENALTY,
            name=record.required("name"),
            flows=tuple(dict.fromkeys(record.texts("flows"))),
            basis=record.records("basis", Ground.read),
            duties=record.records("duties", Duty.read),
            liability=record.required("liability", PASSAGE),
            listed_on=record.day("listed_on") or date.min,
            period=_period(record),
            charged=record.yes("charged"),
            charge_basis=_article(record, "charge_basis"),
            removed_on=record.day("removed_on"),
            **{key: record.text(key) or "" for key in _PLACES},
        )
        matter._check(record)
        record.settle(MatterError)
        return matter

    def _check(self, record: Record) -> None:
        if record.has("flows") and not self.flows:
            record.problem("flows", "没有填写")
        if "/" in self.code:
            record.problem("code", "不能含有“/”")
        if self.removed_on and self.removed_on < self.listed_on:
            record.problem("removed_on", "早于列入清单日期")
        if self.charged != record.has("charge_basis"):
            why = "没有填写: 收费的应当写明依据的条款" if self.charged else "已填写, 而没有写明收费"
            record.problem("charge_basis", why)
        twice = [
            article for article, times in Counter(one.article for one in self.basis).items() if times > 1
        ]
        if twice:
            record.problem("basis", f"重复: {'、'.join(twice)}")

    @property
    def id(self) -> str:
        """How the register knows it: the agency and its own code, for two agencies may use the same."""
        return f"{self.agency}/{self.code}"

    def listed_on_day(self, day: date) -> bool:
        """Whether it stands on the list of its agency on the day."""
        return self.listed_on <= day and (self.removed_on is None or day <= self.removed_on)

    def to_raw(self) -> dict[str, object]:
        """The record that reads back as this matter."""
        return plain(
            **{key: getattr(self, key) for key in MATTER_LABELS}
            | {
                "power": self.power.value,
                "flows": list(self.flows),
                "basis": [plain(article=one.article, text=one.text) for one in self.basis],
                "duties": [
                    plain(stage=one.stage, post=one.post, text=one.text, period=one.period)
                    for one in self.duties
                ],
            },
        )


_PLACES: Final = ("unit", "office", "phone", "place", "complaints", "complaints_phone")


def _article(record: Record, key: str) -> str:
    return record.term(key, lambda text: str(Citation.parse(text))) or ""
