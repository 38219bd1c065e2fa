"""An agency (执法主体): who decides, under whom it stands, and in whose name it acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from zhifa_flow.model.identity import CodeKind, check_identity
from zhifa_flow.model.record import Record, RecordError, plain
from zhifa_flow.model.region import NATION, full_region
from zhifa_flow.model.term import Term


class AgencyLevel(Term):
    """The level of government to which an agency belongs."""

    NATIONAL = "national", "国家级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class AgencyError(RecordError):
    """What was written of an agency cannot stand; carries every problem."""


#: What the fields of an agency's record are called.
AGENCY_LABELS: Final = {
    "id": "机关编号",
    "name": "机关名称",
    "region": "地区",
    "sector": "领域",
    "level": "层级",
    "code": "统一社会信用代码",
    "superior": "上级主管部门",
    "justice_office": "同级司法行政部门",
    "entrusted_by": "委托机关",
    "entrustment": "委托书",
}


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of the register; ``superior``, ``justice_office`` and ``entrusted_by`` are ids of others.

    ``superior`` and ``justice_office`` are the two to whom a major penalty is reported.
    An entrusted body acts in the name of ``entrusted_by`` on the ground of ``entrustment``, the published
    letter (行政处罚法第二十条). ``region`` begins with the full name of its province, by which tables know it.
    """

    id: str
    name: str
    region: str
    sector: str
    level: AgencyLevel
    code: str | None = None
    superior: str | None = None
    justice_office: str | None = None
    entrusted_by: str | None = None
    entrustment: str | None = None

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Agency:
        """The agency that a record describes; fields may bear their keys or their Chinese names.

        Raises:
            AgencyError: every problem of the record.
        """
        record = Record(raw, AGENCY_LABELS)
        for key in ("region", "level"):
            record.stated(key)
        code = record.term("code", lambda text: check_identity(CodeKind.USCC, text))
        agency = cls(
            id=record.required("id"),
            name=record.required("name"),
            region=record.term("region", full_region) or "",
            sector=record.required("sector"),
            level=record.term("level", AgencyLevel.read) or AgencyLevel.COUNTY,
            code=code.text if code else None,
            superior=record.text("superior"),
            justice_office=record.text("justice_office"),
            entrusted_by=record.text("entrusted_by"),
            entrustment=record.text("entrustment"),
        )
        agency._check(record)
        record.settle(AgencyError)
        return agency

    def _check(self, record: Record) -> None:
        if self.region == NATION and self.level is not AgencyLevel.NATIONAL:
            record.problem("region", f"只有国家级的机关可以填写“{NATION}”")
        if self.entrusted_by and not self.entrustment:
            record.problem("entrustment", "没有填写: 委托处罚应当有书面委托书(行政处罚法第二十条)")
        if self.id and self.id in (self.superior, self.entrusted_by):
            key = "superior" if self.id == self.superior else "entrusted_by"
            record.problem(key, "不能是本机关自己")

    @property
    def signs_as(self) -> str:
        """The id of the agency in whose name decisions are made (行政处罚法第二十条)."""
        return self.entrusted_by or self.id

    def to_raw(self) -> dict[str, object]:
        """The record that reads back as this agency."""
        return plain(**{key: getattr(self, key) for key in AGENCY_LABELS} | {"level": self.level.value})
