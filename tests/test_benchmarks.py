"""The benchmarks still run: their walk is allowed by the shipped flow, and both sides write the same rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.advance import WALK, Bench, Round, answer, rows_of
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario


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
