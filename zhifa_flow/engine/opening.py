"""How a case begins: its first step, whether somebody opens it or a step of another case does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zhifa_flow.engine.chain import sealed
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import OPEN, changes
from zhifa_flow.engine.people import signatures
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.steps import opened
from zhifa_flow.engine.world import World
from zhifa_flow.model.case import Case, Paper
from zhifa_flow.model.party import Party
from zhifa_flow.model.step import Step


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that has just begun, with its first step and, for a child, the rule that opened it."""

    case: Case
    step: Step
    rule: str = ""


def open_case(
    compiled: Compiled, world: World, *, id_: str, title: str, party: Party | None, on: date,
    by: tuple[str, ...], recorder: str, late_reason: str = "", parent: Case | None = None,
    relation: str | None = None, carried: Sequence[Paper] = (),
    acted: Mapping[str, tuple[str, ...]] | None = None,
) -> Opened:  # fmt: skip
    """Open a case of this flow version. Documents that the flow does not know as carried are left out.

    Those ``carried`` bear the kinds of this flow already.
    ``acted`` names those who acted before in roles of this flow, in the case that this one goes on from.
    """
    flow, agency = compiled.flow, world.agency
    known = [paper for paper in carried if (kind := flow.document.get(paper.kind)) and kind.carried]
    step = Step(
        case=id_, seq=0, trigger=OPEN, source="", target=flow.initial, on=on, entered_at=world.entered_at,
        by=by, role="", recorder=recorder, late_reason=late_reason.strip() if on < world.today else "",
        papers=tuple(replace(paper, seq=0) for paper in known), acted=acted or {},
        signed=signatures(world.officers, (*by, recorder), on), rules=world.law.rules(compiled.tables, on),
        days=world.law.days(agency.region, on),
        opening={
            "flow": flow.ref, "flow_digest": compiled.digest, "agency": agency.id, "region": agency.region, "sector": agency.sector,
            "title": title, "party": party.to_raw() if party else None, "parent": parent and parent.id, "relation": relation,
        },
    )  # fmt: skip
    s = Situation(
        flow=flow, finder=compiled.find, law=world.law, case=(case := opened(flow, step)), agency=agency, on=on,
        by=by, papers=case.papers, parent=parent,
    )  # fmt: skip
    step = sealed(replace(step, clocks=tuple(changes(s, OPEN))), "")
    return Opened(opened(flow, step), step, relation or "")
