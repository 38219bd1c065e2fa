from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.engine.builders import law
from zhifa_flow.adapters.lawfiles.flows import FlowFolder, read_flow
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario, scenario_paths
from zhifa_flow.adapters.lawfiles.tables import load_tables
from zhifa_flow.adapters.lawfiles.toml import DEEPEST, LARGEST, home_of, parse_toml, read_toml
from zhifa_flow.model.errors import FileError, NotFound

FLOW = """
schema         = "zhifa-flow/1"
id             = "test.mini"
name           = "测试"
action         = "行政处罚"
effective_from = 2021-07-15
initial        = "begun"
[stage]
filing = { name = "立案" }
[state]
begun = { name = "已开始", stage = "filing" }
done  = { name = "已结束", stage = "filing", end = true }
[role]
handler = { name = "承办人", posts = ["立案岗"] }
[document.report]
name  = "报告"
basis = ["甲法第一条"]
field = { text = { type = "text", name = "内容" }, on = { type = "date", name = "日期" } }
[guard.reported]
check   = "present"
args    = { document = "report" }
refusal = "应当有报告"
basis   = ["甲法第一条"]
[transition.finish]
name      = "办结"
source    = ["begun"]
target    = "done"
by        = ["handler"]
documents = ["report"]
guards    = ["reported"]
basis     = ["甲法第一条"]
"""

TEN_MISTAKES = """
schema         = "zhifa-flow/1"
id             = "test.mini"
name           = "测试"
action         = "行政处罚"
effective_from = 2021-07-15
initial        = "begn"
typo           = 1
[stage]
filing = { name = "立案" }
[state]
begun = { name = "已开始", stage = "filling" }
done  = { name = "已结束", stage = "filing", end = true }
[role]
handler = { name = "承办人", cont = 2 }
[document.report]
name  = "报告"
basis = ["甲法第九十九条"]
field = { text = { type = "texts", name = "内容" }, on = { type = "date", name = "日期" } }
[guard.reported]
check   = "presentt"
args    = { document = "report" }
refusal = "应当有报告"
basis   = ["甲法第一条"]
[guard.dated]
check   = "is_day_of_act"
args    = { field = "report.onn" }
refusal = "应当是当天"
[transition.finish]
name      = "办结"
source    = ["begun"]
target    = "dne"
by        = ["handlers"]
documents = ["report"]
guards    = ["reported", "dated"]
basis     = ["甲法第一条"]
"""


def folder(root: Path, text: str = FLOW, name: str = "test.mini/2021-07-15.toml") -> FlowFolder:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return FlowFolder(root, law().tables, law().statutes)


def problems(root: Path, text: str) -> tuple[str, ...]:
    return folder(root, text).read("test.mini@2021-07-15")[1].problems


# A flow and its version.


def test_a_sound_file_is_read_checked_and_compiled_once(tmp_path: Path) -> None:
    flows = folder(tmp_path)

    compiled = flows.compiled("test.mini@2021-07-15")

    assert compiled.flow.name == "测试"
    assert flows.compiled("test.mini@2021-07-15") is compiled
    assert flows.in_force("test.mini", date(2021, 7, 15)) is compiled
    assert flows.refs() == ["test.mini@2021-07-15"]


def test_ten_mistakes_are_answered_with_all_ten(tmp_path: Path) -> None:
    told = problems(tmp_path, TEN_MISTAKES)

    expected = [
        "typo: 没有名为“typo”的项",
        "role.handler.cont: 没有名为“cont”的项, 是否指: count",
        "document.report.field.text.type: “texts”不在可选范围: text",
        "initial: 没有名为“begn”的状态, 是否指: begun",
        "state.begun.stage: 没有名为“filling”的环节, 是否指: filing",
        "document.report: 《甲法》共20条, 没有第九十九条",
        "guard.reported: 没有名为“presentt”的判断, 是否指: present",
        "guard.dated.args.field: 文书“report”没有“onn”这一项, 是否指: on",
        "guard.dated: 没有法律依据(basis), 也没有写明法律没有规定(gap)",
        "transition.finish.target: 没有名为“dne”的状态, 是否指: done",
        "transition.finish: 没有名为“handlers”的角色, 是否指: handler",
    ]
    assert [text for text in expected if not any(one.startswith(text) for one in told)] == []
    assert len(told) == len(expected)


