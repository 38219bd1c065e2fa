"""What a scenario file says: the acts of a walk, what must come of each, and what the walk departs from."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import Field as Rule
from pydantic import WithJsonSchema, model_validator

from zhifa_flow.model.words import Key, Keys, Text, Texts, Whole, Words

_FILES = {"items": {"type": "string"}, "type": "array"}


class ScenarioStep(Words):
    """One act of a scenario. ``in`` names the child rule whose newest case the act belongs to.

    ``other`` says that it belongs to the first, second … of the cases played before, and not to that of the scenario.
    ``entered`` is the day of entry (the day of the act by default). ``basis`` must all be cited by the refusal;
    ``guard`` is the guard that must be among those that refuse, ``says`` must all stand in the text, or, where the
    step is taken, in what was found. Of a step that is taken, ``due`` names the last day (of hours: the moment) of
    deadlines as they stand after it, ``void`` documents on file that it takes the force from, ``bound`` which documents on file each of its own
    fixes the content of, ``flags`` every circumstance that lasts then, and ``opens`` every side duty that it opens.
    """

    do: Text
    id: str = ""
    on: date
    by: Texts = ()
    as_: str = Rule(default="", alias="as")
    at: time | None = None
    in_: str = Rule(default="", alias="in")
    other: Whole = Rule(default=0, ge=0)
    entered: date | None = None
    late_reason: str = ""
    documents: dict[str, Any] = {}
    expect: Literal["moved", "refused"] = "moved"
    basis: Texts = ()
    guard: Texts = ()
    says: Texts = ()
    state: str = ""
    due: dict[Key, date | datetime] = {}
    void: Keys = ()
    bound: dict[Key, Keys] = {}
    flags: Keys | None = None
    opens: Keys | None = None
    fill_in: bool = False
    note: str = ""

    @property
    def label(self) -> str:
        """How a change names the step."""
        return self.id or self.do


class Scenario(Words):
    """A scenario file once everything it extends has been put together.

    ``earlier`` are scenarios (in a file: the names of theirs) that are played first on the same store, with the party
    of this one. Their cases are numbered 另案1, 另案2 …
    """

    format: Literal["zhifa-scenario/1"] = Rule(alias="schema")
    flow: Text
    title: Text
    note: str = ""
    region: str = "河南省"
    sector: str = "综合执法"
    opened: date | None = None
    agency: dict[str, Any] = {}
    party: dict[str, Any] = {}
    officer: tuple[dict[str, Any], ...] = ()
    other_agency: tuple[dict[str, Any], ...] = ()
    earlier: Annotated[tuple[Scenario, ...], WithJsonSchema(_FILES)] = ()
    step: tuple[ScenarioStep, ...]

    @model_validator(mode="after")
    def _others_are_there(self) -> Scenario:
        missing = [step.label for step in self.step if step.other > len(self.earlier)]
        if missing:
            raise ValueError(f"步骤{'、'.join(missing)}: 先办的另案(earlier)只有{len(self.earlier)}件")
        return self
