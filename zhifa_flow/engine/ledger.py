"""The ledger of a deadline: gathered from the steps of the case and counted anew, not copied from the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from zhifa_flow.engine.calendar import CalendarRangeError
from zhifa_flow.engine.clock import due
from zhifa_flow.engine.deadlines import counted, extension_of, length_of
from zhifa_flow.engine.derivation import derive_hours
from zhifa_flow.engine.ledgerlines import entries_of
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.steps import CHANGE_VERSION
from zhifa_flow.engine.turns import Run, moving, run_of, seen
from zhifa_flow.model.case import ClockState, RunningClock
from zhifa_flow.model.ledger import Ledger
from zhifa_flow.model.period import Length, Unit
from zhifa_flow.model.step import Step

_Counted = tuple[RunningClock, tuple[str, ...]]


def ledger(s: Situation, steps: Sequence[Step], name: str) -> Ledger:
    """The ledger of a deadline that has started in the case, as of the day of the situation.

    Everything is counted again from the documents, the tables and the calendar as they are now; where that is not
    what was recorded, ``problems`` says so. A deadline that ended is counted as on the day on which it ended.
    """
    run = run_of(s.flow, steps, name)
    then = seen(s, run.last)
    now = s if run.clock.state is ClockState.RUNNING else then
    try:
        (end, lines), (again, _) = _counted(now, run), _counted(then, run)
    except CalendarRangeError as error:
        end, lines, problems = run.clock, (), [f"不能重新计算, 以记录的末日为准: {error}"]
    else:
        problems = _differences(run.clock, again)
    return Ledger(
        name, run.deadline.name, run.clock, tuple(entries_of(now, run, end.due)), end.due, end.safe,
        end.provisional, lines, tuple(problems),
    )  # fmt: skip


def _counted(s: Situation, run: Run) -> _Counted:
    """The clock counted anew as on the day of the situation, and the reasoning."""
    if moved := _moved_to(s, run):
        field, until = moved
        end = due(until, Length(0, Unit.DAY), s.calendar, explain=True)
        clock = replace(run.clock, due=until, safe=end.safe, provisional=end.provisional)
        return clock, (f"最后一日由{s.field_name(field)}确定", *end.derivation)
    if run.clock.moment:
        last = datetime.fromisoformat(run.clock.moment)
        length = Length.parse(run.clock.length)
        return run.clock, derive_hours(last - timedelta(hours=length.count), length)
    return _from_documents(s, run)


def _moved_to(s: Situation, run: Run) -> tuple[str, date] | None:
    """The last day that the newest document set, and the field that names it; None if none did."""
    fields = [(change.turn, moving(s.flow, change)) for change in run.changes]
    days = [(field, day) for turn, field in fields if field and (day := seen(s, turn).day(field))]
    return days[-1] if days else None


def _from_documents(s: Situation, run: Run) -> _Counted:
    deadline, first = run.deadline, seen(s, run.first)
    # Begun under another version, or by a move to this one: what was recorded then is not judged by the new text.
    kept = run.first.step.trigger == CHANGE_VERSION or run.first.after.flow != s.flow.ref
    written = first.day(deadline.from_) if deadline.from_ else None
    started = run.begun.started if kept else written or first.on
    length = (not kept and length_of(first, deadline)) or Length.parse(run.begun.length)
    longer = [change for change in run.changes if change.extension]
    extra = [
        extension_of(seen(s, change.turn), deadline) or Length.parse(change.extension) for change in longer
    ]
    ends = counted(s, deadline, started, (length, *extra), explain=True)
    lines = list(ends[0].derivation)
    for place, more in enumerate(extra):
        lines += [f"延长{more}, 自原末日{ends[place].date}之后继续计算", *ends[place + 1].derivation]
    if run.clock.paused:
        lines.append(f"现仍停止计算, 以上按{s.on}恢复计算推算")
    end = ends[-1]
    clock = replace(
        run.clock, started=started, length=str(length), extensions=tuple(str(more) for more in extra), due=end.date,
        safe=end.safe, provisional=end.provisional,
    )  # fmt: skip
    # The notices that both counts rest on are named once, at the end.
    return clock, tuple(reversed(dict.fromkeys(reversed(lines))))


_PARTS = {
    "started": "起算日", "length": "期限", "extensions": "延长", "due": "末日", "safe": "稳妥的最后工作日",
    "provisional": "是否暂定",
}  # fmt: skip
_END = ("due", "safe", "provisional")


def _differences(recorded: RunningClock, again: RunningClock) -> list[str]:
    """Where the record is no longer what the same case comes to today."""
    told = [
        f"{name}记为{_said(was)}, 现在计算为{_said(is_)}"
        for part, name in _PARTS.items()
        if (was := getattr(recorded, part)) != (is_ := getattr(again, part))
        # What stands still gets its last day when it goes on, by the calendar of that day.
        and not (recorded.paused and part in _END)
    ]
    why = "记录之后放假安排或者数据表有变动; 放假安排变动的, 用 zhifa due --recount 重新计算并记入办案记录"
    return [f"{'; '.join(told)}: {why}"] if told else []


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) or "无" if isinstance(value, tuple) else str(value)