def test_a_file_with_mistakes_is_never_used(tmp_path: Path) -> None:
    flows = folder(tmp_path, TEN_MISTAKES)

    with pytest.raises(FileError) as raised:
        flows.compiled("test.mini@2021-07-15")

    assert raised.value.source == str(Path("test.mini") / "2021-07-15.toml")
    assert len(raised.value.problems) == 11


def test_what_hangs_on_an_unreadable_entry_is_not_a_mistake_of_its_own(tmp_path: Path) -> None:
    text = FLOW.replace('name  = "报告"', "name  = 5")

    assert problems(tmp_path, text) == ("document.report.name: 应为文字, 现为“5”",)


def test_a_missing_value_takes_its_entry_out_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    text = FLOW.replace('refusal = "应当有报告"\n', "").replace('target    = "done"', 'target    = "dome"')

    assert problems(tmp_path, text) == (
        "guard.reported.refusal: 缺少这一项",
        "transition.finish.target: 没有名为“dome”的状态, 是否指: done",
    )


def test_a_bad_entry_of_a_list_takes_the_list_out(tmp_path: Path) -> None:
    text = FLOW.replace('posts = ["立案岗"]', "posts = [7]").replace(
        'guards    = ["reported"]', 'guards    = ["Reported"]'
    )

    told = problems(tmp_path, text)

    assert told[0] == "role.handler.posts.1: 应为文字, 现为“7”"
    assert told[1] == "transition.finish.guards.1: 名称“Reported”只能用小写字母、数字和下划线, 以字母开头"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id             = "test.mini"', 'id             = "测试"', "id: 流程编号应为“类别.名称”"),
        ('id             = "test.mini"', 'id = "test.other"', "文件应放在 test.other/2021-07-15.toml"),
        ("effective_from = 2021-07-15", "effective_from = 2022-07-15", "文件应放在 test.mini/2022-07-15.toml"),
        ("effective_from = 2021-07-15", 'effective_from = "昨天"', "effective_from: 应为日期(如 2021-07-15), 现为“昨天”"),
        ("effective_from = 2021-07-15", "", "effective_from: 缺少这一项"),
        ("done  = {", "Done  = {", "state.Done.[key]: 名称“Done”只能用小写字母、数字和下划线, 以字母开头"),
        ("end = true", "end = 7", "state.done.end: 应为true 或 false, 现为“7”"),
        ('handler = { name = "承办人"', 'handler = { count = 0, name = "承办人"', "role.handler.count: 应为更大的数, 现为“0”"),
        ('handler = { name = "承办人"', 'handler = { count = 99, name = "承办人"', "role.handler.count: 应为更小的数, 现为“99”"),
        ('handler = { name = "承办人"', 'handler = { count = true, name = "承办人"', "role.handler.count: 应为整数, 现为“true”"),
        ('name           = "测试"', "name = { a = 1 }", "name: 应为文字, 现为“表”"),
        ('name           = "测试"', "name = [1, 2]", "name: 应为文字, 现为“列表”"),
        ('name           = "测试"', 'name = " "', "name: 应为文字, 现为“ ”"),
        ('schema         = "zhifa-flow/1"', 'schema = "zhifa-flow/2"', "schema: “zhifa-flow/2”不在可选范围: zhifa-flow/1"),
        ('type = "text"', "type = { a = 1 }", "document.report.field.text.type: “表”不在可选范围"),
        ("[state]", "[[state]]", "state: 应为表, 现为“列表”"),
    ],
)  # fmt: skip
def test_a_mistake_of_the_schema_is_a_chinese_sentence_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in FLOW

    told = problems(tmp_path, FLOW.replace(old, new, 1))

    assert any(one.startswith(said) for one in told), told


def test_the_keys_of_an_entry_are_suggested_by_their_names_in_the_file(tmp_path: Path) -> None:
    text = (
        FLOW
        + '[deadline.x]\nname = "期"\nstarts = ["finish"]\nform = "report.on"\nowner = "party"\nexpiry = "lapse"\n'
    )

    assert "deadline.x.form: 没有名为“form”的项, 是否指: from" in problems(tmp_path, text)


