"""The flow on which mutants are tried, with a weak set of scenarios and a strong one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from tests.acceptance.stage import FLOWS
from tests.acceptance.stage import law as shipped
from zhifa_flow.adapters.lawfiles.flows import FlowFolder
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.adapters.lawfiles.statutes import load_statutes
from zhifa_flow.adapters.lawfiles.tables import load_tables
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.mutation import Bench, Source
from zhifa_flow.casework.ports import Now
from zhifa_flow.casework.scenarios import Scenario
from zhifa_flow.engine.flowcheck.report import Surroundings, check_flow
from zhifa_flow.engine.proofs.report import proof_problems
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.flow import Flow

ROOT = Path(__file__).parents[1] / "data" / "flows_mutants"
REF = "penalty.tiny@2024-01-01"
#: Everything that is wrong with the weak scenario: who notices that these are gone?
UNNOTICED = {
    f"{REF} always -dated",
    f"{REF} transition.decide.guards -noticed",
    f"{REF} transition.decide.guards -defence_over",
    f"{REF} transition.report.supersedes -notice",
    f"{REF} role.investigators.posts -posts",
    f"{REF} role.investigators.count =1",
    f"{REF} role.agency_head.head -head",
    f"{REF} role.agency_head.barred -investigators",
    f"{REF} guard.dated.args length=1",
    f"{REF} guard.dated.args length=3",
    "table.defence 一般领域 length=4个工作日",
    "table.defence 一般领域 length=6个工作日",
    "table.defence 一般领域 length=5日",
}


@cache
def folder() -> FlowFolder:
    statutes = load_statutes(FLOWS / "statutes.json")
    return FlowFolder(ROOT, load_tables(ROOT, statutes), statutes)


@cache
def law() -> Law:
    return replace(shipped(), tables=folder().tables, _rules={})


def flow() -> Flow:
    return folder().compiled(REF).flow


def make_desk(now: Now) -> Desk:
    return Desk(MemoryStore(), folder(), law(), now)


def scenario(name: str) -> Scenario:
    return read_scenario(ROOT / "penalty.tiny" / "scenarios" / f"{name}.toml", ROOT)


def bench(*names: str) -> Bench:
    """A bench with some of the scenarios, and the checker with its proofs."""
    around = Surroundings(folder().tables, folder().statutes, folder().versions().keys())

    def proofs(one: Flow) -> list[str]:
        return proof_problems(one, folder().statutes, [one])

    def problems(one: Flow) -> list[str]:
        return [*check_flow(one, around).problems, *proofs(one)]

    sources = [Source("penalty.tiny", name, partial(scenario, name)) for name in names]
    return Bench(make_desk, sources, problems, proofs)


def scenarios_alone(*names: str) -> Bench:
    """A bench on which neither the checker nor a proof helps."""
    one = bench(*names)
    return Bench(one.make_desk, one.sources, problems=lambda _: (), proofs=lambda _: ())
