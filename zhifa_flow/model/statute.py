"""A statute (法律、法规、规章 …) with its articles, and the index that says whether a citation is real."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, Self

from pydantic import Field as Rule
from pydantic import model_validator

from zhifa_flow.model.action import Action
from zhifa_flow.model.citation import Citation, statute_name
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.numerals import to_chinese
from zhifa_flow.model.term import Term
from zhifa_flow.model.words import Text, Texts, Words

_ARTICLE_KEY: Final = re.compile(r"[1-9]\d*(-[1-9]\d*)?")


class Rank(Term):
    """效力位阶: what a text may do hangs on it. A 规范性文件 sets no penalties (行政处罚法第十六条)."""

    LAW = "law", "法律"
    ADMINISTRATIVE_REGULATION = "administrative_regulation", "行政法规"
    LOCAL_REGULATION = "local_regulation", "地方性法规"
    DEPARTMENTAL_RULE = "departmental_rule", "部门规章"
    LOCAL_GOVERNMENT_RULE = "local_government_rule", "地方政府规章"
    NORMATIVE_DOCUMENT = "normative_document", "规范性文件"
    JUDICIAL_INTERPRETATION = "judicial_interpretation", "司法解释"


class Statute(Words):
    """One version of a statute.

    ``articles`` maps an article (``57``, ``133-1`` for 第一百三十三条之一) to one number for each of its 款:
    how many 项 it has. Articles up to ``article_count`` missing there exist, but nobody has read them.
    ``indexed`` false: name and rank are known, the articles are not. ``in_force_from`` is then the first day
    of the text under this name, whatever was amended since, and None where that day is not known.
    ``actions`` are the kinds of action that it governs and no others; a side duty of another kind does not cite it.
    """

    short: Text
    title: Text
    aliases: Texts = ()
    rank: Rank
    in_force_from: date | None
    in_force_to: date | None = None
    article_count: int = 0
    articles: dict[str, tuple[int, ...]] = Rule(default={})
    note: str = ""
    indexed: bool = True
    actions: tuple[Action, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        name = f"《{self.short}》"
        if self.in_force_from and self.in_force_to and self.in_force_to < self.in_force_from:
            raise ValueError(f"{name}的失效日期早于施行日期")
        if self.indexed and (self.in_force_from is None or not self.articles):
            raise ValueError(f"{name}应写明施行日期和条文(articles), 没有核对条文的应写明 indexed = false")
        for key, items in self.articles.items():
            if not _ARTICLE_KEY.fullmatch(key) or int(key.split("-")[0]) > self.article_count:
                raise ValueError(f"{name}的条文编号“{key}”不在1至{self.article_count}之间")
            if not items or min(items) < 0:
                raise ValueError(f"{name}第{key}条应逐款写明项数")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, without title marks and 中华人民共和国."""
        return tuple(dict.fromkeys(statute_name(name) for name in (self.short, self.title, *self.aliases)))

    def in_force_on(self, day: date) -> bool:
        """Whether it is in force on the day, as far as its dates are known."""
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_to is None or day <= self.in_force_to)

    def has_read(self, citation: Citation) -> bool:
        """Whether the article's text was at hand, so that the citation can be judged."""
        beyond = citation.article > self.article_count
        return self.indexed and (
            beyond or citation.article_key in self.articles or citation.branch is not None
        )

    def problem(self, citation: Citation) -> str | None:
        """Why there is no such place in it, saying how far it goes; None if there is or nobody has looked."""
        if not self.has_read(citation):
            return None
        items = self.articles.get(citation.article_key)
        if items is None:
            missing = _place(citation.article, "条", citation.branch)
            return f"《{self.short}》共{self.article_count}条, 没有{missing}"
        if citation.paragraph is None:
            return None
        if citation.paragraph > len(items):
            return f"{citation.article_text}共{len(items)}款, 没有{_place(citation.paragraph, '款')}"
        count = items[citation.paragraph - 1]
        if citation.item is None or citation.item <= count:
            return None
        paragraph = citation.article_text + _place(citation.paragraph, "款")
        return f"{paragraph}{f'共{count}项' if count else '不分项'}, 没有{_place(citation.item, '项')}"


class StatuteIndex:
    """Every statute that flows may cite; several versions of one statute lie under the same name."""

    def __init__(self, statutes: Iterable[Statute]) -> None:
        self.statutes = tuple(statutes)
        self._versions: dict[str, list[Statute]] = {}
        for statute in sorted(self.statutes, key=lambda each: each.in_force_from or date.min):
            for name in statute.names:
                self._versions.setdefault(name, []).append(statute)

    def known(self, name: str) -> bool:
        """Whether some version of a statute bears the name (short or full, with or without 《》)."""
        return statute_name(name) in self._versions

    def versions(self, name: str) -> tuple[Statute, ...]:
        """Every version under a name, the earliest first."""
        return tuple(self._versions.get(statute_name(name), ()))

    def find(self, name: str, on: date) -> Statute | None:
        """The version in force on the day, or None."""
        versions = self._versions.get(statute_name(name), [])
        return next((version for version in reversed(versions) if version.in_force_on(on)), None)

    def problems(self, citation: Citation, on: date) -> list[str]:
        """What is wrong with citing this place on that day, in Chinese; empty if nothing is known to be.

        Of a statute that is not indexed only the days are judged; see ``unverified``.
        """
        versions = self._versions.get(statute_name(citation.statute))
        if versions is None:
            close = close_names(statute_name(citation.statute), self._versions)
            hint = f", 是否指: {'、'.join(f'《{name}》' for name in close)}" if close else ""
            return [f"法规索引中没有《{citation.statute}》{hint}"]
        statute = self.find(citation.statute, on)
        if statute is None:
            return [_not_in_force(versions, on)]
        problem = statute.problem(citation)
        return [problem] if problem else []

    def problems_within(self, citation: Citation, first: date, last: date | None = None) -> list[str]:
        """What is wrong with citing this place on every day of a period; empty if it holds on some day of it.

        A flow stays in force while statutes around it come and go.
        """
        versions = self._versions.get(statute_name(citation.statute), [])
        later = [version.in_force_from for version in versions if version.in_force_from]
        days = [first, *(day for day in later if first < day and (last is None or day <= last))]
        answers = [self.problems(citation, day) for day in days]
        return answers[0] if all(answers) else []

    def unverified(self, citation: Citation, on: date | None = None) -> bool:
        """Whether the statute is known, but the text of this article is not.

        With a day the version in force then is meant, else any version that holds the article will do.
        """
        versions = self._versions.get(statute_name(citation.statute), [])
        if on is not None:
            versions = [version for version in [self.find(citation.statute, on)] if version]
        return bool(versions) and not any(version.has_read(citation) for version in versions)


def _place(number: int, word: str, branch: int | None = None) -> str:
    return f"第{to_chinese(number)}{word}" + (f"之{to_chinese(branch)}" if branch else "")


def _not_in_force(versions: list[Statute], on: date) -> str:
    name = f"《{versions[0].short}》"
    ended = [version.in_force_to for version in versions if version.in_force_to and version.in_force_to < on]
    if ended:
        return f"{name}在{on}已经失效(施行至{max(ended)})"
    return (
        f"{name}在{on}尚未施行, 或者当时的版本不在法规索引中(索引中的版本自{versions[0].in_force_from}起施行)"
    )
