"""zhifa surcharge: what grows on a fine or a tax that is not paid in time, explained; and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.conftest import SHIPPED
from zhifa_flow.cli.main import main

DATES = ("--due", "2026-03-02", "--on", "2026-05-01")


def surcharge(*args: str) -> Result:
    return CliRunner().invoke(main, ["surcharge", "--flows", str(SHIPPED), *args])


def answer(*args: str) -> dict[str, Any]:
    result = surcharge(*args, "--json")
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


@pytest.mark.parametrize(
    ("on", "amount", "days", "capped_on"),
    [
        ("2026-03-01", 0, 0, None), ("2026-03-02", 0, 0, None), ("2026-03-03", 300_00, 1, None),
        ("2026-04-04", 9900_00, 33, None), ("2026-04-05", 10_000_00, 34, "2026-04-05"),
        ("2026-12-31", 10_000_00, 34, "2026-04-05"),
    ],
    ids=["before", "due", "day after", "33rd", "34th", "later"],
)  # fmt: skip
def test_a_fine_grows_by_three_per_cent_up_to_itself(
    on: str, amount: int, days: int, capped_on: str | None
) -> None:
    told = answer("10000元", "--due", "2026-03-02", "--on", on)

    assert (told["kind"], told["amount"], told["days"], told["capped_on"]) == (
        "加处罚款",
        amount,
        days,
        capped_on,
    )


@pytest.mark.parametrize(
    ("rate", "kind", "parts"),
    [
        (["--rate", "3%"], "加处罚款", 300), (["--rate", "３％"], "加处罚款", 300), (["--rate", "百分之三"], "加处罚款", 300),
        (["--rate", "0.05%"], "滞纳金", 5), (["--rate", "万分之五"], "滞纳金", 5), (["--rate", "万分之5"], "滞纳金", 5),
        (["--kind", "滞纳金"], "滞纳金", 5), ([], "加处罚款", 300), (["--kind", "滞纳金", "--rate", "0.2%"], "滞纳金", 20),
        (["--kind", "滞纳金", "--rate", "千分之二"], "滞纳金", 20),
    ],
)  # fmt: skip
def test_the_rate_tells_the_kind_and_the_kind_the_rate(rate: list[str], kind: str, parts: int) -> None:
    told = answer("1万元", *DATES, *rate)

    assert (told["kind"], told["rate"]) == (kind, parts)
    assert told["amount"] == min(10_000_00, 60 * 10_000_00 * parts // 10_000)


def test_people_see_the_sum_and_on_request_how_it_came_about() -> None:
    args = ("1万元", *DATES, "--exclude", "2026-03-20..2026-04-10", "--paid", "2026-04-15=2000元")

    plain = surcharge(*args)
    explained = surcharge(*args, "--explain")

    assert plain.stdout == "加处罚款10,000.00元(37日, 于2026-04-30达到上限)\n"
    for said in (
        "2026-03-20至2026-04-10: 22日, 依法不计的期间",
        "2026-04-16至2026-04-30: 15日, 未缴8,000.00元, 每日240.00元, 计3,600.00元",
        "依据: 行政处罚法第七十二条第一款第一项",
        "口径“加处罚款的基数”: 按当日开始时未缴的部分计算",
    ):
        assert said in explained.stdout


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        (["2026-03-10..2026-03-12"], 7), (["2026-03-09..2026-03-11", "2026-03-10..2026-03-12"], 6),
        (["2026年3月10日至2026年3月12日"], 7), (["2026-02-01..2026-03-02"], 10), (["2026-03-12"], 9), (["2026-04-01"], 10),
    ],
)  # fmt: skip
def test_days_left_out_are_left_out_once(spans: list[str], days: int) -> None:
    options = [part for span in spans for part in ("--exclude", span)]

    assert answer("100元", "--due", "2026-03-02", "--on", "2026-03-12", *options)["days"] == days


def test_the_json_holds_the_derivation_and_what_it_rests_on() -> None:
    told = answer("99.99元", *DATES, "--kind", "滞纳金", "--explain")

    assert told["principal"] == 9999
    assert told["amount"] == 9999 * 5 * 60 // 10_000
    assert told["first"] == "2026-03-03"
    assert "late_fee_cap" in told["policies"]
    assert "税收征收管理法第三十二条" in told["basis"]
    assert any("每日0.049995元" in line for line in told["derivation"])


@pytest.mark.parametrize(
    ("kind", "due", "since"),
    [
        ("加处罚款", "2009-03-02", "2021-07-15"),
        ("加处罚款", "2021-07-14", "2021-07-15"),
        ("滞纳金", "2016-02-05", "2016-02-06"),
    ],
)
def test_what_was_due_before_the_articles_were_law_is_not_counted_by_them(
    kind: str, due: str, since: str
) -> None:
    """Planted: a fine of 2009 was counted by articles of 2021."""
    result = surcharge("100元", "--due", due, "--on", "2026-03-02", "--kind", kind)

    assert result.exit_code == 1
    assert f"登记的是{since}起的规定, {due}当时的规定没有收录" in result.stderr


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-02-28", ""),
        ("2026-03-02", ""),
        ("2026-03-01", "2026-03-01(周日)"),
        ("2026-10-05", "2026-10-05(国庆节放假)"),
    ],
)
def test_a_last_day_that_is_a_day_off_is_doubted(due: str, said: str) -> None:
    args = ("100元", "--due", due, "--on", "2026-12-01")

    told, shown = answer(*args), surcharge(*args)

    assert len(told["remarks"]) == (1 if said else 0)
    assert all(said in one and one in told["derivation"] for one in told["remarks"])
    assert ("注意: 缴款期限的最后一日" in shown.stderr) is bool(said)


def test_a_rate_that_is_not_the_law_is_not_cited_to_it() -> None:
    told = answer("1万元", *DATES, "--kind", "滞纳金", "--rate", "0.2%")

    assert told["basis"] == []
    assert "每日0.2%不是滞纳金的法定比例(0.05%)" in told["remarks"][0]
    assert not any(line.startswith("依据: ") for line in told["derivation"])


def test_what_was_paid_too_much_is_named() -> None:
    payments = ("--paid", "2026-03-05=80元", "--paid", "2026-03-06=50元")

    told = answer("100元", *DATES, *payments)

    assert told["remarks"] == [
        "至2026-05-01缴纳的本金130.00元超过应缴的100.00元, 多缴30.00元, 不抵加处罚款; 请核对"
    ]
    assert answer("100元", "--due", "2026-03-02", "--on", "2026-03-05", *payments)["remarks"] == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "缺少参数 AMOUNT"),
        (["100元", "--due", "2026-03-02"], "缺少选项 --on"),
        (["100元", "--on", "2026-03-02"], "缺少选项 --due"),
        (["很多", *DATES], "AMOUNT: “很多”不是金额"),
        (["负100元", *DATES], "金额不能是负数"),
        (["0.001元", *DATES], "金额最小到分"),
        (["1万亿元", *DATES], "不是金额"),
        (["99999999999999999元", *DATES], "金额应在0至"),
        (["100元", "--due", "2026-02-30", "--on", "2026-05-01"], "--due: “2026-02-30”不是日历上的一天"),
        (["100元", "--due", "2026-03-02", "--on", "昨天"], "--on: “昨天”不是日历上的一天"),
        (["100元", *DATES, "--rate", "7%"], "每日7%不是法定的比例, 请用 --kind 指明加处罚款、滞纳金"),
        (["100元", *DATES, "--rate", "5%", "--kind", "加处罚款"], "加处罚款的比例由法律定为每日3%"),
        (["100元", *DATES, "--rate", "3"], "不是每日的比例, 应如 3%、0.05%、万分之五"),
        (["100元", *DATES, "--rate", "0%"], "不是每日的比例"),
        (["100元", *DATES, "--rate", "101%"], "不是每日的比例"),
        (["100元", *DATES, "--rate", "0.005%"], "不是每日的比例"),
        (["100元", *DATES, "--rate", "-3%"], "不是每日的比例"),
        (["100元", *DATES, "--rate", "万分之很多"], "中文数字"),
        (["100元", *DATES, "--rate", "万分之999999999"], "不是每日的比例"),
        (["100元", *DATES, "--kind", "滞纳"], "是否指: 滞纳金"),
        (["100元", *DATES, "--exclude", "2026-03-05..2026-03-01"], "--exclude: 期间的末日2026-03-01早于首日"),
        (["100元", *DATES, "--paid", "2026-03-05"], "应写成 日期=金额"),
        (["100元", *DATES, "--paid", "2026-03-05=很多"], "--paid: “很多”不是金额"),
        (["100元", *DATES, "--paid", "x=5元"], "--paid: “x”不是日历上的一天"),
        (["100元", *DATES, "--paied", "2026-03-05=1元"], "是否指: --paid"),
    ],
)
def test_what_cannot_be_counted_is_wrong_usage(args: list[str], said: str) -> None:
    result = surcharge(*args)

    assert result.exit_code == 2
    assert said in result.stderr


def test_every_mistake_is_told_at_once() -> None:
    result = surcharge(
        "x", "--due", "y", "--on", "z", "--rate", "r", "--exclude", "e", "--exclude", "f", "--paid", "p"
    )

    assert result.exit_code == 2
    for name in ("AMOUNT:", "--due:", "--on:", "--rate:", "--exclude: 看不懂期间“e”", "“f”", "--paid:"):
        assert name in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["100元", "--due", "1990-01-01", "--on", "2026-03-02"], "超出可以计算的范围"),
        (["100元", "--due", "2026-01-01", "--on", "2101-03-02"], "超出可以计算的范围"),
    ],
)
def test_what_lies_outside_is_refused(args: list[str], said: str) -> None:
    result = surcharge(*args)

    assert result.exit_code == 1
    assert said in result.stderr


_typed = st.text("0123456789-.%=元万分之百三至 ０", max_size=14) | st.text(max_size=6)


@settings(deadline=None, max_examples=20)
@given(
    _typed | st.just("100元"), _typed | st.just("2026-03-02"), _typed | st.just("3%"), _typed | st.just("2026-03-05=1元")
)  # fmt: skip
def test_whatever_is_typed_is_answered_without_a_traceback(
    amount: str, due: str, rate: str, paid: str
) -> None:
    result = surcharge("--due", due, "--on", "2026-05-01", "--rate", rate, "--paid", paid, "--", amount)

    assert result.exit_code in {0, 1, 2}
    assert result.exception is None or isinstance(result.exception, SystemExit)
