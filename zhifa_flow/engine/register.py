"""The history of a register: the hash of each registration covers what it says and the hash of the one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC

from zhifa_flow.engine.digest import digest
from zhifa_flow.model.register import Entered, Register, Registration

_SAID = tuple(each.name for each in fields(Registration) if each.name != "digest")


@dataclass(frozen=True, slots=True)
class Link:
    """The end of a register, of which the next registration is told nothing but this."""

    number: int = 0
    digest: str = ""


def registered(
    end: Link, register: Register, id_: str, content: Mapping[str, object], entered: Entered
) -> Registration:
    """The registration that comes next.

    Raises:
        ValueError: the moment has no time zone.
    """
    if entered.at.utcoffset() is None:
        raise ValueError(f"录入时刻{entered.at}没有时区")
    at = entered.at.astimezone(UTC)
    made = Registration(register, end.number + 1, id_, at, entered.recorder, content, end.digest)
    return replace(made, digest=registration_digest(made))


def registration_digest(made: Registration) -> str:
    """The hash of everything that a registration says."""
    return digest({name: getattr(made, name) for name in _SAID})


def broken_register(history: Iterable[Registration]) -> Iterator[str]:
    """Every place where the history of a register does not hold, in Chinese; none if it is whole."""
    end = Link()
    for made in history:
        place = f"{made.register.chinese}变动记录第{made.number}条({made.id})"
        if made.number != end.number + 1:
            yield f"{place}: 缺少第{end.number + 1}条"
        if made.previous != end.digest:
            yield f"{place}: 与上一条的摘要不衔接"
        if registration_digest(made) != made.digest:
            yield f"{place}: 内容与摘要不符"
        end = Link(made.number, made.digest)
