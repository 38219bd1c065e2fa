from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from tests.engine.builders import RAW, SIDE, law, raw_flow
from zhifa_flow.engine.compiler import compile_flow
from zhifa_flow.engine.flowcheck.report import Report, Surroundings, check_flow
from zhifa_flow.model.flow import Flow
from zhifa_flow.model.statute import Rank, Statute, StatuteIndex

GAP = {"gap": "测试"}


def checked(
    raw: dict[str, Any], spoiled: frozenset[tuple[str, str]] = frozenset(), statutes: Any = None
) -> Report:
    around = Surroundings(law().tables, statutes or law().statutes, {"test.side", "test.small"}, spoiled)
    return check_flow(Flow.model_validate(raw), around)


def problems(**changes: Any) -> list[str]:
    return list(checked(raw_flow(**changes)).problems)


def entry(section: str, key: str, **more: Any) -> dict[str, Any]:
    """One entry of the small flow with some of its values changed, those that are None taken out."""
    changed = {**deepcopy(RAW[section][key]), **more}
    return {section: {key: {name: value for name, value in changed.items() if value is not None}}}


def guard(check: str, **args: Any) -> dict[str, Any]:
    return entry("guard", "paid", check=check, args=args)


def test_a_sound_flow_has_no_problems() -> None:
    assert checked(raw_flow()) == Report((), (), provable=True)
    assert checked(deepcopy(SIDE)) == Report((), (), provable=True)


# Names.


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"initial": "registred"}, "initial: 没有名为“registred”的状态, 是否指: registered"),
        ({"always": ["payd"]}, "always: 没有名为“payd”的条件, 是否指: paid"),
        (entry("state", "closed", stage="decison"), "state.closed.stage: 没有名为“decison”的环节, 是否指: decision"),
        (entry("role", "chair", barred=["x"]), "role.chair.barred: 没有名为“x”的角色"),
        (entry("role", "chair", personnel=["established", "contrct"]), "role.chair.personnel: 没有名为“contrct”的人员性质, 是否指: contract"),
        (entry("document", "opinion", binds=["records"]), "document.opinion.binds: 没有名为“records”的文书, 是否指: record"),
        (
            entry("document", "hearing", field={"chair": {"type": "officer", "name": "主持人", "role": "chairs"}}),
            "document.hearing.field.chair.role: 没有名为“chairs”的角色, 是否指: chair",
        ),
        (
            entry("document", "receipt", field={"payments": {"type": "rows", "name": "缴款", "columns": {
                "on": {"type": "date", "name": "日"}, "amount": {"type": "money", "name": "额"},
                "who": {"type": "officer", "name": "收款人", "role": "nobody"},
            }}}),
            "document.receipt.field.payments.field.who.role: 没有名为“nobody”的角色",
        ),
        (entry("deadline", "payment", starts=["decid"]), "deadline.payment.starts: 没有名为“decid”的流转, 是否指: decide"),
        (entry("deadline", "payment", ends=["pai"]), "deadline.payment.ends: 没有名为“pai”的流转, 是否指: pay"),
        (entry("deadline", "payment", pauses=["remedi"]), "deadline.payment.pauses: 没有名为“remedi”的情形, 是否指: remedy"),
        (entry("deadline", "payment", length=None, unit=None, table="longr"), "deadline.payment: 没有名为“longr”的数据表, 是否指: longer"),
        (entry("deadline", "payment", pause_table="x"), "deadline.payment: 没有名为“x”的数据表"),
        (entry("deadline", "handling", extension={"table": "x"}), "deadline.handling: 没有名为“x”的数据表"),
        (entry("deadline", "payment", **{"from": "desision.x"}), "deadline.payment.from: 没有名为“desision”的文书, 是否指: decision"),
        (entry("flag", "remedy", blocks=["x"]), "flag.remedy: 没有名为“x”的流转"),
        (entry("flag", "remedy", allows=["end_remedi"]), "flag.remedy: 没有名为“end_remedi”的流转, 是否指: end_remedy"),
        (entry("child", "publication", flow="test.sid"), "child.publication.flow: 没有名为“test.sid”的流程, 是否指: test.side"),
        (entry("child", "publication", when="x"), "child.publication.when: 没有名为“x”的认定"),
        (entry("child", "publication", carries=["x"]), "child.publication.carries: 没有名为“x”的文书"),
        (entry("child", "publication", acted={"hed": "handler"}), "child.publication.acted: 没有名为“hed”的角色, 是否指: head"),
        (entry("child", "publication", holds=["x"]), "child.publication.holds: 没有名为“x”的流转"),
        (entry("transition", "decide", source=["x"]), "transition.decide: 没有名为“x”的状态"),
        (entry("transition", "decide", target="x"), "transition.decide.target: 没有名为“x”的状态"),
        (entry("transition", "decide", by=["hed"]), "transition.decide: 没有名为“hed”的角色, 是否指: head"),
        (entry("transition", "decide", guards=["curent"]), "transition.decide: 没有名为“curent”的条件, 是否指: current"),
        (entry("transition", "decide", optional=["x"]), "transition.decide: 没有名为“x”的文书"),
        (entry("transition", "go_back", supersedes=["x"]), "transition.go_back: 没有名为“x”的文书"),
        (entry("transition", "decide", opens=["x"]), "transition.decide: 没有名为“x”的附随程序"),
        (entry("transition", "suspend", raises=["x"]), "transition.suspend: 没有名为“x”的情形"),
        (entry("transition", "extend", extends={"deadline": "x"}), "transition.extend.extends: 没有名为“x”的期限"),
        (
            entry("transition", "defer", moves={"deadline": "x", "until": "deferral.until"}),
            "transition.defer.moves: 没有名为“x”的期限",
        ),
        (
            entry("transition", "defer", moves={"deadline": "payment", "until": "x.y"}),
            "transition.defer.moves.until: 没有名为“x”的文书",
        ),
        ({"order": {"o": {"must": "x", "before": "decide"}}}, "order.o: 没有名为“x”的流转"),
        ({"order": {"o": {"must": "pay", "before": "decide", "after": "x"}}}, "order.o: 没有名为“x”的流转"),
        ({"order": {"o": {"must": "pay", "before": "decide", "when": "x"}}}, "order.o.when: 没有名为“x”的认定"),
        ({"order": {"o": {"must": ["pay", "x"], "before": ["decide"]}}}, "order.o: 没有名为“x”的流转"),
        ({"order": {"o": {"over": ["x"], "before": "decide"}}}, "order.o.over: 没有名为“x”的期限"),
        ({"order": {"o": {"ended": ["x"], "before": "decide"}}}, "order.o.ended: 没有名为“x”的附随程序"),
    ],
)  # fmt: skip
def test_every_name_must_be_the_name_of_something(changes: dict[str, Any], said: str) -> None:
    assert any(one.startswith(said) for one in problems(**changes))


