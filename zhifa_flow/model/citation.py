"""A citation (引用的条款): one place in a statute, as people write it and as we write it back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from zhifa_flow.model.numerals import NUMERAL_CHARACTERS, to_chinese, to_int

_NUMERAL: Final = rf"[0-9０-９]+|[{NUMERAL_CHARACTERS}]+"
_PLACE: Final = rf"\s*第?\s*[(（]?({_NUMERAL})[)）]?\s*"
# Without 第 the numeral must be whole: "26条" and "法5十七条" name no statute and no article.
_ARTICLE: Final = rf"\s*(?:第\s*|(?<![第0-9０-９{NUMERAL_CHARACTERS}]))({_NUMERAL})\s*条"
_FORM: Final = re.compile(
    rf"(.*?[^第\s]){_ARTICLE}(?:之({_NUMERAL}))?(?:{_PLACE}款)?(?:{_PLACE}项)?(?:{_PLACE}目)?",
)
_MARKS: Final = re.compile(r"[《》〈〉\s]|中华人民共和国")
_LARGEST: Final = 9999
_LONGEST: Final = 200


def statute_name(text: str) -> str:
    """A statute's name without title marks, blanks and 中华人民共和国, so that both ways of writing it agree.

    >>> statute_name("《中华人民共和国行政处罚法》")
    '行政处罚法'
    """
    return _MARKS.sub("", text)


@dataclass(frozen=True, slots=True)
class Citation:
    """第X条(之Y)第X款第X项第X目 of a statute; what is not named is None.

    Raises:
        ValueError: a number is not between 1 and 9999, or a 项 is named without its 款.
    """

    statute: str
    article: int
    paragraph: int | None = None
    item: int | None = None
    branch: int | None = None
    subitem: int | None = None

    def __post_init__(self) -> None:
        numbers = (self.article, self.paragraph, self.item, self.branch, self.subitem)
        if any(number is not None and not 1 <= number <= _LARGEST for number in numbers):
            raise ValueError(f"《{self.statute}》的条、款、项、目应为1至{_LARGEST}的数")
        if self.paragraph is None and self.item is not None:
            raise ValueError(f"《{self.statute}》第{self.article}条引用到项时应写明款")
        if self.item is None and self.subitem is not None:
            raise ValueError(f"《{self.statute}》第{self.article}条引用到目时应写明项")

    @classmethod
    def parse(cls, text: str) -> Citation:
        """The citation that a text writes, in Chinese or Arabic numerals, with or without 第 and title marks.

        An item named without a paragraph belongs to the first one: an article of one paragraph is cited so.

        >>> Citation.parse("《中华人民共和国行政处罚法》第五十七条第一款第(一)项")
        Citation(statute='行政处罚法', article=57, paragraph=1, item=1, branch=None, subitem=None)
        >>> str(Citation.parse("环境影响评价法31条1款"))
        '环境影响评价法第三十一条第一款'
        >>> str(Citation.parse("行政处罚法第六十四条第一项"))
        '行政处罚法第六十四条第一款第一项'
        >>> str(Citation.parse("刑法第一百三十三条之一"))
        '刑法第一百三十三条之一'

        Raises:
            ValueError: the text does not name one statute and one article of it.
        """
        if len(text) > _LONGEST:  # matching takes time quadratic in the length
            raise ValueError(f"“{text[:20]}…”不是一个法条引用: 超过{_LONGEST}字")
        match = _FORM.fullmatch(text.strip())
        name = statute_name(match[1]) if match else ""
        if match is None or not name:
            raise ValueError(
                f"“{text}”不是一个法条引用, 应写明一部法和一条, 如“行政处罚法第五十七条第一款第一项”",
            )
        try:
            article, branch, paragraph, item, subitem = map(_number, match.groups()[1:])
        except ValueError as error:
            raise ValueError(f"“{text}”不是一个法条引用: {error}") from None
        if item and not paragraph:
            paragraph = 1
        return cls(name, article or 0, paragraph, item, branch, subitem)

    @property
    def article_key(self) -> str:
        """How the statute index names the article: ``57``, or ``133-1`` for 第一百三十三条之一."""
        return f"{self.article}-{self.branch}" if self.branch else str(self.article)

    @property
    def article_text(self) -> str:
        """The statute and the article alone, in Chinese."""
        branch = f"之{to_chinese(self.branch)}" if self.branch else ""
        return f"{self.statute}第{to_chinese(self.article)}条{branch}"

    def __str__(self) -> str:
        parts = ((self.paragraph, "款"), (self.item, "项"), (self.subitem, "目"))
        return "".join([self.article_text, *(f"第{to_chinese(n)}{word}" for n, word in parts if n)])


def _number(numeral: str | None) -> int | None:
    if numeral is None:
        return None
    return int(numeral) if numeral.isdecimal() else to_int(numeral)
