"""A closed list of words of the trade, each with its English key and its Chinese name."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """Members are written ``KEY = "key", "中文名"``; key and Chinese name both read back as the member."""

    chinese: str

    def __new__(cls, key: str, chinese: str = "") -> Self:
        """Make the member whose value is the key."""
        member = str.__new__(cls, key)
        member._value_ = key
        member.chinese = chinese
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return next((member for member in cls if member.chinese == value), None)

    @classmethod
    def read(cls, text: str) -> Self:
        """The member with this key or Chinese name.

        Raises:
            ValueError: no member is called so; says which are.
        """
        try:
            return cls(text.strip())
        except ValueError:
            # The lists are short, and between two-character words every guess at what was meant is a bad one.
            names = "、".join(member.chinese for member in cls)
            raise ValueError(f"不能是“{text}”, 可以填写: {names}") from None