# Which version is in force.


@pytest.fixture
def two(tmp_path: Path) -> FlowFolder:
    folder(tmp_path, FLOW.replace("2021-07-15", "2018-01-01").replace("initial ", "effective_to = 2021-07-14\ninitial "), "test.mini/2018-01-01.toml")  # fmt: skip
    folder(tmp_path, FLOW.replace("initial ", "effective_to = 2025-12-31\ninitial "))
    return FlowFolder(tmp_path, law().tables, law().statutes)


@pytest.mark.parametrize(
    ("on", "version"),
    [
        ("2021-07-14", "2018-01-01"),
        ("2021-07-15", "2021-07-15"),
        ("2025-12-31", "2021-07-15"),
        ("2026-01-01", None),
        ("2017-12-31", None),
    ],
)
def test_a_version_is_in_force_from_its_first_to_its_last_day(
    two: FlowFolder, on: str, version: str | None
) -> None:
    if version is None:
        with pytest.raises((NotFound, FileError)):
            two.in_force("test.mini", date.fromisoformat(on))
    else:
        assert two.in_force("test.mini", date.fromisoformat(on)).flow.ref == f"test.mini@{version}"


def test_a_flow_that_is_not_there_is_answered_with_close_names(two: FlowFolder) -> None:
    with pytest.raises(NotFound) as raised:
        two.in_force("test.mimi", date(2022, 1, 1))
    with pytest.raises(NotFound) as version:
        two.compiled("test.mini@2021-07-16")
    with pytest.raises(NotFound) as outside:
        two.digest("../../etc/passwd@2021-07-15")

    assert "是否指: test.mini" in str(raised.value)
    assert "是否指: test.mini@2021-07-15" in str(version.value)
    assert "没有名为" in str(outside.value)


def test_before_the_first_version_the_answer_names_those_there_are(two: FlowFolder) -> None:
    with pytest.raises(NotFound) as raised:
        two.in_force("test.mini", date(2026, 3, 2))

    assert "在2026-03-02施行的流程(现有版本自2018-01-01、2021-07-15起施行)" in str(raised.value)


def test_the_digest_of_a_version_is_that_of_its_bytes(two: FlowFolder) -> None:
    digest = two.digest("test.mini@2021-07-15")

    two.path("test.mini@2021-07-15").write_text(FLOW + "\n", encoding="utf-8")

    assert len(digest) == 64
    assert two.digest("test.mini@2021-07-15") != digest


@pytest.mark.parametrize("stem", ["20210715", "2021-W28-4", "2021-7-15", "草稿", "2021-13-01"])
def test_a_file_that_is_not_named_by_its_day_is_no_version_and_is_said_so(tmp_path: Path, stem: str) -> None:
    flows = folder(tmp_path, FLOW, f"test.mini/{stem}.toml")

    assert flows.versions() == {}
    assert flows.refs() == [f"test.mini@{stem}"]
    assert flows.read(f"test.mini@{stem}")[1].problems == (
        "文件名应为施行日期, 如 2021-07-15.toml; 现在的文件名不起作用",
    )
    with pytest.raises(NotFound):
        flows.in_force("test.mini", date(2022, 1, 1))


# Hostile files.


def whole(root: Path) -> tuple[str, ...]:
    return FlowFolder(root, law().tables, law().statutes).read("test.mini@2021-07-15")[1].problems


def place(root: Path) -> Path:
    path = root / "test.mini" / "2021-07-15.toml"
    path.parent.mkdir(parents=True)
    return path


