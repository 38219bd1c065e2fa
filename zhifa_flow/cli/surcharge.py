"""zhifa surcharge: 加处罚款 and 滞纳金 counted and explained, without any case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

import click

from zhifa_flow.bootstrap.calendars import open_calendars
from zhifa_flow.bootstrap.lawfolder import find_flows, open_clocks, open_policies
from zhifa_flow.cli.clock_registry import not_recorded
from zhifa_flow.cli.clock_words import plain, read_event, read_span
from zhifa_flow.cli.group import command
from zhifa_flow.cli.jsontext import show_json
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.screens import note, say
from zhifa_flow.cli.values import OneOf
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.surcharge import FINE_RATE, LATE_RATE, PARTS, Surcharge, explained, surcharge
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.money import LARGEST_FEN, format_money, parse_money
from zhifa_flow.model.numerals import to_int
from zhifa_flow.model.policy import PolicyTable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What grows: its usual rate, its clock in the registry, and the declared policies; ``cap`` names the switch."""

    name: str
    rate: int
    clock: str
    policies: tuple[str, ...]
    cap: str = ""


_FINE: Final = _Kind(
    "加处罚款", FINE_RATE, "pen.surcharge",
    ("surcharge_base", "surcharge_days", "surcharge_cap", "surcharge_pause", "surcharge_rounding"),
)  # fmt: skip
_LATE: Final = _Kind(
    "滞纳金", LATE_RATE, "tax.late",
    ("surcharge_days", "surcharge_rounding", "late_fee_cap", "late_fee_pause"), "late_fee_cap",
)  # fmt: skip
_KINDS: Final[Mapping[str, _Kind]] = {kind.name: kind for kind in (_FINE, _LATE)}

_PERCENT: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)%")
_OF_PARTS: Final = re.compile(r"([百千万])分之(.{1,5})")
_WHOLE: Final = {"百": 100, "千": 1000, "万": PARTS}

_HELP = """逾期缴纳的加处罚款、滞纳金: 自 --due 的次日起, 至 --on 止。

\b
加处罚款每日百分之三, 以罚款为限; 税款滞纳金每日万分之五。例如:
  zhifa surcharge 10000元 --due 2026-03-02 --on 2026-05-01
  zhifa surcharge 1万元 --due 2026-03-02 --on 2026-05-01 --exclude 2026-03-20..2026-04-10 --paid 2026-04-15=2000元
  zhifa surcharge 10000元 --due 2026-03-02 --on 2026-05-01 --kind 滞纳金
"""


@command(name="surcharge", help=_HELP)
@click.argument("principal", metavar="AMOUNT")
@click.option("--due", required=True, metavar="DATE", help="缴款期限的最后一日(顺延以后的)")
@click.option("--on", required=True, metavar="DATE", help="算到哪一日(含当日)")
@click.option(
    "--kind",
    type=OneOf({name: name for name in _KINDS}),
    help="加处罚款(默认)或者滞纳金; 不写时依 --rate 判断",
)
@click.option("--rate", metavar="RATE", help="每日的比例, 如 3%、0.05%、万分之五(默认为法定的比例)")
@click.option(
    "--exclude", multiple=True, metavar="FROM..TO", help="不计的期间(复议、诉讼), 含首尾两日, 可重复"
)
@click.option(
    "--paid", multiple=True, metavar="DATE=AMOUNT", help="已经缴纳的本金, 可重复; 当日仍按缴款以前计算"
)
@click.option("--explain", is_flag=True, help="写明计算过程")
@json_option
@flows_option
@pass_places
def surcharge_command(places: Places, explain: bool, **typed: Any) -> None:
    """Count what has grown on a debt that was not paid in time."""
    kind, settings = _settings(typed)
    root = find_flows(places.flows)
    table, clock = open_policies(root), open_clocks(root)[kind.clock]
    if unknown := not_recorded(kind.clock, clock, settings["due"]):
        raise InputError([unknown])
    grown = surcharge(**settings, capped=_capped(kind, table, settings["on"]))
    if grown.amount > LARGEST_FEN:
        raise InputError([f"{kind.name}超过了可以写出的金额({format_money(LARGEST_FEN)})"])
    basis = clock.basis if grown.rate == kind.rate else ()
    remarks = [*_remarks(kind, settings, open_calendars(root, note).nation)]
    lines = [*explained(grown, kind.name), *remarks, *_sources(kind, table, basis)]
    if places.as_json:
        show_json(_answer(kind, grown, lines) | {"basis": basis, "remarks": remarks})
        return
    say(f"{kind.name}{format_money(grown.amount)}({grown.days}日{_cap_words(grown)})")
    for line in remarks:
        note(line)
    for line in lines if explain else ():
        say(line, indent=2)


