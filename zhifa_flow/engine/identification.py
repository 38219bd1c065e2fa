"""Identification (查明当事人): who the party is, of a case that was opened while nobody knew."""

from __future__ import annotations

from zhifa_flow.engine.advance import Advanced
from zhifa_flow.engine.chain import sealed
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.obstacles import recorder_refusals, text_refusals
from zhifa_flow.engine.people import signatures
from zhifa_flow.engine.steps import IDENTIFY, OWN_STEPS, apply
from zhifa_flow.engine.world import World, situation_of
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import Refused
from zhifa_flow.model.party import Party
from zhifa_flow.model.step import Refusal, Step


def identify(compiled: Compiled, case: Case, party: Party, by: str, world: World) -> Advanced:
    """The step that states the party of a case, once, today (行政处罚法第四十条: 违法事实, 包括何人所为, 必须查明).

    Whoever the party is can thereafter be changed by nothing: a case against somebody else is another case.

    Raises:
        Refused: with every reason; the party is known, the case has ended, or the officer may enter nothing in it.
    """
    s = situation_of(compiled, case, world.today, world)
    refusals = [
        *text_refusals(compiled, case),
        *_standing_refusals(compiled, case),
        *recorder_refusals(s, by, world.today),
    ]
    if refusals:
        raise Refused(OWN_STEPS[IDENTIFY], refusals)
    step = Step(
        case=case.id, seq=case.revision + 1, trigger=IDENTIFY, source=case.state, target=case.state, on=world.today,
        entered_at=world.entered_at, by=(by,), role="", recorder=by, opening={"party": party.to_raw()},
        signed=signatures(world.officers, (by,), world.today), rules=world.law.rules(compiled.tables, world.today),
    )  # fmt: skip
    sealed_step = sealed(step, case.head)
    return Advanced(apply(compiled.flow, case, sealed_step), sealed_step)


def _standing_refusals(compiled: Compiled, case: Case) -> list[Refusal]:
    refusals = []
    if case.party is not None:
        cure = "对其他人另行立案; 原登记的不当的, 依法撤案"
        refusals.append(Refusal("party", "本案已经登记当事人, 不得更换", cure=cure))
    if case.ended:
        refusals.append(Refusal("state", f"案件已经办结(“{compiled.flow.state[case.state].name}”)"))
    if case.parent is not None:
        refusals.append(Refusal("state", "附随程序的当事人在主案查明", f"主案{case.parent}"))
    return refusals
