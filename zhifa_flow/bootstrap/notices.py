"""What an office should know of the versions that it uses: drafts beside published ones, tables that have changed."""

from __future__ import annotations

from pathlib import Path

from zhifa_flow.adapters.lawfiles.published import LOCK, load_published
from zhifa_flow.bootstrap.lawbook import Lawbook
from zhifa_flow.engine.publication import table_notices

__all__ = ["LOCK", "drafts_warned", "publication_notices"]


def publication_notices(book: Lawbook, ref: str) -> list[str]:
    """What is worth knowing of a version: that it is a draft beside published ones, that its tables have changed."""
    flows = book.flows
    known = flows.published.by_ref.get(ref)
    if known is not None:
        return table_notices(known, flows.compiled(ref), book.tables)
    if ref.partition("@")[0] in flows.published.ids:
        return ["尚未发布, 本流程已有发布的版本, 发布以前不施行(zhifa flow publish)"]
    return []


def drafts_warned(root: Path, ref: str) -> str:
    """What an office that publishes its flows should know of a case opened under one that it has not; else empty."""
    published = load_published(root)
    if not published.entries or ref in published.by_ref:
        return ""
    return f"流程{ref}尚未发布(zhifa flow publish), 本案依未发布的流程登记"
