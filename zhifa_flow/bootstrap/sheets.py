"""The sheets that are signed: which flow, which tables, in which form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from zhifa_flow.adapters.sheets.blocks import Block
from zhifa_flow.adapters.sheets.markdown import markdown
from zhifa_flow.adapters.sheets.page import page
from zhifa_flow.adapters.sheets.review import Reviewed, review
from zhifa_flow.bootstrap.flowfile import flow_at
from zhifa_flow.bootstrap.lawbook import Lawbook
from zhifa_flow.engine.compiler import compile_flow
from zhifa_flow.engine.digest import rules_digest

#: By format, what writes the blocks of a sheet.
SHEET_FORMATS: Final[dict[str, Callable[[Sequence[Block]], bytes]]] = {"md": markdown, "html": page}


def review_sheet(book: Lawbook, ref: str, form: str) -> bytes:
    """The review sheet of a version in one of the forms; see ``review_blocks``."""
    return SHEET_FORMATS[form](review_blocks(book, ref))


def review_blocks(book: Lawbook, ref: str) -> list[Block]:
    """What stands on the review sheet of a version, with everything that the checker says of it.

    Raises:
        NotFound: there is no such version.
        FileError: the file cannot be read as a flow, or calls a check or a name that is not there.
    """
    flow = flow_at(book, book.flows.path(ref))
    report = book.flows.check([ref])[ref]
    compiled = compile_flow(flow)
    tables = {name: book.tables[name] for name in compiled.tables}
    # All rows, whenever they begin: the sheet is the same on whatever day it is made.
    said = rules_digest(tables, tables, date.max)
    known = book.flows.published.by_ref.get(ref)
    reviewed = Reviewed(
        flow, compiled.digest, book.flows.digest(ref), tables, said, report.problems, report.unverified,
        known if known and known.flow == compiled.digest else None,
    )  # fmt: skip
    return list(review(reviewed))
