"""Powers (职权): of what rank a text must be to found a power of each kind; as the law of that kind says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Rule

from zhifa_flow.model.matter import Power
from zhifa_flow.model.statute import Rank
from zhifa_flow.model.words import Texts, Words

_Power = Annotated[Power, BeforeValidator(lambda value: Power.read(str(value)))]
_Rank = Annotated[Rank, BeforeValidator(lambda value: Rank.read(str(value)))]


class PowerRow(Words):
    """The ranks of text that may found one kind of power; where no statute says so, ``gap`` says whose rule it is."""

    power: _Power
    ranks: tuple[_Rank, ...]
    basis: Texts = ()
    gap: str = ""

    @model_validator(mode="after")
    def _says_why(self) -> PowerRow:
        if not self.basis and not self.gap.strip():
            raise ValueError(f"{self.power.chinese}没有法律依据(basis), 也没有写明法律没有规定(gap)")
        return self


class PowerFile(Words):
    """``flows/powers.toml``."""

    format: Literal["zhifa-powers/1"] = Rule(alias="schema")
    power: tuple[PowerRow, ...]