DEEP_LIST = "x = " + "[" * 5000 + "]" * 5000
DEEP_TABLE = "x = " + "{a = " * 5000 + "1" + "}" * 5000
DOTTED = "name" + ".a" * 5000 + " = 1"
DEEP_HEADER = "[guard" + ".a" * 5000 + "]"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "文件不是 UTF-8 编码, 请另存为 UTF-8"),
        ("名称 = 1".encode("gb18030"), "文件不是 UTF-8 编码, 请另存为 UTF-8"),
        (b'id = "a"\nid = "b"', "不是合格的 TOML: 文件末尾有误, 同一项写了两次"),
        (b"[state]\n[role]\n[state]\n", "不是合格的 TOML: 第3行第7列有误, 同一项写了两次"),
        (b"x = { a = 1, a = 2 }\n", "不是合格的 TOML: 第1行第19列有误, 同一项写了两次"),
        (b"x.a = 1\n[x]\n", "不是合格的 TOML: 第2行第3列有误, 同一项写了两次"),
        ("名称 = 1".encode("utf-16"), "文件不是 UTF-8 编码, 请另存为 UTF-8"),
        (b"id = ", "不是合格的 TOML"),
        (b'id = "\x00"', "不是合格的 TOML"),
        (b"effective_from = 0000-01-01", "不是合格的 TOML"),
        (b"x = " + b"9" * 5000, "含有过长的数字"),
        (b"x = " + b"9" * (3 * 1024 * 1024), "文件有3,145,732字节, 超过上限2,097,152字节"),
        (DEEP_LIST.encode(), "嵌套过深"), (DEEP_TABLE.encode(), "嵌套过深"), (DOTTED.encode(), "嵌套过深"),
        (DEEP_HEADER.encode(), "嵌套过深"),
        (b"", "schema: 缺少这一项"),
    ],
    ids=[
        "no utf-8", "gb18030", "twice", "table twice", "inside twice", "table written twice", "utf-16", "cut", "nul", "year 0", "long number", "3 MiB", "lists", "tables", "dotted", "header",
        "empty",
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_answered_in_chinese(tmp_path: Path, content: bytes, said: str) -> None:
    place(tmp_path).write_bytes(content)

    assert whole(tmp_path)[0].startswith(said)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    place(tmp_path).write_bytes(b"\xef\xbb\xbf" + FLOW.encode())

    assert whole(tmp_path) == ()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    place(tmp_path).mkdir()

    assert whole(tmp_path) == ("这是一个文件夹, 不是文件",)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside.toml", tmp_path / "flows"
    outside.write_text(FLOW, encoding="utf-8")
    place(root).symlink_to(outside)

    assert whole(root) == ("文件是指向文件夹以外的链接, 不予读取",)


def test_a_linked_folder_outside_is_not_followed_either(tmp_path: Path) -> None:
    folder(tmp_path / "outside")
    root = tmp_path / "flows"
    root.mkdir()
    (root / "test.mini").symlink_to(tmp_path / "outside" / "test.mini")

    assert whole(root) == ("文件是指向文件夹以外的链接, 不予读取",)


def test_a_link_within_the_folder_is_a_file_like_any_other(tmp_path: Path) -> None:
    folder(tmp_path, FLOW, "shared.toml")
    place(tmp_path).symlink_to(tmp_path / "shared.toml")

    assert whole(tmp_path) == ()


def test_links_that_point_at_each_other_are_answered(tmp_path: Path) -> None:
    path = place(tmp_path)
    path.symlink_to(path)

    assert len(whole(tmp_path)) == 1
    assert whole(tmp_path)[0].startswith("文件")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(place(tmp_path))

    assert whole(tmp_path) == ("这不是普通文件",)


def test_a_file_that_went_away_is_answered(tmp_path: Path) -> None:
    with pytest.raises(FileError) as raised:
        read_toml(tmp_path / "x.toml", tmp_path)

    assert raised.value.problems[0].startswith("文件不能读取")


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("#" * LARGEST, encoding="utf-8")

    assert read_toml(path, tmp_path) == {}


@pytest.mark.parametrize(("levels", "deep"), [(DEEPEST, False), (DEEPEST + 1, True)])
def test_tables_nest_so_deep_and_no_deeper(levels: int, deep: bool) -> None:
    text = "x" + ".a" * (levels - 1) + " = 1"

    if deep:
        with pytest.raises(FileError, match="嵌套过深"):
            parse_toml(text, Path("x.toml"))
    else:
        assert "x" in parse_toml(text, Path("x.toml"))


def test_what_is_left_of_a_wrong_file_ends_somewhere(tmp_path: Path) -> None:
    path = place(tmp_path)
    path.write_text(
        "stage = 1\nstate = 2\nrole = 3\ntransition = 4\nschema = 5\nid = 6\nname = 7\n", encoding="utf-8"
    )

    flow, told, _ = read_flow(path, tmp_path)

    assert flow is None
    assert len(told) >= 10


# Tables.


def tables(root: Path, **files: str) -> Path:
    (root / "tables").mkdir()
    for name, text in files.items():
        (root / "tables" / f"{name}.toml").write_text(text, encoding="utf-8")
    return root


def table(id_: str, *rows: str) -> str:
    return f'schema = "zhifa-table/1"\nid = "{id_}"\nname = "表"\n' + "\n".join(
        f"[[row]]\n{row}" for row in rows
    )


def test_tables_are_read_by_their_ids(tmp_path: Path) -> None:
    rows = (
        'id = "a"\nat_least = "1元"\nbasis = ["甲法第一条"]',
        'id = "b"\nlength = "7工作日"\npolicy = "本系统的口径"',
    )

    read = load_tables(tables(tmp_path, t=table("t", *rows)), law().statutes)

    assert [row.id for row in read["t"].row] == ["a", "b"]


def test_every_problem_of_every_table_comes_at_once(tmp_path: Path) -> None:
    root = tables(
        tmp_path,
        a=table("a", 'id = "x"\nbasis = ["甲法第一条"]', 'id = "x"\npolicy = "口径"', 'id = "y"'),
        b=table("c", 'id = "x"\npolicy = "口径"'),
        d=table(
            "d", 'id = "x"\nat_least = true\nbasis = ["甲法第一条"]', 'id = "y"\nlength = 7\npolicy = "口径"'
        ),
        e=table(
            "e",
            'id = "x"\nbasis = ["甲法", "丁法第一条", "甲法第九十条"]',
            'id = "z"\nfrom = 2019-01-01\nbasis = ["甲法第一条"]',
        ),
        f=table("f", 'id = "x"\nfrom = 2021-01-01\nbasis = ["甲法第九十条"]'),
        g="坏",
    )

    with pytest.raises(FileError) as raised:
        load_tables(root, law().statutes)

    starts = [
        "a.toml: x: 行的编号重复", "a.toml: y: 没有依据(basis)", "b.toml: 文件名应当与表的编号一致, 即 c.toml",
        "d.toml: row.1.at_least: “True”不是金额", "d.toml: row.2.length: 看不懂期限“7”", "e.toml: x: “甲法”不是一个法条引用",
        "e.toml: x: 索引中没有《丁法》", "e.toml: x: 《甲法》共20条, 没有第九十条", "e.toml: z: 《甲法》在2019-01-01尚未施行",
        "f.toml: x: 《甲法》共20条, 没有第九十条", "g.toml: 不是合格的 TOML",
    ]  # fmt: skip
    assert [
        start for start in starts if not any(one.startswith(start) for one in raised.value.problems)
    ] == []
    assert len(raised.value.problems) == len(starts)


def test_no_tables_are_no_mistake(tmp_path: Path) -> None:
    assert load_tables(tmp_path, law().statutes) == {}


# Scenarios.

BASE = """
schema = "zhifa-scenario/1"
flow   = "test.mini@2021-07-15"
title  = "办结"
[party]
kind = "organisation"
[[officer]]
id = "zhang"
posts = ["立案岗"]
[[step]]
do = "finish"
on = 2026-03-02
by = ["zhang"]
[step.documents.report]
text = "甲"
tags = ["一", "二"]
[[step]]
do = "finish"
on = 2026-03-03
"""


def scenario(root: Path, text: str, name: str = "other") -> Path:
    home = root / "test.mini" / "scenarios"
    home.mkdir(parents=True, exist_ok=True)
    (home / "main.toml").write_text(BASE, encoding="utf-8")
    (home / f"{name}.toml").write_text(text, encoding="utf-8")
    return home / f"{name}.toml"


def test_scenarios_are_found_by_their_flow(tmp_path: Path) -> None:
    scenario(tmp_path, BASE)

    assert [path.name for path in scenario_paths(tmp_path)] == ["main.toml", "other.toml"]
    assert scenario_paths(tmp_path, "other.flow") == []


def test_a_departure_changes_a_single_thing_and_ends_where_it_is_refused(tmp_path: Path) -> None:
    text = """
        extends = "main.toml"
        title = "没有报告"
        [party]
        name = "某厂"
        [[officer]]
        id = "zhang"
        posts = ["调查岗"]
        [[officer]]
        id = "wang"
        [[change]]
        step = "finish"
        without = ["documents.report.text", "documents.report.tags.0"]
        expect = "refused"
        documents = { report = { on = 2026-03-01 } }
    """

    read = read_scenario(scenario(tmp_path, text), tmp_path)

    assert (read.title, read.party) == ("没有报告", {"kind": "organisation", "name": "某厂"})
    assert [one["posts"] for one in read.officer[:1]] == [["调查岗"]]
    assert len(read.officer) == 2
    assert [step.expect for step in read.step] == ["refused"]
    assert read.step[0].documents == {"report": {"tags": ["二"], "on": date(2026, 3, 1)}}


def test_steps_are_named_by_what_they_do_and_how_often_they_did(tmp_path: Path) -> None:
    text = 'extends = "main.toml"\nupto = "finish#2"\n[[step]]\ndo = "other"\non = 2026-03-04\n'

    read = read_scenario(scenario(tmp_path, text), tmp_path)

    assert [step.do for step in read.step] == ["finish", "other"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('extends = "other.toml"', "extends 互相引用"),
        ('extends = "../scenarios/other.toml"', "extends 互相引用"),
        ('extends = "missing.toml"', "文件不能读取"),
        ('extends = "../../../main.toml"', "文件在文件夹以外, 不予读取"),
        ('extends = "/etc/passwd"', "文件在文件夹以外, 不予读取"),
        ('extends = "."', "这是一个文件夹, 不是文件"),
        ("extends = 5", "extends 应为一个情景文件的名称"),
        ('extends = "a\\u0000b"', "文件名含有不可见的控制字符, 不能读取"),
        (f'extends = "{"a" * 5000}"', "文件不能读取: 文件名或者路径太长"),
        ('extends = "main.toml"\nupto = "finsh"', "所继承的情景没有步骤“finsh”, 是否指: finish"),
        ('extends = "main.toml"\n[[change]]\nstep = "完全不同"', "所继承的情景没有步骤“完全不同”"),
        ('extends = "main.toml"\nchange = "finish"', "不能与所继承的情景合并"),
        ('extends = "main.toml"\nofficer = ["zhang"]', "不能与所继承的情景合并"),
        ('extends = "main.toml"\nparty = 5', "不能与所继承的情景合并"),
        ('extends = "main.toml"\nstep = 5', "不能与所继承的情景合并"),
        ('extends = "main.toml"\n[[change]]\nstep = "finish"\nwithout = ["documents.report.tags.x"]', "不能与所继承的情景合并"),
        ('extends = "main.toml"\n[[change]]\nstep = "finish"\nwithout = ["documents.report.tags.9"]', "不能与所继承的情景合并"),
        ('extends = "main.toml"\n[[change]]\nstep = "finish"\nexpct = "refused"', "step.1.expct: 没有名为“expct”的项, 是否指: expect"),
        ('schema = "zhifa-scenario/1"', "flow: 缺少这一项"),
    ],
)  # fmt: skip
def test_a_scenario_that_cannot_be_put_together_is_answered(tmp_path: Path, text: str, said: str) -> None:
    path = scenario(tmp_path, text)

    with pytest.raises(FileError) as raised:
        read_scenario(path, tmp_path)

    assert any(one.startswith(said) for one in raised.value.problems), raised.value.problems


