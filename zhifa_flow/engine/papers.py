"""Documents as they are handed in: every field read by its type, every mistake named at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite

from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.model.citation import Citation
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.flow import DocumentKind, Field, Flow
from zhifa_flow.model.money import parse_money
from zhifa_flow.model.penalty import MONEY_KINDS, PENALTY_KINDS

#: A document is a form, not an archive; larger content belongs in an attachment.
LONGEST_TEXT = 20_000
MOST_ROWS = 500
#: Nothing that a document counts is larger.
LARGEST_NUMBER = 10**15
#: No party was born and no act done outside these years; "26-03-09" is a slip, not a day of the first century.
YEARS = range(1900, 2101)

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
#: What stands between the entries of a list that is typed on one line.
LIST_MARK = re.compile(r"[、,，;；]")
# Control characters and halves of characters: no printer shows them, no store keeps them whole.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"

PENALTY_COLUMNS = {
    "kind": Field(type="choice", name="处罚种类", of=PENALTY_KINDS),
    "amount": Field(type="money", name="金额", required=False),
    "content": Field(type="text", name="内容", required=False),
    "days": Field(type="integer", name="期限(日)", required=False),
}


@dataclass(slots=True)
class Reading:
    """What came of reading the documents of a request: the fields by kind, and every problem in Chinese."""

    fields: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)


def read_documents(
    flow: Flow, handed: Mapping[str, Sequence[Mapping[str, object]]], allowed: Sequence[str], on: date
) -> Reading:
    """Read everything that was handed in with a step on a day. Nothing is raised: problems are collected."""
    reading = Reading()
    for name, copies in handed.items():
        kind = document_key(flow, name)
        if kind is None:
            near = close_names(name, [*flow.document, *(one.name for one in flow.document.values())])
            reading.problems.append(
                f"没有名为“{name}”的文书" + (f", 是否指: {'、'.join(near)}" if near else "")
            )
        elif kind not in allowed:
            listed = "、".join(f"《{flow.document[one].name}》" for one in allowed) or "任何文书"
            reading.problems.append(f"本步不收《{flow.document[kind].name}》, 可以提交: {listed}")
        else:
            _read_copies(flow.document[kind], kind, copies, on, reading)
    return reading


def _read_copies(
    kind: DocumentKind, key: str, copies: Sequence[Mapping[str, object]], on: date, reading: Reading
) -> None:
    # The key and the Chinese name may both have been used: what is there already counts too.
    number = len(reading.fields.get(key, ())) + len(copies)
    if number > 1 and not kind.repeatable:
        reading.problems.append(f"《{kind.name}》一步只能提交一份, 现有{number}份")
        reading.faulty.add(key)
    for copy in copies:
        if not isinstance(copy, Mapping):
            reading.problems.append(f"《{kind.name}》应逐项写明内容, 不是{_kind_of(copy)}")
            reading.faulty.add(key)
            continue
        before = len(reading.problems)
        fields = read_fields(kind.field, copy, f"《{kind.name}》", on, reading.problems, numbered=kind.number)
        if len(reading.problems) > before:
            reading.faulty.add(key)
        reading.fields.setdefault(key, []).append(fields)


def document_key(flow: Flow, name: str) -> str | None:
    """The key of a document kind given by key or by Chinese name (with or without 《》)."""
    bare = name.strip().strip("《》")
    if bare in flow.document:
        return bare
    return next((key for key, kind in flow.document.items() if kind.name == bare), None)


def read_fields(
    fields: Mapping[str, Field],
    raw: Mapping[str, object],
    where: str,
    on: date,
    problems: list[str],
    *,
    numbered: bool = False,
) -> dict[str, object]:
    """Read one set of fields as plain JSON values; unknown, missing and mistyped ones are added to ``problems``."""
    if numbered and "number" not in fields:
        fields = {"number": Field(type="text", name="文号"), **fields}
    names = {one.name: key for key, one in fields.items()}
    given: dict[str, object] = {}
    for name, value in raw.items():
        key = name if name in fields else names.get(name)
        if key is None:
            near = close_names(name, [*fields, *names])
            problems.append(f"{where}没有“{name}”这一项" + (f", 是否指: {'、'.join(near)}" if near else ""))
        elif key in given:
            problems.append(f"{where}“{fields[key].name}”填写了两次")
        else:
            given[key] = value
    read: dict[str, object] = {}
    for key, one in fields.items():
        if key not in given or given[key] in ("", None, []):
            if one.required:
                problems.append(f"{where}缺少“{one.name}”")
            continue
        value = read_value(one, given[key], f"{where}“{one.name}”", on, problems)
        if value is not None:
            read[key] = value
    return read


def read_value(field: Field, raw: object, where: str, on: date, problems: list[str]) -> object | None:
    """Read one value by the field's type; None with a problem added if it cannot be."""
    if isinstance(raw, int) and abs(raw) > LARGEST_NUMBER:
        problems.append(f"{where}数值过大")
        return None
    try:
        return READERS[field.type](field, raw, where, on)
    except _Wrong as wrong:
        problems.extend(wrong.problems)
    except ValueError as error:
        problems.append(f"{where}: {error}")
    return None


