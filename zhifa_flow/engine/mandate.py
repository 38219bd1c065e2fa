"""The mandate (职权依据): whether an agency may open a case of a flow for a matter of its list on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhifa_flow.engine.situation import Law
from zhifa_flow.model.citation import Citation
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.matter import Ground, Matter
from zhifa_flow.model.powers import PowerRow
from zhifa_flow.model.statute import Rank, StatuteIndex
from zhifa_flow.model.step import Refusal

#: How many matters a refusal names.
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Mandate:
    """The matter for which a case would be opened, None without one, and every reason against it."""

    matter: Matter | None = None
    against: tuple[Refusal, ...] = ()


def mandate(name: str, matters: Sequence[Matter], flow: Flow, on: date, law: Law) -> Mandate:
    """For which of the ``matters`` of the agency a case of this flow may be opened on the day.

    ``name`` is a code or a name. Where the list of this kind of power has begun by the day, one must be named.
    """
    power = law.powers.get(flow.action)
    named = matters_named(name, matters)
    if not named:
        return Mandate(None, tuple(_without(name.strip(), matters, flow, on, power)))
    # A name may have stood on the list before, under another code, or stand there for two kinds of power.
    fitting = [one for one in named if one.listed_on_day(on)] or named
    fitting = [one for one in fitting if flow.id in one.flows] or fitting
    if len(fitting) > 1:
        return Mandate(None, (Refusal("matter", "权责清单上有几项同名, 请写编码", _listing(fitting)),))
    return Mandate(fitting[0], tuple(_against(fitting[0], flow, on, law.statutes, power)))


def matters_named(name: str, matters: Sequence[Matter]) -> list[Matter]:
    """The matter of that code, or else those of that name."""
    wanted = name.strip()
    return [one for one in matters if one.code == wanted] or [one for one in matters if one.name == wanted]


def _without(
    name: str, matters: Sequence[Matter], flow: Flow, on: date, power: PowerRow | None
) -> Iterator[Refusal]:
    law = power.within if power else ()
    if name:
        near = close_names(name, [text for one in matters for text in (one.code, one.name)])
        hint = f", 是否指: {'、'.join(near)}" if near else ""
        found = f"清单中没有“{name}”{hint}" if matters else "本机关还没有登记权责清单"
        cure = "不属于本机关职权的, 移送有权处理的机关, 不登记为案件"
        yield Refusal("matter", "不在本机关权责清单上的职权, 不得行使", found, law, cure=cure)
        return
    # A list of which everything was taken off is still a list.
    begun = [one for one in matters if one.power.chinese == flow.action and one.listed_on <= on]
    if begun:
        listed = [one for one in begun if one.listed_on_day(on)]
        found = f"可以写: {_listing(listed)}" if listed else f"{flow.action}类的事项都已取消"
        yield Refusal("matter", f"本机关登记了{flow.action}类的权责清单, 登记案件应当写明事项", found, law)


def _listing(matters: Sequence[Matter]) -> str:
    more = f" 等{len(matters)}项" if len(matters) > _SHOWN else ""
    return "、".join(f"{one.code} {one.name}" for one in matters[:_SHOWN]) + more


def _against(
    matter: Matter, flow: Flow, on: date, statutes: StatuteIndex, power: PowerRow | None
) -> Iterator[Refusal]:
    law = power.within if power else ()
    if on < matter.listed_on:
        found = f"自{matter.listed_on}起列入, 登记日期{on}"
        yield Refusal("matter", "该事项尚未列入权责清单", found, law)
    elif not matter.listed_on_day(on):
        found = f"至{matter.removed_on}止, 登记日期{on}"
        yield Refusal("matter", "该事项已从权责清单取消", found, law)
    if flow.id not in matter.flows:
        found = f"“{matter.name}”依{'、'.join(matter.flows)}办理, 不能依{flow.id}({flow.name})"
        yield Refusal("matter", "事项与流程不符", found)
    gone = lapsed(matter, on, statutes)
    left = [one for one in matter.basis if one.article not in gone]
    if not left:
        found = "; ".join(f"{article}: {problem}" for article, problem in gone.items())
        yield Refusal("matter", "该事项的实施依据已经失效, 不得再据以办理", found, tuple(gone))
    elif gone and power and (problem := _too_low(left, power, statutes, on)):
        yield Refusal("matter", "该事项仍然有效的实施依据位阶不足", problem, power.basis, power.gap)


def lapsed(matter: Matter, on: date, statutes: StatuteIndex) -> Mapping[str, str]:
    """The articles of its basis that do not hold on the day, each with what is wrong."""
    problems = {one.article: statutes.problems(one.citation, on) for one in matter.basis}
    return {article: "; ".join(found) for article, found in problems.items() if found}


def matter_problems(matter: Matter, flows: Mapping[str, Flow], law: Law) -> list[str]:
    """What cannot stand of a matter beside the flows (the newest version by id) and the law.

    An article has to hold on some day on which the matter is listed: statutes come and go while it stays.
    """
    cited = {f"实施依据{one.article}": one.citation for one in matter.basis}
    if matter.charge_basis:
        cited[f"收费依据{matter.charge_basis}"] = Citation.parse(matter.charge_basis)
    power = law.powers.get(matter.power.chinese)
    low = _too_low(matter.basis, power, law.statutes) if power else ""
    return [
        *_flow_problems(matter, flows),
        *([low] if low else []),
        *(
            f"{what}: {problem}"
            for what, citation in cited.items()
            for problem in law.statutes.problems_within(citation, matter.listed_on, matter.removed_on)
        ),
    ]


def _flow_problems(matter: Matter, flows: Mapping[str, Flow]) -> Iterator[str]:
    fitting = []
    for id_ in matter.flows:
        flow = flows.get(id_)
        if flow is None or flow.side:
            whole = {key: one.name for key, one in flows.items() if not one.side}
            near = [key for key, name in whole.items() if name == id_] or close_names(id_, whole)
            yield f"没有流程“{id_}”" + (f", 是否指: {'、'.join(near)}" if near else "")
        elif flow.action != matter.power.chinese:
            yield f"流程{id_}办理的是{flow.action}, 不是{matter.power.chinese}"
        else:
            fitting.append(flow)
    if fitting:
        yield from _duty_problems(matter, fitting)


def _duty_problems(matter: Matter, flows: Sequence[Flow]) -> Iterator[str]:
    posts: dict[str, list[str]] = {}
    for stage in (stage for flow in flows for stage in flow.stage.values()):
        posts.setdefault(stage.name, []).extend([stage.post] if stage.post else [])
    for duty in matter.duties:
        if duty.stage not in posts:
            yield f"责任事项“{duty.stage}”不是流程的环节, 流程的环节是: {'、'.join(posts)}"
        elif posts[duty.stage] and duty.post not in posts[duty.stage]:
            yield f"环节“{duty.stage}”由{posts[duty.stage][0]}负责, 不是{duty.post}"
    given = {duty.stage for duty in matter.duties}
    if missing := [name for name in posts if name not in given]:
        yield f"责任事项没有写明环节: {'、'.join(missing)}"


def _too_low(
    grounds: Sequence[Ground], power: PowerRow, statutes: StatuteIndex, on: date | None = None
) -> str:
    """Why none of the grounds may found a power of the kind (职权法定), of any day or of one; empty where one may."""
    ranks = [rank for one in grounds for rank in _ranks(one, statutes, on)]
    if not ranks or any(rank in power.ranks for rank in ranks):
        return ""
    of, may = ("、".join(dict.fromkeys(rank.chinese for rank in each)) for each in (ranks, power.ranks))
    return f"{power.power.chinese}的实施依据只有{of}, 应当有{may}"


def _ranks(ground: Ground, statutes: StatuteIndex, on: date | None) -> list[Rank]:
    versions = statutes.versions(ground.citation.statute)
    return [one.rank for one in versions if on is None or one.in_force_on(on)]
