"""Who may act: number, post, qualification on the day of the act, and roles that exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.certificate import mark_of
from zhifa_flow.model.flow import Field, Flow, Role
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.step import Refusal


def people_refusals(s: Situation, role: Role, persons: Sequence[str], where: str = "") -> list[Refusal]:
    """Every reason why these persons may not act in this role on the day of the act."""
    reasons: list[str] = []
    distinct = list(dict.fromkeys(persons))
    if len(distinct) < len(persons):
        again = sorted({person for person in persons if persons.count(person) > 1})
        reasons.append(f"{'、'.join(s.officer_name(one) for one in again)}重复填写, 同一人只算一人")
    if len(distinct) < role.count:
        reasons.append(f"“{role.name}”不得少于{role.count}人, 现有{len(distinct)}人")
    reasons += _one_as_two(s, distinct)
    for person in distinct:
        reasons += _person_problems(s, role, person)
    prefix = f"{where}: " if where else ""
    return [Refusal("people", prefix + reason, basis=role.basis, gap=role.gap) for reason in reasons]


def _one_as_two(s: Situation, persons: Sequence[str]) -> Iterator[str]:
    """Entries of the register that bear one certificate are one person, however often he or she was entered."""
    entries = [s.officers[person] for person in persons if person in s.officers]
    for first, second in combinations(entries, 2):
        if first.marks & second.marks:
            cards = "、".join(one.number for one in second.certificates if mark_of(one.number) in first.marks)
            yield f"{first.name}({first.id})与{second.name}({second.id})登记了同一执法证件{cards}, 同一人只算一人"


def _person_problems(s: Situation, role: Role, person: str) -> list[str]:
    officer = s.officers.get(person)
    if officer is None:
        return [s.hints.get(person) or f"人员名册中没有“{person}”"]
    checks = (
        _agency_problem(s, role, officer),
        _post_problem(role, officer),
        _rank_problem(role, officer),
        _footing_problem(role, officer),
        _review_problem(role, officer),
        _qualification_problem(s, role, officer),
    )
    problems = [f"{officer.name}{problem}" for problem in checks if problem]
    return problems + [f"{officer.name}{problem}" for problem in _barred(s, role, person)]


def _agency_problem(s: Situation, role: Role, officer: Officer) -> str | None:
    if role.superior:
        wanted = s.agency.superior
        return None if wanted and officer.agency == wanted else "不是上级机关(本级人民政府)的人员"
    return None if officer.agency == s.agency.id else f"不是{s.agency.name}的人员"


def _post_problem(role: Role, officer: Officer) -> str | None:
    if not role.posts or officer.posts & set(role.posts):
        return None
    held = "、".join(sorted(officer.posts)) or "无岗位"
    return f"的岗位是{held}, 本步须由{'或者'.join(role.posts)}办理"


def _rank_problem(role: Role, officer: Officer) -> str | None:
    if role.chief and not officer.chief:
        return "不是正职负责人或者主持工作的负责人"
    return "不是机关负责人" if role.head and not (officer.head or officer.chief) else None


def _footing_problem(role: Role, officer: Officer) -> str | None:
    if not role.personnel or officer.personnel.value in role.personnel:
        return None
    return f"为{officer.personnel.chinese}, 不得从事本项行政执法工作"


def _review_problem(role: Role, officer: Officer) -> str | None:
    if role.qualified_since is None or officer.legal_qualification:
        return None
    if officer.reviewer_since is not None and officer.reviewer_since < role.qualified_since:
        return None
    return "初次从事法制审核, 应当通过国家统一法律职业资格考试取得法律职业资格"


def _qualification_problem(s: Situation, role: Role, officer: Officer) -> str | None:
    if absence := officer.absence_on(s.on):
        return absence
    problem = officer.certificate_problem_on(s.on) if role.certified else None
    return f": {problem}" if problem else None


def _barred(s: Situation, role: Role, person: str) -> list[str]:
    return [
        f"在本案中担任过“{s.flow.role[other].name}”, 不得再担任“{role.name}”"
        for other in role.barred
        if person in s.acted.get(other, ())
    ]


class Named(NamedTuple):
    """Officers whom a document names in one field: where, for which role (empty if for none), and who."""

    where: str
    role: str
    officers: tuple[str, ...]


def named_officers(flow: Flow, handed: Mapping[str, Sequence[Mapping[str, object]]]) -> list[Named]:
    """Everybody named in a field for officers, of every copy of every document handed in."""
    return [
        named
        for kind, copies in handed.items()
        for copy in copies
        for named in _named_in(flow.document[kind].field, copy, f"《{flow.document[kind].name}》的")
    ]


def _named_in(fields: Mapping[str, Field], content: Mapping[str, object], where: str) -> Iterator[Named]:
    for key, field in fields.items():
        value = content.get(key)
        here = f"{where}“{field.name}”"
        if field.type in ("officer", "officers") and value:
            names = value if isinstance(value, list) else [value]
            yield Named(here, field.role or "", tuple(str(name) for name in names))
        elif field.columns and isinstance(value, list):
            yield from _named_in_rows(field.columns, value, here)


def _named_in_rows(
    columns: Mapping[str, Field], rows: Sequence[Mapping[str, object]], where: str
) -> Iterator[Named]:
    """The persons of a column act together: the same one in two rows is one person."""
    found = [named for row in rows for named in _named_in(columns, row, where)]
    for place in dict.fromkeys((named.where, named.role) for named in found):
        officers = dict.fromkeys(one for named in found if named[:2] == place for one in named.officers)
        yield Named(*place, tuple(officers))


def unknown_refusals(s: Situation, named: Named) -> list[Refusal]:
    """Those of the named whom no register knows: a name that stands for nobody binds nobody."""
    return [
        Refusal("people", f"{named.where}: {s.hints.get(one) or f'人员名册中没有“{one}”'}")
        for one in named.officers
        if one not in s.officers
    ]


def signatures(officers: Mapping[str, Officer], persons: Iterable[str], on: date) -> dict[str, str]:
    """How the register named these persons on a day: name, and number of the certificate that held then."""
    return {one: _signature(officers[one], on) for one in dict.fromkeys(persons) if one in officers}


def _signature(officer: Officer, on: date) -> str:
    held = officer.certificate_on(on)
    return f"{officer.name} {held.number}" if held else officer.name
