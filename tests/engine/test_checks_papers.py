from __future__ import annotations

from typing import Any

import pytest

from tests.engine.builders import DAY, paper, situation
from zhifa_flow.engine.checks.papers import (
    absent,
    any_present,
    digest_of,
    document_when,
    document_when_filed,
    equals,
    filled_if,
    filled_when,
    filled_when_filed,
    includes,
    includes_if,
    made_after,
    newest_of,
    no_row_with,
    one_of,
    present,
    refers_to,
    required_if,
    rows_with,
    same,
    says_once_since,
    unchanged_since,
)
from zhifa_flow.engine.registry import DocumentName, FieldPath, FindingName, Found
from zhifa_flow.model.case import Paper

HOLDS, FAILS, OPEN = Found(True, "因为甲"), Found(False, "因为乙"), Found(None, "无法认定")
DUE = FindingName("hearing_due")
FILING, RECORD = DocumentName("filing"), DocumentName("record")
REASON, REFUSED, ANSWER = FieldPath("filing.reason"), FieldPath("record.refused"), FieldPath("record.answer")
NUMBER = FieldPath("filing.number")


def on_file(*papers: Paper, found: Found = FAILS) -> Any:
    return situation(papers, found={"hearing_due": found})


def record(**fields: Any) -> Paper:
    return paper("record", **fields)


# On file.


def test_a_document_is_present_while_it_is_in_force() -> None:
    assert present(on_file(paper("filing")), document=FILING) is None
    assert present(on_file(), document=FILING) == "案卷中没有有效的《立案审批表》"


def test_any_of_several_documents_will_do() -> None:
    documents = (FILING, RECORD)

    assert any_present(on_file(record()), documents=documents) is None
    assert any_present(on_file(), documents=documents) == "案卷中没有《立案审批表》或者《询问笔录》"


def test_a_document_that_must_not_be_there() -> None:
    assert absent(on_file(), document=FILING) is None
    assert absent(on_file(paper("filing")), document=FILING) == "2026-03-02已有《立案审批表》"


@pytest.mark.parametrize(
    ("found", "held", "said"),
    [
        (HOLDS, False, "因为甲; 案卷中没有《立案审批表》"), (HOLDS, True, None), (FAILS, False, None),
        (OPEN, False, "无法认定; 案卷中没有《立案审批表》"), (OPEN, True, None),
    ],
)  # fmt: skip
def test_a_document_that_a_finding_requires(found: Found, held: bool, said: str | None) -> None:
    s = on_file(*([paper("filing")] if held else []), found=found)

    assert required_if(s, when=DUE, document=FILING) == said


# What a field says.


def test_a_field_says_exactly_one_value() -> None:
    assert equals(on_file(record(refused="否")), field=REFUSED, value="否") is None
    assert (
        equals(on_file(record(refused="是")), field=REFUSED, value="否") == "《询问笔录》的“拒绝签名”为“是”"
    )
    assert equals(on_file(record()), field=REFUSED, value="否") == "《询问笔录》的“拒绝签名”为“未填写”"
    assert (
        equals(on_file(record(refused=["否", "是"])), field=REFUSED, value="否")
        == "《询问笔录》的“拒绝签名”为“否、是”"
    )


def test_a_field_says_one_of_several_values() -> None:
    values = ("是", "否")

    assert one_of(on_file(record(refused="否")), field=REFUSED, values=values) is None
    assert (
        one_of(on_file(record(refused="不详")), field=REFUSED, values=values)
        == "《询问笔录》的“拒绝签名”为“不详”"
    )
    assert one_of(on_file(record(refused=["是", "否"])), field=REFUSED, values=values) is not None
    assert one_of(on_file(), field=REFUSED, values=values) == "《询问笔录》的“拒绝签名”为“未填写”"


def test_a_field_includes_all_values() -> None:
    said = on_file(record(answer=["甲", "乙"]))

    assert includes(said, field=ANSWER, values=("甲", "乙")) is None
    assert includes(said, field=ANSWER, values=("甲", "丙", "丁")) == "《询问笔录》的“回答”没有“丙、丁”"


@pytest.mark.parametrize(
    ("found", "written", "said"),
    [
        (HOLDS, ["听证"], None), (HOLDS, ["申辩"], "因为甲; 《询问笔录》的“回答”没有“听证”"), (FAILS, [], None),
        (OPEN, ["申辩"], "无法认定; 《询问笔录》的“回答”没有“听证”"),
    ],
)  # fmt: skip
def test_a_value_that_a_finding_requires(found: Found, written: list[str], said: str | None) -> None:
    s = on_file(record(answer=written), found=found)

    assert includes_if(s, when=DUE, field=ANSWER, value="听证") == said


