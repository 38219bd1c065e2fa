"""Which articles speak in a case: a province's own bind nobody in another, those on penalties no other action."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.citation import Citation
from zhifa_flow.model.statute import Rank, StatuteIndex

LOCAL = (Rank.LOCAL_REGULATION, Rank.LOCAL_GOVERNMENT_RULE)

# Local texts bear the name of their place: 河南省行政执法条例.
_PLACE = re.compile(r"^(.{2,7}?(?:省|自治区|市|自治州))")


def applicable(s: Situation, basis: Iterable[str]) -> tuple[str, ...]:
    """The citations that speak in the region of the case, and of a side duty for its kind of action, in their order."""
    return tuple(text for text in _here(s, basis) if not s.flow.side or _governs(s, text))


def foreign(s: Situation, basis: tuple[str, ...]) -> bool:
    """Whether a rule rests on articles of other places alone, and so does not hold here."""
    return bool(basis) and not _here(s, basis)


def _here(s: Situation, basis: Iterable[str]) -> list[str]:
    return [text for text in basis if s.case.region.startswith(_place(s, text))]


def _governs(s: Situation, text: str) -> bool:
    """Whether the cited text is about actions of this kind. A rule still holds that rests on one which is not."""
    versions = s.law.statutes.versions(Citation.parse(text).statute)
    return all(not one.actions or s.action in one.actions for one in versions)


def _place(s: Situation, text: str) -> str:
    """The place to which the cited text is confined; empty for national ones."""
    name = Citation.parse(text).statute
    statute = s.law.statutes.find(name, s.on)
    place = _PLACE.match(name)
    return place[1] if statute and statute.rank in LOCAL and place else ""


def confined_to(statutes: StatuteIndex, basis: Iterable[str]) -> frozenset[str]:
    """The places outside of which none of the articles speak; none where one of them holds everywhere."""
    places = set()
    for text in basis:
        name = Citation.parse(text).statute
        place = _PLACE.match(name)
        if not place or not any(one.rank in LOCAL for one in statutes.versions(name)):
            return frozenset()
        places.add(place[1])
    return frozenset(places)
