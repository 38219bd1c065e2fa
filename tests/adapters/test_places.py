"""The calendars of a folder: what a place adds, and what one wrong file does to the others."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from zhifa_flow.adapters.lawfiles.places import CalendarFolder
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.clock import Length, Unit, due
from zhifa_flow.model.errors import FileError

SHIPPED = Path(__file__).parents[2] / "flows" / "calendars"
YUNNAN = """
year = 2025
region = "云南省"
notice = "关于2025年放假的通知"
basis = ["放假办法第四条"]
policy = "按休假日计算"
policy_date = 2026-11-20
holidays = [{ date = 2025-07-24, name = "火把节" }]
"""
DALI = (
    YUNNAN.replace("云南省", "云南省大理白族自治州")
    .replace("2025-07-24", "2025-04-11")
    .replace("火把节", "三月街")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for year in (2024, 2025, 2026):
        shutil.copy(SHIPPED / f"{year}.toml", tmp_path)
    return tmp_path


def put(folder: Path, text: str = YUNNAN, place: str = "云南省", year: object = 2025) -> None:
    path = folder / "local" / place
    path.mkdir(parents=True, exist_ok=True)
    (path / f"{year}.toml").write_text(text, encoding="utf-8")


def published(calendar: Calendar, years: range = range(2024, 2027)) -> list[int]:
    return [year for year in years if calendar.is_published(date(year, 6, 1))]


# what a place adds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "torches", "market"),
    [
        ("云南省", False, True),
        ("云南省昆明市", False, True),
        ("云南省大理白族自治州", False, False),
        ("云南省大理白族自治州大理市", False, False),
        ("四川省", True, True),
        ("全国", True, True),
    ],
)
def test_a_region_goes_by_the_days_of_every_place_it_lies_in(
    folder: Path, region: str, torches: bool, market: bool
) -> None:
    put(folder)
    put(folder, DALI, "云南省大理白族自治州")

    calendar = CalendarFolder(folder)(region)

    assert calendar.is_workday(date(2025, 7, 24)) is torches
    assert calendar.is_workday(date(2025, 4, 11)) is market


def test_regions_with_the_same_days_share_one_calendar(folder: Path) -> None:
    put(folder)
    calendars = CalendarFolder(folder)

    assert calendars("云南省昆明市") is calendars("云南省玉溪市")
    assert calendars("四川省") is calendars("河南省") is calendars.nation


def test_a_place_is_read_when_it_is_asked_for_and_no_sooner(folder: Path) -> None:
    put(folder, "坏")
    told: list[str] = []
    calendars = CalendarFolder(folder, tell=told.append)

    calendars("四川省")
    before = list(told)
    calendars("云南省昆明市")
    calendars("云南省玉溪市")

    assert before == []
    assert told == [
        "local/云南省/2025.toml 有误, 2025年只按全国的安排推定(结果为暂定); 用 zhifa flow check 查看"
    ]


def test_an_earlier_state_of_knowledge_can_be_asked_for(folder: Path) -> None:
    put(folder, YUNNAN.replace("basis", "announced = 2025-07-01\nbasis"))

    before, after = (CalendarFolder(folder, known_on=date(2025, *day))("云南省") for day in ((6, 30), (7, 1)))

    assert before.is_workday(date(2025, 7, 24))
    assert not after.is_workday(date(2025, 7, 24))


# the shipped places ----------------------------------------------------------------------------------------


def test_the_shipped_calendars_are_without_a_problem() -> None:
    assert CalendarFolder(SHIPPED).problems() == []


@pytest.mark.parametrize(
    ("region", "day", "worked"),
    [
        ("广西壮族自治区南宁市", date(2017, 3, 30), False),
        ("广西壮族自治区南宁市", date(2017, 4, 1), False),  # worked in the nation
        ("广西壮族自治区南宁市", date(2017, 4, 8), True),  # a Saturday
        ("广西壮族自治区", date(2018, 4, 15), True),  # a Sunday
        ("广西壮族自治区", date(2018, 4, 20), False),
        ("广西壮族自治区", date(2020, 3, 26), True),  # put off in the epidemic
        ("广西壮族自治区", date(2021, 4, 16), False),
        ("广西壮族自治区", date(2021, 4, 18), True),  # a Sunday
        ("广西壮族自治区", date(2023, 4, 21), False),
        ("广西壮族自治区", date(2023, 4, 23), False),  # a Sunday that the nation worked
        ("广西壮族自治区", date(2024, 4, 12), False),
        ("湖北省武汉市", date(2020, 2, 3), False),
        ("湖北省武汉市", date(2020, 2, 13), False),
        ("湖北省武汉市", date(2020, 2, 14), True),
        ("河南省", date(2020, 2, 3), True),
        ("广东省", date(2024, 4, 12), True),
    ],
)
def test_the_shipped_notices_hold_in_their_place(region: str, day: date, worked: bool) -> None:
    assert CalendarFolder(SHIPPED)(region).is_workday(day) is worked


def test_what_was_not_found_for_guangxi_is_provisional_and_the_emergency_in_hubei_leaves_no_doubt() -> None:
    calendars = CalendarFolder(SHIPPED)

    known = published(calendars("广西壮族自治区"), range(2012, 2027))

    assert known == [2012, 2013, 2017, 2018, 2020, 2021, 2023, 2024]
    assert published(calendars("湖北省"), range(2004, 2027)) == list(range(2004, 2027))


# one wrong file --------------------------------------------------------------------------------------------


def test_a_wrong_file_of_the_nation_makes_its_year_provisional_and_leaves_the_others(folder: Path) -> None:
    right = CalendarFolder(folder).nation
    (folder / "2025.toml").write_text("year = ", encoding="utf-8")
    told: list[str] = []

    calendars = CalendarFolder(folder, tell=told.append)

    assert published(calendars.nation) == [2024, 2026]
    assert told == ["2025.toml 有误, 2025年按周末和法定节日推定(结果为暂定); 用 zhifa flow check 查看"]
    assert len(calendars.problems()) == 1
    in_2026 = [due(date(2026, 1, 30), Length(20, Unit.WORKDAY), each) for each in (right, calendars.nation)]
    assert in_2026[0] == in_2026[1]
    assert due(date(2025, 1, 24), Length(7, Unit.WORKDAY), calendars.nation).provisional


def test_a_missing_year_between_two_is_provisional_and_named(folder: Path) -> None:
    (folder / "2025.toml").unlink()

    calendars = CalendarFolder(folder)

    assert published(calendars.nation) == [2024, 2026]
    assert calendars.problems() == ["缺少2025年的文件 2025.toml"]
    assert calendars.nation.doubt(2025) == "缺少2025年的文件 2025.toml, 2025年按周末和法定节日推定"


def test_a_folder_whose_only_file_is_wrong_still_answers(tmp_path: Path) -> None:
    (tmp_path / "2025.toml").write_bytes("放假".encode("gb18030"))

    calendars = CalendarFolder(tmp_path)

    assert calendars.problems() == ["2025.toml: 文件不是 UTF-8 编码, 请另存为 UTF-8"]
    assert not calendars("河南省").is_published(date(2025, 6, 1))


def test_a_folder_without_any_calendar_is_none(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="没有日历文件"):
        CalendarFolder(tmp_path)


def test_a_wrong_file_of_one_place_changes_nothing_in_another(folder: Path) -> None:
    put(folder)
    put(folder, "坏", "四川省")

    calendars = CalendarFolder(folder)

    assert published(calendars("云南省")) == [2024, 2025, 2026]
    assert not calendars("云南省").is_workday(date(2025, 7, 24))
    assert published(calendars("四川省")) == [2024, 2026]
    assert calendars("河南省") is calendars.nation


def test_a_file_that_contradicts_the_nation_is_not_used_and_says_so(folder: Path) -> None:
    put(folder, YUNNAN.replace("2025-07-24", "2025-01-26"))  # a Sunday that the nation works
    told: list[str] = []

    calendar = CalendarFolder(folder, tell=told.append)("云南省")

    assert calendar.is_workday(date(2025, 1, 26))
    assert published(calendar) == [2024, 2026]
    assert told[0].startswith("local/云南省/2025.toml 有误")


LOCAL = "local/云南省/2025.toml: "


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("year = ", f"{LOCAL}不是合格的 TOML: "),
        (YUNNAN + "zzz = 1\n", f"{LOCAL}zzz: 没有名为“zzz”的项"),
        (YUNNAN + "workday = []\n", f"{LOCAL}workday: 没有名为“workday”的项, 是否指: workdays"),
        (YUNNAN.replace('policy = "按休假日计算"\n', ""), f"{LOCAL}policy: 缺少这一项"),
        (YUNNAN.replace("2025-07-24", "2024-07-24"), f"{LOCAL}2024-07-24不在2025年, 应当写进2024年的文件"),
        (YUNNAN + "workdays = [2025-07-25]\n", f"{LOCAL}2025-07-25不是周六或者周日, 不能列为调休上班日"),
        (
            YUNNAN.replace("2025-07-24", "2025-07-26") + "workdays = [2025-07-26]\n",
            f"{LOCAL}2025-07-26已经安排放假(火把节), 又安排了一次",
        ),
        (YUNNAN + "workdays = [2025-05-31]\n", f"{LOCAL}2025-05-31全国或者上级地区安排放假(端午节)"),
        (YUNNAN.replace("2025-07-24", "2025-01-26"), f"{LOCAL}2025-01-26全国或者上级地区安排调休上班"),
        (YUNNAN + "cancels = [2025-07-25]\n", f"{LOCAL}2025-07-25没有放假或者上班的安排, 无从取消"),
        (
            YUNNAN.replace("云南省", "贵州省"),
            f"{LOCAL}文件写的地区是“贵州省”, 应当放在 local/贵州省 文件夹里",
        ),
        (YUNNAN.replace("2025\n", "2026\n", 1).replace("2025-", "2026-"), f"{LOCAL}文件名应当与年份一致"),
    ],
)
def test_a_wrong_file_of_a_place_is_named_with_what_to_write(folder: Path, text: str, says: str) -> None:
    put(folder, text)

    found = CalendarFolder(folder).problems()

    assert len(found) == 1
    assert found[0].startswith(says)


def test_a_file_of_a_place_in_another_encoding_is_named(folder: Path) -> None:
    put(folder)
    (folder / "local" / "云南省" / "2025.toml").write_text(YUNNAN, encoding="gb18030")

    assert CalendarFolder(folder).problems() == [f"{LOCAL}文件不是 UTF-8 编码, 请另存为 UTF-8"]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("甲省", "local/甲省: “甲省”应以省级行政区的全称开头"),
        ("云南", "local/云南: 地区“云南”应当写全称云南省"),
        ("yunnan", "local/yunnan: “yunnan”应以省级行政区的全称开头"),
        ("全国", "local/全国: 全国的安排写在 calendars 文件夹的年度文件里"),
    ],
)
def test_a_folder_of_no_known_place_is_named_and_used_by_nobody(folder: Path, place: str, says: str) -> None:
    put(folder, YUNNAN, place)
    calendars = CalendarFolder(folder)

    found = calendars.problems()

    assert len(found) == 1
    assert found[0].startswith(says)
    assert calendars(f"{place}昆明市") is calendars.nation


def test_a_file_beside_the_folders_of_places_is_named(folder: Path) -> None:
    put(folder)
    (folder / "local" / "云南省.toml").write_text(YUNNAN, encoding="utf-8")

    assert CalendarFolder(folder).problems() == [
        "local/云南省.toml: 应当放在以地区全称命名的文件夹里, 如 local/广西壮族自治区/2024.toml"
    ]


def test_a_year_of_a_place_before_the_nation_has_one_is_named_and_stays_provisional(folder: Path) -> None:
    put(folder, YUNNAN.replace("2025", "2027").replace("2027-07-24", "2027-07-22"), year=2027)
    calendars = CalendarFolder(folder)

    assert calendars.problems() == [
        "local/云南省/2027.toml: 没有全国2027年的文件 2027.toml, 应当先录入全国的安排"
    ]
    assert not calendars("云南省").is_workday(date(2027, 7, 22))
    assert not calendars("云南省").is_published(date(2027, 7, 22))


def test_files_of_one_place_agree_on_since_when_it_has_its_days(folder: Path) -> None:
    put(folder, YUNNAN.replace("2025", "2024") + "yearly_since = 2024\n", year=2024)
    put(folder)

    assert CalendarFolder(folder).problems() == [f"{LOCAL}yearly_since 应当与同一地区最早的文件一致, 即2024"]


def test_every_problem_of_every_file_is_named_at_once(folder: Path) -> None:
    (folder / "2024.toml").write_text("year = 2024\nzzz = []\n", encoding="utf-8")
    (folder / "2025.toml").unlink()
    put(folder, "坏")
    put(folder, YUNNAN, "甲省")

    found = CalendarFolder(folder).problems()

    assert [problem.partition(": ")[0] for problem in found] == [
        "2024.toml",
        "2024.toml",
        "缺少2025年的文件 2025.toml",
        "local/甲省",
        "local/云南省/2025.toml",
    ]


def test_a_wider_place_with_a_wrong_file_does_not_spoil_the_nearer_one(folder: Path) -> None:
    put(folder, "坏")
    put(folder, DALI, "云南省大理白族自治州")

    calendar = CalendarFolder(folder)("云南省大理白族自治州")

    assert not calendar.is_workday(date(2025, 4, 11))
    assert published(calendar) == [2024, 2026]