@pytest.mark.parametrize(
    ("found", "written", "said"),
    [
        (HOLDS, "有", None), (HOLDS, None, "因为甲; 《询问笔录》的“回答”没有填写"), (FAILS, None, None),
        (OPEN, None, "无法认定; 《询问笔录》的“回答”没有填写"),
    ],
)  # fmt: skip
def test_a_field_that_a_finding_requires(found: Found, written: str | None, said: str | None) -> None:
    s = on_file(record(answer=written), found=found)

    assert filled_if(s, when=DUE, field=ANSWER) == said


def test_a_value_may_ask_for_another_field() -> None:
    says = ("是",)

    assert filled_when(on_file(record(refused="否")), field=REFUSED, says=says, then=ANSWER) is None
    assert (
        filled_when(on_file(record(refused="是", answer="拒签")), field=REFUSED, says=says, then=ANSWER)
        is None
    )
    assert filled_when(on_file(record(refused="是")), field=REFUSED, says=says, then=ANSWER) == (
        "《询问笔录》的“拒绝签名”为“是”, 但《询问笔录》的“回答”没有填写"
    )


def test_a_paper_that_was_never_made_asks_for_no_other_and_for_no_field() -> None:
    says = ("是",)

    assert filled_when_filed(on_file(), field=REFUSED, says=says, then=ANSWER) is None
    assert filled_when_filed(on_file(record(refused="是")), field=REFUSED, says=says, then=ANSWER)

    assert document_when_filed(on_file(), field=REFUSED, says=says, document=FILING) is None
    assert document_when_filed(on_file(record(refused="是")), field=REFUSED, says=says, document=FILING)


def test_a_value_may_ask_for_another_document() -> None:
    says = ("是",)

    assert document_when(on_file(record(refused="否")), field=REFUSED, says=says, document=FILING) is None
    assert (
        document_when(
            on_file(record(refused="是"), paper("filing")), field=REFUSED, says=says, document=FILING
        )
        is None
    )
    assert document_when(on_file(record(refused="是")), field=REFUSED, says=says, document=FILING) == (
        "《询问笔录》的“拒绝签名”为“是”, 但案卷中没有《立案审批表》"
    )


def test_two_fields_say_the_same_or_not() -> None:
    assert same(on_file(record(answer="x"), paper("filing", reason="x")), field=ANSWER, other=REASON) is None
    assert same(on_file(record(answer="x"), paper("filing", reason="y")), field=ANSWER, other=REASON) == (
        "《询问笔录》的“回答”与《立案审批表》的“立案理由”不一致"
    )


def test_a_refusal_can_speak_of_the_number_of_a_document() -> None:
    assert (
        equals(on_file(paper("filing", number="1号")), field=NUMBER, value="2号")
        == "《立案审批表》的“文号”为“1号”"
    )


# References between documents.


@pytest.mark.parametrize(
    ("written", "fine"),
    [("1号", True), ("DIGEST12", True), ("DIGEST", True), ("DIGEST11", False), ("2号", False), ("", False)],
)
def test_a_document_is_referred_to_by_its_number_or_its_hash(written: str, fine: bool) -> None:
    filing = paper("filing", number="1号")
    text = {"DIGEST12": filing.digest[:12], "DIGEST": filing.digest, "DIGEST11": filing.digest[:11]}.get(
        written, written
    )

    said = refers_to(on_file(filing, record(answer=text or None)), field=ANSWER, document=FILING)

    assert said == (None if fine else "《询问笔录》的“回答”没有写明《立案审批表》1号")


def test_a_document_without_a_number_is_referred_to_by_its_hash() -> None:
    filing = paper("filing")

    said = refers_to(on_file(filing, record(answer="")), field=ANSWER, document=FILING)

    assert said == f"《询问笔录》的“回答”没有写明《立案审批表》{filing.digest[:12]}"


def test_what_is_not_on_file_need_not_be_referred_to() -> None:
    assert refers_to(on_file(record()), field=ANSWER, document=FILING) is None


# Bound documents.

OPINION = DocumentName("opinion")


def bound(*papers: Paper, **of: str) -> Any:
    s = situation(papers)
    opinion = Paper("opinion", DAY, 9, ("zhao",), "x", {}, bound=of)
    s.papers = {**s.papers, "opinion": (opinion,)}
    return s


