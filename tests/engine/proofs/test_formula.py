from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from zhifa_flow.engine.formula import (
    ALWAYS,
    NEVER,
    And,
    Atom,
    Fact,
    Formula,
    Not,
    Or,
    about,
    atoms_of,
    if_then,
    in_force,
    reduced,
    satisfied,
)

ATOMS = tuple(about(Fact.HOLDS, name) for name in "abcd")
FORMULAS = st.recursive(
    st.sampled_from([*ATOMS, ALWAYS, NEVER]),
    lambda parts: st.one_of(
        parts.map(Not),
        st.lists(parts, max_size=3).map(lambda found: And(tuple(found))),
        st.lists(parts, max_size=3).map(lambda found: Or(tuple(found))),
    ),
    max_leaves=12,
)


def worlds() -> list[dict[Atom, bool]]:
    return [dict(zip(ATOMS, values, strict=True)) for values in product((False, True), repeat=len(ATOMS))]


def true_in(formula: Formula, world: dict[Atom, bool]) -> bool:
    if isinstance(formula, Atom):
        return world[formula]
    if isinstance(formula, Not):
        return not true_in(formula.part, world)
    parts = [true_in(part, world) for part in formula.parts]
    return all(parts) if isinstance(formula, And) else any(parts)


@given(st.lists(FORMULAS, max_size=4), st.dictionaries(st.sampled_from(ATOMS), st.booleans()))
def test_formulas_can_hold_together_exactly_where_some_world_makes_them(
    formulas: list[Formula], known: dict[Atom, bool]
) -> None:
    fitting = [world for world in worlds() if known.items() <= world.items()]
    holding = [world for world in fitting if all(true_in(one, world) for one in formulas)]

    assumed = satisfied(formulas, known)

    assert (assumed is not None) is bool(holding)
    if assumed is not None:
        assert not assumed.keys() & known.keys()
        agreeing = [world for world in fitting if assumed.items() <= world.items()]
        assert agreeing
        assert all(true_in(one, world) for world in agreeing for one in formulas)


@given(FORMULAS, st.dictionaries(st.sampled_from(ATOMS), st.booleans()))
def test_a_formula_with_what_is_known_put_in_says_the_same(formula: Formula, known: dict[Atom, bool]) -> None:
    rest = reduced(formula, known)

    assert not set(atoms_of(rest)) & known.keys()
    assert all(
        true_in(rest, world) == true_in(formula, world)
        for world in worlds()
        if known.items() <= world.items()
    )


def test_an_atom_is_made_once() -> None:
    assert in_force("notice") is in_force("notice")
    assert in_force("notice") is not in_force("review")


def test_a_condition_that_does_not_hold_asks_for_nothing() -> None:
    rule = if_then(in_force("record"), in_force("answer"))

    assert reduced(rule, {in_force("record"): False}) is ALWAYS
    assert reduced(rule, {in_force("record"): True}) is in_force("answer")
