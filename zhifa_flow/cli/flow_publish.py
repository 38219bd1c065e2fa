"""zhifa flow publish: taking a version of a flow into use, for good."""

from __future__ import annotations

import click

from zhifa_flow.bootstrap.desk import open_store, real_now
from zhifa_flow.bootstrap.lawbook import find_flows, open_lawbook
from zhifa_flow.bootstrap.publishing import LOCK, Done, publish
from zhifa_flow.cli.flow_names import wanted_refs
from zhifa_flow.cli.group import command
from zhifa_flow.cli.jsontext import show_json
from zhifa_flow.cli.options import agency_option
from zhifa_flow.cli.places import Places, database_option, json_option, pass_places
from zhifa_flow.cli.screens import say

_HELP = """发布流程的一个版本: 检查无误后记入流程文件夹的 published.lock, 此后内容不得改动。

写明 --database 的, 发布人应当在人员名册中, 流程文件全文和发布记录同时存入案件数据库。
一个流程有了发布的版本以后, 未发布的版本不施行。修改流程, 另立施行日期不同的新版本文件。
"""


@command(name="publish", help=_HELP)
@click.argument("name", metavar="FLOW")
@click.option(
    "--as", "officer", required=True, envvar="ZHIFA_OFFICER", show_envvar=True, metavar="NAME", help="发布人的编号或者姓名",
)  # fmt: skip
@click.option("--reason", required=True, metavar="TEXT", help="发布的理由, 如 法制机构某日审核同意")
@agency_option
@json_option
@database_option
@pass_places
def publish_flow(places: Places, name: str, officer: str, reason: str, agency: str) -> None:
    """Publish a version."""
    book = open_lawbook(find_flows(places.flows))
    refs = wanted_refs(book, name)
    if len(refs) > 1:
        raise click.UsageError(f"有{len(refs)}个版本, 请写明发布哪一个: {'、'.join(refs)}")
    store = None
    if places.database is not None:
        store = open_store(places.database)
        click.get_current_context().call_on_close(store.close)
    done = publish(book, refs[0], officer, reason, places.now or real_now, store, agency)
    if places.as_json:
        entry = done.entry.model_dump(mode="json")
        show_json({**entry, "in_lock": done.in_lock, "in_store": done.in_store})
        return
    _say(done)


def _say(done: Done) -> None:
    entry = done.entry
    say(f"已发布: {entry.ref}" if done.in_lock else f"已补记入数据库: {entry.ref}({entry.on}发布)")
    say(f"发布人: {entry.signed or entry.by}    日期: {entry.on}    理由: {entry.reason}", indent=2)
    say(f"流程内容摘要: {entry.flow}", indent=2)
    say(f"数据表摘要: {entry.tables}", indent=2)
    where = f"{LOCK}和案件数据库" if done.in_store else LOCK
    say(f"记入{where}; 请将 {LOCK} 与流程文件一并保存", indent=2)
