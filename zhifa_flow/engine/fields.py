"""Fields as they are typed: every type of field read into a plain JSON value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from math import isfinite

from zhifa_flow.engine.daytext import read_day, read_moment
from zhifa_flow.engine.wording import WrongValue, kind_of, legible, shown
from zhifa_flow.model.citation import Citation
from zhifa_flow.model.errors import close_names
from zhifa_flow.model.flow import Field
from zhifa_flow.model.money import parse_money
from zhifa_flow.model.penalty import MONEY_KINDS, PENALTY_KINDS

#: A list in a document has at most so many entries.
MOST_ROWS = 500
#: Nothing that a document counts is larger.
LARGEST_NUMBER = 10**15
#: What stands between the entries of a list that is typed on one line.
LIST_MARK = re.compile(r"[、,，;；]")

PENALTY_COLUMNS = {
    "kind": Field(type="choice", name="处罚种类", of=PENALTY_KINDS),
    "amount": Field(type="money", name="金额", required=False),
    "content": Field(type="text", name="内容", required=False),
    "days": Field(type="integer", name="期限(日)", required=False),
}


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
    except WrongValue as wrong:
        problems.extend(wrong.problems)
    except ValueError as error:
        problems.append(f"{where}: {error}")
    return None


def _text(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    if isinstance(raw, bool) or not (
        isinstance(raw, str | int) or (isinstance(raw, float) and isfinite(raw))
    ):
        raise WrongValue(f"{where}应为文字, 不是{kind_of(raw)}")
    return legible(str(raw), where)


def _integer(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    if (
        isinstance(raw, bool)
        or not isinstance(raw, int | str)
        or not re.fullmatch(r"\s*-?\d{1,15}\s*", str(raw))
    ):
        raise WrongValue(f"{where}应为不超过15位的整数, 不是{shown(raw)}")
    return int(raw)


def _money(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    # Python reads no number of thousands of digits; no amount has more than a few.
    if isinstance(raw, bool) or not isinstance(raw, int | float | str) or len(str(raw)) > 40:
        raise WrongValue(f"{where}应为金额, 不是{shown(raw)}")
    return parse_money(raw)


def _choice(field: Field, raw: object, where: str, on: date) -> object:
    del on
    if isinstance(raw, str) and raw.strip() in field.of:
        return raw.strip()
    near = close_names(raw, field.of) if isinstance(raw, str) else ()
    hint = f", 是否指: {'、'.join(near)}" if near else ""
    raise WrongValue(f"{where}{shown(raw)}不在可选范围: {'、'.join(field.of)}{hint}")


def _choices(field: Field, raw: object, where: str, on: date) -> object:
    return list(dict.fromkeys(str(_choice(field, one, where, on)) for one in _list(raw, where)))


def _citations(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    wrong: list[str] = []
    read: list[str] = []
    for one in _list(raw, where):
        try:
            read.append(str(Citation.parse(_string(one, where))))
        except WrongValue as error:
            wrong += error.problems
        except ValueError as error:
            wrong.append(f"{where}: {error}")
    if wrong:
        raise WrongValue(*wrong)
    return read


def _officer(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    if not isinstance(raw, str):
        raise WrongValue(f"{where}应为一名人员的编号或姓名")
    return legible(raw, where)


def _officers(field: Field, raw: object, where: str, on: date) -> object:
    del on
    names = [_string(one, where) for one in _list(raw, where)]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice and not field.role:  # a role names its own faults
        raise WrongValue(f"{where}重复填写: {'、'.join(twice)}")
    if len(names) < field.least:
        raise WrongValue(f"{where}至少{field.least}人, 现有{len(names)}人")
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
        raise WrongValue(*wrong)
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
        raise WrongValue(f"{where}应为若干项, 每项写明: {'、'.join(one.name for one in columns.values())}")
    if not max(field.least, 1 if field.required else 0) <= len(raw) <= MOST_ROWS:
        raise WrongValue(f"{where}应有{max(field.least, 1)}至{MOST_ROWS}项, 现有{len(raw)}项")
    wrong: list[str] = []
    rows = [read_fields(columns, row, f"{where}第{place}项", on, wrong) for place, row in enumerate(raw, 1)]
    if wrong:
        raise WrongValue(*wrong)
    return rows


def _file(field: Field, raw: object, where: str, on: date) -> object:
    del field, on
    # Casework has already put the file in the store; what is left of it here is its hash.
    if not isinstance(raw, str) or not re.fullmatch(r"[0-9a-f]{64}", raw):
        raise WrongValue(f"{where}应为附件(用 --attach 提交文件)")
    return raw


def _list(raw: object, where: str) -> list[object]:
    if isinstance(raw, str):
        raw = [part for part in LIST_MARK.split(raw) if part.strip()]
    if not isinstance(raw, list | tuple):
        raise WrongValue(f"{where}应为若干项, 不是{kind_of(raw)}")
    if len(raw) > MOST_ROWS:
        raise WrongValue(f"{where}有{len(raw)}项, 至多{MOST_ROWS}项")
    if not raw:
        raise WrongValue(f"{where}没有填写")
    return [one.strip() if isinstance(one, str) else one for one in raw]


def _string(one: object, where: str) -> str:
    if not isinstance(one, str):
        raise WrongValue(f"{where}每一项都应为文字, 不是{kind_of(one)}")
    return legible(one, where)


READERS: Mapping[str, Callable[[Field, object, str, date], object]] = {
    "text": _text,
    "integer": _integer,
    "money": _money,
    "date": read_day,
    "moment": read_moment,
    "choice": _choice,
    "choices": _choices,
    "citations": _citations,
    "penalties": _penalties,
    "officer": _officer,
    "officers": _officers,
    "rows": _rows,
    "file": _file,
}
