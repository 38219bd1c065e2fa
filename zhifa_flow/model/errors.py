"""What can go wrong, as one family.

* ZhifaError
  x FileError            a file is wrong: its author mends it (carries every problem at once)
  x InputError           what a person typed cannot be understood (carries every problem at once)
    + NotFound           a case, step, document, officer that does not exist (with close names)
  x Refused              the law does not allow the step (carries every refusal)
  x CaseChanged          somebody else moved the case in the meantime
  x StoreError           the store cannot be used (newer version, read-only, full, locked)

Texts are Chinese where an officer or a lawyer can see them.
A refusal is an answer, not a bug: the command line prints it and never shows a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhifa_flow.model.step import Refusal


class ZhifaError(Exception):
    """Anything this package answers instead of doing what was asked."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Every problem as a Chinese sentence, at least one."""
        return (str(self),)


class FileError(ZhifaError):
    """A file that its author has to mend; nothing of it is used."""

    def __init__(self, source: str, problems: Sequence[str]) -> None:
        self.source = source
        self._problems = tuple(problems)
        super().__init__(f"{source} 有 {len(self._problems)} 处问题: " + "; ".join(self._problems))

    @property
    def problems(self) -> tuple[str, ...]:
        """Every problem found, in the order of the file."""
        return self._problems


class InputError(ZhifaError):
    """What was typed or handed in cannot be understood; nothing has been changed."""

    def __init__(self, problems: Iterable[str]) -> None:
        self._problems = tuple(problems)
        super().__init__("; ".join(self._problems))

    @property
    def problems(self) -> tuple[str, ...]:
        """Every problem found."""
        return self._problems


class NotFound(InputError):
    """A name that nothing bears; says which names come close."""

    def __init__(self, what: str, name: str, known: Iterable[str] = ()) -> None:
        self.name = name
        self.close = close_names(name, known)
        hint = f", 是否指: {'、'.join(self.close)}" if self.close else ""
        super().__init__([f"没有名为“{name}”的{what}{hint}"])


class Refused(ZhifaError):
    """The step is not allowed; carries every unmet condition at once."""

    def __init__(self, step: str, refusals: Sequence[Refusal]) -> None:
        self.step = step
        self.refusals = tuple(refusals)
        super().__init__(f"不能办理“{step}”: " + "; ".join(refusal.text for refusal in self.refusals))

    @property
    def problems(self) -> tuple[str, ...]:
        """The text of every refusal."""
        return tuple(refusal.text for refusal in self.refusals)


class CaseChanged(ZhifaError):
    """The case was moved by somebody else after it was read; nothing has been written."""

    def __init__(self, case: str) -> None:
        self.case = case
        super().__init__(
            f"案件 {case} 已被他人办理, 本次办理没有保存; 请重新查看案件(case next {case})后再办理"
        )


class StoreError(ZhifaError):
    """The store cannot be used as it is; nothing has been written."""


def close_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """At most three known names that look like the one typed."""
    return tuple(get_close_matches(name, sorted(set(known)), n=3, cutoff=0.5))
