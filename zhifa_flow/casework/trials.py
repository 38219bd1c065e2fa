"""A trial: one scenario played to its end, with all that it complains of and all that it saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Now
from zhifa_flow.casework.scenarios import Coverage, Played, Scenario, play
from zhifa_flow.casework.scripts import ScenarioStep
from zhifa_flow.model.errors import ZhifaError


@dataclass(frozen=True, slots=True)
class Failure:
    """An act that did not go as the scenario says, or (without an act) what keeps the scenario from being played.

    ``expected`` and ``came`` are Chinese sentences, ``basis`` the articles that the scenario wants cited.
    """

    complaints: tuple[str, ...]
    act: ScenarioStep | None = None
    step_name: str = ""
    expected: str = ""
    came: str = ""
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a scenario. ``name`` is how it is found: flow id and file name."""

    name: str
    title: str
    acts: int
    failures: tuple[Failure, ...]
    coverage: Coverage


def unread(name: str, problems: tuple[str, ...]) -> Trial:
    """The trial of a scenario whose file cannot be read."""
    return Trial(name, "", 0, (Failure(problems),), Coverage())


def tried(name: str, scenario: Scenario, make_desk: Callable[[Now], Desk]) -> Trial:
    """Play a scenario to its end; what is wrong with it is in ``failures``."""
    coverage = Coverage()
    acts, failures = 0, list[Failure]()
    try:
        for played in play(scenario, make_desk, coverage):
            acts += 1
            if played.complaints:
                failures.append(_failure(played))
    except ZhifaError as error:  # a case cannot even be opened
        failures.append(Failure(error.problems))
    return Trial(name, scenario.title, acts, tuple(failures), coverage)


def _failure(played: Played) -> Failure:
    step = played.step
    name = played.refused.step if played.refused else ""
    return Failure(played.complaints, step, name, _expected(step), _came(played), step.basis)


def _expected(step: ScenarioStep) -> str:
    if step.expect == "refused":
        because = f", 理由中有条件“{'、'.join(step.guard)}”" if step.guard else ""
        return f"不予办理{because}"
    return f"准予办理, 到“{step.state}”" if step.state else "准予办理"


def _came(played: Played) -> str:
    if played.advanced:
        return f"已经办理, 现在是“{played.advanced.case.state}”"
    if played.refused:
        return "不予办理: " + "; ".join(played.refused.problems)
    return "没有办理"
