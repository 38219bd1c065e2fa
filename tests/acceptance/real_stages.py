"""What each stage of a published case writes down, and the whole of them as a scenario; fill-ins are marked."""

from __future__ import annotations

from datetime import date, timedelta

from tests.acceptance.real_cases import CONFISCATED_GAINS, CONFISCATED_GOODS, OTHER_PENALTY, Facts, FillIn
from tests.acceptance.real_walks import Raw, Walk, days_of, later, workday
from zhifa_flow.casework.scenarios import Scenario
from zhifa_flow.engine.clock import Roll, Unit

TEAM = ("investigator_a", "investigator_b")
SHOWN = [
    {"officer": "investigator_a", "number": "豫A-0002"},
    {"officer": "investigator_b", "number": "豫A-0003"},
]
OFFICERS: tuple[Raw, ...] = (
    {"id": "filer", "posts": ["立案岗"]},
    {"id": "investigator_a", "posts": ["调查岗"]},
    {"id": "investigator_b", "posts": ["调查岗"]},
    {"id": "reviewer", "posts": ["审查岗"]},
    {"id": "notifier", "posts": ["告知岗"]},
    {"id": "decider", "posts": ["决定岗"]},
    {"id": "server", "posts": ["送达岗"]},
    {"id": "executor", "posts": ["执行岗"]},
    {"id": "legal", "posts": ["法制审核岗"], "legal_qualification": True},
    {"id": "chair", "posts": ["听证主持岗"]},
    {"id": "recorder", "posts": ["综合岗"]},
    {"id": "head", "head": True},
    {"id": "chief", "chief": True},
    {"id": "deputy", "head": True},
)
#: Steps of the investigation that a published step names, where no published date says when.
NAMED = {
    "inspect_site": ("检查", "勘", "稽查", "查获", "监察"),
    "take_statement": ("询问",),
    "take_sample": ("采样",),
}


def scenario_of(facts: Facts, plan: FillIn) -> Scenario:
    """The case as a walk through the ordinary procedure, in the order of its days."""
    walk = Walk(facts, plan, days_of(facts, plan))
    file_case(walk)
    investigate(walk)
    if "不予" in str(facts.raw.get("doc_kind")):
        let_off(walk)
    else:
        punish(walk)
        publish(walk)
        if walk.major:
            report(walk)
        if plan.changed_to:
            change(walk)
        if plan.state == "finished":
            perform(walk)
            close(walk, "close_performed", "履行完毕")
    return as_scenario(walk)


def as_scenario(walk: Walk) -> Scenario:
    """The steps in the order of their days, with the people and agencies they need."""
    facts = walk.facts
    kind, name = facts.party
    region = facts.region
    raw = {
        "schema": "zhifa-scenario/1", "flow": "penalty.general@2021-07-15", "title": f"{facts.id} {walk.violation}",
        "region": region, "sector": facts.sector, "opened": walk.days.lead,
        "agency": {"name": facts.organ, "level": facts.level, "superior": "superior", "justice_office": "justice"},
        "party": {"kind": kind, "name": name}, "officer": [{"name": one["id"], **one} for one in OFFICERS],
        "other_agency": [
            {"id": "superior", "name": "上级主管部门", "region": region, "sector": facts.sector, "level": "province"},
            {"id": "justice", "name": "同级司法局", "region": region, "sector": "司法行政", "level": facts.level},
        ],
        "step": sorted(walk.steps, key=lambda step: step["on"]),
    }  # fmt: skip
    return Scenario.model_validate(raw)


def file_case(walk: Walk) -> None:
    """登记线索, 立案."""
    facts, days = walk.facts, walk.days
    lead = {
        "source": facts.source or walk.plan.source, "received_on": days.lead, "clue": walk.violation,
        "grave": "尚未查明",
    }  # fmt: skip
    walk.take("register_lead", days.lead, "filer", lead_record=lead)
    if facts.sector == "市场监管" and days.filed > workday(days.lead, 15):
        approval = {"rule": "市场监督管理行政处罚程序规定", "reasons": "投诉举报的事实需要进一步核查"}
        walk.take("extend_filing", workday(days.lead, 14), "head", extension_approval=approval)
    filing = {
        "number": f"某立〔{days.filed.year}〕1号", "facts": walk.violation, "violated": walk.violated,
        "jurisdiction": "违法行为发生地在本地", "standard": "有违法事实, 属于本机关职权, 在追责期限内",
    }  # fmt: skip
    walk.take(
        "file_case", days.filed, "head", filing_approval=filing, assignment={"investigators": list(TEAM)}
    )
    walk.take("begin_investigation", days.filed, *TEAM)


