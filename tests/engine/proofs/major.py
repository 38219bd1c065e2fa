"""A penalty in small: notice, hearing, legal review bound to the notice, decision, service; a way back that begins anew."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from tests.engine.builders import law
from zhifa_flow.engine.proofs.report import proof_problems
from zhifa_flow.model.flow import Flow

BASIS = ["甲法第一条"]


def _paper(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "basis": BASIS, "field": {"said": {"type": "text", "name": "内容"}}, **more}


def _guard(check: str, **args: Any) -> dict[str, Any]:
    return {"check": check, "args": args, "refusal": "不予办理", "basis": BASIS}


def _step(name: str, source: list[str], target: str | None, *documents: str, **more: Any) -> dict[str, Any]:
    way: dict[str, Any] = {"target": target} if target else {"stays": True}
    return {
        "name": name,
        "source": source,
        **way,
        "by": ["head"],
        "documents": list(documents),
        "basis": BASIS,
        **more,
    }


def _state(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "stage": "all", **more}


RAW: dict[str, Any] = {
    "schema": "zhifa-flow/1", "id": "test.major", "name": "测试处罚", "action": "行政处罚",
    "effective_from": date(2021, 7, 15), "initial": "open",
    "stage": {"all": {"name": "办理"}},
    "state": {
        "open": _state("待告知"), "told": _state("已告知"), "heard": _state("已听证"), "reviewed": _state("已审核"),
        "decided": _state("已决定"), "served": _state("已送达"), "closed": _state("已结案", end=True),
    },
    "role": {
        "head": {"name": "负责人", "head": True},
        "officers": {"name": "执法人员", "posts": ["调查岗"], "count": 2, "barred": ["head"]},
    },
    "document": {
        "notice": _paper("告知书"), "hearing": _paper("听证笔录"), "defence": _paper("陈述申辩笔录", repeatable=True),
        "review": _paper("审核意见书", binds=["notice", "hearing", "defence"]), "decision": _paper("决定书"),
        "service": _paper("送达回证"), "closing": _paper("结案表"), "waiver": _paper("放弃记录"), "order": _paper("退回书"),
    },
    "finding": {
        "major": {"name": "是否重大", "rule": "field_says", "args": {"field": "notice.said", "values": ["是"]}, "basis": BASIS},
        "heard": {"name": "是否听证", "rule": "on_file", "args": {"document": "hearing"}, "basis": BASIS},
        "review_due": {"name": "是否应当审核", "rule": "any_of", "args": {"findings": ["major", "heard"]}, "basis": BASIS},
    },
    "guard": {
        "told": _guard("present", document="notice"),
        "settled": _guard("any_present", documents=["defence", "waiver"]),
        "review_done": _guard("required_if", when="review_due", document="review"),
        "review_current": _guard("unchanged_since", document="review"),
    },
    "flag": {"stayed": {"name": "停止执行", "blocks": ["close"], "basis": BASIS}},
    "child": {
        "publication": {"name": "公开", "flow": "test.side", "when": "major", "carries": [], "holds": ["close"], "basis": BASIS},
    },
    "deadline": {
        "answer": {
            "name": "申辩期限", "starts": ["tell"], "ends": ["hear"], "length": 5, "unit": "workday", "owner": "party",
            "expiry": "may_proceed", "basis": BASIS,
        },
    },
    "order": {
        "notice": {"name": "先告知, 后处罚", "must": "tell", "before": "decide"},
        "settled": {"name": "先申辩, 后处罚", "must": ["defend", "waive"], "before": "decide"},
        "review": {"name": "先审核, 后处罚", "when": "review_due", "must": "review", "after": "hear", "before": "decide"},
        "service": {"name": "先送达, 后结案", "must": "serve", "before": "close"},
        "publication": {"name": "先公开, 后结案", "ended": ["publication"], "before": "close"},
    },
    "transition": {
        "tell": _step("告知", ["open"], "told", "notice"),
        "defend": _step("登记申辩", ["told", "heard", "reviewed"], None, "defence"),
        "waive": _step("登记放弃", ["told"], None, "waiver"),
        "hear": _step("听证", ["told"], "heard", "hearing"),
        "review": _step("审核", ["told", "heard", "reviewed"], "reviewed", "review"),
        "send_back": _step("退回", ["told", "heard", "reviewed"], "open", "order", supersedes=["notice", "hearing", "review", "waiver", "defence"]),
        "decide": _step(
            "决定", ["told", "heard", "reviewed"], "decided", "decision", opens=["publication"],
            guards=["told", "settled", "review_done", "review_current"],
        ),
        "serve": _step("送达", ["decided"], "served", "service"),
        "stay": _step("停止执行", ["served"], None, raises=["stayed"]),
        "resume": _step("恢复执行", ["served"], None, lowers=["stayed"]),
        "close": _step("结案", ["served"], "closed", "closing"),
    },
}  # fmt: skip


def raw(**changes: Mapping[str, Any]) -> dict[str, Any]:
    """The flow as its file would say it, with values of entries changed; an entry that is None is taken out."""
    changed = deepcopy(RAW)
    for section, entries in changes.items():
        for key, values in entries.items():
            if values is None:
                del changed[section][key]
            else:
                changed[section][key] = {**changed[section].get(key, {}), **values}
    return changed


def flow(**changes: Mapping[str, Any]) -> Flow:
    return Flow.model_validate(raw(**changes))


def problems(**changes: Mapping[str, Any]) -> list[str]:
    """What cannot be proven of the flow with these changes."""
    return proof_problems(flow(**changes), law().statutes)
