"""Asking a person on a terminal, field by field, in Chinese; a wrong answer is asked for again at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from zhifa_flow.cli.case_screens import TYPES
from zhifa_flow.cli.forms import Documents
from zhifa_flow.cli.screens import say
from zhifa_flow.engine.fields import PENALTY_COLUMNS, read_value
from zhifa_flow.model.errors import InputError
from zhifa_flow.model.flow import DocumentKind, Field, Flow
from zhifa_flow.model.step import Option

Keep = Callable[[Path], str]
_NUMBER = Field(type="text", name="文号")


def on_terminal() -> bool:
    """Whether a person can be asked: both streams are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_text(question: str, *, required: bool = True) -> str:
    """What a person answers; an empty answer is accepted only where nothing has to be said."""
    while True:
        answer = str(click.prompt(question, default="", show_default=False, prompt_suffix=": ")).strip()
        if answer or not required:
            return answer
        say("这一项必须填写", indent=2)


def ask_yes(question: str) -> bool:
    """Whether a person says yes."""
    return ask_text(f"{question}(是/否, 直接回车为否)", required=False).lower() in ("是", "y", "yes", "1")


def complete(flow: Flow, option: Option, documents: Documents, on: date, keep: Keep) -> None:
    """Ask for every required document and field that is still missing; offer the optional documents."""
    for kind in option.documents:
        for copy in documents.setdefault(kind, [{}]):
            _complete(flow.document[kind], copy, on, keep)
    for kind in option.optional:
        if kind not in documents and ask_yes(f"是否一并提交《{flow.document[kind].name}》"):
            documents[kind] = [{}]
            _complete(flow.document[kind], documents[kind][0], on, keep)


def _complete(document: DocumentKind, copy: dict[str, object], on: date, keep: Keep) -> None:
    fields = {**({"number": _NUMBER} if document.number else {}), **document.field}
    missing = {key: one for key, one in fields.items() if key not in copy and one.name not in copy}
    if missing:
        say(f"请填写《{document.name}》(可不填的项目直接回车跳过)")
    for key, field in missing.items():
        value = ask_field(field, on, keep)
        if value not in (None, "", []):
            copy[key] = value


def ask_field(field: Field, on: date, keep: Keep) -> object:
    """A value of a field that can stand; None where nothing has to be said and nothing was."""
    if field.ask:
        say(field.ask, indent=2)
    if field.type in ("rows", "penalties"):
        return _ask_until_sound(field, on, keep)
    for place, word in enumerate(field.of, start=1):
        say(f"{place}. {word}", indent=4)
    hint = "填序号或者文字" if field.of else TYPES[field.type]
    optional = "" if field.required else ", 可不填"
    while True:
        answer = ask_text(f"  {field.name}({hint}{optional})", required=field.required)
        if not answer:
            return None
        value, problems = _read(field, answer, on, keep)
        if not problems:
            return value
        for problem in problems:
            say(f"✗ {problem}", indent=2)


def _read(field: Field, answer: str, on: date, keep: Keep) -> tuple[object, list[str]]:
    """The answer in the shape in which it is handed in, and what is wrong with it."""
    problems: list[str] = []
    try:
        value = _shaped(field, answer, keep)
    except InputError as error:
        return None, list(error.problems)
    read_value(field, value, f"“{field.name}”", on, problems)
    return value, problems


def _shaped(field: Field, answer: str, keep: Keep) -> object:
    if field.type == "file":
        return keep(Path(answer))
    if field.type == "choice":
        return _chosen(field.of, answer)
    if field.type == "choices":
        return [
            _chosen(field.of, part.strip())
            for part in answer.replace(",", "、").replace("，", "、").split("、")
        ]
    return answer


def _chosen(words: Sequence[str], answer: str) -> str:
    return words[int(answer) - 1] if answer.isdecimal() and 0 < int(answer) <= len(words) else answer


def _ask_until_sound(field: Field, on: date, keep: Keep) -> list[dict[str, object]]:
    while True:
        problems: list[str] = []
        rows = _ask_rows(field, on, keep)
        if rows:
            read_value(field, rows, f"“{field.name}”", on, problems)
        if not problems:
            return rows
        for problem in problems:
            say(f"✗ {problem}, 请重新填写各项", indent=2)


def _ask_rows(field: Field, on: date, keep: Keep) -> list[dict[str, object]]:
    columns: Mapping[str, Field] = PENALTY_COLUMNS if field.type == "penalties" else field.columns
    rows: list[dict[str, object]] = []
    least = max(field.least, 1 if field.required else 0)
    while len(rows) < least or ask_yes(f"  {field.name}: 已有{len(rows)}项, 再填一项"):
        say(f"{field.name}第{len(rows) + 1}项", indent=2)
        cells = {key: ask_field(column, on, keep) for key, column in columns.items()}
        rows.append({key: value for key, value in cells.items() if value is not None})
    return rows