def investigate(walk: Walk) -> None:
    """Published acts on their days; acts that are only named, and what the procedure asks for, filled in."""
    days = walk.days
    published = {step for _, step, _ in days.acts}
    elsewhere = {"inspect_site"} if "inspection" in walk.facts.dates else set()
    missing = [
        step for step, words in NAMED.items() if walk.facts.says(*words) and step not in published | elsewhere
    ]
    acts = sorted([*((day, step) for day, step, _ in days.acts), *((days.filed, step) for step in missing)])
    for day, step in acts:
        _act(walk, step, day)
    last = acts[-1][0] if acts else days.filed
    entry = {"kind": "书证", "name": "有关材料", "collected_on": last, "how": "当事人提供, 核对无异"}
    walk.take("collect_evidence", last, *TEAM, evidence_entry={**entry, **walk.written("evidence_entry")})
    if "order_correction" not in published:
        _act(walk, "order_correction", last)
    ended = {"act_on": days.lead, "act_end": days.lead} | _act_days(walk)
    report: Raw = {
        "facts": walk.violation, **ended, "grave": "否", "violated": walk.violated, "crime": "没有发现",
        "capacity": "没有发现异常" if walk.natural else "不是自然人", "suggestion": "建议依法处理",
        "authors": list(TEAM), **({"party_age": 40} if walk.natural else {}),
    }  # fmt: skip
    row = {
        "kind": "勘验笔录、现场笔录", "name": "现场笔录", "source": "执法人员收集", "proves": walk.violation,
        "verified_by": "investigator_a", "verified_on": days.concluded, "verified": "查证属实",
        "verified_how": "与其他证据相互印证",
    }  # fmt: skip
    walk.take(
        "conclude_investigation",
        days.concluded,
        *TEAM,
        investigation_report=report,
        evidence_list={"items": [row]},
    )


def _act_days(walk: Walk) -> Raw:
    days = walk.written("investigation_report")
    if list(days) == ["act_end"]:
        return {"act_on": days["act_end"], **days}
    return days


def _act(walk: Walk, step: str, day: date) -> None:
    made: Raw = {
        "started": f"{day}T09:30:00",
        "ended": f"{day}T11:00:00",
        "certificates": SHOWN,
        "signature": "当事人签名",
    }
    if step == "inspect_site":
        record = {
            **made,
            "kind": "现场检查",
            "place": "当事人处",
            "presence": "当事人在场",
            "found": walk.violation,
        }
        walk.take(step, day, *TEAM, inspection_record=record)
    elif step == "take_statement":
        record = {
            **made,
            "person": "张某",
            "relation": "当事人",
            "place": walk.facts.organ,
            "content": walk.violation,
        }
        walk.take(step, day, *TEAM, interview_record=record)
    elif step == "take_sample":
        record = {
            "item": "样品",
            "quantity": "一份",
            "sampled_on": day,
            "certificates": SHOWN,
            "method": "依规范",
            "signature": "当事人签名",
        }
        walk.take(step, day, *TEAM, sampling_record=record)
    elif step == "receive_appraisal":
        asked = {
            "number": f"某委〔{day.year}〕1号",
            "body": "某监测站",
            "question": "是否超标",
            "expected": day,
        }
        walk.take("commission_appraisal", walk.days.filed, *TEAM, appraisal_commission=asked)
        opinion = {"body": "某监测站", "received_on": day, "opinion": "超标", "told_party": "已告知当事人"}
        walk.take(step, day, *TEAM, appraisal_opinion=opinion)
    elif step == "preserve_evidence":
        _preserve(walk, day)
    elif step == "order_correction":
        _order_correction(walk, day)


def _order_correction(walk: Walk, day: date) -> None:
    told = "、".join(walk.facts.raw.get("ancillary", ()))
    order = {
        "number": walk.facts.raw.get("correction_doc") or f"某责改〔{day.year}〕1号",
        "kind": "责令限期改正" if "限期" in told else "责令改正", "content": told or "改正违法行为", "receiver": "当事人签收",
    }  # fmt: skip
    walk.take("order_correction", day, *TEAM, correction_order=order)


