"""A register (名册) and its registrations (变动记录): what was entered of an agency, officer or flow, when, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from zhifa_flow.model.term import Term


class Register(Term):
    """The registers whose history is kept. That of flows (what was published) is all history, nothing else."""

    AGENCY = "agency", "执法机关名册"
    OFFICER = "officer", "执法人员名册"
    MATTER = "matter", "权责清单"
    FLOW = "flow", "流程发布名册"


@dataclass(frozen=True, slots=True)
class Entered:
    """The hand that enters something: the moment, aware, and who; ``recorder`` is empty where nobody was named."""

    at: datetime
    recorder: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a register said of somebody from a moment on. Registrations are only ever added.

    ``number`` counts those of the register from 1; ``digest`` chains each to the one before, whoever that is
    about, so that nobody can be taken out. ``at`` is UTC; ``content`` the record, in plain JSON values.
    """

    register: Register
    number: int
    id: str
    at: datetime
    recorder: str
    content: Mapping[str, object]
    previous: str = ""
    digest: str = ""
