"""How long ``zhifa --help`` and the check of the largest flow take, against a Python that only imports click.

    python -m benchmarks.startup --json

They take turns. The check is the whole command: start, reading, proofs. Nothing of the database layer may be loaded for the help.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time

ZHIFA = [sys.executable, "-c", "from zhifa_flow.cli.main import main; main()"]
HELP = ([*ZHIFA, "--help"], "行政执法流程引擎")
CHECK = ([*ZHIFA, "flow", "check", "penalty.general"], "✓ penalty.general")
CLICK = ([sys.executable, "-c", "import click"], "")
HEAVY = ("sqlalchemy", "sqlmodel", "sqlite3", "pydantic", "transitions", "pygraphviz", "rich")
LOADED = f"""
import sys
from zhifa_flow.cli.main import main
sys.argv = ["zhifa", "--help"]
try:
    main()
except SystemExit:
    pass
print("\\nloaded:" + ",".join(name for name in {HEAVY!r} if name in sys.modules))
"""


def main() -> None:
    """Measure and print the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the last line only")
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    for command in (HELP, CHECK, CLICK):  # files read once, bytecode written
        _took(command)
    rounds = [(_took(CLICK), _took(HELP), _took(CHECK)) for _ in range(asked.rounds)]
    floor, ours, check = (statistics.median(each) for each in zip(*rounds, strict=True))
    loaded = [name for name in _loaded() if name]
    if not asked.json:
        print(
            f"import click {floor * 1e3:.0f} ms, zhifa --help {ours * 1e3:.0f} ms,"
            f" zhifa flow check penalty.general {check * 1e3:.0f} ms; loaded: {loaded or 'nothing heavy'}"
        )
    print(json.dumps({
        "ratio": round(ours / floor, 3), "floor_ms": round(floor * 1e3, 1), "help_ms": round(ours * 1e3, 1),
        "check_ratio": round(check / floor, 1), "check_ms": round(check * 1e3, 1), "loaded": loaded,
    }))  # fmt: skip


def _took(asked: tuple[list[str], str]) -> float:
    """How long a command takes that must answer with certain words: one that does nothing is soon done."""
    command, answer = asked
    began = time.perf_counter()
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    took = time.perf_counter() - began
    if answer not in said:
        raise SystemExit(f"{command} did not answer “{answer}”")
    return took


def _loaded() -> list[str]:
    said = subprocess.run(
        [sys.executable, "-c", LOADED], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout
    return said.rstrip("\n").rsplit("\nloaded:", 1)[1].split(",")


if __name__ == "__main__":
    main()