def _preserve(walk: Walk, day: date) -> None:
    """Approved, preserved and, within seven working days, disposed of."""
    name, number, notice = walk.plan.goods, f"某存批〔{day.year}〕1号", f"某存〔{day.year}〕1号"
    approval = {"number": number, "risk": "可能被转移", "items": name}
    walk.take("approve_preservation", day, "head", preservation_approval=approval)
    preserved = {
        "number": notice, "approval": number, "preserved_on": day, "place": "当事人处", "keeper": "当事人",
        "items": [{"name": name, "quantity": "全部", "feature": "原包装"}], "officers": list(TEAM), "party_sign": "当事人签名",
    }  # fmt: skip
    walk.take("preserve_evidence", day, *TEAM, preservation_notice=preserved)
    decided = workday(day, 5)
    disposal = {
        "number": f"某存处〔{day.year}〕1号", "notice": notice, "reasons": "系违法经营的物品",
        "items": [{"name": name, "disposal": "随处罚决定依法没收"}],
    }  # fmt: skip
    walk.take("decide_disposal", decided, "head", in_="evidence", disposal_decision=disposal)
    settled = {
        "items": [{"name": name, "quantity": "全部", "result": "继续保管至处罚决定", "receiver": "某仓库"}],
        "handled_on": decided, "officers": list(TEAM), "party_sign": "当事人签名",
    }  # fmt: skip
    walk.take("settle", decided, *TEAM, in_="evidence", settlement_list=settled)


def let_off(walk: Walk) -> None:
    """不予处罚: proposed, decided, served, closed."""
    days = walk.days
    proposal = {"facts": walk.violation, "reasons": "违法行为轻微并已改正", "drafters": ["reviewer"]}
    walk.take("propose_no_penalty", days.noticed, "head", no_penalty_proposal=proposal)
    decision = {
        "number": walk.number, "party_name": walk.facts.party[1], "facts": walk.violation,
        "grounds": ["违法行为轻微并及时改正且没有造成危害后果"], "law": walk.basis, "support": "没有投产, 已经停止建设",
        "remedies": "六十日内申请行政复议, 六个月内提起行政诉讼", "organ": walk.facts.organ, "seal": walk.facts.organ,
        "decided_on": days.decided,
    }  # fmt: skip
    education = {"educated_on": days.decided, "content": "环境影响评价制度", "receiver": "某公司负责人"}
    walk.take(
        "decide_no_penalty", days.decided, "head", no_penalty_decision=decision, education_record=education
    )
    walk.take("serve_no_penalty", days.decided, "server", no_penalty_service=_service(days.decided))
    close(walk, "close_no_penalty", "不予处罚决定已送达")


def _service(day: date) -> Raw:
    return {"method": "直接送达", "served_on": day, "receiver": "当事人签收"}


def punish(walk: Walk) -> None:
    """Proposed, told, reviewed (and discussed), decided, served; nobody answers the notice."""
    days, penalties = walk.days, list(walk.penalties)
    proposal = {
        "facts": walk.violation, "penalties": penalties, "penalty_basis": walk.basis, "discretion": "某地裁量基准: 一般",
        "reasons": walk.facts.raw.get("discretion") or "没有从重情节", "mitigation": ["没有"], "complex": "否",
        "major": "是" if walk.plan.discussed else "否", "public_interest": "否", "technical": "否", "hearing_wanted": "否",
        "prior_fine": "没有发现已被罚款", "other_search": "按名称和地址检索本机关案件, 没有发现", "drafters": ["reviewer"],
    }  # fmt: skip
    walk.take("propose_penalty", days.noticed, "head", penalty_proposal=proposal)
    told = {
        "number": walk.notice_number, "facts": walk.violation, "reasons": "违反有关规定", "penalties": penalties,
        "penalty_basis": walk.basis, "rights_told": ["陈述申辩", "听证"], "defence_until": workday(days.noticed, 5),
        "organ": walk.facts.organ,
    }  # fmt: skip
    walk.take(
        "serve_notice", days.noticed, "notifier", advance_notice=told, notice_service=_service(days.noticed)
    )
    reviewed = workday(days.noticed, 6)
    walk.take(
        "submit_review", reviewed, "reviewer", review_submission={"materials": "案卷", "triggers": "拟处罚"}
    )
    opinion = {
        "number": f"某法审〔{reviewed.year}〕1号", "competence": "合法", "procedure": "合法", "evidence": "充分",
        "law": "适当", "papers": "完备", "crime": "没有发现", "opinion": "同意",
    }  # fmt: skip
    walk.take("pass_review", reviewed, "legal", legal_review=opinion)
    if walk.discussed:
        record = {
            "held_on": days.decided,
            "members": ["chief", "head"],
            "recorder": "沈某",
            "opinions": "一致同意",
            "penalties": penalties,
        }
        walk.take("hold_discussion", days.decided, "chief", discussion_record=record)
    walk.take("decide_penalty", days.decided, "chief", penalty_decision=decision_of(walk))
    serve(walk)