def test_what_could_not_be_read_is_not_missed_a_second_time() -> None:
    raw = raw_flow()
    del raw["document"]["deferral"]

    bare, knowing = checked(raw), checked(raw, frozenset({("document", "deferral")}))

    assert any("没有名为“deferral”的文书" in problem for problem in bare.problems)
    assert knowing.problems == ()


def test_a_field_that_could_not_be_read_is_not_missed_a_second_time() -> None:
    raw = raw_flow()
    raw["document"]["opinion"]["field"] = {"other": {"type": "text", "name": "其他"}}

    bare, knowing = checked(raw), checked(raw, frozenset({("field", "opinion.outcome")}))

    assert bare.problems == ("guard.passed.args.field: 文书“opinion”没有“outcome”这一项, 是否指: other",)
    assert knowing.problems == ()


# Arguments.


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (guard("presant", document="filing"), "guard.paid: 没有名为“presant”的判断, 是否指: present"),
        (entry("finding", "owed", rule="rows_totl"), "finding.owed: 没有名为“rows_totl”的认定规则, 是否指: rows_total"),
        (guard("present", document="filing", kind="x"), "guard.paid.args: “present”没有参数“kind”, 可用参数: document"),
        (guard("present"), "guard.paid.args: “present”缺少参数“document”"),
        (guard("present", document=["filing"]), "guard.paid.args.document: 应为单个值"),
        (guard("any_present", documents="filing"), "guard.paid.args.documents: 应为列表"),
        (guard("any_present", documents=[]), "guard.paid.args.documents: 列表不能为空"),
        (guard("present", document=5), "guard.paid.args.document: 应为文字"),
        (guard("present", document="filling"), "guard.paid.args.document: 没有名为“filling”的文书, 是否指: filing"),
        (guard("equals", field="filng.reason", value="x"), "guard.paid.args.field: 没有名为“filng”的文书, 是否指: filing"),
        (guard("equals", field="filing.raeson", value="x"), "guard.paid.args.field: 文书“filing”没有“raeson”这一项, 是否指: reason"),
        (guard("equals", field="record.number", value="x"), "guard.paid.args.field: 文书“record”没有“number”这一项"),
        (guard("equals", field="filing.reason", value=True), "guard.paid.args.value: 应为文字"),
        (guard("rows_at_most", field="receipt.payments", most=True), "guard.paid.args.most: 应为整数"),
        (guard("rows_at_most", field="receipt.payments", most="1"), "guard.paid.args.most: 应为整数"),
        (guard("rows_at_most", field="receipt.payments", most=1.5), "guard.paid.args.most: 应为整数"),
        (guard("in_period_from", start="filing", length=1, unit="weeks"), "guard.paid.args.unit: 单位应为 workday、day、month、year"),
        (guard("in_period_from", start="filing", length=1, unit="hour"), "guard.paid.args.unit: 单位应为 workday、day、month、year"),
        (guard("finding_holds", finding="owd"), "guard.paid.args.finding: 没有名为“owd”的认定, 是否指: owed"),
        (guard("expired", deadline="paiment"), "guard.paid.args.deadline: 没有名为“paiment”的期限, 是否指: payment"),
        (guard("within_table", penalties="decision.penalties", table="spo"), "guard.paid.args.table: 没有名为“spo”的数据表, 是否指: spot"),
        (guard("flag_up", flag="x"), "guard.paid.args.flag: 没有名为“x”的情形"),
        (guard("children_ended", child="x"), "guard.paid.args.child: 没有名为“x”的附随程序"),
        (guard("taken", step="x"), "guard.paid.args.step: 没有名为“x”的流转"),
        (entry("deadline", "payment", **{"from": "decision.penalties"}), "deadline.payment.from: “decision.penalties”不是日期"),
        (entry("deadline", "payment", **{"from": "decision.number"}), "deadline.payment.from: “decision.number”不是日期"),
        (entry("deadline", "payment", **{"from": "decision.x"}), "deadline.payment.from: 文书“decision”没有“x”这一项"),
        (
            entry("transition", "defer", moves={"deadline": "payment", "until": "decision.articles"}),
            "transition.defer.moves.until: “decision.articles”不是日期",
        ),
    ],
)  # fmt: skip
def test_every_argument_fits_its_check(changes: dict[str, Any], said: str) -> None:
    assert any(one.startswith(said) for one in problems(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        guard("equals", field="filing.number", value="x"), guard("day_order", first="filing", then="record.made_on"),
        guard("rows_with", field="receipt.payments", least=2), guard("in_period_from", start="filing", length=1, unit="year"),
        entry("deadline", "payment", **{"from": "filing.found_on"}), entry("deadline", "payment", **{"from": "decision"}),
        {"order": {"o": {"must": "review", "before": "decide", "after": "propose", "when": "hearing_due", "basis": ["甲法第一条"]}}},
    ],
)  # fmt: skip
def test_arguments_that_fit_are_no_problem(changes: dict[str, Any]) -> None:
    assert [one for one in problems(**changes) if "owed" not in one] == []


