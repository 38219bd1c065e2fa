"""A published case laid out in time: the published dates as they are, lawful days for every stage between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.acceptance.real_cases import (
    BELONGS,
    OTHER_PENALTY,
    Facts,
    FillIn,
    Penalty,
)
from tests.acceptance.stage import law
from zhifa_flow.engine.clock import Direction, Length, Roll, Unit, due
from zhifa_flow.model.penalty import MONEY_KINDS

Raw = dict[str, Any]

#: 行政处罚法第六十条.
DECISION_DAYS = 90
#: 国办发〔2018〕118号; 市场监督管理行政处罚信息公示规定第九条.
PUBLICATION_DAYS = {"市场监管": 20}
USUAL_PUBLICATION_DAYS = 7


def workday(day: date, number: int) -> date:
    """The working day so many working days after a day, or before it; the day itself for none."""
    if number == 0:
        return day
    direction = Direction.AFTER if number > 0 else Direction.BEFORE
    return due(day, Length(abs(number), Unit.WORKDAY), law().calendar, direction=direction).date


def later(day: date, number: int, unit: Unit = Unit.DAY, roll: Roll = Roll.NONE) -> date:
    """The last day of a period that began on a day."""
    return due(day, Length(number, unit), law().calendar, roll=roll).date


def filing_day(first: date, last: date, decided: date) -> date:
    """The first day from ``first`` to ``last`` from which a filing leaves ninety days to the decision.

    Raises:
        ValueError: there is none, so that the published dates cannot all be lawful.
    """
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    for day in days:
        if later(day, DECISION_DAYS) >= decided:
            return day
    raise ValueError(f"{first}至{last}之间没有一日立案可以在{decided}以前九十日内")


@dataclass(frozen=True)
class Days:
    """On which day each stage of a walk falls; ``acts`` are the published acts of the investigation in order."""

    lead: date
    filed: date
    acts: tuple[tuple[date, str, str], ...]
    concluded: date
    noticed: date
    decided: date
    published: date


def where(facts: Facts, plan: FillIn) -> dict[str, str]:
    """For each published date the step, or the field of a document, to which it belongs."""
    return {key: plan.where.get(key) or BELONGS[key] for key in facts.dates if key not in plan.beyond}


def days_of(facts: Facts, plan: FillIn) -> Days:
    """Days for every stage: those published, and between them working days that the law allows."""
    known = {step: facts.day(key) for key, step in where(facts, plan).items()}
    inquiry = (
        "inspect_site",
        "take_statement",
        "take_sample",
        "receive_appraisal",
        "preserve_evidence",
        "order_correction",
    )
    acts = tuple(
        sorted((facts.day(key), step, key) for key, step in where(facts, plan).items() if step in inquiry)
    )
    earliest = known.get("register_lead") or plan.lead or (acts[0][0] if acts else None)
    noticed = plan.noticed or known.get("serve_notice") or _noticed(known, acts, earliest)
    concluded = known.get("conclude_investigation") or workday(noticed, -1)
    lead = earliest or workday(concluded, -5)
    shown = plan.published or known.get("publish")
    decided = plan.decided or known.get("decide_penalty") or _decided(facts, noticed, shown)
    filed = known.get("file_case") or filing_day(lead, acts[0][0] if acts else concluded, decided)
    return Days(lead, filed, acts, concluded, noticed, decided, shown or workday(decided, 3))


def _noticed(known: Mapping[str, date], acts: tuple[tuple[date, str, str], ...], lead: date | None) -> date:
    if "conclude_investigation" in known:
        return workday(known["conclude_investigation"], 1)
    if "decide_penalty" in known:
        return workday(known["decide_penalty"], -8)
    last = acts[-1][0] if acts else lead
    assert last is not None, "a case needs a day to begin with"
    return workday(last, 5)


def _decided(facts: Facts, noticed: date, shown: date | None) -> date:
    """The first day after the time for defence and hearing from which the publication is in time."""
    heard = workday(noticed, 6)
    length = PUBLICATION_DAYS.get(facts.sector, USUAL_PUBLICATION_DAYS)
    return max(heard, workday(shown, -length)) if shown else workday(heard, 1)


@dataclass
class Walk:
    """The steps of one case as they are put together."""

    facts: Facts
    plan: FillIn
    days: Days
    steps: list[Raw] = field(default_factory=list)

    def take(self, do: str, on: date, *by: str, in_: str = "", name: str = "", **documents: Any) -> None:
        """Add a step. It is a fill-in unless a published date says that it was taken on that day."""
        places = where(self.facts, self.plan).items()
        known = any(step == do and self.facts.day(key) == on for key, step in places)
        step: Raw = {"do": do, "on": on, "by": by, "documents": documents, "fill_in": not known, "in": in_}
        self.steps.append(step | ({"id": name} if name else {}))

    def written(self, kind: str) -> Raw:
        """The published dates that stand in a field of that document."""
        places = (
            (key, place.partition(".")) for key, place in where(self.facts, self.plan).items() if "." in place
        )
        return {name: self.facts.day(key) for key, (document, _, name) in places if document == kind}

    @property
    def penalties(self) -> tuple[Penalty, ...]:
        """The penalties: those made up, else those published with their amount and content."""
        if self.plan.penalties:
            return self.plan.penalties
        named = self.facts.raw.get("penalties", ())
        return tuple(
            {"kind": "罚款", "amount": self.facts.fine}
            if kind == "罚款"
            else {"kind": OTHER_PENALTY, "content": kind}
            for kind in named
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(str(penalty["kind"]) for penalty in self.penalties)

    @property
    def basis(self) -> list[str]:
        """The articles punished by."""
        return list(self.plan.basis or self.facts.basis[-1:])

    @property
    def violated(self) -> list[str]:
        """The articles violated: those made up, and the published ones that are not punished by."""
        left = [one for one in self.facts.basis if one not in (*self.basis, *self.plan.elsewhere)]
        return list(dict.fromkeys((*self.plan.violated, *left))) or self.basis

    @property
    def number(self) -> str:
        """The number of the decision."""
        published = self.facts.raw["doc"] if "告知书" not in self.facts.raw.get("doc_kind", "") else None
        return str(published or f"某罚〔{self.days.decided.year}〕1号")

    @property
    def notice_number(self) -> str:
        published = self.facts.raw.get("notice_doc") or (
            self.facts.raw["doc"] if "告知书" in self.facts.raw.get("doc_kind", "") else None
        )
        return str(published or f"某告〔{self.days.noticed.year}〕1号")

    @property
    def natural(self) -> bool:
        return self.facts.party[0] in ("citizen", "sole_trader")

    @property
    def violation(self) -> str:
        return str(self.facts.raw["violation"])

    @property
    def major(self) -> bool:
        """Whether the decision has to be filed as a major one: outside 河南省 any money is taken for enough."""
        if self.plan.filed_as_major is not None:
            return self.plan.filed_as_major
        return any(kind in MONEY_KINDS for kind in self.kinds)

    @property
    def discussed(self) -> bool:
        """Whether the heads have to discuss it: outside 河南省 any money is taken for enough."""
        elsewhere = not self.facts.region.startswith("河南省")
        return self.plan.discussed or (elsewhere and any(kind in MONEY_KINDS for kind in self.kinds))
