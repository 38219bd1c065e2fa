"""The published cases run whole, left to the law before, or set aside by name; and what they turn into one day later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from tests.acceptance.real_cases import (
    FIRST_DAY,
    OTHER_ACTION,
    RUN,
    SECTORS,
    TOO_EARLY,
    TOO_LITTLE,
    TRANSPOSED,
    Facts,
    case,
    fine,
    published,
)
from tests.acceptance.real_stages import scenario_of
from tests.acceptance.real_walks import (
    DECISION_DAYS,
    PUBLICATION_DAYS,
    USUAL_PUBLICATION_DAYS,
    days_of,
    filing_day,
    later,
    where,
    workday,
)
from tests.acceptance.stage import desk_maker, folder
from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.ports import Now, Page
from zhifa_flow.casework.scenarios import Played, Scenario, ScenarioStep, play
from zhifa_flow.casework.worklist import duties
from zhifa_flow.engine.chain import broken_links
from zhifa_flow.engine.steps import replay
from zhifa_flow.model.case import Case, ClockState, Paper
from zhifa_flow.model.errors import Refused
from zhifa_flow.model.money import capital_money, parse_money
from zhifa_flow.model.penalty import MONEY_KINDS

#: The law before 15 July 2021.
BEFORE = "penalty.general@2018-01-01"

# ---- a walk and what came of it ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """A walk as it went on a desk of its own."""

    desk: Desk
    played: tuple[Played, ...]

    @property
    def complaints(self) -> list[str]:
        return [f"{one.step.on} {one.step.label}: {text}" for one in self.played for text in one.complaints]

    @property
    def last(self) -> Played:
        return self.played[-1]

    @property
    def main(self) -> Case:
        return self.desk.history(self.played[0].case)[0]

    @property
    def family(self) -> list[Case]:
        """The case and its side duties."""
        return [self.main, *self.desk.view(self.main.id).children]

    def child(self, rule: str) -> Case | None:
        return next((one for one in self.family if one.relation == rule), None)

    def paper(self, kind: str) -> Paper:
        paper = self.main.paper(kind)
        assert paper is not None, kind
        return paper

    def late(self) -> dict[str, str]:
        """The deadlines of the agency that it met late, or that still run past their day, with their article.

        The party's time to pay ends on record with the closing of the case: whether it paid in time is asked for
        by the days of its payments.
        """
        day = self.played[-1].step.on
        kept = (ClockState.MET, ClockState.CLOSED)
        return {
            clock.deadline: (*flow.deadline[clock.deadline].basis, flow.deadline[clock.deadline].gap)[0]
            for one in self.family
            for flow in [folder().compiled(one.flow).flow]
            for clock in one.clocks.values()
            if flow.deadline[clock.deadline].owner != "party"
            and clock.state not in kept
            and (clock.state is ClockState.LATE or clock.due < day)
        }


def perform(scenario: Scenario) -> Run:
    made: list[Desk] = []

    def make(now: Now) -> Desk:
        made.append(desk_maker()(now))
        return made[0]

    played = tuple(play(scenario, make))
    return Run(made[0], played)


@cache
def walk(id_: str) -> Scenario:
    return scenario_of(case(id_), RUN[id_])


@cache
def run(id_: str) -> Run:
    return perform(walk(id_))


def labelled(scenario: Scenario, label: str) -> ScenarioStep:
    return next(step for step in scenario.step if step.label == label)


def upto(scenario: Scenario, label: str, *more: ScenarioStep) -> Scenario:
    """The walk before the step of that label, and on from there with other steps."""
    place = [step.label for step in scenario.step].index(label)
    return scenario.model_copy(update={"step": (*scenario.step[:place], *more)})


def instead(scenario: Scenario, *steps: ScenarioStep) -> Scenario:
    """The walk with steps in the place of those that bear their labels, in the order of the days."""
    changed = {step.label: step for step in steps}
    taken = (changed.get(step.label, step) for step in scenario.step)
    return scenario.model_copy(update={"step": tuple(sorted(taken, key=lambda step: step.on))})


def without(scenario: Scenario, *labels: str) -> Scenario:
    """The walk with some steps left out."""
    return scenario.model_copy(
        update={"step": tuple(step for step in scenario.step if step.label not in labels)}
    )


def but(step: ScenarioStep, on: date | None = None, **documents: Mapping[str, Any]) -> ScenarioStep:
    """The step on another day, or with some fields of its documents otherwise."""
    written = {kind: {**content, **documents.get(kind, {})} for kind, content in step.documents.items()}
    return step.model_copy(update={"on": on or step.on, "documents": written, "fill_in": True})


def act(do: str, on: date, *by: str, **documents: Mapping[str, Any]) -> ScenarioStep:
    return ScenarioStep.model_validate(
        {"do": do, "on": on, "by": by, "documents": documents, "fill_in": True}
    )


def refused(one: Run, *articles: str) -> Refused:
    """The refusal of the last step, which alone was refused and cites the articles."""
    assert [step.step.label for step in one.played if step.advanced is None] == [one.last.step.label]
    answer = one.last.refused
    assert answer is not None
    cited = {article for refusal in answer.refusals for article in refusal.basis}
    assert set(articles) <= cited
    return answer


def codes(answer: Refused) -> set[str]:
    return {refusal.code for refusal in answer.refusals}


# ---- every case of the file has its place -----------------------------------------------------------------


def test_every_case_of_the_file_is_run_refused_or_set_aside_by_name() -> None:
    named = [*RUN, *TOO_EARLY, *TOO_LITTLE, *OTHER_ACTION]

    assert len(published()) == 48
    assert sorted(named) == sorted(published())


@pytest.mark.parametrize("id_", OTHER_ACTION)
def test_what_is_no_penalty_is_set_aside_under_its_own_name(id_: str) -> None:
    facts = case(id_)

    assert not facts.ordinary
    assert OTHER_ACTION[id_] in facts.raw["action"]


@pytest.mark.parametrize("id_", [*RUN, *TOO_EARLY, *TOO_LITTLE])
def test_no_penalty_under_the_ordinary_procedure_is_set_aside_as_something_else(id_: str) -> None:
    assert case(id_).ordinary


@pytest.mark.parametrize("id_", TOO_LITTLE)
def test_a_case_with_too_few_facts_has_nothing_that_could_be_run(id_: str) -> None:
    raw = case(id_).raw

    assert [key for key in ("violation", "penalties", "fine", "basis", "doc") if raw.get(key)] == []
    assert not raw["dates"]


@pytest.mark.parametrize(("id_", "day"), TOO_EARLY.items())
def test_a_case_from_before_the_law_is_opened_under_the_one_of_its_day(id_: str, day: date) -> None:
    desk = perform(upto(walk("R28"), "file_case")).desk
    acts = [
        case(id_).day(key)
        for key in case(id_).dates
        if not key.startswith(("court", "litigation", "reconsideration"))
    ]

    opened = desk.open(
        flow="penalty.general", agency="jia", title=id_, party=None, on=day, by=["filer"], late_reason="补录"
    )  # fmt: skip

    assert max([*acts, day]) < FIRST_DAY
    assert opened.case.flow == BEFORE


# ---- the walks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", RUN)
def test_a_published_case_goes_through_as_the_law_asks(id_: str) -> None:
    one = run(id_)

    assert one.complaints == []
    assert one.main.state == RUN[id_].state
    assert {"decision_service", "no_penalty_service"} & set(one.main.papers)
    assert [child.id for child in one.family[1:] if not child.ended] == []


@pytest.mark.parametrize("id_", RUN)
def test_no_deadline_of_a_published_case_is_late_but_by_its_own_dates(id_: str) -> None:
    one = run(id_)

    paid = [
        str(row["on"])
        for paper in one.main.papers.get("payment_receipt", ())
        for row in rows(paper, "payments")
    ]

    assert one.late() == RUN[id_].late
    assert all(day <= str(one.main.clocks["pay"].due) for day in paid)


@pytest.mark.parametrize("id_", RUN)
def test_the_steps_of_a_published_case_add_up_to_it_and_their_chain_is_whole(id_: str) -> None:
    for one in run(id_).family:
        found, compiled, steps = run(id_).desk.history(one.id)

        assert broken_links(steps) == []
        assert replay(compiled.flow, steps) == found


@pytest.mark.parametrize("id_", RUN)
def test_every_published_date_is_the_day_of_its_step_or_stands_in_its_document(id_: str) -> None:
    facts, plan = case(id_), RUN[id_]
    taken = {(one.step.do, one.step.on) for one in run(id_).played if not one.step.fill_in}
    places = where(facts, plan)

    assert set(facts.dates) == {*places, *plan.beyond}
    assert taken == {(place, facts.day(key)) for key, place in places.items() if "." not in place}
    for key, place in places.items():
        if "." in place:
            assert dates_in(run(id_), place) == [facts.dates[key][:10]] or dates_in(run(id_), place)[
                0
            ].startswith(facts.dates[key])


def dates_in(one: Run, place: str) -> list[str]:
    """What stands in a field of a document of the case or of one of its side duties."""
    kind, _, name = place.partition(".")
    return [str(paper.fields[name]) for case in one.family for paper in case.papers.get(kind, ())]


@pytest.mark.parametrize("id_", RUN)
def test_everything_between_the_published_steps_is_marked_as_filled_in(id_: str) -> None:
    facts = case(id_)
    known = {(step, facts.day(key)) for key, step in where(facts, RUN[id_]).items()}

    made_up = [step for step in walk(id_).step if (step.do, step.on) not in known]

    assert made_up
    assert all(step.fill_in for step in made_up)


@pytest.mark.parametrize("id_", RUN)
def test_no_published_fact_is_contradicted(id_: str) -> None:
    facts, one = case(id_), run(id_)

    assert {what: on_file(facts, one)[what] for what in stated(facts)} == stated(facts)


@pytest.mark.parametrize("id_", RUN)
def test_it_is_decided_in_the_name_of_the_organ_that_was_published(id_: str) -> None:
    main = run(id_).main
    decision = main.paper("penalty_decision") or main.paper("no_penalty_decision")

    assert decision is not None
    assert str(decision.fields["organ"]) in case(id_).raw["agency"]
    assert main.sector in SECTORS.values()


@pytest.mark.parametrize("id_", RUN)
def test_the_party_is_heard_only_where_nothing_else_was_published(id_: str) -> None:
    facts, papers = case(id_), run(id_).main.papers

    silent = facts.says("未陈述申辩", "未申辩", "视为放弃")
    no_hearing = facts.says("未申请听证", "视为放弃")

    assert not (silent and "defence_record" in papers)
    assert not (no_hearing and {"hearing_request", "hearing_record"} & set(papers))


def stated(facts: Facts) -> dict[str, object]:
    """What was published of the content of the case, read from the file anew."""
    raw = facts.raw
    told = "告知书" in raw.get("doc_kind", "")
    value = re.search(r"货值(\d+)元", str(raw["violation"]))
    found = {
        "region": raw["region"][:2],
        "fine": round(raw["fine"] * 100) if raw.get("fine") is not None else None,
        "gains": raw.get("confiscated_amount"),
        "value of the goods": int(value[1]) * 100 if value else None,
        "kinds": {ours(text) for kind in raw.get("penalties", ()) for text in kind.split("、")} or None,
        "number": None if told else raw["doc"],
        "number of the notice": raw["doc"] if told else raw.get("notice_doc"),
        "number of the correction": raw.get("correction_doc"),
        "correction": "、".join(raw.get("ancillary", ())) or None,
        "articles": set(facts.basis) - set(RUN[facts.id].elsewhere) or None,
        "source": facts.source,
        "service": "公告送达" if "公告送达" in raw.get("service", "") else None,
        "time to pay": f"{raw['payment_days']}日" if "payment_days" in raw else None,
    }
    return {what: one for what, one in found.items() if one is not None}


def ours(kind: str) -> str:
    """A published kind of penalty under its name in 行政处罚法第九条."""
    return "其他行政处罚" if kind.startswith(("限期", "责令")) else kind


def on_file(facts: Facts, one: Run) -> dict[str, object]:
    """The same things as the documents of the case have them."""
    papers = {kind: held[-1].fields for kind, held in one.main.papers.items()}
    decision = papers.get("penalty_decision") or papers["no_penalty_decision"]
    penalties = rows(one.main.paper("penalty_decision"), "penalties")
    amounts = {kind: sum(row["amount"] for row in penalties if row["kind"] == kind) for kind in MONEY_KINDS}
    cited = {
        *rows(one.main.paper("penalty_decision"), "penalty_basis"),
        *rows(one.paper("investigation_report"), "violated"),
    }
    return {
        "region": one.main.region[:2],
        "fine": amounts["罚款"],
        "gains": amounts["没收违法所得"],
        "value of the goods": amounts["没收非法财物"],
        "kinds": {row["kind"] for row in penalties},
        "number": decision["number"],
        "number of the notice": papers.get("advance_notice", {}).get("number"),
        "number of the correction": papers["correction_order"]["number"],
        "correction": papers["correction_order"]["content"],
        "articles": cited & set(facts.basis),
        "source": papers["lead_record"]["source"],
        "service": papers.get("decision_service", {}).get("method"),
        "time to pay": one.main.clocks["pay"].length if "pay" in one.main.clocks else None,
    }


def rows(paper: Paper | None, name: str) -> list[Any]:
    """The entries of a list in a document; none if there is no such document."""
    value = paper.fields[name] if paper else []
    assert isinstance(value, list)
    return value


@pytest.mark.parametrize("id_", [id_ for id_, facts in published().items() if facts.raw.get("fine_cn")])
def test_a_fine_reads_in_capitals_as_it_was_published(id_: str) -> None:
    written = str(case(id_).raw["fine_cn"]).removesuffix("整")

    ours = capital_money(parse_money(str(case(id_).fine))).removesuffix("整")

    # One decision writes 拾陆万 where the standard form has 壹拾陆万.
    assert written in (ours, ours.removeprefix("壹"))


def test_the_party_is_of_the_published_kind() -> None:
    kinds = {"法人": "organisation", "个体": "sole_trader", "自然": "citizen", "机关": "agency"}

    for id_ in RUN:
        named = str(case(id_).raw["party_type"])
        party = run(id_).main.party

        assert party is not None
        assert named == "不详" or party.kind.value == kinds[named[:2]]


# ---- filing days that were not published ------------------------------------------------------------------


def test_a_filing_not_published_lies_where_it_leaves_ninety_days_to_the_decision() -> None:
    first, last = case("R17").day("inspection"), case("R17").day("test_report")
    shown = case("R17").day("published")
    decided = workday(shown, -USUAL_PUBLICATION_DAYS)

    assert filing_day(first, last, decided) == first + timedelta(days=1)
    assert later(first, DECISION_DAYS) == decided - timedelta(days=1)
    with pytest.raises(ValueError, match="没有一日立案"):
        filing_day(first, first, decided)


def test_derived_from_r17_filed_on_the_day_of_the_inspection_the_decision_is_a_day_late() -> None:
    scenario, filed = upto(walk("R17"), "publish"), case("R17").day("inspection")
    early = (but(labelled(scenario, label), filed) for label in ("file_case", "begin_investigation"))

    one = perform(instead(scenario, *early))

    assert one.complaints == []
    assert one.late() == {"decision": "行政处罚法第六十条"}


def test_derived_from_r29_filed_after_fifteen_working_days_without_an_extension_is_late() -> None:
    scenario = upto(walk("R29"), "begin_investigation")

    one = perform(without(scenario, "extend_filing"))

    assert one.last.step.on == case("R29").day("filing") > workday(case("R29").day("complaint_received"), 15)
    assert one.late() == {"filing": "行政处罚法第五十四条第二款"}
    assert perform(scenario).late() == {}


def test_r01_opened_on_its_inspection_is_a_case_of_the_law_before() -> None:
    desk, day = run("R01").desk, case("R01").day("inspection")

    opened = desk.open(
        flow="penalty.general", agency="jia", title="R01", party=None, on=day, by=["filer"], late_reason="补录"
    )  # fmt: skip

    assert opened.case.flow == BEFORE


def test_derived_from_r01_an_inspection_from_before_the_filing_cannot_be_taken_as_a_step_of_the_case() -> (
    None
):
    day = case("R01").day("inspection")
    record = {
        "kind": "现场检查", "started": f"{day}T09:30:00", "ended": f"{day}T11:00:00", "place": "当事人处",
        "certificates": labelled(walk("R02"), "take_sample").documents["sampling_record"]["certificates"],
        "presence": "当事人在场", "found": "擅自改变原材料", "signature": "当事人签名",
    }  # fmt: skip
    late = act("inspect_site", day, "investigator_a", "investigator_b", inspection_record=record)
    entered = late.model_copy(update={"entered": FIRST_DAY, "late_reason": "立案以前由分局检查"})

    answer = refused(perform(upto(walk("R01"), "collect_evidence", entered)))

    assert codes(answer) == {"date", "statement_after_filing"}


def test_derived_from_r01_a_discretion_standard_is_no_basis_of_a_penalty() -> None:
    standard = {"penalty_basis": ["湖南省环境保护行政处罚裁量权基准第一条"]}
    step = but(labelled(walk("R01"), "propose_penalty"), penalty_proposal=standard)

    answer = refused(perform(upto(walk("R01"), "propose_penalty", step)), "行政处罚法第十六条")

    assert "湖南省环境保护行政处罚裁量权基准" in case("R01").raw["basis"]
    assert codes(answer) == {"basis_proposed_lawful"}


# ---- publication -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", ["R03", "R17", "R28", "R29"])
@pytest.mark.parametrize("beyond", [0, 1])
def test_derived_from_r03_r17_r28_r29_published_a_working_day_after_the_limit_is_late(
    id_: str, beyond: int
) -> None:
    limit = PUBLICATION_DAYS.get(case(id_).sector, USUAL_PUBLICATION_DAYS)
    scenario = upto(walk(id_), "close_performed")
    day = workday(labelled(scenario, "decide_penalty").on, limit + beyond)
    record = {"published_on": day, "until": later(day, 365)}

    one = perform(instead(scenario, but(labelled(walk(id_), "publish"), day, publication_record=record)))

    assert one.complaints == []
    assert one.late() == ({"publish": "行政处罚法第四十八条第一款"} if beyond else {})


def test_r17_was_published_on_the_last_day_of_the_limit() -> None:
    decided = labelled(walk("R17"), "decide_penalty").on

    assert case("R17").day("published") == workday(decided, USUAL_PUBLICATION_DAYS)


def test_derived_from_r28_shown_a_day_less_than_three_months_is_refused() -> None:
    until = case("R28").day("publish_until") - timedelta(days=1)
    step = but(labelled(walk("R28"), "publish"), publication_record={"until": until})

    answer = refused(
        perform(upto(walk("R28"), "publish", step)), "市场监督管理行政处罚信息公示规定第十三条第一款"
    )

    assert codes(answer) == {"shown_from_publication"}


# ---- notice and hearing ------------------------------------------------------------------------------------


def test_derived_from_r34_a_decision_before_the_time_for_asking_a_hearing_is_over_is_refused() -> None:
    day = workday(labelled(walk("R34"), "serve_notice").on, 5)
    decision = but(labelled(walk("R34"), "decide_penalty"), day, penalty_decision={"decided_on": day})

    answer = refused(
        perform(upto(walk("R34"), "submit_review", decision)),
        "行政处罚法第六十三条第一款", "行政处罚法第六十四条第一款第一项",
    )  # fmt: skip

    assert {"hearing_settled", "defence_settled"} <= codes(answer)


def test_derived_from_r34_on_the_day_after_the_time_for_asking_a_hearing_it_may_be_decided() -> None:
    decided = workday(labelled(walk("R34"), "serve_notice").on, 6)

    one = perform(scenario_of(case("R34"), RUN["R34"].but(decided=decided)))

    assert one.complaints == []
    assert one.main.acts["decide_penalty"].on == decided


def test_derived_from_r28_a_decision_without_a_notice_is_refused() -> None:
    scenario = upto(walk("R28"), "serve_notice", labelled(walk("R28"), "decide_penalty"))

    answer = refused(perform(scenario), "行政处罚法第四十四条", "行政处罚法第六十二条")

    assert "state" in codes(answer)


def test_derived_from_r28_a_notice_after_the_decision_cannot_be_put_before_it() -> None:
    scenario, decided = walk("R28"), case("R28").day("decision")
    told = workday(decided, 1)
    until = {"advance_notice": {"defence_until": workday(told, 5)}, "notice_service": {"served_on": told}}
    entered = {"entered": workday(told, 1), "late_reason": "先作出决定, 后送达告知书"}
    decision = labelled(scenario, "decide_penalty").model_copy(update=entered)

    one = perform(
        upto(scenario, "serve_notice", but(labelled(scenario, "serve_notice"), told, **until), decision)
    )

    answer = refused(one, "行政处罚法第六十二条")
    assert f"办理日期{decided}" in str(answer)
    assert "办理日期不得早于它所依据的环节" in str(answer)


@pytest.mark.parametrize("ahead", [6, 7])
def test_derived_from_r34_a_hearing_is_called_seven_working_days_ahead_and_not_six(ahead: int) -> None:
    told = labelled(walk("R34"), "serve_notice").on
    asked = workday(told, 2)
    request = act(
        "request_hearing", asked, "notifier",
        hearing_request={"applicant": "某公司", "manner": "当面提交", "requested_on": asked, "signature": "某公司盖章"},
    )  # fmt: skip
    notice = {
        "number": "某听通〔2024〕1号", "held_on": workday(asked, ahead), "time": "上午九时", "place": "会议室",
        "chair": "chair", "recorder": "recorder", "open": "公开", "told": "某公司", "recusal": "已告知",
    }  # fmt: skip
    service = {"method": "直接送达", "served_on": asked, "receiver": "某公司签收"}
    call = act("call_hearing", asked, "notifier", hearing_notice=notice, hearing_notice_service=service)

    one = perform(upto(walk("R34"), "submit_review", request, call))

    if ahead == 7:
        assert one.main.state == "hearing_called"
    else:
        assert codes(refused(one, "行政处罚法第六十四条第一款第二项")) == {"hearing_notified_ahead"}


# ---- the ninety days, service, preserved evidence ---------------------------------------------------------


@pytest.mark.parametrize(("day", "late"), [(90, {}), (91, {"decision": "行政处罚法第六十条"})])
def test_derived_from_r02_a_decision_on_the_ninety_first_day_is_late(day: int, late: dict[str, str]) -> None:
    decided = later(labelled(walk("R02"), "file_case").on, day)
    step = but(labelled(walk("R02"), "decide_penalty"), decided, penalty_decision={"decided_on": decided})

    one = perform(upto(walk("R02"), "decide_penalty", step))

    assert one.complaints == []
    assert one.late() == late


@pytest.mark.parametrize("short", [0, 1])
def test_derived_from_r47_service_by_announcement_is_not_a_day_short(short: int) -> None:
    step = labelled(walk("R47"), "serve_decision")
    day = step.on - timedelta(days=short)

    one = perform(upto(walk("R47"), "serve_decision", but(step, day, decision_service={"served_on": day})))

    if short:
        assert codes(refused(one, "行政处罚法第六十一条")) == {"decision_served"}
    else:
        assert one.main.state == "performing"


@pytest.mark.parametrize(("day", "late"), [(7, {}), (8, {"disposal": "行政处罚法第五十六条"})])
def test_derived_from_r42_preserved_evidence_is_late_when_decided_on_the_eighth_working_day(
    day: int, late: dict[str, str]
) -> None:
    on = workday(case("R42").day("registration_preserve"), day)

    one = perform(upto(walk("R42"), "decide_disposal", but(labelled(walk("R42"), "decide_disposal"), on)))

    assert one.complaints == []
    assert one.late() == late


def test_derived_from_r42_preserved_evidence_undecided_on_the_eighth_working_day_leads_the_list_of_duties() -> (
    None
):
    one = perform(upto(walk("R42"), "decide_disposal"))
    last = workday(case("R42").day("registration_preserve"), 7)

    before, after = (duties(one.desk.store, folder(), day, Page())[0] for day in (last, workday(last, 1)))

    assert before.name == after.name == "作出处理决定的期限"
    assert (before.passed, before.days_left) == ("", 0)
    assert (after.passed, after.days_overdue) == ("逾期", (workday(last, 1) - last).days)


def test_derived_from_r42_nothing_is_decided_while_preserved_evidence_is_undisposed_of() -> None:
    scenario = upto(walk("R42"), "decide_penalty", labelled(walk("R42"), "decide_penalty"))

    answer = refused(perform(without(scenario, "decide_disposal", "settle")), "行政处罚法第五十六条")

    assert codes(answer) == {"child"}


# ---- the court, three years after R23 ---------------------------------------------------------------------

SERVED = date(2022, 3, 28)
SUIT_OVER = date(2022, 9, 28)
WINDOW_OVER = date(2022, 12, 28)


def near_r23(applied: date) -> Run:
    """R23 three years later: decided and served on 28 March, urged in September, the court asked on a day."""
    scenario = scenario_of(case("R23").moved(3), TRANSPOSED["R23"])
    urged = date(2022, 9, 5)
    notice = {
        "number": "某催〔2022〕1号", "amount": "10972元", "obligations": "退还土地, 拆除, 缴纳罚款", "period": "十日内",
        "manner": "缴至指定银行", "rights_told": ["陈述", "申辩"], "surcharge": "5486元", "window_after": SUIT_OVER,
        "made_on": urged,
    }  # fmt: skip
    service = {"method": "直接送达", "served_on": urged, "receiver": "当事人签收"}
    application = {
        "number": "某申执〔2022〕1号", "court": "某人民法院", "subject": "退还土地, 拆除, 罚款", "amount": "10972元",
        "materials": ["强制执行申请书", "行政决定书及作出决定的事实、理由和依据", "当事人的意见及催告情况", "申请强制执行标的情况"],
        "signed_by": "head", "seal": "金华市自然资源和规划局", "applied_on": applied,
    }  # fmt: skip
    more = (
        act("urge", urged, "executor", urging_notice=notice, urging_service=service),
        act("apply_to_court", applied, "head", court_application=application),
    )
    return perform(scenario.model_copy(update={"step": (*scenario.step, *more)}))


def test_the_dates_of_r23_are_those_of_its_transposition_three_years_before() -> None:
    facts = case("R23").moved(3)

    assert (facts.day("decision"), facts.day("court_application")) == (
        SERVED,
        WINDOW_OVER - timedelta(days=1),
    )
    assert (later(SERVED, 184), later(SUIT_OVER, 91)) == (SUIT_OVER, WINDOW_OVER)
    assert near_r23(WINDOW_OVER).paper("penalty_decision").fields["number"] == case("R23").raw["doc"]


@pytest.mark.parametrize(
    "applied", [SUIT_OVER + timedelta(days=1), WINDOW_OVER - timedelta(days=1), WINDOW_OVER]
)
def test_derived_from_r23_the_court_is_asked_in_time_up_to_the_last_day_of_three_months(
    applied: date,
) -> None:
    one = near_r23(applied)

    assert one.complaints == []
    assert one.main.state == "court_applied"
    assert one.late() == {}


@pytest.mark.parametrize(
    ("applied", "why"),
    [
        (SUIT_OVER, f"法定期限至{SUIT_OVER}届满"),
        (WINDOW_OVER + timedelta(days=1), f"应在{SUIT_OVER + timedelta(days=1)}至{WINDOW_OVER}之间申请"),
    ],
)
def test_derived_from_r23_the_court_is_asked_neither_before_the_time_for_suit_is_over_nor_after_three_months(
    applied: date, why: str
) -> None:
    answer = refused(near_r23(applied), "行政强制法第五十三条")

    assert codes(answer) == {"in_court_window"}
    assert why in str(answer)


# ---- amounts -----------------------------------------------------------------------------------------------


def in_henan(facts: Facts) -> Facts:
    return Facts({**facts.raw, "region": "河南"})


@pytest.mark.parametrize("facts", [case("R53"), in_henan(case("R53"))], ids=["四川", "河南"])
def test_derived_from_r53_the_hearing_must_be_offered_on_98000(facts: Facts) -> None:
    scenario = scenario_of(facts, RUN["R53"])
    step = but(labelled(scenario, "serve_notice"), advance_notice={"rights_told": ["陈述申辩"]})

    answer = refused(perform(upto(scenario, "serve_notice", step)), "行政处罚法第六十三条第一款")

    assert codes(answer) == {"hearing_right_told"}


def test_derived_from_r53_98000_is_not_yet_major_in_henan() -> None:
    one = perform(scenario_of(in_henan(case("R53")), RUN["R53"].but(filed_as_major=False)))

    assert one.complaints == []
    assert one.main.state == "finished"
    assert (one.child("major_filing"), one.main.paper("discussion_record")) == (None, None)


def test_derived_from_r53_100000_is_major_in_henan() -> None:
    plan = RUN["R53"].but(penalties=fine("10万元"))
    alone = scenario_of(in_henan(case("R53")), plan)
    answer = refused(
        perform(upto(alone, "decide_penalty", labelled(alone, "decide_penalty"))),
        "行政处罚法第五十七条第二款",
    )

    together = perform(scenario_of(in_henan(case("R53")), plan.but(discussed=True)))

    assert codes(answer) == {"discussed_if_major"}
    assert together.complaints == []
    assert (filed := together.child("major_filing")) is not None
    assert filed.state == "filed"


R25 = scenario_of(case("R25").moved(5), TRANSPOSED["R25"])
PARTS = [
    {"kind": "其他行政处罚", "content": "责令退还土地"},
    {"kind": "罚款", "amount": "22746.2元"},
    {"kind": "罚款", "amount": "30405.44元"},
]


def told_in_parts(decided: str) -> Scenario:
    """R25 with the two parts of its fine proposed and told, and a round sum decided."""
    return instead(
        R25,
        but(labelled(R25, "propose_penalty"), penalty_proposal={"penalties": PARTS}),
        but(labelled(R25, "serve_notice"), advance_notice={"penalties": PARTS}),
        but(
            labelled(R25, "decide_penalty"),
            penalty_decision={"penalties": [PARTS[0], {"kind": "罚款", "amount": decided}]},
        ),
    )


def test_derived_from_r25_the_parts_of_a_fine_and_its_rounded_sum_are_kept_to_the_fen() -> None:
    one = perform(told_in_parts("53151元"))

    told, decided = (
        rows(one.paper("advance_notice"), "penalties"),
        rows(one.paper("penalty_decision"), "penalties"),
    )
    assert one.complaints == []
    assert [row.get("amount") for row in told] == [None, 2274620, 3040544]
    assert (
        [row.get("amount") for row in decided]
        == [None, parse_money(str(case("R25").fine))]
        == [None, 5315100]
    )


def test_derived_from_r25_rounding_up_is_heavier_than_what_was_told() -> None:
    scenario = told_in_parts("53152元")

    answer = refused(
        perform(upto(scenario, "decide_penalty", labelled(scenario, "decide_penalty"))),
        "行政处罚法第四十五条第二款",
    )

    assert codes(answer) == {"not_heavier_than_told", "decided_as_discussed"}
    assert "53,151.64元增加到53,152.00元" in str(answer)


def test_derived_from_r25_a_fen_short_is_not_paid() -> None:
    paid = labelled(R25, "record_payment").documents["payment_receipt"]["payments"]
    short = but(
        labelled(R25, "record_payment"), payment_receipt={"payments": [{**paid[0], "amount": "53150.99元"}]}
    )

    answer = refused(perform(instead(upto(R25, "archive"), short)), "行政处罚法第六十六条第一款")

    assert codes(answer) == {"paid"}


def test_the_days_of_a_walk_lie_in_the_order_of_the_procedure() -> None:
    for id_, plan in RUN.items():
        days = days_of(case(id_), plan)
        acts = [day for day, _, _ in days.acts]

        assert days.lead <= days.filed <= min([*acts, days.concluded])
        assert max([*acts, days.filed]) <= days.concluded <= days.noticed < days.decided <= days.published
