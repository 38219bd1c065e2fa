"""How long ``zhifa --help`` takes to start, against a Python that does nothing but import click.

    python -m benchmarks.startup --json

The two take turns. Nothing of the database layer may be loaded for the help.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time

HELP = [sys.executable, "-m", "zhifa_flow.cli.main", "--help"]
CLICK = [sys.executable, "-c", "import click"]
HEAVY = ("sqlalchemy", "sqlmodel", "sqlite3", "pydantic", "transitions", "pygraphviz", "rich")
LOADED = f"""
import runpy, sys
sys.argv = ["zhifa", "--help"]
try:
    runpy.run_module("zhifa_flow.cli.main", run_name="__main__")
except SystemExit:
    pass
print("\\n" + ",".join(name for name in {HEAVY!r} if name in sys.modules))
"""


def main() -> None:
    """Measure and print the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the last line only")
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    for command in (HELP, CLICK):  # files read once, bytecode written
        _took(command)
    rounds = [(_took(CLICK), _took(HELP)) for _ in range(asked.rounds)]
    floor, ours = (statistics.median(each) for each in zip(*rounds, strict=True))
    loaded = [name for name in _loaded() if name]
    if not asked.json:
        print(
            f"import click {floor * 1e3:.0f} ms, zhifa --help {ours * 1e3:.0f} ms; loaded: {loaded or 'nothing heavy'}"
        )
    print(json.dumps({
        "ratio": round(ours / floor, 3), "floor_ms": round(floor * 1e3, 1), "help_ms": round(ours * 1e3, 1),
        "loaded": loaded,
    }))  # fmt: skip


def _took(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _loaded() -> list[str]:
    said = subprocess.run(
        [sys.executable, "-c", LOADED], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout
    return said.rstrip("\n").rsplit("\n", 1)[-1].split(",")


if __name__ == "__main__":
    main()
