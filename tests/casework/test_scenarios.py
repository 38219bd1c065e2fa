"""Scenarios as they are played: one case, or one beside others of the same party that were there before."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from tests.casework.test_elsewhere import Flows
from tests.engine.builders import BASIS, FINE, RAW, RECORD, SIDE, changed, law
from tests.engine.test_elsewhere import KNOWN, looking
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Now
from zhifa_flow.casework.scenarios import Coverage, Played, Scenario, play
from zhifa_flow.engine.compiler import Compiled, compile_flow
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.flow import Flow

DAY = date(2026, 3, 2)
NEXT = timedelta(days=1)
PEOPLE = [
    {"id": "li", "posts": ["立案岗"]}, {"id": "sun", "head": True}, {"id": "zhang", "posts": ["调查岗"]},
    {"id": "wang", "posts": ["调查岗"]}, {"id": "qian", "posts": ["听证主持岗"]},
    {"id": "zhao", "posts": ["法制审核岗"], "legal_qualification": True},
]  # fmt: skip
BOTH = ["zhang", "wang"]
FILED = {"do": "file_case", "by": ["sun"], "documents": {"filing": {"number": "1号", "reason": "举报属实"}}}
PROPOSED = {"do": "propose", "by": BOTH, "documents": {"proposal": FINE}}
DECIDED = {"do": "decide", "by": ["sun"], "documents": {"decision": {"number": "2号", **FINE}}}
REVIEWED = [
    FILED, {"do": "inquire", "by": BOTH, "documents": {"record": {**RECORD, "made_on": DAY}}}, PROPOSED,
    {"do": "hold_hearing", "by": ["qian"], "documents": {"hearing": {"chair": "qian"}}},
    {"do": "review", "by": ["zhao"], "documents": {"opinion": {"outcome": "通过"}}},
]  # fmt: skip


def scenario(*steps: dict[str, Any], earlier: tuple[Scenario, ...] = (), **more: Any) -> Scenario:
    return Scenario.model_validate({
        "schema": "zhifa-scenario/1", "flow": "test.small@2021-07-15", "title": "某案", "officer": PEOPLE,
        "step": [{"on": DAY, **step} for step in steps], "earlier": earlier, **more,
    })  # fmt: skip


def make_desk(now: Now) -> Desk:
    return Desk(MemoryStore(), Flows(), law(), now)


def played(it: Scenario, coverage: Coverage | None = None) -> list[Played]:
    return list(play(it, make_desk, coverage))


WHOLE = {"party": KNOWN.to_raw()}
FIRST = scenario(*REVIEWED, DECIDED)


def test_the_cases_before_are_played_first_for_the_same_party_and_numbered_apart() -> None:
    refused = {**PROPOSED, "expect": "refused", "guard": ["apart"], "says": ["另案1", "另案2"]}
    answered = {
        **PROPOSED,
        "documents": {"proposal": {**FINE, "acts": [{"case": "另案1"}, {"case": "另案2"}]}},
    }

    acts = played(scenario(FILED, refused, answered, earlier=(FIRST, _explained()), **WHOLE))

    assert [complaint for one in acts for complaint in one.complaints] == []
    assert list(dict.fromkeys(one.case for one in acts)) == ["另案1", "另案2", "jia-2026-0001"]


def _explained() -> Scenario:
    answered = {**PROPOSED, "documents": {"proposal": {**FINE, "acts": [{"case": "另案1"}]}}}
    return scenario(*REVIEWED[:2], answered, *REVIEWED[3:], DECIDED)


def test_a_step_may_belong_to_one_of_the_cases_before() -> None:
    before = {**PROPOSED, "says": ["没有对同一违法行为的罚款"]}
    later = {**DECIDED, "other": 1, "state": "decided"}
    after = {**PROPOSED, "expect": "refused", "says": ["另案1"]}

    acts = played(scenario(FILED, before, later, after, earlier=(scenario(*REVIEWED),), **WHOLE))

    assert [complaint for one in acts for complaint in one.complaints] == []
    assert [one.case for one in acts[-2:]] == ["另案1", "jia-2026-0001"]


def test_what_goes_wrong_in_a_case_before_is_a_complaint_too() -> None:
    wrong = scenario({**FILED, "expect": "refused"})

    acts = played(scenario(FILED, earlier=(wrong,)))

    assert [one.complaints for one in acts] == [("应当不予办理, 但是办理了",), ()]


def test_only_the_scenario_itself_counts_as_covered() -> None:
    coverage = Coverage()

    played(scenario(FILED, earlier=(FIRST,)), coverage)

    assert coverage.moved == {("test.small@2021-07-15", "file_case")}
    assert coverage.passed == coverage.refused == set()


def test_what_was_found_with_a_step_may_be_asked_for() -> None:
    said = {**PROPOSED, "says": ["不能跨案查对", "别的话"]}

    acts = played(scenario(FILED, said))

    assert acts[-1].complaints == ("认定中没有写明“别的话”",)


@pytest.mark.parametrize(
    ("wanted", "complaints"),
    [
        ({"bound": {"opinion": ["proposal"]}}, ()),
        ({"bound": {"opinion": ["filing"]}}, ("文书“opinion”应当锁定在卷的filing, 没有锁定",)),
        ({"bound": {"decision": ["proposal"]}}, ("文书“decision”应当锁定在卷的proposal, 没有锁定",)),
        ({"flags": ["suspended"]}, ("此后的情形应当是suspended, 现在是(无)",)),
        ({"opens": ["publication"]}, ("应当启动publication, 启动了(无)",)),
        ({"void": ["proposal"]}, ("文书“proposal”应当因本步失去效力",)),
        ({"due": {"decide": DAY}}, ("期限“decide”的最后一日应当是2026-03-02, 现在没有计算",)),
    ],
)
def test_what_a_step_leaves_behind_may_be_asked_for(
    wanted: dict[str, Any], complaints: tuple[str, ...]
) -> None:
    acts = played(scenario(*REVIEWED[:-1], {**REVIEWED[-1], **wanted}))

    assert acts[-1].complaints == complaints


class Nested(Flows):
    """The flow opens a side case with its filing, and that one opens another in its turn."""

    def in_force(self, flow: str, on: date) -> Compiled:
        return {"test.small": opening, "test.side": middle, "test.inner": innermost}[flow]()


@cache
def opening() -> Compiled:
    return changed(
        child={"publication": {**RAW["child"]["publication"], "when": None, "carries": []}},
        transition={"file_case": {**RAW["transition"]["file_case"], "opens": ["publication"]}},
    )


@cache
def middle() -> Compiled:
    hand_on = {
        "name": "转办", "source": ["waiting"], "stays": True, "by": ["handler"], "opens": ["inner"], "basis": BASIS,
    }  # fmt: skip
    inner = {"name": "转办程序", "flow": "test.inner", "holds": ["publish"], "basis": BASIS}
    raw = {**SIDE, "document": {}, "deadline": {}, "child": {"inner": inner}}
    return compile_flow(
        Flow.model_validate({**raw, "transition": {**SIDE["transition"], "hand_on": hand_on}})
    )


@cache
def innermost() -> Compiled:
    return compile_flow(Flow.model_validate({**SIDE, "id": "test.inner", "document": {}, "deadline": {}}))


def nested(*steps: dict[str, Any]) -> list[Played]:
    return list(play(scenario(FILED, *steps), lambda now: Desk(MemoryStore(), Nested(), law(), now)))


HAND_ON = {"in": "publication", "do": "hand_on", "by": ["li"]}


def test_a_step_may_be_taken_in_a_side_case_of_a_side_case() -> None:
    first = {"in": "publication", "do": "publish", "by": ["li"]}
    deeper = {**first, "in": "publication.inner", "state": "published"}

    acts = nested(HAND_ON, {**first, "expect": "refused", "guard": ["child"]}, deeper, first)

    assert [complaint for one in acts for complaint in one.complaints] == []
    _, outer, _, inner, last = (one.case for one in acts)
    assert (inner.startswith(f"{outer}.inner"), last) == (True, outer)


@pytest.mark.parametrize("place", ["publication.inner", "publication.other", "inner", "other.inner"])
def test_a_side_case_of_a_side_case_that_was_not_opened_is_told_by_its_whole_path(place: str) -> None:
    acts = nested({"in": place, "do": "publish", "by": ["li"]})

    assert acts[-1].complaints == (f"没有已启动的“{place}”",)


class TwoVersions(Flows):
    """The flow as it is, and the same from the day after on."""

    def in_force(self, flow: str, on: date) -> Compiled:
        return newer() if flow == "test.small" and on > DAY else super().in_force(flow, on)

    def compiled(self, ref: str) -> Compiled:
        return newer() if ref == NEWER else super().compiled(ref)

    def refs(self) -> list[str]:
        return [OLDER, NEWER]


OLDER, NEWER = "test.small@2021-07-15", "test.small@2026-03-03"


@cache
def newer() -> Compiled:
    return compile_flow(looking().flow.model_copy(update={"effective_from": DAY + NEXT}))


def opened_under(it: Scenario) -> str:
    (act, *_) = play(it, lambda now: Desk(MemoryStore(), TwoVersions(), law(), now))
    assert act.advanced
    assert act.complaints == ()
    return act.advanced.case.flow


@pytest.mark.parametrize(
    ("flow", "opened", "on"), [(OLDER, None, DAY), (OLDER, DAY, DAY + NEXT), (NEWER, None, DAY + NEXT)]
)
def test_a_scenario_is_played_under_the_version_that_it_names(
    flow: str, opened: date | None, on: date
) -> None:
    late = {"on": on} if opened is None else {"on": on, "entered": on}

    assert opened_under(scenario({**FILED, **late}, flow=flow, opened=opened)) == flow


@pytest.mark.parametrize(
    ("flow", "opened", "said"),
    [
        (NEWER, DAY, f"情景写明的是{NEWER}, 但是2026-03-02登记的案件适用{OLDER}; 请改写版本(flow)或者登记日期(opened)"),
        (OLDER, DAY + NEXT, f"情景写明的是{OLDER}, 但是2026-03-03登记的案件适用{NEWER}; 请改写版本(flow)或者登记日期(opened)"),
        ("test.small@2026-03-30", DAY, f"没有名为“test.small@2026-03-30”的流程版本, 是否指: {NEWER}、{OLDER}"),
        ("test.small", DAY, f"没有名为“test.small”的流程版本, 是否指: {NEWER}、{OLDER}"),
    ],
)  # fmt: skip
def test_a_scenario_of_a_version_that_is_not_in_force_is_not_played(
    flow: str, opened: date, said: str
) -> None:
    with pytest.raises(InputError) as raised:
        opened_under(scenario({**FILED, "on": opened}, flow=flow))

    assert str(raised.value) == said


def test_a_case_that_is_played_before_has_a_version_of_its_own() -> None:
    before = scenario(FILED, flow=OLDER)
    acts = play(
        scenario({**FILED, "on": DAY + NEXT}, flow=NEWER, earlier=(before,)),
        lambda now: Desk(MemoryStore(), TwoVersions(), law(), now),
    )

    assert [one.advanced and one.advanced.case.flow for one in acts] == [OLDER, NEWER]
