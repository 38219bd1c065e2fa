from __future__ import annotations

from dataclasses import replace

from tests.engine.builders import DAY, FINE, PARTY, paper, small, world
from tests.engine.builders import law as small_law
from tests.small import NOTE, ROOT, desk_on, done, folder, law, opened, register
from zhifa_flow.adapters.lawfiles.calendars import read_years
from zhifa_flow.adapters.memory import MemoryStore
from zhifa_flow.casework.lawsince import read_today
from zhifa_flow.casework.verification import verify
from zhifa_flow.engine.calendar import Calendar
from zhifa_flow.engine.festivals import statutory_days
from zhifa_flow.engine.opening import Opened, open_case
from zhifa_flow.engine.situation import Law
from zhifa_flow.model.calendar import CalendarYear

YEARS = read_years(ROOT / "flows" / "calendars")


def noticed(by: Law) -> list[str]:
    """What is noticed of a case of two steps, looked through under another law."""
    store = MemoryStore()
    register(store)
    desk = desk_on(store)
    opened(desk, id_="甲")
    done(desk, "甲", "take_note", NOTE)
    found = list(verify(store, folder(), by))
    assert [problem for one in found for problem in one.problems] == []
    return [notice for one in found if one.case for notice in one.notices]


def by_years(*years: CalendarYear) -> Law:
    return replace(law(), calendar=Calendar(years))


def test_steps_that_went_by_other_working_days_are_noticed() -> None:
    others = [year for year in YEARS if year.year != 2026]

    assert noticed(law()) == []
    assert noticed(by_years(*others)) == ["案件甲第0、1步: 办理时所用的放假安排与现在的不同"]


def test_a_later_year_whose_notice_is_entered_makes_no_difference() -> None:
    days = [{"date": day, "name": name} for day, name in statutory_days(2027).items()]
    later = CalendarYear.model_validate({"year": 2027, "notice": "试验通知", "holidays": days})

    assert noticed(by_years(*YEARS, later)) == []


def begun() -> Opened:
    return open_case(small(), world(), id_="A1", title="某案", party=PARTY, on=DAY, by=("li",), recorder="li")


def cited(*articles: str) -> list[str]:
    it = begun()
    step = replace(it.step, papers=(paper("decision", number="1号", articles=list(articles), **FINE),))
    return list(read_today(small().flow, small_law(), it.case, [step]))


def test_an_article_that_the_index_does_not_know_is_noticed() -> None:
    assert cited() == cited("甲法第一条") == []
    assert cited("甲法第一条", "某局内部文件第一条") == [
        "案件A1第0步: 文书所引某局内部文件第一条, 现在的法规索引查不到或者当时没有施行"
    ]


def test_articles_in_rows_are_looked_at_too_and_unknown_documents_are_not() -> None:
    flow = small().flow
    form = flow.document["decision"].field["articles"]
    rows = form.model_copy(update={"type": "rows", "columns": {"article": form}})
    decision = flow.document["decision"].model_copy(update={"field": {"acts": rows}})
    other = flow.model_copy(update={"document": {"decision": decision}})
    held = paper("decision", acts=[{"article": ["某局内部文件第一条"]}, "不是一项"])
    step = replace(begun().step, papers=(held, paper("nothing")))

    assert len(list(read_today(other, small_law(), begun().case, [step]))) == 1
