"""Citations in dated tables and registries, held against the statute index."""

from __future__ import annotations

from datetime import date

from zhifa_flow.model.citation import Citation, statute_name
from zhifa_flow.model.statute import StatuteIndex


def citation_problems(text: str, on: date | None, statutes: StatuteIndex) -> list[str]:
    """What is wrong with citing this place on that day; without a day any version that has the article will do."""
    try:
        citation = Citation.parse(text)
    except ValueError as error:
        return [str(error)]
    if on is not None:
        return statutes.problems(citation, on)
    if not statutes.known(citation.statute):
        return [f"索引中没有《{citation.statute}》"]
    found = [
        version.problem(citation)
        for version in statutes.statutes
        if statute_name(citation.statute) in version.names
    ]
    return [] if None in found else [str(found[-1])]
