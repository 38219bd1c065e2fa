from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path
from typing import Any

import pygraphviz
import pytest

from zhifa_flow.adapters.diagrams.course import course_of
from zhifa_flow.adapters.diagrams.draw import draw
from zhifa_flow.adapters.diagrams.figures import figures_of
from zhifa_flow.adapters.diagrams.layout import layout_of
from zhifa_flow.adapters.diagrams.letters import balanced, clean, width, wrap
from zhifa_flow.adapters.diagrams.picture import FEW, Kind, Picture, picture_of
from zhifa_flow.adapters.diagrams.svg import svg_of
from zhifa_flow.adapters.diagrams.words import grounds
from zhifa_flow.bootstrap.lawbook import open_lawbook
from zhifa_flow.model.errors import InputError, NotFound
from zhifa_flow.model.flow import Flow

LAW = open_lawbook(Path(__file__).parents[2] / "flows")
SHIPPED = sorted((Path(__file__).parents[2] / "flows").glob("*.*/*.toml"))
DIGEST = "0123456789abcdef" * 4
SVG = "{http://www.w3.org/2000/svg}"

Triple = tuple[str, str, str]

#: Loops, a stage taken up again, steps and acts of one state and of many, a way there and back between two boxes.
SMALL: dict[str, Any] = {
    "schema": "zhifa-flow/1",
    "id": "penalty.small",
    "name": "行政处罚示例程序",
    "action": "行政处罚",
    "effective_from": "2021-07-15",
    "initial": "lead",
    "stage": {
        "filing": {"name": "立案", "post": "立案岗"},
        "inquiry": {"name": "调查", "post": "调查岗"},
        "decision": {"name": "决定"},
        "unused": {"name": "执行", "post": "执行岗"},
    },
    "state": {
        "lead": {"name": "线索已登记", "stage": "filing"},
        "filed": {"name": "已立案", "stage": "inquiry", "note": "正在调查"},
        "paused": {"name": "已中止", "stage": "inquiry"},
        "proposed": {"name": "已拟处罚", "stage": "decision"},
        "checked": {"name": "复核中", "stage": "inquiry"},
        "told": {"name": "已告知", "stage": "decision"},
        "heard": {"name": "已听证", "stage": "decision"},
        "decided": {"name": "已作出处罚决定", "stage": "decision", "end": True},
        "refused": {"name": "不予立案", "stage": "filing", "end": True},
        "withdrawn": {"name": "已撤案", "stage": "inquiry", "end": True},
    },
    "role": {
        "officers": {"name": "执法人员", "posts": ["调查岗"], "count": 2},
        "head": {"name": "行政机关负责人", "head": True},
    },
    "document": {
        "approval": {"name": "立案审批表", "gap": "示例"},
        "decision": {"name": "行政处罚决定书", "gap": "示例"},
        "record": {"name": "询问笔录", "gap": "示例"},
    },
    "finding": {"major": {"name": "属于重大行政处罚", "rule": "any_of"}},
    "deadline": {
        "handling": {
            "name": "办案期限", "starts": ["file_case"], "ends": ["decide"], "length": 90, "unit": "day",
            "owner": "agency", "expiry": "overdue", "pauses": ["stopped"],
        },
        "reading": {"name": "登记期限", "starts": ["open"], "ends": ["file_case"], "table": "reading", "owner": "agency", "expiry": "overdue"},
        "serving": {"name": "送达期限", "starts": ["decide"], "length": 7, "unit": "workday", "owner": "agency", "expiry": "overdue"},
    },
    "flag": {
        "stopped": {"name": "中止调查", "blocks": ["decide"]},
        "challenged": {"name": "申请回避", "allows": ["ask"]},
    },
    "child": {
        "publication": {"name": "处罚决定公开", "flow": "duty.publication", "when": "major", "holds": ["withdraw"]},
        "recusal": {"name": "回避审查", "flow": "duty.recusal", "holds": ["tell", "decide", "withdraw"]},
    },
    "transition": {
        "file_case": {
            "name": "批准立案", "source": ["lead"], "target": "filed", "by": ["head"], "documents": ["approval"],
            "optional": ["record"], "basis": ["行政处罚法第五十四条", "行政处罚法第六十条"],
        },
        "refuse": {"name": "不予立案", "source": ["lead"], "target": "refused", "by": ["head"], "gap": "法律没有规定不予立案的文书"},
        "ask": {"name": "询问当事人", "source": ["filed", "proposed", "checked"], "stays": True, "by": ["officers"], "opens": ["recusal"], "raises": ["challenged"], "note": "可以多次"},
        "pause": {"name": "中止", "source": ["filed"], "target": "paused", "by": ["head", "officers"], "raises": ["stopped"]},
        "resume": {"name": "恢复调查", "source": ["paused"], "target": "filed", "by": ["head"], "lowers": ["stopped"], "moves": {"deadline": "serving", "until": "record"}},
        "propose": {"name": "提出处罚建议", "source": ["filed", "proposed"], "target": "proposed", "by": ["officers"]},
        "send_back": {"name": "退回补充调查", "source": ["proposed"], "target": "filed", "by": ["head"], "extends": {"deadline": "handling"}},
        "check": {"name": "送复核", "source": ["proposed"], "target": "checked", "by": ["officers"]},
        "tell": {"name": "送达告知书", "source": ["checked"], "target": "told", "by": ["officers"]},
        "hear": {"name": "举行听证", "source": ["told"], "target": "heard", "by": ["head"]},
        "withdraw": {"name": "撤案", "source": ["filed", "paused", "proposed", "checked", "told", "heard"], "target": "withdrawn", "by": ["head"]},
        "decide": {"name": "作出处罚决定", "source": ["told", "heard"], "target": "decided", "by": ["head"], "documents": ["decision"], "opens": ["publication"]},
        "inspect": {"name": "现场检查", "source": ["filed"], "stays": True, "by": ["officers"]},
    },
}  # fmt: skip