def test_a_base_without_steps_is_answered(tmp_path: Path) -> None:
    scenario(tmp_path, 'schema = "zhifa-scenario/1"', "empty")
    path = scenario(tmp_path, 'extends = "empty.toml"')

    with pytest.raises(FileError, match="不能与所继承的情景合并"):
        read_scenario(path, tmp_path)


def test_departures_of_departures_end_somewhere(tmp_path: Path) -> None:
    for number in range(2000):
        scenario(tmp_path, f'extends = "n{number + 1}.toml"', f"n{number}")

    with pytest.raises(FileError) as raised:
        read_scenario(tmp_path / "test.mini" / "scenarios" / "n0.toml", tmp_path)

    assert raised.value.problems == ("extends 超过20层",)
    assert raised.value.source == "n21.toml"


def test_twenty_departures_are_read_and_twenty_cases_played_before(tmp_path: Path) -> None:
    for number in range(20):
        base = f"n{number + 1}.toml" if number < 19 else "main.toml"
        before = "earlier = [" + '"main.toml",' * 20 + "]" if number == 0 else ""
        scenario(tmp_path, f'extends = "{base}"\n{before}', f"n{number}")

    read = read_scenario(tmp_path / "test.mini" / "scenarios" / "n0.toml", tmp_path)

    assert (len(read.earlier), len(read.step)) == (20, 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title  = "办结"', 'title  = "办结"\nearlier = [' + '"main.toml",' * 21 + "]", "earlier 最多20件, 现有21件"),
        ("on = 2026-03-03", "on = 2101-01-01", "step.2.on: 2101-01-01超出可以计算的范围(2004年至2100年)"),
        ("on = 2026-03-03", "on = 2026-03-03\nentered = 9999-12-31", "step.2.entered: 9999-12-31超出可以计算的范围"),
        ('title  = "办结"', 'title  = "办结"\nopened = 2003-12-31', "opened: 2003-12-31超出可以计算的范围"),
        (BASE[BASE.index("[[officer]]"):BASE.index("[[step]]")], "", "officer: 没有写人员, 至少写明由谁登记"),
        ('id = "zhang"', 'name = "张某"', "officer: 每个人员都应写明编号(id)"),
        ('id = "zhang"', "id = 5", "officer: 每个人员都应写明编号(id)"),
        ("[[step]]", '[[officer]]\nid = "zhang"\n[[step]]', "officer: zhang写了两次"),
        (BASE[BASE.index("[[step]]"):], "step = []", "step: 缺少这一项"),
        (BASE[BASE.index("[party]"):], "step = []\n[[officer]]\nid = 'a'", "step: 应有1至500个步骤, 现有0个"),
        (BASE[BASE.index("[[step]]"):], "[[step]]\ndo='a'\non=2026-03-02\n" * 501, "step: 应有1至500个步骤, 现有501个"),
    ],
)  # fmt: skip
def test_a_scenario_that_cannot_be_played_is_answered(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in BASE

    with pytest.raises(FileError) as raised:
        read_scenario(scenario(tmp_path, BASE.replace(old, new, 1)), tmp_path)

    assert any(one.startswith(said) for one in raised.value.problems), raised.value.problems


def test_a_linked_folder_of_scenarios_outside_is_not_read(tmp_path: Path) -> None:
    outside = scenario(tmp_path / "outside", BASE)
    root = tmp_path / "flows"
    (root / "test.mini").mkdir(parents=True)
    (root / "test.mini" / "scenarios").symlink_to(outside.parent)

    for path in scenario_paths(root):
        with pytest.raises(FileError, match="文件是指向文件夹以外的链接, 不予读取"):
            read_scenario(path, home_of(path, root))

    assert len(scenario_paths(root)) == 2


def test_a_file_keeps_to_the_folder_that_it_is_named_in_or_truly_lies_in(tmp_path: Path) -> None:
    root, other = tmp_path / "flows", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    (tmp_path / "law").symlink_to(root)
    (root / "out").symlink_to(other)

    assert home_of(root / "x.toml", root) == root
    assert home_of(root / "out" / "x.toml", root) == root
    assert home_of(other / ".." / "flows" / "x.toml", other / ".." / "flows") == other / ".." / "flows"
    assert home_of(tmp_path / "law" / "x.toml", root) == root
    assert home_of(root / "x.toml", tmp_path / "law") == tmp_path / "law"
    assert home_of(other / "x.toml", root) == other
    assert home_of(root / ".." / "other" / "x.toml", root) == root / ".." / "other"
