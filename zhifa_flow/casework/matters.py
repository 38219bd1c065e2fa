"""The lists of matters (权责清单): entered whole or not at all, held to the procedures, the statutes and the agencies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
from zhifa_flow.engine.mandate import lapsed, matter_named, matter_problems
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.errors import NotFound
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.register import Entered
from zhifa_flow.model.statute import Rank, StatuteIndex


@dataclass(frozen=True, slots=True)
class Measure:
    """What a list of matters is held to: the newest version of each flow by id, the ranks by power, the statutes."""

    flows: Mapping[str, Flow]
    ranks: Mapping[str, Sequence[Rank]]
    statutes: StatuteIndex

    @classmethod
    def of(cls, flows: Flows, ranks: Mapping[str, Sequence[Rank]], statutes: StatuteIndex) -> Measure:
        """The measure that a folder of flows gives. Raises FileError."""
        newest = {ref.partition("@")[0]: flows.compiled(ref).flow for ref in sorted(flows.refs())}
        return cls(newest, ranks, statutes)


def import_matters(store: Store, records: Sequence[Raw], entered: Entered, measure: Measure) -> Imported:
    """Enter matters, or what has become of those on record; ``entered`` as for agencies.

    Raises:
        InputError: any record is wrong, names an unknown agency or flow, rests on an article that does not exist or
            on texts of too low a rank, or does not give each stage of its procedure to the post that answers for it;
            carries every problem, and nothing is entered.
    """
    matters, problems = read_entries(records, Matter.read)
    problems += hand_problems(entered)
    problems += [
        f"{one.code}({one.name}): {problem}"
        for one in matters
        for problem in matter_problems(one, measure.flows, measure.ranks, measure.statutes)
    ]
    with store.write() as work:
        agencies = [agency.id for agency in work.agencies()]
        problems += [
            f"{one.code}({one.name}): {NotFound('机关', one.agency, agencies)}"
            for one in matters
            if one.agency not in agencies
        ]
        settle(problems)
        before = {known.id for one in matters for known in work.matters_of(one.agency)}
        hand, notes = named_hand(entered, staff(work))
        fresh = {one.id for one in matters if work.put_matter(one, hand)}
    notes += _unread(matters, measure.statutes)
    return imported_as([one.id for one in matters], before, fresh, hand, notes)


def _unread(matters: Sequence[Matter], statutes: StatuteIndex) -> Iterator[str]:
    for one in matters:
        unread = [ground.article for ground in one.basis if statutes.unverified(ground.citation)]
        if unread:
            yield f"{one.code}({one.name}): 法规索引没有载入条文, 请自行核对: {'、'.join(unread)}"


def find_matter(work: Work, agency: Agency, name: str) -> Matter:
    """The matter of that code or name on the list of the agency. Raises NotFound, with close names."""
    known = work.matters_of(agency.id)
    found = matter_named(name, known)
    if found is None:
        raise NotFound("事项", name, [text for one in known for text in (one.code, one.name)])
    return found


__all__ = ["Measure", "find_matter", "import_matters", "lapsed"]
