"""How the cost of proving a flow grows with its states: flows made of blocks, each a penalty in small.

    python -m benchmarks.proofs --json

A block files a document, has it reviewed (the review is bound to it), can add to what was reviewed, go back and begin
anew, and decides only on a current review; the decision leads to the next block. Every block has its own orders, so
a flow with five times the states has five times as many of them to prove, each over five times the states: what
is proven grows 25 times. ``ratio`` is by how much the time for one order grows from 100 to 500 states; 5 would be linear.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from datetime import date
from typing import Any

from zhifa_flow.engine.proofs.report import proof_problems
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.statute import StatuteIndex

SIZES = (20, 100, 200, 500)
BLOCK = 5  # states
COMPARED = (100, 500)


def generated(states: int, *, planted: bool = False) -> Flow:
    """A flow with so many states (a multiple of five); ``planted``: the last block asks for no current review."""
    raw: dict[str, Any] = {
        "schema": "zhifa-flow/1", "id": "test.generated", "name": "测试", "action": "测试",
        "effective_from": date(2021, 7, 15), "initial": "s0_0", "stage": {"all": {"name": "办理"}},
        "role": {"head": {"name": "负责人"}}, "state": {}, "document": {}, "guard": {}, "transition": {}, "order": {},
    }  # fmt: skip
    blocks = states // BLOCK
    for block in range(blocks):
        _add(raw, block, last=block == blocks - 1)
    if planted:
        raw["transition"][f"decide{blocks - 1}"]["guards"] = []
    return Flow.model_validate(raw)


def _add(raw: dict[str, Any], block: int, *, last: bool) -> None:
    at = [f"s{block}_{place}" for place in range(BLOCK)]
    end = at[4] if last else f"s{block + 1}_0"
    raw["state"] |= {one: {"name": one, "stage": "all", "end": last and one == at[4]} for one in at}
    paper, review = f"paper{block}", f"review{block}"
    raw["document"] |= {
        paper: {"name": paper, "repeatable": True}, review: {"name": review, "binds": [paper]}, f"act{block}": {"name": f"act{block}"},
    }  # fmt: skip
    raw["guard"] |= {
        f"there{block}": {"check": "present", "args": {"document": review}, "refusal": "没有审核"},
        f"current{block}": {"check": "unchanged_since", "args": {"document": review}, "refusal": "审核失效"},
    }
    steps = {
        f"file{block}": (at[0], at[1], {"documents": [paper]}),
        f"read{block}": (at[1], at[2], {}),
        f"review{block}": (at[2], at[3], {"documents": [review]}),
        f"add{block}": (at[3], None, {"documents": [paper]}),
        f"again{block}": (at[3], at[2], {"supersedes": [review]}),
        f"back{block}": (at[3], at[0], {"supersedes": [paper, review]}),
        f"decide{block}": (at[3], end, {"documents": [f"act{block}"], "guards": [f"there{block}", f"current{block}"]}),
        f"skip{block}": (at[1], at[4], {}),
        **({} if last else {f"leave{block}": (at[4], at[0], {})}),
    }  # fmt: skip
    for key, (source, target, more) in steps.items():
        way = {"target": target} if target else {"stays": True}
        raw["transition"][key] = {"name": key, "source": [source], "by": ["head"], **way, **more}
    raw["order"] |= {
        f"filed{block}": {"must": f"file{block}", "before": f"review{block}"},
        f"reviewed{block}": {"must": f"review{block}", "before": f"decide{block}"},
    }


def seconds(states: int) -> float:
    """How long the proof of a flow with so many states takes."""
    flow, statutes = generated(states), StatuteIndex([])
    began = time.process_time()
    problems = proof_problems(flow, statutes)
    taken = time.process_time() - began
    if problems:
        raise SystemExit(f"the generated flow is unsound, its proof is worth nothing: {problems[0]}")
    return taken


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="the last line is JSON")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    taken = {size: statistics.median(seconds(size) for _ in range(given.rounds)) for size in SIZES}
    for size, one in taken.items():
        orders = len(generated(size).order)
        print(f"{size} states, {orders} orders: {one:.3f} s, {one / orders * 1000:.2f} ms an order")
    if given.json:
        print(json.dumps(answer(taken)))


def answer(taken: dict[int, float]) -> dict[str, object]:
    """What scripts read."""
    few, many = COMPARED
    each = {size: one / (size // BLOCK * 2) for size, one in taken.items()}
    return {
        "ratio": round(each[many] / each[few], 3),
        "seconds": {str(size): round(one, 4) for size, one in taken.items()},
        "ms_per_order": {str(size): round(one * 1000, 3) for size, one in each.items()},
    }


if __name__ == "__main__":
    main()
