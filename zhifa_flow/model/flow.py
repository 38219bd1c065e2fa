"""A flow (流程): one version of a procedure, exactly as its file states it.

Reading is all that happens here: names that must exist, articles that must be real and shapes that must
hold are checked by ``engine.flowcheck``, so that a file with ten mistakes is answered with all ten.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, field_validator
from pydantic import Field as Rule
from pydantic.config import JsonDict

from zhifa_flow.model.clock import ClockId, Owner
from zhifa_flow.model.period import Length, Unit
from zhifa_flow.model.words import Handed, Key, Keys, OneOrMore, Text, Texts, Whole, Words

FieldType = Literal[
    "text", "integer", "money", "date", "moment", "choice", "choices", "citations",
    "penalties", "officer", "officers", "rows", "file",
]  # fmt: skip


class Stage(Words):
    """环节 of the reference table, with the post (岗) that answers for it."""

    name: Text
    post: Text | None = None


class State(Words):
    """Where a case can stand. A state with ``end`` closes the case for good."""

    name: Text
    stage: Key
    end: bool = False
    note: str = ""


class Role(Words):
    """Who may act: posts, number of persons, qualification, and the roles that exclude each other.

    ``count`` is the least number of different persons.
    ``barred`` names roles of this flow: whoever acted in one of them in this case may not act here.
    ``in_person`` means nobody else may enter the act for them.
    ``personnel`` lists the footings on which one must serve (established 在编在职 …).
    ``qualified_since``: who began reviewing on or after this day needs the legal qualification.
    ``superior``: persons of the superior organ, not of the agency itself.
    """

    name: Text
    posts: Texts = ()
    count: Whole = Rule(default=1, ge=1, le=20)
    certified: bool = False
    head: bool = False
    chief: bool = False
    personnel: Texts = ()
    qualified_since: date | None = None
    in_person: bool = False
    superior: bool = False
    barred: Keys = ()
    basis: Texts = ()
    gap: str = ""


class Field(Words):
    """One field of a document: its type decides what may be written in it."""

    type: FieldType
    name: Text
    required: bool = True
    of: Texts = ()
    role: Key | None = None
    least: Whole = Rule(default=0, ge=0)
    future: bool = False
    columns: dict[Key, Field] = {}
    ask: str = ""


class DocumentKind(Words):
    """文书: what a step must put on file. ``binds`` fixes the content of other documents by their hash.

    ``repeatable`` documents add up (笔录, 票据); of all others the newest takes the older one's place.
    ``carried`` documents come from the case that opened this one.
    """

    name: Text
    basis: Texts = ()
    gap: str = ""
    repeatable: bool = False
    carried: bool = False
    binds: Keys = ()
    number: bool = False
    field: dict[Key, Field] = {}


class Finding(Words):
    """认定: computed by a registered rule from documents, registers and dated tables; never ticked."""

    name: Text
    rule: Key
    args: dict[str, object] = {}
    basis: Texts = ()
    gap: str = ""


class Guard(Words):
    """条件 of a step: a registered check with its arguments, the articles and the words of the refusal."""

    check: Key
    args: dict[str, object] = {}
    basis: Texts = ()
    gap: str = ""
    refusal: Text
    cure: str = ""


class Extension(Words):
    """How a deadline may be prolonged: the table that allows it and how often."""

    table: Key
    times: Whole = Rule(default=1, ge=1)


def _clock_says_the_rest(schema: JsonDict) -> None:
    schema["anyOf"] = [{"required": schema.pop("required")}, {"required": ["clock", "starts"]}]


class Deadline(Words):
    """期限: what starts and ends it, how long it is, and whose it is.

    ``starts``/``ends`` name transitions; ``ends_unless`` those that end it unless a finding holds (a payment, unless
    something is still owed); ``voids`` those after which the act it waits for is asked for no longer (the decision is
    revoked, the case goes back): they close it, and nobody was late. ``from`` names the date field that counts as the
    day of the event (without it the day of the step counts). ``pauses`` names flags during which it does not run;
    with ``pause_table`` only where the row of that table for the flag (its limb) says 扣除.
    The length is given here (``length`` and ``unit``) or by a dated ``table``. ``clock`` names the period of the
    registry that it is; a file then leaves out what is said there, and reading the file fills it in.
    ``owner`` party: rolls forward past a non-working last day; agency and officer: it does not.
    ``waits``: nothing is to be done within it, only its end counts (公告送达).
    ``then`` names the step that the law itself brings about when it ends unused (``expiry`` deemed).
    """

    model_config = ConfigDict(json_schema_extra=_clock_says_the_rest)

    name: Text
    clock: ClockId | None = None
    starts: Keys
    ends: Keys = ()
    ends_unless: dict[Key, Key] = {}
    voids: Keys = ()
    from_: str | None = Rule(default=None, alias="from")
    length: Whole | None = Rule(default=None, ge=1)
    unit: Unit | None = None
    table: Key | None = None
    owner: Owner
    roll: Literal["forward", "none"] | None = None
    expiry: Literal["overdue", "lapse", "power_ends", "may_proceed", "deemed"]
    waits: bool = False
    then: Key | None = None
    pauses: Keys = ()
    pause_table: Key | None = None
    extension: Extension | None = None
    basis: Texts = ()
    gap: str = ""

    @property
    def fixed_length(self) -> Length | None:
        """The length stated here, or None where a table gives it."""
        if self.length is None or self.unit is None:
            return None
        return Length(self.length, self.unit)

    @property
    def waited_for(self) -> bool:
        """Whether one waits for its end: to act before it would be too early, so no earlier day is the safe one."""
        return self.waits or self.expiry == "may_proceed"

    @property
    def rolls(self) -> bool:
        """Whether a last day off moves to the next working day (民法典第二百零三条; agencies' own time does not)."""
        return self.roll == "forward" if self.roll else self.owner == "party"


class Flag(Words):
    """A recorded circumstance (中止, 复议诉讼期间, 停止执行) that lies over the states of a case.

    While it is up, the transitions in ``blocks`` are refused, or, if ``allows`` is given, all but those.
    """

    name: Text
    blocks: Keys = ()
    allows: Keys = ()
    refusal: str = ""
    basis: Texts = ()
    gap: str = ""


class Child(Words):
    """A side duty or sub-procedure with its own clock that a step of this case opens.

    ``when`` names the finding that must hold (opened too where it cannot be determined: a duty is never lost).
    ``carries`` hands documents on, by the key that the other flow has for each the one it has here; written as a list
    where these are the same. ``acted`` names by role of this flow the role of the other in which its persons
    count there, so that who may not act together here may not there. ``holds`` names the steps refused while one is open.
    """

    name: Text
    flow: Text
    when: Key | None = None
    carries: Handed = {}
    acted: dict[Key, Key] = {}
    holds: Keys = ()
    basis: Texts = ()
    gap: str = ""


class Order(Words):
    """法定顺序: on every path to a step ``before``, one of ``must`` was taken, and not before the last of ``after``.

    What was taken counts until its documents are superseded or what they bind changes. Instead of ``must`` a period
    or the day in a field may be ``over``. ``ended`` names side duties that may not be open at ``before``, ``least`` the
    number of persons by whom it is taken. ``settled`` names what an open one may no longer hold ("child.document") or
    the state that it must have reached ("child.state"). With ``when`` all this is asked only where the finding holds or cannot be
    determined.
    """

    name: str = ""
    must: OneOrMore = ()
    before: OneOrMore
    after: OneOrMore = ()
    over: Texts = ()
    ended: Keys = ()
    settled: Texts = ()
    least: Whole = Rule(default=0, ge=0, le=20)
    when: Key | None = None
    basis: Texts = ()
    gap: str = ""


class Extends(Words):
    """That a step prolongs a deadline."""

    deadline: Key


class Moves(Words):
    """That a step sets the last day of a deadline to a date written in one of its documents."""

    deadline: Key
    until: Text


class Transition(Words):
    """流转: one act that takes a case from a state to exactly one other, or leaves it where it stands (``stays``).

    ``by`` is empty for what happens by law when a deadline ends (``Deadline.then``).
    """

    name: Text
    source: Keys
    target: Key | None = None
    stays: bool = False
    by: Keys = ()
    guards: Keys = ()
    documents: Keys = ()
    optional: Keys = ()
    supersedes: Keys = ()
    opens: Keys = ()
    raises: Keys = ()
    lowers: Keys = ()
    extends: Extends | None = None
    moves: Moves | None = None
    basis: Texts = ()
    gap: str = ""
    note: str = ""


class Flow(Words):
    """One version of a procedure; its file name is the date from which it is in force."""

    format: Literal["zhifa-flow/1"] = Rule(alias="schema")
    id: Text
    name: Text
    action: Text
    side: bool = False
    effective_from: date
    effective_to: date | None = None
    initial: Key
    basis: Texts = ()
    gap: str = ""
    always: Keys = ()
    stage: dict[Key, Stage]
    state: dict[Key, State]
    role: dict[Key, Role]
    document: dict[Key, DocumentKind] = {}
    finding: dict[Key, Finding] = {}
    guard: dict[Key, Guard] = {}
    deadline: dict[Key, Deadline] = {}
    flag: dict[Key, Flag] = {}
    child: dict[Key, Child] = {}
    order: dict[Key, Order] = {}
    transition: dict[Key, Transition]

    @field_validator("id")
    @classmethod
    def _id_is_dotted(cls, value: str) -> str:
        parts = value.split(".")
        if len(parts) != 2 or not all(part.replace("_", "").isalnum() and part.isascii() for part in parts):
            raise ValueError("流程编号应为“类别.名称”, 如 penalty.general")
        return value

    @property
    def ref(self) -> str:
        """How a case names its version: ``penalty.general@2021-07-15``."""
        return f"{self.id}@{self.effective_from.isoformat()}"

    def target_of(self, trigger: str, state: str) -> str:
        """Where the step leads from the given state."""
        return self.transition[trigger].target or state

    def triggers_from(self, state: str) -> tuple[str, ...]:
        """Every step that the chart shows from the given state, in the order of the file."""
        return tuple(key for key, step in self.transition.items() if state in step.source)
