"""The legal orders (法定顺序) of a flow, proven for every path and all facts, or refuted by a path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhifa_flow.engine.findings.meanings import spelled_out
from zhifa_flow.engine.formula import Atom, Fact, Formula, Not, about, both, either
from zhifa_flow.engine.proofs.chart import Chart
from zhifa_flow.engine.proofs.effects import done
from zhifa_flow.engine.proofs.ground import Ground
from zhifa_flow.engine.proofs.localgrounds import Grounds
from zhifa_flow.engine.proofs.moves import MOST_PLACES, Moves
from zhifa_flow.engine.proofs.search import GivenUp, Goal, Taken, counterexample
from zhifa_flow.engine.proofs.telling import told
from zhifa_flow.model.flow import Flow, Order


def order_problems(grounds: Grounds, most: int = MOST_PLACES) -> list[str]:
    """Every order that does not hold, with the shortest path on which it is broken.

    An order that rests on the rules of one place alone is proven for the cases of that place, as they bind no others.
    """
    problems: list[str] = []
    flow = grounds.flow
    for key, order in flow.order.items():
        problems += _few_people(flow, key, order)
        try:
            path = violation(grounds.of(grounds.places(order)), order, most)
        except GivenUp:
            problems.append(f"order.{key}: 情形太多(超过{most}种), 没有证明完; 请把这条顺序拆成几条")
            continue
        if path:
            problems.append(f"order.{key}: {_broken(flow, order, path)}")
    return problems


def violation(ground: Ground, order: Order, most: int = MOST_PLACES) -> list[Taken] | None:
    """The shortest path on which the order is broken; None where there is none.

    Raises:
        GivenUp: there are too many places to walk.
    """
    if not (order.must or order.over or order.ended or order.settled):
        return None
    goal = Goal(order.before, both(*_broken_by(ground.chart.flow, order)))
    return counterexample(Moves(ground, (), most), goal, _named(ground.chart, order))


def _named(chart: Chart, order: Order) -> Iterator[Atom]:
    """The facts on documents of the order itself for which its last steps ask: they will all be wanted."""
    steps = chart.flow.transition
    papers = {kind for key in (*order.must, *order.after) for kind in steps[key].documents}
    for key in order.before:
        yield from (one for one in chart.asked[key] if one.name in papers and one.other in {*papers, ""})


def _broken_by(flow: Flow, order: Order) -> Iterator[Formula]:
    """What holds at a step before which the order is broken."""
    if order.when:
        yield spelled_out(flow, about(Fact.HOLDS, order.when))
    counting = [done(step, order.after) for step in order.must]
    over = [about(Fact.PAST, period) for period in order.over]
    still = [about(Fact.OPEN, child) for child in order.ended]
    still += [about(Fact.OPEN, *one.split(".", 1)) for one in order.settled]
    missing = [both(*(Not(one) for one in (*counting, *over)))] if counting or over else []
    yield either(*missing, *still)


def _few_people(flow: Flow, key: str, order: Order) -> Iterator[str]:
    for name in order.before:
        step = flow.transition[name]
        for role in step.by:
            if flow.role[role].count < order.least:
                yield (
                    f"order.{key}: “{step.name}”可以由“{flow.role[role].name}”办理, "
                    f"该角色至少{flow.role[role].count}人, 法定不得少于{order.least}人"
                )


def _broken(flow: Flow, order: Order, path: Sequence[Taken]) -> str:
    last = flow.transition[path[-1].trigger].name
    wanted = [f"“{flow.transition[step].name}”" for step in order.must]
    wanted += [f"“{_period(flow, one)}”届满" for one in order.over]
    what = f"没有办理{'或者'.join(wanted)}" if wanted else "附随程序没有办结"
    beside = order.ended or order.settled
    if wanted and beside:
        what += "或者附随程序没有办结"
    name = f"“{order.name}”" if order.name else "本条顺序"
    lost = "" if beside else _lost(flow, order, path)
    return f"{name}不成立: {what}{lost}, 也可以办理“{last}”: {told(flow, path)}"


def _period(flow: Flow, name: str) -> str:
    kind, dot, field = name.partition(".")
    return (
        f"《{flow.document[kind].name}》的{flow.document[kind].field[field].name}"
        if dot
        else flow.deadline[name].name
    )


def _lost(flow: Flow, order: Order, path: Sequence[Taken]) -> str:
    """Why what was done on the path does not count."""
    for place, one in reversed(list(enumerate(path[:-1]))):
        if one.trigger in order.must:
            later = [flow.transition[each.trigger] for each in path[place + 1 : -1]]
            made = flow.transition[one.trigger].documents
            undoing = [step for step in later if set(step.supersedes) & set(made)]
            name = flow.transition[one.trigger].name
            if undoing:
                gone = [f"《{flow.document[kind].name}》" for kind in made if kind in undoing[0].supersedes]
                return f"(办理过的“{name}”在“{undoing[0].name}”以后不作数, {'、'.join(gone)}失去效力)"
            return f"(办理过的“{name}”其后已经不作数)"
    return ""