def test_a_finding_that_rests_on_itself_can_never_be_computed() -> None:
    def rests(on: str) -> dict[str, Any]:
        return {"name": on, "rule": "negation", "args": {"finding": on}, **GAP}

    told = problems(finding={"a": rests("b"), "b": rests("c"), "c": rests("b"), "d": rests("d")})

    assert [one for one in told if "引用了自身" in one] == [
        "finding.b: 认定引用了自身, 不能计算", "finding.c: 认定引用了自身, 不能计算", "finding.d: 认定引用了自身, 不能计算",
    ]  # fmt: skip


def test_a_finding_with_an_unknown_rule_rests_on_nothing() -> None:
    told = problems(finding={"a": {"name": "甲", "rule": "quatsch", "args": {"finding": "a"}, **GAP}})

    assert told == ["finding.a: 没有名为“quatsch”的认定规则"]


def resting(*names: list[str]) -> dict[str, Any]:
    """Findings f0, f1 …, each true if any of those that it names is."""
    return {
        f"f{place}": {"name": f"认{place}", "rule": "any_of", "args": {"findings": rest}, **GAP}
        for place, rest in enumerate(names)
    }


TOO_MUCH = "所依据的认定层层展开超过100项, 无法逐一审查; 请改写得简单些"


@pytest.mark.parametrize(
    ("names", "too_much"),
    [
        ([[f"f{place + 1}"] for place in range(98)] + [["hearing_due"]], 0),
        ([[f"f{place + 1}"] for place in range(99)] + [["hearing_due"]], 1),
        # Each names the next two: what is spelled out grows as the rabbits of Fibonacci.
        ([[f"f{place + 1}", f"f{place + 2}"] for place in range(40)] + [["hearing_due"]] * 2, 34),
        ([[f"f{place + 1}"] for place in range(900)] + [["hearing_due"]], 802),
        ([["hearing_due"] * 99], 0),
        ([["hearing_due"] * 100], 1),
    ],
    ids=["a hundred", "a hundred and one", "rabbits", "a long row", "many", "too many"],
)
def test_a_finding_that_nobody_could_spell_out_is_refused_at_once(
    names: list[list[str]], too_much: int
) -> None:
    told = problems(finding=resting(*names), **guard("finding_holds", finding="f0"))

    assert [one for one in told if TOO_MUCH in one] == [
        f"finding.f{place}: {TOO_MUCH}" for place in range(too_much)
    ]


