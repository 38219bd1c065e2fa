"""Checks on the substance of a penalty: not heavier than told, within limits, on a lawful basis, paid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from unicodedata import normalize

from zhifa_flow.engine.registry import FieldPath, FindingName, TableName, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.thresholds import within
from zhifa_flow.model.citation import Citation
from zhifa_flow.model.money import format_money, sum_of
from zhifa_flow.model.penalty import MONEY_KINDS, heavier
from zhifa_flow.model.statute import Rank

#: Of these the words say which thing, and what it is worth may stand there.
GOODS = ("没收非法财物",)

_DIGITS = "0-9〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
#: A number, in digits or in Chinese ones, before a unit of money; or what makes a sum grow.
_SUM = re.compile(
    rf"[{_DIGITS}][{_DIGITS}.,]*(?:余|多|整)?(?:元|圆|块钱|角|人民币|rmb)|[¥$]|人民币|(?:按|逐|每)日(?:连续|计罚|处罚|罚款|加)",
    re.IGNORECASE,
)

#: 行政处罚法第十六条: 法律、法规、规章以外的其他规范性文件不得设定行政处罚.
PENALTY_RANKS = (
    Rank.LAW,
    Rank.ADMINISTRATIVE_REGULATION,
    Rank.LOCAL_REGULATION,
    Rank.DEPARTMENTAL_RULE,
    Rank.LOCAL_GOVERNMENT_RULE,
)


@check
def not_heavier(s: Situation, *, decided: FieldPath, told: FieldPath) -> str | None:
    """The penalty is in no kind and no amount heavier than the one the party was told of."""
    return "; ".join(heavier(s.rows(decided), s.rows(told))) or None


@check
def change_not_heavier(s: Situation, *, decided: FieldPath, told: FieldPath) -> str | None:
    """As ``not_heavier``, of a change made by a court or an authority: less of a thing stands in its words."""
    return "; ".join(heavier(s.rows(decided), s.rows(told), reworded=MONEY_KINDS)) or None


@check
def words_without_sums(s: Situation, *, penalties: FieldPath) -> str | None:
    """No penalty bears in its words a sum besides its own amount, or one that grows by the day.

    行政处罚法第九条、第五十九条第一款第三项: money is taken by a penalty of money alone, in the amount it states. What
    a confiscated thing is worth may stand in its words.
    """
    wrong = [
        f"“{row['kind']}”的内容写有“{found.group()}”"
        for row in s.rows(penalties)
        if row["kind"] not in GOODS
        if (found := _SUM.search("".join(normalize("NFKC", str(row.get("content") or "")).split())))
    ]
    return "; ".join(wrong) or None


@check
def within_table(s: Situation, *, penalties: FieldPath, table: TableName) -> str | None:
    """Every penalty is of a kind the table lists and within its figure."""
    return within(s.law.tables[table], s, s.rows(penalties))


@check
def lawful_basis(s: Situation, *, field: FieldPath, committed: FieldPath | None = None) -> str | None:
    """Every cited article exists, is in force on the day of the step, and is of a rank that may found a penalty.

    With ``committed`` it may instead have been in force on that day, the last of the offence (行政处罚法第三十七条:
    the law of the act, unless the newer one is milder; which of the two is for the decision to reason).
    """
    days = [s.on, *([day] if committed and (day := s.day(committed)) else [])]
    problems = [
        problem for text in s.texts(field) for problem in _citation_problems(s, Citation.parse(text), days)
    ]
    if not s.texts(field):
        problems.append(f"{s.field_name(field)}没有填写")
    return "; ".join(problems) or None


def _citation_problems(s: Situation, citation: Citation, days: Sequence[date]) -> list[str]:
    """What is wrong with the citation on the first of the days; nothing if it is right on any of them."""
    found = []
    for day in days:
        problems = s.law.statutes.problems(citation, day)
        statute = s.law.statutes.find(citation.statute, day)
        if statute is not None and statute.rank not in PENALTY_RANKS:
            problems.append(f"《{statute.short}》属于{statute.rank.chinese}, 不得作为处罚依据")
        found.append(problems)
    return [] if [] in found else found[0]


@check
def paid_in_full(s: Situation, *, payments: FieldPath, due: FindingName) -> str | None:
    """The sums received reach what the finding says is due."""
    owed = s.found(due)
    if owed.value is None:
        return owed.reason
    received = sum_of(s.rows(payments))
    if received >= int(owed.value):
        return None
    return f"应缴{format_money(int(owed.value))}({owed.reason}), 已缴{format_money(received)}"
