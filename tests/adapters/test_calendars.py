from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from zhifa_flow.adapters.lawfiles.calendars import load_calendar, read_years, survey
from zhifa_flow.engine.festivals import statutory_days
from zhifa_flow.model.errors import FileError

SHIPPED = Path(__file__).parents[2] / "flows" / "calendars"

MINIMAL = 'year = 2025\nnotice = "关于2025年放假安排的通知"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for year in (2024, 2025, 2026):
        shutil.copy(SHIPPED / f"{year}.toml", tmp_path)
    return tmp_path


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(FileError) as wrong:
        load_calendar(folder)
    return wrong.value.problems


def test_the_shipped_years_are_2004_to_2026_each_with_its_notice_and_number() -> None:
    years = read_years(SHIPPED)

    assert [each.year for each in years] == list(range(2004, 2027))
    assert all(
        f"{each.year}年部分节假日安排的通知(国办发明电〔{each.year - 1}〕" in each.notice for each in years
    )
    assert all(each.announced is not None and each.announced.year == each.year - 1 for each in years)


def test_the_changes_announced_during_a_year_are_shipped_as_amendments() -> None:
    numbers = {
        each.year: [amendment.notice.partition("(")[2].removesuffix(")") for amendment in each.amendments]
        for each in read_years(SHIPPED)
        if each.amendments
    }

    assert numbers == {
        2005: ["国办发明电〔2005〕35号"],
        2006: ["国办发明电〔2006〕49号"],
        2007: ["国办发明电〔2007〕52号"],
        2011: ["国办发明电〔2011〕45号"],
        2015: ["国发明电〔2015〕1号"],
        2018: ["国办发明电〔2018〕15号"],
        2019: ["国办发明电〔2019〕3号"],
        2020: ["国办发明电〔2020〕1号"],
        2022: ["国办发明电〔2022〕16号"],
    }


def test_a_file_without_the_statutory_days_is_no_notice(folder: Path) -> None:
    """Planted: a file without any day off passed for the whole notice."""
    (folder / "2025.toml").write_text(f"year = 2025\n{MINIMAL.partition(chr(10))[2]}", encoding="utf-8")

    told = problems(folder)

    assert len(told) == len(statutory_days(2025)) == 13
    assert told[0].startswith(
        "2025.toml: 2025-01-01是法定放假日(元旦, 全国年节及纪念日放假办法), 没有列入放假"
    )
    files = survey(folder)
    assert ([each.year for each in files.years], [*files.unread]) == ([2024, 2026], [2025])


def test_a_festival_that_was_typed_in_another_month_is_missed(folder: Path) -> None:
    path = folder / "2025.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("from = 2025-01-28, to = 2025-02-04", "from = 2025-02-28, to = 2025-03-04"),
        encoding="utf-8",
    )

    said = " ".join(problems(folder))

    assert "2025-01-28是法定放假日(春节" in said
    assert "2025-10-01" not in said


def test_only_the_years_of_the_folder_are_published(folder: Path) -> None:
    calendar = load_calendar(folder)

    published = [calendar.is_published(date(year, 6, 1)) for year in (2023, 2024, 2026, 2027)]

    assert published == [False, True, True, False]


def test_an_earlier_state_of_knowledge_can_be_loaded(folder: Path) -> None:
    calendar = load_calendar(folder, known_on=date(2025, 1, 1))

    published = [calendar.is_published(date(year, 6, 1)) for year in (2025, 2026)]

    assert published == [True, False]


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_calendars_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()

    assert problems(tmp_path / name) == ("没有日历文件, 应当有 2004.toml 至最近一年的文件",)


def test_a_missing_year_between_two_files_is_named(folder: Path) -> None:
    (folder / "2025.toml").unlink()

    assert problems(folder) == ("缺少2025年的文件 2025.toml",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("year = ", "2025.toml: 不是合格的 TOML: "),
        ('year = 2025\n[notice]\nname = "x"\n', "2025.toml: notice: 应为文字, 现为“表”"),
        ("year = 2025\n", "2025.toml: notice: 缺少这一项"),
        (MINIMAL + "holiday = []\n", "2025.toml: holiday: 没有名为“holiday”的项, 是否指: holidays"),
        (MINIMAL + "zzz = 1\n", "2025.toml: zzz: 没有名为“zzz”的项"),
        (MINIMAL + "announced = true\n", "2025.toml: announced: 应为日期(如 2021-07-15), 现为“true”"),
        (MINIMAL + "workdays = 3\n", "2025.toml: workdays: 应为列表, 现为“3”"),
        (
            MINIMAL + 'workdays = ["明天"]\n',
            "2025.toml: workdays.1: 应为日期(如 2021-07-15), 现为“明天”",
        ),
        (MINIMAL.replace("2025\n", '"今年"\n', 1), "2025.toml: year: 应为整数, 现为“今年”"),
        (MINIMAL + "holidays = [1]\n", "2025.toml: holidays.1: 应为表, 现为“1”"),
        (MINIMAL + 'holidays = [{ name = "春节" }]\n', "2025.toml: holidays.1: “春节”应当只写 date"),
        (MINIMAL + "workdays = [2025-01-24]\n", "2025.toml: 2025-01-24不是周六或者周日, 不能列为调休上班日"),
        (MINIMAL + "workdays = [2026-01-24]\n", "2025.toml: 2026-01-24不在2025年, 应当写进2026年的文件"),
        (MINIMAL.replace("2025\n", "2026\n", 1), "2025.toml: 文件名应当与年份一致, 即 2026.toml"),
    ],
)
def test_a_wrong_file_is_named_with_its_place_and_what_to_write(folder: Path, text: str, says: str) -> None:
    (folder / "2025.toml").write_text(text, encoding="utf-8")

    found = problems(folder)

    assert len(found) == 1
    assert found[0].startswith(says)


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "2025.toml").write_text(MINIMAL, encoding="gb18030")

    assert problems(folder) == ("2025.toml: 文件不是 UTF-8 编码, 请另存为 UTF-8",)


def test_a_value_of_an_unforeseen_kind_is_named_too(folder: Path) -> None:
    (folder / "2025.toml").write_text(MINIMAL.replace("2025\n", "1e400\n", 1), encoding="utf-8")

    assert problems(folder) == ("2025.toml: year: 应为另一种类型的值, 现为“inf”",)


def test_a_file_that_is_not_named_by_a_year_is_named(folder: Path) -> None:
    (folder / "henan.toml").write_text(MINIMAL, encoding="utf-8")

    assert problems(folder) == ("henan.toml: 文件名应当与年份一致, 即 2025.toml",)


def test_every_problem_of_every_file_is_named_at_once(folder: Path) -> None:
    (folder / "2024.toml").write_text("year = 2024\nzzz = []\n", encoding="utf-8")
    (folder / "2025.toml").unlink()
    (folder / "2026.toml").write_text(MINIMAL + "workdays = [2025-01-24, 2026-01-23]\n", encoding="utf-8")

    assert problems(folder) == (
        "2024.toml: notice: 缺少这一项",
        "2024.toml: zzz: 没有名为“zzz”的项",
        "2026.toml: 2025-01-24不是周六或者周日, 不能列为调休上班日",
        "2026.toml: 2026-01-23不在2025年, 应当写进2026年的文件",
        "2026.toml: 2026-01-23不是周六或者周日, 不能列为调休上班日",
        "缺少2025年的文件 2025.toml",
    )
