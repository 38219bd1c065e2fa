"""The party of a case as people state it: by options, in a file, or asked for item by item."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from zhifa_flow.adapters.handed import read_handed
from zhifa_flow.cli.asking import ask_text
from zhifa_flow.cli.screens import say
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


def party_options(function: Any) -> Any:
    """Add what can be said of a party, option by option, and as a file."""
    for key, text in reversed(_PARTY.items()):
        name = f"--party-{key.replace('_', '-')}"
        function = click.option(name, f"party_{key}", default="", metavar="TEXT", help=f"当事人: {text}")(
            function
        )
    return click.option(
        "--party", type=click.Path(path_type=Path), metavar="FILE", help="当事人文件(.toml 或 .json)"
    )(function)


def party_file(path: Path) -> Mapping[str, object]:
    """The party that a file describes.

    Raises:
        InputError: it cannot be read, or describes none.
    """
    content = read_handed(path)
    inner = content.get("party", content.get("当事人", content)) if isinstance(content, dict) else content
    if not isinstance(inner, dict):
        raise InputError([f"文件“{path}”: 应为一个当事人的各项内容"])
    return inner


def asked_party(given: Mapping[str, str]) -> dict[str, object]:
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
