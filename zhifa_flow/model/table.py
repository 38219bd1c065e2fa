"""A dated table: thresholds, limits and lengths by region, sector, kind of party and kind of penalty."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic import Field as Rule

from zhifa_flow.model.action import Action
from zhifa_flow.model.money import parse_money
from zhifa_flow.model.party import PartyKind
from zhifa_flow.model.period import Length
from zhifa_flow.model.words import Key, Text, Texts, Words

Fen = Annotated[int, BeforeValidator(parse_money)]
LengthText = Annotated[
    Length, BeforeValidator(lambda value: value if isinstance(value, Length) else Length.parse(str(value)))
]


class Row(Words):
    """One row: where and when it applies, and what it says.

    Without ``region`` it holds in the whole nation, without ``sector`` for every sector, without ``action`` for every
    kind of action (``Situation.action``).
    ``limb`` groups the rows that answer one question (罚款数额, 没收数额 …): the most special row of a limb decides.
    ``at_least`` reaches it with the figure itself, ``above`` only beyond it, ``at_most`` allows the figure itself
    (民法典第一千二百五十九条: 以上、以下、以内、届满包括本数).
    """

    id: Text
    limb: Key = "any"
    region: str = ""
    sector: str = ""
    action: tuple[Action, ...] = ()
    party: tuple[PartyKind, ...] = ()
    penalties: Texts = ()
    at_least: Fen | None = None
    above: Fen | None = None
    at_most: Fen | None = None
    length: LengthText | None = None
    value: str = ""
    from_: date | None = Rule(default=None, alias="from")
    to: date | None = None
    basis: Texts = ()
    policy: str = ""
    note: str = ""

    def applies(
        self, *, on: date, region: str, sector: str, party: PartyKind | None, action: str = ""
    ) -> bool:
        """Whether the row speaks for this day, place, sector, kind of party and kind of case."""
        return (
            (self.from_ is None or self.from_ <= on)
            and (self.to is None or on <= self.to)
            and region.startswith(self.region)
            and self.sector in ("", sector)
            and (not self.party or party in self.party)
            and (not self.action or action in self.action)
        )

    @property
    def speciality(self) -> tuple[bool, bool, int]:
        """The kind of case before the sector, that before place, the nearer place before the wider one."""
        return (bool(self.action), bool(self.sector), len(self.region))


class Table(Words):
    """A dated table of the ``flows/tables`` folder."""

    format: Literal["zhifa-table/1"] = Rule(alias="schema")
    id: Key
    name: Text
    note: str = ""
    row: tuple[Row, ...]
