"""The lists of matters (权责清单): entered whole or not at all, held to the procedures, the statutes and the agencies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
from zhifa_flow.casework.ports import Flows, Store, Work
from zhifa_flow.casework.registers import find_agency
from zhifa_flow.engine.mandate import matter_problems, matters_named
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import InputError, NotFound
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.register import Entered
from zhifa_flow.model.statute import StatuteIndex

_HOME = ("agency", "实施主体")


def at_home(store: Store, records: Sequence[Raw], name: str) -> list[Raw]:
    """The records, those that name no agency given to the one of that id or name, or the only one there is.

    Raises:
        InputError: as ``find_agency``, if any record names none.
    """
    if all(any(one.get(key) for key in _HOME) for one in records):
        return list(records)
    with store.read() as work:
        home = find_agency(work, name).id
    return [one if any(one.get(key) for key in _HOME) else {**one, "agency": home} for one in records]


def import_matters(
    store: Store, records: Sequence[Raw], entered: Entered, flows: Flows, law: Law
) -> Imported:
    """Enter matters, or what has become of those on record; ``entered`` as for agencies.

    Raises:
        InputError: any record is wrong, names an unknown agency or flow, rests on an article that does not exist or
            on texts of too low a rank, or does not give each stage of its procedure to the post that answers for it;
            carries every problem, and nothing is entered.
        FileError: a flow file is wrong.
    """
    matters, problems = read_entries(records, Matter.read)
    problems += hand_problems(entered)
    newest = _newest(flows)
    problems += [
        f"{_called(one)}: {problem}" for one in matters for problem in matter_problems(one, newest, law)
    ]
    homes = dict.fromkeys(one.agency for one in matters)
    with store.write() as work:
        problems += _homeless(work, matters)
        settle(problems)
        before = {known.id for home in homes for known in work.matters_of(home)}
        hand, notes = named_hand(entered, staff(work))
        fresh = {one.id for one in matters if work.put_matter(one, hand)}
    notes += _unread(matters, law.statutes)
    return imported_as([one.id for one in matters], before, fresh, hand, notes)


def _newest(flows: Flows) -> Mapping[str, Flow]:
    refs = {ref.partition("@")[0]: ref for ref in sorted(flows.refs())}
    return {id_: flows.compiled(ref).flow for id_, ref in refs.items()}


def _called(matter: Matter) -> str:
    return f"{matter.code}({matter.name})"


def _homeless(work: Work, matters: Sequence[Matter]) -> Iterator[str]:
    agencies = {agency.id: agency for agency in work.agencies()}
    for one in matters:
        home = agencies.get(one.agency)
        if home is None:
            yield f"{_called(one)}: {NotFound('机关', one.agency, agencies)}"
        elif home.entrusted_by:
            # 行政处罚法第二十条: 受委托组织以委托机关的名义实施, 职权是委托机关的。
            yield f"{_called(one)}: {home.id}是受委托组织, 职权属于委托机关, 应当登记在{home.signs_as}名下"


def _unread(matters: Sequence[Matter], statutes: StatuteIndex) -> Iterator[str]:
    for one in matters:
        unread = [ground.article for ground in one.basis if statutes.unverified(ground.citation)]
        if unread:
            yield f"{_called(one)}: 法规索引没有载入条文, 请自行核对: {'、'.join(unread)}"


def list_of(work: Work, agency: Agency) -> Sequence[Matter]:
    """The matters for which an agency may act: those of the one in whose name it does."""
    return work.matters_of(agency.signs_as)


def find_matter(work: Work, agency: Agency, name: str) -> Matter:
    """The matter of that code or name on the list of the agency.

    Raises:
        NotFound: there is none (with close names); InputError: several bear the name.
    """
    known = list_of(work, agency)
    found = matters_named(name, known)
    if not found:
        raise NotFound("事项", name, [text for one in known for text in (one.code, one.name)])
    if len(found) > 1:
        raise InputError(
            [f"有{len(found)}个事项名为“{name.strip()}”, 请写编码: {'、'.join(one.code for one in found)}"]
        )
    return found[0]


def matter_of(work: Work, case: Case) -> Matter | None:
    """The matter for which a case was opened, as the register has it now; None if it was opened for none."""
    home = work.agency(case.agency)
    known = list_of(work, home) if home and case.matter else ()
    return next((one for one in known if one.code == case.matter), None)
