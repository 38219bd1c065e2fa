"""A certificate (执法证件): what lets its holder act, and on which days it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from zhifa_flow.model.record import Record, RecordError, plain
from zhifa_flow.model.term import Term

#: Letters of other alphabets, and letters and digits, that nobody tells apart on a card.
_ALIKE: Final = str.maketrans("авекмнорстухіјѕοαβεηικμνρτυχɑoil", "abekmhopctyxijs0abenikmvptuxa011")


@lru_cache(maxsize=4096)
def mark_of(number: str) -> str:
    """What tells the numbers of two certificates apart, however they are typed: letters and digits alone.

    Wide and narrow, large and small letters are the same, and so are those that only look alike; blanks and dashes
    say nothing.
    """
    plainly = normalize("NFKC", number).casefold().translate(_ALIKE).translate(_ALIKE)
    return "".join(character for character in plainly if character.isalnum()) or plainly


class CertificateKind(Term):
    """What a certificate lets its holder do: enforce, or supervise those who do."""

    ENFORCEMENT = "enforcement", "行政执法证"
    DEPARTMENTAL = "departmental", "国务院部门核发的执法证件"
    SUPERVISION = "supervision", "行政执法监督证"


class CertificateError(RecordError):
    """What was written of a certificate cannot stand; carries every problem."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """暂扣: from the first to the last day, both included; open while ``last`` is None."""

    first: date
    last: date | None = None

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Suspension:
        """The suspension that a record describes.

        Raises:
            CertificateError: every problem of the record.
        """
        record = Record(raw, {"first": "暂扣起始日期", "last": "暂扣结束日期"})
        first = _required_day(record, "first")
        last = record.day("last")
        if last and last < first:
            record.problem("last", "早于起始日期")
        record.settle(CertificateError)
        return cls(first, last)

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)

    def to_raw(self) -> dict[str, object]:
        """The record that reads back as this suspension."""
        return plain(first=self.first, last=self.last)


#: What the fields of a certificate's record are called.
CERTIFICATE_LABELS: Final = {
    "number": "证件编号",
    "kind": "证件种类",
    "valid_from": "有效期起",
    "valid_to": "有效期止",
    "suspended": "暂扣记录",
    "revoked_on": "注销日期",
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """执法证件. ``valid_to`` is its last day; None where the certificate states no end."""

    number: str
    kind: CertificateKind
    valid_from: date
    valid_to: date | None = None
    suspended: tuple[Suspension, ...] = ()
    revoked_on: date | None = None

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Certificate:
        """The certificate that a record describes; without a kind it is a 行政执法证.

        Raises:
            CertificateError: every problem of the record.
        """
        record = Record(raw, CERTIFICATE_LABELS)
        certificate = cls(
            number=record.required("number"),
            kind=record.term("kind", CertificateKind.read) or CertificateKind.ENFORCEMENT,
            valid_from=_required_day(record, "valid_from"),
            valid_to=record.day("valid_to"),
            suspended=record.records("suspended", Suspension.read),
            revoked_on=record.day("revoked_on"),
        )
        if certificate.valid_to and certificate.valid_to < certificate.valid_from:
            record.problem("valid_to", "早于有效期起")
        record.settle(CertificateError)
        return certificate

    @property
    def enforces(self) -> bool:
        """Whether it is for enforcement at all; a 监督证 is not."""
        return self.kind is not CertificateKind.SUPERVISION

    def problem_on(self, day: date) -> str | None:
        """Why it does not hold on a day, with the dates; None if it holds."""
        name = f"{self.kind.chinese}{self.number}"
        if self.revoked_on and self.revoked_on <= day:
            return f"{name}已于{self.revoked_on}注销"
        if day < self.valid_from:
            return f"{name}自{self.valid_from}起有效, 在{day}尚未生效"
        if self.valid_to and self.valid_to < day:
            return f"{name}有效期至{self.valid_to}, 在{day}已过期"
        for suspension in self.suspended:
            if suspension.covers(day):
                return f"{name}自{suspension.first}起暂扣{_until(suspension.last)}, {day}在暂扣期间"
        return None

    def to_raw(self) -> dict[str, object]:
        """The record that reads back as this certificate."""
        return plain(
            number=self.number,
            kind=self.kind.value,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            suspended=[suspension.to_raw() for suspension in self.suspended],
            revoked_on=self.revoked_on,
        )


def _required_day(record: Record, key: str) -> date:
    record.stated(key)
    return record.day(key) or date.min


def _until(last: date | None) -> str:
    return f"至{last}" if last else ""
