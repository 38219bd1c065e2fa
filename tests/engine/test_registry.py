from __future__ import annotations

import pytest

from zhifa_flow.engine.checks import MODULES as CHECK_MODULES
from zhifa_flow.engine.findings import MODULES as FINDING_MODULES
from zhifa_flow.engine.registry import (
    CHECKS,
    RULES,
    DocumentName,
    FieldPath,
    FindingName,
    Found,
    Parameter,
    check,
    rule,
)
from zhifa_flow.engine.situation import Situation

assert CHECK_MODULES
assert FINDING_MODULES


@pytest.mark.parametrize(
    ("value", "holds"), [(True, True), (False, False), (None, True), (0, False), (1, True), (250_00, True)]
)
def test_a_duty_hangs_on_a_finding_that_holds_or_cannot_be_determined(
    value: bool | int | None, holds: bool
) -> None:
    found = Found(value, "理由")

    assert found.holds is holds


def test_the_arguments_of_a_check_are_known_by_their_annotations() -> None:
    ahead, any_present, back = CHECKS["ahead"], CHECKS["any_present"], RULES["to_give_back"]

    assert ahead.parameters["notice"] == Parameter(FieldPath, many=False, required=True)
    assert ahead.parameters["length"] == Parameter(int, many=False, required=True)
    assert any_present.parameters["documents"] == Parameter(DocumentName, many=True, required=True)
    assert back.parameters["owed"] == Parameter(FindingName, many=False, required=False)
    assert "s" not in ahead.parameters


def test_every_registered_function_says_what_it_asks() -> None:
    silent = [
        one.name for one in (*CHECKS.values(), *RULES.values()) if not one.doc.endswith((".", "».", "…"))
    ]

    assert silent == []


def test_a_check_stays_the_function_that_it_is() -> None:
    def always_refuses_in_this_test(s: Situation, *, field: FieldPath) -> str | None:
        return field

    try:
        registered = check(always_refuses_in_this_test)

        assert registered is always_refuses_in_this_test
        assert CHECKS["always_refuses_in_this_test"].call is registered
        assert CHECKS["always_refuses_in_this_test"].doc == ""
    finally:
        CHECKS.pop("always_refuses_in_this_test", None)


def test_a_rule_stays_the_function_that_it_is() -> None:
    def never_holds_in_this_test(s: Situation) -> Found:
        return Found(False, "")

    try:
        registered = rule(never_holds_in_this_test)

        assert RULES["never_holds_in_this_test"].call is registered
    finally:
        RULES.pop("never_holds_in_this_test", None)


def test_nothing_can_take_the_place_of_a_check_that_is_there() -> None:
    def present(s: Situation, *, document: DocumentName) -> str | None:
        return None

    before = CHECKS["present"]
    with pytest.raises(ValueError, match="registered twice"):
        check(present)

    assert CHECKS["present"] is before


def test_nothing_can_take_the_place_of_a_rule_that_is_there() -> None:
    def on_file(s: Situation, *, document: DocumentName) -> Found:
        return Found(True, "")

    with pytest.raises(ValueError, match="registered twice"):
        rule(on_file)
