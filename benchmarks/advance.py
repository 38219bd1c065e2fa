"""Durable steps through the desk on SQLite FULL, against hand-written statements on the same rows in the same run.

    python -m benchmarks.advance --json

A penalty case is walked through the shipped flow, guards, documents, findings, clocks and side cases included.
Many cases go side by side: a step of each through the desk on one file, then the same step of each by hand on
another. In the end both files must hold the same rows.

A disk that stalls adds the same wait to both sides and so brings the ratio down towards 1: it would flatter us.
What counts is therefore the quietest round of each step; ``noisy`` says that the disk was busy with others.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from stdnum.cn import uscc

from benchmarks import byhand
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.adapters.storage.sqlite import SqliteStore
from zhifa_flow.bootstrap.desk import desk_on
from zhifa_flow.bootstrap.lawbook import find_flows, open_lawbook
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.openings import USUAL_AGENCY, USUAL_OFFICER, usual_party
from zhifa_flow.casework.people import officer_names
from zhifa_flow.casework.scripts import Scenario, ScenarioStep
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.case import Case
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.register import Entered

WALK = Path(__file__).with_name("penalty_case.toml")
TABLES = ("case_file", "case_step", "case_document", "running_clock", "officer", "agency")


@dataclass(slots=True)
class Noon:
    """The time: noon of the day on which the walk has arrived."""

    day: date = date(2026, 1, 1)

    def __call__(self) -> datetime:
        """The present moment."""
        return datetime(self.day.year, self.day.month, self.day.day, 4, tzinfo=UTC)


@dataclass(slots=True)
class Round:
    """What a round took in seconds, by step of the walk: by hand and through the desk, one figure for each case."""

    floor: dict[str, list[float]] = field(default_factory=dict)
    engine: dict[str, list[float]] = field(default_factory=dict)


Walk = dict[str, float]  # seconds by step


def typical(taken: dict[str, list[float]]) -> Walk:
    """Of each step the median over the cases of a round."""
    return {name: statistics.median(each) for name, each in taken.items()}


def quietest(walks: list[Walk]) -> Walk:
    """Of each step the round in which least came in between."""
    return {name: min(walk[name] for walk in walks) for name in walks[0]}


def main() -> None:
    """Run the rounds and print the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the last line only")
    parser.add_argument("--cases", type=int, default=30, help="cases side by side in a round")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--walk", type=Path, default=WALK, help="a scenario whose steps are all allowed")
    parser.add_argument("--dir", type=Path, help="where the two databases are made (a real disk)")
    asked = parser.parse_args()
    walk = read_scenario(asked.walk, asked.walk.parent)
    with tempfile.TemporaryDirectory(dir=asked.dir) as folder:
        bench = Bench(Path(folder), walk)
        bench.round(2)  # statements prepared, files grown
        rounds = [bench.round(asked.cases) for _ in range(asked.rounds)]
        bench.close()
    if not asked.json:
        _show(rounds)
    print(json.dumps(answer(rounds)))


def answer(rounds: list[Round]) -> dict[str, Any]:
    """What the rounds say, for the last line."""
    floors, engines = [typical(one.floor) for one in rounds], [typical(one.engine) for one in rounds]
    floor, engine = sum(quietest(floors).values()), sum(quietest(engines).values())
    steps = len(floors[0])
    usual = statistics.median(sum(walk.values()) for walk in floors)
    pairs = zip(engines, floors, strict=True)
    return {
        "ratio": round(engine / floor, 3), "floor_us": round(floor / steps * 1e6, 1),
        "engine_us": round(engine / steps * 1e6, 1), "steps_per_second": round(steps / engine),
        "noisy": usual > 1.5 * floor,
        "ratios": sorted(round(sum(ours.values()) / sum(theirs.values()), 3) for ours, theirs in pairs),
        "steps": sum(len(each) for one in rounds for each in one.engine.values()),
    }  # fmt: skip


def _show(rounds: list[Round]) -> None:
    floor, engine = (
        quietest([typical(one.floor) for one in rounds]),
        quietest([typical(one.engine) for one in rounds]),
    )
    print(f"{'step':26}{'by hand':>10}{'desk':>10}  (microseconds, the quietest round)")
    for name in floor:
        print(
            f"{name:26}{floor[name] * 1e6:10.0f}{engine[name] * 1e6:10.0f}{engine[name] / floor[name]:8.2f}"
        )


