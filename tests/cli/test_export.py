"""zhifa flow export and zhifa case export: files for other people's tools."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.cli.office import CASE, Office

REF = "penalty.mini@2021-07-15"
ROOTS = {
    "bpmn": "{http://www.omg.org/spec/BPMN/20100524/MODEL}definitions",
    "scxml": "{http://www.w3.org/2005/07/scxml}scxml",
}


@pytest.mark.parametrize("form", ROOTS)
def test_a_flow_is_written_to_the_screen_or_to_a_file(empty: Office, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"mini.{form}"

    shown = empty.ok("flow", "export", "行政处罚试验程序", "--format", form)
    said = empty.ok("flow", "export", REF, "--format", form, "--out", str(path))

    assert ET.fromstring(shown).tag == ROOTS[form]
    assert path.read_text(encoding="utf-8") == shown
    assert f"已导出: {path}" in said


def test_a_flow_is_told_to_programs_with_its_version(empty: Office, tmp_path: Path) -> None:
    path = tmp_path / "mini.scxml"

    inside = empty.json("flow", "export", "penalty.mini", "--format", "scxml")
    outside = empty.json("flow", "export", "penalty.mini", "--format", "scxml", "--out", str(path))

    assert (inside["flow"], inside["format"]) == (REF, "scxml")
    assert inside["text"] == path.read_text(encoding="utf-8")
    assert outside == {"flow": REF, "format": "scxml", "exported": str(path)}


def test_the_conditions_travel_as_words_with_their_articles(empty: Office) -> None:
    shown = empty.ok("flow", "export", REF, "--format", "bpmn")

    assert "不予办理的情形: 拟作出的处罚属于听证范围" in shown
    assert "行政处罚法第六十三条第一款" in shown


def test_a_format_must_be_named_and_an_unknown_one_is_answered_with_those_there_are(empty: Office) -> None:
    assert "缺少选项 --format" in empty.refused("flow", "export", REF, code=2)
    assert "scxml" in empty.refused("flow", "export", REF, "--format", "scxm", code=2)


def test_an_unknown_flow_is_answered_with_close_names(empty: Office) -> None:
    assert "是否指: penalty.mini" in empty.refused("flow", "export", "penalty.mimi", "--format", "bpmn")


def test_no_file_is_written_over(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "mine.xml"
    path.write_text("mine", encoding="utf-8")

    for line in (("flow", "export", REF, "--format", "bpmn"), ("case", "export", CASE, "--format", "xes")):
        assert "已经存在, 不予覆盖" in office.refused(*line, "--out", str(path))

    assert path.read_text(encoding="utf-8") == "mine"


def test_the_steps_of_a_case_are_written_as_an_event_log(office: Office, tmp_path: Path) -> None:
    office.filed()
    path = tmp_path / "case.xes"

    office.ok("case", "export", CASE, "--format", "xes", "--out", str(path))

    events = [
        {one.attrib["key"]: one.attrib["value"] for one in event}
        for event in ET.fromstring(path.read_bytes()).iter("event")
    ]
    assert [event["trigger"] for event in events] == ["open", "file_case"]
    assert events[1]["time:timestamp"] == "2026-03-10T00:00:00.000+08:00"
    assert "张某" not in path.read_text(encoding="utf-8")


def test_names_are_written_when_they_are_asked_for(office: Office) -> None:
    office.filed()

    shown = office.ok("case", "export", CASE, "--format", "xes", "--with-names")

    assert "张某" in shown
    assert "某公司超标" in shown


def test_the_whole_record_needs_no_leave_to_name_people(office: Office) -> None:
    assert "--with-names 只用于 --format xes" in office.refused(
        "case", "export", CASE, "--with-names", code=2
    )


def test_without_a_format_a_case_is_its_whole_record(office: Office) -> None:
    assert json.loads(office.ok("case", "export", CASE))["steps"][0]["trigger"] == "open"


def test_an_unknown_case_is_not_exported(office: Office) -> None:
    assert "没有名为“无”的案件" in office.refused("case", "export", "无", "--format", "xes")
