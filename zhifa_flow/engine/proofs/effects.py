"""What a step does to each fact: settles it, ends it, leaves it, or, where that is not certain, may do either."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from zhifa_flow.engine.deadlines import OPEN
from zhifa_flow.engine.formula import OF_THE_DAY, Atom, Fact, about, in_force
from zhifa_flow.model.flow import Flow, Transition

#: What a fact may be afterwards.
Maybe = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects of the steps of a flow."""

    flow: Flow

    def at_first(self, one: Atom, *, whole: bool = False) -> Maybe:
        """What the fact may be when a case is opened; ``whole``: the main case handed on every document that it may."""
        document = self.flow.document.get(one.name)
        if document and document.carried and one.fact in (Fact.IN_FORCE, Fact.MADE, Fact.CURRENT, Fact.SINCE):
            return (True,) if whole else (True, False)  # whatever the main case happened to have
        return (one.fact is Fact.STARTED and OPEN in self.flow.deadline[one.name].starts,)

    def become(self, one: Atom, trigger: str, handed: frozenset[str], held: Mapping[Atom, bool]) -> Maybe:
        """What the fact may be after the step with these documents."""
        step, name, old = self.flow.transition[trigger], one.name, held[one]
        gone = frozenset(step.supersedes) - handed
        match one.fact:
            case Fact.IN_FORCE:
                return (name in handed or (old and name not in gone),)
            case Fact.MADE:
                return (old or name in handed,)
            case Fact.CURRENT:
                return self._current(name, handed, gone, held)
            case Fact.SINCE | Fact.AFTER:
                return (came_later(one, handed, old=old and name not in gone),)
            case Fact.UP:
                return (name in step.raises or (old and name not in step.lowers),)
            case Fact.RAISED:
                return (old or name in step.raises,)
            case Fact.TAKEN:
                return (old or name == trigger,)
            case Fact.STARTED:
                return (old or trigger in self.flow.deadline[name].starts,)
            case Fact.OPEN:
                return self._open(name, trigger, step, old=old)
            case _:
                lost = trigger in undoing(one) or gone & set(self.flow.transition[name].documents)
                return (trigger == name or (old and not lost),)

    def _current(
        self, name: str, handed: frozenset[str], gone: frozenset[str], held: Mapping[Atom, bool]
    ) -> Maybe:
        if name in handed:
            return (True,)
        if not held[about(Fact.CURRENT, name)] or name in gone:
            return (False,)
        bound, documents = self.bound(name), self.flow.document
        on_file = {kind: held.get(in_force(kind)) for kind in bound}
        # What adds up has changed for certain; what takes the place of another may say the very same.
        if any(documents[kind].repeatable or on_file[kind] is False for kind in bound & handed):
            return (False,)
        if any(on_file[kind] for kind in bound & gone):
            return (False,)
        certain = not bound & handed and all(on_file[kind] is False for kind in bound & gone)
        return (True,) if certain else (True, False)

    def _open(self, rule: str, trigger: str, step: Transition, *, old: bool) -> Maybe:
        child = self.flow.child[rule]
        left = old and not (step.by and trigger in child.holds)
        if rule not in step.opens:
            return (left,)
        return (True,) if child.when is None or left else (True, False)

    def undone(self, done: Atom, held: Mapping[Atom, bool]) -> bool:
        """Whether what was done rests on documents of which what they bind has changed since."""
        return not all(held.get(bond, True) for bond in self.bonds(done))

    def bound(self, kind: str) -> frozenset[str]:
        """The documents that a kind binds."""
        return frozenset(self.flow.document[kind].binds)

    def bonds(self, done: Atom) -> list[Atom]:
        """That the documents of what was done are still current."""
        made = self.flow.transition[done.name].documents
        return [about(Fact.CURRENT, kind) for kind in made if self.bound(kind)]

    def with_bonds(self, atoms: Iterable[Atom]) -> dict[Atom, None]:
        """The atoms that last beyond a day, and whether what is done still stands on current documents."""
        found = dict.fromkeys(one for one in atoms if one.fact not in OF_THE_DAY)
        done = [one for one in found if one.fact is Fact.DONE]
        return found | {bond: None for one in done for bond in self.bonds(one)}

    def closure(self, atoms: Iterable[Atom]) -> dict[Atom, None]:
        """The atoms that last, with all on which it hangs how steps change them."""
        found = self.with_bonds(atoms)
        current = [one.name for one in found if one.fact is Fact.CURRENT]
        return found | {in_force(kind): None for name in current for kind in self.flow.document[name].binds}

    def touches(self, trigger: str, one: Atom) -> bool:
        """Whether the step may change the fact."""
        step = self.flow.transition[trigger]
        papers = {*step.documents, *step.optional, *step.supersedes}
        match one.fact:
            case Fact.IN_FORCE:
                return one.name in papers
            case Fact.MADE:
                return one.name in (*step.documents, *step.optional)
            case Fact.CURRENT:
                return bool(papers & {one.name, *self.bound(one.name)})
            case Fact.SINCE | Fact.AFTER:
                return bool(papers & {one.name, one.other})
            case Fact.UP | Fact.RAISED:
                return one.name in (*step.raises, *step.lowers)
            case Fact.TAKEN:
                return one.name == trigger
            case Fact.STARTED:
                return trigger in self.flow.deadline[one.name].starts
            case Fact.OPEN:
                return one.name in step.opens or trigger in self.flow.child[one.name].holds
            case _:
                made = set(self.flow.transition[one.name].documents)
                taken = trigger == one.name or trigger in undoing(one) or bool(made & papers)
                return taken or any(self.touches(trigger, bond) for bond in self.bonds(one))

    def settles(self, trigger: str, one: Atom) -> bool:
        """Whether the fact is the same after the step whatever it was before."""
        step = self.flow.transition[trigger]
        made = {*step.documents, *(set(step.supersedes) - set(step.optional))}
        match one.fact:
            case Fact.IN_FORCE | Fact.CURRENT:
                return one.name in made
            case Fact.SINCE | Fact.AFTER:
                return one.name in made or one.other in step.documents
            case Fact.MADE:
                return one.name in step.documents
            case Fact.STARTED:
                return trigger in self.flow.deadline[one.name].starts
            case Fact.UP:
                return one.name in (*step.raises, *step.lowers)
            case Fact.DONE:
                return trigger == one.name or trigger in undoing(one)
            case _:
                return False


def done(step: str, again: Iterable[str] = ()) -> Atom:
    """That the step was done and counts still; after the steps ``again`` it is to be done anew."""
    return about(Fact.DONE, step, " ".join(again))


def undoing(one: Atom) -> list[str]:
    """The steps after which what was done is to be done anew."""
    return one.other.split()


def came_later(one: Atom, handed: Collection[str], *, old: bool) -> bool:
    """Whether the first of two kinds is the newer one after these documents were handed in."""
    if one.name in handed:
        return one.fact is Fact.SINCE or one.other not in handed
    return old and one.other not in handed
