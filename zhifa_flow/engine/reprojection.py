"""Re-projection (重算): the running deadlines of a case counted anew by the calendar as it is now, as a step of its own."""

from __future__ import annotations

from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.chain import sealed
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import RECOUNT, recounted
from zhifa_flow.engine.obstacles import recorder_refusals, text_refusals
from zhifa_flow.engine.people import signatures
from zhifa_flow.engine.steps import OWN_STEPS, apply
from zhifa_flow.engine.world import World, situation_of
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import Refused
from zhifa_flow.model.step import Step


def reproject(compiled: Compiled, case: Case, by: str, world: World) -> Advanced | None:
    """The step that counts the running deadlines of a case anew; None where the calendar changes none of them.

    It is dated today and changes nothing but deadlines. Each says what its last day was before (``was``). What has
    ended stays as it was judged; taken twice, it finds nothing the second time.

    Raises:
        Refused: the officer may enter nothing in the case, or the text of its flow is not what it was.
        CalendarRangeError: a deadline ends beyond every calendar.
    """
    s = situation_of(compiled, case, world.today, world)
    if wrong := text_refusals(compiled, case):
        raise Refused(OWN_STEPS[RECOUNT], wrong)
    clocks = [
        new
        for name, clock in case.clocks.items()
        # One that ended may be unknown to the version that the case goes by since.
        if name in compiled.flow.deadline
        and (new := recounted(s, compiled.flow.deadline[name], clock)) is not None
    ]
    if not clocks:
        return None
    if refusals := recorder_refusals(s, by, world.today):
        raise Refused(OWN_STEPS[RECOUNT], refusals)
    step = Step(
        case=case.id, seq=case.revision + 1, trigger=RECOUNT, source=case.state, target=case.state, on=world.today,
        entered_at=world.entered_at, by=(by,), role="", recorder=by, clocks=tuple(clocks),
        signed=signatures(world.officers, (by,), world.today), rules=world.law.rules(compiled.tables, world.today),
    )  # fmt: skip
    sealed_step = sealed(step, case.head)
    return Advanced(apply(compiled.flow, case, sealed_step), sealed_step)
