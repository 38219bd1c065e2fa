"""What a period may be stopped, prolonged and closed by: nothing stops or prolongs it that is not in writing."""

from __future__ import annotations

from collections.abc import Iterator

from zhifa_flow.model.flow import Flow


def period_problems(flow: Flow) -> list[str]:
    """Steps without a document that stop or prolong a deadline, and steps that both meet and void one."""
    return [*_unwritten_pauses(flow), *_unwritten_extensions(flow), *_met_and_voided(flow)]


def _unwritten_pauses(flow: Flow) -> Iterator[str]:
    for key, deadline in flow.deadline.items():
        for name, step in flow.transition.items():
            flags = [flow.flag[flag].name for flag in deadline.pauses if flag in step.raises]
            if flags and not step.documents:
                yield (
                    f"transition.{name}: 使“{'、'.join(flags)}”发生, 期限“{key}”因而停止计算, "
                    "应当随本步提交书面通知(documents)"
                )


def _unwritten_extensions(flow: Flow) -> Iterator[str]:
    for name, step in flow.transition.items():
        if step.extends and not step.documents:
            yield f"transition.{name}: 延长期限“{step.extends.deadline}”, 应当随本步提交批准文书(documents)"


def _met_and_voided(flow: Flow) -> Iterator[str]:
    for key, deadline in flow.deadline.items():
        both = [name for name in deadline.voids if name in (*deadline.ends, *deadline.ends_unless)]
        if both:
            yield f"deadline.{key}: {'、'.join(both)}不能既是期限等待的行为(ends), 又使期限失去意义(voids)"
