"""zhifa case open: putting a case on file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from zhifa_flow.bootstrap.lawbook import find_flows
from zhifa_flow.bootstrap.notices import drafts_warned
from zhifa_flow.casework.flownames import flow_id
from zhifa_flow.casework.registers import find_agency
from zhifa_flow.cli.answers import case_answer, show_json
from zhifa_flow.cli.asking import ask_text, on_terminal
from zhifa_flow.cli.case_screens import matter_said, show_case
from zhifa_flow.cli.group import command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.options import act_options, agency_option
from zhifa_flow.cli.parties import asked_party, party_file, party_options
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.screens import note, say
from zhifa_flow.cli.values import names


@command(name="open", help="登记一个案件: FLOW 可以写流程的编号(penalty.general)或者中文名。")
@click.argument("flow", metavar="FLOW")
@click.option("--title", default="", metavar="TEXT", help="案由")
@click.option(
    "--matter",
    default="",
    metavar="MATTER",
    help="权责清单的事项, 写编码或者名称; 登记了这类职权清单的机关应当写明",
)
@party_options
@click.option(
    "--no-party",
    is_flag=True,
    help="当事人尚不明确: 在查明(zhifa case identify)以前只能不予立案、移送或者撤案",
)
@act_options
@click.option("--ask/--no-ask", default=None, help="是否逐项询问当事人(默认在终端上询问)")
@agency_option
@json_option
@database_option
@pass_places
def open_case(places: Places, flow: str, title: str, matter: str, party: Path | None, no_party: bool, by: tuple[str, ...],
              recorder: str, on: date | None, ask: bool | None, agency: str, late_reason: str,
              **party_fields: str) -> None:  # fmt: skip
    """Put a case on file."""
    asking = (on_terminal() and not places.as_json) if ask is None else ask
    given = {key.removeprefix("party_"): value for key, value in party_fields.items() if value}
    who = names(by) or names((recorder,))
    if not who and not asking:
        raise click.UsageError("须写明登记人(--by), 或者用 --as 或环境变量 ZHIFA_OFFICER 写明本人")
    if not (party or given or no_party or asking):
        raise click.UsageError(
            "须写明当事人(--party 或者 --party-kind、--party-name 等), 尚不明确的用 --no-party"
        )
    desk = open_desk(places)
    with desk.store.read() as work:
        home = find_agency(work, agency)
    known = flow_id(desk.flows, flow)
    read = None if no_party else {**(party_file(party) if party else {}), **given}
    if asking and not no_party and not party:
        read = asked_party(given)
    opened = desk.open(
        flow=known, agency=home.id, title=title or (ask_text("案由") if asking else ""), party=read,
        on=on or desk.today, by=who or names((ask_text("登记人"),)), recorder=recorder, late_reason=late_reason,
        matter=matter,
    )  # fmt: skip
    compiled = desk.flows.compiled(opened.case.flow)
    if warning := drafts_warned(find_flows(places.flows), opened.case.flow):
        note(warning)
    if places.as_json:
        show_json(case_answer(compiled.flow, opened.case))
        return
    say("已登记:")
    show_case(compiled.flow, opened.case, matter_said(desk, opened.case))
    say(f"下一步: zhifa case next {opened.case.id}")
