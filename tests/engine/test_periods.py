"""A flow may stop and prolong its deadlines only in writing, and must not take one step for two things."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.builders import RAW, flow
from zhifa_flow.engine.flowcheck.periods import period_problems


def step(name: str, **more: Any) -> dict[str, Any]:
    return {"transition": {name: {**RAW["transition"][name], **more}}}


def payment(**more: Any) -> dict[str, Any]:
    return {"deadline": {"payment": {**RAW["deadline"]["payment"], **more}}}


def test_the_small_flow_stops_and_prolongs_in_writing() -> None:
    assert period_problems(flow()) == []


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        (
            step("suspend", documents=[]),
            ["transition.suspend: 使“中止”发生, 期限“handling”因而停止计算, 应当随本步提交书面通知(documents)"],
        ),
        (step("suspend", documents=[], raises=["remedy"]), ["transition.suspend: 使“复议诉讼”发生, 期限“payment”因而停止计算, 应当随本步提交书面通知(documents)"]),
        (step("suspend", documents=[], optional=["memo"]), ["transition.suspend: 使“中止”发生, 期限“handling”因而停止计算, 应当随本步提交书面通知(documents)"]),
        (step("extend", documents=[]), ["transition.extend: 延长期限“handling”, 应当随本步提交批准文书(documents)"]),
        (payment(ends=["pay"], voids=["close", "pay"]), ["deadline.payment: pay不能既是期限等待的行为(ends), 又使期限失去意义(voids)"]),
        (
            payment(ends_unless={"pay": "owed"}, voids=["pay"]),
            ["deadline.payment: pay不能既是期限等待的行为(ends), 又使期限失去意义(voids)"],
        ),
        (payment(ends=["pay"], voids=["close"]), []),
        (step("suspend", documents=[], raises=[]), []),
    ],
    ids=["stops", "stops another", "may hand it in", "prolongs", "both", "both unless", "apart", "stops nothing"],
)  # fmt: skip
def test_every_step_that_stops_or_prolongs_without_a_paper_is_named(
    change: dict[str, Any], problems: list[str]
) -> None:
    assert period_problems(flow(**change)) == problems


def test_a_flag_that_stops_no_deadline_needs_no_paper() -> None:
    free = {"deadline": {"payment": {**RAW["deadline"]["payment"], "pauses": []}}}

    assert period_problems(flow(**free, **step("ask_remedy", documents=[]))) == []
