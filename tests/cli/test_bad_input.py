"""Bad input: a clear Chinese answer with the right exit code, and nothing lost or half done."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.cli.office import CASE, DATA, FILED, PARTY, REGISTER, REPORTED, TODAY, Office

DO = ("case", "do", CASE)


def with_fields(**fields: str) -> list[str]:
    """The options that hand in a sound approval of filing, but for the fields named."""
    sound = {"number": "1号", "facts": "举报", "level": "一般", "found": TODAY} | fields
    return [
        part for key, value in sound.items() if value for part in ("--set", f"filing_approval.{key}={value}")
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["case", "show", "jia-2026-0002"], "没有名为“jia-2026-0002”的案件, 是否指: jia-2026-0001"),
        (["case", "next", "没有的"], "没有名为“没有的”的案件"),
        (["case", "history", "x"], "没有名为“x”的案件"),
        (["case", "clock", "x"], "没有名为“x”的案件"),
        (["case", "export", "x"], "没有名为“x”的案件"),
        ([*DO, "立安", "--by", "张某"], "没有名为“立安”的环节, 是否指: 立案"),
        ([*DO, "file_cas", "--by", "张某"], "是否指: file_case"),
        (["case", "next", CASE, "立安"], "没有名为“立安”的环节, 是否指: 立案"),
        (["case", "list", "--flow", "penalty.mimi"], "没有名为“penalty.mimi”的流程, 是否指: penalty.mini"),
        (["case", "list", "--agency", "某县某居"], "没有名为“某县某居”的执法机关, 是否指: 某县某局"),
        (["officer", "show", "zhan", "--agency", "jia"], "人员名册中没有“zhan”, 是否指: zhang"),
        (["agency", "show", "ji"], "没有名为“ji”的执法机关, 是否指: jia"),
        (["inbox", "--post", "立案缸", "--agency", "jia"], "没有名为“立案缸”的岗位, 是否指: 立案岗"),
        (["inbox", "--officer", "章某", "--agency", "jia"], "人员名册中没有“章某”, 是否指: "),
        (["officer", "list"], "登记了2个执法机关, 请用 --agency 指明"),
    ],
)
def test_what_does_not_exist_is_answered_with_close_names(office: Office, args: list[str], said: str) -> None:
    assert said in office.refused(*args)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--set", "filing_aproval.facts=x"], "没有名为“filing_aproval”的文书, 是否指: filing_approval"),
        (["--set", "立案审批.facts=x"], "没有名为“立案审批”的文书, 是否指: 立案审批表"),
        (["--set", "decision.content=x"], "本步不收《处罚决定书》, 可以提交: 《立案审批表》"),
        (with_fields(fact="x"), "《立案审批表》没有“fact”这一项, 是否指: facts"),
        (with_fields(facts=""), "《立案审批表》缺少“违法线索”"),
        (with_fields(level="严重"), "“严重”不在可选范围: 一般、重大"),
        (with_fields(found="2026-02-30"), "“2026-02-30”不是日历上的一天"),
        (with_fields(found="2026-03-11"), f"为2026-03-11, 晚于办理日期{TODAY}"),
        (["--set", "facts=x"], "--set “facts=x”: 应写成 文书.字段=内容"),
        (["--set", "filing_approval.facts"], "应写成 文书.字段=内容"),
        (["--set", "filing_approval.facts=x", "--set", "立案审批表.违法线索=y"], "填写了两次"),
        (["--attach", "filing_approval.facts=x"], "“违法线索”不是附件, 请用 --set 填写"),
        (["--doc", "filing_approval"], "应写成 文书=文件"),
        (["--doc", "=x.toml"], "应写成 文书=文件"),
    ],
)
def test_a_wrong_document_is_answered_and_nothing_happens(
    office: Office, options: list[str], said: str
) -> None:
    assert said in office.refused(*DO, "立案", "--by", "张某", *options)
    assert office.json("case", "show", CASE)["revision"] == 0


def test_all_mistakes_of_a_request_are_told_at_once(office: Office) -> None:
    said = office.refused(
        *DO, "立案", "--by", "张某", *with_fields(facts="", level="严重", found="2026-02-30", x="1")
    )

    for words in ("“x”", "违法线索", "严重", "2026-02-30"):
        assert words in said


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("report.penalties=罚款5万元", "一项应写成 列=值;列=值, 如 处罚种类=…;金额=…"),
        ("report.penalties=[{", "不是合格的 JSON: 第1行第3列有误"),
        ('report.penalties=[{"kind": "罚款", "kind": "警告"}]', "“kind”出现了两次"),
        ('report.penalties={"kind": "罚款", "amount": NaN}', "“NaN”不是数字"),
        ("report.penalties=kind=罚金;amount=5万元", "“罚金”不在可选范围"),
        ("report.penalties=kind=罚款", "须写明金额"),
        ("report.penalties=kind=罚款;amount=很多", "“很多”不是金额"),
        ("report.articles=行政处罚法", "不是一个法条引用"),
        ("report.rights=听正", "是否指: 听证"),
        ("report.evidence=证据种类=人证;证明的事实=x", "“人证”不在可选范围: 书证、物证"),
        ("report.officers=张某", "“执法人员”不得少于2人, 现有1人"),
        ("report.officers=张某、张某", "张某重复填写, 同一人只算一人"),
        ("report.officers=张某、孙某", "人员名册中没有“孙某”"),
    ],
)
def test_a_wrong_value_is_answered_with_its_field(office: Office, field: str, said: str) -> None:
    office.filed()
    name = field.partition("=")[0]
    others = [text for text in REPORTED if text != "--set" and not text.startswith(f"{name}=")]
    sound = [part for text in others for part in ("--set", text)]

    assert said in office.refused(*DO, "report", "--by", "张某,李某", *sound, "--set", field)
    assert office.json("case", "show", CASE)["revision"] == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.toml", "facts = '举报'".encode("gbk"), "不是 UTF-8 编码"),
        ("a.json", "{}".encode("utf-16"), "不是 UTF-8 编码"),
        ("a.toml", b"facts = '" + b"x" * (1024 * 1024) + b"'", "超过上限1,048,576字节"),
        ("a.toml", b"facts == 1", "不是合格的 TOML: 第1行第8列有误"),
        ("a.toml", b"facts = ", "不是合格的 TOML: 文件没有写完"),
        ("a.toml", "违法线索 = 'x'".encode(), "中文的项目名应加引号"),
        ("a.toml", b"facts = '", "不是合格的 TOML"),
        ("a.json", b"{", "不是合格的 JSON: 第1行第2列有误"),
        ("a.json", b'{"facts": "a", "facts": "b"}', "“facts”出现了两次"),
        ("a.json", b'"text"', "最外层应为字段和内容"),
        ("a.json", b"[]", "最外层应为字段和内容, 不是列表"),
        ("a.json", b"[" * 100_000, "嵌套过深"),
        ("a.json", b'{"facts": ' + b"9" * 5000 + b"}", "含有过长的数字"),
        ("a.json", rb'{"facts": "\ud800"}', "含有不完整的字符"),
        ("a.json", rb'{"facts": "\u0000"}', "含有不可见的控制字符"),
        ("a.docx", b"x", "文件名应以 .toml 或者 .json 结尾"),
    ],
)
def test_a_document_file_that_cannot_be_read_is_answered(
    office: Office, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert said in office.refused(*DO, "立案", "--by", "张某", "--doc", f"filing_approval={path}")
    assert office.json("case", "show", CASE)["revision"] == 0


def test_a_document_file_that_is_missing_or_a_folder_is_answered(office: Office, tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()

    folder = office.refused(
        *DO, "立案", "--by", "张某", "--doc", f"filing_approval={tmp_path / 'folder.toml'}"
    )
    missing = office.refused(*DO, "立案", "--by", "张某", "--doc", "filing_approval=missing.toml")

    assert "这是一个文件夹, 不是文件" in folder
    assert "没有这个文件" in missing


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(office: Office, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")

    assert "不是普通文件" in office.refused(
        *DO, "立案", "--by", "张某", "--doc", f"filing_approval={tmp_path / 'pipe.toml'}"
    )


def test_every_file_that_cannot_be_read_is_named(office: Office) -> None:
    said = office.refused(*DO, "立案", "--by", "张某", "--doc", "filing_approval=a.toml", "--doc", "x=b.json")

    assert "a.toml" in said
    assert "b.json" in said


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("张某", "“执法人员”不得少于2人, 现有1人"),
        ("张某,张某", "张某重复填写, 同一人只算一人"),
        ("张某,zhang", "张某重复填写, 同一人只算一人"),
        ("张某,王某", "王某为合同工, 不得从事本项行政执法工作"),
        ("张某,wang", "行政执法证豫A-0003有效期至2024-12-31, 在2026-03-10已过期"),
        ("张某,赵某", "赵某的岗位是决定岗, 本步须由调查岗办理"),
        ("张某,李谋", "人员名册中没有“李谋”, 是否指: 李某"),
    ],
)
def test_the_wrong_people_are_refused_with_the_article(office: Office, by: str, said: str) -> None:
    office.filed()

    refused = office.refused(*DO, "补充音像记录", "--by", by, "--attach", f"recording.file={__file__}")

    assert said in refused
    assert office.json("case", "show", CASE)["revision"] == 1


def test_an_act_in_person_cannot_be_entered_by_another(office: Office) -> None:
    office.filed().reported()

    said = office.refused(
        *DO,
        "decide",
        "--by",
        "赵某",
        "--as",
        "张某",
        "--set",
        "decision.number=1",
        "--set",
        "decision.content=x",
    )

    assert "应当本人办理, 他人不得代为录入(录入人是张某)" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--on", "2026-03-11"], "办理日期不得晚于今天"),
        (["--on", "2026-03-09", "--late-reason", "补"], "办理日期不得早于它所依据的环节"),
        (["--on", "2026-03-09"], "事后录入应当写明原因"),
    ],
)
def test_a_day_that_cannot_be_is_refused(office: Office, options: list[str], said: str) -> None:
    fields = [text.replace(TODAY, "2026-03-01") for text in FILED]

    assert said in office.refused(*DO, "立案", "--by", "张某", *fields, *options)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "昨天", "20260309", "26-03-09"])
def test_a_day_that_is_none_is_wrong_usage(office: Office, day: str) -> None:
    assert "不是日历上的一天" in office.refused(*DO, "立案", "--by", "张某", *FILED, "--on", day, code=2)


def test_a_case_that_somebody_else_moved_is_not_moved_again(office: Office) -> None:
    office.filed()

    said = office.refused(
        *DO, "record", "--by", "张某,李某", "--attach", f"recording.file={__file__}", "--revision", "0"
    )

    assert "已被他人办理, 本次办理没有保存" in said
    assert office.json("case", "show", CASE)["revision"] == 1


def test_nobody_acts_without_a_name(office: Office) -> None:
    assert "须写明办理人(--by)" in office.refused(*DO, "立案", *FILED, code=2)
    assert "须写明登记人(--by)" in office.refused(
        "case", "open", "penalty.mini", "--agency", "jia", *PARTY, code=2
    )


def test_a_party_is_not_left_out_by_oversight(office: Office) -> None:
    said = office.refused("case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", code=2)

    assert "须写明当事人" in said
    assert (
        office.json("case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", "--no-party")["party"]
        is None
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--party-kind", "法人", "--party-name", "某公司"], "地址没有填写"),
        (["--party-kind", "鬼", "--party-name", "某", "--party-address", "x"], "不能是“鬼”"),
        ([*PARTY[:6], "--party-code", "91410100MA1111111X"], "证件号码"),
        ([*PARTY, "--party-birth-date", "2026-02-30"], "出生日期"),
        (["--party", "missing.toml"], "没有这个文件"),
        (["--party", str(REGISTER)], "没有“agency”这个字段"),
    ],
)
def test_a_party_that_cannot_stand_is_refused(office: Office, options: list[str], said: str) -> None:
    assert said in office.refused("case", "open", "penalty.mini", "--agency", "jia", "--by", "张某", *options)
    assert len(office.json("case", "list")) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--by", "孙某", *PARTY], "人员名册中没有“孙某”"),
        (["--by", "张某", "--on", "2026-03-11", *PARTY], "登记日期不得晚于今天"),
        (["--by", "张某", "--on", "2026-03-01", *PARTY], "事后录入应当写明原因"),
        (["--by", "张某", "--on", "2020-03-01", "--late-reason", "补", *PARTY], "自2021-07-15起施行"),
    ],
)
def test_a_case_that_cannot_be_opened_is_refused(office: Office, options: list[str], said: str) -> None:
    assert said in office.refused("case", "open", "penalty.mini", "--agency", "jia", *options)
    assert len(office.json("case", "list")) == 1


def test_a_side_procedure_is_not_opened_by_itself(office: Office) -> None:
    assert "不能单独立案" in office.refused(
        "case", "open", "duty.mini", "--agency", "jia", "--by", "张某", *PARTY
    )


@pytest.mark.parametrize(
    "args",
    [
        ["case", "list"],
        ["case", "show", "x"],
        ["inbox", "--post", "x"],
        ["due"],
        ["officer", "list"],
        ["officer", "import", str(REGISTER)],
    ],
)
def test_a_mistyped_database_is_not_quietly_made(empty: Office, args: list[str]) -> None:
    assert "没有数据库" in empty.refused(*args)
    assert not empty.database.exists()


def test_a_database_that_is_none_is_answered(empty: Office) -> None:
    empty.database.write_text("这不是数据库" * 100, encoding="utf-8")

    assert "不是数据库文件" in empty.refused("case", "list")


def test_a_database_of_a_newer_program_is_answered(office: Office) -> None:
    with sqlite3.connect(office.database) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    connection.close()

    assert "由较新版本的程序建立" in office.refused("case", "list")


@pytest.mark.parametrize("place", [".", "./", "..", "/"])
def test_a_folder_in_place_of_the_database_is_named(office: Office, place: str) -> None:
    result = office.run("--database", place, "case", "list")

    assert (result.exit_code, "是一个文件夹; 请指定一个文件" in result.stderr) == (1, True)
    assert "Traceback" not in result.output


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_database_is_answered(office: Office) -> None:
    office.database.chmod(0o444)
    office.folder.chmod(0o555)
    try:
        said = office.refused(*DO, "立案", "--by", "张某", *FILED)
    finally:
        office.folder.chmod(0o755)

    assert "只读" in said or "不能打开" in said


@pytest.mark.parametrize("kind", ["folder", "missing"])
def test_an_attachment_that_is_none_is_answered(office: Office, tmp_path: Path, kind: str) -> None:
    office.filed()
    (tmp_path / "folder").mkdir()

    said = office.refused(*DO, "record", "--by", "张某,李某", "--attach", f"recording.file={tmp_path / kind}")

    assert "文件" in said
    assert office.json("case", "show", CASE)["revision"] == 1


@pytest.mark.parametrize("kind", ["folder", "missing"])
def test_a_rehearsal_answers_an_attachment_that_is_none_too(
    office: Office, tmp_path: Path, kind: str
) -> None:
    office.filed()
    (tmp_path / "folder").mkdir()

    said = office.refused(
        *DO, "record", "--by", "张某,李某", "--attach", f"recording.file={tmp_path / kind}", "--dry-run"
    )

    assert "不能读取" in said


def test_the_data_of_these_tests_is_invented() -> None:
    text = (DATA / "register.toml").read_text(encoding="utf-8")

    assert "虚构" in text


def test_a_path_that_the_system_refuses_is_answered_in_chinese(office: Office) -> None:
    loop = office.folder / "loop.toml"
    loop.symlink_to(loop)

    long = office.refused("agency", "import", str(office.folder / ("a" * 300 + ".toml")))
    looped = office.refused("agency", "import", str(loop))

    assert "不能读取(文件名或者路径太长)" in long
    assert "File name" not in long
    assert "链接指向自身" in looped
