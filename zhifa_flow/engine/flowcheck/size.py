"""How large a flow may be: beyond this nobody could review it, and reading it would take hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from zhifa_flow.model.flow import Flow

#: Our largest flow has some forty states and a hundred steps.
MOST_ENTRIES: Final = 1000
MOST_ARROWS: Final = 20_000

_SECTIONS: Final = {
    "stage": "环节", "state": "状态", "role": "办理人", "document": "文书", "finding": "认定", "guard": "条件",
    "deadline": "期限", "flag": "情形", "child": "附随程序", "order": "法定顺序", "transition": "流转",
}  # fmt: skip


def size_problems(flow: Flow) -> list[str]:
    """What there is too much of. Of a flow that is too large nothing else is said."""
    return list(_found(flow))


def _found(flow: Flow) -> Iterator[str]:
    for section, name in _SECTIONS.items():
        count = len(getattr(flow, section))
        if count > MOST_ENTRIES:
            yield f"{section}: {name}有{count:,}项, 超过上限{MOST_ENTRIES:,}项"
    arrows = sum(len(step.source) for step in flow.transition.values())
    if arrows > MOST_ARROWS:
        yield f"transition: 各流转的起点(source)共{arrows:,}处, 超过上限{MOST_ARROWS:,}处"
