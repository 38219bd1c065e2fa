from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.engine.builders import DAY, USUAL, opened, request, small, take, world
from zhifa_flow.engine.advance import advance
from zhifa_flow.engine.chain import broken_links, paper_digest, sealed, step_digest
from zhifa_flow.engine.opening import open_case
from zhifa_flow.model.step import FoundRow, OpenedChild, Step


def steps() -> list[Step]:
    first = open_case(small(), world(), on=DAY, by=("li",), recorder="li", id_="A1", title="某案", party=None)
    taken, case = [first.step], first.case
    for trigger in ("file_case", "inquire", "propose"):
        advanced = advance(small(), case, request(trigger), world())
        taken.append(advanced.step)
        case = advanced.case
    return taken


STEPS = steps()


def test_a_chain_that_nobody_touched_is_whole() -> None:
    assert broken_links(STEPS) == []
    assert broken_links(iter(STEPS)) == []
    assert [one.previous for one in STEPS[1:]] == [one.digest for one in STEPS[:-1]]


CHANGES: dict[str, Callable[[Step], Step]] = {
    "case": lambda one: replace(one, case="B1"),
    "trigger": lambda one: replace(one, trigger="propose"),
    "source": lambda one: replace(one, source="registered"),
    "target": lambda one: replace(one, target="decided"),
    "on": lambda one: replace(one, on=DAY - timedelta(days=1)),
    "entered_at": lambda one: replace(one, entered_at=datetime(2026, 1, 1, tzinfo=UTC)),
    "by": lambda one: replace(one, by=("zhang", "li")),
    "order of by": lambda one: replace(one, by=tuple(reversed(one.by))),
    "role": lambda one: replace(one, role="head"),
    "recorder": lambda one: replace(one, recorder="li"),
    "late_reason": lambda one: replace(one, late_reason="补录"),
    "no papers": lambda one: replace(one, papers=()),
    "papers twice": lambda one: replace(one, papers=one.papers * 2),
    "superseded": lambda one: replace(one, superseded=("record",)),
    "acted": lambda one: replace(one, acted={}),
    "clocks": lambda one: replace(one, clocks=STEPS[1].clocks),
    "raised": lambda one: replace(one, raised=("remedy",)),
    "lowered": lambda one: replace(one, lowered=("remedy",)),
    "opened": lambda one: replace(one, opened=(OpenedChild("a", "b", "c"),)),
    "findings": lambda one: replace(one, findings={"x": FoundRow("是", "y")}),
    "opening": lambda one: replace(one, opening={"title": "另案"}),
    "digest": lambda one: replace(one, digest="0" * 64),
}  # fmt: skip


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_whatever_is_changed_afterwards_is_found(change: str) -> None:
    touched = [*STEPS]
    touched[2] = CHANGES[change](STEPS[2])

    problems = broken_links(touched)

    assert "第2步: 内容与摘要不符" in "; ".join(problems)


def test_a_step_sealed_anew_no_longer_fits_the_next() -> None:
    forged = sealed(replace(STEPS[1], on=DAY - timedelta(days=9)), STEPS[0].digest)

    assert broken_links([STEPS[0], forged, *STEPS[2:]]) == ["案件A1第2步: 与上一步的摘要不衔接"]


def test_a_step_taken_out_is_missed() -> None:
    problems = broken_links([STEPS[0], *STEPS[2:]])

    assert problems == ["案件A1第2步: 缺少第1步", "案件A1第2步: 与上一步的摘要不衔接"]


def test_steps_in_another_order_are_missed() -> None:
    assert broken_links([STEPS[0], STEPS[2], STEPS[1], STEPS[3]]) != []
    assert broken_links(STEPS[1:]) != []


def test_the_content_of_a_document_is_part_of_the_chain() -> None:
    record = STEPS[2].papers[0]
    forged = replace(record, fields={**record.fields, "answer": "否认"})
    rehashed = replace(forged, digest=paper_digest(forged))

    plain = broken_links([*STEPS[:2], replace(STEPS[2], papers=(forged,)), STEPS[3]])
    better = broken_links([*STEPS[:2], replace(STEPS[2], papers=(rehashed,)), STEPS[3]])

    assert plain == ["案件A1第2步: 文书“record”的内容与摘要不符"]
    assert better == ["案件A1第2步: 内容与摘要不符"]


def test_a_document_belongs_to_the_step_that_made_it() -> None:
    moved = replace(STEPS[2], papers=(replace(STEPS[2].papers[0], seq=9),))

    assert broken_links([*STEPS[:2], moved, STEPS[3]]) == ["案件A1第2步: 文书“record”标为第9步所作"]


@pytest.mark.parametrize("field", ["kind", "on", "by", "fields", "bound"])
def test_the_hash_of_a_document_covers_everything_it_says(field: str) -> None:
    paper = STEPS[2].papers[0]
    other = {
        "kind": "filing",
        "on": DAY - timedelta(days=1),
        "by": ("li",),
        "fields": {},
        "bound": {"filing": "x"},
    }

    assert paper_digest(replace(paper, **{field: other[field]})) != paper.digest  # type: ignore[arg-type]


def test_the_hash_of_a_document_is_the_same_in_the_case_that_it_is_carried_to() -> None:
    paper = STEPS[2].papers[0]

    assert paper_digest(replace(paper, seq=0)) == paper.digest


def test_the_hash_of_a_document_is_the_same_under_the_name_that_another_case_has_for_it() -> None:
    paper = STEPS[2].papers[0]
    there = paper.received("notes")
    further = there.received("told")

    assert (there.kind, there.origin, paper_digest(there)) == ("notes", "record", paper.digest)
    assert (further.kind, further.origin, paper_digest(further)) == ("told", "record", paper.digest)
    assert further.received("record") == paper


def test_a_document_that_bears_a_false_origin_breaks_the_chain() -> None:
    false = replace(STEPS[2], papers=(replace(STEPS[2].papers[0], origin="filing"),))

    assert broken_links([*STEPS[:2], false, STEPS[3]]) == ["案件A1第2步: 文书“record”的内容与摘要不符"]


def test_a_hash_of_a_step_does_not_cover_itself() -> None:
    assert step_digest(replace(STEPS[1], digest="")) == STEPS[1].digest


def test_equal_steps_of_two_cases_have_different_hashes() -> None:
    other = open_case(small(), world(), on=DAY, by=("li",), recorder="li", id_="A2", title="某案", party=None)

    assert other.step.digest != STEPS[0].digest
    assert take(opened(), "file_case", documents=USUAL["file_case"][1]).step.digest != STEPS[1].digest
