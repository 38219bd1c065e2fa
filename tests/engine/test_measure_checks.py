"""The checks on compulsory measures: whose power, on what law, on which things, for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest

from tests.engine.builders import AGENCY, BASIS, DAY, changed, clock, paper, situation
from zhifa_flow.engine.checks import measures, rows
from zhifa_flow.engine.clock import SHANGHAI
from zhifa_flow.engine.compiler import Compiled
from zhifa_flow.engine.findings.general import some_left_out, some_row_says
from zhifa_flow.engine.registry import DeadlineName, FieldPath, FindingName, Found
from zhifa_flow.engine.situation import Situation
from zhifa_flow.model.period import Unit

ROWS = {
    "name": {"type": "text", "name": "名称"},
    "fate": {"type": "text", "name": "处理"},
    "amount": {"type": "money", "name": "数额"},
}
FORM = {
    "name": "审批表",
    "basis": BASIS,
    "field": {
        "power": {"type": "citations", "name": "依据"},
        "called": {"type": "moment", "name": "通知的时刻"},
        "shown": {"type": "moment", "name": "出示的时刻"},
        "ended": {"type": "moment", "name": "结束的时刻"},
        "until": {"type": "date", "name": "期限至"},
        "most": {"type": "money", "name": "涉及的金额"},
        "items": {"type": "rows", "name": "清单", "columns": ROWS},
        "approved": {"type": "rows", "name": "批准的清单", "columns": ROWS},
    },
}
ITEMS, APPROVED, MOST = FieldPath("form.items"), FieldPath("form.approved"), FieldPath("form.most")
POWER, UNTIL, FROZEN = FieldPath("form.power"), FieldPath("form.until"), FindingName("owed")
HANDLING = DeadlineName("handling")


@cache
def compiled() -> Compiled:
    return changed(document={"form": FORM})


def given(**more: Any) -> Situation:
    known = {key: more.pop(key) for key in ("clocks", "found", "agency", "on") if key in more}
    return situation([paper("form", **more)], compiled=compiled(), **known)


def test_a_body_that_another_entrusted_takes_no_measure() -> None:
    entrusted = given(agency=replace(AGENCY, entrusted_by="city"))

    assert measures.acts_for_itself(given()) is None
    assert measures.acts_for_itself(entrusted) == "某县某局受city委托执法"


@pytest.mark.parametrize(
    ("cited", "value", "said"),
    [
        (["甲法第一条"], True, None),
        (["甲法第一条"], None, None),
        (["乙规章第一条"], True, "《乙规章》属于地方政府规章, 不是法律"),
        (["甲法第一条", "乙规章第一条"], True, "《乙规章》属于地方政府规章, 不是法律"),
        (["乙规章第一条"], None, "《乙规章》属于地方政府规章, 不是法律"),
        (["乙规章第一条"], False, None),
        ([], True, "《审批表》的“依据”没有填写"),
        ([], False, None),
    ],
)
def test_a_measure_rests_on_a_text_of_the_rank_that_its_kind_asks_for(
    cited: list[str], value: bool | None, said: str | None
) -> None:
    s = given(power=cited, found={"owed": Found(value, "测试")})

    assert measures.founded_if(s, field=POWER, ranks=("法律",), when=FROZEN) == said


def test_an_article_that_is_not_there_founds_nothing() -> None:
    s = given(power=["丙法第一条"], found={"owed": Found(True, "测试")})

    said = measures.founded_if(s, field=POWER, ranks=("法律",), when=FROZEN)

    assert said is not None
    assert "丙法" in said


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (["仓库", "叉车"], None),
        (["仓库"], None),
        (["仓库", "货车", "货车"], "《审批表》的“批准的清单”没有货车"),
    ],
)
def test_nothing_is_taken_that_is_not_on_the_other_list(named: list[str], said: str | None) -> None:
    s = given(items=[{"name": name} for name in named], approved=[{"name": "仓库"}, {"name": "叉车"}])

    assert measures.rows_among(s, rows=ITEMS, column="name", of=APPROVED, of_column="name") == said


def test_only_the_rows_that_say_so_may_be_asked_for() -> None:
    s = given(
        items=[{"name": "货车", "fate": "退还"}, {"name": "叉车", "fate": "没收"}],
        approved=[{"name": "仓库"}],
    )

    said = measures.rows_among(
        s, rows=ITEMS, column="name", of=APPROVED, of_column="name", where="fate", says="没收"
    )

    assert said == "《审批表》的“批准的清单”没有叉车"


@pytest.mark.parametrize(
    ("named", "left"),
    [
        (["货车"], "叉车"),
        (["仓库"], "货车、叉车"),
        ([], "货车、叉车"),
        (["货车", "叉车"], ""),
        (["仓库", "叉车", "货车"], ""),
    ],
)
def test_whoever_is_named_nowhere_else_is_left_out(named: list[str], left: str) -> None:
    fates = [("货车", "没收"), ("仓库", "退还"), ("叉车", "没收")]
    s = given(
        items=[{"name": name, "fate": fate} for name, fate in fates],
        approved=[{"name": name} for name in named],
    )

    found = some_left_out(
        s, rows=ITEMS, column="name", where="fate", says="没收", of=APPROVED, of_column="name"
    )

    assert found == Found(bool(left), f"《审批表》的“批准的清单”没有{left or '遗漏'}")


@pytest.mark.parametrize(
    ("amounts", "most", "said"),
    [
        ([300, 200], 500, None),
        ([300, 201], 500, "《审批表》的“清单”合计5.01元, 《审批表》的“涉及的金额”为5.00元"),
        ([300], None, "《审批表》的“涉及的金额”没有填写"),
    ],
)
def test_what_is_frozen_is_not_more_than_what_is_involved(
    amounts: list[int], most: int | None, said: str | None
) -> None:
    s = given(items=[{"amount": amount} for amount in amounts], most=most)

    assert measures.sum_at_most(s, rows=ITEMS, column="amount", most=MOST) == said


@pytest.mark.parametrize(
    ("amounts", "most", "said"),
    [
        ([500, 500], 500, None),
        ([300, 501], 500, "《审批表》的“清单”中有5.01元, 《审批表》的“涉及的金额”为5.00元"),
        ([None], 500, None),
        ([300], None, "《审批表》的“涉及的金额”没有填写"),
    ],
)
def test_each_sum_handed_in_stays_within_what_was_fixed(
    amounts: list[int | None], most: int | None, said: str | None
) -> None:
    older = paper("form", seq=3, items=[{"amount": 900}], most=most)
    form = paper("form", seq=4, items=[{"amount": amount} for amount in amounts], most=most)
    s = situation([older, form], compiled=compiled(), revision=3)

    assert rows.no_row_above(s, rows=ITEMS, column="amount", most=MOST) == said


@pytest.mark.parametrize(
    ("hour", "late"), [("09:59", False), ("10:00", False), ("10:01", True), (None, True)]
)
def test_an_act_lies_within_hours_to_the_last_minute(hour: str | None, *, late: bool) -> None:
    run = replace(clock("handling"), length="24小时", moment=f"{DAY}T10:00:00+08:00")
    s = given(clocks={"handling": run})
    s.moment = datetime.fromisoformat(f"{DAY}T{hour}:00").replace(tzinfo=SHANGHAI) if hour else None

    said = measures.in_hours(s, deadline=HANDLING)

    assert (said is not None) is late


def test_an_act_without_its_hour_is_said_to_count_as_of_the_last_minute() -> None:
    run = replace(clock("handling"), length="24小时", moment=f"{DAY}T10:00:00+08:00")

    said = measures.in_hours(given(clocks={"handling": run}), deadline=HANDLING)

    assert said == (
        "办理于2026-03-02 23:59, 没有写明时刻的按当日二十三时五十九分, 24小时已于2026-03-02 10:00届满"
    )


@pytest.mark.parametrize("clocks", [{}, {"handling": clock("handling")}], ids=["none", "of days"])
def test_hours_that_never_began_are_not_kept(clocks: dict[str, Any]) -> None:
    assert measures.in_hours(given(clocks=clocks), deadline=HANDLING) == "“办理期限”尚未起算"


@pytest.mark.parametrize(
    ("called", "shown", "ended", "said"),
    [
        ("10:00", "10:00", "10:05", None),
        ("10:00", None, "10:05", None),
        ("10:01", "10:00", "10:05", "《审批表》的“出示的时刻”(2026-03-02T10:00)早于《审批表》的“通知的时刻”(2026-03-02T10:01)"),
        ("10:06", None, "10:05", "《审批表》的“结束的时刻”(2026-03-02T10:05)早于《审批表》的“通知的时刻”(2026-03-02T10:06)"),
    ],
)  # fmt: skip
def test_moments_follow_one_another_whether_or_not_all_are_written(
    called: str, shown: str | None, ended: str, said: str | None
) -> None:
    times = {"called": called, "shown": shown, "ended": ended}
    s = given(**{key: f"{DAY}T{time}" if time else None for key, time in times.items()})
    fields = (FieldPath("form.called"), FieldPath("form.shown"), FieldPath("form.ended"))

    assert measures.moments_rise(s, fields=fields) == said


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-04-01", None),
        ("2026-03-31", "《审批表》的“期限至”为2026-03-31, 自2026-03-02起算至2026-04-01届满"),
        ("2026-04-02", "《审批表》的“期限至”为2026-04-02, 自2026-03-02起算至2026-04-01届满"),
        (None, "《审批表》的“期限至”为未填写, 自2026-03-02起算至2026-04-01届满"),
    ],
)
def test_the_term_stated_is_the_last_day_of_the_period(until: str | None, said: str | None) -> None:
    s = given(until=until)

    assert measures.ends_on_last_day(s, field=UNTIL, length=30, unit=Unit.DAY) == said


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2026-04-08", None),
        ("2026-04-09", "《审批表》的“期限至”为2026-04-09, 延长30日至2026-04-08届满"),
        (None, "《审批表》的“期限至”为未填写, 延长30日至2026-04-08届满"),
    ],
)
def test_a_period_is_prolonged_from_its_last_day_on(until: str | None, said: str | None) -> None:
    s = given(until=until, clocks={"handling": clock("handling", due=DAY + timedelta(days=7))})

    assert measures.ends_as_extended(s, field=UNTIL, deadline=HANDLING) == said


@pytest.mark.parametrize(("name", "clocks"), [("handling", {}), ("payment", {"payment": clock("payment")})])
def test_what_never_began_or_cannot_be_prolonged_has_no_later_day(name: str, clocks: dict[str, Any]) -> None:
    said = measures.ends_as_extended(
        given(until="2026-04-08", clocks=clocks), field=UNTIL, deadline=DeadlineName(name)
    )

    assert said is not None
    assert said.endswith("尚未起算, 或者不能延长")


@pytest.mark.parametrize(
    ("fates", "value", "reason"),
    [
        (["没收", "退还"], True, "《审批表》的“清单”中有1项为“没收”"),
        (["退还"], False, "《审批表》的“清单”中有0项为“没收”"),
        ([], None, "《审批表》的“清单”没有填写, 无法认定"),
    ],
)
def test_whether_a_row_says_so_is_found_once_there_are_rows(
    fates: list[str], value: bool | None, reason: str
) -> None:
    s = given(items=[{"name": "叉车", "fate": fate} for fate in fates])

    found = some_row_says(s, rows=ITEMS, column="fate", value="没收")

    assert (found.value, found.reason) == (value, reason)
