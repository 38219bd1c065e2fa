"""The registers (名册) of agencies and officers: entered whole or not at all, with every problem at once.

What an entry replaces is kept: each change stays on record with its moment and the one who entered it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from zhifa_flow.casework.entries import (
    Imported,
    Raw,
    hand_problems,
    imported_as,
    named_hand,
    read_entries,
    settle,
    staff,
)
from zhifa_flow.casework.people import People
from zhifa_flow.casework.ports import Store, Work
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.certificate import mark_of
from zhifa_flow.model.errors import InputError, NotFound
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.register import Entered

#: 市场监督管理 is taken for 市场监管, 税务局 for 税务; 交通管理 is not taken for 应急管理.
_SAME_SECTOR: Final = 0.65


def known_sectors(law: Law) -> tuple[str, ...]:
    """The sectors for which a dated table has rows of its own."""
    return tuple(
        dict.fromkeys(row.sector for table in law.tables.values() for row in table.row if row.sector)
    )


def import_agencies(
    store: Store, records: Sequence[Raw], entered: Entered, sectors: Iterable[str] = ()
) -> Imported:
    """Enter agencies, or what has become of those on record.

    ``sectors`` are those that the tables know: a name that only resembles one would miss its rows in silence.
    The recorder of ``entered`` may be named by id or name.

    Raises:
        InputError: any record is wrong; carries every problem of every record, and nothing is entered.
    """
    agencies, problems = read_entries(records, Agency.read)
    problems += _strange_sectors(agencies, tuple(sectors))
    problems += hand_problems(entered)
    settle(problems)
    with store.write() as work:
        before = {agency.id for agency in work.agencies()}
        hand, notes = named_hand(entered, staff(work))
        fresh = {agency.id for agency in agencies if work.put_agency(agency, hand)}
        known = {agency.id for agency in work.agencies()}
    notes += [note for agency in agencies for note in _strangers(agency, known)]
    return imported_as([agency.id for agency in agencies], before, fresh, hand, notes)


def import_officers(store: Store, records: Sequence[Raw], entered: Entered) -> Imported:
    """Enter officers, or what has become of those on record; ``entered`` as for agencies.

    Raises:
        InputError: any record is wrong, names an unknown agency, or bears a certificate or a name that another
            officer goes by; carries every problem, nothing is entered.
    """
    officers, problems = read_entries(records, Officer.read)
    problems += hand_problems(entered)
    with store.write() as work:
        agencies = [agency.id for agency in work.agencies()]
        known = staff(work)
        problems += [
            f"{officer.id}({officer.name}): {NotFound('机关', officer.agency, agencies)}"
            for officer in officers
            if officer.agency not in agencies
        ]
        problems += _clashes(officers, known)
        settle(problems)
        before = {one.id for one in known}
        hand, notes = named_hand(entered, [*known, *officers])
        notes += _namesakes(officers, known)
        fresh = {officer.id for officer in officers if work.put_officer(officer, hand)}
    return imported_as([officer.id for officer in officers], before, fresh, hand, notes)


def find_agency(work: Work, name: str = "") -> Agency:
    """The agency of that id or name; without one, the only agency there is.

    Raises:
        InputError: there is none, or several to choose from; NotFound (with close names) for an unknown one.
    """
    known = work.agencies()
    if not known:
        raise InputError(["还没有登记执法机关, 请先导入机关名册(zhifa agency import 文件)"])
    if name:
        found = [agency for agency in known if name.strip() in (agency.id, agency.name)]
        if not found:
            raise NotFound("执法机关", name, [text for agency in known for text in (agency.id, agency.name)])
        return found[0]
    if len(known) > 1:
        listed = "、".join(f"{agency.name}({agency.id})" for agency in known)
        raise InputError([f"登记了{len(known)}个执法机关, 请用 --agency 指明: {listed}"])
    return known[0]


def find_officer(work: Work, name: str, home: Agency | None = None) -> Officer:
    """The officer of that id, or of that name in the agency.

    Raises:
        NotFound: nobody is called so (with close names); InputError: several are.
    """
    by_id = work.officers([name.strip()])
    if by_id:
        return by_id[name.strip()]
    home = home or find_agency(work)
    people = People.of(work, home, [name])
    if people.id_of(name) in people.known:
        return people.known[people.id_of(name)]
    raise InputError(people.hints.values() or [f"人员名册中没有“{name}”"])


def _strange_sectors(agencies: Sequence[Agency], sectors: Sequence[str]) -> Iterator[str]:
    for agency in agencies:
        near = get_close_matches(agency.sector, sectors, n=3, cutoff=_SAME_SECTOR)
        if near and agency.sector not in sectors:
            yield f"{agency.id}({agency.name}): 领域“{agency.sector}”与各表所用的名称不同, 是否指: {'、'.join(near)}"


def _clashes(officers: Sequence[Officer], registered: Sequence[Officer]) -> Iterator[str]:
    """Where an officer of the file would be taken for another one, of the file or of the register."""
    staff = {officer.id: officer for officer in (*registered, *officers)}
    holders: dict[str, list[str]] = {}
    named: dict[str, list[str]] = {}
    for one in staff.values():
        named.setdefault(one.name, []).append(one.id)
        for mark in one.marks:
            holders.setdefault(mark, []).append(one.id)
    for officer in officers:
        who = f"{officer.id}({officer.name})"
        for number in dict.fromkeys(card.number for card in officer.certificates):
            others = [other for other in holders[mark_of(number)] if other != officer.id]
            if others:
                yield f"{who}: 执法证件{number}已登记为{_both(staff, others)}的证件"
        others = [other for other in named.get(officer.id, ()) if other != officer.id]
        if others:
            yield f"{who}: 人员编号与{_both(staff, others)}的姓名相同, 会被认作同一人"
        if officer.name != officer.id and officer.name in staff:
            yield f"{who}: 姓名与{_both(staff, [officer.name])}的人员编号相同, 会被认作同一人"


def _namesakes(officers: Sequence[Officer], registered: Sequence[Officer]) -> Iterator[str]:
    """Of whom to look whether they are in the register already: no law forbids two of one name."""
    staff = {officer.id: officer for officer in (*registered, *officers)}
    known = {officer.id for officer in registered}
    for officer in officers:
        same = [
            one.id for one in staff.values()
            if one.id != officer.id and one.agency == officer.agency and mark_of(one.name) == mark_of(officer.name)
        ]  # fmt: skip
        if same and officer.id not in known:
            yield f"{officer.id}({officer.name}): 与{_both(staff, same)}同名, 请核对是否同一人重复登记"


def _both(staff: Mapping[str, Officer], ids: Sequence[str]) -> str:
    return "、".join(f"{one}({staff[one].name})" for one in ids)


def _strangers(agency: Agency, known: set[str]) -> list[str]:
    named = {
        "上级主管部门": agency.superior,
        "同级司法行政部门": agency.justice_office,
        "委托机关": agency.entrusted_by,
    }
    return [
        f"{agency.id}: {label}“{other}”不在机关名册中, 请核对"
        for label, other in named.items()
        if other and other not in known
    ]
