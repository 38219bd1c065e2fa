"""What the guards of a step look at: on every path to the step the document was made, the period has begun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhifa_flow.engine.checks.needs import ABSENT, GROUNDS, needs
from zhifa_flow.engine.findings.meanings import spelled_out
from zhifa_flow.engine.formula import Atom, Fact, Formula, Not, about, atoms_of, both, in_force
from zhifa_flow.engine.proofs.ground import Ground
from zhifa_flow.engine.proofs.localgrounds import Grounds
from zhifa_flow.engine.proofs.moves import MOST_PLACES, Moves
from zhifa_flow.engine.proofs.search import GivenUp, Goal, counterexample
from zhifa_flow.engine.proofs.telling import told
from zhifa_flow.engine.registry import CHECKS, DeadlineName, DocumentName, FieldPath
from zhifa_flow.model.flow import Flow, Guard, Transition


def reading_problems(grounds: Grounds, most: int = MOST_PLACES) -> list[str]:
    """Every guard that looks at something that a path to its step leaves out, with the shortest such path.

    A guard that rests on the rules of one place alone is followed through the cases of that place.
    """
    wanting: dict[tuple[frozenset[str], tuple[Atom, ...]], dict[str, str]] = {}
    for key, step in grounds.flow.transition.items():
        for places, where, atoms in _looked_at(grounds, step):
            if _may_lack(grounds.of(places), key, atoms):
                wanting.setdefault((places, atoms), {}).setdefault(key, where)
    return [
        text
        for (places, atoms), steps in wanting.items()
        for text in _lacking(Moves(grounds.of(places), (), most, whole=True), atoms, steps)
    ]


def _lacking(moves: Moves, atoms: tuple[Atom, ...], steps: Mapping[str, str]) -> Iterator[str]:
    left, flow = dict(steps), moves.flow
    while left:
        try:
            path = counterexample(moves, Goal(tuple(left), both(*_without(atoms))))
        except GivenUp:
            why = f"情形太多(超过{moves.most}种), 没有证明完"
            yield from (
                f"transition.{key}: {where}要看{_named(flow, atoms)}: {why}" for key, where in left.items()
            )
            return
        if path is None:
            return
        key = path[-1].trigger
        yield (
            f"transition.{key}: {left.pop(key)}要看{_named(flow, atoms)}, 有路径没有{_begun(atoms)}"
            f"也可以办理“{flow.transition[key].name}”: {told(flow, path)}"
        )


def _looked_at(grounds: Grounds, step: Transition) -> Iterator[tuple[frozenset[str], str, tuple[Atom, ...]]]:
    """Where, by which guards, and what a step looks at, but for what is handed in with it and what its guards need."""
    flow = grounds.flow
    together: dict[tuple[frozenset[str], str], dict[Atom, str]] = {}
    for name in dict.fromkeys((*flow.always, *step.guards)):
        guard = flow.guard[name]
        places = grounds.places(guard)
        needed = set(atoms_of(spelled_out(flow, needs(flow, guard))))
        looked_at = list(_read(guard))
        if len({one for _, one in looked_at}) == 1 and looked_at[0][1].name in step.optional:
            continue  # a condition on that paper alone: where it is not handed in there is nothing to ask
        for key, one in looked_at:
            if one in needed or in_force(one.name) in needed or one.name in step.documents:
                continue
            if key == GROUNDS.get(guard.check):
                together.setdefault((places, guard.check), {})[one] = name
            else:
                yield places, f"条件{name}", (one,)
    for (places, _), found in together.items():
        yield places, f"条件{'、'.join(dict.fromkeys(found.values()))}", tuple(found)
    if step.moves:
        yield frozenset(), "这一步", (about(Fact.STARTED, step.moves.deadline),)


def _read(guard: Guard) -> Iterator[tuple[str, Atom]]:
    """The documents and periods that a guard looks at and of which its check does not say what is without them."""
    for key, value in guard.args.items():
        kind = CHECKS[guard.check].parameters[key].kind
        if key not in ABSENT.get(guard.check, ()) and kind in (DocumentName, FieldPath, DeadlineName):
            for name in value if isinstance(value, list | tuple) else [value]:
                yield key, _there(kind, str(name))


def _there(kind: object, name: str) -> Atom:
    if kind is DeadlineName:
        return about(Fact.STARTED, name)
    return about(Fact.MADE, name.partition(".")[0])


def _without(atoms: tuple[Atom, ...]) -> Iterator[Formula]:
    """That none of them was there. What was never made is not in force either."""
    for one in atoms:
        yield Not(one)
        if one.fact is Fact.MADE:
            yield Not(in_force(one.name))


def _may_lack(ground: Ground, key: str, atoms: tuple[Atom, ...]) -> bool:
    """Whether a path may lead to the step without what it looks at, as far as one sees without walking."""
    act = ground.act(key, 0, tuple(_without(atoms)))
    sources = ground.chart.flow.transition[key].source
    return any(case.open_on(0) for case in act.cases) and not ground.around(atoms).isdisjoint(sources)


def _named(flow: Flow, atoms: tuple[Atom, ...]) -> str:
    return "或者".join(
        f"《{flow.document[one.name].name}》"
        if one.fact is Fact.MADE
        else f"期限“{flow.deadline[one.name].name}”"
        for one in atoms
    )


def _begun(atoms: tuple[Atom, ...]) -> str:
    return "提交" if atoms[0].fact is Fact.MADE else "起算"
