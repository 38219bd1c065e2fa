"""The kinds of action (执法类别) of the reference table, as the ids of their flows begin."""

from __future__ import annotations

from typing import Literal

Action = Literal[
    "licence", "penalty", "measure", "enforcement", "confirmation", "payment", "levy", "adjudication", "inspection",
]  # fmt: skip


def action_of(flow: str) -> str:
    """The first word of the id of a flow ("licence.general", with its date or without): of a side duty no action."""
    return flow.partition(".")[0]
