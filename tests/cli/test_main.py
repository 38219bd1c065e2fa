"""The root command: help, usage, exit codes, and what may be imported on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.cli.office import NOBODY, Office
from zhifa_flow.cli.group import LazyGroup
from zhifa_flow.cli.main import main

ROOT = Path(__file__).parents[2]
HEAVY = ("sqlalchemy", "sqlmodel", "pydantic", "transitions", "graphviz", "pygraphviz", "rich")


def commands(
    group: LazyGroup, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str, click.Command]]:
    for name, (_, _, line) in group.table.items():
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield (*path, name), line, command
        if isinstance(command, LazyGroup):
            yield from commands(command, (*path, name))


ALL = [(path, line, command) for path, line, command in commands(main)]
NAMES = [" ".join(path) for path, _, _ in ALL]


def imported_by(*args: str) -> set[str]:
    code = f"import sys, json; from zhifa_flow.cli.main import main\ntry: main({list(args)!r})\nexcept SystemExit: pass\n"
    code += "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, encoding="utf-8", env=None
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_help_imports_no_database_no_schema_no_drawing() -> None:
    modules = imported_by("--help")

    assert not modules.intersection(HEAVY)


@pytest.mark.parametrize(
    "args",
    [
        ["flow", "list"],
        ["flow", "check"],
        ["flow", "show", "duty.publication"],
        ["clock", "2025-01-24", "7工作日"],
        ["case", "--help"],
        ["flow", "draw", "duty.publication", "--format", "text"],
    ],
)
def test_commands_without_cases_do_not_import_the_database(args: list[str]) -> None:
    modules = imported_by(*args)

    assert not modules.intersection({"sqlalchemy", "sqlmodel"})


@pytest.mark.parametrize(("path", "line", "command"), ALL, ids=NAMES)
def test_every_command_is_explained_in_chinese(
    path: tuple[str, ...], line: str, command: click.Command
) -> None:
    result = CliRunner().invoke(main, [*path, "--help"])

    assert result.exit_code == 0
    assert result.output.startswith(f"用法: zhifa {' '.join(path)}")
    assert any("\u4e00" <= character <= "\u9fff" for character in line)
    assert not [
        word for word in ("Usage", "Options", "Show this", "required", "default:") if word in result.output
    ]


@pytest.mark.parametrize(("path", "line", "command"), ALL, ids=NAMES)
def test_every_option_is_explained(path: tuple[str, ...], line: str, command: click.Command) -> None:
    options = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]

    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize(("path", "line", "command"), ALL, ids=NAMES)
def test_every_command_that_answers_can_answer_programs(
    path: tuple[str, ...], line: str, command: click.Command
) -> None:
    names = {param.name for param in command.params}

    # A group answers nothing itself, and an export is JSON already.
    assert "as_json" in names or isinstance(command, LazyGroup) or path == ("case", "export")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["flwo"], "没有命令“flwo”, 是否指: flow"),
        (["xyz"], "可用的命令: demo"),
        (["case", "opne"], "没有命令“opne”, 是否指: open"),
        (["case", "list", "--jsn"], "没有选项 --jsn, 是否指: --json"),
        (["case", "show"], "缺少参数 CASE"),
        (["case", "show", "a", "b"], "多余的参数: b"),
        (["case", "list", "--flow"], "选项 --flow 后面应当有内容"),
        (["case", "list", "--json=1"], "选项 --json 后面不带内容"),
        (["case", "list", "--size", "0"], "--size: “0”应为1至1000的整数"),
        (["case", "list", "--size", "many"], "--size: “many”应为1至1000的整数"),
        (["flow", "draw", "--format", "gif", "--out", "."], "--format: “gif”不在可选范围: svg"),
        (["flow", "draw"], "须写明存放的文件夹(--out DIR)"),
        (["case", "do", "x", "y", "--by", "a", "--on", "2026-02-30"], "--on: “2026-02-30”不是日历上的一天"),
        (["case", "do", "x", "y", "--by", "a", "--on", "明天"], "“明天”不是日历上的一天"),
        (["case", "do", "x", "y", "--by", "a", "--at", "25:00"], "“25:00”不是一天里的时刻"),
        (["case", "do", "x", "y", "--by", "a", "--revision", "-1"], "“-1”应为0至1000000的整数"),
        (["inbox"], "须写明岗位(--post)或者人员(--officer)"),
        (["--flows"], "选项 --flows 后面应当有内容"),
        (["--database", "x"], "缺少命令"),
    ],
)
def test_wrong_usage_is_answered_in_chinese_with_code_2(args: list[str], said: str) -> None:
    result = CliRunner().invoke(main, args)

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert "Error" not in result.stderr


@pytest.mark.parametrize("args", [[], ["case"], ["flow"], ["officer"]])
def test_a_group_alone_shows_its_help(args: list[str]) -> None:
    result = CliRunner().invoke(main, args)

    assert result.exit_code == 2
    assert "命令:" in result.stderr


def test_halves_of_characters_are_refused() -> None:
    result = CliRunner().invoke(main, ["case", "show", "\udcff"])

    assert result.exit_code == 2
    assert "不能识别的字符" in result.stderr


def test_errors_are_told_to_programs_too(office: Office) -> None:
    result = office.run("case", "do", "jia-2026-0001", "作出处罚决定", "--by", "赵某", "--json")

    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["error"] == "refused"
    assert told["step"] == "作出处罚决定"
    assert {refusal["code"] for refusal in told["refusals"]} == {"state", "document"}
    assert told["refusals"][0]["basis"] == ["行政处罚法第五十七条第一款第一项"]


@pytest.mark.parametrize("place", ["missing", "."])
def test_a_folder_without_flows_is_refused(place: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["flow", "list", "--flows", str(tmp_path / place)])

    assert result.exit_code == 1
    assert "不是流程文件夹: 其中没有 statutes.json" in result.stderr


def test_the_environment_names_the_places(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    env = {"ZHIFA_FLOWS": str(office.flows), "ZHIFA_DATABASE": str(office.database)}

    result = CliRunner().invoke(main, ["case", "list"], env=env)

    assert result.exit_code == 0
    assert "某公司超标" in result.output


def test_an_option_of_the_command_wins_over_the_environment(office: Office) -> None:
    env = {"ZHIFA_DATABASE": str(office.folder / "other.db")}

    result = CliRunner().invoke(
        main, ["case", "list", "--database", str(office.database), "--flows", str(office.flows)], env=env
    )

    assert result.exit_code == 0
    assert "某公司超标" in result.output


def test_a_closed_pipe_is_no_traceback(office: Office) -> None:
    code = "import sys; from zhifa_flow.cli.main import main; main(sys.argv[1:])"
    args = ["--flows", str(office.flows), "flow", "show", "penalty.mini"]
    with subprocess.Popen(
        [sys.executable, "-c", code, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert "Traceback" not in said


def test_output_is_utf8_whatever_the_locale(office: Office) -> None:
    code = "from zhifa_flow.cli.main import main; main(['flow', 'list'])"
    env = {"PYTHONIOENCODING": "ascii", "ZHIFA_FLOWS": str(office.flows), "PATH": "", "SYSTEMROOT": ""}

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, env=env)

    assert "行政处罚试验程序" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "line", [("case", "show", "无", "--json"), ("case", "show", "--json", "无"), ("agency", "list", "--json")]
)
def test_a_program_is_answered_on_the_output_stream_without_any_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(main, line, env=NOBODY)

    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"] in ("not_found", "input", "store")
    assert "错误: " in result.stderr


def test_a_case_that_is_not_there_is_told_to_a_program_in_the_usual_place(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.folder)

    result = CliRunner().invoke(
        main, ["case", "show", "无", "--json"], env={**NOBODY, "ZHIFA_FLOWS": str(office.flows)}
    )

    assert result.exit_code == 1
    assert json.loads(result.stdout) == {"error": "not_found", "problems": ["没有名为“无”的案件"]}


def test_what_a_case_without_a_party_can_come_to_is_said_beforehand() -> None:
    shown = CliRunner().invoke(main, ["case", "open", "--help"], env=NOBODY).stdout

    assert "在查明(zhifacaseidentify)以前只能不予立案、移送或者撤案" in "".join(shown.split())
