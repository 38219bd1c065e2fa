"""zhifa matter: the list of powers and duties (权责清单); entered from files, whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from zhifa_flow.casework.matters import at_home, find_matter, import_matters, list_of
from zhifa_flow.casework.registers import find_agency
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.group import LazyGroup, command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.options import agency_option
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.register import (
    FILE_ARGUMENT,
    HISTORY_OPTION,
    RECORDER_OPTION,
    read_records,
    show_imported,
)
from zhifa_flow.cli.register_changes import show_changes
from zhifa_flow.cli.screens import law, listed, say, table
from zhifa_flow.cli.values import Day
from zhifa_flow.engine.mandate import lapsed
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.matter import Matter
from zhifa_flow.model.register import Entered, Register

_HERE = "zhifa_flow.cli.matter"

matter = LazyGroup(
    "matter",
    help="权责清单: 导入、查看事项。",
    table={
        "import": (_HERE, "import_matter_file", "导入权责清单的事项"),
        "list": (_HERE, "list_matters", "列出机关的事项"),
        "show": (_HERE, "show_matter", "一个事项: 依据、责任、期限、电话"),
    },
)

_ON = click.option("--on", type=Day(), help="在这一天是否列入清单、依据是否有效(默认今天)")
_IMPORT_HELP = """导入权责清单的事项。

FILE 是 TOML 的 [[matter]] 各表, 或者 JSON 的列表; 有任何一处问题的, 全部不予导入, 并指出全部问题。
所属机关须先导入; 没有写明实施主体的事项, 归 --agency 的机关, 只登记了一个机关的归该机关。
登记了某类职权清单的机关, 登记这一类案件时应当写明事项(case open --matter)。
已有的编码以新的内容为准, 原来的内容留在变动记录中(matter show --history); 文件中没有的事项仍在清单上,
取消的事项应当写明取消日期(removed_on)再导入。随流程文件附有样本: matters 文件夹。
"""


@command(name="import", help=_IMPORT_HELP)
@FILE_ARGUMENT
@agency_option
@RECORDER_OPTION
@json_option
@database_option
@pass_places
def import_matter_file(places: Places, path: Path, agency: str, recorder: str) -> None:
    """Enter matters from a file."""
    records = read_records(path, "matter", "事项")
    desk = open_desk(places)
    records = at_home(desk.store, records, agency)
    imported = import_matters(desk.store, records, Entered(desk.now(), recorder), desk.flows, desk.law)
    show_imported(places, imported, "事项")


@command(name="list", help="列出机关权责清单的事项, 已取消、依据失效的也列出。")
@agency_option
@_ON
@json_option
@database_option
@pass_places
def list_matters(places: Places, agency: str, on: date | None) -> None:
    """List the matters of an agency."""
    desk = open_desk(places)
    with desk.store.read() as work:
        known = list_of(work, find_agency(work, agency))
    day = on or desk.today
    if places.as_json:
        show_json([_answer(one, day, desk.law) for one in known])
        return
    rows = [
        (one.code, one.power.chinese, one.name, listed(one.flows), _standing(one, day, desk.law))
        for one in known
    ]
    table(("编码", "类别", "职权名称", "办理流程", "状态"), rows, empty="没有登记权责清单")


@command(name="show", help="一个事项的登记内容: MATTER 可以写编码或者名称。")
@click.argument("name", metavar="MATTER")
@agency_option
@_ON
@HISTORY_OPTION
@json_option
@database_option
@pass_places
def show_matter(places: Places, name: str, agency: str, on: date | None, *, past: bool) -> None:
    """Show a matter."""
    desk = open_desk(places)
    with desk.store.read() as work:
        found = find_matter(work, find_agency(work, agency), name)
        history = work.registrations(Register.MATTER, found.id) if past else ()
    day = on or desk.today
    if past:
        show_changes(places, found, history)
    elif places.as_json:
        show_json(_answer(found, day, desk.law))
    else:
        _show(found, day, desk.law)


def _answer(one: Matter, on: date, law_: Law) -> dict[str, object]:
    return {
        **one.to_raw(),
        "on": on,
        "listed": one.listed_on_day(on),
        "lapsed": dict(lapsed(one, on, law_.statutes)),
        "standing": _standing(one, on, law_),
    }


def _standing(one: Matter, on: date, law_: Law) -> str:
    if on < one.listed_on:
        return f"自{one.listed_on}起列入"
    if not one.listed_on_day(on):
        return f"已于{one.removed_on}后取消"
    gone = lapsed(one, on, law_.statutes)
    if len(gone) == len(one.basis):
        return "依据已失效, 不得办理"
    return f"部分依据失效: {listed(gone)}" if gone else "有效"


def _show(one: Matter, on: date, law_: Law) -> None:
    say(f"{one.code}  {one.name}")
    say(f"{one.power.chinese}    {one.agency} {one.unit}".rstrip(), indent=2)
    say(f"在{on}: {_standing(one, on, law_)}", indent=2)
    say("实施依据:", indent=2)
    for ground in one.basis:
        say(law((ground.article,)) + (f": {ground.text}" if ground.text else ""), indent=4)
    say(f"办理流程: {listed(one.flows)}    办理期限: {one.period or '依流程'}", indent=2)
    say("责任事项:", indent=2)
    for place, duty in enumerate(one.duties, start=1):
        period = f"({duty.period})" if duty.period else ""
        say(f"{place}. {duty.stage}责任({duty.post}){period}: {duty.text}", indent=4)
    say(f"收费: {law((one.charge_basis,)) if one.charged else '否'}    违法责任: {one.liability}", indent=2)
    places = {
        "服务机构": one.office, "服务电话": one.phone, "服务地点": one.place,
        "投诉机构": one.complaints, "投诉电话": one.complaints_phone,
    }  # fmt: skip
    if stated := "    ".join(f"{label}: {value}" for label, value in places.items() if value):
        say(stated, indent=2)
