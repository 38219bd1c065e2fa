"""zhifa clock: a statutory period counted and explained, without any case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import click

from zhifa_flow.bootstrap.calendars import open_calendars
from zhifa_flow.bootstrap.lawfolder import find_flows, open_policies
from zhifa_flow.cli.beside_due import if_rolled, without_safe_day
from zhifa_flow.cli.clock_question import Question, read_question
from zhifa_flow.cli.clock_registry import show_registry
from zhifa_flow.cli.group import ChineseCommand
from zhifa_flow.cli.jsontext import show_json
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.policies_view import show_policies
from zhifa_flow.cli.screens import note, say
from zhifa_flow.cli.values import OneOf, Region
from zhifa_flow.engine.calendar import LAST_DAY, Calendar, CalendarRangeError
from zhifa_flow.engine.clock import Direction, Length, Unit, due, due_moment
from zhifa_flow.model.region import NATION

_ROLLS = {"none": "none", "forward": "forward", "不顺延": "none", "顺延": "forward"}
_DIRECTIONS = {"after": "after", "before": "before", "向后": "after", "向前": "before"}


_CLOCK_HELP = """期限计算: 自 START 起 LENGTHUNIT 的最后一日。

\b
单位: 工作日 日 月 年 小时。例如:
  zhifa clock 2025-01-24 7工作日
  zhifa clock 2026年3月2日 三个月 --roll forward
  zhifa clock 2026-03-02T15:30 24小时
  zhifa clock 2026-06-01 7工作日 --direction before
  zhifa clock 2026-09-04 30日 --policy 查封扣押的三十日
  zhifa clock --policies
LENGTHUNIT 也可以是期限登记的编号或者名称, 单位、顺延、方向以登记为准:
  zhifa clock 2026-01-05 处罚决定期限
  zhifa clock --registry
"""


class _Counting(ChineseCommand):
    """A length below zero looks like an option to click; it is answered as what it is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        negative = next((arg for arg in args if re.match(r"-[0-9]", arg)), None)
        if negative:
            raise click.UsageError(f"期限“{negative}”不能是负数, 向前倒数请用 --direction before", ctx)
        return super().parse_args(ctx, args)


@click.command(cls=_Counting, name="clock", help=_CLOCK_HELP)
@click.argument("start", metavar="START", required=False)
@click.argument("length", metavar="LENGTHUNIT", required=False)
@click.option(
    "--roll", type=OneOf(_ROLLS, "none|forward"), help="末日为休息日时: 不顺延(none, 默认)或者顺延(forward)"
)
@click.option(
    "--direction", type=OneOf(_DIRECTIONS, "after|before"), help="向后计算(after, 默认)或者向前倒数(before)"
)
@click.option("--exclude", multiple=True, metavar="FROM..TO", help="不计入期限的期间, 含首尾两日, 可重复")
@click.option(
    "--region",
    type=Region(),
    default=NATION,
    metavar="REGION",
    help="地区, 如 广西壮族自治区: 计入当地另外的放假日",
)
@click.option("--policy", metavar="NAME", help="按一项口径计算: 单位、顺延、方向以口径为准")
@click.option("--policies", is_flag=True, help="列出全部口径, 不需要 START 和 LENGTHUNIT")
@click.option("--registry", is_flag=True, help="列出期限登记, 不需要 START 和 LENGTHUNIT")
@click.option("--explain", is_flag=True, help="写明计算过程")
@json_option
@flows_option
@pass_places
def clock(
    places: Places, start: str | None, length: str | None, policies: bool, registry: bool, explain: bool,
    **rules: Any,
) -> None:  # fmt: skip
    """Count a statutory period."""
    if (policies or registry) and start is not None:
        what = "--registry 列出期限登记" if registry else "--policies 列出全部口径"
        raise click.UsageError(f"{what}, 不需要 START 和 LENGTHUNIT")
    if registry:
        return show_registry(places)
    if policies:
        return show_policies(open_policies(find_flows(places.flows)), as_json=places.as_json)
    if start is None or length is None:
        raise click.UsageError(
            f"缺少参数 {'START' if start is None else 'LENGTHUNIT'}", click.get_current_context()
        )
    question = read_question(places, start, length, rules)
    answer = _hours(question) if question.length.unit is Unit.HOUR else _days(places, question)
    if question.named:
        answer["clock"] = question.named.told(question.event)
    if places.as_json:
        return show_json(answer)
    waited_for = question.named.clock.waited_for if question.named else False
    return _show(answer, explain=explain, local=question.region != NATION, waited_for=waited_for)


