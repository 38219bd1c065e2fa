"""zhifa inbox, due: what waits for a post or a person, and which duties fall due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from zhifa_flow.casework.flownames import faulty
from zhifa_flow.casework.ports import Page
from zhifa_flow.casework.registers import find_agency, find_officer
from zhifa_flow.casework.rehearsal import Rehearsal
from zhifa_flow.casework.worklist import (
    Duty,
    Outlook,
    Waiting,
    duties,
    inbox_of_officer,
    inbox_of_post,
    outlook,
    posts,
)
from zhifa_flow.cli.answers import duty_answer, show_json, waiting_answer
from zhifa_flow.cli.case_screens import OWNERS
from zhifa_flow.cli.group import command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.options import agency_option, page_options
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.recount_view import show_recount
from zhifa_flow.cli.screens import listed, note, say, table
from zhifa_flow.cli.sweep_view import show_sweep
from zhifa_flow.cli.values import Day
from zhifa_flow.model.errors import NotFound


@command(name="inbox", help="待办: 等待某岗位(--post)或者某人(--officer)办理的案件, 以及可以办理的环节。")
@click.option("--post", default="", metavar="POST", help="岗位, 如 立案岗")
@click.option(
    "--officer",
    default="",
    envvar="ZHIFA_OFFICER",
    show_envvar=True,
    metavar="NAME",
    help="人员的编号或者姓名",
)
@agency_option
@page_options
@json_option
@database_option
@pass_places
def inbox(places: Places, post: str, officer: str, agency: str, page: Page) -> None:
    """Show what waits for a post or a person."""
    if not post and not officer:
        raise click.UsageError("须写明岗位(--post)或者人员(--officer)")
    desk = open_desk(places)
    with desk.store.read() as work:
        home = find_agency(work, agency) if post or agency else None
        person = find_officer(work, officer, home) if not post else None
    if person is not None:
        found = inbox_of_officer(desk.store, desk.flows, person, page)
    elif post not in (known := posts(desk.flows)):
        raise NotFound("岗位", post, known)
    else:
        found = inbox_of_post(desk.store, desk.flows, home.id if home else "", post, page)
    for ref in faulty(desk.flows):
        click.echo(f"注意: 流程 {ref} 的文件有问题, 其案件没有列入; 用 zhifa flow check {ref} 查看", err=True)
    if places.as_json:
        show_json([waiting_answer(desk.flows, one) for one in found])
        return
    _show_waiting(found, page)


def _show_waiting(found: list[Waiting], page: Page) -> None:
    rows = [
        (
            one.line.id,
            one.line.title,
            one.flow_name,
            one.state_name,
            one.line.entered_state_on,
            listed(one.steps),
        )
        for one in found
    ]
    table(("案件", "案由", "流程", "状态", "自", "可办理"), rows, empty="没有待办的案件")
    if len(found) == page.size:
        say(f"可能还有, 下一页: --after {found[-1].line.id}")


@command(name="due", help="期限: 正在计算的期限, 按末日排列, 已经届满的在前。")
@click.option("--until", type=Day(), help="只列末日不晚于这一天的")
@click.option(
    "--sweep", "sweeps", is_flag=True, help="逐案记录期限届满依法发生的后果(如自动解除), 可以随时重复执行"
)
@click.option(
    "--recount",
    "recounts",
    is_flag=True,
    help="放假安排公布或者变动后, 重新计算期限, 逐案记录并列出末日有变动的案件(须写明 --as), 可以随时重复执行",
)
@click.option("--dry-run", is_flag=True, help="只列出重新计算后有变动的案件, 不保存(与 --recount 一起使用)")
@click.option(
    "--as",
    "recorder",
    default="",
    envvar="ZHIFA_OFFICER",
    show_envvar=True,
    metavar="NAME",
    help="重新计算由何人办理: 编号或者姓名",
)
@agency_option
@page_options
@json_option
@database_option
@pass_places
@click.pass_context
def due(
    ctx: click.Context,
    places: Places,
    until: date | None,
    sweeps: bool,
    recounts: bool,
    dry_run: bool,
    recorder: str,
    agency: str,
    page: Page,
) -> None:
    """Show running deadlines, record what came about through those that ended, or count them anew."""
    if recounts and (sweeps or not recorder):
        raise click.UsageError("--recount 须写明办理人(--as), 并且不与 --sweep 同时使用")
    desk = open_desk(places)
    with desk.store.read() as work:
        home = find_agency(work, agency) if agency else None
        officer = find_officer(work, recorder, home) if recounts else None
    if officer:
        desk = replace(desk, store=Rehearsal(desk.store)) if dry_run else desk
        ctx.exit(0 if show_recount(desk, officer, home, as_json=places.as_json, rehearsed=dry_run) else 1)
    if sweeps:
        ctx.exit(0 if show_sweep(desk, home.id if home else "", as_json=places.as_json) else 1)
    found = duties(desk.store, desk.flows, desk.today, page, agency=home.id if home else "", until=until)
    ahead = outlook(desk.store, desk.law, desk.today, home)
    if places.as_json:
        if ahead:  # the answer is a list and has no room beside it
            note(_ahead(ahead))
        show_json([duty_answer(desk.flows, one) | {"awaits_notice": _awaited(one, ahead)} for one in found])
        return
    rows = [
        (
            "" if one.line.paused else one.line.due,
            _when(one),
            one.name,
            OWNERS[one.owner],
            one.line.case.id,
            one.line.case.title,
            _warning(one),
        )
        for one in found
    ]
    table(("末日", "", "期限", "谁的", "案件", "案由", "注意"), rows, empty="没有正在计算的期限")
    if len(found) == page.size:
        say(f"可能还有, 下一页: --after {found[-1].line.key}")
    if ahead:
        note(_ahead(ahead))


def _awaited(duty: Duty, ahead: Outlook | None) -> int | None:
    """The year whose notice a provisional last day waits for."""
    if not ahead or not duty.line.provisional or duty.line.due < ahead.since:
        return None
    return max(duty.line.due.year, ahead.year)


def _ahead(ahead: Outlook) -> str:
    known = f"{ahead.year}年放假通知尚未录入(flows/calendars/{ahead.year}.toml)"
    head = known if ahead.of_nation else ahead.doubt
    if not ahead.count:
        return f"{head}; 通知一般在上一年10月至11月公布, 公布后请及时录入"
    number = f"超过{ahead.count}" if ahead.more else str(ahead.count)
    return f"{head}, 有{number}个在算期限的末日在{ahead.since}或者以后, 为暂定"


def _when(duty: Duty) -> str:
    if duty.line.paused:
        return f"停止计算中(自{duty.line.paused}起)"
    if duty.days_overdue:
        return f"{duty.passed}{duty.days_overdue}日"
    return f"还有{duty.days_left}日" if duty.days_left else "今天"


def _warning(duty: Duty) -> str:
    if duty.line.paused:
        return "恢复后才有末日"
    sooner = duty.line.safe != duty.line.due and not duty.waited_for
    said = [f"宜在{duty.line.safe}前完成"] if sooner else []
    said += ["暂定"] if duty.line.provisional else []
    return "; ".join(said)
