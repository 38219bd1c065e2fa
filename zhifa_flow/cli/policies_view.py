"""zhifa clock --policies: the declared policies, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhifa_flow.cli.jsontext import show_json
from zhifa_flow.cli.screens import listed, say
from zhifa_flow.model.policy import Policy, PolicyTable


def show_policies(table: PolicyTable, *, as_json: bool) -> None:
    """Write the whole table."""
    if as_json:
        show_json(_answer(table))
        return
    say(f"{table.name}(截至{table.declared}, 共{len(table.policy)}项)")
    say(table.note)
    for place, row in enumerate(table.policy, start=1):
        say()
        say(f"{place}. {row.name} [{row.id}] {_kind(row)}")
        for heading, text in _lines(row):
            say(f"{heading}: {text}", indent=3)


def _kind(row: Policy) -> str:
    if row.kind == "reading":
        return "固定做法"
    return f"由 {row.read_by} 读取" if row.read_by else f"由 zhifa clock --policy {row.id} 读取"


def _lines(row: Policy) -> Iterator[tuple[str, str]]:
    yield "问", row.question
    yield "答", row.answer
    yield "理由", row.reason
    yield "稳妥", row.safe
    for heading, text in (
        ("依据", listed(row.basis)),
        ("法律空白", row.gap),
        ("来源", listed(row.sources)),
        ("适用", _dates(row)),
        ("取值", f"{row.value}(可选: {listed(row.of)})" if row.value else ""),
    ):
        if text:
            yield heading, text
    for example in row.example:
        yield "例", example.told(row.direction)


def _dates(row: Policy) -> str:
    return (f"自{row.from_}起" if row.from_ else "") + (f"至{row.to}" if row.to else "")


def _answer(table: PolicyTable) -> dict[str, Any]:
    rows = [row.model_dump(mode="json", by_alias=True) for row in table.policy]
    return {"name": table.name, "declared": table.declared, "note": table.note, "policies": rows}
