"""What a step does to a case. ``apply`` is the only way a case changes, so replaying the steps gives the case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from zhifa_flow.engine.deadlines import OPEN, RECOUNT
from zhifa_flow.model.case import Act, Case, Interval, Paper
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.party import Party
from zhifa_flow.model.step import Step

#: The trigger under which the party of a case is stated that was opened without one.
IDENTIFY: Final = "name_party"

#: The trigger under which a case goes on under a newer version of its flow.
CHANGE_VERSION: Final = "change_version"

#: What the steps are called that no flow states.
OWN_STEPS: Final = {
    OPEN: "登记",
    RECOUNT: "依放假安排重算期限",
    IDENTIFY: "查明当事人",
    CHANGE_VERSION: "改用流程新版本",
}


def step_name(flow: Flow, trigger: str) -> str:
    """The Chinese name of a step; its key where neither the flow nor the engine knows it."""
    known = flow.transition.get(trigger)
    return known.name if known else OWN_STEPS.get(trigger, trigger)


def opened(flow: Flow, step: Step) -> Case:
    """The case as its first step (seq 0) opens it."""
    said = step.opening
    return Case(
        id=step.case, agency=str(said["agency"]), region=str(said["region"]), sector=str(said["sector"]),
        flow=str(said["flow"]), title=str(said["title"]),
        party=_party(said),
        state=step.target, revision=0, head=step.digest, opened_on=step.on, entered_state_on=step.on,
        last_on=step.on, ended=flow.state[step.target].end, parent=_maybe(said.get("parent")),
        relation=_maybe(said.get("relation")), flow_digest=str(said.get("flow_digest", "")),
        matter=str(said.get("matter", "")), papers=_filed({}, flow, step),
        acts={OPEN: Act(step.on, 0, 1, step.by)}, acted=dict(step.acted),
        clocks={clock.deadline: clock for clock in step.clocks},
    )  # fmt: skip


def _maybe(value: object) -> str | None:
    return None if value is None else str(value)


def _party(said: Mapping[str, object]) -> Party | None:
    raw = said.get("party")
    return Party.read(raw) if isinstance(raw, Mapping) else None


def apply(flow: Flow, case: Case, step: Step) -> Case:
    """The case after the step."""
    clocks = {**case.clocks, **{clock.deadline: clock for clock in step.clocks}}
    if step.trigger in (RECOUNT, CHANGE_VERSION):
        # Nobody acted, so acts of earlier days may still be entered after it.
        said = {"flow": case.flow, "flow_digest": case.flow_digest} | dict(step.opening)
        return replace(
            case, revision=step.seq, head=step.digest, clocks=clocks, flow=str(said["flow"]),
            flow_digest=str(said["flow_digest"]),
        )  # fmt: skip
    moved = step.target != case.state
    times = case.acts[step.trigger].times + 1 if step.trigger in case.acts else 1
    return replace(
        case,
        state=step.target,
        revision=step.seq,
        head=step.digest,
        entered_state_on=step.on if moved else case.entered_state_on,
        last_on=max(case.last_on, step.on),
        ended=flow.state[step.target].end,
        papers=_filed(case.papers, flow, step),
        acts={**case.acts, step.trigger: Act(step.on, step.seq, times, step.by)},
        acted=merged(case.acted, step.acted),
        flags=_flagged(case.flags, step),
        clocks=clocks,
        party=_party(step.opening) if step.trigger == IDENTIFY else case.party,
    )


def filed(
    papers: Mapping[str, tuple[Paper, ...]], flow: Flow, new: Iterable[Paper]
) -> dict[str, tuple[Paper, ...]]:
    """The documents in force after new ones have been added to them or taken their place."""
    after = dict(papers)
    for paper in new:
        before = after.get(paper.kind, ()) if flow.document[paper.kind].repeatable else ()
        after[paper.kind] = (*before, paper)
    return after


def _filed(papers: Mapping[str, tuple[Paper, ...]], flow: Flow, step: Step) -> dict[str, tuple[Paper, ...]]:
    kept = {kind: held for kind, held in papers.items() if kind not in step.superseded}
    return filed(kept, flow, step.papers)


def merged(
    acted: Mapping[str, tuple[str, ...]], more: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Who acted in which role, with more names added, each once."""
    roles = dict.fromkeys((*acted, *more))
    return {role: tuple(dict.fromkeys((*acted.get(role, ()), *more.get(role, ())))) for role in roles}


def _flagged(flags: Mapping[str, tuple[Interval, ...]], step: Step) -> dict[str, tuple[Interval, ...]]:
    after = lowered(flags, step.lowered, step.on)
    for flag in step.raised:
        after[flag] = (*after.get(flag, ()), Interval(step.on))
    return after


def lowered(
    flags: Mapping[str, tuple[Interval, ...]], names: Iterable[str], on: date
) -> dict[str, tuple[Interval, ...]]:
    """The flags once those named have been taken down on a day."""
    after = dict(flags)
    for flag in names:
        *earlier, last = after[flag]
        after[flag] = (*earlier, replace(last, last=on))
    return after


def replay(flow: Flow, steps: Iterable[Step]) -> Case:
    """The case that the steps add up to, from its opening on; of a case that has kept its version.

    Raises:
        ValueError: there are no steps, so there never was a case.
    """
    return replayed(lambda _: flow, steps)


def replayed(flow_for: Callable[[str], Flow], steps: Iterable[Step]) -> Case:
    """The case that the steps add up to, each under the version ("id@date") that the case then went by.

    Raises:
        ValueError: there are no steps, so there never was a case.
    """
    ordered = list(steps)
    if not ordered:
        raise ValueError("案件没有任何步骤")
    case = opened(flow_for(str(ordered[0].opening["flow"])), ordered[0])
    for step in ordered[1:]:
        case = apply(flow_for(case.flow), case, step)
    return case


def versions(steps: Iterable[Step]) -> list[tuple[Step, str, str]]:
    """Each step with the version that it was judged by, and the digest of what that said when the case took it up."""
    found: list[tuple[Step, str, str]] = []
    ref = said = ""
    for step in steps:
        ref, said = str(step.opening.get("flow", ref)), str(step.opening.get("flow_digest", said))
        found.append((step, ref, said))
    return found
