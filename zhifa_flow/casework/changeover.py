"""Changing over (改用新版本): a running case moved to the version of its flow that is in force now, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhifa_flow.casework.desk import Desk
from zhifa_flow.casework.flownames import flow_refs
from zhifa_flow.casework.kin import Kin
from zhifa_flow.casework.people import People, officer_names
from zhifa_flow.engine.changeover import ChangedOver, change_over
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.differences import Difference, differences
from zhifa_flow.engine.hindsight import Versions
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.step import Step


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that goes on under a newer version: both versions, what differs between them, and the step."""

    versions: Versions
    differs: tuple[Difference, ...]
    done: ChangedOver


def move(desk: Desk, case_id: str, version: str, by: str, reason: str) -> Moved:
    """Move a case to the version named; what the law has brought about in it by today is recorded first.

    Raises:
        NotFound: no such case or version.
        InputError: the name stands for several versions.
        Refused: with every reason; see ``engine.changeover``.
    """
    refs = flow_refs(desk.flows, version)
    if len(refs) > 1:
        raise InputError([f"“{version}”有{len(refs)}个版本, 请写明改用哪一个: {'、'.join(refs)}"])
    with desk.store.write() as work:
        case = desk.filed(work, case_id)
        home = work.agency(case.agency)
        assert home is not None, "a case is opened by an agency of the register, which keeps its agencies"
        versions = Versions(desk.flows.compiled(case.flow), desk.flows.compiled(refs[0]))
        steps = list(work.steps(case.id))
        for event in desk.settled(work, versions.old, case):
            case = event.case
            steps.append(event.step)
        people = People.of(work, home, [by, *_named(versions.old, steps)])
        world = desk.world(work, home, people, Kin.of(work, versions.old, case))
        done = change_over(versions, case, steps, people.id_of(by), reason, world)
        work.record(case, done.advanced)
    return Moved(versions, tuple(differences(versions.old.flow, versions.new.flow)), done)


def _named(compiled: Compiled, steps: Sequence[Step]) -> list[str]:
    """Everybody who took a step or is named in a document of one."""
    papers = [paper for step in steps for paper in step.papers]
    inside = [name for paper in papers for name in officer_names(compiled.flow, {paper.kind: [paper.fields]})]
    return [
        *inside,
        *(
            one
            for step in steps
            for one in (*step.by, *(who for acted in step.acted.values() for who in acted))
        ),
    ]
