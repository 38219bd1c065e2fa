from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from zhifa_flow.model.calendar import Arrangement
from zhifa_flow.model.localyear import LocalYear, region_problems

NOTICE = {
    "year": 2017, "region": "广西壮族自治区", "notice": "关于2017年“壮族三月三”放假的通知", "basis": ["放假办法第四条"],
    "policy": "按休假日计算", "policy_date": date(2026, 11, 20),
}  # fmt: skip
FEAST = {"name": "壮族三月三", "from": date(2017, 3, 30), "to": date(2017, 4, 1)}
WORKED = date(2017, 4, 1)  # by the nation's notice, a Saturday
NATION = Arrangement({date(2017, 4, 3): "清明节", date(2017, 4, 4): "清明节"}, frozenset({WORKED}))


def local(**parts: Any) -> LocalYear:
    return LocalYear.model_validate(NOTICE | parts)


def problems(**parts: Any) -> str:
    with pytest.raises(ValidationError) as wrong:
        local(**parts)
    return str(wrong.value)


def test_a_place_lays_its_days_over_those_of_the_nation_and_says_whose_they_are() -> None:
    here = local(holidays=[FEAST], workdays=[date(2017, 4, 8)], cancels=[WORKED]).over(NATION)

    assert here.off == dict(NATION.off) | {
        date(2017, 3, 30): "壮族三月三(广西壮族自治区)",
        date(2017, 3, 31): "壮族三月三(广西壮族自治区)",
        WORKED: "壮族三月三(广西壮族自治区)",
    }
    assert here.made_up == {date(2017, 4, 8)}


def test_a_day_that_is_off_already_keeps_its_name() -> None:
    here = local(holidays=[{"name": "壮族三月三", "from": date(2017, 4, 3), "to": date(2017, 4, 5)}]).over(
        NATION
    )

    assert here.off[date(2017, 4, 3)] == "清明节"
    assert here.off[date(2017, 4, 5)] == "壮族三月三(广西壮族自治区)"


def test_the_nearer_word_stands_even_where_it_does_not_say_what_it_lifts() -> None:
    assert local(holidays=[FEAST]).over(NATION).made_up == frozenset()


def test_a_place_can_work_a_day_that_is_off_elsewhere_if_it_says_so() -> None:
    saturday = date(2017, 4, 29)
    nation = Arrangement({saturday: "劳动节"}, frozenset())

    here = local(cancels=[saturday], workdays=[saturday]).over(nation)

    assert here == Arrangement({}, frozenset({saturday}))


def test_a_later_change_counts_from_the_day_it_was_announced() -> None:
    lifted = {
        "notice": "调整",
        "announced": date(2017, 3, 20),
        "cancels": [date(2017, 3, 30), date(2017, 3, 31)],
    }
    changed = local(holidays=[FEAST | {"to": date(2017, 3, 31)}], amendments=[lifted])

    before, after = (changed.over(NATION, date(2017, 3, day)) for day in (19, 20))

    assert len(before.off) == 4
    assert after == NATION == changed.over(NATION)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            {"holidays": [FEAST]},
            ["2017-04-01全国或者上级地区安排调休上班, 本地确实放假的应当同时写入 cancels"],
        ),
        (
            {"workdays": [date(2017, 4, 8)], "cancels": [date(2017, 4, 8)]},
            ["2017-04-08没有放假或者上班的安排, 无从取消"],
        ),
        ({"holidays": [FEAST], "cancels": [WORKED]}, []),
        ({"holidays": [{"name": "壮族三月三", "date": date(2017, 4, 3)}]}, []),
    ],
)
def test_what_contradicts_the_nation_without_meaning_to_is_named(
    parts: dict[str, Any], said: list[str]
) -> None:
    assert [*local(**parts).contradictions(NATION)] == said


def test_a_day_worked_against_the_nation_without_meaning_to_is_named() -> None:
    saturday = date(2017, 4, 29)
    nation = Arrangement({saturday: "劳动节"}, frozenset())

    said = [*local(workdays=[saturday]).contradictions(nation)]

    assert said == ["2017-04-29全国或者上级地区安排放假(劳动节), 本地确实上班的应当同时写入 cancels"]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"region": "广东省西"}, "应当写到行政区的全称"),
        ({"region": "甲省"}, "应以省级行政区的全称开头"),
        ({"basis": []}, "basis 应当写明放假的依据"),
        ({"yearly_since": 2018}, "yearly_since(2018)应当在2004年至本文件的年份2017之间"),
        ({"yearly_since": 2003}, "yearly_since(2003)应当在2004年至本文件的年份2017之间"),
        ({"year": 2003}, "年份2003不在2004年至2100年之内"),
        ({"holidays": [FEAST, FEAST]}, "2017-03-31已经安排放假(壮族三月三), 又安排了一次"),
        ({"holidays": [FEAST], "workdays": [WORKED]}, "2017-04-01已经安排放假(壮族三月三), 又安排了一次"),
        ({"workdays": [date(2017, 4, 7)]}, "2017-04-07不是周六或者周日"),
        ({"holidays": [{"name": "壮族三月三", "date": date(2018, 4, 18)}]}, "2018-04-18不在2017年"),
    ],
)
def test_what_a_file_may_not_say_is_refused(parts: dict[str, Any], says: str) -> None:
    assert says in problems(**({"holidays": [{"name": "三月三", "date": date(2017, 3, 30)}]} | parts))


def test_every_problem_of_a_file_is_named_at_once() -> None:
    said = problems(region="甲省", basis=[], holidays=[FEAST, FEAST], yearly_since=2018)

    assert all(part in said for part in ("甲省", "basis", "2017-03-30", "2017-03-31", "yearly_since"))


@pytest.mark.parametrize(
    ("region", "said"),
    [
        ("全国", "不是地方安排"),
        ("广西", "地区“广西”应当写全称广西壮族自治区"),
        ("吉林省吉林", "应当写到行政区的全称, 以省、市、州、盟、县、区、旗结尾"),
        ("guangxi", "应以省级行政区的全称开头"),
    ],
)
def test_a_name_that_is_no_place_is_refused(region: str, said: str) -> None:
    [problem] = region_problems(region)

    assert said in problem


@pytest.mark.parametrize(
    "region", ["广西壮族自治区", "云南省大理白族自治州", "内蒙古自治区锡林郭勒盟", "吉林省吉林市"]
)
def test_a_place_by_its_full_name_is_none_to_complain_of(region: str) -> None:
    assert [*region_problems(region)] == []