@pytest.mark.parametrize(
    ("section", "entry", "name"),
    [
        ("state", {"name": "又一处", "stage": "filing"}, "状态"), ("flag", {"name": "情形", **GAP}, "情形"),
        ("finding", {"name": "认", "rule": "on_file", "args": {"document": "filing"}, **GAP}, "认定"),
    ],
)  # fmt: skip
def test_a_flow_that_nobody_could_review_is_refused_and_nothing_else_is_said_of_it(
    section: str, entry: dict[str, Any], name: str
) -> None:
    there = len(RAW.get(section, {}))
    many = {f"more{place}": entry for place in range(1000 - there)}

    largest = problems(**{section: many})
    too_large = problems(**{section: {**many, "last": entry}})

    assert not any("超过上限" in one for one in largest)
    assert too_large == [f"{section}: {name}有1,001项, 超过上限1,000项"]


def test_arrows_are_counted_too() -> None:
    many = {
        f"more{place}": {
            "name": "又一步",
            "source": ["registered"] * 500,
            "stays": True,
            "by": ["head"],
            **GAP,
        }
        for place in range(40)
    }
    arrows = 20_000 + sum(len(step["source"]) for step in RAW["transition"].values())

    assert problems(transition=many) == [f"transition: 各流转的起点(source)共{arrows:,}处, 超过上限20,000处"]


def test_findings_that_rest_on_several_others_are_followed() -> None:
    told = problems(
        finding={
            "a": {"name": "甲", "rule": "any_of", "args": {"findings": ["hearing_due", "a"]}, **GAP},
            "b": {
                "name": "乙",
                "rule": "any_of",
                "args": {"findings": ["hearing_due", "hearing_due"]},
                **GAP,
            },
        }
    )

    assert told == ["finding.a: 认定引用了自身, 不能计算"]


# Articles.


