"""The mandate (职权依据): whether an agency may open a case of a flow for a matter of its list on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from zhifa_flow.model.errors import close_names
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.statute import Rank, StatuteIndex
from zhifa_flow.model.step import Refusal

#: How many matters a refusal names.
_SHOWN: Final = 5


def mandate_refusals(
    name: str, matters: Sequence[Matter], flow: Flow, on: date, statutes: StatuteIndex
) -> list[Refusal]:
    """Every reason why no case of this flow may be opened on the day; ``name`` is the code or name of the matter.

    ``matters`` are those of the agency. An agency that has entered no list of this kind of power may open cases
    without naming a matter; one that has may not.
    """
    matter = matter_named(name, matters)
    if matter is not None:
        return list(_against(matter, flow, on, statutes))
    of_kind = [one for one in matters if one.power.chinese == flow.action and one.listed_on_day(on)]
    if name:
        known = [text for one in matters for text in (one.code, one.name)]
        near = close_names(name, known)
        hint = f", 是否指: {'、'.join(near)}" if near else ""
        return [Refusal("matter", "不在本机关权责清单上的职权, 不得行使", f"清单中没有“{name}”{hint}")]
    if of_kind:
        listed = "、".join(f"{one.code} {one.name}" for one in of_kind[:_SHOWN])
        more = f" 等{len(of_kind)}项" if len(of_kind) > _SHOWN else ""
        return [Refusal("matter", "本机关登记了权责清单, 登记案件应当写明事项", f"可以写: {listed}{more}")]
    return []


def matter_named(name: str, matters: Sequence[Matter]) -> Matter | None:
    """The matter of that code or name, None if there is none."""
    return next((one for one in matters if name and name.strip() in (one.code, one.name)), None)


def _against(matter: Matter, flow: Flow, on: date, statutes: StatuteIndex) -> Iterator[Refusal]:
    if on < matter.listed_on:
        yield Refusal("matter", "该事项尚未列入权责清单", f"自{matter.listed_on}起列入, 登记日期{on}")
    elif not matter.listed_on_day(on):
        yield Refusal("matter", "该事项已从权责清单取消", f"至{matter.removed_on}止, 登记日期{on}")
    if flow.id not in matter.flows:
        found = f"“{matter.name}”依{'、'.join(matter.flows)}办理, 不能依{flow.id}({flow.name})"
        yield Refusal("matter", "事项与流程不符", found)
    gone = lapsed(matter, on, statutes)
    if len(gone) == len(matter.basis):
        found = "; ".join(f"{article}: {problem}" for article, problem in gone.items())
        yield Refusal("matter", "该事项的实施依据已经失效, 不得再据以办理", found, tuple(gone))


def lapsed(matter: Matter, on: date, statutes: StatuteIndex) -> Mapping[str, str]:
    """The articles of its basis that do not hold on the day, each with what is wrong."""
    problems = {one.article: statutes.problems(one.citation, on) for one in matter.basis}
    return {article: "; ".join(found) for article, found in problems.items() if found}


def matter_problems(
    matter: Matter, flows: Mapping[str, Flow], ranks: Mapping[str, Sequence[Rank]], statutes: StatuteIndex
) -> list[str]:
    """What cannot stand of a matter beside the flows and the statutes; ``flows`` by id, ``ranks`` by kind of power."""
    return [
        *_flow_problems(matter, flows),
        *_rank_problems(matter, ranks.get(matter.power.chinese, ()), statutes),
        *(
            f"实施依据{article}: {problem}"
            for article, problem in lapsed(matter, matter.listed_on, statutes).items()
        ),
    ]


def _flow_problems(matter: Matter, flows: Mapping[str, Flow]) -> Iterator[str]:
    for id_ in matter.flows:
        flow = flows.get(id_)
        if flow is None or flow.side:
            near = close_names(id_, [key for key, one in flows.items() if not one.side])
            yield f"没有流程“{id_}”" + (f", 是否指: {'、'.join(near)}" if near else "")
        elif flow.action != matter.power.chinese:
            yield f"流程{id_}办理的是{flow.action}, 不是{matter.power.chinese}"
    known = [flows[id_] for id_ in matter.flows if id_ in flows]
    stages = {stage.name: stage.post for flow in known for stage in flow.stage.values()}
    for duty in matter.duties if stages else ():
        if duty.stage not in stages:
            yield f"责任事项“{duty.stage}”不是流程的环节, 流程的环节是: {'、'.join(stages)}"
        elif stages[duty.stage] and duty.post != stages[duty.stage]:
            yield f"环节“{duty.stage}”由{stages[duty.stage]}负责, 不是{duty.post}"
    missing = [name for name in stages if name not in {duty.stage for duty in matter.duties}]
    if missing:
        yield f"责任事项没有写明环节: {'、'.join(missing)}"


def _rank_problems(matter: Matter, admitted: Sequence[Rank], statutes: StatuteIndex) -> Iterator[str]:
    """A power has to rest on a text that may found one of its kind (职权法定)."""
    found = [one.rank for ground in matter.basis for one in statutes.versions(ground.citation.statute)]
    if found and admitted and not any(rank in admitted for rank in found):
        of = "、".join(dict.fromkeys(rank.chinese for rank in found))
        may = "、".join(rank.chinese for rank in admitted)
        yield f"{matter.power.chinese}的实施依据只有{of}, 应当有{may}"
