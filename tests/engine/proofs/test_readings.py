"""Guards that look at what a path to their step leaves out: each is found, with the shortest such path."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.engine.builders import law
from tests.engine.proofs.major import BASIS, RAW, flow
from zhifa_flow.engine.checks.needs import ABSENT, GROUNDS, NEEDS, SILENT
from zhifa_flow.engine.compiler import REGISTERED
from zhifa_flow.engine.proofs.localgrounds import Grounds
from zhifa_flow.engine.proofs.readings import reading_problems
from zhifa_flow.engine.registry import CHECKS, DeadlineName, DocumentName, FieldPath
from zhifa_flow.model.statute import Rank, Statute, StatuteIndex

assert REGISTERED
DAY = {"field": {"day": {"type": "date", "name": "日期"}, "said": {"type": "text", "name": "内容"}}}
DATED = dict.fromkeys(("notice", "hearing", "waiver", "defence", "decision", "service"), DAY)
DEFENDED = "告知(《告知书》) → 登记申辩(《陈述申辩笔录》)"
NOT_MAJOR = "假定: 办理“决定”时认定“是否重大”不成立"


def guard(check: str, **more: Any) -> dict[str, Any]:
    args = {key: value for key, value in more.items() if key not in ("gap", "basis")}
    rest = {key: value for key, value in more.items() if key in ("gap", "basis")}
    return {"check": check, "args": args, "refusal": "不予办理", "basis": BASIS, **rest}


def also(step: str, *names: str) -> dict[str, Any]:
    return {step: {"guards": [*RAW["transition"][step].get("guards", ()), *names]}}


def found(statutes: StatuteIndex | None = None, most: int = 1000, **changes: Any) -> list[str]:
    return reading_problems(Grounds(flow(document=DATED, **changes), statutes or law().statutes), most)


def test_what_every_path_has_made_may_be_looked_at() -> None:
    order = {"after_notice": guard("day_order", first="notice.day", then="decision.day")}

    assert found(guard=order, transition=also("decide", "after_notice")) == []
    assert found() == []


def test_a_document_that_a_path_leaves_out_is_found_with_the_path() -> None:
    order = {"after_waiver": guard("day_order", first="waiver.day", then="decision.day")}

    assert found(guard=order, transition=also("decide", "after_waiver")) == [
        f"transition.decide: 条件after_waiver要看《放弃记录》, 有路径没有提交也可以办理“决定”: {DEFENDED} → 决定(《决定书》); {NOT_MAJOR}"
    ]


def test_each_step_that_asks_so_is_told() -> None:
    order = {"after_waiver": guard("day_order", first="waiver.day", then="notice.day")}

    told = found(guard=order, transition={**also("decide", "after_waiver"), **also("serve", "after_waiver")})

    assert [one.split(":")[0] for one in told] == ["transition.decide", "transition.serve"]


def test_what_the_step_asks_for_elsewhere_is_there() -> None:
    asked = {
        "after_waiver": guard("day_order", first="waiver.day", then="decision.day"),
        "waived": guard("present", document="waiver"),
    }

    assert found(guard=asked, transition=also("decide", "after_waiver", "waived")) == []


def test_what_an_earlier_step_asked_for_is_there() -> None:
    asked = {
        "after_waiver": guard("day_order", first="waiver.day", then="service.day"),
        "waived": guard("present", document="waiver"),
    }

    steps = {**also("serve", "after_waiver"), **also("decide", "waived")}
    assert found(guard=asked, transition=steps) == []
    assert found(guard=asked, transition=also("serve", "after_waiver")) != []


def test_a_condition_on_a_paper_alone_that_need_not_be_handed_in_may_lack_it() -> None:
    """What it is held against must be there all the same."""
    alone = {"in_order": guard("day_order", first="waiver.day", then="waiver.day")}
    beside = {"in_order": guard("day_order", first="waiver.day", then="decision.day")}
    handed = {"decide": {**also("decide", "in_order")["decide"], "optional": ["waiver"]}}

    assert found(guard=alone, transition=handed) == []
    assert found(guard=alone, transition=also("decide", "in_order")) != []
    assert found(guard=beside, transition=handed) != []


def test_what_the_check_itself_tells_apart_may_be_missing() -> None:
    asked = {
        "agreed": guard("filled_if_on_file", document="waiver", field="notice.said"),
        "nothing_said": guard("never_says", field="waiver.said", values=["否"]),
    }

    assert found(guard=asked, transition=also("decide", "agreed", "nothing_said")) == []


def test_of_several_grounds_one_is_enough_if_there_is_always_one() -> None:
    asked = {
        "after_waiver": guard("day_order", first="waiver.day", then="decision.day"),
        "after_defence": guard("day_order", first="defence.day", then="decision.day"),
        "after_hearing": guard("day_order", first="hearing.day", then="decision.day"),
    }

    assert found(guard=asked, transition=also("decide", "after_waiver", "after_defence")) == []
    told = found(guard=asked, transition=also("decide", "after_waiver", "after_hearing"))
    assert [one.split(":")[1] for one in told] == [
        " 条件after_waiver、after_hearing要看《放弃记录》或者《听证笔录》, 有路径没有提交也可以办理“决定”"
    ]


def test_what_was_superseded_was_made_all_the_same() -> None:
    again = {"after_notice": guard("day_order", first="notice.day", then="waiver.day")}
    back = {"send_back": {"target": "told"}}

    assert found(guard=again, transition={**also("waive", "after_notice"), **back}) == []


def test_what_the_main_case_hands_on_is_there() -> None:
    asked = {"after_waiver": guard("day_order", first="waiver.day", then="decision.day")}
    none: dict[str, Any] = {"waive": {"documents": []}, "send_back": {"supersedes": []}}

    assert found(guard=asked, transition={**also("decide", "after_waiver"), **none}) != []
    carried = {**DATED, "waiver": {**DAY, "carried": True}}
    changes = flow(document=carried, guard=asked, transition={**also("decide", "after_waiver"), **none})
    assert reading_problems(Grounds(changes, law().statutes)) == []


@pytest.mark.parametrize("starts", [["open"], ["tell"], ["hear"], ["hear", "defend"]])
def test_a_period_that_a_path_does_not_begin_is_found(starts: list[str]) -> None:
    late = {"in_time": guard("not_expired_by", deadline="answer", field="notice.day")}

    told = found(guard=late, deadline={"answer": {"starts": starts}}, transition=also("decide", "in_time"))

    expected = "告知(《告知书》) → 登记放弃(《放弃记录》)" if "defend" in starts else DEFENDED
    assert told == (
        [
            (
                f"transition.decide: 条件in_time要看期限“申辩期限”, 有路径没有起算也可以办理“决定”: "
                f"{expected} → 决定(《决定书》); {NOT_MAJOR}"
            )
        ]
        if "hear" in starts
        else []
    )


def test_a_step_sets_no_day_to_a_period_that_has_not_begun() -> None:
    moving = {"moves": {"deadline": "answer", "until": "decision.day"}}

    told = found(deadline={"answer": {"starts": ["hear"]}}, transition={"decide": moving})

    assert told[0].startswith("transition.decide: 这一步要看期限“申辩期限”, 有路径没有起算也可以办理“决定”: ")
    assert found(transition={"decide": moving}) == []


def test_a_step_that_prolongs_a_period_asks_for_it_itself() -> None:
    longer = {"extends": {"deadline": "answer"}}
    late = {"in_time": guard("not_expired_by", deadline="answer", field="notice.day")}

    told = found(
        guard=late,
        deadline={"answer": {"starts": ["hear"]}},
        transition={"decide": {**longer, **also("decide", "in_time")["decide"]}},
    )

    assert told == []


@pytest.mark.parametrize("gap", ["", "各地都照此掌握"])
def test_a_guard_of_one_place_is_followed_through_the_cases_of_that_place(gap: str) -> None:
    local = ["河南省乙条例第一条"]
    asked = {
        "waived": guard("present", document="waiver", basis=local, gap=gap),
        "after_waiver": guard("day_order", first="waiver.day", then="decision.day", basis=local),
    }
    statutes = StatuteIndex([*law().statutes.statutes, Statute(
        short="河南省乙条例", title="河南省乙条例", rank=Rank.LOCAL_REGULATION, in_force_from=date(2020, 1, 1), article_count=5,
        articles={"1": (0,)},
    )])  # fmt: skip

    assert found(statutes, guard=asked, transition=also("decide", "waived", "after_waiver")) == []
    everywhere = {**asked, "after_waiver": guard("day_order", first="waiver.day", then="decision.day")}
    told = found(statutes, guard=everywhere, transition=also("decide", "waived", "after_waiver"))
    assert bool(told) is not bool(gap)


def test_what_could_not_be_walked_to_the_end_is_told() -> None:
    asked = {"after_waiver": guard("day_order", first="waiver.day", then="decision.day")}

    told = found(most=1, guard=asked, transition=also("decide", "after_waiver"))

    assert told == ["transition.decide: 条件after_waiver要看《放弃记录》: 情形太多(超过1种), 没有证明完"]


def test_what_may_be_missing_is_said_of_arguments_that_there_are() -> None:
    kinds = (DocumentName, FieldPath, DeadlineName)
    said = [(check, key) for check, keys in ABSENT.items() for key in keys] + list(GROUNDS.items())

    assert set(ABSENT) <= set(NEEDS) | SILENT
    assert [one for one in said if CHECKS[one[0]].parameters[one[1]].kind not in kinds] == []
