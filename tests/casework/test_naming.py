from __future__ import annotations

import pytest

from tests.engine.builders import RAW, flow, small
from zhifa_flow.casework.naming import step_key
from zhifa_flow.model.errors import NotFound

FLOW = small().flow


@pytest.mark.parametrize("name", ["file_case", "立案", " 立案 ", " file_case "])
def test_a_step_is_known_by_key_and_by_chinese_name(name: str) -> None:
    assert step_key(FLOW, name) == "file_case"


@pytest.mark.parametrize(
    ("state", "key"), [("inquiry", "extend"), ("decided", "pay"), ("registered", "extend"), ("", "extend")]
)
def test_of_steps_with_one_name_the_one_open_from_the_state_is_meant(state: str, key: str) -> None:
    same = {key: {**RAW["transition"][key], "name": "同名"} for key in ("extend", "pay")}

    assert step_key(flow(transition=same), "同名", state) == key


def test_a_step_that_is_not_there_is_answered_with_close_names() -> None:
    with pytest.raises(NotFound) as raised:
        step_key(FLOW, "提出处罚建义")

    assert str(raised.value) == "没有名为“提出处罚建义”的环节, 是否指: 提出处罚建议"


def test_no_name_is_no_step() -> None:
    with pytest.raises(NotFound):
        step_key(FLOW, "")
