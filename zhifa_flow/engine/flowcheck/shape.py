"""The shape of a flow: no state nobody reaches, none nobody leaves, nothing written and never used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from zhifa_flow.engine.bindings import bind_finding, bind_guard
from zhifa_flow.engine.flowcheck.names import references
from zhifa_flow.engine.flowcheck.periods import period_problems
from zhifa_flow.engine.steps import OWN_STEPS
from zhifa_flow.model.flow import Field, Flow
from zhifa_flow.model.period import Unit

#: The machine that a flow is compiled to keeps where a case stands under this name, and takes no step of that name.
TAKEN: Final = ("state",)


class Named(Protocol):
    """Whatever people call by a name."""

    @property
    def name(self) -> str:
        """The Chinese name."""
        ...


def shape_problems(flow: Flow) -> list[str]:
    """Every flaw of shape; asked only of a flow whose names all exist."""
    return [
        *_target_problems(flow),
        *_same_name_problems(flow),
        *_reach_problems(flow),
        *_length_problems(flow),
        *period_problems(flow),
        *_deemed_problems(flow),
        *_flag_problems(flow),
        *_document_problems(flow),
        *_order_problems(flow),
    ]


def _target_problems(flow: Flow) -> list[str]:
    problems = []
    happening = {deadline.then for deadline in flow.deadline.values()}
    for key, step in flow.transition.items():
        if bool(step.target) == step.stays:
            problems.append(
                f"transition.{key}: 应当写明 target(去向) 或者 stays = true(不改变状态), 二者只取其一"
            )
        if not step.source or not (step.by or key in happening):
            problems.append(f"transition.{key}: source(从何状态) 和 by(由谁办理) 都不能为空")
        problems += [
            f"transition.{key}: 终结状态“{flow.state[state].name}”不能再办理"
            for state in step.source
            if flow.state[state].end
        ]
    return problems


def _same_name_problems(flow: Flow) -> list[str]:
    """Names are typed by people: two things that answer to one name in one place cannot be told apart."""
    forms = {f"document.{key}": kind.field for key, kind in flow.document.items()}
    forms |= {f"{where}.{key}": one.columns for where, form in forms.items() for key, one in form.items()}
    problems = [f"document.{key}: 与其他文书同名“{name}”" for key, name in _repeated(flow.document)]
    problems += [
        f"{where}.{key}: 与其他项同名“{name}”"
        for where, form in forms.items()
        for key, name in _repeated(form)
    ]
    for state in flow.state:
        here = {key: flow.transition[key] for key in flow.triggers_from(state)}
        problems += [f"transition.{key}: 在“{state}”与其他流转同名“{name}”" for key, name in _repeated(here)]
    problems += [
        f"transition.{key}: 这个名称留给“{name}”, 请改用其他名称"
        for key, name in OWN_STEPS.items()
        if key in flow.transition
    ]
    problems += [
        f"transition.{key}: 这个名称系统另有用处, 请改用其他名称" for key in TAKEN if key in flow.transition
    ]
    return list(dict.fromkeys(problems))


def _repeated(entries: Mapping[str, Named]) -> list[tuple[str, str]]:
    names = [one.name for one in entries.values()]
    return [(key, one.name) for key, one in entries.items() if one.name in names[: list(entries).index(key)]]


def _reach_problems(flow: Flow) -> list[str]:
    arrows = [
        (state, flow.target_of(key, state)) for key, step in flow.transition.items() for state in step.source
    ]
    reached = _closure([flow.initial], arrows)
    ending = _closure([key for key, state in flow.state.items() if state.end], [(b, a) for a, b in arrows])
    problems = [
        f"state.{key}: 从“{flow.state[flow.initial].name}”到不了" for key in flow.state if key not in reached
    ]
    problems += [f"state.{key}: 从这里走不到任何办结状态" for key in flow.state if key not in ending]
    return problems


def _closure(begin: Iterable[str], arrows: Iterable[tuple[str, str]]) -> set[str]:
    ways: dict[str, list[str]] = {}
    for here, there in arrows:
        ways.setdefault(here, []).append(there)
    seen = set(begin)
    queue = list(seen)
    while queue:
        for there in ways.get(queue.pop(), ()):
            if there not in seen:
                seen.add(there)
                queue.append(there)
    return seen


def _deemed_problems(flow: Flow) -> list[str]:
    """What happens by law when a period ends is nobody's act, and needs nobody's documents."""
    problems = []
    for key, deadline in flow.deadline.items():
        if deadline.expiry == "deemed" and not deadline.then:
            problems.append(f'deadline.{key}: expiry = "deemed" 的, 应当以 then 写明期满依法发生何环节')
        step = flow.transition[deadline.then] if deadline.then else None
        if step and (step.by or step.documents or step.optional):
            problems.append(
                f"deadline.{key}.then: “{step.name}”随期限届满自动发生, 不由人员办理(by), 也不提交文书"
            )
    return problems


def _length_problems(flow: Flow) -> list[str]:
    problems = []
    for key, deadline in flow.deadline.items():
        if bool(deadline.table) == bool(deadline.length and deadline.unit):
            problems.append(f"deadline.{key}: 应当写明 length 和 unit, 或者 table, 二者只取其一")
        if deadline.unit is Unit.HOUR and (deadline.pauses or deadline.extension):
            problems.append(f"deadline.{key}: 以小时计的期限不能扣除(pauses)或者延长(extension)")
    for key, step in flow.transition.items():
        if step.extends and flow.deadline[step.extends.deadline].extension is None:
            problems.append(f"transition.{key}: 期限“{step.extends.deadline}”没有写明如何延长(extension)")
    return problems


def _flag_problems(flow: Flow) -> list[str]:
    raised = {flag for step in flow.transition.values() for flag in step.raises}
    problems = [f"flag.{key}: 没有任何流转使其发生(raises)" for key in flow.flag if key not in raised]
    for key, flag in flow.flag.items():
        lowering = [name for name, step in flow.transition.items() if key in step.lowers]
        stopped = [
            name for name in lowering if (name not in flag.allows if flag.allows else name in flag.blocks)
        ]
        if lowering and stopped == lowering:
            problems.append(f"flag.{key}: 解除它的流转({'、'.join(lowering)})被它自己禁止, 永远不能解除")
    return problems


def _document_problems(flow: Flow) -> list[str]:
    made = {kind for step in flow.transition.values() for kind in (*step.documents, *step.optional)}
    problems = []
    for key, document in flow.document.items():
        if document.carried == (key in made):
            what = "标明由主案带来(carried), 却又由流转提交" if document.carried else "没有任何流转提交"
            problems.append(f"document.{key}: {what}")
        problems += _field_problems(f"document.{key}", document.field)
    arrows = [(key, name) for key, document in flow.document.items() for name in document.binds]
    return problems + [
        f"document.{key}: 所依据的文书(binds)绕回自身, 永远不能核对一致"
        for key, document in flow.document.items()
        if key in _closure(document.binds, arrows)
    ]


def _field_problems(where: str, fields: Mapping[str, Field]) -> list[str]:
    problems = []
    for name, field in fields.items():
        here = f"{where}.field.{name}"
        if field.type in ("choice", "choices") and not field.of:
            problems.append(f"{here}: 类型 {field.type} 须写明 of(可选内容)")
        if (field.type == "rows") != bool(field.columns):
            problems.append(f"{here}: 类型 rows 须写明 columns(各列), 其他类型不能写")
        if field.role and field.type not in ("officer", "officers"):
            problems.append(f"{here}: 只有 officer 和 officers 可以写明 role(角色)")
        problems += _field_problems(here, field.columns)
    return problems


def unused_problems(flow: Flow) -> list[str]:
    """What is written and never used; asked only of a flow whose names all exist."""
    used: dict[str, set[str]] = {section: set() for section in ("guard", "finding", "role", "child")}
    for where, section, name in references(flow):
        # A role that others are barred for, but in which nobody ever acts, bars nobody.
        if section in used and not (section == "role" and where.startswith("role.")):
            used[section].add(name)
    for name in flow.guard:
        used["finding"].update(bind_guard(flow, name).findings)
    for name in flow.finding:
        used["finding"].update(bind_finding(flow, name).findings)
    return [
        f"{section}.{name}: 写了但没有任何地方用到"
        for section, names in used.items()
        for name in getattr(flow, section)
        if name not in names
    ]


def _order_problems(flow: Flow) -> list[str]:
    """Orders that ask for nothing and so hold of everything."""
    return [
        f"order.{key}: 没有写明要求: must(办过的流转)、over(届满的期限)、ended(办结的附随程序)、settled(处理完毕的附随程序)、least(人数)至少写一项"
        for key, order in flow.order.items()
        if not (order.must or order.over or order.ended or order.settled or order.least)
    ]
