"""Whether a flow can be walked: no step that nobody can ever take, no place without a way out, no idle deadline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from zhifa_flow.engine.deadlines import OPEN
from zhifa_flow.engine.formula import Atom, Fact, about, atoms_of
from zhifa_flow.engine.proofs.chart import Chart
from zhifa_flow.engine.proofs.exits import Exits
from zhifa_flow.engine.proofs.ground import Ground
from zhifa_flow.engine.proofs.moves import MOST_PLACES, Moves
from zhifa_flow.engine.proofs.search import GivenUp, Place, Reached, reached, refined
from zhifa_flow.engine.proofs.telling import told
from zhifa_flow.model.flow import Flow

_FOLLOWED: Final = frozenset({Fact.IN_FORCE, Fact.CURRENT, Fact.UP, Fact.RAISED, Fact.TAKEN, Fact.STARTED})
#: More facts in one condition are followed one by one: every fact doubles the places.
_TOGETHER: Final = 8


def soundness_problems(ground: Ground, most: int = MOST_PLACES) -> list[str]:
    """Steps that can never be taken, places from which no end is reached, deadlines that end before they begin."""
    dead: dict[str, str] = {}
    stuck: dict[str, str] = {}
    exits = Exits(ground)
    alone = _questions(ground.chart)
    for facts in alone:
        never = _follow(Moves(ground, facts, most, whole=True), stuck, exits)
        for key in sorted(never, key=list(ground.chart.flow.transition).index):
            dead.setdefault(key, _dead(ground.chart.flow, key, facts))
    for together in exits.together():
        if not any(together & ~ground.bits(facts) == 0 for facts in alone):
            _follow(Moves(ground, ground.atoms(together), most, whole=True), stuck, exits)
    return [*dead.values(), *stuck.values(), *_idle_deadlines(ground)]


def _follow(moves: Moves, stuck: dict[str, str], exits: Exits) -> set[str]:
    """Walk with some facts tracked: where cases are stuck, which steps are shut where, and which are never taken."""
    back: dict[Place, list[Place]] = {}
    walked = reached(replace(moves, most=MOST_PLACES), arrows=back)
    place = _stuck(moves.flow, walked, back)
    if place and place[0] not in stuck and (told_of := _way_into(moves, moves.tracked)):
        stuck[place[0]] = told_of
    open_ = set[str]()
    asking = {
        state: [way for way in moves.ways_from(state) if way.concerned & moves.ground.asking(way.trigger)]
        for state in moves.flow.state
    }
    for state, bits in walked.places:
        for way in asking[state]:
            if way.act.outcome(bits & way.concerned):
                open_.add(way.trigger)
            else:
                asked = moves.ground.asking(way.trigger) & moves.mask
                exits.add(state, way.trigger, (asked, bits & asked))
    return {key for key in moves.flow.transition if moves.mask & moves.ground.asking(key)} - open_


def _questions(chart: Chart) -> list[tuple[Atom, ...]]:
    """The sets of facts that are followed together: those of each condition, of sets within others the larger alone.

    Which of two documents came first is left open, and of a condition on many facts each is followed by itself.
    """
    asked: set[frozenset[Atom]] = {frozenset({about(Fact.UP, flag)}) for flag in chart.flow.flag}
    for formulas in chart.conditions.values():
        for formula in formulas:
            facts = frozenset(one for one in atoms_of(formula) if one.fact in _FOLLOWED)
            asked |= {facts} if len(facts) <= _TOGETHER else {frozenset({one}) for one in facts}
    largest = [one for one in asked if one and not any(one < other for other in asked)]
    return sorted(
        (tuple(sorted(one, key=_in_words)) for one in largest),
        key=lambda facts: [_in_words(one) for one in facts],
    )


def _in_words(one: Atom) -> tuple[str, str]:
    return (one.fact, one.name)


def _dead(flow: Flow, key: str, facts: Sequence[Atom]) -> str:
    papers = [f"《{flow.document[one.name].name}》" for one in facts if one.fact is Fact.IN_FORCE]
    why = f", 它的条件所要求的{'、'.join(papers)}在任何路径上都不具备" if papers else ""
    return f"transition.{key}: “{flow.transition[key].name}”永远不能办理{why}"


def _stuck(flow: Flow, walked: Reached, back: dict[Place, list[Place]]) -> Place | None:
    """The nearest place from which no end can be reached; None if there is none."""
    ending = {place for place in walked.places if flow.state[place[0]].end}
    queue = list(ending)
    while queue:
        for place in back.get(queue.pop(), ()):
            if place not in ending:
                ending.add(place)
                queue.append(place)
    return next((place for place in walked.places if place not in ending), None)


def _way_into(moves: Moves, facts: Sequence[Atom]) -> str | None:
    """How a case comes to a place without a way out, in words; None if it cannot."""
    flow = moves.flow
    last: list[Place] = []

    def find(finer: Moves) -> list[str] | None:
        back: dict[Place, list[Place]] = {}
        walked = reached(finer, arrows=back)
        place = _stuck(flow, walked, back)
        last[:] = [place] if place else []
        return walked.path(place) if place else None

    try:
        path = refined(moves, facts, find)
    except GivenUp:  # neither proven nor refuted: what is reported here is certain
        path = None
    if path is None:
        return None
    name = flow.state[last[0][0]].name
    return f"state.{last[0][0]}: 案件会停在“{name}”, 此后无论如何不能办结: {told(flow, path) or '立案之初'}"


def _idle_deadlines(ground: Ground) -> Iterator[str]:
    """Deadlines that are ended only by steps before which they never begin."""
    flow = ground.chart.flow
    for name, deadline in flow.deadline.items():
        begun = [flow.initial] if OPEN in deadline.starts else []
        begun += [
            flow.target_of(key, state)
            for key in flow.transition
            if key in deadline.starts
            for state in flow.transition[key].source
        ]
        running = ground.beyond(begun)
        for key in (*deadline.ends, *deadline.ends_unless, *([deadline.then] if deadline.then else [])):
            if running.isdisjoint(flow.transition[key].source):
                step = flow.transition[key].name
                yield f"deadline.{name}: 到“{step}”时“{deadline.name}”从未起算, 没有什么可以结束"
