from __future__ import annotations

import pytest

from zhifa_flow.model.term import Term


class Fruit(Term):
    APPLE = "apple", "苹果"
    PEAR = "pear", "鸭梨"


@pytest.mark.parametrize("text", ["apple", "苹果", " 苹果 "])
def test_a_term_is_read_by_its_key_and_by_its_chinese_name(text: str) -> None:
    fruit = Fruit.read(text)

    assert fruit is Fruit.APPLE


def test_a_term_is_its_key_and_knows_its_chinese_name() -> None:
    fruit = Fruit("鸭梨")

    assert (fruit.value, str(fruit), fruit.chinese) == ("pear", "pear", "鸭梨")


def test_an_unknown_word_is_answered_with_all_that_can_be_written() -> None:
    with pytest.raises(ValueError, match="不能是“西瓜”, 可以填写: 苹果、鸭梨"):
        Fruit.read("西瓜")
