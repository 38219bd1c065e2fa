"""Citations in dated tables and registries, held against the statute index."""

from __future__ import annotations

from datetime import date

from zhifa_flow.model.citation import Citation
from zhifa_flow.model.statute import StatuteIndex


def citation_problems(
    text: str, on: date | None, statutes: StatuteIndex, *, newest: bool = False
) -> list[str]:
    """What is wrong with citing this place on that day; without a day any version that has the article will do.

    With ``newest`` and without a day only the newest version is asked.
    """
    try:
        citation = Citation.parse(text)
    except ValueError as error:
        return [str(error)]
    if on is not None:
        return statutes.problems(citation, on)
    versions = statutes.versions(citation.statute)
    if not versions:
        return [f"索引中没有《{citation.statute}》"]
    found = [version.problem(citation) for version in (versions[-1:] if newest else versions)]
    return [] if None in found else [str(found[-1])]
