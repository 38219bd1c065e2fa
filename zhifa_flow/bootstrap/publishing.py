"""Publishing (发布) a version of a flow: checked whole, entered in the store if there is one, added to the lock file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from zhifa_flow.adapters.lawfiles.published import LOCK, load_published, write_published
from zhifa_flow.bootstrap.lawbook import Lawbook
from zhifa_flow.casework.ports import Now, Store, Work
from zhifa_flow.casework.registers import find_agency, find_officer
from zhifa_flow.engine.clock import legal_day
from zhifa_flow.engine.people import signatures
from zhifa_flow.engine.publication import Hand, again_problems, published
from zhifa_flow.model.errors import FileError, InputError
from zhifa_flow.model.publication import Publication
from zhifa_flow.model.register import Entered

__all__ = ["LOCK", "Done", "publish"]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of publishing: the entry, and whether the lock file and the store learnt anything new by it."""

    entry: Publication
    in_lock: bool
    in_store: bool


def publish(
    book: Lawbook, ref: str, by: str, reason: str, now: Now, store: Store | None = None, agency: str = ""
) -> Done:
    """Publish a version as it lies in the folder; with a store its text and the entry are kept there too.

    With a store the officer is one of its register, by id, or by name in the agency.

    A version that was published without a store is entered there when it is published once more with one.

    Raises:
        NotFound: there is no such version.
        FileError: the version has problems, or the publications do.
        InputError: who or why is missing; it is published already; its validity overlaps that of another version.
    """
    entries = book.flows.published.entries
    known = book.flows.published.by_ref.get(ref)
    report = book.flows.check([ref])[ref]
    if report.problems:
        raise FileError(ref, report.problems)
    if problems := book.flows.folder_problems():
        raise FileError(LOCK if book.flows.published.problems else ref, problems)
    compiled, path = book.flows.compiled(ref), book.flows.path(ref)
    if missing := [text for text, said in (("发布人", by), ("发布的理由", reason)) if not said.strip()]:
        raise InputError([f"没有写明{'、'.join(missing)}"])
    moment, name = now(), by.strip()
    on = legal_day(moment)
    with _written(store) as work:
        signed = ""
        if work is not None:
            officer = find_officer(work, name, find_agency(work, agency) if agency else None)
            name, signed = officer.name, signatures({officer.id: officer}, [officer.id], on)[officer.id]
            if absent := officer.absence_on(on):
                raise InputError([f"{officer.name}{absent}, 不能发布流程"])
        text = " ".join(reason.split())
        hand = Hand(book.flows.digest(ref), name, signed, text, on, moment)
        entry = known or published(entries, compiled, book.tables, hand)
        in_store = store is not None and work is not None and _entered(store, work, path, entry, name, hand)
        if known and not in_store:
            raise InputError(again_problems(known, compiled.digest))
        if not known:
            write_published(book.root, [*entries, entry], entries)
            book.flows.published = load_published(book.root)
    return Done(entry, in_lock=known is None, in_store=in_store)


@contextmanager
def _written(store: Store | None) -> Iterator[Work | None]:
    """A transaction where there is a store: undone where the lock file cannot be written."""
    if store is None:
        yield None
        return
    with store.write() as work:
        yield work


def _entered(store: Store, work: Work, path: Path, entry: Publication, name: str, hand: Hand) -> bool:
    new = work.put_publication(entry, Entered(hand.at, name))
    if new and store.keep(path) != entry.file:
        # The same words laid out otherwise: the text that was published is not the one that lies there.
        raise InputError(
            [f"{entry.ref}的文件与发布时的不是同一文件(只是排版、注释不同), 请恢复原文件后再记入"]
        )
    return new
