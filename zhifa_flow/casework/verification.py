"""Verification (核验): whether every case of a store is what its steps say, and nothing has been changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from zhifa_flow.casework.attachments import attachments_of
from zhifa_flow.casework.inventory import Inventory
from zhifa_flow.casework.lawsince import read_today
from zhifa_flow.casework.ports import Flows, Store, Work
from zhifa_flow.engine.chain import broken_links
from zhifa_flow.engine.deadlines import OPEN
from zhifa_flow.engine.situation import Law
from zhifa_flow.engine.steps import replayed, versions
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import ZhifaError
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.party import Party
from zhifa_flow.model.step import Step

#: So many cases are looked through in one transaction: a longer one would keep the store from tidying up.
STRETCH: Final = 100

#: What the parts of a case are called where they do not agree with its steps.
PARTS: Final = {
    "agency": "执法机关", "region": "地区", "sector": "领域", "flow": "流程版本", "title": "案由", "party": "当事人",
    "state": "所处环节", "revision": "步数", "head": "末步摘要", "opened_on": "登记日期",
    "entered_state_on": "进入环节的日期", "last_on": "最近办理日期", "ended": "是否办结", "parent": "主案",
    "relation": "与主案的关系", "flow_digest": "流程内容的摘要", "matter": "权责清单的事项", "papers": "案卷文书", "acts": "已办环节", "acted": "经办人员", "flags": "情形",
    "clocks": "期限",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verified:
    """One case looked through: how many steps and attachments it has, and every problem as a Chinese sentence.

    At the end stands one without a case: what belongs to none, such as the registers with their ``registrations``.
    ``notices`` are worth knowing and no problems.
    """

    case: str
    steps: int
    attachments: int
    problems: tuple[str, ...]
    notices: tuple[str, ...] = ()
    registrations: int = 0


def verify(store: Store, flows: Flows, law: Law) -> Iterator[Verified]:
    """Look through every case of the store, one after the other, and then at what belongs to none; nothing is changed.

    For each case: the chain of its steps is whole, its documents bear their hashes, replaying the steps gives the
    case on file, its main case and the side cases it opened are there, some register knows its matter, what it was
    handed is a document of its main case, its attachments are there and unaltered; the flow and the dated tables that
    it was judged by say to it what they said then; what the store keeps to find it by agrees with it. For the store:
    every number that was given is borne by a case, no row belongs to none, the
    registers are what their history says. Whoever owns the whole store can make all of it anew from the start: that
    is seen only by who has kept a head elsewhere.

    Raises:
        StoreError: the store as a whole cannot be read.
    """
    # A document that is handed on to a side case is looked at once.
    attachment_problem = lru_cache(1024)(store.attachment_problem)
    inventory = Inventory.taken(store)
    last = ""
    while True:
        with store.read() as work:
            ids = list(islice(work.case_ids(last), STRETCH))
            found = [_verified(work, flows, law, id_, inventory, attachment_problem) for id_ in ids]
        yield from found
        if len(ids) < STRETCH:
            break
        last = ids[-1]
    notices = tuple(inventory.notices())
    yield Verified("", 0, 0, inventory.problems(), notices, inventory.registrations)


def _verified(
    work: Work, flows: Flows, law: Law, id_: str, inventory: Inventory,
    attachment_problem: Callable[[str], str | None],
) -> Verified:  # fmt: skip
    problems: list[str] = []
    steps: Sequence[Step] = ()
    inventory.account(id_, ())
    try:
        steps = work.steps(id_)
        problems += _chain_problems(flows, id_, steps)
        case = work.case(id_)
        assert case is not None, "the id was read in the same transaction"
        problems += _kin_problems(work, case, steps)
        problems += inventory.mandate_problems(case)
        problems += work.case_faults(case)
        flow = flows.compiled(case.flow).flow
        problems += _replay_problems(flows, flow, case, steps) if steps else []
        problems += _handed_problems(work, flow, case, steps)
        problems += _rule_problems(flows, law, case, steps)
    except ZhifaError as error:
        problems += (f"案件{id_}: {problem}" for problem in error.problems)
        return Verified(id_, len(steps), 0, tuple(problems))
    kept = {
        value
        for step in steps
        for paper in step.papers
        for value in attachments_of(flow, paper.kind, paper.fields)
    }
    inventory.account(id_, kept)
    wrong = (problem for digest in sorted(kept) if (problem := attachment_problem(digest)))
    problems += (f"案件{id_}: {problem}" for problem in wrong)
    notices = (
        *inventory.entered_after_the_case(case, steps),
        *inventory.entered_after_the_act(case, steps),
        *read_today(flow, law, case, steps),
    )
    return Verified(id_, len(steps), len(kept), tuple(problems), notices)


def _chain_problems(flows: Flows, id_: str, steps: Sequence[Step]) -> list[str]:
    if not steps:
        return [f"案件{id_}: 没有办案记录"]
    broken = broken_links(steps)
    if not broken:
        return []
    try:
        flow = flows.compiled(str(steps[0].opening.get("flow", ""))).flow
    except ZhifaError:  # that the flow is gone is a problem of its own
        return broken
    return broken_links(steps, {kind: document.name for kind, document in flow.document.items()})


def _kin_problems(work: Work, case: Case, steps: Sequence[Step]) -> Iterator[str]:
    if case.parent and work.case(case.parent) is None:
        yield f"案件{case.id}: 主案{case.parent}不在库中"
    for step in steps:
        for opened in step.opened:
            child = work.case(opened.case)
            if child is None:
                yield f"案件{case.id}第{step.seq}步: 所启动的附随案件{opened.case}不在库中"
            elif (child.parent, child.relation) != (case.id, opened.rule):
                yield f"案件{case.id}第{step.seq}步: 所启动的附随案件{opened.case}没有记明本案为主案"
    known = {opened.case for step in steps for opened in step.opened}
    for child in work.children(case.id):
        if child.id not in known:
            yield f"案件{child.id}: 主案{case.id}的办案记录中没有启动本案"


def _handed_problems(work: Work, flow: Flow, case: Case, steps: Sequence[Step]) -> Iterator[str]:
    """Documents with which a side case began that its main case never held: under whatever name, they are the same."""
    if not case.parent or not steps or work.case(case.parent) is None:
        return
    held = {paper.digest for step in work.steps(case.parent) for paper in step.papers}
    for paper in steps[0].papers:
        if paper.digest not in held:
            known = flow.document.get(paper.kind)
            name = known.name if known else paper.kind
            yield f"案件{case.id}: 由主案带来的《{name}》, 主案{case.parent}没有这一份"


def _rule_problems(flows: Flows, law: Law, case: Case, steps: Sequence[Step]) -> Iterator[str]:
    judged = versions(steps)
    said = dict.fromkeys([(case.flow, case.flow_digest), *((ref, digest) for _, ref, digest in judged)])
    for ref, digest in said:
        if ref and digest != flows.compiled(ref).digest:
            yield f"案件{case.id}: 流程文件({ref})的内容与登记时不同"
    for step, ref, _ in judged:
        if step.rules != law.rules(flows.compiled(ref or case.flow).tables, step.on):
            yield f"案件{case.id}第{step.seq}步: 办理时所依据的数据表, 内容与现在的不同"


def _replay_problems(flows: Flows, flow: Flow, case: Case, steps: Sequence[Step]) -> Iterator[str]:
    try:
        added_up = replayed(lambda ref: flows.compiled(ref).flow, steps)
    except (ZhifaError, LookupError, ValueError, TypeError):
        # Steps that were forged can say anything; what they are is told by the chain.
        yield f"案件{case.id}: 办案记录不能按{flow.ref}重放"
        return
    for one in fields(Case):
        on_file, expected = getattr(case, one.name), getattr(added_up, one.name)
        if on_file != expected:
            what = _difference(_names(flow, one.name), on_file, expected)
            yield f"案件{case.id}: {PARTS.get(one.name, one.name)}与办案记录不一致({what})"


def _names(flow: Flow, part: str) -> Mapping[str, str]:
    """What the keys of a part of a case are called in its flow."""
    known: Mapping[str, Mapping[str, Any]] = {
        "state": flow.state, "papers": flow.document, "acts": flow.transition, "clocks": flow.deadline,
        "flags": flow.flag, "acted": flow.role,
    }  # fmt: skip
    opened = {OPEN: "登记"} if part == "acts" else {}
    return opened | {key: one.name for key, one in known.get(part, {}).items()}


def _difference(names: Mapping[str, str], on_file: object, expected: object) -> str:
    if isinstance(on_file, Mapping) and isinstance(expected, Mapping):
        keys = dict.fromkeys((*expected, *on_file))
        return "、".join(names.get(key, str(key)) for key in keys if on_file.get(key) != expected.get(key))
    if isinstance(on_file, Party) or isinstance(expected, Party):
        return "内容不同"  # who a party is does not belong in a report
    was, should = (names.get(str(value), _said(value)) for value in (on_file, expected))
    return f"案件记为“{was}”, 按记录应为“{should}”"


def _said(value: object) -> object:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else "无" if value is None else value
