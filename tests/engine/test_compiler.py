from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from tests.engine.builders import RAW, changed, paper, situation, small
from zhifa_flow.engine.calendar import CalendarRangeError
from zhifa_flow.engine.compiler import REGISTERED
from zhifa_flow.engine.registry import CHECKS, Found
from zhifa_flow.model.step import Refusal


def test_every_module_of_checks_and_rules_is_loaded() -> None:
    assert {module.__name__.rpartition(".")[2] for module in REGISTERED} >= {
        "papers",
        "days",
        "standing",
        "penalties",
        "general",
    }
    assert "present" in CHECKS


def test_the_machine_of_a_flow_is_shared_and_holds_no_case() -> None:
    machine = small().machine

    assert machine.models == []
    assert sorted(machine.events) == sorted(RAW["transition"])
    assert logging.getLogger("transitions").level == logging.WARNING


@pytest.mark.parametrize("trigger", sorted(RAW["transition"]))
def test_the_machine_shows_exactly_the_steps_of_the_file(trigger: str) -> None:
    step = small().flow.transition[trigger]

    transitions = small().machine.events[trigger].transitions

    assert sorted(transitions) == sorted(step.source)
    assert [one.dest for found in transitions.values() for one in found] == [
        step.target or state for state in step.source
    ]


def test_an_attempt_carries_the_new_state_or_the_refusals_and_the_old_one() -> None:
    it = small()
    empty = situation()
    ready = situation([paper("proposal", penalties=[{"kind": "警告"}]), paper("opinion", outcome="通过")])

    stopped, moved = it.fire("review", "inquiry", empty), it.fire("review", "inquiry", ready)

    assert (stopped.state, [one.code for one in stopped.refusals]) == (
        "inquiry",
        ["proposal_made", "heard", "passed"],
    )
    assert (moved.state, moved.refusals) == ("reviewed", [])


def test_a_step_that_stays_leaves_the_attempt_where_it_was() -> None:
    assert small().fire("propose", "inquiry", situation()).state == "inquiry"


def test_the_guards_of_every_step_are_asked_first_and_none_twice() -> None:
    it = changed(always=["paid", "signed"])

    assert [bound.name for bound in it.guards["inquire"]] == ["paid", "signed"]
    assert [bound.name for bound in it.guards["propose"]] == ["paid", "signed"]
    assert [bound.name for bound in it.guards["decide"]] == [
        "paid",
        "signed",
        "opinion_made",
        "current",
        "not_aggravated",
    ]


def test_a_step_reads_the_documents_of_its_guards_and_of_their_findings() -> None:
    assert small().reads("review") == {"proposal", "hearing", "opinion"}
    assert small().reads("suspend") == frozenset()


def test_guards_that_read_an_unread_document_are_not_asked() -> None:
    s = situation()

    assert [one.code for one in small().refusals("review", s, without=["opinion"])] == [
        "proposal_made",
        "heard",
    ]
    assert small().refusals("review", s, without=["proposal", "opinion"]) == []


def test_only_the_guards_that_read_the_content_of_a_document_can_be_asked() -> None:
    s = situation()

    assert [one.code for one in small().refusals("review", s, reading="opinion")] == ["passed"]
    assert [one.code for one in small().refusals("review", s, reading="proposal")] == ["heard"]
    assert small().refusals("review", s, reading="hearing") == []


def test_a_refusal_carries_the_words_of_the_file_and_the_fact_found() -> None:
    refusal = small().refusals("review", situation())[0]

    assert refusal == Refusal(
        "proposal_made", "没有处罚建议", "案卷中没有有效的《处罚建议》", ("甲法第一条",)
    )


def test_a_refusal_carries_gap_and_cure() -> None:
    guard = {**RAW["guard"]["proposal_made"], "basis": [], "gap": "法律没有规定", "cure": "提出建议"}
    it = changed(guard={"proposal_made": guard})

    refusal = it.refusals("review", situation(compiled=it))[0]

    assert (refusal.gap, refusal.cure, refusal.basis) == ("法律没有规定", "提出建议", ())
    assert refusal.text == "没有处罚建议(案卷中没有有效的《处罚建议》)[法律没有规定] 补正办法: 提出建议"


def test_a_finding_is_computed_once_for_a_situation() -> None:
    asked: list[str] = []
    s = situation([paper("proposal", penalties=[{"kind": "警告"}])])
    find = s.finder

    def counting(name: str, situation: object) -> Found:
        asked.append(name)
        return find(name, s)

    s.finder = counting
    small().refusals("review", s)
    s.found("hearing_due")

    assert asked == ["hearing_due"]


def test_a_finding_cites_the_row_that_decided_before_its_own_articles() -> None:
    s = situation([paper("proposal", penalties=[{"kind": "罚款", "amount": 50_000_00}])])

    found = s.found("hearing_due")

    assert (found.value, found.row, found.basis) == (True, "河南单位", ("乙规章第四条", "甲法第四条"))


def test_a_date_beyond_every_calendar_leaves_a_finding_undetermined() -> None:
    rule = {
        "name": "超期", "rule": "limitation_passed", "gap": "测试",
        "args": {"act_end": "filing.found_on", "discovered": "record.made_on", "harm": "filing.reason", "table": "limitation"},
    }  # fmt: skip
    it = changed(
        finding={
            "late": rule,
            "owed": {"name": "未超期", "rule": "negation", "args": {"finding": "late"}, "gap": "测试"},
        }
    )
    s = situation(
        [paper("filing", found_on="2099-12-31"), paper("record", made_on="2100-01-01")], compiled=it
    )

    assert s.found("owed").value is None


def test_a_rule_that_meets_the_end_of_the_calendar_is_answered_for() -> None:
    it = changed(
        guard={
            "paid": {
                "check": "finding_holds",
                "args": {"finding": "owed"},
                "refusal": "应当认定",
                "gap": "测试",
            }
        }
    )
    it = replace(it, findings={**it.findings, "owed": replace(it.findings["owed"], call=_beyond)})
    s = situation(compiled=it)

    found = s.found("owed")

    assert found.value is None
    assert found.reason == "2101-01-01超出可以计算的范围(2004年至2100年), 无法认定"
    assert [one.code for one in it.refusals("close", s)] == ["paid"]


def _beyond(s: object) -> Found:
    raise CalendarRangeError("2101-01-01")
