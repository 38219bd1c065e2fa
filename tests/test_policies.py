"""The table of declared policies against the code, row by row: it cannot say what nothing does.

A row is held to by its examples, which the command counts; a row that counts no date has a test that bears its id.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.engine.builders import RAW, changed, child, clock, paper, situation, up
from zhifa_flow.bootstrap.calendars import open_calendars
from zhifa_flow.bootstrap.lawbook import Lawbook, open_lawbook
from zhifa_flow.bootstrap.lawfolder import open_policies
from zhifa_flow.cli.main import main
from zhifa_flow.engine.checks.days import ahead, expired, not_expired_by
from zhifa_flow.engine.checks.enforcement import at_lawful_hours
from zhifa_flow.engine.checks.performance import in_court_window
from zhifa_flow.engine.deadlines import changes, start
from zhifa_flow.engine.findings.penalty import limitation_passed
from zhifa_flow.engine.findings.performance import surcharge_in_force
from zhifa_flow.engine.registry import ChildName, ChildState, DeadlineName, FieldPath, FlagName, TableName
from zhifa_flow.engine.surcharge import FINE_RATE, LATE_RATE, surcharge
from zhifa_flow.engine.validity import ended_by_law
from zhifa_flow.model.case import ClockState
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.period import Direction, Roll, Unit
from zhifa_flow.model.policy import Example, Policy

FLOWS = Path(__file__).parents[1] / "flows"
TABLE = open_policies(FLOWS)
NEXT = timedelta(days=1)
_DAYS = {Unit.DAY, Unit.MONTH, Unit.YEAR}


@pytest.fixture(scope="module")
def book() -> Lawbook:
    return open_lawbook(FLOWS)


def told(*args: str, flows: Path = FLOWS) -> dict[str, Any]:
    result = CliRunner().invoke(main, [*args, "--flows", str(flows), "--json"])
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def counted(row: Policy, example: Example, flows: Path = FLOWS) -> dict[str, Any]:
    """What the command answers to an example; of a switch it reads how to count from the row."""
    how = ["--policy", row.id] if row.counts else ["--roll", example.roll.value]
    left_out = [part for span in example.exclude for part in ("--exclude", span)]
    start = example.start.isoformat()
    return told("clock", start, str(example.length), *([] if "T" in start else how), *left_out, flows=flows)


EXAMPLES = [
    pytest.param(row, each, id=f"{row.id}-{each.start}") for row in TABLE.policy for each in row.example
]


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_every_example_is_what_the_command_counts(row: Policy, example: Example) -> None:
    answer = counted(row, example)

    if isinstance(example.due, datetime):
        assert datetime.fromisoformat(answer["due"]) == example.due
    else:
        assert (answer["due"], answer["safe"]) == (str(example.due), str(example.safe))
        assert example.acts_from in (None, example.due + NEXT)


def test_every_row_has_an_example_or_a_test_of_its_own() -> None:
    own = {name.removeprefix("test_policy_") for name in globals() if name.startswith("test_policy_")}

    bare = {row.id for row in TABLE.policy if not row.example}

    assert bare <= own, f"没有例子也没有测试的口径: {sorted(bare - own)}"
    assert own <= {row.id for row in TABLE.policy}


@pytest.mark.parametrize("row", [row for row in TABLE.policy if row.counts], ids=lambda row: row.id)
def test_a_switch_that_is_turned_changes_what_the_command_counts(row: Policy, tmp_path: Path) -> None:
    """Planted: each row that says how to count is turned round, and its example no longer comes out."""
    flows = turned(tmp_path, row)

    answers = [counted(row, example, flows) for example in row.example]

    assert any(answer["due"] != str(each.due) for answer, each in zip(answers, row.example, strict=True))


def folder_of(folder: Path, policies: str) -> Path:
    """A folder of flows with the shipped law but no flows, and these policies."""
    flows = folder / "flows"
    flows.mkdir()
    shutil.copy(FLOWS / "statutes.json", flows)
    for part in ("calendars", "clocks", "tables"):
        shutil.copytree(FLOWS / part, flows / part)
    (flows / "policies.toml").write_text(policies, encoding="utf-8")
    return flows


def turned(folder: Path, row: Policy) -> Path:
    """The folder with the answer of one row turned round: its unit where it has one, else its roll."""
    text = (FLOWS / "policies.toml").read_text(encoding="utf-8")
    key, pairs = (
        ("unit", {"day": "workday", "workday": "day"})
        if row.unit
        else ("roll", {"none": "forward", "forward": "none"})
    )
    now = row.unit.value if row.unit else str(row.roll and row.roll.value)
    row_at = text.index(f'"{row.id}"')
    before, after = text[:row_at], text[row_at:]
    written, times = re.subn(
        rf'^({key} *= )"{now}"', rf'\g<1>"{pairs[now]}"', after, count=1, flags=re.MULTILINE
    )
    assert times == 1
    return folder_of(folder, before + written)


def test_an_article_that_is_none_is_found_by_the_check_of_flows(tmp_path: Path) -> None:
    text = (FLOWS / "policies.toml").read_text(encoding="utf-8")
    flows = folder_of(tmp_path, text.replace("行政强制法第二十五条第一款", "行政强制法第二百五十条", 1))

    answer = CliRunner().invoke(main, ["flow", "check", "--flows", str(flows)])

    assert answer.exit_code == 1
    assert "sealing_roll: 《行政强制法》共71条, 没有第二百五十条" in answer.stdout


# the registry of clocks and the flows ----------------------------------------------------------------------


def test_the_clocks_that_a_row_names_are_counted_as_it_says(book: Lawbook) -> None:
    for row in TABLE.policy:
        for name in row.clocks:
            registered = book.clocks[name]

            if row.counts and registered.units & _DAYS and registered.direction is Direction.AFTER:
                assert registered.rolls is (row.roll is Roll.FORWARD), name
            if row.counts:
                assert registered.direction is row.direction, name
            if row.unit and registered.on(TABLE.declared):
                assert registered.on(TABLE.declared).length.unit is row.unit, name  # type: ignore[union-attr]


def test_no_clock_is_named_by_two_rows() -> None:
    names = [name for row in TABLE.policy for name in row.clocks]

    assert len(names) == len(set(names))


def test_every_other_clock_rolls_for_a_party_alone(book: Lawbook) -> None:
    named = {name for row in TABLE.policy for name in row.clocks}
    forward = {
        "party": TABLE.find("party_roll").roll,
        "agency": TABLE.find("duty_roll").roll,
        "officer": TABLE.find("duty_roll").roll,
    }

    for name, one in book.clocks.items():
        if name not in named and one.units & _DAYS and one.direction is Direction.AFTER and not one.fixed:
            usual = forward[one.owner] is Roll.FORWARD
            assert one.rolls is usual, f"{name}: 顺延与众不同, 应写进 flows/policies.toml 一行的 clocks"


def test_every_deadline_of_a_flow_rolls_as_the_table_says(book: Lawbook) -> None:
    for ref in book.flows.refs():
        flow = book.flows.compiled(ref).flow
        for name, deadline in flow.deadline.items():
            if not deadline.clock:
                assert deadline.rolls is (deadline.owner == "party"), f"{ref}.{name}"


# rows that count no date -----------------------------------------------------------------------------------

LAST = date(2026, 3, 16)
FINE = 100_00
FIELD = FieldPath("filing.found_on")
PAYMENT = DeadlineName("payment")


def grown(on: date, *papers: Any, due: date = LAST, fine: int = FINE, flags: Any = None) -> int:
    """The surcharge that a case shows."""
    penalties = [{"kind": "罚款", "amount": fine}, {"kind": "没收违法所得", "amount": 7}]
    s = situation(
        [paper("decision", penalties=penalties), *papers], on=on, clocks={"payment": clock("payment", due=due)},
        flags=flags or {},
    )  # fmt: skip
    found = surcharge_in_force(
        s, penalties=FieldPath("decision.penalties"), changed=FieldPath("proposal.penalties"), deadline=PAYMENT,
        flag=FlagName("remedy"), filed=FieldPath("record.made_on"), received=(FieldPath("outcome.received_on"),),
        payments=FieldPath("receipt.payments"),
    )  # fmt: skip
    assert isinstance(found.value, int)
    return found.value


def payment(on: date, amount: int) -> Any:
    return paper("receipt", payments=[{"on": str(on), "amount": amount, "item": "罚款"}])


def test_policy_fixed_date(book: Lawbook) -> None:
    registered = book.clocks["rep.annual"]

    assert registered.fixed == "01-31"
    assert registered.rolls is False


def test_policy_announcement_roll(book: Lawbook) -> None:
    rows = book.tables["announcement_service"].row
    flow = book.flows.in_force("penalty.general", TABLE.declared).flow

    assert [
        str(row.length) for row in rows if row.applies(on=TABLE.declared, region="", sector="", party=None)
    ] == ["30日"]
    assert flow.guard["hearing_notice_served"].args["table"] == "announcement_service"


def test_policy_limitation_roll() -> None:
    """The last day of two years is a holiday: still in time; the day after the holidays is not."""

    def out_of_time(found: str) -> object:
        s = situation([paper("record", made_on="2024-10-04"), paper("filing", found_on=found, reason="否")])
        return limitation_passed(
            s, act_end=FieldPath("record.made_on"), discovered=FIELD, harm=FieldPath("filing.reason"),
            table=TableName("limitation"),
        ).value  # fmt: skip

    assert out_of_time("2026-10-04") is False
    assert out_of_time("2026-10-08") is True


@pytest.mark.parametrize(
    ("served", "kept"), [("2026-10-15", True), ("2026-10-16", True), ("2026-10-19", False)]
)
def test_policy_clear_days(served: str, kept: bool) -> None:
    """The guard takes the ordinary reading: notice on the very last day is in time, and the command warns of it."""
    s = situation([paper("filing", found_on=served), paper("record", made_on="2026-10-23")])

    late = ahead(s, notice=FIELD, event=FieldPath("record.made_on"), length=5, unit=Unit.WORKDAY)
    answer = told("clock", "2026-10-13", "7日", "--policy", "clear_days")

    assert (late is None) is kept
    assert answer["strict"] == "2026-09-24"
    assert "从严数" in answer["derivation"][-1]


@pytest.mark.parametrize(("on", "allowed"), [(LAST, False), (LAST + NEXT, True)])
def test_policy_after_days(on: date, allowed: bool) -> None:
    s = situation(on=on, clocks={"payment": clock("payment", due=LAST)})

    assert (expired(s, deadline=PAYMENT) is None) is allowed


def general(book: Lawbook) -> Flow:
    return book.flows.in_force("penalty.general", TABLE.declared).flow


@pytest.mark.parametrize(
    ("written", "last"), [("2026-03-02T09:00", "2026-03-03T09:00"), (None, "2026-03-03T00:00")]
)
def test_policy_hours(written: str | None, last: str) -> None:
    """Without an hour the period begins with the day, and an act is taken for one of its last minute."""
    entry = {
        **RAW["deadline"]["handling"],
        "length": 24,
        "unit": "hour",
        "pauses": [],
        "from": "filing.reason",
    }
    hourly = changed(deadline={"handling": entry})
    s = situation([paper("filing", reason=written)], on=date(2026, 3, 2), compiled=hourly)
    running = start(s, "handling")
    assert running is not None
    ending = situation(on=date(2026, 3, 3), compiled=hourly, clocks={"handling": running})

    ended = next(one for one in changes(ending, "decide") if one.deadline == "handling")

    assert running.moment == f"{last}+08:00"
    assert ended.state is ClockState.LATE


def test_policy_several_appraisals(book: Lawbook) -> None:
    flow = general(book)

    assert flow.guard["appraisals_all_in"].check == "all_answered"
    lowering = [step for step in flow.transition.values() if "appraisal" in step.lowers]
    assert lowering
    assert all(
        "appraisals_all_in" in step.guards for step in lowering if "appraisal_opinion" in step.documents
    )


def test_policy_hearing_anew(book: Lawbook) -> None:
    flow = general(book)
    ahead_of_it = {
        key for key, guard in flow.guard.items() if guard.check == "ahead" and guard.args["length"] == 7
    }

    calling = [step for step in flow.transition.values() if "hearing_notice" in step.documents]

    assert any("hearing_postponement" in step.documents for step in calling)
    assert all(ahead_of_it & set(step.guards) for step in calling)


def test_policy_own_start(book: Lawbook) -> None:
    withdrawal = book.flows.in_force("duty.withdrawal", TABLE.declared).flow

    assert {one.from_ for one in withdrawal.deadline.values()} == {"voiding_act.received_on"}
    assert "发现" in book.clocks["pub.correct"].start


@pytest.mark.parametrize(
    ("ended", "opens"),
    [(None, date(2026, 8, 31)), (date(2026, 6, 1), date(2026, 6, 1))],
    ids=["kept", "broken"],
)
def test_policy_court_start(book: Lawbook, ended: date | None, opens: date) -> None:
    """The day after the time for suit, or after the deferral, which a broken plan ends."""
    broken = general(book).guard["in_court_window"].args["broken"]
    clocks = {
        "handling": clock("handling", started=date(2025, 6, 2), due=date(2025, 12, 2)),
        "payment": clock("payment", due=date(2026, 8, 31), moved=True),
    }
    children = [child(ended=True, on=ended)] if ended else []

    def allowed(on: date) -> bool:
        answer = in_court_window(
            situation(on=on, clocks=clocks, children=children), remedy=DeadlineName("handling"),
            further=DeadlineName("further"), payment=PAYMENT, plan=ChildName("publication"),
            broken=(ChildState("published"),), length=3, unit=Unit.MONTH,
        )  # fmt: skip
        return answer is None

    assert broken == ["defaulted", "cancelled"]
    assert [allowed(day) for day in (opens, opens + NEXT)] == [False, True]


def test_policy_judgment_period(book: Lawbook) -> None:
    guards = general(book).guard

    assert guards["in_judgment_period"].args == {
        "start": "remedy_outcome.received_on",
        "length": 2,
        "unit": "year",
    }
    assert (guards["judgment_final"].check, guards["judgment_final"].args) == (
        "expired",
        {"deadline": "further_remedy"},
    )


def test_policy_left_out_days() -> None:
    """The day on which a circumstance ends counts again."""
    s = situation(flags={"suspended": up(date(2026, 3, 5), date(2026, 3, 10))}, on=date(2026, 3, 20))

    (span,) = s.spans("suspended")

    assert (span.first, span.last) == (date(2026, 3, 5), date(2026, 3, 9))


def test_policy_local_days() -> None:
    nation = told("clock", "2018-04-16", "2工作日")
    place = told("clock", "2018-04-16", "2工作日", "--region", "广西壮族自治区")

    assert nation["due"] == "2018-04-18"
    assert place["due"] == "2018-04-23"
    assert place["safe"] <= nation["due"]


def test_policy_unpublished_year() -> None:
    answer = told("clock", "2027-02-03", "5工作日")

    assert answer["provisional"] is True
    assert "暂定" in answer["derivation"][-1]


def test_policy_announced_in_time(book: Lawbook) -> None:
    deadline = general(book).deadline["serve"]

    assert "announce_decision" in deadline.ends


@pytest.mark.parametrize(("posted", "late"), [(LAST, False), (LAST + NEXT, True)])
def test_policy_postmark(book: Lawbook, posted: date, late: bool) -> None:
    """The day of posting is asked, on whatever day the letter came in."""
    field = general(book).document["hearing_request"].field
    s = situation(
        [paper("filing", found_on=str(posted))], on=LAST + 9 * NEXT, clocks={"payment": clock("payment", due=LAST)}
    )  # fmt: skip

    assert (not_expired_by(s, deadline=PAYMENT, field=FIELD) is not None) is late
    assert "交邮" in field["requested_on"].ask


def test_policy_surcharge_base() -> None:
    assert grown(LAST + 2 * NEXT, payment(LAST, 50_00)) == 2 * 1_50
    assert grown(LAST + 2 * NEXT, payment(LAST + NEXT, 50_00)) == 3_00 + 1_50


def test_policy_surcharge_days() -> None:
    assert grown(LAST) == 0
    assert grown(LAST + NEXT) == 3_00
    assert grown(LAST + 9 * NEXT, payment(LAST + 2 * NEXT, FINE)) == 2 * 3_00


def test_policy_surcharge_pause(book: Lawbook) -> None:
    """From the filing to the day before the outcome came in, on whatever days the office recorded them."""
    last, first = date(2026, 3, 30), date(2026, 3, 25)
    asked = paper("record", on=first, seq=2, made_on="2026-03-20")
    answered = paper("outcome", on=last, seq=3, received_on="2026-03-28")

    flags, same_day = {"remedy": up(first, last)}, {"remedy": up(last, last)}
    at_once = [paper("record", on=last, seq=2, made_on="2026-03-20"), answered]

    assert grown(date(2026, 3, 31), flags=flags) == (15 - 5) * 3_00
    assert grown(date(2026, 3, 31), asked, flags=flags) == (15 - 10) * 3_00
    assert grown(date(2026, 3, 31), asked, answered, flags=flags) == (15 - 8) * 3_00
    assert grown(date(2026, 3, 31), *at_once, flags=same_day) == (15 - 8) * 3_00
    found = general(book).finding["surcharge"]
    assert found.args["received"] == ["remedy_outcome.received_on", "voiding_act.party_received_on"]


def test_policy_surcharge_cap(book: Lawbook) -> None:
    registered = book.clocks["pen.surcharge"]

    assert grown(LAST + 33 * NEXT) == 99_00
    assert grown(LAST + 34 * NEXT) == FINE
    assert grown(LAST + 99 * NEXT, payment(LAST + NEXT, 50_00)) == FINE
    assert registered.length is not None
    assert registered.length.count == surcharge(FINE, LAST, LAST + 99 * NEXT, rate=FINE_RATE).days


@pytest.mark.parametrize(("name", "rate"), [("pen.surcharge", FINE_RATE), ("tax.late", LATE_RATE)])
def test_the_rates_are_those_of_the_registry(book: Lawbook, name: str, rate: int) -> None:
    written = book.clocks[name].daily.rpartition("的")[2]
    kind = "加处罚款" if name == "pen.surcharge" else "滞纳金"

    answer = told(
        "surcharge", "1元", "--due", "2026-03-16", "--on", "2026-03-17", "--kind", kind, "--rate", written
    )

    assert answer["rate"] == rate
    assert answer["basis"] == list(book.clocks[name].basis)


def test_policy_surcharge_deferral(book: Lawbook) -> None:
    """Approved when days had passed already: nothing is left of them, but it must have been asked for in time."""
    deferred, flow = LAST + 30 * NEXT, general(book)

    assert grown(LAST + 9 * NEXT) == 9 * 3_00
    assert grown(LAST + 9 * NEXT, due=deferred) == grown(deferred, due=deferred) == 0
    assert grown(deferred + NEXT, due=deferred) == 3_00
    assert flow.transition["approve_deferral"].moves.deadline == "pay"  # type: ignore[union-attr]
    assert "deferral_asked_in_time" in flow.transition["approve_deferral"].guards
    assert flow.guard["deferral_asked_in_time"].args == {
        "deadline": "pay",
        "field": "deferral_approval.applied_on",
    }


def test_policy_surcharge_rounding() -> None:
    assert grown(LAST + 3 * NEXT, fine=11) == 0
    assert grown(LAST + 4 * NEXT, fine=11) == 1
    assert surcharge(19_99, LAST, LAST + NEXT, rate=LATE_RATE).amount == 0


@pytest.mark.parametrize(
    ("value", "amount", "capped_on"), [("principal", 1_000_00, "2031-09-06"), ("none", 1_277_50, None)]
)
def test_policy_late_fee_cap(tmp_path: Path, value: str, amount: int, capped_on: str | None) -> None:
    """Planted: with the other value the same debt goes beyond the tax."""
    text = (FLOWS / "policies.toml").read_text(encoding="utf-8")
    flows = folder_of(tmp_path, text.replace('value    = "principal"', f'value    = "{value}"'))

    answer = told(
        "surcharge", "1000元", "--due", "2026-03-16", "--on", "2033-03-14", "--kind", "滞纳金", flows=flows
    )

    assert (answer["amount"], answer["capped_on"]) == (amount, capped_on)


def test_policy_late_fee_pause() -> None:
    base = ("surcharge", "1000元", "--due", "2026-03-16", "--on", "2026-03-26", "--kind", "滞纳金")

    assert told(*base)["days"] == 10
    assert told(*base, "--exclude", "2026-03-20..2026-03-21")["days"] == 8


@pytest.mark.parametrize(
    ("begun", "over", "allowed"),
    [
        ("2026-02-28T06:00", "2026-02-28T22:00", True), ("2026-03-07T09:00", "2026-03-07T10:00", False),
        ("2026-03-02T05:59", "2026-03-02T10:00", False), ("2026-03-02T21:00", "2026-03-02T22:01", False),
    ],
    ids=["worked-saturday", "saturday", "dawn", "night"],
)  # fmt: skip
def test_policy_enforcement_hours(book: Lawbook, begun: str, over: str, *, allowed: bool) -> None:
    """As every step of the flow asks that lays hands on something."""
    flow = book.flows.in_force("enforcement.general", TABLE.declared).flow
    asking = {key: guard for key, guard in flow.guard.items() if guard.check == "at_lawful_hours"}
    s = situation([paper("filing", found_on=begun), paper("record", made_on=over)])
    s.law = replace(s.law, calendar=open_calendars(FLOWS).nation)

    answers = [
        at_lawful_hours(
            s, started=FIELD, ended=FieldPath("record.made_on"), urgent=FieldPath("memo.reason"),
            night_from=int(str(guard.args["night_from"])), night_to=int(str(guard.args["night_to"])),
        )
        for guard in asking.values()
    ]  # fmt: skip

    assert {answer is None for answer in answers} == {allowed}
    for step in ("demolish", "enforce", "substitute"):
        assert set(asking) & set(flow.transition[step].guards)


# the change of law -------------------------------------------------------------------------------------------

OLD = ("penalty.general@2018-01-01", "penalty.summary@2018-01-01", "duty.evidence@2018-01-01")


def test_policy_old_penalty_days(book: Lawbook) -> None:
    flows = [book.flows.compiled(ref).flow for ref in OLD]

    own = {
        (flow.id, name, deadline.unit, deadline.owner)
        for flow in flows
        for name, deadline in flow.deadline.items()
        if not deadline.table and (not deadline.clock or deadline.clock.startswith("pen."))
    }

    assert all(flow.effective_to == date(2021, 7, 14) for flow in flows)
    assert {unit for _, _, unit, _ in own} == {Unit.DAY}
    assert {name for _, name, _, owner in own if owner == "party"} == {"hearing_request", "pay"}
    assert flows[0].guard["hearing_notified_ahead"].args["unit"] == "day"


def test_policy_law_change(book: Lawbook) -> None:
    """What a move does with steps, old and new periods is tested in tests/engine/test_changeover.py."""
    for ref in OLD:
        old = book.flows.compiled(ref).flow
        new = book.flows.in_force(old.id, TABLE.declared).flow

        assert ended_by_law(old, new), ref
        assert set(old.state) <= set(new.state), ref
        assert set(old.deadline) <= set(new.deadline), ref
        assert {role for step in old.transition.values() for role in step.by} <= set(new.role), ref
        assert all(new.document[kind].repeatable == one.repeatable for kind, one in old.document.items()), ref
