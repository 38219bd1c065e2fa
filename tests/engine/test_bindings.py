from __future__ import annotations

from tests.engine.builders import changed, flow, situation
from zhifa_flow.engine.bindings import bind_finding, bind_guard
from zhifa_flow.model.period import Unit

GAP = {"refusal": "不行", "gap": "测试"}


def test_a_list_of_the_file_reaches_the_check_as_a_tuple() -> None:
    it = flow(guard={"g": {"check": "any_present", "args": {"documents": ["filing", "record"]}, **GAP}})

    bound = bind_guard(it, "g")

    assert bound.call.keywords == {"documents": ("filing", "record")}  # type: ignore[attr-defined]
    assert bound.documents == {"filing", "record"}
    assert bound.fields == frozenset()


def test_a_unit_of_the_file_reaches_the_check_as_a_unit() -> None:
    args = {"notice": "filing.found_on", "event": "record.made_on", "length": 7, "unit": "workday"}
    it = flow(guard={"g": {"check": "ahead", "args": args, **GAP}})

    bound = bind_guard(it, "g")

    assert bound.call.keywords["unit"] is Unit.WORKDAY  # type: ignore[attr-defined]
    assert bound.call.keywords["length"] == 7  # type: ignore[attr-defined]
    assert bound.documents == bound.fields == {"filing", "record"}


def test_what_a_guard_reads_through_findings_counts_as_read() -> None:
    it = flow(
        guard={"g": {"check": "finding_holds", "args": {"finding": "outer"}, **GAP}},
        finding={
            "outer": {"name": "外", "rule": "any_of", "args": {"findings": ["inner"]}, "gap": "测试"},
            "inner": {"name": "内", "rule": "negation", "args": {"finding": "hearing_due"}, "gap": "测试"},
        },
    )

    bound = bind_guard(it, "g")

    assert bound.findings == ("outer",)
    assert bound.documents == bound.fields == {"proposal"}


def test_a_guard_that_looks_at_side_cases_says_so() -> None:
    it = flow(guard={"g": {"check": "children_ended", "args": {"child": "publication"}, **GAP}})

    assert bind_guard(it, "g").children
    assert not bind_guard(it, "paid").children


def test_a_finding_is_bound_to_its_arguments() -> None:
    it = changed(
        finding={"f": {"name": "复杂", "rule": "on_file", "args": {"document": "filing"}, "gap": "测试"}}
    )

    bound = bind_finding(it.flow, "f")

    assert bound.documents == {"filing"}
    assert bound.call(situation(compiled=it)).value is False  # type: ignore[attr-defined]
