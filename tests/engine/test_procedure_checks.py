"""The checks and finding rules that the ordinary penalty procedure adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import (
    BASIS,
    CITIZEN,
    DAY,
    OFFICERS,
    PARTY,
    RAW,
    changed,
    child,
    clock,
    paper,
    situation,
    up,
)
from zhifa_flow.engine.checks import acting, hearing, papers, performance, procedure, rows
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.findings import performance as amounts
from zhifa_flow.engine.findings.procedure import age_below
from zhifa_flow.engine.registry import (
    BesideField,
    BesideName,
    ChildName,
    ChildState,
    DeadlineName,
    DocumentName,
    FieldPath,
    FindingName,
    FlagName,
    Found,
    TableName,
)
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.certificate import Certificate, CertificateKind
from zhifa_flow.model.party import Party, PartyKind
from zhifa_flow.model.period import Unit

NOW = 4  # the step being asked for comes after the third
CERTIFICATES = {
    "officer": {"type": "officer", "name": "执法人员"},
    "number": {"type": "text", "name": "证件编号"},
}
ROWS = {"kind": {"type": "text", "name": "种类"}, "item": {"type": "text", "name": "款项"}, "on": {"type": "date", "name": "日期"}, "amount": {"type": "money", "name": "金额"}, "due": {"type": "date", "name": "应缴日期"}, "note": {"type": "text", "name": "说明"}}  # fmt: skip
RECORD = {
    "name": "某笔录", "basis": BASIS, "repeatable": True,
    "field": {
        "certificates": {"type": "rows", "name": "证件", "columns": CERTIFICATES},
        "says": {"type": "text", "name": "所述"}, "then": {"type": "text", "name": "说明"},
        "rows": {"type": "rows", "name": "各项", "columns": ROWS},
        "who": {"type": "officers", "name": "人员", "role": "investigators"},
        "day": {"type": "date", "name": "日期"}, "until": {"type": "date", "name": "截止日期"},
        "choices": {"type": "text", "name": "放弃"}, "age": {"type": "integer", "name": "年龄"},
        "amount": {"type": "money", "name": "金额"}, "penalties": {"type": "penalties", "name": "处罚"},
    },
}  # fmt: skip
SERVICE = {
    "name": "送达回证", "basis": BASIS,
    "field": {
        name: {"type": "text", "name": chinese}
        for name, chinese in (
            ("method", "方式"), ("served_on", "送达日期"), ("witness_or_av", "见证人"), ("post_number", "邮件号码"),
            ("announced_on", "公告日期"), ("announce_reason", "公告的理由"), ("entrusted_body", "受托机关"),
        )
    },
}  # fmt: skip
PLAIN = {"name": "另一文书", "basis": BASIS, "field": {"text": {"type": "text", "name": "内容"}}}
HELD = Found(value=True, reason="应当听证")
NOT_HELD = Found(value=False, reason="无须听证")


@cache
def compiled() -> Compiled:
    return changed(
        document={
            "note": RECORD,
            "other": {**RECORD, "repeatable": False},
            "service": SERVICE,
            "plain": PLAIN,
        },
        child={"recusal": {**RAW["child"]["publication"], "carries": [], "holds": []}},
    )


def given(*papers: Any, **more: Any) -> Situation:
    return situation(papers, compiled=compiled(), **more)


def path(name: str) -> FieldPath:
    return FieldPath(name)


# certificates and recusal ---------------------------------------------------------------------------------

CERTIFIED = path("note.certificates")


def shown(**numbers: str) -> list[dict[str, str]]:
    return [{"officer": who, "number": number} for who, number in numbers.items()]


def test_everybody_who_acts_shows_a_certificate_that_the_register_holds() -> None:
    s = given(
        paper("note", seq=NOW, certificates=shown(zhang="豫Azhang", wang="豫Awang")), by=("zhang", "wang")
    )

    assert acting.certificates_shown(s, field=CERTIFIED) is None


@pytest.mark.parametrize(
    ("certificates", "says"),
    [
        (shown(zhang="豫Azhang"), "没有写明王某"), (shown(zhang="豫Azhang", wang="豫B"), "豫B不是王某"), (None, "没有写明张某"),
        (shown(zhang="豫Azhang", wang="豫C0001"), "豫C0001不是王某"), (shown(zhang="豫Azhang", wang="监001"), "监001不是王某"),
    ],
)  # fmt: skip
def test_a_certificate_that_is_missing_wrong_expired_or_not_for_enforcement_counts_for_nothing(
    certificates: object, says: str
) -> None:
    held = (
        Certificate("豫C0001", CertificateKind.ENFORCEMENT, date(2020, 1, 1), date(2021, 1, 1)),
        Certificate("监001", CertificateKind.SUPERVISION, date(2020, 1, 1)),
    )
    officers = {**OFFICERS, "wang": replace(OFFICERS["wang"], certificates=held)}

    s = given(paper("note", seq=NOW, certificates=certificates), by=("zhang", "wang"), officers=officers)

    assert says in str(acting.certificates_shown(s, field=CERTIFIED))


def test_every_copy_is_looked_at_not_only_the_last() -> None:
    good = paper("note", seq=NOW, certificates=shown(zhang="豫Azhang"))
    s = given(paper("note", seq=NOW, certificates=shown(zhang="豫X")), good, by=("zhang",))

    assert acting.certificates_shown(s, field=CERTIFIED) == f"豫X不是张某在{DAY}有效的执法证件"


def test_copies_of_earlier_steps_and_strangers_to_the_register_are_told_apart() -> None:
    earlier = given(paper("note", seq=1, certificates=[]), by=("zhang",))
    stranger = given(paper("note", seq=NOW, certificates=shown(lin="豫Azhang")), by=("lin",))

    assert acting.certificates_shown(earlier, field=CERTIFIED) is None
    assert "豫Azhang不是lin" in str(acting.certificates_shown(stranger, field=CERTIFIED))


def recused(s: Situation) -> str | None:
    return acting.nobody_recused(
        s, child=ChildName("recusal"), document=BesideName("recusal_decision"), field=BesideField("recused")
    )


def recusal(**fields: Any) -> Any:
    return child(
        "recusal", ended=True, id_="A1.r", papers={"recusal_decision": (paper("recusal_decision", **fields),)}
    )


def test_nobody_is_out_where_no_recusal_was_asked_for_or_ordered() -> None:
    assert recused(given(by=("zhang",))) is None
    assert recused(given(by=("zhang",), children=(recusal(recused=["wang"]),))) is None
    assert recused(given(by=("zhang",), children=(recusal(),))) is None


def test_who_is_recused_may_neither_act_nor_be_named_for_a_role() -> None:
    ordered = recusal(recused=["wang", "lin"])

    acts = recused(given(by=("wang",), children=(ordered,)))
    named = recused(given(paper("note", seq=NOW, who=["wang"]), by=("zhang",), children=(ordered,)))
    before = recused(given(paper("note", seq=1, who=["wang"]), by=("zhang",), children=(ordered,)))

    assert (acts, named, before) == ("王某(A1.r)", "王某(A1.r)", None)


@pytest.mark.parametrize(("named", "out"), [("wang", "王某(A1.r)"), ("zhang", None)])
def test_who_is_recused_may_not_be_named_in_a_row_either(named: str, out: str | None) -> None:
    row = [{"officer": named, "number": "豫A0001"}]
    s = given(
        paper("note", seq=NOW, certificates=row), paper("note", seq=NOW, certificates=None),
        by=("zhang",), children=(recusal(recused=["wang"]),),
    )  # fmt: skip

    assert recused(s) == out


def test_what_was_done_before_the_recusal_was_ordered_stands() -> None:
    ordered = recusal(recused=["wang"])

    answers = [
        recused(given(by=("wang",), children=(ordered,), on=DAY + timedelta(days=shift)))
        for shift in (-1, 0, 1)
    ]

    assert answers == [None, "王某(A1.r)", "王某(A1.r)"]


def test_a_field_may_name_one_officer_or_none() -> None:
    assert (acting.listed("a"), acting.listed(["a", "b"]), acting.listed(None)) == (["a"], ["a", "b"], [])


# documents -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "missing"),
    [
        ({"says": "不在场"}, True),
        ({"says": "不在场", "then": "见证人"}, False),
        ({"says": "在场"}, False),
        ({}, False),
    ],
)
def test_what_one_copy_says_it_has_to_complete_itself(first: dict[str, Any], missing: bool) -> None:
    s = given(paper("note", seq=NOW, **first), paper("note", seq=NOW, says="在场"))

    answer = procedure.every_copy_filled(
        s, field=path("note.says"), says=("不在场",), then=(path("note.then"),)
    )

    assert (answer is not None) is missing


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"kind": "监控"}, {"kind": "书证"}, {"kind": "监控", "note": "已审核"}], "1"), ([{"kind": "书证"}], None), ([], None),
    ],
)  # fmt: skip
def test_a_row_that_says_it_needs_more_says_more(rows: list[dict[str, str]], expected: str | None) -> None:
    s = given(paper("note", rows=rows))

    answer = procedure.row_filled_when(s, field=path("note.rows"), column="kind", says=("监控",), then="note")

    assert answer == (expected and f"《某笔录》的“各项”第{expected}项为“监控”, 没有填写“说明”")


@pytest.mark.parametrize(("result", "lacking"), [("属实", True), ("不属实", False)])
def test_only_the_rows_among_which_it_is_asked_need_more(result: str, lacking: bool) -> None:
    s = given(paper("note", rows=[{"kind": "监控", "item": result}]))

    answer = procedure.row_filled_when(
        s, field=path("note.rows"), column="kind", says=("监控",), then="note", among="item", value="属实"
    )

    assert (answer is not None) is lacking


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([{"kind": "属实", "note": "出租"}, {"kind": "未查证"}], ""), ([], ""), ([{"kind": "属实"}], ""),
        ([{"kind": "属实", "note": "出租"}, {"kind": "未查证", "note": "出租"}], "第2项为“未查证”"),
        ([{"kind": "未查证", "note": "出租"}, {"kind": "不属实", "note": "出租"}], "第1项为“未查证”、第2项为“不属实”"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_say_it_leaves_the_other_column_empty(
    rows: list[dict[str, str]], wrong: str
) -> None:
    s = given(paper("note", rows=rows))

    answer = procedure.row_filled_only_when(
        s, field=path("note.rows"), column="kind", says=("属实",), then="note"
    )

    assert answer == (f"《某笔录》的“各项”{wrong}, 却填写了“说明”" if wrong else None)


@pytest.mark.parametrize(("count", "refused"), [(0, False), (2, False), (3, True)])
def test_two_agents_are_allowed_and_a_third_is_not(count: int, refused: bool) -> None:
    s = given(paper("note", rows=[{"kind": "代理人"}] * count))

    assert (procedure.rows_at_most(s, field=path("note.rows"), most=2) is not None) is refused


@pytest.mark.parametrize(("count", "refused"), [(0, True), (1, True), (2, False), (3, False)])
def test_where_two_are_asked_for_one_is_too_few(count: int, refused: bool) -> None:
    s = given(paper("note", rows=[{"kind": "执法人员"}] * count))

    assert (procedure.rows_at_least(s, field=path("note.rows"), least=2) is not None) is refused


def test_one_copy_that_says_it_is_enough() -> None:
    s = given(paper("note", says="涉嫌犯罪"), paper("note", says="没有发现"))

    hit = procedure.never_says(s, field=path("note.says"), values=("涉嫌犯罪",))
    clear = procedure.never_says(s, field=path("note.says"), values=("成立",))
    absent = procedure.never_says(given(), field=path("note.says"), values=("涉嫌犯罪",))

    assert (hit, clear, absent) == ("《某笔录》的“所述”为“涉嫌犯罪”", None, None)


def test_two_papers_have_to_agree_once_both_are_there() -> None:
    mine, same = paper("note", says="甲"), paper("other", says="甲")
    field, other = path("note.says"), path("other.says")

    assert procedure.agrees_with(given(mine), field=field, other=other) is None
    assert procedure.agrees_with(given(mine, same), field=field, other=other) is None
    assert "不一致" in str(
        procedure.agrees_with(given(mine, paper("other", says="乙")), field=field, other=other)
    )


@pytest.mark.parametrize(("method", "refused"), [("甲", True), ("丙", False)])
def test_two_fields_agree_only_where_a_third_says_so(method: str, *, refused: bool) -> None:
    s = given(paper("note", says=method), paper("other", says="乙"))

    answer = procedure.agrees_when(
        s, field=path("note.says"), says=("甲",), one=path("note.says"), other=path("other.says")
    )

    assert (answer is not None) is refused


@pytest.mark.parametrize(
    ("held", "says", "refused"), [(False, None, False), (True, "考虑过", False), (True, None, True)]
)
def test_a_paper_on_file_has_to_be_considered(held: bool, says: str | None, refused: bool) -> None:
    s = given(paper("other", says=says), *([paper("plain", text="陈述")] if held else []))

    answer = procedure.filled_if_on_file(s, document=DocumentName("plain"), field=path("other.says"))

    assert (answer is not None) is refused


@pytest.mark.parametrize(
    ("party", "written", "fits"),
    [(PARTY, "某公司", True), (PARTY, "某某公司", False), (None, "某公司", False)],
)
def test_a_decision_names_the_party_of_the_case(party: Party | None, written: str, fits: bool) -> None:
    s = given(paper("other", says=written), party=party)

    assert (procedure.names_party(s, field=path("other.says")) is None) is fits


# service ---------------------------------------------------------------------------------------------------


def served(*papers: Any, table: str = "announcement", on: date = DAY, **fields: Any) -> str | None:
    fields.setdefault("served_on", on.isoformat())
    s = given(paper("service", **fields), *papers, on=on)
    return procedure.served_properly(
        s, service=DocumentName("service"), consent=DocumentName("plain"), table=TableName(table)
    )


@pytest.mark.parametrize(
    ("method", "more", "missing"),
    [
        ("直接送达", {}, ""), ("留置送达", {}, "见证人"), ("留置送达", {"witness_or_av": "录像"}, ""),
        ("邮寄送达", {}, "邮件号码"), ("邮寄送达", {"post_number": "1"}, ""), ("委托送达", {}, "受托机关"),
        ("委托送达", {"entrusted_body": "某局"}, ""), ("公告送达", {"announced_on": "2026-01-31"}, "公告的理由"),
    ],
)  # fmt: skip
def test_every_way_of_service_shows_what_it_needs(method: str, more: Mapping[str, Any], missing: str) -> None:
    answer = served(method=method, **more)

    assert answer == (f"{method}须写明{missing}" if missing else None)


def test_electronic_service_needs_the_consent_of_the_party() -> None:
    without = served(method="电子送达")
    with_it = served(paper("plain", text="同意"), method="电子送达")

    assert (without, with_it) == ("电子送达须有当事人签订的《另一文书》", None)


@pytest.mark.parametrize(
    ("announced", "table", "says"),
    [
        ("2026-01-31", "announcement", None), ("2026-02-01", "announcement", "视为送达"),
        ("2026-01-31", "silent", "没有适用的期限"), ("2026-01-31", "excluded", "没有适用的期限"),
    ],
)  # fmt: skip
def test_an_announcement_serves_when_its_period_ends(announced: str, table: str, says: str | None) -> None:
    answer = served(method="公告送达", announced_on=announced, announce_reason="下落不明", table=table)

    assert answer is None if says is None else says in str(answer)


def test_the_period_of_an_announcement_is_that_of_the_day_it_was_posted() -> None:
    facts = {"method": "公告送达", "announced_on": "2021-12-31", "announce_reason": "下落不明"}

    assert served(**facts, on=date(2022, 3, 1)) is None
    assert "经过60日于2022-03-01视为送达" in str(served(**facts, on=date(2022, 1, 30)))


def test_a_service_cannot_be_dated_back_and_must_be_on_file() -> None:
    back = served(method="直接送达", served_on="2026-02-20")
    absent = procedure.served_properly(
        given(),
        service=DocumentName("service"),
        consent=DocumentName("plain"),
        table=TableName("announcement"),
    )

    assert "送达日期为2026-02-20" in str(back)
    assert absent == "案卷中没有《送达回证》"


# findings --------------------------------------------------------------------------------------------------

DUE = FindingName("hearing_due")


@pytest.mark.parametrize(("value", "refuses"), [(True, True), (False, False), (None, False)])
def test_what_is_not_yet_known_does_not_stand_in_the_way_of_filing(value: bool | None, refuses: bool) -> None:
    s = given(found={"hearing_due": Found(value, "超过追责期限")})

    assert (procedure.not_established(s, finding=DUE) == "超过追责期限") is refuses


@pytest.mark.parametrize(
    ("says", "value", "refuses"),
    [("超过期限", True, False), ("超过期限", None, True), ("超过期限", False, True), ("其他", False, False)],
)
def test_a_ground_that_can_be_computed_is_computed(says: str, value: bool | None, refuses: bool) -> None:
    s = given(paper("other", says=says), found={"hearing_due": Found(value, "没有超过")})

    answer = procedure.shown_when(s, field=path("other.says"), says="超过期限", finding=DUE)

    assert (answer is not None) is refuses


@pytest.mark.parametrize(
    ("says", "value", "refused"),
    [("没有影响", True, True), ("没有影响", None, False), ("没有影响", False, False), ("其他", True, False)],
)
def test_a_ground_that_is_refuted_is_not_given(says: str, value: bool | None, refused: bool) -> None:
    s = given(paper("other", says=says), found={"hearing_due": Found(value, "罚款较重")})

    answer = procedure.unsaid_when(s, field=path("other.says"), says="没有影响", finding=DUE)

    assert answer == ("《某笔录》的“所述”为“没有影响”, 但罚款较重" if refused else None)


# proposals and decisions -----------------------------------------------------------------------------------


def fined(amount: int, *more: str) -> list[dict[str, object]]:
    others: list[dict[str, object]] = [{"kind": kind} for kind in more]
    return [{"kind": "罚款", "amount": amount}, *others]


@pytest.mark.parametrize(
    ("says", "penalties", "refused"),
    [("已被罚款", fined(100), True), ("已被罚款", [{"kind": "警告"}], False), ("没有", fined(100), False)],
)
def test_the_same_act_is_not_fined_twice(
    says: str, penalties: list[dict[str, object]], refused: bool
) -> None:
    s = given(paper("other", says=says, penalties=penalties))

    answer = procedure.no_kinds_when(
        s, field=path("other.says"), says="已被罚款", penalties=path("other.penalties"), kinds=("罚款",)
    )

    assert (answer is not None) is refused


# defence and hearing ---------------------------------------------------------------------------------------

NOTE, OTHER, PLAIN_DOCUMENT = DocumentName("note"), DocumentName("other"), DocumentName("plain")


@pytest.mark.parametrize(
    ("said", "looked", "settled"),
    [(None, None, True), (1, 2, True), (1, None, False), (2, 1, False), (2, 2, False)],
)
def test_what_the_party_said_is_looked_into_afterwards(
    said: int | None, looked: int | None, settled: bool
) -> None:
    papers = [paper("note", seq=said)] if said else []
    papers += [paper("plain", seq=looked)] if looked else []

    assert (hearing.answered(given(*papers), record=NOTE, review=PLAIN_DOCUMENT) is None) is settled


def defence(*papers: Any, on: date = DAY) -> str | None:
    return hearing.defence_settled(
        given(*papers, on=on), until=path("other.until"), record=DocumentName("record"), review=PLAIN_DOCUMENT,
        waived=path("note.choices"),
    )  # fmt: skip


@pytest.mark.parametrize(("on", "settled"), [(DAY, False), (date(2026, 3, 3), True)])
def test_silence_counts_only_after_the_time_that_was_told(on: date, settled: bool) -> None:
    assert (defence(paper("other", until=DAY.isoformat()), on=on) is None) is settled


def test_an_express_waiver_ends_the_waiting_but_not_what_was_said() -> None:
    told, waiver = paper("other", until=DAY.isoformat()), paper("note", choices=["陈述申辩"])
    said = paper("record", seq=2)

    assert defence(told, waiver) is None
    assert defence(told, paper("note", choices=["听证"])) is not None
    assert defence(told, waiver, said) is not None
    assert defence(told, waiver, said, paper("plain", seq=3)) is None


@pytest.mark.parametrize(("on", "settled"), [(DAY, False), (date(2026, 3, 3), True)])
def test_a_first_word_does_not_end_the_time_that_was_told(on: date, settled: bool) -> None:
    told, said, looked = paper("other", until=DAY.isoformat()), paper("record", seq=2), paper("plain", seq=3)

    assert (defence(told, said, looked, on=on) is None) is settled


def test_rights_that_are_given_up_one_after_the_other_add_up() -> None:
    told = paper("other", until=DAY.isoformat())
    hearing_first = (paper("note", seq=1, choices=["听证"]), paper("note", seq=2, choices=["陈述申辩"]))

    assert defence(told, *hearing_first) is None
    assert defence(told, *reversed(hearing_first)) is None


def test_without_a_time_that_was_told_nobody_was_told() -> None:
    assert defence() == "《某笔录》的“截止日期”没有填写"


def settled(
    *papers: Any, found: Found = HELD, clocks: Mapping[str, Any] | None = None, on: date = DAY
) -> str | None:
    s = given(*papers, found={"hearing_due": found}, clocks=clocks or {}, on=on)
    return hearing.hearing_settled(
        s, offered=DUE, asked=(NOTE, OTHER), outcomes=(DocumentName("hearing"), PLAIN_DOCUMENT),
        waived=path("service.method"), deadline=DeadlineName("handling"), notice=DocumentName("proposal"),
    )  # fmt: skip


def test_where_no_hearing_is_due_nothing_has_to_be_settled() -> None:
    assert settled(found=NOT_HELD) is None


@pytest.mark.parametrize(
    ("asked", "outcome", "done"),
    [(1, None, False), (1, 2, True), (3, 2, False)],
    ids=["open", "held", "asked again"],
)
def test_a_hearing_that_was_asked_for_is_held_or_ended(asked: int, outcome: int | None, done: bool) -> None:
    papers = [paper("note", seq=asked)]
    papers += [paper("hearing", seq=outcome, chair="qian")] if outcome else []

    assert (settled(*papers) is None) is done


@pytest.mark.parametrize(("on", "done"), [(DAY, False), (date(2026, 3, 3), True)])
def test_what_was_said_to_the_notice_before_wants_its_answer_and_leaves_the_time_of_the_new_one(
    on: date, done: bool
) -> None:
    told = (paper("other", until=DAY.isoformat()), paper("proposal", seq=4), paper("record", seq=2))

    assert "尚未复核" in str(defence(*told, on=on))
    assert (defence(*told, paper("plain", seq=5), on=on) is None) is done


@pytest.mark.parametrize(("on", "done"), [(DAY, False), (date(2026, 3, 3), True)])
def test_a_hearing_asked_for_before_the_new_notice_is_held_and_leaves_the_time_to_ask_again(
    on: date, done: bool
) -> None:
    asked, running = (
        (paper("proposal", seq=4), paper("note", seq=2)),
        {"handling": clock("handling", due=DAY)},
    )

    pending = settled(*asked, clocks=running, on=on)
    held = settled(*asked, paper("hearing", seq=5, chair="qian"), clocks=running, on=on)

    assert "听证尚未举行" in str(pending)
    assert (held is None) is done


def test_a_waiver_or_the_end_of_the_time_settles_a_hearing_nobody_asked_for() -> None:
    running = {"handling": clock("handling", due=DAY)}

    waived = settled(paper("service", method=["听证"]))
    not_begun, in_time = settled(), settled(clocks=running)
    over = settled(clocks=running, on=date(2026, 3, 3))

    assert (waived, over) == (None, None)
    assert "尚未起算" in str(not_begun)
    assert f"至{DAY}届满" in str(in_time)


@pytest.mark.parametrize(
    ("asked", "begun", "late"), [("2026-03-02", True, False), ("2026-03-03", True, True), (None, True, False), ("2026-03-03", False, False)]
)  # fmt: skip
def test_only_a_request_after_the_last_day_is_late(asked: str | None, begun: bool, late: bool) -> None:
    clocks = {"handling": clock("handling", due=DAY)} if begun else {}
    s = given(paper("other", day=asked), clocks=clocks)

    assert (hearing.late_after(s, deadline=DeadlineName("handling"), field=path("other.day")) is None) is late


@pytest.mark.parametrize(
    ("until", "start", "table", "says"),
    [
        ("2026-04-01", "2026-03-02", "longer", None), ("2026-03-31", "2026-03-02", "longer", "至2026-04-01届满"),
        (None, "2026-03-02", "longer", "截止日期”没有填写"), ("2026-04-01", None, "longer", "日期”没有填写"),
        ("2026-04-01", "2026-03-02", "silent", "没有适用"), ("2026-04-01", "2026-03-02", "excluded", "没有适用"),
    ],
)  # fmt: skip
def test_the_notice_leaves_at_least_the_time_of_the_table(
    until: str | None, start: str | None, table: str, says: str | None
) -> None:
    s = given(paper("other", until=until, day=start))

    answer = hearing.period_granted(
        s, until=path("other.until"), start=path("other.day"), table=TableName(table)
    )

    assert answer is None if says is None else says in str(answer)


# performance -----------------------------------------------------------------------------------------------

DECIDED, CHANGED, RECORDS = path("decision.penalties"), path("other.penalties"), path("note.rows")
OWED = FindingName("owed")


def test_what_a_remedy_changed_takes_the_place_of_what_was_decided() -> None:
    decided, lighter = paper("decision", penalties=fined(500)), paper("other", penalties=fined(200))

    before = amounts.fine_in_force(given(decided), penalties=DECIDED, changed=CHANGED)
    after = amounts.fine_in_force(given(decided, lighter), penalties=DECIDED, changed=CHANGED)

    assert (before.value, after.value) == (500, 200)


def test_the_sum_of_other_kinds_in_force_can_be_asked_for() -> None:
    decided = paper(
        "decision", penalties=[{"kind": "罚款", "amount": 500}, {"kind": "没收违法所得", "amount": 300}]
    )

    found = amounts.fine_in_force(
        given(decided), penalties=DECIDED, changed=CHANGED, kinds=("罚款", "没收违法所得")
    )

    assert (found.value, found.reason) == (800, "罚款、没收违法所得8.00元")


@pytest.mark.parametrize(
    ("kinds", "done", "left"),
    [(("警告",), (), ""), (("吊销许可证件",), (), "吊销许可证件"), (("吊销许可证件",), ("吊销许可证件",), ""), (("没收非法财物", "责令关闭"), ("责令关闭",), "没收非法财物")],
)  # fmt: skip
def test_what_is_neither_money_nor_a_warning_has_to_be_carried_out(
    kinds: tuple[str, ...], done: tuple[str, ...], left: str
) -> None:
    s = given(
        paper("decision", penalties=fined(100, *kinds)), paper("note", rows=[{"kind": kind} for kind in done])
    )

    answer = performance.carried_out(s, penalties=DECIDED, changed=CHANGED, records=RECORDS)

    assert answer == (f"没有执行记录: {left}" if left else None)


def money(*rows: tuple[str, int]) -> Any:
    return paper("note", rows=[{"item": item, "amount": amount, "on": "2026-03-01"} for item, amount in rows])


def owing(paid: int, *kinds: str) -> str | None:
    s = given(
        paper("decision", penalties=fined(500, *kinds)),
        money(("罚款", paid)),
        found={"owed": Found(500, "罚款5元")},
    )
    return performance.still_owing(
        s, owed=OWED, payments=RECORDS, penalties=DECIDED, changed=CHANGED, records=path("receipt.payments")
    )


def test_there_is_something_to_urge_for_while_money_or_a_measure_is_outstanding() -> None:
    assert owing(499) is None
    assert owing(500, "吊销许可证件") is None
    assert owing(500) == "当事人已经履行完毕"


@pytest.mark.parametrize(
    ("written", "paid", "fits"), [(200, 300, True), (300, 300, False), (0, 700, True), (None, 700, True)]
)
def test_a_claim_is_for_what_is_outstanding(written: int | None, paid: int, fits: bool) -> None:
    s = given(paper("other", amount=written), money(("罚款", paid)), found={"owed": Found(500, "罚款5元")})

    answer = performance.amount_outstanding(s, field=path("other.amount"), owed=OWED, payments=RECORDS)

    assert (answer is None) is fits


@pytest.mark.parametrize(("back", "fits"), [(299, False), (300, True), (400, True)])
def test_what_was_taken_on_a_void_decision_goes_back(back: int, fits: bool) -> None:
    s = given(money(("罚款", 300)), paper("receipt", payments=[{"amount": back}]))

    answer = performance.refunded(s, payments=RECORDS, refunds=path("receipt.payments"))

    assert (answer is None) is fits


@pytest.mark.parametrize(
    ("plan", "until", "problems"),
    [
        ([("2026-04-01", 200), ("2026-05-01", 200)], "2026-05-01", 0), ([("2026-04-01", 200)], "2026-04-01", 1),
        ([("2026-04-01", 400)], "2026-05-01", 1), ([], "2026-05-01", 2),
    ],
)  # fmt: skip
def test_a_plan_of_instalments_covers_what_is_left_of_the_fine(
    plan: list[tuple[str, int]], until: str, problems: int
) -> None:
    rows = [{"due": day, "amount": amount} for day, amount in plan]
    s = given(
        paper("other", rows=rows, until=until),
        money(("罚款", 100), ("加处罚款", 30)),
        found={"owed": Found(500, "罚款5元")},
    )

    answer = performance.plan_adds_up(
        s, plan=path("other.rows"), until=path("other.until"), fine=OWED, payments=RECORDS
    )

    assert (answer or "").count("计划") == problems


# the window for the court ----------------------------------------------------------------------------------

NAMES: Any = {
    "remedy": DeadlineName("handling"),
    "further": DeadlineName("further"),
    "payment": DeadlineName("payment"),
}
SUIT = {"handling": clock("handling", started=date(2025, 6, 2), due=date(2025, 12, 2))}


@pytest.mark.parametrize(
    ("more", "opens"),
    [
        ({}, date(2025, 12, 2)),
        ({"payment": clock("payment", due=date(2026, 1, 5))}, date(2025, 12, 2)),
        ({"payment": clock("payment", due=date(2026, 1, 5), moved=True)}, date(2026, 1, 5)),
        ({"payment": clock("payment", due=date(2025, 7, 1), moved=True)}, date(2025, 12, 2)),
        ({"further": clock("further", started=date(2025, 8, 1), due=date(2025, 8, 18))}, date(2025, 8, 18)),
        ({"further": clock("further", started=date(2025, 5, 1), due=date(2025, 5, 16))}, date(2025, 12, 2)),
        ({"changed": clock("changed", started=date(2025, 9, 1), due=date(2025, 9, 16))}, date(2025, 9, 16)),
    ],
    ids=[
        "suit",
        "paid without deferral",
        "deferral",
        "deferral that ended before",
        "reconsideration",
        "older decision",
        "changed on reconsideration",
    ],
)
def test_the_window_opens_when_the_decision_can_no_longer_be_challenged(
    more: Mapping[str, Any], opens: date
) -> None:
    s = given(clocks={**SUIT, **more}, on=opens)

    assert performance.window_opens_after(s, **NAMES, changed=DeadlineName("changed")) == opens


PLAN = ChildName("publication")  # any side case will do


def deferred(on: date, *plans: Any) -> Situation:
    pay = clock("payment", started=date(2026, 3, 2), due=date(2026, 8, 31), moved=True)
    return given(paper("note", day=str(on)), on=on, clocks={**SUIT, "payment": pay}, children=plans)


@pytest.mark.parametrize(
    ("plans", "last"),
    [
        ((), date(2026, 8, 31)), ((child(),), date(2026, 8, 31)),
        ((child(ended=True, on=date(2026, 3, 10)),), date(2026, 3, 17)),
        ((child(ended=True, on=date(2026, 3, 10)), child(id_="A1.d")), date(2026, 8, 31)),
    ],
    ids=["no plan", "plan kept so far", "plan broken", "new plan"],
)  # fmt: skip
def test_a_broken_plan_brings_back_the_day_of_payment_it_had_put_off(
    plans: tuple[Any, ...], last: date
) -> None:
    answers = [
        performance.overdue_or_plan_broken(
            deferred(day, *plans),
            at=path("note.day"),
            deadline=NAMES["payment"],
            plan=PLAN,
            broken=(ChildState("published"),),
        )
        for day in (last, last + timedelta(days=1))
    ]

    assert answers == [f"缴款期限至{last}届满, 《某笔录》的“日期”为{last}", None]


def test_what_counts_is_the_day_written_and_whether_the_plan_had_failed_by_then() -> None:
    broken = child(ended=True, on=date(2026, 3, 20))
    s = replace(deferred(date(2026, 4, 1), broken), papers={"note": (paper("note", day="2026-03-19"),)})

    answer = performance.overdue_or_plan_broken(
        s, at=path("note.day"), deadline=NAMES["payment"], plan=PLAN, broken=(ChildState("published"),)
    )

    assert answer == "缴款期限至2026-08-31届满, 《某笔录》的“日期”为2026-03-19"


@pytest.mark.parametrize(
    "s",
    [given(paper("note", day="2026-09-01")), given(clocks={"payment": clock("payment")})],
    ids=["clock", "day"],
)
def test_nothing_is_overdue_before_its_period_began_or_without_a_day(s: Situation) -> None:
    answer = performance.overdue_or_plan_broken(
        s, at=path("note.day"), deadline=NAMES["payment"], plan=PLAN, broken=(ChildState("published"),)
    )

    assert answer == "“缴款期限”尚未起算, 或者《某笔录》的“日期”没有填写"


@pytest.mark.parametrize(
    ("ended", "opens"),
    [(date(2026, 6, 1), date(2026, 6, 1)), (date(2026, 9, 10), date(2026, 8, 31)), (None, date(2026, 8, 31))],
)
def test_a_deferral_ends_when_its_plan_is_broken_and_no_later_than_the_plan(
    ended: date | None, opens: date
) -> None:
    plans = [child(ended=True, on=ended)] if ended else [child()]
    s = deferred(date(2026, 10, 9), *plans)

    answer = performance.window_opens_after(s, **NAMES, plan=PLAN, broken=(ChildState("published"),))

    assert answer == opens


@pytest.mark.parametrize(
    ("on", "applies", "lapsed", "over"),
    [
        (date(2025, 12, 2), False, False, False), (date(2025, 12, 3), True, False, True),
        (date(2026, 3, 2), True, False, True), (date(2026, 3, 3), False, True, True),
    ],
)  # fmt: skip
def test_the_court_may_be_asked_for_three_months(on: date, applies: bool, lapsed: bool, over: bool) -> None:
    s = given(clocks=SUIT, on=on)

    assert (performance.in_court_window(s, **NAMES, length=3, unit=Unit.MONTH) is None) is applies
    assert (performance.past_court_window(s, **NAMES, length=3, unit=Unit.MONTH) is None) is lapsed
    assert (performance.remedy_time_over(s, **NAMES) is None) is over


@pytest.mark.parametrize(("on", "open_"), [(date(2026, 6, 22), True), (date(2026, 6, 23), False)])
def test_the_last_day_of_the_window_rolls_past_a_feast_and_a_weekend(on: date, open_: bool) -> None:
    s = given(clocks={"handling": clock("handling", due=date(2026, 3, 20))}, on=on)

    assert (performance.in_court_window(s, **NAMES, length=3, unit=Unit.MONTH) is None) is open_
    assert (performance.past_court_window(s, **NAMES, length=3, unit=Unit.MONTH) is not None) is open_


def test_before_a_decision_is_served_no_window_runs() -> None:
    s = given()

    assert "尚未起算" in str(performance.in_court_window(s, **NAMES, length=3, unit=Unit.MONTH))
    assert "尚未起算" in str(performance.past_court_window(s, **NAMES, length=3, unit=Unit.MONTH))
    assert performance.remedy_time_over(s, **NAMES) is None


@pytest.mark.parametrize(("written", "fits"), [("2025-12-02", True), ("2025-12-03", False), (None, False)])
def test_the_urging_letter_names_the_day_as_computed(written: str | None, fits: bool) -> None:
    s = given(paper("other", day=written), clocks=SUIT)

    assert (performance.names_window(s, field=path("other.day"), **NAMES) is None) is fits


@pytest.mark.parametrize(
    ("begun", "wanted"),
    [
        ((), None), (("remedy",), "2026-03-05"), (("payment",), "2026-03-06"),
        (("remedy", "handling"), "2026-03-07"), (("payment", "handling"), "2026-03-07"),
    ],
)  # fmt: skip
def test_the_time_for_a_suit_ends_with_the_period_that_began_last(
    begun: tuple[str, ...], wanted: str | None
) -> None:
    days = {"remedy": 5, "payment": 6, "handling": 7}
    clocks = {
        one: clock(one, started=date(2026, 1, days[one]), due=date(2026, 3, days[one])) for one in begun
    }
    names = {
        "suit": DeadlineName("remedy"),
        "short": DeadlineName("payment"),
        "further": DeadlineName("handling"),
    }

    fits = performance.names_suit_end(
        given(paper("other", day=wanted), clocks=clocks), field=path("other.day"), **names
    )
    wrong = performance.names_suit_end(
        given(paper("other", day="2026-03-08"), clocks=clocks), field=path("other.day"), **names
    )

    assert fits is None
    assert f"为2026-03-08, 计算所得为{wanted}" in str(wrong)


# amounts ---------------------------------------------------------------------------------------------------

LAST = date(2026, 3, 16)


def extra(on: date, *papers: Any, fine: int = 100_00, flags: Any = None, due: date | None = LAST) -> Found:
    decided = paper("decision", penalties=[*fined(fine), {"kind": "没收违法所得", "amount": 7}])
    s = given(
        decided,
        *papers,
        on=on,
        clocks={"payment": clock("payment", due=due)} if due else {},
        flags=flags or {},
    )
    return amounts.surcharge_in_force(
        s, penalties=DECIDED, changed=CHANGED, deadline=DeadlineName("payment"), flag=FlagName("remedy"),
        filed=path("record.made_on"), received=(path("outcome.received_on"), path("judgment.received_on")),
        payments=RECORDS,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (LAST, 0),
        (date(2026, 3, 17), 300),
        (date(2026, 4, 18), 99_00),
        (date(2026, 4, 19), 100_00),
        (date(2026, 12, 1), 100_00),
    ],
)
def test_three_per_cent_a_day_up_to_the_fine(on: date, value: int) -> None:
    assert extra(on).value == value


def test_parts_of_a_fen_are_dropped_once_and_not_every_day() -> None:
    assert extra(date(2026, 3, 26), fine=11).value == 3


@pytest.mark.parametrize(
    ("paid", "value"),
    [
        ([("2026-03-16", 100_00)], 0), ([("2026-03-17", 100_00)], 3_00), ([("2026-03-18", 50_00)], 6_00 + 3 * 1_50),
        ([("2026-03-18", 30_00), ("2026-03-18", 20_00)], 6_00 + 3 * 1_50),
    ],
    ids=["in time", "the first day", "half", "half in two"],
)  # fmt: skip
def test_every_day_counts_on_what_was_unpaid_at_its_beginning(
    paid: list[tuple[str, int]], value: int
) -> None:
    rows_ = [{"on": on, "item": "罚款", "amount": amount} for on, amount in paid]

    assert extra(date(2026, 3, 21), paper("note", rows=rows_)).value == value


@pytest.mark.parametrize(
    ("stretches", "value"),
    [
        (up(date(2026, 3, 18)), 3_00),
        (up(date(2026, 3, 18), date(2026, 3, 20)), 9_00),
        (up(date(2026, 3, 18), date(2026, 3, 20)) + up(date(2026, 3, 19), date(2026, 3, 20)), 9_00),
        (up(date(2026, 3, 21), date(2026, 3, 21)), 15_00),
    ],
    ids=["still", "two days", "two days twice", "no day"],
)
def test_no_day_of_a_remedy_is_left_out_twice(stretches: Any, value: int) -> None:
    assert extra(date(2026, 3, 21), flags={"remedy": stretches}).value == value


def test_without_a_fine_or_a_last_day_nothing_is_added() -> None:
    assert extra(date(2026, 12, 1), fine=0).value == 0
    assert extra(date(2026, 12, 1), due=None).value == 0


def test_only_what_was_paid_of_the_fine_lessens_the_surcharge() -> None:
    half = [
        {"on": "2026-03-17", "item": "罚款", "amount": 50_00},
        {"on": "2026-03-17", "item": "没收违法所得", "amount": 50_00},
    ]
    whole = [{"on": "2026-03-17", "item": "罚款", "amount": 100_00}]

    assert extra(date(2026, 3, 18), paper("note", rows=half)).value == 300 + 150
    assert extra(date(2026, 3, 30), paper("note", rows=whole)).value == 300


def test_the_days_of_a_remedy_do_not_count_from_the_day_it_was_asked_for() -> None:
    flags = {"remedy": up(date(2026, 3, 25), date(2026, 3, 30))}

    recorded = extra(date(2026, 3, 31), flags=flags)
    asked = extra(date(2026, 3, 31), paper("record", made_on="2026-03-20"), flags=flags)

    assert recorded.value == (8 + 2) * 300
    assert asked.value == (3 + 2) * 300


def test_a_filing_belongs_to_the_last_stretch_where_older_ones_are_gone() -> None:
    flags = {"remedy": (*up(date(2026, 3, 17), date(2026, 3, 18)), *up(date(2026, 3, 25), date(2026, 3, 30)))}

    answer = extra(date(2026, 3, 31), paper("record", made_on="2026-03-24"), flags=flags)

    assert answer.value == (15 - 1 - 6) * 300


def on_file(kind: str, recorded: date, stated: date, seq: int) -> Any:
    """A filing (record) or an outcome, recorded on one day and stating another."""
    if kind == "record":
        return paper(kind, on=recorded, seq=seq, made_on=str(stated))
    return paper(kind, on=recorded, seq=seq, received_on=str(stated))


def march(day: int) -> date:
    return date(2026, 3, day)


def test_a_remedy_that_was_recorded_with_its_outcome_leaves_out_its_days_all_the_same() -> None:
    """Planted: the flag was up on no day, and the days from the filing to the outcome were charged."""
    flags = {"remedy": up(march(28), march(28))}

    asked = on_file("record", march(28), march(18), 3)
    answered = on_file("outcome", march(28), march(28), 4)

    assert extra(march(31), flags=flags).value == 15 * 300
    assert extra(march(31), asked, flags=flags).value == (15 - 10) * 300
    assert extra(march(31), asked, answered, flags=flags).value == (15 - 10) * 300


def test_two_remedies_keep_each_its_own_filing() -> None:
    """Planted: with the second one dropped, its filing was taken for that of the first."""
    flags = {"remedy": up(march(20), march(22)) + up(march(28), march(28))}
    filings = (on_file("record", march(20), march(18), 3), on_file("record", march(28), march(24), 5))

    answer = extra(march(31), *filings, flags=flags)

    assert answer.value == (15 - 4 - 4) * 300


def test_the_days_of_a_remedy_end_with_the_receipt_of_its_outcome() -> None:
    """Planted: they ended with the day on which the office recorded it."""
    flags = {"remedy": up(march(18), march(28))}

    asked = on_file("record", march(18), march(18), 3)
    answers = [
        extra(march(31), asked, on_file("outcome", march(28), day, 4), flags=flags).value
        for day in (march(18), march(19), march(22), march(28), date(2026, 4, 2))
    ]
    unknown = paper("outcome", on=march(28), seq=4, received_on="")

    assert answers == [15 * 300, 14 * 300, 11 * 300, 5 * 300, 5 * 300]
    assert extra(march(31), asked, unknown, flags=flags).value == 5 * 300
    assert extra(march(31), asked, on_file("outcome", march(28), march(17), 4), flags=flags).value == 5 * 300
    assert extra(march(31), asked, on_file("outcome", march(27), march(20), 4), flags=flags).value == 5 * 300


def test_outcomes_of_one_day_belong_each_to_the_filing_before_it() -> None:
    flags = {"remedy": up(march(28), march(28)) + up(march(28), march(28))}
    filings = (on_file("record", march(28), march(18), 3), on_file("record", march(28), march(24), 5))
    outcomes = (on_file("outcome", march(28), march(20), 4), on_file("judgment", march(28), march(26), 6))

    answer = extra(march(31), *filings, *outcomes, flags=flags)

    assert answer.value == (15 - 2 - 2) * 300


def test_of_two_filings_of_one_step_the_earlier_counts() -> None:
    flags = {"remedy": up(march(20), march(28))}
    filings = [on_file("record", march(20), day, 3) for day in (march(19), march(18))]

    assert extra(march(31), *filings, flags=flags).value == 5 * 300


def test_what_is_owed_is_the_fine_the_confiscated_income_and_the_surcharge() -> None:
    decided = paper("decision", penalties=[*fined(100_00), {"kind": "没收违法所得", "amount": 7}])
    s = given(decided, on=date(2026, 3, 17), clocks={"payment": clock("payment", due=LAST)})

    answer = amounts.owed_in_force(
        s, penalties=DECIDED, changed=CHANGED, deadline=DeadlineName("payment"), flag=FlagName("remedy"),
        filed=path("record.made_on"), received=(path("outcome.received_on"), path("judgment.received_on")),
        payments=RECORDS,
    )  # fmt: skip

    assert answer.value == 100_00 + 7 + 300
    assert "加处罚款3.00元" in answer.reason


@pytest.mark.parametrize(
    ("penalties", "value"), [(fined(100), True), ([{"kind": "警告"}], False), (None, None)]
)
def test_whether_a_kind_is_among_the_penalties(
    penalties: list[dict[str, object]] | None, value: bool | None
) -> None:
    s = given(*([paper("decision", penalties=penalties)] if penalties else []))

    assert amounts.has_kinds(s, penalties=DECIDED, kinds=("罚款",)).value is value


# age -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("party", "day", "stated", "value"),
    [
        (CITIZEN, "2024-05-01", None, True), (CITIZEN, "2024-05-02", None, False), (CITIZEN, "2024-05-02", 13, True),
        (replace(CITIZEN, birth_date=None), "2024-05-02", 40, False), (replace(CITIZEN, birth_date=None), "2024-05-02", None, None),
        (CITIZEN, None, 13, True), (CITIZEN, None, None, None), (replace(CITIZEN, kind=PartyKind.SOLE_TRADER), "2024-05-01", None, True),
        (PARTY, "2024-05-01", 3, False), (None, "2024-05-01", 3, False),
    ],
)  # fmt: skip
def test_the_younger_of_register_and_evidence_spares_the_minor(
    party: Party | None, day: str | None, stated: int | None, value: bool | None
) -> None:
    s = given(paper("other", day=day, age=stated), party=party)

    assert age_below(s, age=14, at=path("other.day"), stated=path("other.age")).value is value


# suits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "outcome", "upheld"),
    [
        (("诉讼", 1), ("驳回", 2), True), (("复议", 1), ("驳回", 2), False), (("诉讼", 2), ("驳回", 1), False),
        (("诉讼", 1), ("撤回", 2), False), (("诉讼", 1), None, False), (None, None, False),
    ],
    ids=["dismissed", "reconsideration", "result of before", "withdrawn", "pending", "never"],
)  # fmt: skip
def test_a_decision_is_upheld_in_the_suit_that_came_last(
    filed: tuple[str, int] | None, outcome: tuple[str, int] | None, upheld: bool
) -> None:
    papers = [paper("note", says=filed[0], seq=filed[1])] if filed else []
    papers += [paper("other", says=outcome[0], seq=outcome[1])] if outcome else []

    found = amounts.upheld_in_suit(
        given(*papers), filed=path("note.says"), suit="诉讼", outcome=path("other.says"), upheld="驳回"
    )

    assert found.value is upheld


# people and numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("named", "says"), [(["zhang"], None), (["zhang", "wang"], "王某"), (None, None)])
def test_those_named_in_one_document_are_among_those_named_in_another(
    named: list[str] | None, says: str | None
) -> None:
    s = given(paper("other", who=["zhang", "zhao"]), paper("note", who=named))

    answer = acting.officers_among(s, field=path("note.who"), of=path("other.who"))

    assert answer is None if says is None else says in str(answer)


def receipts(*papers: list[tuple[str, str]]) -> list[Any]:
    return [
        paper("note", seq=seq, rows=[{"item": item, "note": number} for item, number in rows])
        for seq, rows in enumerate(papers, 1)
    ]


@pytest.mark.parametrize(
    ("papers", "twice"),
    [
        ([[("罚款", "甲1")], [("罚款", "甲2")]], ""), ([[("罚款", "甲1"), ("加处罚款", "甲1")]], ""), ([], ""),
        ([[("罚款", "甲1")], [("罚款", "甲1")]], "甲1"), ([[("罚款", "甲1")], [("加处罚款", "甲１ ")]], "甲1"),
        ([[("罚款", "甲1"), ("罚款", "甲1")]], "甲1"),
    ],
    ids=["two receipts", "one receipt for two items", "none", "again", "again as another item", "twice on one paper"],
)  # fmt: skip
def test_a_receipt_is_entered_once(papers: list[list[tuple[str, str]]], twice: str) -> None:
    s = given(*receipts(*papers), paper("note", seq=9))

    answer = rows.entered_once(s, rows=path("note.rows"), column="note", beside="item")

    assert answer == (f"《某笔录》的“各项”中重复登记: {twice}" if twice else None)


def test_without_items_a_number_stands_on_one_row_only() -> None:
    s = given(*receipts([("罚款", "甲1"), ("加处罚款", "甲1")]))

    assert rows.entered_once(s, rows=path("note.rows"), column="note") == "《某笔录》的“各项”中重复登记: 甲1"


@pytest.mark.parametrize(
    ("written", "listed", "said"),
    [
        ("甲", ["甲", "乙"], None),
        ("丙", ["甲", "乙"], "《某笔录》的“所述”为“丙”, 《某笔录》的“各项”写的是“甲、乙”"),
        ("丙", [], "《某笔录》的“所述”为“丙”, 《某笔录》的“各项”写的是“未填写”"),
        (None, ["甲"], "《某笔录》的“所述”为“未填写”, 《某笔录》的“各项”写的是“甲”"),
    ],
)
def test_who_is_named_stands_in_the_list(written: str | None, listed: list[str], said: str | None) -> None:
    s = given(paper("note", says=written, rows=[{"note": name} for name in listed]))

    assert rows.named_in_rows(s, field=path("note.says"), rows=path("note.rows"), column="note") == said


@pytest.mark.parametrize(("side", "told"), [("甲", None), ("乙", "某笔录")])
def test_only_the_rows_that_say_so_may_bear_the_name(side: str, told: str | None) -> None:
    s = given(paper("note", says="张某", rows=[{"note": "张某", "item": side}]))

    answer = rows.named_in_rows(
        s, field=path("note.says"), rows=path("note.rows"), column="note", where="item", says="甲"
    )

    assert answer is None if told is None else told in str(answer)


# evidence that stands ------------------------------------------------------------------------------------------


def listed(*lists: dict[str, str], names: Sequence[str] = ()) -> Situation:
    """Lists of evidence, each with what its items came out as, and a document that names some of them."""
    papers = [
        paper("note", seq=seq, rows=[{"item": name, "kind": result} for name, result in one.items()])
        for seq, one in enumerate(lists, 1)
    ]
    return given(*papers, paper("other", rows=[{"item": name} for name in names]))


@pytest.mark.parametrize(
    ("lists", "refused"),
    [
        ([{"合同": "属实", "照片": "不属实"}], False), ([{"合同": "不属实"}, {"合同": "属实"}], False),
        ([{"合同": "属实"}, {"照片": "不属实"}], False), ([{"合同": "不属实"}], True), ([], True),
        ([{"合同": "属实"}, {"合 同": "不属实"}], True),
    ],
    ids=["one of two", "verified later", "another rejected later", "rejected", "nothing", "rejected later"],
)  # fmt: skip
def test_one_piece_of_evidence_stands_after_the_last_look_at_it(
    lists: list[dict[str, str]], refused: bool
) -> None:
    answer = rows.some_row_stands(
        listed(*lists), rows=path("note.rows"), by="item", column="kind", value="属实"
    )

    assert answer == ("《某笔录》的“各项”中没有“属实”的" if refused else None)


@pytest.mark.parametrize(
    ("lists", "says", "wrong"),
    [
        ([{"合同": "属实", "录像": "非法取得"}], ["合同"], ""),
        ([{"合同": "属实", "录像": "非法取得"}], ["合同", "录 像"], "“录 像”(非法取得)"),
        ([{"录像": "非法取得"}, {"录像": "属实"}], ["录像"], ""), ([{"录像": "属实"}, {"录像": "不属实"}], ["录像"], "“录像”(不属实)"),
        ([{"现场录像": "属实"}], ["录像"], "“录像”(没有列入)"), ([{"合同": "属实"}], ["“合同”"], "““合同””(没有列入)"),
        ([{"录像": "不属实"}], [], ""), ([], ["录像"], "“录像”(没有列入)"),
    ],
)  # fmt: skip
def test_every_piece_of_evidence_named_is_listed_and_stands_in_the_end(
    lists: list[dict[str, str]], says: list[str], wrong: str
) -> None:
    s = listed(*lists, names=says)

    answer = rows.names_only_standing(
        s, named=path("other.rows"), rows=path("note.rows"), by="item", column="kind", value="属实"
    )

    assert answer == (f"《某笔录》的“各项”中的{wrong}在《某笔录》的“各项”中不是“属实”" if wrong else None)


# what changed since the case was filed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "reason", "refused"),
    [
        ("2024-02-28", "2024-03-08", None, True), ("2024-02-28", "2024-03-08", "收回才终止", False),
        ("2024-02-28", "2024-02-28", None, False), (None, "2024-03-08", None, False), ("2024-02-28", None, None, False),
    ],
)  # fmt: skip
def test_a_day_that_is_no_longer_the_one_stated_before_wants_a_reason(
    before: str | None, now: str | None, reason: str | None, refused: bool
) -> None:
    s = given(paper("note", day=before), paper("other", day=now, says=reason))

    answer = papers.change_explained(
        s, field=path("other.day"), before=path("note.day"), reason=path("other.says")
    )

    expected = (
        f"《某笔录》的“日期”为{before}, 《某笔录》的“日期”为{now}, 《某笔录》的“所述”没有填写"
        if refused
        else None
    )
    assert answer == expected


PASSED = Found(value=True, reason="已过二年")
NOT_PASSED = Found(value=False, reason="未过二年")
UNKNOWN = Found(value=None, reason="尚未查明")


def proved(before: str, names: tuple[str, ...], found: Found, **results: str) -> str | None:
    listed_rows = [{"item": name, "kind": result} for name, result in results.items()]
    s = given(
        paper("note", rows=listed_rows, day=before),
        paper("other", day="2024-03-08", rows=[{"item": name} for name in names]),
        found={"late": found},
    )  # fmt: skip
    return rows.change_proved(
        s, field=path("other.day"), before=path("note.day"), when=FindingName("late"), named=path("other.rows"),
        rows=path("note.rows"), by="item", column="kind", value="属实",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "before", "refused"),
    [
        (PASSED, "2022-02-28", True), (UNKNOWN, "2022-02-28", True), (NOT_PASSED, "2024-02-28", False),
        (PASSED, "2024-03-08", False),
    ],
)  # fmt: skip
def test_a_change_that_would_cure_the_limitation_wants_evidence(
    found: Found, before: str, refused: bool
) -> None:
    bare, named = proved(before, (), found, 合同="属实"), proved(before, ("合同",), found, 合同="属实")

    assert (bare, named) == (f"{found.reason}; 《某笔录》的“各项”没有填写" if refused else None, None)


@pytest.mark.parametrize(
    ("names", "wrong"),
    [(("合同", "证言"), "“证言”(未查证)"), (("录像", "证言"), "“录像”(没有列入)、“证言”(未查证)")],
)
def test_what_is_named_as_proof_is_listed_and_true(names: tuple[str, ...], wrong: str) -> None:
    answer = proved("2022-02-28", names, NOT_PASSED, 合同="属实", 证言="未查证")

    assert answer == f"《某笔录》的“各项”中的{wrong}在《某笔录》的“各项”中不是“属实”"


@pytest.mark.parametrize(
    ("start", "days", "early"),
    [
        ("2024-04-24", ("2024-04-24", "2024-05-08"), ""), ("2024-04-24T13:00:00", ("2024-04-24",), ""), (None, ("2024-04-01",), ""),
        ("2024-04-24", ("2024-04-23", "2024-05-08", "2024-04-23"), "2024-04-23"), ("2024-04-24", (), ""),
        ("2024-04-24", ("2024-04-23", "2024-04-22"), "2024-04-23、2024-04-22"),
    ],
)  # fmt: skip
def test_no_payment_is_of_a_day_before_the_decision(
    start: str | None, days: tuple[str, ...], early: str
) -> None:
    s = given(paper("note", rows=[{"on": day} for day in days]), paper("other", day=start))

    answer = rows.no_row_before(s, rows=path("note.rows"), column="on", start=path("other.day"))

    assert answer == (f"《某笔录》的“各项”中有{early}, 早于《某笔录》的“日期”2024-04-24" if early else None)


@pytest.mark.parametrize(
    ("held", "named", "refusal"),
    [
        (True, "某听〔2026〕1号", None), (True, None, "没有写明"), (True, "某听〔2025〕9号", "没有写明"), (False, None, None),
        (False, "某听〔2025〕9号", "写有“某听〔2025〕9号”, 案卷中没有有效的《另一文书》"),
    ],
)  # fmt: skip
def test_a_record_is_named_if_it_stands_and_none_is_if_none_does(
    held: bool, named: str | None, refusal: str | None
) -> None:
    record = [paper("plain", number="某听〔2026〕1号")] if held else []

    answer = papers.refers_to_what_stands(
        given(*record, paper("note", says=named)), field=path("note.says"), document=DocumentName("plain")
    )

    assert (answer is None) is (refusal is None)
    assert (refusal or "") in (answer or "")
