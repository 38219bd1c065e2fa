"""zhifa flow check: every problem of every flow, calendar and policy file, and the articles nobody could verify."""

from __future__ import annotations

import click

from zhifa_flow.bootstrap.calendars import calendar_problems
from zhifa_flow.bootstrap.lawbook import Lawbook, find_flows, open_lawbook
from zhifa_flow.bootstrap.notices import LOCK, publication_notices
from zhifa_flow.cli.flow_names import wanted_refs
from zhifa_flow.cli.group import command
from zhifa_flow.cli.jsontext import show_json
from zhifa_flow.cli.places import Places, flows_option, json_option, pass_places
from zhifa_flow.cli.screens import say
from zhifa_flow.engine.flowcheck.report import Report
from zhifa_flow.model.errors import FileError

_CHECK_HELP = """检查流程文件, 指出全部问题; 全部无误时退出码为 0。

不写 FLOW 的检查全部流程、日历(calendars)、口径(policies)和职权(powers)。没有收录条文、无法核对的法条另行列出。
"""


@command(name="check", help=_CHECK_HELP)
@click.argument("names", metavar="[FLOW]...", nargs=-1)
@json_option
@flows_option
@pass_places
@click.pass_context
def check(ctx: click.Context, places: Places, names: tuple[str, ...]) -> None:
    """Check flow files."""
    root = find_flows(places.flows)
    policies: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    notices: list[str] = []
    try:
        book = open_lawbook(root)
    except FileError as error:
        reports, articles = {error.source: Report(error.problems, ())}, []
    else:
        reports = book.flows.check(_refs(book, names))
        articles = [(ref, article) for ref, report in reports.items() for article in report.unverified]
        articles += [("clocks", article) for article in book.unverified_clocks]
        policies, powers = book.policy_problems, book.power_problems
        versions = book.flows.folder_problems()
        sound = [
            ref
            for ref, report in reports.items()
            if not report.problems and not book.flows.published.problems
        ]
        notices = [f"{ref}: {notice}" for ref in sound for notice in publication_notices(book, ref)]
    flows = len(reports)
    if not names:
        reports["calendars"] = Report(calendar_problems(root), ())
        reports["policies"] = Report(policies, ())
        reports["powers"] = Report(powers, ())
    if versions:  # a lock that cannot be relied on concerns every flow, also one that is checked alone
        reports[LOCK] = Report(versions, ())
    problems = [f"{ref}: {problem}" for ref, report in reports.items() for problem in report.problems]
    if places.as_json:
        unverified = [f"{ref}: {article}" for ref, article in articles]
        told = {"notices": notices} if notices else {}
        show_json({"flows": flows, "problems": problems, "unverified": unverified, **told})
    else:
        _show(reports, articles)
        for notice in notices:
            say(f"提示: {notice}")
        if not flows:
            say("没有流程文件")
    ctx.exit(1 if problems or not flows else 0)


def _refs(book: Lawbook, names: tuple[str, ...]) -> list[str]:
    if not names:
        return book.flows.refs()
    return list(dict.fromkeys(ref for name in names for ref in wanted_refs(book, name)))


def _show(reports: dict[str, Report], articles: list[tuple[str, str]]) -> None:
    for ref, report in reports.items():
        say(f"{'✗' if report.problems else '✓'} {ref}: {len(report.problems)}处问题")
        for problem in report.problems:
            say(f"- {problem}", indent=4)
    if articles:
        say(f"未能核对的法条{len(articles)}处(法规索引没有收录其条文):")
        for ref, article in articles:
            say(f"- {ref}: {article}", indent=4)
