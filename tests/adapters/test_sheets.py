"""The review sheet in both its forms: nothing lost, nothing taken for markup, the same bytes each time."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from zhifa_flow.adapters.sheets.blocks import Block, Grid, Heading, Lines
from zhifa_flow.adapters.sheets.markdown import markdown
from zhifa_flow.adapters.sheets.page import page
from zhifa_flow.bootstrap.lawbook import Lawbook, open_lawbook
from zhifa_flow.bootstrap.sheets import SHEET_FORMATS, review_blocks, review_sheet
from zhifa_flow.engine.digest import flow_digest

FLOWS = Path(__file__).parents[2] / "flows"
REFS = [f"{path.parent.name}@{path.stem}" for path in sorted(FLOWS.glob("*.*/*.toml"))]


@pytest.fixture(scope="module")
def book() -> Lawbook:
    return open_lawbook(FLOWS)


class Reader(HTMLParser):
    """The text of a page, and every tag left open or closed out of turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.told: list[str] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += [f"{key}={value}" for key, value in attrs if key in ("src", "href", "onload", "style")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.told.append(data)


def test_markup_in_the_text_is_text() -> None:
    blocks: list[Block] = [
        Heading(1, "<b>标题*"), Lines(("一|二\n三", "[链接](http://x)"), listed=True), Lines(("段落",)),
        Grid((), (("甲", "a|b`c`"),)), Grid(("头",), (("<script>",),)),
    ]  # fmt: skip

    assert markdown(blocks).decode() == (
        "# \\<b\\>标题\\*\n\n- 一\\|二 三\n- \\[链接\\](http://x)\n\n段落\n\n"
        "| 项目 | 内容 |\n| --- | --- |\n| 甲 | a\\|b\\`c\\` |\n\n| 头 |\n| --- |\n| \\<script\\> |\n"
    )
    shown = page(blocks).decode()
    assert "<title>&lt;b&gt;标题*</title>" in shown
    assert "<li>一|二\n三</li>" in shown
    assert "<tr><th>甲</th><td>a|b`c`</td></tr>" in shown
    assert "<td>&lt;script&gt;</td>" in shown


def test_a_page_without_a_heading_has_no_title() -> None:
    assert b"<title></title>" in page([Lines(("只有一段",))])


@pytest.mark.parametrize("ref", REFS)
def test_every_shipped_flow_has_a_sheet_on_which_everything_stands(book: Lawbook, ref: str) -> None:
    flow, _ = book.flows.read(ref)
    assert flow

    blocks = review_blocks(book, ref)
    plain, shown = markdown(blocks).decode(), page(blocks).decode()
    read = Reader(shown)
    text = "\n".join(read.told)

    assert (read.wrong, read.open) == ([], [])
    assert flow_digest(flow) in plain
    for said in (
        *(step.name for step in flow.transition.values()), *(guard.refusal for guard in flow.guard.values()),
        *(document.name for document in flow.document.values()), *(one.name for one in flow.deadline.values()),
        *(one.gap for one in flow.transition.values()), *(one.gap for one in flow.guard.values()),
        *(article for guard in flow.guard.values() for article in guard.basis),
        *(article for step in flow.transition.values() for article in step.basis),
    ):  # fmt: skip
        assert said in text
    assert all(
        len(line.replace("\\|", "").split("|")) > 2 for line in plain.splitlines() if line.startswith("|")
    )


def test_a_sheet_is_the_same_each_time_it_is_made(book: Lawbook) -> None:
    again = open_lawbook(FLOWS)

    for form in SHEET_FORMATS:
        assert review_sheet(book, "duty.recusal@2019-06-01", form) == review_sheet(
            again, "duty.recusal@2019-06-01", form
        )
