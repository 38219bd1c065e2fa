"""The entries of a ledger: what each step did to a deadline, in the words in which it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhifa_flow.engine.clock import days_overdue
from zhifa_flow.engine.exclusions import excluded, grounds_of
from zhifa_flow.engine.situation import Situation
from zhifa_flow.engine.steps import CHANGE_VERSION
from zhifa_flow.engine.thresholds import deciding_row
from zhifa_flow.engine.turns import Change, Run, moving, origin, seen
from zhifa_flow.model.case import ClockState, RunningClock
from zhifa_flow.model.ledger import Entry, EntryKind, Grounds

#: What it means that the last day is over, by the flow's word for it; {} are the days since.
_OVER = {
    "overdue": "届满后已过{}日, 逾期仍应办理", "lapse": "届满后已过{}日, 未行使的, 权利消灭",
    "power_ends": "届满后已过{}日, 不得再行使", "may_proceed": "届满后已过{}日, 可以继续办理", "deemed": "届满后已过{}日, 依法自动发生后果",
}  # fmt: skip


def entries_of(s: Situation, run: Run, end: date) -> list[Entry]:
    """Every entry in the order of the steps; ``end`` is the last day as counted for the day of the situation."""
    begun = _started(s, run)
    left_out = excluded(s, run, end)
    told = [entry for change in run.changes for entry in _changed(s, run, change)]
    return [begun, *sorted([*left_out, *told, *_over(s, run, end)], key=_place)]


def _place(entry: Entry) -> tuple[bool, int]:
    """What no step recorded comes last."""
    return (False, entry.origin.seq) if entry.origin else (True, 0)


def _started(s: Situation, run: Run) -> Entry:
    deadline, then, clock = run.deadline, seen(s, run.first), run.begun
    written = deadline.from_ if deadline.from_ and then.day(deadline.from_) else ""
    since = then.field_name(written) if written else "办理之日"
    if run.first.step.trigger == CHANGE_VERSION:
        written, since = "", "改用新版本时记入, 依此前的环节"
    again = f", 第{run.times}次起算" if run.times > 1 else ""
    hours = f", 至{clock.moment}" if clock.moment else ""
    table = s.law.tables[deadline.table] if deadline.table else None
    row = deciding_row(table, then) if table else None
    return Entry(
        EntryKind.STARTED, clock.started, f"{clock.started}起算{clock.length}({since}){hours}{again}",
        origin(s.flow, run.first), length=clock.length, field=written,
        grounds=grounds_of(deadline.basis, deadline.gap, table.name if table else "", row),
    )  # fmt: skip


def _changed(s: Situation, run: Run, change: Change) -> Iterator[Entry]:
    step = s.flow.transition.get(change.turn.step.trigger)
    if change.extension:
        yield _extended(s, run, change)
    elif change.ended:
        yield _ended(s, run, change)
    elif until := moving(s.flow, change):
        yield _moved(s, change, until)
    elif step is None:
        yield _recounted(s, change)


def _extended(s: Situation, run: Run, change: Change) -> Entry:
    assert run.deadline.extension is not None, "the flow checker refuses steps that prolong what cannot be"
    table = s.law.tables[run.deadline.extension.table]
    row = deciding_row(table, seen(s, change.turn))
    step = s.flow.transition[change.turn.step.trigger]
    till = f"末日由{change.before.due}延至{change.after.due}"
    # Granted while the period stands still: where it ends is known when it goes on.
    till = till if change.after.paused is None else "停止计算期间批准, 末日在恢复以后确定"
    said = f"{change.turn.step.on}延长{change.extension}, {till}"
    return Entry(
        EntryKind.EXTENDED, change.turn.step.on, said, origin(s.flow, change.turn), length=change.extension,
        grounds=grounds_of(step.basis, step.gap, table.name, row),
    )  # fmt: skip


def _moved(s: Situation, change: Change, until: str) -> Entry:
    step, on = s.flow.transition[change.turn.step.trigger], change.turn.step.on
    said = f"{on}末日由{change.before.due}改为{change.after.due}(依{s.field_name(until)})"
    grounds = Grounds(step.basis, step.gap)
    return Entry(EntryKind.MOVED, on, said, origin(s.flow, change.turn), field=until, grounds=grounds)


def _recounted(s: Situation, change: Change) -> Entry:
    on = change.turn.step.on
    said = f"{on}重新计算, {recount_said(change.before, change.after)}"
    return Entry(EntryKind.RECOUNTED, on, said, origin(s.flow, change.turn))


def recount_said(before: RunningClock, after: RunningClock) -> str:
    """What another calendar made of a deadline: another last day, or what else is different about the same one."""
    if before.due != after.due:
        return f"末日由{before.due}改为{after.due}" + (", 暂定" if after.provisional else "")
    said = [] if before.safe == after.safe else [f"稳妥的最后工作日由{before.safe}改为{after.safe}"]
    if before.provisional != after.provisional:
        said.append("放假安排尚未公布, 改为暂定" if after.provisional else "放假安排已经公布, 不再暂定")
    return "; ".join([f"末日仍为{after.due}", *said])


def _ended(s: Situation, run: Run, change: Change) -> Entry:
    clock, on = change.after, change.turn.step.on
    late = days_overdue(clock.due, on)
    if change.turn.step.trigger == run.deadline.then:
        kind, said = EntryKind.ENDED, f"{clock.due}届满, {on}依法自动发生后果"
    elif clock.state is ClockState.CLOSED:
        kind, said = EntryKind.CLOSED, f"{on}终止计算" + (f", 末日{clock.due}已过{late}日" if late else "")
    elif clock.state is ClockState.MET:
        kind, said = EntryKind.ENDED, f"{on}按期办理"
    else:
        kind = EntryKind.ENDED
        said = f"{on}逾期办理, 末日{clock.due}已过" + (f"{late}日" if late else f"(至{clock.moment})")
    step = s.flow.transition.get(change.turn.step.trigger)
    grounds = Grounds(step.basis, step.gap) if step else Grounds()
    return Entry(kind, on, said, origin(s.flow, change.turn), days=late, grounds=grounds)


def _over(s: Situation, run: Run, end: date) -> Iterator[Entry]:
    late = days_overdue(end, s.on)
    if late and run.clock.state is ClockState.RUNNING and run.clock.paused is None:
        yield Entry(EntryKind.EXPIRED, end, f"{end}{_OVER[run.deadline.expiry].format(late)}", days=late)
