"""The deadlines in the scenarios of on-the-spot penalties and side duties run to the day the law gives them."""

from __future__ import annotations

from functools import cache

import pytest

from tests.acceptance.stage import FLOWS, desk_maker
from zhifa_flow.adapters.lawfiles.scenarios import read_scenario
from zhifa_flow.casework.scenarios import Played, play
from zhifa_flow.model.case import ClockState, RunningClock

RUNNING, MET, LATE, CLOSED = ClockState.RUNNING, ClockState.MET, ClockState.LATE, ClockState.CLOSED


@cache
def played(name: str) -> tuple[Played, ...]:
    flow, _, walk = name.partition("/")
    return tuple(play(read_scenario(FLOWS / flow / "scenarios" / f"{walk}.toml", FLOWS), desk_maker()))


def clock(name: str, label: str, deadline: str) -> RunningClock:
    """The deadline as it stood after the act of that label was done (the last time, if it was done twice)."""
    done = [one.advanced for one in played(name) if one.step.label == label and one.advanced]
    return done[-1].case.clocks[deadline]


@pytest.mark.parametrize(
    ("name", "label", "deadline", "due", "state"),
    [
        # 行政处罚法第五十二条第三款: two working days are a declared policy; the police have 24 hours.
        ("penalty.summary/main", "decide", "filing", "2025-03-13", RUNNING),
        ("penalty.summary/main", "file_with_agency", "filing", "2025-03-13", MET),
        ("penalty.summary/collected-on-the-spot", "file_with_agency", "filing", "2025-03-13", LATE),
        ("penalty.summary/police", "decide", "filing", "2025-03-12", RUNNING),
        ("penalty.summary/police", "file_with_agency", "filing", "2025-03-12", MET),
        # 行政处罚法第六十七条第三款: fifteen days, moved to the last day of a deferral.
        ("penalty.summary/main", "deliver", "pay", "2025-03-26", RUNNING),
        ("penalty.summary/main", "confirm_paid", "pay", "2025-03-26", MET),
        ("penalty.summary/deferral", "approve_deferral", "pay", "2025-06-30", RUNNING),
        # 行政处罚法第七十一条: two working days each, on water from the day of landing (a Friday).
        ("penalty.summary/collected-on-the-spot", "collect", "cash_to_agency", "2025-03-13", RUNNING),
        ("penalty.summary/collected-on-the-spot", "hand_to_agency", "cash_to_agency", "2025-03-13", MET),
        ("penalty.summary/collected-on-the-spot", "hand_to_agency", "cash_to_bank", "2025-03-17", RUNNING),
        ("penalty.summary/collected-on-the-spot", "deposit", "cash_to_bank", "2025-03-17", MET),
        ("penalty.summary/collected-on-water", "collect_remote", "cash_to_agency", "2025-03-13", RUNNING),
        ("penalty.summary/collected-on-water", "land", "cash_to_agency", "2025-03-18", RUNNING),
        ("penalty.summary/collected-on-water", "hand_to_agency", "cash_to_agency", "2025-03-18", MET),
        # 行政复议法第二十条: sixty days, whose last is a Saturday; 行政诉讼法第四十六条: six months until 2023.
        ("penalty.summary/main", "deliver", "remedy_period", "2025-05-12", RUNNING),
        ("penalty.summary/before-2024", "deliver", "remedy_period", "2023-12-01", RUNNING),
        ("penalty.summary/reconsideration", "record_reconsideration_result", "suit_period", "2025-06-24", RUNNING),
        # 行政强制法第五十四条、第五十六条、第六十九条: working days, over the days off of May.
        ("penalty.summary/court", "urge", "urging", "2025-05-20", RUNNING),
        ("penalty.summary/court", "to_court", "court_accepts", "2025-05-28", RUNNING),
        # 河南省赃物罚没物管理条例第三十四条: fifteen days, of the agency: a Saturday does not move them.
        ("penalty.summary/revoked-by-the-agency", "void_by_agency", "refund", "2025-04-10", RUNNING),
        ("penalty.summary/revoked-by-the-agency", "refund", "refund", "2025-04-10", MET),
        ("penalty.summary/revoked-by-others", "record_voiding", "refund", "2025-07-05", RUNNING),
        # 行政处罚法第四十三条 gives no days for the answer: three working days are a declared policy.
        ("duty.recusal/granted", "grant", "answer", "2025-03-14", MET),
        # 国办发〔2018〕118号: seven working days, with a Sunday worked and the days off of May; market: twenty.
        ("duty.publication/published", "refer_question", "publish", "2024-05-07", RUNNING),
        ("duty.publication/published", "publish", "publish", "2024-05-07", MET),
        ("duty.publication/market-supervision", "publish", "publish", "2024-05-23", MET),
        # 行政处罚法第四十八条第二款、第八十五条: three working days to withdraw and to explain.
        ("duty.withdrawal/taken-down", "take_down", "withdraw", "2024-05-23", MET),
        ("duty.withdrawal/taken-down", "explain", "explain", "2024-05-23", MET),
        ("duty.withdrawal/never-published", "confirm_unpublished", "withdraw", "2024-04-30", CLOSED),
        # 重大行政处罚备案: fifteen days, to each of the two on its own.
        ("duty.major_filing/two-recipients", "prepare", "justice_filing", "2024-05-09", RUNNING),
        ("duty.major_filing/two-recipients", "send_to_justice", "justice_filing", "2024-05-09", MET),
        ("duty.major_filing/two-recipients", "send_to_superior", "superior_filing", "2024-05-09", MET),
        ("duty.major_filing/at-the-line", "prepare", "justice_filing", "2024-05-09", RUNNING),
        # 行政处罚法第五十六条、第八十五条: seven working days; late is late, and what was never done was not done late.
        ("duty.evidence/disposed", "decide_disposal", "disposal", "2024-03-21", LATE),
        ("duty.evidence/decided-on-the-last-day", "decide_disposal", "disposal", "2024-03-21", MET),
        ("duty.evidence/lapsed-in-market-supervision", "release", "disposal", "2024-03-21", CLOSED),
        # 行政处罚法第六十六条第二款: the days of the plan.
        ("duty.instalments/paid-as-planned", "notified", "instalment", "2024-08-30", RUNNING),
        ("duty.instalments/paid-as-planned", "first_paid", "instalment", "2024-12-31", RUNNING),
        ("duty.instalments/paid-as-planned", "complete", "instalment", "2024-12-31", MET),
        ("duty.instalments/defaulted", "default", "instalment", "2024-08-30", CLOSED),
    ],
)  # fmt: skip
def test_a_deadline_ends_on_its_day(
    name: str, label: str, deadline: str, due: str, state: ClockState
) -> None:
    found = clock(name, label, deadline)

    assert (found.due.isoformat(), found.state) == (due, state)


def test_the_police_file_within_twenty_four_hours_of_the_decision() -> None:
    found = clock("penalty.summary/police", "decide", "filing")

    assert found.moment == "2025-03-12T13:00+08:00"


def test_what_was_never_done_in_time_stays_visible() -> None:
    assert clock("duty.instalments/defaulted", "default", "instalment").overran
