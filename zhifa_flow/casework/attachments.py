"""Attachments (附件) as documents name them: by hash, in fields of type file, also inside rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from zhifa_flow.casework.ports import Store
from zhifa_flow.model.case import Paper
from zhifa_flow.model.flow import Field, Flow
from zhifa_flow.model.step import Refusal


def attachments_of(flow: Flow, kind: str, content: Mapping[str, object]) -> Iterator[str]:
    """The hash of every attachment that a document names."""
    document = flow.document.get(kind)
    if document is not None:
        yield from _in_fields(document.field, content)


def _in_fields(known: Mapping[str, Field], content: Mapping[str, object]) -> Iterator[str]:
    for key, field in known.items():
        value = content.get(key)
        if field.type == "file" and value:
            yield str(value)
        elif field.columns and isinstance(value, list):
            for row in value:
                yield from _in_fields(field.columns, row if isinstance(row, Mapping) else {})


def missing_attachments(store: Store, flow: Flow, papers: Sequence[Paper]) -> list[Refusal]:
    """That a document names an attachment which nobody handed in."""
    return [
        Refusal(
            "document", f"《{flow.document[paper.kind].name}》所称的附件没有提交", f"摘要{digest[:12]}…",
            cure="用 --attach 提交文件",
        )
        for paper in papers
        for digest in attachments_of(flow, paper.kind, paper.fields)
        if store.attachment(digest) is None
    ]  # fmt: skip
