"""The review sheet (流程审核表): all that a flow asks, step by step, as the legal office reads and signs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from zhifa_flow.adapters.sheets.blocks import Block, Grid, Heading, Lines
from zhifa_flow.engine import saying
from zhifa_flow.engine.callings import ground, length
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.publication import Publication
from zhifa_flow.model.table import Row, Table

_SIGN: Final = ("起草人", "法制机构审核人", "法制机构负责人", "本机关负责人")
_SECTIONS: Final = {"role": "办理人", "guard": "条件", "document": "文书", "deadline": "期限", "finding": "认定",
    "flag": "情形", "child": "附随程序", "order": "法定顺序", "transition": "流转"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is reviewed: a flow with its digests, the tables that it judges by, and what the checker says of it."""

    flow: Flow
    digest: str
    file: str
    tables: Mapping[str, Table]
    tables_digest: str
    problems: Sequence[str]
    unverified: Sequence[str]
    published: Publication | None = None


def review(it: Reviewed) -> Iterator[Block]:
    """The sheet, block by block; the same for the same flow and tables."""
    flow = it.flow
    yield Heading(1, f"流程审核表: {flow.name}")
    yield Grid((), tuple(_about(it)))
    yield from _problems(it)
    yield Heading(2, "一、环节和流转")
    if flow.always:
        yield Lines(("每一步都适用的条件:",))
        yield _conditions(flow, flow.always)
    for stage in flow.stage:
        yield from _stage(flow, stage)
    yield from _documents(flow)
    yield from _periods(flow, it.tables)
    yield from _listing("四、认定(由系统计算, 不能填写)", flow, "finding")
    yield from _listing("五、办理人", flow, "role")
    yield from _listing("六、情形", flow, "flag")
    yield from _listing("七、附随程序", flow, "child")
    yield from _listing("八、法定顺序", flow, "order")
    yield from _gaps(flow)
    yield from _policies(it.tables)
    yield Heading(2, "十一、没有收录条文、未能核对的法条")
    yield Lines(tuple(it.unverified) or ("无",), listed=True)
    yield Heading(2, "十二、审签")
    yield Lines((f"本表审核的是内容摘要为{it.digest}的流程; 内容有任何改动, 摘要随之改变, 应当重新审核。",))
    yield Grid(("", "意见", "签名", "日期"), tuple((who, "", "", "") for who in _SIGN))


def _about(it: Reviewed) -> Iterator[tuple[str, str]]:
    flow, entry = it.flow, it.published
    yield "流程编号和版本", flow.ref
    yield "执法类别", flow.action + (" (附随程序)" if flow.side else "")
    yield "施行期间", f"自{flow.effective_from}起" + (f"至{flow.effective_to}" if flow.effective_to else "")
    yield "依据", ground(flow.basis, flow.gap)
    yield "流程内容摘要", it.digest
    yield "流程文件摘要(SHA-256)", it.file
    yield "所用数据表", "、".join(f"{table.name}({key})" for key, table in it.tables.items()) or "无"
    yield "数据表内容摘要", it.tables_digest
    yield "发布", f"{entry.on}由{entry.signed or entry.by}发布, 理由: {entry.reason}" if entry else "尚未发布"


def _problems(it: Reviewed) -> Iterator[Block]:
    if it.problems:
        yield Lines((f"检查发现{len(it.problems)}处问题, 改正以前不得签署:",))
        yield Lines(tuple(it.problems), listed=True)


def _stage(flow: Flow, key: str) -> Iterator[Block]:
    stage = flow.stage[key]
    steps = [name for name, step in flow.transition.items() if flow.state[step.source[0]].stage == key]
    if steps:
        yield Heading(3, f"【{stage.name}】" + (f" 岗位: {stage.post}" if stage.post else ""))
    for name in steps:
        yield from _step(flow, name)


def _step(flow: Flow, key: str) -> Iterator[Block]:
    step = flow.transition[key]
    yield Heading(4, f"{step.name}({key})")
    whom = "; 或者 ".join(_who(flow, role) for role in step.by)
    told = {**dict(saying.of_transition(flow, key)), **({"办理人": whom} if whom else {})}
    said = [(aspect, text) for aspect, text in told.items() if text and aspect != "条件"]
    said += [("起算的期限", text)] if (text := _deadlines(flow, key, starts=True)) else []
    said += [("结束的期限", text)] if (text := _deadlines(flow, key, starts=False)) else []
    yield Grid((), tuple(said))
    if step.guards:
        yield _conditions(flow, step.guards)


