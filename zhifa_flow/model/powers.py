"""Powers (职权): for each kind, of what rank a text must be to found one, and which article confines it to its holder."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema, model_validator
from pydantic import Field as Rule

from zhifa_flow.model.matter import Power
from zhifa_flow.model.statute import Rank
from zhifa_flow.model.words import Texts, Words

_Power = Annotated[
    Power,
    BeforeValidator(lambda value: Power.read(str(value))),
    WithJsonSchema({"type": "string", "enum": [one.chinese for one in Power]}),
]
_Rank = Annotated[
    Rank,
    BeforeValidator(lambda value: Rank.read(str(value))),
    WithJsonSchema({"type": "string", "enum": [one.chinese for one in Rank]}),
]


class PowerRow(Words):
    """The ranks of text that may found one kind of power; where no statute says so, ``gap`` says whose rule it is.

    ``within`` are the articles by which it is exercised within one's lawful powers only (法定职权范围内).
    """

    power: _Power
    ranks: tuple[_Rank, ...]
    basis: Texts = ()
    within: Texts = ()
    gap: str = ""

    @model_validator(mode="after")
    def _says_why(self) -> PowerRow:
        if not self.basis and not self.gap.strip():
            raise ValueError(f"{self.power.chinese}没有法律依据(basis), 也没有写明法律没有规定(gap)")
        return self


class PowerFile(Words):
    """``flows/powers.toml``: at most one row for each kind."""

    format: Literal["zhifa-powers/1"] = Rule(alias="schema")
    power: tuple[PowerRow, ...]

    @model_validator(mode="after")
    def _each_once(self) -> PowerFile:
        times = Counter(row.power.chinese for row in self.power)
        if twice := [power for power, count in times.items() if count > 1]:
            raise ValueError(f"{'、'.join(twice)}写了几次")
        return self
