"""Documents on file held against the forms of another version: whether they could be on file there as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhifa_flow.engine.turns import Turn
from zhifa_flow.model.case import Paper
from zhifa_flow.model.flow import DocumentKind, Field, Flow
from zhifa_flow.model.step import Refusal


def paper_refusals(old: Flow, new: Flow, turn: Turn) -> Iterator[Refusal]:
    """What of the documents of a step the new version does not know, does not take with it, or misses."""
    step, transition = turn.step, new.transition[turn.step.trigger]
    handed = {paper.kind for paper in step.papers}
    for kind in transition.documents:
        if kind not in handed:
            form = new.document[kind]
            yield Refusal("document", f"新版本应当提交《{form.name}》, 案卷中没有", "", form.basis, form.gap)
    for paper in step.papers:
        name = f"《{old.document[paper.kind].name}》"
        if paper.kind not in (*transition.documents, *transition.optional):
            yield Refusal("document", f"新版本不收{name}")
        else:
            yield from _form_refusals(old.document[paper.kind], new.document[paper.kind], new, paper, name)


def carried_refusals(old: Flow, new: Flow, papers: Mapping[str, tuple[Paper, ...]]) -> Iterator[Refusal]:
    """What of the documents that came with the opening of a side case the new version does not take over."""
    for kind in papers:
        form = new.document.get(kind)
        if form is None or not form.carried:
            yield Refusal("document", f"新版本不接收由主案带来的《{old.document[kind].name}》")


def held_refusals(old: Flow, new: Flow, papers: Mapping[str, tuple[Paper, ...]]) -> Iterator[Refusal]:
    """What of the documents on file cannot be read in the new forms. What these ask besides was not asked then."""
    for kind, held in papers.items():
        name = f"《{old.document[kind].name}》"
        form = new.document.get(kind)
        if form is None or form.repeatable != old.document[kind].repeatable:
            yield Refusal("document", f"新版本没有{name}, 或者份数不同, 案卷不能照搬")
            continue
        for paper in held:
            for problem in _field_problems(
                old.document[kind].field, form.field, paper.fields, name, ask=False
            ):
                yield Refusal("document", problem, "", form.basis, form.gap)


def _form_refusals(
    old: DocumentKind, new: DocumentKind, flow: Flow, paper: Paper, name: str
) -> Iterator[Refusal]:
    if old.repeatable != new.repeatable:
        yield Refusal(
            "document", f"新版本的{name}{'可以有多份' if new.repeatable else '只能有一份'}, 案卷不能照搬"
        )
    if unbound := [kind for kind in new.binds if kind not in paper.bound]:
        names = "、".join(f"《{flow.document[kind].name}》" for kind in unbound)
        yield Refusal(
            "document", f"新版本的{name}应当锁定{names}的内容, 作出时没有锁定", "", new.basis, new.gap
        )
    if new.number and not paper.fields.get("number"):
        yield Refusal("document", f"{name}没有文号", "", new.basis, new.gap)
    for problem in _field_problems(old.field, new.field, paper.fields, name):
        yield Refusal("document", problem, "", new.basis, new.gap)


def _field_problems(
    old: Mapping[str, Field],
    new: Mapping[str, Field],
    content: Mapping[str, object],
    name: str,
    ask: bool = True,
) -> Iterator[str]:
    for key in content:
        if ask and key in old and key not in new:
            yield f"新版本的{name}没有“{old[key].name}”一项"
    for key, form in new.items():
        value = content.get(key)
        if value is None or value in ([], ""):
            if form.required and ask:
                yield f"{name}没有填写新版本要求的“{form.name}”"
        elif key in old:
            yield from _value_problems(old[key], form, value, f"{name}的“{form.name}”", ask)


def _value_problems(old: Field, new: Field, value: object, where: str, ask: bool) -> Iterator[str]:
    if (old.type, old.role) != (new.type, new.role):
        yield f"{where}在新版本中类型或者角色不同"
        return
    entries = value if isinstance(value, list) else [value]
    if ask and len(entries) < new.least:
        yield f"{where}新版本要求至少{new.least}项, 案卷中有{len(entries)}项"
    if ask and new.of and (others := [str(entry) for entry in entries if entry not in new.of]):
        yield f"{where}写的是“{'、'.join(others)}”, 新版本没有这一选项"
    for row in entries:
        if new.columns and isinstance(row, Mapping):
            yield from _field_problems(old.columns, new.columns, row, where, ask)
