"""What changed in a register (名册的变动): its history told field by field, under Chinese names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from zhifa_flow.model.agency import AGENCY_LABELS, AgencyLevel
from zhifa_flow.model.certificate import CERTIFICATE_LABELS, CertificateKind
from zhifa_flow.model.matter import DUTY_LABELS, GROUND_LABELS, MATTER_LABELS, Power
from zhifa_flow.model.officer import OFFICER_LABELS, PersonnelKind
from zhifa_flow.model.register import Register, Registration
from zhifa_flow.model.term import Term

_LABELS: Final = {
    Register.AGENCY: AGENCY_LABELS,
    Register.OFFICER: OFFICER_LABELS,
    Register.MATTER: MATTER_LABELS,
}
_TERMS: Final[Mapping[str, type[Term]]] = {
    "personnel": PersonnelKind, "level": AgencyLevel, "kind": CertificateKind, "power": Power,
}  # fmt: skip
#: What the parts of an entry of a list are called.
_PARTS: Final[Mapping[str, Mapping[str, str]]] = {"basis": GROUND_LABELS, "duties": DUTY_LABELS}


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a record that a registration changed; empty text where nothing was, or is, stated."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A registration with what it changed; the first one changed everything."""

    made: Registration
    changes: tuple[Change, ...]


def changed(history: Iterable[Registration]) -> Iterator[Changed]:
    """What each registration of one agency or officer changed, from the first on."""
    before: dict[str, str] = {}
    for made in history:
        after = dict(_told(_LABELS[made.register], made.content))
        names = [name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name)]
        yield Changed(made, tuple(Change(name, before.get(name, ""), after.get(name, "")) for name in names))
        before = after


def _told(
    labels: Mapping[str, str], content: Mapping[str, object], whose: str = ""
) -> Iterator[tuple[str, str]]:
    order = [key for key in labels if key in content]
    for key in dict.fromkeys((*order, *content)):
        value = content[key]
        rows = value if isinstance(value, list) else []
        if rows and key == "certificates":
            for card in rows:
                yield from _told(CERTIFICATE_LABELS, card, f"执法证件{card.get('number')}的")
        elif rows and key in _PARTS:
            yield from _parts(labels[key], _PARTS[key], rows)
        else:
            yield whose + labels.get(key, key), _text(key, value)


def _parts(
    whose: str, labels: Mapping[str, str], rows: Iterable[Mapping[str, object]]
) -> Iterator[tuple[str, str]]:
    """The rows of an entry, each under what its first field says, so that one changed duty is told alone."""
    first = next(iter(labels))
    told: dict[str, list[str]] = {}
    for row in rows:
        text = "; ".join(f"{label}: {row[part]}" for part, label in labels.items() if part in row)
        told.setdefault(f"{whose}“{row.get(first)}”", []).append(text)
    yield from ((name, "、".join(texts)) for name, texts in told.items())


def _text(key: str, value: object) -> str:
    if isinstance(value, list):
        return "、".join(_text(key, one) for one in value)
    if isinstance(value, Mapping):
        return f"{value.get('first', '')}至{value.get('last', '')}"
    if isinstance(value, bool):
        return "是" if value else "否"
    terms = _TERMS.get(key)
    known = terms and next((term for term in terms if term.value == value), None)
    return known.chinese if known else str(value)