@pytest.mark.parametrize(
    "section", ["document", "finding", "guard", "deadline", "flag", "child", "transition"]
)
@pytest.mark.parametrize("gap", ["", "   "])
def test_what_binds_somebody_cites_an_article_or_says_that_the_law_is_silent(section: str, gap: str) -> None:
    key = next(iter(RAW[section]))

    told = problems(**entry(section, key, basis=[], gap=gap))

    assert told == [f"{section}.{key}: 没有法律依据(basis), 也没有写明法律没有规定(gap)"]
    assert problems(**entry(section, key, basis=[], gap="法律没有规定")) == []


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("甲法", "guard.paid: “甲法”不是一个法条引用"),
        ("丁法第一条", "guard.paid: 法规索引中没有《丁法》"),
        ("甲法第二十一条", "guard.paid: 《甲法》共20条, 没有第二十一条"),
        ("甲法第一条第二款", "guard.paid: 甲法第一条共1款, 没有第二款"),
        ("甲法第一条第一款第三项", "guard.paid: 甲法第一条第一款共2项, 没有第三项"),
        (
            "丙通知第一条",
            "guard.paid: 规范性文件“丙通知第一条”不得作为限制的依据; 没有法律、法规、规章依据的写明(gap)",
        ),
    ],
)
def test_an_article_must_exist_and_be_of_the_rank_to_bind(basis: str, said: str) -> None:
    assert any(one.startswith(said) for one in problems(**entry("guard", "paid", basis=[basis])))


@pytest.mark.parametrize(
    "more", [{"basis": ["丙通知第一条"], "gap": "法律没有规定"}, {"basis": ["丙通知第一条", "甲法第一条"]}]
)
def test_a_notice_may_stand_beside_an_article_or_an_open_gap_but_never_found_a_restriction(
    more: dict[str, Any],
) -> None:
    refused = "规范性文件“丙通知第一条”不得作为限制的依据; 没有法律、法规、规章依据的写明(gap)"

    assert problems(**entry("finding", "owed", **more)) == []
    assert problems(**entry("guard", "paid", **more)) == [f"guard.paid: {refused}"]


def test_a_notice_alone_founds_no_finding_either() -> None:
    told = problems(**entry("finding", "owed", basis=["丙通知第一条"]))

    assert told == ["finding.owed: 只引用了规范性文件; 没有法律、法规、规章依据的应当写明(gap)"]


def test_roles_orders_and_the_flow_itself_cite_articles_that_exist() -> None:
    told = problems(
        basis=["甲法第九十条"], order={"o": {"must": "review", "before": "decide", "basis": ["甲法第九十一条"]}},
        **entry("role", "chair", basis=["甲法第九十二条"]),
    )  # fmt: skip

    assert [one.partition(":")[0] for one in told] == ["basis", "role.chair", "order.o"]


def test_what_nobody_could_verify_is_named_and_is_no_problem() -> None:
    unread = Statute(
        short="丁办法", title="丁办法", rank=Rank.LOCAL_GOVERNMENT_RULE, in_force_from=None, indexed=False
    )
    statutes = StatuteIndex([*law().statutes.statutes, unread])

    report = checked(
        raw_flow(**entry("guard", "paid", basis=["丁办法第三条", "甲法第一条"])), statutes=statutes
    )
    broken = checked(raw_flow(**entry("guard", "paid", basis=["不是法条"])), statutes=statutes)

    assert (report.problems, report.unverified) == ((), ("丁办法第三条",))
    assert broken.unverified == ()


