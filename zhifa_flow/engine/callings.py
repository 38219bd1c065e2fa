"""What the parts of a flow are called when they are told to people: by their Chinese names, never by their keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from zhifa_flow.engine.registry import (
    ChildName,
    DeadlineName,
    DocumentName,
    FieldPath,
    FindingName,
    FlagName,
    Registered,
)
from zhifa_flow.engine.steps import step_name
from zhifa_flow.model.flow import Deadline, Flow, Moves
from zhifa_flow.model.period import Unit

#: In which section of the file an argument of this kind is named.
_SECTIONS: Final[Mapping[object, str]] = {
    FindingName: "finding", DeadlineName: "deadline", FlagName: "flag", ChildName: "child",
}  # fmt: skip


def order_text(flow: Flow, key: str) -> str:
    """A statutory order as a sentence."""
    order = flow.order[key]
    when = f"{flow.finding[order.when].name}的, " if order.when else ""
    after = f"在{_either(flow, order.after)}之后、" if order.after else ""
    asked = [f"{_either(flow, order.must)}{after}应当已经办理"] if order.must else []
    asked += [f"{_over(flow, one)}应当已经届满" for one in order.over]
    asked += [f"附随程序“{flow.child[one].name}”应当已经办结" for one in order.ended]
    settled = dict.fromkeys(one.partition(".")[0] for one in order.settled)
    asked += [f"附随程序“{flow.child[one].name}”应当已经处理完毕" for one in settled]
    before = _either(flow, order.before)
    said = [f"{before}之前, {'; '.join(asked)}"] if asked else []
    said += [f"{before}的办理人不得少于{order.least}人"] if order.least else []
    return when + "; ".join(said)


def _either(flow: Flow, keys: Iterable[str]) -> str:
    return "或者".join(f"“{step_name(flow, key)}”" for key in keys)


def _over(flow: Flow, name: str) -> str:
    return written(flow, name) if "." in name else f"“{flow.deadline[name].name}”"


def written(flow: Flow, path: str) -> str:
    """A document ("document"), or a field of it ("document.field"); a number has no field of its own."""
    kind, dot, name = path.partition(".")
    field = flow.document[kind].field.get(name)
    return f"《{flow.document[kind].name}》" + (f"的“{field.name if field else '文号'}”" if dot else "")


def length(deadline: Deadline) -> str:
    """How long a limit is, or which table says so."""
    return str(deadline.fixed_length or f"依数据表{deadline.table}")


def ground(basis: Iterable[str], gap: str) -> str:
    """The articles, and where the law is silent."""
    return "; ".join(part for part in ("、".join(basis), f"法律没有规定: {gap}" if gap else "") if part)


def called_with(flow: Flow, registered: Registered, args: Mapping[str, object]) -> str:
    """A check or rule with its arguments, these by their Chinese names."""
    said = (f"{key}={_value(flow, registered.parameters[key].kind, value)}" for key, value in args.items())
    return f"{registered.name}({', '.join(said)})"


def _value(flow: Flow, kind: object, value: object) -> str:
    return "、".join(_called(flow, kind, str(one)) for one in (value if isinstance(value, list) else [value]))


def _called(flow: Flow, kind: object, text: str) -> str:
    """What an argument names, as people call it; what lies in other flows keeps its key."""
    if kind is DocumentName or kind is FieldPath:
        return written(flow, text)
    if kind is Unit:
        return Unit(text).chinese
    section = _SECTIONS.get(kind)
    return f"“{getattr(flow, section)[text].name}”" if section else text


def until(flow: Flow, moves: Moves) -> str:
    """The deadline whose last day is set, and the field that says to which."""
    return f"{flow.deadline[moves.deadline].name}, 至{written(flow, moves.until)}"


def papers(flow: Flow, kinds: Iterable[str]) -> str:
    """Kinds of document by their names."""
    return "".join(f"《{flow.document[kind].name}》" for kind in kinds)


def steps(flow: Flow, keys: Iterable[str]) -> str:
    """Steps by their names."""
    return listed(step_name(flow, key) for key in keys)


def listed(words: Iterable[str]) -> str:
    """Words with 、 between them."""
    return "、".join(words)