def test_an_opinion_holds_while_nothing_it_rests_on_has_changed() -> None:
    first, second, proposal = record(answer="一"), record(answer="二"), paper("proposal", complex="是")

    s = bound(first, second, proposal, record=f"{first.digest}+{second.digest}", proposal=proposal.digest)

    assert digest_of(s, "record") == f"{first.digest}+{second.digest}"
    assert unchanged_since(s, document=OPINION) is None


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ([record(answer="改")], "《审核意见书》在2026-03-02作出后, 《询问笔录》已经变动"),
        (
            [record(answer="一"), record(answer="二")],
            "《审核意见书》在2026-03-02作出后, 《询问笔录》已经变动",
        ),
        ([], "《审核意见书》在2026-03-02作出后, 《询问笔录》已经变动"),
        ([record(answer="一"), paper("proposal")], "《审核意见书》在2026-03-02作出后, 《处罚建议》已经变动"),
        ([paper("proposal")], "《审核意见书》在2026-03-02作出后, 《处罚建议》、《询问笔录》已经变动"),
    ],
    ids=["changed", "added to", "superseded", "made later", "everything"],
)
def test_an_opinion_is_void_when_what_it_rests_on_changes(held: list[Paper], said: str) -> None:
    s = bound(*held, record=record(answer="一").digest)

    assert unchanged_since(s, document=OPINION) == said


def test_where_there_is_no_opinion_nothing_has_changed_since() -> None:
    assert unchanged_since(situation(), document=OPINION) is None


def test_a_document_bound_to_nothing_never_passes_for_unchanged() -> None:
    said = unchanged_since(on_file(paper("filing")), document=FILING)

    assert said == "《立案审批表》没有写明依据哪些文书作出(binds), 无从核对"


# Order, rows, numbers.


def test_a_later_document_was_made_in_a_later_step_and_not_on_an_earlier_day() -> None:
    after, before = DAY.replace(day=3), DAY.replace(day=1)

    def made(on: Any, seq: int) -> str | None:
        s = on_file(paper("filing", seq=5), paper("hearing", on=on, seq=seq))
        return made_after(s, later=DocumentName("hearing"), earlier=FILING)

    assert made(DAY, 6) is None
    assert made(after, 6) is None
    assert made(before, 6) == "《听证笔录》作于2026-03-01, 《立案审批表》作于2026-03-02"
    assert made(after, 4) is not None
    assert made(after, 5) is not None
    assert made_after(on_file(paper("filing")), later=DocumentName("hearing"), earlier=FILING) is None
    assert made_after(on_file(paper("hearing")), later=DocumentName("hearing"), earlier=FILING) is None


PAYMENTS = FieldPath("receipt.payments")


def test_rows_are_counted_over_all_copies() -> None:
    s = on_file(
        paper("receipt", payments=[{"on": "甲", "amount": 1}, {"on": "乙", "amount": 2}]),
        paper("receipt", payments=[{"on": "甲", "amount": 3}]),
    )

    assert rows_with(s, field=PAYMENTS, least=3) is None
    assert rows_with(s, field=PAYMENTS, column="on", value="甲", least=2) is None
    assert rows_with(s, field=PAYMENTS, least=4) == "《缴款票据》的“缴款”中只有3项, 至少须有4项"
    assert rows_with(s, field=PAYMENTS, column="on", value="乙", least=2) == (
        "《缴款票据》的“缴款”中“乙”的只有1项, 至少须有2项"
    )


def test_no_row_may_say_a_value() -> None:
    s = on_file(paper("receipt", payments=[{"on": "甲"}, {"on": "甲"}]))

    assert no_row_with(s, field=PAYMENTS, column="on", value="乙") is None
    assert no_row_with(s, field=PAYMENTS, column="on", value="甲") == "《缴款票据》的“缴款”中有2项为“甲”"


# In which order they came.


@pytest.mark.parametrize(
    ("ours", "theirs", "says"),
    [
        (2, 1, None),
        (2, None, None),
        (1, 2, "其后2026-03-02有《询问笔录》"),
        (None, 1, "案卷中没有有效的《立案审批表》"),
    ],
)
def test_the_newest_of_several_is_told(ours: int | None, theirs: int | None, says: str | None) -> None:
    papers = [paper("filing", seq=ours)] if ours else []
    papers += [paper("record", seq=theirs)] if theirs else []

    assert newest_of(on_file(*papers), document=FILING, others=(RECORD,)) == says


@pytest.mark.parametrize(
    ("said", "since", "good"),
    [
        (["是"], 1, True), (["是", "否"], 1, True), (["是", "是"], 1, False), (["否", "否"], 1, True), ([], None, True),
        (["是", "是"], 2, True), (["是", "是"], None, False),
    ],
    ids=["once", "then other", "twice", "other twice", "never", "once each round", "no round"],
)  # fmt: skip
def test_something_is_said_once_in_a_round(said: list[str], since: int | None, *, good: bool) -> None:
    papers = [paper("record", seq=place, refused=text) for place, text in enumerate(said, 2)]
    papers += [paper("filing", seq=since)] if since else []

    answer = says_once_since(on_file(*papers), field=REFUSED, value="是", since=FILING)

    assert answer == (None if good else "2026-03-02已有《询问笔录》的“拒绝签名”为“是”的文书")