def small(**changed: Any) -> Flow:
    return Flow.model_validate(SMALL | changed)


def load(path: Path) -> Flow:
    flow, _ = LAW.flows.read(f"{path.parent.name}@{path.stem}")
    assert flow
    return flow


FLOWS = [
    pytest.param(small(), id="small"),
    *(pytest.param(load(path), id=path.parent.name) for path in SHIPPED),
]
every_flow = pytest.mark.parametrize("flow", FLOWS)


def triples_of(flow: Flow) -> list[Triple]:
    """What the engine allows: the compiler adds exactly these to its machine."""
    return sorted(
        (source, key, flow.target_of(key, source))
        for key, step in flow.transition.items()
        for source in step.source
    )


class Reading:
    """A drawing read back by its geometry alone: a line belongs to the boxes on whose border it begins and ends."""

    def __init__(self, drawing: bytes) -> None:
        self.root = ET.fromstring(drawing)
        self.figures = {
            str(group.get("id")): group
            for group in self.root.iter(f"{SVG}g")
            if group.get("class") in ("state", "step", "duty")
        }
        self.boxes = {key: self._box(group) for key, group in self.figures.items()}
        self.lines = [
            self._points(group)
            for group in self.root.iter(f"{SVG}g")
            if (group.get("class") or "").startswith("line ")
        ]
        self.ends = sorted((self._at(line[0]), self._at(line[-1])) for line in self.lines)

    @staticmethod
    def _box(group: ET.Element) -> tuple[float, float, float, float]:
        rect = group.find(f"{SVG}rect")
        assert rect is not None
        x, y, wide, high = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
        return x, y, x + wide, y + high

    @staticmethod
    def _points(group: ET.Element) -> list[tuple[float, float]]:
        path = group.find(f"{SVG}path")
        assert path is not None
        numbers = [float(part) for part in re.findall(r"-?[\d.]+", path.get("d", ""))]
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def _at(self, point: tuple[float, float]) -> str:
        x, y = point
        found = [
            key
            for key, (left, top, right, bottom) in self.boxes.items()
            if left - 2 <= x <= right + 2 and top - 2 <= y <= bottom + 2
        ]
        assert len(found) == 1, (point, found)
        return found[0]

    @property
    def bands(self) -> list[tuple[str, float, float]]:
        """The stages from the top downwards with their upper and lower border, measured as the boxes are."""
        moved = next(
            group.get("transform", "")
            for group in self.root.iter(f"{SVG}g")
            if group.get("class") == "figures"
        )
        down = float(moved.split()[1].rstrip(")"))
        groups = [group for group in self.root.iter(f"{SVG}g") if group.get("class") == "stage"]
        boxes = [self._box(group) for group in groups]
        names = [str(group.get("id")).split("_", 2)[2] for group in groups]
        return [(name, box[1] - down, box[3] - down) for name, box in zip(names, boxes, strict=True)]

    @property
    def states(self) -> list[str]:
        return sorted(key.removeprefix("state_") for key in self.figures if key.startswith("state_"))

    @property
    def triples(self) -> list[Triple]:
        out = [end for end in self.ends if end[0].startswith("step_") and end[1].startswith("state_")]
        into = [end for end in self.ends if end[0].startswith("state_") and end[1].startswith("step_")]
        into += [(key, f"step_{trigger}") for key, trigger in self.told("data-exit")]
        found = [(source, step, head) for source, step in into for tail, head in out if tail == step]
        found += [(key, trigger, key) for key, trigger in self.told("data-act")]
        return sorted(
            (a.removeprefix("state_"), step.removeprefix("step_"), b.removeprefix("state_"))
            for a, step, b in found
        )

    def told(self, mark: str) -> list[tuple[str, str]]:
        """The steps that a box names by their numbers or words, each once."""
        found = {
            (key, str(span.get(mark)))
            for key, group in self.figures.items()
            for span in group.iter(f"{SVG}tspan")
            if span.get(mark)
        }
        return sorted(found)

    def said(self, key: str) -> str:
        """The letters seen in a figure, without the breaks of its lines."""
        return squeezed("".join("".join(text.itertext()) for text in self.figures[key].iter(f"{SVG}text")))

    @property
    def all_said(self) -> str:
        return "".join(squeezed("".join(text.itertext())) for text in self.root.iter(f"{SVG}text"))


