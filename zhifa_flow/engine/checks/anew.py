"""Checks on what is proposed or decided anew: what makes it another one than the one before."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

from zhifa_flow.engine.registry import DocumentName, FieldPath, check
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.case import Paper
from zhifa_flow.model.penalty import heavier

#: The first group of 行政处罚法第九条: nothing that was told can be lighter.
LIGHTEST = ("警告", "通报批评")


@check
def heavier_on_new_evidence(
    s: Situation, *, proposed: FieldPath, told: FieldPath, facts: FieldPath, evidence: FieldPath, by: tuple[str, ...],
    verified: str, result: str, true: str,
) -> str | None:  # fmt: skip
    """A penalty heavier than the one already told rests on new facts, with evidence verified only after that notice.

    行政处罚法第四十五条第二款: a statement of defence is no reason for more. A warning in place of what was told
    is not more. Evidence is told apart ``by`` these columns: the same list made again brings nothing new, and under
    another name neither does what was ``verified`` (a column of dates) by the day on which the notice was served, nor
    what did not come out ``true`` in its column ``result``. A notice that told of no penalty, as the law before
    2021-07-15 allowed (旧法第三十一条), is no measure.
    """
    notice = s.paper(told.partition(".")[0])
    if notice is None or s.value(told) is None:
        return None
    more = heavier(_weighty(s, proposed), s.rows(told))
    if not more or (s.texts(facts) and _brought(s, evidence, notice, by, (verified, result, true))):
        return None
    return f"{'; '.join(more)}; 没有写明新的事实, 或者{s.field_name(evidence)}中没有告知以后查证的新证据"


@check
def lighter_or_on_new_evidence(
    s: Situation, *, field: FieldPath, says: tuple[str, ...], proposed: FieldPath, told: FieldPath, facts: FieldPath,
    evidence: FieldPath, by: tuple[str, ...], verified: str, result: str, true: str,
) -> str | None:  # fmt: skip
    """If the answer to the defence says one of the values, what is proposed anew is lighter than what was told.

    行政处罚法第四十五条第一款: what was accepted must be followed, and serving the same notice again does not take
    the answer away. It belongs to the notice that was in force when it was given; one served since has taken it in
    already. New facts and evidence as in ``heavier_on_new_evidence`` make it another proposal.
    """
    answer, notice = s.paper(field.partition(".")[0]), s.paper(told.partition(".")[0])
    if answer is None or notice is None or answer.seq < notice.seq or not set(s.texts(field)) & set(says):
        return None
    before, now = s.rows(told), s.rows(proposed)
    less = heavier(before, now) and not heavier(_weighty(s, proposed), before)
    if less or (s.texts(facts) and _brought(s, evidence, notice, by, (verified, result, true))):
        return None
    return f"{answer.on}的{s.field_name(field)}为“{'、'.join(s.texts(field))}”, 拟处罚不轻于{notice.on}告知的"


def _weighty(s: Situation, path: FieldPath) -> list[Mapping[str, object]]:
    return [row for row in s.rows(path) if row["kind"] not in LIGHTEST]


def _brought(
    s: Situation, path: FieldPath, since: Paper, by: tuple[str, ...], verified: tuple[str, str, str]
) -> bool:
    """Whether the lists made after a document name evidence that none before did, verified later and found true."""
    on, result, true = verified
    kind, _, name = path.partition(".")
    lists = [(paper.seq > since.seq, paper.fields.get(name)) for paper in s.papers.get(kind, ())]
    rows = [(newer, row) for newer, value in lists if isinstance(value, list) for row in value]
    before = {_named_by(row, by) for newer, row in rows if not newer}
    # The step that serves the notice bears the day of the service, and the service itself may be superseded by now.
    return any(
        newer
        and _named_by(row, by) not in before
        and str(row[on]) > str(since.on)
        and row.get(result) == true
        for newer, row in rows
    )


def _named_by(row: Mapping[str, object], by: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(row.get(column) for column in by)


@check
def not_the_same_again(
    s: Situation, *, decision: DocumentName, fields: tuple[str, ...], ground: FieldPath, exempt: str,
    evidence: FieldPath, by: tuple[str, ...], verified: str, result: str, true: str,
) -> str | None:  # fmt: skip
    """A decision made anew differs from the one set aside in one of the fields, or rests on evidence found since.

    行政诉讼法第七十一条. Words count, blanks and punctuation do not. ``ground`` says why it was set aside; where it
    says ``exempt`` (a fault of procedure alone) the same may be decided again.
    """
    before, now = s.case.paper(decision), s.paper(decision)
    grounds = s.texts(ground)
    if before is None or now is None or not grounds or exempt in grounds:
        return None
    if any(_bare(before.fields.get(name)) != _bare(now.fields.get(name)) for name in fields):
        return None
    if _brought(s, evidence, before, by, (verified, result, true)):
        return None
    names = "、".join(s.field_name(f"{decision}.{name}") for name in fields)
    return f"{names}与{before.on}的原决定相同, {s.field_name(evidence)}中也没有其后查证的新证据"


def _bare(value: object) -> object:
    """What a value says, whatever the order of its rows and the punctuation of its words."""
    if isinstance(value, list):
        return sorted((_bare(one) for one in value), key=repr)
    if isinstance(value, dict):
        return sorted((key, _bare(one)) for key, one in value.items() if one not in (None, ""))
    if isinstance(value, str):
        return "".join(letter for letter in normalize("NFKC", value) if letter.isalnum())
    return value
