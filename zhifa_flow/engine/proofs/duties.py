"""Whether somebody can take each step: no role that excludes everybody, nobody bound to act in roles that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator

from zhifa_flow.model.flow import Field, Flow, Role, Transition
from zhifa_flow.model.officer import PersonnelKind


def duty_problems(flow: Flow) -> list[str]:
    """Every step for which there can be nobody, with what excludes everybody."""
    problems = []
    for key, step in flow.transition.items():
        excluded = [why for name in step.by if (why := _nobody(flow, name) or _never_both(flow, name, step))]
        if step.by and len(excluded) == len(step.by):
            problems.append(
                f"transition.{key}: 没有人能办理“{step.name}”: {'; '.join(dict.fromkeys(excluded))}"
            )
        problems += [
            f"transition.{key}: 没有人能办理“{step.name}”: {why}"
            for kind in step.documents
            for why in _nobody_named(flow, kind)
        ]
    return problems


def _nobody(flow: Flow, name: str) -> str | None:
    """Why nobody at all can act in the role."""
    role = flow.role[name]
    if name in role.barred:
        return f"“{role.name}”排除了担任过“{role.name}”的人员自己"
    kinds = {kind.value for kind in PersonnelKind}
    if role.personnel and not kinds & set(role.personnel):
        return f"“{role.name}”要求的人员性质({'、'.join(role.personnel)})名册中没有, 可用: {'、'.join(sorted(kinds))}"
    return None


def _never_both(flow: Flow, name: str, step: Transition) -> str | None:
    """Why nobody can act in the role who is named, as this step wants, in a document for another role."""
    role = flow.role[name]
    for other, where in _also(flow, step):
        one = flow.role[other]
        if other in role.barred or (name in one.barred and where in step.documents):
            return f"办理人须是《{flow.document[where].name}》写明的“{one.name}”, 而“{role.name}”与“{one.name}”互相排除"
        if role.superior is not one.superior:
            return f"“{role.name}”与《{flow.document[where].name}》写明的“{one.name}”分属本机关和上级机关, 不能是同一人"
    return None


def _also(flow: Flow, step: Transition) -> Iterator[tuple[str, str]]:
    """The other roles in which everybody who takes the step is named, with the document."""
    for name in dict.fromkeys((*flow.always, *step.guards)):
        guard = flow.guard[name]
        kind, _, field = str(guard.args.get("field", "")).partition(".")
        if guard.check == "covers_officers" and flow.document[kind].field[field].role:
            yield str(flow.document[kind].field[field].role), kind


def _nobody_named(flow: Flow, kind: str) -> Iterator[str]:
    """Why a document cannot be filled in: a field for one person names a role that wants several, or nobody."""
    document = flow.document[kind]
    for field in document.field.values():
        if field.role and field.required:
            yield from _role_problem(
                flow, flow.role[field.role], field, f"《{document.name}》的“{field.name}”"
            )


def _role_problem(flow: Flow, role: Role, field: Field, where: str) -> Iterator[str]:
    if field.type == "officer" and role.count > 1:
        yield f"{where}只能填写一人, 而“{role.name}”不得少于{role.count}人"
    if why := _nobody(flow, str(field.role)):
        yield f"{where}: {why}"
