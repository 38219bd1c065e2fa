"""Publishing (发布): the chain of what was published, and what stands against publishing a version or using it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.digest import digest, rules_digest
from zhifa_flow.model.publication import Publication
from zhifa_flow.model.table import Table

_MEND = "已发布的版本不得改动: 请恢复原文件; 要修改的, 另立施行日期不同的新版本文件, 检查后发布"


class Hand(NamedTuple):
    """Who publishes which file (by its SHA-256), how the register names them, why, on which legal day and moment (UTC)."""

    file: str
    by: str
    signed: str
    reason: str
    on: date
    at: datetime


class Validity(NamedTuple):
    """From when to when a version says that it is in force; without an end it holds until the next one begins."""

    ref: str
    first: date
    last: date | None


def published(
    before: Sequence[Publication], compiled: Compiled, tables: Mapping[str, Table], hand: Hand
) -> Publication:
    """The publication that comes next."""
    said = {
        **hand._asdict(), "ref": compiled.flow.ref, "flow": compiled.digest,
        "tables": rules_digest(tables, compiled.tables, hand.on), "effective_to": compiled.flow.effective_to,
        "previous": before[-1].digest if before else "",
    }  # fmt: skip
    unsealed = Publication.model_validate({**said, "digest": "0" * 64})
    return unsealed.model_copy(update={"digest": publication_digest(unsealed)})


def publication_digest(one: Publication) -> str:
    """The hash of everything that a publication says."""
    return digest(one.model_dump(mode="json", exclude={"digest"}))


def chain_problems(entries: Iterable[Publication]) -> Iterator[str]:
    """Every place where the chain of publications does not hold, in Chinese; none if it is whole."""
    previous = ""
    seen: set[str] = set()
    for place, one in enumerate(entries, start=1):
        where = f"第{place}条({one.ref})"
        if one.previous != previous:
            yield f"{where}: 与上一条的摘要不衔接, 中间有发布记录被删除、改动或者调换"
        if publication_digest(one) != one.digest:
            yield f"{where}: 内容与摘要不符, 发布记录被改动"
        if one.ref in seen:
            yield f"{where}: 同一版本发布了两次"
        seen.add(one.ref)
        previous = one.digest


def overlap_problems(validities: Iterable[Validity]) -> list[str]:
    """Versions of one flow of which both say that they are in force on the same day."""
    by_flow: dict[str, list[Validity]] = {}
    for one in sorted(validities, key=lambda each: (each.ref, each.first)):
        by_flow.setdefault(one.ref.partition("@")[0], []).append(one)
    problems = [
        f"{one.ref}: 施行期间止于{one.last}, 早于其施行日期{one.first}"
        for versions in by_flow.values()
        for one in versions
        if one.last and one.last < one.first
    ]
    return problems + [
        f"{earlier.ref}写明施行至{earlier.last}, 与自{later.first}起施行的{later.ref}施行期间重叠"
        for versions in by_flow.values()
        for earlier, later in pairwise(versions)
        if earlier.last and earlier.last >= later.first
    ]


def altered_problems(known: Publication | None, flow_digest: str) -> list[str]:
    """That a published version says something else than what was published."""
    if known is None or known.flow == flow_digest:
        return []
    said = f"内容(摘要{flow_digest[:12]}…)与{known.on}由{known.by}发布的(摘要{known.flow[:12]}…)不同"
    return [f"{said}; {_MEND}"]


def again_problems(known: Publication | None, flow_digest: str) -> list[str]:
    """Why a version that is published already is not published once more."""
    if known is None:
        return []
    same = [f"{known.ref}已于{known.on}由{known.by}发布, 内容没有变动, 不必再次发布"]
    return altered_problems(known, flow_digest) or same


def table_notices(known: Publication, compiled: Compiled, tables: Mapping[str, Table]) -> list[str]:
    """That the tables of a published version say something else of the day of publishing by now: worth a look."""
    if rules_digest(tables, compiled.tables, known.on) == known.tables:
        return []
    return [f"所用的数据表({'、'.join(compiled.tables)})对{known.on}的规定, 与发布当日的内容不同, 请核对"]
