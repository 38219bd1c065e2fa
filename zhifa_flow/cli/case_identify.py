"""zhifa case identify: the party of a case that was opened while nobody knew who it was."""

from __future__ import annotations

from pathlib import Path

import click

from zhifa_flow.cli.answers import case_answer, show_json
from zhifa_flow.cli.asking import on_terminal
from zhifa_flow.cli.case_screens import show_case
from zhifa_flow.cli.group import command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.parties import asked_party, party_file, party_options
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.screens import say


@command(name="identify", help="登记查明的当事人: 只用于登记案件时当事人尚不明确的案件, 只能登记一次。")
@click.argument("case_id", metavar="CASE")
@party_options
@click.option(
    "--as", "recorder", required=True, envvar="ZHIFA_OFFICER", show_envvar=True, metavar="NAME",
    help="录入人的编号或者姓名",
)  # fmt: skip
@click.option("--ask/--no-ask", default=None, help="是否逐项询问当事人(默认在终端上询问)")
@json_option
@database_option
@pass_places
def identify(
    places: Places, case_id: str, party: Path | None, recorder: str, ask: bool | None, **party_fields: str
) -> None:
    """State the party of a case."""
    asking = (on_terminal() and not places.as_json) if ask is None else ask
    given = {key.removeprefix("party_"): value for key, value in party_fields.items() if value}
    if not (party or given or asking):
        raise click.UsageError("须写明当事人(--party 或者 --party-kind、--party-name 等)")
    read = {**(party_file(party) if party else {}), **given}
    desk = open_desk(places)
    done = desk.identify(case_id, asked_party(given) if asking and not party else read, recorder)
    flow = desk.flows.compiled(done.case.flow).flow
    if places.as_json:
        show_json(case_answer(flow, done.case))
        return
    say("已登记当事人:")
    show_case(flow, done.case)
