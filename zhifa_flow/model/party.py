"""A party (当事人): who the case is about, and how surely we know who that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhifa_flow.model.identity import CodeKind, IdentityCode, birth_date, check_identity, code_kind
from zhifa_flow.model.record import Record, RecordError
from zhifa_flow.model.term import Term

_NO_CODE: Final = "无法取得"
_SOLE_TRADER_PREFIX: Final = "92"  # 机构编制 9 市场监管, 类别 2 个体工商户


class PartyKind(Term):
    """The kinds that money lines and templates tell apart."""

    CITIZEN = "citizen", "公民"
    ORGANISATION = "organisation", "法人或者其他组织"
    SOLE_TRADER = "sole_trader", "个体工商户"
    AGENCY = "agency", "机关"


_KIND_NAMES: Final = {
    "自然人": PartyKind.CITIZEN,
    "个人": PartyKind.CITIZEN,
    "法人": PartyKind.ORGANISATION,
    "其他组织": PartyKind.ORGANISATION,
    "非法人组织": PartyKind.ORGANISATION,
    "法人及非法人组织": PartyKind.ORGANISATION,
    "单位": PartyKind.ORGANISATION,
    "行政机关": PartyKind.AGENCY,
}
_LABELS: Final = {
    "kind": "当事人类别",
    "name": "姓名或者名称",
    "code": "证件号码",
    "code_kind": "证件种类",
    "no_code_reason": "无法取得证件号码的原因",
    "address": "地址",
    "representative": "法定代表人、负责人或者经营者",
    "birth_date": "出生日期",
    "phone": "联系电话",
}


class PartyError(RecordError):
    """What was written of a party cannot stand; carries every problem."""


def party_kind(name: str) -> PartyKind:
    """The kind that a key or a Chinese name stands for, also the names of the 双公示 templates.

    Raises:
        ValueError: no such kind; says which there are.
    """
    return _KIND_NAMES.get(name.strip()) or PartyKind.read(name)


@dataclass(frozen=True, slots=True)
class Party:
    """A party as it stands on the documents (行政处罚法第五十九条第一款第一项: 姓名或者名称、地址)."""

    kind: PartyKind
    name: str
    code: str | None = None
    code_kind: CodeKind | None = None
    no_code_reason: str | None = None
    address: str = ""
    representative: str | None = None
    birth_date: date | None = None
    phone: str | None = None

    @classmethod
    def read(cls, raw: Mapping[str, object]) -> Party:
        """The party that a record describes; fields may bear their keys or their Chinese names.

        Without ``code_kind`` a citizen's code is taken for 居民身份证, any other for 统一社会信用代码.

        Raises:
            PartyError: every problem of the record.
        """
        record = Record(raw, _LABELS)
        record.stated("kind")
        kind = record.term("kind", party_kind)
        code, reason = _read_code(record, kind)
        party = cls(
            kind=kind or PartyKind.CITIZEN,
            name=record.required("name"),
            code=code.text if code else None,
            code_kind=code.kind if code else None,
            no_code_reason=reason,
            address=record.required("address"),
            representative=record.text("representative"),
            birth_date=_read_birth(record, kind, code),
            phone=record.text("phone"),
        )
        record.settle(PartyError)
        return party

    def to_raw(self) -> dict[str, object]:
        """The record that reads back as this party: plain text, without empty fields."""
        values = {key: getattr(self, key) for key in _LABELS}
        values["birth_date"] = self.birth_date and self.birth_date.isoformat()
        return {key: str(value) for key, value in values.items() if value}

    @property
    def masked(self) -> bool:
        """Whether part of the code is hidden, so that it identifies nobody for certain."""
        return self.code is not None and ("*" in self.code or "×" in self.code)

    @property
    def key(self) -> str | None:
        """Kind and code, the same in every case of the party; None where the code is masked or missing."""
        if self.code is None or self.code_kind is None or self.masked:
            return None
        return f"{self.code_kind.value}:{self.code}"

    def age_on(self, day: date) -> int | None:
        """Full years of age (周岁) on a day; None for whom it is unknown, and before the birth.

        A year is full on the day after the birthday, as the Supreme People's Court counts in criminal cases
        (法释〔2006〕1号第二条). For penalties no text says it; we follow the reading that spares the minor.
        """
        born = self.birth_date
        if born is None or day < born:
            return None
        return max(day.year - born.year - ((day.month, day.day) <= (born.month, born.day)), 0)


def _read_code(record: Record, kind: PartyKind | None) -> tuple[IdentityCode | None, str | None]:
    text, reason = record.text("code"), record.text("no_code_reason")
    name = record.text("code_kind")
    if name == _NO_CODE:
        text, reason = None, reason or text
    elif text and reason:
        record.problem("no_code_reason", "与证件号码只能填写一项")
    if text is None:
        if reason is None:
            record.problem("code", "没有填写; 无法取得的, 应写明原因")
        return None, reason
    default = CodeKind.ID_CARD if kind is PartyKind.CITIZEN else CodeKind.USCC
    code_type = record.term("code_kind", code_kind) if name else default
    code = code_type and record.term("code", lambda written: check_identity(code_type, written))
    if code and kind and (misfit := _misfit(kind, code)):
        record.problem("code", misfit)
    return code or None, None


def _misfit(kind: PartyKind, code: IdentityCode) -> str | None:
    # Which money line applies hangs on the kind, so a code that says otherwise is not passed over.
    if code.kind is not CodeKind.USCC:
        paper = "居民身份证" if code.kind is CodeKind.ID_CARD else "个人证件"
        wrong = kind in (PartyKind.ORGANISATION, PartyKind.AGENCY)
        cure = f"{kind.chinese}应填写统一社会信用代码; 没有的, 应写明无法取得证件号码的原因"
        return f"是{paper}, {cure}" if wrong else None
    if kind is PartyKind.CITIZEN:
        return "是统一社会信用代码, 公民应填写居民身份证等个人证件; 个体工商户应另选类别"
    prefix = code.text[: len(_SOLE_TRADER_PREFIX)]
    if "*" in prefix or (prefix == _SOLE_TRADER_PREFIX) is (kind is PartyKind.SOLE_TRADER):
        return None
    if kind is PartyKind.SOLE_TRADER:
        return "不是以92开头, 不是个体工商户的统一社会信用代码"
    return f"以92开头, 属于个体工商户, 与类别“{kind.chinese}”不符"


def _read_birth(record: Record, kind: PartyKind | None, code: IdentityCode | None) -> date | None:
    written = record.day("birth_date")
    shown = birth_date(code) if code else None
    if written and kind in (PartyKind.ORGANISATION, PartyKind.AGENCY):
        record.problem("birth_date", f"不适用于{kind.chinese}")
    if written and shown and written != shown:
        record.problem("birth_date", "与居民身份证上的不一致")
    return written or shown