def decision_of(walk: Walk) -> Raw:
    """The decision, with the numbers, amounts and articles that were published."""
    fined = {"collector": "某银行某支行", "surcharge_told": "逾期每日按罚款数额的百分之三加处罚款"}
    return {
        "number": walk.number, "party_name": walk.facts.party[1], "party_address": "某县某路1号",
        "violation": walk.violation, "facts": walk.violation, "evidence": [{"name": "现场笔录"}], "penalties": list(walk.penalties),
        "penalty_basis": walk.basis, "discretion": "某地裁量基准: 一般", "defence_answer": "没有提出陈述申辩",
        "performance": "自收到决定书之日起十五日内", "remedies": ["行政复议", "行政诉讼"],
        "reconsideration": "本级人民政府, 六十日内", "lawsuit": "某人民法院, 六个月内", "organ": walk.facts.organ,
        "seal": walk.facts.organ, "decided_on": walk.days.decided, **(fined if "罚款" in walk.kinds else {}),
    }  # fmt: skip


def serve(walk: Walk) -> None:
    """Handed over when announced; by announcement where that was published."""
    day = walk.days.decided
    if "公告送达" not in walk.facts.raw.get("service", ""):
        walk.take("serve_decision", day, "server", decision_service=_service(day))
        return
    announced = workday(day, 3)
    served = later(announced, 30)
    service = {
        "method": "公告送达", "served_on": served, "receiver": "无人签收", "announced_on": announced,
        "announce_reason": "其他方式无法送达",
    }  # fmt: skip
    walk.take("serve_decision", served, "server", decision_service=service)


def publish(walk: Walk) -> None:
    """公开, with what must not be seen of a natural person left out."""
    day, decided = walk.days.published, walk.days.decided
    review = {
        "decision": walk.number, "reviewer": ["reviewer"], "reviewed_on": decided,
        "items": [{"content": "处罚决定", "secret": "不涉及", "action": "公开"}],
        "masked": ["身份证件号码", "住址"] if walk.natural else ["没有需要隐去的"], "conclusion": "可以公开",
    }  # fmt: skip
    walk.take("review_secrecy", decided, "reviewer", in_="publication", secrecy_review=review)
    record = {
        "decision": walk.number, "published_on": day, "platforms": ["本机关门户网站"], "address": "检索编号1",
        "abstract": walk.violation, "until": later(decided, 1, Unit.YEAR),
    }  # fmt: skip
    shown = {**record, **walk.written("publication_record")}
    walk.take("publish", day, "decider", in_="publication", publication_record=shown)


def report(walk: Walk) -> None:
    """重大行政处罚备案, to the two who must have it."""
    decided, day = walk.days.decided, workday(walk.days.decided, 2)
    number = f"某备〔{decided.year}〕1号"
    filing = {
        "number": number,
        "decision": walk.number,
        "facts": walk.violation,
        "review": "经法制审核",
        "hearing": "没有要求听证",
    }
    form = {
        "decision": walk.number,
        "party": walk.facts.party[1],
        "decided_on": decided,
        "major": ["其他"],
        "copy": "一份",
    }
    walk.take("prepare", day, "legal", in_="major_filing", filing_report=filing, filing_form=form)
    for whom in ("justice", "superior"):
        sent: Raw = {"recipient": whom, "sent_on": day, "report": number, "method": "直接送交"}
        submission: Raw = {f"{whom}_submission": sent}
        walk.take(f"send_to_{whom}", day, "legal", in_="major_filing", **submission)
        got: Raw = {"issuer": whom, "receipt": "收1号", "received_on": day, "receiver": "何某"}
        receipt: Raw = {f"{whom}_receipt": got}
        walk.take(f"receive_{whom}_receipt", day, "legal", in_="major_filing", **receipt)
    walk.take("complete", day, "legal", in_="major_filing", name="complete_filing")