def squeezed(text: str) -> str:
    return "".join(text.split())


READ: dict[int, tuple[Flow, Reading]] = {}


def read(flow: Flow) -> Reading:
    """The drawing of a flow; of the large ones it takes a second, so each is drawn once."""
    if id(flow) not in READ:
        READ[id(flow)] = flow, Reading(draw(flow, DIGEST, "svg"))
    return READ[id(flow)][1]


@every_flow
def test_the_drawing_read_back_has_exactly_the_states_and_arrows_of_the_flow(flow: Flow) -> None:
    reading = read(flow)

    assert reading.states == sorted(flow.state)
    assert reading.triples == triples_of(flow)


@pytest.mark.parametrize("lost", range(len(triples_of(small()))))
def test_an_arrow_lost_from_the_picture_is_noticed(lost: int) -> None:
    flow = small()
    picture = picture_of(flow, DIGEST)
    gone = picture.arrows[lost]
    arrows = tuple(arrow for arrow in picture.arrows if arrow != gone)

    reading = Reading(svg_of(dataclasses.replace(picture, arrows=arrows)))

    assert reading.triples == sorted(set(triples_of(flow)) - {gone.triple}) != triples_of(flow)


def test_a_line_that_leads_elsewhere_is_noticed() -> None:
    picture = picture_of(small(), DIGEST)
    wrong = tuple(
        dataclasses.replace(arrow, target="decided") if arrow.trigger == "propose" else arrow
        for arrow in picture.arrows
    )

    reading = Reading(svg_of(dataclasses.replace(picture, arrows=wrong)))

    assert reading.triples != triples_of(small())


