"""The course of a flow: its main chain from beginning to end, and the row on which every box and step stands.

Rows are fixed here and not left to the drawing library, so that a chart always reads from the top downwards in the
order of the file, whatever loops lead back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhifa_flow.model.flow import Flow

#: A step from so many states would cover the chart with lines: its number stands in their boxes instead.
MANY = 6

Move = tuple[str, str, str]  # source, trigger, target
Chain = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """Where everything stands. Boxes are on even rows, the steps between them on odd ones.

    ``chain`` is the main chain as (state, step taken from it). ``lanes`` are stretches of states of one stage, each
    with its first row and the first row of the next; a stage that the file takes up again has a second one.
    ``named`` are the arrows, as (state, step), that are told by the number of the step and not by a line.
    """

    chain: Chain
    last: str
    row: Mapping[str, int]
    act_row: Mapping[str, int]
    lanes: tuple[tuple[str, int, int], ...]
    named: frozenset[tuple[str, str]]

    @property
    def main_states(self) -> frozenset[str]:
        """The states on the main chain."""
        return frozenset([state for state, _ in self.chain] + [self.last])

    @property
    def main_triggers(self) -> frozenset[str]:
        """The steps on the main chain."""
        return frozenset(trigger for _, trigger in self.chain)

    def opening_row(self, flow: Flow, trigger: str) -> int:
        """The row beside which a duty stands that the step opens."""
        return self.act_row.get(trigger, min(self.row[state] for state in flow.transition[trigger].source))


def course_of(flow: Flow) -> Course:
    """Lay the states out stretch by stretch and find the main chain."""
    stretches = _stretches(flow)
    stretch = {state: place for place, states in enumerate(stretches) for state in states}
    order = {state: place for place, state in enumerate(stretch)}
    moves = list(_moves(flow))
    forward = [move for move in moves if order[move[0]] < order[move[2]]]
    back = frozenset(trigger for source, trigger, target in moves if order[source] > order[target])
    chain, last = _chain(flow, stretch, forward, back)
    row, lanes = _rows(flow, stretches, forward)
    named = _named(flow, chain)
    return Course(chain, last, row, _act_rows(flow, row, named), lanes, named)


def _stretches(flow: Flow) -> list[list[str]]:
    """The states in the order of the file, cut wherever the stage changes; ends go to the stretch they belong to."""
    found: list[list[str]] = []
    for key, state in flow.state.items():
        same = [one for one in found if flow.state[one[0]].stage == state.stage]
        if same and (state.end or same[-1] is found[-1]):
            same[-1].append(key)
        else:
            found.append([key])
    return found


def _moves(flow: Flow) -> Iterable[Move]:
    for trigger, step in flow.transition.items():
        if step.target:
            yield from ((source, trigger, step.target) for source in step.source)


def _rows(
    flow: Flow, stretches: Sequence[Sequence[str]], forward: Sequence[Move]
) -> tuple[dict[str, int], tuple[tuple[str, int, int], ...]]:
    """Every state below all that lead to it within its stretch, and every stretch below the one before."""
    row: dict[str, int] = {}
    lanes: list[tuple[str, int, int]] = []
    base = 0
    for states in stretches:
        for key in states:
            above = [row[source] + 2 for source, _, target in forward if target == key and source in states]
            row[key] = max([base, *above])
        end = max(row[key] for key in states) + 2
        lanes.append((flow.state[states[0]].stage, base, end))
        base = end
    return row, tuple(lanes)


def _named(flow: Flow, chain: Chain) -> frozenset[tuple[str, str]]:
    many = ((key, step) for key, step in flow.transition.items() if step.target and len(step.source) >= MANY)
    return frozenset((source, key) for key, step in many for source in step.source) - set(chain)


def _act_rows(flow: Flow, row: Mapping[str, int], named: frozenset[tuple[str, str]]) -> dict[str, int]:
    """A step stands under the last of its sources above its target; a step back under the first of them.

    A step without any line from a box stands beside its target.
    """
    found: dict[str, int] = {}
    for trigger, step in flow.transition.items():
        if step.target:
            drawn = [row[source] for source in step.source if (source, trigger) not in named]
            above = [one for one in drawn if one < row[step.target]]
            found[trigger] = 1 + (max(above) if above else min(drawn)) if drawn else row[step.target]
    return found


def _chain(
    flow: Flow, stretch: Mapping[str, int], forward: Sequence[Move], back: frozenset[str]
) -> tuple[Chain, str]:
    """To the first end of the file that is reached through the most stretches, by the shortest way through them.

    Of ways alike the one is taken that has the fewest steps which also lead back (撤销 of a closed case is no
    ordinary way on), and of those the one that the file writes first.
    """
    best: dict[str, tuple[int, int, int]] = {flow.initial: (0, 0, 0)}
    way: dict[str, Chain] = {flow.initial: ()}
    for state in stretch:
        for source, trigger, target in forward:
            if source == state and state in best:
                through, length, backs = best[state]
                found = (through + (stretch[state] != stretch[target]), length - 1, backs - (trigger in back))
                if target not in best or found > best[target]:
                    best[target], way[target] = found, (*way[state], (state, trigger))
    ends = [state for state in flow.state if state in best and flow.state[state].end]
    last = max(ends, key=lambda state: best[state][0], default=flow.initial)
    return way[last], last
