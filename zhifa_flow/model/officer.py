"""An officer (执法人员) and the certificates that let him or her act on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhifa_flow.model.agency import Agency, AgencyLevel
from zhifa_flow.model.certificate import Certificate, CertificateKind, Suspension, mark_of
from zhifa_flow.model.record import Record, RecordError, plain
from zhifa_flow.model.term import Term

__all__ = [
    "Agency", "AgencyLevel", "Certificate", "CertificateKind", "Officer", "OfficerError", "PersonnelKind",
    "Suspension", "personnel_kind",
]  # fmt: skip


class PersonnelKind(Term):
    """On what footing somebody serves; which kinds may enforce is for the law to say, in the flows."""

    ESTABLISHED = "established", "在编在职"
    CONTRACT = "contract", "合同工"
    TEMPORARY = "temporary", "临时工"
    SUPPORT = "support", "工勤人员"
    AUXILIARY = "auxiliary", "辅助人员"
    LEGAL_COUNSEL = "legal_counsel", "法律顾问"
    EXPERT = "expert", "专家"
    RETIRED = "retired", "离退休人员"


class OfficerError(RecordError):
    """What was written of an officer cannot stand; carries every problem."""


#: What the fields of an officer's record are called.
OFFICER_LABELS: Final = {
    "id": "人员编号",
    "name": "姓名",
    "agency": "所在机关",
    "personnel": "人员性质",
    "posts": "岗位",
    "certificates": "执法证件",
    "unit": "内设机构",
    "chief": "正职负责人或者主持工作的负责人",
    "head": "负责人",
    "legal_qualification": "法律职业资格",
    "reviewer_since": "开始从事法制审核的日期",
    "active_from": "到岗日期",
    "active_to": "离岗日期",
}


@dataclass(frozen=True, slots=True)
class Officer:
    """A person in the register of an agency. ``active_to`` is the last day in service.

    A ``chief`` (正职负责人或者主持工作的负责人) is a ``head`` (负责人) too.
    """

    id: str
    name: str
    agency: str
    personnel: PersonnelKind = PersonnelKind.ESTABLISHED
    posts: frozenset[str] = frozenset()
    certificates: tuple[Certificate, ...] = ()
    unit: str = ""
    chief: bool = False
    head: bool = False
    legal_qualification: bool = False
    reviewer_since: date | None = None
    active_from: date | None = None
    active_to: date | None = None

    def __post_init__(self) -> None:
        if self.chief:
            object.__setattr__(self, "head", True)

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Officer:
        """The officer that a record describes; the personnel kind has to be stated, never assumed.

        Raises:
            OfficerError: every problem of the record and of its certificates.
        """
        record = Record(raw, OFFICER_LABELS)
        record.stated("personnel")
        officer = cls(
            id=record.required("id"),
            name=record.required("name"),
            agency=record.required("agency"),
            personnel=record.term("personnel", personnel_kind) or PersonnelKind.TEMPORARY,
            posts=frozenset(record.texts("posts")),
            certificates=record.records("certificates", Certificate.read),
            unit=record.text("unit") or "",
            chief=record.yes("chief"),
            head=record.yes("head"),
            legal_qualification=record.yes("legal_qualification"),
            reviewer_since=record.day("reviewer_since"),
            active_from=record.day("active_from"),
            active_to=record.day("active_to"),
        )
        officer._check(record)
        record.settle(OfficerError)
        return officer

    def _check(self, record: Record) -> None:
        marks = [mark_of(certificate.number) for certificate in self.certificates]
        again = [one.number for one in self.certificates if marks.count(mark_of(one.number)) > 1]
        if again:
            record.problem("certificates", f"编号{'、'.join(sorted(set(again)))}重复")
        if self.active_from and self.active_to and self.active_to < self.active_from:
            record.problem("active_to", "早于到岗日期")

    @property
    def marks(self) -> frozenset[str]:
        """What tells the certificates apart: whoever shares one with another entry is the same person."""
        return frozenset(mark_of(certificate.number) for certificate in self.certificates)

    def absence_on(self, day: date) -> str | None:
        """Why the officer is not in service on a day; None if in service."""
        if self.active_from and day < self.active_from:
            return f"自{self.active_from}起到岗, {day}尚未到岗"
        if self.active_to and self.active_to < day:
            return f"于{self.active_to}离岗, {day}已不在岗"
        return None

    def certificate_on(self, day: date) -> Certificate | None:
        """An enforcement certificate that holds on the day, if there is one."""
        held = (each for each in self.certificates if each.enforces and each.problem_on(day) is None)
        return next(held, None)

    def certificate_problem_on(self, day: date) -> str | None:
        """Why the officer has no enforcement certificate that holds on the day; None if one does."""
        if self.certificate_on(day):
            return None
        problems = [each.problem_on(day) for each in self.certificates if each.enforces]
        return "; ".join(problem for problem in problems if problem) or "没有登记行政执法证件"

    def to_raw(self) -> dict[str, object]:
        """The record that reads back as this officer."""
        return plain(
            **{key: getattr(self, key) for key in OFFICER_LABELS}
            | {
                "personnel": self.personnel.value,
                "posts": sorted(self.posts),
                "certificates": [certificate.to_raw() for certificate in self.certificates],
            },
        )


_PERSONNEL_NAMES: Final = {
    "在编": PersonnelKind.ESTABLISHED,
    "在编在职人员": PersonnelKind.ESTABLISHED,
    "合同制": PersonnelKind.CONTRACT,
    "合同制人员": PersonnelKind.CONTRACT,
    "临时人员": PersonnelKind.TEMPORARY,
    "工勤": PersonnelKind.SUPPORT,
    "协管员": PersonnelKind.AUXILIARY,
    "辅警": PersonnelKind.AUXILIARY,
}


def personnel_kind(name: str) -> PersonnelKind:
    """The kind that a key or a usual Chinese name stands for.

    Raises:
        ValueError: no such kind; says which there are.
    """
    return _PERSONNEL_NAMES.get(name.strip()) or PersonnelKind.read(name)