def _show(answer: dict[str, Any], *, explain: bool, local: bool, waited_for: bool) -> None:
    provisional = "(暂定: 相关年份的放假安排尚未公布或者没有录入)" if answer["provisional"] else ""
    say(f"{answer['due']}{provisional}")
    if answer.get("counted_as"):
        say(f"依口径, 期限按{answer['counted_as']}计算")
    if answer["safe"] != answer["due"] and not waited_for:
        disputed = ", 或者不计地方放假日时期限更早" if local else ""
        say(f"末日不是工作日{disputed}, 宜在{answer['safe']}前完成")
    if answer.get("strict"):
        say(f"恰在该日办理只合通常的数法; 从严数, 宜不晚于{answer['strict']}")
    if explain:
        for line in answer["derivation"]:
            say(line, indent=2)


def _days(places: Places, asked: Question) -> dict[str, Any]:
    root = find_flows(places.flows)
    calendar = open_calendars(root, note)(asked.region)
    end = due(
        asked.event.day, asked.length, calendar, roll=asked.roll, direction=asked.direction,
        excluded=asked.excluded, explain=True,
    )  # fmt: skip
    answer: dict[str, Any] = {"due": end.date, "safe": end.safe, "provisional": end.provisional}
    if strict := _strict(asked, calendar):
        answer["strict"] = strict
    if asked.counted_as:
        answer["counted_as"] = str(asked.length)
    lines = list(end.derivation)
    if asked.named and asked.named.clock.waited_for:
        lines = without_safe_day(lines)
    named = asked.named.id if asked.named else None
    if rolled := if_rolled(root, named, end.date, calendar, asked.excluded):
        answer["if_rolled"] = rolled.date
        lines.append(rolled.said)
    return answer | {"derivation": [*_before(asked), *lines, *_after(asked, end.date, strict)]}


def _strict(asked: Question, calendar: Calendar) -> date | None:
    """Counted back: the latest day where the day of the notice may not count either (law-silent, see clear_days)."""
    if asked.direction is Direction.AFTER or asked.length.unit not in (Unit.DAY, Unit.WORKDAY):
        return None
    longer = Length(asked.length.count + 1, asked.length.unit)
    try:
        end = due(asked.event.day, longer, calendar, direction=Direction.BEFORE, excluded=asked.excluded)
    except CalendarRangeError:
        return None
    return end.date


def _before(asked: Question) -> Iterator[str]:
    if asked.event.said:
        yield asked.event.said
    if asked.named:
        yield from asked.named.lines(asked.event)
    if asked.policy:
        yield f"口径“{asked.policy.name}”: {asked.policy.answer}"
    if asked.counted_as:
        yield f"{asked.counted_as}依该口径按{asked.length}计算"


def _after(asked: Question, end: date, strict: date | None) -> Iterator[str]:
    first, last = sorted((asked.event.day.toordinal(), end.toordinal()))
    after = asked.direction is Direction.AFTER
    counted = range(first + after, last + after)
    for span in asked.excluded:
        if span.last.toordinal() < counted.start or span.first.toordinal() >= counted.stop:
            yield f"扣除的期间{span}不在计算的期限内, 没有影响"
    spans = sorted(asked.excluded, key=lambda span: span.first)
    if any(later.first <= span.last for span, later in pairwise(spans)):
        yield "扣除的期间有重叠, 重叠的日子只扣除一次"
    if strict:
        yield f"恰在{end}办理只合通常的数法; 从严数(办理之日也不计入)为{strict}"


def _hours(asked: Question) -> dict[str, Any]:
    start = asked.event.moment
    assert start is not None
    end = due_moment(start, asked.length.count)
    if end.date() > LAST_DAY:
        raise CalendarRangeError("计算结果")
    text = end.isoformat(timespec="minutes")
    said = f"自{start:%Y-%m-%d %H:%M}起{asked.length}, 昼夜连续计算, 不因节假日顺延(民法典第二百零一条第二款)"
    return {"due": text, "safe": text, "provisional": False, "derivation": [*_before(asked), said]}