# Shape.


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (entry("transition", "decide", target=None), "transition.decide: 应当写明 target(去向) 或者 stays = true(不改变状态), 二者只取其一"),
        (entry("transition", "decide", stays=True), "transition.decide: 应当写明 target(去向) 或者 stays = true(不改变状态), 二者只取其一"),
        (entry("transition", "decide", by=[]), "transition.decide: source(从何状态) 和 by(由谁办理) 都不能为空"),
        (entry("transition", "extend", source=[]), "transition.extend: source(从何状态) 和 by(由谁办理) 都不能为空"),
        (entry("transition", "extend", source=["closed"]), "transition.extend: 终结状态“已结案”不能再办理"),
        (entry("transition", "decide", target="closed"), "state.decided: 从“已登记”到不了"),
        ({"state": {"island": {"name": "孤岛", "stage": "filing"}}}, "state.island: 从这里走不到任何办结状态"),
        (entry("deadline", "payment", length=None), "deadline.payment: 应当写明 length 和 unit, 或者 table, 二者只取其一"),
        (entry("deadline", "payment", table="longer"), "deadline.payment: 应当写明 length 和 unit, 或者 table, 二者只取其一"),
        (entry("deadline", "payment", unit="hour"), "deadline.payment: 以小时计的期限不能扣除(pauses)或者延长(extension)"),
        (entry("deadline", "handling", extension=None), "transition.extend: 期限“handling”没有写明如何延长(extension)"),
        (entry("transition", "suspend", raises=[]), "flag.suspended: 没有任何流转使其发生(raises)"),
        (entry("flag", "remedy", blocks=["end_remedy"]), "flag.remedy: 解除它的流转(end_remedy)被它自己禁止, 永远不能解除"),
        (entry("flag", "suspended", allows=["extend"]), "flag.suspended: 解除它的流转(resume)被它自己禁止, 永远不能解除"),
        (entry("document", "filing", carried=True), "document.filing: 标明由主案带来(carried), 却又由流转提交"),
        (entry("transition", "defer", documents=[]), "document.deferral: 没有任何流转提交"),
        (entry("document", "record", binds=["record"]), "document.record: 所依据的文书(binds)绕回自身, 永远不能核对一致"),
        (entry("document", "proposal", binds=["opinion"]), "document.opinion: 所依据的文书(binds)绕回自身, 永远不能核对一致"),
        (
            entry("document", "opinion", field={"outcome": {"type": "choice", "name": "结论"}}),
            "document.opinion.field.outcome: 类型 choice 须写明 of(可选内容)",
        ),
        (
            entry("document", "receipt", field={"payments": {"type": "rows", "name": "缴款"}}),
            "document.receipt.field.payments: 类型 rows 须写明 columns(各列), 其他类型不能写",
        ),
        (
            entry("document", "receipt", field={"payments": {"type": "rows", "name": "缴款", "columns": {"kind": {"type": "choices", "name": "种类"}}}}),
            "document.receipt.field.payments.field.kind: 类型 choices 须写明 of(可选内容)",
        ),
        (
            entry("document", "opinion", field={"outcome": {"type": "text", "name": "结论", "columns": {"a": {"type": "text", "name": "甲"}}}}),
            "document.opinion.field.outcome: 类型 rows 须写明 columns(各列), 其他类型不能写",
        ),
        (
            entry("document", "opinion", field={"outcome": {"type": "text", "name": "结论", "role": "head"}}),
            "document.opinion.field.outcome: 只有 officer 和 officers 可以写明 role(角色)",
        ),
        (entry("document", "opinion", name="询问笔录"), "document.opinion: 与其他文书同名“询问笔录”"),
        (
            entry("document", "opinion", field={"outcome": {"type": "text", "name": "结论"}, "other": {"type": "text", "name": "结论"}}),
            "document.opinion.other: 与其他项同名“结论”",
        ),
        (
            entry("document", "receipt", field={"payments": {"type": "rows", "name": "缴款", "columns": {
                "on": {"type": "date", "name": "日"}, "amount": {"type": "money", "name": "日"}}}}),
            "document.receipt.payments.amount: 与其他项同名“日”",
        ),
        (entry("transition", "resume", name="中止"), "transition.resume: 在“inquiry”与其他流转同名“中止”"),
        (
            {"transition": {"open": {**RAW["transition"]["extend"], "name": "再开"}}},
            "transition.open: 这个名称留给“登记”, 请改用其他名称",
        ),
        (
            {"transition": {"recount": {**RAW["transition"]["extend"], "name": "重算"}}},
            "transition.recount: 这个名称留给“依放假安排重算期限”, 请改用其他名称",
        ),
        ({"guard": {"idle": {**RAW["guard"]["paid"]}}}, "guard.idle: 写了但没有任何地方用到"),
        ({"finding": {"idle": {**RAW["finding"]["owed"]}}}, "finding.idle: 写了但没有任何地方用到"),
        ({"role": {"idle": {"name": "闲人"}}}, "role.idle: 写了但没有任何地方用到"),
        ({"role": {"chair": {**RAW["role"]["chair"], "barred": ["idle"]}, "idle": {"name": "闲人"}}}, "role.idle: 写了但没有任何地方用到"),
        (entry("transition", "decide", opens=[]), "child.publication: 写了但没有任何地方用到"),
    ],
)  # fmt: skip
def test_a_flaw_of_shape_is_named(changes: dict[str, Any], said: str) -> None:
    assert said in problems(**changes)


