"""The hash chain of a case: each step's hash covers its content and the hash of the step before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

from zhifa_flow.engine.digest import digest
from zhifa_flow.model.case import Paper
from zhifa_flow.model.step import Step

#: What a step says itself, apart from its documents and its own hash.
_SAID = tuple(each.name for each in fields(Step) if each.name not in ("papers", "digest"))


def sealed(step: Step, previous: str) -> Step:
    """The step with its place in the chain."""
    return replace(step, previous=previous, digest=step_digest(replace(step, previous=previous)))


def step_digest(step: Step) -> str:
    """The hash of a step: of everything it says, of its documents by their hashes, and of the step before."""
    content = {name: getattr(step, name) for name in _SAID}
    papers = [(paper.kind, paper.digest) for paper in step.papers]
    return digest({**content, "papers": papers, "digest": ""})


def paper_digest(paper: Paper) -> str:
    """The hash of a document: kind, day, makers, content and what it was bound to.

    The kind is the one under which it was made, so that the hash is the same wherever it is handed on to.
    """
    return digest(
        {
            "kind": paper.origin or paper.kind,
            "on": paper.on,
            "by": paper.by,
            "fields": paper.fields,
            "bound": paper.bound,
        }
    )


def broken_links(steps: Iterable[Step], names: Mapping[str, str] | None = None) -> list[str]:
    """Every place where the chain does not hold, in Chinese; empty if it is whole. ``names``: of kinds of documents."""
    called = names or {}
    problems, previous, expected = [], "", 0
    for step in steps:
        place = f"案件{step.case}第{step.seq}步"
        if step.seq != expected:
            problems.append(f"{place}: 缺少第{expected}步")
        if step.previous != previous:
            problems.append(f"{place}: 与上一步的摘要不衔接")
        if step_digest(step) != step.digest:
            problems.append(f"{place}: 内容与摘要不符")
        problems += [
            f"{place}: 文书“{called.get(paper.kind, paper.kind)}”的内容与摘要不符"
            for paper in step.papers
            if paper_digest(paper) != paper.digest
        ]
        # The number of the step is no part of a document's hash, for a child case carries the document on.
        problems += [
            f"{place}: 文书“{called.get(paper.kind, paper.kind)}”标为第{paper.seq}步所作"
            for paper in step.papers
            if paper.seq != step.seq
        ]
        previous, expected = step.digest, step.seq + 1
    return problems
