"""Flow files: ``flows/<id>/<effective date>.toml``, one per version, checked before they are used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from zhifa_flow.adapters.lawfiles.clocked import fill_in
from zhifa_flow.adapters.lawfiles.published import LOCK, Published
from zhifa_flow.adapters.lawfiles.toml import parse_toml, read_text, schema_problem
from zhifa_flow.engine.compiler import Compiled, compile_flow
from zhifa_flow.engine.digest import flow_digest
from zhifa_flow.engine.flowcheck.joints import joint_problems
from zhifa_flow.engine.flowcheck.report import Report, Surroundings, check_flow
from zhifa_flow.engine.proofs.report import proof_problems
from zhifa_flow.engine.publication import Validity, altered_problems, overlap_problems
from zhifa_flow.model.clock import Clock
from zhifa_flow.model.errors import FileError, NotFound
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.statute import StatuteIndex
from zhifa_flow.model.table import Table

#: A flow file as read: the flow, the problems of its form, and the entries that were left out for them.
ReadFlow = tuple[Flow | None, list[str], frozenset[tuple[str, str]]]


@dataclass(slots=True)
class FlowFolder:
    """The flows of a folder, read when asked for and kept. The only source of compiled flows.

    Once a version of a flow has been ``published``, only published versions of it come into force; with ``drafts``
    the others do too.
    """

    root: Path
    tables: Mapping[str, Table]
    statutes: StatuteIndex
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    published: Published = field(default_factory=Published)
    drafts: bool = False
    _compiled: dict[str, Compiled] = field(default_factory=dict)
    _files: dict[str, ReadFlow] = field(default_factory=dict)

    def versions(self) -> dict[str, list[date]]:
        """The effective dates of every flow id, the earliest first."""
        found: dict[str, list[date]] = {}
        for path in sorted(self.root.glob("*.*/*.toml")):
            if day := _day(path.stem):
                found.setdefault(path.parent.name, []).append(day)
        return found

    def refs(self) -> list[str]:
        """Every version as "id@date", in the order of the folder.

        A file whose name is no date is listed too, so that nobody takes it for a version in force.
        """
        return [f"{path.parent.name}@{path.stem}" for path in sorted(self.root.glob("*.*/*.toml"))]

    def in_force(self, flow: str, on: date) -> Compiled:
        """The version of a flow that is in force on a day.

        Raises:
            NotFound: no such flow, or none of its versions is in force then.
            FileError: its file is wrong.
        """
        days = self.versions().get(flow)
        if days is None:
            raise NotFound("流程", flow, self.versions())
        began = [day for day in days if day <= on and self._comes_into_force(flow, day)]
        compiled = self.compiled(f"{flow}@{began[-1].isoformat()}") if began else None
        if compiled is None or (compiled.flow.effective_to and compiled.flow.effective_to < on):
            raise NotFound(f"在{on}施行的流程(现有版本自{'、'.join(str(day) for day in days)}起施行)", flow)
        return compiled

    def _comes_into_force(self, flow: str, day: date) -> bool:
        published = self.published
        return self.drafts or flow not in published.ids or f"{flow}@{day.isoformat()}" in published.by_ref

    def compiled(self, ref: str) -> Compiled:
        """The version that a case names.

        Raises:
            NotFound: there is no such version.
            FileError: its file is wrong, or says something else than what was published; carries every problem.
        """
        if self.published.problems:
            raise FileError(LOCK, [*self.published.problems, "请恢复原来的发布记录; 在此以前不能据以办理"])
        if ref not in self._compiled:
            flow, report = self.read(ref)
            if report.problems or flow is None:
                raise FileError(str(self.path(ref).relative_to(self.root)), report.problems)
            self._compiled[ref] = compile_flow(flow)
        return self._compiled[ref]

    def path(self, ref: str) -> Path:
        """Where the version lies.

        Raises:
            NotFound: there is no such version.
        """
        flow, _, day = ref.partition("@")
        if ref not in self.refs():
            raise NotFound("流程版本", ref, self.refs())
        return self.root / flow / f"{day}.toml"

    def digest(self, ref: str) -> str:
        """The SHA-256 of the file of a version."""
        return hashlib.sha256(self.path(ref).read_bytes()).hexdigest()

    def read(self, ref: str) -> tuple[Flow | None, Report]:
        """A version with everything the checker has to say of it; no flow where the file cannot be read as one."""
        path = self.path(ref)
        if _day(path.stem) is None:
            return None, Report(("文件名应为施行日期, 如 2021-07-15.toml; 现在的文件名不起作用",), ())
        flow, said, spoiled = self._file(ref)
        if flow is None:
            return None, Report(tuple(said), ())
        problems, whole = [*said], not said
        if flow.ref != ref:
            problems.append(f"文件应放在 {flow.id}/{flow.effective_from}.toml")
        around = Surroundings(self.tables, self.statutes, self.versions().keys(), spoiled)
        report = check_flow(flow, around)
        known = self.published.by_ref.get(ref)
        problems += altered_problems(known, flow_digest(flow)) if known else []
        return flow, Report((*problems, *report.problems), report.unverified, whole and report.provable)

    def _file(self, ref: str) -> ReadFlow:
        """What the file of a version says, read once."""
        if ref not in self._files:
            try:
                self._files[ref] = read_flow(self.path(ref), self.root, self.clocks)
            except FileError as error:
                self._files[ref] = (None, [*error.problems], frozenset())
        return self._files[ref]

    def check(self, refs: Iterable[str]) -> dict[str, Report]:
        """The reports of these versions, with what shows only where one flow leads into another.

        For that every file of the folder is read, and what can be proven is proven, so it is not done at each start.
        """
        around = [flow for ref in self.refs() if (flow := self._file(ref)[0])]
        reports = {}
        for ref, (flow, report) in {ref: self.read(ref) for ref in refs}.items():
            joints = self._joint_problems(flow, around) if flow else ()
            proofs = proof_problems(flow, self.statutes, around) if flow and report.provable else ()
            reports[ref] = Report((*report.problems, *joints, *proofs), report.unverified)
        return reports

    def _joint_problems(self, flow: Flow, around: Iterable[Flow]) -> Iterable[str]:
        """What a flow misses in the others of its folder, as long as those are sound themselves.

        Whether they are takes as long as all else together, so it is asked only where something is missing.
        """
        if not joint_problems(flow, around):
            return ()
        read = {ref: self.read(ref) for ref in self.refs()}
        sound = [other for other, report in read.values() if other and not report.problems]
        spoiled = {ref.partition("@")[0] for ref, (_, report) in read.items() if report.problems}
        return joint_problems(flow, sound, spoiled)

    def folder_problems(self) -> tuple[str, ...]:
        """What is wrong with the versions taken together: the publications, and versions in force on the same day."""
        # A version that stands alone overlaps with none, and is not read for it.
        several = [ref for ref in self.refs() if len(self.versions().get(ref.partition("@")[0], ())) > 1]
        flows = [flow for ref in several if (flow := self._file(ref)[0])]
        validities = {flow.ref: Validity(flow.ref, flow.effective_from, flow.effective_to) for flow in flows}
        published = {
            one.ref: Validity(one.ref, one.effective_from, one.effective_to) for one in self.published.entries
        }
        gone = [f"已发布的流程文件{ref}不见了, 请恢复" for ref in published if ref not in self.refs()]
        return (*self.published.problems, *gone, *overlap_problems({**published, **validities}.values()))


def _day(stem: str) -> date | None:
    """The effective date that a file name states; fromisoformat alone would also take 20210715 and 2021-W28-4."""
    try:
        day = date.fromisoformat(stem)
    except ValueError:
        return None
    return day if day.isoformat() == stem else None


def read_flow(path: Path, root: Path, clocks: Mapping[str, Clock] = MappingProxyType({})) -> ReadFlow:
    """A flow file with its schema problems; faulty entries are left out so that the rest can be checked too.

    What a deadline leaves to a clock of the registry is filled in. The last part names the entries left out: references to them are not mistakes of their own.

    Raises:
        FileError: the file cannot be read as TOML at all.
    """
    raw = parse_toml(read_text(path, root), path)
    problems, left_out = fill_in(raw, clocks)
    while True:
        try:
            return Flow.model_validate(raw), problems, _spoiled(left_out)
        except ValidationError as error:
            wrong = [(_place(one), schema_problem(one, Flow)) for one in error.errors(include_url=False)]
            problems += [text for place, texts in wrong if place not in left_out for text in texts]
            taken_out = [
                _leave_out(raw, place, left_out) for place in dict.fromkeys(place for place, _ in wrong)
            ]
            if not all(taken_out):
                return None, problems, _spoiled(left_out)


def _place(one: Mapping[str, Any]) -> tuple[str, ...]:
    """The key at fault: of an item of a list, the list."""
    path = [part for part in one["loc"] if not isinstance(part, int)]
    return tuple(str(part) for part in path)


def _leave_out(raw: dict[str, Any], place: tuple[str, ...], left_out: set[tuple[str, ...]]) -> bool:
    """Take the faulty key out; if it is missing, what needs it. False where nothing is left to take out."""
    here: Any = raw
    for part in place[:-1]:
        here = here.get(part) if isinstance(here, dict) else None
    if isinstance(here, dict) and here.pop(place[-1], None) is not None:
        left_out.add(place)
        return True
    return len(place) > 1 and _leave_out(raw, place[:-1], left_out)


def _spoiled(left_out: set[tuple[str, ...]]) -> frozenset[tuple[str, str]]:
    """The entries, and fields of documents, that are missing only because they could not be read."""
    entries = {(place[0], place[1]) for place in left_out if len(place) == 2}
    return frozenset(
        entries
        | {
            ("field", f"{place[1]}.{place[3]}")
            for place in left_out
            if place[2:3] == ("field",) and len(place) == 4
        }
    )