@every_flow
def test_the_number_that_a_box_names_a_step_by_is_the_number_of_that_step(flow: Flow) -> None:
    reading = read(flow)
    number = {trigger: str(place) for place, trigger in enumerate(flow.transition, 1)}

    for group in reading.figures.values():
        for span in group.iter(f"{SVG}tspan"):
            if named := span.get("data-exit") or span.get("data-act"):
                alone, told = number[named], f"{number[named]} {clean(flow.transition[named].name)}"
                assert span.text == alone or squeezed(span.text or "") in squeezed(told)
    for trigger, step in flow.transition.items():
        assert step.stays or reading.said(f"step_{trigger}").startswith(number[trigger])
    for key, trigger in reading.told("data-exit"):
        assert key.startswith("state_")
        assert f"由标有“可转{number[trigger]}”的状态转入" in reading.said(f"step_{trigger}")


@every_flow
def test_the_dot_text_read_back_has_exactly_the_arrows_of_the_flow(flow: Flow) -> None:
    graph = pygraphviz.AGraph(string=draw(flow, DIGEST, "dot").decode())
    trigger = list(flow.transition)

    ends = [
        (edge[1], edge[0]) if edge.attr["dir"] == "back" else (edge[0], edge[1]) for edge in graph.edges()
    ]
    for node in graph.nodes():
        _, _, exits = node.attr["label"].partition("可转:")
        if node.startswith("state_"):
            ends += [(node, f"step_{trigger[int(number) - 1]}") for number in re.findall(r"\d+", exits)]

    found = [
        (tail.removeprefix("state_"), step.removeprefix("step_"), head.removeprefix("state_"))
        for tail, step in ends
        if tail.startswith("state_") and step.startswith("step_")
        for again, head in ends
        if again == step and head.startswith("state_")
    ]
    assert sorted(found) == [triple for triple in triples_of(flow) if not flow.transition[triple[1]].stays]


@every_flow
def test_the_text_chart_read_back_has_exactly_the_arrows_of_the_flow(flow: Flow) -> None:
    found, here = [], ""
    for line in draw(flow, DIGEST, "text").decode().splitlines():
        if state := re.fullmatch(r"  【(.+)】(?:\(开始\)|\(办结\))?", line):
            here = state[1]
        if step := re.fullmatch(r"    (\d+)\. (.+) (?:→【(.+)】|\(状态不变\))", line):
            found.append((here, f"{step[1]} {step[2]}", step[3] or here))

    name, number = {key: clean(state.name) for key, state in flow.state.items()}, list(flow.transition)
    wanted = [
        (name[a], f"{number.index(key) + 1} {clean(flow.transition[key].name)}", name[b])
        for a, key, b in triples_of(flow)
    ]
    assert sorted(found) == sorted(wanted)


@every_flow
def test_every_state_step_and_duty_is_written_in_the_words_of_the_file(flow: Flow) -> None:
    reading = read(flow)

    for key, state in flow.state.items():
        inside = [flow.transition[one] for one in flow.triggers_from(key) if flow.transition[one].stays]
        for words in (state.name, state.note, *(step.name for step in inside if len(step.source) <= FEW)):
            assert squeezed(words) in reading.said(f"state_{key}")
    for trigger, step in flow.transition.items():
        told = [step.name, *(flow.role[role].name for role in step.by)]
        assert step.stays or all(squeezed(one) in reading.said(f"step_{trigger}") for one in told)
    for key, child in flow.child.items():
        assert squeezed(child.name) in reading.said(f"duty_{key}")
    for stage in flow.stage.values():
        used = any(flow.stage[state.stage] is stage for state in flow.state.values())
        assert not used or squeezed(stage.name) in reading.all_said


@pytest.mark.parametrize("form", ["svg", "text"])
@every_flow
def test_documents_articles_gaps_and_deadlines_are_told(flow: Flow, form: str) -> None:
    drawing = draw(flow, DIGEST, form)
    said = read(flow).all_said if form == "svg" else squeezed(drawing.decode())

    for trigger, step in flow.transition.items():
        assert squeezed(grounds(step.basis, step.gap)) in said
        for key in (*step.documents, *step.optional):
            assert squeezed(f"《{flow.document[key].name}》") in said
        for deadline in flow.deadline.values():
            length = str(deadline.fixed_length or "(依规定)")
            assert trigger not in deadline.ends or squeezed(f"时限: {deadline.name}{length}") in said
            assert trigger not in deadline.starts or squeezed(f"起算: {deadline.name}{length}") in said


