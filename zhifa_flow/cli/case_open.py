"""zhifa case open: putting a case on file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from zhifa_flow.adapters.handed import read_handed
from zhifa_flow.casework.flownames import flow_id
from zhifa_flow.casework.registers import find_agency
from zhifa_flow.cli.answers import case_answer, show_json
from zhifa_flow.cli.asking import ask_text, on_terminal
from zhifa_flow.cli.case_screens import show_case
from zhifa_flow.cli.group import command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.options import act_options, agency_option
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.screens import say
from zhifa_flow.cli.values import names
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.party import Party

#: What is asked of a party, by the keys of its record.
_PARTY: Final = {
    "kind": "类别(公民、法人或者其他组织、个体工商户、机关)",
    "name": "姓名或者名称",
    "code": "统一社会信用代码或者证件号码",
    "code_kind": "证件种类(公民默认居民身份证, 其他默认统一社会信用代码)",
    "no_code_reason": "无法取得证件号码的原因",
    "address": "地址",
    "representative": "法定代表人、负责人或者经营者",
    "birth_date": "出生日期",
    "phone": "联系电话",
}
_ASKED: Final = ("kind", "name", "code", "no_code_reason", "address", "representative")


def _party_options(function: Any) -> Any:
    for key, text in reversed(_PARTY.items()):
        name = f"--party-{key.replace('_', '-')}"
        function = click.option(name, f"party_{key}", default="", metavar="TEXT", help=f"当事人: {text}")(
            function
        )
    return function


@command(name="open", help="登记一个案件: FLOW 可以写流程的编号(penalty.general)或者中文名。")
@click.argument("flow", metavar="FLOW")
@click.option("--title", default="", metavar="TEXT", help="案由")
@click.option("--party", type=click.Path(path_type=Path), metavar="FILE", help="当事人文件(.toml 或 .json)")
@_party_options
@click.option(
    "--no-party", is_flag=True, help="当事人尚不明确: 此后只能不予立案、移送或者撤案, 查明后另行登记"
)
@act_options
@click.option("--ask/--no-ask", default=None, help="是否逐项询问当事人(默认在终端上询问)")
@agency_option
@json_option
@database_option
@pass_places
def open_case(places: Places, flow: str, title: str, party: Path | None, no_party: bool, by: tuple[str, ...],
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
    read = None if no_party else {**(_file(party) if party else {}), **given}
    if asking and not no_party and not party:
        read = _asked(given)
    opened = desk.open(
        flow=known, agency=home.id, title=title or (ask_text("案由") if asking else ""), party=read,
        on=on or desk.today, by=who or names((ask_text("登记人"),)), recorder=recorder, late_reason=late_reason,
    )  # fmt: skip
    compiled = desk.flows.compiled(opened.case.flow)
    if places.as_json:
        show_json(case_answer(compiled.flow, opened.case))
        return
    say("已登记:")
    show_case(compiled.flow, opened.case)
    say(f"下一步: zhifa case next {opened.case.id}")


def _file(path: Path) -> Mapping[str, object]:
    content = read_handed(path)
    inner = content.get("party", content.get("当事人", content)) if isinstance(content, dict) else content
    if not isinstance(inner, dict):
        raise InputError([f"文件“{path}”: 应为一个当事人的各项内容"])
    return inner


def _asked(given: Mapping[str, str]) -> dict[str, object]:
    """The party as a person states it, asked for again until it can stand."""
    while True:
        answers: dict[str, object] = dict(given)
        for key in _ASKED:
            if key not in answers and not (key == "no_code_reason" and answers.get("code")):
                answer = ask_text(f"当事人{_PARTY[key]}", required=key in ("kind", "name", "address"))
                answers |= {key: answer} if answer else {}
        try:
            Party.read(answers)
        except InputError as error:
            for problem in error.problems:
                say(f"✗ {problem}", indent=2)
            given = {}
            continue
        return answers
