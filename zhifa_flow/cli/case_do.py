"""zhifa case do: taking a step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import click

from zhifa_flow.casework.desk import Desk, View
from zhifa_flow.casework.naming import step_key
from zhifa_flow.casework.rehearsal import Rehearsal
from zhifa_flow.cli.answers import advanced_answer, show_json
from zhifa_flow.cli.asking import ask_text, complete, on_terminal
from zhifa_flow.cli.case_screens import show_advanced, show_option
from zhifa_flow.cli.forms import Documents, read_documents
from zhifa_flow.cli.group import command
from zhifa_flow.cli.office import open_desk
from zhifa_flow.cli.options import act_options
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.values import Hour, Whole, names
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.model.step import Option

_DO_HELP = """办理一个环节: STEP 可以写编号或者中文名。

\b
文书的写法(文书、字段都可以写编号或者中文名):
  --doc 行政处罚事先告知书=告知书.toml
  --set advance_notice.facts=超标排放污水
  --set advance_notice.rights_told=陈述申辩、听证         几项之间用、分开, 或者重复 --set
  --set "advance_notice.penalties=kind=罚款;amount=5万元"  一个 --set 写一行: 列=值;列=值
  --set 'advance_notice.penalties=[{"kind": "警告"}]'      或者用 JSON 写全部各行
  --attach 询问笔录.recording=录像.mp4
同一文书既有 --doc 又有 --set 的, 以 --set 为准。
"""


@command(name="do", help=_DO_HELP)
@click.argument("case_id", metavar="CASE")
@click.argument("step", metavar="STEP")
@act_options
@click.option("--doc", "docs", multiple=True, metavar="KIND=FILE", help="文书文件(.toml 或 .json), 可重复")
@click.option("--set", "sets", multiple=True, metavar="KIND.FIELD=VALUE", help="填写文书的一项, 可重复")
@click.option("--attach", "attached", multiple=True, metavar="KIND.FIELD=FILE", help="提交附件, 可重复")
@click.option("--at", type=Hour(), help="办理的时刻(按小时计算的期限用)")
@click.option("--revision", type=Whole(), help="看到的是第几步之后的案件; 此后他人办理过的, 不予保存")
@click.option("--dry-run", is_flag=True, help="试办: 给出同样的回答, 但是不保存")
@click.option("--ask/--no-ask", default=None, help="是否逐项询问缺少的内容(默认在终端上询问)")
@json_option
@database_option
@pass_places
def do(places: Places, case_id: str, step: str, by: tuple[str, ...], recorder: str, ask: bool | None,
       revision: int | None, **more: Any) -> None:  # fmt: skip
    """Take a step, or rehearse it."""
    desk = open_desk(places)
    if more["dry_run"]:
        desk = replace(desk, store=Rehearsal(desk.store))
    asking = (on_terminal() and not places.as_json) if ask is None else ask
    view = desk.view(case_id, more["on"])
    key = step_key(view.compiled.flow, step, view.case.state)
    documents = _documents(desk, view, key, more, asking=asking)
    if not (by or recorder) and asking:
        by = (ask_text("办理人(几人用、分开)"),)
    _act(places, desk, view, key, by=by, recorder=recorder, documents=documents,
         revision=view.case.revision if asking and revision is None else revision, **more)  # fmt: skip


def _documents(desk: Desk, view: View, key: str, given: dict[str, Any], *, asking: bool) -> Documents:
    flow = view.compiled.flow
    documents = read_documents(flow, given["docs"], given["sets"], given["attached"], desk.store.keep)
    option = _option(view, key)
    if asking and option is not None and option.is_open:
        show_option(flow, option)
        complete(flow, option, documents, given["on"] or desk.today, desk.store.keep)
    return documents


def _option(view: View, key: str) -> Option | None:
    return next((option for option in view.options if option.trigger == key), None)


def _act(
    places: Places, desk: Desk, view: View, key: str, *, by: tuple[str, ...], recorder: str, documents: Documents,
    revision: int | None, on: date | None, at: time | None, late_reason: str, dry_run: bool, **_: Any,
) -> None:  # fmt: skip
    who = names(by) or names((recorder,))
    if not who:
        raise click.UsageError("须写明办理人(--by), 或者用 --as 或环境变量 ZHIFA_OFFICER 写明本人")
    moment = datetime.combine(on or desk.today, at, tzinfo=SHANGHAI) if at else None
    advanced = desk.do(
        view.case.id, key, on=on, by=who, recorder=recorder, documents=documents, late_reason=late_reason,
        moment=moment, revision=revision,
    )  # fmt: skip
    flow = view.compiled.flow
    if places.as_json:
        show_json(advanced_answer(flow, advanced, rehearsed=dry_run))
    else:
        show_advanced(flow, advanced, rehearsed=dry_run)
