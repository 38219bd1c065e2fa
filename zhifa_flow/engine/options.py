"""What may be done next: every step of the chart from where the case stands, with all that stands against it."""

from __future__ import annotations

from datetime import date

from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import extension_refusals
from zhifa_flow.engine.grounds import day_refusals
from zhifa_flow.engine.obstacles import deemed_refusals, flag_and_child_refusals, text_refusals
from zhifa_flow.engine.validity import validity_refusals
from zhifa_flow.engine.world import World, situation_of
from zhifa_flow.model.case import Case
from zhifa_flow.model.step import Option, Refusal


def options(compiled: Compiled, case: Case, on: date, world: World) -> list[Option]:
    """Every step from the state of the case, in the order of the file, as it would be answered on that day.

    What depends on documents that the step itself must bring is asked only when they are handed in.
    """
    return [
        _option(compiled, case, trigger, on, world) for trigger in compiled.flow.triggers_from(case.state)
    ]


def _option(compiled: Compiled, case: Case, trigger: str, on: date, world: World) -> Option:
    flow, step = compiled.flow, compiled.flow.transition[trigger]
    s = situation_of(compiled, case, on, world)
    # What the step itself brings takes the place of what is on file, and need not come after it.
    brought = frozenset((*step.documents, *step.optional))
    refusals: list[Refusal] = [
        *text_refusals(compiled, case),
        *validity_refusals(flow, case, on, world),
        *deemed_refusals(flow, trigger),
        *flag_and_child_refusals(flow, case, trigger, world.children, on, world.siblings),
        *day_refusals(s, step, (), compiled.reads(trigger) - brought, world.today),
        *extension_refusals(s, step),
    ]
    with_step: list[Refusal] = []
    hard: list[Refusal] = []
    optional = frozenset(step.optional)
    reads = {bound.name: bound.documents for bound in compiled.guards[trigger]}
    for refusal in compiled.refusals(trigger, s, without=step.documents):
        (with_step if reads[refusal.code] & optional else hard).append(refusal)
    target = flow.target_of(trigger, case.state)
    roles = [flow.role[name] for name in step.by]
    return Option(
        trigger=trigger, name=step.name, target=target, target_name=flow.state[target].name, roles=step.by,
        role_names=tuple(role.name for role in roles),
        posts=tuple(dict.fromkeys(post for role in roles for post in role.posts)),
        documents=step.documents, optional=step.optional, refusals=(*refusals, *hard),
        with_step=tuple(with_step), basis=step.basis, gap=step.gap,
    )  # fmt: skip