@pytest.mark.parametrize(
    ("basis", "gap", "told"),
    [
        (["行政处罚法第五十四条", "行政处罚法第六十条第一款"], "", "行政处罚法第五十四条、第六十条第一款"),
        (["行政处罚法第五十四条", "行政强制法第五十三条"], "", "行政处罚法第五十四条; 行政强制法第五十三条"),
        (
            ["省政府令第168号第三条", "省政府令第204号第五条"],
            "",
            "省政府令第168号第三条; 省政府令第204号第五条",
        ),
        (["本机关的办法", "本机关的办法"], "", "本机关的办法、本机关的办法"),
        (["行政处罚法第五十四条"], "期限没有规定", "行政处罚法第五十四条; 法律未作规定: 期限没有规定"),
        ([], "期限没有规定", "法律未作规定: 期限没有规定"),
    ],
)
def test_the_articles_of_one_statute_bear_its_name_once(basis: list[str], gap: str, told: str) -> None:
    assert grounds(basis, gap) == told


def test_the_small_flow_is_told_as_an_office_would_publish_it() -> None:
    text = draw(small(), DIGEST, "text").decode()

    assert text.startswith(
        "行政处罚示例程序流程图(文字版)\n\n"
        "主流程: 线索已登记 →[1 批准立案]→ 已立案 →[6 提出处罚建议]→ 已拟处罚 →[8 送复核]→ 复核中 →[9 送达告知书]→ 已告知 →[12 作出处罚决定]→ 已作出处罚决定\n\n"
        "一、立案(立案岗)\n"
        "  【线索已登记】(开始)\n"
        "    起算: 登记期限(依规定)\n"
        "    1. 批准立案 →【已立案】\n"
        "      办理: 行政机关负责人\n"
        "      时限: 登记期限(依规定)\n"
        "      起算: 办案期限90日\n"
        "      文书: 《立案审批表》、《询问笔录》(视情况)\n"
        "      依据: 行政处罚法第五十四条、第六十条\n"
    )
    for line in (
        "  【已作出处罚决定】(办结)",
        "    注: 正在调查",
        "    3. 询问当事人 (状态不变)",
        "三、决定",
        "四、调查(调查岗)",
        "      注: 可以多次",
        "      办理: 行政机关负责人 或 执法人员(调查岗, 不少于2人)",
        "      另定: 送达期限",
        "      延长: 办案期限",
        "  处罚决定公开: 由“12 作出处罚决定”引起; 条件: 属于重大行政处罚; 办结前不得办理: 11 撤案",
        "  回避审查: 由“3 询问当事人”引起; 办结前不得办理: 9 送达告知书、12 作出处罚决定、11 撤案",
        "  中止调查: 自“中止”起至“恢复调查”止, 期间不得办理: 作出处罚决定, 期间不计入: 办案期限",
        "  申请回避: 自“询问当事人”起, 期间仅可办理: 询问当事人",
        "流程: 行政处罚示例程序(penalty.small); 权责类别: 行政处罚",
        "版本: penalty.small@2021-07-15; 自2021年7月15日起施行",
        f"流程文件摘要(SHA-256): {DIGEST}",
    ):
        assert f"\n{line}\n" in text, line
    assert "六、" not in text


def test_an_end_of_the_version_is_told() -> None:
    text = draw(small(effective_to="2026-06-30"), DIGEST, "text").decode()

    assert "自2021年7月15日起施行至2026年6月30日" in text


def test_the_sheet_names_version_digest_and_how_days_are_counted() -> None:
    said = read(small()).all_said

    for words in (
        "penalty.small@2021-07-15",
        "自2021年7月15日起施行",
        DIGEST,
        "“工作日”不含法定节假日和休息日",
    ):
        assert squeezed(words) in said


