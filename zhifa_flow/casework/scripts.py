"""What a scenario file says: the acts of a walk, what must come of each, and what the walk departs from."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, WithJsonSchema, model_validator
from pydantic import Field as Rule

from zhifa_flow.model.calendar import FIRST_YEAR, LAST_YEAR
from zhifa_flow.model.words import Key, Keys, Text, Texts, Whole, Words

_FILES = {"items": {"type": "string"}, "type": "array"}


#: More acts than any case has; a longer file would be played for hours.
MOST_STEPS = 500


def _in_reach(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day}超出可以计算的范围({FIRST_YEAR}年至{LAST_YEAR}年)")
    return day


Day = Annotated[date, AfterValidator(_in_reach)]


class ScenarioStep(Words):
    """One act of a scenario. ``in`` names the child rule whose newest case the act belongs to; ``a.b`` that of a child's own child.

    With a dot ("measure.disclosure") it is the newest of the second rule that this newest one opened.
    ``other`` says that it belongs to the first, second … of the cases played before, and not to that of the scenario.
    ``entered`` is the day of entry (the day of the act by default). ``basis`` must all be cited by the refusal;
    ``guard`` is the guard that must be among those that refuse, ``says`` must all stand in the text, or, where the
    step is taken, in what was found. Of a step that is taken, ``due`` names the last day (of hours: the moment) of
    deadlines as they stand after it, ``void`` documents on file that it takes the force from, ``bound`` which documents on file each of its own
    fixes the content of, ``flags`` every circumstance that lasts then, and ``opens`` every side duty that it opens.
    ``to`` is the version to which a case is moved by the step ``change_version``.
    """

    do: Text
    id: str = ""
    on: Day
    by: Texts = ()
    as_: str = Rule(default="", alias="as")
    at: time | None = None
    in_: str = Rule(default="", alias="in")
    other: Whole = Rule(default=0, ge=0)
    entered: Day | None = None
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
    to: str = ""
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
    opened: Day | None = None
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

    @model_validator(mode="after")
    def _can_be_played(self) -> Scenario:
        """Whoever is written first opens the case, on the day of the first act unless a day is written."""
        names = [one.get("id") for one in self.officer]
        wrong = []
        if not 0 < len(self.step) <= MOST_STEPS:
            wrong.append(f"step: 应有1至{MOST_STEPS}个步骤, 现有{len(self.step)}个")
        if not names:
            wrong.append("officer: 没有写人员, 至少写明由谁登记")
        if not all(isinstance(name, str) and name for name in names):
            wrong.append("officer: 每个人员都应写明编号(id)")
        elif twice := [str(name) for name, times in Counter(names).items() if times > 1]:
            wrong.append(f"officer: {'、'.join(twice)}写了两次")
        if wrong:
            raise ValueError("\n".join(wrong))
        return self
