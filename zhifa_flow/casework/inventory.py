"""The inventory (盘点) of a store: what it holds besides its cases, and what of it the cases account for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zhifa_flow.casework.numbering import gaps
from zhifa_flow.casework.ports import Store, Work
from zhifa_flow.engine.clock import legal_day
from zhifa_flow.engine.register import broken_register
from zhifa_flow.model.case import Case
from zhifa_flow.model.errors import ZhifaError
from zhifa_flow.model.register import Register, Registration
from zhifa_flow.model.step import Step

Key = tuple[Register, str]


@dataclass(slots=True)
class Inventory:
    """Numbers given, attachments kept and registers, as they were before the cases were looked through.

    In this order, for what is entered in the meantime is then missed by nobody.
    """

    series: Mapping[str, int]
    attachments: set[str]
    history: Mapping[Key, Sequence[Registration]]
    found: list[str]
    _cases: set[str] = field(default_factory=set)

    @classmethod
    def taken(cls, store: Store) -> Inventory:
        """The inventory of a store. Raises StoreError where it cannot be read as a whole."""
        attachments = set(store.attachments())
        found: list[str] = []
        history: dict[Key, list[Registration]] = {}
        with store.read() as work:
            for register in Register:
                for made in _register(work, register, found):
                    history.setdefault((register, made.id), []).append(made)
            texts = _published_texts(history)
            found += (
                f"{Register.FLOW.chinese}: {problem}"
                for text in texts
                if (problem := store.attachment_problem(text))
            )
            found += _faults(work)
            return cls(work.series(), attachments.difference(texts), history, list(dict.fromkeys(found)))

    @property
    def registrations(self) -> int:
        """How many registrations the registers hold."""
        return sum(len(made) for made in self.history.values())

    def account(self, case: str, attachments: Iterable[str]) -> None:
        """Strike off what a case accounts for."""
        self._cases.add(case)
        self.attachments.difference_update(attachments)

    def problems(self) -> tuple[str, ...]:
        """What is wrong once every case has been accounted for."""
        return (*self.found, *gaps(self.series, self._cases))

    def notices(self) -> Iterator[str]:
        """What is worth knowing and wrong with nothing."""
        if not self._cases:
            yield "库中没有案件"
        if self.attachments:
            named = "、".join(digest[:12] for digest in sorted(self.attachments)[:3])
            yield f"附件文件夹中有{len(self.attachments)}个附件没有文书引用({named}), 一般是没有办成的环节留下的"

    def entered_after_the_act(self, case: Case, steps: Sequence[Step]) -> Iterator[str]:
        """Late entries before which, but after the act, a register changed for somebody who acted.

        What counts is what the register says of the day of the act; that it was only said later is to be seen.
        """
        late = [text for step in steps if (text := self._since(case, step))]
        if late:
            yield f"案件{case.id}: {'; '.join(late)}"

    def mandate_problems(self, case: Case) -> Iterator[str]:
        """Where no register knows the matter for which a case was opened."""
        if case.matter and not any(self.history.get(key) for key in self._matter(case)):
            yield f"案件{case.id}: 登记案件所据的事项“{case.matter}”, 权责清单从未登记"

    def entered_after_the_case(self, case: Case, steps: Sequence[Step]) -> Iterator[str]:
        """A matter that was entered only after the case had been opened for it."""
        made = [each for key in self._matter(case) for each in self.history.get(key, ())]
        if made and steps and min(each.at for each in made) > steps[0].entered_at:
            first = min(made, key=lambda each: each.at)
            yield f"案件{case.id}: 登记案件所据的事项“{case.matter}”, 到{legal_day(first.at)}才登记(权责清单第{first.number}条)"

    def _matter(self, case: Case) -> list[Key]:
        """Under which ids the matter of a case may lie: with its agency or whoever has ever entrusted that."""
        said = self.history.get((Register.AGENCY, case.agency), ())
        homes = dict.fromkeys((case.agency, *(str(made.content.get("entrusted_by", "")) for made in said)))
        return [(Register.MATTER, f"{home}/{case.matter}") for home in homes if home and case.matter]

    def _since(self, case: Case, step: Step) -> str:
        # What the law brought about by itself was nobody's act, and no register was asked.
        if not step.by or legal_day(step.entered_at) <= step.on:
            return ""
        persons = dict.fromkeys((*step.by, *(one for named in step.acted.values() for one in named)))
        keys: list[Key] = [(Register.AGENCY, case.agency), *((Register.OFFICER, one) for one in persons)]
        keys += self._matter(case) if step.seq == 0 else []
        made = [
            f"{each.id}({each.register.chinese}第{each.number}条, {legal_day(each.at)})"
            for key in keys
            for each in self.history.get(key, ())
            if legal_day(each.at) > step.on and each.at <= step.entered_at
        ]
        if not made:
            return ""
        return f"第{step.seq}步({step.on})是补录的, 办理之后、录入之前名册登记有变动: {'、'.join(made)}"


def _published_texts(history: Mapping[Key, Sequence[Registration]]) -> list[str]:
    """The hashes of the flow files that were published."""
    published = (
        made for (register, _), every in history.items() if register is Register.FLOW for made in every
    )
    return sorted({str(made.content.get("file")) for made in published})


def _register(work: Work, register: Register, found: list[str]) -> Sequence[Registration]:
    try:
        history = work.registrations(register)
    except ZhifaError as error:
        found += error.problems
        return ()
    found += broken_register(history)
    return history


def _faults(work: Work) -> Iterator[str]:
    try:
        yield from work.faults()
    except ZhifaError as error:
        yield from error.problems