def test_the_drawing_speaks_to_those_who_cannot_see_it() -> None:
    reading = read(small())

    assert reading.root.get("role") == "img"
    assert reading.root.get("lang") == "zh-CN"
    named = (reading.root.get("aria-labelledby") or "").split()
    title, words = (next(one for one in reading.root if one.get("id") == name) for name in named)
    assert (title.tag, title.text) == (f"{SVG}title", "行政处罚示例程序流程图")
    assert "线索已登记 →[1 批准立案]→ 已立案" in (words.text or "")
    step = reading.figures["step_file_case"].find(f"{SVG}title")
    assert step is not None
    assert step.text == (
        "1. 批准立案; 办理: 行政机关负责人; 时限: 登记期限(依规定); 起算: 办案期限90日; 文书: 《立案审批表》; "
        "文书: 《询问笔录》(视情况); 依据: 行政处罚法第五十四条; 依据: 行政处罚法第六十条"
    )


@every_flow
def test_no_letters_leave_their_box(flow: Flow) -> None:
    reading = read(flow)

    for key, (left, top, right, bottom) in reading.boxes.items():
        for text in reading.figures[key].iter(f"{SVG}text"):
            size, x, y = (float(text.get(name, "")) for name in ("font-size", "x", "y"))
            wide = width(text.text or "", size)
            begins = x - wide / 2 if text.get("text-anchor") == "middle" else x
            assert left + 2 <= begins
            assert begins + wide <= right - 2
            assert top + size <= y <= bottom - 2


@every_flow
def test_no_letters_of_the_table_leave_their_cell(flow: Flow) -> None:
    for group in read(flow).root.iter(f"{SVG}g"):
        if group.get("class") in ("row", "head"):
            cells = [
                [float(rect.get(name, "")) for name in ("x", "y", "width", "height")]
                for rect in group.iter(f"{SVG}rect")
            ]
            for text in group.iter(f"{SVG}text"):
                size, x, y = (float(text.get(name, "")) for name in ("font-size", "x", "y"))
                end = x + width(text.text or "", size)
                assert any(a <= x and end <= a + c and b + size <= y <= b + d for a, b, c, d in cells), (
                    text.text
                )


@every_flow
def test_no_box_lies_on_another_and_no_line_runs_through_a_box(flow: Flow) -> None:
    reading = read(flow)

    for one, other in ((a, b) for a in reading.boxes for b in reading.boxes if a < b):
        (a, b, c, d), (e, f, g, h) = reading.boxes[one], reading.boxes[other]
        assert a >= g or e >= c or b >= h or f >= d, (one, other)
    for line in reading.lines:
        ends = {reading._at(line[0]), reading._at(line[-1])}
        for (ax, ay), (bx, by) in pairwise(line):
            assert ax == bx or ay == by
            for key, (left, top, right, bottom) in reading.boxes.items():
                beside = (
                    max(ax, bx) <= left or right <= min(ax, bx) or max(ay, by) <= top or bottom <= min(ay, by)
                )
                assert beside or key in ends, (key, line)


@every_flow
def test_every_state_stands_in_the_band_of_its_stage_and_the_bands_follow_the_file(flow: Flow) -> None:
    reading = read(flow)

    bands = reading.bands
    for key, state in flow.state.items():
        _, top, _, bottom = reading.boxes[f"state_{key}"]
        assert [stage for stage, first, last in bands if first <= top and bottom <= last] == [state.stage]
    going_on = [state.stage for state in flow.state.values() if not state.end]
    taken_up = [stage for stage, before in zip(going_on, [None, *going_on], strict=False) if stage != before]
    assert [stage for stage, _, _ in bands][: len(taken_up)] == taken_up
    assert all(last == first for (_, _, last), (_, first, _) in pairwise(bands))


