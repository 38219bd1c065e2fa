from __future__ import annotations

import pytest

from zhifa_flow.model.region import NATION, PROVINCES, full_region


def test_there_are_thirty_four_units_and_each_is_its_own_full_name() -> None:
    assert len(PROVINCES) == 34
    assert [full_region(name) for name in PROVINCES] == list(PROVINCES)


def test_every_short_form_is_completed() -> None:
    assert [full_region(short) for short in PROVINCES.values()] == list(PROVINCES)


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("河南省许昌市", "河南省许昌市"), ("河南许昌", "河南省许昌"), ("宁夏西吉", "宁夏回族自治区西吉"),
        ("上海松江区", "上海市松江区"), ("吉林吉林市", "吉林省吉林市"), (NATION, NATION),
    ],
)  # fmt: skip
def test_what_follows_the_province_is_kept(written: str, full: str) -> None:
    assert full_region(written) == full


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("吉林市", ", 是否指: 吉林省"), ("海南藏族自治州", ", 是否指: 海南省"), ("河南县", ", 是否指: 河南省"),
        ("河喃省", ", 是否指: 河南省、河北省"), ("许昌", ""), ("某省", ""),
    ],
)  # fmt: skip
def test_a_place_in_no_named_province_is_refused_with_close_names(written: str, hint: str) -> None:
    with pytest.raises(ValueError, match="应以省级行政区的全称开头") as raised:
        full_region(written)

    assert str(raised.value).partition("如河南省许昌市")[2] == hint