class Bench:
    """Two databases with the same register: one behind the desk, one behind a bare connection."""

    def __init__(self, folder: Path, walk: Scenario) -> None:
        self.walk, self.noon = walk, Noon()
        self.paths = folder / "desk.db", folder / "hand.db"
        self.store, twin = SqliteStore(self.paths[0]), SqliteStore(self.paths[1])
        for store in (self.store, twin):
            _register(store, walk)
        twin.close()
        self.hand = byhand.connected(self.paths[1])
        self.desk: Desk = desk_on(open_lawbook(find_flows()), self.store, self.noon)
        self.compiled = self.desk.flows.compiled(walk.flow)
        self.parties = itertools.count(1)

    def round(self, count: int) -> Round:
        """Walk so many new cases from beginning to end."""
        measured = Round()
        cases = [self._opened() for _ in range(count)]
        for place, step in enumerate(self.walk.step, 1):
            self.noon.day = step.on
            name = f"{place:2} {step.do}"
            # Collecting between the stretches: what one leaves behind is not paid by the other.
            gc.collect()
            measured.engine[name], scripts, cases = self._through_the_desk(step, cases)
            gc.collect()
            measured.floor[name] = self._by_hand(scripts)
        return measured

    def _opened(self) -> Case:
        self.noon.day = self.walk.step[0].on
        # Every case has a party of its own, known for certain: its other cases are looked up where a step asks.
        number = f"91410100{next(self.parties):09d}"
        code = {"code": number + uscc.calc_check_digit(number)}
        opened = self.desk.open(
            flow=self.walk.flow.partition("@")[0], agency=USUAL_AGENCY["id"], title=self.walk.title,
            party=usual_party(self.walk) | code | {"no_code_reason": ""}, on=self.noon.day,
            by=[str(self.walk.officer[0]["id"])],
        )  # fmt: skip
        self.hand.execute("BEGIN IMMEDIATE")
        byhand.write(self.hand, byhand.opening(opened))
        self.hand.execute("COMMIT")
        return opened.case

    def _through_the_desk(
        self, step: ScenarioStep, cases: list[Case]
    ) -> tuple[list[float], list[byhand.Script], list[Case]]:
        documents = {kind: [content] for kind, content in step.documents.items()}
        do, clock, done, taken = self.desk.do, time.perf_counter, [], []
        for case in cases:
            began = clock()
            one = do(case.id, step.do, by=step.by, documents=documents)
            taken.append(clock() - began)
            done.append(one)
        flow, others = self.compiled.flow, self.compiled.looks_elsewhere(done[0].step.trigger)
        officers = tuple(dict.fromkeys((*step.by, *officer_names(flow, documents))))
        scripts = [
            byhand.script(case, one, officers, children=bool(flow.child), others=others)
            for case, one in zip(cases, done, strict=True)
        ]
        return taken, scripts, [one.case for one in done]

    def _by_hand(self, scripts: list[byhand.Script]) -> list[float]:
        hand, run, clock, taken = self.hand, byhand.run, time.perf_counter, []
        for script in scripts:
            began = clock()
            run(hand, script)
            taken.append(clock() - began)
        return taken

    def close(self) -> None:
        """Make sure that both did the same, and let go of the files."""
        self.store.close()
        self.hand.close()
        rows = [list(rows_of(path)) for path in self.paths]
        if rows[0] != rows[1]:
            raise SystemExit("the two databases differ: the comparison is worth nothing")


def rows_of(path: Path) -> Iterator[tuple[Any, ...]]:
    """Every row of a database."""
    connection = sqlite3.connect(path)
    for table in TABLES:
        yield from connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")
    connection.close()


def _register(store: SqliteStore, walk: Scenario) -> None:
    home = Agency.read({**USUAL_AGENCY, "region": walk.region, "sector": walk.sector, **walk.agency})
    with store.write() as work:
        entered = Entered(datetime(2026, 1, 1, tzinfo=UTC))
        work.put_agency(home, entered)
        for place, raw in enumerate(walk.officer):
            certificates = [{"number": f"豫A-{place + 1:04d}", "valid_from": "2015-01-01"}]
            usual = {**USUAL_OFFICER, "agency": home.id, "name": raw["id"], "certificates": certificates}
            work.put_officer(Officer.read({**usual, **raw}), entered)


if __name__ == "__main__":
    main()
