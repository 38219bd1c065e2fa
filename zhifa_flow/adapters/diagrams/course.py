"""The course of a flow: its main chain from beginning to end, and the row on which every box and step stands.

Rows are fixed here and not left to the drawing library, so that a chart always reads from the top downwards in the
order of the stages, whatever loops lead back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhifa_flow.model.flow import Flow


@dataclass(frozen=True, slots=True)
class Course:
    """Where everything stands. Boxes are on even rows, the steps between them on odd ones.

    ``chain`` is the main chain as (state, step taken from it); ``lane`` gives of a stage its first row and the
    first row of the next one.
    """

    chain: tuple[tuple[str, str], ...]
    last: str
    row: Mapping[str, int]
    act_row: Mapping[str, int]
    lane: Mapping[str, tuple[int, int]]

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
    """Lay the states out stage by stage and find the main chain."""
    order = _order(flow)
    forward = [arrow for arrow in _moves(flow) if order[arrow[0]] < order[arrow[2]]]
    row, lane = _rows(flow, order, forward)
    chain, last = _chain(flow, order, forward)
    return Course(chain, last, row, _act_rows(flow, row), lane)


def _order(flow: Flow) -> dict[str, int]:
    """The states stage by stage, within a stage in the order of the file; the first state of the case first."""
    stages = list(flow.stage)
    keys = sorted(flow.state, key=lambda key: (key != flow.initial, stages.index(flow.state[key].stage)))
    return {key: place for place, key in enumerate(keys)}


def _moves(flow: Flow) -> Iterable[tuple[str, str, str]]:
    for trigger, step in flow.transition.items():
        if step.target:
            yield from ((source, trigger, step.target) for source in step.source)


def _rows(
    flow: Flow, order: Mapping[str, int], forward: list[tuple[str, str, str]]
) -> tuple[dict[str, int], dict[str, tuple[int, int]]]:
    """Every state below all that lead to it within its stage, and every stage below the one before."""
    row: dict[str, int] = {}
    lane: dict[str, tuple[int, int]] = {}
    base = 0
    for stage in flow.stage:
        inside = [key for key in order if flow.state[key].stage == stage]
        for key in inside:
            above = [row[source] + 2 for source, _, target in forward if target == key and source in inside]
            row[key] = max([base, *above])
        if inside:
            end = max(row[key] for key in inside) + 2
            lane[stage] = (base, end)
            base = end
    return row, lane


def _act_rows(flow: Flow, row: Mapping[str, int]) -> dict[str, int]:
    """A step stands under the last of its sources above its target; a step back under the first of them."""
    found: dict[str, int] = {}
    for trigger, step in flow.transition.items():
        if step.target:
            above = [row[source] for source in step.source if row[source] < row[step.target]]
            found[trigger] = 1 + (max(above) if above else min(row[source] for source in step.source))
    return found


def _chain(
    flow: Flow, order: Mapping[str, int], forward: list[tuple[str, str, str]]
) -> tuple[tuple[tuple[str, str], ...], str]:
    """The way through the most stages to an end; where two lead on alike, one that never leads back, or the first."""
    ahead = _stages_ahead(flow, order, forward)
    # What can also be done from beyond its target (撤销 of a closed case) is no ordinary way on.
    onward = {trigger for _, trigger, _ in forward} - {
        trigger for a, trigger, b in _moves(flow) if order[a] > order[b]
    }
    chain: list[tuple[str, str]] = []
    state = flow.initial
    while state in ahead and not flow.state[state].end:
        ways = [
            (trigger, target) for source, trigger, target in forward if source == state and target in ahead
        ]
        trigger, target = max(
            ways, key=lambda way: (ahead[way[1]] + _fresh(flow, state, way[1]), way[0] in onward)
        )
        chain.append((state, trigger))
        state = target
    return tuple(chain), state


def _stages_ahead(
    flow: Flow, order: Mapping[str, int], forward: list[tuple[str, str, str]]
) -> dict[str, int]:
    """How many further stages lie before every state from which an end can be reached without going back."""
    ahead: dict[str, int] = {}
    for state in sorted(order, key=order.__getitem__, reverse=True):
        counts = [ahead[b] + _fresh(flow, state, b) for a, _, b in forward if a == state and b in ahead]
        if counts or flow.state[state].end:
            ahead[state] = max(counts, default=0)
    return ahead


def _fresh(flow: Flow, state: str, target: str) -> bool:
    return flow.state[state].stage != flow.state[target].stage
