"""zhifa clock: a statutory period counted and explained, without any case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from zhifa_flow.bootstrap.calendars import open_calendars
from zhifa_flow.bootstrap.lawbook import find_flows
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.group import command
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.screens import note, say
from zhifa_flow.cli.values import Day, OneOf, Region
from zhifa_flow.engine.clock import SHANGHAI, Direction, Length, Roll, Span, Unit, due, due_moment
from zhifa_flow.model.region import NATION

_ROLLS = {"none": "none", "forward": "forward", "不顺延": "none", "顺延": "forward"}
_DIRECTIONS = {"after": "after", "before": "before", "向后": "after", "向前": "before"}


_CLOCK_HELP = """期限计算: 自 START 起 LENGTHUNIT 的最后一日。

\b
单位: 工作日 日 月 年 小时。例如:
  zhifa clock 2025-01-24 7工作日
  zhifa clock 2026-03-02T15:30 24小时
  zhifa clock 2026-06-01 7日 --direction before
"""


@command(name="clock", help=_CLOCK_HELP)
@click.argument("start", metavar="START")
@click.argument("length", metavar="LENGTHUNIT")
@click.option(
    "--roll", type=OneOf(_ROLLS, "none|forward"), default="none", help="末日为休息日时: 不顺延(默认)或者顺延"
)
@click.option(
    "--direction", type=OneOf(_DIRECTIONS, "after|before"), default="after", help="向后计算(默认)或者向前倒数"
)
@click.option("--exclude", multiple=True, metavar="FROM..TO", help="不计入期限的期间, 含首尾两日, 可重复")
@click.option(
    "--region",
    type=Region(),
    default=NATION,
    metavar="REGION",
    help="地区, 如 广西壮族自治区: 计入当地另外的放假日",
)
@click.option("--explain", is_flag=True, help="写明计算过程")
@json_option
@flows_option
@pass_places
def clock(places: Places, start: str, length: str, explain: bool, **rules: Any) -> None:
    """Count a statutory period."""
    measure = _length(length)
    answer = (
        _hours(start, measure, rules) if measure.unit is Unit.HOUR else _days(places, start, measure, rules)
    )
    if places.as_json:
        show_json(answer)
        return
    say(f"{answer['due']}{'(暂定: 相关年份的放假安排尚未公布或者没有录入)' if answer['provisional'] else ''}")
    if answer["safe"] != answer["due"]:
        local = "" if rules["region"] == NATION else ", 或者不计地方放假日时期限更早"
        say(f"末日不是工作日{local}, 宜在{answer['safe']}前完成")
    if explain:
        for line in answer["derivation"]:
            say(line, indent=2)


def _length(text: str) -> Length:
    try:
        return Length.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _days(places: Places, text: str, length: Length, rules: dict[str, Any]) -> dict[str, Any]:
    start: date = Day().convert(text, None, None)
    try:
        excluded = [Span.parse(each) for each in rules["exclude"]]
    except ValueError as error:
        raise click.BadParameter(f"--exclude: {error}") from None
    calendar = open_calendars(find_flows(places.flows), note)(rules["region"])
    roll, direction = Roll(rules["roll"]), Direction(rules["direction"])
    if roll is Roll.FORWARD and direction is Direction.BEFORE:
        raise click.UsageError(
            "向前倒数的期限没有顺延(民法典第二百零三条只延后期间的最后一日), 请去掉 --roll forward"
        )
    end = due(start, length, calendar, roll=roll, direction=direction, excluded=excluded, explain=True)
    return {
        "due": end.date.isoformat(),
        "safe": end.safe.isoformat(),
        "provisional": end.provisional,
        "derivation": list(end.derivation),
    }


def _hours(text: str, length: Length, rules: dict[str, Any]) -> dict[str, Any]:
    if rules["exclude"] or rules["roll"] != "none" or rules["direction"] != "after":
        raise click.UsageError(
            "以小时计的期限昼夜连续计算, 不扣除、不顺延、不倒数(--exclude、--roll、--direction 不适用)"
        )
    start = _moment(text)
    end = due_moment(start, length.count).isoformat(timespec="minutes")
    said = f"自{start:%Y-%m-%d %H:%M}起{length}, 昼夜连续计算, 不因节假日顺延(民法典第二百零一条第二款)"
    return {"due": end, "safe": end, "provisional": False, "derivation": [said]}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        moment = None
    if moment is None or ":" not in text:
        raise click.BadParameter(f"“{text}”没有写明时刻, 以小时计的期限应写如 2026-03-02T15:30")
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment.astimezone(SHANGHAI)
