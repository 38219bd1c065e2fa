"""Declared equivalents: mutants with which the law goes the same way, so that nobody can notice them, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Rule
from pydantic import field_validator

from zhifa_flow.casework.mutation import Verdict
from zhifa_flow.model.words import Text, Words


class Equivalent(Words):
    """One mutant, by its id, and the reason why there is nothing to notice."""

    mutant: Text
    reason: Text


class EquivalentFile(Words):
    """The declared equivalents of a folder of flows."""

    format: Literal["zhifa-equivalents/1"] = Rule(alias="schema")
    equivalent: tuple[Equivalent, ...] = ()

    @field_validator("equivalent")
    @classmethod
    def _once_each(cls, value: tuple[Equivalent, ...]) -> tuple[Equivalent, ...]:
        ids = [one.mutant for one in value]
        twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if twice:
            raise ValueError("\n".join(f"“{id_}”写了两次" for id_ in twice))
        return value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all mutants. ``stale`` are declarations of mutants that somebody notices, or that do not exist."""

    mutants: int
    killed: int
    survivors: tuple[Verdict, ...]
    equivalent: tuple[tuple[Verdict, str], ...]
    stale: tuple[tuple[str, str], ...]

    @property
    def holds(self) -> bool:
        """Whether every mutant is noticed or rightly declared."""
        return not (self.survivors or self.stale)


def outcome(verdicts: Iterable[Verdict], declared: Sequence[Equivalent], tried: Sequence[str]) -> Outcome:
    """The mutants told apart; ``tried`` are the flows (id@date), so that the declarations of others are left alone."""
    done = {one.mutant.id: one for one in verdicts}
    reasons = {one.mutant: one.reason for one in declared}
    alive = [one for one in done.values() if not one.killed]
    return Outcome(
        mutants=len(done),
        killed=len(done) - len(alive),
        survivors=tuple(one for one in alive if one.mutant.id not in reasons),
        equivalent=tuple((one, reasons[one.mutant.id]) for one in alive if one.mutant.id in reasons),
        stale=tuple(_stale(reasons, done, tried)),
    )


def _stale(
    reasons: Mapping[str, str], done: Mapping[str, Verdict], tried: Sequence[str]
) -> Iterable[tuple[str, str]]:
    places = {*tried, *(id_.partition(" ")[0] for id_ in done)}
    for id_ in reasons:
        if id_ in done and done[id_].killed:
            yield id_, "已经能够发现, 不必再声明"
        elif id_ not in done and id_.partition(" ")[0] in places:
            yield id_, "没有这样的改动"
