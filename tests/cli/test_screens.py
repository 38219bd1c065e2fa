"""Text for people: nothing of the data steers the terminal or is taken for markup."""

from __future__ import annotations

import pytest

from zhifa_flow.cli.screens import clean, law, table


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\r", "\x7f", "\x9b", "\u202e", "\u2066"])
def test_a_character_that_steers_the_terminal_is_replaced(character: str) -> None:
    assert clean(f"案{character}由") == "案�由"


def test_lines_and_tabs_stay() -> None:
    assert clean("一\n\t二") == "一\n\t二"


def test_a_table_takes_nothing_for_markup(capsys: pytest.CaptureFixture[str]) -> None:
    table(("案由",), [("[red]某案[/red]",)], empty="没有")

    assert "[red]某案[/red]" in capsys.readouterr().out


def test_a_long_cell_is_not_cut_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    table(("案由",), [("某" * 150,)], empty="没有")

    assert "某" * 150 in capsys.readouterr().out


def test_an_empty_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    table(("案由",), [], empty="没有案件")

    assert capsys.readouterr().out == "没有案件\n"


@pytest.mark.parametrize(
    ("basis", "gap", "said"),
    [
        (("甲法第一条", "乙法第二条"), "", "[甲法第一条、乙法第二条]"),
        ((), "法律没有规定", "[法律没有规定]"),
        ((), "", ""),
    ],
)
def test_articles_come_in_brackets(basis: tuple[str, ...], gap: str, said: str) -> None:
    assert law(basis, gap) == said
