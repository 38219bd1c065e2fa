"""The taking of a step: what it makes of the case, the deadlines it moves, the side cases it opens."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhifa_flow.engine.attempt import Attempted
from zhifa_flow.engine.chain import sealed
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.deadlines import changes
from zhifa_flow.engine.opening import Opened, open_case
from zhifa_flow.engine.people import signatures
from zhifa_flow.engine.registry import Found
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.steps import apply, lowered
from zhifa_flow.engine.world import World
from zhifa_flow.model.case import Case
from zhifa_flow.model.step import FoundRow, OpenedChild, Request, Step


@dataclass(frozen=True, slots=True)
class Advanced:
    """A step that was taken: the case after it, the step, and the child cases it opened."""

    case: Case
    step: Step
    children: tuple[Opened, ...] = ()


def taken(
    compiled: Compiled, case: Case, request: Request, tried: Attempted, target: str, world: World
) -> Advanced:
    """The step that nothing stands against, with all that it starts, ends and opens."""
    flow, s = compiled.flow, tried.situation
    transition = flow.transition[request.trigger]
    seq = case.revision + 1
    down = tuple(flag for flag in transition.lowers if case.flag_up(flag))
    up = tuple(flag for flag in transition.raises if not case.flag_up(flag) or flag in down)
    s.case = replace(s.case, flags=lowered(case.flags, down, request.on))
    clocks = changes(s, request.trigger, raised=up, lowered=down, end=flow.state[target].end)
    due_children = [rule for rule in transition.opens if _is_due(s, rule)]
    children = tuple(_open_child(compiled, case, s, rule, seq, request, world) for rule in due_children)
    step = Step(
        case=case.id, seq=seq, trigger=request.trigger, source=case.state, target=target, on=request.on,
        entered_at=world.entered_at, by=request.by, role=tried.role, recorder=request.recorder,
        late_reason=request.late_reason.strip() if request.on < world.today else "", papers=tried.papers,
        superseded=tuple(kind for kind in transition.supersedes if case.paper(kind)), acted=tried.acted,
        clocks=tuple(clocks), raised=up, lowered=down,
        opened=tuple(OpenedChild(one.rule, one.case.flow, one.case.id) for one in children),
        findings={name: recorded(found) for name, found in s.findings.items()},
        signed=signatures(s.officers, _signers(request, tried), request.on),
        rules=world.law.rules(compiled.tables, request.on), days=world.law.days(case.region, request.on),
    )  # fmt: skip
    sealed_step = sealed(step, case.head)
    return Advanced(apply(flow, case, sealed_step), sealed_step, children)


def _signers(request: Request, tried: Attempted) -> tuple[str, ...]:
    return (*request.by, request.recorder, *(one for officers in tried.acted.values() for one in officers))


def _is_due(s: Situation, rule: str) -> bool:
    when = s.flow.child[rule].when
    return when is None or s.found(when).holds


def recorded(found: Found) -> FoundRow:
    """A finding in the words in which it stays on record."""
    if found.value is None:
        value = "无法认定"
    elif isinstance(found.value, bool):
        value = "是" if found.value else "否"
    else:
        value = str(found.value)
    return FoundRow(value, found.reason, found.row)


def _open_child(
    compiled: Compiled, case: Case, s: Situation, rule: str, seq: int, request: Request, world: World
) -> Opened:
    child = compiled.flow.child[rule]
    carried = [
        paper.received(there) for there, here in child.carries.items() for paper in s.papers.get(here, ())
    ]
    return open_case(
        world.flow_for(child.flow, request.on), world, on=request.on, by=request.by, recorder=request.recorder,
        id_=f"{case.id}.{rule}.{seq}", title=f"{case.title}: {child.name}", party=case.party,
        late_reason=request.late_reason, parent=case, relation=rule, carried=carried,
        acted={there: s.acted[here] for here, there in child.acted.items() if here in s.acted},
    )  # fmt: skip