def change(walk: Walk) -> None:
    """Reconsideration; the organ changes its decision, and what it was is declared unlawful all the same."""
    filed, changed, told = (workday(walk.days.decided, number) for number in (20, 30, 45))
    remedy = {
        "kind": "行政复议", "filed_by": "当事人", "body": "某人民政府", "act_number": "某复〔2023〕1号", "filed_on": filed,
    }  # fmt: skip
    walk.take("record_remedy", filed, "executor", remedy_filing=remedy)
    own = _voiding("本机关自行纠正决定", walk.facts.organ, "某纠〔2023〕1号", "变更", changed)
    lower = {"penalties": list(walk.plan.changed_to), "content": "罚款减少"}
    walk.take("correct_by_changing", changed, "chief", voiding_act=own, changed_penalty=lower)
    _withdraw(walk, changed, "某纠〔2023〕1号", "first")
    act = _voiding("行政复议决定", "某人民政府", "某复决〔2023〕1号", "确认违法", told)
    walk.take("declare_unlawful", told, "executor", voiding_act=act)
    _withdraw(walk, told, "某复决〔2023〕1号", "second")


def _voiding(source: str, body: str, number: str, outcome: str, day: date) -> Raw:
    return {
        "source": source, "body": body, "act_number": number, "made_on": day, "received_on": day, "outcome": outcome,
        "remake": "否", "reasons": "量罚明显不当",
    }  # fmt: skip


def _withdraw(walk: Walk, day: date, act: str, name: str) -> None:
    record = {
        "decision": walk.number, "act": act, "withdrawn_on": day,
        "platforms": [{"platform": "本机关门户网站", "address": "检索编号1"}],
    }  # fmt: skip
    reasons = {"explained_on": day, "reasons": "量罚明显不当", "address": "检索编号2"}
    walk.take(
        "take_down", day, "decider", in_="withdrawal", name=f"take_down_{name}", withdrawal_record=record
    )
    walk.take("explain", day, "decider", in_="withdrawal", name=f"explain_{name}", public_explanation=reasons)


def perform(walk: Walk) -> None:
    """Paid within fifteen days; what was confiscated or ordered is carried out and disposed of."""
    day = later(walk.days.decided, 10)
    paid = [
        {"on": day, "item": penalty["kind"], "amount": penalty["amount"], "receipt": f"票{place}"}
        for place, penalty in enumerate(walk.penalties, 1)
        if penalty["kind"] in ("罚款", CONFISCATED_GAINS)
    ]
    walk.take("record_payment", day, "executor", payment_receipt={"payments": paid, "channel": "指定的银行"})
    done = [kind for kind in walk.kinds if kind in (CONFISCATED_GOODS, OTHER_PENALTY)]
    if done:
        items = [{"kind": kind, "done_on": day, "how": "执行完毕"} for kind in done]
        walk.take("record_performance", day, "executor", performance_record={"items": items})
    if CONFISCATED_GOODS in done:
        disposed = [{"name": walk.plan.goods, "how": "依法销毁", "done_on": day}]
        walk.take("dispose_goods", day, "executor", goods_disposal={"items": disposed})


def close(walk: Walk, step: str, manner: str) -> None:
    """Closed, archived and, the day after nobody can sue any more, finished."""
    day = max(workday(walk.days.decided, 15), workday(walk.days.published, 1))
    walk.take(step, day, "head", closing_approval={"manner": manner, "summary": "已办结"})
    catalogue = {"file_number": f"卷〔{day.year}〕1号", "items": [{"name": "决定书", "pages": 3}]}
    walk.take("archive", workday(day, 5), "executor", archive_catalogue=catalogue)
    over = later(walk.days.decided, 6, Unit.MONTH, Roll.FORWARD) + timedelta(days=1)
    walk.take("finish", over, "executor", finish_record={"checked": "没有复议、诉讼"})
