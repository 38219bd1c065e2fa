"""zhifa flow schema: the JSON Schema of the files that people write."""

from __future__ import annotations

from pathlib import Path

import click

from zhifa_flow.bootstrap.schema import schema_files
from zhifa_flow.cli.answers import show_json
from zhifa_flow.cli.group import command
from zhifa_flow.cli.places import Places, json_option, pass_places
from zhifa_flow.cli.screens import say


@command(name="schema", help="写出流程、数据表、情景、日历文件的 JSON Schema, 供编辑器提示。")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", required=True, help="写入这个文件夹")
@json_option
@pass_places
def write_schemas(places: Places, out: Path) -> None:
    """Write the schemas."""
    out.mkdir(parents=True, exist_ok=True)
    for name, content in schema_files().items():
        (out / name).write_bytes(content)
    if places.as_json:
        show_json({"written": [str(out / name) for name in schema_files()]})
    else:
        say(f"已写出: {'、'.join(str(out / name) for name in schema_files())}")
