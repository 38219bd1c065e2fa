"""Files that were made to hurt: every command that reads them answers in Chinese with exit code 1, soon, and runs nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from tests.cli.conftest import SHIPPED
from tests.cli.office import Office

DATA = Path(__file__).parents[1] / "data" / "flows_mutants"
REF = "penalty.tiny@2024-01-01"
FLOW = Path("penalty.tiny") / "2024-01-01.toml"
SCENARIOS = Path("penalty.tiny") / "scenarios"
TEXT = (DATA / FLOW).read_text(encoding="utf-8")
WALK = (DATA / SCENARIOS / "strong.toml").read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made as Unix makes them")


@pytest.fixture(autouse=True)
def no_command_waits_for_ever() -> Iterator[None]:
    def give_up(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(120)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def legal(tmp_path: Path) -> Office:
    """The legal office with the smallest flow that has everything, and no database."""
    root = tmp_path / "flows"
    shutil.copytree(DATA, root)
    shutil.copy(SHIPPED / "statutes.json", root)
    (root / "calendars").mkdir()
    for year in range(2021, 2026):
        shutil.copy(SHIPPED / "calendars" / f"{year}.toml", root / "calendars")
    return Office(root, tmp_path)


def answered(office: Office, *args: str) -> str:
    """What a command says that has to do with a faulty file."""
    result = office.run(*args)
    assert result.exit_code == 1, (args, result.output)
    return result.output


def reading_the_flow(folder: Path) -> list[tuple[str, ...]]:
    """Every command that reads the flow, but for those that need a database."""
    return [
        ("flow", "check"), ("flow", "check", REF), ("flow", "show", REF), ("flow", "test"), ("flow", "mutate", "--jobs", "1"),
        ("flow", "review", REF), ("flow", "diff", REF, REF), ("flow", "diff", str(folder / FLOW), REF),
        ("flow", "export", REF, "--format", "bpmn"), ("flow", "export", REF, "--format", "scxml"),
        ("flow", "draw", REF, "--out", str(folder / "out")), ("flow", "check", str(folder / FLOW)),
    ]  # fmt: skip


Plant = Callable[[Path], object]


def written(content: bytes) -> Plant:
    return lambda path: path.write_bytes(content)


def in_place(make: Plant) -> Plant:
    def plant(path: Path) -> None:
        path.unlink(missing_ok=True)
        make(path)

    return plant


def pipe(path: Path) -> None:
    os.mkfifo(path)


def linked_out(path: Path) -> None:
    outside = _beside_the_flows(path) / "outside"
    outside.mkdir(exist_ok=True)
    shutil.move(path, outside / path.name)
    path.symlink_to(outside / path.name)


def folder_linked_out(path: Path) -> None:
    outside = _beside_the_flows(path) / "elsewhere"
    shutil.move(path.parent, outside)
    path.parent.symlink_to(outside)


def _beside_the_flows(path: Path) -> Path:
    return next(one.parent for one in path.parents if one.name == "flows")


FILES: dict[str, tuple[Plant, str]] = {
    "10 MB": (written(b"#" * 10_000_000), "文件有10,000,000字节, 超过上限2,097,152字节"),
    "lists in lists": (written(b"x = " + b"[" * 100_000), "嵌套过深"),
    "a key twice": (written(b"x = 1\nx = 2\n"), "第2行第6列有误, 同一项写了两次"),
    "GBK": (written("# 程序".encode("gbk")), "文件不是 UTF-8 编码, 请另存为 UTF-8"),
    "UTF-16": (written("x = 1".encode("utf-16")), "文件不是 UTF-8 编码, 请另存为 UTF-8"),
    "NUL": (written(b"# \x00\n"), "不是合格的 TOML: 第1行第3列有误"),
    "5,000 digits": (written(b"x = " + b"9" * 5000), "含有过长的数字"),
    "a folder": (in_place(lambda path: path.mkdir()), "这是一个文件夹, 不是文件"),
    "a pipe": (in_place(pipe), "这不是普通文件"),
    "a device": (in_place(lambda path: path.symlink_to("/dev/zero")), "文件是指向文件夹以外的链接, 不予读取"),
    "a link to itself": (in_place(lambda path: path.symlink_to(path)), "文件"),
    "a link out": (linked_out, "文件是指向文件夹以外的链接, 不予读取"),
    "a linked folder": (folder_linked_out, "文件是指向文件夹以外的链接, 不予读取"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_a_flow_file_that_is_none_is_answered_by_every_command(legal: Office, kind: str) -> None:
    plant, said = FILES[kind]
    plant(legal.flows / FLOW)

    for args in reading_the_flow(legal.flows):
        assert said in answered(legal, *args), args
    assert REF in legal.ok("flow", "list")


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("place", ["tables/hearing.toml", "clocks/pen.toml"])
def test_a_table_that_is_none_is_answered(legal: Office, kind: str, place: str) -> None:
    plant, said = FILES[kind]
    (legal.flows / place).parent.mkdir(exist_ok=True)
    (legal.flows / place).write_text("x = 1", encoding="utf-8")
    plant(legal.flows / place)

    for args in (("flow", "check"), ("flow", "list"), ("flow", "test"), ("flow", "review", REF)):
        assert said in answered(legal, *args), args


@pytest.mark.parametrize("kind", [kind for kind in FILES if kind != "a linked folder"])
def test_a_file_beside_the_flows_that_is_none_is_answered(legal: Office, kind: str) -> None:
    plant, said = FILES[kind]
    home = legal.flows / "published.lock"
    asked = {"published.lock": ("flow", "check"), "equivalents.toml": ("flow", "mutate", "--jobs", "1"), "policies.toml": ("flow", "check")}  # fmt: skip

    for name, args in asked.items():
        path = home.with_name(name)
        path.write_text("x = 1", encoding="utf-8")
        plant(path)
        assert said in answered(legal, *args), args
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


@pytest.mark.parametrize("kind", [kind for kind in FILES if "link" not in kind])
def test_a_statute_index_that_is_none_is_answered(legal: Office, kind: str) -> None:
    FILES[kind][0](legal.flows / "statutes.json")

    told = answered(legal, "flow", "check")

    assert "statutes.json" in told


@pytest.mark.parametrize("kind", [kind for kind in FILES if kind != "a linked folder"])
def test_a_scenario_that_is_none_is_a_failure_of_its_own(legal: Office, kind: str) -> None:
    plant, said = FILES[kind]
    path = legal.flows / SCENARIOS / "draft.toml"
    path.write_text(WALK, encoding="utf-8")
    plant(path)

    told = answered(legal, "flow", "test")

    assert "✗ penalty.tiny/draft: (文件不能读取)" in told
    assert said in told
    assert said in answered(legal, "flow", "test", "--scenario", str(path))
    assert said in answered(legal, "flow", "mutate", "--jobs", "1")


def test_a_linked_folder_of_scenarios_is_not_followed(legal: Office) -> None:
    outside = legal.folder / "outside"
    shutil.move(legal.flows / SCENARIOS, outside)
    (legal.flows / SCENARIOS).symlink_to(outside)

    assert answered(legal, "flow", "test").count("文件是指向文件夹以外的链接, 不予读取") == 2


def test_the_calendars_of_a_linked_folder_are_not_read(legal: Office) -> None:
    shutil.move(legal.flows / "calendars", legal.folder / "outside")
    (legal.flows / "calendars").symlink_to(legal.folder / "outside")

    assert "文件夹是指向流程文件夹以外的链接, 不予读取" in answered(legal, "flow", "check")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('extends = "draft.toml"', "extends 互相引用"),
        ('extends = "../../../../../../../../../../etc/passwd"', "文件在文件夹以外, 不予读取"),
        ('extends = "/etc/passwd"', "文件在文件夹以外, 不予读取"),
        ('extends = "a\\u0000b"', "文件名含有不可见的控制字符, 不能读取"),
        (WALK.replace("2024-03-04", "9999-12-31"), "9999-12-31超出可以计算的范围(2004年至2100年)"),
        (WALK.replace("2024-03-04", "0001-01-01"), "0001-01-01超出可以计算的范围(2004年至2100年)"),
        (WALK.replace("2024-01-01", "2024-01-02"), "没有名为“penalty.tiny@2024-01-02”的流程版本"),
        (WALK.replace("penalty.tiny@2024-01-01", "../../etc/passwd"), "没有名为“../../etc/passwd”的流程版本"),
        ('schema = "zhifa-scenario/1"\nflow = "x"\ntitle = "x"\nstep = []', "应有1至500个步骤, 现有0个"),
    ],
    ids=[
        "a loop", "out", "out by name", "NUL", "year 9999", "year 1", "no version", "a path for a flow", "no steps",
    ],
)  # fmt: skip
def test_a_scenario_that_leads_nowhere_is_answered(legal: Office, text: str, said: str) -> None:
    path = legal.flows / SCENARIOS / "draft.toml"
    path.write_text(text, encoding="utf-8")

    assert said in answered(legal, "flow", "test", "--scenario", str(path))
    assert said in answered(legal, "flow", "test")


HOSTILE = (
    "os.system", "__import__('os').system('touch hurt')", "zhifa_flow.cli.main:main", "../../etc/passwd", "{0.__class__}",
    "${HOME}", "`touch hurt`",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    ("old", "said"),
    [
        ('check   = "present"', "guard.noticed.check: 名称“"),
        ('flow   = "penalty.tiny"', "没有名为"),
        ('by        = ["investigators"]', "只能用小写字母、数字和下划线"),
        ('initial        = "lead"', "只能用小写字母、数字和下划线"),
    ],
)
def test_what_would_be_code_elsewhere_is_a_name_that_nothing_bears(
    legal: Office, monkeypatch: pytest.MonkeyPatch, name: str, old: str, said: str
) -> None:
    monkeypatch.chdir(legal.folder)
    left = old.partition(" = ")[0]
    value = f'["{name}"]' if "[" in old else f'"{name}"'
    text = TEXT.replace(old, f"{left} = {value}", 1) if old in TEXT else TEXT + _child(name)
    assert text != TEXT
    (legal.flows / FLOW).write_text(text, encoding="utf-8")

    for args in (("flow", "check"), ("flow", "review", REF)):
        assert said in answered(legal, *args), args
    assert not [path for path in legal.folder.rglob("*") if path.name == "hurt"]


def _child(flow: str) -> str:
    return f'\n[child.x]\nname = "附随"\nflow = "{flow}"\ngap = "仅供测试"\n'


def test_a_flow_of_thousands_of_states_is_answered(legal: Office) -> None:
    states = "".join(f'[state.s{place}]\nname = "状态{place}"\nstage = "decision"\n' for place in range(5000))
    (legal.flows / FLOW).write_text(f"{TEXT}\n{states}", encoding="utf-8")

    for args in reading_the_flow(legal.flows):
        assert "state: 状态有5,003项, 超过上限1,000项" in answered(legal, *args), args


def test_findings_that_unfold_without_end_are_answered(legal: Office) -> None:
    rabbits = "".join(
        f'[finding.f{place}]\nname = "认{place}"\nrule = "any_of"\nargs = {{ findings = ["f{place + 1}", "f{place + 2}"] }}\n'
        for place in range(200)
    )
    last = '[finding.f200]\nname = "末"\nrule = "on_file"\nargs = { document = "notice" }\n'
    text = f"{TEXT}\n{rabbits}{last}{last.replace('f200', 'f201')}"
    (legal.flows / FLOW).write_text(text, encoding="utf-8")

    for args in reading_the_flow(legal.flows):
        assert "finding.f0: 所依据的认定层层展开超过100项" in answered(legal, *args), args
