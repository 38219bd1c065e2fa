from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.builders import PARTY, changed, opened, small, take, world
from zhifa_flow.engine.identification import identify
from zhifa_flow.engine.opening import open_case
from zhifa_flow.engine.steps import IDENTIFY, replay
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import Refused


def nobody() -> Case:
    return opened(party=None)


def refused(it: Case, by: str = "li") -> list[str]:
    with pytest.raises(Refused) as refusal:
        identify(small(), it, PARTY, by, world())
    return [one.message for one in refusal.value.refusals]


def test_the_party_is_stated_once_and_the_case_stays_where_it_is() -> None:
    it = nobody()

    done = identify(small(), it, PARTY, "li", world())

    assert it.party is None
    assert (done.case.party, done.case.state, done.case.revision) == (PARTY, it.state, 1)
    assert (done.step.trigger, done.step.by, done.step.recorder) == (IDENTIFY, ("li",), "li")
    assert done.step.signed["li"].startswith("李某")
    assert take(done.case, "file_case").case.party == PARTY


def test_the_steps_add_up_to_the_case_with_its_party() -> None:
    begun = open_case(
        small(), world(), id_="A1", title="某案", party=None, on=world().today, by=("li",), recorder="li"
    )
    done = identify(small(), begun.case, PARTY, "li", world())

    assert replay(small().flow, [begun.step, done.step]) == done.case


def test_a_party_once_known_is_never_another() -> None:
    assert refused(opened()) == ["本案已经登记当事人, 不得更换"]


def test_everything_against_it_is_told_at_once() -> None:
    it = replace(nobody(), ended=True, state="closed", parent="主案", flow_digest=changed(name="另").digest)

    assert refused(it, "stranger") == [
        "流程文件(test.small@2021-07-15)的内容与本案登记时不同, 不得据以办理",
        "案件已经办结(“已结案”)",
        "附随程序的当事人在主案查明",
        "录入人: 人员名册中没有“stranger”",
    ]
