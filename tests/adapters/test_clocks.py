"""The registry of clocks on disk, and the deadlines of flow files that name one."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.test_lawfiles import FLOW
from zhifa_flow.adapters.lawfiles.clocks import load_clocks, unverified_of
from zhifa_flow.adapters.lawfiles.flows import FlowFolder
from zhifa_flow.bootstrap.lawbook import open_lawbook
from zhifa_flow.model.clock import Clock
from zhifa_flow.model.errors import FileError
from zhifa_flow.model.flow import Deadline
from zhifa_flow.model.period import Unit
from zhifa_flow.model.statute import Rank, Statute, StatuteIndex
from zhifa_flow.model.table import Table

SHIPPED = Path(__file__).parents[2] / "flows"
CLOCK = re.compile(r"^\[clock\.\w+\]$", re.MULTILINE)
WRITTEN = [path.read_text(encoding="utf-8") for path in (SHIPPED / "clocks").glob("*.toml")]
STATUTES = StatuteIndex(
    [
        Statute(
            short="甲法", title="甲法", rank=Rank.LAW, in_force_from=date(2020, 1, 1), article_count=20,
            articles={str(number): (2,) for number in range(1, 21)},
        ),
        Statute(
            short="甲法", title="甲法", rank=Rank.LAW, in_force_from=None, in_force_to=date(2019, 12, 31),
            indexed=False,
        ),
    ]
)  # fmt: skip
ROWS = [
    {"id": "一般", "limb": "any", "length": "90日", "basis": ["甲法第一条"]},
    {"id": "某省", "region": "某省", "length": "60日", "basis": ["甲法第一条"]},
    {"id": "某行业", "sector": "某行业", "length": "120日", "basis": ["甲法第一条"]},
    {"id": "严重", "limb": "grave", "length": "180日", "basis": ["甲法第一条"]},
]
TABLES = {
    "periods": Table.model_validate(
        {"schema": "zhifa-table/1", "id": "periods", "name": "期限表", "row": ROWS}
    ),
    "dated": Table.model_validate(
        {
            "schema": "zhifa-table/1", "id": "dated", "name": "期限表",
            "row": [{"id": "一般", "length": "90日", "from": date(2021, 7, 15), "basis": ["甲法第一条"]}],
        }
    ),
}  # fmt: skip
HEAD = 'schema = "zhifa-clocks/1"\nid = "pen"\nname = "处罚"\n'
COMMON = 'start = "某日"\nowner = "agency"\nexpiry = "overdue"\neffect = "逾期"\nbasis = ["甲法第一条"]\n'


def entry(key: str, facts: str, common: str = COMMON) -> str:
    return f'\n[clock.{key}]\nname = "{key}期限"\n{common}{facts}\n'


def load(root: Path, text: str, name: str = "pen.toml") -> dict[str, Clock]:
    folder = root / "clocks"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return dict(load_clocks(root, TABLES, STATUTES))


def problems(root: Path, text: str, name: str = "pen.toml") -> tuple[str, ...]:
    with pytest.raises(FileError) as raised:
        load(root, text, name)
    return raised.value.problems


# The registry.


def test_clocks_are_found_by_file_and_key(tmp_path: Path) -> None:
    clocks = load(tmp_path, HEAD + entry("decide", 'length = "5日"') + entry("serve", 'length = "7工作日"'))

    assert list(clocks) == ["pen.decide", "pen.serve"]
    assert clocks["pen.serve"].units == {Unit.WORKDAY}


@pytest.mark.parametrize(
    ("facts", "since"),
    [
        ('length = "90日"', date(2020, 1, 1)),
        ('length = "90日"\nfrom = 2012-01-01', date(2012, 1, 1)),
        ('length = "90日"\ntable = "periods"\nlimb = "any"', None),
        ('length = "90日"\ntable = "dated"', date(2021, 7, 15)),
        ('daily = "万分之五"', date(2020, 1, 1)),
    ],
)
def test_a_clock_holds_since_its_table_or_its_articles_do(
    tmp_path: Path, facts: str, since: date | None
) -> None:
    """Planted: the articles of today answered for any year."""
    clocks = load(tmp_path, HEAD + entry("decide", facts))

    assert clocks["pen.decide"].from_ == since


def test_a_clock_that_cites_nothing_says_itself_since_when_it_holds(tmp_path: Path) -> None:
    bare = COMMON.replace('basis = ["甲法第一条"]', 'policy = "从严"')

    clocks = load(tmp_path, HEAD + entry("decide", 'length = "5日"', bare))

    assert clocks["pen.decide"].from_ is None


def test_dated_rows_say_themselves_since_when_they_hold(tmp_path: Path) -> None:
    rows = '[[clock.decide.row]]\nlength = "3日"\nto = 2020-12-31\n[[clock.decide.row]]\nlength = "5日"\nfrom = 2021-01-01\n'

    clocks = load(tmp_path, HEAD + entry("decide", rows))

    assert clocks["pen.decide"].from_ is None
    assert clocks["pen.decide"].covers(date(1999, 1, 1))


def test_of_the_shipped_clocks_only_two_do_not_say_since_when() -> None:
    clocks = open_lawbook(SHIPPED).clocks

    unknown = [id_ for id_, clock in clocks.items() if clock.covers(date(1980, 1, 1))]

    # The table of limitation has no beginning, five have a row for the time before a change, one cites no statute.
    assert sorted(unknown) == [
        "comp.complaint", "pen.defence", "pen.hearing_notice", "pen.hearing_req", "pen.limitation", "pen.limitation_grave", "rem.recon", "svc.notice",
    ]  # fmt: skip


def test_a_folder_of_flows_need_have_no_registry(tmp_path: Path) -> None:
    assert load_clocks(tmp_path, TABLES, STATUTES) == {}


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "clocks").mkdir()
    (tmp_path / "clocks" / "bad.toml").write_text("schema = x", encoding="utf-8")
    (tmp_path / "clocks" / "other.toml").write_text(HEAD + entry("x", 'length = "5日"'), encoding="utf-8")
    (tmp_path / "clocks" / "typo.toml").write_text(HEAD + entry("x", 'lenght = "5日"'), encoding="utf-8")

    told = problems(
        tmp_path,
        HEAD
        + entry("decide", 'length = "90日"\ntable = "period"')
        + entry("twin", 'length = "5日"').replace("twin期限", "decide期限")
        + entry("far", 'length = "5日"').replace("第一条", "第九十九条")
        + entry("odd", 'length = "5日"').replace("甲法第一条", "甲法"),
    )

    assert told == (
        "bad.toml: 不是合格的 TOML: 第1行第10列有误",
        "other.toml: 文件名应当与编号一致, 即 pen.toml",
        "pen.toml: clock.decide: 没有名为“period”的数据表, 是否指: periods",
        "pen.toml: clock.far: 《甲法》共20条, 没有第九十九条",
        "pen.toml: clock.odd: “甲法”不是一个法条引用, 应写明一部法和一条, 如“行政处罚法第五十七条第一款第一项”",
        "typo.toml: clock.x.lenght: 没有名为“lenght”的项, 是否指: length",
        "pen.twin: 与 pen.decide 同名“decide期限”",
    )


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ('length = "90日"\ntable = "periods"\nlimb = "any"', None),
        ('length = "180日"\ntable = "periods"\nlimb = "grave"', None),
        ('length = "91日"\ntable = "periods"\nlimb = "any"', "登记为91日, 数据表 periods 的“一般”为90日, 应当一致"),
        ('length = "90日"\ntable = "periods"', "登记为90日, 数据表 periods 的“严重”为180日, 应当一致"),
        ('length = "90日"\ntable = "periods"\nlimb = "none"', "数据表 periods 没有适用于全国、各领域的行(limb = none)"),
    ],
)  # fmt: skip
def test_a_clock_says_what_its_table_says_for_the_nation(
    tmp_path: Path, facts: str, said: str | None
) -> None:
    text = HEAD + entry("decide", facts)

    if said is None:
        assert load(tmp_path, text)["pen.decide"].table == "periods"
    else:
        assert problems(tmp_path, text) == (f"pen.toml: clock.decide: {said}",)


DATED = 'row = [{{ length = "3日", to = 2019-12-31, basis = ["{old}"] }}, {{ length = "5日", from = 2020-01-01, basis = ["{new}"] }}]'
BARE = COMMON.replace('basis = ["甲法第一条"]\n', "")


def test_a_dated_length_is_held_against_the_text_of_its_time(tmp_path: Path) -> None:
    unread = DATED.format(old="甲法第九十九条", new="甲法第二条")
    wrong = DATED.format(old="甲法第一条", new="甲法第九十九条")

    clocks = load(tmp_path, HEAD + entry("ask", unread, BARE))

    assert unverified_of(clocks, STATUTES) == ("pen.ask: 甲法第九十九条",)
    assert problems(tmp_path, HEAD + entry("ask", wrong, BARE)) == (
        "pen.toml: clock.ask: 《甲法》共20条, 没有第九十九条",
    )


def test_the_articles_of_an_extension_are_checked_too(tmp_path: Path) -> None:
    text = entry(
        "decide",
        'length = "5日"\nextension = { length = "5日", approver = "负责人", basis = ["丁法第一条"] }',
    )

    assert problems(tmp_path, HEAD + text) == ("pen.toml: clock.decide: 索引中没有《丁法》",)


def test_the_shipped_registry_is_sound_and_says_what_it_has_not_read() -> None:
    book = open_lawbook(SHIPPED)

    assert len(book.clocks) == sum(len(CLOCK.findall(text)) for text in WRITTEN)
    assert book.unverified_clocks == (
        "inj.accept: 工伤认定办法第八条",
        "inj.serve: 工伤认定办法第二十二条",
        "svc.notice: 民事诉讼法第九十二条",
    )


# Deadlines that name a clock.


CLOCKS = (
    HEAD
    + entry("decide", 'length = "5日"\ngap = "没有核对"\npolicy = "从严"')
    + entry("ask", 'length = "7工作日"').replace('"agency"', '"party"').replace('"overdue"', '"lapse"')
    + entry("tabled", 'length = "90日"\ntable = "periods"')
    + entry("dated", DATED.format(old="甲法第三条", new="甲法第四条"), BARE)
    + entry("before", 'length = "7工作日"\ndirection = "before"')
    + entry("fixed", 'length = "当日"\nfixed = "01-31"')
    + entry("accrues", 'daily = "万分之五"')
    + entry("rolls", 'length = "3月"\nroll = "forward"')
)
NATIONAL = {"periods": TABLES["periods"].model_copy(update={"row": TABLES["periods"].row[:3]})}


def flow_with(root: Path, deadline: str, flow: str = FLOW) -> FlowFolder:
    (root / "clocks").mkdir(exist_ok=True)
    (root / "clocks" / "pen.toml").write_text(CLOCKS, encoding="utf-8")
    clocks = dict(load_clocks(root, NATIONAL, STATUTES))
    limbed = clocks["pen.tabled"].model_copy(update={"name": "分项期限", "limb": "grave"})
    path = root / "test.mini" / "2021-07-15.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(flow + f"[deadline.term]\n{deadline}\n", encoding="utf-8")
    return FlowFolder(root, NATIONAL, STATUTES, {**clocks, "pen.limbed": limbed})


def term(root: Path, deadline: str, flow: str = FLOW) -> Deadline:
    return flow_with(root, deadline, flow).compiled("test.mini@2021-07-15").flow.deadline["term"]


def told(root: Path, deadline: str, flow: str = FLOW) -> tuple[str, ...]:
    return flow_with(root, deadline, flow).read("test.mini@2021-07-15")[1].problems


NAMED = 'clock = "pen.{}"\nstarts = ["open"]'


@pytest.mark.parametrize(
    ("clock", "facts"),
    [
        ("decide", {"name": "decide期限", "length": 5, "unit": Unit.DAY, "table": None, "owner": "agency", "roll": "none",
                    "expiry": "overdue", "basis": ("甲法第一条",), "gap": "没有核对; 从严", "clock": "pen.decide"}),
        ("ask", {"length": 7, "unit": Unit.WORKDAY, "owner": "party", "roll": "forward", "expiry": "lapse", "gap": ""}),
        ("tabled", {"length": None, "unit": None, "table": "periods", "owner": "agency"}),
        ("dated", {"length": 5, "unit": Unit.DAY, "basis": ("甲法第四条",)}),
        ("rolls", {"length": 3, "unit": Unit.MONTH, "owner": "agency", "roll": "forward"}),
    ],
)  # fmt: skip
def test_a_deadline_takes_from_its_clock_what_it_does_not_say(
    tmp_path: Path, clock: str, facts: dict[str, Any]
) -> None:
    deadline = term(tmp_path, NAMED.format(clock))

    assert {key: getattr(deadline, key) for key in facts} == facts


def test_a_deadline_words_its_name_basis_and_gap_for_itself(tmp_path: Path) -> None:
    own = 'name = "本流程的期限"\nbasis = ["甲法第二条"]\ngap = "比照办理"'

    deadline = term(tmp_path, f"{NAMED.format('decide')}\n{own}")

    assert (deadline.name, deadline.basis, deadline.gap) == ("本流程的期限", ("甲法第二条",), "比照办理")


def test_a_deadline_may_repeat_what_its_clock_says(tmp_path: Path) -> None:
    same = 'length = 5\nunit = "day"\nowner = "agency"\nroll = "none"\nexpiry = "overdue"'

    assert told(tmp_path, f"{NAMED.format('decide')}\n{same}") == ()


@pytest.mark.parametrize(
    ("clock", "facts", "said"),
    [
        ("decide", "length = 6", "length: 期限登记 pen.decide(decide期限)为“5”, 这里写“6”, 应当一致"),
        ("decide", 'unit = "workday"', "unit: 期限登记 pen.decide(decide期限)为“day”, 这里写“workday”, 应当一致"),
        ("decide", 'owner = "party"', "owner: 期限登记 pen.decide(decide期限)为“agency”, 这里写“party”, 应当一致"),
        ("decide", 'roll = "forward"', "roll: 期限登记 pen.decide(decide期限)为“none”, 这里写“forward”, 应当一致"),
        ("rolls", 'roll = "none"', "roll: 期限登记 pen.rolls(rolls期限)为“forward”, 这里写“none”, 应当一致"),
        ("decide", 'expiry = "lapse"', "expiry: 期限登记 pen.decide(decide期限)为“overdue”, 这里写“lapse”, 应当一致"),
        ("tabled", "length = 90", "length: 期限登记 pen.tabled(tabled期限)为“数据表 periods”, 这里写“90”, 应当一致"),
        ("decide", 'table = "periods"', "table: 期限登记 pen.decide(decide期限)为“5日”, 这里写“periods”, 应当一致"),
    ],
)  # fmt: skip
def test_a_deadline_may_not_contradict_its_clock(tmp_path: Path, clock: str, facts: str, said: str) -> None:
    assert f"deadline.term.{said}; 请删去这一项" in told(tmp_path, f"{NAMED.format(clock)}\n{facts}")


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("decided", "期限登记里没有“pen.decided”, 是否指: pen.decide"),
        ("before", "“before期限”向前倒数, 不能用作流程的期限"),
        ("fixed", "“fixed期限”没有自起算日计算的长度"),
        ("accrues", "“accrues期限”没有自起算日计算的长度"),
        ("limbed", "“分项期限”由数据表 periods 的一项决定"),
    ],
)
def test_what_no_deadline_can_be_is_named_and_nothing_else(tmp_path: Path, clock: str, said: str) -> None:
    (only,) = told(tmp_path, NAMED.format(clock))

    assert only.startswith(f"deadline.term.clock: {said}")


def test_a_length_that_changes_under_a_flow_needs_a_table(tmp_path: Path) -> None:
    early = FLOW.replace("effective_from = 2021-07-15", "effective_from = 2019-07-15")
    ended = early.replace("2019-07-15", "2019-07-15\neffective_to = 2019-12-31")

    (over,) = [text for text in told(tmp_path, NAMED.format("dated"), early) if "deadline" in text]
    within = [text for text in told(tmp_path, NAMED.format("dated"), ended) if "deadline" in text]

    assert over.startswith("deadline.term.clock: “dated期限”在本流程施行期间没有唯一的长度")
    assert within == []


@pytest.mark.parametrize(
    "from_", ['effective_from = "未定"', "effective_from = 2021-07-15T00:00:00", "effective_from = 1"]
)
def test_a_flow_that_does_not_say_when_it_is_in_force_takes_the_newest_length(
    tmp_path: Path, from_: str
) -> None:
    faults = told(tmp_path, NAMED.format("dated"), FLOW.replace("effective_from = 2021-07-15", from_))

    assert [text for text in faults if "deadline" in text] == []


@pytest.mark.parametrize("wrong", ["clock = 1", 'clock = "没有点"', "clock = []"])
def test_a_clock_of_the_wrong_kind_is_answered(tmp_path: Path, wrong: str) -> None:
    faults = told(tmp_path, f'{wrong}\nstarts = ["open"]')

    assert any(text.startswith("deadline.term.clock: ") for text in faults)


@pytest.mark.parametrize("deadline", ["deadline = 1\n", "deadline = [1]\n", "deadline = { term = 1 }\n"])
def test_deadlines_of_the_wrong_kind_are_left_to_the_schema(tmp_path: Path, deadline: str) -> None:
    path = tmp_path / "test.mini" / "2021-07-15.toml"
    path.parent.mkdir()
    path.write_text(deadline + FLOW, encoding="utf-8")

    faults = FlowFolder(tmp_path, NATIONAL, STATUTES).read("test.mini@2021-07-15")[1].problems

    assert any(text.startswith("deadline") and "应为表" in text for text in faults)


def test_no_shipped_deadline_says_again_what_its_clock_says() -> None:
    flows = {path: tomllib.loads(path.read_text("utf-8")) for path in SHIPPED.glob("*.*/*.toml")}
    named = [
        (f"{path.parent.name} {key}", deadline.keys())
        for path, flow in flows.items()
        for key, deadline in flow.get("deadline", {}).items()
        if "clock" in deadline
    ]

    assert len(named) >= 31
    assert [who for who, keys in named if keys & {"length", "unit", "table", "owner", "roll", "expiry"}] == []
