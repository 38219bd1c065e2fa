"""The common stock of everything that is read from a file: frozen, and nothing unknown accepted."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, Strict, StringConstraints


class Words(BaseModel):
    """A table of a file: every key is known, every value of its type, nothing changes afterwards."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=False, populate_by_name=True, defer_build=True
    )


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
# true is no number, and neither is "2": who writes them meant something else.
Whole = Annotated[int, Strict()]
Keys = Annotated[tuple[Key, ...], BeforeValidator(_as_tuple)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_tuple)]


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else _as_tuple(value)


#: One name, or a list of them.
OneOrMore = Annotated[
    tuple[Key, ...],
    BeforeValidator(_listed, json_schema_input_type=Key | tuple[Key, ...]),
]


def _by_name_there(value: object) -> object:
    if isinstance(value, list | tuple):
        if any(not isinstance(one, str) for one in value):
            raise ValueError("列表中应为名称")
        return {one: one for one in value}
    if isinstance(value, dict):
        return value
    raise ValueError('应为名称的列表, 或者写成 { 那里的名称 = "这里的名称" }')


def _briefly(value: dict[str, str]) -> object:
    """A list where every name is the same there, as it is mostly written."""
    return list(value) if all(there == here for there, here in value.items()) else value


#: Names handed on to another file: by each name there the one here; written as a list where they are the same.
Handed = Annotated[
    dict[Key, Key],
    BeforeValidator(_by_name_there, json_schema_input_type=tuple[Key, ...] | dict[Key, Key]),
    PlainSerializer(_briefly),
]
