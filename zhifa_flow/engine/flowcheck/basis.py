"""Every entry that binds somebody cites an article that exists, or says openly that the law is silent."""

from __future__ import annotations

from collections.abc import Iterator

from zhifa_flow.model.citation import Citation
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.statute import Rank, StatuteIndex

#: Sections whose entries must have a basis or a gap.
BINDING = ("document", "finding", "guard", "deadline", "flag", "child", "transition")

#: Sections that restrict what may be done or who may do it: a 规范性文件 never founds one of these, beside a gap or not.
RESTRICTING = ("role", "guard", "flag", "child")


def basis_problems(flow: Flow, statutes: StatuteIndex) -> list[str]:
    """Missing grounds, citations that cannot be read, articles, 款 and 项 that do not exist, too low a rank."""
    problems = [
        f"{where}: 没有法律依据(basis), 也没有写明法律没有规定(gap)"
        for where, basis, gap in _entries(flow)
        if where.partition(".")[0] in BINDING and not basis and not gap.strip()
    ]
    for where, basis, gap in _entries(flow):
        ranks: list[Rank | None] = []
        restricts = where.partition(".")[0] in RESTRICTING
        for text in basis:
            try:
                citation = Citation.parse(text)
            except ValueError as error:
                problems.append(f"{where}: {error}")
                continue
            wrong = statutes.problems_within(citation, flow.effective_from, flow.effective_to)
            problems += [f"{where}: {problem}" for problem in wrong]
            # Of every version of that name: also of a text that came into force after the flow.
            found: list[Rank | None] = [one.rank for one in statutes.versions(citation.statute)]
            if restricts and set(found) == {Rank.NORMATIVE_DOCUMENT}:
                problems.append(
                    f"{where}: 规范性文件“{text}”不得作为限制的依据; 没有法律、法规、规章依据的写明(gap)"
                )
            ranks += found or [None]
        if not restricts and ranks and not gap.strip() and set(ranks) == {Rank.NORMATIVE_DOCUMENT}:
            problems.append(f"{where}: 只引用了规范性文件; 没有法律、法规、规章依据的应当写明(gap)")
    return problems


def unverified_articles(flow: Flow, statutes: StatuteIndex) -> list[str]:
    """The citations of statutes whose text the index does not hold, each once."""
    texts = dict.fromkeys(text for _, basis, _ in _entries(flow) for text in basis)
    return [text for text in texts if (citation := _parsed(text)) and statutes.unverified(citation)]


def legible(flow: Flow) -> bool:
    """Whether every citation can be read, whether or not there is such an article: the prover asks where they hold."""
    return all(_parsed(text) for _, basis, _ in _entries(flow) for text in basis)


def _parsed(text: str) -> Citation | None:
    try:
        return Citation.parse(text)
    except ValueError:
        return None


def _entries(flow: Flow) -> Iterator[tuple[str, tuple[str, ...], str]]:
    yield ("basis", flow.basis, flow.gap)
    for section in ("role", *BINDING):
        for key, entry in getattr(flow, section).items():
            yield (f"{section}.{key}", entry.basis, entry.gap)
    for key, order in flow.order.items():
        yield (f"order.{key}", order.basis, order.gap)