def _remarks(kind: _Kind, settings: Mapping[str, Any], calendar: Calendar) -> Iterator[str]:
    """What may be wrong with the question, though it can be counted."""
    principal, due, on, rate = (settings[name] for name in ("principal", "due", "on", "rate"))
    if not calendar.is_workday(due):
        yield (
            f"缴款期限的最后一日{due}({calendar.kind(due)})不是工作日: 末日是休假日的应当顺延(民法典第二百零三条第一款), "
            "请核对; 批准延期、分期确定的日期和地方放假另当别论"
        )
    if rate != kind.rate:
        yield (
            f"每日{Decimal(rate) / 100}%不是{kind.name}的法定比例({Decimal(kind.rate) / 100}%), "
            "不能引用其依据; 请写明规定这一比例的法律、法规"
        )
    paid = sum(amount for day, amount in settings["payments"] if day <= on)
    if paid > principal:
        yield (
            f"至{on}缴纳的本金{format_money(paid)}超过应缴的{format_money(principal)}, "
            f"多缴{format_money(paid - principal)}, 不抵{kind.name}; 请核对"
        )


def _capped(kind: _Kind, table: PolicyTable, on: date) -> bool:
    if not kind.cap:
        return True
    row = table.find(kind.cap)
    return row.applies(on) and row.value == "principal"


def _cap_words(grown: Surcharge) -> str:
    return f", 于{grown.capped_on}达到上限" if grown.capped_on else ""


def _answer(kind: _Kind, grown: Surcharge, lines: list[str]) -> dict[str, Any]:
    return {
        "kind": kind.name, "principal": grown.principal, "rate": grown.rate, "amount": grown.amount,
        "text": format_money(grown.amount), "days": grown.days, "first": grown.first, "capped_on": grown.capped_on,
        "policies": kind.policies, "derivation": lines,
    }  # fmt: skip


def _sources(kind: _Kind, table: PolicyTable, basis: Sequence[str]) -> list[str]:
    rows = [table.find(name) for name in kind.policies]
    cited = [f"依据: {'、'.join(basis)}"] if basis else []
    return [*cited, *(f"口径“{row.name}”: {row.answer}" for row in rows)]


def _settings(typed: Mapping[str, Any]) -> tuple[_Kind, dict[str, Any]]:
    """What was typed, read whole: every mistake is told at once."""
    problems: list[str] = []

    def read(reader: Callable[[str], T], text: str, place: str) -> T | None:
        try:
            return reader(text)
        except InputError:
            raise
        except ValueError as error:
            problems.append(f"{place}: {error}")
            return None

    principal = read(parse_money, plain(typed["principal"]), "AMOUNT")
    due, on = (read(read_event, typed[name], f"--{name}") for name in ("due", "on"))
    excluded = [read(read_span, text, "--exclude") for text in typed["exclude"]]
    payments = [read(_payment, text, "--paid") for text in typed["paid"]]
    rate = read(_rate, typed["rate"], "--rate") if typed["rate"] else None
    kind = _kind(typed["kind"], rate, problems)
    if kind is _FINE and rate not in (None, FINE_RATE):
        problems.append("--rate: 加处罚款的比例由法律定为每日3%(行政处罚法第七十二条第一款第一项), 不能另定")
    if problems or kind is None or principal is None or due is None or on is None:
        raise click.UsageError("; ".join(problems))
    return kind, {
        "principal": principal, "due": due.day, "on": on.day, "rate": rate or kind.rate,
        "excluded": excluded, "payments": payments,
    }  # fmt: skip


def _kind(name: str | None, rate: int | None, problems: list[str]) -> _Kind | None:
    if name:
        return _KINDS[name]
    found = next((kind for kind in _KINDS.values() if rate in (None, kind.rate)), None)
    if found is None:
        problems.append(
            f"--rate: 每日{Decimal(rate or 0) / 100}%不是法定的比例, 请用 --kind 指明{'、'.join(_KINDS)}"
        )
    return found


def _payment(text: str) -> tuple[Any, int]:
    day, sign, amount = plain(text).partition("=")
    if not sign:
        raise ValueError(f"“{text}”应写成 日期=金额, 如 2026-04-01=2000元")
    return read_event(day).day, parse_money(amount)


def _rate(text: str) -> int:
    """The rate in 万分之 that 3%, 0.05%, 万分之五 or 百分之3 states.

    Raises:
        ValueError: it is none, not a whole number of 万分之, or not between 0 and 100 %.
    """
    written = plain(text)
    parts = None
    if found := _PERCENT.fullmatch(written):
        parts = int(Decimal(found[1]) * 100)
    elif found := _OF_PARTS.fullmatch(written):
        number = int(found[2]) if found[2].isdecimal() else to_int(found[2])
        parts = number * PARTS // _WHOLE[found[1]]
    if parts is None or not 0 < parts <= PARTS:
        raise ValueError(f"“{text}”不是每日的比例, 应如 3%、0.05%、万分之五")
    return parts
