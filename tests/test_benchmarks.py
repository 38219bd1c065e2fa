"""The benchmarks still run, and both sides of each do the same: rows written, last days found."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks import clock, proofs
from benchmarks.advance import WALK, Bench, Round, answer, rows_of
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.engine.proofs.report import proof_problems
from zhifa_flow.engine.recounts import Recounter
from zhifa_flow.model.statute import StatuteIndex


def test_the_walk_of_the_benchmark_is_taken_whole_on_both_sides(tmp_path: Path) -> None:
    walk = read_scenario(WALK, WALK.parent)
    bench = Bench(tmp_path, walk)

    measured = bench.round(1)

    bench.close()
    assert [len(each) for each in measured.engine.values()] == [1] * len(walk.step)
    assert measured.engine.keys() == measured.floor.keys()
    assert answer([measured])["ratio"] > 0
    assert len(list(rows_of(bench.paths[0]))) > len(walk.step)


def test_a_difference_between_the_two_sides_is_noticed(tmp_path: Path) -> None:
    bench = Bench(tmp_path, read_scenario(WALK, WALK.parent))
    bench.round(1)
    bench.hand.execute("UPDATE case_file SET title = 'x'")

    with pytest.raises(SystemExit, match="differ"):
        bench.close()


def test_a_disk_that_stalls_is_said_and_does_not_flatter_the_ratio() -> None:
    quiet = Round({"a": [1.0] * 3, "b": [2.0] * 3}, {"a": [5.0] * 3, "b": [10.0] * 3})
    stalled = Round({"a": [101.0] * 3, "b": [102.0] * 3}, {"a": [105.0] * 3, "b": [110.0] * 3})

    found = answer([stalled, quiet, stalled])

    assert found["ratio"] == 5.0
    assert found["noisy"]
    assert found["ratios"] == [1.059, 1.059, 5.0]
    assert not answer([quiet])["noisy"]


def test_both_sides_of_a_recount_come_to_the_same_ends() -> None:
    told = clock.measured(3000, 1)

    assert told["clocks"] == 3000
    assert 0.9 * 3000 < told["plain"] < 3000
    assert 0 < told["to_recount"] < told["cases"]
    assert told["ratio"] > 0


def test_the_notice_changes_days_and_not_only_what_is_said_of_them() -> None:
    (before, after), flow = clock.calendars(), clock.shipped()
    stock = clock.stocked(flow, before, 3000)

    found = clock.Floor(after).changed(stock.plain)

    assert [end for end in found if end[1] != stock.plain[end[0]][4]]
    assert clock.Floor(before).changed(stock.plain) == []
    assert Recounter(flow, before).to_recount(stock.sheets) == []


def test_an_end_that_one_side_gets_wrong_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    (before, after), flow = clock.calendars(), clock.shipped()
    stock = clock.stocked(flow, before, 300)
    right = clock.Floor.changed

    def one_off(self: clock.Floor, clocks: Iterable[clock.Plain]) -> list[clock.Changed]:
        (place, day, *rest), *others = right(self, clocks)
        return [(place, day + 1, *rest), *others]  # type: ignore[list-item]

    assert clock.same_ends(flow, stock, after) > 250
    monkeypatch.setattr(clock.Floor, "changed", one_off)
    with pytest.raises(SystemExit, match="differ"):
        clock.same_ends(flow, stock, after)


def test_the_generated_flows_are_sound_and_a_fault_planted_in_one_is_found() -> None:
    statutes = StatuteIndex([])

    found = proof_problems(proofs.generated(20, planted=True), statutes)

    assert proof_problems(proofs.generated(20), statutes) == []
    assert [one.split(":")[0] for one in found] == ["order.reviewed3"]


def test_the_cost_of_an_order_is_compared_at_two_sizes() -> None:
    found = proofs.answer({100: 1.0, 500: 20.0})

    assert found["ratio"] == 4.0
    assert found["seconds"] == {"100": 1.0, "500": 20.0}