@every_flow
def test_the_main_chain_runs_downwards_from_the_beginning_to_an_end(flow: Flow) -> None:
    course, reading = course_of(flow), read(flow)

    walked = [flow.initial]
    for state, trigger in course.chain:
        assert state == walked[-1]
        walked.append(flow.target_of(trigger, state))
    heights = [reading.boxes[f"state_{state}"][1] for state in walked]
    assert flow.state[walked[-1]].end
    assert heights == sorted(set(heights))


def test_arrows_are_told_apart_into_main_chain_other_ways_and_returns() -> None:
    kinds = {arrow.triple: arrow.kind for arrow in picture_of(small(), DIGEST).arrows}

    assert kinds["lead", "file_case", "filed"] is Kind.MAIN
    assert kinds["filed", "pause", "paused"] is Kind.SIDE
    assert kinds["paused", "resume", "filed"] is Kind.BACK
    assert kinds["proposed", "send_back", "filed"] is Kind.BACK
    assert kinds["proposed", "propose", "proposed"] is Kind.BACK


def test_what_can_also_be_done_from_beyond_its_target_is_not_on_the_main_chain() -> None:
    void = {"name": "撤销", "source": ["filed", "decided"], "target": "proposed", "by": ["head"]}
    steps = {"void": void, **SMALL["transition"]}

    course = course_of(small(transition=steps))

    assert [trigger for _, trigger in course.chain] == ["file_case", "propose", "check", "tell", "decide"]


def test_a_flow_that_reaches_no_end_forwards_is_drawn_without_a_main_chain() -> None:
    states = {"lead": SMALL["state"]["lead"], "filed": SMALL["state"]["filed"]}
    steps = {
        "go": {"name": "立案", "source": ["lead"], "target": "filed", "by": ["head"]},
        "back": {"name": "退回", "source": ["filed"], "target": "lead", "by": ["head"]},
    }
    flow = small(state=states, transition=steps, deadline={}, flag={}, child={}, document={}, finding={})

    assert course_of(flow).chain == ()
    assert read(flow).triples == triples_of(flow)


def test_a_duty_is_joined_to_the_step_that_opens_it() -> None:
    ends = read(small()).ends

    assert ("step_decide", "duty_publication") in ends
    assert ("state_filed", "duty_recusal") in ends


def drawn_elsewhere(flow: Flow, **environment: str) -> bytes:
    """The drawing of another process."""
    code = (
        "import sys; from zhifa_flow.adapters.diagrams.draw import draw; from zhifa_flow.model.flow import Flow; "
        f"sys.stdout.buffer.write(draw(Flow.model_validate_json(sys.stdin.read()), {DIGEST!r}, 'svg'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=flow.model_dump_json(by_alias=True).encode(),
        capture_output=True, check=True, env=os.environ | environment,
    )  # fmt: skip
    assert done.stderr == b""
    return done.stdout.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_bytes_are_the_same_in_every_process(seed: str) -> None:
    assert drawn_elsewhere(small(), PYTHONHASHSEED=seed) == draw(small(), DIGEST, "svg")


def test_the_bytes_are_the_same_without_any_program_on_the_path_and_without_any_font(tmp_path: Path) -> None:
    none = tmp_path / "fonts.conf"
    none.write_text("<?xml version='1.0'?><fontconfig></fontconfig>", encoding="utf-8")

    drawing = drawn_elsewhere(small(), PATH=str(tmp_path), FONTCONFIG_FILE=str(none))

    assert drawing == draw(small(), DIGEST, "svg")


def test_the_bytes_tell_nothing_of_the_machine() -> None:
    drawing = draw(small(), DIGEST, "svg").decode()

    assert "<!--" not in drawing
    assert "graphviz" not in drawing.lower()
    assert str(Path.home()) not in drawing


def test_awkward_names_are_drawn_as_they_are() -> None:
    name = '䶮某&<b>"公司"\\N 某\x07某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某'
    states = SMALL["state"] | {"filed": {"name": name, "stage": "inquiry"}}
    flow = small(state=states)

    reading = read(flow)
    dot = pygraphviz.AGraph(string=draw(flow, DIGEST, "dot").decode())

    assert reading.said("state_filed").startswith(squeezed(clean(name)))
    assert reading.triples == triples_of(flow)
    assert "&<b>" in dot.get_node("state_filed").attr["label"]


