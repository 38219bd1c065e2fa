"""The law since (事后核对): what of a case the calendar and the statutes would be read otherwise by today. Notices, no faults.

Both change lawfully: a holiday is moved during a year, a statute is added to the index. Whoever looks through a case
must see where that, or an edited copy of the law, has made a difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from zhifa_flow.engine.situation import Law
from zhifa_flow.model.case import Case
from zhifa_flow.model.citation import Citation
from zhifa_flow.model.flow import Field, Flow
from zhifa_flow.model.step import Step


def read_today(flow: Flow, law: Law, case: Case, steps: Sequence[Step]) -> Iterator[str]:
    """Steps that went by other working days than today's calendar has, and articles that the index does not know."""
    others = [str(step.seq) for step in steps if step.days and step.days != law.days(case.region, step.on)]
    if others:
        yield f"案件{case.id}第{'、'.join(others)}步: 办理时所用的放假安排与现在的不同"
    for step in steps:
        unknown = dict.fromkeys(
            cited
            for paper in step.papers
            for cited in _cited(flow, paper.kind, paper.fields)
            if law.statutes.problems(Citation.parse(cited), step.on)
        )
        if unknown:
            yield f"案件{case.id}第{step.seq}步: 文书所引{'、'.join(unknown)}, 现在的法规索引查不到或者当时没有施行"


def _cited(flow: Flow, kind: str, content: Mapping[str, object]) -> Iterator[str]:
    document = flow.document.get(kind)
    if document is not None:
        yield from _in_fields(document.field, content)


def _in_fields(known: Mapping[str, Field], content: Mapping[str, object]) -> Iterator[str]:
    for key, field in known.items():
        value = content.get(key)
        if not isinstance(value, list):
            continue
        if field.type == "citations":
            yield from (str(one) for one in value)
        elif field.columns:
            for row in value:
                yield from _in_fields(field.columns, row if isinstance(row, Mapping) else {})
