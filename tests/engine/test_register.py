"""The history of a register is chained, and what was changed in it afterwards is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from zhifa_flow.engine.register import Link, broken_register, registered
from zhifa_flow.model.register import Entered, Register, Registration

MOMENT = datetime(2026, 3, 2, 9, 0, 0, 45, UTC)
HAND = Entered(MOMENT, "clerk")


def history() -> list[Registration]:
    """Three registrations of two officers."""
    made: list[Registration] = []
    for id_, posts in (("zhang", ["调查岗"]), ("li", []), ("zhang", ["决定岗"])):
        end = Link(made[-1].number, made[-1].digest) if made else Link()
        made.append(registered(end, Register.OFFICER, id_, {"id": id_, "posts": posts}, HAND))
    return made


def test_a_register_is_numbered_from_one_and_chained() -> None:
    made = history()

    assert [one.number for one in made] == [1, 2, 3]
    assert [one.previous for one in made] == ["", made[0].digest, made[1].digest]
    assert len({one.digest for one in made}) == 3
    assert list(broken_register(made)) == []


def test_a_register_without_registrations_is_whole() -> None:
    assert list(broken_register([])) == []


def test_a_moment_is_kept_as_that_of_utc() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=8)))

    made = registered(Link(), Register.AGENCY, "bureau", {}, Entered(noon))

    assert (made.at, made.at.utcoffset()) == (noon, timedelta(0))


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="没有时区"):
        registered(Link(), Register.AGENCY, "bureau", {}, Entered(datetime(2026, 3, 2, 12)))


@pytest.mark.parametrize(
    "changed",
    [
        {"register": Register.AGENCY}, {"id": "wang"}, {"at": MOMENT + timedelta(microseconds=1)},
        {"recorder": ""}, {"content": {"id": "zhang"}}, {"digest": "0" * 64},
    ],
)  # fmt: skip
def test_whatever_is_changed_in_a_registration_breaks_the_chain(changed: dict[str, object]) -> None:
    made = history()
    made[2] = replace(made[2], **changed)  # type: ignore[arg-type]

    [problem] = broken_register(made)

    assert problem.endswith(f"变动记录第3条({made[2].id}): 内容与摘要不符")


def test_a_registration_that_was_taken_out_is_missed() -> None:
    first, _, last = history()

    assert list(broken_register([first, last])) == [
        "执法人员名册变动记录第3条(zhang): 缺少第2条",
        "执法人员名册变动记录第3条(zhang): 与上一条的摘要不衔接",
    ]


def test_a_first_registration_that_was_taken_out_is_missed() -> None:
    assert "执法人员名册变动记录第2条(li): 缺少第1条" in list(broken_register(history()[1:]))
