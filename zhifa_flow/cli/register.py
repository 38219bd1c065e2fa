"""zhifa agency, officer: the registers; entered from files, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from zhifa_flow.adapters.handed import read_handed
from zhifa_flow.casework.entries import Imported
from zhifa_flow.casework.registers import (
    find_agency,
    find_officer,
    import_agencies,
    import_officers,
    known_sectors,
)
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.group import LazyGroup, command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.options import agency_option
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.register_changes import show_changes
from zhifa_flow.cli.screens import listed, say, table
from zhifa_flow.cli.values import Day
from zhifa_flow.model.agency import Agency
from zhifa_flow.model.errors import InputError, close_names
from zhifa_flow.model.officer import Officer
from zhifa_flow.model.register import Entered, Register

#: A register of a province's officers is a few MiB of text.
LARGEST = 16 * 1024 * 1024
_HERE = "zhifa_flow.cli.register"
_TABLES = ("agency", "officer", "matter", "机关", "人员", "事项")

agency = LazyGroup(
    "agency",
    help="执法机关名册: 导入、查看。",
    table={
        "import": (_HERE, "import_agency_file", "导入执法机关"),
        "list": (_HERE, "list_agencies", "列出执法机关"),
        "show": (_HERE, "show_agency", "一个执法机关的登记内容"),
    },
)
officer = LazyGroup(
    "officer",
    help="执法人员名册: 导入、查看。",
    table={
        "import": (_HERE, "import_officer_file", "导入执法人员"),
        "list": (_HERE, "list_officers", "列出执法人员和执法证件的状态"),
        "show": (_HERE, "show_officer", "一名执法人员的登记内容"),
    },
)

FILE_ARGUMENT = click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
_ON = click.option("--on", type=Day(), help="证件在这一天的状态(默认今天)")
RECORDER_OPTION = click.option(
    "--as", "recorder", default="", envvar="ZHIFA_OFFICER", show_envvar=True, metavar="NAME",
    help="录入人的编号或者姓名, 记入变动记录",
)  # fmt: skip
HISTORY_OPTION = click.option(
    "--history", "past", is_flag=True, help="历次登记: 何时由何人录入, 改动了哪些项目"
)


_AGENCY_HELP = """导入执法机关。

FILE 是 TOML 的 [[agency]] 各表, 或者 JSON 的列表; 有任何一处问题的, 全部不予导入, 并指出全部问题。
已有的编号以新的内容为准, 原来的内容留在变动记录中(agency show --history)。
"""


@command(name="import", help=_AGENCY_HELP)
@FILE_ARGUMENT
@RECORDER_OPTION
@json_option
@database_option
@pass_places
def import_agency_file(places: Places, path: Path, recorder: str) -> None:
    """Enter agencies from a file."""
    records = read_records(path, "agency", "机关")
    desk = open_desk(places, create=True)
    entered = Entered(desk.now(), recorder)
    imported = import_agencies(desk.store, records, entered, known_sectors(desk.law))
    show_imported(places, imported, "执法机关")


_OFFICER_HELP = """导入执法人员。

