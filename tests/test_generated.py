"""Generated files are never edited: each is made anew and compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhifa_flow.adapters.diagrams.draw import draw
from zhifa_flow.bootstrap.lawbook import open_lawbook

ROOT = Path(__file__).parents[1]
CHARTS = ROOT / "diagrams"
LAW = open_lawbook(ROOT / "flows")
NEWEST = {path.parent.name: path for path in sorted((ROOT / "flows").glob("*.*/*.toml"))}
AGAIN = "图与流程文件(或者制图程序库的版本)不一致, 请重新生成: python -m tests.test_generated"


def drawing_of(flow: str) -> bytes:
    ref = f"{flow}@{NEWEST[flow].stem}"
    read, _ = LAW.flows.read(ref)
    assert read
    return draw(read, LAW.flows.digest(ref), "svg")


@pytest.mark.parametrize("flow", NEWEST)
def test_the_published_chart_is_drawn_from_the_newest_version_of_its_flow(flow: str) -> None:
    published = CHARTS / f"{flow}.svg"

    drawing = drawing_of(flow)

    assert published.is_file(), f"缺少 diagrams/{published.name}; {AGAIN}"
    # Compared as a plain fact: the difference of two long drawings would tell nobody anything.
    fresh = published.read_bytes() == drawing
    assert fresh, f"diagrams/{published.name}: {AGAIN}"


def test_there_is_no_chart_without_a_flow() -> None:
    charts = {path.stem for path in CHARTS.glob("*.svg")}

    assert charts <= NEWEST.keys(), f"没有对应流程的图, 请删除: {sorted(charts - NEWEST.keys())}"


if __name__ == "__main__":
    for name in NEWEST:
        (CHARTS / f"{name}.svg").write_bytes(drawing_of(name))