def _who(flow: Flow, role: str) -> str:
    asks = [f"{aspect}: {text}" for aspect, text in saying.of_role(flow, role) if text and aspect != "依据"]
    return flow.role[role].name + (f"({'; '.join(asks)})" if asks else "")


def _deadlines(flow: Flow, trigger: str, *, starts: bool) -> str:
    return "、".join(
        f"{one.name}({length(one)})"
        for one in flow.deadline.values()
        if trigger in (one.starts if starts else (*one.ends, *one.ends_unless))
    )


def _conditions(flow: Flow, names: Iterable[str]) -> Grid:
    rows = []
    for name in names:
        guard, said = flow.guard[name], dict(saying.of_guard(flow, name))
        rows.append((f"{guard.refusal}({name})", said["判断"], said["依据"], guard.cure))
    return Grid(("不予办理时的答复", "判断", "依据", "补正办法"), tuple(rows))


def _documents(flow: Flow) -> Iterator[Block]:
    yield Heading(2, "二、文书")
    for key, document in flow.document.items():
        yield Heading(4, f"《{document.name}》({key})")
        about = tuple((aspect, text) for aspect, text in saying.of_document(flow, key) if text)
        yield from (Grid((), about),) if about else ()
        rows = tuple(
            (name[1:-1], *(_asked(dict(saying.of_field(one)))), one.ask)
            for name, one in saying.fields_of(document).values()
        )
        yield from (Grid(("项目", "类型", "是否必填", "可选内容", "其他", "填写说明"), rows),) if rows else ()


def _asked(said: Mapping[str, str]) -> tuple[str, str, str, str]:
    other = "; ".join(f"{key} {said[key]}" for key in ("至少", "可写将来日期", "人员的角色") if said[key])
    return said["类型"], said["是否必填"], said["可选内容"], other


def _listing(title: str, flow: Flow, group: str) -> Iterator[Block]:
    yield Heading(2, title)
    names = saying.names(flow, group)
    if not names:
        yield Lines(("无",))
    for key, name in names.items():
        yield Heading(4, f"{name}({key})")
        yield Grid((), tuple((aspect, text) for aspect, text in saying.SECTIONS[group](flow, key) if text))


def _periods(flow: Flow, tables: Mapping[str, Table]) -> Iterator[Block]:
    """The deadlines, each with the lengths that its table gives."""
    yield Heading(2, "三、期限")
    if not flow.deadline:
        yield Lines(("无",))
    for key, deadline in flow.deadline.items():
        yield Heading(4, f"{deadline.name}({key})")
        yield Grid((), tuple((aspect, text) for aspect, text in saying.of_deadline(flow, key) if text))
        extension = deadline.extension.table if deadline.extension else None
        for name in (deadline.table, extension):
            rows = tables[name].row if name else ()
            lengths = tuple(
                (row.id, _reach(row), str(row.length), "、".join(row.basis) or row.policy)
                for row in rows
                if row.length
            )
            if name and lengths:
                yield Grid((f"{tables[name].name}({name})", "适用", "长度", "依据"), lengths)


def _gaps(flow: Flow) -> Iterator[Block]:
    yield Heading(2, "九、法律没有规定之处")
    found = [("流程", flow.name, flow.gap)] if flow.gap else []
    for group, title in _SECTIONS.items():
        names = saying.names(flow, group)
        found += [(title, names[key], one.gap) for key, one in getattr(flow, group).items() if one.gap]
    yield Grid(("何处", "名称", "说明"), tuple(found)) if found else Lines(("无",))


def _policies(tables: Mapping[str, Table]) -> Iterator[Block]:
    yield Heading(2, "十、所用数据表中本系统声明的口径")
    rows = tuple(
        (f"{table.name}({key})", row.id, _reach(row), row.policy, "、".join(row.basis))
        for key, table in tables.items()
        for row in table.row
        if row.policy
    )
    yield Grid(("数据表", "行", "适用", "口径", "依据"), rows) if rows else Lines(("无",))


def _reach(row: Row) -> str:
    days = (f"{row.from_}起" if row.from_ else "") + (f"至{row.to}" if row.to else "")
    return " ".join(text for text in (row.region, row.sector, days) if text) or "全国"