def text_problem(text: str) -> str | None:
    """Why a text cannot be kept: too long, with characters nobody can see, or with nothing else; None if it can."""
    if len(text.strip()) > LONGEST_TEXT:
        return f"有{len(text.strip())}字, 至多{LONGEST_TEXT}字; 较长内容请作为附件"
    if _HIDDEN.search(text):
        return "含有不可见的控制字符或者不完整的字符"
    shown = any(unicodedata.category(char)[0] not in "CZ" and char not in _FILLERS for char in text)
    return None if shown else "没有填写"


class _Wrong(Exception):
    def __init__(self, *problems: str) -> None:
        self.problems = problems


def _text(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    if isinstance(raw, bool) or not (
        isinstance(raw, str | int) or (isinstance(raw, float) and isfinite(raw))
    ):
        raise _Wrong(f"{where}应为文字, 不是{_kind_of(raw)}")
    return _legible(str(raw), where)


def _legible(raw: str, where: str) -> str:
    if problem := text_problem(raw):
        raise _Wrong(f"{where}{problem}")
    return raw.strip()


def _integer(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    if (
        isinstance(raw, bool)
        or not isinstance(raw, int | str)
        or not re.fullmatch(r"\s*-?\d{1,15}\s*", str(raw))
    ):
        raise _Wrong(f"{where}应为不超过15位的整数, 不是{_shown(raw)}")
    return int(raw)


def _money(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    # Python reads no number of thousands of digits; no amount has more than a few.
    if isinstance(raw, bool) or not isinstance(raw, int | float | str) or len(str(raw)) > 40:
        raise _Wrong(f"{where}应为金额, 不是{_shown(raw)}")
    return parse_money(raw)


def _day(field: Field, raw: object, where: str, on: date) -> object:
    day = parse_day(raw, where)
    if day > on and not field.future:
        raise _Wrong(f"{where}为{day}, 晚于办理日期{on}")
    return day.isoformat()


def parse_day(raw: object, where: str) -> date:
    """A calendar day written as a date or as 2026-03-09, 2026/3/9, 2026年3月9日.

    Raises: ``_Wrong`` (caught by ``read_value``) where no such day exists.
    """
    day = _day_of(raw)
    if day is None:
        raise _Wrong(f"{where}{_shown(raw)}不是日历上的一天, 应如 2026-03-09")
    if day.year not in YEARS:
        raise _Wrong(f"{where}为{day}, 年份应在{YEARS[0]}至{YEARS[-1]}之间")
    return day


def _day_of(raw: object) -> date | None:
    try:
        if isinstance(raw, date):
            return _here(raw).date() if isinstance(raw, datetime) else raw
        match = _DAY.fullmatch(raw.strip()) if isinstance(raw, str) else None
        return date(*(int(part) for part in match.groups())) if match else None
    except (ValueError, OverflowError):  # no such day, or none in Shanghai
        return None


def _here(moment: datetime) -> datetime:
    """The moment as clocks in Shanghai show it."""
    return moment if moment.utcoffset() is None else moment.astimezone(SHANGHAI).replace(tzinfo=None)


def _moment(field: Field, raw: object, where: str, on: date) -> object:
    text = raw.isoformat() if isinstance(raw, datetime) else raw.strip() if isinstance(raw, str) else ""
    try:
        # A day alone is no moment: nobody said that it happened at midnight.
        moment = _here(datetime.fromisoformat(text if ":" in text else ""))
    except (ValueError, OverflowError):
        raise _Wrong(f"{where}{_shown(raw)}不是时刻, 应如 2026-03-09T14:30") from None
    if parse_day(moment, where) > on and not field.future:
        raise _Wrong(f"{where}为{moment:%Y-%m-%d %H:%M}, 晚于办理日期{on}")
    return moment.isoformat(timespec="minutes")


def _choice(field: Field, raw: object, where: str, on: date) -> object:
    del on
    if isinstance(raw, str) and raw.strip() in field.of:
        return raw.strip()
    near = close_names(raw, field.of) if isinstance(raw, str) else ()
    hint = f", 是否指: {'、'.join(near)}" if near else ""
    raise _Wrong(f"{where}{_shown(raw)}不在可选范围: {'、'.join(field.of)}{hint}")


def _choices(field: Field, raw: object, where: str, on: date) -> object:
    return list(dict.fromkeys(str(_choice(field, one, where, on)) for one in _list(raw, where)))


def _citations(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    wrong: list[str] = []
    read: list[str] = []
    for one in _list(raw, where):
        try:
            read.append(str(Citation.parse(_string(one, where))))
        except _Wrong as error:
            wrong += error.problems
        except ValueError as error:
            wrong.append(f"{where}: {error}")
    if wrong:
        raise _Wrong(*wrong)
    return read


def _officer(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    if not isinstance(raw, str):
        raise _Wrong(f"{where}应为一名人员的编号或姓名")
    return _legible(raw, where)


def _officers(field: Field, raw: object, where: str, on: date) -> object:
    del on
    names = [_string(one, where) for one in _list(raw, where)]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice and not field.role:  # a role names its own faults
        raise _Wrong(f"{where}重复填写: {'、'.join(twice)}")
    if len(names) < field.least:
        raise _Wrong(f"{where}至少{field.least}人, 现有{len(names)}人")
    return names


def _rows(field: Field, raw: object, where: str, on: date) -> object:
    return _read_rows(field.columns, field, raw, where, on)


def _penalties(field: Field, raw: object, where: str, on: date) -> object:
    rows = _read_rows(PENALTY_COLUMNS, field, raw, where, on)
    wrong = [
        f"{where}第{place}项“{row['kind']}”须写明{missing}"
        for place, row in enumerate(rows, 1)
        for missing in _missing_of(row)
    ]
    if wrong:
        raise _Wrong(*wrong)
    return rows


def _missing_of(row: Mapping[str, object]) -> Iterator[str]:
    """What a penalty of this kind has to say and does not."""
    if row["kind"] in MONEY_KINDS and not row.get("amount"):
        yield "金额(大于零)"
    if row["kind"] == "其他行政处罚" and not row.get("content"):
        yield "内容"
    if row["kind"] not in MONEY_KINDS and row.get("amount") is not None:
        yield "内容, 不写金额; 处以金钱的应当选罚款或者没收"
    if "days" in row and int(str(row["days"])) < 1:
        yield "大于零的期限(日)"


def _read_rows(
    columns: Mapping[str, Field], field: Field, raw: object, where: str, on: date
) -> list[dict[str, object]]:
    if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
        raise _Wrong(f"{where}应为若干项, 每项写明: {'、'.join(one.name for one in columns.values())}")
    if not max(field.least, 1 if field.required else 0) <= len(raw) <= MOST_ROWS:
        raise _Wrong(f"{where}应有{max(field.least, 1)}至{MOST_ROWS}项, 现有{len(raw)}项")
    wrong: list[str] = []
    rows = [read_fields(columns, row, f"{where}第{place}项", on, wrong) for place, row in enumerate(raw, 1)]
    if wrong:
        raise _Wrong(*wrong)
    return rows


def _file(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    # Casework has already put the file in the store; what is left of it here is its hash.
    if not isinstance(raw, str) or not re.fullmatch(r"[0-9a-f]{64}", raw):
        raise _Wrong(f"{where}应为附件(用 --attach 提交文件)")
    return raw


def _list(raw: object, where: str) -> list[object]:
    if isinstance(raw, str):
        raw = [part for part in LIST_MARK.split(raw) if part.strip()]
    if not isinstance(raw, list | tuple):
        raise _Wrong(f"{where}应为若干项, 不是{_kind_of(raw)}")
    if len(raw) > MOST_ROWS:
        raise _Wrong(f"{where}有{len(raw)}项, 至多{MOST_ROWS}项")
    if not raw:
        raise _Wrong(f"{where}没有填写")
    return [one.strip() if isinstance(one, str) else one for one in raw]


def _string(one: object, where: str) -> str:
    if not isinstance(one, str):
        raise _Wrong(f"{where}每一项都应为文字, 不是{_kind_of(one)}")
    return _legible(one, where)


def _shown(raw: object) -> str:
    """What was typed, as far as it can be repeated in a sentence."""
    if not isinstance(raw, str | int | float | date):
        return _kind_of(raw)
    text = str(raw)
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"


def _kind_of(raw: object) -> str:
    names = {bool: "是非值", int: "数字", float: "小数", str: "文字", list: "列表", dict: "表", tuple: "列表"}
    return names.get(type(raw), "日期" if isinstance(raw, date) else "其他内容")


READERS: Mapping[str, Callable[[Field, object, str, date], object]] = {
    "text": _text,
    "integer": _integer,
    "money": _money,
    "date": _day,
    "moment": _moment,
    "choice": _choice,
    "choices": _choices,
    "citations": _citations,
    "penalties": _penalties,
    "officer": _officer,
    "officers": _officers,
    "rows": _rows,
    "file": _file,
}
