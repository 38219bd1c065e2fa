from __future__ import annotations

from datetime import date

import pytest

from zhifa_flow.model.certificate import (
    Certificate,
    CertificateError,
    CertificateKind,
    Suspension,
    mark_of,
)

HELD = Certificate(
    number="豫A0001",
    kind=CertificateKind.ENFORCEMENT,
    valid_from=date(2024, 1, 1),
    valid_to=date(2026, 12, 31),
    suspended=(Suspension(date(2025, 3, 1), date(2025, 3, 31)), Suspension(date(2026, 6, 1))),
    revoked_on=date(2026, 9, 1),
)


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2023, 12, 31), "行政执法证豫A0001自2024-01-01起有效, 在2023-12-31尚未生效"),
        (date(2024, 1, 1), None),
        (date(2025, 2, 28), None),
        (date(2025, 3, 1), "行政执法证豫A0001自2025-03-01起暂扣至2025-03-31, 2025-03-01在暂扣期间"),
        (date(2025, 3, 31), "行政执法证豫A0001自2025-03-01起暂扣至2025-03-31, 2025-03-31在暂扣期间"),
        (date(2025, 4, 1), None),
        (date(2026, 5, 31), None),
        (date(2026, 6, 1), "行政执法证豫A0001自2026-06-01起暂扣, 2026-06-01在暂扣期间"),
        (date(2026, 8, 31), "行政执法证豫A0001自2026-06-01起暂扣, 2026-08-31在暂扣期间"),
        (date(2026, 9, 1), "行政执法证豫A0001已于2026-09-01注销"),
    ],
)
def test_a_certificate_answers_for_the_day_of_the_act(day: date, problem: str | None) -> None:
    answer = HELD.problem_on(day)

    assert answer == problem


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2026, 12, 31), None),
        (date(2027, 1, 1), "行政执法证豫A0001有效期至2026-12-31, 在2027-01-01已过期"),
    ],
)
def test_the_last_day_of_a_certificate_still_counts(day: date, problem: str | None) -> None:
    certificate = Certificate("豫A0001", CertificateKind.ENFORCEMENT, date(2024, 1, 1), date(2026, 12, 31))

    assert certificate.problem_on(day) == problem


def test_a_certificate_without_an_end_does_not_expire() -> None:
    certificate = Certificate("豫A0001", CertificateKind.ENFORCEMENT, date(2024, 1, 1))

    assert certificate.problem_on(date(2099, 1, 1)) is None


@pytest.mark.parametrize(
    ("kind", "enforces"),
    [
        (CertificateKind.ENFORCEMENT, True),
        (CertificateKind.DEPARTMENTAL, True),
        (CertificateKind.SUPERVISION, False),
    ],
)
def test_a_supervision_certificate_does_not_let_anybody_enforce(
    kind: CertificateKind, enforces: bool
) -> None:
    certificate = Certificate("豫A0001", kind, date(2024, 1, 1))

    assert certificate.enforces is enforces


def test_what_is_kept_of_a_certificate_reads_back() -> None:
    kept = HELD.to_raw()

    assert Certificate.read(kept) == HELD


def test_a_certificate_is_read_under_chinese_names_and_is_one_for_enforcement_by_default() -> None:
    certificate = Certificate.read({"证件编号": "豫A0001", "有效期起": "2024-01-01"})

    assert certificate == Certificate("豫A0001", CertificateKind.ENFORCEMENT, date(2024, 1, 1))


def test_validity_and_suspension_may_be_of_one_day() -> None:
    day = date(2024, 1, 1)
    certificate = Certificate("豫A0001", CertificateKind.ENFORCEMENT, day, day, (Suspension(day, day),))

    assert Certificate.read(certificate.to_raw()) == certificate


def test_all_problems_of_a_certificate_come_at_once() -> None:
    with pytest.raises(CertificateError) as raised:
        Certificate.read(
            {
                "kind": "驾驶证",
                "valid_from": "2024-01-01",
                "valid_to": "2023-01-01",
                "suspended": [{"first": "2025-03-02", "last": "2025-03-01"}, {}],
            },
        )

    assert raised.value.problems == (
        "证件编号没有填写",
        "证件种类: 不能是“驾驶证”, 可以填写: 行政执法证、国务院部门核发的执法证件、行政执法监督证",
        "暂扣记录第1条: 暂扣结束日期早于起始日期",
        "暂扣记录第2条: 暂扣起始日期没有填写",
        "有效期止早于有效期起",
    )


@pytest.mark.parametrize(
    "typed",
    ["豫A－0002", "豫a-0002", "豫A- 0002", "豫A0002", "豫А-0002", "豫Α—０００２", "豫A-OOO2", "豫A\u200b-0002", "豫A‑0002"],
)  # fmt: skip
def test_a_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert mark_of(typed) == mark_of("豫A-0002")


@pytest.mark.parametrize("other", ["豫A-0003", "豫B-0002", "皖A-0002", "豫A-00020"])
def test_another_number_is_another_one(other: str) -> None:
    assert mark_of(other) != mark_of("豫A-0002")
    assert mark_of("—") != mark_of("·")