def test_two_ways_between_the_same_two_boxes_are_two_lines() -> None:
    layout = layout_of(picture := picture_of(small(), DIGEST), figures_of(picture))

    lines = {(one.link.tail, one.link.head): one.points for one in layout.drawn}

    there, back = lines["step_propose", "state_proposed"], lines["state_proposed", "step_propose"]
    assert set(there).isdisjoint(back)


def crowded() -> Flow:
    """A heap of arrows on which the library (14.1.5) breaks off while it looks for right angles."""
    dice = random.Random(91)
    states = {f"q{n}": {"name": f"状态{n}", "stage": dice.choice(["filing", "inquiry"])} for n in range(6)}
    steps = {
        f"t{n}": {"name": "办理" * dice.randint(1, 6), "source": dice.sample(list(states), dice.randint(1, 3)), "target": dice.choice(list(states)), "by": ["head"]}
        for n in range(45)
    }  # fmt: skip
    return small(
        state=states, transition=steps, initial="q0", deadline={}, flag={}, child={}, document={}, finding={}
    )


def test_a_chart_on_which_right_angles_fail_is_drawn_with_straight_lines() -> None:
    flow = crowded()
    picture = picture_of(flow, DIGEST)

    layout = layout_of(picture, figures_of(picture), ("polyline",))

    assert any(a[0] != b[0] and a[1] != b[1] for one in layout.drawn for a, b in pairwise(one.points))
    assert read(flow).triples == triples_of(flow)


def test_a_chart_without_any_places_is_refused_with_what_to_do_instead() -> None:
    picture = picture_of(small(), DIGEST)

    with pytest.raises(InputError) as raised:
        layout_of(picture, figures_of(picture), ())

    assert "--format text" in str(raised.value)


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_png_and_pdf_are_refused_with_what_to_do_instead(form: str) -> None:
    with pytest.raises(InputError) as raised:
        draw(small(), DIGEST, form)

    assert form.upper() in str(raised.value)
    assert "Noto Sans CJK SC" in str(raised.value)
    assert "svg" in str(raised.value)


def test_an_unknown_format_is_answered_with_the_close_one() -> None:
    with pytest.raises(NotFound) as raised:
        draw(small(), DIGEST, "svgg")

    assert str(raised.value) == "没有名为“svgg”的图表格式, 是否指: svg"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五", ("一二三四五",)),
        ("一二三四五六", ("一二三四五", "六")),
        ("一二三四五。", ("一二三四", "五。")),
        ("一二三四《五六》", ("一二三四", "《五六》")),
        ("一二三四7日内", ("一二三四", "7日内")),
        ("限期内缴纳(依规定)", ("限期内缴纳", "(依规定)")),
        ("abcdefghijklmnop", ("abcdefgh", "ijklmnop")),
        ("一 二\n三", ("一 二 三",)),
        ("", ()),
    ],
)
def test_lines_are_broken_where_chinese_may_be_broken(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text, 50, 10) == lines


def test_balanced_lines_are_of_about_the_same_length() -> None:
    assert balanced("一二三四五六七", 60, 10) == ("一二三四", "五六七")


def test_letters_that_no_drawing_may_carry_are_replaced() -> None:
    assert clean("甲\x00乙\u202e丙\n丁") == "甲�乙�丙 丁"


def test_a_mark_above_a_letter_takes_no_room() -> None:
    assert width("e\u0301", 10) == width("e", 10)


def test_the_digest_is_that_of_the_file_handed_in() -> None:
    digest = hashlib.sha256(json.dumps(SMALL).encode()).hexdigest()

    assert digest in draw(small(), digest, "text").decode()


def test_a_picture_looks_its_boxes_and_steps_up_by_their_keys() -> None:
    picture: Picture = picture_of(small(), DIGEST)

    assert picture.box["lead"].begins
    assert picture.act["ask"].stays
    assert picture.first_of("withdraw") == "filed"
