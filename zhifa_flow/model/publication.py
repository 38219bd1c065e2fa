"""A publication (发布): that an office has taken one version of a flow into use, with its text as it was then."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field as Rule
from pydantic import StringConstraints

from zhifa_flow.model.words import Text, Words

#: A SHA-256 in hexadecimal.
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
#: How a version is named: penalty.general@2021-07-15.
Ref = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+@\d{4}-\d{2}-\d{2}$")]


class Publication(Words):
    """One version published: by whom, why and when.

    ``flow`` is the digest of what the flow says (``engine.digest.flow_digest``), ``tables`` that of what its dated
    tables said to an act of the day ``on``; ``file`` is the SHA-256 of the file, under which a store keeps its text;
    ``signed`` is how the register named the officer. ``previous`` is the
    digest of the publication before, of whatever flow, so that none can be taken out or changed.
    """

    ref: Ref
    flow: Hash
    file: Hash
    tables: Hash
    effective_to: date | None = None
    by: Text
    signed: str = ""
    reason: Text
    on: date
    at: datetime
    previous: Hash | Literal[""] = ""
    digest: Hash

    @property
    def id(self) -> str:
        """The id of the flow."""
        return self.ref.partition("@")[0]

    @property
    def effective_from(self) -> date:
        """The day from which the version is in force."""
        return date.fromisoformat(self.ref.partition("@")[2])


class PublicationFile(Words):
    """``flows/published.lock``: every publication, the first one first. Written by ``zhifa flow publish`` alone."""

    format: Literal["zhifa-published/1"] = Rule(alias="schema")
    version: tuple[Publication, ...] = ()