FILE 是 TOML 的 [[officer]] 各表, 或者 JSON 的列表; 有任何一处问题的, 全部不予导入, 并指出全部问题。
所在机关须先导入; 已有的编号以新的内容为准, 原来的内容留在变动记录中(officer show --history)。
"""


@command(name="import", help=_OFFICER_HELP)
@FILE_ARGUMENT
@RECORDER_OPTION
@json_option
@database_option
@pass_places
def import_officer_file(places: Places, path: Path, recorder: str) -> None:
    """Enter officers from a file."""
    records = read_records(path, "officer", "人员")
    desk = open_desk(places)
    imported = import_officers(desk.store, records, Entered(desk.now(), recorder))
    show_imported(places, imported, "执法人员")


def read_records(path: Path, *keys: str) -> list[Mapping[str, object]]:
    """The records of a file that a person hands in, found under one of the keys. Raises InputError."""
    content = read_handed(path, largest=LARGEST)
    if isinstance(content, dict):
        problems = [
            f"文件“{path}”: 没有名为“{key}”的项"
            + (f", 是否指: {listed(near)}" if (near := close_names(key, _TABLES)) else "")
            for key in content
            if key not in _TABLES
        ]
        if problems:
            raise InputError(problems)
        content = next((content[key] for key in keys if key in content), None) or []
    if not isinstance(content, list) or not content or not all(isinstance(one, dict) for one in content):
        raise InputError([f"文件“{path}”: 应有一条以上的登记([[{keys[0]}]] 各表)"])
    return content


def show_imported(places: Places, imported: Imported, what: str) -> None:
    """What an import entered, on the screen or as JSON."""
    if places.as_json:
        show_json(asdict(imported))
        return
    same = f", 内容未变{len(imported.unchanged)}条" if imported.unchanged else ""
    say(f"已导入{what}: 新增{len(imported.added)}条, 更新{len(imported.replaced)}条{same}")
    for note in imported.notes:
        say(f"注意: {note}", indent=2)


@command(name="list", help="列出执法机关。")
@json_option
@database_option
@pass_places
def list_agencies(places: Places) -> None:
    """List agencies."""
    with open_desk(places).store.read() as work:
        known = work.agencies()
    if places.as_json:
        show_json([one.to_raw() for one in known])
        return
    rows = [
        (one.id, one.name, one.region, one.sector, one.level.chinese, one.superior or "") for one in known
    ]
    table(("编号", "名称", "地区", "领域", "层级", "上级主管部门"), rows, empty="没有登记执法机关")


@command(name="show", help="一个执法机关的登记内容: AGENCY 可以写编号或者名称。")
@click.argument("name", metavar="AGENCY")
@HISTORY_OPTION
@json_option
@database_option
@pass_places
def show_agency(places: Places, name: str, *, past: bool) -> None:
    """Show an agency."""
    with open_desk(places).store.read() as work:
        found = find_agency(work, name)
        history = work.registrations(Register.AGENCY, found.id) if past else ()
    if past:
        show_changes(places, found, history)
    elif places.as_json:
        show_json(found.to_raw())
    else:
        _show_agency(found)


@command(name="list", help="列出执法人员和执法证件的状态。")
@agency_option
@_ON
@json_option
@database_option
@pass_places
def list_officers(places: Places, agency: str, on: date | None) -> None:
    """List officers with the state of their certificates."""
    desk = open_desk(places)
    with desk.store.read() as work:
        known = work.officers_of(find_agency(work, agency).id)
    if places.as_json:
        show_json([_answer(one, on or desk.today) for one in known])
        return
    rows = [
        (
            one.id,
            one.name,
            one.personnel.chinese,
            listed(sorted(one.posts)),
            _rank(one),
            _standing(one, on or desk.today),
        )
        for one in known
    ]
    table(("编号", "姓名", "人员性质", "岗位", "职务", "执法证件"), rows, empty="没有登记执法人员")


@command(name="show", help="一名执法人员的登记内容: OFFICER 可以写编号或者姓名。")
@click.argument("name", metavar="OFFICER")
@agency_option
@_ON
@HISTORY_OPTION
@json_option
@database_option
@pass_places
def show_officer(places: Places, name: str, agency: str, on: date | None, *, past: bool) -> None:
    """Show an officer."""
    desk = open_desk(places)
    with desk.store.read() as work:
        home = find_agency(work, agency) if agency else None
        found = find_officer(work, name, home)
        history = work.registrations(Register.OFFICER, found.id) if past else ()
    if past:
        show_changes(places, found, history)
    elif places.as_json:
        show_json(_answer(found, on or desk.today))
    else:
        _show_officer(found, on or desk.today)


def _answer(one: Officer, on: date) -> dict[str, object]:
    return {
        **one.to_raw(),
        "on": on,
        "certified": one.certificate_on(on) is not None,
        "standing": _standing(one, on),
    }


def _standing(one: Officer, on: date) -> str:
    return one.absence_on(on) or one.certificate_problem_on(on) or "有效"


def _rank(one: Officer) -> str:
    return "正职负责人" if one.chief else "负责人" if one.head else ""


def _show_agency(one: Agency) -> None:
    say(f"{one.name}({one.id})")
    say(f"地区: {one.region}    领域: {one.sector}    层级: {one.level.chinese}", indent=2)
    others = {
        "统一社会信用代码": one.code,
        "上级主管部门": one.superior,
        "同级司法行政部门": one.justice_office,
        "委托机关": one.entrusted_by,
        "委托书": one.entrustment,
    }
    for label, value in others.items():
        if value:
            say(f"{label}: {value}", indent=2)


def _show_officer(one: Officer, on: date) -> None:
    say(f"{one.name}({one.id})  {one.agency} {one.unit}".rstrip())
    say(
        f"人员性质: {one.personnel.chinese}    岗位: {listed(sorted(one.posts)) or '无'}    {_rank(one)}".rstrip(),
        indent=2,
    )
    if one.legal_qualification or one.reviewer_since:
        since = f"自{one.reviewer_since}起从事法制审核" if one.reviewer_since else ""
        say(f"法律职业资格: {'有' if one.legal_qualification else '无'}  {since}".rstrip(), indent=2)
    for card in one.certificates:
        until = f"至{card.valid_to}" if card.valid_to else ""
        standing = card.problem_on(on) or "有效"
        say(f"{card.kind.chinese} {card.number}: 自{card.valid_from}{until}; 在{on}: {standing}", indent=2)
    say(f"在{on}能否执法: {_standing(one, on)}", indent=2)