def test_no_step_is_called_as_the_machine_calls_where_a_case_stands() -> None:
    stays = {"name": "登记", "source": ["registered"], "stays": True, "by": ["head"], **GAP}
    flow = Flow.model_validate(raw_flow(transition={"state": stays}))

    told = problems(transition={"state": stays})

    assert told == ["transition.state: 这个名称系统另有用处, 请改用其他名称"]
    with pytest.raises(ValueError, match="Trigger name"):
        compile_flow(flow)


def test_names_may_repeat_where_they_cannot_be_confused() -> None:
    assert problems(**entry("transition", "extend", name="作出决定")) == []


def test_a_finding_used_by_a_guard_or_another_finding_is_used() -> None:
    told = problems(
        finding={
            "inner": {"name": "内", "rule": "negation", "args": {"finding": "hearing_due"}, **GAP},
            "outer": {"name": "外", "rule": "any_of", "args": {"findings": ["inner"]}, **GAP},
        },
        **guard("finding_holds", finding="outer"),
    )

    assert told == ["finding.owed: 写了但没有任何地方用到"]


def test_the_shape_is_asked_for_only_where_names_and_arguments_hold() -> None:
    told = problems(initial="nowhere", guard={"idle": {**RAW["guard"]["paid"]}})

    assert told == ["initial: 没有名为“nowhere”的状态"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("filing.found_on", None),
        ("filing.found", "order.o.over: 文书“filing”没有“found”这一项, 是否指: found_on"),
        ("filing.reason", "order.o.over: “filing.reason”不是日期"),
    ],
)
def test_what_is_over_before_a_step_is_a_day(path: str, said: str | None) -> None:
    assert problems(order={"o": {"over": [path], "before": "decide"}}) == ([said] if said else [])


def test_an_order_asks_for_something() -> None:
    told = problems(order={"o": {"before": "decide"}, "p": {"before": "decide", "least": 2}})

    assert [one.split(",")[0] for one in told] == [
        "order.o: 没有写明要求: must(办过的流转)、over(届满的期限)、ended(办结的附随程序)、settled(处理完毕的附随程序)、least(人数)至少写一项"
    ]


def test_a_notice_that_came_after_the_flow_still_binds_nobody_alone() -> None:
    late = Statute(
        short="戊通知", title="戊通知", rank=Rank.NORMATIVE_DOCUMENT, in_force_from=date(2024, 1, 1), article_count=1,
        articles={"1": (0,)},
    )  # fmt: skip
    statutes = StatuteIndex([*law().statutes.statutes, late])

    report = checked(raw_flow(**entry("guard", "paid", basis=["戊通知第一条"])), statutes=statutes)

    assert report.problems == (
        "guard.paid: 规范性文件“戊通知第一条”不得作为限制的依据; 没有法律、法规、规章依据的写明(gap)",
    )


def test_a_flow_is_judged_by_the_articles_of_its_own_time() -> None:
    told = checked(raw_flow(effective_from=date(2018, 1, 1), effective_to=date(2019, 12, 31))).problems

    assert len(told) > len(RAW["transition"])
    assert all("尚未施行" in one for one in told)


def test_each_problem_is_told_once() -> None:
    told = problems(**entry("deadline", "payment", **{"from": "nothing.at"}))

    assert told == ["deadline.payment.from: 没有名为“nothing”的文书, 是否指: hearing"]


@pytest.mark.parametrize(
    ("changes", "provable"),
    [
        (entry("guard", "paid", basis=["甲法第九十九条"]), True),
        (entry("guard", "paid", basis=["不是法条"]), False),
        ({"guard": {"idle": {**RAW["guard"]["paid"]}}}, True),
        ({"initial": "nowhere"}, False),
        (guard("nonsense"), False),
        ({"state": {"island": {"name": "孤岛", "stage": "filing"}}}, False),
    ],
)
def test_only_what_stands_against_a_proof_puts_it_off(changes: dict[str, Any], provable: bool) -> None:
    report = checked(raw_flow(**changes))

    assert report.problems
    assert report.provable is provable
